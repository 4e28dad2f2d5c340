"""The summary workbook: a row for each, texts as texts, numbers hidden, whole or not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

import make
import make_facts
from degreecheck import check, text
from degreecheck.desk.summary import Summary
from degreecheck.form import SLOTS
from degreecheck.report import to_data

ZH = text.load("zh")
_STATES = {"photo": "present", "transcript": "missing", "id_card_emblem": "probably_missing", "task_book": "unknown"}


def data(changes: dict[str, Any], folder: str, *, unmasked: bool = False, **more: Any) -> dict[str, Any]:
    report = check.judge(make_facts.good_case(changes), folder)
    return {**to_data(report, ZH, unmasked=unmasked), "slots": _STATES, **more}


def book(path: Path, *rows: dict[str, Any], unmasked: bool = False) -> Workbook:
    summary = Summary(path, ZH, unmasked=unmasked)
    for row in rows:
        summary.add(row)
    summary.save()
    made = load_workbook(path)
    assert isinstance(made, Workbook)
    return made


def cells(made: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in made[sheet].iter_rows(values_only=True)]


def test_everybody_has_a_row_and_every_open_finding(tmp_path: Path) -> None:
    fine = data({}, "一班/甲")
    wrong = data({"courses.average_score": "785", "personal.mobile": "1"}, "一班/乙", roster={"row": 7})
    made = book(tmp_path / "a.xlsx", fine, wrong)
    assert made.sheetnames == ["总览", "逐人", "问题", "缺少材料"]
    people = cells(made, "逐人")
    assert [row[1:3] for row in people[1:]] == [("一班/甲", "林小满"), ("一班/乙", "林小满")]
    assert (people[2][0], people[2][6], people[2][7]) == (7, "需要改正", 2)
    findings = cells(made, "问题")
    assert {row[3] for row in findings[1:]} == {"CRS103", "IDN402"}  # notes are not in it
    overview = dict(row[:2] for row in cells(made, "总览"))
    assert (overview["总人数"], overview["没有发现问题"], overview["需要改正"]) == (2, 1, 1)
    assert overview["平均成绩超出范围 (CRS103)"] == 1


def test_missing_materials_stand_slot_by_slot(tmp_path: Path) -> None:
    header, row = cells(book(tmp_path / "a.xlsx", data({}, "甲")), "缺少材料")
    assert header[2:] == tuple(ZH.word("slot", slot) for slot in SLOTS)
    shown = dict(zip(SLOTS, row[2:], strict=True))
    assert {slot: shown[slot] for slot in _STATES} == {
        "photo": "有", "transcript": "缺", "id_card_emblem": "可能缺", "task_book": "?",
    }  # fmt: skip
    assert shown["other"] == "—"


@pytest.mark.parametrize("unmasked", [False, True])
def test_numbers_are_hidden_unless_told_otherwise(unmasked: bool, tmp_path: Path) -> None:
    folder = f"{make.ID_NUMBER}-林小满"
    made = book(tmp_path / "a.xlsx", data({}, folder, unmasked=unmasked), unmasked=unmasked)
    said = "\n".join(str(cell) for sheet in made.sheetnames for row in cells(made, sheet) for cell in row)
    assert (make.ID_NUMBER in said) is unmasked


def test_what_looks_like_a_formula_is_a_text(tmp_path: Path) -> None:
    made = book(tmp_path / "a.xlsx", data({"personal.name": '=HYPERLINK("x")', "courses.major": "@甲\x07"}, "-甲"))
    (row,) = made["逐人"].iter_rows(min_row=2)
    assert [cell.data_type for cell in row[1:6]] == ["s"] * 5
    assert (row[2].value, row[5].value) == ('=HYPERLINK("x")', "@甲�")


def test_somebody_of_the_roster_without_a_folder_is_counted(tmp_path: Path) -> None:
    made = book(tmp_path / "a.xlsx", data({}, "", slots={}))
    assert dict(row[:2] for row in cells(made, "总览"))["其中没有文件夹"] == 1
    assert cells(made, "逐人")[1][1] == "（没有文件夹）"
    assert len(cells(made, "缺少材料")) == 1  # nothing is known of the materials


def test_an_empty_desk_makes_a_book_too(tmp_path: Path) -> None:
    assert dict(row[:2] for row in cells(book(tmp_path / "a.xlsx"), "总览"))["总人数"] == 0


def test_a_place_that_cannot_be_written_to_is_told_before_the_check(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"a\.xlsx"):
        Summary(tmp_path / "没有" / "a.xlsx", ZH)
    Summary(tmp_path / "b.xlsx", ZH).discard()
    assert list(tmp_path.iterdir()) == []  # nothing stands there until there is something to show


def test_what_was_broken_off_leaves_nothing_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    summary = Summary(tmp_path / "a.xlsx", ZH)
    summary.add(data({}, "甲"))
    assert list(temporary.iterdir())  # rows go to disk as they are written
    summary.discard()
    assert (list(temporary.iterdir()), (tmp_path / "a.xlsx").exists()) == ([], False)
    summary.discard()


def test_after_saving_there_is_nothing_to_discard(tmp_path: Path) -> None:
    summary = Summary(tmp_path / "a.xlsx", ZH)
    summary.save()
    summary.discard()
    assert (tmp_path / "a.xlsx").exists()
