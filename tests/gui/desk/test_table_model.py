"""The table of a desk, as small pictures in text: who stands where, after sorting, filtering, searching, changing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from degreecheck import text
from degreecheck.gui.desk.rows import Row, judge, of_person
from degreecheck.gui.desk.table_model import COLUMNS, DeskModel, Filter

ZH = text.load("zh")
DOWN = Qt.SortOrder.DescendingOrder


def finding(code: str, severity: str, field: str = "", slot: str = "", **more: Any) -> dict[str, Any]:
    return {"code": code, "severity": severity, "field": field, "slot": slot, "answered": False, **more}


def person(index: int, name: str, shown: str = "", row: int | None = None, match: str | None = None) -> Row:
    told = {"index": index, "shown": shown, "path": f"/d/{shown}" if shown else "", "place": "", "name": name,
            "label": name, "row": row, "match": match, "candidates": [], "digest": "0"}  # fmt: skip
    return of_person(told)


def judged(row: Row, verdict: str, *findings: dict[str, Any], **more: Any) -> Row:
    count = {kind: sum(one["severity"] == kind and not one["answered"] for one in findings)
             for kind in ("error", "warning", "note")}  # fmt: skip
    told = {
        "report": {
            "verdict": verdict, "counts": count, "findings": list(findings), "unconfirmed": [],
            "applicant": {"name": row.name, "id_number": "500105199508120010", "exam_number": f"0105172{row.index:05d}",
                          "student_number": "", "major": "工商管理"},
        },
        "slots": {}, "changes": None, "trouble": "", **more,
    }  # fmt: skip
    judge(row, json.dumps(told).encode(), told)
    return row


def desk() -> list[Row]:
    """Six people: two to mend, one to confirm, one ready, one not judged yet, one without a folder."""
    return [
        judged(person(0, "林小满", "一班/林小满"), "ready", changes={"mended": 2, "new": 0}),
        judged(person(1, "何清越", "一班/何清越"), "confirm", finding("PHO301", "warning", slot="photo")),
        judged(person(2, "江云舟", "二班/江云舟"), "fix", finding("IDN201", "error", "personal.id_number"),
               finding("CRS201", "error", "courses.average_score"), changes={"mended": 0, "new": 1}),
        judged(person(3, "冉星河", "二班/冉星河", match="none"), "fix", finding("MAT101", "error", slot="transcript"),
               slots={"transcript": "missing", "photo": "present"}),
        person(4, "谯若溪", "二班/谯若溪"),
        judged(person(5, "陶既白", "", 9), "fix", finding("DSK201", "warning")),
    ]  # fmt: skip


@pytest.fixture
def model(qtbot: QtBot) -> DeskModel:
    made = DeskModel(ZH)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.set_rows(desk())
    return made


def picture(model: DeskModel, *columns: str) -> str:
    places = [COLUMNS.index(column) for column in columns]
    lines = [
        " ".join(str(model.index(line, place).data() or "·") for place in places) for line in range(model.rowCount())
    ]
    return "\n".join(lines)


def names(model: DeskModel) -> list[str]:
    return [model.row_at(line).name for line in range(model.rowCount())]


def test_worst_first_and_what_stands_in_each_cell(model: DeskModel) -> None:
    expected = """
需要改正 江云舟 …0010 二班/江云舟 2 · +1
需要改正 冉星河 …0010 二班/冉星河 1 · ·
没有文件夹 陶既白 …0010 名册第 9 行 · 1 ·
需要确认 何清越 …0010 一班/何清越 · 1 ·
等待检查 谯若溪 · 二班/谯若溪 · · ·
已就绪 林小满 …0010 一班/林小满 · · −2
"""
    columns = ("verdict", "name", "tail", "folder", "errors", "warnings", "changes")
    assert picture(model, *columns) == expected.strip()


def test_the_sections_of_the_portal(model: DeskModel) -> None:
    expected = """
江云舟 1 · 1 · · · · ·
冉星河 · · · · · 1 · ·
陶既白 · · · · · · · ·
何清越 · · · · 1 · · ·
谯若溪 · · · · · · · ·
林小满 · · · · · · · ·
"""
    assert picture(model, "name", *COLUMNS[4:12]) == expected.strip()
    marks = [cell.mark for cell in model.row_at(0).cells.values()]
    assert marks == ["error", "ok", "error", "ok", "ok", "ok", "ok", "ok"]
    headers = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(4, 12)]
    assert headers == ["5.1", "5.2", "5.3", "5.4", "6", "7", "8", "其他"]


def test_screen_readers_and_tooltips_say_it_in_words(model: DeskModel) -> None:
    index = model.index(0, COLUMNS.index("courses"))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "5.3 课程信息 1 处错误"
    assert "1 处错误" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "改好 2 处" in model.index(5, COLUMNS.index("changes")).data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [
        ("name", Qt.SortOrder.AscendingOrder, ["何清越", "冉星河", "林小满", "江云舟", "谯若溪", "陶既白"]),
        ("name", DOWN, ["陶既白", "谯若溪", "江云舟", "林小满", "冉星河", "何清越"]),
        ("folder", Qt.SortOrder.AscendingOrder, ["林小满", "何清越", "江云舟", "冉星河", "谯若溪", "陶既白"]),
        ("identity", Qt.SortOrder.AscendingOrder, ["何清越", "谯若溪", "陶既白", "林小满", "江云舟", "冉星河"]),
        ("changes", Qt.SortOrder.AscendingOrder, ["江云舟", "林小满", "何清越", "冉星河", "谯若溪", "陶既白"]),
    ],
)
def test_sorting(model: DeskModel, column: str, order: Qt.SortOrder, expected: list[str]) -> None:
    model.sort(COLUMNS.index(column), order)
    assert names(model) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(text="林小"), ["林小满"]),
        (Filter(text="00002"), ["江云舟"]),
        (Filter(text="二班"), ["江云舟", "冉星河", "谯若溪"]),
        (Filter(text="二班 crs201"), ["江云舟"]),
        (Filter(verdicts=frozenset({"ready", "confirm"})), ["何清越", "林小满"]),
        (Filter(section="courses"), ["江云舟"]),
        (Filter(slot="transcript"), ["冉星河"]),
        (Filter(changed=True), ["江云舟", "林小满"]),
        (Filter(stranger=True), ["冉星河"]),
        (Filter(text="没有这个人"), []),
        (Filter(), ["江云舟", "冉星河", "陶既白", "何清越", "谯若溪", "林小满"]),
    ],
)
def test_filters_and_search(model: DeskModel, wanted: Filter, expected: list[str]) -> None:
    model.set_filter(wanted)
    assert names(model) == expected


def test_a_new_result_stays_in_its_place_until_rows_are_arranged(model: DeskModel, qtbot: QtBot) -> None:
    rows = [model.row_at(line) for line in range(model.rowCount())]
    waiting = rows[4]
    kept = QPersistentModelIndex(model.index(4, 1))
    judged(waiting, "fix", *[finding("THS101", "error", "thesis.title")] * 3)
    with qtbot.waitSignal(model.dataChanged) as told:
        model.updated([waiting.index])
    assert (told.args[0].row(), told.args[1].row(), told.args[1].column()) == (4, 4, len(COLUMNS) - 1)
    assert names(model)[4] == "谯若溪"
    model.arrange()
    assert names(model)[0] == "谯若溪"
    assert (kept.row(), kept.data()) == (0, "谯若溪")


def test_runs_of_changed_rows_are_told_together(model: DeskModel) -> None:
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.updated([model.row_at(line).index for line in (0, 1, 3)])
    assert told == [(0, 1), (3, 3)]


def test_a_row_keeps_its_result_while_the_desk_is_looked_at_anew() -> None:
    before = desk()[2]
    after = before.at(person(7, "江云舟", "二班/江云舟"), stale=True)
    assert (after.index, after.errors, after.stale, after.told()) == (7, 2, True, before.told())


def test_no_whole_number_is_kept_in_what_is_shown() -> None:
    row = judged(person(0, "500105199508120010", "500105199508120010/林小满"), "ready")
    assert "500105199508120010" not in row.name + row.folder
    assert row.tail == "0010"
