"""Where the photo comes from: chosen, dropped, pasted, replaced, taken out. gui/materials.py does it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QStandardPaths
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from degreecheck.gui import materials

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.rules._case import ListedPath
    from degreecheck.text import Texts

SLOT = "photo"
# HEIC and the like straight from a phone are converted by the export.
_PICTURES = "*.jpg *.jpeg *.jpe *.jfif *.png *.heic *.heif *.webp *.bmp *.tif *.tiff"


class PhotoSource(QObject):
    """The file in the slot, and the ways to put another there."""

    def __init__(self, session: Session, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._texts = texts
        self._over = parent
        self.materials = materials.of(session)

    @property
    def listed(self) -> str:
        """The photo as the form lists it; "" without one. Of several the first counts."""
        return next(iter(self._session.form.listed(SLOT)), "")

    @property
    def entry(self) -> ListedPath | None:
        """What became of the listed path; None before the folder was looked at."""
        listed = self.listed
        found = self._session.inspection.listed
        return next((entry for entry in found if entry.slot == SLOT and entry.listed == listed), None)

    @property
    def file(self) -> str:
        """The file's name in the folder; "" where there is none that may be opened."""
        entry = self.entry
        return entry.file if entry is not None and entry.exists and not entry.unsafe else ""

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.listed).name

    @property
    def coming(self) -> str:
        """The name of a file that is being copied in; "" without one."""
        return next(iter(self.materials.on_their_way(SLOT)), "")

    def choose(self) -> None:
        """Let the person pick a file; it takes the place of the one that is there."""
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self._over, self._texts.get("ui.photo.choose"), start)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        texts = self._texts
        dialog.setNameFilters(
            [f"{texts.get('ui.photo.pictures')} ({_PICTURES})", f"{texts.get('ui.photo.all_files')} (*)"]
        )
        dialog.fileSelected.connect(lambda file: self._take([Path(file)]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def can_take(self, data: QMimeData) -> bool:
        """Whether what is dragged may be dropped: a picture, or a file. Folders and bundles are the window's."""
        return bool(_files(data)) or (data.hasImage() and not data.hasUrls())

    def take(self, data: QMimeData) -> bool:
        """What was dropped or pasted becomes the photo. False where it holds none."""
        files = _files(data)
        if files:
            self._take(files)
            return True
        picture = data.imageData() if data.hasImage() else None
        if not isinstance(picture, QImage) or picture.isNull():
            return False
        self.materials.add_picture(SLOT, picture, self._texts.word("slot", SLOT), replacing=self.listed)
        return True

    def paste(self) -> None:
        """The clipboard's picture or file becomes the photo."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._session.told.emit(self._texts.get("ui.photo.nothing_to_paste"))

    def remove(self) -> None:
        """Take the photo out; undo brings it back."""
        if self.listed:
            self.materials.remove(SLOT, self.listed)

    def _take(self, files: list[Path]) -> None:
        if len(files) > 1:
            self._session.told.emit(self._texts.get("ui.photo.only_one", name=files[0].name))
        self.materials.add(SLOT, files[:1], replacing=self.listed)


def _files(data: QMimeData) -> list[Path]:
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [file for file in files if file.suffix and file.suffix.lower() not in (".zip", ".json")]
