"""Finds red seals: rings (round or oval) with text and mostly a star in them, and square frames full of characters.

A red banner, red headlines, tables, emblems and clothes are red too; a seal is told by its outline: a thin ring or
frame that closes, clean paper around it, and further ink within that fills part of it. The program sees ink of this
shape, never whether a seal is genuine.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from cv2.typing import MatLike

from degreecheck.facts import Seal
from degreecheck.inspectors.red_ink import RedInk, find_red_ink
from degreecheck.inspectors.ring import GREATEST_SIZE, LEAST_PIXELS, LEAST_SIZE, ellipses, fitted, look_at_ring
from degreecheck.inspectors.square import Rectangle, look_at_square

Rgb = MatLike  # 8 bits
Mask = MatLike  # 0 or 255

THRESHOLDS = (0.32, 0.17, 0.075, 0.045)  # of redness: fresh ink on a patterned paper first, a seal of 35 % or less last
ROUND = 0.82  # shorter : longer axis; a round seal seen from 35 degrees aside has as much
MOST_SEALS = 20


@dataclass(frozen=True)
class Candidate:
    """A seal in pixels of the red-ink planes."""

    box: tuple[float, float, float, float]
    shape: Literal["round", "oval", "square"]
    confidence: float


def find_seals(rgb: Rgb) -> tuple[Seal, ...]:
    """Every red seal on a page, upright or turned, the surest first."""
    ink = find_red_ink(rgb)
    rows, columns = ink.redness.shape
    found: list[Candidate] = []
    for threshold in THRESHOLDS:
        if threshold < 4 * ink.noise:
            break
        for candidate in _at_threshold(ink, threshold):
            if not any(_overlap(candidate.box, other.box) > 0.3 for other in found):
                found.append(candidate)
        if found:
            break  # all seals of a page are about as fresh, and what is paler is more often none
    found.sort(key=lambda candidate: -candidate.confidence)
    return tuple(
        Seal(
            box=(
                max(0.0, min(1.0, seal.box[0] / columns)),
                max(0.0, min(1.0, seal.box[1] / rows)),
                max(0.0, min(1.0, seal.box[2] / columns)),
                max(0.0, min(1.0, seal.box[3] / rows)),
            ),
            shape=seal.shape,
            confidence=round(seal.confidence, 2),
        )
        for seal in found[:MOST_SEALS]
    )


def _at_threshold(ink: RedInk, threshold: float) -> Iterator[Candidate]:
    diagonal = math.hypot(*ink.redness.shape)
    mask = _without_solids((ink.redness > threshold).astype(np.uint8) * 255, diagonal)
    if not 40 <= cv2.countNonZero(mask) <= 0.4 * mask.size:
        return
    for reach in (3, 9):
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
        yield from _squares(ink, closed, threshold, diagonal)
    without_lines = _without_lines(mask, round(0.085 * diagonal))
    tried: list[tuple[float, ...]] = []
    for reach in (3, 7, 13, round(0.016 * diagonal)):
        closed = cv2.morphologyEx(without_lines, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
        for outline in _outlines(closed, diagonal):
            for ellipse in ellipses(outline, without_lines):
                key = (*ellipse[0], max(ellipse[1]))
                if any(math.dist(key, other) < 0.06 * key[2] for other in tried):
                    continue
                tried.append(key)
                seal = _ring(ink, ellipse, threshold)
                if seal is not None:
                    yield seal


def _ring(ink: RedInk, guess: Rectangle, threshold: float) -> Candidate | None:
    ellipse = fitted(ink, guess, threshold)
    if ellipse is None:
        return None
    look = look_at_ring(ink, ellipse, threshold)
    if not look.is_seal:
        return None
    (x, y), (first, second), turn = ellipse
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    wide, high = math.hypot(first * cos, second * sin) / 2, math.hypot(first * sin, second * cos) / 2
    shape: Literal["round", "oval"] = "round" if min(ellipse[1]) > ROUND * max(ellipse[1]) else "oval"
    return Candidate((x - wide, y - high, x + wide, y + high), shape, look.confidence)


def _without_solids(mask: Mask, diagonal: float) -> Mask:
    """Without red desks, banners and covers: areas far thicker than anything in a seal."""
    small = cv2.resize(mask, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_NEAREST)
    thick = round(0.025 / 4 * diagonal) | 1
    solid = cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8, ltype=cv2.CV_32S)
    large = stats[:, 4] > 0.02 * small.size
    large[0] = False
    if not large.any():
        return mask
    gone = cv2.dilate(np.where(large[labels], 255, 0).astype(np.uint8), np.ones((thick, thick), np.uint8))
    return cv2.subtract(mask, cv2.resize(gone, mask.shape[::-1], interpolation=cv2.INTER_NEAREST))


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """Common area as a share of the smaller box."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return max(0.0, width) * max(0.0, height) / max(1.0, smaller)


def _without_lines(mask: Mask, length: int) -> Mask:
    """Without straight rules, which run through seals on forms and join them to everything else."""
    across = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    along = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    lines = cv2.bitwise_or(across, along)
    return cv2.subtract(mask, lines) if cv2.countNonZero(lines) else mask


def _outlines(mask: Mask, diagonal: float) -> Iterator[MatLike]:
    """Outer outlines of connected ink as large as a seal may be."""
    contours, parents = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    for contour, (_, _, _, parent) in zip(contours, parents[0] if len(contours) else (), strict=True):
        if parent >= 0:
            continue  # the rim of a hole; what stands in a hole (a seal in a red page frame) has an outline of its own
        _, _, width, height = cv2.boundingRect(contour)
        longer, shorter = max(width, height), min(width, height)
        if (
            longer >= max(LEAST_PIXELS, LEAST_SIZE * diagonal)
            and longer <= GREATEST_SIZE * diagonal * 1.6
            and shorter * 6 > longer
        ):
            yield np.asarray(contour[:, 0, :], np.int32)


def _squares(ink: RedInk, mask: Mask, threshold: float, diagonal: float) -> Iterator[Candidate]:
    rectangles = [cv2.minAreaRect(outline) for outline in _outlines(mask, diagonal)]
    sized = [
        (centre, size, turn)
        for centre, size, turn in rectangles
        if min(size) >= LEAST_PIXELS * 0.8 and max(size) <= 0.16 * diagonal and min(size) > 0.68 * max(size)
    ]
    for rectangle in sized:
        centre, size, _ = rectangle
        row = [
            other for other in sized if other is not rectangle and 0.6 < math.dist(other[0], centre) / max(size) < 1.7
        ]
        if any(0.6 < max(other[1]) / max(size) < 1.6 for other in row):
            continue  # large red characters of a headline stand in a row, and some are framed (国)
        look = look_at_square(ink, rectangle, threshold)
        if look.is_seal:
            left, top, width, height = cv2.boundingRect(cv2.boxPoints(rectangle))
            yield Candidate((left, top, left + width, top + height), "square", look.confidence)
