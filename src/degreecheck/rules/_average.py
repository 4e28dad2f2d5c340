"""What the rules on scores share: the rows of the transcript, and how the stated average came about from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from degreecheck import scores, worked_average
from degreecheck.form import CourseRecord
from degreecheck.rules._rule import Case
from degreecheck.scores import Reading, Recognition, ScoreRow, WorkedSum, parse_score
from degreecheck.worked_average import is_blank

_HALF_A_HUNDREDTH = Fraction(1, 200)
# Where these are all that is in doubt, every way of counting has been tried before another cause is believed.
_TRIED_IN_FULL = frozenset({"waived", "repeated", "failed"})
# A reading that differs in these only is asked about by CRS403, CRS406 and CRS405 anyway.
_ASKED_ELSEWHERE = frozenset({"marks", "repeated", "failed"})

_Policy = str | tuple[tuple[str, Decimal], ...]  # pack.Average.non_numeric, hashable


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that hold anything, and the averages that follow from them. Indexes count from 0 in ``rows``."""

    rows: tuple[CourseRecord, ...]
    numbers: tuple[int, ...]  # of these rows in the form, from 1, as people count them
    thesis: tuple[int, ...]
    readings: tuple[Reading, ...]
    doubts: Mapping[str, tuple[int, ...]]  # scores.Doubt by its kind

    @property
    def plain(self) -> WorkedSum | None:
        """The plain average, or None when nothing counts under it."""
        return self.readings[0].worked if self.readings and not self.readings[0].changed else None

    @property
    def certain(self) -> bool:
        """Whether only one average can follow from these rows."""
        return bool(self.rows) and not self.doubts

    def named(self, *indexes: int) -> list[str]:
        """The courses in these rows, by name or code."""
        return [course(self.rows[index]) for index in indexes]

    def numbered(self, *indexes: int) -> list[int]:
        """The rows' numbers in the form, from 1."""
        return [self.numbers[index] for index in indexes]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the stated average stands to the rows.

    ``code``: the rule whose matter it is: CRS201, CRS202 or CRS203 for a wrong one, CRS204, CRS401, CRS404 or CRS407
    when what they speak of keeps it from being judged, "" when it is right. ``sure``: no other average can be right.
    """

    code: str
    sure: bool = False
    recognition: Recognition | None = None


class _ThesisRow(NamedTuple):
    score: str
    code: str = ""
    name: str = ""
    is_thesis: bool = True
    kind: None = None


def course(row: CourseRecord) -> str:
    """What a course is called in a sentence."""
    return (row.name.strip() or row.code.strip() or "—")[:40]


def sheet(case: Case) -> Sheet:
    """The case's transcript. Raises NotAsked where no records were asked for."""
    return _sheet(case.form.courses.records, _policy(case))


def standing(case: Case) -> Standing:
    """How the stated average came about; it must be a number from 0 to 100. Raises NotAsked."""
    courses = case.form.courses
    return _standing(courses.records, _policy(case), courses.average_score, courses.thesis_score)


def _policy(case: Case) -> _Policy:
    policy = case.pack.average.non_numeric
    return policy if isinstance(policy, str) else tuple(sorted(policy.items()))


def _non_numeric(policy: _Policy) -> scores.NonNumeric:
    if isinstance(policy, tuple):
        return dict(policy)
    return "exclude" if policy == "exclude" else "ask"


# Several rules look at the same rows in one judgement, and the window judges again after each change.
@lru_cache(maxsize=8)
def _sheet(records: tuple[CourseRecord, ...], policy: _Policy) -> Sheet:
    filled = [(number, row) for number, row in enumerate(records, 1) if not is_blank(row)]
    rows = tuple(row for _, row in filled)
    way = _non_numeric(policy)
    return Sheet(
        rows=rows,
        numbers=tuple(number for number, _ in filled),
        thesis=scores.thesis_rows(rows),
        readings=scores.readings(rows, way),
        doubts={doubt.kind: doubt.rows for doubt in scores.doubts(rows, way)},
    )


@lru_cache(maxsize=8)
def _standing(records: tuple[CourseRecord, ...], policy: _Policy, stated: str, thesis_score: str) -> Standing:
    known = _sheet(records, policy)
    doubts = set(known.doubts)
    if "out_of_range" in doubts:
        return Standing("CRS404")
    if not known.readings:
        return Standing("CRS204")
    rows: tuple[ScoreRow, ...] = known.rows
    if not any(parse_score(rows[index].score).kind in ("number", "mark") for index in known.thesis):
        # The transcript's own average has the thesis in it even where its row was not copied.
        rows = (*rows, _ThesisRow(thesis_score))
    found = scores.explain_difference(stated, rows, _non_numeric(policy))
    cause = found.cause if found else None
    plain = found is not None and not found.reading.changed
    exact = found is not None and found.rounding == "half_up" and found.places >= 2
    if cause == "equal" or (cause == "other_reading" and found and set(found.reading.changed) <= _ASKED_ELSEWHERE):
        return Standing("", recognition=found)
    if cause == "with_thesis" and exact:
        return Standing("CRS201", known.certain or (plain and doubts <= _TRIED_IN_FULL), found)
    if "missing" in doubts and _missing_scores_fit(stated, known.plain, len(known.doubts["missing"])):
        return Standing("CRS407", recognition=found)
    if cause == "with_thesis":
        return Standing("CRS201", known.certain, found)
    if cause == "misrounded" and plain:
        return Standing("CRS202", known.certain, found)
    unclear = set(known.doubts.get("thesis_unclear", ()))
    if cause == "course_left_out" and found and not known.thesis and unclear.intersection(found.rows):
        return Standing("CRS401", recognition=found)
    marked = known.plain is None or any(term.mark for term in known.plain.terms)
    return Standing("CRS203", known.certain and not marked, found)


def _missing_scores_fit(text: str, plain: WorkedSum | None, missing: int) -> bool:
    """Whether passing scores in the blank rows would make the stated average right."""
    stated = parse_score(text).value
    if stated is None:
        return False
    total, count = (Fraction(plain.total), plain.count) if plain else (Fraction(0), 0)
    lowest = (Fraction(stated) - _HALF_A_HUNDREDTH) * (count + missing) - total
    highest = (Fraction(stated) + _HALF_A_HUNDREDTH) * (count + missing) - total
    return lowest <= 100 * missing and highest > int(scores.PASS) * missing


def reading_data(known: Sheet, reading: Reading) -> dict[str, object]:
    """A reading as plain data: the ways of counting that make it (keys of [way]), the average, the worked sum."""
    ways = worked_average.ways(reading, "not_numeric" in known.doubts)
    return {"ways": list(ways), "average": str(reading.worked.rounded), "formula": reading.worked.formula(2)}
