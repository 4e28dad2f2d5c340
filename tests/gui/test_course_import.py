"""Looking at a pasted or imported table before it is taken over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from degreecheck import text
from degreecheck.course_table import split_pasted
from degreecheck.gui.course_import import CourseImport, Table, dropped_file
from degreecheck.gui.course_rows import Row

Look = Callable[..., CourseImport]

_PASTED = """姓名\t林小满
课程代码\t课程名称\t成绩\t考试时间\t学分
15\t英语（二）\t66\t2018.4\t14
4729\t大学语文\t81\t2017.1\t4
12656\t毛泽东思想概论\t免考\t\t4
7999\t毕业论文\t86\t2024.5\t10
平均成绩\t78.71
以下空白
"""


@pytest.fixture
def look(qtbot: QtBot) -> Look:
    """Open the dialog over a window."""
    windows: list[QWidget] = []

    def make(*tables: Table | str, present: Sequence[str] = (), size: tuple[int, int] = (900, 600)) -> CourseImport:
        window = QWidget()
        windows.append(window)
        window.resize(*size)
        qtbot.addWidget(window)
        given = [table if isinstance(table, Table) else Table("", split_pasted(table)) for table in tables]
        dialog = CourseImport(given, text.load("zh"), window, title="粘贴的课程", present=present)
        QAbstractItemModelTester(dialog.courses, QAbstractItemModelTester.FailureReportingMode.Fatal, window)
        QAbstractItemModelTester(dialog.dropped, QAbstractItemModelTester.FailureReportingMode.Fatal, window)
        dialog.open()
        return dialog

    return make


def kinds(dialog: CourseImport) -> list[str]:
    return [choice.currentData() for choice in dialog._choices.values()]


def column(dialog: CourseImport, number: int) -> list[str]:
    model = dialog.courses
    return [str(model.index(row, number).data() or "") for row in range(model.rowCount())]


def choose(dialog: CourseImport, number: int, kind: str) -> None:
    """Choose a column's kind as a person does."""
    choice = dialog._choices[number]
    choice.setCurrentIndex(choice.findData(kind))
    choice.activated.emit(choice.currentIndex())


def test_columns_are_recognised_and_rows_that_are_no_courses_say_why(look: Look) -> None:
    dialog = look(_PASTED)
    assert kinds(dialog) == ["code", "name", "score", "date", ""]
    assert column(dialog, 0) == ["00015", "04729", "12656", "07999"]
    assert column(dialog, 4) == ["", "", "免考", "论文"]
    assert dialog.take.text() == "填入 4 门课程"
    dropped = dialog.dropped
    shown = [(dropped.index(row, 0).data(), dropped.index(row, 1).data()) for row in range(dropped.rowCount())]
    assert shown == [("1", "个人信息"), ("2", "表头"), ("7", "合计、平均成绩等汇总"), ("8", "说明、盖章、页码等")]


def test_what_was_read_otherwise_than_written_is_said_and_no_date_is_lost(look: Look) -> None:
    dialog = look(_PASTED)
    assert "00015" in dialog._mended.text()
    assert "2017.1" in dialog._month_words.text()
    assert column(dialog, 3)[1] == "2017.1"
    rows = dialog.courses.rows()
    assert rows[1].aside == (("passed_on", "2017.1"),)
    assert str(rows[0].record.passed_on) == "2018-04"


def test_whoever_knows_the_month_says_it_once(look: Look) -> None:
    dialog = look(_PASTED)
    assert dialog.months.isVisible()
    dialog.months.segments()[1].click()
    assert column(dialog, 3)[1] == "2017-10"
    assert str(dialog.courses.rows()[1].record.passed_on) == "2017-10"
    dialog.months.segments()[0].click()
    assert column(dialog, 3)[1] == "2017.1"
    assert look("00015\t英语\t80\n00016\t语文\t81").months.isHidden()


def test_a_column_taken_for_another_is_put_right(look: Look) -> None:
    dialog = look("甲\t乙\t丙\n英语\t14\t66\n语文\t4\t81\n")
    choose(dialog, 0, "name")
    choose(dialog, 1, "")
    choose(dialog, 2, "score")
    assert column(dialog, 1) == ["甲", "英语", "语文"]
    assert column(dialog, 2) == ["丙", "66", "81"]
    dialog.courses.setData(dialog.courses.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert dialog.take.text() == "填入 2 门课程"
    assert [row.record.name for row in dialog.courses.rows()] == ["英语", "语文"]


def test_nothing_that_looks_like_courses(look: Look) -> None:
    dialog = look("今天天气很好")
    assert "没有认出课程" in dialog._heading.text()
    assert not dialog.take.isEnabled()


def test_escape_changes_nothing_and_enter_takes_over(qtbot: QtBot, look: Look) -> None:
    dialog = look(_PASTED)
    with qtbot.assertNotEmitted(dialog.taken), qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog = look(_PASTED)
    with qtbot.waitSignal(dialog.taken) as taken:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    rows, replace = taken.args
    assert len(rows) == 4
    assert all(isinstance(row, Row) for row in rows)
    assert replace


def test_the_same_courses_replace_and_others_are_added(qtbot: QtBot, look: Look) -> None:
    assert look(_PASTED).how.isHidden()
    same = look(_PASTED, present=["00015", "04729", "12656"])
    assert same.how.key() == "replace"
    other = look(_PASTED, present=["00009", "00051"])
    assert other.how.key() == "append"
    assert look(_PASTED, present=["", "英语（二）", "", "大学语文"]).how.key() == "replace"
    assert look(_PASTED, present=["", ""]).how.key() == "append"
    with qtbot.waitSignal(other.taken) as taken:
        other.accept()
    assert taken.args[1] is False


def test_the_sheet_with_the_courses_is_shown_first(look: Look) -> None:
    dialog = look(Table("说明", [["请按此填写"]]), Table("成绩", split_pasted(_PASTED)))
    assert dialog.sheets.currentText() == "成绩"
    assert dialog.courses.count == 4
    dialog.sheets.setCurrentIndex(0)
    dialog.sheets.activated.emit(0)
    assert dialog.courses.count == 0


def test_a_transcript_in_two_halves(look: Look) -> None:
    head = "课程代码\t课程名称\t成绩\t课程代码\t课程名称\t成绩"
    dialog = look(f"{head}\n00015\t英语\t66\t04183\t概率论\t72\n04729\t语文\t81\t07999\t毕业论文\t86")
    assert column(dialog, 1) == ["英语", "语文", "概率论", "毕业论文"]
    choose(dialog, 2, "")
    assert dialog.courses.count > 0


def test_a_long_and_wide_table_is_cut_and_says_so(look: Look) -> None:
    rows = [["课程代码", "课程名称", "成绩", *[f"列{n}" for n in range(80)]]]
    rows += [[f"{n:05d}", f"课程{n}", "80", *["x"] * 80] for n in range(3100)]
    dialog = look(Table("", rows))
    assert dialog.courses.count == 1000
    assert len(dialog._choices) == 60
    last = dialog.dropped.rowCount() - 1
    assert "1101" in dialog.dropped.index(last, 2).data()
    assert "1000" in dialog._heading.text()


def test_it_fits_a_small_window_and_long_cells(look: Look) -> None:
    dialog = look(f"课程代码\t课程名称\t成绩\n00051\t{'课' * 200}\t{'8' * 200}\n00015\t英语\t80", size=(900, 500))
    assert dialog.width() <= 900
    assert dialog.height() <= 500
    assert dialog.minimumSizeHint().height() <= 500
    assert dialog.courses.count == 2


def test_only_what_the_window_would_not_open_is_a_table(tmp_path: Path) -> None:
    def carried(*paths: Path) -> QMimeData:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        return data

    assert dropped_file(carried(tmp_path / "成绩.xlsx")) == tmp_path / "成绩.xlsx"
    assert dropped_file(carried(tmp_path / "照片.jpg")) == tmp_path / "照片.jpg"
    assert dropped_file(carried(tmp_path)) is None
    assert dropped_file(carried(tmp_path / "材料.zip")) is None
    assert dropped_file(carried(tmp_path / "a.csv", tmp_path / "b.csv")) is None
    assert dropped_file(QMimeData()) is None
