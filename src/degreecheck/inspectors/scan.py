"""Measures a picture of a paper: everything that decides whether it can be read, and whether it carries a red seal."""

from __future__ import annotations

import math
from typing import Literal

import cv2
import numpy as np
from cv2.typing import MatLike

from degreecheck.facts import Box, ScanFacts
from degreecheck.inspectors import face, ink, light, paper, seal

Rgb = MatLike
Orientation = Literal["level", "upright", "on_side", "upside_down"] | None

LEAST_SIDE = 24  # pixels: less shows nothing that could be measured
FEWEST_WINDOWS = 8  # of the face finder that agree; print and texture reach 6
MEASURED_PIXELS = 2_000_000  # A4 has characters of 15 pixels at this size: enough for every measurement


def measure_scan(rgb: Rgb, full_size: tuple[int, int] | None = None) -> ScanFacts:
    """Facts of one page, an upright picture (height x width x 3, 8 bits, sRGB).

    ``full_size`` is (width, height) of the picture that ``rgb`` is a reduced copy of; lengths are told in its pixels.
    """
    width, height = full_size or (rgb.shape[1], rgb.shape[0])
    if min(rgb.shape[:2]) < LEAST_SIDE:
        return ScanFacts(width=width, height=height)
    scale = math.sqrt(MEASURED_PIXELS / (rgb.shape[0] * rgb.shape[1]))
    if scale < 1:
        rgb = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    enlarge = width / rgb.shape[1]
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)

    screenshot = light.is_screenshot(grey)
    sheet = paper.find_paper(rgb)
    within = sheet.mask if sheet is not None else None
    marks = ink.find_marks(grey, within)
    lines = ink.find_lines(marks)
    blur = ink.blur_of(grey, marks)
    level = light.paper_level(grey, within)
    orientation, faces = _persons(grey, lines, screenshot=screenshot)
    return ScanFacts(
        width=width,
        height=height,
        text_height=lines.height * enlarge if lines.height else None,
        text_lines=lines.count,
        blur=blur * enlarge if blur is not None else None,
        paper_level=level,
        ink_contrast=light.ink_contrast(marks.contrast, marks.mask, level),
        glare=tuple(_relative(box, rgb) for box in light.find_glare(rgb, marks.contrast, within)),
        orientation=orientation,
        skew=lines.skew,
        cut_sides=paper.sides_cut(sheet, marks, screenshot=screenshot, lines=lines.count),
        paper=sheet.box if sheet is not None else None,
        screenshot=screenshot,
        grey=light.is_grey(rgb),
        seals=seal.find_seals(rgb),
        faces=tuple(_relative(box, rgb) for box in faces),
    )


def _persons(grey: MatLike, lines: ink.Lines, *, screenshot: bool) -> tuple[Orientation, list[light.PixelBox]]:
    """Which way up the paper is, as far as print and a face on it tell, and the faces of a paper that is upright.

    Lines that run along the picture say that it lies on its side. That it stands on its head says only a face.
    """
    if lines.direction == "on_side":
        return "on_side", []
    small = np.asarray(grey, np.uint8)
    found, _ = face.faces_when_turned(small, 0)
    faces = [one for one in found if one.support >= FEWEST_WINDOWS]
    if faces:
        return "upright", [_pixels(one) for one in faces[:20]]
    if screenshot or lines.direction is None:
        return lines.direction, []
    _, certain = face.faces_when_turned(small, 180)
    return ("upside_down" if certain else "level"), []


def _pixels(one: face.Found) -> light.PixelBox:
    return round(one.x), round(one.y), round(one.x + one.width), round(one.y + one.height)


def _relative(box: tuple[int, int, int, int], rgb: Rgb) -> Box:
    rows, columns = rgb.shape[:2]
    return (
        max(0.0, box[0] / columns),
        max(0.0, box[1] / rows),
        min(1.0, box[2] / columns),
        min(1.0, box[3] / rows),
    )
