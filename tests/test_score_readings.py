"""The average as a worked sum, its readings, and what keeps it from being certain."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.form import CourseRecord
from degreecheck.score_readings import (
    MAX_READINGS,
    MAX_ROWS,
    Term,
    average,
    certain,
    doubts,
    readings,
    repeated_rows,
    round_down,
    round_half_up,
    thesis_rows,
)

THESIS = CourseRecord(name="毕业论文", score="90")


def course(score, name="", kind=None, code=""):
    return CourseRecord(score=score, name=name, kind=kind, code=code)


def courses(*scores):
    return [course(score, f"课程{number}") for number, score in enumerate(scores)]


def sums(rows, non_numeric="ask"):
    """Each reading as: what changed, which policies, and the rounded result."""
    return [
        (reading.changed, [policy.name for policy in reading.policies], str(reading.worked.rounded))
        for reading in readings(rows, non_numeric)
    ]


def doubt_rows(rows, non_numeric="ask"):
    return {doubt.kind: doubt.rows for doubt in doubts(rows, non_numeric)}


def test_the_average_leaves_the_thesis_out_and_shows_its_sum():
    # (78 + 82 + 77) / 3 = 237 / 3 = 79; with the thesis it would be 327 / 4 = 81.75
    worked = average([*courses("78", "82", "77"), THESIS])
    assert worked.terms == (Term(0, Decimal(78)), Term(1, Decimal(82)), Term(2, Decimal(77)))
    assert (worked.total, worked.count, worked.exact, str(worked.rounded)) == (237, 3, 79, "79.00")
    assert worked.formula() == "(78+82+77)/3 = 79.00"


@pytest.mark.parametrize(
    ("scores", "formula"),
    [
        # 625 / 8 = 78.125 exactly: half up gives 78.13, half even would give 78.12
        (("78", "78", "78", "78", "78", "78", "78", "79"), "(78+78+…)/8 = 78.125 ≈ 78.13"),
        # 156.69 / 2 = 78.345 exactly: the binary float nearest to it lies below and would give 78.34
        (("78.34", "78.35"), "(78.34+78.35)/2 = 78.345 ≈ 78.35"),
        # 236 / 3 = 78.666…
        (("78", "79", "79"), "(78+79+79)/3 = 78.6666… ≈ 78.67"),
        # an ellipsis stands for three numbers or more
        (("78", "79", "80", "81"), "(78+79+80+81)/4 = 79.50"),
        (("78", "79", "80", "81", "82"), "(78+79+…)/5 = 80.00"),
        # 157.00002 / 2 = 78.50001: more decimals than are shown
        (("78.5", "78.50002"), "(78.5+78.50002)/2 = 78.5000… ≈ 78.50"),
        (("80", "85"), "(80+85)/2 = 82.50"),
        (("100",), "(100)/1 = 100.00"),
        (("0", "0"), "(0+0)/2 = 0.00"),
    ],
)
def test_half_up_from_the_exact_quotient(scores, formula):
    assert average(courses(*scores)).formula(shown=2) == formula


def test_the_context_of_the_caller_changes_nothing():
    rows = courses("78.34", "78.35", "91.123456789012345678901")
    expected = average(rows)
    with localcontext() as context:
        context.prec = 3
        found = average(rows)
        assert (found.total, found.exact, found.rounded) == (expected.total, expected.exact, expected.rounded)
    assert str(expected.total) == "247.813456789012345678901"


@pytest.mark.parametrize(
    ("exact", "places", "up", "down"),
    [
        (Fraction(78345, 1000), 2, "78.35", "78.34"),
        (Fraction(783449, 10000), 2, "78.34", "78.34"),
        (Fraction(1, 3), 0, "0", "0"),
        (Fraction(1, 2), 0, "1", "0"),
        (Fraction(2, 3), 4, "0.6667", "0.6666"),
        (Fraction(100), 2, "100.00", "100.00"),
    ],
)
def test_rounding_to_places(exact, places, up, down):
    assert (str(round_half_up(exact, places)), str(round_down(exact, places))) == (up, down)


def test_the_thesis_is_found_by_flag_or_name():
    rows = [course("80", "论文写作"), CourseRecord(name="综合项目", score="85", is_thesis=True), THESIS]
    assert thesis_rows(rows) == (1, 2)
    assert average(rows).total == 80


@pytest.mark.parametrize("rows", [[], [THESIS], courses("", "-"), courses("优", "101")])
def test_nothing_to_count_is_no_average(rows):
    assert average(rows) is None


def test_marks_alone_have_readings_but_no_plain_average():
    rows = courses("优", "良")
    assert average(rows) is None
    assert sums(rows) == [(("marks",), ["sdu", "csust"], "90.00")]


def test_more_rows_than_any_transcript_has_are_not_averaged():
    rows = courses(*["80"] * MAX_ROWS)
    assert average(rows).total == 80 * MAX_ROWS
    rows.append(course("80", "另一门"))
    assert average(rows) is None
    assert doubt_rows(rows) == {"too_many_rows": ()}


def test_scores_out_of_range_and_blank_ones_do_not_count():
    rows = courses("80", "850", "", "-5")
    assert average(rows).total == 80
    assert doubt_rows(rows) == {"out_of_range": (1, 3), "missing": (2,)}


def test_marks_under_each_published_scale_when_the_pack_asks():
    # 80; +95+65 = 240/3; +95+60 = 235/3 = 78.33; 免考 60: (80+60)/2 = 70; 长沙理工 also 免考 75: 310/4 = 77.5
    rows = courses("80", "优秀", "及格", "免考")
    assert sums(rows) == [
        ((), ["left_out"], "80.00"),
        (("marks",), ["sdu"], "80.00"),
        (("marks",), ["csust"], "77.50"),
        (("marks",), ["cqut"], "70.00"),
    ]
    assert readings(rows)[1].worked.terms[1] == Term(1, Decimal(95), "优秀")
    assert doubt_rows(rows) == {"not_numeric": (1, 2, 3)}


def test_scales_that_come_to_the_same_are_one_reading():
    assert sums(courses("80", "良")) == [((), ["left_out"], "80.00"), (("marks",), ["sdu", "csust"], "82.50")]


@pytest.mark.parametrize(
    ("non_numeric", "result", "sure"),
    [("exclude", "80.00", True), ({"优": Decimal(90)}, "85.00", True), ({"良": Decimal(85)}, "80.00", False)],
)
def test_a_pack_that_settles_marks_has_one_reading(non_numeric, result, sure):
    rows = [*courses("80", "优秀"), THESIS]
    assert sums(rows, non_numeric) == [((), ["left_out" if non_numeric == "exclude" else "pack"], result)]
    assert certain(rows, non_numeric) is sure


def test_words_outside_the_table_are_never_settled_by_leaving_out():
    assert doubt_rows([*courses("80", "85(良)"), THESIS], "exclude") == {"not_numeric": (1,)}


def test_exempt_rows_with_a_number_are_counted_and_left_out():
    rows = [*courses("80", "90"), course("60", "计算机", "exempt"), course("70", "英语", "transferred"), THESIS]
    # 300 / 4 = 75; 170 / 2 = 85
    assert sums(rows) == [((), ["left_out"], "75.00"), (("waived",), ["left_out"], "85.00")]
    assert doubt_rows(rows) == {"waived": (2, 3)}


def test_a_blank_exempt_row_is_left_out_silently_unless_a_scale_counts_it():
    rows = [*courses("80", "90"), course("", "计算机", "exempt"), THESIS]
    assert sums(rows, "exclude") == [((), ["left_out"], "85.00")]
    assert certain(rows, "exclude")
    # 170 + 60 = 230 / 3 = 76.67; 170 + 75 = 245 / 3 = 81.67
    assert sums(rows, {"免考": Decimal(60)}) == [((), ["pack"], "85.00"), (("waived",), ["pack"], "76.67")]
    assert sums(rows) == [
        ((), ["left_out"], "85.00"),
        (("marks", "waived"), ["csust"], "81.67"),
        (("marks", "waived"), ["cqut"], "76.67"),
    ]
    assert doubt_rows(rows) == {"waived": (2,)}


def test_a_blank_transferred_row_is_a_missing_score():
    assert doubt_rows([*courses("80"), course("", "英语", "transferred"), THESIS]) == {"missing": (1,)}


def test_a_course_listed_twice_counts_twice_or_once():
    rows = [*courses("80"), course("62", "英语", code="00015"), course("71", "英语（二）", code="00015"), THESIS]
    # 213 / 3 = 71; 151 / 2 = 75.5; 142 / 2 = 71, the same result from another sum
    assert sums(rows) == [
        ((), ["left_out"], "71.00"),
        (("repeated",), ["left_out"], "75.50"),
        (("repeated",), ["left_out"], "71.00"),
    ]
    assert [reading.repeated for reading in readings(rows)] == ["all", "highest", "lowest"]
    assert doubt_rows(rows) == {"repeated": (1, 2)}


def test_of_a_course_listed_twice_with_one_score_that_score_is_the_one():
    rows = [course("", "英语"), course("71", "英语"), *courses("80")]
    assert sums(rows) == [((), ["left_out"], "75.50")]


def test_a_failed_course_counts_or_does_not():
    rows = [*courses("80", "59", "不及格"), THESIS]
    assert sums(rows) == [((), ["left_out"], "69.50"), (("failed",), ["left_out"], "80.00")]
    assert doubt_rows(rows) == {"failed": (1, 2)}


def test_groups_of_repeated_rows_join_over_code_and_name():
    rows = [
        course("80", "甲", code="1"),
        course("81", "乙", code="2"),
        course("82", "丙 ", code="3"),
        course("83", "乙", code="１"),
        course("84", "丙", code=""),
        course("85", "", code=""),
        course("86", "", code=""),
        course("87", "毕业论文", code="1"),
    ]
    assert repeated_rows(rows) == ((0, 1, 3), (2, 4))


def test_a_long_chain_of_repeated_rows_is_one_group():
    chain = [course("80", f"甲{(number + 1) // 2}", code=f"乙{number // 2}") for number in range(MAX_ROWS)]
    assert repeated_rows(chain) == (tuple(range(MAX_ROWS)),)
    assert repeated_rows(chain[::-1]) == (tuple(range(MAX_ROWS)),)


def test_a_row_that_may_be_the_thesis_makes_the_average_uncertain():
    assert certain([*courses("80"), THESIS])
    assert certain(courses("80"))
    assert doubt_rows([*courses("80"), course("80", "毕业综合实践"), THESIS]) == {"thesis_unclear": (1,)}
    assert doubt_rows([course("80", " "), *courses("70")]) == {"thesis_unclear": (0,)}
    assert certain([course("80", " "), *courses("70"), THESIS])


def test_the_thesis_row_itself_is_never_a_doubt():
    assert certain([*courses("80"), course("良好", "毕业设计")])


def test_no_rows_are_not_certain():
    assert not certain([])
    assert doubts([]) == ()


def test_readings_are_few_and_the_fewest_changes_come_first():
    rows = [
        course("优", "甲"),
        course("免考", "乙"),
        course("补考合格", "丙"),
        course("50", "丁"),
        course("61", "戊", "transferred"),
        course("72", "戊"),
        course("", "己", "exempt"),
        THESIS,
    ]
    found = readings(rows)
    assert len(found) == MAX_READINGS
    changes = [len(reading.changed) for reading in found]
    assert changes == sorted(changes)
    assert found[0].changed == ()


SCORES = st.decimals(min_value=0, max_value=100, places=1).map(lambda number: f"{abs(number):f}")


@given(st.lists(SCORES, min_size=1, max_size=40))
def test_the_average_lies_between_the_lowest_and_the_highest_and_is_rounded_by_half_a_hundredth_at_most(scores):
    worked = average(courses(*scores))
    values = [Decimal(score) for score in scores]
    assert min(values) <= worked.exact <= max(values)
    assert round_half_up(Fraction(min(values)), 2) <= worked.rounded <= round_half_up(Fraction(max(values)), 2)
    error = Fraction(worked.rounded) - worked.exact
    assert Fraction(-5, 1000) < error <= Fraction(5, 1000)
    assert worked.rounded.as_tuple().exponent == -2


CELLS = st.one_of(SCORES, st.sampled_from(["优", "良好", "免考", "合格", "不及格", "", "-", "105", "80(良)"]))
ROWS = st.lists(
    st.builds(
        CourseRecord,
        score=CELLS,
        name=st.sampled_from(["甲", "乙", "丙", "丁", "", "毕业论文", "毕业实习", "毕业作业"]),
        code=st.sampled_from(["", "1", "2", "3"]),
        is_thesis=st.sampled_from([False, False, False, True]),
        kind=st.sampled_from([None, None, "exempt", "transferred"]),
    ),
    max_size=12,
)
POLICIES = st.sampled_from(["ask", "exclude", {"优": Decimal(95), "免考": Decimal(60)}])


@given(ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))), POLICIES)
def test_the_order_of_the_rows_changes_no_result(both, non_numeric):
    one, other = ([(r.changed, r.repeated, r.worked.exact) for r in readings(rows, non_numeric)] for rows in both)
    assert one == other
    assert certain(both[0], non_numeric) == certain(both[1], non_numeric)


@given(ROWS, POLICIES)
def test_what_is_certain_has_one_reading_of_numbers_from_60_up(rows, non_numeric):
    if certain(rows, non_numeric):
        found = readings(rows, non_numeric)
        assert len(found) <= 1
        assert all(60 <= term.value <= 100 for reading in found for term in reading.worked.terms)


@given(ROWS, POLICIES)
def test_numbers_are_exact_in_every_reading(rows, non_numeric):
    for reading in readings(rows, non_numeric):
        worked = reading.worked
        assert {type(term.value) for term in worked.terms} == {type(worked.total)} == {Decimal}
        assert (type(worked.exact), type(worked.rounded)) == (Fraction, Decimal)
        assert worked.exact * worked.count == sum(Fraction(term.value) for term in worked.terms)
        assert worked.formula().isascii() or "…" in worked.formula() or "≈" in worked.formula()
