"""The pages with materials: what is asked, taking back, going to a finding, killing and reopening."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck import form_file, text
from degreecheck.facts import FileFacts
from degreecheck.form import SLOTS, Form
from degreecheck.gui import materials
from degreecheck.gui.pages.certificates import CertificatesPage
from degreecheck.gui.pages.identity import IdentityPage
from degreecheck.gui.pages.thesis import ThesisPage
from degreecheck.gui.pages.transcript import TranscriptPage
from degreecheck.gui.places import Target, target_of
from degreecheck.gui.program import Program
from degreecheck.gui.session import Session
from degreecheck.gui.slot_page import SlotPage
from degreecheck.gui.student import StudentView
from degreecheck.gui.unassigned import groups
from degreecheck.gui.window import Window
from make_materials import put

Open = Callable[..., Session]
ZH = text.load("zh")


def shown(qtbot: QtBot, page: SlotPage, size: tuple[int, int] = (700, 600)) -> None:
    """The page in a window of its own."""
    qtbot.addWidget(page)
    page.resize(*size)
    with qtbot.waitActive(page):
        page.show()


def slots(page: SlotPage) -> list[str]:
    """The slots that the page shows, from top to bottom."""
    return [slot for slot, card in sorted(page.cards.items(), key=lambda item: item[1].y()) if card.isVisible()]


def words(widget: QWidget) -> str:
    return "\n".join(
        str(one.text()) for one in widget.findChildren(QWidget) if hasattr(one, "text") and one.isVisible()
    )


# ---- what is asked


def test_the_identity_page_asks_what_the_applicant_needs(qtbot: QtBot, opened: Open) -> None:
    session = opened(Form())
    page = IdentityPage(session, ZH)
    shown(qtbot, page)
    assert slots(page) == ["id_card_portrait", "id_card_emblem", "exam_permit"]
    session.set_value("applicant_type", "adult_education")
    assert slots(page) == ["id_card_portrait", "id_card_emblem"]
    session.set_materials({"exam_permit": ["materials/x.jpg"]})  # files that are not asked for are shown all the same
    assert slots(page) == ["id_card_portrait", "id_card_emblem", "exam_permit"]
    assert "这次不需要" in words(page.cards["exam_permit"])


def test_the_certificates_page_follows_the_route(qtbot: QtBot, opened: Open) -> None:
    session = opened(Form())
    page = CertificatesPage(session, ZH)
    shown(qtbot, page)
    number, diploma = page.rows["language.certificate_number"], page.rows["institution.diploma_number"]
    assert "language_certificate" not in slots(page)
    assert not number.isVisible()
    session.set_value("language.route", "cet4")
    assert slots(page)[0] == "language_certificate"
    assert "15 位" in words(number)
    assert not diploma.isVisible()
    session.set_value("language.route", "pets")
    assert "14 位" in words(number)
    session.set_value("language.route", "english_two")
    assert slots(page)[:1] == ["english_two_score"]
    assert "17 位" in words(number)
    assert diploma.isVisible()
    session.set_value("language.route", "degree_exam")
    assert slots(page)[0] == "degree_exam_sheet"
    assert "王老师" in words(page) or "李老师" in words(page)
    assert "A4" in words(page)


def test_one_contact_of_the_advisor_is_enough_and_said_so(qtbot: QtBot, opened: Open) -> None:
    session = opened(Form())
    page = ThesisPage(session, ZH)
    shown(qtbot, page)
    assert "填任意一种就够了" in words(page)
    assert slots(page) == ["thesis_document", "similarity_report", "proposal_report", "task_book"]
    session.visited.add("export")
    session.set_value("thesis.advisor_contacts.qq", "1234567")
    assert not [one for one in session.report.findings if one.code == "THS301"]


def test_transcript_and_record_page_are_explained_once(qtbot: QtBot, opened: Open) -> None:
    session = opened(Form())
    page = TranscriptPage(session, ZH)
    shown(qtbot, page)
    assert slots(page) == ["transcript"]
    assert words(page).count("考籍档案基本信息") == 1
    session.set_value("language.route", "english_two")
    assert slots(page) == ["transcript", "registration_page"]
    assert "这里可以空着" in words(page.cards["transcript"])


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("kind", [IdentityPage, CertificatesPage, ThesisPage, TranscriptPage])
def test_pages_fit_a_small_window_in_every_language(
    qtbot: QtBot, opened: Open, language: str, kind: type[SlotPage]
) -> None:
    names = ("x" * 200 + ".jpg", "微信图片_" + "很" * 70 + ".jpg")
    form = Form(materials=dict.fromkeys(SLOTS, names))
    page = kind(opened(form), text.load(language))
    page.session.set_value("language.route", "degree_exam")
    shown(qtbot, page, (516, 440))  # between the folded side columns of 900 by 500
    inside = page.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= 500  # beside the scroll bar


def test_the_sheet_for_the_number_is_printed_from_its_page(
    qtbot: QtBot, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from degreecheck.gui import printing

    shown_outside: list[Path] = []

    def open_outside(path: Path) -> bool:
        shown_outside.append(path)
        return path.read_bytes().startswith(b"%PDF")

    monkeypatch.setattr(printing, "open_outside", open_outside)
    session = opened(Form())
    session.set_value("language.route", "degree_exam")
    page = CertificatesPage(session, ZH)
    shown(qtbot, page)
    with qtbot.waitSignal(session.told, timeout=60_000) as told:
        page.sheet.button.click()
    assert told.args == [ZH.get("prints.degree_exam_question")]
    assert len(shown_outside) == 1


# ---- taking out and back


def test_what_was_removed_comes_back_with_one_click(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    place = make_folders.write(tmp_path / "张三")
    session = opened(folder=place)
    page = TranscriptPage(session, ZH)
    shown(qtbot, page)
    [row] = page.cards["transcript"].rows
    row.remove.click()
    assert page.cards["transcript"].rows == []
    assert page.toast.isVisible()
    page.toast.button.click()
    assert [one.file for one in page.cards["transcript"].rows] == [row.file]
    assert not page.toast.isVisible()


def test_a_later_change_takes_the_offer_away(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    session = opened(folder=make_folders.write(tmp_path / "张三"))
    page = TranscriptPage(session, ZH)
    shown(qtbot, page)
    page.cards["transcript"].rows[0].remove.click()
    session.set_value("thesis.title", "另一个题目")
    assert not page.toast.isVisible()


# ---- files without a slot


def test_files_that_belong_nowhere_are_offered(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    place = tmp_path / "张三"
    make_folders.write(place, files={"materials/准考证补.jpg": make_folders.jpeg(make_folders.paper(seed=9))})
    session = opened(folder=place)
    page = TranscriptPage(session, ZH)
    shown(qtbot, page)
    [row] = page.unassigned.rows
    assert groups(session, row.file, ("transcript",))[0][0] == "exam_permit"
    menu = row.menu()
    first = menu.actions()[0]
    assert first.text() == "准考证"
    first.trigger()
    assert row.file in session.form.listed("exam_permit")
    qtbot.waitUntil(lambda: not page.unassigned.isVisible(), timeout=60_000)


def test_every_slot_is_offered_once(opened: Open) -> None:
    session = opened(Form())
    offered = groups(session, "微信图片_20240402.jpg", ("transcript", "registration_page"))
    flat = [slot for group in offered for slot in group]
    assert flat[:2] == ["transcript", "registration_page"]
    assert len(flat) == len(set(flat))
    assert "photo" in flat


# ---- going to a finding


def test_a_finding_leads_to_its_card_and_its_box(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    session = opened(folder=make_folders.write(tmp_path / "张三"))
    page = TranscriptPage(session, ZH)
    shown(qtbot, page, (600, 200))
    [file] = session.form.listed("transcript")
    facts = session.inspection.facts[file]
    assert isinstance(facts, FileFacts)
    assert facts.scan is not None
    glare = facts.scan[0].model_copy(update={"glare": ((0.1, 0.1, 0.3, 0.3),)})
    session.inspection.facts[file] = facts.model_copy(update={"scan": (glare,)})
    session.inspection.changed.emit()
    finding = next(one for one in session.report.findings if one.code == "SCN105")
    assert page.cards["transcript"].in_picture.isVisible()
    page.reveal(target_of(finding))
    view = page.view
    assert view is not None
    qtbot.waitUntil(lambda: not view.is_loading, timeout=60_000)
    assert not view.canvas.is_fitted
    QTest.keyClick(view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.view is None)
    page.reveal(Target("transcript", slot="transcript"))
    assert page.focusWidget() is page.cards["transcript"]


# ---- in the whole window


def in_window(qtbot: QtBot, program: Program, place: Path) -> tuple[Window, StudentView]:
    window = program.new_window(place)
    qtbot.waitUntil(lambda: window.session is not None, timeout=60_000)
    assert window.session is not None
    session = window.session
    qtbot.waitUntil(lambda: not session.inspection.busy, timeout=60_000)
    view = window.centralWidget()
    assert isinstance(view, StudentView)
    return window, view


def test_added_then_killed_then_reopened(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    place = tmp_path / "张三-学位申请"
    place.mkdir()
    form_file.save(Form(), place / "application.json")
    window, view = in_window(qtbot, program, place)
    view.show_page("transcript")
    page = view.page_widget("transcript")
    assert isinstance(page, TranscriptPage)
    page.cards["transcript"].bring([put(tmp_path / "桌面/mmexport1714300000000.jpg")])
    session = window.session
    assert session is not None
    qtbot.waitUntil(lambda: bool(session.form.listed("transcript")), timeout=60_000)
    qtbot.waitUntil(lambda: session.saving.state == "saved", timeout=60_000)
    # Nothing more is said to the program: what stands on disk is all that another one finds.
    again = form_file.load(place / "application.json").form
    assert again.listed("transcript") == ("materials/mmexport1714300000000.jpg",)
    assert (place / "materials/mmexport1714300000000.jpg").is_file()


def test_another_language_in_the_midst_of_it(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    window, view = in_window(qtbot, program, make_folders.write(tmp_path / "张三"))
    session = window.session
    assert session is not None
    for name in ("identity", "transcript", "certificates", "thesis"):
        view.show_page(name)
    kept = materials.of(session)
    with qtbot.waitSignal(kept.brought, timeout=60_000):
        kept.add("transcript", [put(tmp_path / "第二页.jpg")])
        program.set_language("en")
    rebuilt = window.centralWidget()
    assert isinstance(rebuilt, StudentView)
    rebuilt.show_page("transcript")
    page = rebuilt.page_widget("transcript")
    assert isinstance(page, TranscriptPage)
    assert len(page.cards["transcript"].rows) == 2
    assert "required" in words(page.cards["transcript"])
    assert materials.of(session) is kept


def test_the_window_changes_and_closes_while_something_is_shown_large_and_copied(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    place = make_folders.write(tmp_path / "张三")
    window, view = in_window(qtbot, program, place)
    session = window.session
    assert session is not None
    view.show_page("transcript")
    page = view.page_widget("transcript")
    assert isinstance(page, TranscriptPage)
    page.show_large("transcript", session.form.listed("transcript")[0])
    program.set_look("dark")
    program.set_language("en")
    rebuilt = window.centralWidget()
    assert isinstance(rebuilt, StudentView)
    again = rebuilt.page_widget("transcript")
    assert isinstance(again, TranscriptPage)
    rebuilt.show_page("transcript")
    again.show_large("transcript", session.form.listed("transcript")[0])
    again.cards["transcript"].bring([put(tmp_path / "最后.jpg")])
    window.close()
    qtbot.waitUntil(lambda: not program.windows, timeout=60_000)
    program.set_look("light")
    assert form_file.load(place / "application.json").form.listed("transcript")


def test_opening_and_leaving_without_a_change_touches_nothing(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    place = make_folders.write(tmp_path / "张三")
    before = make_folders.snapshot(place)
    window, view = in_window(qtbot, program, place)
    for name in ("identity", "transcript", "certificates", "thesis"):
        view.show_page(name)
    assert window.close_document()
    assert make_folders.snapshot(place) == before
