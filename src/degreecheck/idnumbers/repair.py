"""What a wrong resident ID number was probably meant to be. Proposals to show as questions, never to apply silently.

MOD 11-2 detects every wrong digit and every swap of neighbours, so a right number is never one such slip away from
another right one. Hence a proposal list is empty for a right number, and holds the intended number whenever one slip
was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import mul
from typing import Final

from degreecheck.idnumbers import resident_id
from degreecheck.idnumbers.digits import is_digits, wrong_characters
from degreecheck.idnumbers.fold import fold
from degreecheck.idnumbers.resident_id import CHECK_CHARACTERS, LENGTH, WEIGHTS, ResidentId, Sex, check_character

# One digit per place at most, one swap per pair of neighbours, and one for look-alike letters.
MAX_PROPOSALS: Final = LENGTH + (LENGTH - 1) + 1


class Slip(StrEnum):
    """Which slip of the hand or of a text reader leads from the proposal to what was typed."""

    LOOK_ALIKE = "look_alike"
    SWAP = "swap"
    CHARACTER = "character"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A right number near the typed one; `position` counts from 0 and is the first character that differs."""

    number: str
    slip: Slip
    position: int


# 11 is a prime: every weight has an inverse modulo 11, so at every place exactly one value 0–10 fits.
_INVERSES: Final = tuple(pow(weight, -1, 11) for weight in WEIGHTS)
_SLIP_ORDER: Final = tuple(Slip)
# What is typed or read in place of a digit.
_LOOK_ALIKES: Final = str.maketrans("OoDQ〇○lIiL|ZzSsbGBgq", "00000011111225566899")
_SCIENTIFIC: Final = re.compile(r"[1-9](?:\.[0-9]{1,17})?[Ee]\+?([0-9]{1,3})")
_WHOLE_FLOAT: Final = re.compile(r"([0-9]+)\.0{0,3}")


def near_misses(
    text: str,
    *,
    birth_date: date | None = None,
    sex: Sex | None = None,
    today: date | None = None,
    limit: int = MAX_PROPOSALS,
) -> tuple[Proposal, ...]:
    """Every right number that is one changed character or one swap of neighbours away, at most `limit` of them.

    Of eighteen characters only; fewer or more are no such slip. Stated `birth_date` and `sex` keep those that say the
    same, `today` keeps those born by then. Likeliest first: of a known province and born since 1900, then look-alike
    letters, swaps, changed characters; within these by number.
    """
    number = resident_id.compact(text)
    if len(number) != LENGTH:
        return ()
    found: dict[str, Proposal] = {}
    for proposal in _candidates(number):
        parts = resident_id.read(proposal.number)
        if parts is not None and proposal.number not in found and _agrees(parts, birth_date, sex, today):
            found[proposal.number] = proposal
    return tuple(sorted(found.values(), key=_likeliest_first)[: max(limit, 0)])


def _agrees(parts: ResidentId, birth_date: date | None, sex: Sex | None, today: date | None) -> bool:
    born = parts.birth_date.toordinal()
    return (
        (birth_date is None or born == birth_date.toordinal())
        and (sex is None or sex == parts.sex)
        and (today is None or born <= today.toordinal())
    )


def _likeliest_first(proposal: Proposal) -> tuple[bool, int, str]:
    number = proposal.number
    strange = number[6:10] < "1900" or not resident_id.province_known(number)
    return strange, _SLIP_ORDER.index(proposal.slip), number


def _candidates(number: str) -> Iterator[Proposal]:
    """Numbers one slip away whose check character is right; birth dates are not looked at."""
    wrong = wrong_characters(number, allowed_last="X")
    bad = () if wrong is None else wrong.positions
    if bad:
        alike = number.translate(_LOOK_ALIKES)
        if _right(alike):
            yield Proposal(alike, Slip.LOOK_ALIKE, bad[0])
    for first in range(LENGTH - 1):
        second = first + 1
        if number[first] != number[second]:
            swapped = number[:first] + number[second] + number[first] + number[second + 1 :]
            if _right(swapped):
                yield Proposal(swapped, Slip.SWAP, first)
    if len(bad) > 1:
        return
    digits = [int(character) if is_digits(character) else 0 for character in number[:17]]
    total = sum(map(mul, WEIGHTS, digits))
    for position in bad or range(LENGTH):
        if position == LENGTH - 1:
            fitting = check_character(number[:17])
        else:
            missing = CHECK_CHARACTERS.index(number[17]) - total + WEIGHTS[position] * digits[position]
            fitting = str(missing * _INVERSES[position] % 11)
        # 10 fits only at the last place, where it is written X.
        if len(fitting) == 1 and fitting != number[position]:
            yield Proposal(number[:position] + fitting + number[position + 1 :], Slip.CHARACTER, position)


def _right(number: str) -> bool:
    return is_digits(number[:17]) and number[17] == check_character(number[:17])


def is_scientific(text: str) -> bool:
    """Whether the text is a number as a spreadsheet shows long ones: 5.00101E+17. Its other digits are gone."""
    return _SCIENTIFIC.fullmatch(fold(text).text) is not None


def looks_truncated(text: str) -> bool:
    """Whether a spreadsheet has probably taken the last three digits of an ID number, keeping fifteen.

    True for 5.00101E+17 and the like; for eighteen digits with a failing check digit that end in 000; and for wrong
    ones that end in what 000 becomes on its way through a binary floating-point number (500101199001010000 comes back
    as …09984). A fraction ".0" may follow.
    """
    folded = fold(text).text
    scientific = _SCIENTIFIC.fullmatch(folded)
    if scientific is not None:
        return scientific.group(1) == "17"
    whole = _WHOLE_FLOAT.fullmatch(folded)
    number = folded if whole is None else whole.group(1)
    if len(number) != LENGTH or not is_digits(number):
        return False
    if number.endswith("000"):
        return not _right(number)
    value = int(number)
    kept = value // 1000 * 1000
    # The nearest binary number may lie below, and then the fifteenth digit has changed too.
    return value in (int(float(kept)), int(float(kept + 1000))) and not resident_id.is_valid(number)
