"""From an empty start page to an exported bundle by the keyboard alone: Tab, letters, arrows, Space, Enter, Ctrl+V."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck.form import CourseRecord, Form, value_at
from degreecheck.gui.course_import import CourseImport
from degreecheck.gui.editors import ChoiceEditor, ListEditor, LongTextEditor
from degreecheck.gui.fields import FieldRow, Page
from degreecheck.gui.parts import SegmentedChoice
from degreecheck.gui.photo_confirmations import PhotoConfirmations
from degreecheck.gui.places import SLOT_PAGES, PageId
from degreecheck.gui.program import Program
from degreecheck.gui.start_page import StartPage
from degreecheck.gui.student import StudentView
from degreecheck.gui.window import Window
from hands import commit

_LONGEST_WALK = 200  # presses of Tab until a control must have been reached
_NUMBERS = {"personal": 1, "institution": 2, "courses": 3, "thesis": 4, "identity": 5, "transcript": 6,
            "certificates": 7, "export": 8, "submission": 9}  # fmt: skip


class Person:
    """Somebody who has no mouse."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        if QApplication.activeWindow() is None:  # a dialog has closed: any real screen gives the window its focus back
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow, timeout=10_000)
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def tab_to(self, wanted: Callable[[QWidget], bool]) -> QWidget:
        """Press Tab until the focus is on what is wanted. Fails when Tab never leads there."""
        walked = []
        for _ in range(_LONGEST_WALK):
            focused = QApplication.focusWidget()
            walked.append(f"{type(focused).__name__} {focused.accessibleName() if focused else ''}"[:50])
            if focused is not None and wanted(focused):
                return focused
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead there: {walked[:60]}")

    def step(self, page: PageId) -> Page:
        """Go to a step by its number."""
        self.press(Qt.Key(Qt.Key.Key_0 + _NUMBERS[page]), Qt.KeyboardModifier.ControlModifier)
        view = self.window.centralWidget()
        assert isinstance(view, StudentView)
        assert view.page == page
        return view.page_widget(page)

    def fill(self, row: FieldRow, value: Any) -> None:
        """Put a value into a field, however it is asked for."""
        editor = row.editor
        if isinstance(editor, SegmentedChoice):
            self.tab_to(editor.isAncestorOf)
            for _ in range(len(editor.segments())):
                if editor.key == value:
                    return
                self.press(Qt.Key.Key_Right)
        elif isinstance(editor, ChoiceEditor):
            self.tab_to(lambda focused: focused is editor)
            self.press(Qt.Key.Key_Home)
            for _ in range(editor.count()):
                if editor.currentData() == value:
                    return
                self.press(Qt.Key.Key_Down)
        else:
            assert isinstance(editor, QWidget)
            self.tab_to(lambda focused: focused is editor)
            commit(editor, "；".join(value) if isinstance(editor, ListEditor) else str(value))

    def paste_files(self, files: list[Path]) -> None:
        """Copy files elsewhere and paste them where the focus is."""
        copied = QMimeData()
        copied.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        QGuiApplication.clipboard().setMimeData(copied)
        self.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def wanted() -> Form:
    """What is going to be typed."""
    return make_folders.form()


def test_from_nothing_to_a_bundle(program: Program, wanted: Form, tmp_path: Path, qtbot: QtBot) -> None:
    originals = {tmp_path / "手机" / path: data for path, data in make_folders.contents(wanted).items()}
    for path, data in originals.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    window = program.new_window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    start = window.centralWidget()
    assert isinstance(start, StartPage)
    person = Person(window, qtbot)
    person.tab_to(lambda focused: focused is start.name)
    commit(start.name, wanted.personal.name)
    person.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)
    session = window.session
    assert session is not None

    for page in ("personal", "institution", "thesis", "certificates"):
        shown = person.step(page)
        for path, row in list(shown.rows.items()):
            value = value_at(wanted, path)
            if (
                path not in ("personal.name", "personal.birth_date", "personal.sex")
                and value
                and row.isVisibleTo(shown)
            ):
                assert not isinstance(row.editor, LongTextEditor)
                person.fill(row, value)
        person.press(Qt.Key.Key_Tab)

    courses = person.step("courses")
    person.fill(courses.rows["courses.major"], wanted.courses.major)
    paste_courses(person, wanted.courses.records)
    person.fill(courses.rows["courses.average_score"], wanted.courses.average_score)
    person.fill(courses.rows["courses.thesis_score"], wanted.courses.thesis_score)
    person.press(Qt.Key.Key_Tab)

    for slot, listed in wanted.materials.items():
        shown = person.step(SLOT_PAGES[slot])
        card = next(w for w in shown.findChildren(QWidget) if takes_files(w, slot) and w.isVisibleTo(shown))
        person.tab_to(lambda focused, card=card: focused is card or card.isAncestorOf(focused))
        person.paste_files([tmp_path / "手机" / path for path in listed])
        qtbot.waitUntil(lambda slot=slot: bool(session.form.listed(slot)), timeout=30_000)
    qtbot.waitUntil(lambda: not session.inspection.busy, timeout=120_000)

    identity = person.step("identity")
    for box in identity.findChildren(PhotoConfirmations)[0].findChildren(QCheckBox):
        person.tab_to(lambda focused, box=box: focused is box)
        person.press(Qt.Key.Key_Space)
    assert session.form.confirmations.photo_recent

    wrong = {f.code: f.message(window.texts) for f in session.report.findings if f.severity == "error"}
    assert set(wrong) <= {"DEC101"}, wrong
    export = person.step("export")
    truthful = export.truthful  # type: ignore[attr-defined]
    person.tab_to(lambda focused: focused is truthful)
    person.press(Qt.Key.Key_Space)
    go = export.panel.choices.start  # type: ignore[attr-defined]
    assert isinstance(go, QPushButton)
    person.tab_to(lambda focused: focused is go)
    person.press(Qt.Key.Key_Space)
    exporting = export.panel.exporting  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: exporting.state == "done", timeout=180_000)
    assert exporting.exported is not None
    assert exporting.exported.archive.is_file()
    assert exporting.exported.passed
    for path, data in originals.items():
        assert path.read_bytes() == data


def takes_files(widget: QWidget, slot: str) -> bool:
    """Whether a widget is the card of a slot."""
    from degreecheck.gui.photo_workbench import PhotoWorkbench
    from degreecheck.gui.slots import SlotCard

    if slot == "photo":
        return isinstance(widget, PhotoWorkbench)
    return isinstance(widget, SlotCard) and widget.slot == slot


def paste_courses(person: Person, records: tuple[CourseRecord, ...]) -> None:
    """As copied from a spreadsheet: a header and one line a course."""
    lines = ["课程代码\t课程名称\t成绩\t合格时间"]
    lines += [f"{row.code}\t{row.name}\t{row.score}\t{row.passed_on}" for row in records]
    QGuiApplication.clipboard().setText("\n".join(lines))
    view = person.window.centralWidget()
    assert isinstance(view, StudentView)
    page = view.page_widget("courses")
    person.tab_to(lambda focused: isinstance(focused, QPushButton) and page.isAncestorOf(focused)
                  and "粘贴" in focused.text())  # fmt: skip
    person.press(Qt.Key.Key_Space)
    person.qtbot.waitUntil(lambda: any(d.isVisible() for d in page.window().findChildren(CourseImport)), timeout=30_000)
    dialog = next(d for d in page.window().findChildren(CourseImport) if d.isVisible())
    person.qtbot.keyClick(dialog, Qt.Key.Key_Return)
    person.qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)
    assert person.window.session is not None
    assert len(person.window.session.form.courses.records) == len(records)
