"""Folding: what people, phones, input methods and spreadsheets put into a number that is not part of it.

Folded are
  * full-width forms (０-９, Ａ-Ｚ, signs) to their ASCII twins;
  * every decimal digit of Unicode (category Nd: Tibetan, Mongolian, Arabic-Indic, styled 𝟙 …) to 0–9, for each has one
    certain value. What is no decimal digit stays and is judged as a wrong character: ², ①, Ⅴ, 一, 〇, although
    `str.isdigit` says yes to some of them;
  * spaces and line breaks of all kinds, and what cannot be seen (zero-width, direction marks, byte order mark, control
    characters): removed;
  * hyphens and dashes of all kinds: removed (`fold`) or written "-" (`fold_code`);
  * lower-case x and its look-alikes (×, Cyrillic Х, Greek Χ, Roman ten) to X (`fold` only);
  * quotes and equals signs around the number, by which spreadsheets and CSV files mark text ('123, ="123"): removed.

Nothing is changed behind a person's back: `Folded.changes` says what was done, so that it can be shown.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Longer than any number or address here (e-mail: 254). A longer text is no number and is returned as it is: work stays
# bounded.
MAX_LENGTH: Final = 256


class Change(StrEnum):
    """One kind of folding that was applied."""

    FULL_WIDTH = "full_width"
    OTHER_DIGITS = "other_digits"
    SPACES = "spaces"
    INVISIBLE = "invisible"
    HYPHENS = "hyphens"
    LETTER_X = "letter_x"
    QUOTES = "quotes"


@dataclass(frozen=True, slots=True)
class Folded:
    """What was typed, what it was folded to, and by which kinds of change."""

    original: str
    text: str
    changes: frozenset[Change] = frozenset()

    @property
    def changed(self) -> bool:
        return self.original != self.text


_X_LIKE: Final = frozenset("x×ХхΧχⅩⅹ✕✖╳⨯")
# Dashes that Unicode does not call dashes (Pd): hyphen bullet, minus, box drawing, heavy minus, modifier minus.
_MORE_HYPHENS: Final = frozenset("⁃−─━➖˗")
# Invisible, though Unicode calls them letters, marks or symbols: fillers, joiners, variation selectors, blank Braille.
_MORE_INVISIBLE: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)
_QUOTES: Final = "'\"`=‘’′“”″"


def _fold_character(character: str) -> tuple[str, Change | None]:
    """What one character folds to: itself, an ASCII twin, "-" for any dash, "X" for any x, "" for what is removed."""
    width: Change | None = None
    if "！" <= character <= "～":
        character, width = chr(ord(character) - 0xFEE0), Change.FULL_WIDTH
    if character.isascii() and character.isalnum() and character != "x":
        return character, width
    if character in _X_LIKE:
        return "X", Change.LETTER_X
    value = unicodedata.decimal(character, None)
    if value is not None:
        return str(value), Change.OTHER_DIGITS
    category = unicodedata.category(character)
    if category == "Pd" or character in _MORE_HYPHENS:
        return "-", Change.HYPHENS
    if category in ("Zs", "Zl", "Zp") or character in "\t\n\v\f\r\x85":
        return "", Change.SPACES
    if category in ("Cf", "Cc") or character in _MORE_INVISIBLE:
        return "", Change.INVISIBLE
    return character, width


def fold(text: str) -> Folded:
    """The text as a number: hyphens removed, any x written X. Folding the result again changes nothing."""
    # The second half: nearly every number that is judged.
    if len(text) > MAX_LENGTH or (text.isascii() and text.isalnum() and "x" not in text):
        return Folded(text, text)
    pieces: list[str] = []
    changes: set[Change] = set()
    for character in text:
        piece, change = _fold_character(character)
        if piece != "-":
            pieces.append(piece)
        if change is not None:
            changes.add(change)
    return _unquoted(text, "".join(pieces), changes)


def fold_code(text: str) -> Folded:
    """As `fold`, for codes in which letters and hyphens mean something: hyphens of all kinds become "-", letters stay.

    For student numbers, telephone extensions, other certificates.
    """
    if len(text) > MAX_LENGTH or (text.isascii() and text.isalnum()):
        return Folded(text, text)
    pieces: list[str] = []
    changes: set[Change] = set()
    for character in text:
        piece, change = _fold_character(character)
        if change is Change.LETTER_X:
            piece, change = ("x", Change.FULL_WIDTH) if character == "ｘ" else (character, None)
        elif character == "-":
            change = None
        pieces.append(piece)
        if change is not None:
            changes.add(change)
    return _unquoted(text, "".join(pieces), changes)


def _unquoted(original: str, folded: str, changes: set[Change]) -> Folded:
    bare = folded.strip(_QUOTES)
    if bare != folded:
        changes.add(Change.QUOTES)
    return Folded(original, bare, frozenset(changes))
