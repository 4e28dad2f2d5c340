"""Hiding ID numbers: one function for every string that leaves the program, one for the number itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

KEPT = 4  # last characters left visible. First six and last four beside a birth date would reveal all 18 (domain facts)

# Fifteen or more digits in a row, ASCII or full-width, the last one possibly X: longer runs hold an ID number too,
# and are hidden whole. Besides, an ID number typed in its groups 6-8-4 or 6-4-4-4, single blanks or hyphens between.
_DIGIT = r"[0-9\uFF10-\uFF19]"
_GAP = r"[ \u00a0\u3000\u200b-]"
_CHECK = r"[XxＸｘ×Х]"
_LONG_RUN = re.compile(
    rf"(?<!{_DIGIT})(?:{_DIGIT}{{15,}}{_CHECK}?"
    rf"|{_DIGIT}{{6}}{_GAP}{_DIGIT}{{4}}{_GAP}?{_DIGIT}{{4}}{_GAP}?{_DIGIT}{{3}}(?:{_DIGIT}|{_CHECK})"
    rf"|{_DIGIT}{{14}}{_GAP}{_DIGIT}{{3}}(?:{_DIGIT}|{_CHECK})"
    rf"|{_DIGIT}\.{_DIGIT}{{6,}}[eE]\+?1[4-7](?!{_DIGIT}))"  # made a floating-point number: 5.0010619980307E+17
)
_SHORTEST, _SIX_DIGITS = 11, re.compile(_DIGIT + "{6}")  # every one of these has six digits in a row
_SEVENTEEN = (
    17  # a diploma number: 17 digits without a letter. It is not an ID number and people must be able to compare it
)


def mask_number(number: str) -> str:
    """Hide all but the last four characters; short numbers are hidden whole."""
    if len(number) <= KEPT * 2:
        return "*" * len(number)
    return "*" * (len(number) - KEPT) + number[-KEPT:]


def mask(text: str) -> str:
    """Hide every run of digits in ``text`` that could be an ID number (15, 18 or more digits)."""
    # Reports are masked text by text, thousands of them: most are short words, and few hold a number at all.
    return _LONG_RUN.sub(_masked, text) if len(text) >= _SHORTEST and _SIX_DIGITS.search(text) else text


def _masked(match: re.Match[str]) -> str:
    found = match.group()
    if len(found) == _SEVENTEEN and found.isdecimal():
        return found
    return mask_number(found)


def mask_all(value: object) -> object:
    """A copy of plain data (mappings, lists, texts, numbers) in which every text has gone through :func:`mask`."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, Mapping):
        return {mask(str(key)): mask_all(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [mask_all(entry) for entry in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**14:
        return mask(str(value))
    return value
