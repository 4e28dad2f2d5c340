"""What may come into an application folder, under which name, and what is said of everything else."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies

from degreecheck import paths, slot_names
from degreecheck.facts import NotChecked, Unreadable
from degreecheck.gui import bringing_in, copied_list
from degreecheck.gui.bringing_in import Brought, Refused, bring_in
from degreecheck.gui.copied_list import CopiedFile
from degreecheck.inspectors.messages import NotWritten
from make_materials import PICTURE, SLOT, Copying, folder_in, put


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mmexport1714300000000.jpg", "mmexport1714300000000.jpg"),
        ("微信图片_20240405103055.jpg", "微信图片_20240405103055.jpg"),
        ("CON.jpg", "CON_.jpg"),
        ("成绩:单?.jpg", "成绩单.jpg"),
        ("..\\..\\外面.jpg", "_.._外面.jpg"),
        ("/.jpg", "_.jpg"),
        (".jpg", "jpg"),
        ("..", "file"),
        ("", "file"),
        ("成绩 单 .jpg", "成绩 单.jpg"),
        ("论" * 70 + ".jpg", "论" * 60 + ".jpg"),
        ("x" * 200 + ".JPG", "x" * 60 + ".JPG"),
        ("没有扩展名", "没有扩展名"),
        ("\u202egpj.单绩成.jpg", "gpj.单绩成.jpg"),
    ],
)
def test_names_become_legal_everywhere(name: str, expected: str) -> None:
    assert next(iter(bringing_in.names_for(name))) == expected


@given(
    strategies.text(max_size=300)
    | strategies.from_regex(r"(?i)(con|nul|com1|lpt9)[. ]{0,2}[a-z.]{0,6}", fullmatch=True)
)
def test_whatever_a_file_is_called_it_can_be_listed(name: str) -> None:
    first, second = itertools.islice(bringing_in.names_for(name), 2)
    for made in (first, second):
        assert paths.relative_parts(made) == (made,)
        assert not slot_names.is_ignored(made)
        assert len(made.encode("utf-8")) <= 250
    assert first.casefold() != second.casefold()


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


def test_without_its_folder_nothing_is_copied(tmp_path: Path) -> None:
    source = put(tmp_path / "来源/a.jpg")
    assert bring_in([source], tmp_path / "没有", SLOT, [], Copying()) == [Refused("a.jpg", "folder_gone")]
    put(tmp_path / "申请/materials", b"a file of that name")
    assert bring_in([source], tmp_path / "申请", SLOT, [], Copying()) == [Refused("a.jpg", "not_copied")]
    assert bringing_in.save_picture(b"png", "截图", tmp_path / "没有") == Refused("截图.png", "folder_gone")


def test_every_reason_has_its_sentence(texts_of_both: Sequence[Any]) -> None:
    said = set(bringing_in._WRITING.values()) | set(bringing_in._NEVER.values())
    said |= {"folder", "gone", "no_permission", "in_use", "still_downloading", "not_a_file", "empty", "too_large",
             "damaged", "temporary", "own", "twice", "not_opened", "not_local", "nothing_to_paste",
             "not_a_picture", "folder_gone"}  # fmt: skip
    for texts in texts_of_both:
        for reason in said:
            assert texts.get(f"ui.files.refused.{reason}", file="a.jpg")


@pytest.fixture
def texts_of_both() -> list[Any]:
    """The sentences of both languages."""
    from degreecheck import text

    return [text.load(language) for language in text.LANGUAGES]
