"""A month to pick a day from, in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QDate, QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QWidget

from degreecheck.gui import theme

_LINES = 7  # six weeks and the names of their days


class Calendar(QCalendarWidget):
    """Qt's calendar without week numbers and without its red weekends: red means an error here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._colour()
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Take the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._colour()
            self._make_room()

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:  # noqa: N802  (Qt's name)
        """Days of other months stand back."""
        if date.month() == self.monthShown():
            super().paintCell(painter, rect, date)
        else:
            painter.setPen(theme.current().colour("text_disabled"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(date.day()))

    def _make_room(self) -> None:
        # Qt reckons its own height before the style sheet has made the buttons above the days taller.
        bar = self.findChild(QWidget, "qt_calendar_navigationbar")
        assert isinstance(bar, QWidget)
        bar.setMinimumHeight(bar.sizeHint().height())
        self.setMinimumHeight(bar.minimumHeight() + _LINES * (self.fontMetrics().height() + theme.space()))

    def _colour(self) -> None:
        names = QTextCharFormat()
        names.setForeground(theme.current().colour("text_muted"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, QTextCharFormat())
        self.setHeaderTextFormat(names)
