"""Takes out of a JPEG file whatever is not needed to show its pixels, and leaves the pixels themselves untouched.

Cameras write owner, place, thumbnail and whole second pictures beside and behind the picture. Encoding anew would
lose a little of every paper's print each time. Structure: ITU-T T.81, annex B; JFIF 1.02. Runs only in worker
processes.
"""

from __future__ import annotations

import re

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_START_OF_SCAN, _COMMENT = 0xDA, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_WITHOUT_LENGTH = frozenset({0x00, 0x01, 0xFF, *range(0xD0, 0xD9)})
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # stuffed bytes, restarts and filling belong to the scan


def without_metadata(data: bytes, dpi: int) -> bytes | None:
    """The same picture without metadata, stating ``dpi`` where it stated any; None where ``data`` is irregular."""
    if not data.startswith(_SOI):
        return None
    kept = [_SOI]
    at = 2
    while data[at : at + 2] != _EOI:
        segment = _segment(data, at)
        if segment is None:
            return None
        at += len(segment)
        marker = segment[1]
        if marker in _APPLICATION:
            kept.append(_application(segment, dpi))
        elif marker != _COMMENT:
            kept.append(segment)
        if marker == _START_OF_SCAN:
            end = _AFTER_SCAN.search(data, at)
            if end is None:
                return None
            kept.append(data[at : end.start()])
            at = end.start()
    return b"".join([*kept, _EOI])


def _segment(data: bytes, at: int) -> bytes | None:
    """The marker segment at ``at``, whole."""
    if len(data) < at + 4 or data[at] != 0xFF or data[at + 1] in _WITHOUT_LENGTH:
        return None
    end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data[at:end] if at + 4 <= end <= len(data) else None


def _application(segment: bytes, dpi: int) -> bytes:
    """What is kept of an application segment: those that say how the colours are meant."""
    if segment[1] == 0xE0 and segment[4:9] == b"JFIF\0":
        return b"\xff\xe0\x00\x10JFIF\0\x01\x02\x01" + dpi.to_bytes(2, "big") * 2 + b"\0\0"  # no thumbnail
    if segment[1] == 0xEE and segment[4:9] == b"Adobe":
        return segment
    return b""
