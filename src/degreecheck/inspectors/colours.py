"""Colours as people see them: CIELAB, hue and chroma, names, and which blues count as a photo's blue."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from degreecheck.facts import ColourName

Rgb = npt.NDArray[np.uint8]  # height x width x 3
Lab = npt.NDArray[np.float32]  # height x width x 3: L* 0-100, a*, b*
Plane = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

# The blues in honest use lie at hue 239-277, chroma 39-49, L* 44-76 (domain facts, "The photo"; to start with: hue
# 235-285, chroma >= 20, L* 30-85). The limits leave room for white balance (a channel 4 % off turns cyan blues by up to
# 15 degrees), a lamp's fall-off and JPEG; teal and pure cyan lie at 196.
BLUE_HUE = (222.0, 290.0)
BLUE_CHROMA = 18.0
BLUE_LIGHTNESS = (27.0, 88.0)
# Anything that a person might still call blue: cyan by a wrong white balance, royal blue, navy, a very pale wall.
BLUISH_HUE = (185.0, 312.0)
BLUISH_CHROMA = 8.0

NEUTRAL_CHROMA = 10.0
_HUES: tuple[tuple[float, ColourName], ...] = (
    (20, "pink"),
    (48, "red"),
    (72, "orange"),
    (112, "yellow"),
    (170, "green"),
    (228, "cyan"),
    (302, "blue"),
    (340, "purple"),
    (360, "pink"),
)


def to_lab(rgb: Rgb) -> Lab:
    """CIELAB of an sRGB picture (D65)."""
    return cv2.cvtColor(rgb.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2Lab).astype(np.float32, copy=False)


def chroma(lab: Lab) -> Plane:
    """C*: distance from grey."""
    return np.hypot(lab[..., 1], lab[..., 2])


def hue(lab: Lab) -> Plane:
    """Hue angle in degrees, 0-360: 90 yellow, 180 green, 270 blue."""
    return np.mod(np.degrees(np.arctan2(lab[..., 2], lab[..., 1])), 360).astype(np.float32)


def is_blue(lab: Lab) -> Mask:
    """Pixels whose colour is one of the blues in honest use for photos."""
    lightness, angle = lab[..., 0], hue(lab)
    result: Mask = (
        (angle >= BLUE_HUE[0])
        & (angle <= BLUE_HUE[1])
        & (chroma(lab) >= BLUE_CHROMA)
        & (lightness >= BLUE_LIGHTNESS[0])
        & (lightness <= BLUE_LIGHTNESS[1])
    )
    return result


def is_bluish(lab: Lab) -> Mask:
    """Pixels that a person might call some kind of blue."""
    angle = hue(lab)
    result: Mask = (angle >= BLUISH_HUE[0]) & (angle <= BLUISH_HUE[1]) & (chroma(lab) >= BLUISH_CHROMA)
    return result


def colour_name(lightness: float, saturation: float, angle: float) -> ColourName:
    """The everyday name of a CIELAB colour (L*, C*, hue in degrees)."""
    if saturation < NEUTRAL_CHROMA or (lightness > 85 and saturation < NEUTRAL_CHROMA + 3 and not 185 <= angle <= 312):
        if lightness >= 84:
            return "white"
        return "black" if lightness <= 22 else "grey"
    if lightness <= 12:
        return "black"
    name: ColourName = next((name for limit, name in _HUES if angle < limit), "pink")
    if name == "pink" and saturation > 45 and lightness < 65:
        return "red"
    if name == "red" and lightness > 68:
        return "pink"
    if name in ("red", "orange", "yellow") and saturation < 42:
        return "beige" if lightness > 62 else "brown"
    if name == "orange" and lightness < 50:
        return "brown"
    return name


def name_of(colour: tuple[float, float, float]) -> ColourName:
    """The everyday name of a colour given as L*, a*, b*."""
    lab: Lab = np.array([colour], dtype=np.float32)
    return colour_name(colour[0], float(chroma(lab)[0]), float(hue(lab)[0]))


def difference(lab: Lab, other: Lab) -> Plane:
    """ΔE 1976 of each pixel."""
    result: Plane = np.sqrt(np.sum((lab - other) ** 2, axis=-1))
    return result
