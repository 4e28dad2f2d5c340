"""Rings of red ink: which ellipse a group of ink may lie on, and how that ellipse looks on the page."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from degreecheck.inspectors.red_ink import RedInk

Ellipse = tuple[Sequence[float], Sequence[float], float]  # centre, full axes, degrees: as OpenCV has it
Bits = NDArray[np.bool_]

LEAST_PIXELS = 26  # across: smaller ones cannot be told from characters
LEAST_SIZE, GREATEST_SIZE = 0.035, 0.5  # of the picture's diagonal: 40 mm on A4 are 0.11
LEAST_AXES = 0.55  # shorter : longer axis; oval seals have 0.62-0.75
ANGLES = 180
RADII = np.arange(0.02, 1.42, 0.02, dtype=np.float32)
STEP = 0.02


@dataclass(frozen=True)
class RingLook:
    """How an ellipse on the page looks; everything as a share unless told otherwise."""

    size: float  # pixels across
    of_picture: float  # size as a share of the picture's diagonal
    known: float  # of the ring that lies in the picture and not under black print
    support: float  # of the known ring that is red
    gap: float  # of the ring, the longest piece without red
    thickness: float  # of the ring, in radii
    lean: float  # of the ring that ends on both sides where a ring does
    density: float  # of the inside that is as red as the ring
    ink: float  # of the inside that is red, however pale
    around: float  # of the surroundings that is red
    gold: float  # of the inside that is yellow

    @property
    def is_seal(self) -> bool:
        """Whether it has everything that a seal has and no other red thing has."""
        if self.known < 0.4 or self.thickness > max(0.14, 7 / self.size) or self.gold > 0.08 or self.density > 0.36:
            return False  # a disc, an emblem
        # A circle that somebody drew around something is thinner than rubber, and mostly has no red in it.
        rubber = self.support >= 0.97 and self.thickness >= 0.05
        if self.ink < (0.012 if rubber else 0.035) or (self.thickness < 0.03 and self.size > 100):
            return False
        # Drawn seals of every kind, photographed too, had 0.88-1, 0.93-1 and 0-0.03 here; strokes of large characters
        # reached 0.85, 0.8 and 0.1.
        plain = self.support >= 0.86 and self.lean >= 0.85 and self.around <= 0.12
        beside_red = self.support >= 0.93 and self.lean >= 0.52 and self.around <= 0.45  # a photo, a banner, a headline
        under_print = (
            self.support >= 0.72 and self.lean >= 0.95 and self.around <= 0.05 and self.of_picture < GREATEST_SIZE / 2
        )
        half_hidden = (
            self.gap < 0.42 and self.support / (1 - self.gap) >= 0.95 and self.lean >= 0.95 and self.around < 0.05
        )
        return plain or beside_red or under_print or (half_hidden and self.thickness >= 0.04)

    @property
    def confidence(self) -> float:
        """0.5-1 for what is_seal."""
        return 0.5 + 0.5 * min(1.0, (self.support - 0.6) / 0.3) * (1 - self.around) * min(1.0, self.ink / 0.08)


# ---- ellipses that ink may lie on ----


def ellipses(outline: MatLike, mask: MatLike) -> Iterator[Ellipse]:
    """Ellipses that a group of ink may belong to: around all of it, and around what most of it agrees on.

    ``outline``: points (n x 2) around the group; ``mask``: the ink, 0 or 255.
    """
    hull = cv2.convexHull(outline)[:, 0, :]
    dense = _along(hull)
    if len(dense) >= 12:
        yield cv2.fitEllipse(dense)
    left, top, width, height = cv2.boundingRect(outline)
    ys, xs = np.nonzero(mask[top : top + height, left : left + width])
    for points in (outline, np.stack([xs + left, ys + top], axis=1)):
        circle = _agreed_circle(points)
        if circle is not None:
            yield circle


def _along(hull: MatLike) -> NDArray[np.float32]:
    """Points every two pixels along a closed outline; chords over gaps are no part of it."""
    points = []
    for start, end in zip(hull, np.roll(hull, -1, axis=0), strict=True):
        steps = max(1, int(math.dist(start, end) // 2))
        if steps <= 12:
            points += [start + (end - start) * (k / steps) for k in range(steps)]
    return np.array(points, np.float32).reshape(-1, 2)


def _agreed_circle(ink: MatLike) -> Ellipse | None:
    """The circle on which most of the points lie, where red text or another seal is joined to a ring (RANSAC)."""
    points = ink[:: max(1, len(ink) // 240)].astype(np.float32)
    if len(points) < 30:
        return None
    chance = np.random.default_rng(len(ink))
    a, b, c = (points[chance.integers(0, len(points), 200)] for _ in range(3))
    ab, ac = b - a, c - a
    twice = 2 * (ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0])
    twice[np.abs(twice) < 1e-6] = np.inf
    b2, c2 = (ab**2).sum(axis=1), (ac**2).sum(axis=1)
    x = a[:, 0] + (ac[:, 1] * b2 - ab[:, 1] * c2) / twice
    y = a[:, 1] + (ab[:, 0] * c2 - ac[:, 0] * b2) / twice
    radius = np.hypot(x - a[:, 0], y - a[:, 1])
    fits = (radius > LEAST_PIXELS / 2) & (radius < np.ptp(points, axis=0).max())
    if not fits.any():
        return None
    x, y, radius = x[fits], y[fits], radius[fits]
    off = np.abs(np.hypot(points[:, 0] - x[:, None], points[:, 1] - y[:, None]) - radius[:, None])
    agreeing = np.count_nonzero(off < np.maximum(1.5, 0.04 * radius)[:, None], axis=1)
    best = int(np.argmax(agreeing / np.sqrt(radius)))  # of two equal ones the smaller: large ones are met by chance
    if agreeing[best] < 0.25 * len(points):
        return None
    return (float(x[best]), float(y[best])), (2 * float(radius[best]), 2 * float(radius[best])), 0.0


# ---- how an ellipse looks ----


def _rays(ellipse: Ellipse) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Pixel positions (x, y) for each angle and each radius, 1 being the ellipse itself."""
    (x, y), (first, second), turn = ellipse
    angles = np.linspace(0, math.tau, ANGLES, endpoint=False, dtype=np.float32)[:, None]
    u, v = np.cos(angles) * RADII * first / 2, np.sin(angles) * RADII * second / 2
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return (x + u * cos - v * sin).astype(np.float32), (y + u * sin + v * cos).astype(np.float32)


def _along_rays(plane: MatLike, xs: MatLike, ys: MatLike) -> MatLike:
    return cv2.remap(plane, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)


def fitted(ink: RedInk, ellipse: Ellipse, threshold: float) -> Ellipse | None:
    """The ellipse moved onto the red nearest to it; None where there is too little or it is no seal's size."""
    diagonal = math.hypot(*ink.redness.shape)
    for _ in range(3):
        if not _plausible(ellipse, diagonal):
            return None
        xs, ys = _rays(ellipse)
        near = (RADII > 0.86) & (RADII < 1.12)
        strength = _along_rays(ink.redness, xs, ys)[:, near]
        hits = strength.max(axis=1) > threshold
        if hits.mean() < 0.45:
            return None
        at = np.flatnonzero(near)[strength.argmax(axis=1)]
        rays = np.arange(ANGLES)
        points = np.stack([xs[rays, at], ys[rays, at]], axis=1)[hits]
        moved: Ellipse = cv2.fitEllipse(points.astype(np.float32))
        longer = max(ellipse[1])
        far = math.dist(moved[0], ellipse[0])
        if far > 0.15 * longer:
            return None
        settled = far < 0.5 and abs(max(moved[1]) - longer) < 1
        ellipse = moved
        if settled:
            break
    return ellipse if _plausible(ellipse, diagonal) else None


def _plausible(ellipse: Ellipse, diagonal: float) -> bool:
    if not all(map(math.isfinite, (*ellipse[0], *ellipse[1], ellipse[2]))):
        return False
    shorter, longer = min(ellipse[1]), max(ellipse[1])
    fits = max(LEAST_PIXELS, LEAST_SIZE * diagonal) <= longer <= GREATEST_SIZE * diagonal
    return fits and shorter >= LEAST_AXES * longer


def look_at_ring(ink: RedInk, ellipse: Ellipse, threshold: float) -> RingLook:
    """Measure an ellipse; what is redder than ``threshold`` counts as ink."""
    rows, columns = ink.redness.shape
    size = min(ellipse[1])
    xs, ys = _rays(ellipse)
    nearest = (ys.round().astype(int).clip(0, rows - 1), xs.round().astype(int).clip(0, columns - 1))
    inside = (xs >= 0) & (xs < columns) & (ys >= 0) & (ys < rows)
    strength = _along_rays(ink.redness, xs, ys)
    red: Bits = np.asarray(strength > threshold, np.bool_)
    ring = np.abs(RADII - 1) <= max(0.035, 2.4 / size) + 0.001
    hits: Bits = np.asarray(red[:, ring].any(axis=1))
    hidden = (ink.dark[nearest] & inside & ~red)[:, ring].any(axis=1)
    visible = inside[:, ring].all(axis=1)
    known = hits | (visible & ~hidden)
    peak = strength[:, ring].max(axis=1, keepdims=True)
    typical = float(np.median(peak))
    thickness = _run_lengths(np.asarray(strength > np.maximum(threshold, 0.5 * peak), np.bool_), hits) * STEP
    weights = np.where(inside, RADII[None, :], 0)
    inner = (RADII < 0.84) & (RADII > 0.05)
    return RingLook(
        size=size,
        of_picture=size / math.hypot(rows, columns),
        known=float(known.mean()) if visible.mean() >= 0.5 else 0.0,
        support=float(hits[known].mean()) if known.any() else 0.0,
        gap=_longest_gap(hits),
        thickness=float(np.median(thickness)),
        lean=float((thickness < max(0.16, 8 / size)).mean()),  # strokes of large characters run on through the ellipse
        density=_share(np.asarray(strength > max(threshold, 0.4 * typical)), inner, weights),
        # characters are thinner than the ring, so their ink looks paler in a small picture
        ink=_share(np.asarray(strength > max(0.03, 4 * ink.noise, 0.12 * typical)), inner, weights),
        around=_share(red, (RADII > 1.08) & (RADII < 1.3), weights),
        gold=_share(ink.yellow[nearest], RADII < 0.95, weights),
    )


def _longest_gap(hits: Bits) -> float:
    """The longest run without a hit around the circle, as a share of it."""
    at = np.flatnonzero(hits)
    if not at.size:
        return 1.0
    return (int(np.diff(np.append(at, at[0] + len(hits))).max()) - 1) / len(hits)


def _share(mask: Bits, radii: Bits, weights: NDArray[np.float32]) -> float:
    part = weights[:, radii]
    return float((mask[:, radii] * part).sum() / max(1e-6, float(part.sum())))


def _run_lengths(red: Bits, hits: Bits) -> NDArray[np.int64]:
    """How many steps of radius the ink that meets the ellipse goes on for, along each ray that meets it."""
    at = int(np.argmin(np.abs(RADII - 1)))
    lengths = []
    for ray in red[hits]:
        close = np.flatnonzero(ray[at - 4 : at + 5])
        if not close.size:
            continue
        first = last = at - 4 + int(close[np.argmin(np.abs(close - 4))])
        while first > 0 and ray[first - 1]:
            first -= 1
        while last + 1 < len(ray) and ray[last + 1]:
            last += 1
        lengths.append(last - first + 1)
    return np.array(lengths or [len(RADII)])
