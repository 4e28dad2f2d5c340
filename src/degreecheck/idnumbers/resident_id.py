"""The resident ID number, GB 11643-1999: 6 address, 8 birth date, 3 order, 1 check character (ISO 7064 MOD 11-2).

The same form is used by the residence permits of Hong Kong (81…), Macao (82…) and Taiwan residents (83…) and, since
December 2023, by foreign permanent residents (9…: 9, 2 province, 3 nationality as in ISO 3166-1). The address is
never judged: see `province_known`. The fifteen-digit form of the first generation is recognised, not accepted: no
portal takes it today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import mul
from typing import Final, Literal

from degreecheck.idnumbers import province as provinces
from degreecheck.idnumbers.digits import is_digits, wrong_characters
from degreecheck.idnumbers.errors import FirstGeneration, InvalidNumber, WrongBirthDate, WrongCheckDigit, WrongLength
from degreecheck.idnumbers.fold import fold

LENGTH: Final = 18
FIRST_GENERATION_LENGTH: Final = 15
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# Indexed by the weighted sum modulo 11.
CHECK_CHARACTERS: Final = "10X98765432"

Sex = Literal["male", "female"]


class Holder(StrEnum):
    """Whose number it is, by its first digits."""

    RESIDENT = "resident"
    HONG_KONG = "hong_kong"
    MACAO = "macao"
    TAIWAN = "taiwan"
    FOREIGN = "foreign"


_PERMIT_HOLDERS: Final = {"81": Holder.HONG_KONG, "82": Holder.MACAO, "83": Holder.TAIWAN}


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A number and what stands in it."""

    number: str
    birth_date: date
    sex: Sex
    holder: Holder

    @property
    def region(self) -> str:
        """The first six digits: the county at the time the number was given (foreigners: 9, province, nationality)."""
        return self.number[:6]

    @property
    def province(self) -> str:
        """Two digits; for foreign permanent residents those of the place that issued the permit."""
        return self.number[1:3] if self.holder is Holder.FOREIGN else self.number[:2]

    @property
    def order(self) -> str:
        """The three digits before the check character; the last of them is odd for men, even for women."""
        return self.number[14:17]

    @property
    def check(self) -> str:
        return self.number[17]


def compact(text: str) -> str:
    """The number as it should be written: folded, any x written X."""
    return fold(text).text


def check_character(first_seventeen: str) -> str:
    """The check character that seventeen digits ask for."""
    return CHECK_CHARACTERS[sum(map(mul, WEIGHTS, map(int, first_seventeen))) % 11]


def problems(text: str, today: date | None = None) -> tuple[InvalidNumber, ...]:
    """All that is wrong with the number, root cause first; empty for a right one.

    A wrong length or wrong characters leave nothing else to judge (both are told when both hold); else a wrong birth
    date stands before a wrong check digit, because a wrong digit in the date breaks both. A birth date after `today`
    is judged only when `today` is given.
    """
    number = compact(text)
    wrong = None if is_digits(number) else wrong_characters(number, allowed_last="X")
    if len(number) != LENGTH:
        if len(number) == FIRST_GENERATION_LENGTH and is_digits(number):
            return (FirstGeneration(_modern_form(number)),)
        length = WrongLength(len(number), (LENGTH,))
        return (length,) if wrong is None else (length, wrong)
    if wrong is not None:
        return (wrong,)
    found: list[InvalidNumber] = []
    born = _day(number[6:14])
    # toordinal: a date-time is a date to the type checker, yet comparing the two raises.
    future = born is not None and today is not None and born.toordinal() > today.toordinal()
    if born is None or future:
        found.append(WrongBirthDate(number[6:14], future, certain=number[0] != "9"))
    expected = check_character(number[:17])
    if number[17] != expected:
        found.append(WrongCheckDigit(number[17], expected))
    return tuple(found)


def validate(text: str, today: date | None = None) -> ResidentId:
    """The parts of a right number.

    Raises the first of `problems`: WrongLength (FirstGeneration for fifteen digits), WrongCharacters, WrongBirthDate
    or WrongCheckDigit.
    """
    found = problems(text, today)
    if found:
        raise found[0]
    number = compact(text)
    return _parts(number, date(int(number[6:10]), int(number[10:12]), int(number[12:14])))


def is_valid(text: str, today: date | None = None) -> bool:
    return not problems(text, today)


def read(text: str) -> ResidentId | None:
    """What the number says, be its check digit right or wrong; None unless length, characters and day are right."""
    number = compact(text)
    if len(number) != LENGTH or not is_digits(number[:17]) or number[17] not in CHECK_CHARACTERS:
        return None
    born = _day(number[6:14])
    return None if born is None else _parts(number, born)


def birth_date(text: str) -> date | None:
    """The birth date in the number, see `read`."""
    parts = read(text)
    return None if parts is None else parts.birth_date


def sex(text: str) -> Sex | None:
    """The sex in the number, see `read`."""
    parts = read(text)
    return None if parts is None else parts.sex


def province(text: str) -> str | None:
    """The two digits of the province, see `ResidentId.province` and `read`."""
    parts = read(text)
    return None if parts is None else parts.province


def province_known(text: str) -> bool:
    """Whether the number begins with a province's two digits (with Taiwan and the residence permits) or with 9.

    False is worth a note and never more: see the module `province`.
    """
    number = compact(text)
    return number[:2] in provinces.KNOWN or (number[:1] == "9" and is_digits(number[:2]))


def to_18(text: str) -> str:
    """The eighteen-character form of a first-generation number: 19 before the year, the check character after all.

    A proposal only. Raises WrongLength, WrongCharacters or WrongBirthDate (its `digits` with the century).
    """
    number = compact(text)
    if len(number) != FIRST_GENERATION_LENGTH:
        raise WrongLength(len(number), (FIRST_GENERATION_LENGTH,))
    wrong = wrong_characters(number)
    if wrong is not None:
        raise wrong
    proposal = _modern_form(number)
    if proposal is None:
        raise WrongBirthDate("19" + number[6:12], future=False, certain=True)
    return proposal


def _modern_form(number: str) -> str | None:
    seventeen = number[:6] + "19" + number[6:]
    return None if _day(seventeen[6:14]) is None else seventeen + check_character(seventeen)


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _parts(number: str, born: date) -> ResidentId:
    holder = Holder.FOREIGN if number[0] == "9" else _PERMIT_HOLDERS.get(number[:2], Holder.RESIDENT)
    return ResidentId(number, born, "male" if number[16] in "13579" else "female", holder)
