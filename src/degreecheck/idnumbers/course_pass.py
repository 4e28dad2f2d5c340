"""课程合格单编号 of the self-study examination: 12 digits (M21).

Their meaning is not published, so nothing else is judged.
"""

from __future__ import annotations

from typing import Final

from degreecheck.idnumbers.digits import is_digits, require_digits
from degreecheck.idnumbers.fold import fold

LENGTH: Final = 12


def compact(text: str) -> str:
    return fold(text).text


def validate(text: str) -> str:
    """The compact number. Raises WrongLength or WrongCharacters."""
    return require_digits(compact(text), LENGTH)


def is_valid(text: str) -> bool:
    number = compact(text)
    return len(number) == LENGTH and is_digits(number)
