"""CRS301–407: the thesis score and the course rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import make
from degreecheck.form import CourseRecord, OnlyAsked
from degreecheck.rules._rule import Case

SCORE = "courses.thesis_score"
RECORDS = "courses.records"
AVERAGE = "courses.average_score"
ROW = make.THESIS_ROW


def rows(*records: CourseRecord, average: str, **more: Any) -> Case:
    """These courses and the thesis."""
    thesis = make.record("毕业论文", make.THESIS_SCORE, code="07999")
    return make.perfect_case({RECORDS: (*records, thesis), AVERAGE: average}, **more)


# ---- CRS301 thesis_score_missing ----


@pytest.mark.parametrize("score", ["", "　", "-", "无"])
def test_thesis_score_missing(score: str) -> None:
    judged = make.perfect_case({SCORE: score})
    make.expect(judged, "CRS", "CRS301")
    assert make.finding(judged, "CRS301").values["proposal"] == make.THESIS_SCORE


def test_without_a_number_in_the_records_nothing_is_offered() -> None:
    judged = make.perfect_case({SCORE: "", RECORDS: make.records_with(ROW, score="优")})
    make.expect(judged, "CRS", "CRS301")
    assert make.finding(judged, "CRS301").variant == ""
    form = OnlyAsked(make.changed(make.perfect_form(), {SCORE: ""}), frozenset({SCORE}))
    assert make.codes(make.case(form), "CRS") == {"CRS301"}


def test_a_thesis_score_of_zero_is_not_missing() -> None:
    assert "CRS301" not in make.codes(make.perfect_case({SCORE: "0"}))


# ---- CRS302 thesis_score_out_of_range ----


@pytest.mark.parametrize("score", ["-1", "100.5", "860"])
def test_thesis_score_out_of_range(score: str) -> None:
    judged = make.perfect_case({SCORE: score})
    make.expect(judged, "CRS", "CRS302")
    assert make.finding(judged, "CRS302").severity == "error"


@pytest.mark.parametrize("score", ["优", "良好", "合格", "8O"])
def test_a_thesis_score_in_words_is_a_question(score: str) -> None:
    judged = make.perfect_case({SCORE: score})
    make.expect(judged, "CRS", "CRS302")
    assert make.finding(judged, "CRS302").severity == "warning"
    assert make.reasons(judged, "CRS303") == {("skipped", "after CRS302")}


@pytest.mark.parametrize("score", ["60", "100", "100.0分"])
def test_thesis_scores_to_the_end_of_the_range_are_right(score: str) -> None:
    make.expect(make.perfect_case({SCORE: score, RECORDS: make.records_with(ROW, score=score)}), "CRS")


# ---- CRS303 thesis_score_differs ----


@pytest.mark.parametrize("score", ["68", "86.5", "85.99"])
def test_thesis_score_differs(score: str) -> None:
    judged = make.perfect_case({SCORE: score})
    make.expect(judged, "CRS", "CRS303")
    found = make.finding(judged, "CRS303")
    assert (found.severity, found.values["row"], found.values["proposal"]) == ("error", ROW + 1, make.THESIS_SCORE)


@pytest.mark.parametrize("score", ["86", "86.0", "８６", "86分"])
def test_the_same_thesis_score_written_otherwise_is_right(score: str) -> None:
    make.expect(make.perfect_case({SCORE: score}), "CRS")


def test_a_number_and_a_word_cannot_be_compared() -> None:
    judged = make.perfect_case({RECORDS: make.records_with(ROW, score="良")})
    make.expect(judged, "CRS", "CRS303")
    assert make.finding(judged, "CRS303").severity == "warning"


@pytest.mark.parametrize(
    ("records", "also", "reason"),
    [
        ((), {"CRS204"}, "no_records"),
        (make.perfect_records()[:ROW], {"CRS401"}, "after CRS401"),
        (make.records_with(ROW, score=""), {"CRS407"}, "after CRS407"),
        (make.records_with(ROW, score="860"), {"CRS404"}, "after CRS404"),
        ((*make.perfect_records(), make.record("毕业设计", "71")), {"CRS402"}, "after CRS402"),
    ],
)
def test_thesis_scores_are_not_compared_with_what_is_missing_or_broken(
    records: tuple[CourseRecord, ...], also: set[str], reason: str
) -> None:
    judged = make.perfect_case({RECORDS: records, SCORE: "71"})
    make.expect(judged, "CRS", *also)
    assert make.reasons(judged, "CRS303") == {("skipped", reason)}


# ---- CRS304 thesis_below_pass ----


@pytest.mark.parametrize(("score", "expected"), [("59.9", {"CRS304"}), ("8.6", {"CRS304"}), ("60", set())])
def test_thesis_below_pass(score: str, expected: set[str]) -> None:
    records = make.perfect_records()[:ROW]
    make.expect(make.perfect_case({SCORE: score, RECORDS: records}), "CRS", "CRS401", *expected)


def test_a_failed_thesis_is_found_once() -> None:
    judged = make.perfect_case({SCORE: "55", RECORDS: make.records_with(ROW, score="55")})
    make.expect(judged, "CRS", "CRS405")
    assert make.reasons(judged, "CRS304") == {("skipped", "after CRS405")}


# ---- CRS401 thesis_row_missing, CRS402 thesis_row_twice ----


def test_thesis_row_missing() -> None:
    judged = make.perfect_case({RECORDS: make.perfect_records()[:ROW]})
    make.expect(judged, "CRS", "CRS401")
    assert make.finding(judged, "CRS401").variant == ""


def test_an_unclear_row_is_named() -> None:
    judged = make.perfect_case({RECORDS: make.records_with(ROW, name="毕业综合实践")})
    make.expect(judged, "CRS", "CRS401")
    found = make.finding(judged, "CRS401")
    assert (found.variant, found.values["rows"], found.values["courses"]) == ("unclear", [ROW + 1], ["毕业综合实践"])


@pytest.mark.parametrize(
    "changes", [{"name": "毕业设计（论文）"}, {"name": "毕业综合考核"}, {"name": "X", "is_thesis": True}]
)
def test_a_row_marked_or_named_as_the_thesis_is_enough(changes: dict[str, Any]) -> None:
    make.expect(make.perfect_case({RECORDS: make.records_with(ROW, **changes)}), "CRS")


def test_no_records_have_no_thesis_row_to_miss() -> None:
    judged = make.perfect_case({RECORDS: (CourseRecord(),)})
    make.expect(judged, "CRS", "CRS204")
    assert make.reasons(judged, "CRS401") == {("skipped", "no_records")}


def test_thesis_row_twice() -> None:
    records = (CourseRecord(), *make.perfect_records(), make.record("毕业答辩", "86"))
    judged = make.perfect_case({RECORDS: records})
    make.expect(judged, "CRS", "CRS402")
    assert make.finding(judged, "CRS402").values["rows"] == [ROW + 2, ROW + 3]  # as the form numbers them


def test_a_course_about_writing_is_no_second_thesis() -> None:
    records = make.records_with(0, name="毕业论文写作指导")
    assert "CRS402" not in make.codes(make.perfect_case({RECORDS: records}))


# ---- CRS403 course_score_not_numeric ----


def test_course_score_not_numeric_shows_the_result_under_each_policy() -> None:
    judged = rows(make.record("甲", "80"), make.record("乙", "优"), average="80.00")
    make.expect(judged, "CRS", "CRS403")
    found = make.finding(judged, "CRS403")
    assert found.severity == "warning"
    assert (found.values["rows"], found.values["marks"]) == ([2], ["优"])
    assert {reading["average"] for reading in found.values["readings"]} == {"80.00", "87.50"}
    assert "【优 95、良 85、中 75、及格 65】(80+95)/2 = 87.50" in make.sentences([found])


@pytest.mark.parametrize("score", ["8O", "八十", "85/90", "80 90"])
def test_what_is_neither_number_nor_mark_is_left_out(score: str) -> None:
    judged = rows(make.record("甲", "80"), make.record("乙", score), average="80.00")
    make.expect(judged, "CRS", "CRS403")
    assert make.finding(judged, "CRS403").variant == "left_out"


@pytest.mark.parametrize(("policy", "variant"), [("exclude", "excluded"), ({"优": Decimal(90)}, "counted")])
def test_where_the_pack_settles_it_it_is_a_note(policy: Any, variant: str) -> None:
    school = make.school({"average.non_numeric": policy})
    average = "80.00" if policy == "exclude" else "85.00"
    judged = rows(make.record("甲", "80"), make.record("乙", "优秀"), average=average, pack=school)
    make.expect(judged, "CRS", "CRS403")
    found = make.finding(judged, "CRS403")
    assert (found.severity, found.variant) == ("note", variant)


def test_a_mark_that_the_packs_policy_forgot_is_a_question() -> None:
    school = make.school({"average.non_numeric": {"优": Decimal(90)}})
    records = (make.record("甲", "优"), make.record("乙", "良"))
    judged = rows(*records, average="90.00", pack=school)
    assert [found.severity for found in make.findings(judged, "CRS403")] == ["warning", "note"]
    assert [found.values["rows"] for found in make.findings(judged, "CRS403")] == [[2], [1]]


@pytest.mark.parametrize("score", ["60", "80.5", "80分", "８０"])
def test_numbers_are_numeric(score: str) -> None:
    assert "CRS403" not in make.codes(make.perfect_case({RECORDS: make.records_with(0, score=score)}))


def test_the_thesis_and_failed_marks_are_not_its_matter() -> None:
    make.expect(make.perfect_case({RECORDS: make.records_with(ROW, score="优"), SCORE: "优"}), "CRS", "CRS302")
    judged = rows(make.record("甲", "80"), make.record("乙", "不及格"), average="80.00")
    make.expect(judged, "CRS", "CRS405")


# ---- CRS404 course_score_out_of_range, CRS405 course_below_pass ----


@pytest.mark.parametrize("score", ["-1", "100.01", "780"])
def test_course_score_out_of_range(score: str) -> None:
    judged = make.perfect_case({RECORDS: make.records_with(3, score=score)})
    make.expect(judged, "CRS", "CRS404")
    found = make.finding(judged, "CRS404")
    assert (found.field, found.values["row"]) == ("courses.records[3].score", 4)


@pytest.mark.parametrize("score", ["100", "100.00"])
def test_full_marks_are_in_range(score: str) -> None:
    make.expect(rows(make.record("甲", score), average="100.00"), "CRS")


@pytest.mark.parametrize(
    ("score", "expected"), [("59.5", {"CRS405"}), ("0", {"CRS405"}), ("60", set()), ("60.0", set())]
)
def test_course_below_pass(score: str, expected: set[str]) -> None:
    average = f"{(Decimal(score) + 80) / 2:.2f}"
    make.expect(rows(make.record("甲", "80"), make.record("乙", score), average=average), "CRS", *expected)


@pytest.mark.parametrize("mark", ["不及格", "缺考"])
def test_a_mark_that_says_failed_is_below_pass(mark: str) -> None:
    judged = rows(make.record("甲", "80"), make.record("乙", mark), average="80.00")
    make.expect(judged, "CRS", "CRS405")


# ---- CRS406 course_twice ----


@pytest.mark.parametrize(
    "again",
    [make.record("市场营销学", "80"), make.record("营销", "80", code="00058"), make.record(" 市场 营销学", "80")],
)
def test_course_twice(again: CourseRecord) -> None:
    judged = make.perfect_case({RECORDS: (*make.perfect_records(), again), AVERAGE: "78.43"})
    make.expect(judged, "CRS", "CRS406")
    found = make.finding(judged, "CRS406")
    assert (found.severity, found.values["rows"], found.field) == ("warning", [17, 22], "courses.records[21].name")


def test_each_repeated_course_is_a_finding_of_its_own() -> None:
    records = [make.record(name, "80") for name in ("甲", "乙", "甲", "乙", "乙")]
    judged = rows(*records, average="80.00")
    assert [found.values["rows"] for found in make.findings(judged, "CRS406")] == [[1, 3], [2, 4, 5]]
    assert len({found.key for found in make.findings(judged, "CRS406")}) == 2


def test_courses_one_and_two_are_different_courses() -> None:
    make.expect(rows(make.record("英语（一）", "80"), make.record("英语（二）", "80"), average="80.00"), "CRS")
    make.expect(rows(make.record("", "80", code="1"), make.record("", "80", code="2"), average="80.00"), "CRS")


# ---- CRS407 course_score_missing ----


@pytest.mark.parametrize("changes", [{"score": ""}, {"score": "—"}, {"score": "", "kind": "transferred"}])
def test_course_score_missing(changes: dict[str, Any]) -> None:
    judged = make.perfect_case({RECORDS: make.records_with(7, **changes)})
    make.expect(judged, "CRS", "CRS407")
    assert make.finding(judged, "CRS407").field == "courses.records[7].score"


def test_exempt_courses_stand_without_a_score() -> None:
    records = (*make.perfect_records(), make.record("免考的课", "", kind="exempt"))
    make.expect(make.perfect_case({RECORDS: records}), "CRS")


def test_a_row_of_nothing_is_no_course() -> None:
    judged = make.perfect_case({RECORDS: (*make.perfect_records(), CourseRecord(score=" "))})
    make.expect(judged, "CRS")
    assert ("not_applicable", "") in make.reasons(judged, "CRS407")


def test_a_course_without_a_name_is_called_by_its_code() -> None:
    judged = make.perfect_case({RECORDS: make.records_with(0, name="", score="")})
    assert make.finding(judged, "CRS407").values["course"] == "03708"
