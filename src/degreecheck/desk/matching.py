"""Which row of the roster is which folder: by ID number, then exam or student number, then name. Never by guessing.

Two people of one name are not told apart by it; and a name does not outweigh an ID number that says somebody else.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from degreecheck import names
from degreecheck.desk.roster import Row
from degreecheck.desk.roster_columns import ANY_CONTACT, EITHER_NUMBER
from degreecheck.desk.survey import Identity, Person, identity_of
from degreecheck.form import NotAsked, PartialDate, SetAside
from degreecheck.idnumbers.fold import fold, fold_code

By = Literal["id_number", "exam_number", "student_number", "name", "choice"]
# none: nothing in the roster is this person; same_name: a name that several share; other_number: the one of this name
# has another ID number.
Outcome = Literal["matched", "none", "same_name", "other_number"]
_SLIPS = 3  # characters in which two ID numbers of one person may differ: a slip or two of the hand


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a folder: its row's index, and by what it was found; ``rows``: those it may be otherwise."""

    outcome: Outcome
    row: int | None = None
    by: By | None = None
    rows: tuple[int, ...] = ()


_NONE = Match("none")


def match(people: Sequence[Person], rows: Sequence[Row], decided: Mapping[str, str] | None = None) -> list[Match]:
    """A match for each person. One row may be found by several folders of one person, except by name.

    ``decided``: by the `folder_sign` of a folder, the `sign` of the row that somebody has chosen for it; "" = none of
    them. It counts only where a name alone would decide, and lapses when not exactly one row has that sign any more.
    """
    roster = [identity_of(row.values) for row in rows]
    index = _Index(roster, rows)
    found = [index.by_number(person.identity) for person in people]
    if decided:
        chosen = _Chosen(rows, decided)
        found = [one or chosen.of(person) for one, person in zip(found, people, strict=True)]
    taken = {one.row for one in found if one is not None}
    by_name = _Names(people, found, index, taken)
    return [
        one if one is not None else by_name.find(person.identity) for person, one in zip(people, found, strict=True)
    ]


def sign(row: Row) -> str:
    """By what a row is known again in another run: a short check sum of who it is, from which nobody can be told."""
    identity = identity_of(row.values)
    who = "|".join((identity.name, identity.id_number, identity.exam_number, identity.student_number))
    return f"{zlib.crc32(who.encode('utf-8', errors='replace')):08x}"


def folder_sign(shown: str) -> str:
    """By what a folder of this desk is known again: what people call their folders holds names and numbers."""
    return f"{zlib.crc32(shown.encode('utf-8', errors='replace')):08x}"


class _Chosen:
    """What a person has decided where names could not."""

    def __init__(self, rows: Sequence[Row], decided: Mapping[str, str]) -> None:
        self._decided = decided
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            self._places[sign(row)].append(place)

    def of(self, person: Person) -> Match | None:
        wanted = self._decided.get(folder_sign(person.found.shown))
        if wanted is None:
            return None
        if not wanted:
            return _NONE
        places = self._places.get(wanted, [])
        return Match("matched", places[0], "choice") if len(places) == 1 else None


class _Index:
    """The roster's rows by what tells people apart."""

    def __init__(self, roster: Sequence[Identity], rows: Sequence[Row]) -> None:
        self.roster = roster
        self._by: dict[str, dict[str, list[int]]] = {
            field: defaultdict(list) for field in ("id_number", "exam_number", "student_number", "name")
        }
        for place, identity in enumerate(roster):
            for field, keys in self._by.items():
                if key := getattr(identity, field):
                    keys[key].append(place)
            for field, number in _more_numbers(rows[place]):
                self._by[field][number].append(place)

    def named(self, name: str) -> list[int]:
        return self._by["name"].get(name, [])

    def by_number(self, identity: Identity) -> Match | None:
        asked: list[tuple[By, str]] = [
            ("id_number", identity.id_number),
            ("exam_number", identity.exam_number),
            ("student_number", identity.student_number),
        ]
        kinds: tuple[By, ...] = ("id_number", "exam_number", "student_number")
        asked += [(kind, number) for number in identity.numbers for kind in kinds]
        for kind, number in asked:
            places = self._by[kind].get(number, []) if number else []
            if len(places) > 1:  # one number twice in the roster: the name may tell whose it is
                places = [place for place in places if self.roster[place].name in identity.names]
            if len(places) == 1:
                return Match("matched", places[0], kind)
        return None


class _Names:
    """The people and rows that no number has brought together, by name."""

    def __init__(
        self, people: Sequence[Person], found: Sequence[Match | None], index: _Index, taken: set[int | None]
    ) -> None:
        self._index = index
        self._taken = taken
        self._people = Counter(
            name
            for person, one in zip(people, found, strict=True)
            if one is None
            for name in set(self._in_roster(person.identity))
        )

    def _in_roster(self, identity: Identity) -> list[str]:
        return [name for name in identity.names if self._index.named(name)]

    def find(self, identity: Identity) -> Match:
        held = list(dict.fromkeys(self._in_roster(identity)))
        if not held:
            return _NONE
        every = [place for name in held for place in self._index.named(name)]
        open_rows = [place for place in every if place not in self._taken]
        if not open_rows:  # who bears this name in the roster has a folder already: twice one person, or two people
            return Match("same_name", rows=tuple(every))
        if len(held) > 1 or len(every) > 1 or self._people[held[0]] > 1:
            return Match("same_name", rows=tuple(open_rows))
        if not _may_be_one(identity, self._index.roster[open_rows[0]]):
            return Match("other_number", rows=tuple(open_rows))
        return Match("matched", open_rows[0], "name")


def _more_numbers(row: Row) -> Iterable[tuple[By, str]]:
    """Numbers by which a row may be found besides its own: of a column for either, and with the lost zero put back."""
    if either := row.values.get(EITHER_NUMBER):
        yield "exam_number", fold(either).text
        yield "student_number", fold_code(either).text.upper()
    for damage in row.damaged:
        if damage.trouble == "zero_lost" and damage.proposal:
            yield "exam_number", damage.proposal


def _may_be_one(one: Identity, other: Identity) -> bool:
    first, second = one.id_number, other.id_number
    if not first or not second:
        return True
    if len(first) != len(second):
        return abs(len(first) - len(second)) < _SLIPS
    return sum(a != b for a, b in zip(first, second, strict=True)) <= _SLIPS


# ------------------------------------------------------------------------------------- what roster and form say of one


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the roster and the form disagree, both as they stand there."""

    field: str
    roster: str
    form: str


_CODES = frozenset({"personal.student_number", "language.certificate_number"})
_NOT_COMPARED = frozenset({EITHER_NUMBER, ANY_CONTACT, "thesis.keywords", "language.route", "self_study_channel"})
_TEXTS = ("courses.", "thesis.", "institution.school")


def differences(row_form: Any, form: Any, fields: Iterable[str]) -> list[Difference]:
    """What a roster's row and a form say differently of the fields that both fill; folded, so that 78.5 is 78.50.

    ``row_form``: see roster_values.form_of. A field that either leaves blank is for other rules.
    """
    found = []
    for field in sorted(set(fields) - _NOT_COMPARED):
        listed, stated = _at(row_form, field), _at(form, field)
        if listed in (None, "") or stated in (None, "") or isinstance(listed, SetAside):
            continue
        if not _same(field, listed, stated):
            found.append(Difference(field, str(listed), str(stated)))
    return found


def _at(form: Any, field: str) -> Any:
    value = form
    try:
        for name in field.split("."):
            value = getattr(value, name)
    except NotAsked:
        return None
    return value


def _same(field: str, listed: Any, stated: Any) -> bool:
    if isinstance(listed, PartialDate) and isinstance(stated, PartialDate):
        # A spreadsheet writes the first of the month for a month alone.
        whole = listed.day > 1 and stated.day
        return (listed.year, listed.month) == (stated.year, stated.month) and (not whole or listed.day == stated.day)
    return _comparable(field)(str(listed)) == _comparable(field)(str(stated))


def _comparable(field: str) -> Callable[[str], str]:
    if field.endswith("_score") or field == "language.score":
        return _score
    if field == "personal.name":
        return names.fold_name
    if field in _CODES:
        return lambda text: fold_code(text).text.upper()
    if field.startswith(_TEXTS):
        return lambda text: "".join(fold_code(text).text.split()).casefold().replace("(", "（").replace(")", "）")
    return lambda text: fold(text).text


def _score(text: str) -> str:
    folded = fold_code(text).text
    whole, dot, places = folded.partition(".")
    return whole + (f".{places.rstrip('0')}" if dot and places.rstrip("0") else "")
