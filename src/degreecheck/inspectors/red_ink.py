"""How red each pixel is beside the paper it stands on: red ink, whatever the light, the tint and the black print."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

Rgb = MatLike  # 8 bits
Plane = NDArray[np.float32]  # height x width, 0-1

MEASURED_PIXELS = 1_000_000  # a 40 mm seal on A4 is 150 pixels wide at this size, its ring four pixels


@dataclass(frozen=True)
class RedInk:
    """A page as seal finding sees it, at most MEASURED_PIXELS large; all planes have the same size."""

    redness: Plane  # share of light that red ink takes from green and not from red; 0 for paper, black, blue and yellow
    dark: NDArray[np.bool_]  # print so dark that red on it may not be seen
    yellow: NDArray[np.bool_]  # gold and yellow: on emblems, never in a seal
    noise: float  # redness that the bare paper shows by chance


def find_red_ink(rgb: Rgb) -> RedInk:
    """The red ink of a page, 8-bit sRGB."""
    scale = min(1.0, math.sqrt(MEASURED_PIXELS / (rgb.shape[0] * rgb.shape[1])))
    if scale < 1:
        rgb = np.asarray(cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    smooth = cv2.blur(rgb, (3, 3))
    red, green, blue = cv2.split(smooth.astype(np.float32) / _paper(smooth))
    from_green, from_blue = red - green, red - blue
    # vermilion to crimson: orange, skin and wood take far more blue than green, magenta far more green than blue
    hue = (from_blue >= 0.3 * from_green) & (from_green >= 0.6 * from_blue)
    redness = np.where(hue, from_green, 0).clip(0, 1).astype(np.float32)
    brightest = np.maximum(np.maximum(red, green), blue)
    return RedInk(
        redness=redness,
        dark=brightest < 0.72,
        yellow=(blue < red - 0.25) & (green > red - 0.22) & (red > 0.6),
        noise=_noise(from_green),
    )


def _noise(plane: Plane) -> float:
    """Standard deviation of what bare paper shows, taken from the quietest third of the page."""
    rows, columns = (side // 24 * 24 for side in plane.shape)
    if not rows or not columns:
        return 0.0
    tiles = plane[:rows, :columns].reshape(rows // 24, 24, columns // 24, 24)
    return float(np.percentile(tiles.std(axis=(1, 3)), 30))


def _paper(rgb: Rgb) -> NDArray[np.float32]:
    """What each pixel would be without ink: the brightest nearby, in the page's tint, never far below its white."""
    small = cv2.resize(rgb, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    reach = max(7, round(math.hypot(*small.shape[:2]) * 0.05)) | 1
    local = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    local = cv2.blur(local, (reach // 2 | 1, reach // 2 | 1))
    white = np.percentile(small.reshape(-1, 3), 90, axis=0).astype(np.float32).clip(40)
    # light and shadow dim all channels alike; where one is much weaker lies no paper but a photo, a cover or a desk
    dimmed = local.astype(np.float32) / white
    light = dimmed.max(axis=2, keepdims=True)
    paper = white * np.maximum(np.clip(dimmed, 0.82 * light, light), 0.4)
    return np.asarray(cv2.resize(paper, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_LINEAR), np.float32)
