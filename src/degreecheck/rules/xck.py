"""XCK: what the papers show against what the form says. Always a question: readers take one character for another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from degreecheck.form import CourseRecord
from degreecheck.idnumbers import resident_id
from degreecheck.idnumbers.fold import fold
from degreecheck.names import has_han
from degreecheck.papers.courses import Course
from degreecheck.papers.likeness import SURE_OF_NAME, SURE_OF_NUMBER, folded, name_likeness
from degreecheck.papers.paper import GRADES, english_two_rows
from degreecheck.papers.rows import CELL, Seen
from degreecheck.rules._rule import Case, Hit, NotApplicable, NotInspected, hit, rule
from degreecheck.rules._texts import NOT_LEGIBLE, InSlot, asked_at, number_differs, papers_in
from degreecheck.score_marks import parse_score

_EXAM_NUMBER = (12,)
_GRADES = ("transcript", "registration_page")
_NUMBERS = tuple(range(6, 21))  # certificates of which no length is known
_LONG_NUMBER = 6
_PERSON = frozenset({"name", "id_number", "exam_number", "student_number"})
# By route: where the certificate's number can stand (M19–M23).
_CERTIFICATES = {
    "english_two": ("graduation_certificate", "language_certificate", "english_two_score", *_GRADES),
    "degree_exam": ("degree_exam_sheet", "language_certificate"),
}


def _has_resident_id(case: Case) -> bool:
    return case.form.personal.id_document == "resident_id"


@rule("XCK101", "warning", field="personal.id_number", applies=_has_resident_id,
      after=("IDN201", "IDN202", "IDN203", "IDN204", "IDN205"))  # fmt: skip
def id_card_number_differs(case: Case) -> Iterator[Hit]:
    """The number on the ID card's portrait side is another than the form's: one of the two is mistyped, or the card is
    somebody else's. Source: M15.
    """
    papers = papers_in(case, "id_card_portrait")
    number = resident_id.compact(case.form.personal.id_number)
    yield from number_differs(papers, "id_number", number, (resident_id.LENGTH,), "personal.id_number")


@rule("XCK102", "warning", field="personal.name", applies=_has_resident_id, after=("IDN101", "IDN102"))
def id_card_name_differs(case: Case) -> Iterator[Hit]:
    """The name on the ID card is another than the form's; a name that differs by one character is a usual reason for
    a refusal. Source: M15.
    """
    yield from _name_differs(case, papers_in(case, "id_card_portrait"))


@rule("XCK103", "warning")
def id_card_expired(case: Case) -> Iterator[Hit]:
    """The ID card's last day of validity is over. Source: M15."""
    for where in papers_in(case, "id_card_emblem", "id_card_portrait"):
        validity = where.paper.validity
        if validity is not None:
            _, end, seen = validity
            if end is not None and end < case.today and seen.confidence >= SURE_OF_NAME:
                yield asked_at(where, seen, "", {"end": end})
            return
    raise NotInspected(NOT_LEGIBLE)


@rule("XCK201", "warning", field="personal.exam_number", after=("IDN501", "IDN502"))
def permit_number_differs(case: Case) -> Iterator[Hit]:
    """The number on the exam permit is another than the form's. Source: M7 M15."""
    if not case.self_study:
        raise NotApplicable
    papers = papers_in(case, "exam_permit")
    number = fold(case.form.personal.exam_number).text
    yield from number_differs(papers, "exam_number", number, _EXAM_NUMBER, "personal.exam_number")


@rule("XCK202", "warning", field="personal.name", after=("IDN101", "IDN102"))
def permit_name_differs(case: Case) -> Iterator[Hit]:
    """The name on the exam permit is another than the form's. Source: M15."""
    yield from _name_differs(case, papers_in(case, "exam_permit"))


@rule("XCK301", "warning", after=("IDN101", "IDN102"))
def transcript_person_differs(case: Case) -> Iterator[Hit]:
    """The transcript is another person's: its name, or its number, is not the form's. Source: M17."""
    yield from _person_differs(case, papers_in(case, *_GRADES))


def _person_differs(case: Case, papers: list[InSlot]) -> Iterator[Hit]:
    """One question at most, by the name or else by a number beside its label."""
    hits: list[Hit] = []
    checked = False
    name, number_of = case.form.personal.name, _own_numbers(case)
    for where in papers:
        own = next(iter(where.paper.values.get("name", ())), None)
        likeness = name_likeness(name, own, where.paper)
        checked = checked or likeness != "unsure"
        if likeness == "another" and own is not None:
            hits.append(asked_at(where, own, "personal.name", {"stated": name[:40], "seen": own.text}))
        for key, (field, number, lengths) in number_of.items():
            try:
                found = list(number_differs([where], key, number, lengths, field))
            except NotInspected:
                continue
            checked = True
            hits += [replace(one, variant="number") for one in found]
    if not checked:
        raise NotInspected(NOT_LEGIBLE)
    yield from (replace(one, subject=f"{one.slot}:person") for one in hits[:1])


def _own_numbers(case: Case) -> dict[str, tuple[str, str, tuple[int, ...]]]:
    """By the label on the paper: the form's field, its number, and how long such a number is."""
    personal = case.form.personal
    found: dict[str, tuple[str, str, tuple[int, ...]]] = {}
    number = resident_id.compact(personal.id_number)
    if resident_id.is_valid(number):
        found["id_number"] = ("personal.id_number", number, (resident_id.LENGTH,))
    if case.self_study:
        number = fold(personal.exam_number).text
        if len(number) in _EXAM_NUMBER:
            found["exam_number"] = ("personal.exam_number", number, _EXAM_NUMBER)
    return found


@rule("XCK302", "warning")
def transcript_incomplete(case: Case) -> Iterator[Hit]:
    """The transcript shows grades without the person, or the person without grades: both have to be on it.

    Source: M17.
    """
    papers = papers_in(case, *_GRADES)
    if not all(where.paper.legible for where in papers) or len(papers) < len(_files(case)):
        raise NotInspected(NOT_LEGIBLE)
    name = folded(case.form.personal.name)
    grades = sum(len(where.paper.courses) for where in papers)
    scores_named = any("成绩" in where.paper.text or "学分" in where.paper.text for where in papers)
    person = any(
        where.paper.labels & _PERSON or (name and name in folded(where.paper.text)) or "考生" in where.paper.text
        for where in papers
    )
    if grades >= GRADES and not person:
        yield hit("person", slot=papers[0].slot, file=papers[0].file)
    elif person and not grades and not scores_named:
        yield hit("grades", slot=papers[0].slot, file=papers[0].file)
    elif not person or not grades:
        raise NotInspected(NOT_LEGIBLE)


def _files(case: Case) -> set[str]:
    return {file for slot in _GRADES for file in case.files_in(slot)}


@rule("XCK303", "warning", field="courses.records", after=("CRS404",))
def transcript_scores_differ(case: Case) -> Iterator[Hit]:
    """A course's score on the transcript is another than in the form's course table. Source: M10 M17."""
    rows = case.form.courses.records
    if not any(row.score.strip() for row in rows):
        raise NotApplicable
    papers = papers_in(case, *_GRADES)
    seen = _by_name_and_code(papers)
    hits: list[Hit] = []
    matched = 0
    for index, row in enumerate(rows):
        rows_there = (*seen.get(folded(row.name), ()), *seen.get(folded(row.code), ()))
        likeness = [
            (_score_differs(row, course), where, course) for where, course in rows_there if _is_course(row, course)
        ]
        known = [entry for entry in likeness if entry[0] is not None]
        matched += bool(known)
        if known and all(differs for differs, _, _ in known):
            _, where, course = known[0]
            assert course.score is not None
            hits.append(_score_hit(index, row, where, course.score))
    if not matched or len(hits) > max(2, matched // 2):
        raise NotInspected(NOT_LEGIBLE)  # so many at once: another column was read
    yield from hits


def _by_name_and_code(papers: list[InSlot]) -> dict[str, list[tuple[InSlot, Course]]]:
    found: dict[str, list[tuple[InSlot, Course]]] = {}
    for where in papers:
        for course in where.paper.courses:
            for part in (course.name, course.code):
                if part is not None:
                    found.setdefault(folded(part.text), []).append((where, course))
    return found


def _score_hit(index: int, row: CourseRecord, where: InSlot, score: Seen) -> Hit:
    return hit(
        field=f"courses.records[{index}].score", slot=where.slot, file=where.file, regions=(score.region,),
        subject=f"row:{index + 1}", course=(row.name or row.code)[:60], stated=row.score[:20], seen=score.text,
    )  # fmt: skip


def _is_course(row: CourseRecord, course: Course) -> bool:
    """Whether the paper's row is this course: by its whole name, or by code where the names do not speak against it."""
    stated, read = folded(row.name), folded(course.name.text) if course.name else ""
    if stated and stated == read:
        return True
    if course.code is None or course.code.text != folded(row.code) or course.code.confidence < SURE_OF_NUMBER:
        return False
    return not stated or len(set(stated) & set(read)) * 2 >= len(set(stated))


def _score_differs(row: CourseRecord, course: Course) -> bool | None:
    """None where one of the two scores cannot be compared."""
    stated = parse_score(row.score)
    read = parse_score(course.score.text) if course.score else None
    if read is None or course.score is None or stated.value is None or read.value is None:
        return None
    if stated.value == read.value:
        return False
    return True if course.score.confidence >= SURE_OF_NUMBER else None


@rule(
    "XCK401",
    "warning",
    field="language.certificate_number",
    after=("LNG101", "LNG201", "LNG202", "LNG203", "LNG204", "LNG208", "LNG210"),
)
def certificate_number_differs(case: Case) -> Iterator[Hit]:
    """The number on the certificate is another than the one typed. Source: M19–M23."""
    language = case.form.language
    number = fold(language.certificate_number).text
    if not number:
        raise NotApplicable
    papers = papers_in(case, *_CERTIFICATES.get(language.route, ("language_certificate",)))
    if all(where.paper.legible and "certificate_number" not in where.paper.values for where in papers):
        raise NotApplicable  # papers that show other things
    route = case.pack.routes.get(language.route)
    known = route is not None and len(number) in route.number_lengths
    lengths = (len(number),) if known else _NUMBERS
    yield from number_differs(papers, "certificate_number", number, lengths, "language.certificate_number")


@rule("XCK402", "warning")
def unified_exam_label_missing(case: Case) -> Iterator[Hit]:
    """The picture of the 英语（二） score does not say 统考, by which the unified examination shows. Source: M24."""
    if case.form.language.route != "english_two":
        raise NotApplicable
    papers = papers_in(case, "english_two_score")
    legible = False
    for where in papers:
        rows = english_two_rows(where.paper)
        if any("统" in row.text for row in rows) or any(
            "统考" in cell for row in where.paper.rows for cell in row.text.split(CELL)
        ):
            return
        legible = legible or bool(rows and where.paper.legible)
    if not legible:
        raise NotInspected(NOT_LEGIBLE)
    row = next(row for where in papers for row in english_two_rows(where.paper))
    region = row.seen(0, len(row.text)).region
    yield hit(slot=papers[0].slot, file=papers[0].file, regions=(region,))


@rule("XCK403", "warning")
def degree_exam_sheet_incomplete(case: Case) -> Iterator[Hit]:
    """The A4 sheet lacks the name, the ID number or the certificate's number: all three have to be on it.

    Source: M22.
    """
    papers = papers_in(case, "degree_exam_sheet")
    if any("language_certificate" in where.paper.kinds for where in papers):
        raise NotApplicable  # the certificate itself
    if not all(where.paper.legible for where in papers):
        raise NotInspected(NOT_LEGIBLE)  # written by hand as a rule
    numbers = {run for where in papers for row in where.paper.rows for run in _long_numbers(row.text)}
    ids = {run for run in numbers if len(run) in (15, resident_id.LENGTH)}
    values = {key for where in papers for key in where.paper.values}
    lacking = []
    if "name" not in values and not _stands_on(case.form.personal.name, papers):
        lacking.append("personal.name")
    if not ids and "id_number" not in values and not _stands_on(case.form.personal.id_number, papers):
        lacking.append("personal.id_number")
    if "certificate_number" not in values and len(numbers) < 2:
        lacking.append("language.certificate_number")
    if lacking:
        yield hit(slot=papers[0].slot, file=papers[0].file, lacking=lacking)


def _stands_on(stated: str, papers: list[InSlot]) -> bool:
    text = folded(stated)
    return bool(text) and any(text in folded(where.paper.text) for where in papers)


def _long_numbers(text: str) -> Iterator[str]:
    for cell in text.split(CELL):
        run = "".join(character if character.isdecimal() or character in "Xx" else " " for character in cell)
        yield from (part for part in run.split() if len(part) >= _LONG_NUMBER)


@rule("XCK404", "warning", after=("IDN101", "IDN102"))
def certificate_person_differs(case: Case) -> Iterator[Hit]:
    """The language certificate, score or sheet is another person's: its name, or its number, is not the form's.

    Source: M18 M22 M24.
    """
    yield from _person_differs(case, papers_in(case, "language_certificate", "english_two_score", "degree_exam_sheet"))


@rule("XCK501", "warning", field="institution.graduation_date", after=("SCH401", "SCH402"))
def graduation_date_differs(case: Case) -> Iterator[Hit]:
    """The graduation certificate bears another date than the form: the portal wants the certificate's. Source: M9."""
    papers = papers_in(case, "graduation_certificate")
    stated = case.form.institution.graduation_date
    if stated is None:
        raise NotApplicable
    dates: list[tuple[date, Seen, InSlot]] = [(day, seen, where) for where in papers for day, seen in where.paper.dates]
    if any(stated.first <= day <= stated.last for day, _, _ in dates):
        return
    read = [entry for entry in dates if entry[1].confidence >= SURE_OF_NAME]
    if not read or len(read) < len(dates) or not all("graduation_certificate" in where.paper.kinds for where in papers):
        raise NotInspected(NOT_LEGIBLE)
    day, seen, where = read[-1]  # below the text
    yield asked_at(where, seen, "institution.graduation_date", {"stated": str(stated), "seen": day})


@rule("XCK502", "warning", field="personal.name", after=("IDN101", "IDN102"))
def graduation_name_differs(case: Case) -> Iterator[Hit]:
    """The name on the graduation certificate is another than the form's. Source: M18."""
    yield from _name_differs(case, papers_in(case, "graduation_certificate"))


@rule("XCK503", "warning", field="courses.major", after=("SCH201",))
def graduation_major_differs(case: Case) -> Iterator[Hit]:
    """The graduation certificate names another major than the form. Source: M12."""
    papers = papers_in(case, "graduation_certificate")
    stated = folded(case.form.courses.major)
    if not stated:
        raise NotApplicable
    if any(stated in folded(where.paper.text) for where in papers):
        return
    for where in papers:
        major = where.paper.major
        read = folded(major.text) if major else ""
        if major is None or major.confidence < SURE_OF_NAME or len(read) < 2 or not has_han(read):
            continue
        if read in stated or len(set(read) & set(stated)) * 2 > len(set(stated)):
            continue  # parts of one another: a direction named, a character misread
        yield asked_at(where, major, "courses.major", {"stated": case.form.courses.major[:60], "seen": major.text})
        return
    raise NotInspected(NOT_LEGIBLE)


def _name_differs(case: Case, papers: list[InSlot]) -> Iterator[Hit]:
    name = case.form.personal.name
    differs: tuple[InSlot, Seen] | None = None
    for where in papers:
        seen = next(iter(where.paper.values.get("name", ())), None)
        likeness = name_likeness(name, seen, where.paper)
        if likeness == "same":
            return
        if likeness == "another" and seen is not None:
            differs = differs or (where, seen)
    if differs is None:
        raise NotInspected(NOT_LEGIBLE)
    where, seen = differs
    yield asked_at(where, seen, "personal.name", {"stated": name[:40], "seen": seen.text})
