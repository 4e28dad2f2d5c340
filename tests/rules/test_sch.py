"""SCH: school and dates."""

from __future__ import annotations

from typing import Any

import pytest

import make
from degreecheck.form import PartialDate, parse_date

ENTRY, GRADUATION = "institution.entry_date", "institution.graduation_date"


def sch(changes: dict[str, Any], **more: Any) -> set[str]:
    return make.codes(make.perfect_case(changes, **more), "SCH")


def test_the_perfect_applicants_are_silent() -> None:
    assert sch({}) == set()
    assert make.codes(make.adult_case(), "SCH") == set()


@pytest.mark.parametrize(
    ("school", "codes"),
    [
        ("", {"SCH101"}),
        ("  ", {"SCH101"}),
        ("重庆科技大学", set()),
        ("重庆科技学院", set()),
        (" 重庆 科技大学", set()),
        ("重庆理工大学", {"SCH102"}),
    ],
)
def test_the_school(school: str, codes: set[str]) -> None:
    assert sch({"institution.school": school}) == codes


def test_the_major() -> None:
    assert sch({"courses.major": " "}) == {"SCH201"}
    offered = make.school({"majors": ["工商管理", "会计学（专升本）"]})
    assert sch({}, pack=offered) == set()
    assert sch({"courses.major": "会计学(专升本)"}, pack=offered) == set()
    case = make.perfect_case({"courses.major": "护理学"}, pack=offered)
    assert make.codes(case, "SCH") == {"SCH202"}
    assert "王老师 023-65022130" in make.sentences(make.findings(case, "SCH202"))
    adult = make.adult_case({"courses.major": "护理学"}, pack=offered)
    assert "李老师 023-65022052" in make.sentences(make.findings(adult, "SCH202"))


@pytest.mark.parametrize(
    ("entry", "codes", "errors"),
    [
        (None, {"SCH301"}, {"SCH301"}),
        ("2017-10", set(), set()),
        ("2017-10-15", set(), set()),  # the transcript shows months: the same month suffices
        ("2017-11", {"SCH302"}, {"SCH302"}),
        ("2018-04", {"SCH302"}, {"SCH302"}),
        ("2017-09", {"SCH302"}, set()),
        ("2017-09-30", {"SCH302"}, set()),
    ],
)
def test_self_study_entry_is_the_first_passed_course(entry: str | None, codes: set[str], errors: set[str]) -> None:
    case = make.perfect_case({ENTRY: entry and parse_date(entry)})
    assert make.codes(case, "SCH") == codes
    assert make.errors(case) == errors


def test_where_the_transcript_shows_days_the_day_counts() -> None:
    rows = make.records_with(0, passed_on=PartialDate(2017, 10, 20))
    rows = (rows[0], rows[1].model_copy(update={"passed_on": PartialDate(2017, 10, 20)}), *rows[2:])
    for entry, codes in (
        ("2017-10-20", set()),
        ("2017-10", set()),
        ("2017-10-21", {"SCH302"}),
        ("2017-10-19", {"SCH302"}),
    ):
        assert sch({"courses.records": rows, ENTRY: parse_date(entry)}) == codes


@pytest.mark.parametrize("change", [{"kind": "exempt"}, {"kind": "transferred"}, {"score": "55"}, {"score": ""}])
def test_what_was_not_passed_here_proves_nothing(change: dict[str, Any]) -> None:
    rows = make.records_with(4, passed_on=PartialDate(2016, 4), **change)
    assert sch({"courses.records": rows}) == set()
    counted = make.records_with(4, passed_on=PartialDate(2016, 4))
    assert sch({"courses.records": counted}) == {"SCH302"}


def test_without_dated_rows_nothing_is_compared() -> None:
    case = make.perfect_case({"courses.records": ()})
    assert make.reasons(case, "SCH302") == {("not_applicable", "")}


@pytest.mark.parametrize(
    ("entry", "codes"),
    [
        (PartialDate(2017, 3, 1), set()),
        (PartialDate(2017, 3), set()),
        (PartialDate(2017, 3, 2), {"SCH303"}),
        (PartialDate(2017, 9, 1), {"SCH303"}),
        (None, {"SCH301"}),
    ],
)
def test_adult_entry_is_the_first_of_march(entry: PartialDate | None, codes: set[str]) -> None:
    assert make.codes(make.adult_case({ENTRY: entry}), "SCH") == codes


@pytest.mark.parametrize(
    ("graduation", "codes"),
    [
        (None, {"SCH401"}),
        ("2017-10-01", {"SCH402"}),
        ("2017-09-30", {"SCH402"}),
        ("2026-04-18", set()),
        ("2026-04", set()),
        ("2026-04-19", {"SCH403"}),
        ("2026-05", {"SCH403"}),
    ],
)
def test_graduation(graduation: str | None, codes: set[str]) -> None:
    found = sch({GRADUATION: graduation and parse_date(graduation)})
    assert found - {"SCH501"} == codes


def test_a_future_graduation_is_only_asked_of_adult_education() -> None:
    later = {GRADUATION: PartialDate(2026, 6, 30)}
    assert make.errors(make.perfect_case(later)) == {"SCH403"}
    adult = make.adult_case({**later, "institution.diploma_number": ""})
    assert make.codes(adult, "SCH") == {"SCH403"}
    assert make.errors(adult) == set()


@pytest.mark.parametrize(
    ("entry", "graduation", "codes"),
    [
        ("2017-10", "2019-10", set()),
        ("2017-10", "2019-09", {"SCH404"}),
        ("2017-10-15", "2019-10-15", set()),
        ("2017-10-15", "2019-10-14", {"SCH404"}),
    ],
)
def test_less_than_two_years(entry: str, graduation: str, codes: set[str]) -> None:
    changes = {ENTRY: parse_date(entry), GRADUATION: parse_date(graduation)}
    assert sch(changes) - {"SCH501"} == codes


def test_a_course_after_graduation_is_named_by_its_row() -> None:
    case = make.perfect_case({"courses.records": make.records_with(3, passed_on=PartialDate(2026, 1))})
    assert make.codes(case, "SCH") == {"SCH501"}
    finding = make.finding(case, "SCH501")
    assert (finding.subject, finding.field) == ("row:4", "courses.records[3].passed_on")
    same_month = make.records_with(3, passed_on=PartialDate(2025, 12))
    assert sch({"courses.records": same_month}) == set()


def test_one_cause_one_finding() -> None:
    case = make.perfect_case({ENTRY: None, GRADUATION: None})
    assert make.codes(case, "SCH") == {"SCH301", "SCH401"}
    assert make.reasons(case, "SCH402") == {("skipped", "after SCH301")}
