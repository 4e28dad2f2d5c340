"""Where a bundle grows until it is whole: a folder beside its place, under a name by which leftovers are known.

    with Workspace(out) as workspace:
        workspace.open()                 # makes the folder; until then nothing is written
        …                                # workspace.bag, workspace.archive, workspace.scratch
        workspace.place(name)            # folder and zip get their names

However this ends, no half bundle stands under a bundle's name. What a killed export left behind is removed by the next
one into the same folder; a lock that the system lets go of when a process ends tells it from one that still runs.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from degreecheck import paths
from degreecheck.inspectors.writing import put_in_place

_PREFIX = ".degreecheck-export-"
_LEFTOVER = re.compile(rf"{re.escape(_PREFIX)}[0-9a-f]{{16}}")
_LOCK_ENDING = ".lock"
_MOST_NUMBERS = 1_000
_TAKEN = (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR)
_TRIES = 20  # 0.1 s apart: on Windows a virus scanner holds fresh files for a moment


class Workspace:
    """One export's folder in the folder ``out``, which is made too where it is missing."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._root: Path | None = None
        self._lock: IO[bytes] | None = None
        self._made: list[Path] = []

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._root is not None:
            _remove(self._root)
        if self._lock is not None:
            self._lock.close()
            with suppress(OSError):
                _lock_of(self.root).unlink(missing_ok=True)
        for folder in self._made:  # "-o 新文件夹" of an export that came to nothing
            with suppress(OSError):
                folder.rmdir()

    @property
    def root(self) -> Path:
        """The folder itself."""
        assert self._root is not None
        return self._root

    @property
    def bag(self) -> Path:
        """Grows into the bundle's folder."""
        return self.root / "bag"

    @property
    def archive(self) -> Path:
        """Grows into the bundle's zip."""
        return self.root / "bag.zip"

    @property
    def scratch(self) -> Path:
        """For what is needed on the way and goes away with the workspace."""
        return self.root / "scratch"

    def open(self) -> None:
        """Make the folder. Raises OSError."""
        missing = [folder for folder in (self.out, *self.out.parents) if not folder.exists()]
        self.out.mkdir(parents=True, exist_ok=True)
        self._made = missing
        remove_leftovers(self.out)
        self._root, self._lock = _new_root(self.out)
        self.bag.mkdir(parents=True)
        self.scratch.mkdir()

    def free_name(self, name: str, after: int = 0) -> tuple[str, int]:
        """The name, or the name with the next number, under which neither folder nor zip stands. Raises OSError."""
        for number in range(after + 1, _MOST_NUMBERS):
            numbered = name if number == 1 else f"{name} ({number})"
            if not any(os.path.lexists(place) for place in self._places(numbered)):
                return numbered, number
        raise FileExistsError(name)

    def place(self, name: str, between: Callable[[], None] = lambda: None) -> tuple[Path, Path]:
        """Give folder and zip their names: both, or after a failure neither; nothing is ever replaced.

        ``between`` is called when the folder has its name and the zip has not. Raises FileExistsError when somebody
        has taken the name meanwhile, and OSError.
        """
        folder, archive = self._places(name)
        if os.path.lexists(folder) or os.path.lexists(archive):
            raise FileExistsError(name)
        try:
            _rename(self.bag, folder)
        except OSError as trouble:
            if trouble.errno in _TAKEN:
                raise FileExistsError(name) from trouble
            raise
        try:
            between()
            put_in_place(self.archive, archive)
        except BaseException:
            _rename(folder, self.bag)
            raise
        _keep_names(self.out)
        self._made = []
        return folder, archive

    def _places(self, name: str) -> tuple[Path, Path]:
        return self.out / name, self.out / f"{name}.zip"


def remove_leftovers(out: Path) -> None:
    """Remove what killed exports have left in a folder. Those that still run keep theirs."""
    with suppress(OSError):
        for entry in sorted(out.iterdir()):
            name = entry.name.removesuffix(_LOCK_ENDING)
            if _LEFTOVER.fullmatch(name) and not paths.is_link(entry):
                _remove_if_left(out / name)


def _remove_if_left(root: Path) -> None:
    lock = _lock_of(root)
    if lock.exists():
        try:
            with lock.open("r+b") as file:
                _hold(file)
                _remove(root)
        except OSError:  # somebody holds it, or here nobody can
            return
        with suppress(OSError):
            lock.unlink()
    else:  # the lock goes last
        _remove(root)


def _new_root(out: Path) -> tuple[Path, IO[bytes]]:
    """A name that is ours alone, and the lock that says so. Raises OSError."""
    while True:
        root = out / f"{_PREFIX}{secrets.token_hex(8)}"
        lock = _lock_of(root)
        file = lock.open("xb")
        try:
            _hold(file)
        except (BlockingIOError, PermissionError):  # another export has just taken it for left behind
            file.close()
            continue
        except OSError:  # a file system without locks
            return root, file
        if lock.exists() and os.path.samestat(lock.stat(), os.fstat(file.fileno())):
            return root, file
        file.close()


def _lock_of(root: Path) -> Path:
    return root.with_name(root.name + _LOCK_ENDING)


def _hold(file: IO[bytes]) -> None:
    """Lock the open file for as long as it stays open. Raises OSError when another process has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _remove(folder: Path) -> None:
    for tries_left in reversed(range(_TRIES if sys.platform == "win32" else 1)):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists() or not tries_left:
            return
        time.sleep(0.1)


def _rename(source: Path, target: Path) -> None:
    for tries_left in reversed(range(_TRIES if sys.platform == "win32" else 1)):
        try:
            source.rename(target)
            return
        except FileExistsError:
            raise
        except PermissionError:
            if not tries_left:
                raise
            time.sleep(0.1)


def _keep_names(folder: Path) -> None:
    """Have the disk keep the new names, too; Windows has no such call and needs none."""
    if sys.platform != "win32":
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
