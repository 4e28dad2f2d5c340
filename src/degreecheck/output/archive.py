"""The bundle as a zip: names in UTF-8, the same order each time, AES-256 where there is a password."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from degreecheck.clock import SCHOOL_TIME
from degreecheck.output.bag import BagFile

_STORED = frozenset({".jpg", ".png"})  # packing them again gains nothing
_CHUNK = 1024 * 1024
_ORDINARY_FILE = 0o100644 << 16
_UNIX = 3


class ChangedMeanwhile(Exception):
    """A file of the bag is not what was written into it: somebody else works in the folder."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def write_zip(
    target: Path,
    root: Path,
    top: str,
    files: Sequence[BagFile],
    *,
    password: str = "",
    made_at: datetime,
    on_progress: Callable[[int, int], None],
) -> None:
    """Pack the bag at ``root`` into one folder ``top`` of a new zip, each file checked against its hash on the way.

    Raises OSError and ChangedMeanwhile.
    """
    with target.open("xb") as file:
        archive, new_info = _archive(file, password)
        with closing(archive):
            for done, entry in enumerate(files):
                on_progress(done, len(files))
                info = new_info(f"{top}/{entry.name}", made_at.astimezone(SCHOOL_TIME).timetuple()[:6])
                info.compress_type = zipfile.ZIP_STORED if _is_picture(entry.name) else zipfile.ZIP_DEFLATED
                info.external_attr = _ORDINARY_FILE
                info.create_system = _UNIX
                info.file_size = entry.size  # tells the writer whether 32 bits do
                _pack(archive, info, root / entry.name, entry)
        file.flush()
        os.fsync(file.fileno())


def _archive(file: IO[bytes], password: str) -> tuple[Any, Callable[[str, Any], Any]]:
    if not password:
        return zipfile.ZipFile(file, "w"), zipfile.ZipInfo
    import pyzipper

    archive = pyzipper.AESZipFile(file, "w", encryption=pyzipper.WZ_AES)
    archive.setpassword(password.encode("utf-8"))
    return archive, pyzipper.zipfile_aes.AESZipInfo


def _pack(archive: Any, info: Any, path: Path, entry: BagFile) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as source, archive.open(info, "w") as packed:
        while piece := source.read(_CHUNK):
            digest.update(piece)
            packed.write(piece)
    if digest.hexdigest() != entry.sha256:
        raise ChangedMeanwhile(entry.name)


def _is_picture(name: str) -> bool:
    return Path(name).suffix in _STORED
