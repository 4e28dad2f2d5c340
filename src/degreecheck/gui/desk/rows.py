"""A row of the desk's table: what is shown of one applicant, made of what the desk process tells. Plain data."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from degreecheck.gui.places import NUMBERS, PageId, page_of
from degreecheck.privacy import KEPT, mask

# "waiting": not judged yet; "absent": in the roster only; "closed": a zip that was not opened; "trouble": no result.
Verdict = Literal["closed", "trouble", "unreadable", "fix", "absent", "confirm", "waiting", "ready"]
VERDICTS: tuple[Verdict, ...] = ("closed", "trouble", "unreadable", "fix", "absent", "confirm", "waiting", "ready")
MARKS: dict[Verdict, str] = {
    "closed": "error", "trouble": "error", "unreadable": "error", "fix": "error", "absent": "todo",
    "confirm": "question", "waiting": "off", "ready": "ok",
}  # fmt: skip
SECTIONS: tuple[PageId, ...] = (*NUMBERS, "export")  # the portal's, and what stands on none of its pages

_LOST = ("missing", "probably_missing")


@dataclass(slots=True)
class Cell:
    """How one section stands: a mark of icons.STATES and how many errors, or else warnings, it has."""

    mark: str
    count: int = 0


@dataclass(slots=True)
class Row:
    """One applicant. ``key`` tells applicants of this desk apart, in this run and the next."""

    index: int
    key: str
    shown: str = ""
    path: str = ""
    place: str = ""
    name: str = ""
    label: str = ""
    roster_row: int | None = None
    match: str | None = None
    candidates: list[dict[str, Any]] = field(default_factory=list)
    digest: str = ""
    verdict: Verdict = "waiting"
    tail: str = ""  # the last characters of the ID number
    number: str = ""
    cells: dict[PageId, Cell] = field(default_factory=dict)
    errors: int = 0
    warnings: int = 0
    mended: int = 0
    new: int = 0
    compared: bool = False  # whether the last run saw this folder
    lost: frozenset[str] = frozenset()  # slots whose material is, or may be, missing
    haystack: str = ""  # folded, for the search
    stale: bool = False  # what is shown was found in an earlier run
    packed: bytes = b""  # what was told, packed: of five thousand people it would fill the memory otherwise

    def at(self, person: Row, *, stale: bool) -> Row:
        """The same result where the desk is looked at anew, and this person found as ``person``."""
        return replace(
            self, index=person.index, path=person.path, place=person.place, label=person.label,
            roster_row=person.roster_row, match=person.match, candidates=person.candidates, digest=person.digest,
            stale=stale,
        )  # fmt: skip

    @property
    def folder(self) -> str:
        """The folder's name for people to see: some hold an ID number."""
        return mask(self.shown)

    @property
    def is_absent(self) -> bool:
        """In the roster only."""
        return not self.shown

    @property
    def is_stranger(self) -> bool:
        """In a folder, but not in the roster."""
        return bool(self.shown) and self.match == "none"

    def told(self) -> dict[str, Any]:
        """All that was told of the applicant; {} before there is a result."""
        return json.loads(zlib.decompress(self.packed)) if self.packed else {}

    def line(self) -> bytes:
        """The same as the desk process takes it back."""
        return zlib.decompress(self.packed).rstrip(b"\n") + b"\n" if self.packed else b""


def of_person(told: Mapping[str, Any]) -> Row:
    """A row of whom nothing is known but that they are there."""
    row = Row(
        told["index"],
        told["shown"] or f"#{told['row']}",
        told["shown"],
        told["path"],
        told["place"],
        mask(told["name"]),
        mask(told["label"]),
        told["row"],
        told["match"],
        told["candidates"],
        told["digest"],
    )
    row.haystack = _haystack(row, ())
    return row


def judge(row: Row, line: bytes, told: Mapping[str, Any]) -> None:
    """Put a result into a row."""
    row.packed, row.stale = zlib.compress(line, 1), False
    report = told["report"]
    row.cells, row.errors, row.warnings, row.lost = {}, 0, 0, frozenset()
    if report is None:
        row.verdict = "closed" if told["trouble"] == "closed" else "trouble"
        row.haystack = _haystack(row, ())
        return
    applicant = report["applicant"]
    row.verdict = "absent" if row.is_absent else report["verdict"]
    row.name = mask(applicant["name"].strip()) or row.name
    row.tail = applicant["id_number"][-KEPT:] if len(applicant["id_number"]) > 2 * KEPT else ""
    row.number = applicant["exam_number"] or applicant["student_number"]
    row.errors, row.warnings = report["counts"]["error"], report["counts"]["warning"] + len(report["unconfirmed"])
    row.lost = frozenset(slot for slot, state in told["slots"].items() if state in _LOST)
    changes = told["changes"]
    row.compared = changes is not None
    row.mended, row.new = (changes["mended"], changes["new"]) if changes is not None else (0, 0)
    if not row.is_absent and row.verdict != "unreadable":
        row.cells = _cells(report["findings"])
    codes = {finding["code"] for finding in report["findings"]}
    row.haystack = _haystack(row, (applicant["id_number"], row.number, applicant["major"], *sorted(codes)))


def _haystack(row: Row, more: tuple[str, ...]) -> str:
    return "\n".join((row.name, row.shown, *more)).casefold()


def _cells(findings: list[Mapping[str, Any]]) -> dict[PageId, Cell]:
    cells = {section: Cell("ok") for section in SECTIONS}
    for finding in findings:
        if finding["severity"] == "note" or finding["answered"]:
            continue
        cell = cells[section_of(finding)]
        mark = "error" if finding["severity"] == "error" else "question"
        if mark == cell.mark:
            cell.count += 1
        elif cell.mark != "error":
            cell.mark, cell.count = mark, 1
    return cells


def section_of(finding: Mapping[str, Any]) -> PageId:
    """The section of the portal in which a finding is mended; the last one where it is in none."""
    page = page_of(finding["code"], finding["field"] or "", finding["slot"] or "")
    return page if page in SECTIONS else "export"
