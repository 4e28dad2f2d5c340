"""The photo on screen, with its marks, and the frame by which it is cut: by mouse, or by the arrow keys.

The pixels come from a worker; nothing here opens a file. While the frame is moved only this widget is painted anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from degreecheck.gui import photo_marks, theme
from degreecheck.gui.photo_marks import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.facts import Box
    from degreecheck.gui.photo_crop import Frames, Head

SIDES = (512, 1024, 2048)  # pixels of the longest side that are asked of the worker; the last is its most
_HIGHEST, _LOWEST = 440, 200  # logical pixels
_BESIDE_PICTURE = 250  # of the window's height, for what stands above and below
_PROBE = 280  # logical pixels: at this width heights are compared
_NEAR = 14.0  # logical pixels from a handle
_STEP, _FINE = 0.01, 0.001  # of the picture's height, for each press of an arrow key
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
_CURSORS = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor, (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor, (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor, (0, 1): Qt.CursorShape.SizeVerCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor, (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, 0): Qt.CursorShape.SizeAllCursor,
}  # fmt: skip


class PhotoCanvas(QWidget):
    """The whole upright picture. ``draft`` is the frame that is being moved, None while none is."""

    moved = Signal()  # the frame is another one, by mouse or key
    accepted = Signal()  # Enter
    given_up = Signal()  # Escape
    wanted = Signal(int)  # shown larger than it was rendered: so many pixels would be right

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.crop: Box | None = None
        self.draft: Box | None = None
        self.frames: Frames | None = None
        self.face: Box | None = None
        self.head: Head | None = None
        self.marks: Sequence[Mark] = ()
        self.chosen = 0  # number of the message whose place stands out
        self.background: tuple[Box, Sequence[str]] | None = None
        self.head_words = ""
        self.taken: Box | None = None  # what the export takes of a picture or crop of another shape
        self.placeholder = ""
        self._image: QImage | None = None
        self._scaled: QPixmap | None = None
        self._highest = _HIGHEST
        self._grip: tuple[int, int] | None = None
        self._held = QPointF()  # where in the frame it was taken hold of
        self._asking = QTimer(self, singleShot=True, interval=120)  # sizes change many times while a window is drawn
        self._asking.timeout.connect(self._ask_for_more)

    # ---- what is shown

    def set_image(self, image: QImage | None, placeholder: str = "") -> None:
        """The picture, or None while there is none; then ``placeholder`` says why."""
        before = self.heightForWidth(_PROBE)
        self._image = image
        self._scaled = None
        self.placeholder = placeholder
        if self.heightForWidth(_PROBE) != before:
            self.updateGeometry()
        self.update()

    @property
    def image(self) -> QImage | None:
        """The picture as it was rendered."""
        return self._image

    def set_frames(self, frames: Frames | None) -> None:
        """What frames fit the picture; its size in pixels is known from here on."""
        if frames != self.frames:
            self.frames = frames
            self.updateGeometry()

    @property
    def editing(self) -> bool:
        """Whether the frame can be moved."""
        return self.draft is not None

    def start(self, box: Box) -> None:
        """Let the frame be moved."""
        self.draft = box
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit()
        self.update()

    def stop(self) -> None:
        """The frame stays as the form has it."""
        self.draft = self._grip = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clearFocus()
        self.unsetCursor()
        self.update()

    # ---- size

    def _shape(self) -> float:
        """Height for each unit of width."""
        if self._image is not None and self._image.width():
            return self._image.height() / self._image.width()
        if self.frames is not None:
            return self.frames.height / self.frames.width
        return 1.4

    def heightForWidth(self, width: int) -> int:  # noqa: N802  (Qt's name)
        """As high as the picture at this width, within limits."""
        if self._image is None and self.frames is None and self.placeholder:
            return _LOWEST
        return round(min(max(width * self._shape(), _LOWEST), self._highest))

    def fit_into(self, window_height: int) -> None:
        """Stay low enough that the whole picture can be seen in a window of this height."""
        highest = min(_HIGHEST, max(_LOWEST, window_height - _BESIDE_PICTURE))
        if highest != self._highest:
            self._highest = highest
            self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """A comfortable size."""
        return QSize(300, self.heightForWidth(300))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Small, but still a picture."""
        return QSize(200, _LOWEST)

    def area(self) -> QRectF:
        """Where the picture lies, in logical pixels."""
        room = QRectF(self.rect()).adjusted(6, 6, -6, -6)
        shape = self._shape()
        wide = min(room.width(), room.height() / shape)
        return QRectF(room.center().x() - wide / 2, room.center().y() - wide * shape / 2, wide, wide * shape)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """A larger picture may be wanted."""
        super().resizeEvent(event)
        self._scaled = None
        self._asking.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt's name)
        """Another screen may have finer pixels."""
        super().showEvent(event)
        self._asking.start()

    def pixels_wanted(self) -> int:
        """The longest side in device pixels, as one of SIDES."""
        area = self.area()
        longest = max(area.width(), area.height()) * self.devicePixelRatioF()
        return next((side for side in SIDES if side >= longest), SIDES[-1])

    def _ask_for_more(self) -> None:
        if self.isVisible():
            self.wanted.emit(self.pixels_wanted())

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  (Qt's name)
        """Draw the picture and everything on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("surface_sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), look.size("radius"), look.size("radius"))
        area = self.area()
        if self._image is None:
            painter.setPen(look.colour("text_muted"))
            words = self.rect().adjusted(12, 12, -12, -12)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self.placeholder)
            return
        painter.drawPixmap(area, self._pixmap(area), QRectF(self._pixmap(area).rect()))
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        box = self.draft or self.crop
        if self.background is not None and not self.editing:
            photo_marks.draw_background(painter, photo_marks.place(area, self.background[0]), self.background[1])
        if box is not None:
            photo_marks.dim_outside(painter, area, photo_marks.place(area, box))
        if box is not None:
            frame = photo_marks.place(area, box)
            photo_marks.draw_frame(painter, frame, editing=self.editing, focused=self.hasFocus())
        if self.taken is not None and not self.editing:
            photo_marks.draw_taken(painter, photo_marks.place(area, self.taken))
        if self.head is not None or self.face is not None:
            photo_marks.draw_head(painter, area, self.face, self.head, self.head_words)
        if not self.editing:
            photo_marks.draw_marks(painter, area, self.marks, self.chosen)

    def _pixmap(self, area: QRectF) -> QPixmap:
        if self._scaled is None:
            assert self._image is not None
            ratio = self.devicePixelRatioF()
            size = QSize(max(1, round(area.width() * ratio)), max(1, round(area.height() * ratio)))
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = QPixmap.fromImage(self._image.scaled(size, mode=smooth))
        return self._scaled

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt's name)
        """Show it on the frame."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  (Qt's name)
        """Show it on the frame."""
        super().focusOutEvent(event)
        self.update()

    # ---- mouse

    def grip_at(self, point: QPointF) -> tuple[int, int] | None:
        """The handle under a point, (0, 0) inside the frame, None outside."""
        if self.draft is None:
            return None
        frame = photo_marks.place(self.area(), self.draft)
        handles = [(across, down) for across in (-1, 0, 1) for down in (-1, 0, 1) if across or down]

        def away(handle: tuple[int, int]) -> float:
            return (photo_marks.handle_at(frame, *handle) - point).manhattanLength()

        nearest = min(handles, key=away)
        if away(nearest) <= _NEAR:
            return nearest
        return (0, 0) if frame.contains(point) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Take hold of the frame."""
        self._grip = self.grip_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if self._grip is None or self.draft is None:
            super().mousePressEvent(event)
            return
        frame = photo_marks.place(self.area(), self.draft)
        self._held = event.position() - photo_marks.handle_at(frame, *self._grip)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Move or resize the frame; without a button, show what could be done."""
        point = event.position()
        if self._grip is None or self.draft is None or self.frames is None:
            grip = self.grip_at(point)
            self.setCursor(_CURSORS[grip]) if grip is not None else self.unsetCursor()
            return
        area, draft = self.area(), self.draft
        x = (point.x() - self._held.x() - area.x()) / area.width()
        y = (point.y() - self._held.y() - area.y()) / area.height()
        if self._grip == (0, 0):
            self._move_to(self.frames.around(x, y, draft[3] - draft[1]))
        else:
            self._move_to(self.frames.dragged(self.frames.fitted(draft), self._grip, x, y))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Let go of the frame."""
        self._grip = None
        super().mouseReleaseEvent(event)

    # ---- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Arrows move, Shift and arrows resize, Ctrl makes steps small, Enter takes it, Escape gives it up."""
        key = Qt.Key(event.key())
        if not self.editing or self.frames is None or self.draft is None:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            self._step(_ARROWS[key], event.modifiers())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, arrow: tuple[int, int], modifiers: Qt.KeyboardModifier) -> None:
        if self.frames is None or self.draft is None:
            return
        frames, draft = self.frames, self.frames.fitted(self.draft)
        step = _FINE if modifiers & Qt.KeyboardModifier.ControlModifier else _STEP
        step = max(step, 1 / frames.height)
        across, down = arrow
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._move_to(frames.resized(draft, (across or -down) * step * 2))
        else:
            self._move_to(frames.moved(draft, across * step * frames.height / frames.width, down * step))

    def _move_to(self, box: Box) -> None:
        if box != self.draft:
            self.draft = box
            self.moved.emit()
            self.update()
