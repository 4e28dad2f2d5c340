"""What can be told of a PDF without a PDF reader: that its end is missing, and that it would burst the reader.

The reader unpacks a page's whole content before it says anything, up to 1 GB of it, several times over; so streams that
unpack absurdly are looked for first.
"""

from __future__ import annotations

import re
import time
import zlib

from degreecheck.inspectors import limits
from degreecheck.inspectors.unreadable import CannotRead

SECONDS = 1.0  # on looking for streams that burst; 200 MB of honest ones take half
_TASTE_BYTES = 2_048  # of each packed stream, unpacked first
_MOST_BYTES = limits.MAX_MEMBER_BYTES  # of one stream that is no picture; the drawings of a large plan take 30 MB

_MOST_BYTES_OF_PAGE = 4 * _MOST_BYTES
_MOST_FILTERS = 4  # one behind the other

_CONTENTS = re.compile(rb"/Contents\s*\[([^\]]{0,200000})\]")
_STREAM = re.compile(rb"stream\r?\n")
_LENGTH = re.compile(rb"/Linearized\b.{0,200}?/L\s+(\d{1,12})", re.DOTALL)


def is_cut_off(data: bytes) -> bool:
    """Whether the end of the file is missing. Readers mend such a file in silence and lose what was there."""
    stated = _LENGTH.search(data, 0, 2_048)
    if stated and int(stated[1]) > len(data):
        return True
    end = data.rfind(b"%%EOF")
    if end < 0:
        end = data.rfind(b"startxref")
    return end < 0 or re.search(rb"\d\s+obj\b", data[end:]) is not None


def has_launch_action(data: bytes) -> bool:
    """Whether opening the file, or a click in it, is to start a program; seen only where it is not packed."""
    return re.search(rb"/S\s*/Launch\b", data) is not None


def is_collection(data: bytes) -> bool:
    """Whether the file presents itself as a wrapper around its attachments; seen only where it is not packed."""
    return re.search(rb"/Collection\s*(<<|\d+\s+\d+\s+R)", data) is not None


def refuse_bombs(data: bytes) -> None:
    """Raise CannotRead("bomb") when a stream that is no picture unpacks to more than honest ones do."""
    until = time.monotonic() + SECONDS
    for found in _STREAM.finditer(data):
        if time.monotonic() > until:
            return
        about = data[max(0, found.start() - 400) : found.start()]
        about = about[about.rfind(b"endobj") + 1 :]
        filters = about.count(b"FlateDecode") + len(re.findall(rb"/Fl\b", about))
        if not filters or b"/Image" in about or not _is_suspect(data, found.end(), filters):
            continue
        size = _unpacked_size(data, found.end(), filters, until)
        number = re.search(rb"(\d+\s+\d+)\s+obj\b", about)
        if size >= _MOST_BYTES or (number and size * _repeats(data, number[1]) >= _MOST_BYTES_OF_PAGE):
            raise CannotRead("bomb", "PDF stream")


def _is_suspect(data: bytes, start: int, filters: int) -> bool:
    piece = data[start : start + _TASTE_BYTES]
    most = _TASTE_BYTES * limits.MAX_UNPACKED_RATIO
    for _ in range(min(filters, _MOST_FILTERS)):
        try:
            piece = zlib.decompressobj().decompress(piece, most)
        except zlib.error:
            return False
    return len(piece) >= most // 2


def _unpacked_size(data: bytes, start: int, filters: int, until: float) -> int:
    """How much the stream unpacks to; counted no further than _MOST_BYTES, or than the time lasts."""
    unpackers = [zlib.decompressobj() for _ in range(min(filters, _MOST_FILTERS))]
    total = 0
    for at in range(start, len(data), _TASTE_BYTES):
        piece = data[at : at + _TASTE_BYTES]
        try:
            for unpacker in unpackers:
                piece = unpacker.decompress(piece, _MOST_BYTES)
        except zlib.error:
            break
        total += len(piece)
        if unpackers[0].eof or total >= _MOST_BYTES or time.monotonic() > until:
            break
    return total


def _repeats(data: bytes, number: bytes) -> int:
    """How often one page names the stream as its content: the reader puts them all together."""
    reference = re.compile(rb"\b" + rb"\s+".join(map(re.escape, number.split())) + rb"\s+R\b")
    return max((len(reference.findall(array[1])) for array in _CONTENTS.finditer(data)), default=1)
