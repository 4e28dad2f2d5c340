"""PNG files from raw pixels: what a worker has rendered, on its way to the process that draws PDFs."""

from __future__ import annotations

import struct
import zlib

from degreecheck.inspectors.messages import Rendered


def png(picture: Rendered) -> bytes:
    """The picture as a PNG file (RGB, 8 bits; ISO/IEC 15948)."""
    row = picture.width * 3
    rows = b"".join(b"\0" + picture.rgb[start : start + row] for start in range(0, row * picture.height, row))
    header = struct.pack(">2I5B", picture.width, picture.height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
