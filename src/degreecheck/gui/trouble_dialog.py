"""The calm dialog in which an error of the program itself ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from degreecheck.text import Texts


class TroubleDialog(QDialog):
    """Says that something went wrong inside the program, that the work is saved, and what to do."""

    def __init__(self, text: str, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.get("ui.trouble.title"))
        self.setMinimumWidth(520)
        says = QLabel(texts.get("ui.trouble.says"))
        says.setTextFormat(Qt.TextFormat.PlainText)
        says.setWordWrap(True)
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setAccessibleName(texts.get("ui.trouble.details"))
        shown.setTabChangesFocus(True)
        buttons = QDialogButtonBox()
        copy = buttons.addButton(texts.get("ui.trouble.copy"), QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(texts.get("ui.close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        buttons.rejected.connect(self.reject)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 24, 24, 16)
        inside.setSpacing(16)
        inside.addWidget(says)
        inside.addWidget(shown)
        inside.addWidget(buttons)
        close.setFocus()
