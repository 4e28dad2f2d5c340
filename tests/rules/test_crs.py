"""CRS101–204: the average."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from degreecheck import scores, text
from degreecheck.form import CourseRecord, OnlyAsked
from degreecheck.pack import Pack
from degreecheck.rules._rule import Case

MARKED = make.records_with(5, score="优")  # 1484 in 19 courses: 78.11 without, 78.95 with 优 as 95


def case(average: str, records: tuple[CourseRecord, ...] | None = None, pack: Pack | None = None, **more: Any) -> Case:
    rows = make.perfect_records() if records is None else records
    thesis = next((row.score for row in rows if row.name == "毕业论文"), make.THESIS_SCORE)
    changes = {"courses.average_score": average, "courses.records": rows, "courses.thesis_score": thesis, **more}
    return make.perfect_case(changes, pack=pack)


def variant(judged: Case, code: str) -> str:
    return make.finding(judged, code).variant


def severity(judged: Case, code: str) -> str:
    return make.finding(judged, code).severity


def test_the_perfect_applicants_have_no_findings_but_the_unpublished_conditions() -> None:
    assert make.codes(make.perfect_case()) == {"CON199"}
    assert make.codes(make.adult_case()) == {"CON199"}


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_word_of_a_reading_and_a_doubt_is_there(language: str) -> None:
    texts = text.load(language)
    policies = [policy.name for policy in (scores.mark_policies("ask") + scores.mark_policies({"优": Decimal(95)}))]
    ways = ["all", *(f"marks_{name}" for name in policies)]
    ways += ["waived_left_out", "waived_valued", "repeated_highest", "repeated_lowest", "failed_left_out"]
    assert all(texts.has(f"way.{way}") for way in ways)
    doubts = (
        "too_many_rows",
        "not_numeric",
        "missing",
        "out_of_range",
        "failed",
        "repeated",
        "waived",
        "thesis_unclear",
    )
    assert all(texts.has(f"score_doubt.{doubt}") for doubt in doubts)


# ---- CRS101 average_missing ----


@pytest.mark.parametrize("average", ["", "  ", "—", "/", "暂无"])
def test_average_missing(average: str) -> None:
    make.expect(case(average), "CRS", "CRS101")


def test_average_missing_offers_the_one_that_follows_from_the_records() -> None:
    assert make.finding(case(""), "CRS101").values["proposal"] == make.AVERAGE
    assert variant(case("", MARKED), "CRS101") == ""  # no offer where the rows leave doubt


def test_average_missing_is_one_finding_also_without_records() -> None:
    make.expect(case("", ()), "CRS", "CRS101")
    asked = OnlyAsked(
        make.changed(make.perfect_form(), {"courses.average_score": ""}), frozenset({"courses.average_score"})
    )
    assert make.codes(make.case(asked), "CRS") == {"CRS101"}


@pytest.mark.parametrize("average", ["0", "0.00"])
def test_a_zero_is_not_missing(average: str) -> None:
    assert "CRS101" not in make.codes(case(average))


# ---- CRS102 average_not_two_decimals ----


@pytest.mark.parametrize("average", ["78.350", "78.35分", "７８．３５", "78。35", "78.35000000001"])
def test_average_not_two_decimals(average: str) -> None:
    judged = case(average)
    make.expect(judged, "CRS", "CRS102")
    assert make.finding(judged, "CRS102").values["proposal"] == make.AVERAGE


@pytest.mark.parametrize(
    ("average", "rows", "proposal"),
    [("78.5", ("78", "79"), "78.50"), ("78", ("78", "78"), "78.00"), ("78.345", ("78.345",), "78.35")],
)
def test_a_right_value_with_other_decimals_is_only_badly_written(
    average: str, rows: tuple[str, ...], proposal: str
) -> None:
    judged = case(average, make.records(*rows))
    make.expect(judged, "CRS", "CRS102")
    assert make.finding(judged, "CRS102").values["proposal"] == proposal
    make.expect(case(proposal, make.records(*rows)), "CRS")


@pytest.mark.parametrize("average", [make.AVERAGE, f" {make.AVERAGE}\n"])
def test_two_decimals_are_right(average: str) -> None:
    make.expect(case(average), "CRS")


def test_a_badly_written_average_is_said_without_records() -> None:
    make.expect(case("78.5", ()), "CRS", "CRS102", "CRS204")
    form = make.changed(make.perfect_form(), {"courses.average_score": "78.5"})
    asked = make.case(OnlyAsked(form, frozenset({"courses.average_score"})))
    assert make.codes(asked, "CRS") == {"CRS102"}
    assert make.reasons(asked, "CRS203") == {("skipped", "not_in_roster")}


@pytest.mark.parametrize(("average", "cause"), [("78.7", "CRS201"), ("78.3", "CRS202"), ("71.5", "CRS203")])
def test_a_wrong_value_is_not_also_badly_written(average: str, cause: str) -> None:
    judged = case(average)
    make.expect(judged, "CRS", cause)
    assert make.reasons(judged, "CRS102") == {("skipped", f"after {cause}")}


@pytest.mark.parametrize("written", ["７８．３５", "78.35分", "78.35 分", "78。35"])
def test_two_decimals_in_other_characters_are_not_called_none(written: str) -> None:
    found = make.finding(case(written), "CRS102")
    assert (found.variant, found.values["stated"], found.values["proposal"]) == ("signs", written, make.AVERAGE)
    assert "两位小数" not in found.title(text.load("zh")) + found.message(text.load("zh"))


def test_what_is_no_number_is_shown_as_it_was_typed() -> None:
    assert make.finding(case("abc"), "CRS104").values["stated"] == "abc"


# ---- CRS103 average_out_of_range, CRS104 average_not_a_number ----


@pytest.mark.parametrize("average", ["-0.01", "100.01", "785", "7835"])
def test_average_out_of_range(average: str) -> None:
    make.expect(case(average), "CRS", "CRS103")


@pytest.mark.parametrize("average", ["0.00", "100.00"])
def test_the_ends_of_the_range_are_in_it(average: str) -> None:
    make.expect(case(average, make.records("100")), "CRS", *(() if average == "100.00" else ("CRS203",)))
    make.expect(case(average, ()), "CRS", "CRS204")


@pytest.mark.parametrize("average", ["优", "78,35", "七十八", "7.8e1", "78.35 79.10", "NaN"])
def test_average_not_a_number(average: str) -> None:
    judged = case(average)
    make.expect(judged, "CRS", "CRS104")
    assert make.reasons(judged, "CRS203") == {("skipped", "after CRS104")}


def test_a_number_with_blanks_around_is_a_number() -> None:
    make.expect(case("  78.35  "), "CRS")


# ---- CRS204 average_not_verified ----


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ((), ""),
        ((CourseRecord(), CourseRecord(name=" ")), ""),
        ((make.record("毕业论文", "86"),), "nothing_counted"),
        (make.records(*["80"] * scores.MAX_ROWS), "too_many"),
    ],
)
def test_average_not_verified(records: tuple[CourseRecord, ...], expected: str) -> None:
    judged = case("78.35", records)
    make.expect(judged, "CRS", "CRS204")
    assert variant(judged, "CRS204") == expected
    assert make.reasons(judged, "CRS203") == {("skipped", "after CRS204")}


def test_one_counted_row_and_the_greatest_number_of_rows_are_enough() -> None:
    make.expect(case("80.00", make.records("80")), "CRS")
    make.expect(case("80.00", make.records(*["80"] * (scores.MAX_ROWS - 1))), "CRS")


def test_blank_rows_do_not_count_as_courses() -> None:
    make.expect(case(make.AVERAGE, (CourseRecord(), *make.perfect_records(), CourseRecord())), "CRS")


# ---- CRS201 average_includes_thesis ----


@pytest.mark.parametrize("average", [make.AVERAGE_WITH_THESIS, "78.7", "79", "78.714"])
def test_average_includes_thesis(average: str) -> None:
    judged = case(average)
    make.expect(judged, "CRS", "CRS201")
    found = make.finding(judged, "CRS201")
    assert (found.severity, found.values["proposal"]) == ("error", make.AVERAGE)
    assert "(81+74+66+72+69+83+…)/20 = 78.35" in make.sentences([found])


def test_with_and_without_the_thesis_may_be_the_same() -> None:
    make.expect(case("85.00", make.records("80", "90", thesis="85")), "CRS")


def test_the_hundredth_beside_it_is_another_difference() -> None:
    make.expect(case("78.72"), "CRS", "CRS203")


def test_the_thesis_is_recognised_where_only_its_score_is_given() -> None:
    without_row = make.perfect_records()[: make.THESIS_ROW]
    judged = case(make.AVERAGE_WITH_THESIS, without_row, **{"courses.thesis_score": make.THESIS_SCORE})
    make.expect(judged, "CRS", "CRS201", "CRS401")


@pytest.mark.parametrize(
    ("records", "average", "expected", "also"),
    [
        (make.records_with(5, kind="transferred"), make.AVERAGE_WITH_THESIS, "error", set()),
        (MARKED, "78.50", "warning", {"CRS403"}),  # (1484 + 86) / 20
    ],
)
def test_where_the_rows_leave_open_doubt_it_is_a_question(
    records: tuple[CourseRecord, ...], average: str, expected: str, also: set[str]
) -> None:
    judged = case(average, records)
    make.expect(judged, "CRS", "CRS201", *also)
    assert severity(judged, "CRS201") == expected


# ---- CRS202 average_misrounded ----

THIRDS = make.records("78", "79", "79")  # 78.666…


@pytest.mark.parametrize("average", ["78.66", "78.6", "78.7", "78", "79"])
def test_average_misrounded(average: str) -> None:
    judged = case(average, THIRDS)
    make.expect(judged, "CRS", "CRS202")
    found = make.finding(judged, "CRS202")
    assert (found.severity, found.values["proposal"]) == ("error", "78.67")


@pytest.mark.parametrize(("average", "expected"), [("78.67", ()), ("78.65", ("CRS203",)), ("78.68", ("CRS203",))])
def test_only_the_next_hundredth_is_misrounded(average: str, expected: tuple[str, ...]) -> None:
    make.expect(case(average, THIRDS), "CRS", *expected)


def test_a_tie_is_rounded_up() -> None:
    rows = make.records("78.34", "78.35")  # 78.345
    make.expect(case("78.35", rows), "CRS")
    make.expect(case("78.34", rows), "CRS", "CRS202")


def test_misrounding_is_a_question_where_the_rows_leave_doubt() -> None:
    rows = (*make.records("78", "79"), make.record("课程01", "79", code="90001"))
    judged = case("78.66", rows)
    make.expect(judged, "CRS", "CRS202", "CRS406")
    assert severity(judged, "CRS202") == "warning"
    assert make.finding(judged, "CRS202").values["proposal"] == ""


# ---- CRS203 average_differs ----


@pytest.mark.parametrize(
    ("average", "hint"),
    [("71.00", ""), ("79.05", "thesis_twice"), ("78.21", "course_left_out"), ("74.62", "other_divisor")],
)
def test_average_differs(average: str, hint: str) -> None:
    judged = case(average)
    make.expect(judged, "CRS", "CRS203")
    found = make.finding(judged, "CRS203")
    assert (found.severity, found.variant, found.values["proposal"]) == ("error", hint, make.AVERAGE)
    assert "78.35" in make.sentences([found])


def test_the_course_that_was_left_out_is_named() -> None:
    assert "中国近现代史纲要" in make.sentences(make.findings(case("78.21"), "CRS203"))


@given(st.lists(st.integers(60, 100), min_size=1, max_size=30), st.integers(-2000, 2000))
def test_only_the_exact_average_passes(values: list[int], off: int) -> None:
    rows = make.records(*map(str, values))
    exact = Decimal(sum(values) * 1000 // len(values))  # in thousandths, cut off
    right = (exact // 10 + (1 if exact % 10 >= 5 else 0)) / 100
    stated = right + Decimal(off) / 100
    judged = case(f"{stated:.2f}", rows)
    wrong = {"CRS201", "CRS202", "CRS203", "CRS103"} & make.errors(judged)
    same_with_thesis = stated == right
    assert bool(wrong) is not same_with_thesis


@pytest.mark.parametrize(
    ("records", "also", "right"),
    [
        (MARKED, "CRS403", "78.11"),
        (make.records_with(5, score="55"), "CRS405", "76.95"),
        (make.records_with(5, name="英语（二）"), "CRS406", make.AVERAGE),
    ],
)
def test_doubtful_rows_make_it_a_question_with_the_sum_under_each_reading(
    records: tuple[CourseRecord, ...], also: str, right: str
) -> None:
    make.expect(case(right, records), "CRS", also)
    judged = case("71.00", records)
    make.expect(judged, "CRS", "CRS203", also)
    found = make.finding(judged, "CRS203")
    assert (found.severity, found.variant) == ("warning", "uncertain")
    assert right in [reading["average"] for reading in found.values["readings"]]
    assert len(found.values["readings"]) > 1


@pytest.mark.parametrize(
    ("records", "average", "asked_by"),
    [
        (MARKED, "78.95", "CRS403"),  # 优 as 95
        (make.records_with(5, score="55"), "78.11", "CRS405"),  # the failed course left out
        (make.records_with(5, name="英语（二）"), "78.11", "CRS406"),  # of 66 and 83 the lower: 1484 in 19
    ],
)
def test_an_average_right_under_another_reading_is_asked_about_once(
    records: tuple[CourseRecord, ...], average: str, asked_by: str
) -> None:
    make.expect(case(average, records), "CRS", asked_by)


def test_of_one_reading_it_is_not_said_that_all_differ() -> None:
    judged = case("71.00", make.records_with(5, score="合格"))
    make.expect(judged, "CRS", "CRS203", "CRS403")
    found = make.finding(judged, "CRS203")
    assert (found.severity, found.variant, len(found.values["readings"])) == ("warning", "one", 1)
    assert "都不同" not in make.sentences([found])


def test_transferred_courses_left_out_are_asked_about() -> None:
    rows = make.records_with(5, kind="transferred")
    make.expect(case(make.AVERAGE, rows), "CRS")
    judged = case("78.11", rows)
    make.expect(judged, "CRS", "CRS203")
    assert (severity(judged, "CRS203"), variant(judged, "CRS203")) == ("warning", "other_reading")


def test_a_missing_score_that_would_explain_the_average_is_the_only_finding() -> None:
    rows = make.records_with(2, score="")
    judged = case(make.AVERAGE, rows)
    make.expect(judged, "CRS", "CRS407")
    assert make.reasons(judged, "CRS203") == {("skipped", "after CRS407")}


@pytest.mark.parametrize(("average", "expected"), [("80.05", "CRS407"), ("80.06", "CRS203"), ("78.05", "CRS407")])
def test_a_missing_score_explains_no_more_than_its_course_can(average: str, expected: str) -> None:
    # 1501 in 19 rows: with 60 to 100 for the missing course 78.05 to 80.05.
    assert expected in make.codes(case(average, make.records_with(2, score="")), "CRS")
    assert "CRS203" not in make.errors(case(average, make.records_with(2, score="")))


def test_a_row_that_may_be_the_thesis_is_asked_about_once() -> None:
    rows = make.records_with(make.THESIS_ROW, name="毕业综合实践")
    judged = case(make.AVERAGE, rows, **{"courses.thesis_score": make.THESIS_SCORE})
    make.expect(judged, "CRS", "CRS401")
    assert variant(judged, "CRS401") == "unclear"
    assert make.reasons(judged, "CRS203") == {("skipped", "after CRS401")}


def test_a_score_out_of_range_is_the_only_error() -> None:
    judged = case(make.AVERAGE, make.records_with(2, score="666"))
    make.expect(judged, "CRS", "CRS404")
    assert {outcome for code in ("CRS201", "CRS202", "CRS203") for outcome in make.reasons(judged, code)} == {
        ("skipped", "after CRS404")
    }


def test_marks_that_the_pack_counts_are_certain_only_when_left_out() -> None:
    excluded = make.school({"average.non_numeric": "exclude"})
    make.expect(case("78.11", MARKED, excluded), "CRS", "CRS403")
    judged = case("78.95", MARKED, excluded)
    make.expect(judged, "CRS", "CRS203", "CRS403")
    assert (severity(judged, "CRS203"), variant(judged, "CRS203")) == ("error", "other_scale")
    mapped = make.school({"average.non_numeric": {"优": Decimal(90)}})
    make.expect(case("78.70", MARKED, mapped), "CRS", "CRS403")
    judged = case("71.00", MARKED, mapped)
    make.expect(judged, "CRS", "CRS203", "CRS403")
    assert (severity(judged, "CRS203"), variant(judged, "CRS203")) == ("warning", "scale")


def test_only_marks_and_no_number_is_judged_by_the_readings() -> None:
    rows = make.records("优", "良", thesis="80")
    judged = case("71.00", rows)
    make.expect(judged, "CRS", "CRS203", "CRS403")
    assert severity(judged, "CRS203") == "warning"
    make.expect(case("90.00", rows), "CRS", "CRS403")
