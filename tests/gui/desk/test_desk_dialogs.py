"""Roster, messages, copies and files: what the desk's dialogs show, remember and write."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

import make_desks
from degreecheck.desk.matching import folder_sign
from degreecheck.desk.tables import read_sheets
from degreecheck.gui.desk import actions, memory
from degreecheck.gui.desk.copies_dialog import CopiesDialog
from degreecheck.gui.desk.memory import DeskMemory, RosterChoice
from degreecheck.gui.desk.messages_dialog import MessagesDialog
from degreecheck.gui.desk.roster_dialog import RosterDialog
from degreecheck.gui.desk.view import DeskView
from degreecheck.gui.settings import Settings
from make_desks import HEADER, certificate_number, exam_number, id_number

from .conftest import RUN_MS, OpenView


def ran(view: DeskView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not view.desk.running, timeout=RUN_MS)


def row_of(index: int, name: str = "", number: str | None = None) -> tuple[str, ...]:
    return (name or make_desks.NAMES[index], id_number(index) if number is None else number, exam_number(index),
            certificate_number(index), "四级")  # fmt: skip


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Two of the desk's three, two namesakes of whom one's number is damaged, and one without a folder."""
    rows = [row_of(0), row_of(1), row_of(20, "李伟"), row_of(21, "李伟", "5.00105E+17"), row_of(22, "赵六")]
    return make_desks.workbook(tmp_path / "名册.xlsx", [HEADER, *rows])


def read(dialog: RosterDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog._link is None, timeout=RUN_MS)


def words(dialog: RosterDialog) -> str:
    return "\n".join(label.text() for label in dialog.problems_shown())


def test_a_roster_is_looked_at_used_and_remembered(
    small_desk: Path, roster: Path, open_view: OpenView, qtbot: QtBot
) -> None:
    view = open_view(small_desk)
    dialog = RosterDialog(view)
    assert not dialog.use.isEnabled()
    dialog.take(roster)
    read(dialog, qtbot)
    assert [dialog.columns.item(line, 1).text() for line in range(5)] == list(HEADER)  # type: ignore[union-attr]
    assert dialog.columns.cellWidget(1, 3).currentText() == "身份证号"  # type: ignore[union-attr]
    assert "第 5 行 李伟" in words(dialog)
    assert id_number(0) not in "\n".join(dialog.columns.item(line, 2).text() for line in range(5))  # type: ignore[union-attr]
    dialog.use.click()
    ran(view, qtbot)
    absent = sorted(row.name for row in view.desk.rows if row.is_absent)
    assert absent == ["李伟", "李伟", "赵六"]
    assert [row.name for row in view.desk.rows if row.is_stranger] == ["欧阳知秋"]
    assert memory.load(view.window_of.program.settings, small_desk).roster.path == str(roster)
    view.window_of.close()
    assert open_view(small_desk).desk.roster is not None


def test_a_column_that_was_read_wrongly_is_put_right(
    small_desk: Path, roster: Path, open_view: OpenView, qtbot: QtBot
) -> None:
    dialog = RosterDialog(open_view(small_desk))
    dialog.take(roster)
    read(dialog, qtbot)
    dialog.set_field(1, "")
    read(dialog, qtbot)
    assert "没有身份证号这一列" in words(dialog)
    dialog.set_field(1, None)
    read(dialog, qtbot)
    assert dialog.choice.columns == {}
    assert "没有身份证号这一列" not in words(dialog)
    dialog.reject()


def test_a_roster_that_cannot_be_used_is_told(
    small_desk: Path, tmp_path: Path, open_view: OpenView, qtbot: QtBot
) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    view = open_view(small_desk)
    dialog = RosterDialog(view)
    dialog.take(tmp_path / "坏.xlsx")
    read(dialog, qtbot)
    assert "坏.xlsx" in dialog.notice.label.text()
    assert not dialog.use.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert view.desk.memory.roster == RosterChoice()


def test_namesakes_are_asked_about_and_the_choice_is_kept(
    small_desk: Path, roster: Path, open_view: OpenView, qtbot: QtBot
) -> None:
    make_desks.tree(small_desk, "二班/李伟/照片.jpg")
    view = open_view(small_desk)
    view.desk.set_roster(RosterChoice(str(roster)))
    ran(view, qtbot)
    (asked,) = [row for row in view.desk.rows if row.candidates]
    assert [one["row"] for one in asked.candidates] == [4, 5]
    view.details.decided.emit(asked, asked.candidates[0]["sign"])
    ran(view, qtbot)
    row = next(row for row in view.desk.rows if row.key == asked.key)
    assert (row.roster_row, row.candidates, row.told()["matched_by"]) == (4, [], "choice")
    assert sorted(row.name for row in view.desk.rows if row.is_absent) == ["李伟", "赵六"]
    kept = memory.load(view.window_of.program.settings, small_desk).decided
    assert set(kept) == {folder_sign("二班/李伟")}
    view.details.decided.emit(row, None)
    ran(view, qtbot)
    assert any(row.candidates for row in view.desk.rows)


def test_messages_are_shown_copied_and_written(
    small_desk: Path, tmp_path: Path, open_view: OpenView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = open_view(small_desk)
    dialog = MessagesDialog(view)
    assert dialog.people.count() == 3
    dialog.contact.setText("李老师")
    dialog.contact.editingFinished.emit()
    assert dialog.message.toPlainText().endswith("有疑问请联系：李老师。")
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.message.toPlainText()
    target = tmp_path / "消息.xlsx"
    monkeypatch.setattr(actions, "ask_file", lambda *_: target)
    dialog._save()
    qtbot.waitUntil(target.exists, timeout=RUN_MS)
    qtbot.waitUntil(lambda: "已保存" in view.toast.label.text(), timeout=RUN_MS)
    (sheet,) = read_sheets(target)
    assert len(sheet.rows) == 4
    assert "李老师" in sheet.rows[1][5]
    assert id_number(1) not in str(sheet.rows)


@pytest.mark.parametrize("unmasked", [False, True])
def test_the_summary_workbook(
    small_desk: Path, tmp_path: Path, open_view: OpenView, qtbot: QtBot, unmasked: bool
) -> None:
    view = open_view(small_desk)
    target = tmp_path / "汇总.xlsx"
    actions.write(view, {"do": "summary", "unmasked": unmasked}, target)
    qtbot.waitUntil(lambda: "已保存" in view.toast.label.text(), timeout=RUN_MS)
    sheets = {sheet.name: sheet for sheet in read_sheets(target)}
    assert list(sheets) == ["总览", "逐人", "问题", "缺少材料"]
    assert len(sheets["逐人"].rows) == 4
    assert (id_number(1) in str([sheet.rows for sheet in sheets.values()])) == unmasked


def test_a_file_that_cannot_be_written_is_told(
    small_desk: Path, tmp_path: Path, open_view: OpenView, qtbot: QtBot
) -> None:
    view = open_view(small_desk)
    actions.write(view, {"do": "summary"}, tmp_path / "没有这个目录" / "x.xlsx")
    qtbot.waitUntil(lambda: "没有写成" in view.toast.label.text(), timeout=RUN_MS)


def test_copies_under_the_schools_names(tmp_path: Path, open_view: OpenView, qtbot: QtBot) -> None:
    desk = tmp_path / "desk"
    make_desks.applicant(desk / "林小满", 0, {"materials": {"photo": ("照片.jpg",)}})
    (desk / "林小满/照片.jpg").write_bytes(b"x")
    make_desks.applicant(desk / "何清越", 1)
    view = open_view(desk)
    dialog = CopiesDialog(view)
    dialog.pattern.setText("{exam_number}+{name}+{slot}")
    dialog.plan()
    qtbot.waitUntil(lambda: dialog._link is None, timeout=RUN_MS)
    assert f"{exam_number(0)}+林小满+电子照片.jpg" in dialog.preview.toPlainText()
    assert not dialog.copy.isEnabled()
    dialog.set_target(tmp_path / "out")
    assert dialog.copy.isEnabled()
    dialog.copy.click()
    qtbot.waitUntil(lambda: not dialog.running, timeout=RUN_MS)
    copied = {path.name for path in (tmp_path / "out").iterdir()}
    assert copied == {f"{exam_number(0)}+林小满+电子照片.jpg", "复制清单.csv"}
    assert (desk / "林小满/照片.jpg").read_bytes() == b"x"
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.running, timeout=RUN_MS)
    assert "不是空的" in dialog.notice.label.text()
    dialog.pattern.setText("{nobody}")
    dialog.plan()
    qtbot.waitUntil(lambda: dialog._link is None, timeout=RUN_MS)
    assert "名称格式不对" in dialog.notice.label.text()
    assert dialog.preview.toPlainText() == ""
    dialog.reject()


def test_what_is_remembered_of_a_desk(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(tmp_path / "s")
    assert memory.load(settings, tmp_path) == DeskMemory()
    kept = DeskMemory(
        RosterChoice("/x.xlsx", "名册", {"3": "personal.name"}), {"李伟": "00ff"}, "李老师", "{name}", True
    )
    memory.save(settings, tmp_path, kept)
    assert memory.load(settings, tmp_path) == kept
    assert memory.load(settings, tmp_path / "other") == DeskMemory()
    settings.set_keeps_recents(False)
    memory.save(settings, tmp_path / "other", kept)
    assert memory.load(settings, tmp_path / "other") == DeskMemory()
