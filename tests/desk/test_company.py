"""Who shares what with whom, and what a desk knows of each before anything is judged."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import make_desks
from degreecheck.desk.across import NAMED, Others
from degreecheck.desk.company import Desk, Marks, meet, shared_by
from degreecheck.desk.discovery import discover
from degreecheck.desk.roster import Column, Roster, Row
from degreecheck.desk.survey import survey
from degreecheck.inspectors.pool import Pool
from make_desks import applicant, id_number, row


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1) as workers:
        yield workers


def test_equal_numbers_are_shared_and_blank_ones_are_not() -> None:
    marks = [
        Marks("甲", "甲", "1", "c"),
        Marks("乙", "乙", "1", ""),
        Marks("丙", "丙", "", "c"),
        Marks("丁", "丁", "", ""),
    ]
    found = shared_by(marks)
    assert found[0].id_number == Others(("乙",), 1)
    assert found[1].id_number == Others(("甲",), 1)
    assert found[0].certificate_number == Others(("丙",), 1)
    assert 3 not in found


def test_one_person_with_two_folders_is_told_once() -> None:
    twice = [Marks("a", "林小满", "1", "c", {"p": "h"}), Marks("b", "林小满", "1", "c", {"p": "h"}),
             Marks("c", "何清越", "1", "c", {"q": "h"})]  # fmt: skip
    found = shared_by(twice)
    assert found[0].id_number == Others(("b", "c"), 2)
    assert found[0].certificate_number == Others(("c",), 1)
    assert found[0].photo == {"p": Others(("c",), 1)}
    assert found[2].photo == {"q": Others(("a", "b"), 2)}


def test_a_photo_twice_in_one_folder_is_nobody_elses() -> None:
    assert shared_by([Marks("a", photos={"1.jpg": "h", "2.jpg": "h"})]) == {}


def test_what_all_share_is_named_for_a_few() -> None:
    found = shared_by([Marks(str(number), str(number), "1") for number in range(5_000)])
    assert found[4_999].id_number == Others(("0", "1", "2", "3", "4"), 4_999)
    assert len(found[0].id_number.labels) == NAMED


# ---- a desk


def met(root: Path, pool: Pool, rows: tuple[Row, ...] | None = None, **options: bool) -> Desk:
    """What is known of the folders below ``root``, beside a roster of these rows."""
    roster = None
    if rows is not None:
        fields = sorted({field for one in rows for field in one.values})
        columns = tuple(Column(place, field, "field", field) for place, field in enumerate(fields))
        roster = Roster("名册.xlsx", "名册", columns, rows)
    return meet(list(survey(discover(root))), roster, pool=pool, **options)


def test_photos_of_one_size_are_compared_by_their_bytes(tmp_path: Path, pool: Pool) -> None:
    photos = {"甲": b"x" * 90, "乙": b"x" * 90, "丙": b"y" * 90, "丁": b"x" * 91}
    for index, (name, data) in enumerate(photos.items()):
        folder = applicant(tmp_path / name, index, {"materials": {"photo": ("照片.jpg",)}})
        (folder / "照片.jpg").write_bytes(data)
    desk = met(tmp_path, pool)
    by_name = {person.found.shown: one for person, one in zip(desk.people, desk.neighbours, strict=True)}
    assert {name: len(one.shared.photo) for name, one in by_name.items()} == {"甲": 1, "乙": 1, "丙": 0, "丁": 0}
    assert by_name["甲"].shared.photo["照片.jpg"].labels == (f"{make_desks.NAMES[1]} (乙)",)
    hashed = {person.found.shown for person, mark in zip(desk.people, desk.marks, strict=True) if mark.photos}
    assert hashed == {"甲", "乙", "丙"}  # a size of its own cannot be alike
    assert sum(bool(mark.photos) for mark in met(tmp_path, pool, every_photo=True).marks) == 4


def test_a_photo_that_cannot_be_read_is_not_called_different(tmp_path: Path) -> None:
    for index, name in enumerate(("甲", "乙")):
        folder = applicant(tmp_path / name, index, {"materials": {"photo": ("照片.jpg",)}})
        (folder / "照片.jpg").write_bytes(b"x" * 90)
    with Pool(1, command=[sys.executable, "-c", "raise SystemExit('no worker')"]) as dead:
        desk = met(tmp_path, dead)
    assert [one.photos_unread for one in desk.neighbours] == [("照片.jpg",)] * 2


def test_the_roster_tells_who_is_who_and_who_is_absent(tmp_path: Path, pool: Pool) -> None:
    applicant(tmp_path / "a", 0)
    make_desks.tree(tmp_path / make_desks.NAMES[1], "照片.jpg")
    make_desks.tree(tmp_path / "覃望舒", "照片.jpg")
    desk = met(tmp_path, pool, (row(0), row(1), row(2)))
    assert [one.match for one in desk.neighbours] == ["matched", "matched", "none", None]
    assert desk.neighbours[3].without_folder
    assert [one.number for one in desk.absent] == [4]
    # Of a folder without a form the row's numbers count, of one with a form its own.
    assert desk.marks[1].id_number == id_number(1)
    assert len(met(tmp_path, pool, (row(0), row(1), row(2)), whole=False).neighbours) == 3


def test_a_row_that_may_be_a_namesakes_is_not_called_absent(tmp_path: Path, pool: Pool) -> None:
    make_desks.tree(tmp_path / make_desks.NAMES[0], "照片.jpg")
    desk = met(tmp_path, pool, (row(0), row(5, number=9, name=make_desks.NAMES[0])))
    assert [one.match for one in desk.neighbours] == ["same_name", "same_name", "same_name"]
    assert [one.rows for one in desk.neighbours] == [(2, 9), (2,), (9,)]


def test_short_numbers_are_nobodys(tmp_path: Path, pool: Pool) -> None:
    for index, name in enumerate(("甲", "乙")):
        applicant(tmp_path / name, index, {"personal.id_number": "123", "language.certificate_number": "1"})
    assert [(mark.id_number, mark.certificate_number) for mark in met(tmp_path, pool).marks] == [("", "")] * 2


def test_alone_there_is_nobody_to_compare_with(tmp_path: Path, pool: Pool) -> None:
    applicant(tmp_path / "甲")
    assert [one.alone for one in met(tmp_path, pool).neighbours] == [True]
    assert met(tmp_path, pool).row_of(0) is None
