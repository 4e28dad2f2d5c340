"""A .doc file (MS-DOC): its text by the piece table, and what else it holds. Runs only in worker processes."""

from __future__ import annotations

import re
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from degreecheck.facts import WordFacts
from degreecheck.inspectors import limits
from degreecheck.inspectors.attached import packed_files
from degreecheck.inspectors.containers import BROKEN, open_ole
from degreecheck.inspectors.unreadable import CannotRead
from degreecheck.inspectors.wording import PAGE_CHARACTERS, similarity_figures, tidy, visible

PARTS_SECONDS = 1.5  # on reading every other stream once, to find damage

_WORD_97, _WORD_6 = 0xA5EC, 0xA5DC  # FibBase.wIdent (MS-DOC 2.5.1)
_FIRST_97_VERSION = 0x00C0  # FibBase.nFib; 0x00C1 is Word 97
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_LENGTHS_AT = 0x4C  # FibRgLw97: ccpText, ccpFtn, ccpHdd, reserved, ccpAtn, ccpEdn, ccpTxbx, ccpHdrTxbx
_CLX_AT = 0x1A2  # FibRgFcLcb97: fcClx, lcbClx
_FIB_BYTES = _CLX_AT + 8
_MOST_CHARACTERS = 5_000_000
_PAGE_COUNT = 14  # PIDSI_PAGECOUNT (MS-OLEPS 3.1.11)

_FIELD = re.compile(r"\x13[^\x13-\x15]*(?:\x14([^\x13-\x15]*))?\x15")  # instruction, then what is shown of it
_FIELDS_NESTED = 5
_SIGNS = str.maketrans({"\x07": "\n", "\x0b": "\n", "\x0e": "\n", "\r": "\n", "\x1e": "-", "\x1f": None})


@dataclass(frozen=True)
class _Text:
    body: str = ""
    other: str = ""  # headers, text boxes
    complete: bool = True
    known: bool = True


def inspect_doc(path: Path) -> WordFacts:
    """Facts of a .doc file.

    Raises CannotRead ("damaged", "encrypted"), and OSError where the file cannot be opened.
    """
    with path.open("rb") as file, open_ole(file) as ole:
        try:
            names = ole.listdir(streams=True, storages=True)
        except BROKEN as trouble:
            raise CannotRead("damaged", f"OLE directory: {type(trouble).__name__}") from trouble
        text = _text(ole)
        pages = (tidy(page.translate(_SIGNS)) for page in text.body[: 10 * PAGE_CHARACTERS].split("\x0c"))
        first_pages = tuple(page for page in pages if page)[: limits.MAX_PAGES_WITH_TEXT]
        until = time.monotonic() + PARTS_SECONDS
        files, programs = packed_files(ole, ("ObjectPool",), until)
        return WordFacts(
            characters=visible(text.body) + visible(text.other),
            complete=text.complete,
            text_known=text.known,
            first_pages=first_pages,
            other_text=tidy(text.other.translate(_SIGNS)),
            stated_pages=_stated_pages(ole),
            pictures=text.body.count("\x01") + text.body.count("\x08"),
            macros=any("vba" in (part.lower() for part in name) for name in names),
            objects=sum(len(name) == 2 and name[0] == "ObjectPool" for name in names),
            attachments=files,
            programs=programs,
            parts_broken=sum(time.monotonic() < until and not _is_whole(ole, name) for name in ole.listdir()),
            similarity=similarity_figures(first_pages),
        )


def _text(ole: Any) -> _Text:
    stream = _stream(ole, "WordDocument")
    if len(stream) < 32:
        raise CannotRead("damaged", "no file information block")
    identity, version = struct.unpack_from("<HH", stream)
    flags = struct.unpack_from("<H", stream, 10)[0]
    if identity not in (_WORD_97, _WORD_6):
        raise CannotRead("damaged", "no Word document inside")
    if flags & _ENCRYPTED:
        raise CannotRead("encrypted", "FibBase.fEncrypted")
    if identity == _WORD_6 or version < _FIRST_97_VERSION:
        return _Text(known=False)
    table = _stream(ole, "1Table" if flags & _TABLE_1 else "0Table")
    if len(stream) < _FIB_BYTES:
        raise CannotRead("damaged", "file information block cut off")
    at, length = struct.unpack_from("<LL", stream, _CLX_AT)
    if not length:
        return _Text(known=False)
    lengths = struct.unpack_from("<8L", stream, _LENGTHS_AT)
    wanted = min(sum(lengths), _MOST_CHARACTERS)
    try:
        text = "".join(_pieces(stream, table[at : at + length], wanted))[:wanted]
    except (struct.error, IndexError) as trouble:
        raise CannotRead("damaged", "piece table") from trouble
    ends = [min(end, wanted) for end in accumulate(lengths)]
    body, headers, boxes = text[: ends[0]], text[ends[1] : ends[2]], text[ends[5] : ends[7]]
    return _Text(_without_fields(body), _without_fields(f"{boxes}\r{headers}"), complete=wanted == sum(lengths))


def _pieces(stream: bytes, clx: bytes, wanted: int) -> Iterator[str]:
    """The text piece by piece (MS-DOC 2.4.1). Raises CannotRead, struct.error and IndexError for a broken table."""
    at = 0
    while clx[at] == 1:  # Prc: formatting
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if clx[at] != 2:
        raise CannotRead("damaged", "piece table")
    count = (struct.unpack_from("<L", clx, at + 1)[0] - 4) // 12
    if count < 1 or count > len(clx) // 12:
        raise CannotRead("damaged", "piece table")
    positions = struct.unpack_from(f"<{count + 1}L", clx, at + 5)
    places_at = at + 5 + 4 * (count + 1)
    got = 0
    for index, (start, end) in enumerate(pairwise(positions)):
        if got >= wanted:
            return
        size = min(end - start, wanted - got)
        place = struct.unpack_from("<L", clx, places_at + 8 * index + 2)[0]
        single = place & 0x40000000
        place &= 0x3FFFFFFF
        raw = stream[place // 2 : place // 2 + size] if single else stream[place : place + 2 * size]
        if size < 0 or len(raw) < (size if single else 2 * size):
            raise CannotRead("damaged", "text lies outside the file")
        got += size
        yield raw.decode("cp1252" if single else "utf-16-le", "replace")


def _without_fields(text: str) -> str:
    for _ in range(_FIELDS_NESTED):
        text, replaced = _FIELD.subn(lambda field: field[1] or "", text)
        if not replaced:
            break
    return text


def _stream(ole: Any, name: str) -> bytes:
    try:
        with ole.openstream(name) as stream:
            content: bytes = stream.read()
        stated: int = ole.get_size(name)
    except BROKEN as trouble:
        raise CannotRead("damaged", f"stream {name}: {type(trouble).__name__}") from trouble
    if len(content) < stated:
        raise CannotRead("damaged", f"stream {name} cut off")
    return content


def _is_whole(ole: Any, name: list[str]) -> bool:
    try:
        with ole.openstream(name) as stream:
            found = stream.seek(0, 2)
        return bool(found >= ole.get_size(name))
    except BROKEN:
        return False


def _stated_pages(ole: Any) -> int | None:
    """The page count in the summary information, read here: the library's own reader trusts stated lengths."""
    try:
        with ole.openstream("\x05SummaryInformation") as stream:
            content: bytes = stream.read(limits.MB)
        section = struct.unpack_from("<L", content, 44)[0]
        count = struct.unpack_from("<L", content, section + 4)[0]
        for index in range(min(count, 100)):
            identity, offset = struct.unpack_from("<LL", content, section + 8 + 8 * index)
            if identity == _PAGE_COUNT:
                kind, pages = struct.unpack_from("<Ll", content, section + offset)
                return pages if kind == 3 and 0 < pages < 100_000 else None
    except BROKEN:
        return None
    return None
