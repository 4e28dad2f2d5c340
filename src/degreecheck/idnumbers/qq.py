"""QQ numbers: 5 to 12 digits, the first not 0. Eleven are the longest in use; one more is let through, for they still
grow.
"""

from __future__ import annotations

import re
from typing import Final

from degreecheck.idnumbers.digits import require_digits
from degreecheck.idnumbers.errors import InvalidNumber, WrongLayout
from degreecheck.idnumbers.fold import fold

LENGTHS: Final = tuple(range(5, 13))

# People write the number's name before it, or give the mailbox that every number has.
_AROUND: Final = re.compile(r"(?:QQ号?码?)?:?([0-9]+)(?:@QQ\.COM)?", re.IGNORECASE)


def compact(text: str) -> str:
    """The folded number without a leading QQ and a trailing @qq.com."""
    folded = fold(text).text
    around = _AROUND.fullmatch(folded)
    return folded if around is None else around.group(1)


def validate(text: str) -> str:
    """The compact number. Raises WrongLength, WrongCharacters, or WrongLayout for a leading zero."""
    number = require_digits(compact(text), *LENGTHS)
    if number[0] == "0":
        raise WrongLayout("leading_zero")
    return number


def is_valid(text: str) -> bool:
    try:
        validate(text)
    except InvalidNumber:
        return False
    return True
