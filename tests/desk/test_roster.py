"""Rosters as offices keep them: titles above, two-row headers, totals below, columns that say the same or do not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import make_desks
from degreecheck.desk import roster
from degreecheck.desk.roster import Column, NoHeader, Roster, read
from degreecheck.desk.tables import Number, Sheet


def of(*rows: Sequence[str], merged: tuple[tuple[int, int, int, int], ...] = (), **more: object) -> Roster:
    """The roster that these rows of text make."""
    sheet = Sheet("名册", [list(row) for row in rows], merged=merged)
    header = roster._header(sheet)
    if not header.score:
        raise NoHeader
    columns, people, repeated = roster._rows(sheet, header, more.get("chosen", {}))  # type: ignore[arg-type]
    return Roster("名册.xlsx", sheet.name, columns, people, repeated=repeated)


def uses(found: Roster) -> dict[str, str]:
    return {column.header: column.use for column in found.columns}


def names(found: Roster) -> list[str]:
    return [row.values.get("personal.name", "") for row in found.rows]


ID = make_desks.id_number(1)


def test_a_plain_roster(tmp_path: Path) -> None:
    found = read(make_desks.roster(tmp_path / "名册.xlsx", 0, 1))
    assert names(found) == ["林小满", "何清越"]
    assert [row.number for row in found.rows] == [2, 3]
    assert found.rows[1].values["personal.id_number"] == make_desks.id_number(1)
    assert found.fields == {"personal.name", "personal.id_number", "personal.exam_number",
                            "language.certificate_number", "language.route"}  # fmt: skip
    assert len(found.sha256) == 64


@pytest.mark.parametrize("above", range(10))
def test_titles_and_remarks_above_the_header(above: int) -> None:
    title = [
        ["2026年上半年自考学士学位申请人员名册", "", ""],
        ["填表单位：某某学院", "", "电话 023-1"],
        ["", "", ""],
    ] * 4
    found = of(*title[:above], ["序号", "姓名", "准考证号"], ["1", "林小满", "010517200123"])
    assert names(found) == ["林小满"]
    assert found.rows[0].number == above + 2


def test_beyond_ten_rows_no_header_is_looked_for() -> None:
    with pytest.raises(NoHeader):
        of(*[["说明"]] * 10, ["姓名", "学号"], ["林小满", "1"])


def test_a_header_needs_something_that_tells_people_apart() -> None:
    with pytest.raises(NoHeader):
        of(["序号", "专业", "平均成绩"], ["1", "工商管理", "78.35"])


def test_names_alone_make_a_roster() -> None:
    assert names(of(["姓名"], ["林小满"], ["何清越"])) == ["林小满", "何清越"]


def test_a_header_of_two_rows_with_merged_cells() -> None:
    upper = ["姓名", "证件", "", "毕业论文", "", "指导教师", ""]
    lower = ["", "身份证号", "准考证号", "题目", "成绩", "姓名", "联系方式"]
    person = ["林小满", ID, "010517200123", "库存管理研究", "86", "何清越", "13900005678"]
    merged = ((0, 1, 0, 2), (0, 3, 0, 4), (0, 5, 0, 6), (0, 0, 1, 0))
    for found in (of(upper, lower, person, merged=merged), of(upper, lower, person)):
        assert names(found) == ["林小满"]
        values = found.rows[0].values
        assert values["thesis.title"] == "库存管理研究"
        assert values["courses.thesis_score"] == "86"
        assert values["thesis.advisor"] == "何清越"
        assert values["thesis.advisor_contacts"] == "13900005678"
        assert found.rows[0].number == 3


def test_totals_footers_blank_rows_and_repeated_headers_are_nobody() -> None:
    header = ["姓名", "身份证号", "备注"]
    found = of(
        header, ["林小满", ID, ""], ["", "", ""], ["", "", "补交"], header, ["何清越", make_desks.id_number(2), ""],
        ["合计 2 人", "", ""], ["填表人：王老师", "", ""], ["姓名", "", ""],
    )  # fmt: skip
    assert names(found) == ["林小满", "何清越"]


def test_a_person_without_a_name_still_counts() -> None:
    found = of(["姓名", "身份证号"], ["", ID], ["合计", make_desks.id_number(2)])
    assert [row.number for row in found.rows] == [2, 3]


def test_unknown_and_unneeded_columns_are_kept_aside_and_told_apart() -> None:
    found = of(["序号", "姓名", "辅导员意见", "", "备注"], ["1", "林小满", "同意", "x", ""])
    assert uses(found) == {
        "序号": "unneeded",
        "姓名": "field",
        "辅导员意见": "unknown",
        "": "nameless",
        "备注": "unneeded",
    }
    assert found.rows[0].values == {"personal.name": "林小满"}


def test_two_columns_for_one_field_are_never_guessed_between() -> None:
    found = of(["姓名", "身份证号", "证件号码"], ["林小满", ID, make_desks.id_number(2)])
    assert uses(found) == {"姓名": "field", "身份证号": "conflict", "证件号码": "conflict"}
    assert "personal.id_number" not in found.fields
    assert [(column.letter, column.claimed) for column in found.columns if column.use == "conflict"] == [
        ("B", "personal.id_number"), ("C", "personal.id_number"),
    ]  # fmt: skip


def test_two_columns_that_say_the_same_are_one() -> None:
    found = of(["姓名", "学号", "姓名"], ["林小满", "1", "林小满"], ["何清越", "2", ""])
    assert [column.use for column in found.columns] == ["field", "field", "same"]
    assert names(found) == ["林小满", "何清越"]


def test_a_sure_name_outweighs_a_loose_one() -> None:
    found = of(["姓名", "联系电话", "手机号码"], ["林小满", "023-65022130", "13800001234"])
    assert uses(found)["联系电话"] == "loose"
    assert found.rows[0].values["personal.mobile"] == "13800001234"
    alone = of(["姓名", "联系电话"], ["林小满", "13800001234"])
    assert alone.rows[0].values["personal.mobile"] == "13800001234"


def test_ticks_for_papers_are_no_numbers() -> None:
    found = of(["姓名", "身份证", "毕业证"], ["林小满", "√", "有"], ["何清越", "", "无"])
    assert (uses(found)["身份证"], uses(found)["毕业证"]) == ("ticks", "ticks")
    numbers = of(["姓名", "身份证"], ["林小满", ID])
    assert numbers.rows[0].values["personal.id_number"] == ID


def test_a_person_may_decide_on_columns() -> None:
    rows = (["姓名", "身份证号", "证件号码", "特别"], ["林小满", ID, "x", "工商管理"])
    found = of(*rows, chosen={1: "personal.id_number", 2: "", 3: "courses.major"})
    assert found.rows[0].values == {
        "personal.name": "林小满", "personal.id_number": ID, "courses.major": "工商管理",
    }  # fmt: skip


def test_rows_that_repeat_each_other_count_once() -> None:
    found = of(
        ["序号", "姓名", "身份证号"], ["1", "林小满", ID], ["2", "林小满", ID], ["3", "林小满", make_desks.id_number(3)]
    )
    assert found.repeated == (3,)
    assert len(found.rows) == 2


def test_two_people_of_one_name_are_two() -> None:
    found = of(["姓名"], ["林小满"], ["林小满"])
    assert (len(found.rows), found.repeated) == (2, ())


def test_short_rows_and_long_ones() -> None:
    found = of(["姓名", "学号"], ["林小满"], ["何清越", "1", "多", "余"])
    assert found.rows[0].values == {"personal.name": "林小满"}
    assert found.rows[1].values["personal.student_number"] == "1"


def test_the_sheet_with_the_best_header_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    path = make_desks.workbook(
        tmp_path / "a.xlsx", [["说明"], ["请逐项填写"]],
        名册=[["姓名", "身份证号", "专业"], ["林小满", ID, "工商管理"]], 旧=[["姓名", "学号"], ["何清越", "1"]],
    )  # fmt: skip
    found = read(path)
    assert (found.sheet, names(found), found.other_sheets) == ("名册", ["林小满"], ("旧",))


def test_a_roster_without_people(tmp_path: Path) -> None:
    assert read(make_desks.workbook(tmp_path / "a.xlsx", [["姓名", "学号"]])).rows == ()


def test_a_damaged_cell_is_set_apart_and_its_field_was_not_asked() -> None:
    found = of(["姓名", "身份证号"], ["林小满", Number("500105199508120000")], ["何清越", ID])
    assert [damage.field for damage in found.rows[0].damaged] == ["personal.id_number"]
    assert "personal.id_number" not in found.rows[0].values
    assert "personal.id_number" not in found.rows[0].asked(found.fields)
    assert "personal.id_number" in found.rows[1].asked(found.fields)


@pytest.mark.parametrize(
    ("place", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_letters_of_columns(place: int, letter: str) -> None:
    assert Column(place, "", "unknown").letter == letter
