"""How far a head leans to one side."""

from __future__ import annotations

import cv2
import numpy as np

from degreecheck.inspectors.face import Found, Grey, support_near

_SIDE = 64  # pixels of the face in the patch that is looked at
_STEP = 3
_LIMIT = 33
_LEAST = 5  # windows of the finder
_SMALLEST_FACE = 40  # pixels
_AGREEMENT = 9.0  # degrees between two ways of measuring: beyond that neither is believed


def measure_tilt(grey: Grey, face: Found) -> float | None:
    """Degrees by which the head leans, positive when its top leans to the picture's right; None when unsure.

    Two ways have to agree: the angle at which the face is most like its mirror image, and the one at which the finder
    likes it best. Both see glasses, beards and closed eyes, where a finder of eyes fails.
    """
    if face.width < _SMALLEST_FACE:
        return None
    mirrored = _most_symmetric(grey, face)
    liked = _best_liked(grey, face)
    if mirrored is None or liked is None or abs(mirrored - liked) > _AGREEMENT:
        return None
    return (2 * mirrored + liked) / 3


def _patch(grey: Grey, face: Found, angle: float, side: int, widen: float) -> Grey:
    """The face turned back by ``angle`` degrees, ``side`` pixels wide, with ``widen`` times as much around it."""
    whole = int(side * widen)
    x, y = face.centre
    turn = cv2.getRotationMatrix2D((x, y), angle, side / face.width)
    turn[:, 2] += np.array([whole / 2 - x, whole / 2 - y])
    method = cv2.INTER_AREA if side < face.width else cv2.INTER_LINEAR
    patch = cv2.warpAffine(grey, turn, (whole, whole), flags=method, borderMode=cv2.BORDER_REPLICATE)
    return patch.astype(np.uint8)


def _most_symmetric(grey: Grey, face: Found) -> float | None:
    angles = np.arange(-_LIMIT, _LIMIT + 1, _STEP)
    likeness = np.array([_likeness_of_mirror(_patch(grey, face, float(angle), _SIDE, 1.0)) for angle in angles])
    best = int(likeness.argmax())
    if best in (0, len(angles) - 1):
        return None
    left, middle, right = likeness[best - 1 : best + 2]
    bend = left - 2 * middle + right
    return float(angles[best] + (_STEP * (left - right) / (2 * bend) if bend else 0.0))


def _likeness_of_mirror(patch: Grey) -> float:
    # Directions of edges, not grey values: light from one side does not change them.
    smooth = cv2.GaussianBlur(patch.astype(np.float32), (0, 0), 0.7)
    x, y = cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)
    strength = np.hypot(x, y) + 5
    x, y = x / strength, y / strength
    mirror_x, mirror_y = -x[:, ::-1], y[:, ::-1]
    best = -1.0
    for shift in range(-8, 9, 2):  # the nose need not stand in the box's middle
        inner = slice(abs(shift) + 2, _SIDE - abs(shift) - 2)
        same = x * np.roll(mirror_x, shift, axis=1) + y * np.roll(mirror_y, shift, axis=1)
        best = max(best, float(same[6:60, inner].mean()))
    return best


def _best_liked(grey: Grey, face: Found) -> float | None:
    angles = np.arange(-30, 31, 6)
    support = np.zeros(len(angles))
    for index, angle in enumerate(angles):
        support[index] = support_near(_patch(grey, face, float(angle), 96, 1.7), 60, 150)
    if support.max() < _LEAST:
        return None
    weights = support**2
    return float((angles * weights).sum() / weights.sum())
