"""The ``convert`` and ``render`` verbs: pictures as the portal is to get them, and as a person sees them on screen.

Nothing is ever repainted or enlarged: pixels are turned upright, cut, reduced and encoded. Whatever a file says
beside its pixels (camera, place, owner, thumbnail) stays behind. Runs only in worker processes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from degreecheck.facts import PICTURE_TYPES, Box
from degreecheck.inspectors import image, jpeg_segments, limits, opening, sniff, writing
from degreecheck.inspectors.unreadable import CannotRead

BEST_QUALITY = 95  # above it files grow and nothing is gained (Pillow's documentation)
LOWEST_QUALITY = 30  # below it print on papers becomes illegible
FULL_COLOUR_QUALITY = 88  # from here on colour is kept at full resolution
_SHRINK = 0.85  # each step when even the lowest quality does not fit
_SHORTEST_SIDE = 300  # and not below this: rules.md SCN101 calls less an error


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be written; see messages.Convert."""

    path: Path
    format: str = "jpeg"
    crop: Box | None = None
    size: tuple[int, int] | None = None
    max_bytes: int | None = None
    dpi: int = 300
    frame: int = 0


def convert(source: Path, target: Target) -> dict[str, Any]:
    """Write a picture for uploading.

    Returns width, height, size (bytes), sha256 (hex) and quality (JPEG's; 0: none, or the source's own). Raises
    CannotRead and writing.CannotWrite (``does_not_fit`` when no quality brings it under ``max_bytes``).
    """
    if _kind(source) not in PICTURE_TYPES:
        raise CannotRead("unknown_format")
    opened = image.open_picture(source, frame=target.frame)  # in any case: what cannot be shown is not handed on
    bare = _without_metadata(source, target)
    if bare is not None:
        data, size, quality = bare, (opened.facts.width, opened.facts.height), 0
    else:
        picture = _cropped(Image.fromarray(opened.rgb), target.crop)
        if target.size is not None:
            picture = _exactly(picture, target.size)
        data, size, quality = _encoded(picture, target)
    with writing.written(target.path) as file:
        file.write(data)
    digest = hashlib.sha256(data).hexdigest()
    return {"width": size[0], "height": size[1], "size": len(data), "sha256": digest, "quality": quality}


def render(source: Path, page: int, longest_side: int, crop: Box | None) -> tuple[dict[str, Any], bytes]:
    """A picture's frame or a PDF's page (0-based), upright, cropped, reduced: its size and its RGB rows.

    Raises CannotRead.
    """
    # A crop is shown larger than the whole would be: decode as many more pixels, as far as there are any.
    shown = max(crop[2] - crop[0], crop[3] - crop[1]) if crop else 1.0
    wanted = min(round(longest_side / max(shown, 1 / 16)), limits.MAX_PICTURE_SIDE)
    kind = _kind(source)
    if kind == "pdf":
        from degreecheck.inspectors import pdf

        pixels = pdf.render_page(source, page, min(wanted, 2 * limits.MAX_RENDERED_SIDE))
    elif kind in PICTURE_TYPES:
        pixels = image.open_picture(source, longest_side=wanted, frame=page).rgb
    else:
        raise CannotRead("unknown_format")
    picture = _cropped(Image.fromarray(pixels), crop)
    picture.thumbnail((longest_side, longest_side))
    rows = picture.tobytes()
    return {"width": picture.width, "height": picture.height, "bytes": len(rows)}, rows


def _kind(source: Path) -> str:
    with opening.opened(source) as descriptor:
        opening.check_size(os.fstat(descriptor))
        head = next(opening.chunks(descriptor), b"")[: opening.HEAD_BYTES]
    kind = sniff.sniff(head, source)
    if kind == "empty":
        raise CannotRead("empty")
    return kind


def _cropped(picture: Image.Image, crop: Box | None) -> Image.Image:
    if crop is None:
        return picture
    left, top = int(crop[0] * picture.width + 0.5), int(crop[1] * picture.height + 0.5)
    right, bottom = int(crop[2] * picture.width + 0.5), int(crop[3] * picture.height + 0.5)
    left, top = min(left, picture.width - 1), min(top, picture.height - 1)
    return picture.crop((left, top, max(right, left + 1), max(bottom, top + 1)))


def _exactly(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Exactly ``size`` pixels: the middle part of that shape, reduced.

    Smaller pictures keep their pixels, in that shape.
    """
    scale = min(1.0, picture.width / size[0], picture.height / size[1])
    wanted = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    return picture if picture.size == wanted else ImageOps.fit(picture, wanted, Image.Resampling.LANCZOS)


def _encoded(picture: Image.Image, target: Target) -> tuple[bytes, tuple[int, int], int]:
    """The picture's bytes under the limit at the best quality that fits, its size and that quality."""
    for candidate in _ever_smaller(picture, fixed=target.size is not None):
        if target.format == "png":
            data, quality = _png(candidate, target.dpi), 0
        else:
            data, quality = _best_jpeg(candidate, target)
        if target.max_bytes is None or len(data) <= target.max_bytes:
            return data, candidate.size, quality
    raise writing.CannotWrite("does_not_fit")


def _ever_smaller(picture: Image.Image, *, fixed: bool) -> Iterator[Image.Image]:
    yield picture
    width, height = picture.size
    while not fixed and min(width, height) * _SHRINK >= _SHORTEST_SIDE:
        width, height = round(width * _SHRINK), round(height * _SHRINK)
        yield picture.resize((width, height), Image.Resampling.LANCZOS)


def _best_jpeg(picture: Image.Image, target: Target) -> tuple[bytes, int]:
    data, quality = _jpeg(picture, BEST_QUALITY, target.dpi), BEST_QUALITY
    if target.max_bytes is None or len(data) <= target.max_bytes:
        return data, quality
    fits, too_big = LOWEST_QUALITY, BEST_QUALITY
    data, quality = _jpeg(picture, fits, target.dpi), fits
    while len(data) <= target.max_bytes and too_big - fits > 1:
        middle = (fits + too_big) // 2
        tried = _jpeg(picture, middle, target.dpi)
        if len(tried) <= target.max_bytes:
            data, quality, fits = tried, middle, middle
        else:
            too_big = middle
    return data, quality


def _jpeg(picture: Image.Image, quality: int, dpi: int) -> bytes:
    buffer = BytesIO()
    subsampling = "4:4:4" if quality >= FULL_COLOUR_QUALITY else "4:2:0"
    picture.save(buffer, "JPEG", quality=quality, subsampling=subsampling, dpi=(dpi, dpi))
    return buffer.getvalue()


def _png(picture: Image.Image, dpi: int) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "PNG", dpi=(dpi, dpi))
    return buffer.getvalue()


def _without_metadata(source: Path, target: Target) -> bytes | None:
    """The bytes of an upright sRGB JPEG that only has to lose its metadata; None where anything else is to be done."""
    if target.format != "jpeg" or target.crop is not None or target.frame:
        return None
    with opening.opened(source) as descriptor:
        data = b"".join(opening.chunks(descriptor))
    try:
        with Image.open(BytesIO(data), formats=("JPEG",)) as picture:
            upright = picture.getexif().get(image.TAG_ORIENTATION, 1) == 1
            plain = picture.mode in ("RGB", "L") and not picture.info.get("icc_profile")
            # A photo that has the size already stays as it is, too, if it can be told its resolution.
            fits = target.size is None or (picture.size == target.size and "jfif" in picture.info)
    except Exception:  # noqa: BLE001  whatever is odd about this file, the ordinary way judges it
        return None
    bare = jpeg_segments.without_metadata(data, target.dpi) if upright and plain and fits else None
    return bare if bare and (target.max_bytes is None or len(bare) <= target.max_bytes) else None
