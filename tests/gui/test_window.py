"""The window as a document: new, open, drop, recent, two of them, another language, another look, the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck import form_file, paths
from degreecheck.gui import opening
from degreecheck.gui.dialogs import AboutDialog, SettingsDialog
from degreecheck.gui.places import PAGES
from degreecheck.gui.program import Program
from degreecheck.gui.school import SchoolDialog
from degreecheck.gui.start_page import StartPage
from degreecheck.gui.student import StudentView
from degreecheck.gui.window import Window
from hands import commit, drop, type_text
from make import perfect_form


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An application on disk."""
    place = tmp_path / "张三-学位申请"
    place.mkdir()
    form_file.save(perfect_form(), place / paths.FORM_NAME)
    return place


def show(program: Program, path: Path, qtbot: QtBot) -> Window:
    """A window with this application in it."""
    window = program.new_window(path)
    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)
    return window


def view(window: Window) -> StudentView:
    shown = window.centralWidget()
    assert isinstance(shown, StudentView)
    return shown


def boxes(window: Window) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_a_new_application_asks_only_the_name(program: Program, qtbot: QtBot) -> None:
    window = program.new_window()
    start = window.centralWidget()
    assert isinstance(start, StartPage)
    type_text(start.name, "张三")
    qtbot.keyClick(start.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)
    assert window.session is not None
    assert window.session.path == opening.home() / "张三"
    assert window.session.value("personal.name") == "张三"
    assert "张三" in window.windowTitle()


def test_a_second_person_of_the_same_name_opens_what_stands_there(program: Program, qtbot: QtBot) -> None:
    first = program.new_window()
    opening.make_new("张三", first)
    qtbot.waitUntil(lambda: first.session is not None, timeout=30_000)
    assert first.session is not None
    first.session.set_value("thesis.title", "已经写好的题目")
    assert first.close_document()
    opening.make_new("张三", first)
    qtbot.waitUntil(lambda: first.session is not None, timeout=30_000)
    assert first.session.value("thesis.title") == "已经写好的题目"


def test_a_double_click_makes_and_opens_one_application(program: Program, qtbot: QtBot) -> None:
    window = program.new_window()
    start = window.centralWidget()
    assert isinstance(start, StartPage)
    type_text(start.name, "张三")
    for _ in range(3):
        start.new.click()
    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)
    settled: list[bool] = []
    program.background.write(program, lambda: None, lambda _done: settled.append(True))
    window.open_path(opening.home() / "张三")
    qtbot.waitUntil(lambda: bool(settled), timeout=30_000)
    assert program.windows == [window]


def test_a_double_click_on_a_recent_folder_opens_it_once(program: Program, folder: Path, qtbot: QtBot) -> None:
    window = program.new_window()
    window.open_path(folder)
    window.open_path(folder)
    answers: list[object] = []
    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)
    program.background.run(program, lambda: opening._find(folder), answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
    assert program.windows == [window]


@pytest.mark.parametrize("name", ["CON", "a/b\\c:*?", "  ..  ", "名" * 200, "张三\n李四"])
def test_any_name_makes_a_legal_folder(program: Program, qtbot: QtBot, name: str) -> None:
    window = program.new_window()
    opening.make_new(name, window)
    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)
    assert window.session is not None
    assert window.session.path.parent == opening.home()
    assert len(window.session.path.name) <= 60


def test_a_folder_dropped_on_the_window_is_opened(program: Program, folder: Path, qtbot: QtBot) -> None:
    window = program.new_window()
    assert drop(window, [folder])
    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)
    assert window.shows(folder)


def test_what_is_open_comes_to_the_front_instead_of_opening_twice(program: Program, folder: Path, qtbot: QtBot) -> None:
    window = show(program, folder, qtbot)
    other = program.new_window()
    other.open_path(folder / paths.FORM_NAME)
    assert other.is_empty
    assert [window for window in program.windows if window.shows(folder)] == [window]


def test_a_second_folder_opens_a_second_window(program: Program, folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = show(program, folder, qtbot)
    other = tmp_path / "李四"
    other.mkdir()
    form_file.save(perfect_form(), other / paths.FORM_NAME)
    window.open_path(other)
    qtbot.waitUntil(lambda: program.window_of(other) is not None, timeout=30_000)
    assert window.shows(folder)


def test_a_place_without_an_application_offers_to_begin_one(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    empty = tmp_path / "空的"
    empty.mkdir()
    window = program.new_window()
    window.open_path(empty)
    qtbot.waitUntil(lambda: len(boxes(window)) == 1, timeout=30_000)
    qtbot.keyClick(boxes(window)[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not boxes(window), timeout=5_000)
    assert window.is_empty
    assert not list(empty.iterdir())
    window.open_path(empty)
    qtbot.waitUntil(lambda: len(boxes(window)) == 1, timeout=30_000)
    qtbot.keyClick(boxes(window)[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)


def test_a_folder_that_is_gone_is_said_and_forgotten(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    gone = tmp_path / "没有了"
    program.settings.add_recent("student", gone)
    window = program.new_window()
    window.open_path(gone)
    qtbot.waitUntil(lambda: len(boxes(window)) == 1, timeout=30_000)
    assert program.settings.recents("student") == []
    assert boxes(window)[0].windowTitle() == window.texts.get("ui.title")
    qtbot.keyClick(boxes(window)[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not boxes(window), timeout=5_000)


def test_recent_folders_can_be_switched_off(program: Program, folder: Path, qtbot: QtBot) -> None:
    window = show(program, folder, qtbot)
    assert program.settings.recents("student") == [folder]
    dialog = SettingsDialog(window)
    dialog.recents.setChecked(False)
    assert program.settings.recents("student") == []
    program.settings.add_recent("student", folder)
    assert program.settings.recents("student") == []
    dialog.reject()


def test_language_and_look_change_while_it_is_open(program: Program, folder: Path, qtbot: QtBot) -> None:
    window = show(program, folder, qtbot)
    view(window).show_page("courses")
    assert window.session is not None
    window.session.set_value("personal.name", "李四")
    program.set_language("en")
    assert view(window).page == "courses"
    assert "DegreeCheck" in window.windowTitle()
    program.set_look("dark")
    QApplication.processEvents()
    program.set_look("light")
    program.set_language("zh")
    assert window.session.value("personal.name") == "李四"
    window.session.undo()
    assert window.session.value("personal.name") == perfect_form().personal.name


def test_every_step_is_reached_by_keys(program: Program, folder: Path, qtbot: QtBot) -> None:
    window = show(program, folder, qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5_000)
    for number, page in enumerate(PAGES, 1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert view(window).page == page
    qtbot.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert view(window).page == PAGES[0]


def test_one_key_takes_back_what_was_typed_in_a_field(program: Program, folder: Path, qtbot: QtBot) -> None:
    window = show(program, folder, qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5_000)
    assert window.session is not None
    name = view(window).page_widget("personal").rows["personal.name"].editor
    name.setFocus()
    type_text(name, "丰")
    assert "丰" in window.session.value("personal.name")
    qtbot.keyClick(name, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.value("personal.name") == perfect_form().personal.name


def test_an_id_number_is_hidden_but_for_who_types_it(program: Program, folder: Path, qtbot: QtBot) -> None:
    window = show(program, folder, qtbot)
    window.activateWindow()
    editor = view(window).page_widget("personal").rows["personal.id_number"].editor
    number = perfect_form().personal.id_number
    assert number not in editor.text()  # type: ignore[attr-defined]
    editor.setFocus()
    qtbot.waitUntil(lambda: editor.text() == number, timeout=5_000)  # type: ignore[attr-defined]
    view(window).page_widget("personal").rows["personal.name"].editor.setFocus()
    hidden = editor.text()  # type: ignore[attr-defined]
    assert number not in hidden
    assert window.session is not None
    commit(editor, "5")  # what an input method still held back
    assert window.session.value("personal.id_number") == number
    assert editor.text() == hidden  # type: ignore[attr-defined]
    window.session.set_masked(False)
    assert editor.text() == number  # type: ignore[attr-defined]


def test_back_to_the_start_page_and_open_again(program: Program, folder: Path, qtbot: QtBot) -> None:
    window = show(program, folder, qtbot)
    assert window.session is not None
    window.session.set_value("personal.name", "李四")
    assert window.close_document()
    assert isinstance(window.centralWidget(), StartPage)
    window.open_path(folder)
    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)
    assert window.session.value("personal.name") == "李四"


def test_every_dialog_ends_with_escape(program: Program, folder: Path, qtbot: QtBot) -> None:
    window = show(program, folder, qtbot)
    assert window.session is not None
    for dialog in (SettingsDialog(window), AboutDialog(window), SchoolDialog(window.session, window)):
        dialog.open()
        qtbot.waitUntil(dialog.isVisible, timeout=5_000)
        closed: list[int] = []
        dialog.finished.connect(closed.append)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert closed == [0]


def test_the_findings_fold_where_there_is_no_room(program: Program, folder: Path, qtbot: QtBot) -> None:
    window = show(program, folder, qtbot)
    window.resize(1400, 800)
    QApplication.processEvents()
    assert view(window).findings.isVisible()
    wide = view(window).steps.width()
    window.resize(900, 500)
    QApplication.processEvents()
    assert view(window).steps.width() < wide


def test_no_part_is_ever_a_window_of_its_own(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    """A widget shown before it has a parent flashes as a window, and takes the focus with it."""
    app = QApplication.instance()
    assert app is not None
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    app.installEventFilter(watch)
    try:
        window = show(program, make_folders.write(tmp_path / "张三", files={"materials/多出来的.txt": b"?"}), qtbot)
        assert window.session is not None
        qtbot.waitUntil(lambda: not window.session.inspection.busy, timeout=60_000)
        for page in PAGES:
            view(window).show_page(page)
        for slot in ("photo", "transcript"):
            window.session.set_materials({**window.session.form.materials, slot: ()})
            window.session.undo()
        window.session.set_value("personal.name", "")
        window.session.set_value("language.route", "english_two")
        window.session.set_value("applicant_type", "adult_education")
        QApplication.processEvents()
    finally:
        app.removeEventFilter(watch)
    assert shown == ["Window"]
