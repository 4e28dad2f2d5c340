"""A PDF: its pages, its text, its damage. Runs only in worker processes, in one thread: PDFium takes no more."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from degreecheck.facts import PageSize, PdfFacts
from degreecheck.inspectors import limits, pdf_bytes, pdf_pages
from degreecheck.inspectors.attached import is_program
from degreecheck.inspectors.unreadable import CannotRead
from degreecheck.inspectors.wording import similarity_figures, tidy

PAGES_SECONDS = 4.0  # on loading pages and taking their text; 300 pages of a thesis take 1.5
PICTURES_SECONDS = 1.0  # of those, on decoding pictures: a dozen pages scanned at 300 dpi
_MOST_ATTACHMENTS = 1_000
_TEXT_PAGE = 10  # visible characters from which on a page counts as one with text


def inspect_pdf(path: Path) -> PdfFacts:
    """Facts of a PDF.

    Raises CannotRead ("damaged", "encrypted", "empty", "bomb"), and OSError where the file cannot be opened.
    """
    with _opened(path) as (document, data):
        pages = len(document)
        if pages == 0:
            raise CannotRead("empty", "no pages")
        tally = _Tally()
        tally.look_at_pages(document)
        if tally.broken == tally.loaded:
            raise CannotRead("damaged", "no page opens")
        names = _attachments(document)
        return PdfFacts(
            pages=min(pages, 10_000_000),
            pages_loaded=tally.loaded,
            pages_broken=tally.broken,
            pages_blank=tally.blank,
            sizes=tuple(tally.sizes),
            characters=min(tally.characters, 10_000_000),
            pages_with_text=tally.with_text,
            first_pages=tuple(tally.texts),
            recognised_text=tally.recognised_text,
            images_broken=tally.images_broken,
            cut_off=pdf_bytes.is_cut_off(data),
            opens_without_password=raw.FPDF_GetSecurityHandlerRevision(document) > 0,
            attachments=len(names),
            programs=sum(map(is_program, names)),
            scripts=raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or pdf_bytes.has_launch_action(data),
            portfolio=bool(names) and pdf_bytes.is_collection(data),
            similarity=similarity_figures(tally.texts),
        )


def render_page(path: Path, index: int, longest_side: int) -> NDArray[np.uint8]:
    """Page ``index`` (0-based) as height x width x 3 RGB, as it lies on screen, at most ``longest_side`` pixels.

    A page that is one scanned picture is never drawn with more pixels than that has. Raises CannotRead and OSError as
    inspect_pdf does.
    """
    with _opened(path, with_forms=True) as (document, _):
        if not 0 <= index < len(document):
            raise CannotRead("damaged", "no such page")
        page = _loaded(document, index)
        if page is None:
            raise CannotRead("damaged", "the page does not open")
        try:
            return pdf_pages.draw(page, longest_side)
        finally:
            page.close()


@contextmanager
def _opened(path: Path, *, with_forms: bool = False) -> Iterator[tuple[pdfium.PdfDocument, bytes]]:
    data = path.read_bytes()
    pdf_bytes.refuse_bombs(data)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as trouble:
        code = getattr(trouble, "err_code", None)
        locked = code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise CannotRead("encrypted" if locked else "damaged", f"PDFium error {code}") from trouble
    try:
        if with_forms:  # seals of electronic signatures are form fields
            document.init_forms()
        yield document, data
    finally:
        document.close()


def _loaded(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage | None:
    try:
        return document[index]
    except pdfium.PdfiumError:
        return None


def _sample(pages: int) -> list[int]:
    """Which pages to load, most telling first: the first ones, the last, then the others, thinned in long documents."""
    first = range(min(pages, limits.MAX_PAGES_WITH_TEXT))
    step = max(1, -(-pages // limits.MAX_PAGES_LOADED))
    chosen = dict.fromkeys([*first, pages - 1, *range(0, pages, step)])
    return list(chosen)[: limits.MAX_PAGES_LOADED]


class _Tally:
    """What is counted while pages go by."""

    def __init__(self) -> None:
        self.loaded = self.broken = self.blank = self.characters = self.with_text = self.images_broken = 0
        self.sizes: list[PageSize] = []
        self.texts: list[str] = []
        self.recognised_text = False

    def look_at_pages(self, document: pdfium.PdfDocument) -> None:
        """Load a sample of the pages, one by one, as long as the time lasts."""
        start = time.monotonic()
        for index in _sample(len(document)):
            if self.loaded and time.monotonic() > start + PAGES_SECONDS:
                return
            self.loaded += 1
            page = _loaded(document, index)
            if page is None:
                self.broken += 1
                continue
            try:
                self._add(index, page, start + PICTURES_SECONDS)
            except pdfium.PdfiumError:
                self.broken += 1
            finally:
                page.close()

    def _add(self, index: int, page: pdfium.PdfPage, until: float) -> None:
        look = pdf_pages.look_at(page, until)
        self.characters += look.characters
        self.blank += look.blank
        self.with_text += look.characters >= _TEXT_PAGE
        self.images_broken += look.images_broken
        if index < limits.MAX_PAGES_WITH_TEXT:
            self.sizes.append(pdf_pages.page_size(page))
            self.texts.append(tidy(look.text))
            self.recognised_text = self.recognised_text or look.recognised_text


def _attachments(document: pdfium.PdfDocument) -> list[str]:
    names = []
    for index in range(min(document.count_attachments(), _MOST_ATTACHMENTS)):
        try:
            names.append(document.get_attachment(index).get_name())
        except pdfium.PdfiumError:
            names.append("")
    return names
