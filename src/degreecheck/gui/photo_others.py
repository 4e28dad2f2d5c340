"""More than one file in the photo's slot: the others by name, so that they can be taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from degreecheck.gui.disclosure import empty
from degreecheck.gui.parts import ElidedLabel, label, push_button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.gui.photo_source import PhotoSource
    from degreecheck.text import Texts


class OtherPhotos(QWidget):
    """The files after the first, each with a button that takes it out."""

    def __init__(self, source: PhotoSource, texts: Texts) -> None:
        super().__init__()
        self._source = source
        self._texts = texts
        self._shown: tuple[str, ...] = ()
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_files(self, files: Sequence[str]) -> None:
        """Show these."""
        if tuple(files) == self._shown:
            return
        self._shown = tuple(files)
        empty(self._down)
        self.setVisible(bool(files))
        if files:
            self._down.addWidget(label(self._texts.get("ui.photo.others")))
        for file in files:
            self._down.addLayout(self._row(file))

    def _row(self, file: str) -> QHBoxLayout:
        name = file.rpartition("/")[2]
        remove = push_button(self._texts.get("ui.photo.remove"), "quiet", "remove")
        remove.setAccessibleName(self._texts.get("ui.files.remove_named", file=name))
        remove.clicked.connect(lambda: self._source.remove(file))
        row = QHBoxLayout()
        row.addWidget(ElidedLabel(name, Qt.TextElideMode.ElideMiddle, "caption"), 1)
        row.addWidget(remove)
        return row
