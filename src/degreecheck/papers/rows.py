"""Rows of a page: lines at one height, left to right, and where each of their characters stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from degreecheck.facts import Box, Region, TextFacts, TextLine
from degreecheck.papers.old_forms import FORMS

CELL = "|"  # between two lines of a row
_SAME_ROW = 0.55  # of the lower line's height: how far two middles in a row may lie apart
_NARROW = 0.55  # width of a Latin letter or digit to that of a Chinese character


@dataclass(frozen=True)
class Seen:
    """A value that was read: its text, the reader's confidence (0-1) in the line that it stands in, and its place."""

    text: str
    confidence: float
    region: Region  # in the picture as it is shown


@dataclass(frozen=True, eq=False)
class Row:
    """Lines at one height. ``text`` is what they say, folded and without blanks, CELL between two lines."""

    facts: TextFacts
    lines: tuple[TextLine, ...]

    @cached_property
    def _characters(self) -> list[tuple[str, int, float, float]]:
        """Each character of ``text``: its line, and its left and right side on the straight page."""
        found: list[tuple[str, int, float, float]] = []
        for number, line in enumerate(self.lines):
            if number:
                found.append((CELL, number, line.place[0], line.place[0]))
            found.extend((character, number, left, right) for character, left, right in spread(line))
        return found

    @cached_property
    def text(self) -> str:
        """What the row says."""
        return "".join(character for character, *_ in self._characters)

    @property
    def top(self) -> float:
        """Upper edge on the straight page."""
        return min(line.place[1] for line in self.lines)

    @property
    def bottom(self) -> float:
        """Lower edge on the straight page."""
        return max(line.place[3] for line in self.lines)

    def sides(self, start: int, end: int) -> tuple[float, float]:
        """Left and right side of ``text[start:end]`` on the straight page."""
        part = self._characters[start:end]
        return min(left for _, _, left, _ in part), max(right for *_, right in part)

    def seen(self, start: int, end: int, text: str | None = None) -> Seen:
        """The value at ``text[start:end]``, which must not be empty."""
        part = [entry for entry in self._characters[start:end] if entry[0] != CELL]
        numbers = sorted({number for _, number, _, _ in part})
        boxes = []
        for number in numbers:
            own = [(left, right) for _, at, left, right in part if at == number]
            boxes.append(_part_of(self.lines[number], min(left for left, _ in own), max(right for _, right in own)))
        box: Box = (
            min(box[0] for box in boxes), min(box[1] for box in boxes),
            max(box[2] for box in boxes), max(box[3] for box in boxes),
        )  # fmt: skip
        value = "".join(character for character, *_ in part) if text is None else text
        confidence = min(self.lines[number].confidence for number in numbers)
        return Seen(value, confidence, self.facts.region(self.lines[0].page, box))


def spread(line: TextLine) -> Iterator[tuple[str, float, float]]:
    """The line's characters, folded (NFKC, new forms) and without blanks, each with its left and right side."""
    widths = [_NARROW if character.isascii() else 1.0 for character in line.text]
    left, _, right, _ = line.place
    unit = (right - left) / (sum(widths) or 1.0)
    at = left
    for character, width in zip(line.text, widths, strict=True):
        for part in unicodedata.normalize("NFKC", character).translate(FORMS):
            if not part.isspace():
                yield (part if part != CELL else "/"), at, at + width * unit
        at += width * unit


def _part_of(line: TextLine, left: float, right: float) -> Box:
    """The part of the line's box between two sides given on the straight page."""
    wide = line.place[2] - line.place[0] or 1.0
    first, last = (left - line.place[0]) / wide, (right - line.place[0]) / wide
    x0, y0, x1, y1 = line.box
    return (x0 + (x1 - x0) * max(first, 0.0), y0, x0 + (x1 - x0) * min(last, 1.0), y1)


def rows_of(facts: TextFacts) -> tuple[Row, ...]:
    """All rows, page by page, from above."""
    rows: list[Row] = []
    for page in dict.fromkeys(line.page for line in facts.lines):
        lines = [line for line in facts.lines if line.page == page and not line.text.isspace()]
        rows += [Row(facts, tuple(sorted(group, key=lambda line: line.place[0]))) for group in _groups(lines)]
    return tuple(rows)


def _groups(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    groups: list[list[TextLine]] = []
    for line in sorted(lines, key=_middle):
        for group in reversed(groups[-3:]):
            if any(_side_by_side(line, other) for other in group) and not any(_over(line, other) for other in group):
                group.append(line)
                break
        else:
            groups.append([line])
    return groups


def _middle(line: TextLine) -> float:
    return (line.place[1] + line.place[3]) / 2


def _side_by_side(one: TextLine, other: TextLine) -> bool:
    lower = min(one.place[3] - one.place[1], other.place[3] - other.place[1])
    return abs(_middle(one) - _middle(other)) < _SAME_ROW * lower


def _over(one: TextLine, other: TextLine) -> bool:
    """Whether one stands above the other: in two rows, however near."""
    shared = min(one.place[2], other.place[2]) - max(one.place[0], other.place[0])
    return shared > 0.3 * min(one.place[2] - one.place[0], other.place[2] - other.place[0])
