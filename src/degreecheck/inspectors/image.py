"""Opens any picture that a phone, scanner or drawing program writes, and turns it into upright sRGB pixels.

Runs only in worker processes. What comes out is what people see when they open the file: the orientation tag applied,
transparency laid on white, the colour profile honoured (phones save Display P3), the first frame of several. What
cannot be opened is told by ``CannotRead``; no other exception leaves this module.
"""

from __future__ import annotations

import math
import os
import re
import warnings
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, UnidentifiedImageError

from degreecheck.facts import ImageFacts
from degreecheck.inspectors import limits
from degreecheck.inspectors.opening import cannot_read
from degreecheck.inspectors.unreadable import CannotRead

Rgb = NDArray[np.uint8]  # height x width x 3

# Pillow knows more: formats that start other programs (EPS) or hold no pictures (MPEG).
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "DIB", "TIFF", "GIF")

# EXIF 2.32, tables 4 and 8
TAG_ORIENTATION = 0x0112
TAG_EXIF = 0x8769
TAG_DATE_TIME_ORIGINAL = 0x9003

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

MAX_PROFILE_BYTES = 4 * limits.MB  # printer profiles reach 2 MB; monitors and cameras a few kB

# Pillow's default (89 Mpx, and an error at twice that) would refuse honest phone pictures; the size is looked at here.
Image.MAX_IMAGE_PIXELS = limits.MAX_PIXELS


@dataclass(frozen=True)
class Picture:
    """Upright sRGB pixels, perhaps reduced, and the facts, whose size is always that of the full picture."""

    rgb: Rgb
    facts: ImageFacts


def open_picture(path: Path, *, longest_side: int | None = None, pixels: int | None = None, frame: int = 0) -> Picture:
    """The picture at ``path``, upright.

    ``longest_side`` and ``pixels`` (width times height) reduce what is returned, and with JPEG what is decoded; a
    picture is never enlarged. Long screenshots are better reduced by ``pixels``. ``frame`` picks a page of a TIFF.

    Raises CannotRead: empty, damaged, too_many_pixels, unknown_format, and what opening.cannot_read tells.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged EXIF and the like: the pixels decide
            return _open_picture(path, longest_side, pixels, frame)
    except CannotRead:
        raise
    except UnidentifiedImageError as error:
        raise CannotRead("unknown_format") from error
    except (Image.DecompressionBombError, MemoryError) as error:
        raise CannotRead("too_many_pixels") from error
    except Exception as error:  # hostile files raise nearly everything from inside the decoders
        if isinstance(error, OSError) and error.errno:
            raise cannot_read(error) from error
        raise CannotRead("damaged", type(error).__name__) from error  # messages quote file names and contents


def _open_picture(path: Path, longest_side: int | None, pixels: int | None, frame: int) -> Picture:
    with path.open("rb") as file:
        if not file.read(1):
            raise CannotRead("empty")
        file.seek(0)
        image = _open(file)
        facts = _facts(image, _count_frames(image))
        if frame:
            image.seek(frame)
            _refuse_oversize(image)
            facts = _facts(image, facts.frames)
        fit = _Fit(longest_side, pixels)
        if image.format in ("JPEG", "MPO"):
            image = _load_jpeg(image, file, fit)
        else:
            image.load()
        return Picture(_upright_rgb(image, facts.orientation, fit), facts)


def _open(file: IO[bytes]) -> Image.Image:
    try:
        image = Image.open(file, formats=FORMATS)
    except UnidentifiedImageError:
        file.seek(0)
        if file.read(12)[4:8] != b"ftyp":
            raise
        from pillow_heif import register_heif_opener

        register_heif_opener()
        file.seek(0)
        image = Image.open(file, formats=("HEIF",))
    _refuse_oversize(image)
    return image


def _refuse_oversize(image: Image.Image) -> None:
    stated = image.width * image.height
    reducible = image.format in ("JPEG", "MPO") and not image.info.get("progressive")
    if max(image.size) > limits.MAX_PICTURE_SIDE or stated > (
        limits.MAX_PIXELS if reducible else limits.MAX_DECODED_PIXELS
    ):
        raise CannotRead("too_many_pixels", f"{image.width} x {image.height}")


# ------------------------------------------------------------------------------------------------------------- facts


def _facts(image: Image.Image, frames: int) -> ImageFacts:
    exif = _exif(image)
    orientation = exif.get(TAG_ORIENTATION, 1)
    orientation = orientation if isinstance(orientation, int) and orientation in UPRIGHT else 1
    # Pillow states a TIFF's size as it will be after its own turning
    turned = orientation >= 5 and image.format != "TIFF"
    width, height = (image.height, image.width) if turned else image.size
    return ImageFacts(
        width=width,
        height=height,
        orientation=orientation,
        mode=image.mode[:20],
        frames=frames,
        taken_on=_taken_on(exif),
    )


def _exif(image: Image.Image) -> Any:
    try:
        return image.getexif()
    except Exception:  # noqa: BLE001  a damaged tag block is no reason to refuse the pixels
        return {}


def _taken_on(exif: Any) -> date | None:
    try:
        stated = exif.get_ifd(TAG_EXIF).get(TAG_DATE_TIME_ORIGINAL)
        if isinstance(stated, bytes):
            stated = stated.decode("ascii", "replace")
        found = re.match(r"\s*(\d{4})\D(\d{1,2})\D(\d{1,2})", str(stated))
        return date(*map(int, found.groups())) if found else None
    except Exception:  # noqa: BLE001  no date is the answer for a damaged one, whatever it raised
        return None


def _count_frames(image: Image.Image) -> int:
    """Frames or pages, counted to MAX_FRAMES. For a GIF 2 stands for several: counting them reads the whole file."""
    if image.format == "GIF":
        return 2 if getattr(image, "is_animated", False) else 1
    if image.format != "TIFF":
        return min(int(getattr(image, "n_frames", 1)), limits.MAX_FRAMES)
    frames = 1
    try:
        while frames < limits.MAX_FRAMES:
            image.seek(frames)
            frames += 1
    except (EOFError, OSError, ValueError, SyntaxError, TypeError):  # the end, or a damaged later page
        pass
    image.seek(0)
    return frames


# ------------------------------------------------------------------------------------------------------------ pixels


@dataclass(frozen=True)
class _Fit:
    longest_side: int | None
    pixels: int | None

    def scale(self, size: tuple[int, int]) -> float:
        """By what to multiply both sides, at most 1."""
        width, height = size
        scale = min(1.0, math.sqrt(limits.MAX_DECODED_PIXELS / (width * height)))
        if self.longest_side:
            scale = min(scale, self.longest_side / max(size))
        if self.pixels:
            scale = min(scale, math.sqrt(self.pixels / (width * height)))
        return scale


def _load_jpeg(image: Image.Image, file: IO[bytes], fit: _Fit) -> Image.Image:
    _draft(image, fit)
    try:
        image.load()
    except OSError as error:
        if "truncated" not in str(error):
            raise
        return _load_unended_jpeg(file, fit)
    file.seek(-1, os.SEEK_END)
    # an unfinished download is often filled up with zeros, which decode to grey
    return _load_unended_jpeg(file, fit) if file.read(1) == b"\0" else image


def _draft(image: Image.Image, fit: _Fit) -> None:
    """Has the decoder leave out what is not needed: it halves up to three times, never below what is asked."""
    scale = fit.scale(image.size)
    halved = 1
    while halved < 8 and (
        1 / (2 * halved) >= scale or image.width * image.height / halved**2 > limits.MAX_DECODED_PIXELS
    ):
        halved *= 2
    if halved > 1:
        image.draft(None, (image.width // halved, image.height // halved))


def _load_unended_jpeg(file: IO[bytes], fit: _Fit) -> Image.Image:
    """A JPEG without its end marker: accepted when nothing else is missing; every viewer shows it as if it were whole.

    Whether pixels are missing too is seen by decoding it twice with different bytes put at its end: what changes had no
    data of its own.
    """
    file.seek(0)
    data = file.read(limits.MAX_FILE_BYTES).rstrip(b"\0").removesuffix(b"\xff")  # half of the end marker
    # two fillings that decode to different pixels, long enough for the rest of any picture's rows to differ
    endings = (b"\xff\xd9", b"\x2a\x95\x5c\x33" * 512 + b"\xff\xd9")
    decoded = []
    for ending in endings:
        image = Image.open(BytesIO(data + ending), formats=FORMATS)
        # the last row of blocks, and what its colours reach into, may be incomplete: nobody sees that
        unseen = (16 + 2) / image.height
        _draft(image, fit)
        image.load()
        decoded.append(image)
    first, second = (np.asarray(image) for image in decoded)
    lines = first.shape[0]
    differs = np.flatnonzero((first != second).reshape(lines, -1).any(axis=1))
    if differs.size and differs[0] < lines - max(1, round(unseen * lines)):
        raise CannotRead("damaged", f"JPEG ends in line {differs[0]} of {lines}")
    return decoded[0]


def _upright_rgb(image: Image.Image, orientation: int, fit: _Fit) -> Rgb:
    applied = image.format == "TIFF" or image.format == "HEIF"  # their readers turn the pixels themselves
    profile = image.info.get("icc_profile")
    image = _reduced(image, fit)
    image = _to_srgb(_flat(image), profile)
    if not applied and orientation in UPRIGHT:
        image = image.transpose(UPRIGHT[orientation])
    return np.array(image)


def _reduced(image: Image.Image, fit: _Fit) -> Image.Image:
    scale = fit.scale(image.size)
    if scale >= 1:
        return image
    if image.mode in ("P", "PA", "1") or "transparency" in image.info:
        image = _flat(image)
    elif image.mode.startswith("I") or image.mode == "F":
        image = _eight_bit(image)
    elif image.mode in ("RGBA", "LA"):
        image = image.convert(image.mode[:-1] + "a")  # premultiplied: invisible pixels must not bleed into visible ones
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.BOX, reducing_gap=None)


def _flat(image: Image.Image) -> Image.Image:
    """Without transparency (laid on white, as a viewer or printer shows it), in a mode that colour management knows."""
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bit(image)
    if image.mode in ("RGBa", "La"):
        image = image.convert(image.mode[:-1] + "A")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        flat = Image.new("RGB", image.size, "white")
        flat.paste(image, mask=image.getchannel("A"))
        return flat
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _eight_bit(image: Image.Image) -> Image.Image:
    """Grey pictures of 16 or 32 bits, which Pillow's own conversion would cut off at 255."""
    values = np.asarray(image)
    top = float(np.max(values, initial=0, where=np.isfinite(values)))
    if image.mode.startswith("I;16"):
        full = 65_535.0
    elif image.mode == "F" and top <= 1:
        full = 1.0
    else:
        full = 255.0 if top <= 255 else 65_535.0 if top <= 65_535 else top
    grey = np.empty(values.shape, np.uint8)
    for line in range(0, len(values), 64):  # a whole picture of doubles would not fit into the worker
        part = np.nan_to_num(values[line : line + 64].astype(np.float64), posinf=full, neginf=0.0)
        grey[line : line + 64] = (part.clip(0, full) * (255 / full)).round()
    return Image.fromarray(grey)


_SRGB = ImageCms.createProfile("sRGB")
_PROFILE_MODES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}


def _to_srgb(image: Image.Image, profile: Any) -> Image.Image:
    if isinstance(profile, bytes) and 128 <= len(profile) <= MAX_PROFILE_BYTES:
        try:
            stated = ImageCms.ImageCmsProfile(BytesIO(profile))
            description = stated.profile.profile_description or ""
            if _PROFILE_MODES.get(stated.profile.xcolor_space) == image.mode and "sRGB" not in description:
                turned = ImageCms.profileToProfile(image, stated, _SRGB, outputMode="RGB")
                if turned is not None:
                    return turned
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # a damaged profile: viewers show the pixels without it
    return image if image.mode == "RGB" else image.convert("RGB")
