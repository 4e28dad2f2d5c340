"""The strip above the table that says what the program is doing, and lets it be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from degreecheck.gui import theme
from degreecheck.gui.parts import ElidedLabel, announce, push_button

if TYPE_CHECKING:
    from degreecheck.gui.desk.open_desk import OpenDesk
    from degreecheck.text import Texts

_REFRESH_MS = 100
_QUICK_MS = 400  # a look that is over sooner need not be seen


class ProgressStrip(QWidget):
    """Seen while something is under way."""

    def __init__(self, desk: OpenDesk, texts: Texts) -> None:
        super().__init__()
        self._desk = desk
        self._texts = texts
        self.words = ElidedLabel("", role="caption")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(texts.get("ui.desk.progress"))
        self.bar.setFixedWidth(220)
        self.stop = push_button(texts.get("ui.cancel"), "quiet", "stop")
        self.stop.clicked.connect(desk.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(2), 0, theme.space(2), 0)
        row.setSpacing(theme.space(1.5))
        row.addWidget(self.bar)
        row.addWidget(self.words, 1)
        row.addWidget(self.stop)
        # Dozens of results come in a second; people read a few numbers.
        self._later = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._later.timeout.connect(self.refresh)
        self._appear = QTimer(self, singleShot=True, interval=_QUICK_MS)
        self._appear.timeout.connect(self._show_if_running)
        desk.progressed.connect(self._wait)
        desk.state_changed.connect(self._state)
        self.hide()
        self._state()

    def _wait(self) -> None:
        if not self._later.isActive():
            self._later.start()

    def _state(self) -> None:
        self.stop.setEnabled(self._desk.state in ("looking", "running"))
        if not self._desk.running:
            self._appear.stop()
            self.hide()
        elif self.isHidden() and not self._appear.isActive():
            self._appear.start()
        self.refresh()

    def _show_if_running(self) -> None:
        if self._desk.running:
            self.show()
            announce(self, self.words.text())

    def refresh(self) -> None:
        """Say how far it is."""
        desk, texts = self._desk, self._texts
        if desk.state == "running":
            self.bar.setRange(0, max(desk.total, 1))
            self.bar.setValue(desk.done)
            key = "ui.desk.progress_changed" if desk.partial else "ui.desk.progress_checked"
            words = texts.get(key, done=desk.done, total=desk.total)
            if not desk.done and desk.files:
                words = texts.get("ui.desk.progress_files", words=words, count=desk.files)
        else:
            self.bar.setRange(0, 0)
            if desk.state == "cancelling":
                words = texts.get("ui.desk.cancelling")
            else:
                words = texts.get("ui.desk.looking", count=desk.found) if desk.found else texts.get("ui.desk.finding")
        self.words.setText(words)
