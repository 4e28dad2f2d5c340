"""People's names: what may be folded without asking, and what is certainly no name."""

from __future__ import annotations

import re
import unicodedata

INTERPUNCT = "\u00b7"  # 民委发〔2016〕33号
LONGEST = 50
_DOTS = re.compile("[•・‧．.･∙⋅]")
_INVISIBLE = ("Cf",)


def fold_name(name: str) -> str:
    """The name without outer and invisible characters, blanks inside a Chinese name, and with the one right interpunct.

    A name in Latin letters keeps its blanks and full stops.
    """
    visible = "".join(c for c in name if unicodedata.category(c) not in _INVISIBLE).strip()
    if not has_han(visible):
        return " ".join(visible.split())
    return _DOTS.sub(INTERPUNCT, "".join(visible.split()))


def fold_changes(name: str) -> tuple[str, ...]:
    """What `fold_name` changes: "blanks", "invisible" characters, another "dot" than the one right interpunct."""
    visible = "".join(c for c in name if unicodedata.category(c) not in _INVISIBLE)
    closed = "".join(visible.split()) if has_han(visible) else " ".join(visible.split())
    found = {"blanks": closed != visible, "invisible": visible != name, "dot": closed != fold_name(name)}
    return tuple(change for change, is_made in found.items() if is_made)


def has_han(name: str) -> bool:
    """Whether there is a Chinese character (all extensions, 〇 and private-use characters of rare names count)."""
    return any(_is_han(character) for character in name)


def has_latin(name: str) -> bool:
    """Whether there is a Latin letter, of any width."""
    return any("a" <= c.lower() <= "z" for c in unicodedata.normalize("NFKC", name))


def has_digit(name: str) -> bool:
    """Whether there is a decimal digit of any script; 〇 is none."""
    return any(unicodedata.category(character) == "Nd" for character in name)


def has_control(name: str) -> bool:
    """Whether there is a control character, such as a line break."""
    return any(unicodedata.category(character) == "Cc" for character in name)


def _is_han(character: str) -> bool:
    point = ord(character)
    return (
        point == 0x3007
        or 0x3400 <= point <= 0x9FFF
        or 0xF900 <= point <= 0xFAFF
        or 0x20000 <= point <= 0x3FFFF
        or unicodedata.category(character) == "Co"
    )
