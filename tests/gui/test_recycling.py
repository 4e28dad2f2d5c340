"""What goes to the recycle bin: only what the program itself brought in, and never what is still used."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck import form_file, paths
from degreecheck.form import Form
from degreecheck.gui import copied_list, materials, recycling
from degreecheck.gui.bringing_in import Brought, bring_in
from degreecheck.gui.session import Session
from make_materials import OTHER, SLOT, Copying, bring, leave, put


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """Where people keep their own files."""
    place = tmp_path / "桌面"
    place.mkdir()
    return place


@pytest.fixture
def session(opened: Any) -> Session:
    """An application in which nothing is filled in."""
    made = opened(Form())
    assert isinstance(made, Session)
    return made


@pytest.fixture
def bin_of(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A recycle bin: the names of what went into it. The test's own, never the developer's."""
    gone: list[str] = []
    place = tmp_path_factory.mktemp("bin")

    class Bin:
        def __init__(self, name: str) -> None:
            self.path = Path(name)

        def moveToTrash(self) -> bool:  # noqa: N802 (Qt's name)
            if self.path.name == "固执.jpg":
                return False
            gone.append(self.path.name)
            self.path.rename(place / str(len(gone)))
            return True

    monkeypatch.setattr(recycling, "QFile", Bin)
    return gone


def test_the_system_s_own_bin_takes_a_file_and_says_so(
    qtbot: QtBot, session: Session, outside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))  # where Linux has its bin
    kept = bring(qtbot, session, put(outside / "a.jpg"), put(outside / "b.jpg", OTHER))
    kept.remove(SLOT, "materials/a.jpg")
    assert session.saving.finish()
    pool = session.background.pool
    assert recycling.throw_away(session.path, ["materials/a.jpg"], pool) == ["materials/a.jpg"]
    assert not (session.path / "materials/a.jpg").exists()
    assert recycling.clear(session.path, pool).stayed == ()
    assert not (session.path / paths.FORM_NAME).exists()


def test_what_was_taken_out_goes_to_the_bin_when_the_window_is_left(
    qtbot: QtBot, session: Session, outside: Path, bin_of: list[str]
) -> None:
    kept = bring(qtbot, session, put(outside / "a.jpg"), put(outside / "b.jpg", OTHER))
    kept.remove(SLOT, "materials/a.jpg")
    assert session.inspection.discarded == {"materials/a.jpg"}
    assert (session.path / "materials/a.jpg").exists()
    leave(session)
    assert bin_of == ["a.jpg"]
    assert (session.path / "materials/b.jpg").exists()
    assert set(copied_list.read(session.path)) == {"materials/b.jpg"}
    assert make_folders.snapshot(outside).keys() == {"a.jpg", "b.jpg"}


def test_undo_brings_it_back(qtbot: QtBot, session: Session, outside: Path, bin_of: list[str]) -> None:
    kept = bring(qtbot, session, put(outside / "a.jpg"))
    kept.remove(SLOT, "materials/a.jpg")
    session.undo()
    assert session.inspection.discarded == set()
    assert kept.files(SLOT) == ("materials/a.jpg",)
    leave(session)
    assert bin_of == []


def test_an_addition_that_was_undone_is_thrown_away_too(
    qtbot: QtBot, session: Session, outside: Path, bin_of: list[str]
) -> None:
    bring(qtbot, session, put(outside / "a.jpg"))
    session.undo()
    leave(session)
    assert bin_of == ["a.jpg"]


def test_the_persons_own_files_are_never_thrown_away(qtbot: QtBot, session: Session, bin_of: list[str]) -> None:
    kept = bring(qtbot, session, put(session.path / "自己的.jpg"))
    kept.remove(SLOT, "自己的.jpg")
    assert session.inspection.discarded == set()
    leave(session)
    assert bin_of == []
    assert (session.path / "自己的.jpg").exists()


def test_a_file_that_was_changed_since_stays(qtbot: QtBot, session: Session, outside: Path, bin_of: list[str]) -> None:
    kept = bring(qtbot, session, put(outside / "论文.docx", b"PK" + b"1" * 50), slot="thesis_document")
    (session.path / "materials/论文.docx").write_bytes(b"PK" + b"2" * 50)
    kept.remove("thesis_document", "materials/论文.docx")
    leave(session)
    assert bin_of == []
    assert (session.path / "materials/论文.docx").exists()


def test_a_file_that_the_bin_does_not_take_stays(
    qtbot: QtBot, session: Session, outside: Path, bin_of: list[str]
) -> None:
    kept = bring(qtbot, session, put(outside / "固执.jpg"))
    kept.remove(SLOT, "materials/固执.jpg")
    leave(session)
    assert bin_of == []
    assert "materials/固执.jpg" in copied_list.read(session.path)


def test_what_the_saved_form_still_lists_stays(
    qtbot: QtBot, session: Session, outside: Path, bin_of: list[str]
) -> None:
    kept = bring(qtbot, session, put(outside / "a.jpg"))
    assert session.close()
    kept.remove(SLOT, "materials/a.jpg")
    saved = session.path / "application.json"
    known = hashlib.sha256(saved.read_bytes()).hexdigest()
    form_file.save(Form(materials={"other": ("materials/a.jpg",)}), saved, loaded_sha256=known)  # another window
    materials.throw_away(session)
    session.background.write(session.background, lambda: None).result()
    assert bin_of == []


def test_killed_after_copying_the_file_lies_there_and_is_offered(
    qtbot: QtBot, opened: Any, session: Session, outside: Path, bin_of: list[str]
) -> None:
    [answer] = bring_in([put(outside / "准考证.jpg")], session.path, SLOT, [], session.background.pool)
    assert isinstance(answer, Brought)  # and the program ends before anything is listed
    again = opened(folder=session.path)
    kept = materials.of(again)
    with qtbot.waitSignal(kept.changed):
        assert again.inspection.unassigned == ("materials/准考证.jpg",)
    leave(again)
    assert bin_of == []


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"files": 3}', '{"files": [{"name": "../x.jpg", "size": 1, "sha256": "%s"}]}' % ("0" * 64),
     '{"files": [{"name": "/etc/passwd", "size": 1, "sha256": "%s"}]}' % ("0" * 64),
     '{"files": [{"name": "application.json", "size": 1, "sha256": "%s"}, 7, null]}' % ("0" * 64), "[" * 100_000],
)  # fmt: skip
def test_a_list_from_elsewhere_is_believed_only_where_it_makes_sense(tmp_path: Path, text: str) -> None:
    put(tmp_path / ".degreecheck/copied.json", text.encode())
    assert copied_list.read(tmp_path) == {}


def test_a_folder_that_was_only_looked_at_is_not_clearable(tmp_path: Path) -> None:
    place = make_folders.write(tmp_path / "张三")
    assert materials.clearable(place) == []
    assert recycling.clear(place, Copying()).gone == ()


def test_clearing_takes_what_the_program_brought_and_nothing_else(
    qtbot: QtBot, session: Session, outside: Path, bin_of: list[str]
) -> None:
    kept = bring(qtbot, session, put(outside / "a.jpg"), put(outside / "论文.docx", b"PK" + b"1" * 50))
    put(session.path / "materials/自己的.jpg", OTHER)
    put(session.path / f"materials/.{'0' * 16}.part", b"half")
    names = materials.clearable(session.path)
    assert names == ["materials/a.jpg", "materials/论文.docx", f"materials/.{'0' * 16}.part", "application.json",
                     ".degreecheck"]  # fmt: skip
    (session.path / "materials/论文.docx").write_bytes(b"PK" + b"2" * 50)
    told: list[recycling.Cleared] = []
    materials.clear_application(session, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert told[0].stayed == ("materials/论文.docx", ".degreecheck")
    assert sorted(path.name for path in (session.path / "materials").iterdir()) == ["自己的.jpg", "论文.docx"]
    kept.assign("materials/自己的.jpg", SLOT)
    assert session.saving.state != "waiting"
    assert not (session.path / "application.json").exists()


def test_clearing_what_is_the_programs_alone_leaves_nothing(
    qtbot: QtBot, session: Session, outside: Path, bin_of: list[str]
) -> None:
    bring(qtbot, session, put(outside / "a.jpg"))
    cleared = recycling.clear(session.path, session.background.pool)
    assert cleared.stayed == ()
    assert not session.path.exists()


def test_an_application_that_was_begun_here_can_be_cleared(tmp_path: Path) -> None:
    copied_list.begin(tmp_path)
    put(tmp_path / "application.json", b"{}")
    assert recycling.clearable(tmp_path) == ["application.json", ".degreecheck"]
