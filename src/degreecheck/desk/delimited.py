"""Delimited text (CSV, or what was copied out of a spreadsheet): which encoding, which separator, then the cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Literal

SEPARATORS = ",\t;，；|"
_SAMPLE_LINES = 20
_BINARY = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"Rar!", b"7z\xbc\xaf", b"MZ", b"GIF8", b"RIFF")


class NotDelimited(Exception):
    """The bytes are no table in text. ``reason``: not_a_table, web_page, encoding, too_many_rows, empty."""

    def __init__(self, reason: Literal["not_a_table", "web_page", "encoding", "too_many_rows", "empty"]) -> None:
        super().__init__(reason)
        self.reason: Literal["not_a_table", "web_page", "encoding", "too_many_rows", "empty"] = reason


def parse(data: bytes, *, rows: int, columns: int, cell: int) -> list[list[str]]:
    """The cells of a delimited text, blank lines included; longer cells and rows are cut. Raises NotDelimited."""
    text = decode(data)
    if not text.strip():
        raise NotDelimited("empty")
    if text.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<table", "<?xml", "<meta", "<style")):
        raise NotDelimited("web_page")  # what many web systems export under the name .xls
    found: list[list[str]] = []
    previous = csv.field_size_limit(len(text) + 1)  # an unclosed quote makes one cell of the rest: cut below
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text)):
            if len(found) > rows:
                raise NotDelimited("too_many_rows")
            found.append([value.strip()[:cell] for value in row[:columns]])
    except csv.Error:
        raise NotDelimited("not_a_table") from None
    finally:
        csv.field_size_limit(previous)
    return found


def decode(data: bytes) -> str:
    """The text: UTF-8 or UTF-16 by their marks, else UTF-8, else GB18030. Raises NotDelimited."""
    if data.startswith(_BINARY):
        raise NotDelimited("not_a_table")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif data.startswith(b"\xef\xbb\xbf"):
        encodings = ("utf-8-sig",)
    else:
        encodings = ("utf-8", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise NotDelimited("not_a_table")
        return text
    raise NotDelimited("encoding")


def separator_of(text: str) -> str:
    """The separator that cuts the first lines into the most equal columns; a comma where none does."""
    lines = [line for line in text.splitlines()[: _SAMPLE_LINES * 2] if line.strip()][:_SAMPLE_LINES]
    best, most = ",", (0, 0)
    for separator in SEPARATORS:
        widths = [len(next(csv.reader([line], delimiter=separator), [])) for line in lines]
        width, agreeing = max(Counter(width for width in widths if width > 1).items(), key=lambda e: (e[1], e[0]),
                              default=(0, 0))  # fmt: skip
        if (agreeing, width) > most:
            best, most = separator, (agreeing, width)
    return best
