"""Measures a portrait's background: colour, evenness, light from one side. Three things, because three mends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from degreecheck.facts import Background, Box
from degreecheck.inspectors.backdrop import Backdrop
from degreecheck.inspectors.colours import (
    Lab,
    Mask,
    Plane,
    chroma,
    colour_name,
    difference,
    hue,
    is_blue,
    is_bluish,
)
from degreecheck.inspectors.face import Found

_SIDE = 0.22  # of the width: what counts as left and right
_LEAST_ROWS = 0.1  # of the height, seen on both sides
_OBJECT_AREA = 0.003  # of the picture
_OBJECT_DIFFERENCE = 9.0  # ΔE
# Pixels by which things are shrunk to part what only touches, and how much of a part may lie where the head must be:
# what parts late may be a bun or a hat.
_PARTED = ((7, 0.5), (13, 0.05))
_SHADOW_AREA = 0.012
_SHADOW_HUE = 14.0  # degrees from the background's hue
_STAIN_AREA = 0.005
_STAIN_DIFFERENCE = 9.0
_MAP = 32  # rows or columns of the coarse map, whichever is more
_MOST_BLOTCHES = 20


def measure_background(lab: Lab, backdrop: Backdrop, faces: Sequence[Found]) -> Background:
    """The colour, evenness and light of the background that was found in an upright portrait."""
    core = _core(backdrop.ground)
    colours = lab[core][None]
    middle = np.median(colours, axis=1)[None]
    lightness, saturation, angle = float(middle[0, 0, 0]), float(chroma(middle)[0, 0]), float(hue(middle)[0, 0])
    smooth = cv2.GaussianBlur(lab, (0, 0), 1.5).astype(np.float32, copy=False)
    residual = difference(smooth, backdrop.course)
    blotches = [
        *_objects(lab, backdrop, faces),
        *_shadows(lab, backdrop, faces, saturation, angle),
        *_stains(residual, core),
    ]
    blotches = _without_doubles(blotches)
    return Background(
        share=float(backdrop.ground.mean()),
        coverage=float(backdrop.ground[backdrop.strip].mean()),
        colour=colour_name(lightness, saturation, angle),
        lightness=float(np.clip(lightness, 0, 100)),
        chroma=min(saturation, 200.0),
        hue=angle,
        blue_share=float(is_blue(colours).mean()),
        edge_bluish_share=float(is_bluish(lab[backdrop.strip][None]).mean()),
        side_difference=_side_difference(lab[..., 0], core),
        vertical_difference=_vertical_difference(lab[..., 0], core),
        fade=_vertical_difference(chroma(lab), core),
        unevenness=min(float(np.percentile(residual[core], 98)), 200.0),
        blotches=tuple(_box(mask) for mask in blotches[:_MOST_BLOTCHES]),
        area=_coarse_map(backdrop.ground, blotches),
    )


def _core(ground: Mask) -> Mask:
    """The ground without its rim, where hair and sharpening mix in."""
    core: Mask = cv2.erode(ground.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    return core if core.sum() > 0.2 * ground.sum() else ground


def _side_difference(lightness: Plane, core: Mask) -> float | None:
    height, width = core.shape
    edge = max(1, round(_SIDE * width))
    left, right = core[:, :edge], core[:, -edge:]
    rows = left.any(axis=1) & right.any(axis=1)
    if rows.sum() < _LEAST_ROWS * height:
        return None
    dark_and_light = lightness[rows]
    first = np.median(dark_and_light[:, :edge][left[rows]])
    second = np.median(dark_and_light[:, -edge:][right[rows]])
    return float(first - second)


def _vertical_difference(plane: Plane, core: Mask) -> float | None:
    height, width = core.shape
    edge = max(1, round(_SIDE * width))
    sides = core.copy()
    sides[:, edge:-edge] = False
    rows = np.flatnonzero(sides.any(axis=1))
    if len(rows) < 2 * _LEAST_ROWS * height:
        return None
    band = max(1, len(rows) // 5)
    top, bottom = rows[:band], rows[-band:]
    return float(np.median(plane[top][sides[top]]) - np.median(plane[bottom][sides[bottom]]))


def _objects(lab: Lab, backdrop: Backdrop, faces: Sequence[Found]) -> Iterator[Mask]:
    """Parts of the surroundings that are not ground and hang together neither with a face nor with a body."""
    other = (~backdrop.around & ~backdrop.body).astype(np.uint8)
    body = cv2.dilate(backdrop.body.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    away = difference(lab, backdrop.course)
    # parted after shrinking: a shelf that just touches an ear is no part of the head
    for shrink, overlap in _PARTED:
        kernel = np.ones((shrink, shrink), np.uint8)
        for seed in _parts(cv2.erode(other, kernel).astype(bool), 0):
            part = cv2.dilate(seed.astype(np.uint8), kernel).astype(bool)
            joined = (part & body).any() or any(part[_inner(face, part.shape)].any() for face in faces)
            if joined or part.mean() < _OBJECT_AREA or backdrop.person[part].mean() > overlap:
                continue
            if float(np.median(away[part])) >= _OBJECT_DIFFERENCE:
                yield part


def _inner(face: Found, shape: tuple[int, ...]) -> tuple[slice, slice]:
    rows = slice(max(0, int(face.y + 0.2 * face.height)), min(shape[0], int(face.y + 0.9 * face.height)))
    columns = slice(max(0, int(face.x + 0.2 * face.width)), min(shape[1], int(face.x + 0.8 * face.width)))
    return rows, columns


def _shadows(lab: Lab, backdrop: Backdrop, faces: Sequence[Found], saturation: float, angle: float) -> Iterator[Mask]:
    """Darker or paler places in the background's own hue, beside the head too: hair and skin have other hues."""
    if saturation < 15 or not faces:
        return
    turn = np.abs(hue(lab) - angle)
    own_hue = (np.minimum(turn, 360 - turn) < _SHADOW_HUE) & (chroma(lab) > 12)
    shadow = ~backdrop.ground & ~backdrop.person & own_hue
    shadow[round(min(((face.y + 0.85 * face.height) for face in faces), default=0.0)) :] = False  # blue clothes
    yield from _parts(
        cv2.morphologyEx(shadow.astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)).astype(bool), _SHADOW_AREA
    )


def _stains(residual: Plane, core: Mask) -> Iterator[Mask]:
    return _parts(core & (residual > _STAIN_DIFFERENCE), _STAIN_AREA)


def _parts(mask: Mask, least_area: float) -> Iterator[Mask]:
    count, labels, sizes, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    for label in range(1, count):
        if sizes[label, cv2.CC_STAT_AREA] >= least_area * mask.size:
            yield labels == label


def _without_doubles(masks: list[Mask]) -> list[Mask]:
    """Largest first, without those that mostly lie in a larger one."""
    kept: list[Mask] = []
    for mask in sorted(masks, key=lambda one: -int(one.sum())):
        if all(larger[mask].mean() < 0.5 for larger in kept):
            kept.append(mask)
    return kept


def _box(mask: Mask) -> Box:
    height, width = mask.shape
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return (
        float(columns[0] / width),
        float(rows[0] / height),
        float((columns[-1] + 1) / width),
        float((rows[-1] + 1) / height),
    )


def _coarse_map(ground: Mask, blotches: Sequence[Mask]) -> tuple[str, ...]:
    height, width = ground.shape
    scale = _MAP / max(height, width)
    rows, columns = max(1, round(height * scale)), max(1, round(width * scale))
    y = ((np.arange(rows) + 0.5) * height / rows).astype(int)
    x = ((np.arange(columns) + 0.5) * width / columns).astype(int)
    signs = np.where(ground, "#", ".")
    for blotch in blotches:
        signs = np.where(blotch, "x", signs)
    return tuple("".join(row) for row in signs[np.ix_(y, x)])
