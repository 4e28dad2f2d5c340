"""The sum under the course table: what counts, what does not and why."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from degreecheck import scores, text
from degreecheck.form import CourseRecord
from degreecheck.worked_average import LeftOut, Why, work_out


def test_the_perfect_transcript() -> None:
    found = work_out(make.perfect_records())
    assert (found.count, found.total, found.rounded, found.unrounded) == (20, Decimal(1567), "78.35", "78.35")
    assert found.left_out == (LeftOut(make.THESIS_ROW, "thesis"),)
    assert found.with_thesis == make.AVERAGE_WITH_THESIS
    assert found.formula(2) == "(81+74+…)/20 = 78.35"
    assert found.certain
    assert found.others == ()


def test_rows_are_numbered_as_in_the_form() -> None:
    found = work_out([CourseRecord(), make.record("甲", "80"), CourseRecord(), make.record("乙", "81")])
    assert [(term.row, term.value) for term in found.terms] == [(1, 80), (3, 81)]
    assert (found.unrounded, found.rounded, found.with_thesis) == ("80.50", "80.50", "")


@pytest.mark.parametrize(
    ("scores_given", "unrounded", "rounded"),
    [(["80", "80", "81"], "80.333333…", "80.33"), (["78.345"], "78.345", "78.35"), (["80"], "80.00", "80.00")],
)
def test_before_and_after_rounding(scores_given: list[str], unrounded: str, rounded: str) -> None:
    found = work_out(make.records(*scores_given, thesis=None))
    assert (found.unrounded, found.rounded) == (unrounded, rounded)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (make.record("英语", ""), "no_score"),
        (make.record("英语", "/"), "no_score"),
        (make.record("英语", "", kind="exempt"), "exempt"),
        (make.record("英语", "免考", kind="exempt"), "exempt"),
        (make.record("英语", "合格"), "not_numeric"),
        (make.record("英语", "八十"), "not_numeric"),
        (make.record("英语", "785"), "out_of_range"),
        (make.record("毕业设计", "80"), "thesis"),
        (make.record("其他", "80", is_thesis=True), "thesis"),
    ],
)
def test_every_row_that_does_not_count_says_why(row: CourseRecord, why: Why) -> None:
    found = work_out([make.record("甲", "80"), row])
    assert found.left_out == (LeftOut(1, why),)
    assert found.rounded == "80.00"


def test_open_ways_of_counting_are_shown() -> None:
    found = work_out([make.record("甲", "80"), make.record("乙", "优"), make.record("毕业论文", "90")])
    assert not found.certain
    assert ("marks_sdu",) in [other.ways for other in found.others]
    assert "87.50" in [other.average for other in found.others]
    settled = work_out([make.record("甲", "80"), make.record("乙", "优")], {"优": Decimal(90)})
    assert (settled.rounded, settled.others, settled.left_out) == ("85.00", (), ())


def test_nothing_to_count() -> None:
    for rows in ([], [CourseRecord()], [make.record("毕业论文", "90")], [make.record("甲", "合格")]):
        found = work_out(rows, "exclude")
        assert (found.worked, found.rounded, found.unrounded, found.formula()) == (None, "", "", "")


def test_more_rows_than_any_transcript_has() -> None:
    found = work_out(make.records(*["80"] * (scores.MAX_ROWS + 1)))
    assert found.worked is None
    assert {entry.why for entry in found.left_out} == {"thesis", "too_many_rows"}


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_the_words_are_there(language: str) -> None:
    texts = text.load(language)
    found = work_out([make.record("甲", "80"), make.record("乙", "优"), make.record("毕业论文", "90")])
    for entry in found.left_out:
        said = texts.get("worked_sum.left_out", row=entry.row + 1, course="甲", why=entry.why)
        assert texts.raw(f"score_left_out.{entry.why}") in said
    for other in found.others:
        assert "_" not in texts.get("worked_sum.other", ways=list(other.ways), formula=other.formula)


rows = st.builds(
    CourseRecord,
    name=st.sampled_from(["", "甲", "毕业论文", "毕业综合实践"]),
    score=st.sampled_from(["", "80", "59.5", "101", "优", "免考"]) | st.text(max_size=5),
    is_thesis=st.booleans(),
    kind=st.sampled_from([None, "exempt", "transferred"]),
)


@given(st.lists(rows, max_size=8), st.sampled_from(["ask", "exclude"]))
def test_every_row_is_accounted_for_once(records: list[CourseRecord], policy: scores.NonNumeric) -> None:
    found = work_out(records, policy)
    named = [term.row for term in found.terms] + [entry.row for entry in found.left_out]
    blank = [number for number, row in enumerate(records) if row == CourseRecord()]
    assert len(named) == len(set(named))
    assert set(named).isdisjoint(blank)
    filled = [n for n, r in enumerate(records) if r.name or r.score.strip() or r.kind or r.is_thesis]
    assert sorted(named) == filled
    if found.worked:
        assert found.worked == scores.worked_sum(found.terms)
