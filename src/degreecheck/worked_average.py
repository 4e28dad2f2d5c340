"""The average laid open for display (M10): which rows of the form count, which do not and why, the sum, the result.

The counting itself is degreecheck.scores; rows are numbered as they stand in the form, blank ones included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from degreecheck import scores
from degreecheck.form import CourseRecord
from degreecheck.score_readings import round_down, worked_sum
from degreecheck.scores import NonNumeric, Reading, Term, WorkedSum, parse_score

Why = Literal["thesis", "no_score", "out_of_range", "not_numeric", "exempt", "too_many_rows"]
_SHOWN_PLACES = 6


class LeftOut(NamedTuple):
    """A row of the form (index from 0) that is not in the sum. `why` is a word of [score_left_out]."""

    row: int
    why: Why


class OtherReading(NamedTuple):
    """The average counted another way. `ways`: words of [way]; `average` has two decimals."""

    ways: tuple[str, ...]
    average: str
    formula: str


@dataclass(frozen=True, slots=True)
class WorkedAverage:
    """The plain average of the form's course rows, and what it would be counted otherwise.

    `terms`: the rows that count, in order. `worked` is None where nothing counts. `with_thesis`: the average as a
    transcript prints it, the thesis in it (two decimals); "" without a thesis score. `others`: under the ways of
    counting that are open, the most likely first. `certain`: no other figure can follow from these rows.
    """

    terms: tuple[Term, ...]
    left_out: tuple[LeftOut, ...]
    worked: WorkedSum | None
    with_thesis: str = ""
    others: tuple[OtherReading, ...] = ()
    certain: bool = False

    @property
    def count(self) -> int:
        """How many rows count."""
        return len(self.terms)

    @property
    def total(self) -> Decimal:
        """Their exact sum."""
        return self.worked.total if self.worked else Decimal(0)

    @property
    def rounded(self) -> str:
        """The average as the portal takes it, half up to two decimals; "" where nothing counts."""
        return str(self.worked.rounded) if self.worked else ""

    @property
    def unrounded(self) -> str:
        """The quotient before rounding, cut off after six decimals with an ellipsis where it goes on; "" for none."""
        if not self.worked:
            return ""
        digits = round_down(self.worked.exact, _SHOWN_PLACES)
        if Fraction(digits) != self.worked.exact:
            return f"{digits}…"
        places = max(2, -int(digits.normalize().as_tuple().exponent))
        return str(round_down(self.worked.exact, places))

    def formula(self, shown: int = 6) -> str:
        """The sum on one line with at most ``shown`` numbers: "(78+82+…)/20 = 78.35"; "" where nothing counts."""
        return self.worked.formula(shown) if self.worked else ""


def work_out(records: Sequence[CourseRecord], non_numeric: NonNumeric = "ask") -> WorkedAverage:
    """The average of the form's course rows under the pack's policy (pack.average.non_numeric). Never raises."""
    numbers = [number for number, row in enumerate(records) if not is_blank(row)]
    rows = [records[number] for number in numbers]
    thesis = scores.thesis_rows(rows)
    readings = scores.readings(rows, non_numeric)
    doubts = {doubt.kind for doubt in scores.doubts(rows, non_numeric)}
    plain = readings[0].worked if readings and not readings[0].changed else None
    counted = {term.row for term in plain.terms} if plain else set()
    why = {row: _why(rows[row], row in thesis, len(rows)) for row in range(len(rows)) if row not in counted}
    terms = tuple(term._replace(row=numbers[term.row]) for term in plain.terms) if plain else ()
    return WorkedAverage(
        terms,
        tuple(LeftOut(numbers[row], reason) for row, reason in why.items()),
        None if plain is None else WorkedSum(terms, plain.total, plain.count),
        _with_thesis(rows, thesis, plain),
        tuple(
            OtherReading(ways(each, "not_numeric" in doubts), str(each.worked.rounded), each.worked.formula(2))
            for each in readings
            if each.worked is not plain
        ),
        bool(rows) and not doubts,
    )


def is_blank(row: CourseRecord) -> bool:
    """Whether nothing stands in the row: tables pasted from a spreadsheet end in such rows."""
    return not (row.code.strip() or row.name.strip() or row.score.strip() or row.passed_on or row.kind or row.is_thesis)


def ways(reading: Reading, not_numeric: bool) -> tuple[str, ...]:
    """The ways of counting that make a reading, as words of [way]. ``not_numeric``: whether marks are in doubt."""
    found: list[str] = []
    if not_numeric or "marks" in reading.changed:
        found.append(f"marks_{reading.policies[0].name}")
    found += [f"{axis}_{getattr(reading, axis)}" for axis in reading.changed if axis != "marks"]
    return tuple(found or ["all"])


def _why(row: CourseRecord, is_thesis: bool, rows: int) -> Why:
    kind = parse_score(row.score).kind
    if is_thesis:
        return "thesis"
    if rows > scores.MAX_ROWS:
        return "too_many_rows"
    if kind == "out_of_range":
        return "out_of_range"
    if row.kind is not None and kind != "number":
        return "exempt"
    return "no_score" if kind == "blank" else "not_numeric"


def _with_thesis(rows: Sequence[CourseRecord], thesis: Sequence[int], plain: WorkedSum | None) -> str:
    values = [(row, parse_score(rows[row].score)) for row in thesis]
    terms = [Term(row, score.value) for row, score in values if score.kind == "number" and score.value is not None]
    return str(worked_sum([*plain.terms, *terms]).rounded) if plain and terms else ""
