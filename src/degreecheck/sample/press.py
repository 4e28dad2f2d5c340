"""Prints pages of Chinese text as PDF, through pdfium: it embeds the part of the font that the text needs.

pdfium may be used by one thread at a time; so may a Press.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

A4 = (595, 842)  # points
_LEFT, _TOP = 72, 770  # points
# Each of these has a twin (a radical or a compatibility character) that shares its glyph in some fonts, so that another
# text is read than was printed.
_PROBE = "女力文民面了金：·（）12.5% Word"


@dataclass(frozen=True)
class Line:
    """One line of text; ``size`` in points."""

    text: str
    size: float = 11.0
    centred: bool = False

    @property
    def width(self) -> float:
        """Points, roughly: Latin letters and digits are half as wide as Chinese characters."""
        return self.size * sum(0.5 if character.isascii() else 1.0 for character in self.text)


Page = Sequence[Line]


class Press:
    """A font that is loaded once, and the sheets printed with it."""

    def __init__(self, font: Path) -> None:
        self._data = ctypes.create_string_buffer(font.read_bytes())
        self._sheets = pypdfium2.PdfDocument.new()
        pointer = ctypes.cast(self._data, ctypes.POINTER(ctypes.c_uint8))
        self._font: Any = pdfium.FPDFText_LoadFont(
            self._sheets.raw, pointer, len(self._data) - 1, pdfium.FPDF_FONT_TRUETYPE, True
        )

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_: object) -> None:
        if self._font:
            pdfium.FPDFFont_Close(self._font)
        self._sheets.close()

    def reads_back(self) -> bool:
        """Whether text printed with this font is read from the PDF exactly as it was printed."""
        if not self._font:
            return False
        document = pypdfium2.PdfDocument(self.printed([[Line(_PROBE)]]))
        try:
            return bool(document[0].get_textpage().get_text_range().strip() == _PROBE)
        finally:
            document.close()

    def printed(self, pages: Sequence[Page], *, followed_by: bytes = b"") -> bytes:
        """A PDF of A4 pages, with the pages of another PDF after them."""
        for page in pages:
            self._print(page)
        # Saved and read again: only then does the font shrink to the characters in use, and leave earlier pages behind.
        sheets = pypdfium2.PdfDocument(_saved(self._sheets, pdfium.FPDF_SUBSET_NEW_FONTS))
        made = pypdfium2.PdfDocument.new()
        for source in (sheets, *([pypdfium2.PdfDocument(followed_by)] if followed_by else [])):
            made.import_pages(source)
            source.close()
        while len(self._sheets):
            self._sheets.del_page(0)
        data = _saved(made)
        made.close()
        return data

    def _print(self, lines: Page) -> None:
        page = self._sheets.new_page(*A4)
        at = float(_TOP)
        for line in lines:
            at -= line.size * 1.6
            if line.text:
                left = (A4[0] - line.width) / 2 if line.centred else _LEFT
                text = pdfium.FPDFPageObj_CreateTextObj(self._sheets.raw, self._font, line.size)
                utf16 = ctypes.create_string_buffer((line.text + "\0").encode("utf-16-le"))
                pdfium.FPDFText_SetText(text, ctypes.cast(utf16, ctypes.POINTER(ctypes.c_ushort)))
                pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, left, at)
                pdfium.FPDFPage_InsertObject(page.raw, text)
        page.gen_content()
        page.close()


def _saved(document: pypdfium2.PdfDocument, flags: int = pdfium.FPDF_NO_INCREMENTAL) -> bytes:
    out = BytesIO()
    document.save(out, flags=flags)
    return out.getvalue()
