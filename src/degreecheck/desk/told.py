"""What the window is told of a desk: plain data, a JSON object each, in both languages so that it can switch.

Texts are not masked here: the window shows them masked and a summary may be asked for with full numbers. They stay in
this program's own memory.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from degreecheck import pack as packs
from degreecheck.desk import messages
from degreecheck.desk.batch import BundleClosed, Judged
from degreecheck.desk.company import Desk
from degreecheck.desk.last_run import Changes
from degreecheck.desk.matching import sign
from degreecheck.desk.roster import Roster, Row
from degreecheck.folder import NotAFolder
from degreecheck.report import Report, to_data
from degreecheck.text import LANGUAGES, load

_EXAMPLES = 3  # cells of a column that are shown beside its name


def people(desk: Desk) -> Iterator[dict[str, Any]]:
    """Everybody of the desk in its order, then who is in the roster only, before anything is judged."""
    for index, neighbours in enumerate(desk.neighbours):
        person = desk.people[index] if index < len(desk.people) else None
        row = neighbours.row
        shown = person.found.shown if person is not None else ""
        told: dict[str, Any] = {
            "index": index,
            "shown": shown,
            "path": str(person.found.path) if person is not None else "",
            "place": str(person.place) if person is not None else "",
            "name": desk.marks[index].name or (row.values.get("personal.name", "") if row is not None else ""),
            "label": desk.marks[index].label,
            "row": row.number if row is not None else None,
            "match": neighbours.match,
            "by": desk.matches[index].by if person is not None and desk.matches else None,
            "candidates": [],
            # By which it shows whether this person's company is what it was when they were judged.
            "digest": f"{zlib.crc32(repr(neighbours).encode('utf-8', errors='replace')):08x}",
        }
        if desk.roster is not None and neighbours.match in ("same_name", "other_number") and person is not None:
            wanted = set(neighbours.rows)
            told["candidates"] = [candidate(one) for one in desk.roster.rows if one.number in wanted]
        yield told


def candidate(row: Row) -> dict[str, Any]:
    """A row of the roster among which a person has to choose."""
    values = row.values
    return {
        "row": row.number,
        "sign": sign(row),
        "name": values.get("personal.name", ""),
        "id_number": values.get("personal.id_number", ""),
        "number": values.get("personal.exam_number", "") or values.get("personal.student_number", ""),
        "major": values.get("courses.major", ""),
    }


def roster(read: Roster, examples: Mapping[int, list[str]] | None = None) -> dict[str, Any]:
    """What was made of a roster."""
    return {
        "source": read.source,
        "sheet": read.sheet,
        "other_sheets": list(read.other_sheets),
        "rows": len(read.rows),
        "repeated": list(read.repeated),
        "damaged": [
            {"row": row.number, "name": row.values.get("personal.name", ""), "field": one.field.split("|")[0],
             "trouble": one.trouble, "proposal": one.proposal}
            for row in read.rows
            for one in row.damaged
        ],
        "columns": [
            {"place": column.place, "letter": column.letter, "header": column.header, "use": column.use,
             "field": column.field, "claimed": column.claimed,
             "examples": (examples or {}).get(column.place, [])[:_EXAMPLES]}
            for column in read.columns
        ],
    }  # fmt: skip


def judged(one: Judged, changes: Changes | None) -> dict[str, Any]:
    """What came of one applicant."""
    told: dict[str, Any] = {
        "index": one.index,
        "shown": one.shown,
        "trouble": _trouble(one.trouble),
        "matched_by": one.matched_by,
        "row": one.row,
        "slots": dict(one.slots),
        "files": [list(entry) for entry in one.files],
        "changes": changes.to_data() if changes is not None else None,
        "bundle": one.bundle.outcome if one.bundle is not None else "",
        "bundle_reason": one.bundle.reason if one.bundle is not None else "",
        "bundle_troubles": [[t.kind, t.name] for t in one.bundle.facts.troubles] if one.bundle is not None else [],
        "report": None,
    }
    if one.report is not None:
        told |= {"report": _report(one.report), "contact": _contact(one.report)}
        told |= {language: _words(one.report, language) for language in LANGUAGES}
    return told


def _report(report: Report) -> dict[str, Any]:
    data = to_data(report, load("zh"), unmasked=True)
    data["results"] = []  # hundreds, that nobody looks at on a desk
    return data


def _words(report: Report, language: str) -> dict[str, Any]:
    texts = load(language)
    message = messages.message_to(report, texts)
    return {
        "findings": [[f.title(texts), f.message(texts), f.fix(texts)] for f in report.findings],
        "not_checked": [line.sentence(texts) for line in report.not_checked],
        "message": message.text,
        "message_counts": [message.errors, message.warnings],
    }


def _contact(report: Report) -> str:
    try:
        return messages.contact_of(report, packs.find(report.pack_id))
    except (packs.NoSuchPack, packs.PackInvalid):
        return ""


def _trouble(trouble: Exception | None) -> str:
    """The kind of trouble, without any word of the exception's own."""
    if trouble is None:
        return ""
    if isinstance(trouble, BundleClosed):
        return "closed"
    if isinstance(trouble, NotAFolder):
        return trouble.reason
    if isinstance(trouble, packs.NoSuchPack | packs.PackInvalid):
        return "pack"
    return "crashed"


def in_language(told: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The report object in a language, with what the desk knows, as the summary workbook takes it."""
    data = dict(told["report"])
    words = told[language]
    data["findings"] = [
        finding | dict(zip(("title", "message", "fix"), says, strict=True))
        for finding, says in zip(data["findings"], words["findings"], strict=True)
    ]
    data["not_checked"] = words["not_checked"]
    data["roster"] = {"row": told["row"], "matched_by": told["matched_by"]} if told["row"] is not None else None
    data["slots"] = told["slots"]
    data["changes"] = told["changes"]
    return data
