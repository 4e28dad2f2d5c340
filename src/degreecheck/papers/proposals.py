"""What can be filled into a form from its papers: proposed to the person beside the picture, never silently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from degreecheck import paths
from degreecheck.facts import FileFacts, NotChecked, Region, TextFacts
from degreecheck.form import CourseRecord, Form, NotADate, PartialDate, parse_date, value_at
from degreecheck.idnumbers import resident_id
from degreecheck.idnumbers.fold import fold
from degreecheck.names import has_han
from degreecheck.papers.courses import Course
from degreecheck.papers.likeness import folded, number_in
from degreecheck.papers.paper import GRADES, Paper, paper_of
from degreecheck.papers.rows import Seen
from degreecheck.score_marks import thesis_name

RECORDS: Final = "courses.records"
LEAST: Final = 0.8  # confidence under which nothing is proposed; people look at each proposal, and typing is no better
_EXAM_NUMBER, _DIPLOMA_NUMBERS, _SHORTEST_NUMBER = 12, (17, 18), 6
_MOST_ROWS = 200

Value = str | PartialDate | tuple[CourseRecord, ...]


@dataclass(frozen=True)
class Proposal:
    """A value for one field, and where it was seen.

    ``field``: dotted path in the form; for RECORDS ``value`` is the whole course table and ``regions`` has a place for
    each of its rows, else one. Boxes are relative to the picture as it is shown. ``confidence`` is the reader's, of the
    least certain part.
    """

    field: str
    value: Value
    slot: str
    file: str
    regions: tuple[Region, ...]
    confidence: float

    @property
    def page(self) -> int:
        """The page of the file, 0-based."""
        return self.regions[0].page


def proposals(form: Form, facts: Mapping[str, FileFacts | NotChecked]) -> list[Proposal]:
    """What the papers in the form's slots show and the form does not say, at most one for each field.

    ``facts``: by relative path, as a Case has them. In the order of the slots; nothing is proposed where a value could
    not be read well, or where the form says the same already.
    """
    found: dict[str, Proposal] = {}
    for slot, file, paper in _papers(form, facts):
        for proposal in _OF_SLOT[slot](slot, file, paper):
            best = found.get(proposal.field)
            if proposal.confidence >= LEAST and (best is None or _is_better(proposal, best)):
                found[proposal.field] = proposal
    return [proposal for proposal in found.values() if not _says_already(form, proposal)]


def _papers(form: Form, facts: Mapping[str, FileFacts | NotChecked]) -> Iterator[tuple[str, str, Paper]]:
    for slot in _OF_SLOT:
        for entry in form.listed(slot):
            try:
                file = paths.folded(entry)
            except paths.UnsafePath:
                continue
            known = facts.get(file)
            if isinstance(known, FileFacts) and isinstance(known.text, TextFacts):
                yield slot, file, paper_of(known.text)


def _is_better(one: Proposal, other: Proposal) -> bool:
    if isinstance(one.value, tuple) and isinstance(other.value, tuple):
        return len(one.value) > len(other.value)
    return one.slot == other.slot and one.confidence > other.confidence


def _says_already(form: Form, proposal: Proposal) -> bool:
    stated = value_at(form, proposal.field)
    if isinstance(proposal.value, tuple):
        return [_row(one) for one in stated] == [_row(one) for one in proposal.value]
    if isinstance(proposal.value, PartialDate):
        return bool(stated == proposal.value)
    return folded(str(stated or "")) == folded(proposal.value)


def _row(record: CourseRecord) -> tuple[str, str, str]:
    return fold(record.code).text, folded(record.name), fold(record.score).text


def _one(field: str, value: Value, seen: Seen, slot: str, file: str) -> Proposal:
    return Proposal(field, value, slot, file, (seen.region,), seen.confidence)


def _name(slot: str, file: str, paper: Paper) -> Iterator[Proposal]:
    for seen in paper.values.get("name", ())[:1]:
        if len(seen.text) >= 2 and has_han(seen.text):
            yield _one("personal.name", seen.text, seen, slot, file)


def _id_card(slot: str, file: str, paper: Paper) -> Iterator[Proposal]:
    yield from _name(slot, file, paper)
    for seen in paper.values.get("id_number", ()):
        number = number_in(seen)
        if resident_id.is_valid(number):
            yield _one("personal.id_number", number, seen, slot, file)


def _exam_number(slot: str, file: str, paper: Paper) -> Iterator[Proposal]:
    for seen in paper.values.get("exam_number", ()):
        number = number_in(seen)
        if len(number) == _EXAM_NUMBER and number.isdecimal():
            yield _one("personal.exam_number", number, seen, slot, file)


def _grades(slot: str, file: str, paper: Paper) -> Iterator[Proposal]:
    yield from _exam_number(slot, file, paper)
    if paper.major is not None and "major" in paper.labels:
        yield _one("courses.major", paper.major.text, paper.major, slot, file)
    rows = [(course, record) for course in paper.courses if (record := _record(course)) is not None][:_MOST_ROWS]
    if len(rows) >= GRADES:
        seen = [part for course, _ in rows for part in (course.code, course.name, course.score) if part is not None]
        yield Proposal(
            RECORDS, tuple(record for _, record in rows), slot, file,
            tuple(_place(course) for course, _ in rows), min(part.confidence for part in seen),
        )  # fmt: skip


def _record(course: Course) -> CourseRecord | None:
    if course.name is None:
        return None
    try:
        passed_on = parse_date(course.passed_on.text) if course.passed_on else None
    except NotADate:
        passed_on = None
    name = course.name.text.replace("(", "（").replace(")", "）")  # as the course lists print them
    return CourseRecord(
        code=course.code.text if course.code else "",
        name=name,
        score=course.score.text if course.score else "",
        passed_on=passed_on,
        is_thesis=thesis_name(name) == "thesis",
    )


def _place(course: Course) -> Region:
    parts = [part.region for part in (course.code, course.name, course.score, course.passed_on) if part is not None]
    boxes = [part.box for part in parts]
    return Region(
        page=parts[0].page,
        box=(min(box[0] for box in boxes), min(box[1] for box in boxes),
             max(box[2] for box in boxes), max(box[3] for box in boxes)),
    )  # fmt: skip


def _certificate(slot: str, file: str, paper: Paper) -> Iterator[Proposal]:
    for seen in paper.values.get("certificate_number", ()):
        number = number_in(seen)
        if len(number) >= _SHORTEST_NUMBER and number.isdecimal():
            yield _one("language.certificate_number", number, seen, slot, file)
    for seen in paper.values.get("score", ())[:1]:
        if seen.text.replace(".", "", 1).isdecimal():
            yield _one("language.score", seen.text, seen, slot, file)


def _diploma(slot: str, file: str, paper: Paper) -> Iterator[Proposal]:
    for seen in paper.values.get("certificate_number", ()):
        number = number_in(seen)
        if len(number) in _DIPLOMA_NUMBERS and number.isdecimal():
            yield _one("institution.diploma_number", number, seen, slot, file)
    if paper.dates:
        day, seen = paper.dates[-1]  # below the text
        yield _one("institution.graduation_date", PartialDate(day.year, day.month, day.day), seen, slot, file)
    if paper.major is not None:
        yield _one("courses.major", paper.major.text, paper.major, slot, file)


_OF_SLOT = {
    "id_card_portrait": _id_card,
    "exam_permit": _exam_number,
    "graduation_certificate": _diploma,
    "transcript": _grades,
    "registration_page": _grades,
    "language_certificate": _certificate,
    "degree_exam_sheet": _certificate,
}
