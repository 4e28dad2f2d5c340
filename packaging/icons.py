"""Renders resources/icons/degreecheck.svg in every size and format that the systems ask for."""

from __future__ import annotations

import io
import os
import struct
from pathlib import Path

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256, 512)
_ICO = (16, 20, 24, 32, 40, 48, 64, 128, 256)
# Of Apple's icon format: the kind of each entry that holds a PNG, and its side in pixels.
_ICNS = ((b"icp4", 16), (b"icp5", 32), (b"icp6", 64), (b"ic07", 128), (b"ic08", 256), (b"ic09", 512), (b"ic11", 32),
         (b"ic12", 64), (b"ic13", 256), (b"ic14", 512))  # fmt: skip


def make(drawing: Path, folder: Path) -> list[Path]:
    """Write ``<side>.png`` for every size, ``degreecheck.ico`` and ``degreecheck.icns``; returns all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = _rendered(drawing)
    made = []
    for side in SIZES:
        made.append(folder / f"{side}.png")
        made[-1].write_bytes(pictures[side])
    made.append(folder / "degreecheck.ico")
    made[-1].write_bytes(_ico({side: pictures[side] for side in _ICO}))
    made.append(folder / "degreecheck.icns")
    made[-1].write_bytes(_icns(pictures))
    return made


def _rendered(drawing: Path) -> dict[int, bytes]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice, Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication(["icons"])
    renderer = QSvgRenderer(str(drawing))
    if not renderer.isValid():
        raise SystemExit(f"{drawing} cannot be drawn")
    found = {}
    for side in SIZES:
        image = QImage(side, side, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        found[side] = bytes(buffer.data().data())
    del application
    return found


def _ico(pictures: dict[int, bytes]) -> bytes:
    # Small ones as bitmaps: parts of Windows that are older than Vista show no PNG in them.
    from PIL import Image

    entries = []
    for side, png in pictures.items():
        if side >= 256:
            entries.append((side, png))
            continue
        image = Image.open(io.BytesIO(png)).convert("RGBA")
        blue_first = image.tobytes("raw", "BGRA", 0, -1)  # from the lowest row to the highest
        mask = bytes((side + 31) // 32 * 4 * side)
        header = struct.pack("<IiiHHIIiiII", 40, side, 2 * side, 1, 32, 0, len(blue_first), 0, 0, 0, 0)
        entries.append((side, header + blue_first + mask))
    offset = 6 + 16 * len(entries)
    directory = struct.pack("<HHH", 0, 1, len(entries))
    for side, data in entries:
        directory += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return directory + b"".join(data for _, data in entries)


def _icns(pictures: dict[int, bytes]) -> bytes:
    entries = b"".join(kind + struct.pack(">I", 8 + len(pictures[side])) + pictures[side] for kind, side in _ICNS)
    return b"icns" + struct.pack(">I", 8 + len(entries)) + entries
