"""Marks of state: a shape, a colour and a word each, and the turning ring of what is under way."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from degreecheck.gui import icons
from degreecheck.gui.parts.labels import plain_tooltip

_STEP_DEGREES = 30
_STEP_MS = 90  # one turn in about a second


class StateMark(QLabel):
    """The mark of a state with a word for whoever does not see it; "busy" turns while it can be seen."""

    def __init__(self, state: str = "todo", text: str = "", size: int = 20) -> None:
        """``state`` is a key of icons.STATES, ``text`` its accessible name and tooltip, ``size`` in logical pixels."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._size = size
        self._angle = 0
        self._state = ""
        self._timer = QTimer(self, interval=_STEP_MS)
        self._timer.timeout.connect(self._turn)
        self.set_state(state, text)

    @property
    def state(self) -> str:
        """The state shown."""
        return self._state

    def set_state(self, state: str, text: str = "") -> None:
        """Show another state. Raises KeyError for one that icons.STATES does not hold."""
        if state not in icons.STATES:
            raise KeyError(state)
        if self.accessibleName() != text:
            self.setAccessibleName(text)
            self.setToolTip(plain_tooltip(text))
        if state != self._state:
            self._state = state
            self._angle = 0
            self._run()
            self.update()

    def is_turning(self) -> bool:
        """Whether it moves at the moment."""
        return self._timer.isActive()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """A square."""
        return QSize(self._size, self._size)

    minimumSizeHint = sizeHint  # noqa: N815  (Qt's name)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt's name)
        """Turn while seen."""
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt's name)
        """Rest while hidden."""
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  (Qt's name)
        """Draw the mark in the middle, turned if it is the busy one."""
        painter = QPainter(self)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(self._angle)
        half = self._size / 2
        icons.paint_state(painter, QRectF(-half, -half, self._size, self._size), self._state)

    def _run(self) -> None:
        if self._state == "busy" and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _turn(self) -> None:
        self._angle = (self._angle + _STEP_DEGREES) % 360
        self.update()


class Spinner(StateMark):
    """A turning ring for what is under way; ``text`` says what that is."""

    def __init__(self, text: str = "", size: int = 20) -> None:
        super().__init__("busy", text, size)
