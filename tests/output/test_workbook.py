"""The workbook of an application: text only, every digit kept."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

import make
from degreecheck import text
from degreecheck.output.portal_values import portal_sections
from degreecheck.output.workbook import application_workbook


def workbook(changes: dict[str, Any] | None = None, *, passed: bool = True, language: str = "zh") -> bytes:
    case = make.perfect_case(changes or {})
    texts = text.load(language)
    sections = portal_sections(case.form, case.pack, texts, {"photo": ["上传材料/05-电子照片.jpg"]})
    return application_workbook(case.form, sections, make.report(case), texts, passed=passed)


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def values(data: bytes) -> dict[str, str]:
    return {row[1]: row[2] for row in sheets(data)["申请信息"][1:]}


def test_four_sheets_hold_everything() -> None:
    found = sheets(workbook())
    assert list(found) == ["申请信息", "课程成绩", "上传文件", "检查结果"]
    assert len(found["课程成绩"]) == 1 + 21
    assert found["课程成绩"][1][1:4] == ["03708", "中国近现代史纲要", "81"]
    assert found["上传文件"][1][2] == "上传材料/05-电子照片.jpg"
    assert values(workbook())["身份证号"] == make.ID_NUMBER


def test_findings_are_listed_with_their_mending() -> None:
    rows = sheets(workbook({"courses.average_score": "78.71"}))["检查结果"]
    (row,) = [row for row in rows if row[1] == "CRS201"]
    assert row[0] == "错误"
    assert "78.35" in row[4]
    assert row[5]


def test_nothing_is_a_formula() -> None:
    data = workbook({"thesis.title": "=1+1", "personal.name": "@SUM(A1)", "courses.major": "-2+3"})
    book = load_workbook(BytesIO(data))
    assert not [cell.coordinate for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    shown = values(data)
    assert (shown["论文题目"], shown["姓名"], shown["申请专业"]) == ("=1+1", "@SUM(A1)", "-2+3")


def test_all_cells_are_text() -> None:
    book = load_workbook(BytesIO(workbook()))
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row if cell.value is not None}
    assert kinds == {"s"}


def test_a_bundle_that_did_not_pass_says_so() -> None:
    assert sheets(workbook(passed=False))["申请信息"][1][1] == "未通过预检"
    assert "未通过预检" not in str(sheets(workbook()))


def test_english_headings() -> None:
    assert list(sheets(workbook(language="en"))) == ["Application", "Courses", "Files", "Findings"]


@given(st.text(max_size=60))
def test_any_text_can_be_written(value: str) -> None:
    assert sheets(workbook({"thesis.title": value}))


def test_a_very_long_text_is_cut_at_the_formats_limit() -> None:
    assert len(values(workbook({"thesis.title": "长" * 40_000}))["论文题目"]) == 32_767
