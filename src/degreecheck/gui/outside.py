"""What reaches outside the window: asking for files, and handing one to the system's own program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from degreecheck import paths
from degreecheck.file_types import claimed_type

if TYPE_CHECKING:
    from degreecheck.text import Texts

# What the system's own programs may be handed: never a program or a script that bears a material's name.
_OPENED = frozenset({"jpeg", "png", "heic", "webp", "bmp", "tiff", "gif", "avif", "pdf", "docx", "doc", "rtf", "ofd"})
_PATTERNS = "*.jpg *.jpeg *.png *.heic *.heif *.webp *.bmp *.tif *.tiff *.gif *.pdf *.docx *.doc *.wps"


def ask_for_files(
    parent: QWidget, title: str, start: str, texts: Texts, chosen: Callable[[list[Path]], None], *, many: bool = True
) -> None:
    """Ask for materials; nothing waits for the answer. ``start``: the folder to begin in, "" for the desktop."""
    place = start or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)
    dialog = QFileDialog(parent, title, place)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if many else QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([f"{texts.get('ui.slot.papers')} ({_PATTERNS})", f"{texts.get('ui.slot.all_files')} (*)"])
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()


def open_outside(folder: Path, file: str) -> bool:
    """Hand a file of the folder to the system's program for it; only what is a paper by its name.

    False where it was not done.
    """
    try:
        path = paths.inside(folder, file)
    except paths.UnsafePath:
        return False
    return claimed_type(file) in _OPENED and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
