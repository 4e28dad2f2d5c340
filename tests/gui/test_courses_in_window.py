"""5.3 课程信息 in the whole window: its keys among the window's, its life when the view is built anew."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from degreecheck import form_file
from degreecheck.form import Form
from degreecheck.gui.course_import import CourseImport
from degreecheck.gui.pages.courses import CoursesPage
from degreecheck.gui.program import Program
from degreecheck.gui.student import StudentView
from make import perfect_form, perfect_records

_Mod = Qt.KeyboardModifier


def pasted() -> str:
    """The perfect form's courses as a spreadsheet copies them."""
    return "\n".join(f"{row.code}\t{row.name}\t{row.score}\t{row.passed_on}" for row in perfect_records())


def opened(program: Program, form: Form, folder: Path, qtbot: QtBot) -> tuple[StudentView, CoursesPage]:
    """A window with an application in it, and its page of courses."""
    folder.mkdir()
    form_file.save(form, folder / "application.json")
    window = program.new_window(folder)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), StudentView), timeout=30_000)
    with qtbot.waitActive(window):
        window.activateWindow()
    view = window.centralWidget()
    assert isinstance(view, StudentView)
    return view, page_of(view)


def page_of(view: StudentView) -> CoursesPage:
    page = view.page_widget("courses")
    assert isinstance(page, CoursesPage)
    return page


def test_in_the_whole_window_by_keyboard(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    view, page = opened(program, Form(), tmp_path / "林小满-学位申请", qtbot)
    window = view.window()
    qtbot.keyClick(window, Qt.Key.Key_3, _Mod.ControlModifier)
    assert view.page == "courses"
    QGuiApplication.clipboard().setText(pasted())
    page.start_paste.setFocus()
    qtbot.keyClick(page.start_paste, Qt.Key.Key_Space)
    (dialog,) = page.findChildren(CourseImport)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(page.table.hasFocus)
    assert page.model.rowCount() == 21
    qtbot.keyClick(page.table, Qt.Key.Key_Z, _Mod.ControlModifier)
    assert page.model.rowCount() == 0
    view.session.redo()
    page.table.go_to(20, 2, edit=True)
    editor = page.table.indexWidget(page.table.currentIndex())
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, "91")
    qtbot.keyClick(window, Qt.Key.Key_4, _Mod.ControlModifier)
    assert view.session.form.courses.records[20].score == "91"


def test_another_language_while_a_table_is_looked_at(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    view, page = opened(program, perfect_form(), tmp_path / "林小满-学位申请", qtbot)
    window = program.windows[0]
    view.show_page("courses")
    page.paste_text(pasted())
    with qtbot.waitSignal(page.destroyed):
        program.set_language("en")
    after = window.centralWidget()
    assert isinstance(after, StudentView)
    again = page_of(after)
    assert again.model.headerData(1, Qt.Orientation.Horizontal) == "Course"
    program.set_look("dark")
    again.model.setData(again.model.index(0, 2), "82")
    assert after.session.form.courses.records[0].score == "82"
    program.set_look("light")
