"""Where the photo comes from: chosen, dropped, pasted, replaced, taken out. gui/materials.py does it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from degreecheck.gui import dropping, materials
from degreecheck.gui.bringing_in import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.gui.session import Session
    from degreecheck.rules._case import ListedPath
    from degreecheck.text import Texts

SLOT = "photo"
# HEIC and the like straight from a phone are converted by the export.
_PICTURES = "*.jpg *.jpeg *.jpe *.jfif *.png *.heic *.heif *.webp *.bmp *.tif *.tiff"


class PhotoSource(QObject):
    """The file in the slot, and the ways to put another there."""

    refused = Signal(object)  # Sequence[Refused]
    removed = Signal(str)

    def __init__(self, session: Session, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._texts = texts
        self._over = parent
        self.materials = materials.of(session)
        self.materials.refused.connect(self._refused)

    @property
    def listed(self) -> str:
        """The photo as the form lists it; "" without one. Of several the first counts."""
        return next(iter(self._session.form.listed(SLOT)), "")

    @property
    def others(self) -> tuple[str, ...]:
        """Further files in the slot, which takes one."""
        return self._session.form.listed(SLOT)[1:]

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
    def coming(self) -> tuple[str, ...]:
        """The names of files that are being copied in."""
        return self.materials.on_their_way(SLOT)

    def choose(self) -> None:
        """Let the person pick a file; it takes the place of the one that is there. Nothing waits for the answer."""
        texts = self._texts
        start = self.materials.last_folder or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.PicturesLocation
        )
        dialog = QFileDialog(self._over, texts.get("ui.slot.choose_for", slot=SLOT), start)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [f"{texts.get('ui.photo.pictures')} ({_PICTURES})", f"{texts.get('ui.slot.all_files')} (*)"]
        )
        dialog.fileSelected.connect(lambda file: self._chosen(Path(file)))
        dialog.open()

    def _chosen(self, file: Path) -> None:
        self.materials.last_folder = str(file.parent)
        self._bring([file])

    def take(self, data: QMimeData) -> None:
        """What was dropped or pasted becomes the photo, or is refused with a reason."""
        dropped = dropping.read(data, self._session.path)
        if dropped.own is not None:
            self._move_here(*dropped.own)
        elif dropped.files:
            self._bring(dropped.files)
        elif dropped.picture is not None:
            stem = self._texts.word("slot", SLOT)
            self.materials.add_picture(SLOT, dropped.picture, stem, replacing=self.listed)
        else:
            self.refused.emit((Refused("", "not_local" if dropped.elsewhere else "nothing_to_paste"),))

    def _move_here(self, slot: str, file: str) -> None:
        """A file of another slot becomes the photo; the one that was here stays in the folder."""
        if slot != SLOT:
            form = self._session.form
            left = tuple(other for other in form.listed(slot) if other != file)
            self._session.set_materials({**form.materials, slot: left, SLOT: (file,)})

    def paste(self) -> None:
        """The clipboard's picture or file becomes the photo."""
        self.take(QGuiApplication.clipboard().mimeData())

    def remove(self, name: str = "") -> None:
        """Take the photo, or one of the others, out; undo brings it back."""
        name = name or self.listed
        if name:
            self.materials.remove(SLOT, name)
            self.removed.emit(name)

    def _bring(self, files: Sequence[Path]) -> None:
        if len(files) > 1:
            self._session.told.emit(self._texts.get("ui.photo.only_one", name=files[0].name))
        self.materials.add(SLOT, files[:1], replacing=self.listed)

    def _refused(self, slot: str, refused: Sequence[Refused]) -> None:
        if slot == SLOT and refused:
            self.refused.emit(refused)
