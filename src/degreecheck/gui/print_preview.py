"""The exported photo as it will be on paper: at true size, and on the sheet that is printed.

The sheet is drawn from the very job that the export prints (output/prints.py), so the two cannot differ.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from degreecheck.gui import theme
from degreecheck.output import prints
from degreecheck.output.pdf_job import Job, Line, Picture, Text

if TYPE_CHECKING:
    from degreecheck.pack import Pack
    from degreecheck.text import Texts

_MM_PER_INCH = 25.4
_USUAL_DPI = 96.0
_HONEST_DPI = (50.0, 400.0)  # what a screen may say; beyond, it says nonsense (a projector, a remote session)
_SHEET_HEIGHT = 220.0  # logical pixels
_PAPER = QColor("#FFFFFF")
_POINTS_PER_INCH = 72
_FINE = 20  # units in a millimetre, for type


class _Preview(QWidget):
    """A picture on its way to paper."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.picture: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_picture(self, picture: QImage | None) -> None:
        """What was cut out, or None while there is none."""
        self.picture = picture
        self.update()

    def _draw(self, painter: QPainter, box: QRectF) -> None:
        """The middle part of the picture in the box's shape, as the export takes it."""
        if self.picture is None or self.picture.isNull():
            painter.fillRect(box, theme.current().colour("surface_sunken"))
            return
        whole = QSizeF(self.picture.size())
        part = box.size().scaled(whole, Qt.AspectRatioMode.KeepAspectRatio)
        source = QRectF(QPointF((whole.width() - part.width()) / 2, (whole.height() - part.height()) / 2), part)
        ratio = self.devicePixelRatioF()
        size = QSize(max(1, round(box.width() * ratio)), max(1, round(box.height() * ratio)))
        cut = self.picture.copy(source.toRect())
        painter.drawImage(box, cut.scaled(size, mode=Qt.TransformationMode.SmoothTransformation))


class TrueSize(_Preview):
    """The photo as large as it will be on paper, as far as the screen knows its own size."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._mm = QSizeF(35, 49)

    def show_pack(self, pack: Pack) -> None:
        """The size that this school asks."""
        self._mm = QSizeF(float(pack.photo.width_mm), float(pack.photo.height_mm))
        self.updateGeometry()
        self.update()

    def known(self) -> bool:
        """Whether the screen says how fine its pixels are."""
        return _HONEST_DPI[0] <= self.screen().physicalDotsPerInch() <= _HONEST_DPI[1]

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Millimetres in logical pixels of the screen."""
        screen = self.screen()
        across, down = (
            (screen.physicalDotsPerInchX(), screen.physicalDotsPerInchY()) if self.known() else (_USUAL_DPI,) * 2
        )
        return QSize(round(self._mm.width() / _MM_PER_INCH * across), round(self._mm.height() / _MM_PER_INCH * down))

    minimumSizeHint = sizeHint  # noqa: N815  (Qt's name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  (Qt's name)
        """Draw the photo to its edges."""
        self._draw(QPainter(self), QRectF(self.rect()))


class SheetView(_Preview):
    """The print sheet, small."""

    def __init__(self, name: str, texts: Texts) -> None:
        super().__init__(name)
        self._texts = texts
        self._job = Job("", 1, 1, ((),))

    def show_pack(self, pack: Pack) -> None:
        """The sheet that this school's photo makes."""
        self._job = prints.photo_sheet_job(Path("photo"), pack, self._texts, paper="six_inch")
        self.updateGeometry()
        self.update()

    @property
    def count(self) -> int:
        """How many photos are on the sheet."""
        return sum(isinstance(item, Picture) for item in self._job.pages[0])

    @property
    def _scale(self) -> float:
        return _SHEET_HEIGHT / self._job.height

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """The sheet and its edge."""
        return QSize(round(self._job.width * self._scale) + 2, round(_SHEET_HEIGHT) + 2)

    minimumSizeHint = sizeHint  # noqa: N815  (Qt's name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  (Qt's name)
        """Draw the paper and what is printed on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().colour("line_control"), 1))
        painter.setBrush(_PAPER)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.translate(1, 1)
        scale = self._scale
        for item in self._job.pages[0]:
            if isinstance(item, Picture):
                self._draw(painter, QRectF(item.x * scale, item.y * scale, item.width * scale, item.height * scale))
            elif isinstance(item, Line):
                painter.setPen(QPen(QColor(item.colour), max(item.width * scale, 0.7)))
                painter.drawLine(QPointF(item.x0, item.y0) * scale, QPointF(item.x1, item.y1) * scale)
            elif isinstance(item, Text):
                self._draw_text(painter, item)

    def _draw_text(self, painter: QPainter, item: Text) -> None:
        painter.save()
        painter.scale(self._scale / _FINE, self._scale / _FINE)  # a font has no size below one pixel
        font = painter.font()
        font.setPixelSize(round(item.size / _POINTS_PER_INCH * _MM_PER_INCH * _FINE))
        painter.setFont(font)
        painter.setPen(QColor(item.colour))
        align = Qt.AlignmentFlag.AlignHCenter if item.align == "center" else Qt.AlignmentFlag.AlignLeft
        box = QRectF(item.x * _FINE, item.y * _FINE, item.width * _FINE, item.height * _FINE)
        painter.drawText(box, int(align | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap), item.text)
        painter.restore()
