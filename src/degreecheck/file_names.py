"""Names for files that this program makes: legal on every system, and a school's patterns for them."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Mapping

FIELDS = ("name", "exam_number", "student_number", "id_number", "major", "slot")
GREATEST_PATTERN = 100

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_ILLEGAL = re.compile(r'[\\/:*?"<>|]')  # on Windows
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # private-use characters stay: rare names hold them


class BadPattern(ValueError):
    """A pattern that could not name a file on every system, or names a field that there is not."""


def legal_name(text: str, greatest: int = 40) -> str:
    """The text as a file name, or a part of one, that Windows takes too; empty where nothing is left.

    At most ``greatest`` characters and three times as many bytes: file systems count bytes, and Chinese takes three.
    """
    from pathvalidate import sanitize_filename

    visible = "".join(character for character in text if unicodedata.category(character) not in _UNSEEN)
    folded = " ".join(unicodedata.normalize("NFC", visible).split())
    clean = sanitize_filename(folded, platform="universal", max_len=255)[:greatest]
    clean = clean.encode("utf-8")[: 3 * greatest].decode("utf-8", errors="ignore")
    return clean.strip(" .")


def check_pattern(pattern: str) -> None:
    """Raise BadPattern for a pattern that a pack must not have."""
    fill_pattern(pattern, dict.fromkeys(FIELDS, "x"))


def fill_pattern(pattern: str, values: Mapping[str, str]) -> str:
    """The file name, without extension, that a pattern such as ``{exam_number}-{name}`` gives.

    Empty when one of its fields is: half a name is none. Raises BadPattern.
    """
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError as trouble:
        raise BadPattern(pattern) from trouble
    literals = "".join(literal for literal, *_ in parts)
    used = [field for _, field, *_ in parts if field is not None]
    plain = all(not (spec or conversion) for _, _, spec, conversion in parts)
    if not plain or any(field not in FIELDS for field in used) or len(pattern) > GREATEST_PATTERN:
        raise BadPattern(pattern)
    if _ILLEGAL.search(literals) or any(unicodedata.category(character) in _UNSEEN for character in literals):
        raise BadPattern(pattern)
    ends_in_literal = bool(parts) and parts[-1][1] is None
    if not pattern.strip() or (ends_in_literal and (_EXTENSION.search(parts[-1][0]) or pattern[-1] in " .")):
        raise BadPattern(pattern)
    filled = {field: legal_name(values[field]) for field in used}
    if not all(filled.values()):
        return ""
    made = "".join(literal + (filled[field] if field is not None else "") for literal, field, *_ in parts)
    return legal_name(made, 60)
