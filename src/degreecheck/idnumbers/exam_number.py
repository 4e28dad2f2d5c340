"""准考证号 of the self-study examination: 12 digits (manual, 5.1).

Layout, from hearsay (confidence B): 1–2 city, 3–4 county, 5–7 year and 1 April / 2 October, 8–12 serial. Never a
reason to call a number invalid.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from degreecheck.idnumbers.digits import full_year, is_digits, require_digits
from degreecheck.idnumbers.fold import fold

LENGTH: Final = 12
# The first self-study examinations were held in 1981.
FIRST_YEAR: Final = 1981

Month = Literal[4, 10]
_MONTHS: Final[dict[str, Month]] = {"1": 4, "2": 10}


@dataclass(frozen=True, slots=True)
class ExamNumber:
    """A number and the session that it names by the usual layout: `year` and `month`, None where it names none."""

    number: str
    year: int | None
    month: Month | None

    @property
    def city(self) -> str:
        return self.number[:2]

    @property
    def county(self) -> str:
        return self.number[2:4]

    @property
    def serial(self) -> str:
        return self.number[7:]

    @property
    def layout_plausible(self) -> bool:
        """Whether digits 5–7 give a year and a season. False is worth a note only."""
        return self.year is not None and self.month is not None


def compact(text: str) -> str:
    return fold(text).text


def validate(text: str, today: date | None = None) -> ExamNumber:
    """The parts of a number of twelve digits; with `today`, years after it are none.

    Raises WrongLength or WrongCharacters.
    """
    number = require_digits(compact(text), LENGTH)
    return ExamNumber(number, full_year(number[4:6], FIRST_YEAR, today), _MONTHS.get(number[6]))


def is_valid(text: str) -> bool:
    number = compact(text)
    return len(number) == LENGTH and is_digits(number)


def restored_zero(text: str) -> str | None:
    """The twelve digits that eleven may have been before a spreadsheet took the leading zero; None for other lengths.

    A proposal only. Eleven digits may as well be a mobile number: ask `kinds.could_be` first.
    """
    number = compact(text)
    return "0" + number if len(number) == LENGTH - 1 and is_digits(number) else None
