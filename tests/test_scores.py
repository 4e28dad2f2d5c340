"""How a stated average came about."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from degreecheck.form import CourseRecord
from degreecheck.score_readings import round_down, round_half_up
from degreecheck.scores import average, explain_difference, explanations, is_two_decimals, two_decimals


def courses(*scores):
    return [CourseRecord(score=score, name=f"课程{number}") for number, score in enumerate(scores)]


def thesis(score, name="毕业论文"):
    return CourseRecord(score=score, name=name)


def found(stated, rows, non_numeric="ask"):
    """What `explain_difference` says, shortened: cause, rounding, places, rows."""
    recognition = explain_difference(stated, rows, non_numeric)
    return recognition and (recognition.cause, recognition.rounding, recognition.places, recognition.rows)


# 625 / 8 = 78.125 exactly; with the thesis 715 / 9 = 79.4444…; with it twice 805 / 10 = 80.5
EIGHT = [*courses("78", "78", "78", "78", "78", "78", "78", "79"), thesis("90")]
# 160 / 2 = 80; with the thesis 239 / 3 = 79.6666…
TWO = [*courses("78", "82"), thesis("79")]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *(("78.5", "78.50"), ("78", "78.00"), ("78.345", "78.35"), ("78.344", "78.34"), ("78.35分", "78.35")),
        *(
            ("７８．３５", "78.35"),
            ("78.34499999999999", "78.35"),
            ("0", "0.00"),
            ("100", "100.00"),
            ("99.995", "100.00"),
        ),
        *(("", None), ("优", None), ("100.01", None), ("-1", None), ("1e1", None), ("9" * 5000, None)),
    ],
)
def test_the_stated_value_properly_written(text, written):
    assert two_decimals(text) == written


@pytest.mark.parametrize("text", ["78.35", " 78.35\n", "0.00", "100.00"])
def test_two_decimals_are_two_decimals(text):
    assert is_two_decimals(text)


@pytest.mark.parametrize("text", ["78.5", "78", "78.345", "７８.35", "78.35分", "078.35", "", "优", "100.01"])
def test_anything_else_is_not_written_with_two_decimals(text):
    assert not is_two_decimals(text)


@pytest.mark.parametrize(
    "text", ["78.13", "78.130", "７８．１３分", "78.125", "78.1250000001", "78.12499999999999", "78.134"]
)
def test_the_right_value_is_equal_however_it_is_written(text):
    assert found(text, EIGHT) == ("equal", "half_up", 2, ())
    (only,) = explanations(text, EIGHT)
    assert only.worked == average(EIGHT)


@pytest.mark.parametrize(
    ("text", "rounding", "places"),
    [
        ("78.12", "half_even", 2),
        ("78.120", "half_even", 2),
        ("78.1", "half_up", 1),
        ("78.10", "half_up", 1),
        ("78", "half_up", 0),
    ],
)
def test_a_right_average_misrounded(text, rounding, places):
    assert found(text, EIGHT) == ("misrounded", rounding, places, ())


@pytest.mark.parametrize(
    ("scores", "text", "rounding", "places"),
    [
        # 627 / 8 = 78.375: to the even neighbour it would be 78.38 too, so 78.37 was cut off
        (("78", "78", "78", "78", "78", "79", "79", "79"), "78.37", "cut_off", 2),
        (("78", "78", "78", "78", "78", "79", "79", "79"), "78.3", "cut_off", 1),
        # 236 / 3 = 78.6666…
        (("78", "79", "79"), "78.66", "cut_off", 2),
        (("78", "79", "79"), "78.7", "half_up", 1),
        (("78", "79", "79"), "78", "cut_off", 0),
        (("78", "79", "79"), "79", "half_up", 0),
        # 157 / 2 = 78.5, a tie between whole numbers
        (("78", "79"), "78", "half_even", 0),
        # 156.6892 / 2 = 78.3446, by way of 78.345
        (("78.3446", "78.3446"), "78.35", "twice", 2),
        (("78.3446", "78.3446"), "78.345", "half_up", 3),
    ],
)
def test_cut_off_and_rounded_to_another_place(scores, text, rounding, places):
    rows = courses(*scores)
    assert found(text, rows) == ("misrounded", rounding, places, ())
    assert explain_difference(text, rows).worked == average(rows)


@pytest.mark.parametrize(
    ("rows", "text", "rounding", "places"),
    [
        (EIGHT, "79.44", "half_up", 2),
        (EIGHT, "７９．４４分", "half_up", 2),
        (EIGHT, "79.4", "half_up", 1),
        (EIGHT, "79", "half_up", 0),
        (EIGHT, "79.444", "half_up", 3),
        (EIGHT, "79.44444444444444", "half_up", 9),
        (TWO, "79.67", "half_up", 2),
        (TWO, "79.66", "cut_off", 2),
        (TWO, "79.666", "cut_off", 3),
        (TWO, "79.6", "cut_off", 1),
        (TWO, "79", "cut_off", 0),
    ],
)
def test_the_thesis_averaged_in(rows, text, rounding, places):
    position = len(rows) - 1
    assert found(text, rows) == ("with_thesis", rounding, places, (position,))
    worked = explain_difference(text, rows).worked
    assert (worked.count, worked.terms[-1].row) == (len(rows), position)


def test_a_copy_agrees_in_all_its_decimals():
    assert found("79.4399", EIGHT) is None


def test_the_thesis_averaged_in_twice():
    assert found("80.50", EIGHT) == ("thesis_twice", "half_up", 2, (8,))
    assert explain_difference("80.5", EIGHT).worked.formula(2) == "(78+78+…)/10 = 80.50"


def test_of_two_thesis_rows_both_or_one_may_be_averaged_in():
    rows = [*courses("80", "80"), thesis("90", "毕业实习与论文"), thesis("76")]
    # (160 + 90 + 76) / 4 = 81.5; 250 / 3 = 83.33; 236 / 3 = 78.67
    assert found("81.50", rows) == ("with_thesis", "half_up", 2, (2, 3))
    assert found("83.33", rows) == ("with_thesis", "half_up", 2, (2,))
    assert found("78.67", rows) == ("with_thesis", "half_up", 2, (3,))


def test_a_thesis_mark_counts_as_a_scale_counts_it():
    rows = [*courses("80", "82"), thesis("良好")]
    # (162 + 85) / 3 = 82.33
    assert found("82.33", rows) == ("with_thesis", "half_up", 2, (2,))
    assert explain_difference("82.33", rows).worked.terms[2].mark == "良好"
    # (162 + 88) / 3 = 83.33
    assert found("83.33", rows, {"良": Decimal(88)}) == ("with_thesis", "half_up", 2, (2,))
    assert found("82.33", [*courses("80", "82"), thesis("")]) is None


def test_one_course_left_out():
    rows = [*courses("70", "80", "95"), thesis("")]
    # without 95: 150 / 2 = 75
    recognition = explain_difference("75", rows)
    assert (recognition.cause, recognition.rows, recognition.candidates) == ("course_left_out", (2,), 1)
    assert recognition.worked.formula() == "(70+80)/2 = 75.00"


def test_courses_of_one_score_are_candidates_together_and_only_a_few_are_listed():
    # 250 / 3 = 83.33; without one 90: 160 / 2 = 80
    recognition = explain_difference("80", courses("70", "90", "90"))
    assert (recognition.cause, recognition.rows, recognition.candidates) == ("course_left_out", (1, 2), 2)
    # 690 / 8 = 86.25; without one 90: 600 / 7 = 85.714…
    recognition = explain_difference("85.71", courses("60", *["90"] * 7))
    assert (recognition.cause, recognition.rows, recognition.candidates) == ("course_left_out", (1, 2, 3, 4, 5), 7)


@pytest.mark.parametrize(
    ("rows", "text", "count", "terms"),
    [
        # 245 / 3 = 81.67; the thesis in the divisor only: 245 / 4 = 61.25
        ([*courses("70", "80", "95"), thesis("90")], "61.25", 4, 3),
        # 186 / 3 = 62; one too few in the divisor: 186 / 2 = 93
        (courses("60", "62", "64"), "93", 2, 3),
        # the thesis in the total only: (186 + 60) / 3 = 82
        ([*courses("60", "62", "64"), thesis("60")], "82", 3, 4),
    ],
)
def test_divided_by_another_number(rows, text, count, terms):
    recognition = explain_difference(text, rows)
    assert (recognition.cause, recognition.worked.count, len(recognition.worked.terms)) == (
        "other_divisor",
        count,
        terms,
    )


def test_another_reading_that_nothing_forbids_comes_before_any_mistake():
    rows = [*courses("80", "优秀"), thesis("95")]
    # (80 + 95) / 2 = 87.5 by two published scales, and also with the thesis and without the mark
    first, second = explanations("87.50", rows)
    assert (first.cause, first.reading.changed, [p.name for p in first.reading.policies]) == (
        "other_reading",
        ("marks",),
        ["sdu", "csust"],
    )
    assert (second.cause, second.reading.changed, second.rows) == ("with_thesis", (), (2,))


def test_exempt_rows_left_out_are_another_reading():
    rows = [*courses("80", "90"), CourseRecord(score="60", name="计算机", kind="exempt"), thesis("70")]
    # 230 / 3 = 76.67; 170 / 2 = 85; with the thesis 300 / 4 = 75 or 240 / 3 = 80
    assert found("76.67", rows) == ("equal", "half_up", 2, ())
    assert found("85.00", rows) == ("other_reading", "half_up", 2, ())
    assert found("75.00", rows) == found("80.00", rows) == ("with_thesis", "half_up", 2, (3,))
    assert explain_difference("80.00", rows).reading.waived == "left_out"


@pytest.mark.parametrize(
    ("non_numeric", "text", "policies"),
    [
        ("exclude", "87.5", ["sdu", "csust"]),
        ({"优": Decimal(90)}, "87.5", ["sdu", "csust"]),
        ({"优": Decimal(90)}, "80", ["left_out", "cqut", "cdu"]),
    ],
)
def test_another_scale_than_the_packs_own(non_numeric, text, policies):
    recognition = explain_difference(text, courses("80", "优"), non_numeric)
    assert (recognition.cause, [policy.name for policy in recognition.reading.policies]) == ("other_scale", policies)


@pytest.mark.parametrize("text", ["", "优", "100.01", "-1", "1e1", "NaN", "9" * 5000, "12.34"])
def test_nothing_is_made_of_what_fits_nothing(text):
    assert explain_difference(text, EIGHT) is None
    assert explanations(text, EIGHT) == ()
    assert explanations(text, courses("80", "优"), "exclude") == ()


def test_without_rows_nothing_is_explained():
    assert explain_difference("78.13", []) is None
    assert explain_difference("90", [thesis("90")]) is None
    assert explain_difference("80", courses(*["80"] * 501)) is None


NUMBERS = st.lists(st.integers(60, 100), min_size=1, max_size=40)
THESIS_SCORES = st.integers(0, 100)


def mean(numbers):
    return Fraction(sum(numbers), len(numbers))


@given(NUMBERS, THESIS_SCORES, st.sampled_from(["{}", "{}分", " {} "]))
def test_a_copied_average_with_the_thesis_is_recognised_whenever_it_differs(numbers, thesis_score, form):
    copied = round_half_up(mean([*numbers, thesis_score]), 2)
    assume(copied != round_half_up(mean(numbers), 2))
    rows = [*courses(*map(str, numbers)), thesis(str(thesis_score))]
    recognition = explain_difference(form.format(copied), rows)
    assert (recognition.cause, recognition.rounding, recognition.places) == ("with_thesis", "half_up", 2)
    assert recognition.worked.exact == mean([*numbers, thesis_score])


@given(NUMBERS, THESIS_SCORES, st.integers(0, 9), st.booleans())
def test_a_copy_rounded_or_cut_to_any_place_is_among_the_explanations(numbers, thesis_score, places, cut):
    copied = (round_down if cut else round_half_up)(mean([*numbers, thesis_score]), places)
    rows = [*courses(*map(str, numbers)), thesis(str(thesis_score))]
    causes = [each.cause for each in explanations(str(copied), rows)]
    assert causes == ["equal"] or "with_thesis" in causes


@given(NUMBERS, st.integers(0, 2), st.booleans())
def test_a_misrounded_average_is_recognised_whenever_it_differs(numbers, places, cut):
    exact = mean(numbers)
    written = (round_down if cut else round_half_up)(exact, places)
    recognition = explain_difference(str(written), courses(*map(str, numbers)))
    assert recognition.cause == ("equal" if written == round_half_up(exact, 2) else "misrounded")
    assert recognition.worked.exact == exact


@given(NUMBERS.filter(lambda numbers: len(numbers) > 1), st.data())
def test_the_course_that_was_left_out_is_among_the_candidates(numbers, data):
    missing = data.draw(st.integers(0, len(numbers) - 1))
    stated = round_half_up(mean(numbers[:missing] + numbers[missing + 1 :]), 2)
    causes = {each.cause: each for each in explanations(str(stated), courses(*map(str, numbers)))}
    if "equal" not in causes:
        left_out = causes["course_left_out"]
        assert left_out.candidates >= len(left_out.rows) == min(left_out.candidates, 5)
        assert missing in left_out.rows or left_out.candidates > 5
        fitting = [round_half_up(mean(numbers[:row] + numbers[row + 1 :]), 2) for row in left_out.rows]
        assert set(fitting) == {stated}


@given(NUMBERS.flatmap(lambda numbers: st.tuples(st.just(numbers), st.permutations(numbers))), THESIS_SCORES, st.data())
def test_the_order_of_the_rows_changes_no_explanation(both, thesis_score, data):
    hundredths = st.integers(5500, 10000).map(lambda number: f"{number / Decimal(100):.2f}")
    sums = st.sampled_from([str(round_half_up(mean([*both[0], thesis_score]), 2)), str(round_down(mean(both[0]), 2))])
    stated = data.draw(st.one_of(hundredths, sums))
    one, other = (
        [
            (e.cause, e.rounding, e.places, e.candidates)
            for e in explanations(stated, [*rows, thesis(str(thesis_score))])
        ]
        for rows in (courses(*map(str, numbers)) for numbers in both)
    )
    assert one == other


ANY_ROW = st.builds(
    CourseRecord,
    score=st.one_of(
        st.text(max_size=8), st.integers(-5, 105).map(str), st.sampled_from(["优", "免考", "80.5分", "NaN"])
    ),
    name=st.one_of(st.text(max_size=8), st.sampled_from(["毕业论文", "毕业设计", "英语", "英语"])),
    code=st.sampled_from(["", "00015", "00015"]),
    is_thesis=st.booleans(),
    kind=st.sampled_from([None, "exempt", "transferred"]),
)


@given(
    st.one_of(st.text(max_size=80), st.decimals(0, 100, places=2).map(str)),
    st.lists(ANY_ROW, max_size=12),
    st.sampled_from(["ask", "exclude", {"优": Decimal(95), "免考": Decimal(60)}]),
)
def test_any_text_and_any_rows_give_an_answer_in_exact_numbers(stated, rows, non_numeric):
    for recognition in explanations(stated, rows, non_numeric):
        worked = recognition.worked
        assert {type(recognition.stated), type(worked.total), type(worked.rounded)} == {Decimal}
        assert all(type(term.value) is Decimal for term in worked.terms)
        assert type(worked.exact) is Fraction
        assert worked.count > 0
        assert abs(worked.exact - Fraction(recognition.stated)) < 1
