"""Files brought into an application, put into slots, taken out, thrown away; and what is never touched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck import form_file
from degreecheck.facts import NotChecked, Unreadable
from degreecheck.form import Form
from degreecheck.gui import bringing_in, copied_list, materials, recycling
from degreecheck.gui.bringing_in import Brought, Refused, bring_in
from degreecheck.gui.copied_list import CopiedFile
from degreecheck.gui.materials import Materials
from degreecheck.gui.session import Session
from degreecheck.inspectors.messages import Copied, NotWritten, Request
from degreecheck.inspectors.pool import Pool

PICTURE = make_folders.jpeg(make_folders.paper())
OTHER = make_folders.jpeg(make_folders.paper(seed=3))
SLOT = "exam_permit"


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
        @staticmethod
        def moveToTrash(name: str) -> tuple[bool, str]:  # noqa: N802 (Qt's name)
            path = Path(name)
            if path.name == "固执.jpg":
                return False, ""
            gone.append(path.name)
            path.rename(place / str(len(gone)))
            return True, ""

    monkeypatch.setattr(recycling, "QFile", Bin)
    return gone


def put(place: Path, data: bytes = PICTURE) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


def folder_in(place: Path) -> Path:
    """An application folder beside where the files come from."""
    folder = place / "申请"
    folder.mkdir()
    return folder


def bring(qtbot: QtBot, session: Session, *files: Path, slot: str = SLOT, **more: Any) -> Materials:
    """Add files and wait until they are there."""
    kept = materials.of(session)
    with qtbot.waitSignal(kept.brought, timeout=60_000):
        kept.add(slot, files, **more)
    return kept


def refused(qtbot: QtBot, session: Session, *files: Path, slot: str = SLOT) -> list[Refused]:
    """Add files that are not taken, and say why."""
    kept = materials.of(session)
    with qtbot.waitSignal(kept.refused, timeout=60_000) as told:
        kept.add(slot, files)
    assert told.args is not None
    return list(told.args[1])


def leave(session: Session) -> None:
    """What the window does before another application is shown."""
    assert session.close()
    materials.throw_away(session)
    session.background.write(session.background, lambda: None).result()


# ---- bringing in


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


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mmexport1714300000000.jpg", "mmexport1714300000000.jpg"),
        ("CON.jpg", "CON_.jpg"),
        ("成绩 单 .jpg", "成绩 单.jpg"),
        ("论" * 70 + ".jpg", "论" * 60 + ".jpg"),
        ("x" * 200 + ".JPG", "x" * 60 + ".JPG"),
        ("没有扩展名", "没有扩展名"),
        ("\u202egpj.单绩成.jpg", "gpj.单绩成.jpg"),
    ],
)
def test_names_become_legal_everywhere(tmp_path: Path, name: str, expected: str) -> None:
    source = put(tmp_path / "来源" / name)
    [answer] = bring_in([source], folder_in(tmp_path), SLOT, [], Copying())
    assert isinstance(answer, Brought)
    assert answer.file == f"materials/{expected}"


class Copying(Pool):
    """Answers as a worker would, without one."""

    def __init__(self, *answers: object) -> None:
        self.asked: list[Request] = []
        self._answers = list(answers)

    def ask(self, request: Request) -> Any:
        self.asked.append(request)
        return self._answers.pop(0) if self._answers else Copied(size=len(PICTURE), sha256="0" * 64)


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    folder = tmp_path / "申请"
    put(folder / "materials/IMG_1.JPG", b"another")
    source = put(tmp_path / "来源/img_1.jpg")
    [answer] = bring_in([source], folder, SLOT, ["materials/IMG_1.JPG"], Copying())
    assert answer == Brought("materials/img_1 (2).jpg", CopiedFile("materials/img_1 (2).jpg", len(PICTURE), "0" * 64))


def test_a_name_that_is_taken_in_the_last_moment_gets_a_number(tmp_path: Path) -> None:
    source = put(tmp_path / "来源/a.jpg")
    copying = Copying(NotWritten(reason="exists"), NotWritten(reason="exists"))
    [answer] = bring_in([source], folder_in(tmp_path), SLOT, [], copying)
    assert isinstance(answer, Brought)
    assert answer.file == "materials/a (3).jpg"


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


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (NotWritten(reason="no_space"), "no_space"),
        (NotWritten(reason="no_permission"), "folder_closed"),
        (NotWritten(reason="failed"), "not_copied"),
        (Unreadable(reason="gone"), "gone"),
        (Unreadable(reason="no_permission"), "no_permission"),
        (Unreadable(reason="still_downloading"), "still_downloading"),
        (Unreadable(reason="in_use"), "in_use"),
        (NotChecked(reason="died"), "not_copied"),
    ],
)
def test_what_goes_wrong_while_copying_has_a_sentence(tmp_path: Path, answer: object, reason: str) -> None:
    source = put(tmp_path / "来源/a.jpg")
    folder = folder_in(tmp_path)
    assert bring_in([source], folder, SLOT, [], Copying(answer)) == [Refused("a.jpg", reason)]
    assert copied_list.read(folder) == {}


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


# ---- changing what is listed


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


# ---- throwing away


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


# ---- the list, and clearing


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


def test_every_reason_has_its_sentence(texts_of_both: Sequence[Any]) -> None:
    said = set(bringing_in._WRITING.values()) | set(bringing_in._NEVER.values())
    said |= {"folder", "gone", "no_permission", "in_use", "still_downloading", "not_a_file", "empty", "too_large",
             "damaged", "temporary", "own", "twice", "not_opened", "not_local", "nothing_to_paste",
             "not_a_picture"}  # fmt: skip
    for texts in texts_of_both:
        for reason in said:
            assert texts.get(f"ui.files.refused.{reason}", file="a.jpg")


@pytest.fixture
def texts_of_both() -> list[Any]:
    """The sentences of both languages."""
    from degreecheck import text

    return [text.load(language) for language in text.LANGUAGES]
