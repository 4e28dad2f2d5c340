"""An open application: changes are judged at once, undone one by one, saved by themselves, and never over others'."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck import form_file, paths, text
from degreecheck.form import Form, with_value
from degreecheck.gui.findings_panel import FindingsPanel
from degreecheck.gui.history import GREATEST_STEPS, History
from degreecheck.gui.parts import EmptyState
from degreecheck.gui.session import Session
from degreecheck.gui.steps import state_of
from make import perfect_form

Open = Callable[..., Session]


def codes(session: Session) -> set[str]:
    return {finding.code for finding in session.report.findings}


def saved(session: Session) -> Form:
    return form_file.load(session.saving.path).form


def test_a_change_is_judged_at_once(opened: Open) -> None:
    session = opened(perfect_form())
    assert "IDN101" not in codes(session)
    session.set_value("personal.name", "")
    assert "IDN101" in codes(session)


def test_a_half_typed_number_is_not_judged_until_the_field_is_left(opened: Open) -> None:
    session = opened(perfect_form())
    before = codes(session)
    session.set_value("personal.mobile", "138", settled=False)
    assert codes(session) == before
    assert session.value("personal.mobile") == "138"
    session.settle("personal.mobile")
    assert "IDN402" in codes(session)


def test_typing_in_one_field_is_one_step_back(opened: Open) -> None:
    session = opened(perfect_form())
    name = session.value("personal.name")
    for length in range(1, 4):
        session.set_value("personal.name", "李小四"[:length])
    session.settle("personal.name")
    session.set_value("thesis.title", "题目")
    session.undo()
    session.undo()
    assert session.value("personal.name") == name
    assert not session.can_undo
    session.redo()
    assert session.value("personal.name") == "李小四"


def test_several_values_are_undone_together(opened: Open) -> None:
    session = opened(perfect_form())
    session.set_values({"personal.name": "李四", "thesis.title": "另一个题目"})
    session.undo()
    assert session.form == perfect_form()


def test_what_is_no_date_is_kept_and_said(opened: Open) -> None:
    session = opened(perfect_form())
    session.put_aside("institution.entry_date", "二〇一九年春")
    assert session.aside("institution.entry_date") == "二〇一九年春"
    assert "SYS101" in codes(session)
    session.set_value("institution.entry_date", perfect_form().institution.entry_date)
    assert session.aside("institution.entry_date") == ""
    assert "SYS101" not in codes(session)


def test_an_answer_holds_until_it_is_taken_back(opened: Open) -> None:
    session = opened(with_value(perfect_form(), "institution.school", "某某大学"))
    asked = next(finding for finding in session.report.findings if finding.code == "SCH102")
    session.answer(asked)
    assert next(f for f in session.report.findings if f.code == "SCH102").answered
    session.answer(asked, yes=False)
    assert not next(f for f in session.report.findings if f.code == "SCH102").answered


def test_every_change_is_saved_by_itself(opened: Open, qtbot: QtBot) -> None:
    session = opened(perfect_form())
    session.set_value("personal.name", "李四")
    assert session.saving.pending
    qtbot.waitUntil(lambda: session.saving.state == "saved" and not session.saving.pending, timeout=10_000)
    assert saved(session).personal.name == "李四"


def test_typing_on_and_on_does_not_put_saving_off(opened: Open, qtbot: QtBot) -> None:
    session = opened(perfect_form())
    typed: list[str] = []

    def type_on() -> bool:
        typed.append("字")
        session.set_value("thesis.title", "".join(typed))
        return "字" in saved(session).thesis.title

    qtbot.waitUntil(type_on, timeout=10_000)


def test_closing_writes_what_is_left(opened: Open) -> None:
    session = opened(perfect_form())
    session.set_value("personal.name", "李四")
    assert session.close()
    assert saved(session).personal.name == "李四"


def test_two_windows_on_one_folder_do_not_overwrite_each_other(opened: Open, qtbot: QtBot) -> None:
    ours = opened(perfect_form())
    theirs = opened(folder=ours.path)
    theirs.set_value("personal.name", "李四")
    assert theirs.saving.finish()
    ours.set_value("personal.name", "王五")
    qtbot.waitUntil(lambda: ours.saving.state == "elsewhere", timeout=10_000)
    assert saved(ours).personal.name == "李四"
    ours.load_theirs()
    assert ours.value("personal.name") == "李四"
    ours.undo()
    assert ours.value("personal.name") == "王五"
    assert ours.saving.finish()
    copies = list((ours.path / paths.PROGRAM_FOLDER).glob("application-*.json"))
    assert [form_file.load(copy).form.personal.name for copy in copies] == ["王五"]  # what was given up


def test_what_was_saved_elsewhere_and_cannot_be_read_replaces_nothing(opened: Open, qtbot: QtBot) -> None:
    ours = opened(perfect_form())
    ours.saving.path.write_bytes(b'{"personal":')
    ours.set_value("personal.name", "王五")
    qtbot.waitUntil(lambda: ours.saving.state == "elsewhere", timeout=10_000)
    assert not ours.load_theirs()
    assert ours.value("personal.name") == "王五"
    assert ours.saving.state == "elsewhere"


def test_ours_can_be_kept_and_theirs_remains_as_a_copy(opened: Open, qtbot: QtBot) -> None:
    ours = opened(perfect_form())
    theirs = opened(folder=ours.path)
    theirs.set_value("personal.name", "李四")
    assert theirs.saving.finish()
    ours.set_value("personal.name", "王五")
    qtbot.waitUntil(lambda: ours.saving.state == "elsewhere", timeout=10_000)
    ours.saving.keep_ours()
    qtbot.waitUntil(lambda: ours.saving.state == "saved", timeout=10_000)
    assert saved(ours).personal.name == "王五"
    copies = list((ours.path / paths.PROGRAM_FOLDER).glob("application-*.json"))
    assert [form_file.load(copy).form.personal.name for copy in copies] == ["李四"]


def test_what_another_program_saved_is_taken_over_when_nothing_of_ours_waits(opened: Open, qtbot: QtBot) -> None:
    session = opened(perfect_form())
    other = with_value(perfect_form(), "personal.name", "李四")
    session.saving.path.write_bytes(form_file.dump(other))
    session.look_again()
    qtbot.waitUntil(lambda: session.value("personal.name") == "李四", timeout=10_000)


def test_a_form_that_cannot_be_read_is_not_overwritten_unasked(opened: Open, tmp_path: Path) -> None:
    folder = tmp_path / "坏的"
    folder.mkdir()
    damaged = b'{"personal": {"name": "\xd5\xc5'
    (folder / paths.FORM_NAME).write_bytes(damaged)
    session = opened(folder=folder)
    assert session.report.verdict == "unreadable"
    session.set_value("personal.name", "李四")
    assert not session.close()
    assert (folder / paths.FORM_NAME).read_bytes() == damaged
    session.start_afresh()
    assert session.close()
    assert saved(session).personal.name == "李四"
    assert [copy.read_bytes() for copy in (folder / paths.PROGRAM_FOLDER).glob("*.json")] == [damaged]


def test_a_full_disk_is_said_and_the_next_change_tries_again(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(perfect_form())

    def full(*_arguments: object, **_options: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(form_file, "save", full)
        session.set_value("personal.name", "李四")
        qtbot.waitUntil(lambda: session.saving.state == "failed", timeout=10_000)
        assert session.saving.reason == "no_space"
        assert not session.close()
    session.set_value("personal.name", "李小四")
    assert session.close()
    assert saved(session).personal.name == "李小四"


def test_taking_back_what_could_not_be_written_ends_the_trouble(
    opened: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = opened(perfect_form())

    def closed(*_arguments: object, **_options: object) -> str:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as broken:
        broken.setattr(form_file, "save", closed)
        session.set_value("personal.name", "李四")
        qtbot.waitUntil(lambda: session.saving.state == "failed", timeout=10_000)
        session.undo()
    assert session.saving.state == "saved"
    assert saved(session).personal.name == "林小满"


def test_files_are_looked_at_in_the_background(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "赵六"
    make_folders.write(folder)
    session = opened(folder=folder, looked=False)
    assert session.inspection.busy
    qtbot.waitUntil(lambda: not session.inspection.busy, timeout=60_000)
    listed = {entry.file for entry in session.inspection.listed}
    assert listed == set(session.inspection.facts)
    assert not {code for code in codes(session) if code.startswith("SYS2")}


def test_a_page_is_not_said_to_be_right_while_its_files_are_looked_at(
    opened: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    texts = text.load("zh")
    folder = tmp_path / "赵六"
    make_folders.write(folder)
    session = opened(folder=folder, looked=False)
    panel = FindingsPanel(session, texts)
    qtbot.addWidget(panel)
    panel.show_page("transcript")
    panel.show()
    seen: list[tuple[str, str]] = []

    def look() -> None:
        shown = [state.text.text() for state in panel.findChildren(EmptyState) if state.isVisible()]
        seen.append((state_of("transcript", session)[0], " ".join(shown)))

    session.judged.connect(look)
    qtbot.waitUntil(lambda: not session.inspection.busy, timeout=60_000)
    assert seen[0] == ("busy", texts.get("ui.header.looking"))
    assert seen[-1] == ("ok", texts.get("ui.findings.nothing"))


def test_a_file_that_changes_is_looked_at_again(opened: Open, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "赵六"
    make_folders.write(folder)
    session = opened(folder=folder)
    photo = session.form.listed("photo")[0]
    before = session.inspection.facts[photo]
    (folder / photo).write_bytes(make_folders.jpeg(make_folders.photo((413, 579))))
    session.look_again()
    qtbot.waitUntil(lambda: session.inspection.facts.get(photo) not in (before, None), timeout=30_000)


def test_a_folder_that_vanishes_is_said(opened: Open, qtbot: QtBot) -> None:
    session = opened(perfect_form())
    session.path.rename(session.path.with_name("改名了"))
    session.look_again()
    qtbot.waitUntil(lambda: session.inspection.gone, timeout=10_000)
    session.set_value("personal.name", "李四")
    assert not session.close()
    assert not session.path.exists()


def test_the_file_holds_nothing_that_the_window_adds_of_its_own(opened: Open) -> None:
    session = opened(perfect_form())
    session.set_masked(False)
    session.visited.add("export")
    session.set_value("personal.name", "李四")
    session.close()
    assert set(json.loads(session.saving.path.read_text(encoding="utf-8"))) <= set(Form.model_fields)


def test_history_forgets_the_oldest_steps_first() -> None:
    history = History(Form())
    for number in range(GREATEST_STEPS + 5):
        history.change(with_value(history.form, "personal.name", str(number)))
    while history.can_undo:
        history.undo()
    assert history.form.personal.name == "4"
