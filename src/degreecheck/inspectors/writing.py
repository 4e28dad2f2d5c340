"""Puts a new file in its place, whole or not at all, never over another. Strangers' files pass it in workers only."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from degreecheck.inspectors.messages import NotWrittenReason

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_PERMISSION = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES, errno.EINVAL}
_WINDOWS_DISK_FULL = {39, 112}  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL (winerror.h)
_WINDOWS_RENAME_TRIES = 20  # 0.1 s apart: a virus scanner holds a fresh file for a moment


class CannotWrite(Exception):
    """The target could not be written; nothing stands there."""

    def __init__(self, reason: NotWrittenReason) -> None:
        super().__init__(reason)
        self.reason: NotWrittenReason = reason


def unfinished(target: Path) -> Path:
    """Where ``target`` grows until it is whole.

    Its name is short, for the target's own may be as long as any may be.
    """
    return target.with_name(f".{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]}.part")


@contextmanager
def written(target: Path) -> Iterator[BinaryIO]:
    """A file to write, which becomes ``target`` when the block ends well.

    Raises CannotWrite, also for an OSError raised in the block; then nothing is left behind.
    """
    growing = unfinished(target)
    try:
        if os.path.lexists(target):
            raise CannotWrite("exists")
        growing.unlink(missing_ok=True)
        try:
            with growing.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            put_in_place(growing, target)
        finally:
            growing.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(error) from error


def cannot_write(error: OSError) -> CannotWrite:
    """The reason behind an operating system's refusal."""
    if isinstance(error, FileExistsError):
        return CannotWrite("exists")
    if error.errno in _NO_SPACE or getattr(error, "winerror", None) in _WINDOWS_DISK_FULL:
        return CannotWrite("no_space")
    return CannotWrite("no_permission" if error.errno in _NO_PERMISSION else "failed")


def put_in_place(growing: Path, target: Path) -> None:
    """Give the file its name. Raises FileExistsError rather than replace another file."""
    if sys.platform == "win32":
        _rename_on_windows(growing, target)
        return
    try:
        target.hardlink_to(growing)  # unlike rename, never replaces
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "exists") from error
        growing.rename(target)


def _rename_on_windows(growing: Path, target: Path) -> None:
    for tries_left in reversed(range(_WINDOWS_RENAME_TRIES)):
        try:
            growing.rename(target)  # never replaces there
            return
        except FileExistsError:
            raise
        except PermissionError:
            if not tries_left:
                raise
            time.sleep(0.1)
