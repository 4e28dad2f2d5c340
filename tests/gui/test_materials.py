"""Files brought into an application, put into slots, moved between them; originals are never touched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck.form import Form
from degreecheck.gui import materials
from degreecheck.gui.bringing_in import Refused
from degreecheck.gui.session import Session
from make_materials import OTHER, PICTURE, SLOT, bring, put


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


def refused(qtbot: QtBot, session: Session, *files: Path, slot: str = SLOT) -> list[Refused]:
    """Add files that are not taken, and say why."""
    kept = materials.of(session)
    with qtbot.waitSignal(kept.refused, timeout=60_000) as told:
        kept.add(slot, files)
    assert told.args is not None
    return list(told.args[1])


def test_a_file_is_copied_and_its_original_stays_as_it_was(qtbot: QtBot, session: Session, outside: Path) -> None:
    put(outside / "微信图片_20240405103055.jpg")
    before = make_folders.snapshot(outside)
    bring(qtbot, session, outside / "微信图片_20240405103055.jpg")
    assert session.form.materials == {SLOT: ("materials/微信图片_20240405103055.jpg",)}
    assert make_folders.snapshot(outside) == before
    assert (session.path / "materials/微信图片_20240405103055.jpg").read_bytes() == PICTURE
    kept = json.loads((session.path / ".degreecheck/copied.json").read_text(encoding="utf-8"))
    assert [(file["name"], file["size"]) for file in kept["files"]] == [
        ("materials/微信图片_20240405103055.jpg", len(PICTURE))
    ]
    qtbot.waitUntil(lambda: "materials/微信图片_20240405103055.jpg" in session.inspection.facts, timeout=60_000)


def test_many_files_at_once_are_one_step_in_the_order_of_their_numbers(
    qtbot: QtBot, session: Session, outside: Path
) -> None:
    files = [put(outside / f"成绩单{number}.jpg", PICTURE + bytes([number])) for number in (10, 2, 1)]
    bring(qtbot, session, *files, slot="transcript")
    assert session.form.listed("transcript") == tuple(f"materials/成绩单{number}.jpg" for number in (1, 2, 10))
    session.undo()
    assert session.form.listed("transcript") == ()
    session.redo()
    assert len(session.form.listed("transcript")) == 3


def test_a_file_inside_the_folder_is_only_listed(qtbot: QtBot, session: Session) -> None:
    mine = put(session.path / "证件/身份证.jpg")
    kept = bring(qtbot, session, mine)
    assert session.form.listed(SLOT) == ("证件/身份证.jpg",)
    assert not (session.path / "materials").exists()
    assert not kept.is_copied("证件/身份证.jpg")


def test_the_same_content_is_never_copied_twice(qtbot: QtBot, session: Session, outside: Path) -> None:
    bring(qtbot, session, put(outside / "考籍.jpg"), slot="transcript")
    bring(qtbot, session, put(outside / "考籍 副本.jpg"), slot="registration_page")
    assert session.form.listed("registration_page") == session.form.listed("transcript")
    [again] = refused(qtbot, session, outside / "考籍 副本.jpg", slot="transcript")
    assert again == Refused("考籍.jpg", "twice")
    assert [path.name for path in (session.path / "materials").iterdir()] == ["考籍.jpg"]


def test_what_can_be_no_material_is_refused_with_its_reason(qtbot: QtBot, session: Session, outside: Path) -> None:
    (outside / "照片文件夹").mkdir()
    put(outside / "空.jpg", b"")
    names = ("材料.zip", "材料.rar", "软件.exe", "微信.lnk", "录像.mp4", "成绩.xlsx", "~$论文.docx", "desktop.ini")
    for name in names:
        put(outside / name)
    answers = refused(qtbot, session, *sorted(outside.iterdir()), outside / "没有这个.jpg")
    assert {answer.name: answer.reason for answer in answers} == {
        "照片文件夹": "folder", "空.jpg": "empty", "材料.zip": "archive", "材料.rar": "archive", "软件.exe": "program",
        "微信.lnk": "shortcut", "录像.mp4": "video", "成绩.xlsx": "not_a_material", "~$论文.docx": "temporary",
        "desktop.ini": "temporary", "没有这个.jpg": "gone",
    }  # fmt: skip
    assert not (session.path / "materials").exists()
    assert session.form.materials == {}


def test_good_files_of_a_drop_come_in_and_the_others_are_told(qtbot: QtBot, session: Session, outside: Path) -> None:
    files = [put(outside / "准考证.jpg"), put(outside / "材料.zip")]
    kept = materials.of(session)
    with qtbot.waitSignals([kept.brought, kept.refused], timeout=60_000):
        kept.add(SLOT, files)
    assert session.form.listed(SLOT) == ("materials/准考证.jpg",)


def test_a_document_is_no_photo(qtbot: QtBot, session: Session, outside: Path) -> None:
    assert refused(qtbot, session, put(outside / "照片.pdf"), slot="photo") == [Refused("照片.pdf", "not_a_picture")]


def test_the_programs_own_files_are_no_material(qtbot: QtBot, session: Session) -> None:
    inner = put(session.path / ".degreecheck/图.jpg")
    form = session.path / "application.json"
    assert {one.reason for one in refused(qtbot, session, inner, form)} <= {"own", "temporary"}


def test_a_picture_from_the_clipboard_becomes_a_file(qtbot: QtBot, session: Session) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    kept = materials.of(session)
    for _ in range(2):
        with qtbot.waitSignal(kept.brought, timeout=60_000):
            kept.add_picture(SLOT, picture, "截图")
    first, second = session.form.listed(SLOT)
    assert first.startswith("materials/截图_")
    assert second == first.replace(".png", " (2).png")
    assert QImage(str(session.path / first)).size() == picture.size()
    assert kept.is_copied(first)


def test_replacing_keeps_the_place(qtbot: QtBot, session: Session, outside: Path) -> None:
    bring(qtbot, session, put(outside / "1.jpg"), put(outside / "2.jpg", OTHER), slot="transcript")
    kept = bring(qtbot, session, put(outside / "新.jpg", OTHER + b"x"), slot="transcript", replacing="materials/1.jpg")
    assert kept.files("transcript") == ("materials/新.jpg", "materials/2.jpg")
    session.undo()
    assert kept.files("transcript") == ("materials/1.jpg", "materials/2.jpg")


def test_pages_change_places_and_slots(qtbot: QtBot, session: Session) -> None:
    session.set_materials({"transcript": ["a.jpg", "b.jpg", "c.jpg"]})
    kept = materials.of(session)
    kept.shift("transcript", "a.jpg", 2)
    assert kept.files("transcript") == ("b.jpg", "c.jpg", "a.jpg")
    kept.shift("transcript", "a.jpg", 99)
    kept.shift("transcript", "没有.jpg", 0)
    assert kept.files("transcript") == ("b.jpg", "c.jpg", "a.jpg")
    kept.move("c.jpg", "transcript", "registration_page")
    assert kept.files("transcript") == ("b.jpg", "a.jpg")
    assert kept.files("registration_page") == ("c.jpg",)
    session.undo()
    assert kept.files("transcript") == ("b.jpg", "c.jpg", "a.jpg")
    kept.assign("a.jpg", "registration_page")
    with qtbot.waitSignal(kept.refused) as told:
        kept.move("a.jpg", "transcript", "registration_page")
    assert told.args == ["registration_page", (Refused("a.jpg", "twice"),)]
