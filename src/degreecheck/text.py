"""The sentences people read, one file per language in resources/text, looked up by key.

Values go into a sentence by name, ``{count}``; a format such as ``{slot:slot}`` looks the value up in a table of the
same file (``[slot]``), so that findings carry identifiers and every language its own words. Lists are joined the way
the language joins them, ``{lengths::or}`` with its word for "or". A mapping fills in the sentence that its format names
(``{readings:score.reading}``), or holds a pack's own words (``{"zh": …, "en": …}``). An own small module because
gettext keeps a sentence's parts (title, message, fix) apart.
"""

from __future__ import annotations

import functools
import re
import threading
import tomllib
from collections.abc import Mapping

from degreecheck import paths

LANGUAGES = ("zh", "en")
_OR = ":or"  # ends the format of a list of which one is meant
_SHOWN_ENTRIES = 40  # of a list inside a sentence: longer ones are cut and counted


class MissingText(LookupError):
    """A key that the text file does not hold."""


class Texts:
    """All texts of one language.

    ``unread``: tables as they stand in the file, read when they are first asked for (then TOMLDecodeError may be
    raised): the start page needs a twentieth of the file.
    """

    def __init__(self, language: str, tables: Mapping[str, object], unread: Mapping[str, str] | None = None) -> None:
        self.language = language
        self._tables = dict(tables)
        self._unread = dict(unread or {})
        self._reading = threading.Lock()

    def has(self, key: str) -> bool:
        """Whether there is a text under the dotted key."""
        return self._find(key) is not None

    def get(self, key: str, /, **values: object) -> str:
        """The text under a dotted key with the values put in. Raises MissingText."""
        template = self._find(key)
        if template is None:
            raise MissingText(f"{self.language}: {key}")
        return template.format_map({name: _Shown(value, self) for name, value in values.items()})

    def raw(self, key: str) -> str:
        """The text under a key as it stands in the file, places for values included. Raises MissingText."""
        found = self._find(key)
        if found is None:
            raise MissingText(f"{self.language}: {key}")
        return found

    def template(self, key: str) -> str:
        """The text under a key with an ellipsis where values would stand. Raises MissingText."""
        return re.sub(r"\{[^{}]*\}", "…", self.raw(key))

    def word(self, table: str, key: object) -> str:
        """An identifier's word in a table of the file (``slot``, ``field``, …); itself where there is none."""
        name = re.sub(r"\[\d+\]", "", str(key))  # "courses.records[3].score" is called what every score is called
        entry = self._find(f"{table}.{name}")
        while entry is None and "." in name:  # "materials.photo": a place in a field that has a word
            name = name.rpartition(".")[0]
            entry = self._find(f"{table}.{name}")
        return str(key) if entry is None else entry

    def table(self, name: str) -> Mapping[str, object]:
        """A whole table (``rule.IDN101``), empty where there is none."""
        found = self._walk(name)
        return found if isinstance(found, dict) else {}

    def show(self, value: object, table: str = "") -> str:
        """A value as it stands in a sentence."""
        if isinstance(value, list | tuple | set | frozenset):
            of_entry, _, joint = table.rpartition(":") if table.endswith(_OR) else (table, "", "separator")
            entries = [self.show(entry, of_entry) for entry in value]
            joined = self.word("list", joint).join(entries[:_SHOWN_ENTRIES])
            if len(entries) > _SHOWN_ENTRIES:
                joined += self.get("list.more", count=len(entries) - _SHOWN_ENTRIES)
            return joined
        if isinstance(value, Mapping):
            return self._show_mapping(value, table)
        if table:
            return self.word(table, value)
        if isinstance(value, bool):
            return self.word("bool", str(value).lower())
        if isinstance(value, float):
            return f"{value:g}"
        return str(value) if isinstance(value, str | int) else _show_exactly(value)

    def _show_mapping(self, value: Mapping[str, object], table: str) -> str:
        if table:
            return self.get(table, **value)
        if "zh" in value:
            return str(value.get(self.language) or value["zh"])
        shown = {
            name: self.show(entry, _OR if isinstance(entry, list | tuple) else "") for name, entry in value.items()
        }
        return self.show([f"{name}: {entry}" for name, entry in shown.items() if entry])

    def _find(self, key: str) -> str | None:
        found = self._walk(key)
        return found if isinstance(found, str) else None

    def _walk(self, key: str) -> object:
        self._read(key)
        # Keys of fields hold dots themselves ("personal.name"): a table is searched for the whole rest first.
        node: object = self._tables
        rest = key
        while rest:
            if not isinstance(node, dict):
                return None
            if rest in node:
                return node[rest]
            head, _, rest = rest.partition(".")
            node = node.get(head)
        return node

    def _read(self, key: str) -> None:
        """See to it that the tables in which a key may stand are read."""
        first, _, rest = key.partition(".")
        wanted = {first, f"{first}.{rest.partition('.')[0]}"}
        if not rest:
            wanted |= {name for name in tuple(self._unread) if name.startswith(f"{first}.")}
        for name in wanted:
            if name in self._unread:
                with self._reading:  # whoever comes second waits until the tables stand there
                    _merge(self._tables, tomllib.loads(self._unread.get(name, "")))
                    self._unread.pop(name, None)


class _Shown:
    """A value on its way into a sentence; its format names a table of words, or is a number's format."""

    def __init__(self, value: object, texts: Texts) -> None:
        self._value = value
        self._texts = texts

    def __format__(self, table: str) -> str:
        if table[:1] in ".0123456789" and table:
            return format(self._value, table)
        return self._texts.show(self._value, table)

    def __str__(self) -> str:
        return self._texts.show(self._value)


_HEADER = re.compile(r"^\[([a-z_]+)(?:\.([a-z_]+))?.*$", re.MULTILINE)


def parts(source: str) -> dict[str, str]:
    """The tables of a text file by the names under which they wait, unread.

    [rule.IDN101] waits under "rule"; [ui.start], and what is below it, under "ui.start", for the window needs few of
    its tables at first.
    """
    found: dict[str, str] = {}
    headers = list(_HEADER.finditer(source))
    for header, following in zip(headers, [*headers[1:], None], strict=True):
        first, second = header.groups()
        name = f"{first}.{second}" if first == "ui" and second else first
        found[name] = found.get(name, "") + source[header.start() : following.start() if following else len(source)]
    return found


def _show_exactly(value: object) -> str:
    # Imported here: the start page is on the screen before either is needed.
    from datetime import date, datetime
    from decimal import Decimal

    from degreecheck.clock import SCHOOL_TIME

    if isinstance(value, datetime):
        return (value.astimezone(SCHOOL_TIME) if value.tzinfo else value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _merge(into: dict[str, object], tables: Mapping[str, object]) -> None:
    for name, value in tables.items():
        present = into.get(name)
        if isinstance(present, dict) and isinstance(value, dict):
            _merge(present, value)
        else:
            into[name] = value


@functools.cache
def load(language: str) -> Texts:
    """The texts of a language ("zh" or "en"). Raises MissingText for another."""
    if language not in LANGUAGES:
        raise MissingText(language)
    source = paths.resources() / "text" / f"{language}.toml"
    return Texts(language, {}, parts(source.read_text(encoding="utf-8")))
