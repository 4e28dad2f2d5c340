"""A picture at any size, with numbered boxes on it. Sharp where one looks closely: details are rendered anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView

from degreecheck.gui import theme

if TYPE_CHECKING:
    from degreecheck.facts import Box

_STEP = 1.25  # from one size to the next
_CLOSEST = 8.0
_WHEEL_NOTCH = 120  # eighths of a degree that one notch of a wheel counts
_SETTLED_MS = 150  # after which a closer look is rendered
_BADGE = 22  # logical pixels


@dataclass(frozen=True)
class Mark:
    """A box on the picture, relative (0-1), with the number of what is said about it and its severity."""

    box: Box
    number: int
    severity: str


class PictureCanvas(QGraphicsView):
    """Fits the picture in until somebody zooms. One unit of the scene is one pixel of the original."""

    zoomed = Signal(float)  # screen pixels (logical) to a pixel of the original
    detail_wanted = Signal(object)  # Box: this part is shown larger than it was rendered

    def __init__(self) -> None:
        super().__init__()
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._detail = QGraphicsPixmapItem()
        self._detail.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._scene.addItem(self._item)
        self._scene.addItem(self._detail)
        self._marks: tuple[Mark, ...] = ()
        self._chosen = 0
        self._fitted = True
        self._rendered = 0.0  # pixels that were rendered to a pixel of the original
        self._endless = False  # drawn by lines: sharp at any size
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._look_closer)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setBackgroundBrush(Qt.BrushStyle.NoBrush)
        self.setMinimumSize(200, 160)

    # ---- what is shown

    @property
    def scale_now(self) -> float:
        """Screen pixels (logical) to a pixel of the original."""
        return self.transform().m11()

    @property
    def is_fitted(self) -> bool:
        """Whether the whole picture is kept in view."""
        return self._fitted

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The boxes that are drawn."""
        return self._marks

    def show_picture(self, picture: QImage, original: QSizeF, *, endless: bool = False) -> None:
        """Another picture; ``original``: its size in pixels. ``endless``: a closer look always shows more."""
        self._endless = endless
        self._detail.setPixmap(QPixmap())
        self._item.setPixmap(QPixmap.fromImage(picture))
        self._rendered = picture.width() / original.width() if original.width() else 0.0
        self._item.setScale(1 / self._rendered if self._rendered else 1)
        self._scene.setSceneRect(QRectF(QPointF(), original))
        self.fit()

    def show_detail(self, picture: QImage, box: Box) -> None:
        """A part of the picture with more pixels."""
        area = self._in_scene(box)
        if picture.isNull() or not area.width():
            return
        self._detail.setPixmap(QPixmap.fromImage(picture))
        self._detail.setScale(area.width() / picture.width())
        self._detail.setPos(area.topLeft())

    def set_marks(self, marks: Sequence[Mark], chosen: int = 0) -> None:
        """The boxes to draw; ``chosen``: the number of those that stand out."""
        self._marks, self._chosen = tuple(marks), chosen
        self.viewport().update()

    # ---- zooming

    def fit(self) -> None:
        """The whole picture, never larger than its pixels."""
        self._fitted = True
        area = self._scene.sceneRect()
        if area.isEmpty():
            return
        room = self.viewport().size()
        scale = min(room.width() / area.width(), room.height() / area.height())
        self._set_scale(max(scale if self._endless else min(scale, 1.0), 0.001))
        self.centerOn(area.center())

    def original_size(self) -> None:
        """One pixel of the picture on one pixel of the screen."""
        self._fitted = False
        self._set_scale(1 / self.devicePixelRatioF())

    def zoom(self, steps: float) -> None:
        """So many steps closer, or farther."""
        self._fitted = False
        wanted = self.scale_now * _STEP**steps
        self._set_scale(min(max(wanted, self._smallest()), _CLOSEST))

    def show_box(self, box: Box) -> None:
        """Bring a box near, with what is around it."""
        area = self._in_scene(box)
        margin = max(area.width(), area.height(), 40) * 0.6
        around = area.adjusted(-margin, -margin, margin, margin)
        room = self.viewport().size()
        scale = min(room.width() / around.width(), room.height() / around.height(), 2.0)
        self._fitted = False
        self._set_scale(max(scale, self._smallest()))
        self.centerOn(area.center())

    def _smallest(self) -> float:
        area, room = self._scene.sceneRect(), self.viewport().size()
        if area.isEmpty():
            return 0.01
        return min(room.width() / area.width(), room.height() / area.height(), 1.0) * 0.5

    def _set_scale(self, scale: float) -> None:
        factor = scale / self.scale_now
        self.scale(factor, factor)
        self.zoomed.emit(self.scale_now)
        self._settled.start()

    def _look_closer(self) -> None:
        seen = self.scale_now * self.devicePixelRatioF()
        area = self._scene.sceneRect()
        complete = self._rendered >= 1 and not self._endless
        if area.isEmpty() or not self._rendered or complete or seen <= self._rendered * 1.2:
            return
        visible = self.mapToScene(self.viewport().rect()).boundingRect().intersected(area)
        if not visible.isEmpty():
            self.detail_wanted.emit((
                visible.left() / area.width(), visible.top() / area.height(),
                min(visible.right() / area.width(), 1.0), min(visible.bottom() / area.height(), 1.0),
            ))  # fmt: skip

    # ---- Qt's own

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        """The wheel zooms where the mouse is."""
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.zoom(event.angleDelta().y() / _WHEEL_NOTCH)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """What was fitted in stays so."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 (Qt's name)
        """Another part is in view."""
        super().scrollContentsBy(dx, dy)
        self._settled.start()

    def drawForeground(self, painter: QPainter, _rect: QRectF | QRect) -> None:  # noqa: N802 (Qt's name)
        """Boxes and numbers keep their thickness at every size."""
        look = theme.load("light")  # papers are white, whatever is around them
        painter.save()
        painter.resetTransform()
        for mark in self._marks:
            area = QRectF(self.mapFromScene(self._in_scene(mark.box)).boundingRect()).adjusted(-3, -3, 3, 3)
            colour = look.colour(mark.severity)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            halo = look.colour("surface_raised")
            halo.setAlphaF(0.6)
            painter.setPen(QPen(halo, 5 if mark.number == self._chosen else 4))
            painter.drawRect(area)
            painter.setPen(QPen(colour, 3 if mark.number == self._chosen else 2))
            painter.drawRect(area)
            badge = QRectF(area.left() - 1, max(area.top() - _BADGE, 0), _BADGE, _BADGE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(badge, 4, 4)
            painter.setPen(look.colour("surface_raised"))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(mark.number))
        painter.restore()

    def _in_scene(self, box: Box) -> QRectF:
        area = self._scene.sceneRect()
        left, top, right, bottom = box
        return QRectF(
            QPointF(left * area.width(), top * area.height()), QPointF(right * area.width(), bottom * area.height())
        )
