"""Light and colour of a paper's picture: how bright the paper, how dark the print, reflections, any colour."""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

Rgb = MatLike  # 8 bits
Grey = MatLike  # 8 bits
Mask = MatLike  # 0 or 255
PixelBox = tuple[int, int, int, int]  # left, top, right, bottom

SATURATED = 250  # of 255, in every channel: nothing is left to see
COLOUR_SPREAD = (
    14  # levels between the strongest and the weakest channel that no grey pixel has, JPEG and noise included
)


def paper_level(grey: Grey, within: Mask | None = None) -> float:
    """Luminance of the paper, 0-1: brighter than nearly everything else on it, single bright pixels left out."""
    values = grey[within > 0] if within is not None else grey
    return float(np.percentile(values, 95)) / 255


def ink_contrast(contrast: Grey, ink: Mask, level: float) -> float | None:
    """How much darker than the paper the print's darkest strokes are, as a share of its luminance; None: no print."""
    strokes = contrast[ink > 0]
    if strokes.size < 200 or level <= 0:
        return None
    return min(1.0, float(np.percentile(strokes, 90)) / 255 / level)


def find_glare(rgb: Rgb, ink_contrast_map: Grey) -> list[PixelBox]:
    """Reflections: saturated spots with a soft rim on paper that is not saturated itself, in which the print is gone.

    Empty where the paper is as white as a reflection: none can be told there.
    """
    weakest = rgb.min(axis=2)
    weakest = cv2.blur(weakest, (3, 3))
    typical = float(np.median(weakest[weakest > 90])) if (weakest > 90).any() else 0.0
    if typical > 236:
        return []
    spots = (weakest >= SATURATED).astype(np.uint8) * 255
    reach = max(3, min(spots.shape) // 100) | 1
    spots = cv2.morphologyEx(spots, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    spots = cv2.morphologyEx(spots, cv2.MORPH_OPEN, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(spots, connectivity=8, ltype=cv2.CV_32S)
    area = spots.size
    found: list[PixelBox] = []
    for k in range(1, count):
        left, top, width, height, size = (int(v) for v in stats[k])
        if not 0.004 * area <= size <= 0.4 * area or size < 0.35 * width * height:
            continue
        spot = labels == k
        if _has_soft_rim(weakest, spot, typical) and float(np.mean(ink_contrast_map[spot] > 40)) < 0.02:
            found.append((left, top, left + width, top + height))
    return found[:20]


def _has_soft_rim(weakest: Grey, spot: NDArray[np.bool_], typical: float) -> bool:
    """Whether brightness falls off gradually around a spot: the edge of a white card or window is sharp instead."""
    mask = spot.astype(np.uint8)
    step = max(3, round(float(np.sqrt(mask.sum())) * 0.05))
    near = cv2.dilate(mask, np.ones((2 * step + 1, 2 * step + 1), np.uint8))
    far = cv2.dilate(mask, np.ones((8 * step + 1, 8 * step + 1), np.uint8))
    rim, around = weakest[(near > 0) & ~spot], weakest[(far > 0) & (near == 0)]
    if not rim.size or not around.size:
        return False
    beyond = float(np.median(around))
    middle = (rim > beyond + 0.2 * (255 - beyond)) & (rim < SATURATED)
    return beyond < 243 and float(middle.mean()) > 0.5 and float(np.median(rim)) > typical


def is_grey(rgb: Rgb) -> bool:
    """Whether nothing on the page has a colour: no seal, no stamp pad, no coloured paper, no colour cast."""
    small = cv2.resize(rgb, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.int16)
    spread = small.max(axis=2) - small.min(axis=2)
    return float(np.mean(spread > COLOUR_SPREAD)) < 2e-4 and float(np.median(spread)) <= 3


def is_screenshot(rgb: Rgb) -> bool:
    """Whether a computer drew it: most neighbouring pixels are exactly alike, as no camera or scanner makes them."""
    middle = rgb[: rgb.shape[0] // 2 * 2, : rgb.shape[1] // 2 * 2]
    same = (middle[1:, 1:] == middle[:-1, 1:]).all(axis=2) & (middle[1:, 1:] == middle[1:, :-1]).all(axis=2)
    return bool(same.mean() > 0.55)
