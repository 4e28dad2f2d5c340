"""What stands where no photo is yet: what is asked of one, and the ways to put it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.parts import Card, EmptyState, StateMark, caption, label, push_button

if TYPE_CHECKING:
    from degreecheck.pack import Pack
    from degreecheck.text import Texts

_ASKED = ("background", "size", "head", "recent")
_WIDEST = 340  # logical pixels, of the lines


class PhotoEmpty(Card):
    """A card onto which a photo can be dropped."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._asked = {name: label("", "muted") for name in _ASKED}
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
        middle.addWidget(self._lines(), 100)
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

    def show_pack(self, pack: Pack) -> None:
        """Say what this school asks."""
        photo = pack.photo
        for name, line in self._asked.items():
            line.setText(
                self._texts.get(
                    f"ui.photo.asked.{name}", width=photo.width, height=photo.height,
                    width_mm=f"{photo.width_mm:f}", height_mm=f"{photo.height_mm:f}", months=photo.greatest_age_months,
                )
            )  # fmt: skip

    def _lines(self) -> QWidget:
        lines = QWidget()
        lines.setMaximumWidth(_WIDEST)
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.space())
        grid.setVerticalSpacing(theme.space(0.5))
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(self._asked.values()):
            grid.addWidget(StateMark("todo", size=18), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(line, row, 1)
        return lines
