"""Using a page as somebody does who has no mouse."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from degreecheck.gui.fields import Page

AnyPage = TypeVar("AnyPage", bound=Page)
_FARTHEST = 300  # steps of Tab on one page


def show_page(qtbot: QtBot, page: AnyPage) -> AnyPage:
    """The page in a window of its own, as if its step had just been chosen."""
    qtbot.addWidget(page)
    page.session.visited.add(page.page)
    page.resize(760, 900)
    with qtbot.waitActive(page):
        page.show()
    page.enter()
    page.show_findings()
    QApplication.processEvents()  # widgets made meanwhile are shown with the next events
    return page


def reach(page: QWidget, widget: QWidget | None) -> None:
    """Put the focus on a control by Tab alone."""
    assert widget is not None
    QApplication.processEvents()
    for _ in range(_FARTHEST):
        if QApplication.focusWidget() is widget:
            return
        page.focusNextChild()
    raise AssertionError("not reached by keyboard")


def press(qtbot: QtBot, page: QWidget, widget: QWidget | None) -> None:
    """Put the focus on a control by Tab alone and press the space bar."""
    reach(page, widget)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
