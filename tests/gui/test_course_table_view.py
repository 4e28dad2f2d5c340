"""The course table by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from degreecheck import text
from degreecheck.form import CourseRecord, Courses, Form
from degreecheck.gui.course_model import CourseModel
from degreecheck.gui.course_rows import KEYS
from degreecheck.gui.course_table_view import CourseTableView
from degreecheck.gui.session import Session
from hands import commit
from make import record

Shown = Callable[..., CourseTableView]
_Key = Qt.Key
_Mod = Qt.KeyboardModifier

_RECORDS = (
    record("英语（二）", "66", code="00015", passed_on="2018-04"),
    record("大学语文", "81", code="04729", passed_on="2017-10"),
    record("毕业论文", "86", code="07999", passed_on="2024-05", is_thesis=True),
)


@pytest.fixture
def shown(qtbot: QtBot, opened: Callable[..., Session]) -> Shown:
    """The table of these records, in a window that has the keyboard, with a button after it."""
    windows: list[QWidget] = []

    def make(*records: CourseRecord) -> CourseTableView:
        session = opened(Form(courses=Courses(records=records)))
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        table = CourseTableView(CourseModel(session, text.load("zh"), window), text.load("zh"))
        after = QLineEdit()
        column = QVBoxLayout(window)
        column.addWidget(table)
        column.addWidget(after)
        window.resize(700, 400)
        with qtbot.waitActive(window):
            window.show()
        table.setFocus()
        return table

    return make


def model_of(table: CourseTableView) -> CourseModel:
    model = table.model()
    assert isinstance(model, CourseModel)
    return model


def cells(table: CourseTableView, column: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data() or "") for row in range(model.rowCount())]


def at(table: CourseTableView) -> tuple[int, int]:
    return table.currentIndex().row(), table.currentIndex().column()


def type_into(qtbot: QtBot, table: CourseTableView, typed: str) -> QLineEdit:
    """Type in the current cell as a person does: the first key opens it."""
    qtbot.keyClick(table, typed[0])
    editor = table.indexWidget(table.currentIndex())
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, typed[1:])
    return editor


def test_typing_opens_the_cell_and_enter_goes_down(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    table.setCurrentIndex(table.model().index(0, 2))
    editor = type_into(qtbot, table, "90")
    qtbot.keyClick(editor, _Key.Key_Return)
    qtbot.waitUntil(lambda: at(table) == (1, 2))
    assert cells(table, 2) == ["90", "81", "86"]
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, _Key.Key_Return)
    assert at(table) == (2, 2)
    qtbot.keyClick(table, _Key.Key_Return, _Mod.ShiftModifier)
    assert at(table) == (1, 2)


def test_chinese_typed_by_an_input_method_opens_the_cell(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    table.go_to(1, 1)
    QApplication.sendEvent(table, QInputMethodEvent("gao deng", []))
    commit(table, "高等")
    editor = table.indexWidget(table.currentIndex())
    assert isinstance(editor, QLineEdit)
    commit(editor, "数学")
    qtbot.keyClick(editor, _Key.Key_Tab)
    assert cells(table, 1)[1] == "高等数学"
    assert at(table) == (1, 2)


def test_a_phrase_handed_over_at_once_opens_the_cell(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    table.go_to(1, 1)
    commit(table, "高等")
    editor = table.indexWidget(table.currentIndex())
    assert isinstance(editor, QLineEdit)
    commit(editor, "数学")
    qtbot.keyClick(editor, _Key.Key_Tab)
    assert cells(table, 1)[1] == "高等数学"


def test_f2_edits_what_is_there_and_escape_leaves_it(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    table.setCurrentIndex(table.model().index(1, 1))
    qtbot.keyClick(table, _Key.Key_F2)
    editor = table.indexWidget(table.currentIndex())
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "大学语文"
    assert "第 2 行，课程名称" in editor.accessibleName()
    qtbot.keyClicks(editor, "X")
    qtbot.keyClick(editor, _Key.Key_Escape)
    assert cells(table, 1)[1] == "大学语文"


def test_a_table_is_typed_by_keyboard_alone(qtbot: QtBot, shown: Shown) -> None:
    table = shown()
    table.add_row(edit=True)
    lines = (("04729", "yuwen", "81", "2017-10"), ("07999", "lunwen", "86", "2024-05"))
    for number, line in enumerate(lines):
        for column, typed in enumerate(line):
            assert at(table) == (number, column)
            open_editor = table.indexWidget(table.currentIndex())
            editor = open_editor if isinstance(open_editor, QLineEdit) else type_into(qtbot, table, typed[0])
            qtbot.keyClicks(editor, typed if editor is open_editor else typed[1:])
            qtbot.keyClick(editor, _Key.Key_Tab)
            qtbot.waitUntil(table.hasFocus)
        assert at(table) == (number, KEYS.index("is_thesis"))
        if number == 1:
            qtbot.keyClick(table, _Key.Key_Space)
        qtbot.keyClick(table, _Key.Key_Tab)
        qtbot.keyClick(table, _Key.Key_Tab)
    records = [row.record for row in model_of(table).rows]
    assert [(r.code, r.name, r.score, str(r.passed_on), r.is_thesis) for r in records[:2]] == [
        ("04729", "yuwen", "81", "2017-10", False),
        ("07999", "lunwen", "86", "2024-05", True),
    ]
    assert len(records) == 3
    assert at(table) == (2, 0)


def test_tab_leaves_a_blank_last_row_and_ctrl_tab_leaves_from_anywhere(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    table.add_row()
    table.setCurrentIndex(table.model().index(3, len(KEYS) - 1))
    qtbot.keyClick(table, _Key.Key_Tab)
    assert not table.hasFocus()
    assert table.model().rowCount() == 4
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    qtbot.keyClick(table, _Key.Key_Tab, _Mod.ControlModifier)
    assert not table.hasFocus()
    table.setFocus()
    qtbot.keyClick(table, _Key.Key_Backtab, _Mod.ShiftModifier)
    assert not table.hasFocus()


def test_insert_and_delete(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    table.setCurrentIndex(table.model().index(1, 2))
    qtbot.keyClick(table, _Key.Key_Insert)
    assert cells(table, 1) == ["英语（二）", "", "大学语文", "毕业论文"]
    assert at(table) == (1, 0)
    table.setCurrentIndex(table.model().index(2, 2))
    qtbot.keyClick(table, _Key.Key_Delete)
    assert cells(table, 2) == ["66", "", "", "86"]
    table.select_rows([1, 2])
    with qtbot.waitSignal(table.rows_removed) as removed:
        qtbot.keyClick(table, _Key.Key_Delete)
    assert removed.args == [2]
    assert cells(table, 1) == ["英语（二）", "毕业论文"]
    with qtbot.waitSignal(table.rows_removed):
        qtbot.keyClick(table, _Key.Key_Delete, _Mod.ControlModifier)
    assert table.model().rowCount() == 1


def test_alt_arrows_move_the_selected_rows(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    table.select_rows([1, 2])
    qtbot.keyClick(table, _Key.Key_Up, _Mod.AltModifier)
    assert cells(table, 1) == ["大学语文", "毕业论文", "英语（二）"]
    assert table.selected_rows() == [0, 1]
    qtbot.keyClick(table, _Key.Key_Down, _Mod.AltModifier)
    assert cells(table, 1) == ["英语（二）", "大学语文", "毕业论文"]


def test_a_click_on_a_header_sorts_and_another_turns_it_round(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(3) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert cells(table, 3) == ["2017-10", "2018-04", "2024-05"]
    assert header.isSortIndicatorShown()
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert cells(table, 3) == ["2024-05", "2018-04", "2017-10"]
    model_of(table).setData(table.model().index(0, 2), "1")
    assert not header.isSortIndicatorShown()


def test_all_is_selected_and_copied_for_a_spreadsheet(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    qtbot.keyClick(table, _Key.Key_A, _Mod.ControlModifier)
    qtbot.keyClick(table, _Key.Key_C, _Mod.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "00015\t英语（二）\t66\t2018-04\t\t"
    assert lines[2] == "07999\t毕业论文\t86\t2024-05\t论文\t"
    table.go_to(1, 2)
    qtbot.keyClick(table, _Key.Key_C, _Mod.ControlModifier)
    assert QGuiApplication.clipboard().text() == "81"


def test_a_pasted_cell_goes_into_the_editor_and_a_pasted_table_does_not(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    table.setCurrentIndex(table.model().index(0, 1))
    qtbot.keyClick(table, _Key.Key_F2)
    editor = table.indexWidget(table.currentIndex())
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QGuiApplication.clipboard().setText("综合英语\n")
    qtbot.keyClick(editor, _Key.Key_V, _Mod.ControlModifier)
    assert editor.text().strip() == "综合英语"
    QGuiApplication.clipboard().setText("00015\t英语\n00016\t语文")
    with qtbot.waitSignal(table.text_pasted) as pasted:
        qtbot.keyClick(editor, _Key.Key_V, _Mod.ControlModifier)
    assert pasted.args == ["00015\t英语\n00016\t语文"]
    assert cells(table, 1)[0] == "英语（二）"


def test_the_thesis_is_ticked_by_a_click_on_its_box_only(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    cell = table.visualRect(table.model().index(0, 4))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell.topLeft() + QPoint(3, 3))
    assert not model_of(table).rows[0].record.is_thesis
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert model_of(table).rows[0].record.is_thesis


@pytest.mark.qt_log_ignore("This plugin does not support")  # popups without a display
def test_a_kind_is_chosen_from_a_list_by_keyboard(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    table.setCurrentIndex(table.model().index(1, 5))
    qtbot.keyClick(table, _Key.Key_F2)
    choice = table.indexWidget(table.currentIndex())
    assert isinstance(choice, QComboBox)
    qtbot.waitUntil(lambda: choice.view().isVisible())
    qtbot.keyClick(choice.view(), _Key.Key_Down)
    qtbot.keyClick(choice.view(), _Key.Key_Return)
    qtbot.waitUntil(lambda: model_of(table).rows[1].record.kind == "exempt")
    assert cells(table, 5) == ["—", "免考", "—"]


def test_what_is_being_typed_is_kept_when_the_window_closes(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    table.setCurrentIndex(table.model().index(0, 2))
    type_into(qtbot, table, "77")
    table.window().close()
    assert model_of(table).rows[0].record.score == "77"


def test_a_new_report_does_not_disturb_what_is_being_typed(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    table.setCurrentIndex(table.model().index(0, 2))
    editor = type_into(qtbot, table, "12")
    model_of(table).setData(table.model().index(1, 2), "555")
    model_of(table).refresh()
    assert editor.text() == "12"
    assert table.indexWidget(table.currentIndex()) is editor
    assert QApplication.focusWidget() is editor


def test_the_name_takes_the_room_that_is_left(qtbot: QtBot, shown: Shown) -> None:
    table = shown(*_RECORDS)
    header = table.horizontalHeader()
    assert header.length() == table.viewport().width()
    easy = header.sectionSize(0)
    table.window().resize(470, 400)
    qtbot.waitUntil(lambda: header.sectionSize(0) < easy)
    assert header.length() == table.viewport().width()
    table.window().resize(300, 400)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().isVisible())
    assert header.sectionSize(KEYS.index("name")) >= 88
    header.resizeSection(0, 140)
    table.window().resize(700, 400)
    qtbot.waitUntil(lambda: header.length() == table.viewport().width())
    assert header.sectionSize(0) == 140
