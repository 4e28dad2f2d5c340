"""The pictures on a PDF's pages: whether they can be decoded to their end. Worker processes only."""

from __future__ import annotations

import ctypes
import zlib
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import raw

State = Literal["seen", "plain", "broken", "unknown"]

BLANK_RANGE = 4  # grey levels; a scan of an empty sheet has more noise than that
_DECODED_PIXELS = 50_000_000  # an A4 sheet at 600 dpi has 35 million
_DECODED_JPEG_2000_PIXELS = 4_000_000  # its decoder is forty times slower than JPEG's
_MOST_BYTES = 64 * 1024 * 1024
_CHANNELS = {raw.FPDFBitmap_Gray: 1, raw.FPDFBitmap_BGR: 3, raw.FPDFBitmap_BGRx: 4, raw.FPDFBitmap_BGRA: 4}


def pixel_size(item: Any) -> tuple[int, int]:
    """Width and height that a picture states."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(item, width, height):
        return 0, 0
    return width.value, height.value


def state_of(item: Any) -> State:
    """ "seen": something is on it; "plain": all one colour; "broken": no picture, or its data end early;
    "unknown": too large to try.
    """
    width, height = pixel_size(item)
    filters = _filters(item)
    pixels = width * height
    limit = _DECODED_PIXELS
    if "JPXDecode" in filters:
        limit, pixels = _DECODED_JPEG_2000_PIXELS, max(pixels, _jpeg_2000_pixels(item))
    if not pixels or pixels > limit:
        return "unknown"
    bitmap = raw.FPDFImageObj_GetBitmap(item)
    if not bitmap:
        return "broken"
    try:
        rows = _rows(bitmap)
        last = rows[-max(1, len(rows) // 50) :]
        if bool((last == last[:, :1]).all()) and _ends_early(item, filters):
            return "broken"
        return "seen" if np.ptp(rows[:: max(1, len(rows) // 500)]) > BLANK_RANGE else "plain"
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _rows(bitmap: Any) -> NDArray[np.uint8]:
    """The bitmap's own memory as rows x columns x channels; valid until the bitmap is destroyed."""
    width, height = raw.FPDFBitmap_GetWidth(bitmap), raw.FPDFBitmap_GetHeight(bitmap)
    channels = _CHANNELS.get(raw.FPDFBitmap_GetFormat(bitmap), 1)
    stride = raw.FPDFBitmap_GetStride(bitmap)
    buffer = ctypes.cast(raw.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_ubyte))
    rows = np.ctypeslib.as_array(buffer, (height, stride))[:, : width * channels]
    return rows.reshape(height, width, channels)[:, :, :3]


def _filters(item: Any) -> list[str]:
    names = []
    for index in range(min(raw.FPDFImageObj_GetImageFilterCount(item), 8)):
        buffer = ctypes.create_string_buffer(64)
        raw.FPDFImageObj_GetImageFilter(item, index, buffer, 64)
        names.append(buffer.value.decode("ascii", "replace"))
    return names


def _data(item: Any, most: int) -> bytes:
    """The picture's packed data, or nothing when there are more than ``most`` bytes."""
    size = raw.FPDFImageObj_GetImageDataRaw(item, None, 0)
    if not 0 < size <= most:
        return b""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFImageObj_GetImageDataRaw(item, buffer, size)
    return buffer.raw


def _ends_early(item: Any, filters: list[str]) -> bool:
    data = _data(item, _MOST_BYTES) if len(filters) == 1 else b""
    if not data:
        return False
    if filters == ["DCTDecode"]:
        return b"\xff\xd9" not in data[-1024:]  # JPEG's end of image
    if filters == ["FlateDecode"]:
        unpacker = zlib.decompressobj()
        try:
            while data and not unpacker.eof:
                unpacker.decompress(data, 1 << 20)
                data = unpacker.unconsumed_tail
        except zlib.error:
            return True
        return not unpacker.eof
    return False


def _jpeg_2000_pixels(item: Any) -> int:
    """The size in the picture's own header, which need not be the stated one (ISO 15444-1, A.5.1: SIZ)."""
    data = _data(item, _MOST_BYTES)
    at = data.find(b"\xff\x51", 0, 4_096)
    if at < 0 or len(data) < at + 14:
        return 0
    return int.from_bytes(data[at + 6 : at + 10]) * int.from_bytes(data[at + 10 : at + 14])
