"""How a number is wrong, as plain attributes from which rules and texts make their sentences.

No exception's text holds the number or a part of it: it may end in a log. `reason` is a word for tables and tests,
not for people.
"""

from __future__ import annotations

from typing import ClassVar, Literal


class InvalidNumber(ValueError):
    """A text that is not a number of the format that was asked for."""

    reason: ClassVar[str] = "invalid"

    def __str__(self) -> str:
        return self.reason


class WrongLength(InvalidNumber):
    """`found` characters after folding, where one of `expected` (ascending) was due."""

    reason = "length"

    def __init__(self, found: int, expected: tuple[int, ...]) -> None:
        super().__init__(found, expected)
        self.found = found
        self.expected = expected


class FirstGeneration(WrongLength):
    """Fifteen digits where a resident ID number is due: the form in use before 1999.

    `proposal` is the eighteen-character form, a question to the person and never a silent replacement; None when the
    six digits of the birth date are no day, for then fifteen digits are something else or mistyped.
    """

    reason = "first_generation"

    def __init__(self, proposal: str | None) -> None:
        super().__init__(15, (18,))
        self.args = (proposal,)  # what __init__ takes, so that the exception can be copied
        self.proposal = proposal


class WrongCharacters(InvalidNumber):
    """Characters that cannot stand where they stand.

    `positions` count from 0 in the compact number, ascending, at most `digits.MAX_POSITIONS` of them; `characters` are
    the characters there, in the same order. A text longer than `fold.MAX_LENGTH` is not folded, and only its beginning
    is looked at.
    """

    reason = "characters"

    def __init__(self, positions: tuple[int, ...], characters: str) -> None:
        super().__init__(positions, characters)
        self.positions = positions
        self.characters = characters


class WrongBirthDate(InvalidNumber):
    """The eight digits of the birth date (`digits`) name no day, or one after the day of checking (`future`).

    `certain` is False for foreign permanent residents (numbers beginning 9): that the birth date stands in the same
    place there is known from an announcement only, so it is a question to the person and no error.
    """

    reason = "birth_date"

    def __init__(self, digits: str, future: bool, certain: bool) -> None:
        super().__init__(digits, future, certain)
        self.digits = digits
        self.future = future
        self.certain = certain


class WrongCheckDigit(InvalidNumber):
    """The last character is `found`; the seventeen before it ask for `expected` (0–9 or X)."""

    reason = "check_digit"

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found, expected)
        self.found = found
        self.expected = expected


LayoutPart = Literal["mobile_prefix", "landline", "leading_zero", "email", "wechat"]


class WrongLayout(InvalidNumber):
    """Right characters, yet not arranged as the format asks; `part` names what is out of place."""

    reason = "layout"

    def __init__(self, part: LayoutPart) -> None:
        super().__init__(part)
        self.part = part
