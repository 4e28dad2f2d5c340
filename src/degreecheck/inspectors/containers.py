"""The two containers that office files come in, ZIP (.docx) and OLE (.doc), opened under limits, and what is inside.

A zip's directory is weighed before it is read, because the reader would make an object of each of its entries; an OLE
file's own tables are as long as the file at most.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import olefile

from degreecheck.facts import FileType
from degreecheck.inspectors import limits
from degreecheck.inspectors.unreadable import CannotRead

# What the two parsers raise on hostile bytes; olefile's own error is an OSError, its directory tree recurses.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, TypeError,
    KeyError, IndexError, AttributeError, OverflowError, NotImplementedError, RecursionError, RuntimeError,
)  # fmt: skip

_DIRECTORY_BYTES = limits.MAX_MEMBERS * 200  # an entry takes 46 bytes, its name and extras
_END_BYTES = 65_557  # end record with the longest comment (APPNOTE 4.3.16)
_CHUNK = 65_536


@contextmanager
def open_zip(path: Path, most: int | None = None) -> Iterator[zipfile.ZipFile]:
    """A zip that unpacks to ``most`` bytes, by default limits.MAX_UNPACKED_BYTES.

    Raises CannotRead("damaged" or "bomb"), and OSError where the file cannot be opened.
    """
    with path.open("rb") as file:
        try:
            _weigh_directory(file)
            archive = zipfile.ZipFile(file)
        except BROKEN as trouble:
            raise CannotRead("damaged", f"zip directory: {type(trouble).__name__}") from trouble
        with archive:
            members = archive.infolist()
            if len(members) > limits.MAX_MEMBERS:
                raise CannotRead("bomb", f"{len(members)} members")
            if any(_impossible(member) for member in members):
                raise CannotRead("damaged", "a member states a size that it cannot have")
            unpacked = sum(member.file_size for member in members)
            if unpacked > (most or limits.MAX_UNPACKED_BYTES):
                raise CannotRead("bomb", f"unpacks to {unpacked} bytes")
            yield archive


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """The member's content piece by piece, checked against its CRC at the end.

    Raises CannotRead: "encrypted", "damaged", or "bomb" for more than ``most`` bytes or an absurd ratio.
    """
    if member.flag_bits & 1:
        raise CannotRead("encrypted", "zip member")
    refuse_bomb(member, most)
    try:
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except BROKEN as trouble:
        raise CannotRead("damaged", f"zip member: {type(trouble).__name__}") from trouble


def refuse_bomb(member: zipfile.ZipInfo, most: int) -> None:
    """Raise CannotRead("bomb") for a member that states more than ``most`` bytes or an absurd ratio."""
    if member.file_size > most:
        raise CannotRead("bomb", f"member states {member.file_size} bytes")
    if _absurd(member.file_size, member.compress_size):
        raise CannotRead("bomb", f"member shrinks {member.file_size} to {member.compress_size}")


def zip_type(head: bytes, path: Path) -> FileType:
    """What kind of zip this is; a truncated one is named after what its first members are called."""
    try:
        with open_zip(path) as archive:
            return _kind_of(archive.namelist())
    except CannotRead:
        return _kind_of(_local_names(head))


def ole_type(path: Path) -> FileType:
    """What kind of OLE file this is; one whose directory is lost is named after its first stream, else its name."""
    try:
        with path.open("rb") as file, open_ole(file) as ole:
            streams = {entry[0] for entry in ole.listdir(streams=True, storages=True)}
    except (CannotRead, *BROKEN):
        with path.open("rb") as file:
            first_sector = file.read(514)[512:]
        return "doc" if first_sector == b"\xec\xa5" or path.suffix.lower() == ".doc" else "ole"
    # Protected by a password, or by a rights server (MS-OFFCRYPTO 2.3.4, 2.2)
    if "EncryptedPackage" in streams or "\tDRMContent" in streams:
        return "encrypted_office"
    return "doc" if "WordDocument" in streams else "ole"


@contextmanager
def open_ole(file: BinaryIO) -> Iterator[Any]:
    """An OLE file. Raises CannotRead("damaged")."""
    try:
        ole = olefile.OleFileIO(file)
    except BROKEN as trouble:
        raise CannotRead("damaged", f"OLE: {type(trouble).__name__}") from trouble
    with ole:
        yield ole


def _weigh_directory(file: BinaryIO) -> None:
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_BYTES))
    tail = file.read(_END_BYTES)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile("no end record")
    directory_bytes = struct.unpack_from("<L", tail, at + 12)[0]
    locator = tail.rfind(b"PK\x06\x07", 0, at)
    if directory_bytes == 0xFFFFFFFF and locator >= 0:  # the size stands in the zip64 record
        file.seek(struct.unpack_from("<Q", tail, locator + 8)[0])
        directory_bytes = struct.unpack_from("<Q", file.read(56), 40)[0]
    if directory_bytes > size:
        raise zipfile.BadZipFile("directory outside the file")
    if directory_bytes > _DIRECTORY_BYTES:
        raise CannotRead("bomb", f"zip directory of {directory_bytes} bytes")
    file.seek(0)


def _impossible(member: zipfile.ZipInfo) -> bool:
    """Whether damage, not a bomb, made up the stated size: DEFLATE gains at most 1,032 : 1 (zlib's technical notes)."""
    stored_or_deflated = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return stored_or_deflated and member.file_size > 1_032 * member.compress_size + 64


def _absurd(unpacked_bytes: int, packed_bytes: int) -> bool:
    return (
        unpacked_bytes > limits.RATIO_FREE_BYTES and unpacked_bytes > max(packed_bytes, 1) * limits.MAX_UNPACKED_RATIO
    )


def _kind_of(names: Iterable[str]) -> FileType:
    folded = {name.replace("\\", "/").lstrip("/").lower() for name in names}
    if "ofd.xml" in folded:  # GB/T 33190
        return "ofd"
    folders = {name.split("/", 1)[0] for name in folded if "/" in name}
    if "[content_types].xml" in folded or "_rels" in folders:
        if "word" in folders:
            return "docx"
        if folders & {"xl", "ppt", "visio"}:
            return "ooxml"
    return "zip"


def _local_names(head: bytes) -> Iterator[str]:
    """Names of the members whose headers are in the first bytes, for a zip without a directory."""
    at = head.find(b"PK\x03\x04")
    while 0 <= at <= len(head) - 30:
        length = struct.unpack_from("<H", head, at + 26)[0]
        yield head[at + 30 : at + 30 + length].decode("utf-8", "replace")
        at = head.find(b"PK\x03\x04", at + 4)
