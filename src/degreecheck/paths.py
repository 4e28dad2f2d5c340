"""Where things are on disk, which names are safe, and how to write a file so that there is never half of one."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
import time
from pathlib import Path, PurePosixPath

FORM_NAME = "application.json"
PROGRAM_FOLDER = ".degreecheck"

# Windows opens these as devices, whatever the extension and in every folder.
_DEVICE = re.compile(r"^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ .]*(\..*)?$", re.IGNORECASE)
_REPARSE_LINKS = {0xA000000C, 0xA0000003}  # IO_REPARSE_TAG_SYMLINK, IO_REPARSE_TAG_MOUNT_POINT (junction)


class UnsafePath(ValueError):
    """A path that must not be opened. ``reason``: absolute, parent, device, stream, characters, link, blank."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def resources() -> Path:
    """The folder of the program's own data: inside the installed package, or beside ``src`` in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent.parent / "resources"


def relative_parts(listed: str) -> tuple[str, ...]:
    """Split a path as listed in a form into its parts; both kinds of slash separate.

    Raises UnsafePath for anything that could name something outside the folder, on any operating system: a form written
    on one system is opened on another.
    """
    if not listed.strip():
        raise UnsafePath("blank")
    if any(ord(character) < 32 or ord(character) == 127 for character in listed):
        raise UnsafePath("characters")
    unified = listed.replace("\\", "/")
    if unified.startswith("/") or re.match(r"^[A-Za-z]:", unified):
        raise UnsafePath("absolute")
    parts = tuple(part for part in unified.split("/") if part not in ("", "."))
    if not parts:
        raise UnsafePath("blank")
    for part in parts:
        if part.strip(" .") == "" or part == "..":
            raise UnsafePath("parent")
        if ":" in part:
            raise UnsafePath("stream")
        if _DEVICE.match(part):
            raise UnsafePath("device")
    return parts


def folded(listed: str) -> str:
    """The listed path with forward slashes and no empty parts, so that one file has one name. Raises UnsafePath."""
    return str(PurePosixPath(*relative_parts(listed)))


def is_link(path: Path) -> bool:
    """Whether the path itself is a symbolic link or a junction (cloud placeholders are not links)."""
    try:
        info = path.lstat()
    except (OSError, ValueError):  # ValueError: a name that this system's encoding cannot spell
        return False
    return stat.S_ISLNK(info.st_mode) or getattr(info, "st_reparse_tag", 0) in _REPARSE_LINKS


def may_exist(path: Path) -> bool:
    """Whether something stands there, or could: in a folder that is closed to us only opening tells."""
    try:
        path.stat()
    except PermissionError:
        return True
    except (OSError, ValueError):  # ValueError: a null character, or one that this system's encoding cannot spell
        return False
    return True


def inside(folder: Path, listed: str) -> Path:
    """The file that ``listed`` names within ``folder``; it need not exist.

    Raises UnsafePath when it leaves the folder by name or through a link.
    """
    path = folder
    for part in relative_parts(listed):
        path = path / part
        if is_link(path):
            raise UnsafePath("link")
    return path


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` so that at any moment either the old or the new content stands there, whole.

    Raises OSError (disk full, no permission, the target held open by another program for over a second).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = UnfinishedFile(path)
    try:
        unfinished.file.write(data)
        unfinished.finish()
    finally:
        unfinished.discard()


class UnfinishedFile:
    """A file beside ``path`` that takes its place once it is whole: until then what stood there still does.

    Raises OSError.
    """

    def __init__(self, path: Path) -> None:
        self._target = path
        handle, name = tempfile.mkstemp(prefix=".write-", suffix=".tmp", dir=path.parent)
        self._temporary: Path | None = Path(name)
        self.file = os.fdopen(handle, "wb")

    def finish(self) -> None:
        """Everything is written: put it in its place."""
        assert self._temporary is not None  # it is finished once
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        present = self._target.exists()
        self._temporary.chmod(stat.S_IMODE(self._target.stat().st_mode) if present else 0o666 & ~_umask())
        _replace(self._temporary, self._target)
        self._temporary = None

    def discard(self) -> None:
        """Leave nothing of what was not finished; nothing is done once it is."""
        with contextlib.suppress(OSError):  # a full disk refuses the rest in the buffer once more
            self.file.close()
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)
            self._temporary = None


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _replace(source: Path, target: Path, *, tries: int = 10) -> None:
    # On Windows a virus scanner or an indexer holds a fresh file for a moment: PermissionError that soon passes.
    for attempt in range(tries):
        try:
            source.replace(target)
            return
        except PermissionError:
            if attempt == tries - 1:
                raise
            time.sleep(0.1)
