"""Small pictures of an applicant's materials, drawn by workers, when somebody asks for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from degreecheck import paths
from degreecheck.gui import theme
from degreecheck.gui.parts import Card, ElidedLabel, FlowLayout, plain_tooltip, push_button

if TYPE_CHECKING:
    from degreecheck.gui.background import Background
    from degreecheck.text import Texts

_SIDE = 112
_GREATEST = 40


class Thumbnails(QWidget):
    """A button; pressed, the pictures."""

    def __init__(self, place: str, files: list[list[str]], texts: Texts, background: Background) -> None:
        super().__init__()
        self._place = Path(place)
        self._files = files[:_GREATEST]
        self._texts = texts
        self._background = background
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, theme.space(), 0, 0)
        self.button = push_button(texts.get("ui.desk.show_files", count=len(files)), "quiet", "picture")
        self.button.clicked.connect(self.show_all)
        self._down.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_all(self) -> None:
        """Have all of them drawn."""
        self.button.hide()
        holder = QWidget()
        flow = FlowLayout(holder)
        for slot, file in self._files:
            flow.addWidget(_Thumbnail(self._place, slot, file, self._texts, self._background))
        self._down.addWidget(holder)


class _Thumbnail(Card):
    def __init__(self, place: Path, slot: str, file: str, texts: Texts, background: Background) -> None:
        super().__init__()
        name = texts.word("slot", slot)
        self.setAccessibleName(f"{name} {file}")
        self.setToolTip(plain_tooltip(file))
        self._texts = texts
        self.picture = QLabel("…")
        self.picture.setTextFormat(Qt.TextFormat.PlainText)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedSize(_SIDE, _SIDE)
        self.picture.setWordWrap(True)
        caption = ElidedLabel(name, role="caption")
        caption.setFixedWidth(_SIDE)
        down = QVBoxLayout(self)
        down.setContentsMargins(6, 6, 6, 6)
        down.setSpacing(4)
        down.addWidget(self.picture)
        down.addWidget(caption)
        try:
            path = paths.inside(place, file)
        except paths.UnsafePath:
            self._show(None)
            return
        from degreecheck.inspectors.messages import Render

        side = round(_SIDE * self.devicePixelRatioF())
        background.ask(self, Render(path, 0, side), self._show)

    def _show(self, result: Any) -> None:
        from degreecheck.inspectors.messages import Rendered

        if not isinstance(result, Rendered):
            self.picture.setText(self._texts.get("ui.desk.no_picture"))
            return
        image = QImage(result.rgb, result.width, result.height, result.width * 3, QImage.Format.Format_RGB888)
        picture = QPixmap.fromImage(image.copy())
        ratio = self.devicePixelRatioF()
        wanted = QSize(round(_SIDE * ratio), round(_SIDE * ratio))
        picture = picture.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        self.picture.setPixmap(picture)
