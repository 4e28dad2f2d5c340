"""The rows of the course table as plain data: what stands in each cell, and what becomes of the form when they change.

A row keeps what was set aside of it (SYS101): text that its field cannot hold, such as a date that is none, shown in
its cell and never lost, whatever is sorted, moved or removed around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from degreecheck.course_columns import read_date
from degreecheck.course_table import CoursesFound, Mended
from degreecheck.form import CourseRecord, Form, NotADate, PartialDate, SetAside, parse_date
from degreecheck.score_marks import parse_score
from degreecheck.worked_average import is_blank

Key = Literal["code", "name", "score", "passed_on", "is_thesis", "kind"]
KEYS: tuple[Key, ...] = get_args(Key)  # in the order of the columns
KINDS = (None, "exempt", "transferred")

LONGEST_SHOWN = 300  # characters of a cell that are drawn; whoever edits it gets all of them

_ASIDE = re.compile(r"courses\.records\[(\d{1,6})\]\.(\w+)")


_BLANK = CourseRecord()


@dataclass(frozen=True)
class Row:
    """A course record, and what was set aside of it: field and text."""

    record: CourseRecord = _BLANK
    aside: tuple[tuple[str, str], ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return is_blank(self.record) and not self.aside


def rows_of(form: Form) -> tuple[Row, ...]:
    """The form's course records as rows of the table."""
    asides: dict[int, list[tuple[str, str]]] = {}
    for entry in form.set_aside:
        place = _place(entry, len(form.courses.records))
        if place is not None:
            asides.setdefault(place[0], []).append((place[1], entry.value))
    return tuple(Row(record, tuple(asides.get(index, ()))) for index, record in enumerate(form.courses.records))


def with_rows(form: Form, rows: Sequence[Row]) -> Form:
    """The form with these rows for its course records."""
    present = len(form.courses.records)
    others = [entry for entry in form.set_aside if _place(entry, present) is None]
    ours = [
        SetAside(field=f"courses.records[{index}].{key}", value=value)
        for index, row in enumerate(rows)
        for key, value in row.aside
    ]
    courses = form.courses.model_copy(update={"records": tuple(row.record for row in rows)})
    return form.model_copy(update={"courses": courses, "set_aside": (*others, *ours)})


def _place(entry: SetAside, records: int) -> tuple[int, str] | None:
    found = _ASIDE.fullmatch(entry.field)
    if found is None or int(found[1]) >= records:
        return None
    return int(found[1]), found[2]


def aside_of(row: Row, key: str) -> str:
    """What was set aside of a row's field; "" for nothing."""
    return next((value for name, value in row.aside if name == key), "")


def text_of(row: Row, key: Key) -> str:
    """What stands in a cell as it is typed. The kind by its identifier, the thesis as "yes"; "" for nothing."""
    value = getattr(row.record, key)
    if key == "is_thesis":
        return "yes" if value else aside_of(row, key)
    shown = "" if value is None else str(value)
    return shown or aside_of(row, key)


def with_value(row: Row, key: Key, value: object) -> Row:
    """The row with a cell changed. Text that is no date is set aside; so is a kind or a tick that is none."""
    kept = tuple(entry for entry in row.aside if entry[0] != key)
    aside = ""
    if key == "passed_on":
        text = str(value or "").strip()
        value = _read_day(text)
        aside = text if value is None else ""
    elif key == "kind":
        value = value or None
        if value not in KINDS:
            aside, value = str(value), None
    elif key == "is_thesis":
        value = bool(value)
    elif key in ("code", "name", "score"):
        value = " ".join(str(value).split())
    return Row(row.record.model_copy(update={key: value}), (*kept, (key, aside)) if aside else kept)


def _read_day(text: str) -> PartialDate | None:
    # Typed by hand 2019.1 is January; only in a spreadsheet's cell may it have been October.
    try:
        return parse_date(text)
    except NotADate:
        return read_date(text, header=True)


def inserted(rows: Sequence[Row], at: int, new: Iterable[Row]) -> tuple[Row, ...]:
    """The rows with others put in before the row ``at``."""
    return (*rows[:at], *new, *rows[at:])


def removed(rows: Sequence[Row], indexes: Iterable[int]) -> tuple[Row, ...]:
    """The rows without these."""
    gone = set(indexes)
    return tuple(row for index, row in enumerate(rows) if index not in gone)


def moved(rows: Sequence[Row], indexes: Iterable[int], by: int) -> tuple[tuple[Row, ...], tuple[int, ...]]:
    """The rows with these one place up (``by`` -1) or down (1), and where they are then. At the end they stay."""
    chosen = sorted(set(indexes), reverse=by > 0)
    order = list(range(len(rows)))
    placed: set[int] = set()
    for index in chosen:
        to = index + by
        if 0 <= to < len(rows) and to not in placed:
            order[index], order[to] = order[to], order[index]
            placed.add(to)
        else:
            placed.add(index)
    return tuple(rows[index] for index in order), tuple(sorted(placed))


def in_order(rows: Sequence[Row], key: Key, *, descending: bool = False) -> tuple[Row, ...]:
    """The rows sorted by a column, equal ones as they were. Cells with nothing to go by come last either way."""
    keyed = [(_sort_key(row, key), row) for row in rows]
    known = [entry for entry in keyed if entry[0] is not None]
    rest = [row for value, row in keyed if value is None]
    known.sort(key=lambda entry: entry[0] or (), reverse=descending)
    return (*(row for _, row in known), *rest)


def _sort_key(row: Row, key: Key) -> tuple[object, ...] | None:
    record = row.record
    if key == "score":
        score = parse_score(record.score)
        return None if score.value is None else (score.value,)
    if key == "passed_on":
        day = record.passed_on
        return None if day is None else (day.first, day.day)
    if key == "is_thesis":
        return (not record.is_thesis,)
    text = text_of(row, key)
    return (text,) if text.strip() else None


def rows_of_import(found: CoursesFound, month: int | None = None) -> tuple[Row, ...]:
    """The rows of recognised courses. Where no date was seen, what stood there comes along as text (SYS101).

    ``month`` (1 or 10): which one 2019.1 is, where a person has said so.
    """
    rows = [Row(record) for record in found.records]
    for entry in found.mended:
        day = unclear_day(entry, month)
        if day is not None:
            record = rows[entry.record].record.model_copy(update={"passed_on": day})
            rows[entry.record] = replace(rows[entry.record], record=record)
        elif entry.kind in ("date_unclear", "date_unread"):
            rows[entry.record] = replace(rows[entry.record], aside=(("passed_on", entry.before),))
    return tuple(rows)


def unclear_day(entry: Mended, month: int | None) -> PartialDate | None:
    """What 2019.1 is when the month is known; None where it is not, and for every other mended cell."""
    if month is None or entry.kind != "date_unclear":
        return None
    try:
        return replace(parse_date(entry.before), month=month)
    except NotADate:
        return None


def cut(text: str) -> str:
    """What is drawn of a cell: laying out a million characters would hold up the window."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def as_tsv(cells: Sequence[Sequence[str]]) -> str:
    """Cells as a spreadsheet takes them from the clipboard."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in cells)
