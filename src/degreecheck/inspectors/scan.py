"""Measures a picture of a paper: everything that decides whether it can be read, and whether it carries a red seal."""

from __future__ import annotations

import math

import cv2
from cv2.typing import MatLike

from degreecheck.facts import Box, ScanFacts
from degreecheck.inspectors import ink, light, paper, seal

Rgb = MatLike

MEASURED_PIXELS = 2_000_000  # A4 has characters of 15 pixels at this size: enough for every measurement


def measure_scan(rgb: Rgb, full_size: tuple[int, int] | None = None) -> ScanFacts:
    """Facts of one page, an upright picture (height x width x 3, 8 bits, sRGB).

    ``full_size`` is (width, height) of the picture that ``rgb`` is a reduced copy of; lengths are told in its pixels.
    """
    width, height = full_size or (rgb.shape[1], rgb.shape[0])
    scale = math.sqrt(MEASURED_PIXELS / (rgb.shape[0] * rgb.shape[1]))
    if scale < 1:
        rgb = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    enlarge = width / rgb.shape[1]
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)

    screenshot = light.is_screenshot(rgb)
    sheet = paper.find_paper(rgb)
    within = sheet.mask if sheet is not None else None
    marks = ink.find_marks(grey, within)
    lines = ink.find_lines(marks)
    blur = ink.blur_of(grey, marks)
    level = light.paper_level(grey, within)
    return ScanFacts(
        width=width,
        height=height,
        text_height=lines.height * enlarge if lines.height else None,
        text_lines=lines.count,
        blur=blur * enlarge if blur is not None else None,
        paper_level=level,
        ink_contrast=light.ink_contrast(marks.contrast, marks.mask, level),
        glare=tuple(_relative(box, rgb) for box in light.find_glare(rgb, marks.contrast)),
        orientation=lines.direction,
        skew=lines.skew,
        cut_sides=paper.sides_cut(sheet, marks, grey.shape, screenshot=screenshot, lines=lines.count),
        paper=sheet.box if sheet is not None else None,
        screenshot=screenshot,
        grey=light.is_grey(rgb),
        seals=seal.find_seals(rgb),
    )


def _relative(box: tuple[int, int, int, int], rgb: Rgb) -> Box:
    rows, columns = rgb.shape[:2]
    return (
        max(0.0, box[0] / columns),
        max(0.0, box[1] / rows),
        min(1.0, box[2] / columns),
        min(1.0, box[3] / rows),
    )
