"""Draws portraits of people who do not exist, faultless by default or spoiled one way at a time.

The finder of faces sees them as faces: eyes, brows, nose and mouth are shaded as in a photo. Pillow and numpy only; the
same seed always gives the same picture. Imported only where pictures are made, for numpy loads slowly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Colour = tuple[int, int, int]
Plane = npt.NDArray[np.float32]  # height x width
Picture = npt.NDArray[np.float32]  # height x width x 3, 0-255
Style = Literal["short", "side", "long"]

BLUE: Colour = (67, 142, 219)
SIZE = (413, 579)  # 35 x 49 mm at 300 dpi

_HEAD = 2.9  # head, crown of the hair to chin, in half widths of the face
_CROWN = -1.52
_EYE_LINE = 0.43  # of the picture's height, where the head stands without an offset

_SKINS: tuple[Colour, ...] = ((238, 200, 176), (229, 186, 158), (214, 168, 138), (190, 140, 110), (150, 104, 78))
_HAIRS: tuple[Colour, ...] = ((28, 24, 24), (40, 30, 26), (58, 40, 30), (90, 62, 44), (168, 168, 170))
_CLOTHES: tuple[Colour, ...] = (
    (32, 36, 48),
    (240, 240, 242),
    (120, 30, 40),
    (70, 74, 80),
    (40, 70, 60),
    (150, 120, 90),
)
_STYLES: tuple[Style, ...] = ("short", "side", "long")


@dataclass(frozen=True)
class _Look:
    skin: Picture
    hair: Picture
    clothes: Picture
    style: Style
    glasses: bool
    width: float  # of the face, 1 = usual
    eyes: float  # half their distance
    mouth: float  # half width
    brow: float  # thickness


def draw_portrait(
    seed: int = 0,
    *,
    size: tuple[int, int] = SIZE,
    background: Colour = BLUE,
    head_height: float = 0.5,
    offset: tuple[float, float] = (0.0, 0.0),
    tilt: float = 0.0,
    blur: float = 0.0,
    light: float = 1.0,
    side_light: float = 0.0,
    fade: float = 0.0,
    border: float = 0.0,
    border_colour: Colour = (255, 255, 255),
    object_behind: bool = False,
    grey: bool = False,
    people: int = 1,
    person: bool = True,
) -> Image.Image:
    """A drawn portrait, RGB, ``size`` pixels.

    ``seed`` picks the look. ``head_height``: chin to crown, of the picture's height; ``offset``: of the picture's width
    and height; ``tilt``: degrees, positive leans to the picture's right; ``blur``: standard deviation in pixels;
    ``light``: factor (0.2 very dark, 2.5 burnt out); ``side_light``: 0-1, how much darker the left edge is; ``fade``:
    0-1, how far the lower background runs out into white; ``border``: width as a share of the picture's;
    ``people``: 1 or 2; ``person`` False leaves the background alone.
    """
    width, height = size
    noise = np.random.default_rng(seed)
    picture = _backdrop(width, height, background, side_light=side_light, fade=fade)
    if object_behind:
        top, bottom, left, right = (
            round(share * side) for share, side in ((0.06, height), (0.3, height), (0.78, width), (0.97, width))
        )
        picture[top:bottom, left:right] = (96, 62, 34)
    if person:
        for index in range(people):
            look = _look(seed + 1000 * index)
            across = 0.0 if people == 1 else (-0.24, 0.24)[index % 2]
            share = head_height if people == 1 else head_height * 0.7
            _draw_person(picture, look, share, (offset[0] + across, offset[1]), tilt)
    picture += noise.normal(0, 1.2, picture.shape).astype(np.float32)
    if grey:
        picture[:] = (picture @ np.array([0.299, 0.587, 0.114], np.float32))[..., None]
    image = Image.fromarray(np.clip(picture * light, 0, 255).astype(np.uint8))
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    if border:
        margin = round(border * width)
        framed = Image.new("RGB", size, border_colour)
        framed.paste(image.crop((margin, margin, width - margin, height - margin)), (margin, margin))
        image = framed
    return image


def _look(seed: int) -> _Look:
    pick = np.random.default_rng(seed)

    def one_of(colours: tuple[Colour, ...]) -> Picture:
        chosen = np.array(colours[int(pick.integers(len(colours)))], np.float32)
        shade: Picture = np.clip(chosen + np.float32(pick.normal(0, 4)), 0, 255)
        return shade

    return _Look(
        skin=one_of(_SKINS),
        hair=one_of(_HAIRS),
        clothes=one_of(_CLOTHES),
        style=_STYLES[int(pick.integers(len(_STYLES)))],
        glasses=bool(pick.random() < 0.2),
        width=float(pick.uniform(0.93, 1.05)),
        eyes=float(pick.uniform(0.39, 0.44)),
        mouth=float(pick.uniform(0.3, 0.38)),
        brow=float(pick.uniform(0.05, 0.085)),
    )


def _backdrop(width: int, height: int, colour: Colour, *, side_light: float, fade: float) -> Picture:
    """The wall, with the slight fall of light that every studio has."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    across, down = x / width, y / height
    lit = 1.02 - 0.06 * ((across - 0.5) ** 2 + (down - 0.4) ** 2) - side_light * np.clip(1 - 2 * across, 0, 1)
    wall = np.array(colour, np.float32) * lit[..., None]
    white = (fade * down**0.9)[..., None]
    result: Picture = wall * (1 - white) + np.float32(250) * white
    return result


# ------------------------------------------------------------------------------------------------------- the person


class _Canvas:
    """A picture with the head's own coordinates: 0, 0 between the eyes, 1 = half the face's width, y downwards."""

    def __init__(self, picture: Picture, centre: tuple[float, float], unit: float, tilt: float) -> None:
        y, x = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]].astype(np.float32)
        x, y = (x - centre[0]) / unit, (y - centre[1]) / unit
        turn = np.radians(tilt)
        self.x = (x * np.cos(turn) + y * np.sin(turn)).astype(np.float32)
        self.y = (y * np.cos(turn) - x * np.sin(turn)).astype(np.float32)
        self.picture = picture
        self._edge = 1.2 / unit  # softness of an outline: about a pixel

    def oval(self, x: float, y: float, wide: float, high: float, power: float = 2.0) -> Plane:
        """1 inside an oval, falling to 0 over about a pixel; ``power`` above 2 makes it squarer."""
        away = (np.abs((self.x - x) / wide) ** power + np.abs((self.y - y) / high) ** power) ** (1 / power)
        inside: Plane = np.clip((1 - away) * min(wide, high) / self._edge + 0.5, 0, 1)
        return inside

    def haze(self, x: float, y: float, wide: float, high: float) -> Plane:
        """A soft patch, 1 in its middle: shade and shine."""
        patch: Plane = np.exp(-(((self.x - x) / wide) ** 2) - ((self.y - y) / high) ** 2)
        return patch

    def paint(self, mask: Plane, colour: Picture | Colour) -> None:
        """Lay a colour on through a mask."""
        share = mask[..., None]
        self.picture[:] = self.picture * (1 - share) + np.asarray(colour, np.float32) * share

    def shade(self, mask: Plane, factor: float) -> None:
        """Darken (factor below 1) or brighten through a mask."""
        self.picture *= 1 + (factor - 1) * mask[..., None]


def _draw_person(picture: Picture, look: _Look, head_height: float, offset: tuple[float, float], tilt: float) -> None:
    height, width = picture.shape[:2]
    unit = head_height * height / _HEAD
    centre = ((0.5 + offset[0]) * width, (_EYE_LINE + offset[1]) * height)
    upright = _Canvas(picture, centre, unit, 0.0)
    head = _Canvas(picture, centre, unit, tilt)
    if look.style == "long":
        _draw_long_hair(head, look)
    _draw_body(upright, look)
    face = _draw_head(head, look)
    _draw_features(head, look, face)
    _draw_hair(head, look)
    if look.glasses:
        _draw_glasses(head, look)


def _draw_body(canvas: _Canvas, look: _Look) -> None:
    neck = canvas.oval(0, 1.5, 0.52, 1.0, 4)
    canvas.paint(neck, look.skin * 0.86)
    canvas.shade(canvas.haze(0, 1.35, 0.7, 0.35) * neck, 0.78)  # the chin's shadow
    fall = np.clip(1.78 + 0.3 * np.abs(canvas.x) ** 1.6, 0, 4)
    torso = np.clip((canvas.y - fall) * 25 + 0.5, 0, 1) * (np.abs(canvas.x) < 2.35)
    collar = np.clip((0.46 - np.abs(canvas.x) - 0.55 * (canvas.y - 1.55)) * 25, 0, 1)
    canvas.paint((torso * (1 - collar)).astype(np.float32), look.clothes)
    canvas.shade((torso * canvas.haze(0.9, 2.6, 0.9, 1.2)).astype(np.float32), 1.12)
    canvas.shade((torso * canvas.haze(-1.7, 3.2, 0.7, 1.6)).astype(np.float32), 0.85)


def _draw_head(canvas: _Canvas, look: _Look) -> Plane:
    for side in (-1.0, 1.0):
        ear = canvas.oval(side * look.width, 0.2, 0.15, 0.3)
        canvas.paint(ear, look.skin * 0.9)
        canvas.shade(canvas.haze(side * look.width, 0.22, 0.07, 0.17) * ear, 0.72)
    skull = canvas.oval(0, -0.2, look.width, 1.15, 2.2)
    jaw = canvas.oval(0, 0.25, look.width * 0.95, 1.13, 2.3)
    face = np.maximum(skull, jaw)
    canvas.paint(face, look.skin)
    canvas.shade(canvas.haze(0, -0.6, 0.6, 0.35) * face, 1.06)
    for side in (-1.0, 1.0):
        canvas.shade(canvas.haze(side * 0.95, 0.3, 0.25, 0.9) * face, 0.78)
        canvas.shade(canvas.haze(side * 0.5, 0.38, 0.24, 0.2) * face, 1.08)
        # without some red in the cheeks a brown-haired head is all one tint, as in a sepia photo
        canvas.paint(
            canvas.haze(side * 0.55, 0.5, 0.26, 0.2) * face * 0.4, look.skin * np.array([1.03, 0.76, 0.76], np.float32)
        )
    canvas.shade(canvas.haze(0, 1.42, 0.7, 0.22) * face, 0.8)
    return face


def _draw_features(canvas: _Canvas, look: _Look, face: Plane) -> None:
    dark = np.minimum(look.hair * 0.55, look.skin * 0.4)  # white hair keeps darker brows
    for side in (-1.0, 1.0):
        x = side * look.eyes
        canvas.shade(canvas.haze(x, -0.07, 0.27, 0.17) * face, 0.7)  # the socket
        canvas.shade(canvas.haze(side * 0.17, -0.1, 0.08, 0.2) * face, 0.82)
        canvas.paint(canvas.oval(x, 0, 0.2, 0.09), (236, 232, 228))
        canvas.paint(canvas.oval(x, 0, 0.095, 0.095) * canvas.oval(x, 0, 0.2, 0.09), (62, 42, 32))
        canvas.paint(canvas.oval(x, 0, 0.045, 0.045), (12, 10, 10))
        canvas.paint(canvas.oval(x + 0.03, -0.03, 0.018, 0.018), (255, 255, 255))
        lid = canvas.oval(x, -0.01, 0.23, 0.12) * (1 - canvas.oval(x, 0.025, 0.23, 0.11))
        canvas.paint(lid * 0.9, dark * 0.6)
        canvas.shade(canvas.haze(x, 0.16, 0.2, 0.05) * face, 0.9)
        brow = canvas.oval(x + side * 0.02, -0.27, 0.27, look.brow, 2.4)
        canvas.paint(brow * 0.85, dark)
    canvas.shade(canvas.haze(0, 0.18, 0.07, 0.28) * face, 1.12)  # the nose's ridge
    for side in (-1.0, 1.0):
        canvas.shade(canvas.haze(side * 0.16, 0.35, 0.06, 0.2) * face, 0.86)
        canvas.shade(canvas.haze(side * 0.11, 0.5, 0.065, 0.035) * face, 0.45)  # nostrils
    canvas.shade(canvas.haze(0, 0.56, 0.24, 0.05) * face, 0.8)
    lips = canvas.oval(0, 0.8, look.mouth, 0.1, 1.7)
    canvas.paint(lips * 0.75, look.skin * np.array([0.82, 0.56, 0.56], np.float32))
    canvas.paint(canvas.oval(0, 0.79, look.mouth, 0.018), look.skin * 0.3)
    canvas.shade(canvas.haze(0, 0.96, 0.25, 0.05) * face, 0.82)


def _draw_long_hair(canvas: _Canvas, look: _Look) -> None:
    behind = np.maximum(canvas.oval(0, -0.25, 1.22, 1.27), canvas.oval(0, 0.9, 1.2, 1.25, 4))
    canvas.paint(behind, look.hair * 0.9)


def _draw_hair(canvas: _Canvas, look: _Look) -> None:
    top = {"short": 1.06, "side": 1.1, "long": 1.14}[look.style]
    cap = canvas.oval(0, -0.32, top, -_CROWN - 0.32)
    forehead = canvas.oval(0, 0.32, look.width * 0.86, 1.02, 2.6)
    if look.style == "side":
        forehead = np.maximum(forehead, canvas.oval(-0.2, 0.2, look.width * 0.7, 1.0, 2.4))
    below = np.clip((0.12 - canvas.y) * 12, 0, 1)  # down to the ears
    hair = cap * (1 - forehead) * below
    canvas.paint(hair.astype(np.float32), look.hair)
    strands = np.sin(canvas.x * 37 + 3 * np.sin(canvas.y * 3)) * 0.06
    canvas.picture *= 1 + (strands * hair)[..., None]
    canvas.shade((canvas.haze(-0.3, -1.2, 0.4, 0.15) * hair).astype(np.float32), 1.35)


def _draw_glasses(canvas: _Canvas, look: _Look) -> None:
    for side in (-1.0, 1.0):
        x = side * look.eyes
        rim = canvas.oval(x, 0, 0.31, 0.23, 2.6) * (1 - canvas.oval(x, 0, 0.27, 0.19, 2.6))
        canvas.paint(rim, (38, 34, 34))
        arm = canvas.oval(side * (look.eyes + 0.45), -0.04, 0.18, 0.02)
        canvas.paint(arm, (38, 34, 34))
    canvas.paint(canvas.oval(0, -0.03, 0.13, 0.022), (38, 34, 34))
