"""What was handed in and when, kept in submission.history: so that after a 驳回 it can be seen what changed since.

An entry is plain JSON: {at, status, note, returned_reason}; one of a handing-in holds {values, files} besides. The ID
number is masked to its last four characters, so a change before those does not show. Entries of other programs and of
earlier versions are read as far as they go, and kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from degreecheck.asked import UPLOAD_ORDER, for_applicant, unknown_slots
from degreecheck.clock import SCHOOL_TIME
from degreecheck.form import Form, PartialDate, Status, asked_fields, value_at, with_value
from degreecheck.idnumbers import resident_id
from degreecheck.privacy import mask_number

MOST_ENTRIES = 50
MOST_BYTES = 64_000  # of one entry, as JSON
# Characters of a value and files of a slot that are kept; the next pair is tried where an entry grows too large.
_CUTS = ((4_000, 100), (1_000, 20), (200, 5), (40, 1))
_MOST_SLOTS = 40
_LONGEST_NAME = 120
_ID_NUMBER = "personal.id_number"

Contents = Mapping[str, str | int]  # a listed path → its SHA-256, or its size where it was not hashed
Value = str | tuple[str, ...]
Listed = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True)
class Entry:
    """One line of the history. `at` None and `status` "" where the file's entry does not say."""

    at: datetime | None
    status: str
    note: str = ""
    returned_reason: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)  # by the field's path; the ID number masked
    files: Mapping[str, Listed] = field(default_factory=dict)  # by slot: name, and SHA-256 or size

    @property
    def is_snapshot(self) -> bool:
        """Whether it holds what was handed in."""
        return bool(self.values)


@dataclass(frozen=True)
class Changed:
    """A field or slot in which two entries differ. Of a slot, `before` and `after` are its files' names."""

    kind: Literal["field", "slot"]
    where: str
    before: Value
    after: Value


def with_status(form: Form, status: Status, at: datetime, *, note: str = "", contents: Contents | None = None) -> Form:
    """The form in another state, with an entry of it; of a handing-in ("not_reviewed") with what was handed in.

    The same state again only adds an entry where it is a handing-in. ``at`` must be aware.
    """
    if status == form.submission.status and status != "not_reviewed":
        return form
    entry: dict[str, Any] = {"at": at.astimezone(SCHOOL_TIME).isoformat(timespec="seconds"), "status": status}
    if note.strip():
        entry["note"] = note.strip()[: _CUTS[0][0]]
    if form.submission.returned_reason.strip() and status in ("not_reviewed", "returned", "refused"):
        entry["returned_reason"] = form.submission.returned_reason.strip()[: _CUTS[0][0]]
    if status == "not_reviewed":
        entry |= _handed_in(form, contents or {}, MOST_BYTES - _size(entry) - 200)
    history = (*form.submission.history, entry)[-MOST_ENTRIES:]
    return with_value(with_value(form, "submission.status", status), "submission.history", history)


def snapshot(form: Form, contents: Contents | None = None) -> Entry:
    """The form as it would be handed in now, to compare with an earlier entry."""
    return _entry({"status": form.submission.status, **_handed_in(form, contents or {}, MOST_BYTES)})


def entries(form: Form) -> tuple[Entry, ...]:
    """The history, oldest first."""
    return tuple(_entry(raw) for raw in form.submission.history)


def handed_in(form: Form) -> tuple[Entry, ...]:
    """The entries that hold what was handed in, oldest first."""
    return tuple(entry for entry in entries(form) if entry.is_snapshot)


def changed_between(earlier: Entry, later: Entry) -> tuple[Changed, ...]:
    """What differs between two entries that hold what was handed in: fields, then slots, in the portal's order.

    A field that only one entry knows counts as blank in the other. Files count as the same where names and contents
    are; a content that is known of one entry only (or by hash here and by size there) is not compared.
    """
    fields = [one.path for one in asked_fields()]
    found: list[Changed] = []
    for path in _in_order(fields, earlier.values, later.values):
        before, after = earlier.values.get(path, ""), later.values.get(path, "")
        if (before or "") != (after or ""):
            found.append(Changed("field", path, before, after))
    for slot in _in_order(UPLOAD_ORDER, earlier.files, later.files):
        was, now = earlier.files.get(slot, ()), later.files.get(slot, ())
        if not _same_files(was, now):
            found.append(Changed("slot", slot, tuple(name for name, _ in was), tuple(name for name, _ in now)))
    return tuple(found)


def changed_since(form: Form, contents: Contents | None = None) -> tuple[Changed, ...]:
    """What is another in the form now than when it was last handed in; nothing where it never was."""
    earlier = handed_in(form)
    return changed_between(earlier[-1], snapshot(form, contents)) if earlier else ()


def _in_order(known: Any, *tables: Mapping[str, Any]) -> list[str]:
    there = {name for table in tables for name in table}
    return [name for name in known if name in there] + sorted(there - set(known))


def _same_files(was: Listed, now: Listed) -> bool:
    if [name for name, _ in was] != [name for name, _ in now]:
        return False
    return all(
        one == other or not one or not other or type(one) is not type(other)
        for (_, one), (_, other) in zip(was, now, strict=True)
    )


def _handed_in(form: Form, contents: Contents, room: int) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for characters, files in _CUTS:
        made = {"values": _values(form, characters), "files": _files(form, contents, files)}
        if _size(made) <= room:
            break
    return made


def _values(form: Form, characters: int) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    for asked in asked_fields():
        if not asked.ask.on_portal or not for_applicant(asked, form):
            continue
        value = value_at(form, asked.path)
        if isinstance(value, tuple):
            found[asked.path] = [_hidden(str(word), form)[:characters] for word in value[:_MOST_SLOTS]]
        else:
            text = str(value) if isinstance(value, str | PartialDate) else ""
            found[asked.path] = _hidden(text.strip(), form)[:characters]
    return found


def _hidden(value: str, form: Form) -> str:
    """The value; the ID number masked wherever it stands, in its own field whatever it is."""
    number = form.personal.id_number
    bare = resident_id.compact(number)
    if not bare or (value != number.strip() and bare not in resident_id.compact(value)):
        return value
    return mask_number(bare)


def _files(form: Form, contents: Contents, most: int) -> dict[str, list[list[str | int]]]:
    found: dict[str, list[list[str | int]]] = {}
    for slot in (*UPLOAD_ORDER, *unknown_slots(form))[:_MOST_SLOTS]:
        listed = form.listed(slot)[:most]
        if listed:
            found[slot[:_LONGEST_NAME]] = [
                [_hidden(path.replace("\\", "/").rpartition("/")[2], form)[-_LONGEST_NAME:], contents.get(path, "")]
                for path in listed
            ]
    return found


def _size(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", errors="backslashreplace"))


def _entry(raw: Mapping[str, Any]) -> Entry:
    values = raw.get("values")
    files = raw.get("files")
    return Entry(
        _moment(raw.get("at")),
        _text(raw.get("status")),
        _text(raw.get("note")),
        _text(raw.get("returned_reason")),
        {str(path): _value(value) for path, value in values.items()} if isinstance(values, dict) else {},
        {str(slot): _listed(listed) for slot, listed in files.items()} if isinstance(files, dict) else {},
    )


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment is None:
            return None
        return moment.replace(tzinfo=SCHOOL_TIME) if moment.tzinfo is None else moment.astimezone(SCHOOL_TIME)
    except (ValueError, OverflowError):
        return None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _value(value: object) -> Value:
    return tuple(_text(word) for word in value) if isinstance(value, list | tuple) else _text(value)


def _listed(value: object) -> Listed:
    """The files of a slot: [name, content] each; a name alone is one whose content is not known."""
    found: list[tuple[str, str | int]] = []
    for one in value if isinstance(value, list | tuple) else ():
        pair = one if isinstance(one, list | tuple) and one else [one]
        known = pair[1] if len(pair) > 1 and isinstance(pair[1], str | int) else ""
        if isinstance(pair[0], str):
            found.append((pair[0], known))
    return tuple(found)
