"""The roster: a table of people, read into rows of form fields. Columns that are not known are kept aside and said.

No column is guessed: two that claim one field are both left out and named, unless they say the same in every row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from degreecheck import names
from degreecheck.desk import roster_columns as columns
from degreecheck.desk.roster_values import Damage, damage_in, is_tick
from degreecheck.desk.tables import Sheet, read_sheets

HEADER_ROWS = 10  # titles, remarks and blank rows may stand above the header
_IDENTITIES = ("personal.name", "personal.id_number", "personal.exam_number", "personal.student_number")
_TELLING = (*_IDENTITIES[1:], columns.EITHER_NUMBER)
_NUMBERS = (*_IDENTITIES[1:], "institution.diploma_number", "language.certificate_number")
_TOTALS = ("合计", "总计", "共计", "小计")

Use = Literal["field", "same", "unneeded", "unknown", "conflict", "loose", "ticks", "nameless"]


class NoHeader(Exception):
    """No row among the first ones names a column by which people are told apart."""


@dataclass(frozen=True)
class Column:
    """A column of the roster. ``letter``: as spreadsheets name it. ``field`` is set where ``use`` is "field".

    use: field; same (says what the field's column says), unneeded, unknown, conflict (with another of ``claimed``),
    loose (another column names ``claimed`` more surely), ticks (marks, no numbers), nameless.
    """

    place: int
    header: str
    use: Use
    field: str = ""
    claimed: str = ""

    @property
    def letter(self) -> str:
        """A, B … Z, AA …"""
        text, place = "", self.place
        while place >= 0:
            text, place = chr(ord("A") + place % 26) + text, place // 26 - 1
        return text


@dataclass(frozen=True, slots=True)
class Row:
    """A person of the roster. ``values``: by field, as they stand in the cells; a damaged cell is not among them."""

    number: int  # of the row in the sheet, 1-based
    values: Mapping[str, str]
    damaged: tuple[Damage, ...] = ()

    def asked(self, fields: frozenset[str]) -> frozenset[str]:
        """The roster's fields without those whose cell is damaged here: what it held is not known."""
        return fields - {one.field for one in self.damaged} if self.damaged else fields


@dataclass(frozen=True)
class Roster:
    """A roster as read. ``fields``: those that have a column, and so were asked of everybody."""

    source: str
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sha256: str = ""
    other_sheets: tuple[str, ...] = ()  # with rows of their own that were not read
    repeated: tuple[int, ...] = ()  # numbers of rows that say exactly what an earlier one says

    @property
    def fields(self) -> frozenset[str]:
        """The fields that some column fills."""
        return frozenset(column.field for column in self.columns if column.field)


def read(path: Path, chosen: Mapping[int, str] | None = None, sheet: str = "") -> Roster:
    """Read a roster. ``chosen``: a person's own decision on columns, by place (0-based); "" leaves one out.

    ``sheet``: the one to read; without it, or where there is no such sheet, the one with most columns that are known.
    Raises tables.TableUnreadable, NoHeader.
    """
    sheets = read_sheets(path)
    wanted = [one for one in sheets if one.name == sheet and _header(one).score] or sheets
    best, header = max(((one, _header(one)) for one in wanted), key=lambda found: found[1].score)
    if not header.score:
        raise NoHeader
    others = tuple(one.name for one in sheets if one is not best and _header(one).score)
    read_columns, rows, repeated = _rows(best, header, chosen or {})
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Roster(path.name, best.name, read_columns, rows, digest, others, repeated)


# ------------------------------------------------------------------------------------------------------- the header


@dataclass(frozen=True)
class _Header:
    score: int  # columns that are known; 0 = there is no header
    below: int  # the first row of data, 0-based
    names: tuple[str, ...]


def _header(sheet: Sheet) -> _Header:
    best = _Header(0, 0, ())
    for at in range(min(HEADER_ROWS, len(sheet.rows))):
        single = tuple(sheet.rows[at])
        candidates = [(single, at + 1)]
        if at + 1 < len(sheet.rows):
            candidates.append((_two_rows(sheet, at), at + 2))
        for titles, below in candidates:
            score = columns.known(titles)
            if score > best.score and _tells_people_apart(titles):
                best = _Header(score, below, titles)
    return best


def _tells_people_apart(titles: Sequence[str]) -> bool:
    found = [columns.field_of(title) for title in titles if title]
    return any(entry is not None and entry[0].split("|")[0] in _IDENTITIES for entry in found)


def _two_rows(sheet: Sheet, at: int) -> tuple[str, ...]:
    """The names of columns whose header is two rows high, the upper one with cells merged over several columns."""
    upper, lower = list(sheet.rows[at]), list(sheet.rows[at + 1])
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    if sheet.merged:
        for top, left, bottom, right in sheet.merged:
            if top == bottom == at:
                upper[left : right + 1] = [upper[left]] * len(upper[left : right + 1])
    else:  # text has no merged cells: a name holds until the next one, as long as something stands below
        for place in range(1, width):
            if not upper[place] and lower[place] and lower[place - 1]:
                upper[place] = upper[place - 1]
    return tuple(columns.joined(over, under) for over, under in zip(upper, lower, strict=True))


# ------------------------------------------------------------------------------------------------- columns and rows


def _rows(
    sheet: Sheet, header: _Header, chosen: Mapping[int, str]
) -> tuple[tuple[Column, ...], tuple[Row, ...], tuple[int, ...]]:
    data = sheet.rows[header.below :]
    found = _columns(header.names, data, chosen)
    fields = [(column.place, column.field) for column in found if column.field]
    rows: list[Row] = []
    seen: set[tuple[tuple[str, str], ...]] = set()
    repeated = []
    for index, cells in enumerate(data):
        number = sheet.first_row + header.below + index
        width = len(cells)
        values = {field: cells[place] for place, field in fields if place < width and cells[place]}
        if not _is_person(values, cells, header.names):
            continue
        if any(field in values for field in _TELLING):  # two rows that only say 李伟 may well be two people
            said = tuple(values.items())
            if said in seen:
                repeated.append(number)
                continue
            seen.add(said)
        damaged = damage_in(values)
        for one in damaged:
            del values[one.field]
        rows.append(Row(number, values, damaged))
    return found, tuple(rows), tuple(repeated)


def _is_person(values: Mapping[str, str], cells: Sequence[str], titles: Sequence[str]) -> bool:
    name = values.get("personal.name", "")
    if any(field in values for field in _TELLING):
        return tuple(cells) != tuple(titles)  # the header again, as printed on each page
    bare = names.fold_name(name)
    if not bare or bare.startswith(_TOTALS) or any(sign in bare for sign in ":："):
        return False
    return columns.field_of(bare) is None


def _columns(titles: Sequence[str], data: Sequence[Sequence[str]], chosen: Mapping[int, str]) -> tuple[Column, ...]:
    width = max([len(titles), *(len(row) for row in data[:1])])
    found: list[Column] = []
    claims: dict[str, list[tuple[int, bool]]] = {}
    for place in range(width):
        title = titles[place] if place < len(titles) else ""
        if place in chosen:
            field = chosen[place]
            found.append(Column(place, title, "field" if field else "unneeded", field, field))
            continue
        meant = columns.field_of(title) if title else None
        if meant is None:
            found.append(Column(place, title, "unknown" if title else "nameless"))
        elif meant[0] == columns.UNNEEDED:
            found.append(Column(place, title, "unneeded"))
        elif meant[0] in chosen.values():
            found.append(Column(place, title, "loose", claimed=meant[0]))
        elif not meant[1] and meant[0] in _NUMBERS and _holds_ticks(data, place):
            found.append(Column(place, title, "ticks", claimed=meant[0]))
        else:
            claims.setdefault(meant[0], []).append((place, meant[1]))
            found.append(Column(place, title, "field", meant[0], meant[0]))
    for field, claimants in claims.items():
        for place, use in _settled(claimants, data):
            found[place] = Column(place, found[place].header, use, field if use == "field" else "", field)
    return tuple(column for column in found if column.use != "nameless" or _holds_anything(data, column.place))


def _settled(claimants: Sequence[tuple[int, bool]], data: Sequence[Sequence[str]]) -> list[tuple[int, Use]]:
    """What becomes of the columns that claim one field."""
    sure = [place for place, certain in claimants if certain] or [place for place, _ in claimants]
    loose: list[tuple[int, Use]] = [(place, "loose") for place, _ in claimants if place not in sure]
    if len(sure) == 1:
        return [(sure[0], "field"), *loose]
    if all(len({row[place] for place in sure if place < len(row) and row[place]}) <= 1 for row in data):
        fullest = max(sure, key=lambda place: (sum(place < len(row) and bool(row[place]) for row in data), -place))
        same: list[tuple[int, Use]] = [(place, "same") for place in sure if place != fullest]
        return [(fullest, "field"), *same, *loose]
    return [*((place, "conflict") for place in sure), *loose]


def _holds_ticks(data: Sequence[Sequence[str]], place: int) -> bool:
    held = [row[place] for row in data if place < len(row) and row[place]]
    return bool(held) and all(is_tick(value) for value in held[:200])


def _holds_anything(data: Sequence[Sequence[str]], place: int) -> bool:
    return any(place < len(row) and row[place] for row in data[:200])
