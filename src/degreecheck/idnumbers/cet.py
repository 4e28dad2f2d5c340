"""The two fifteen-digit numbers of the College English Test, and telling them apart.

    成绩报告单编号 (asked for, manual 8.1①)   YY(2) half(1) level(1) school(6) serial(5)
    准考证号 (the classic mix-up)             school and campus(6) YY(2) half(1) level(1) room(3) seat(2)

half: 1 June, 2 December. level: 1 = CET-4, 2 = CET-6, 3–9 = the tests in other languages. Only the length is certain
(M19); both layouts are hearsay (confidence B), so a number without either is still valid.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from degreecheck.idnumbers.digits import full_year, is_digits, require_digits
from degreecheck.idnumbers.fold import fold

LENGTH: Final = 15
# The first CET was held in 1987.
FIRST_YEAR: Final = 1987

Level = Literal[4, 6]
_LEVELS: Final[dict[str, Level]] = {"1": 4, "2": 6}


class Layout(StrEnum):
    REPORT = "report"
    ADMISSION = "admission"


@dataclass(frozen=True, slots=True)
class CetNumber:
    """A number read by one of the layouts; `level` is None for a test in another language than English."""

    number: str
    layout: Layout
    year: int
    half: int
    level: Level | None

    @property
    def school(self) -> str:
        return self.number[4:10] if self.layout is Layout.REPORT else self.number[:6]


def compact(text: str) -> str:
    return fold(text).text


def validate(text: str) -> str:
    """The compact number of fifteen digits. Raises WrongLength or WrongCharacters."""
    return require_digits(compact(text), LENGTH)


def is_valid(text: str) -> bool:
    number = compact(text)
    return len(number) == LENGTH and is_digits(number)


def readings(text: str, today: date | None = None) -> tuple[CetNumber, ...]:
    """The number read by each layout that it has, the report's first; empty when it has neither.

    With `today`, years after it are none.
    """
    number = compact(text)
    if len(number) != LENGTH or not is_digits(number):
        return ()
    report = _read(number, Layout.REPORT, number[:4], today)
    admission = _read(number, Layout.ADMISSION, number[6:10], today)
    # Rooms and seats are counted from 1.
    if number[10:13] == "000" or number[13:] == "00":
        admission = None
    return tuple(reading for reading in (report, admission) if reading is not None)


def layouts(text: str, today: date | None = None) -> tuple[Layout, ...]:
    """Which of the two numbers it could be, by `readings`."""
    return tuple(reading.layout for reading in readings(text, today))


def level(text: str, today: date | None = None) -> Level | None:
    """4 or 6 where the likeliest layout says so, else None."""
    found = readings(text, today)
    return found[0].level if found else None


def _read(number: str, layout: Layout, session: str, today: date | None) -> CetNumber | None:
    """`session` is the four digits YY, half, level."""
    year = full_year(session[:2], FIRST_YEAR, today)
    if year is None or session[2] not in "12" or session[3] == "0":
        return None
    return CetNumber(number, layout, year, int(session[2]), _LEVELS.get(session[3]))
