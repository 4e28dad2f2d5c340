"""What a person's hands do at a window: type (Chinese too, as an input method hands it over), drop, paste."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def type_text(widget: QWidget, text: str) -> None:
    """Type a text at the cursor of a field that has the focus, sign by sign."""
    for sign in text:
        commit(widget, sign)


def commit(widget: QWidget, text: str) -> None:
    """Put a text in at the cursor at once, as an input method hands over a phrase."""
    committed = QInputMethodEvent("", [])
    committed.setCommitString(text)
    QApplication.sendEvent(widget, committed)


def drop(widget: QWidget, paths: Iterable[Path]) -> bool:
    """Drag files over a widget and let go; whether it took them."""
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, copy = widget.rect().center(), Qt.DropAction.CopyAction
    button, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(QPoint(where), copy, dragged, button, no_key)
    QApplication.sendEvent(widget, enters)
    if not enters.isAccepted():
        return False
    lets_go = QDropEvent(where, copy, dragged, button, no_key)
    QApplication.sendEvent(widget, lets_go)
    return lets_go.isAccepted()
