"""The student's window as students use it: type, go where a finding points, confirm, be killed and come back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck import form_file, paths
from degreecheck.form import Form, PartialDate, with_value
from degreecheck.gui.fields import Page
from degreecheck.gui.header import verdict_words
from degreecheck.gui.places import PAGES, PageId, Target, is_missing, target_of
from degreecheck.gui.program import Program
from degreecheck.gui.steps import state_of
from degreecheck.gui.student import StudentView
from degreecheck.gui.window import Window
from degreecheck.rules import RULES
from hands import commit, drop, type_text
from make import adult_form, perfect_form

Show = Callable[[Form], Window]


@pytest.fixture
def show(program: Program, tmp_path: Path, qtbot: QtBot) -> Show:
    """A window with this form in it, at the front."""

    def made(form: Form) -> Window:
        folder = tmp_path / "张三-学位申请"
        folder.mkdir()
        form_file.save(form, folder / paths.FORM_NAME)
        window = program.new_window(folder)
        qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
        return window

    return made


def view(window: Window) -> StudentView:
    shown = window.centralWidget()
    assert isinstance(shown, StudentView)
    return shown


def page(window: Window, name: PageId) -> Page:
    view(window).show_page(name)
    return view(window).page_widget(name)


def editor(window: Window, name: PageId, path: str) -> QLineEdit:
    found = page(window, name).rows[path].editor
    assert isinstance(found, QLineEdit)
    return found


def test_an_empty_application_is_not_met_with_reproaches(show: Show) -> None:
    window = show(Form())
    assert window.session is not None
    assert {state_of(name, window.session)[0] for name in PAGES} == {"todo"}
    shown = page(window, "personal")
    assert not shown.rows["personal.name"].findings.isVisibleTo(shown)
    editor(window, "personal", "personal.name").setFocus()
    editor(window, "personal", "personal.mobile").setFocus()
    assert shown.rows["personal.name"].findings.findings[0].code == "IDN101"


def test_what_applies_to_the_applicant_is_asked(show: Show) -> None:
    window = show(perfect_form())
    assert window.session is not None
    personal = page(window, "personal")
    assert personal.rows["personal.exam_number"].isVisibleTo(personal)
    assert not personal.rows["personal.student_number"].isVisibleTo(personal)
    window.session.set_value("applicant_type", "adult_education")
    assert not personal.rows["personal.exam_number"].isVisibleTo(personal)
    assert personal.rows["personal.student_number"].isVisibleTo(personal)


def test_birth_date_and_sex_follow_from_the_id_number(show: Show) -> None:
    perfect = perfect_form()
    window = show(perfect.model_copy(update={"personal": perfect.personal.model_copy(
        update={"birth_date": None, "sex": None})}))  # fmt: skip
    personal = page(window, "personal")
    birth = personal.rows["personal.birth_date"]
    assert not birth.editor.isVisibleTo(personal)
    number = perfect.personal.id_number
    assert f"{number[6:10]}-{number[10:12]}-{number[12:14]}" in birth._derived.text()
    assert window.session is not None
    window.session.set_value("personal.birth_date", PartialDate(1990, 1, 2))
    assert birth.editor.isVisibleTo(personal)
    assert [finding.code for finding in birth.findings.findings] == ["IDN301"]


def test_a_finding_leads_to_its_field(show: Show, qtbot: QtBot) -> None:
    window = show(with_value(perfect_form(), "thesis.title", ""))
    assert window.session is not None
    found = next(finding for finding in window.session.report.findings if finding.code == "THS101")
    window.session.go_to(found)
    assert view(window).page == "thesis"
    title = page(window, "thesis").rows["thesis.title"].editor
    qtbot.waitUntil(title.hasFocus, timeout=5_000)


def test_a_warning_is_confirmed_and_taken_back_beside_its_field(show: Show, qtbot: QtBot) -> None:
    window = show(with_value(perfect_form(), "institution.school", "某某大学"))
    assert window.session is not None
    shown = page(window, "institution")
    row = shown.rows["institution.school"]

    asked = row.findings.findings[0]
    assert asked.code == "SCH102"
    window.session.answer(asked)
    assert row.findings.findings[0].answered
    assert row.editor.property("state") == ""
    window.session.answer(row.findings.findings[0], yes=False)
    assert not row.findings.findings[0].answered
    assert row.editor.property("state") == "warning"


def test_a_date_that_is_none_stays_and_is_said(show: Show) -> None:
    window = show(perfect_form())
    assert window.session is not None
    field = editor(window, "institution", "institution.entry_date")
    field.setFocus()
    field.selectAll()
    type_text(field, "前年春天")
    editor(window, "institution", "institution.school").setFocus()
    assert field.text() == "前年春天"
    row = page(window, "institution").rows["institution.entry_date"]
    assert "SYS101" in {finding.code for finding in row.findings.findings}
    field.setFocus()
    field.selectAll()
    type_text(field, "2016年4月")
    editor(window, "institution", "institution.school").setFocus()
    assert field.text() == "2016-04"
    assert window.session.value("institution.entry_date") == PartialDate(2016, 4)


@pytest.mark.parametrize("form", [perfect_form(), adult_form()], ids=["self_study", "adult_education"])
def test_two_hundred_signs_in_every_field(show: Show, form: Form, qtbot: QtBot) -> None:
    window = show(form)
    assert window.session is not None
    for name in PAGES:
        shown = page(window, name)
        for row in shown.rows.values():
            if isinstance(row.editor, QLineEdit) and row.editor.isVisibleTo(shown):
                row.editor.setFocus()
                row.editor.selectAll()
                commit(row.editor, "甲A1" * 66 + "乙丙")
        window.setFocus()
        QApplication.processEvents()
        assert shown.widget().minimumSizeHint().width() <= 720 + 48
    assert window.session.close()
    again = form_file.load(window.session.saving.path).form
    assert len(again.personal.name) == 200


def test_every_rule_leads_to_a_page() -> None:
    for rule in RULES.values():
        if rule.field:
            assert rule.field.split(".")[0] in {
                "personal", "institution", "courses", "thesis", "language", "materials", "photo_crop",
                "confirmations", "submission", "set_aside", "applicant_type", "self_study_channel", "pack",
            }, rule.code  # fmt: skip


def test_what_is_missing_is_told_from_what_is_wrong(show: Show) -> None:
    window = show(Form())
    assert window.session is not None
    errors = [finding for finding in window.session.report.findings if finding.severity == "error"]
    assert errors
    assert all(is_missing(finding) for finding in errors), {f.code for f in errors if not is_missing(f)}


def test_every_finding_of_a_page_is_reached_from_the_list(show: Show) -> None:
    window = show(with_value(perfect_form(), "courses.average_score", "178.5"))
    assert window.session is not None
    for finding in window.session.report.findings:
        target = target_of(finding)
        assert isinstance(target, Target)
        window.session.go_to(finding)
        assert view(window).page == target.page


def test_killed_in_the_middle_it_comes_back_with_what_was_typed(tmp_path: Path) -> None:
    folder = tmp_path / "张三-学位申请"
    folder.mkdir()
    form_file.save(perfect_form(), folder / paths.FORM_NAME)
    script = """
import os, signal, sys, time
from pathlib import Path
from degreecheck.gui import app as starting
from degreecheck.gui.program import Program
from degreecheck.gui.settings import Settings
app = starting.application()
program = Program(Settings(Path(sys.argv[2])))
window = program.new_window(Path(sys.argv[1]))
while window.session is None:
    app.processEvents()
session = window.session
typed = time.monotonic()
for length in range(1, 8):
    session.set_value("thesis.title", "写到一半的题目"[:length])
while time.monotonic() < typed + 1.0:   # a kill loses at most the last second
    app.processEvents()
session.set_value("thesis.title", "最后一刻")
print("typed", flush=True)
os.kill(os.getpid(), 9) if hasattr(signal, "SIGKILL") else os._exit(9)
"""
    command = [sys.executable, "-c", script, str(folder), str(tmp_path / "settings")]
    killed = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert killed.returncode != 0
    assert "typed" in killed.stdout, killed.stderr
    assert form_file.load(folder / paths.FORM_NAME).form.thesis.title in ("写到一半的题目", "最后一刻")
    assert not [path.name for path in folder.iterdir() if path.suffix == ".tmp"]


def test_the_keyboard_walks_through_the_parts_of_the_window(show: Show, qtbot: QtBot) -> None:
    window = show(perfect_form())
    shown = view(window)
    shown.steps.setFocus()
    seen = set()
    for _ in range(8):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        focused = shown.focusWidget()
        assert focused is not None
        seen.add(next(n for n, p in {"steps": shown.steps, "header": shown.header, "page": shown._stack,
                                     "findings": shown.findings}.items() if p.isAncestorOf(focused)))  # fmt: skip
    assert {"steps", "page", "header"} <= seen


def test_a_file_dropped_on_a_field_does_not_become_its_text(show: Show, tmp_path: Path) -> None:
    window = show(perfect_form())
    field = editor(window, "personal", "personal.name")
    file = tmp_path / "照片.jpg"
    file.write_bytes(b"")
    assert not drop(field, [file])
    assert field.text() == perfect_form().personal.name


def test_a_file_that_no_slot_uses_is_shown_where_it_can_be_put(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    folder = make_folders.write(
        tmp_path / "张三", files={"materials/不知道是什么.jpg": make_folders.jpeg(make_folders.paper())}
    )
    window = program.new_window(folder)
    qtbot.waitUntil(lambda: window.session is not None and not window.session.inspection.busy, timeout=60_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    assert window.session is not None
    found = next(finding for finding in window.session.report.findings if finding.code == "MAT202")
    window.session.go_to(found)
    rows = view(window).page_widget("transcript").unassigned.rows  # type: ignore[attr-defined]
    assert [row.file for row in rows] == ["materials/不知道是什么.jpg"]
    qtbot.waitUntil(rows[0].button.hasFocus, timeout=5_000)


def test_ready_is_said_only_when_the_pictures_have_been_read(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    window = program.new_window(make_folders.write(tmp_path / "张三"))
    qtbot.waitUntil(lambda: window.session is not None and not window.session.inspection.busy, timeout=60_000)
    session = window.session
    assert session is not None
    session.report = replace(session.report, findings=(), unconfirmed=())
    session.inspection.reading.add("materials/a.jpg")
    assert verdict_words(session, window.texts)[0] == "busy"
    session.inspection.reading.clear()
    assert verdict_words(session, window.texts)[0] == "ok"


def test_a_page_is_painted_once_it_has_its_shape(show: Show, qtbot: QtBot) -> None:
    window = show(perfect_form())
    for name in PAGES:
        shown = page(window, name)
        qtbot.waitUntil(shown.updatesEnabled, timeout=5_000)
