"""A file's preview as a button: the picture with what was found boxed in it, or the sign of what cannot be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from degreecheck.file_types import claimed_type
from degreecheck.gui import icons, theme, thumbnails

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.facts import Box
    from degreecheck.gui.session import Session

_DRAWN = frozenset({"jpeg", "png", "heic", "webp", "bmp", "tiff", "gif", "pdf", None})  # what a worker may draw


class Preview(QAbstractButton):
    """Asks for its picture once it can be seen; draws it at the screen's own resolution."""

    def __init__(self, session: Session, side: int) -> None:
        """``side``: width and height in logical pixels."""
        super().__init__()
        self._session = session
        self._side = side
        self._file = ""
        self._key: thumbnails.Key | None = None
        self._ticket = 0
        self._picture = QImage()
        self._boxes: tuple[tuple[Box, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def picture(self) -> QImage:
        """What is shown; null while it is on its way, and where nothing can be drawn."""
        return self._picture

    def show_file(self, file: str, boxes: Sequence[tuple[Box, str]] = ()) -> None:
        """Show a file of the folder; ``boxes``: where something was found on its first page, and how bad it is."""
        if tuple(boxes) != self._boxes:
            self._boxes = tuple(boxes)
            self.update()
        self._file = file
        self.ask()

    def ask(self) -> None:
        """Ask for the picture of the file as it is now, when it is there and can be seen."""
        stamps = self._session.inspection.stamps
        if not self.isVisible() or self._file not in stamps or claimed_type(self._file) not in _DRAWN:
            return
        keeper = thumbnails.of(self._session)
        key = keeper.key(self._file, round(self._side * self.devicePixelRatioF()))
        if key == self._key:
            return
        self.give_up()
        self._key = key
        self._ticket = keeper.ask(self, key, self._got)

    def give_up(self) -> None:
        """The picture is not wanted any more."""
        if self._ticket:
            thumbnails.of(self._session).cancel(self._ticket)
            self._ticket, self._key = 0, None

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A square."""
        return QSize(self._side, self._side)

    def showEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        """Seen: the picture is wanted."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.ask()

    def hideEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        """Not seen: it can wait."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self.give_up()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 (Qt's name)
        """Draw the picture, its boxes, and the edge."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("surface_sunken"))
        painter.drawRoundedRect(whole, look.size("radius_small"), look.size("radius_small"))
        if self._picture.isNull():
            side = self._side * 0.4
            kind = claimed_type(self._file)
            name = "document" if kind in ("pdf", "docx", "doc", "rtf", "ofd", "caj") else "picture"
            icons.paint(painter, _centred(whole, side, side), name, "text_muted")
        else:
            self._draw_picture(painter, whole)
        if theme.by_keyboard(self):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(whole, look.size("radius_small"), look.size("radius_small"))

    def _draw_picture(self, painter: QPainter, whole: QRectF) -> None:
        look = theme.current()
        size = self._picture.size()
        scale = min((whole.width() - 4) / size.width(), (whole.height() - 4) / size.height())
        area = _centred(whole, size.width() * scale, size.height() * scale)
        painter.drawImage(area, self._picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("line_control"), 1))
        painter.drawRect(area)
        for (left, top, right, bottom), severity in self._boxes:
            painter.setPen(QPen(theme.load("light").colour(severity), 2))  # papers are white in the dark, too
            painter.drawRect(
                QRectF(
                    area.left() + left * area.width(),
                    area.top() + top * area.height(),
                    max((right - left) * area.width(), 3),
                    max((bottom - top) * area.height(), 3),
                )
            )

    def _got(self, picture: QImage) -> None:
        self._ticket = 0
        self._picture = picture
        self.update()


def _centred(whole: QRectF, width: float, height: float) -> QRectF:
    middle = whole.center()
    return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
