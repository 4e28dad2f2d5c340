"""How the photo will be on paper, folded away until it is asked for: true size, and the sheet that is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.disclosure import Disclosure
from degreecheck.gui.parts import FlowLayout, caption, label
from degreecheck.gui.print_preview import SheetView, TrueSize

if TYPE_CHECKING:
    from degreecheck.facts import Box
    from degreecheck.pack import Pack
    from degreecheck.text import Texts

_COLUMN = 250  # logical pixels


class PhotoPrints(QWidget):
    """Two previews side by side, or one under the other."""

    opened = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.true_size = TrueSize(texts.get("ui.photo.true_size"))
        self.sheet = SheetView(texts.get("ui.photo.sheet"), texts)
        self._true_size_note, self._sheet_note = caption(), caption()
        self.fold = Disclosure(texts.get("ui.photo.prints"), texts)
        self.fold.head.clicked.connect(self._toggled)
        both = QWidget()
        row = FlowLayout(both, theme.space(3))
        row.addWidget(_column(self.true_size, texts.get("ui.photo.true_size"), self._true_size_note))
        row.addWidget(_column(self.sheet, texts.get("ui.photo.sheet"), self._sheet_note))
        self.fold.column.addWidget(both)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.fold)

    def show_pack(self, pack: Pack) -> None:
        """The sizes of this school."""
        self.true_size.show_pack(pack)
        self.sheet.show_pack(pack)
        honest = "ui.photo.true_size_note" if self.true_size.known() else "ui.photo.true_size_unknown"
        self._true_size_note.setText(self._texts.get(honest, width=f"{pack.photo.width_mm:f}"))
        self._sheet_note.setText(self._texts.get("ui.photo.sheet_note", count=self.sheet.count))

    def _toggled(self) -> None:
        if self.fold.opened:
            self.opened.emit()

    def show_picture(self, picture: QImage | None, crop: Box | None) -> None:
        """Show what the crop leaves of a picture; nothing is computed while it is folded away."""
        if not self.fold.opened:
            return
        shown = None if picture is None else picture if crop is None else picture.copy(_pixels(picture, crop))
        self.true_size.set_picture(shown)
        self.sheet.set_picture(shown)


def _pixels(picture: QImage, crop: Box) -> QRect:
    left, top = round(crop[0] * picture.width()), round(crop[1] * picture.height())
    right, bottom = round(crop[2] * picture.width()), round(crop[3] * picture.height())
    return QRect(left, top, max(1, right - left), max(1, bottom - top))


def _column(preview: QWidget, name: str, note: QLabel) -> QWidget:
    column = QWidget()
    column.setFixedWidth(_COLUMN)
    down = QVBoxLayout(column)
    down.setContentsMargins(0, 0, 0, 0)
    down.addWidget(label(name, wrap=False))
    down.addWidget(preview, alignment=Qt.AlignmentFlag.AlignLeft)
    down.addWidget(note)
    down.addStretch(1)
    return column
