"""Where the paper lies in its picture, and whether a part of it is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from cv2.typing import MatLike

from degreecheck.inspectors.ink import LEAST_CONTRAST, Marks

Rgb = MatLike  # 8 bits
Mask = MatLike  # 0 or 255
Side = Literal["left", "top", "right", "bottom"]
SIDES: tuple[Side, ...] = ("left", "top", "right", "bottom")

SMALL = 420  # longest side of the copy on which the paper is looked for
FEWEST_LINES = 5  # of print, to say that some run out of the picture
RULES = 4  # of a table; a letterhead has one or two


@dataclass(frozen=True)
class Paper:
    """The paper's outline in a picture that shows its surroundings too."""

    mask: Mask  # in the size of the picture that was measured
    box: tuple[float, float, float, float]  # relative
    touches: dict[Side, float]  # share of each side of the picture that lies on the paper
    margins: dict[Side, float]  # mean distance of paper and side, relative
    tilted: bool  # its edges are not parallel to the picture's: no screen shows that


def find_paper(rgb: Rgb) -> Paper | None:
    """The paper on its desk; None where it fills the picture or cannot be told from what it lies on."""
    scale = SMALL / max(rgb.shape[:2])
    small = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else rgb
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)
    # print, rules and the texture of wood are gone from this; the paper's edge stays
    smooth = cv2.medianBlur(cv2.morphologyEx(lab, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8)), 9)
    mask = _grown(smooth)
    if mask is None:
        return None
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    if not 0.12 * mask.size <= cv2.contourArea(hull) <= 0.97 * mask.size or _straightness(mask, hull) < 0.85:
        return None
    filled = np.zeros_like(mask)
    cv2.drawContours(filled, [hull], -1, 255, cv2.FILLED)
    if _edge_contrast(smooth, filled) < 14:
        return None
    left, top, width, height = cv2.boundingRect(hull)
    rows, columns = filled.shape
    angle = cv2.minAreaRect(hull)[2] % 90
    return Paper(
        mask=cv2.resize(filled, (rgb.shape[1], rgb.shape[0]), interpolation=cv2.INTER_NEAREST),
        box=(left / columns, top / rows, min(1.0, (left + width) / columns), min(1.0, (top + height) / rows)),
        touches={side: float(np.mean(_strip(filled, side, 2).max(axis=0) > 0)) for side in SIDES},
        margins={side: _margin(filled, side) for side in SIDES},
        tilted=min(angle, 90 - angle) > 0.7,
    )


def _grown(smooth: MatLike) -> Mask | None:
    """The area around the picture's middle over which colour changes only little by little: shading, but no edge."""
    rows, columns = smooth.shape[:2]
    best: Mask | None = None
    for y in (0.5, 0.35, 0.65):
        for x in (0.5, 0.35, 0.65):
            seed = (int(columns * x), int(rows * y))
            if best is not None and best[seed[1], seed[0]]:
                continue
            mask = np.zeros((rows + 2, columns + 2), np.uint8)
            cv2.floodFill(
                smooth.copy(), mask, seed, (0, 0, 0), (3, 3, 3), (3, 3, 3), 4 | cv2.FLOODFILL_MASK_ONLY | 255 << 8
            )
            grown = cv2.morphologyEx(mask[1:-1, 1:-1], cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
            if best is None or int(grown.sum()) > int(best.sum()):
                best = grown
    return best if best is not None and best.any() else None


def _straightness(mask: Mask, hull: MatLike) -> float:
    """Share of the hull, where it does not run along the picture's border, at which the area really ends.

    A sheet is convex. What lies on it at the border (a photo, a dark stamp) may be missing from the area.
    """
    rim = np.zeros_like(mask)
    cv2.drawContours(rim, [hull], -1, 255, 2)
    rim[:3], rim[-3:], rim[:, :3], rim[:, -3:] = 0, 0, 0, 0
    near = cv2.dilate(mask, np.ones((7, 7), np.uint8)) > 0
    return float(near[rim > 0].mean()) if rim.any() else 0.0


def _edge_contrast(smooth: MatLike, filled: Mask) -> float:
    """How different the paper's rim is from what lies outside it, where least: CIELAB units in OpenCV's 8 bits."""
    outside = (cv2.dilate(filled, np.ones((17, 17), np.uint8)) > 0) & (
        cv2.dilate(filled, np.ones((7, 7), np.uint8)) == 0
    )
    inside = (filled > 0) & (cv2.erode(filled, np.ones((17, 17), np.uint8)) == 0)
    if not outside.any() or not inside.any():
        return 0.0
    rim = np.median(smooth[inside].astype(float), axis=0)
    return float(np.percentile(np.linalg.norm(smooth[outside].astype(float) - rim, axis=1), 15))


def _strip(mask: Mask, side: Side, width: int) -> Mask:
    """The outermost pixels along a side, as rows of the result."""
    turned = {"left": mask.T, "right": mask.T[::-1], "top": mask, "bottom": mask[::-1]}[side]
    return turned[:width]


def _margin(mask: Mask, side: Side) -> float:
    turned = _strip(mask, side, max(mask.shape))
    columns = (turned > 0).any(axis=0)
    first = (turned > 0).argmax(axis=0)[columns]
    return float(first.mean()) / turned.shape[0] if first.size else 1.0


def sides_cut(paper: Paper | None, marks: Marks, *, screenshot: bool, lines: int) -> tuple[Side, ...]:
    """The sides at which the paper, or its print, runs out of the picture. Only what is certain.

    A scan that fills the picture shows no edge at all, and is not cut. Screenshots have straight bars of other colours,
    which are not desks, and are cut above and below by scrolling.
    """
    cut: set[Side] = set()
    if paper is not None and (paper.tilted or not screenshot):
        seen = [side for side in SIDES if paper.touches[side] < 0.05 and paper.margins[side] > 0.02]
        gone = [side for side in SIDES if paper.touches[side] > 0.25]
        if len(seen) >= 2 and gone:
            cut.update(gone)
    if lines >= FEWEST_LINES:
        ruled = _rules_run_out(marks)
        through = [side for side in SIDES if side in ruled or _print_runs_out(marks, side, lines)]
        if screenshot:
            through = [side for side in through if side in ("left", "right")]
        if len(through) <= 2:  # on every side runs out only what is no print: a desk's or curtain's texture
            cut.update(through)
    return tuple(side for side in SIDES if side in cut)


def _print_runs_out(marks: Marks, side: Side, lines: int) -> bool:
    """Whether several lines of characters touch the border, as no margin lets them."""
    rows, columns = marks.mask.shape
    left, top, width, height = marks.boxes[:, 0], marks.boxes[:, 1], marks.boxes[:, 2], marks.boxes[:, 3]
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    sized = (longer < 2.5 * float(np.median(longer))) & (shorter > 2)
    ends = {
        "left": left <= 1,
        "top": top <= 1,
        "right": left + width >= columns - 1,
        "bottom": top + height >= rows - 1,
    }
    least = max(4, lines // 4) if side in ("left", "right") else 6
    return int((ends[side] & sized).sum()) >= least


def _rules_run_out(marks: Marks) -> set[Side]:
    """The sides through which the rules of a table run, if they end before the opposite side."""
    out: set[Side] = set()
    ink = np.where(marks.contrast > max(LEAST_CONTRAST, 0.3 * marks.strongest), 255, 0).astype(np.uint8)
    directions: tuple[tuple[Mask, Side, Side], ...] = ((ink, "left", "right"), (ink.T, "top", "bottom"))
    for plane, first, last in directions:
        length = plane.shape[1] // 10
        edge = length // 4
        # only what can reach the border has to be looked at
        starts, ends = (
            cv2.morphologyEx(np.ascontiguousarray(part), cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
            for part in (plane[:, : 2 * length], plane[:, -2 * length :])
        )
        if _runs(starts[:, :2]) >= RULES and _runs(ends[:, -edge:]) <= 1:
            out.add(first)
        if _runs(ends[:, -2:]) >= RULES and _runs(starts[:, :edge]) <= 1:
            out.add(last)
    return out


def _runs(strip: Mask) -> int:
    """How many separate pieces of ink stand along a strip."""
    seen = strip.max(axis=1) > 0
    return int((seen[1:] & ~seen[:-1]).sum() + seen[0])
