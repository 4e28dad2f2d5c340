"""Measures an electronic photo as it would be exported: upright, cropped, never enlarged. The rules judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from degreecheck.facts import Background, Border, Box, Face, PhotoFacts, Side
from degreecheck.inspectors import picture_quality as quality
from degreecheck.inspectors.backdrop import Backdrop, find_backdrop
from degreecheck.inspectors.background import measure_background
from degreecheck.inspectors.border import Margin, find_margins
from degreecheck.inspectors.colours import Lab, Rgb, name_of, to_lab
from degreecheck.inspectors.face import Found, Grey, Turn, find_person
from degreecheck.inspectors.tilt import measure_tilt

WHOLE: Box = (0, 0, 1, 1)
_WORKING_SIDE = 640  # pixels of the longer side: about what is exported (413 x 579 to 480 x 640)
_BACKGROUND_SIDE = 240  # pixels of the longer side: single hairs melt away, light and objects stay
_SMALLEST = 16  # pixels: below this nothing is measured but the size
_SAME_COLOUR = 12.0  # ΔE: a margin in the background's own colour is background
_CROWN_ABOVE_FACE = 0.27  # of the face box's height, where the hair cannot be seen against the background
_CROWN_RANGE = (-0.05, 0.85)  # of the same: what a head of hair can be
_CROWN_COLUMNS = 0.3  # of the face's width to both sides of its middle
_SKIN = (0.2, 0.25, 0.8, 0.9)  # of the face box: without hair and background
_FACE_OF_WIDTH = 0.45  # of the picture's width: what a face would measure, where none is found
_BLOCKS_SIDE = 512  # pixels: enough to see a grid of 8
_MAX_FACES = 20


def measure_photo(rgb: Rgb, crop: Box | None = None, *, size: tuple[int, int] | None = None) -> PhotoFacts:
    """The measurements of a photo.

    ``rgb``: height x width x 3 bytes, sRGB, already upright by its tag, in full resolution; ``crop``: the part that is
    exported, relative; ``size``: width and height of the full picture, where ``rgb`` had to be reduced.
    """
    height, width = rgb.shape[:2]
    left, top, right, bottom = _pixels(crop or WHOLE, width, height)
    cut = rgb[top:bottom, left:right]
    full_width, full_height = size or (width, height)
    facts = PhotoFacts(
        width=max(1, round((right - left) * full_width / width)),
        height=max(1, round((bottom - top) * full_height / height)),
        crop=(left / width, top / height, right / width, bottom / height),
    )
    if min(cut.shape[:2]) < _SMALLEST:
        return facts
    return facts.model_copy(
        update=_measurements(np.ascontiguousarray(cut), reduced=size not in (None, (width, height)))
    )


def _pixels(crop: Box, width: int, height: int) -> tuple[int, int, int, int]:
    left, right = sorted((round(crop[0] * width), round(crop[2] * width)))
    top, bottom = sorted((round(crop[1] * height), round(crop[3] * height)))
    left, top = min(left, width - 1), min(top, height - 1)
    return left, top, max(right, left + 1), max(bottom, top + 1)


@dataclass(frozen=True)
class _Frame:
    """Where the picture that is looked at (margins off, turned upright) lies in the cropped one."""

    left: float
    top: float
    right: float
    bottom: float
    turn: Turn = 0

    def place(self, box: Box) -> Box:
        """A relative box of the picture looked at as one of the cropped picture."""
        x0, y0, x1, y1 = box
        if self.turn == 90:
            x0, y0, x1, y1 = y0, 1 - x1, y1, 1 - x0
        elif self.turn == 180:
            x0, y0, x1, y1 = 1 - x1, 1 - y1, 1 - x0, 1 - y0
        elif self.turn == 270:
            x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
        wide, high = self.right - self.left, self.bottom - self.top
        return (
            _share(self.left + x0 * wide),
            _share(self.top + y0 * high),
            _share(self.left + x1 * wide),
            _share(self.top + y1 * high),
        )

    def place_row(self, row: float) -> float:
        """A height (0 = top edge) of the picture looked at as one of the cropped picture; upright pictures only."""
        return _share(self.top + row * (self.bottom - self.top))


def _measurements(cut: Rgb, *, reduced: bool) -> dict[str, object]:
    work = _smaller(cut, _WORKING_SIDE)
    lab = to_lab(work)
    margins = find_margins(lab)
    inner, frame = _without_margins(work, margins)
    person = find_person(_grey(inner))
    frame = _Frame(frame.left, frame.top, frame.right, frame.bottom, person.turn)
    upright = np.ascontiguousarray(np.rot90(inner, -person.turn // 90))
    face = person.faces[0] if person.faces else None

    small = _smaller(upright, _BACKGROUND_SIDE)
    scale = small.shape[0] / upright.shape[0]
    small_lab = to_lab(cv2.medianBlur(small, 3).astype(np.uint8))
    small_faces = [one.scaled(scale) for one in person.faces]
    backdrop = find_backdrop(small_lab, small_faces)
    background = None if backdrop is None else measure_background(small_lab, backdrop, small_faces)

    facts: dict[str, object] = {
        "grey": quality.is_grey(lab),
        "one_tint": face is not None and quality.is_one_tint(to_lab(_around(upright, face))),
        "borders": _borders(margins, work, background),
        "faces": tuple(
            Face(box=frame.place(_relative(one, upright)), support=one.support) for one in person.faces[:_MAX_FACES]
        ),
        "turned": person.turn,
        "turned_certainly": person.turn_certain,
        "picture_highlights": _lightness(lab, 99),
        **_quality(cut, upright, face, frame, reduced=reduced),
    }
    if face is not None and person.turn == 0:
        facts["tilt"] = measure_tilt(_grey(upright), face)
        facts |= _head(small_lab, backdrop, small_faces[0], frame)
    if background is not None:
        facts["background"] = _placed(background, frame)
    return facts


# ------------------------------------------------------------------------------------------------------ the picture


def _smaller(rgb: Rgb, longest: int) -> Rgb:
    scale = longest / max(rgb.shape[:2])
    if scale >= 1:
        return rgb
    size = (max(1, round(rgb.shape[1] * scale)), max(1, round(rgb.shape[0] * scale)))
    return cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)


def _grey(rgb: Rgb) -> Grey:
    return cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)


def _without_margins(work: Rgb, margins: Sequence[Margin]) -> tuple[Rgb, _Frame]:
    height, width = work.shape[:2]
    # two lines more: scaling mixes the margin into its neighbours
    taken: dict[Side, int] = {margin.side: margin.pixels + 2 for margin in margins}
    left, top = taken.get("left", 0), taken.get("top", 0)
    right, bottom = width - taken.get("right", 0), height - taken.get("bottom", 0)
    if min(right - left, bottom - top) < _SMALLEST:
        return work, _Frame(0, 0, 1, 1)
    inner = np.ascontiguousarray(work[top:bottom, left:right])
    return inner, _Frame(left / width, top / height, right / width, bottom / height)


def _borders(margins: Sequence[Margin], work: Rgb, background: Background | None) -> tuple[Border, ...]:
    height, width = work.shape[:2]
    found = []
    for margin in margins:
        if background is not None and _same_colour(margin, background):
            continue
        along = width if margin.side in ("left", "right") else height
        share = margin.pixels / along
        boxes: dict[Side, Box] = {
            "left": (0, 0, share, 1),
            "top": (0, 0, 1, share),
            "right": (1 - share, 0, 1, 1),
            "bottom": (0, 1 - share, 1, 1),
        }
        found.append(Border(side=margin.side, width=share, colour=name_of(margin.colour), box=boxes[margin.side]))
    return tuple(found)


def _same_colour(margin: Margin, background: Background) -> bool:
    angle = np.radians(background.hue)
    colour = (background.lightness, background.chroma * np.cos(angle), background.chroma * np.sin(angle))
    return float(np.linalg.norm(np.subtract(margin.colour, colour))) < _SAME_COLOUR


def _relative(face: Found, picture: Rgb) -> Box:
    height, width = picture.shape[:2]
    return (
        _share(face.x / width),
        _share(face.y / height),
        _share((face.x + face.width) / width),
        _share((face.y + face.height) / height),
    )


def _around(picture: Rgb, face: Found) -> Rgb:
    """The face with hair, collar and some background: what has colours of its own in a colour photo."""
    aside, up = int(0.4 * face.width), int(0.5 * face.height)
    top, left = max(0, int(face.y) - up), max(0, int(face.x) - aside)
    return picture[top : int(face.y + face.height) + up, left : int(face.x + face.width) + aside]


def _share(value: float) -> float:
    return float(min(max(value, 0.0), 1.0))


def _lightness(lab: Lab, percentile: float) -> float:
    return float(np.clip(np.percentile(lab[..., 0], percentile), 0, 100))


def _placed(background: Background, frame: _Frame) -> Background:
    """Boxes and map of the picture looked at as those of the cropped picture."""
    cells = np.array([list(row) for row in background.area])
    cells = np.rot90(cells, frame.turn // 90)
    rows, columns = cells.shape
    high, wide = frame.bottom - frame.top, frame.right - frame.left
    all_rows, all_columns = min(64, max(1, round(rows / high))), min(64, max(1, round(columns / wide)))
    y = ((np.arange(all_rows) + 0.5) / all_rows - frame.top) / high
    x = ((np.arange(all_columns) + 0.5) / all_columns - frame.left) / wide
    drawn = np.full((all_rows, all_columns), ".")
    inside = np.ix_((y >= 0) & (y < 1), (x >= 0) & (x < 1))
    drawn[inside] = cells[
        np.ix_((y[(y >= 0) & (y < 1)] * rows).astype(int), (x[(x >= 0) & (x < 1)] * columns).astype(int))
    ]
    return background.model_copy(
        update={
            "blotches": tuple(frame.place(box) for box in background.blotches),
            "area": tuple("".join(row) for row in drawn),
        }
    )


# --------------------------------------------------------------------------------------------------------- the head


def _head(lab: Lab, backdrop: Backdrop | None, face: Found, frame: _Frame) -> dict[str, object]:
    height = lab.shape[0]
    seen = None if backdrop is None else _crown(backdrop, face)
    crown = max(face.y - _CROWN_ABOVE_FACE * face.height, 0.0) if seen is None else seen
    top, chin = frame.place_row(crown / height), frame.place_row((face.y + face.height) / height)
    return {"crown": top, "head_height": max(chin - top, 0.0), "head_estimated": seen is None}


def _crown(backdrop: Backdrop, face: Found) -> float | None:
    """The row where the hair ends against the background, in pixels; None where it cannot be seen."""
    middle = face.centre[0]
    left, right = round(middle - _CROWN_COLUMNS * face.width), round(middle + _CROWN_COLUMNS * face.width)
    columns = backdrop.around[:, max(left, 0) : max(right, 1)]
    hair = columns.mean(axis=1) < 0.75
    lasting = max(2, round(0.08 * face.height))
    rows = [row for row in range(len(hair) - lasting) if hair[row : row + lasting].all()]
    if not rows:
        return None
    above = (face.y - rows[0]) / face.height
    if rows[0] == 0 and not backdrop.around[:2].any():
        return None  # nothing of the upper edge is background: the hair's end cannot be told
    return float(rows[0]) if _CROWN_RANGE[0] <= above <= _CROWN_RANGE[1] else None


# ------------------------------------------------------------------------------------------------------ its quality


def _quality(cut: Rgb, upright: Rgb, face: Found | None, frame: _Frame, *, reduced: bool) -> dict[str, object]:
    height, width = upright.shape[:2]
    box: Box = (0.25, 0.2, 0.75, 0.7) if face is None else _relative(face, upright)
    left, top, right, bottom = _pixels(box, width, height)
    part = np.ascontiguousarray(upright[top:bottom, left:right])
    blur = quality.measure_blur(_grey(part))
    face_width = _FACE_OF_WIDTH * width if face is None else face.width
    left, top, right, bottom = _pixels(_SKIN, part.shape[1], part.shape[0])
    skin = part[top:bottom, left:right]
    lab = to_lab(skin)
    return {
        "measured_on_face": face is not None,
        "blur": None if blur is None else _share(blur / face_width),
        "face_lightness": _lightness(lab, 50),
        "face_highlights": _lightness(lab, 95),
        "burnt_share": quality.burnt_share(skin),
        "blockiness": None if reduced else _blockiness(cut, frame.place(box)),
    }


def _blockiness(cut: Rgb, box: Box) -> float | None:
    height, width = cut.shape[:2]
    left, top, right, bottom = _pixels(box, width, height)
    x, y = (left + right) // 2, (top + bottom) // 2
    half = _BLOCKS_SIDE // 2
    part = cut[max(top, y - half) : min(bottom, y + half), max(left, x - half) : min(right, x + half)]
    return quality.measure_blockiness(_grey(np.ascontiguousarray(part)))
