"""Cells of a table that came as text: copied from a spreadsheet, a web page or a PDF. Never raises, loses no text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Sequence

from degreecheck.course_columns import kind_of_header, looks_like

GREATEST_TEXT = 2_000_000  # characters; what follows is one last cell, so that it shows
_SAMPLE_LINES = 40
_LIKE_A_NAME = frozenset({"name", "other"})

_Cut = Callable[[str], list[str]]


def split_pasted(text: str) -> list[list[str]]:
    """The rows and cells of a pasted text; blank lines at both ends left out.

    Tabs as spreadsheets write them (cells with line breaks stand in quotes); else the one of comma, semicolon, bar and
    several blanks that cuts the most lines equally; else single blanks, words of a course's name kept together. A list
    of cells one under the other, as web pages are copied, is laid out by its headers.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x00", "").strip("\n\ufeff")
    rest = text[GREATEST_TEXT:]
    text = text[:GREATEST_TEXT]
    if not text.strip():
        return []
    rows = _from_spreadsheet(text) if "\t" in text else _by_lines(text.split("\n"))
    return [*rows, [rest]] if rest else rows


def _from_spreadsheet(text: str) -> list[list[str]]:
    if text.count('"') % 2 == 0:  # else a stray quote would make one cell of all that follows
        previous = csv.field_size_limit(GREATEST_TEXT + 1)
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
            return [[" ".join(cell.split()) for cell in row] for row in rows]
        except csv.Error:
            pass
        finally:
            csv.field_size_limit(previous)
    return [[cell.strip() for cell in line.split("\t")] for line in text.split("\n")]


def _by_lines(lines: Sequence[str]) -> list[list[str]]:
    sample = [line.strip() for line in lines if line.strip()][:_SAMPLE_LINES]
    # Marks first: they are put between cells on purpose, single blanks are in names as well.
    marks = [_on(r"\|"), _on("[,，]"), _on("[;；]"), _on(r"(?:[ \u00a0]{2,}|\u3000+)[ \u00a0\u3000]*")]
    best = max(marks, key=lambda cut: _agreement(cut, sample))
    if _agreement(best, sample)[0] * 2 <= len(sample):
        best = max(best, _on_blanks, key=lambda cut: _agreement(cut, sample))
    if not _agreement(best, sample)[0]:
        return _one_under_the_other([line.strip() for line in lines])
    return [[cell.strip() for cell in best(line.strip())] if line.strip() else [""] for line in lines]


def _agreement(cut: _Cut, sample: Sequence[str]) -> tuple[int, int]:
    """How many lines a way cuts into equally many cells, two at least, and into how many."""
    widths = Counter(width for line in sample if (width := len(cut(line))) > 1)
    return max(((lines, width) for width, lines in widths.items()), default=(0, 0))


def _on(separator: str) -> _Cut:
    pattern = re.compile(separator)

    def cut(line: str) -> list[str]:
        cells = pattern.split(line)
        if separator == r"\|" and len(cells) > 2 and not cells[0].strip() and not cells[-1].strip():
            return cells[1:-1]  # | a | b |: a table drawn in text
        return cells

    return cut


def _on_blanks(line: str) -> list[str]:
    """Cut at blanks, but what stands between two other cells and is no header is one name: C 语言 程序设计."""
    cells: list[str] = []
    open_name = False
    for word in line.split():
        is_name = looks_like(word) in _LIKE_A_NAME and kind_of_header(word) is None
        if is_name and open_name:
            cells[-1] += f" {word}"
        else:
            cells.append(word)
        open_name = is_name
    return cells


def _one_under_the_other(cells: Sequence[str]) -> list[list[str]]:
    """Rows of as many cells as there are headers at the top, where what follows fills them all."""
    filled = [cell for cell in cells if cell]
    width = 0
    while width < len(filled) and kind_of_header(filled[width]) is not None:
        width += 1
    if width < 2 or len(filled) <= width or len(filled) % width:
        return [[cell] for cell in cells]
    return [list(filled[start : start + width]) for start in range(0, len(filled), width)]
