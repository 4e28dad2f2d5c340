"""Course records out of a table: headers, halves side by side, what is dropped and why."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from degreecheck import scores, text
from degreecheck.course_table import MOST_ROWS, CoursesFound, read_rows, split_pasted, unused_columns

HEADER = ["课程代码", "课程名称", "成绩", "考试时间", "备注"]


def row(
    code: str = "00015", name: str = "英语（二）", score: str = "66", date: str = "2018.04", kind: str = ""
) -> list[str]:
    return [code, name, score, date, kind]


def only(*rows: list[str]) -> CoursesFound:
    return read_rows([HEADER, *rows])


def perfect_rows() -> list[list[str]]:
    return [[one.code, one.name, one.score, str(one.passed_on)] for one in make.perfect_records()]


def dropped(found: CoursesFound) -> list[tuple[int, str]]:
    return [(entry.row, entry.why) for entry in found.dropped if entry.why != "header"]


# ------------------------------------------------------------------------------------------------------- columns


def test_a_whole_transcript() -> None:
    found = read_rows([HEADER[:4], *perfect_rows()])
    expected = [one.model_copy(update={"is_thesis": one.name == "毕业论文"}) for one in make.perfect_records()]
    assert list(found.records) == expected
    assert [(column.index, column.kind) for column in found.columns] == [
        (0, "code"),
        (1, "name"),
        (2, "score"),
        (3, "date"),
    ]
    assert (found.header_row, found.blocks, found.thesis) == (0, 1, (make.THESIS_ROW,))
    worked = scores.average(found.records)
    assert worked is not None
    assert str(worked.rounded) == make.AVERAGE


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (1, 2, 3, 0), (3, 1, 0, 2), (2, 3, 0, 1)])
def test_without_a_header_by_content(order: tuple[int, ...]) -> None:
    found = read_rows([[cells[at] for at in order] for cells in perfect_rows()])
    assert found.header_row is None
    assert [(one.code, one.name, one.score, one.passed_on) for one in found.records] == [
        (one.code, one.name, one.score, one.passed_on) for one in make.perfect_records()
    ]


def test_numbers_and_credits_without_a_header() -> None:
    rows = [[str(number), *cells, "4"] for number, cells in enumerate(perfect_rows(), 1)]
    found = read_rows(rows)
    assert [column.kind for column in found.columns] == ["code", "name", "score", "date"]
    assert [one.score for one in found.records] == [one.score for one in make.perfect_records()]


def test_of_several_scores_the_final_one_counts() -> None:
    header = ["科目", "平时成绩", "期末成绩", "总评成绩", "成绩", "学分", "讲师"]
    table = [header, ["英语", "90", "70", "76", "70", "4", "甲"]]
    found = read_rows(table)
    assert [one.score for one in found.records] == ["76"]
    assert list(unused_columns(found, table)) == ["平时成绩", "期末成绩", "成绩", "学分", "讲师"]


@pytest.mark.parametrize("lead", [[], ["序号"]])
def test_two_halves_side_by_side_are_read_down_then_right(lead: list[str]) -> None:
    rows = perfect_rows()
    left, right = rows[:11], [*rows[11:], ["", "以下空白", "", ""]]
    numbers = [[str(number)] if lead else [] for number in range(1, 23)]
    table = [lead + HEADER[:4] + lead + HEADER[:4]]
    table += [numbers[at] + left[at] + numbers[at + 11] + right[at] for at in range(11)]
    found = read_rows(table)
    assert found.blocks == 2
    assert [one.name for one in found.records] == [one.name for one in make.perfect_records()]
    assert [(place.row, place.block) for place in found.places[10:12]] == [(11, 0), (1, 1)]
    assert dropped(found) == [(11, "note")]


def test_three_groups_without_a_header() -> None:
    rows = perfect_rows()
    found = read_rows([[*one, *two, *three] for one, two, three in zip(rows[:7], rows[7:14], rows[14:], strict=True)])
    assert found.blocks == 3
    assert [one.code for one in found.records] == [one.code for one in make.perfect_records()]


def test_a_header_that_comes_again_and_moves_the_columns() -> None:
    found = read_rows(
        [["课程", "成绩"], ["英语", "66"], ["成绩", "课程"], ["70", "管理"], ["课程", "成绩"], ["会计", "71"]]
    )
    assert [(one.name, one.score) for one in found.records] == [("英语", "66"), ("管理", "70"), ("会计", "71")]


# ---------------------------------------------------------------------------------------------------------- rows


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("平均分", "total"), ("平 均 成 绩", "total"), ("课程平均成绩：78.71", "total"), ("合计", "total"),
        ("总分", "total"), ("总学分", "total"), ("学分合计", "total"), ("共21门", "total"), ("以下空白", "note"),
        ("以下为空白", "note"), ("备注：免考1门", "note"), ("注：本表无效", "note"), ("（盖章）", "note"),
        ("某某考试院（公章）", "note"), ("第 1 页 共 2 页", "note"), ("打印日期：2026-04-01", "note"),
        ("论文题目：某研究", "note"), ("重庆市高等教育自学考试课程成绩单", "note"), ("姓名：林小满", "person"),
        ("准考证号：010517200123", "person"), ("专业名称", "person"),
    ],
)  # fmt: skip
def test_lines_that_are_no_courses(name: str, why: str) -> None:
    found = only(row(), ["", name, "", "", ""], [name, "", "", "", ""])
    assert dropped(found) == [(2, why), (3, why)]
    assert len(found.records) == 1


@pytest.mark.parametrize(
    "name",
    [
        "会计学",
        "注册会计师审计",
        "平均数统计",
        "总体设计",
        "日语",
        "说明文写作",
        "学校管理学",
        "专业英语",
        "公共关系学",
        "成绩评定方法",
    ],
)
def test_courses_whose_names_begin_alike_stay(name: str) -> None:
    assert [one.name for one in only(row(name=name)).records] == [name]
    assert [one.name for one in only(row(code="", name=name)).records] in ([name], [])


def test_a_summary_in_the_first_two_columns_is_no_course() -> None:
    found = only(row(code="15"), row(code="4729", name="大学语文"), row(code="12656", name="毛泽东思想概论"),
                 ["平均成绩", "78.71", "", "", ""], ["姓名", "林小满", "", "", ""])  # fmt: skip
    assert [one.code for one in found.records] == ["00015", "04729", "12656"]
    assert dropped(found) == [(4, "total"), (5, "person")]


def test_columns_may_be_said_instead_of_recognised() -> None:
    rows = [["甲", "乙", "丙"], ["英语", "14", "66"], ["语文", "4", "81"]]
    found = read_rows(rows, {0: "name", 2: "score"})
    assert [(one.name, one.score) for one in found.records] == [("甲", "丙"), ("英语", "66"), ("语文", "81")]
    assert [(column.index, column.kind) for column in found.columns] == [(0, "name"), (2, "score")]
    headed = read_rows([HEADER, row()], {0: "code", 1: "name", 3: "score"})
    assert (headed.header_row, [one.score for one in headed.records]) == (0, ["2018.04"])
    assert headed.records[0].passed_on is None
    assert read_rows(rows, {}).records == ()
    halves = [[*HEADER[:3], *HEADER[:3]], ["00015", "英语", "66", "04729", "语文", "81"]]
    by_hand = read_rows(halves, {0: "code", 1: "name", 2: "score", 3: "code", 4: "name", 5: "score"})
    assert by_hand.records == read_rows(halves).records
    assert by_hand.blocks == 2


def test_titles_above_the_header_are_dropped() -> None:
    found = read_rows([["自考成绩单"], ["姓名：林小满", "", "准考证号："], [], HEADER, row()])
    assert dropped(found) == [(0, "above_header"), (1, "person"), (2, "blank")]
    assert found.header_row == 3


@pytest.mark.parametrize(
    "name",
    [
        "毕业论文",
        "毕业设计",
        "毕业论文（设计）",
        "毕业实习与论文",
        "毕业设计(论文)",
        "学士学位论文",
        "毕 业 论 文",
        "毕业综合考核",
    ],
)
def test_the_thesis_is_marked(name: str) -> None:
    found = only(row(), row("07999", name, "86"))
    assert (found.thesis, found.thesis_unclear) == ((1,), ())


def test_what_may_be_the_thesis_is_not_marked() -> None:
    found = only(row("1", "毕业综合实践", "80"), row("2", "论文写作", "80"), row("3", "毕业实习", "80"))
    assert (found.thesis, found.thesis_unclear) == ((), (0,))


def test_failed_attempts_and_odd_scores_stay() -> None:
    given_scores = ["55", "0", "缺考", "785", "八十", "", "100"]
    assert [one.score for one in only(*[row(score=score) for score in given_scores]).records] == given_scores


@pytest.mark.parametrize(
    ("score", "remark", "kind"),
    [("免考", "", "exempt"), ("", "免考", "exempt"), ("75", "课程顶替", "transferred"), ("顶替", "", "transferred"),
     ("80", "统考", None), ("80", "非免考", None)],
)  # fmt: skip
def test_exempt_and_transferred(score: str, remark: str, kind: str | None) -> None:
    (record,) = only(row(score=score, kind=remark)).records
    assert (record.score, record.kind) == (score, kind)


# --------------------------------------------------------------------------------------------------------- mended


def test_codes_get_their_zeros_back_and_it_is_said() -> None:
    found = only(row("15"), row("3708"), row("51.0"), row("13000"), row(""))
    assert [one.code for one in found.records] == ["00015", "03708", "00051", "13000", ""]
    assert [(entry.record, entry.before, entry.after) for entry in found.mended] == [
        (0, "15", "00015"), (1, "3708", "03708"), (2, "51.0", "00051"),
    ]  # fmt: skip


def test_another_schools_codes_stay() -> None:
    found = only(row("1001"), row("1002"), row("Ｂ-1003"))
    assert [one.code for one in found.records] == ["1001", "1002", "B-1003"]
    assert found.mended == ()


def test_a_month_that_a_spreadsheet_made_a_day() -> None:
    found = only(row(date="2018-04-01"), row(date="2019-10-01 00:00:00"), row(date="2020.08"))
    assert [str(one.passed_on) for one in found.records] == ["2018-04", "2019-10", "2020-08"]
    assert [entry.kind for entry in found.mended] == ["months_only", "months_only"]
    kept = only(row(date="2018-04-01"), row(date="2019-10-19"))
    assert [str(one.passed_on) for one in kept.records] == ["2018-04-01", "2019-10-19"]


def test_dates_that_cannot_be_read_are_said() -> None:
    found = only(row(date="2018.1"), row(date="2018年上半年"), row(date="—"), row(date=""))
    assert [one.passed_on for one in found.records] == [None] * 4
    assert [(entry.record, entry.kind) for entry in found.mended] == [(0, "date_unclear"), (1, "date_unread")]


# ---------------------------------------------------------------------------------------------------------- whole


@pytest.mark.parametrize("rows", [[], [[]], [["你好"], ["请看"]], [["", ""], []], [["课程名称", "成绩"]]])
def test_no_courses(rows: list[list[str]]) -> None:
    found = read_rows(rows)
    assert found.records == ()
    assert len(found.dropped) == len(rows) * found.blocks


@pytest.mark.parametrize("separator", ["\t", ",", "，", ";", "；", "  ", "　", " ", "|"])
@pytest.mark.parametrize("header", [True, False])
def test_pasted_with_any_separator(separator: str, header: bool) -> None:
    rows = [HEADER[:4]] * header + perfect_rows()
    found = read_rows(split_pasted("\r\n".join(separator.join(cells) for cells in rows)))
    assert [(one.code, one.name, one.score, one.passed_on) for one in found.records] == [
        (one.code, one.name, one.score, one.passed_on) for one in make.perfect_records()
    ]


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    texts = text.load(language)
    found = read_rows(
        [["自考成绩单"], ["姓名："], HEADER, row("15", date="2018.1"), ["", "平均分"], ["", "以下空白"], []]
    )
    found_all = [entry.why for entry in (*found.dropped, *only(["", "", "x"]).dropped)]
    assert set(found_all) >= {"above_header", "person", "header", "total", "note", "blank", "no_course"}
    assert all(texts.has(f"dropped_row.{why}") for why in found_all)
    for kind in ("zeros_restored", "date_unclear", "date_unread", "months_only"):
        assert "x" in texts.get(f"mended_cell.{kind}", before="x", after="y")


cells = (
    st.sampled_from(
        [
            *HEADER,
            "序号",
            "",
            "66",
            "00015",
            "15",
            "英语",
            "毕业论文",
            "平均分",
            "2018.1",
            "2018-04-01",
            "免考",
            "以下空白",
        ]
    )
    | st.text(max_size=8)
    | st.integers(0, 99999).map(str)
)


@given(st.lists(st.lists(cells, max_size=9), max_size=9))
def test_no_row_is_lost(rows: list[list[str]]) -> None:
    found = read_rows(rows)
    seen = sorted(
        [(place.row, place.block) for place in found.places] + [(one.row, one.block) for one in found.dropped]
    )
    assert seen == [(at, block) for at in range(len(rows)) for block in range(found.blocks)]
    assert len(found.records) == len(found.places)
    assert all(
        one.block < two.block or (one.block == two.block and one.row < two.row) for one, two in pairwise(found.places)
    )
    assert all(
        entry.text or entry.why == "blank" or not any(map(str.strip, rows[entry.row]))
        for entry in found.dropped
        if found.blocks == 1
    )
    assert {column.index for column in found.columns} <= set(range(max(map(len, rows), default=0)))


@given(st.text(alphabet=st.characters() | st.sampled_from("\t\n ,，;；|\"'\r\u3000066英语"), max_size=200))
def test_pasted_text_never_raises_and_is_kept(pasted: str) -> None:
    rows = split_pasted(pasted)
    kept = re.sub(r"[\W_]", "", "".join(cell for cells in rows for cell in cells))
    assert kept == re.sub(r"[\W_]", "", pasted.replace("\x00", ""))
    read_rows(rows)


def test_a_table_of_thousands_is_cut_and_said() -> None:
    found = only(*[row(name=f"课程{number}") for number in range(1_200)])
    assert len(found.records) == 1_000
    assert [entry.why for entry in found.dropped][1:] == ["too_many_rows"] * 200


def test_rows_beyond_any_transcript_are_named_without_a_look() -> None:
    found = only(*[row(name="", code="", score="x")] * (MOST_ROWS + 10))
    assert len(found.dropped) == MOST_ROWS + 11
    assert [entry.why for entry in found.dropped][-11:] == ["too_many_rows"] * 11
    assert found.dropped[-1].row == MOST_ROWS + 10
