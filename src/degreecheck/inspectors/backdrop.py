"""Finds the area of a portrait that really is background: not the clothes, not the hair, not a frame.

The person is kept out by where a person must be, given the face (head, neck, shoulders); what is left is grown from the
picture's upper edges over smooth ground, then held to one smooth course of colour, so that light from one side, a
vignette or a paler lower half stay background, while hair, clothes and objects do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from degreecheck.inspectors.colours import Lab, Mask, chroma, difference, hue
from degreecheck.inspectors.face import Found

Design = npt.NDArray[np.float64]

_STRIP = 0.05  # of the picture: the upper edges from which the ground is grown
_SMOOTH = (2.5, 6.0)  # ΔE per pixel: limits of the step that still counts as smooth ground
_NOISE_FACTOR = 3.0
_LEAST_PIECE = 0.004  # of the picture's area
_SAME_GROUND = (9.0, 22.0)  # ΔE from the smooth course: limits of what is still the same ground
_LEAST_GROUND = 0.02  # of the picture's area: with less there is nothing to judge
_ROBUST_ROUNDS = 3


@dataclass(frozen=True)
class Backdrop:
    """Masks of the picture, and the smooth course of colour through the ground, over the whole picture."""

    ground: Mask  # background
    person: Mask  # where head, neck and shoulders must be
    body: Mask  # of this, neck and shoulders; without a face all of it
    strip: Mask  # the upper edges, without the person
    around: Mask  # the background as far as it reaches towards the head; over clothes it may run on
    course: Lab


def find_backdrop(lab: Lab, faces: Sequence[Found]) -> Backdrop | None:
    """The background of a portrait (at most some 300 pixels high); None where none can be told from the person."""
    head, body = _person(lab.shape[0], lab.shape[1], faces)
    person = head | body
    zone = ~person
    strip = zone & _upper_edges(lab.shape[0], lab.shape[1])
    pieces = _smooth_pieces(lab, zone, strip)
    if not pieces:
        return None
    main = max(pieces, key=lambda piece: int((piece & strip).sum()) + 0.05 * int(piece.sum()))
    ground = main.copy()
    for piece in pieces:
        if piece is not main and _same_family(lab[main], lab[piece]):
            ground |= piece
    course, spread = smooth_course(lab, ground)
    limit = float(np.clip(4 * spread, *_SAME_GROUND))
    similar = zone & (difference(lab, course) < limit)
    ground = _connected(similar | (ground & (difference(lab, course) < 2 * limit)), ground)
    if ground.sum() < _LEAST_GROUND * ground.size:
        return None
    course, _ = smooth_course(lab, ground)
    around = _connected((difference(lab, course) < limit) | ground, ground)
    return Backdrop(ground, person, body, strip, around, course)


def _person(height: int, width: int, faces: Sequence[Found]) -> tuple[Mask, Mask]:
    """Where heads, and where necks and shoulders must be.

    Without a face all but the top and the upper sides may be the body.
    """
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    head: Mask = np.zeros((height, width), bool)
    if not faces:
        beside = (np.abs(x / width - 0.5) > 0.3) & (y < 0.5 * height)
        free: Mask = beside | (y < 0.1 * height)
        return head, ~free
    body = head.copy()
    for face in faces:
        away = np.abs(x - face.centre[0]) / face.width
        down = (y - face.y) / face.height
        head |= (away / 0.56) ** 2 + ((down - 0.42) / 0.82) ** 2 < 1
        # Shoulders begin under the chin and fall outwards; a hood or a raised collar stands higher than most.
        body |= ((away < 0.45) & (down > 0.5)) | (down > 0.92 + 0.42 * np.maximum(away - 0.4, 0))
    return head, body


def _upper_edges(height: int, width: int) -> Mask:
    y, x = np.mgrid[0:height, 0:width]
    margin = max(2, round(_STRIP * width))
    beside = (x < margin) | (x >= width - margin)
    edges: Mask = (y < max(2, round(_STRIP * height))) | (beside & (y < 0.6 * height))
    return edges


def _smooth_pieces(lab: Lab, zone: Mask, strip: Mask) -> list[Mask]:
    smooth = cv2.GaussianBlur(lab, (0, 0), 1.0)
    x, y = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    step = np.sqrt((x**2 + y**2).sum(axis=2)) / 8
    limit = float(np.clip(_NOISE_FACTOR * np.median(step[strip]), *_SMOOTH)) if strip.any() else _SMOOTH[0]
    count, labels = cv2.connectedComponents((zone & (step < limit)).astype(np.uint8), connectivity=4)
    sizes = np.bincount(labels.ravel(), minlength=count)
    touching = np.unique(labels[strip])
    least = _LEAST_PIECE * zone.size
    return [labels == label for label in touching if label != 0 and sizes[label] >= least]


def _same_family(one: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> bool:
    """Whether two pieces of ground, parted by the head, can be one wall in uneven light."""
    first, second = np.median(one, axis=0)[None], np.median(other, axis=0)[None]
    lightness = abs(float(first[0, 0] - second[0, 0]))
    saturation = float(chroma(first)[0]), float(chroma(second)[0])
    if min(saturation) < 8:
        return lightness < 22 and float(np.hypot(*(first - second)[0, 1:])) < 8
    turn = abs(float(hue(first)[0] - hue(second)[0]))
    return min(turn, 360 - turn) < 16 and lightness < 32 and abs(saturation[0] - saturation[1]) < 26


def smooth_course(lab: Lab, ground: Mask) -> tuple[Lab, float]:
    """The smooth course of colour through the ground, over the whole picture, and the typical ΔE from it.

    Quadratic in both directions, fitted robustly; linear across where the ground lies on one side only, because a
    quadratic would run away on the other.
    """
    height, width = ground.shape
    rows, columns = np.nonzero(ground)
    thin = max(1, len(rows) // 4000)
    rows, columns = rows[::thin], columns[::thin]
    one_sided = columns.max() - columns.min() < 0.6 * width
    values = lab[rows, columns].astype(np.float64)
    terms = _terms(columns / width - 0.5, rows / height - 0.5, one_sided)
    weights = np.ones(len(rows))
    ridge = 1e-3 * np.eye(terms.shape[1])  # a thin strip does not determine every term
    spread = 1.0
    for _ in range(_ROBUST_ROUNDS):
        weighted = terms * weights[:, None]
        factors = np.linalg.solve(terms.T @ weighted + ridge, weighted.T @ values)
        away = np.sqrt(((terms @ factors - values) ** 2).sum(axis=1))
        spread = max(float(np.median(away)), 0.5)
        weights = 1 / (1 + (away / (3 * spread)) ** 2) ** 2
    y, x = np.mgrid[0:height, 0:width]
    course = _terms((x / width - 0.5).ravel(), (y / height - 0.5).ravel(), one_sided) @ factors
    return course.reshape(height, width, 3).astype(np.float32), spread


def _terms(x: Design, y: Design, one_sided: bool) -> Design:
    plain = [np.ones_like(x), x, y, y * y]
    return np.stack(plain if one_sided else [*plain, x * x, x * y], axis=1)


def _connected(mask: Mask, seeds: Mask) -> Mask:
    """The parts of a mask that hang together with the seeds, without threads such as single hairs."""
    kernel = np.ones((3, 3), np.uint8)
    solid = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    solid = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, kernel)
    count, labels = cv2.connectedComponents(solid, connectivity=4)
    kept = np.zeros(count, bool)
    kept[np.unique(labels[seeds])] = True
    kept[0] = False
    result: Mask = kept[labels]
    return result
