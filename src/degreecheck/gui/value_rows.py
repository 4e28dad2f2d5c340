"""A value with its name and a button that copies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from degreecheck.gui import clipboard, theme
from degreecheck.gui.parts import CopyButton, StateMark, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.text import Texts

NAME_WIDTH = 136  # logical pixels


class ValueRow(QWidget):
    """Name, value, copy button. ``shown`` may be masked; what is copied is the whole value."""

    copied = Signal()

    def __init__(self, name: str, texts: Texts, *, notes: Sequence[str] = (), sensitive: bool = False) -> None:
        """``sensitive``: copies stay out of clipboard histories."""
        super().__init__()
        self._texts = texts
        self._name = name
        self._sensitive = sensitive
        self._value: str | None = None
        self.done = False  # copied since the value became what it is
        caption = label(name, "muted")
        caption.setFixedWidth(NAME_WIDTH)
        self.words = label("", selectable=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._mark = StateMark("ok", texts.get("copy_sheet.copied"), 16)
        policy = self._mark.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._mark.setSizePolicy(policy)
        self._mark.hide()
        self.button = CopyButton(texts.get("ui.values.copy", name=name))
        self.button.clicked.connect(self._copy)
        value = QVBoxLayout()
        value.setSpacing(0)
        value.addWidget(self.words)
        for note in notes:
            value.addWidget(label(note, "caption"))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space())
        top = Qt.AlignmentFlag.AlignTop
        first = self.button.sizeHint().height()
        for line in (caption, self.words):
            line.setAlignment(Qt.AlignmentFlag.AlignLeft | top)
            line.setContentsMargins(0, max(0, (first - line.fontMetrics().height()) // 2), 0, 0)
        self._mark.setFixedHeight(first)
        across.addWidget(caption, alignment=top)
        across.addLayout(value, 1)
        across.addWidget(self._mark, alignment=top)
        across.addWidget(self.button, alignment=top)

    @property
    def value(self) -> str:
        """What is copied."""
        return self._value or ""

    def set_value(self, value: str, shown: str | None = None) -> None:
        """Another value; ``shown`` instead of it where it is masked."""
        if value != self._value:
            self._value = value
            self.done = False
            self._mark.hide()
        words = value if shown is None else shown
        self.words.setText(words or self._texts.get("copy_sheet.empty"))
        theme.restyle(self.words, role="body" if words else "muted")
        self.button.setEnabled(bool(value))

    def _copy(self) -> None:
        clipboard.copy(self.value, sensitive=self._sensitive)
        self.button.confirm(self._texts.get("ui.values.copied", name=self._name))
        self.done = True
        self._mark.show()
        self.copied.emit()
