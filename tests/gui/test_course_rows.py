"""The rows of the course table as plain data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.course_table import read_rows
from degreecheck.form import CourseRecord, PartialDate, SetAside
from degreecheck.gui import course_rows
from degreecheck.gui.course_rows import KEYS, Row, as_tsv, in_order, inserted, moved, removed, rows_of, text_of
from make import perfect_form, record

_FIRST = Row(record("大学语文", "80", code="04729", passed_on="2019-04"))
_SECOND = Row(record("概率论", "7", code="04183", passed_on="2018-10"))
_THIRD = Row(record("毕业论文", "86", is_thesis=True), (("passed_on", "去年春天"),))
_ROWS = (_FIRST, _SECOND, _THIRD)


def names(rows: tuple[Row, ...]) -> list[str]:
    return [row.record.name for row in rows]


def test_what_was_set_aside_of_a_row_belongs_to_it_and_goes_where_it_goes() -> None:
    form = perfect_form().model_copy(
        update={
            "set_aside": (
                SetAside(field="courses.records[2].passed_on", value="去年"),
                SetAside(field="courses.records[99].score", value="不在表中"),
                SetAside(field="personal.sex", value="?"),
            )
        }
    )
    rows = rows_of(form)
    assert rows[2].aside == (("passed_on", "去年"),)
    after = course_rows.with_rows(form, removed(rows, [0]))
    assert [(entry.field, entry.value) for entry in after.set_aside] == [
        ("courses.records[99].score", "不在表中"),
        ("personal.sex", "?"),
        ("courses.records[1].passed_on", "去年"),
    ]
    assert rows_of(after)[1] == rows[2]


def test_what_is_no_date_is_shown_and_set_aside_until_a_date_is_typed() -> None:
    row = course_rows.with_value(_FIRST, "passed_on", "大三下学期")
    assert row.record.passed_on is None
    assert text_of(row, "passed_on") == "大三下学期"
    mended = course_rows.with_value(row, "passed_on", "2021年4月")
    assert (mended.record.passed_on, mended.aside) == (PartialDate(2021, 4), ())
    assert course_rows.with_value(row, "passed_on", " ").aside == ()


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2019.1", "2019-01"), ("1904", "2019-04"), ("201910", "2019-10"), ("2019/4/1", "2019-04-01"), ("", "")],
)
def test_dates_as_people_type_them(typed: str, day: str) -> None:
    assert text_of(course_rows.with_value(Row(), "passed_on", typed), "passed_on") == day


def test_a_kind_that_is_none_is_set_aside_and_a_chosen_one_takes_its_place() -> None:
    odd = course_rows.with_value(_FIRST, "kind", "半免")
    assert (odd.record.kind, odd.aside) == (None, (("kind", "半免"),))
    assert course_rows.with_value(odd, "kind", "exempt") == Row(_FIRST.record.model_copy(update={"kind": "exempt"}))
    assert course_rows.with_value(odd, "kind", "") == _FIRST


def test_line_breaks_in_a_cell_become_blanks() -> None:
    assert course_rows.with_value(Row(), "name", " 大学\n语文 ").record.name == "大学 语文"


def test_rows_move_together_and_stop_at_the_end() -> None:
    assert (names(moved(_ROWS, [1, 2], -1)[0]), moved(_ROWS, [1, 2], -1)[1]) == (
        ["概率论", "毕业论文", "大学语文"],
        (0, 1),
    )
    assert moved(_ROWS, [0, 1], -1) == (_ROWS, (0, 1))
    assert names(moved(_ROWS, [0, 2], 1)[0]) == ["概率论", "大学语文", "毕业论文"]
    assert moved((), [], 1) == ((), ())


def test_scores_sort_as_numbers_and_what_has_none_comes_last_either_way() -> None:
    rows = (*_ROWS, Row(record("军训", "免考")))
    assert names(in_order(rows, "score")) == ["概率论", "大学语文", "毕业论文", "军训"]
    assert names(in_order(rows, "score", descending=True)) == ["毕业论文", "大学语文", "概率论", "军训"]
    assert names(in_order(rows, "passed_on")) == ["概率论", "大学语文", "毕业论文", "军训"]
    assert names(in_order(rows, "is_thesis"))[0] == "毕业论文"


@given(st.lists(st.text(max_size=4), max_size=8), st.sampled_from(KEYS), st.booleans())
def test_sorting_loses_no_row(texts: list[str], key: course_rows.Key, descending: bool) -> None:
    rows = tuple(course_rows.with_value(Row(CourseRecord(name=str(n))), "score", text) for n, text in enumerate(texts))
    assert sorted(names(in_order(rows, key, descending=descending))) == sorted(names(rows))


def test_rows_are_put_in_and_taken_out() -> None:
    assert names(inserted(_ROWS, 1, [Row()])) == ["大学语文", "", "概率论", "毕业论文"]
    assert removed(_ROWS, [0, 2, 9]) == (_SECOND,)
    assert Row().blank
    assert not course_rows.with_value(Row(), "passed_on", "?").blank


def test_no_cell_can_break_the_copied_table() -> None:
    assert as_tsv([["a\tb", "c\nd"], ["", "e"]]) == "a b\tc d\n\te"


def test_an_imported_date_that_is_none_comes_along_until_its_month_is_said() -> None:
    found = read_rows([["课程名称", "成绩", "考试时间"], ["语文", "80", "2019.1"], ["数学", "81", "不详 3"]])
    unread = course_rows.rows_of_import(found)
    assert [row.aside for row in unread] == [(("passed_on", "2019.1"),), (("passed_on", "不详 3"),)]
    said = course_rows.rows_of_import(found, 10)
    assert (said[0].record.passed_on, said[0].aside) == (PartialDate(2019, 10), ())
    assert said[1] == unread[1]


def test_the_form_is_the_same_without_a_change() -> None:
    form = perfect_form()
    assert course_rows.with_rows(form, rows_of(form)) == form
