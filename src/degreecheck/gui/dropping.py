"""What is dropped or pasted: files, a picture, or a file of another slot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QImage

_OWN = "application/x-degreecheck-material"
_SEPARATOR = "\0"  # in no file name


@dataclass(frozen=True)
class Dropped:
    """What a drop or the clipboard holds. ``own``: slot and file of the folder; ``elsewhere``: addresses of pages."""

    files: tuple[Path, ...] = ()
    picture: QImage | None = None
    own: tuple[str, str] | None = None
    elsewhere: bool = False

    @property
    def nothing(self) -> bool:
        """Nothing that a slot could use."""
        return not (self.files or self.own) and self.picture is None


def own_file(folder: Path, slot: str, file: str) -> QMimeData:
    """A file of a slot on its way to another place. Without its address: nobody else is to take it."""
    data = QMimeData()
    data.setData(_OWN, QByteArray(_SEPARATOR.join((str(folder), slot, file)).encode("utf-8", "surrogatepass")))
    return data


def may_be_dropped(data: QMimeData) -> bool:
    """Whether it is worth looking at; what it is in truth is said once it is dropped."""
    return data.hasFormat(_OWN) or data.hasUrls() or data.hasImage()


def read(data: QMimeData, folder: Path) -> Dropped:
    """What it holds for the application in ``folder``."""
    if data.hasFormat(_OWN):
        parts = bytes(data.data(_OWN).data()).decode("utf-8", "surrogatepass").split(_SEPARATOR)
        mine = len(parts) == 3 and parts[0] == str(folder)
        return Dropped(own=(parts[1], parts[2])) if mine else Dropped()
    urls = data.urls() if data.hasUrls() else []
    files = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    if files:
        return Dropped(files)
    if data.hasImage():
        picture = data.imageData()
        if isinstance(picture, QImage) and not picture.isNull():
            return Dropped(picture=picture)
    return Dropped(elsewhere=bool(urls))
