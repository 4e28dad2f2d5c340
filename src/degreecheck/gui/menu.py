"""The menu behind ⋯: everything that is not done on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from degreecheck.gui.student import StudentView
    from degreecheck.gui.window import Window


def student_menu(window: Window, view: StudentView) -> QMenu:
    """The menu of an application."""
    menu = QMenu(view)
    menu.addAction(window.texts.get("ui.menu.close"), window.close_document)
    return menu
