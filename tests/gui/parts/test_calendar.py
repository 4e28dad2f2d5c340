"""The calendar takes the theme's colours, also when it changes while the calendar is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from degreecheck.gui import theme
from degreecheck.gui.editors import _Calendar
from degreecheck.gui.parts.calendar import Calendar


def test_weekends_are_no_errors_in_either_theme(qapp: QApplication, qtbot: QtBot) -> None:
    calendar = Calendar()
    qtbot.addWidget(calendar)
    calendar.show()
    for name in ("light", "dark"):
        theme.apply(qapp, name)
        look = theme.current()
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            assert calendar.weekdayTextFormat(day).foreground().style() == Qt.BrushStyle.NoBrush
        assert calendar.headerTextFormat().foreground().color() == look.colour("text_muted")
        calendar.setCurrentPage(2026, 3)
        assert not calendar.grab().toImage().isNull()


def test_the_month_and_its_days_have_room(qapp: QApplication, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    screen = field.screen().availableGeometry()
    field.move(screen.left(), screen.bottom() - field.height())  # no room below: it opens further up
    popup = _Calendar(field, "日历")
    popup.open_below()
    for button in popup.calendar.findChildren(QToolButton):
        assert button.height() >= button.sizeHint().height()
    days = popup.calendar.findChild(QWidget, "qt_calendar_calendarview")
    assert isinstance(days, QWidget)
    assert days.height() >= 7 * (popup.calendar.fontMetrics().height() + theme.space())
    assert popup.geometry().bottom() <= screen.bottom()
    with qtbot.waitSignal(popup.destroyed):
        popup.close()
