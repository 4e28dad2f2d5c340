"""Course tables, however their columns stand."""

from __future__ import annotations

import make_texts
from degreecheck.papers.courses import courses_in
from degreecheck.papers.rows import rows_of


def table(*rows: make_texts.Row) -> list[tuple[str, ...]]:
    return [
        tuple(part.text if part else "" for part in (course.code, course.name, course.score, course.passed_on))
        for course in courses_in(rows_of(make_texts.page(*rows)))
    ]


def test_columns_are_known_by_their_headings() -> None:
    head = ("序号", "课程代码", "课程名称", "学分", "成绩", "合格时间")
    rows = (("1", "00015", "英语(二)", "14", "66", "2018-04"), ("2", "03708", "中国近现代史纲要", "2", "81", "2017-10"))
    assert table(head, *rows) == [
        ("00015", "英语(二)", "66", "2018-04"),
        ("03708", "中国近现代史纲要", "81", "2017-10"),
    ]


def test_columns_may_stand_in_another_order_and_code_be_missing() -> None:
    assert table(("考试成绩", "课程名称"), ("85.5", "市场营销学"), ("优", "毕业论文")) == [
        ("", "市场营销学", "85.5", ""),
        ("", "毕业论文", "优", ""),
    ]


def test_two_tables_abreast() -> None:
    head = ("课程名称", "成绩", "课程名称", "成绩")
    assert table(head, ("管理学原理", "88", "财务管理学", "76"), ("企业会计学", "78", "", "")) == [
        ("", "管理学原理", "88", ""),
        ("", "财务管理学", "76", ""),
        ("", "企业会计学", "78", ""),
    ]


def test_what_was_read_as_one_is_parted() -> None:
    head = ("课程代码", "课程名称", "成绩", "时间")
    assert table(head, ("", "00054管理学原理", "88", "2019-04"), ("00051", "系统中的计算机应用72", "", "2018-10")) == [
        ("00054", "管理学原理", "88", "2019-04"),
        ("00051", "系统中的计算机应用", "72", "2018-10"),
    ]


def test_without_a_heading_there_are_no_courses() -> None:
    assert table(("1", "英语(二)", "66"), ("2", "管理学原理", "88")) == []


def test_what_is_no_score_is_left_out() -> None:
    assert table(("课程名称", "成绩"), ("管理学原理", "783"), ("英语(二)", "六十六")) == []


def test_the_heading_of_the_first_page_holds_for_the_next() -> None:
    first = make_texts.page(("课程名称", "成绩"), ("管理学原理", "88"))
    second = make_texts.page(("财务管理学", "76"), number=1)
    found = courses_in(rows_of(make_texts.pages(first, second)))
    assert [(course.name.text, course.score.region.page) for course in found if course.name and course.score] == [
        ("管理学原理", 0),
        ("财务管理学", 1),
    ]
