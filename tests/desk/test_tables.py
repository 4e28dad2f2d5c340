"""Table files: every format gives the same cells, and no file harms the program that reads it."""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import make_desks
import make_documents
from degreecheck.desk import table_process, tables
from degreecheck.desk.tables import Day, Number, Sheet, TableUnreadable, read_sheets
from degreecheck.inspectors import once

DATA = Path(__file__).parents[1] / "data"


def reason(path: Path) -> str:
    with pytest.raises(TableUnreadable) as caught:
        read_sheets(path)
    return caught.value.reason


def kinds(sheet: Sheet) -> list[list[str]]:
    return [[type(cell).__name__ for cell in row] for row in sheet.rows]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    rows = [
        ["姓名", "身份证号", "准考证号", "平均成绩", "毕业时间"],
        ["林小满", "500105199508120123", "010517200123", 78.5, date(2025, 12, 30)],
        ["何清越", 500105199508120000, 10517200124, "78.35", None],
    ]
    return make_desks.workbook(tmp_path / "名 册.xlsx", rows)


@pytest.mark.parametrize("name", ["roster.xls", "roster.ods", ""])
def test_every_format_gives_the_same_cells(name: str, workbook: Path) -> None:
    (sheet,) = read_sheets(DATA / name if name else workbook)
    assert sheet.rows[1:] == [
        ["林小满", "500105199508120123", "010517200123", "78.5", "2025-12-30"],
        ["何清越", "500105199508120000", "10517200124", "78.35", ""],
    ]
    assert kinds(sheet)[1:] == [["str", "str", "str", "Number", "Day"], ["str", "Number", "Number", "str", "str"]]


def test_numbers_come_as_they_were_typed(tmp_path: Path) -> None:
    typed = [
        78.349999999999994,
        0.1 + 0.2,
        13800001234,
        2019.1,
        -3,
        1e300,
        True,
        datetime(2025, 12, 30, 8, 30, tzinfo=UTC).replace(tzinfo=None),
    ]
    path = make_desks.workbook(tmp_path / "a.xlsx", [typed])
    (row,) = read_sheets(path)[0].rows
    assert row == ["78.35", "0.3", "13800001234", "2019.1", "-3", "1e+300", "TRUE", "2025-12-30 08:30"]
    assert isinstance(row[7], Day)
    assert isinstance(row[0], Number)


def test_text_is_trimmed_and_control_characters_do_not_matter(tmp_path: Path) -> None:
    path = make_desks.workbook(tmp_path / "a.xlsx", [[" 林小满\t", "第一行\n第二行", "=HYPERLINK(1)"]])
    (row,) = read_sheets(path)[0].rows
    assert row[:2] == ["林小满", "第一行\n第二行"]


def test_only_visible_sheets_that_hold_something(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = make_desks.workbook(tmp_path / "a.xlsx", [["甲"]], 空=[], 藏=[["乙"]], 后=[["丙"]])
    book = load_workbook(path)
    book["藏"].sheet_state = "hidden"
    book.save(path)
    assert [sheet.rows for sheet in read_sheets(path)] == [[["甲"]], [["丙"]]]


def test_a_table_need_not_begin_in_the_first_cell(tmp_path: Path) -> None:
    path = make_desks.workbook(tmp_path / "a.xlsx", [[], [], [None, "姓名"], [None, "林小满"]])
    (sheet,) = read_sheets(path)
    assert (sheet.first_row, sheet.rows) == (3, [["姓名"], ["林小满"]])


def test_merged_cells_of_the_header_are_told(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = make_desks.workbook(tmp_path / "a.xlsx", [["姓名", "论文", None], [None, "题目", "成绩"]])
    book = load_workbook(path)
    book.active.merge_cells("B1:C1")
    book.save(path)
    assert read_sheets(path)[0].merged == ((0, 1, 0, 2),)


def test_delimited_text_under_any_name(tmp_path: Path) -> None:
    path = tmp_path / "导出.xls"  # many web systems call tab-separated text so
    path.write_bytes("姓名\t学号\n林小满\t0123\n".encode("gbk"))
    assert read_sheets(path)[0].rows == [["姓名", "学号"], ["林小满", "0123"]]


# ---- what is no table, and what is hostile


def test_the_last_cell_of_the_grid_does_not_end_the_program(tmp_path: Path) -> None:
    path = changed_sheet(tmp_path, lambda xml: xml.replace(b'r="B2"', b'r="XFD1048576"'))
    assert reason(path) in ("reader_failed", "too_many_rows")


def changed_sheet(folder: Path, change: Callable[[bytes], bytes]) -> Path:
    source = make_desks.workbook(folder / "a.xlsx", [["姓名"], [None, 1]])
    target = folder / "b.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name.endswith("sheet1.xml") else data)
    return target


def test_a_sheet_that_unpacks_to_gigabytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = changed_sheet(tmp_path, lambda xml: xml + b" " * (8 * 1024 * 1024))
    monkeypatch.setattr(table_process, "_UNPACKED", 4 * 1024 * 1024)
    with pytest.raises(table_process._Refused, match="too_large"):
        table_process._sheets(path)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.xlsx", b"PK\x03\x04 and then nothing", "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        ("a.xlsx", make_documents.zipped({"word/document.xml": b"<x/>"}), "not_a_table"),
        ("a.xlsx", b"", "empty"),
        ("a.csv", b"%PDF-1.7", "not_a_table"),
        ("a.xls", b"<html><table>", "web_page"),
        ("a.csv", b"\x81", "encoding"),
        ("a.csv", b"a\n" * 100_200, "too_many_rows"),
    ],
)
def test_what_is_no_table_says_why(name: str, data: bytes, expected: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert reason(path) == expected


def test_a_password_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        make_documents.ole({"EncryptedPackage": b"\0" * 5000, "EncryptionInfo": b"\4\0\4\0" + b"\0" * 100})
    )
    assert reason(path) in ("encrypted", "damaged")


def test_files_that_are_not_there(tmp_path: Path) -> None:
    assert reason(tmp_path / "没有.xlsx") == "gone"
    assert reason(tmp_path) == "not_a_file"


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "GREATEST_BYTES", 100)
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" * 100)
    assert reason(path) == "too_large"


def test_an_empty_workbook(tmp_path: Path) -> None:
    assert reason(make_desks.workbook(tmp_path / "a.xlsx", [])) == "empty"


@pytest.mark.parametrize(
    ("said", "end", "expected"),
    [
        (b"", "cannot_start", "reader_failed"),
        (b"", "timed_out", "timed_out"),
        (b"nonsense", "ended", "reader_failed"),
        (b'{"error": "encrypted"}', "ended", "encrypted"),
        (b'{"error": "who knows"}', "ended", "reader_failed"),
        (b'{"sheets": [{"rows": 3}]}', "ended", "reader_failed"),
    ],
)
def test_whatever_the_reader_answers_is_a_reason(
    said: bytes, end: once.End, expected: str, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "ask_once", lambda *_, **__: (said, end))
    assert reason(workbook) == expected


# ---- the process


def test_a_process_that_is_asked_once() -> None:
    echo = [sys.executable, "-c", "import sys; sys.stdout.write(sys.stdin.read().upper())"]
    assert once.ask_once(echo, b"abc", seconds=60, memory_bytes=2**30) == (b"ABC", "ended")
    late = [sys.executable, "-c", "import time; print('so far', flush=True); time.sleep(600)"]
    said, end = once.ask_once(late, b"", seconds=1.5, memory_bytes=2**30)
    assert end == "timed_out"
    assert said.strip() in (b"so far", b"")
    assert once.ask_once(["/there/is/no/such/program"], b"", seconds=1, memory_bytes=1) == (b"", "cannot_start")


def test_the_readers_limits_are_the_callers() -> None:
    assert table_process._ROWS == tables.GREATEST_ROWS
    assert table_process._COLUMNS == tables.GREATEST_COLUMNS
    assert table_process._CELL == tables.GREATEST_CELL
    assert table_process._MEMORY == tables.READER_MEMORY


def test_a_path_is_data_not_an_option(workbook: Path) -> None:
    said, _ = once.ask_once(
        [sys.executable, "-P", "-m", "degreecheck.desk.table_process"], json.dumps({"path": str(workbook)}).encode(),
        seconds=60, memory_bytes=2**31,
    )  # fmt: skip
    assert json.loads(said)["sheets"][0]["rows"][1][0] == "林小满"
