"""What the page 检查与导出 says of an application, and the declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import make_folders
from by_keyboard import press, reach, show_page
from degreecheck import text
from degreecheck.form import Form
from degreecheck.gui.background import Background
from degreecheck.gui.finding_view import FindingView
from degreecheck.gui.pages.export import ExportPage
from degreecheck.gui.pages.submission import SubmissionPage
from degreecheck.gui.places import Target
from degreecheck.gui.program import Program
from degreecheck.gui.session import Session
from degreecheck.gui.student import StudentView
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


def test_an_application_without_errors_is_told_so(opened: Open, shown: Show, folder: Path) -> None:
    page = shown(opened(folder=folder))
    assert page.verdict.words.text() in (ZH.get("ui.report.verdict.ready"), ZH.get("ui.report.verdict.confirm"))
    assert str(page.session.report.counts["passed"]) in page.verdict.counts.text()


def test_no_problems_is_said_and_read_aloud(opened: Open, shown: Show, folder: Path) -> None:
    session = opened(folder=folder)
    page = shown(session)
    for finding in [one for one in session.report.findings if one.severity == "warning"]:
        session.answer(finding)
    assert session.report.verdict == "ready"
    assert page.verdict.words.text() == "没有发现问题"
    assert page.verdict.mark.state == "ok"
    assert page.verdict.mark.accessibleName() == "没有发现问题"


def test_an_empty_application_is_unfinished_not_wrong(opened: Open, shown: Show) -> None:
    page = shown(opened(Form()))
    assert page.verdict.words.text() == ZH.get("ui.report.verdict.missing")
    links = page.report.steps["personal"].findChildren(QPushButton)
    assert "姓名" in [link.text() for link in links]


def test_what_is_blank_leads_to_its_field(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(Form())
    page = shown(session)
    link = next(one for one in page.report.steps["personal"].findChildren(QPushButton) if one.text() == "姓名")
    with qtbot.waitSignal(session.going_to) as gone:
        press(qtbot, page, link)
    assert gone.args == [Target("personal", field="personal.name")]


def test_findings_stand_at_their_step_and_lead_there(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(changed(perfect_form(), {"courses.thesis_score": "820"}))
    page = shown(session)
    step = page.report.steps["courses"]
    found = next(view for view in step.findChildren(FindingView) if view.finding.code == "CRS302")
    found.setFocus()
    with qtbot.waitSignal(session.going_to) as gone:
        qtbot.keyClick(found, Qt.Key.Key_Return)
    assert gone.args[0].field == "courses.thesis_score"
    assert not page.report.steps["institution"].isVisible()


def test_a_listed_finding_says_which_paper_it_is_of(opened: Open, shown: Show, tmp_path: Path) -> None:
    session = opened(folder=make_folders.write(tmp_path / "林小满-学位申请"))
    session.set_value("thesis.title", "城市轨道交通客流预测")  # none of the four papers has it on its first pages
    page = shown(session)
    views = page.report.steps["thesis"].findChildren(FindingView)
    names = [view.accessibleName() for view in views if view.finding.code == "DOC201"]
    assert names
    for view, name in zip((view for view in views if view.finding.code == "DOC201"), names, strict=True):
        assert ZH.word("slot", view.finding.slot) in name


def test_an_answer_moves_to_its_own_part_and_is_taken_back_there(
    qtbot: QtBot, opened: Open, shown: Show, folder: Path
) -> None:
    session = opened(folder=folder)
    session.set_values({"thesis.keywords": ("库存",)})  # THS201, a question
    page = shown(session)
    finding = next(one for one in session.report.findings if one.code == "THS201")
    session.answer(finding)
    assert "THS201" not in [one.code for one in page.report.steps["thesis"].findings.findings]
    press(qtbot, page, page.report.settled.head)
    settled = [view for view in page.report.settled.findChildren(FindingView) if view.finding.code == "THS201"]
    press(qtbot, page, settled[0].findChild(QPushButton))
    assert "THS201" in [one.code for one in page.report.steps["thesis"].findings.findings]


def test_what_was_not_checked_is_listed(opened: Open, shown: Show) -> None:
    page = shown(opened(perfect_form()))
    said = page.report.unchecked.findChild(QPushButton)
    assert str(len(page.session.report.not_checked)) in said.text()


def test_files_that_are_looked_at_are_named(qtbot: QtBot, opened: Open, shown: Show, folder: Path) -> None:
    session = opened(folder=folder, looked=False)
    page = shown(session)
    assert page.verdict.words.text() == ZH.get("ui.report.verdict.looking")
    qtbot.waitUntil(lambda: not session.inspection.busy, timeout=LONG)
    assert page.verdict.looking.text() == ""


# ---- the declaration


def test_the_declaration_is_made_by_keyboard(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(changed(perfect_form(), {"confirmations.truthful": False}))
    page = shown(session)
    press(qtbot, page, page.truthful)
    assert session.form.confirmations.truthful
    session.undo()
    assert not page.truthful.isChecked()


def test_export_asks_for_the_declaration_first(
    qtbot: QtBot, opened: Open, shown: Show, folder: Path, tmp_path: Path
) -> None:
    session = opened(folder=folder)
    session.set_value("confirmations.truthful", False)
    page = shown(session)
    press(qtbot, page, page.panel.choices.start)
    assert page.panel.notice.label.text() == ZH.get("ui.export.undeclared")
    assert QApplication.focusWidget() is page.truthful
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_dir()] == [folder.name]


def test_photo_confirmations_left_open_lead_to_the_photo(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(changed(perfect_form(), {"confirmations.photo_recent": False}))
    page = shown(session)
    assert "照片为近期拍摄" in page._photo_words.text()
    with qtbot.waitSignal(session.going_to) as gone:
        press(qtbot, page, page._photo_link)
    assert gone.args == [Target("identity", slot="photo")]


def test_a_finding_about_the_declaration_leads_to_its_box(opened: Open, shown: Show) -> None:
    page = shown(opened(perfect_form()))
    page.reveal(Target("export", field="confirmations.truthful"))
    assert QApplication.focusWidget() is page.truthful


def test_an_unreadable_form_is_nothing_to_export(qtbot: QtBot, opened: Open, shown: Show, tmp_path: Path) -> None:
    place = tmp_path / "坏了"
    place.mkdir()
    (place / "application.json").write_bytes(b"{")
    page = shown(opened(folder=place))
    assert page.verdict.words.text() == ZH.get("ui.report.verdict.unreadable")
    assert not page.panel.choices.allow.isVisible()
    press(qtbot, page, page.panel.choices.start)
    assert page.panel.notice.label.text() == ZH.get("bundle.refused_unreadable")


def test_both_pages_are_whole_after_a_change_of_language(qtbot: QtBot, program: Program, folder: Path) -> None:
    window = program.new_window(folder)
    qtbot.waitUntil(lambda: window.session is not None and not window.session.inspection.busy, timeout=LONG)
    for page in ("export", "submission"):
        view = window.centralWidget()
        assert isinstance(view, StudentView)
        view.show_page(page)
        program.set_language("en")
        view = window.centralWidget()
        assert isinstance(view, StudentView)
        assert view.page == page
        made = view.page_widget(page)  # type: ignore[arg-type]
        if isinstance(made, ExportPage):
            assert made.verdict.words.text() in text.load("en").table("ui.report.verdict").values()
            assert not view.findings.isVisible()  # the page lists them all
        else:
            assert isinstance(made, SubmissionPage)
            assert made.value_list.rows["personal.name"].value == "林小满"
        program.set_language("zh")


def test_tab_walks_findings_where_they_stand(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(changed(perfect_form(), {"courses.thesis_score": "820"}))
    page = shown(session)
    session.set_value("personal.mobile", "138")  # its finding is made after everything else
    QApplication.processEvents()
    step = page.report.steps["personal"]
    reach(page, step.findChild(QPushButton))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    after = QApplication.focusWidget()
    assert isinstance(after, FindingView)
    assert after.finding.code == "IDN402"
    qtbot.keyClick(after, Qt.Key.Key_Backtab)
    assert step.isAncestorOf(QApplication.focusWidget())


def test_where_the_keyboard_enters_the_page_is_in_sight(qtbot: QtBot, opened: Open, shown: Show) -> None:
    page = shown(opened(Form()))
    whole, before = QWidget(), QPushButton("before the page")
    qtbot.addWidget(whole)
    down = QVBoxLayout(whole)
    down.addWidget(before)
    down.addWidget(page)
    whole.resize(500, 400)
    with qtbot.waitActive(whole):
        whole.show()
    QApplication.processEvents()
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
    first = page.report.steps["personal"].findChild(QPushButton)
    assert first.visibleRegion().isEmpty()
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert first.hasFocus()
    qtbot.waitUntil(lambda: not first.visibleRegion().isEmpty())
