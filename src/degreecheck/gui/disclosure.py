"""A part of a page that can be folded away under its heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from degreecheck.gui import icons, theme
from degreecheck.gui.parts import label, push_button

if TYPE_CHECKING:
    from degreecheck.text import Texts


class Disclosure(QWidget):
    """A heading that opens and closes what stands under it. ``column`` takes the content."""

    def __init__(self, heading: str, texts: Texts, *, opened: bool = False) -> None:
        super().__init__()
        self._texts = texts
        self.opened = not opened
        self.head = push_button(heading, "quiet")
        self.head.setProperty("disclosure", "strong")
        self.head.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.head.clicked.connect(lambda: self.set_opened(not self.opened))
        self.content = QWidget()
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(0, theme.space(0.5), 0, 0)
        self.column.setSpacing(theme.space())
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.head)
        down.addWidget(self.content)
        self.set_opened(opened)

    def set_heading(self, text: str) -> None:
        """Another heading."""
        self.head.setText(text)

    def set_opened(self, opened: bool) -> None:
        """Open or close it."""
        if opened == self.opened:
            return
        self.opened = opened
        self.content.setVisible(opened)
        icons.set_icon(self.head, "down" if opened else "right", "text_muted")
        self.head.setAccessibleDescription(self._texts.get(f"ui.disclosure.{'opened' if opened else 'closed'}"))


def part(title: str, lead: str, *content: QWidget | QLayout) -> QWidget:
    """A part of a page under its heading; ``lead`` "" for none."""
    whole = QWidget()
    down = QVBoxLayout(whole)
    down.setContentsMargins(0, theme.space(), 0, 0)
    down.setSpacing(theme.space())
    down.addWidget(label(title, "heading"))
    if lead:
        down.addWidget(label(lead, "muted"))
    for each in content:
        if isinstance(each, QWidget):
            down.addWidget(each)
        else:
            down.addLayout(each)
    return whole


def empty(layout: QLayout) -> None:
    """Take everything out of a layout; what was in it goes."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
