"""What was read in a picture is offered beside the field, never filled in by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck import text
from degreecheck.facts import FileFacts, Region, TextFacts, TextLine
from degreecheck.form import with_value
from degreecheck.gui.course_import import CourseImport
from degreecheck.gui.pages.courses import CoursesPage
from degreecheck.gui.pages.personal import PersonalPage
from degreecheck.gui.proposal_line import ProposalLine
from degreecheck.gui.session import Session
from degreecheck.papers.proposals import RECORDS, Proposal
from make import perfect_form

Open = Callable[..., Session]


@pytest.fixture
def session(opened: Open, tmp_path: Path) -> Session:
    """An application whose ID card says who it is, and whose form does not."""
    folder = make_folders.write(tmp_path / "张三", {"personal.name": "", "personal.id_number": ""})
    return opened(folder=folder)


def read(session: Session, *words: str) -> None:
    """As if the reader had found these lines on the ID card."""
    file = session.form.listed("id_card_portrait")[0]
    boxes = [(0.2, 0.1 + 0.2 * down, 0.7, 0.2 + 0.2 * down) for down in range(len(words))]
    lines = tuple(
        TextLine(text=line, box=box, place=box, confidence=0.99) for line, box in zip(words, boxes, strict=True)
    )
    known = session.inspection.facts[file]
    assert isinstance(known, FileFacts)
    session.inspection.facts[file] = known.model_copy(update={"text": TextFacts(lines=lines, pages=(0,))})
    session.inspection.changed.emit()


def test_a_name_and_a_number_are_offered_and_taken_by_a_click(session: Session, qtbot: QtBot) -> None:
    perfect = perfect_form().personal
    page = PersonalPage(session, text.load("zh"))
    qtbot.addWidget(page)
    page.show()
    read(session, f"姓名 {perfect.name}", f"公民身份号码 {perfect.id_number}")
    row = page.rows["personal.name"]
    qtbot.waitUntil(lambda: bool(row.findChildren(ProposalLine)), timeout=10_000)
    assert session.value("personal.name") == ""
    row.findChildren(ProposalLine)[0].use.click()
    assert session.value("personal.name") == perfect.name
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in row.findChildren(ProposalLine)), timeout=10_000)
    session.undo()
    assert session.value("personal.name") == ""


def test_an_offered_id_number_is_masked_like_any_other(session: Session, qtbot: QtBot) -> None:
    number = perfect_form().personal.id_number
    page = PersonalPage(session, text.load("zh"))
    qtbot.addWidget(page)
    page.show()
    read(session, f"公民身份号码 {number}")
    row = page.rows["personal.id_number"]
    qtbot.waitUntil(lambda: bool(row.findChildren(ProposalLine)), timeout=10_000)
    assert number not in row.findChildren(ProposalLine)[0].use.accessibleName()
    session.set_masked(False)
    qtbot.waitUntil(
        lambda: any(number in one.use.accessibleName() for one in row.findChildren(ProposalLine)), timeout=10_000
    )


def test_what_the_form_says_already_is_not_offered(session: Session, qtbot: QtBot) -> None:
    perfect = perfect_form().personal
    session.change(with_value(session.form, "personal.name", perfect.name))
    with qtbot.waitSignal(session.proposed, timeout=10_000):
        read(session, f"姓名 {perfect.name}", f"公民身份号码 {perfect.id_number}")
    assert set(session.proposals) == {"personal.id_number"}


def test_courses_are_looked_through_before_they_are_filled_in(opened: Open, qtbot: QtBot) -> None:
    perfect = perfect_form()
    session = opened(with_value(perfect, "courses.records", ()))
    page = CoursesPage(session, text.load("zh"))
    qtbot.addWidget(page)
    page.show()
    assert not page.proposal.isVisible()
    region = Region(box=(0, 0, 1, 1))
    records = perfect.courses.records
    session.proposals = {RECORDS: Proposal(RECORDS, records, "transcript", "materials/a.jpg", (region,), 0.9)}
    session.proposed.emit()
    assert page.proposal.isVisible()
    page.proposal.acted.emit()
    dialog = page.findChildren(CourseImport)[0]
    assert session.form.courses.records == ()
    dialog.accept()
    assert [row.name for row in session.form.courses.records] == [row.name for row in records]
    session.undo()
    assert session.form.courses.records == ()
