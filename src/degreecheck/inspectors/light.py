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

SATURATED = 246  # of 255, in every channel: nothing is left to see
WHITE_PAPER = 228  # of 255: a reflection cannot be told from brighter paper
SMALLEST_SPOT, LARGEST_SPOT = 0.0012, 0.4  # of the picture: a few characters; beyond it is no spot but overexposure
MOST_SPOTS = 20
COLOUR_SPREAD = (
    14  # levels between the strongest and the weakest channel that no grey pixel has, JPEG and noise included
)


def paper_level(grey: Grey, within: Mask | None = None) -> float:
    """Luminance of the paper, 0-1: brighter than nearly everything else on it, single bright pixels left out."""
    values = grey[within > 0] if within is not None else grey
    return float(np.percentile(values.ravel()[::5], 95)) / 255


def ink_contrast(contrast: Grey, ink: Mask, level: float) -> float:
    """How much darker than the paper the print's darkest strokes are, as a share of the paper's luminance."""
    strokes = contrast[ink > 0]
    darkest = np.percentile(strokes, 90) if strokes.size >= 200 else np.percentile(contrast[::2, ::2], 99.9)
    return min(1.0, float(darkest) / 255 / max(level, 0.01))


def find_glare(rgb: Rgb, contrast: Grey, within: Mask | None = None) -> list[PixelBox]:
    """Reflections: saturated spots with a soft rim, on paper that is not saturated itself, in which the print is gone.

    Empty where the paper is as white as a reflection: none can be told there.
    """
    red, green, blue = cv2.split(rgb)
    weakest = cv2.blur(cv2.min(cv2.min(red, green), blue), (3, 3))
    paper = weakest[within > 0] if within is not None else weakest[weakest > 80]
    if not paper.size or float(np.median(paper.ravel()[::5])) > WHITE_PAPER:
        return []
    spots: Mask = np.where(weakest >= SATURATED, 255, 0).astype(np.uint8)
    reach = max(3, min(spots.shape) // 100) | 1
    spots = cv2.morphologyEx(spots, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    spots = cv2.morphologyEx(spots, cv2.MORPH_OPEN, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(spots, connectivity=8, ltype=cv2.CV_32S)
    found: list[PixelBox] = []
    for k in np.argsort(-stats[1:, 4])[:MOST_SPOTS] + 1 if count > 1 else ():
        left, top, width, height, size = (int(v) for v in stats[k])
        if not SMALLEST_SPOT * spots.size <= size <= LARGEST_SPOT * spots.size or size < 0.35 * width * height:
            continue
        reach = round(0.45 * size**0.5)
        window = (slice(max(0, top - reach), top + height + reach), slice(max(0, left - reach), left + width + reach))
        spot = labels[window] == k
        if _has_soft_rim(weakest[window], spot) and float(np.mean(contrast[window][spot] > 40)) < 0.02:
            found.append((left, top, left + width, top + height))
    return found


def _has_soft_rim(weakest: Grey, spot: NDArray[np.bool_]) -> bool:
    """Whether light falls off gradually around a spot; at the edge of a white card or photo it falls at once."""
    away = cv2.distanceTransform((~spot).astype(np.uint8), cv2.DIST_L2, 3)
    size = float(np.sqrt(spot.sum()))
    near = weakest[(away > 3) & (away <= 4 + 0.1 * size)]  # the first pixels are mixed at any edge
    far = weakest[(away > 0.3 * size) & (away <= 0.45 * size)]
    if not near.size or not far.size:
        return False
    # print around the spot is dark: look at the paper between
    beside, beyond = float(np.percentile(near, 70)), float(np.percentile(far, 70))
    return beyond < WHITE_PAPER + 4 and beside - beyond > 0.2 * (255 - beyond)


def is_grey(rgb: Rgb) -> bool:
    """Whether nothing on the page has a colour: no seal, no stamp pad, no coloured paper, no colour cast."""
    small = cv2.resize(rgb, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    red, green, blue = cv2.split(small)
    spread = cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue))
    return float(np.mean(spread > COLOUR_SPREAD)) < 2e-4 and float(np.median(spread.ravel()[::5])) <= 3


def is_screenshot(grey: Grey) -> bool:
    """Whether a computer drew it: most neighbouring pixels are exactly alike, as no camera or scanner makes them."""
    here = grey[1:, 1:]
    return float(np.mean((here == grey[:-1, 1:]) & (here == grey[1:, :-1]))) > 0.6
