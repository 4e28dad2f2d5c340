"""Margins: a frame, a scanner's white, a phone's black bars along the sides of a photo."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from degreecheck.facts import Side
from degreecheck.inspectors.colours import Lab

_SAME = 8.0  # ΔE within one margin: paper, noise, JPEG
_OTHER = 13.0  # ΔE at which a pixel is no longer the margin's
_UNIFORM = 0.97  # of a margin's line has its colour: corners may be rounded
_LEFT_OVER = 0.3  # of the first line inside may still have it: the margins of the neighbouring sides
_SOFT = 4  # lines from the margin to the picture: scaling and sharpening blur the step
_THINNEST = 2  # lines: a single one comes from scaling
_WIDEST = 0.35


@dataclass(frozen=True)
class Margin:
    """A margin: the side, its width in pixels of the picture that was looked at, its median colour (L*, a*, b*)."""

    side: Side
    pixels: int
    colour: tuple[float, float, float]


def find_margins(lab: Lab) -> tuple[Margin, ...]:
    """The margins of a picture, at most one per side. A plain background is no margin: it does not end in a line."""
    turned: tuple[tuple[Side, Lab], ...] = (
        ("left", lab.transpose(1, 0, 2)),
        ("top", lab),
        ("right", lab[:, ::-1].transpose(1, 0, 2)),
        ("bottom", lab[::-1]),
    )
    found = ((side, _top_margin(lines)) for side, lines in turned)
    return tuple(Margin(side, *margin) for side, margin in found if margin is not None)


def _top_margin(lines: Lab) -> tuple[int, tuple[float, float, float]] | None:
    count = int(len(lines) * _WIDEST)
    if count < _THINNEST + _SOFT:
        return None
    colour = np.median(lines[:_THINNEST].reshape(-1, 3), axis=0)
    distance = np.sqrt(((lines[: count + _SOFT] - colour) ** 2).sum(axis=2))
    uniform = (distance < _SAME).mean(axis=1) >= _UNIFORM
    width = int(np.argmin(uniform)) if not uniform.all() else len(uniform)
    if not _THINNEST <= width <= count:
        return None
    left_over = (distance[width : width + _SOFT] < _OTHER).mean(axis=1)
    if left_over.min() > _LEFT_OVER:
        return None
    return width, (float(colour[0]), float(colour[1]), float(colour[2]))
