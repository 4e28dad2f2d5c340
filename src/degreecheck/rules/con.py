"""CON: the school's conditions. Each semester's notice rules, so these are never more than questions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from degreecheck import score_marks
from degreecheck.pack import UNKNOWN
from degreecheck.rules._rule import Case, Hit, hit, rule


def _number(text: str) -> Decimal | None:
    return score_marks.parse_score(text).value


@rule("CON101", "warning", field="courses.average_score", limits=("conditions.average", "conditions.source"),
      after=("CRS101", "CRS103", "CRS104", "CRS201", "CRS202", "CRS203"))  # fmt: skip
def average_below_condition(case: Case) -> Iterator[Hit]:
    """The average is below what the school's notice asked. Source: F."""
    least = case.pack.conditions.average
    stated = _number(case.form.courses.average_score)
    if least != UNKNOWN and stated is not None and stated < least:
        yield hit(stated=stated, least=least, notice=case.pack.conditions.source)


@rule("CON102", "warning", field="courses.thesis_score", limits=("conditions.thesis", "conditions.source"),
      after=("CRS301", "CRS302", "CRS303"))  # fmt: skip
def thesis_below_condition(case: Case) -> Iterator[Hit]:
    """The thesis score is below what the school's notice asked. Source: F."""
    least = case.pack.conditions.thesis
    stated = _number(case.form.courses.thesis_score)
    if least != UNKNOWN and stated is not None and stated < least:
        yield hit(stated=stated, least=least, notice=case.pack.conditions.source)


@rule(
    "CON103",
    "warning",
    field="language.score",
    limits=("routes.*.minimum_score", "conditions.source"),
    after=("LNG101", "LNG401"),
)
def language_score_below_condition(case: Case) -> Iterator[Hit]:
    """The language score is below what the school's notice asked on this route. Source: F."""
    route = case.pack.routes.get(case.form.language.route)
    stated = _number(case.form.language.score)
    if route is None or route.minimum_score == UNKNOWN or stated is None:
        return
    if stated < route.minimum_score:
        yield hit(stated=stated, least=route.minimum_score, route=route.label.zh, route_id=case.form.language.route,
                  notice=case.pack.conditions.source)  # fmt: skip


@rule("CON104", "warning", field="institution.graduation_date", after=("SCH401", "SCH402", "SCH403"),
      limits=("conditions.years_after_graduation", "conditions.source"))  # fmt: skip
def application_too_late(case: Case) -> Iterator[Hit]:
    """More years have passed since graduation than the school's notice allowed. Source: F."""
    years = case.pack.conditions.years_after_graduation
    graduated = case.form.institution.graduation_date
    if years == UNKNOWN or graduated is None:
        return
    last = graduated.last
    deadline = last.replace(year=last.year + years, day=28 if (last.month, last.day) == (2, 29) else last.day)
    if case.today > deadline:
        yield hit(graduated=str(graduated), years=years, notice=case.pack.conditions.source)


@rule("CON199", "note", limits=("conditions",))
def condition_unknown(case: Case) -> Iterator[Hit]:
    """The pack has no figure for a condition: the school has not published it, so nothing was compared. Source: F."""
    conditions = case.pack.conditions
    figures = (("average", conditions.average), ("thesis", conditions.thesis),
               ("years_after_graduation", conditions.years_after_graduation))  # fmt: skip
    unknown = [name for name, figure in figures if figure == UNKNOWN]
    if unknown:
        yield hit(conditions=unknown)
