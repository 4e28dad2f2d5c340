"""How a stated average came about (M10): right, with the thesis in it, cut off, a course short, or none that is known.

The average itself is worked out in degreecheck.score_readings, score cells are read in degreecheck.score_marks; what
other modules need of both is offered here. Nothing raises on any text, and nothing judges: the rules do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from degreecheck.score_marks import (
    EXEMPTION,
    FAILED_MARKS,
    LEFT_OUT,
    MARKS,
    PASS,
    PUBLISHED_SCALES,
    MarkPolicy,
    NonNumeric,
    Score,
    mark_policies,
    mark_policy,
    parse_score,
    thesis_name,
)
from degreecheck.score_readings import (
    EXACT,
    MAX_ROWS,
    Doubt,
    Reading,
    ScoreRow,
    Term,
    WorkedSum,
    average,
    certain,
    doubts,
    readings,
    readings_under,
    repeated_rows,
    thesis_rows,
    worked_sum,
)

__all__ = [
    "EXEMPTION",
    "FAILED_MARKS",
    "LEFT_OUT",
    "MARKS",
    "MAX_ROWS",
    "PASS",
    "PUBLISHED_SCALES",
    "Cause",
    "Doubt",
    "MarkPolicy",
    "NonNumeric",
    "Reading",
    "Recognition",
    "Rounding",
    "Score",
    "ScoreRow",
    "Term",
    "WorkedSum",
    "average",
    "certain",
    "doubts",
    "explain_difference",
    "explanations",
    "is_two_decimals",
    "mark_policies",
    "mark_policy",
    "parse_score",
    "readings",
    "repeated_rows",
    "thesis_name",
    "thesis_rows",
    "two_decimals",
]

Cause = Literal[
    "equal",
    "other_reading",
    "with_thesis",
    "misrounded",
    "thesis_twice",
    "other_scale",
    "course_left_out",
    "other_divisor",
]
Rounding = Literal["half_up", "half_even", "cut_off", "twice"]

MAX_CANDIDATES = 5
MAX_THESIS_ROWS = 4

_HUNDREDTH = Decimal("0.01")
# A spreadsheet or script shows 78.345 as 78.34499999999999. An average of at most 500 scores with two decimals lies on
# a rounding boundary or 2e-6 away from it at least (1 / (1000 * 500)), so digits past the ninth are noise.
_NOISE = Decimal("1E-9")


@dataclass(frozen=True, slots=True)
class Recognition:
    """How a stated average can have come about.

    `cause`:
      equal            the plain average (it may still be written with other than two decimals)
      other_reading    the average under another reading that nothing forbids (see `reading.changed`)
      with_thesis      the thesis was averaged in (`rows`), as the transcript prints it
      misrounded       right but for the rounding: `rounding` to `places` decimals
      thesis_twice     the thesis was averaged in twice
      other_scale      marks counted by another published scale than the pack's own policy
      course_left_out  one course is missing from the sum: `rows` are those that fit, at most 5 of `candidates`
      other_divisor    the right total divided by another number than that of its terms (see `worked.count`)
    `reading` is the reading it starts from, `worked` the sum that gives the stated value when its quotient is rounded
    by `rounding` to `places` decimals: "half_even" only on an exact tie, "twice" = to three decimals, then to two.
    """

    cause: Cause
    stated: Decimal
    reading: Reading
    worked: WorkedSum
    rounding: Rounding = "half_up"
    places: int = 2
    rows: tuple[int, ...] = ()
    candidates: int = 0


def two_decimals(text: str) -> str | None:
    """The stated value properly written: "78.5", "７８．５" and "78.50分" give "78.50", 78.345 gives "78.35" (half up).

    None when it is no number from 0 to 100.
    """
    stated = _stated(text)
    return None if stated is None else f"{_half_up(stated):f}"


def is_two_decimals(text: str) -> bool:
    """Whether the value is a number from 0 to 100 and written as the portal takes it, blanks around it aside."""
    return two_decimals(text) == text.strip()


def explain_difference(stated: str, rows: Sequence[ScoreRow], non_numeric: NonNumeric = "ask") -> Recognition | None:
    """The likeliest origin of a stated average, "equal" included.

    None when it is no number from 0 to 100, when the rows give no average, or when no cause known here leads to it.
    """
    return next(_causes(stated, rows, non_numeric), None)


def explanations(stated: str, rows: Sequence[ScoreRow], non_numeric: NonNumeric = "ask") -> tuple[Recognition, ...]:
    """Every origin that fits, the likeliest first, one per cause; "equal" stands alone."""
    found: dict[Cause, Recognition] = {}
    for recognition in _causes(stated, rows, non_numeric):
        found.setdefault(recognition.cause, recognition)
    return tuple(found.values())


def _stated(text: str) -> Decimal | None:
    score = parse_score(text)
    if score.kind != "number" or score.value is None:
        return None
    return score.value.quantize(_NOISE, ROUND_HALF_UP, EXACT).normalize(EXACT)


def _half_up(value: Decimal) -> Decimal:
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP, EXACT)


class _Span(NamedTuple):
    """The exact averages, from `low` up to but without `high`, that come out as the stated value when rounded so."""

    rounding: Rounding
    places: int
    low: Decimal
    high: Decimal

    def holds(self, total: Decimal, count: int) -> bool:
        # Nothing is divided: products of numbers of these lengths are exact, quotients are not.
        return EXACT.multiply(self.low, count) <= total < EXACT.multiply(self.high, count)


def _rounded_to(stated: Decimal, places: int) -> _Span:
    half = Decimal(5).scaleb(-places - 1, EXACT)
    return _Span("half_up", places, EXACT.subtract(stated, half), EXACT.add(stated, half))


def _cut_to(stated: Decimal, places: int) -> _Span:
    return _Span("cut_off", places, stated, EXACT.add(stated, Decimal(1).scaleb(-places, EXACT)))


def _decimals(stated: Decimal) -> int:
    return max(0, -int(stated.as_tuple().exponent))


def _misroundings(stated: Decimal) -> tuple[_Span, ...]:
    """The wrong roundings that leave no more decimals than the stated value has, the finest first."""
    decimals = _decimals(stated)
    if decimals > 2:
        return (_rounded_to(stated, decimals), _cut_to(stated, decimals))
    low = _rounded_to(stated, 2).low
    # 78.3446 → 78.345 → 78.35: rounded twice, it starts half a thousandth below the right span.
    spans = [_cut_to(stated, 2), _Span("twice", 2, EXACT.subtract(low, Decimal("0.0005")), low)]
    for places in range(1, decimals - 1, -1):
        spans += [_rounded_to(stated, places), _cut_to(stated, places)]
    return tuple(spans)


def _causes(text: str, rows: Sequence[ScoreRow], non_numeric: NonNumeric) -> Iterator[Recognition]:
    """All that fits, in the order of belief: innocent origins first, then root causes, last what fits many figures."""
    stated = _stated(text)
    found = readings(rows, non_numeric)
    if stated is None or not found:
        return
    right = _rounded_to(_half_up(stated), 2)
    for reading in found:
        if right.holds(reading.worked.total, reading.worked.count):
            yield Recognition("other_reading" if reading.changed else "equal", stated, reading, reading.worked)
            if not reading.changed:
                return
    # A copy agrees in all the decimals it has; leniency is for the value that is right.
    same = (_rounded_to(stated, max(2, _decimals(stated))),)
    wrong = _misroundings(stated)
    thesis = [(row, parse_score(rows[row].score)) for row in thesis_rows(rows)[:MAX_THESIS_ROWS]]
    policies = mark_policies(non_numeric)
    with_thesis = [
        (reading, terms) for reading in found for terms in _thesis_sets(thesis, (*reading.policies, *policies))
    ]
    for reading in found:
        for each, terms in with_thesis:
            if each is reading:
                yield from _matches("with_thesis", stated, reading, same, terms)
        if not right.holds(reading.worked.total, reading.worked.count):
            yield from _matches("misrounded", stated, reading, wrong)
    for reading, terms in with_thesis:
        yield from _matches("with_thesis", stated, reading, wrong, terms)
    for reading, terms in with_thesis:
        yield from _matches("thesis_twice", stated, reading, same, terms * 2)
    yield from _other_scales(stated, rows, non_numeric, right)
    yield from _course_left_out(stated, found[0], same[0])
    # One course miscounted; the thesis in the divisor only, or in the total only.
    for shift in (1, -1):
        yield from _matches("other_divisor", stated, found[0], same, shift=shift)
    for reading, terms in with_thesis:
        if reading is found[0]:
            yield from _matches("other_divisor", stated, reading, same, terms, -len(terms))


def _matches(
    cause: Cause,
    stated: Decimal,
    reading: Reading,
    spans: Sequence[_Span],
    more: tuple[Term, ...] = (),
    shift: int = 0,
) -> Iterator[Recognition]:
    """The reading with `more` terms added and its divisor shifted, under the first of the spans that holds it."""
    total, count = reading.worked.total, reading.worked.count + len(more) + shift
    for term in more:
        total = EXACT.add(total, term.value)
    for span in spans:
        if count and span.holds(total, count):
            rounding = span.rounding
            if rounding == "cut_off" and _is_tie_to_even(stated, span, total, count):
                rounding = "half_even"
            worked = WorkedSum((*reading.worked.terms, *more), total, count)
            rows = tuple(dict.fromkeys(term.row for term in more))
            yield Recognition(cause, stated, reading, worked, rounding, span.places, rows)
            return


def _is_tie_to_even(stated: Decimal, span: _Span, total: Decimal, count: int) -> bool:
    tie = EXACT.multiply(_rounded_to(stated, span.places).high, count) == total
    return tie and int(stated.scaleb(span.places, EXACT)) % 2 == 0


def _thesis_sets(thesis: Sequence[tuple[int, Score]], policies: Sequence[MarkPolicy]) -> list[tuple[Term, ...]]:
    """The thesis rows with a number, if need be the first policy's that has one: all, and of several each alone."""
    terms: list[Term] = []
    for row, score in thesis:
        if score.kind == "number" and score.value is not None:
            terms.append(Term(row, score.value))
        elif values := [value for policy in policies if (value := policy.value(score)) is not None]:
            terms.append(Term(row, values[0], score.text))
    alone = [(term,) for term in terms] if len(terms) > 1 else []
    return [tuple(terms), *alone] if terms else []


def _other_scales(
    stated: Decimal, rows: Sequence[ScoreRow], non_numeric: NonNumeric, right: _Span
) -> Iterator[Recognition]:
    policies = mark_policies(non_numeric)
    if len(policies) == 1:
        for reading in readings_under(rows, (*policies, LEFT_OUT, *PUBLISHED_SCALES)):
            if reading.changed == ("marks",):
                yield from _matches("other_scale", stated, reading, (right,))


def _course_left_out(stated: Decimal, reading: Reading, span: _Span) -> Iterator[Recognition]:
    worked = reading.worked
    fewer = worked.count - 1
    # (total - x) / fewer lies in the span exactly when x does in this one: one comparison a course, no new sum.
    low = EXACT.subtract(worked.total, EXACT.multiply(span.high, fewer))
    high = EXACT.subtract(worked.total, EXACT.multiply(span.low, fewer))
    fitting = [term for term in worked.terms if low < term.value <= high] if fewer else []
    if fitting:
        rest = worked_sum(term for term in worked.terms if term is not fitting[0])
        rows = tuple(term.row for term in fitting[:MAX_CANDIDATES])
        yield Recognition("course_left_out", stated, reading, rest, span.rounding, span.places, rows, len(fitting))
