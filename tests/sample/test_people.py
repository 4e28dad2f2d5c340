"""People are made up, well-formed, and as varied as real ones."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from degreecheck import names
from degreecheck.idnumbers import phone, resident_id
from degreecheck.sample.people import Person, make_person, tables

GRADUATION = date(2024, 6, 30)


@pytest.fixture(scope="module")
def crowd() -> list[Person]:
    chance, taken = Random(3), set[str]()
    return [make_person(chance, GRADUATION, taken) for _ in range(600)]


def test_numbers_are_right_and_agree_with_the_person(crowd: list[Person]) -> None:
    for person in crowd:
        read = resident_id.validate(person.id_number, GRADUATION)
        assert (read.birth_date, read.sex) == (person.birth_date, person.sex)
        assert resident_id.province_known(person.id_number)
        assert phone.is_mobile(person.mobile)


def test_numbers_are_nobodys(crowd: list[Person]) -> None:
    assert all(int(person.id_number[14:17]) >= 980 for person in crowd)
    assert all(person.mobile[3:7] == "0000" for person in crowd)


def test_nobody_is_made_twice(crowd: list[Person]) -> None:
    for key in ("name", "id_number", "mobile"):
        assert len({getattr(person, key) for person in crowd}) == len(crowd)


def test_names_are_names_of_every_form(crowd: list[Person]) -> None:
    every = [person.name for person in crowd]
    assert all(names.fold_name(name) == name and names.has_han(name) for name in every)
    assert {2, 3} <= {len(name) for name in every}
    assert any(names.INTERPUNCT in name for name in every)
    assert any(name.startswith(tuple(tables("people")["compound_surnames"])) for name in every)


def test_every_character_can_be_drawn_by_any_chinese_font() -> None:
    people = tables("people")
    written = "".join(
        [people["surnames"], *people["compound_surnames"]]
        + [part for sex in ("male", "female") for part in people["given"][sex].values()]
        + [part for sex in ("male", "female") for part in people["rare"][sex]]
        + [part for sex in ("male", "female") for parts in people["joined"][sex] for part in parts]
    )
    assert written == written.encode("gbk").decode("gbk")
    assert len(set(people["regions"]["chongqing"])) == len(people["regions"]["chongqing"])


def test_the_same_chance_makes_the_same_person() -> None:
    assert make_person(Random(5), GRADUATION, set()) == make_person(Random(5), GRADUATION, set())


def test_names_do_not_run_out() -> None:
    taken = set[str]()
    chance = Random(1)
    crowd = [make_person(chance, GRADUATION, taken) for _ in range(5_000)]
    assert len({person.name for person in crowd}) == 5_000
