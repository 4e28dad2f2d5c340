"""Looks at a stranger's file before anything reads it, and reads its bytes once. Runs only in worker processes.

Whatever is not an ordinary, present, readable file of bearable size is told by CannotRead, with the reason a person
can act on.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from degreecheck.inspectors import limits
from degreecheck.inspectors.unreadable import CannotRead

HEAD_BYTES = 64 * 1024  # what sniffing gets to see
_CHUNK = 1024 * 1024

# Cloud drives keep names without contents; opening one starts a download, or fails without network. winnt.h, sys/stat.h
_OFFLINE = 0x1000 | 0x40000 | 0x400000  # FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS
_DATALESS = 0x40000000  # SF_DATALESS

# winerror.h
_IN_USE = {32, 33}  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_CLOUD = {
    362,
    389,
    391,
    393,
    395,
    398,
    404,
    426,
}  # ERROR_CLOUD_FILE_*: provider not running, in use, cancelled, timed out …

_NO_PERMISSION = {errno.EACCES, errno.EPERM}
_BUSY = {errno.EBUSY, errno.ETXTBSY, errno.EAGAIN}
_DAMAGED = {errno.EIO}
_NOT_A_FILE = {errno.EISDIR, errno.ELOOP, errno.ENXIO, errno.ENODEV}


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes, told by their SHA-256 (hex), their number and the first of them, and the file as it then was."""

    size: int
    sha256: str
    head: bytes
    seen: os.stat_result


def cannot_read(error: OSError) -> CannotRead:
    """The reason behind an operating system's refusal. Never its words, which name the path."""
    windows_error = getattr(error, "winerror", None)
    if windows_error in _IN_USE or error.errno in _BUSY:
        return CannotRead("in_use", type(error).__name__)
    if windows_error in _CLOUD:
        return CannotRead("still_downloading", f"winerror {windows_error}")
    if error.errno in _NO_PERMISSION:
        return CannotRead("no_permission", type(error).__name__)
    if error.errno in _DAMAGED:
        return CannotRead("damaged", "read error")
    if error.errno in _NOT_A_FILE:
        return CannotRead("not_a_file", type(error).__name__)
    return CannotRead("gone", errno.errorcode.get(error.errno or 0, type(error).__name__))


def check_ordinary(info: os.stat_result) -> None:
    """Raise CannotRead unless ``info`` is that of an ordinary file whose content is here."""
    if not stat.S_ISREG(info.st_mode):
        raise CannotRead("not_a_file")
    if getattr(info, "st_file_attributes", 0) & _OFFLINE or getattr(info, "st_flags", 0) & _DATALESS:
        raise CannotRead("still_downloading")


def look(path: Path) -> os.stat_result:
    """The state of the ordinary file at ``path``, without opening it. Raises CannotRead."""
    try:
        info = path.lstat()
    except OSError as error:
        raise cannot_read(error) from error
    except ValueError as error:  # a null character in the path
        raise CannotRead("gone", type(error).__name__) from error
    check_ordinary(info)
    return info


def check_size(info: os.stat_result, max_bytes: int = limits.MAX_FILE_BYTES) -> None:
    """Raise CannotRead when the file is larger than anything that is read."""
    if info.st_size > max_bytes:
        raise CannotRead("too_large", f"{info.st_size} bytes")


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """A descriptor of the ordinary file at ``path``, for reading bytes; links are not followed and nothing ever blocks.

    Raises CannotRead.
    """
    look(path)
    try:
        # Between the look and the opening another thing may stand there: a pipe would block, a link would lead away.
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
        flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(path, flags)
    except OSError as error:
        raise cannot_read(error) from error
    try:
        check_ordinary(os.fstat(descriptor))
        yield descriptor
    finally:
        os.close(descriptor)


def chunks(descriptor: int) -> Iterator[bytes]:
    """The file's bytes from here to its end, a piece at a time. Raises CannotRead."""
    while True:
        try:
            piece = os.read(descriptor, _CHUNK)
        except OSError as error:
            raise cannot_read(error) from error
        if not piece:
            return
        yield piece


def unchanged(before: os.stat_result, after: os.stat_result) -> bool:
    """Whether two looks at a file saw the same state of the same file."""
    return (before.st_size, before.st_mtime_ns, before.st_ino) == (after.st_size, after.st_mtime_ns, after.st_ino)


def read_content(path: Path, max_bytes: int = limits.MAX_FILE_BYTES) -> Content:
    """Read a file once.

    Raises CannotRead, with ``too_large`` before reading, and ``in_use`` when it changed meanwhile.
    """
    digest = hashlib.sha256()
    head = b""
    size = 0
    with opened(path) as descriptor:
        before = os.fstat(descriptor)
        check_size(before, max_bytes)
        for piece in chunks(descriptor):
            head = head or piece[:HEAD_BYTES]
            digest.update(piece)
            size += len(piece)
            if size > before.st_size:
                break
        if size != before.st_size or not unchanged(before, os.fstat(descriptor)):
            raise CannotRead("in_use", "changed while it was read")
    return Content(size, digest.hexdigest(), head, before)
