"""The calendar takes the theme's colours, also when it changes while the calendar is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from degreecheck.gui import theme
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
