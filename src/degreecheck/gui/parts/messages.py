"""Messages inside the window: a strip that stays with its subject, and one that goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from degreecheck.gui import theme
from degreecheck.gui.parts.buttons import ToolBarButton, push_button
from degreecheck.gui.parts.labels import announce, label
from degreecheck.gui.parts.marks import StateMark
from degreecheck.gui.theme import restyle, space

_TOAST_MS = 6000  # time to read a sentence and reach for its button


class Notice(QFrame):
    """A strip with the mark of its severity, a sentence, and a button if something can be done at once."""

    acted = Signal()
    closed = Signal()

    def __init__(
        self, severity: str, text: str, action: str = "", *, state_word: str = "", close_word: str = ""
    ) -> None:
        """``severity``: "error", "warning", "question", "note" or "ok"; ``state_word``: its name for screen readers;

        ``action``: the words of the button, none without; ``close_word``: the name of a closing button, none without.
        """
        super().__init__()
        self.mark = StateMark(severity, state_word)
        self.label = label(text, selectable=True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.button = push_button(action, "quiet")
        self.button.clicked.connect(self.acted)
        self.close_button = ToolBarButton("cross", close_word)
        self.close_button.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(space(1.5), space(0.75), space(1), space(0.75))
        row.setSpacing(space())
        row.addWidget(self.mark, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignTop)
        self.button.setVisible(bool(action))
        self.close_button.setVisible(bool(close_word))
        self.set(severity, text, action, state_word=state_word)

    def set(self, severity: str, text: str, action: str = "", *, state_word: str = "") -> None:
        """Say something else."""
        self.mark.set_state(severity, state_word)
        self.label.setText(text)
        self.button.setText(action)
        # Mark and button stand beside the first line, however many follow.
        line = self.label.fontMetrics().lineSpacing()
        tall = bool(action) or not self.close_button.isHidden()
        first = max(line + space(), theme.current().size("control") if tall else 0)
        self.mark.setFixedHeight(first)
        self.label.setContentsMargins(0, (first - line) // 2, 0, (first - line) // 2)
        self.button.setVisible(bool(action))
        self.setAccessibleName(f"{state_word} {text}".strip())
        restyle(self, severity=severity)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class Toast(QFrame):
    """A sentence at the foot of a window that goes by itself, with a button to take back what was done.

    It waits while the mouse is over it or its button has the focus, and is said aloud by screen readers.
    """

    acted = Signal()

    def __init__(self, over: QWidget, shown_ms: int = _TOAST_MS) -> None:
        """``over``: the window or page at whose foot it appears; ``shown_ms``: for how long, in milliseconds."""
        super().__init__(over)
        self._over = over
        self.setProperty("toast", True)
        self.label = label(wrap=True)
        self.button = push_button("", "quiet")
        self.button.clicked.connect(self._act)
        self.button.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(space(2), space(), space(), space())
        row.setSpacing(space(2))
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self._timer = QTimer(self, singleShot=True, interval=shown_ms)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def say(self, text: str, action: str = "", *, stay: bool = False) -> None:
        """Show a sentence in place of the last one; ``stay`` until it is replaced or hidden."""
        self.label.setText(text)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._place()
        self.show()
        self.raise_()
        announce(self, text)
        self._timer.stop()
        if not stay:
            self._timer.start()

    def is_leaving(self) -> bool:
        """Whether it will go by itself before long."""
        return self._timer.isActive()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Esc sends it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Keep to the foot of a window that changes size; wait while the button has the focus."""
        kind = event.type()
        if not hasattr(self, "_timer"):
            return False  # while a window is taken apart, what it sends still comes here
        if watched is self._over and kind == QEvent.Type.Resize and self.isVisible():
            self._place()
        elif watched is self.button and kind == QEvent.Type.FocusIn:
            self._timer.stop()
        elif watched is self.button and kind == QEvent.Type.FocusOut and self.isVisible():
            self._timer.start()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Wait under the mouse."""
        if event.type() == QEvent.Type.Enter:
            self._timer.stop()
        elif event.type() == QEvent.Type.Leave and self.isVisible() and not self.button.hasFocus():
            self._timer.start()
        return super().event(event)

    def _act(self) -> None:
        self.hide()
        self.acted.emit()

    def _place(self) -> None:
        over = self._over
        room = max(over.width() - space(4), 0)
        words = self.label.fontMetrics().horizontalAdvance(self.label.text())
        button = self.button.sizeHint().width() + space(2) if self.button.text() else 0
        width = min(room, words + button + space(4), 640)
        height = self.heightForWidth(width)
        self.setGeometry((over.width() - width) // 2, over.height() - height - space(3), width, height)
