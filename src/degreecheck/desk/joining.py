"""Joins the JSON lines of shards: in the order of the whole desk, with what only shows across shards added.

Two passes, so that of a million lines only hashes and places are kept: the first notes where each line stands and what
it may have in common with others, the second writes the lines.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from degreecheck import pack as packs
from degreecheck.desk.across import DESK_RULES, DeskCase, Neighbours, Shared
from degreecheck.desk.company import Marks, shared_by
from degreecheck.form import Form, Language, Personal
from degreecheck.pack import Pack, PackInvalid
from degreecheck.privacy import mask_all
from degreecheck.report import SEVERITIES, Finding, Result, finding_data
from degreecheck.rules import FAMILIES
from degreecheck.rules._rule import ListedPath, run
from degreecheck.text import Texts

GREATEST_LINE = 64 * 1024 * 1024
_ACROSS = ("DSK101", "DSK102", "DSK103")
_BY_NAME = "DSK205"


@dataclass(frozen=True, slots=True)
class _Line:
    """One applicant's line: where it stands, and what decides its place and its neighbours."""

    file: int
    offset: int
    order: tuple[int, str]
    folder: str
    marks: Marks
    has_marks: bool
    row: int | None  # of the roster, found by name only


@dataclass
class Joined:
    """The lines of all shards, ready to be written; ``…`` lists say what is wrong with the set of files."""

    lines: list[_Line] = field(default_factory=list)
    paths: Sequence[Path] = ()
    bad: list[tuple[Path, int]] = field(default_factory=list)  # lines that are no result: file, number
    counts: set[int] = field(default_factory=set)  # into how many parts the desk was split
    missing: list[int] = field(default_factory=list)
    repeated: int = 0
    keys: set[str] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)  # of the roster, that have a folder

    @property
    def without_marks(self) -> int:
        """How many lines say nothing by which they could be compared with others."""
        return sum(not line.has_marks for line in self.lines)


def survey(paths: Sequence[Path]) -> Joined:
    """The first pass. Raises OSError for a file that cannot be read."""
    joined = Joined(paths=paths)
    seen: set[tuple[int, str]] = set()
    shards: set[int] = set()
    for number, path in enumerate(paths):
        for place, offset, data in _objects(path):
            if data is None:
                joined.bad.append((path, place))
                continue
            line = _line(number, offset, data, joined, shards)
            if line.order in seen:
                joined.repeated += 1
                continue
            seen.add(line.order)
            joined.lines.append(line)
    joined.lines.sort(key=lambda line: line.order)
    if joined.counts:
        joined.missing = [index for index in range(1, max(joined.counts) + 1) if index not in shards]
    return joined


def _objects(path: Path) -> Iterator[tuple[int, int, dict[str, Any] | None]]:
    """Each line's number, offset and object; None for a line that is no report. Blank lines are passed over."""
    with path.open("rb") as file:
        offset = number = 0
        while raw := file.readline(GREATEST_LINE + 1):
            number += 1
            if raw.strip():
                yield number, offset, _report(raw)
            offset += len(raw)


def _report(raw: bytes) -> dict[str, Any] | None:
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    kinds = {"folder": str, "applicant": dict, "findings": list, "results": list, "counts": dict, "pack": dict}
    right = isinstance(data, dict) and all(isinstance(data.get(key), kind) for key, kind in kinds.items())
    return data if right else None


def _line(number: int, offset: int, data: dict[str, Any], joined: Joined, shards: set[int]) -> _Line:
    about = data.get("shard")
    shard: dict[str, Any] = about if isinstance(about, dict) else {}
    folder, name = data["folder"], str(data["applicant"].get("name") or "")
    if isinstance(shard.get("count"), int) and isinstance(shard.get("index"), int):
        joined.counts.add(shard["count"])
        shards.add(shard["index"])
    held: Any = shard.get("marks")
    marks: dict[str, Any] = held if isinstance(held, dict) else {}
    if marks and isinstance(shard.get("key"), str):
        joined.keys.add(shard["key"])
    row = data.get("roster") if isinstance(data.get("roster"), dict) else {}
    assert isinstance(row, dict)
    if isinstance(row.get("row"), int):
        joined.rows.add(row["row"])
    position = shard.get("position")
    photos = marks.get("photos")
    return _Line(
        number,
        offset,
        (position if isinstance(position, int) else 2**60, folder or f"\uffff{row.get('row')}"),
        folder,
        Marks(
            f"{name} ({folder})" if name and name not in folder else folder,
            name,
            str(marks.get("id_number") or ""),
            str(marks.get("certificate_number") or ""),
            {str(file): str(mark) for file, mark in photos.items()} if isinstance(photos, dict) else {},
        ),
        has_marks=bool(marks),
        row=row["row"] if row.get("matched_by") == "name" and isinstance(row.get("row"), int) else None,
    )


def written(
    joined: Joined, texts: Texts, absent: Sequence[tuple[dict[str, Any], Marks]] = ()
) -> Generator[dict[str, Any], None, None]:
    """The second pass: each report object in order, with the findings across shards. Raises OSError.

    ``absent``: report objects of people without a folder, which follow, with their marks hidden as the shards' are.
    """
    comparable = len(joined.keys) <= 1
    marks = [*(line.marks for line in joined.lines), *(mark for _, mark in absent)]
    shared, alone = shared_by(marks) if comparable else {}, len(marks) < 2
    claims = Counter(line.row for line in joined.lines if line.row is not None)
    files = [path.open("rb") for path in joined.paths]
    try:
        for place, line in enumerate(joined.lines):
            files[line.file].seek(line.offset)
            data = _report(files[line.file].readline(GREATEST_LINE + 1))
            assert data is not None  # it was one in the first pass
            data.pop("shard", None)
            if comparable and line.has_marks:
                _compare(data, line.marks, shared.get(place, Shared()), texts, alone=alone)
            if line.row is not None and claims[line.row] > 1:
                _doubt(data, line.row, texts)
            yield data
        for place, (data, mark) in enumerate(absent, len(joined.lines)):
            if comparable:
                _compare(data, mark, shared.get(place, Shared()), texts, alone=alone)
            yield data
    finally:
        for file in files:
            file.close()


def _compare(data: dict[str, Any], marks: Marks, shared: Shared, texts: Texts, *, alone: bool) -> None:
    """Judge anew what compares applicants, on a case that holds but the hashes."""
    form = Form(
        personal=Personal(id_number=marks.id_number), language=Language(certificate_number=marks.certificate_number)
    )
    photos = tuple(ListedPath("photo", file, file) for file in marks.photos)
    case = DeskCase(
        form=form, pack=_pack(data), now=_moment(data), listed=photos, desk=Neighbours(shared=shared, alone=alone)
    )
    results, findings = run(case, [DESK_RULES[code] for code in _ACROSS])
    # Of what the shard skipped the join knows no more: it has the same forms.
    skipped = {result["code"] for result in data["results"] if result["outcome"] == "skipped"} & set(_ACROSS)
    keep = [code for code in _ACROSS if code not in skipped]
    _replace(data, [result for result in results if result.code in keep],
             [finding for finding in findings if finding.code in keep], keep, texts)  # fmt: skip


def _doubt(data: dict[str, Any], row: int, texts: Texts) -> None:
    """Two shards found the same row by name: one of the two folders is somebody else's."""
    neighbours = Neighbours(match="same_name", rows=(row,))
    case = DeskCase(form=Form(), pack=_pack(data), now=_moment(data), desk=neighbours)
    results, findings = run(case, [DESK_RULES[_BY_NAME]])
    _replace(data, results, findings, [_BY_NAME], texts)


def _pack(data: dict[str, Any]) -> Pack:
    try:
        return packs.find(str(data["pack"].get("id") or "cqust"))
    except (packs.NoSuchPack, PackInvalid):  # a school's own: then without what it says of severities
        return packs.find("cqust").model_copy(update={"overrides": {}})


def _moment(data: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(str(data["checked_at"]))


def _replace(
    data: dict[str, Any], results: Sequence[Result], findings: Sequence[Finding], codes: Sequence[str], texts: Texts
) -> None:
    """Put what some rules now say in the place of what they said, and count anew."""
    kept = [finding for finding in data["findings"] if finding["code"] not in codes]
    # Labels come from lines that are masked already, unless somebody asked for numbers in clear; a join never does.
    kept += [dict(mask_all(finding_data(finding, texts))) for finding in findings]  # type: ignore[call-overload]
    kept.sort(key=_reading_order)
    data["findings"] = kept
    said = [result for result in data["results"] if result["code"] not in codes]
    said += [{"code": r.code, "subject": r.subject, "outcome": r.outcome, "reason": r.reason} for r in results]
    others = [result for result in said if result["code"] not in DESK_RULES]
    across = sorted((result for result in said if result["code"] in DESK_RULES), key=lambda result: result["code"])
    data["results"] = others + across
    outcomes = Counter(result["outcome"] for result in data["results"])
    by_severity: dict[str, int] = defaultdict(int)
    for finding in kept:
        by_severity["answered" if finding["answered"] else finding["severity"]] += 1
    data["counts"].update(
        {name: by_severity[name] for name in (*SEVERITIES, "answered")}
        | {name: outcomes[name] for name in ("passed", "skipped", "crashed")}
    )
    data["verdict"] = _verdict(data)


def _reading_order(finding: dict[str, Any]) -> tuple[int, int, str]:
    family = finding["code"][:3]
    severity = SEVERITIES.index(finding["severity"]) if finding["severity"] in SEVERITIES else len(SEVERITIES)
    return severity, FAMILIES.index(family) if family in FAMILIES else len(FAMILIES), finding["code"]


def _verdict(data: dict[str, Any]) -> str:
    """As report.Report.verdict says it, from the object's own figures."""
    if any(finding["code"] == "SYS102" for finding in data["findings"]):
        return "unreadable"
    if data["counts"]["error"]:
        return "fix"
    return "confirm" if data["counts"]["warning"] or data.get("unconfirmed") else "ready"
