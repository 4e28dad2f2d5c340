"""The first thing on the screen: 我是学生 or 我是老师. Nothing slow is imported for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from degreecheck.gui.parts import label

if TYPE_CHECKING:
    from degreecheck.gui.window import Window


class StartPage(QWidget):
    """New, open, recent."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        down = QVBoxLayout(self)
        down.addWidget(label(window.texts.get("ui.title"), "title"))
