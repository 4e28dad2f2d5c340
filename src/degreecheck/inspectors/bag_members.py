"""What lies in a bundle, as a folder or zipped: listed without opening anything, each file readable piece by piece.

Whoever packed it is a stranger. Names that lead out of the bundle, links and names that some systems take for one
another are told and never opened. Runs only in worker processes.
"""

from __future__ import annotations

import os
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from degreecheck import paths
from degreecheck.inspectors import containers, limits, opening
from degreecheck.inspectors.unreadable import CannotRead

DECLARATION = "bagit.txt"

_ZIP_BEGINS = b"PK"
_AES = 99  # the compression method that says so (WinZip AE-2)
_ENCRYPTED = 1
# What systems leave behind in folders and zips that somebody looked into; the program never takes them for material.
_LEFT_BEHIND = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", "icon\r", "__macosx"})

Read = Callable[[], Iterator[bytes]]


class WrongPassword(Exception):
    """The zip is encrypted, and not with this password. ``given``: whether there was one."""

    def __init__(self, *, given: bool) -> None:
        super().__init__(given)
        self.given = given


@dataclass
class Members:
    """A bundle's files by their name in it (forward slashes), and what may not be opened: (kind, name)."""

    files: dict[str, Read] = field(default_factory=dict)
    troubles: list[tuple[str, str]] = field(default_factory=list)
    complete: bool = False  # the declaration was found, so that it is a bundle at all


@contextmanager
def open_members(path: Path, password: str = "") -> Iterator[Members]:
    """The members of the bundle at ``path``.

    Raises CannotRead and WrongPassword, here and while a member is read.
    """
    try:
        info = path.lstat()
    except (OSError, ValueError) as error:
        raise CannotRead("gone", type(error).__name__) from error
    if stat.S_ISDIR(info.st_mode) and not paths.is_link(path):
        yield _checked(_Folder(path).listed())
        return
    opening.check_ordinary(info)
    try:
        with path.open("rb") as file:
            if file.read(2) != _ZIP_BEGINS:
                yield Members()
                return
        with containers.open_zip(path, limits.MAX_BAG_BYTES) as archive:
            yield _checked(_zip_members(archive, password))
    except OSError as error:
        raise opening.cannot_read(error) from error


def same_file_key(name: str) -> str:
    """Equal for names that some file system takes for one: in case, in normal form, in blanks and dots at the end."""
    parts = unicodedata.normalize("NFC", name).casefold().split("/")
    return unicodedata.normalize("NFC", "/".join(part.rstrip(" .") for part in parts))


class _Listing:
    """Takes names in, and keeps those that may be opened."""

    def __init__(self) -> None:
        self.members = Members()
        self._count = 0

    def add(self, name: str, read: Read) -> None:
        self._count += 1
        if self._count > limits.MAX_BAG_FILES:
            raise CannotRead("bomb", f"over {limits.MAX_BAG_FILES} files")
        if is_left_behind(name):
            return
        safe = self.safe(name)
        if safe in self.members.files:
            self.refuse("duplicate", name)
        elif safe:
            self.members.files[safe] = read

    def safe(self, name: str) -> str:
        try:
            return "/".join(paths.relative_parts(name))
        except paths.UnsafePath as trouble:
            self.refuse(trouble.reason, name)
            return ""

    def refuse(self, kind: str, name: str) -> None:
        self.members.troubles.append((kind, name))


def is_left_behind(name: str) -> bool:
    """Whether a system, and nobody's hand, has put the file there."""
    return any(part.casefold() in _LEFT_BEHIND or part.startswith("._") for part in name.split("/"))


def _checked(members: Members) -> Members:
    members.complete = DECLARATION in members.files
    seen: dict[str, str] = {}
    for name in members.files:
        other = seen.setdefault(same_file_key(name), name)
        if other != name:
            members.troubles.append(("twin", name))
    return members


class _Folder:
    """Lists a folder's files; links are told, not followed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._listing = _Listing()

    def listed(self) -> Members:
        self._walk(self._root, "", 0)
        return self._listing.members

    def _walk(self, folder: Path, prefix: str, depth: int) -> None:
        if depth > limits.MAX_BAG_DEPTH:
            raise CannotRead("bomb", f"folders {depth} deep")
        try:
            with os.scandir(folder) as entries:
                ordered = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise opening.cannot_read(error) from error
        for entry in ordered:
            name, path = prefix + entry.name, Path(entry.path)
            if paths.is_link(path):
                self._listing.refuse("link", name)
            elif entry.is_dir(follow_symlinks=False):
                self._walk(path, f"{name}/", depth + 1)
            elif entry.is_file(follow_symlinks=False):
                self._listing.add(name, partial(_read_file, path))
            else:
                self._listing.refuse("not_a_file", name)


def _read_file(path: Path) -> Iterator[bytes]:
    with opening.opened(path) as descriptor:
        yield from opening.chunks(descriptor)


def _zip_members(archive: zipfile.ZipFile, password: str) -> Members:
    listing = _Listing()
    reader = _ZipReader(archive, password)
    for index, info in enumerate(archive.infolist()):
        name = info.orig_filename.replace("\\", "/")
        if name.endswith("/"):
            listing.safe(name)
        elif stat.S_ISLNK(info.external_attr >> 16):
            listing.refuse("link", name)
        else:
            listing.add(name, partial(reader.read, index))
    return _without_top_folder(listing.members)


class _ZipReader:
    """Reads members of a zip, with AES where they are encrypted."""

    def __init__(self, archive: zipfile.ZipFile, password: str) -> None:
        self._archive = archive
        self._password = password
        self._decrypting: Any = None

    def read(self, index: int) -> Iterator[bytes]:
        info = self._archive.infolist()[index]
        if not info.flag_bits & _ENCRYPTED:
            yield from containers.unpacked(self._archive, info, limits.MAX_BAG_BYTES)
            return
        if not self._password:
            raise WrongPassword(given=False)
        if info.compress_type != _AES:
            raise CannotRead("encrypted", "not AES")
        containers.refuse_bomb(info, limits.MAX_BAG_BYTES)
        yield from self._decrypted(index)

    def _decrypted(self, index: int) -> Iterator[bytes]:
        import pyzipper

        try:
            if self._decrypting is None:
                self._decrypting = pyzipper.AESZipFile(self._archive.fp)
            stream = self._decrypting.open(
                self._decrypting.infolist()[index], pwd=self._password.encode("utf-8", "replace")
            )
        except RuntimeError:
            raise WrongPassword(given=True) from None
        except (pyzipper.BadZipFile, *containers.BROKEN) as trouble:
            raise CannotRead("damaged", f"zip member: {type(trouble).__name__}") from trouble
        try:
            while piece := stream.read(64 * 1024):
                yield piece
        except (pyzipper.BadZipFile, *containers.BROKEN) as trouble:
            raise CannotRead("damaged", f"zip member: {type(trouble).__name__}") from trouble


def _without_top_folder(members: Members) -> Members:
    """Names relative to the one folder that a zip has for all, where it has one."""
    if DECLARATION in members.files:
        return members
    declared = f"/{DECLARATION}"
    tops = [
        name.removesuffix(DECLARATION) for name in members.files if name.endswith(declared) and name.count("/") == 1
    ]
    if len(tops) != 1:
        return Members(troubles=members.troubles)
    (top,) = tops
    inside = {name.removeprefix(top): read for name, read in members.files.items() if name.startswith(top)}
    outside = [("extra", name) for name in members.files if not name.startswith(top)]
    troubles = [(kind, name.removeprefix(top)) for kind, name in members.troubles]
    return Members(inside, troubles + outside)
