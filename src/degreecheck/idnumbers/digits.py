"""What the formats share: plain digits, and the two things that can be wrong with them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from degreecheck.idnumbers.errors import WrongCharacters, WrongLength
from degreecheck.idnumbers.fold import MAX_LENGTH

# A message names the first few wrong characters; a megabyte of them would help nobody.
MAX_POSITIONS: Final = 32

# Two-digit years are read up to here when no day of checking is given: for plausibility, nothing is refused by it.
_LATEST_YEAR: Final = 2049

_NOT_A_DIGIT: Final = re.compile(r"[^0-9]")


def is_digits(text: str) -> bool:
    """Whether the text is one or more of 0–9, at most `fold.MAX_LENGTH`, and nothing else.

    `str.isdigit` alone would let ² and Arabic-Indic digits in.
    """
    return len(text) <= MAX_LENGTH and text.isascii() and text.isdigit()


def wrong_characters(text: str, allowed_last: str = "") -> WrongCharacters | None:
    """The characters other than 0–9 (and other than `allowed_last` at the end), or None when there are none.

    Only the beginning of a text longer than `fold.MAX_LENGTH` is looked at.
    """
    positions: list[int] = []
    last = len(text) - 1
    for match in _NOT_A_DIGIT.finditer(text[:MAX_LENGTH]):
        if match.start() == last and match.group() in allowed_last:
            continue
        positions.append(match.start())
        if len(positions) == MAX_POSITIONS:
            break
    if not positions:
        return None
    return WrongCharacters(tuple(positions), "".join(text[position] for position in positions))


def require_digits(number: str, *lengths: int) -> str:
    """The number itself when it is digits and has one of the lengths (ascending).

    Raises WrongLength, or WrongCharacters for a right length with other characters in it.
    """
    if len(number) not in lengths:
        raise WrongLength(len(number), lengths)
    wrong = None if is_digits(number) else wrong_characters(number)
    if wrong is not None:
        raise wrong
    return number


def full_year(two_digits: str, first: int, today: date | None) -> int | None:
    """The year from `first` to `today`'s (without it: to 2049) that ends in these two digits; None when there is
    none.
    """
    year = first - first % 100 + int(two_digits)
    if year < first:
        year += 100
    return year if year <= (today.year if today else _LATEST_YEAR) else None
