"""Folders and rows brought together: by numbers, by names that are one person's, never by guessing."""

from __future__ import annotations

from pathlib import Path

import pytest

import make
import make_desks
from degreecheck.desk.discovery import Found
from degreecheck.desk.matching import Match, differences, match
from degreecheck.desk.roster import Row
from degreecheck.desk.roster_columns import EITHER_NUMBER
from degreecheck.desk.roster_values import Damage, form_of
from degreecheck.desk.survey import Identity, Person, in_roster, survey
from degreecheck.form import PartialDate
from make_desks import exam_number, id_number, row


def person(name: str = "", **numbers: str) -> Person:
    """Somebody whose form says this."""
    identity = Identity(name, names=(name,) if name else (), from_form=True, **numbers)
    return Person(Found(Path(name or "x"), name or "x"), identity, Path(name or "x"))


def folder(name: str) -> Person:
    """A folder of this name, without a form."""
    (one,) = survey([Found(Path("/没有这个目录") / name, name)])
    return one


def by(people: list[Person], *rows: Row) -> list[tuple[str, int | None, str | None]]:
    return [(one.outcome, one.row, one.by) for one in match(people, rows)]


FIRST, SECOND = row(0), row(1)


def test_by_number_first_then_by_name() -> None:
    people = [
        person("x", id_number=id_number(1)),
        person("x", exam_number=exam_number(0)),
    ]
    assert by(people, FIRST, SECOND) == [("matched", 1, "id_number"), ("matched", 0, "exam_number")]
    assert by([person("何清越")], FIRST, SECOND) == [("matched", 1, "name")]
    student = row(2, personal__student_number="a2021-01")
    assert by([person("x", student_number="A2021-01")], student) == [("matched", 0, "student_number")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (f"{exam_number(1)}-林小满", ("matched", 1, "exam_number")),  # the number outweighs the name
        (id_number(1), ("matched", 1, "id_number")),
        (f"{id_number(1).lower()}（已交）", ("matched", 1, "id_number")),
        ("林小满", ("matched", 0, "name")),
        ("林小满-学位申请", ("matched", 0, "name")),
        ("1班 林小满", ("matched", 0, "name")),
        ("林小满满", ("none", None, None)),  # another name, that begins alike
        ("覃望舒", ("none", None, None)),
        ("IMG_2024", ("none", None, None)),
    ],
)
def test_a_folders_name_tells_who_it_is(name: str, expected: tuple[str, int | None, str | None]) -> None:
    assert by([folder(name)], FIRST, SECOND) == [expected]


def test_same_names_are_never_guessed_between() -> None:
    namesake = row(5, name="林小满")
    assert match([folder("林小满")], [FIRST, namesake]) == [Match("same_name", rows=(0, 1))]
    assert [one.outcome for one in match([folder("林小满"), folder("林小满(2)")], [FIRST])] == [
        "same_name",
        "same_name",
    ]
    # Once a number has told one of them, the other's name may still be either's.
    found = match([person("林小满", id_number=id_number(0)), folder("林小满")], [FIRST, namesake])
    assert found == [Match("matched", 0, "id_number"), Match("same_name", rows=(1,))]


def test_a_second_folder_of_a_name_that_is_taken_is_asked_about() -> None:
    found = match([person("林小满", id_number=id_number(0)), folder("林小满")], [FIRST])
    assert found[1] == Match("same_name", rows=(0,))


def test_a_name_does_not_outweigh_another_id_number() -> None:
    stranger = person("林小满", id_number="110101198001010018")
    assert match([stranger], [FIRST]) == [Match("other_number", rows=(0,))]
    slip = person("林小满", id_number=id_number(0)[:-2] + "9" + id_number(0)[-1])
    assert by([slip], FIRST) == [("matched", 0, "name")]
    short = person("林小满", id_number=id_number(0)[:-1])
    assert by([short], FIRST) == [("matched", 0, "name")]


def test_one_number_twice_in_the_roster_is_settled_by_the_name() -> None:
    twice = row(1, name="何清越", id_number=id_number(0))
    assert by([person("何清越", id_number=id_number(0))], FIRST, twice) == [("matched", 1, "id_number")]
    assert by([person("江云舟", id_number=id_number(0))], FIRST, twice) == [("none", None, None)]


def test_two_folders_of_one_person_find_the_same_row() -> None:
    twice = [person("林小满", id_number=id_number(0)), person("林小满", id_number=id_number(0))]
    assert by(twice, FIRST) == [("matched", 0, "id_number")] * 2


def test_a_lost_zero_and_the_portals_one_box_help_to_find_the_row() -> None:
    lost = Row(2, {"personal.name": "别名"}, (Damage("personal.exam_number", "zero_lost", exam_number(3)),))
    assert by([person("x", exam_number=exam_number(3))], lost) == [("matched", 0, "exam_number")]
    either = Row(2, {EITHER_NUMBER: exam_number(3)})
    assert by([person("x", exam_number=exam_number(3))], either) == [("matched", 0, "exam_number")]
    adult = Row(2, {EITHER_NUMBER: "2021-0456"})
    assert by([person("x", student_number="2021-0456")], adult) == [("matched", 0, "student_number")]


def test_names_in_the_roster_are_folded() -> None:
    spaced = row(0, name="林 小 满")
    assert by([folder("林小满")], spaced) == [("matched", 0, "name")]
    dotted = row(0, name="阿依努尔•买买提")
    assert by([person("阿依努尔·买买提")], dotted) == [("matched", 0, "name")]


def test_who_is_in_the_roster_by_a_folders_name() -> None:
    known = in_roster([make_desks.values(0), {"personal.name": "甲"}])
    assert [known(name) for name in ("甲", "林小满-材料", exam_number(0), "乙", "通知")] == [
        True,
        True,
        True,
        False,
        False,
    ]


# ---- what roster and form say of one


def differing(values: dict[str, str], changes: dict[str, object]) -> list[str]:
    form = make.changed(make.perfect_form(), changes)
    fields = frozenset(values)
    return [one.field for one in differences(form_of(values, fields, make.school()), form, fields)]


@pytest.mark.parametrize(
    ("field", "roster", "form"),
    [
        ("personal.name", "林 小满", "林小满"),
        ("personal.id_number", "５００１０５199508120123", make.ID_NUMBER),
        ("personal.mobile", "138-0000-1234", "13800001234"),
        ("courses.average_score", "78.5", "78.50"),
        ("courses.average_score", "78", "78.00"),
        ("courses.major", "工商 管理", "工商管理"),
        ("courses.major", "会计学(本科)", "会计学（本科）"),
        ("institution.entry_date", "2017-10", PartialDate(2017, 10, 8)),
        ("institution.entry_date", "2017-10-01", PartialDate(2017, 10, 8)),  # how a spreadsheet writes a month
        ("language.certificate_number", "ab-12", "AB-12"),
        ("applicant_type", "自考", "self_study"),
        ("personal.mobile", "", "13800001234"),  # what one leaves blank is for other rules
        ("personal.mobile", "13800001234", ""),
        ("institution.entry_date", "去年", PartialDate(2017, 10)),
        ("thesis.keywords", "别的", ("库存",)),
    ],
)
def test_the_same_is_the_same_however_written(field: str, roster: str, form: object) -> None:
    assert differing({field: roster}, {field: form}) == []


@pytest.mark.parametrize(
    ("field", "roster", "form"),
    [
        ("personal.name", "林小蛮", "林小满"),
        ("personal.id_number", make.ID_NUMBER[:-1] + "4", make.ID_NUMBER),
        ("courses.average_score", "78.53", "78.35"),
        ("courses.major", "工商管理", "会计学"),
        ("institution.graduation_date", "2025-12-30", PartialDate(2025, 12, 31)),
        ("institution.graduation_date", "2025-12", PartialDate(2025, 11, 30)),
        ("personal.sex", "男", "female"),
        ("applicant_type", "成教", "self_study"),
    ],
)
def test_what_differs_is_found(field: str, roster: str, form: object) -> None:
    assert differing({field: roster}, {field: form}) == [field]
