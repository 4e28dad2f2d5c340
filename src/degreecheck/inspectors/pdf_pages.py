"""One page of a PDF, looked at: its text, its pictures, whether anything is on it. Worker processes only."""

from __future__ import annotations

import ctypes
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from degreecheck.facts import PageSize
from degreecheck.inspectors import pdf_images
from degreecheck.inspectors.wording import visible

_MOST_CHARACTERS = 100_000  # of one page
_MOST_OBJECTS = 3_000  # of one page, looked at
_FORM_DEPTH = 4
_PREVIEW_SIDE = 300
_PREVIEW_SECONDS = 0.5
_BLANK_RANGE = pdf_images.BLANK_RANGE
_INVISIBLE = 3  # text rendering mode (PDF 32000-1, 9.3.6)
_COVERS = 0.8  # share of a page that its picture covers when the page is a scan

# ISO 216, JIS B5, US Letter, in points, portrait
_PAPERS = {"A3": (842, 1191), "A4": (595, 842), "A5": (420, 595), "B5": (516, 729), "Letter": (612, 792)}
_PAPER_TOLERANCE = 9.0


@dataclass(frozen=True)
class Look:
    """What one page shows."""

    text: str
    characters: int
    blank: bool
    recognised_text: bool
    images_broken: int


def page_size(page: pdfium.PdfPage) -> PageSize:
    """The page's size as it lies on screen."""
    width, height = _size(page)
    short, long = sorted((width, height))
    for name, (paper_short, paper_long) in _PAPERS.items():
        if abs(short - paper_short) <= _PAPER_TOLERANCE and abs(long - paper_long) <= _PAPER_TOLERANCE:
            return PageSize.model_validate({"width": width, "height": height, "paper": name})
    return PageSize(width=width, height=height, paper="other")


def look_at(page: pdfium.PdfPage, until: float) -> Look:
    """Look at a loaded page; past ``until`` (time.monotonic) pictures are no longer decoded and nothing is drawn."""
    text = _text(page)
    characters = visible(text)
    hidden = shown = broken = 0
    blank = not characters and raw.FPDFPage_GetAnnotCount(page) == 0
    drawable = not characters
    for item in objects(page):
        blank = False
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            invisible = raw.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE
            hidden, shown = hidden + invisible, shown + (not invisible)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            state = pdf_images.state_of(item) if time.monotonic() < until else "unknown"
            broken += state == "broken"
            drawable = drawable and state == "plain"  # anything else is visible, or too dear to draw
    if drawable and not blank and time.monotonic() < until:
        blank = not _shows_anything(page, until)
    return Look(text, characters, blank, hidden > shown, broken)


def draw(page: pdfium.PdfPage, longest_side: int) -> NDArray[np.uint8]:
    """The page as RGB; a scanned page is never drawn larger than the picture it consists of."""
    width, height = _size(page)
    side = min(longest_side, _pixels_of_scan(page) or longest_side)
    scale = side / max(width, height)
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    try:
        pixels = np.array(bitmap.to_numpy()[:side, :side, :3], dtype=np.uint8)  # a copy: the bitmap goes
    finally:
        bitmap.close()
    return pixels


def _size(page: pdfium.PdfPage) -> tuple[float, float]:
    width, height = page.get_size()
    return (width, height) if 0 < width < 1e8 and 0 < height < 1e8 else (612.0, 792.0)


def _text(page: pdfium.PdfPage) -> str:
    text_page = page.get_textpage()
    try:
        count = min(text_page.count_chars(), _MOST_CHARACTERS)
        return str(text_page.get_text_range(0, count)) if count > 0 else ""
    finally:
        text_page.close()


def objects(page: pdfium.PdfPage) -> Iterator[Any]:
    """The page's objects, those inside forms too, at most _MOST_OBJECTS: hostile forms hold each other."""
    left = _MOST_OBJECTS
    waiting = [(raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, page.raw, 0)]
    while waiting:
        count, get, holder, depth = waiting.pop()
        for index in range(min(count(holder), left)):
            item = get(holder, index)
            left -= 1
            if not item:
                continue
            if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
                waiting.append((raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, item, depth + 1))
            yield item


def _pixels_of_scan(page: pdfium.PdfPage) -> int | None:
    """The longer side, in pixels, of the picture that covers the page; None where no single one does."""
    width, height = _size(page)
    for item in objects(page):
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            continue
        area = (right.value - left.value) * (top.value - bottom.value)
        if math.isfinite(area) and area >= _COVERS * width * height:
            return max(pdf_images.pixel_size(item)) or None
    return None


def _shows_anything(page: pdfium.PdfPage, until: float) -> bool:
    """Whether a small drawing of the page is not all one colour. A drawing that takes too long does show something."""
    width, height = _size(page)
    scale = _PREVIEW_SIDE / max(width, height)
    columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
    until = min(until, time.monotonic() + _PREVIEW_SECONDS)
    pause = raw.IFSDK_PAUSE(version=1)
    pause.NeedToPauseNow = type(pause.NeedToPauseNow)(lambda _: time.monotonic() > until)
    bitmap = pdfium.PdfBitmap.new_native(columns, rows, raw.FPDFBitmap_BGR)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, columns, rows)
        state = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, columns, rows, 0, raw.FPDF_ANNOT, pause)
        raw.FPDF_RenderPage_Close(page)
        return state != raw.FPDF_RENDER_DONE or bool(np.ptp(bitmap.to_numpy()) > _BLANK_RANGE)
    finally:
        bitmap.close()
