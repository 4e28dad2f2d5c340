"""提交与跟踪: dates, states, portal steps, copying, a pasted reason, the history: as people use them, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

import make_folders
from by_keyboard import press, reach, show_page
from degreecheck import pack, submission_history, text
from degreecheck.clock import SCHOOL_TIME
from degreecheck.form import Form
from degreecheck.gui import clipboard
from degreecheck.gui.pages.submission import SubmissionPage
from degreecheck.gui.places import Target
from degreecheck.gui.session import Session
from make import ID_NUMBER, adult_form, changed, perfect_form, school

Open = Callable[..., Session]
Show = Callable[..., SubmissionPage]
ZH = text.load("zh")


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """The page in a window of its own."""
    return lambda session, language="zh": show_page(qtbot, SubmissionPage(session, text.load(language)))


def with_submission(form: Form | None = None, **values: object) -> Form:
    return changed(form or perfect_form(), {f"submission.{name}": value for name, value in values.items()})


def words_in(widget: QWidget) -> str:
    QApplication.processEvents()  # what was just made is shown with the next events
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def choose(qtbot: QtBot, page: SubmissionPage, status: str) -> None:
    """Tab to the states, walk with the arrows, choose with the space bar."""
    reach(page, next(button for button in page.status.buttons.values() if button.isChecked()))
    while QApplication.focusWidget() is not page.status.buttons[status]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)


# ---- states and history


def test_walking_over_the_states_changes_nothing(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(perfect_form())
    page = shown(session)
    reach(page, page.status.buttons["draft"])
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert page.status.buttons["returned"].hasFocus()
    assert session.form.submission.status == "draft"
    assert session.form.submission.history == ()


def test_handing_in_keeps_what_was_handed_in(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(perfect_form())
    page = shown(session)
    with qtbot.waitSignal(session.told) as told:
        choose(qtbot, page, "not_reviewed")
    assert told.args == [ZH.get("ui.history.kept")]
    assert session.form.submission.status == "not_reviewed"
    (entry,) = submission_history.handed_in(session.form)
    assert entry.values["courses.average_score"] == session.form.courses.average_score
    assert entry.at == session.now
    assert not page.guide.opened
    session.undo()
    assert session.form.submission.status == "draft"
    assert session.form.submission.history == ()
    assert page.status.buttons["draft"].isChecked()


def test_choosing_the_present_state_again_adds_nothing(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(perfect_form())
    page = shown(session)
    choose(qtbot, page, "not_reviewed")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert len(session.form.submission.history) == 1


def test_handing_in_again_keeps_the_reason_and_shows_what_changed(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(perfect_form())
    page = shown(session)
    choose(qtbot, page, "not_reviewed")
    choose(qtbot, page, "returned")
    session.set_value("submission.returned_reason", "平均分含论文")
    session.set_value("thesis.title", "社区生鲜店的库存管理")
    assert page.history.opened
    assert "论文题目" in words_in(page.history)
    choose(qtbot, page, "not_reviewed")
    assert session.form.submission.returned_reason == ""
    page.history.set_opened(True)
    said = words_in(page.history)
    assert "平均分含论文" in said
    assert "社区生鲜店的库存管理研究 → 社区生鲜店的库存管理" in said
    assert ID_NUMBER not in said


@pytest.mark.parametrize("status", ["draft", "not_reviewed", "in_review", "passed", "returned", "refused"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_says_what_it_means_and_what_is_next(opened: Open, shown: Show, status: str, language: str) -> None:
    page = shown(opened(with_submission(status=status)), language)
    assert page.next.lines
    assert all(line.strip() for line in page.next.lines)
    assert page.status.buttons[status].isChecked()
    assert text.load(language).get(f"ui.status.means.{status}") in page.status.buttons[status].accessibleName()


def test_who_is_not_ready_is_told_before_handing_in(opened: Open, shown: Show) -> None:
    session = opened(changed(perfect_form(), {"personal.mobile": "", "materials": {}}))
    page = shown(session)
    errors = session.report.counts["error"]
    assert page.next.lines[0] == ZH.get("ui.status.not_ready", count=errors)
    session.set_value("personal.mobile", "13800001234")
    assert page.next.lines[0] == ZH.get("ui.status.not_ready", count=errors - 1)
    session.set_value("submission.status", "in_review")
    assert ZH.get("ui.status.not_ready", count=errors - 1) not in page.next.lines


def test_what_is_open_depends_on_the_state(opened: Open, shown: Show) -> None:
    page = shown(opened(perfect_form()))
    assert (page.guide.opened, page.values.opened, page.mailing.opened) == (True, True, False)
    page.session.set_value("submission.status", "passed")
    assert (page.guide.opened, page.values.opened, page.mailing.opened) == (False, False, True)


def test_both_sentences_about_when_to_send_the_photo_stand_there(opened: Open, shown: Show) -> None:
    page = shown(opened(with_submission(status="in_review")))
    said = words_in(page.mailing)
    assert ZH.get("prints.when_in_review") in said
    assert ZH.get("prints.when_passed") in said
    assert "顺丰" in said


def test_final_states_say_so(opened: Open, shown: Show) -> None:
    page = shown(opened(with_submission(status="refused")))
    assert any("不能再次提交" in line for line in page.next.lines)
    assert not page.deadline.isVisible()


# ---- copying


def test_the_id_number_is_masked_on_screen_and_copied_whole(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(perfect_form())
    page = shown(session)
    row = page.value_list.rows["personal.id_number"]
    assert ID_NUMBER not in words_in(page)
    press(qtbot, page, row.button)
    held = QGuiApplication.clipboard().mimeData()
    assert held.text() == ID_NUMBER
    assert all(clipboard.WINDOWS_FORMATS[index] in " ".join(held.formats()) for index in range(3))
    session.set_masked(False)
    assert ID_NUMBER in words_in(row)


def test_a_title_is_copied_without_marks_and_counted(qtbot: QtBot, opened: Open, shown: Show) -> None:
    page = shown(opened(perfect_form()))
    row = page.value_list.rows["thesis.title"]
    press(qtbot, page, row.button)
    assert QGuiApplication.clipboard().text() == "社区生鲜店的库存管理研究"
    assert not QGuiApplication.clipboard().mimeData().hasFormat(clipboard.KDE_FORMAT)
    total = sum(bool(one.value) for one in page.value_list.rows.values())
    assert page.value_list.progress.text() == ZH.get("copy_sheet.progress", done=1, total=total)
    page.session.set_value("thesis.title", "另一个题目")
    assert page.value_list.progress.text() == ZH.get("copy_sheet.progress", done=0, total=total)


def test_what_is_blank_is_called_so_and_cannot_be_copied(opened: Open, shown: Show) -> None:
    page = shown(opened(changed(perfect_form(), {"courses.major": ""})))
    row = page.value_list.rows["courses.major"]
    assert ZH.get("copy_sheet.empty") in words_in(row)
    assert not row.button.isEnabled()


def test_values_follow_the_form_and_the_type_of_applicant(opened: Open, shown: Show) -> None:
    session = opened(perfect_form())
    page = shown(session)
    assert "personal.exam_number" in page.value_list.rows
    session.change(adult_form())
    assert "personal.exam_number" not in page.value_list.rows
    assert page.value_list.rows["personal.student_number"].value == "2021-0456"


def test_uploads_stand_under_the_names_of_an_export(qtbot: QtBot, opened: Open, shown: Show, tmp_path: Path) -> None:
    session = opened(folder=make_folders.write(tmp_path / "林小满-学位申请"))
    page = shown(session)
    assert "05-电子照片.jpg" in words_in(page.value_list)
    with qtbot.waitSignal(session.going_to) as gone:
        press(qtbot, page, next(one for one in page.findChildren(QPushButton) if one.text() == "去导出"))
    assert gone.args == [Target("export")]


def test_long_values_widen_nothing(opened: Open, shown: Show) -> None:
    form = changed(
        perfect_form(), {"thesis.title": "题" * 200, "personal.name": "X" * 200, "thesis.advisor": "y" * 200}
    )
    page = shown(opened(form))
    page.resize(420, 500)
    QApplication.processEvents()
    assert page.widget().width() <= page.viewport().width()


# ---- the portal


def test_steps_are_ticked_for_oneself_and_stay_until_the_window_closes(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(perfect_form())
    page = shown(session)
    press(qtbot, page, page.portal.steps["register"].tick)
    assert not session.can_undo  # nothing of the form has changed
    page.hide()
    page.deleteLater()
    other = shown(session, "en")
    assert other.portal.steps["register"].tick.isChecked()
    assert not other.portal.steps["login"].tick.isChecked()


def test_traps_stand_at_their_steps(opened: Open, shown: Show) -> None:
    page = shown(opened(perfect_form()))
    assert "验证码" in words_in(page.portal.steps["login"])
    assert "右上角" in words_in(page.portal.steps["submit"])
    assert "不收取任何费用" in words_in(page.portal)


def test_addresses_are_copied_and_opened_only_on_a_click(
    qtbot: QtBot, opened: Open, shown: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited: list[str] = []
    monkeypatch.setattr(
        "degreecheck.gui.portal_guide.QDesktopServices.openUrl", lambda url: visited.append(url.toString())
    )
    session = opened(perfect_form())
    page = shown(session)
    assert visited == []
    press(qtbot, page, page.portal.copies[0])
    assert QGuiApplication.clipboard().text() == session.pack.portal.addresses[0]
    press(qtbot, page, page.portal.openers[1])
    assert visited == [session.pack.portal.addresses[1]]


def test_an_address_that_is_no_web_page_is_not_opened(opened: Open, shown: Show) -> None:
    session = opened(perfect_form())
    session.pack = school({"portal.addresses": ("file:///C:/Windows/System32/calc.exe", "ms-settings:")})
    page = shown(session)
    assert page.portal.openers == []
    assert len(page.portal.copies) == 2


def test_another_school_brings_its_own_portal(opened: Open, shown: Show) -> None:
    session = opened(perfect_form())
    page = shown(session)
    other = pack.find("cqut")
    session.choose_pack("cqut", other)
    said = words_in(page.portal)
    assert page.portal.copies
    assert len(page.portal.copies) == len(other.portal.addresses)
    assert [address for address in other.portal.addresses if address in said] == list(other.portal.addresses)
    assert page.mailing.isVisible() == (other.mailing is not None)
    session.undo()
    assert len(page.portal.copies) == len(session.pack.portal.addresses)


# ---- a reason


def test_a_pasted_reason_leads_to_what_it_speaks_of(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(with_submission(status="returned"))
    page = shown(session)
    editor = page.rows["submission.returned_reason"].editor
    reach(page, editor)
    QGuiApplication.clipboard().setText("照片底色不符；平均分含论文；请于钟楼集合")
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    said = words_in(page.returned)
    assert ZH.get("returned.photo_background.title") in said
    assert "请于钟楼集合" in said
    links = {link.text(): link for link in page.returned.findChildren(QPushButton)}
    for thing, target in (
        ("电子照片", Target("identity", slot="photo")), ("平均成绩", Target("courses", "courses.average_score")),
    ):  # fmt: skip
        with qtbot.waitSignal(session.going_to) as gone:
            press(qtbot, page, links[ZH.get("ui.returned.go", thing=thing)])
        assert gone.args == [target]


def test_a_reason_that_nothing_is_understood_of_is_shown_whole(opened: Open, shown: Show) -> None:
    page = shown(opened(with_submission(status="returned", returned_reason="请于钟楼集合")))
    assert ZH.get("ui.returned.nothing_understood") in words_in(page.returned)
    assert "请于钟楼集合" in words_in(page.returned)


def test_a_reason_is_asked_only_of_an_application_that_came_back(opened: Open, shown: Show) -> None:
    page = shown(opened(perfect_form()))
    assert not page.rows["submission.returned_reason"].isVisible()
    assert not page.returned.isVisible()


def test_hostile_reasons_are_plain_text(opened: Open, shown: Show) -> None:
    words = "<img src=x onerror=alert(1)> 照片底色不符 " + "长" * 9_000
    page = shown(opened(with_submission(status="returned", returned_reason=words)))
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in page.returned.findChildren(QLabel))


# ---- dates


def test_the_correction_date_is_asked_for(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(with_submission(status="returned"))
    page = shown(session)
    assert page.deadline.label.text() == ZH.get("deadline.sentence.correction_unknown")
    press(qtbot, page, page.deadline.button)
    editor = QApplication.focusWidget()
    assert editor is page.rows["submission.correction_closes"].editor
    qtbot.keyClicks(editor, "2026-05-20 23:59")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.form.submission.correction_closes == datetime(2026, 5, 20, 23, 59, tzinfo=SCHOOL_TIME)
    assert "2026-05-20 23:59" in page.deadline.label.text()


def test_a_past_round_is_a_hint_only(opened: Open, shown: Show) -> None:
    page = shown(opened(with_submission(window_opens=None, window_closes=None)))
    assert page.deadline.label.text() == ZH.get("deadline.sentence.unknown")
    assert "供参考" in page._round_words.text()
    assert not page.use_round.isVisible()


def test_a_round_under_way_is_offered_and_never_filled_in_silently(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(with_submission(window_opens=None, window_closes=None))
    closes = datetime(2027, 4, 24, 23, 59, tzinfo=SCHOOL_TIME)
    session.pack = school({"rounds": [{"name": "本批", "notice": "通知", "window_closes": closes}]})
    page = shown(session)
    assert session.form.submission.window_closes is None
    press(qtbot, page, page.use_round)
    assert session.form.submission.window_closes == closes
    session.undo()
    assert session.form.submission.window_closes is None


# ---- whom to ask


def test_whom_to_ask_depends_on_the_applicant(qtbot: QtBot, opened: Open, shown: Show) -> None:
    session = opened(perfect_form())
    page = shown(session)
    assert "王老师" in words_in(page.contact)
    session.change(adult_form())
    assert "李老师" in words_in(page.contact)
    press(qtbot, page, page.contact.button)
    assert QGuiApplication.clipboard().text() == "023-65022052"


def test_a_school_without_an_address_shows_none(opened: Open, shown: Show) -> None:
    session = opened(with_submission(status="passed"))
    session.pack = school({"mailing": None, "contacts": ()})
    page = shown(session)
    assert not page.mailing.isVisible()
    assert not page.contact.isVisible()
