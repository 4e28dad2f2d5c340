"""Made-up people: names from tables, ID numbers that are well-formed and nobody's.

ID numbers have a region and a right check character, and an order from 980 to 999, which registration offices have
never come to; mobile numbers have four zeros after the network's digits.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, Literal

from degreecheck import paths
from degreecheck.idnumbers.resident_id import check_character
from degreecheck.names import INTERPUNCT

Sex = Literal["male", "female"]
_FIRST_ORDER = 980
_YOUNGEST, _OLDEST = 21, 46  # years, on the day of graduation


@dataclass(frozen=True)
class Person:
    """Who somebody is, apart from any study."""

    name: str
    sex: Sex
    birth_date: date
    id_number: str
    mobile: str


@cache
def tables(name: str) -> dict[str, Any]:
    """A table of resources/sample/."""
    return tomllib.loads((paths.resources() / "sample" / f"{name}.toml").read_text(encoding="utf-8"))


def make_person(chance: Random, graduation: date, taken: set[str]) -> Person:
    """Somebody who can have graduated on that day. Names and numbers in ``taken`` are not used again; these join it."""
    sex: Sex = chance.choice(("male", "female"))
    days = chance.randint(_YOUNGEST * 366, _OLDEST * 365)
    born = graduation - timedelta(days=days)
    return Person(
        name=fresh(chance, taken, lambda: make_name(chance, sex)),
        sex=sex,
        birth_date=born,
        id_number=fresh(chance, taken, lambda: make_id_number(chance, born, sex)),
        mobile=fresh(chance, taken, lambda: make_mobile(chance)),
    )


def fresh(chance: Random, taken: set[str], make: Callable[[], str]) -> str:
    """What ``make`` draws, drawn again as long as somebody has it; it joins ``taken``."""
    for _ in range(200):
        made = make()
        if made not in taken:
            taken.add(made)
            return made
    # Only with thousands of applicants: a made-up name grows by a character, as numbers never do.
    made = make() + chance.choice(str(tables("people")["surnames"]))
    taken.add(made)
    return made


def make_name(chance: Random, sex: Sex) -> str:
    """A name of any form that names have: two or three characters, compound surname, rare, with an interpunct."""
    people = tables("people")
    kind = chance.random()
    if kind < 0.04:
        return INTERPUNCT.join(chance.choice(people["joined"][sex]))
    surname = chance.choice(people["compound_surnames"] if kind < 0.12 else people["surnames"])
    if kind > 0.92:
        return f"{surname}{chance.choice(people['rare'][sex])}"
    given = people["given"][sex]
    last = chance.choice(given["second"])
    first = "" if chance.random() < 0.25 else chance.choice(given["first"])
    return f"{surname}{'' if first == last else first}{last}"


def make_id_number(chance: Random, born: date, sex: Sex) -> str:
    """A well-formed resident ID number with that birth date and sex; mostly of Chongqing."""
    regions = tables("people")["regions"]
    region = chance.choice(regions["chongqing" if chance.random() < 0.85 else "elsewhere"])
    order = _FIRST_ORDER + 2 * chance.randrange(10) + (1 if sex == "male" else 0)
    first_seventeen = f"{region}{born:%Y%m%d}{order}"
    return first_seventeen + check_character(first_seventeen)


def make_mobile(chance: Random) -> str:
    """Eleven digits that begin as a mobile number does."""
    return f"1{chance.choice('35789')}{chance.randint(0, 9)}0000{chance.randrange(10_000):04d}"
