"""WIN, CON and DEC: the window, the school's conditions, the declaration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

import make
from degreecheck import clock, pack
from degreecheck.form import PartialDate

OPENS, CLOSES = "submission.window_opens", "submission.window_closes"
CORRECTIONS, STATUS = "submission.correction_closes", "submission.status"


def at(text: str) -> datetime:
    return clock.parse_moment(text)


def win(changes: dict[str, Any], now: str = "2026-04-18T12:00") -> set[str]:
    return make.codes(make.perfect_case(changes, now=at(now)), "WIN")


@pytest.mark.parametrize(
    ("now", "codes"),
    [
        ("2026-04-15T07:59", {"WIN101"}),
        ("2026-04-15T08:00", set()),
        ("2026-04-20T23:59", set()),
        ("2026-04-21T00:00", {"WIN102"}),  # three days left
        ("2026-04-24T23:58", {"WIN102"}),
        ("2026-04-24T23:59:01", {"WIN103"}),
        ("2026-04-15", set()),  # a bare day stands for noon
    ],
)
def test_a_draft_goes_by_the_window(now: str, codes: set[str]) -> None:
    assert win({}, now) == codes


def test_the_last_day_is_called_today() -> None:
    case = make.perfect_case({}, now=at("2026-04-24T10:00"))
    assert make.finding(case, "WIN102").variant == "today"


def test_a_returned_application_goes_by_the_correction_date() -> None:
    returned = {STATUS: "returned", CORRECTIONS: at("2026-05-20T23:59")}
    assert win(returned, "2026-05-01") == set()
    assert win(returned, "2026-05-18") == {"WIN102"}
    assert win(returned, "2026-05-21") == {"WIN103"}
    case = make.perfect_case(returned, now=at("2026-05-21"))
    assert make.finding(case, "WIN103").field == CORRECTIONS
    assert win({STATUS: "returned"}, "2026-05-21") == {"WIN104"}


@pytest.mark.parametrize("status", ["not_reviewed", "in_review", "passed", "refused"])
def test_what_is_handed_in_has_no_window(status: str) -> None:
    case = make.perfect_case({STATUS: status}, now=at("2027-01-01"))
    assert make.codes(case, "WIN") == set()
    assert make.reasons(case, "WIN103") == {("not_applicable", "")}


def test_no_window_is_only_a_note() -> None:
    case = make.perfect_case({OPENS: None, CLOSES: None})
    assert make.codes(case, "WIN") == {"WIN104"}
    assert make.errors(case) == set()
    assert make.finding(case, "WIN104").field == CLOSES
    assert make.finding(make.perfect_case({STATUS: "returned"}), "WIN104").field == CORRECTIONS


def con(changes: dict[str, Any], **conditions: Any) -> set[str]:
    changed = make.school({f"conditions.{name}": value for name, value in conditions.items()})
    return make.codes(make.perfect_case(changes, pack=changed), "CON") - {"CON199"}


def test_unpublished_conditions_are_said_and_not_compared() -> None:
    case = make.perfect_case({"courses.average_score": "60.00", "courses.records": ()})
    assert make.codes(case, "CON") == {"CON199"}
    assert make.finding(case, "CON199").values == {"conditions": ["average", "thesis"]}
    known = make.school({"conditions.average": 65, "conditions.thesis": 75})
    assert make.codes(make.perfect_case(pack=known), "CON") == set()


@pytest.mark.parametrize(("least", "codes"), [("78.35", set()), ("78.36", {"CON101"})])
def test_the_average(least: str, codes: set[str]) -> None:
    assert con({}, average=least) == codes


@pytest.mark.parametrize(("least", "codes"), [("86", set()), ("86.5", {"CON102"})])
def test_the_thesis(least: str, codes: set[str]) -> None:
    assert con({}, thesis=least) == codes


@pytest.mark.parametrize(("score", "codes"), [("350", set()), ("349", {"CON103"}), ("", set()), ("四百", set())])
def test_the_language_score(score: str, codes: set[str]) -> None:
    assert con({"language.score": score}) == codes


@pytest.mark.parametrize(
    ("graduation", "codes"),
    [
        (PartialDate(2023, 4, 18), set()),  # three years to the day
        (PartialDate(2023, 4, 17), {"CON104"}),
        (PartialDate(2023, 4), set()),
        (PartialDate(2023, 3), {"CON104"}),
        (None, set()),
    ],
)
def test_years_since_graduation(graduation: PartialDate | None, codes: set[str]) -> None:
    assert con({"institution.graduation_date": graduation}) == codes


def test_a_leap_day_graduation_has_an_anniversary() -> None:
    case = make.perfect_case({"institution.graduation_date": PartialDate(2020, 2, 29)}, now=at("2026-04-18"))
    assert "CON104" in make.codes(case, "CON")


def test_a_wrong_average_is_not_compared_with_a_condition() -> None:
    case = make.perfect_case({"courses.average_score": "101"}, pack=make.school({"conditions.average": 65}))
    assert make.reasons(case, "CON101") == {("skipped", "after CRS103")}


def test_conditions_never_block() -> None:
    strict = make.school({"conditions.average": 99, "conditions.thesis": 99, "conditions.years_after_graduation": 0})
    case = make.perfect_case(pack=strict)
    assert make.codes(case, "CON") == {"CON101", "CON102", "CON104"}
    assert make.errors(case) == set()


def test_a_neighbour_schools_conditions_are_its_own() -> None:
    cqut = pack.find("cqut")
    case = make.perfect_case({"courses.thesis_score": "79", "language.score": "340"}, pack=cqut)
    assert make.codes(case, "CON") == {"CON102", "CON103"} or make.codes(case, "CON") == {"CON103"}


def test_the_declaration_is_asked_for_only_when_exporting() -> None:
    undeclared = {"confirmations.truthful": False}
    case = make.perfect_case(undeclared)
    assert make.reasons(case, "DEC101") == {("not_applicable", "")}
    assert make.report(case).verdict == "confirm"
    assert make.errors(make.perfect_case(undeclared, exporting=True)) == {"DEC101"}
    assert make.errors(make.perfect_case(exporting=True)) == set()
