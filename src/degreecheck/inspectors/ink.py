"""The print on a paper: where its ink is, how high its characters are, which way its lines run, and how sharp it is.

Nothing is read here: only sizes, directions and edges of dark marks on something lighter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

Grey = MatLike  # height x width, 8 bits
Mask = MatLike  # height x width, 0 or 255

LEAST_CONTRAST = 14  # levels of 255 between ink and paper: below lies noise and the texture of paper
LEAST_MARKS = 12  # characters that a statement about "the print" rests on
LEAST_LINES = 3
LEAST_HEIGHT = 3.5  # pixels: lower lines are grain, not print
OWN_SPREAD = 0.62  # variance that measuring adds: smoothing against noise 0.5, sampling in pixels the rest


@dataclass(frozen=True)
class Marks:
    """Connected ink of character size: one row per mark (left, top, width, height, area), and their mask."""

    boxes: NDArray[np.int32]
    mask: Mask
    contrast: Grey  # how much darker than the paper around it each pixel is
    strongest: float  # contrast of the darkest strokes


@dataclass(frozen=True)
class Lines:
    """Which way the print runs, across the picture or along it; its skew in degrees, and how many lines show it."""

    direction: Literal["level", "on_side"] | None
    skew: float | None
    count: int
    height: float | None  # of a character, pixels


def darker_than_paper(grey: Grey) -> Grey:
    """How much darker each pixel is than the paper around it: shading and shadows cancel out, strokes stay."""
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    reach = max(7, min(small.shape) // 24) | 1  # wider than the strokes of a title, narrower than a shadow
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    paper = cv2.blur(paper, (reach, reach))
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.subtract(paper, grey)


def find_marks(grey: Grey, within: Mask | None = None) -> Marks:
    """Ink of character size, without rules, borders, pictures and specks; only inside ``within`` where it is given."""
    contrast = darker_than_paper(grey)
    if within is not None:
        contrast = cv2.bitwise_and(contrast, within)
    # of the darkest strokes, not of the average: a page is mostly blank
    strongest = float(np.percentile(contrast[::2, ::2], 99.5))
    threshold = max(LEAST_CONTRAST, 0.38 * strongest)
    mask = (contrast > threshold).astype(np.uint8) * 255
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    greatest = min(grey.shape) / 8
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    keep = (
        (longer <= greatest) & (longer >= 4) & (longer <= 12 * shorter) & (area >= 6) & (area >= 0.08 * width * height)
    )
    keep[0] = False
    return Marks(stats[keep], np.where(keep[labels], 255, 0).astype(np.uint8), contrast, strongest)


def _rough_height(marks: Marks) -> float:
    """Height of a character within a factor of two: enough to know how far smearing has to reach."""
    # by number, because titles are few; high up, because most marks are parts of characters
    return float(np.percentile(np.maximum(marks.boxes[:, 2], marks.boxes[:, 3]), 65))


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])


def find_lines(marks: Marks) -> Lines:
    """Which way the print runs.

    Characters of one line stand closer together than lines do. So smearing ink step by step along the true direction
    makes long runs early, smearing it across makes them late or never.
    """
    if len(marks.boxes) < LEAST_MARKS:
        return Lines(None, None, 0, None)
    height = _rough_height(marks)
    scale = min(1.0, 10 / height)  # ten pixels a character suffice here, and cost little
    mask = marks.mask if scale == 1 else cv2.resize(marks.mask, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    mask = (mask > 60).astype(np.uint8) * 255
    size = height * scale
    votes = []
    for gap in (0.35, 0.6, 0.9):
        reach = max(2, round(gap * size)) + 1
        across = _mean_length(mask, (reach, 1), 2)
        along = _mean_length(mask, (1, reach), 3)
        votes.append(math.log(across / along))
    vote = float(np.mean(votes))
    if -0.45 <= vote <= 0.3:  # that a paper lies on its side has to be surer than that it does not
        return Lines(None, None, 0, None)
    skew, count, thickness = _bands(mask if vote > 0 else cv2.rotate(mask, cv2.ROTATE_90_CLOCKWISE), size)
    if (thickness is not None and thickness < LEAST_HEIGHT * scale) or (vote < 0 and count <= LEAST_LINES):
        return Lines(None, None, 0, None)  # specks, or too little for saying that a paper lies on its side
    return Lines("level" if vote > 0 else "on_side", skew, count, thickness and thickness / scale)


def _mean_length(mask: Mask, reach: tuple[int, int], column: int) -> float:
    """Mean length of the runs after smearing, each weighted by its length: what a random bit of ink belongs to."""
    smeared = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones(reach[::-1], np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(smeared, connectivity=8, ltype=cv2.CV_32S)
    lengths = stats[1:, column].astype(float)
    return float((lengths**2).sum() / max(1.0, lengths.sum())) if len(lengths) else 1.0


def _bands(mask: Mask, size: float) -> tuple[float | None, int, float | None]:
    """Slope of the lines in degrees, clockwise positive; how many lines there are; how thick they are, in pixels."""
    smeared = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, max(3, round(1.1 * size))), np.uint8))
    count, labels, stats, centroids = cv2.connectedComponentsWithStats(smeared, connectivity=8, ltype=cv2.CV_32S)
    ys, xs = np.nonzero(smeared)
    of = labels[ys, xs]
    dx, dy = xs - centroids[of, 0], ys - centroids[of, 1]
    xx, yy, xy = (np.bincount(of, product, count) / stats[:, 4] for product in (dx * dx, dy * dy, dx * dy))
    long = (stats[:, 2] >= 2.5 * size) & (xx > 6 * yy)
    long[0] = False
    lines = int(long.sum())
    if lines < LEAST_LINES:
        return None, lines, None
    xx, yy, xy = xx[long], yy[long], xy[long]
    slope = _weighted_median(np.degrees(0.5 * np.arctan2(2 * xy, xx - yy)), stats[long, 2].astype(float))
    # the smaller eigenvalue is the variance across the line; that of an even band is thickness squared / 12
    across = (xx + yy) / 2 - np.sqrt(((xx - yy) / 2) ** 2 + xy**2)
    thickness = float(np.median(np.sqrt(12 * np.maximum(across, 0) + 1)))
    return (slope if abs(slope) <= 45 else None), lines, thickness


def blur_of(grey: Grey, marks: Marks) -> float | None:
    """Standard deviation, in pixels, of the Gaussian that would blur a perfect edge as the print's edges are blurred.

    Each edge of ink tells it by its whole rise against its steepest step. Of the two directions the worse one counts: a
    shaken camera blurs one. None where there is no ink.
    """
    strongest = marks.strongest
    if strongest < LEAST_CONTRAST:
        return None
    rows = np.flatnonzero(cv2.reduce(marks.contrast, 1, cv2.REDUCE_MAX).ravel() > 0.5 * strongest)
    if not rows.size:
        return None
    grey = grey[rows[0] : rows[-1] + 1]
    spreads = [_edge_spread(cv2.blur(grey, (1, 3)), strongest), _edge_spread(cv2.blur(grey.T, (1, 3)), strongest)]
    known = [spread for spread in spreads if spread is not None]
    return max(known) if known else None


def _edge_spread(grey: Grey, strongest: float) -> float | None:
    """Blur of the edges that are met along the rows."""
    smooth = cv2.filter2D(grey, cv2.CV_32F, np.array([[0.25, 0.5, 0.25]], np.float32))  # noise would break edges up
    steps = np.diff(smooth, axis=1).ravel()
    steps[np.abs(steps) < 0.02 * strongest] = 0
    starts = np.flatnonzero(np.diff(np.sign(steps))) + 1
    if starts.size < 2:
        return None
    rises = np.abs(np.add.reduceat(steps, starts))
    edges = rises > 0.55 * strongest
    if int(edges.sum()) < 60:
        return None
    steepest = np.maximum.reduceat(np.abs(steps), starts)[edges]
    # a Gaussian edge of height h and deviation s is at most h / (s * sqrt(2 pi)) steep
    spread = float(np.median(rises[edges] / steepest)) / math.sqrt(2 * math.pi)
    return math.sqrt(max(0.0, spread**2 - OWN_SPREAD))
