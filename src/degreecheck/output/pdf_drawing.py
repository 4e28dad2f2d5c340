"""Draws the parts of a job with Qt. Runs only in the process that makes PDFs.

The canvas counts in hundredths of a millimetre. Pictures are opened here without a further process: they are files
that this program itself has rendered or re-encoded a moment ago, in a folder of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QImage,
    QImageReader,
    QPainter,
    QPainterPath,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)  # fmt: skip

from degreecheck.output.pdf_fonts import Fonts, Run
from degreecheck.output.pdf_job import Block, Box, Cell, Figure, Frame, Item, Line, Paragraph, Picture, Shape, Text

UNITS = 100.0  # per millimetre
UNITS_PER_INCH = 25.4 * UNITS
_UNITS_PER_POINT = UNITS_PER_INCH / 72
_LINE_HEIGHT = 1.5  # of the type size: Chinese needs more room between lines than Latin
_BOLDNESS = 0.03  # of the type size: the width of the line around a strong text's glyphs
_SMALLER = 0.94  # each step when a text does not fit its box
_ASPECT_TOLERANCE = 0.015  # 413 x 579 pixels are 0.1 % off 35 x 49 mm
_FIGURE_DOTS = 200 / 25.4  # per millimetre
_GREATEST_SIDE = 8_192  # pixels of a picture to be drawn; this program renders 2,048 and exports no more than it found
_ELLIPSIS = "…"
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft, "center": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight,
}  # fmt: skip


class PictureUnreadable(Exception):
    """A picture that has to be on a page cannot be opened."""


@dataclass(frozen=True)
class _Laid:
    """A text broken into lines, in canvas units."""

    layout: QTextLayout
    strong: Sequence[tuple[int, int, QTextCharFormat]]
    height: float


class Canvas:
    """Draws on one painter after another, with the fonts of this process."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._pictures: dict[str, QImage | None] = {}
        self._paragraphs: dict[tuple[Paragraph, float], _Laid] = {}
        self._painter: QPainter | None = None

    def begin(self, painter: QPainter) -> None:
        """Draw on this painter from now on; its units have to be the canvas's."""
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )
        self._painter = painter

    @property
    def painter(self) -> QPainter:
        """The painter in use."""
        assert self._painter is not None
        return self._painter

    # ------------------------------------------------------------------------------------------------- fixed pages

    def draw(self, items: Iterable[Item], page: int = 1, pages: int = 1) -> None:
        """Draw items of a page. Raises PictureUnreadable."""
        for item in items:
            if isinstance(item, Text):
                self._text(item, page, pages)
            elif isinstance(item, Line):
                self.painter.setPen(_pen(item.colour, item.width, dashed=item.dashed))
                self.painter.drawLine(_point(item.x0, item.y0), _point(item.x1, item.y1))
            elif isinstance(item, Frame):
                self._frame(item)
            elif isinstance(item, Shape):
                self._shape(item, 0.0, 0.0)
            else:
                self._picture(item)

    def _text(self, item: Text, page: int, pages: int) -> None:
        text = item.text
        if item.numbered:
            text = text.replace("{page}", str(page)).replace("{pages}", str(pages))
        laid = self._fitted(item, text)
        y = item.y * UNITS
        if item.middle:
            y += max(0.0, (item.height * UNITS - laid.height) / 2)
        self._draw_laid(laid, item.x * UNITS, y)

    def _fitted(self, item: Text, text: str) -> _Laid:
        """The text at the greatest size that fits its box; at the least size cut, where not even that fits."""

        def lay(words: str, size: float) -> _Laid:
            return self._lay([(words, item.colour)], size, item.width, strong=item.strong, align=item.align)

        limit = item.height * UNITS + 1
        size = item.size
        laid = lay(text, size)
        while laid.height > limit and size > item.least:
            size = max(item.least, size * _SMALLER)
            laid = lay(text, size)
        if laid.height <= limit:
            return laid
        fits, too_many = 0, len(text)
        while too_many - fits > 1:
            middle = (fits + too_many) // 2
            if lay(text[:middle].rstrip() + _ELLIPSIS, size).height <= limit:
                fits = middle
            else:
                too_many = middle
        return lay(text[:fits].rstrip() + _ELLIPSIS, size)

    def _frame(self, item: Frame) -> None:
        painter = self.painter
        line = _pen(item.stroke, item.line_width, dashed=item.dashed) if item.stroke else QPen(Qt.PenStyle.NoPen)
        painter.setPen(line)
        painter.setBrush(QBrush(QColor(item.fill)) if item.fill else QBrush(Qt.BrushStyle.NoBrush))
        radius = item.radius * UNITS
        painter.drawRoundedRect(_rect(item.x, item.y, item.width, item.height), radius, radius)

    def _shape(self, item: Shape, x: float, y: float) -> None:
        """A disc with its mark; ``item``'s place counts from (x, y) in canvas units."""
        painter, side = self.painter, item.diameter * UNITS
        left, top = x + item.x * UNITS, y + item.y * UNITS
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(item.colour))
        painter.drawEllipse(QRectF(left, top, side, side))
        mark = QPainterPath()
        for stroke in _STROKES[item.sign]:
            mark.moveTo(left + stroke[0][0] * side, top + stroke[0][1] * side)
            for point in stroke[1:]:
                mark.lineTo(left + point[0] * side, top + point[1] * side)
        if item.sign == "question":
            mark.arcMoveTo(QRectF(left + 0.34 * side, top + 0.2 * side, 0.32 * side, 0.32 * side), 180)
            mark.arcTo(QRectF(left + 0.34 * side, top + 0.2 * side, 0.32 * side, 0.32 * side), 180, -270)
            mark.lineTo(left + 0.5 * side, top + 0.6 * side)
        pen = QPen(QColor("#ffffff"), 0.1 * side)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(mark)

    def _picture(self, item: Picture) -> None:
        image = self._image(item.path)
        if image is None:
            raise PictureUnreadable
        rect = _rect(item.x, item.y, item.width, item.height)
        aspect = image.width() / image.height()
        if abs(aspect / (item.width / item.height) - 1) > _ASPECT_TOLERANCE:
            fitted = QSize(image.width(), image.height()).toSizeF().scaled(
                rect.size(), Qt.AspectRatioMode.KeepAspectRatio
            )  # fmt: skip
            centre = rect.center()
            rect.setSize(fitted)
            rect.moveCenter(centre)
        self.painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # it was encoded once already
        self.painter.drawImage(rect, image)
        self.painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering, on=False)

    # -------------------------------------------------------------------------------------------------------- flows

    def height(self, block: Block) -> float:
        """A block's height in millimetres."""
        return max((self._cell_height(cell) for cell in block.cells), default=0.0) / UNITS

    def draw_block(self, block: Block, x: float, y: float, width: float, *, at_top: bool) -> None:
        """Draw a block; (x, y) is its corner, ``width`` the flow's, all in millimetres."""
        if block.fill:
            height = self.height(block)
            self._frame(Frame(x - 3, y - 2.5, width + 6, height + 5, fill=block.fill, radius=2))
        if block.line_above and not at_top:
            above = y - block.before / 2
            self.draw([Line(x, above, x + width, above, 0.2, "#d9dde4")])
        for cell in block.cells:
            self._cell(cell, (x + cell.x) * UNITS, y * UNITS)

    def _cell_height(self, cell: Cell) -> float:
        total = 0.0
        for part in cell.content:
            if not isinstance(part, Shape):
                total += self._before(part, total) + self._part_height(part, cell.width)
        return total

    def _cell(self, cell: Cell, x: float, y: float) -> None:
        down = 0.0
        for part in cell.content:
            if isinstance(part, Shape):
                self._shape(part, x, y)
                continue
            down += self._before(part, down)
            if isinstance(part, Figure):
                self._figure(part, x, y + down)
            else:
                self._draw_laid(self._paragraph(part, cell.width), x, y + down)
            down += self._part_height(part, cell.width)

    def _before(self, part: Paragraph | Figure, down: float) -> float:
        return part.before * UNITS if down else 0.0

    def _part_height(self, part: Paragraph | Figure, width: float) -> float:
        if isinstance(part, Paragraph):
            return self._paragraph(part, width).height
        image = self._image(part.path)
        return _figure_size(part, image)[1] * UNITS if image is not None else 0.0

    def _paragraph(self, part: Paragraph, width: float) -> _Laid:
        if (part, width) not in self._paragraphs:  # measured for every draft, drawn once
            pieces = [(part.lead, part.lead_colour)] if part.lead else []
            self._paragraphs[part, width] = self._lay(
                [*pieces, (part.text, part.colour)], part.size, width, strong=part.strong, align=part.align
            )
        return self._paragraphs[part, width]

    def _figure(self, part: Figure, x: float, y: float) -> None:
        image = self._image(part.path)
        if image is None:
            return
        painter = self.painter
        width, height = (side * UNITS for side in _figure_size(part, image))
        shown = view_of(part.regions)
        source = QRectF(
            shown[0] * image.width(), shown[1] * image.height(),
            (shown[2] - shown[0]) * image.width(), (shown[3] - shown[1]) * image.height(),
        )  # fmt: skip
        small = image.copy(source.toAlignedRect()).scaled(
            max(1, round(width / UNITS * _FIGURE_DOTS)), max(1, round(height / UNITS * _FIGURE_DOTS)),
            Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        x += part.width * UNITS - width  # at the column's right edge
        frame = QRectF(x, y, width, height)
        painter.drawImage(frame, small)
        painter.save()
        painter.setClipRect(frame)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for left, top, right, bottom in part.regions:
            box = QRectF(
                x + (left - shown[0]) / (shown[2] - shown[0]) * width,
                y + (top - shown[1]) / (shown[3] - shown[1]) * height,
                (right - left) / (shown[2] - shown[0]) * width,
                (bottom - top) / (shown[3] - shown[1]) * height,
            )
            box = box.intersected(frame.adjusted(40, 40, -40, -40))
            for colour, line in (("#ffffff", 1.0), (part.colour, 0.5)):  # white around it: seen on any ground
                painter.setPen(_pen(colour, line))
                painter.drawRect(box)
        painter.restore()
        painter.setPen(_pen("#d9dde4", 0.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)

    # --------------------------------------------------------------------------------------------------------- text

    def _lay(self, pieces: Sequence[tuple[str, str]], size: float, width: float, *, strong: bool, align: str) -> _Laid:
        """Break coloured pieces of text into lines of ``width`` millimetres."""
        pixels = round(size * _UNITS_PER_POINT)
        main = self._fonts.font(self._fonts.main, pixels)
        runs: list[Run] = []
        formats: list[QTextLayout.FormatRange] = []
        outlines: list[tuple[int, int, QTextCharFormat]] = []
        at = 0
        for text, colour in pieces:
            for run in self._fonts.runs(text):
                length = len(run.text.encode("utf-16-le")) // 2
                style = QTextCharFormat()
                style.setFont(self._fonts.font(run.family, pixels))
                style.setForeground(QColor(colour))
                formats.append(_range(at, length, style))
                if strong:
                    outlined = QTextCharFormat(style)
                    outlined.setTextOutline(QPen(QColor(colour), _BOLDNESS * pixels))
                    outlines.append((at, length, outlined))
                runs.append(run)
                at += length
        layout = QTextLayout("".join(run.text for run in runs).replace("\n", "\u2028"), main)
        option = QTextOption(_ALIGN[align])
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        layout.setTextOption(option)
        layout.setFormats(formats)
        metrics = QFontMetricsF(main)
        line_height = pixels * _LINE_HEIGHT
        baseline = (line_height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width * UNITS)
            line.setPosition(QPointF(0, height + baseline - line.ascent()))
            height += line_height
        layout.endLayout()
        return _Laid(layout, outlines, height)

    def _draw_laid(self, laid: _Laid, x: float, y: float) -> None:
        if laid.strong:
            # Many Chinese fonts have no bold face. The outline lies under the text as a drawing, so the text itself
            # stands in the file once and copies out once.
            laid.layout.draw(self.painter, QPointF(x, y), [_range(*entry) for entry in laid.strong])
        laid.layout.draw(self.painter, QPointF(x, y))
        self._fonts.note(laid.layout)

    def _image(self, path: str) -> QImage | None:
        """The picture, once read; None where it cannot be."""
        if path not in self._pictures:
            reader = QImageReader(path)
            reader.setDecideFormatFromContent(True)
            size = reader.size()
            fine = bytes(reader.format().data()) in (b"jpeg", b"png") and size.isValid()
            fine = fine and max(size.width(), size.height()) <= _GREATEST_SIDE
            image = reader.read() if fine else QImage()
            self._pictures[path] = None if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)
        return self._pictures[path]


# The strokes of each sign, as points relative to the disc.
_STROKES: dict[str, list[list[tuple[float, float]]]] = {
    "check": [[(0.28, 0.52), (0.44, 0.68), (0.73, 0.34)]],
    "cross": [[(0.33, 0.33), (0.67, 0.67)], [(0.67, 0.33), (0.33, 0.67)]],
    "exclamation": [[(0.5, 0.25), (0.5, 0.58)], [(0.5, 0.75), (0.5, 0.751)]],
    "question": [[(0.5, 0.77), (0.5, 0.771)]],
    "dot": [[(0.5, 0.3), (0.5, 0.301)], [(0.5, 0.47), (0.5, 0.72)]],
}


def view_of(regions: Sequence[Box]) -> Box:
    """The part of a picture to show: all of it, or, around small regions, a part of the picture's own shape."""
    if not regions:
        return (0.0, 0.0, 1.0, 1.0)
    left, top = min(box[0] for box in regions), min(box[1] for box in regions)
    right, bottom = max(box[2] for box in regions), max(box[3] for box in regions)
    share = max(0.4, 2 * max(right - left, bottom - top))
    if share > 0.75:
        return (0.0, 0.0, 1.0, 1.0)
    x = min(max((left + right - share) / 2, 0.0), 1 - share)
    y = min(max((top + bottom - share) / 2, 0.0), 1 - share)
    return (x, y, x + share, y + share)


def _figure_size(part: Figure, image: QImage) -> tuple[float, float]:
    scale = min(part.width / image.width(), part.height / image.height())
    return image.width() * scale, image.height() * scale


def _range(start: int, length: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    entry = QTextLayout.FormatRange()
    entry.start, entry.length, entry.format = start, length, style
    return entry


def _pen(colour: str, width: float, *, dashed: bool = False) -> QPen:
    pen = QPen(QColor(colour), width * UNITS)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        pen.setDashPattern([1.2 / width, 1.2 / width])  # in units of the line's own width
    return pen


def _point(x: float, y: float) -> QPointF:
    return QPointF(x * UNITS, y * UNITS)


def _rect(x: float, y: float, width: float, height: float) -> QRectF:
    return QRectF(x * UNITS, y * UNITS, width * UNITS, height * UNITS)
