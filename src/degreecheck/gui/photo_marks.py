"""What is drawn on the photo: background map, head, places of findings, crop frame. Painting only.

The colours do not follow the theme, for the photo beneath them does not either: light lines with a dark rim are seen on
any picture. Every mark differs by its shape as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from degreecheck.gui import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.facts import Box
    from degreecheck.gui.photo_crop import Head

_LIGHT, _RIM = QColor(255, 255, 255), QColor(0, 0, 0, 150)
_DIM = QColor(12, 14, 18, 165)
_BADGE = 20.0  # logical pixels
HANDLE = 10.0


@dataclass(frozen=True)
class Mark:
    """A place in the whole picture, the numbers of the messages that speak of it, and the worst one's severity."""

    box: Box
    numbers: tuple[int, ...]
    severity: str


def place(area: QRectF, box: Box) -> QRectF:
    """A relative box in the rectangle that shows the whole picture."""
    x0, y0, x1, y1 = box
    return QRectF(
        area.x() + x0 * area.width(), area.y() + y0 * area.height(), (x1 - x0) * area.width(), (y1 - y0) * area.height()
    )


def _outline(painter: QPainter, shape: QRectF, colour: QColor, width: float, style: Qt.PenStyle, radius: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(_RIM, width + 2), QPen(colour, width, style)):
        painter.setPen(pen)
        painter.drawRoundedRect(shape, radius, radius)


def _line(painter: QPainter, start: QPointF, end: QPointF, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
    for pen in (QPen(_RIM, 3.5), QPen(_LIGHT, 1.5, style)):
        painter.setPen(pen)
        painter.drawLine(start, end)


def _label(painter: QPainter, words: str, left: float, middle: float, area: QRectF) -> None:
    font = theme.text_size(painter.font(), "caption")
    metrics = QFontMetricsF(font)
    size = metrics.size(0, words)
    shape = QRectF(left, middle - size.height() / 2 - 1, size.width() + 8, size.height() + 2)
    shape.moveLeft(max(area.left(), min(left, area.right() - shape.width())))
    painter.save()
    painter.setFont(font)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 190))
    painter.drawRoundedRect(shape, 4, 4)
    painter.setPen(_LIGHT)
    painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def draw_background(painter: QPainter, shown: QRectF, area: Sequence[str]) -> None:
    """The background map in what was cut out: hatched where the background is, crossed where it is uneven."""
    if not area:
        return
    high = shown.height() / len(area)
    for sign, pattern, colour in (
        ("#", Qt.BrushStyle.BDiagPattern, QColor(255, 255, 255, 150)),
        ("x", Qt.BrushStyle.DiagCrossPattern, QColor(255, 205, 60, 235)),
    ):
        path = QPainterPath()
        for row, signs in enumerate(area):
            wide = shown.width() / len(signs)
            start = 0
            while start < len(signs):
                end = start + 1
                while end < len(signs) and signs[end] == signs[start]:
                    end += 1
                if signs[start] == sign:
                    path.addRect(QRectF(shown.x() + start * wide, shown.y() + row * high, (end - start) * wide, high))
                start = end
        if sign == "x":
            painter.fillPath(path, QColor(0, 0, 0, 70))
        # A dark shade beside each light line: hatching is seen on a white background, too.
        for shift, ink in ((1, QColor(0, 0, 0, 80)), (0, colour)):
            painter.setBrushOrigin(shift, 0)
            painter.fillPath(path, QBrush(ink, pattern))
        painter.setBrushOrigin(0, 0)


def draw_head(painter: QPainter, area: QRectF, face: Box | None, head: Head | None, words: str) -> None:
    """The face's box with short corners, and a dimension line from crown to chin with its share."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if face is not None:
        box = place(area, face)
        arm = min(box.width(), box.height()) * 0.18
        corners = QPainterPath()
        for x, inward_x in ((box.left(), arm), (box.right(), -arm)):
            for y, inward_y in ((box.top(), arm), (box.bottom(), -arm)):
                corners.moveTo(x + inward_x, y)
                corners.lineTo(x, y)
                corners.lineTo(x, y + inward_y)
        for pen in (QPen(_RIM, 3.5), QPen(_LIGHT, 1.5)):
            painter.setPen(pen)
            painter.drawPath(corners)
    if head is None:
        return
    half = place(area, face).width() / 2 if face is not None else 20.0
    middle = area.x() + head.middle * area.width()
    x = min(middle + half + 14, area.right() - 6)
    top, bottom = area.y() + head.crown * area.height(), area.y() + head.chin * area.height()
    style = Qt.PenStyle.DashLine if head.guessed else Qt.PenStyle.SolidLine
    _line(painter, QPointF(x, top), QPointF(x, bottom), style)
    for y in (top, bottom):
        _line(painter, QPointF(x - 6, y), QPointF(x + 6, y))
    _label(painter, words, x + 8, (top + bottom) / 2, area)


def draw_marks(painter: QPainter, area: QRectF, marks: Sequence[Mark], chosen: int) -> None:
    """Boxes with their messages' numbers; the one with number ``chosen`` (0: none) stands out."""
    taken: list[QRectF] = []
    for mark in sorted(marks, key=lambda mark: chosen in mark.numbers):
        loud = chosen in mark.numbers
        colour = theme.load("light").colour({"error": "error", "warning": "warning"}.get(mark.severity, "note"))
        box = place(area, mark.box).adjusted(-1, -1, 1, 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(_LIGHT, 5 if loud else 4), QPen(colour, 3 if loud else 2)):
            painter.setPen(pen)
            painter.drawRoundedRect(box, 3, 3)
        _badge(painter, area, box, mark, colour, taken)


def _badge(painter: QPainter, area: QRectF, box: QRectF, mark: Mark, colour: QColor, taken: list[QRectF]) -> None:
    words = "·".join(str(number) for number in mark.numbers)
    font = theme.text_size(painter.font(), "caption")
    font.setBold(True)
    width = max(_BADGE, QFontMetricsF(font).horizontalAdvance(words) + 12)
    badge = QRectF(box.left() - 1, box.top() - 1, width, _BADGE)
    badge.moveLeft(max(area.left(), min(badge.left(), area.right() - width)))
    badge.moveTop(max(area.top(), min(badge.top(), area.bottom() - _BADGE)))
    while any(badge.intersects(other) for other in taken) and badge.bottom() + _BADGE < area.bottom():
        badge.translate(0, _BADGE + 2)
    taken.append(badge)
    painter.save()
    painter.setFont(font)
    painter.setPen(QPen(_LIGHT, 1.5))
    painter.setBrush(colour)
    painter.drawRoundedRect(badge, _BADGE / 2, _BADGE / 2)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def dim_outside(painter: QPainter, area: QRectF, frame: QRectF) -> None:
    """Darken what is cut off."""
    outside = QPainterPath()
    outside.setFillRule(Qt.FillRule.OddEvenFill)
    outside.addRect(area)
    outside.addRect(frame)
    painter.fillPath(outside, _DIM)


def draw_frame(painter: QPainter, frame: QRectF, *, editing: bool, focused: bool) -> None:
    """The crop frame; with thirds and handles while it can be moved."""
    _outline(painter, frame, _LIGHT, 1.5, Qt.PenStyle.SolidLine, 0)
    if not editing:
        return
    painter.setPen(QPen(QColor(255, 255, 255, 90), 1))
    for part in (1 / 3, 2 / 3):
        x, y = frame.x() + frame.width() * part, frame.y() + frame.height() * part
        painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
        painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
    accent = theme.load("light").colour("accent")
    if focused:
        _outline(painter, frame, accent, 2.5, Qt.PenStyle.SolidLine, 0)
    painter.setPen(QPen(accent, 1.5))
    painter.setBrush(_LIGHT)
    half = HANDLE / 2
    for across in (-1, 0, 1):
        for down in (-1, 0, 1):
            if across or down:
                at = handle_at(frame, across, down)
                painter.drawRect(QRectF(at.x() - half, at.y() - half, HANDLE, HANDLE))


def draw_taken(painter: QPainter, box: QRectF) -> None:
    """What the export takes as long as nobody has cut: the middle, dashed."""
    _outline(painter, box, _LIGHT, 1.5, Qt.PenStyle.DashLine, 0)


def handle_at(frame: QRectF, across: int, down: int) -> QPointF:
    """Where a handle of the frame lies."""
    centre = frame.center()
    return QPointF(centre.x() + across * frame.width() / 2, centre.y() + down * frame.height() / 2)
