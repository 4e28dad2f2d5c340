"""Square frames of red ink, and how they look on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from degreecheck.inspectors.red_ink import RedInk

Rectangle = tuple[Sequence[float], Sequence[float], float]  # centre, size, degrees: as OpenCV has it


@dataclass(frozen=True)
class SquareLook:
    """How a rectangle on the page looks, everything as a share."""

    support: float  # of the known frame that is red, on its worst side
    known: float  # of the frame that does not lie under black print
    depth: float  # thickness of the frame, of the rectangle's side, on its thickest
    around: float  # red of the surroundings, on the worst side
    density: float  # red of the inside
    grid: float  # of the inside's width or height that the straightest line of ink runs through
    gold: float  # of the inside that is yellow

    @property
    def is_seal(self) -> bool:
        """Whether it is a frame of its own, full of characters: no cell of a table, no filled sign."""
        if self.known < 0.5 or self.around > 0.14 or self.gold > 0.05 or self.grid > 0.95 or self.density > 0.68:
            return False
        plain = self.support >= 0.8 and self.depth <= 0.17 and self.density >= 0.12
        whole_frame = self.support >= 0.95 and self.depth <= 0.25 and self.density >= 0.06 and self.around <= 0.05
        return plain or whole_frame

    @property
    def confidence(self) -> float:
        """0.5-1 for what is_seal."""
        return 0.5 + 0.5 * min(1.0, (self.support - 0.7) / 0.25) * (1 - self.around)


SIDE, MARGIN = 96, 16  # pixels of the straightened frame, and of what is looked at around it


def look_at_square(ink: RedInk, rectangle: Rectangle, threshold: float) -> SquareLook:
    """Measure a rectangle; what is redder than ``threshold`` counts as ink."""
    whole = SIDE + 2 * MARGIN
    low, high = float(MARGIN), float(MARGIN + SIDE)
    corners = cv2.boxPoints(rectangle).astype(np.float32)
    target = np.array([(low, high), (low, low), (high, low), (high, high)], np.float32)
    straighten = cv2.getPerspectiveTransform(corners, target)
    strength = cv2.warpPerspective(ink.redness, straighten, (whole, whole))
    dark, yellow = (
        cv2.warpPerspective(plane.astype(np.uint8), straighten, (whole, whole), flags=cv2.INTER_NEAREST) > 0
        for plane in (ink.dark, ink.yellow)
    )
    sides = [_look_at_side(np.rot90(strength, turn), np.rot90(dark, turn), threshold) for turn in range(4)]
    typical = float(np.median([side.peak for side in sides]))
    faint = strength > max(0.03, 4 * ink.noise, 0.4 * typical)
    inner = faint[MARGIN + 14 : -MARGIN - 14, MARGIN + 14 : -MARGIN - 14]
    return SquareLook(
        support=min(side.support for side in sides),
        known=float(np.mean([side.known for side in sides])),
        depth=max(side.depth for side in sides),
        around=max(side.around for side in sides),
        density=float(inner.mean()),
        grid=max(float(inner.mean(axis=0).max()), float(inner.mean(axis=1).max())),
        gold=float(yellow[MARGIN:-MARGIN, MARGIN:-MARGIN].mean()),
    )


@dataclass(frozen=True)
class _SideLook:
    support: float
    known: float
    depth: float
    around: float
    peak: float


def _look_at_side(strength: MatLike, dark: NDArray[np.bool_], threshold: float) -> _SideLook:
    """The upper side of a straightened frame."""
    across = slice(MARGIN + 4, MARGIN + SIDE - 4)
    peak = strength[MARGIN - 4 : MARGIN + 9, across].max(axis=0)
    hits = peak > threshold
    known = hits | ~dark[MARGIN - 2 : MARGIN + 7, across].any(axis=0)
    inward = strength[MARGIN - 4 : MARGIN + SIDE // 2, across] > np.maximum(threshold, 0.5 * peak)
    return _SideLook(
        support=float(hits[known].mean()) if known.any() else 0.0,
        known=float(known.mean()),
        depth=float(np.median(_first_runs(inward))) / SIDE,
        around=float((strength[: MARGIN - 5] > threshold).mean()),
        peak=float(np.median(peak)),
    )


def _first_runs(strip: MatLike) -> list[int]:
    """Length of the first run of ink in each column."""
    lengths = []
    for column in strip.T:
        ink = column[int(column.argmax()) :]
        gaps = np.flatnonzero(~ink)
        lengths.append(int(gaps[0]) if gaps.size else len(ink))
    return lengths
