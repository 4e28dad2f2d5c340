"""IDN: who the applicant is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from degreecheck import names
from degreecheck.form import PartialDate
from degreecheck.idnumbers import exam_number, kinds, phone, repair, resident_id
from degreecheck.idnumbers.errors import (
    FirstGeneration,
    InvalidNumber,
    WrongBirthDate,
    WrongCharacters,
    WrongCheckDigit,
    WrongLength,
)
from degreecheck.idnumbers.fold import fold, fold_code
from degreecheck.idnumbers.repair import Proposal
from degreecheck.idnumbers.resident_id import Holder
from degreecheck.pack import Severity
from degreecheck.rules._rule import Case, Hit, hit, rule

_NUMBER = "personal.id_number"
_BROKEN = ("IDN201", "IDN202", "IDN203", "IDN204", "IDN205")
_YOUNGEST, _OLDEST, _FIRST_YEAR = 16, 80, 1900
# The number's parts and the last place of each, from 1 (GB 11643); keys of [id_part].
_PARTS = ((6, "region"), (10, "year"), (12, "month"), (14, "day"), (17, "order"), (18, "check"))
_OFFERED = 3  # near misses shown; more would be guessing
_STUDENT_NUMBER = re.compile(r"[A-Za-z0-9-]{1,20}")


def _resident(case: Case) -> bool:
    return case.form.personal.id_document == "resident_id"


def _self_study(case: Case) -> bool:
    return case.self_study


def _adult(case: Case) -> bool:
    return not case.self_study


def _problem(case: Case, kind: type[InvalidNumber]) -> InvalidNumber | None:
    found = resident_id.problems(case.form.personal.id_number, case.today)
    return next((problem for problem in found if isinstance(problem, kind)), None)


@rule("IDN101", "error", field="personal.name")
def name_missing(case: Case) -> Iterator[Hit]:
    """The name is blank; the portal files everything under it. Source: M4."""
    if not names.fold_name(case.form.personal.name):
        yield hit()


@rule("IDN102", "error", field="personal.name", after=("IDN101",))
def name_malformed(case: Case) -> Iterator[Hit]:
    """The name holds what no name holds: digits, control characters, over 50 characters.

    Latin letters among Chinese characters are only asked about; minority names with an interpunct, rare characters and
    purely Latin names of foreign permanent residents are right. Source: M4, F.
    """
    name = case.form.personal.name.strip()
    if names.has_digit(name):
        yield hit("digits")
    elif names.has_control(name):
        yield hit("control")
    elif len(names.fold_name(name)) > names.LONGEST:
        yield hit("long", length=len(name), greatest=names.LONGEST)
    elif names.has_han(name) and names.has_latin(name):
        yield hit("latin", severity="warning")


@rule("IDN103", "note", field="personal.name", after=("IDN101", "IDN102"))
def name_folded(case: Case) -> Iterator[Hit]:
    """Blanks inside the name, or another dot than U+00B7, were folded; the person sees how it is read. Source: F."""
    name = case.form.personal.name
    folded = names.fold_name(name)
    if folded != name:
        yield hit(folded=folded, changes=list(names.fold_changes(name)))


@rule("IDN200", "warning", field="personal.id_document")
def id_document_other(case: Case) -> Iterator[Hit]:
    """The applicant has another document than the resident ID card: whether the portal takes it must be asked.

    Source: M6.
    """
    if not _resident(case):
        yield hit(contact=_contact(case))


def _contact(case: Case) -> str:
    found = case.pack.contact_for(case.form.applicant_type)
    return f"{found.name} {found.phone}" if found else case.pack.school.name


@rule("IDN201", "error", field=_NUMBER, applies=_resident)
def id_number_missing(case: Case) -> Iterator[Hit]:
    """The ID number is blank; the portal derives birth date and sex from it. Source: M6."""
    if not resident_id.compact(case.form.personal.id_number):
        yield hit()


@rule("IDN202", "error", field=_NUMBER, after=("IDN201",), applies=_resident)
def id_number_length(case: Case) -> Iterator[Hit]:
    """The ID number has not 18 characters. Fifteen digits are the old form: the new one is offered, never applied.

    Source: M6, F.
    """
    given = case.form.personal.id_number
    if repair.is_scientific(given):
        yield hit("spreadsheet")
        return
    problem = _problem(case, WrongLength)
    if problem is None:
        return
    length = len(resident_id.compact(given))
    if isinstance(problem, FirstGeneration):
        yield hit("first_generation" if problem.proposal else "", length=length, proposal=problem.proposal or "")
    elif kinds.Kind.FOREIGN_PERMIT_15 in kinds.could_be(given):
        yield hit("foreign_permit", length=length)
    else:
        yield hit(length=length)


@rule("IDN203", "error", field=_NUMBER, after=("IDN201", "IDN202"), applies=_resident)
def id_number_characters(case: Case) -> Iterator[Hit]:
    """The ID number holds something other than 17 digits and a digit or X. Source: M6."""
    problem = _problem(case, WrongCharacters)
    if isinstance(problem, WrongCharacters):
        offered = _near_misses(case)
        yield hit("offer" if offered else "", characters=list(dict.fromkeys(problem.characters)),
                  positions=[position + 1 for position in problem.positions],
                  proposals=[one.number for one in offered], slips=_slips(case, offered))  # fmt: skip


@rule("IDN205", "error", field=_NUMBER, after=("IDN201", "IDN202", "IDN203"), applies=_resident)
def id_number_birth_date(case: Case) -> Iterator[Hit]:
    """The birth date in the ID number is no day, or in the future. Source: M6."""
    problem = _problem(case, WrongBirthDate)
    if isinstance(problem, WrongBirthDate):
        # Where a foreign permanent resident's birth date stands is known from an announcement only (confidence B).
        yield hit("future" if problem.future else "", severity=None if problem.certain else "warning",
                  digits=problem.digits)  # fmt: skip


@rule("IDN204", "error", field=_NUMBER, after=("IDN201", "IDN202", "IDN203", "IDN205"), applies=_resident)
def id_number_check_digit(case: Case) -> Iterator[Hit]:
    """The check character (ISO 7064 MOD 11-2) is wrong: a digit was mistyped or two were swapped.

    Numbers one slip away that agree with the stated birth date are offered as a question; an ending 000 was probably
    cut off by a spreadsheet, which keeps fifteen digits. Source: M6, F.
    """
    problem = _problem(case, WrongCheckDigit)
    if not isinstance(problem, WrongCheckDigit):
        return
    if repair.looks_truncated(case.form.personal.id_number):
        yield hit("spreadsheet")
        return
    offered = _near_misses(case)
    yield hit("offer" if offered else "", proposals=[one.number for one in offered], slips=_slips(case, offered))


def _near_misses(case: Case) -> list[Proposal]:
    stated = case.form.personal.birth_date
    if stated is None or not stated.day:  # without a stated birth date too many numbers fit to be of help
        return []
    found = repair.near_misses(
        case.form.personal.id_number, birth_date=stated.first, sex=case.form.personal.sex, today=case.today
    )
    return list(found[:_OFFERED])


def _slips(case: Case, offered: list[Proposal]) -> list[dict[str, object]]:
    """Where each number that is offered differs, in places without a digit: a report that hides the number shows them.

    The numbers themselves leave the program masked.
    """
    given = resident_id.compact(case.form.personal.id_number)
    return [_slip(given, one.number, one.slip.value) for one in offered]


def _slip(given: str, meant: str, how: str) -> dict[str, object]:
    places = [at + 1 for at, pair in enumerate(zip(given, meant, strict=True)) if pair[0] != pair[1]]
    parts = list(dict.fromkeys(next(part for last, part in _PARTS if place <= last) for place in places))
    return {"places": places, "parts": parts, "how": how}


@rule("IDN206", "warning", field=_NUMBER, after=_BROKEN, applies=_resident)
def id_number_age(case: Case) -> Iterator[Hit]:
    """By the ID number the applicant is under 16 or over 80, or born before 1900: probably a slip. Source: M6."""
    born = resident_id.birth_date(case.form.personal.id_number)
    if born is None:
        return
    age = case.today.year - born.year - ((case.today.month, case.today.day) < (born.month, born.day))
    if not _YOUNGEST <= age <= _OLDEST or born.year < _FIRST_YEAR:
        yield hit(age=age)


@rule("IDN207", "note", field=_NUMBER, after=_BROKEN, applies=_resident)
def id_number_region_unknown(case: Case) -> Iterator[Hit]:
    """The first two digits are no province code. Real people carry abolished codes, so this is only said. Source: F."""
    if not resident_id.province_known(case.form.personal.id_number):
        yield hit(code=resident_id.compact(case.form.personal.id_number)[:2])


@rule("IDN208", "note", field=_NUMBER, after=("IDN201",), applies=_resident)
def id_number_folded(case: Case) -> Iterator[Hit]:
    """Blanks, hyphens, full-width digits or another x were folded before judging; the person sees that. Source: F."""
    folded = fold(case.form.personal.id_number)
    if folded.changed:
        yield hit(changes=sorted(change.value for change in folded.changes))


@rule("IDN301", "error", field="personal.birth_date", after=_BROKEN, applies=_resident)
def birth_date_differs(case: Case) -> Iterator[Hit]:
    """The stated birth date is not the one in the ID number, from which the portal takes it. Source: M6."""
    stated = case.form.personal.birth_date
    read = resident_id.read(case.form.personal.id_number)
    if stated is None or read is None or _same_day(stated, read.birth_date):
        return
    yield hit(severity=_severity(read.holder), stated=str(stated), by_number=read.birth_date)


def _same_day(stated: PartialDate, born: date) -> bool:
    return (stated.year, stated.month) == (born.year, born.month) and stated.day in (0, born.day)


def _severity(holder: Holder) -> Severity | None:
    return "warning" if holder is Holder.FOREIGN else None


@rule("IDN302", "error", field="personal.sex", after=_BROKEN, applies=_resident)
def sex_differs(case: Case) -> Iterator[Hit]:
    """The stated sex is not the one in the ID number, from which the portal takes it. Source: M6."""
    stated = case.form.personal.sex
    read = resident_id.read(case.form.personal.id_number)
    if stated is not None and read is not None and read.sex != stated:
        yield hit(severity=_severity(read.holder), stated=stated, by_number=read.sex)


@rule("IDN401", "error", field="personal.mobile")
def mobile_missing(case: Case) -> Iterator[Hit]:
    """The mobile number is blank; the portal registers by it and the school calls it. Source: M4."""
    if not phone.compact(case.form.personal.mobile):
        yield hit()


@rule("IDN402", "error", field="personal.mobile", after=("IDN401",))
def mobile_malformed(case: Case) -> Iterator[Hit]:
    """The mobile number is not 1, a digit from 3 to 9, and nine more digits. Source: M4."""
    if not phone.is_mobile(case.form.personal.mobile):
        yield hit(length=len(phone.compact(case.form.personal.mobile)))


@rule("IDN501", "error", field="personal.exam_number", applies=_self_study)
def exam_number_missing(case: Case) -> Iterator[Hit]:
    """A self-study applicant gave no 准考证号. Source: M7."""
    if not exam_number.compact(case.form.personal.exam_number):
        yield hit()


@rule("IDN502", "error", field="personal.exam_number", after=("IDN501",), applies=_self_study)
def exam_number_length(case: Case) -> Iterator[Hit]:
    """A self-study 准考证号 has 12 digits. Eleven may have lost a zero in a spreadsheet. Source: M7."""
    given = case.form.personal.exam_number
    if exam_number.is_valid(given):
        return
    length = len(exam_number.compact(given))
    guesses = kinds.could_be(given, case.today)
    restored = exam_number.restored_zero(given)
    if repair.is_scientific(given):
        yield hit("spreadsheet")
    elif kinds.Kind.RESIDENT_ID in guesses:
        yield hit("id_number", length=length)
    elif kinds.Kind.MOBILE in guesses:
        yield hit("mobile", length=length)
    elif restored is not None:
        yield hit("zero_lost", length=length, proposal=restored)
    else:
        yield hit(length=length)


@rule("IDN503", "note", field="personal.exam_number", after=("IDN501", "IDN502"), applies=_self_study)
def exam_number_layout(case: Case) -> Iterator[Hit]:
    """Digits 5 to 7 of the 准考证号 give no plausible year and season. Source: F."""
    if not exam_number.validate(case.form.personal.exam_number, case.today).layout_plausible:
        yield hit(digits=exam_number.compact(case.form.personal.exam_number)[4:7])


@rule("IDN511", "error", field="personal.student_number", applies=_adult)
def student_number_missing(case: Case) -> Iterator[Hit]:
    """An adult-education applicant gave no 学号. Source: M7."""
    if not fold_code(case.form.personal.student_number).text:
        yield hit()


@rule("IDN512", "warning", field="personal.student_number", after=("IDN511",), applies=_adult)
def student_number_malformed(case: Case) -> Iterator[Hit]:
    """The 学号 holds other characters than letters, digits and hyphens, or is longer than 20. Source: M7."""
    if not _STUDENT_NUMBER.fullmatch(fold_code(case.form.personal.student_number).text):
        yield hit()
