"""全国英语等级考试 (PETS) 合格证书编号: 14 digits (M20). Their meaning is not published, so nothing else is judged."""

from __future__ import annotations

from typing import Final

from degreecheck.idnumbers.digits import is_digits, require_digits
from degreecheck.idnumbers.fold import fold

LENGTH: Final = 14


def compact(text: str) -> str:
    return fold(text).text


def validate(text: str) -> str:
    """The compact number. Raises WrongLength or WrongCharacters."""
    return require_digits(compact(text), LENGTH)


def is_valid(text: str) -> bool:
    number = compact(text)
    return len(number) == LENGTH and is_digits(number)
