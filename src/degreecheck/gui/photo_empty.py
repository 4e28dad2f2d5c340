"""What stands where no photo is yet: what is asked of one, and the ways to put it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.parts import Card, EmptyState, StateMark, caption, label, push_button

if TYPE_CHECKING:
    from degreecheck.text import Texts

_ASKED = ("background", "size", "head", "recent")
_WIDEST = 340  # logical pixels, of the lines


class PhotoEmpty(Card):
    """A card onto which a photo can be dropped."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.choose_button = push_button(texts.get("ui.photo.choose"), icon_name="picture")
        self.paste_button = push_button(texts.get("ui.photo.paste"), "quiet", "paste")
        state = EmptyState("photo", texts.get("ui.photo.empty"))
        inner = state.layout()
        if inner is not None:
            inner.setContentsMargins(0, theme.space(3), 0, 0)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.choose_button)
        buttons.addWidget(self.paste_button)
        buttons.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(_lines(texts), 100)
        middle.addStretch(1)
        phone = caption(texts.get("ui.photo.empty_phone"))
        phone.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(3), 0, theme.space(3), theme.space(3))
        down.setSpacing(theme.space(2))
        down.addWidget(state)
        down.addLayout(middle)
        down.addLayout(buttons)
        down.addWidget(phone)


def _lines(texts: Texts) -> QWidget:
    lines = QWidget()
    lines.setMaximumWidth(_WIDEST)
    grid = QGridLayout(lines)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.space())
    grid.setVerticalSpacing(theme.space(0.5))
    grid.setColumnStretch(1, 1)
    for row, name in enumerate(_ASKED):
        grid.addWidget(StateMark("todo", size=18), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(texts.get(f"ui.photo.asked.{name}"), "muted"), row, 1)
    return lines
