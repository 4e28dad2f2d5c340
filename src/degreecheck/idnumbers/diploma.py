"""毕业证书编号: 17 digits in self-study (M21), 18 in adult education.

Layouts, from hearsay (confidence B), never a reason to call a number invalid:

    self-study, 17        6, then 5 本科 or 6 专科, province(2), city(2), county(2), YY(2), session(1), serial(5),
                          check(1)
    adult education, 18   school(5), 5, YYYY (the year of graduation), 05 本科 or 06 专科, serial(6)

The algorithm of the self-study number's check digit is not published.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from degreecheck.idnumbers import province as provinces
from degreecheck.idnumbers.digits import full_year, is_digits, require_digits
from degreecheck.idnumbers.exam_number import FIRST_YEAR
from degreecheck.idnumbers.fold import fold

SELF_STUDY_LENGTH: Final = 17
ADULT_LENGTH: Final = 18

Degree = Literal["bachelor", "associate"]
_SELF_STUDY_DEGREES: Final[dict[str, Degree]] = {"5": "bachelor", "6": "associate"}
_ADULT_DEGREES: Final[dict[str, Degree]] = {"05": "bachelor", "06": "associate"}


@dataclass(frozen=True, slots=True)
class SelfStudyDiploma:
    """`year` is the one that digits 9–10 give, None where they give none."""

    number: str
    year: int | None

    @property
    def degree(self) -> Degree | None:
        return _SELF_STUDY_DEGREES.get(self.number[1])

    @property
    def province(self) -> str:
        return self.number[2:4]

    @property
    def exam_digits(self) -> str:
        """Digits 5–16: they have the layout of the exam number and may be it (our inference, confidence C)."""
        return self.number[4:16]

    @property
    def layout_plausible(self) -> bool:
        """Whether it begins as the diploma of a bachelor's course does: 65 and a province's two digits."""
        return self.number.startswith("65") and self.province in provinces.MAINLAND


@dataclass(frozen=True, slots=True)
class AdultDiploma:
    number: str

    @property
    def school(self) -> str:
        return self.number[:5]

    @property
    def year(self) -> int:
        """What digits 7–10 say, 0–9999: the year of graduation in the usual layout."""
        return int(self.number[6:10])

    @property
    def degree(self) -> Degree | None:
        return _ADULT_DEGREES.get(self.number[10:12])

    @property
    def layout_plausible(self) -> bool:
        """Whether sixth digit, year (1980–2099) and degree are those of adult education."""
        return self.number[5] == "5" and 1980 <= self.year <= 2099 and self.degree is not None


def compact(text: str) -> str:
    return fold(text).text


def validate_self_study(text: str, today: date | None = None) -> SelfStudyDiploma:
    """The parts of a number of 17 digits; with `today`, years after it are none. Raises WrongLength or
    WrongCharacters.
    """
    number = require_digits(compact(text), SELF_STUDY_LENGTH)
    return SelfStudyDiploma(number, full_year(number[8:10], FIRST_YEAR, today))


def validate_adult(text: str) -> AdultDiploma:
    """The parts of a number of 18 digits. Raises WrongLength or WrongCharacters."""
    return AdultDiploma(require_digits(compact(text), ADULT_LENGTH))


def validate(text: str, today: date | None = None) -> SelfStudyDiploma | AdultDiploma:
    """Either kind, by its length. Raises WrongLength or WrongCharacters."""
    number = require_digits(compact(text), SELF_STUDY_LENGTH, ADULT_LENGTH)
    return validate_self_study(number, today) if len(number) == SELF_STUDY_LENGTH else validate_adult(number)


def is_valid(text: str) -> bool:
    number = compact(text)
    return len(number) in (SELF_STUDY_LENGTH, ADULT_LENGTH) and is_digits(number)
