"""Exports as people make them: by keyboard, with mistakes, cancelled, on a full disk."""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

import make_folders
from by_keyboard import press, reach, show_page
from degreecheck import text
from degreecheck.form import Form
from degreecheck.gui import exporting
from degreecheck.gui.background import Background
from degreecheck.gui.exporting import Exporting, password_problem
from degreecheck.gui.pages.export import ExportPage
from degreecheck.gui.program import Program
from degreecheck.gui.session import Session
from degreecheck.output.workspace import Workspace
from make import changed, perfect_form

Open = Callable[..., Session]
Show = Callable[..., ExportPage]
ZH = text.load("zh")
LONG = 120_000  # ms, for what workers do


@pytest.fixture(scope="module")
def background(qapp: QApplication) -> Iterator[Background]:
    """The same workers for all of them: most of the time goes into starting some."""
    made = Background()
    yield made
    made.close()


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """The page in a window of its own."""
    return lambda session, language="zh": show_page(qtbot, ExportPage(session, text.load(language)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small application without errors, files and all."""
    return make_folders.write(tmp_path / "林小满-学位申请")


@pytest.fixture
def opened_outside(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to the system to open."""
    asked: list[Path] = []

    def take(url: object) -> bool:
        asked.append(Path(url.toLocalFile()))  # type: ignore[attr-defined]
        return True

    monkeypatch.setattr("degreecheck.gui.printing.QDesktopServices.openUrl", take)
    return asked


def ended(qtbot: QtBot, session: Session, state: str) -> Exporting:
    made = Exporting.of(session)
    qtbot.waitUntil(lambda: not made.running, timeout=LONG)
    assert made.state == state
    return made


def test_an_export_by_keyboard_alone(
    qtbot: QtBot, opened: Open, shown: Show, folder: Path, tmp_path: Path, opened_outside: list[Path]
) -> None:
    session = opened(folder=folder)
    session.set_value("thesis.research_direction", "门店运营")  # not saved yet when the export begins
    page = shown(session)
    press(qtbot, page, page.panel.choices.start)
    assert page.panel.cancel.isVisible()
    made = ended(qtbot, session, "done").exported
    assert made is not None
    assert made.passed
    assert made.folder.parent == tmp_path
    assert "门店运营" in (made.folder / "data" / "application.json").read_text(encoding="utf-8")
    assert made.archive.is_file()
    assert not page.panel.choices.isVisible()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)  # what comes next already has the focus
    assert opened_outside == [made.folder]
    again = next(one for one in page.panel.result.findChildren(QPushButton) if one.text() == "再导出一次")
    press(qtbot, page, again)
    assert page.panel.choices.isVisible()


def test_errors_hold_an_export_back_until_they_are_allowed(
    qtbot: QtBot, opened: Open, shown: Show, tmp_path: Path
) -> None:
    folder = make_folders.write(tmp_path / "林小满-学位申请", {"personal.mobile": "138"})
    session = opened(folder=folder)
    page = shown(session)
    choices = page.panel.choices
    assert choices.allow.isVisible()
    press(qtbot, page, choices.start)
    assert "1 处错误" in page.panel.notice.label.text()
    assert Exporting.of(session).state == "idle"
    press(qtbot, page, choices.allow)
    press(qtbot, page, choices.encrypt)
    qtbot.keyClicks(choices.password, "abc 123")
    qtbot.keyClicks(choices.again, "abc 123")
    qtbot.keyClick(choices.again, Qt.Key.Key_Return)
    made = ended(qtbot, session, "done").exported
    assert made is not None
    assert "未通过预检" in made.folder.name
    with zipfile.ZipFile(made.archive) as archive:
        assert all(entry.flag_bits & 1 for entry in archive.infolist() if not entry.is_dir())
    said = " ".join(one.text() for one in page.panel.result.findChildren(type(page.panel.stage)))
    assert "7-Zip" in said
    assert "未通过预检" in said


def test_a_complaint_goes_with_its_cause(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(changed(perfect_form(), {"materials": {}}))
    page = shown(session)
    press(qtbot, page, page.panel.choices.start)
    assert page.panel.notice.isVisible()
    session.change(Form())  # other errors: the sentence is still so
    assert page.panel.notice.isVisible()
    press(qtbot, page, page.panel.choices.encrypt)
    press(qtbot, page, page.panel.choices.start)
    assert page.panel.notice.label.text() == ZH.get("ui.export.password_empty")
    qtbot.keyClicks(page.panel.choices.password, "a")
    assert not page.panel.notice.isVisible()


def test_a_result_takes_no_focus_from_elsewhere(qtbot: QtBot, opened: Open, shown: Show, folder: Path) -> None:
    session = opened(folder=folder)
    page = shown(session)
    Exporting.of(session).start(ZH)
    reach(page, page.truthful)
    ended(qtbot, session, "done")
    assert page.truthful.hasFocus()


def test_without_errors_nothing_is_offered_about_them(opened: Open, shown: Show, folder: Path) -> None:
    assert not shown(opened(folder=folder)).panel.choices.allow.isVisible()


def test_a_cancelled_export_leaves_nothing(
    qtbot: QtBot, opened: Open, shown: Show, folder: Path, tmp_path: Path
) -> None:
    session = opened(folder=folder)
    page = shown(session)
    press(qtbot, page, page.panel.choices.start)
    press(qtbot, page, page.panel.cancel)
    assert page.panel.stage.text() == ZH.get("ui.export.cancelling")
    ended(qtbot, session, "cancelled")
    assert page.panel.notice.label.text() == ZH.get("bundle.cancelled")
    assert page.panel.choices.isVisible()
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_dir()] == [folder.name]


def test_a_file_that_broke_meanwhile_refuses_the_export(qtbot: QtBot, opened: Open, shown: Show, folder: Path) -> None:
    session = opened(folder=folder)
    page = shown(session)
    photo = next(
        path for path in folder.rglob("*.jpg") if path.relative_to(folder).as_posix() in session.form.listed("photo")
    )
    photo.write_bytes(b"no picture any more")
    press(qtbot, page, page.panel.choices.start)
    refused = ended(qtbot, session, "refused").report
    assert refused is not None
    assert ZH.get("ui.export.refused", count=refused.counts["error"]) == page.panel.notice.label.text()
    assert page.panel.choices.allow.isVisible()


def test_a_full_disk_is_told_calmly(
    qtbot: QtBot, opened: Open, shown: Show, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_workspace: Workspace) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Workspace, "open", full)
    session = opened(folder=folder)
    page = shown(session)
    press(qtbot, page, page.panel.choices.start)
    ended(qtbot, session, "failed")
    assert "磁盘空间不够" in page.panel.notice.label.text()
    assert page.panel.choices.start.hasFocus()


def test_a_place_inside_the_application_is_refused_at_once(
    qtbot: QtBot, opened: Open, shown: Show, folder: Path
) -> None:
    session = opened(folder=folder)
    page = shown(session)
    Exporting.of(session).set_place(folder / "materials")
    qtbot.waitUntil(page.panel.notice.isVisible, timeout=LONG)
    assert "不能导出到申请文件夹里面" in page.panel.notice.label.text()
    Exporting.of(session).set_place(folder.parent / "导出")
    assert not page.panel.notice.isVisible()


def test_what_is_not_saved_is_not_exported(opened: Open, shown: Show, folder: Path) -> None:
    session = opened(folder=folder)
    page = shown(session)
    session.saving.held = True
    session.set_value("thesis.research_direction", "门店运营")
    Exporting.of(session).start(ZH)
    assert page.panel.notice.label.text() == ZH.get("ui.export.not_saved")
    session.saving.held = False


def test_the_programs_own_error_is_not_swallowed(
    qtbot: QtBot, opened: Open, shown: Show, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_workspace: Workspace) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Workspace, "open", broken)
    session = opened(folder=folder)
    page = shown(session)
    with qtbot.captureExceptions() as caught:
        Exporting.of(session).start(ZH)
        ended(qtbot, session, "failed")
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    assert page.panel.notice.label.text() == ZH.get("ui.export.failed")


def test_a_running_export_survives_the_page(qtbot: QtBot, opened: Open, shown: Show, folder: Path) -> None:
    session = opened(folder=folder)
    page = shown(session)
    press(qtbot, page, page.panel.choices.start)
    page.hide()
    page.deleteLater()
    other = shown(session, "en")
    assert other.panel.cancel.isVisible()
    ended(qtbot, session, "done")
    assert other.panel.result.isVisible()


def test_a_window_that_closes_leaves_no_half_bundle(
    qtbot: QtBot, program: Program, folder: Path, tmp_path: Path
) -> None:
    window = program.new_window(folder)
    qtbot.waitUntil(lambda: window.session is not None and not window.session.inspection.busy, timeout=LONG)
    assert window.session is not None
    made = Exporting.of(window.session)
    made.start(ZH)
    qtbot.waitUntil(lambda: made.progress[0] != "check" or not made.running, timeout=LONG)
    window.close()
    qtbot.waitUntil(lambda: not program.windows, timeout=LONG)
    program.close()
    left = {entry.name for entry in tmp_path.iterdir()} - {folder.name, "settings"}
    assert not [name for name in left if name.startswith(".degreecheck-export-")]
    assert len(left) in (0, 2)  # nothing at all, or folder and zip


def test_passwords_are_asked_twice_and_in_ascii(qtbot: QtBot, opened: Open, shown: Show, folder: Path) -> None:
    page = shown(opened(folder=folder))
    choices = page.panel.choices
    press(qtbot, page, choices.encrypt)
    assert choices.password.hasFocus()
    for typed, again, key in (
        ("", "", "ui.export.password_empty"), ("密码", "密码", "bundle.password_signs"),
        ("abc", "abd", "ui.export.password_differs"),
    ):  # fmt: skip
        choices.password.setText(typed)
        choices.again.setText(again)
        qtbot.keyClick(choices.password, Qt.Key.Key_Return)
        assert page.panel.notice.label.text() == ZH.get(key)
    assert Exporting.of(page.session).state == "idle"


@pytest.mark.parametrize(
    ("password", "again", "problem"),
    [("a", "a", ""), ("a b~", "a b~", ""), ("", "", "empty"), ("密", "密", "signs"), ("a\tb", "a\tb", "signs"),
     ("a" * 128, "a" * 128, ""), ("a" * 129, "a" * 129, "signs"), ("a", "A", "differs")],
)  # fmt: skip
def test_password_problem(password: str, again: str, problem: str) -> None:
    assert password_problem(password, again) == problem
    assert exporting.LONGEST_PASSWORD == 128


def test_the_folder_dialog_is_left_by_escape(qtbot: QtBot, opened: Open, shown: Show, folder: Path) -> None:
    session = opened(folder=folder)
    page = shown(session)
    before = Exporting.of(session).place
    escaped: list[bool] = []

    def escape() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            escaped.append(True)
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            QTimer.singleShot(20, escape)

    QTimer.singleShot(0, escape)
    press(qtbot, page, page.panel.choices.choose)
    assert escaped
    assert Exporting.of(session).place == before
