"""SCH: school and dates."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from degreecheck import score_marks
from degreecheck.form import CourseRecord, PartialDate
from degreecheck.rules._rule import Case, Hit, NotApplicable, Subject, hit, rule

_LEAST_YEARS = 2
_MARCH_FIRST = (3, (0, 1))  # the first of March; a month alone is March too


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def _self_study(case: Case) -> bool:
    return case.self_study


def _adult(case: Case) -> bool:
    return not case.self_study


@rule("SCH101", "error", field="institution.school")
def school_missing(case: Case) -> Iterator[Hit]:
    """The school is blank. Source: M8."""
    if not case.form.institution.school.strip():
        yield hit(school=case.pack.school.name)


@rule("SCH102", "warning", field="institution.school", after=("SCH101",), limits=("school.names",))
def school_not_in_pack(case: Case) -> Iterator[Hit]:
    """The school is none of the names of the school whose demands are being checked. Source: M8."""
    stated = _folded(case.form.institution.school)
    if stated not in {_folded(name) for name in case.pack.school.names}:
        yield hit(names=list(case.pack.school.names))


@rule("SCH201", "error", field="courses.major")
def major_missing(case: Case) -> Iterator[Hit]:
    """The major applied for is blank. Source: M12."""
    if not case.form.courses.major.strip():
        yield hit()


@rule("SCH202", "warning", field="courses.major", after=("SCH201",), limits=("majors",))
def major_not_offered(case: Case) -> Iterator[Hit]:
    """The major is not one that the school lists: the office has to be asked. Source: M12."""
    majors = {_folded(major) for major in case.pack.majors}
    if majors and _folded(case.form.courses.major) not in majors:
        contact = case.pack.contact_for(case.form.applicant_type)
        yield hit(contact=f"{contact.name} {contact.phone}" if contact else case.pack.school.name)


@rule("SCH301", "error", field="institution.entry_date")
def entry_date_missing(case: Case) -> Iterator[Hit]:
    """The entry date is blank. Source: M8."""
    if case.form.institution.entry_date is None:
        yield hit("" if case.self_study else "adult")


@rule("SCH302", "error", field="institution.entry_date", after=("SCH301",), applies=_self_study)
def entry_date_not_first_pass(case: Case) -> Iterator[Hit]:
    """A self-study applicant's entry date is the date of the earliest passed course on the transcript.

    A passed course before it is certain to be wrong; an entry before every course is asked about, for a row may be
    missing. Where the transcript shows months the same month suffices. Source: M8.
    """
    entry = case.form.institution.entry_date
    dated = [row for row in case.form.courses.records if row.passed_on is not None]
    if entry is None or not dated:
        raise NotApplicable
    passed = [_date(row) for row in dated if row.kind is None and _passed(row)]
    earliest = min(passed, key=lambda day: day.last, default=None)
    first = min((_date(row) for row in dated), key=lambda day: day.first)
    if earliest is not None and earliest.last < entry.first:
        yield hit(entry=str(entry), earliest=str(earliest))
    elif entry.last < first.first:
        yield hit("before_all", severity="warning", entry=str(entry), earliest=str(first))


def _date(row: CourseRecord) -> PartialDate:
    assert row.passed_on is not None
    return row.passed_on


def _passed(row: CourseRecord) -> bool:
    score = score_marks.parse_score(row.score)
    return score.kind in ("number", "mark") and not score.failed


@rule("SCH303", "error", field="institution.entry_date", after=("SCH301",), applies=_adult)
def entry_date_not_march_first(case: Case) -> Iterator[Hit]:
    """Adult education: the entry date is always 1 March. Source: M8."""
    entry = case.form.institution.entry_date
    month, days = _MARCH_FIRST
    if entry is not None and (entry.month != month or entry.day not in days):
        yield hit(entry=str(entry), proposal=str(PartialDate(entry.year, month, 1)))


@rule("SCH401", "error", field="institution.graduation_date")
def graduation_date_missing(case: Case) -> Iterator[Hit]:
    """The graduation date is blank. Source: M9."""
    if case.form.institution.graduation_date is None:
        yield hit()


@rule("SCH402", "error", field="institution.graduation_date", after=("SCH301", "SCH401"))
def graduation_not_after_entry(case: Case) -> Iterator[Hit]:
    """The graduation date is not after the entry date. Source: M9."""
    entry, graduation = case.form.institution.entry_date, case.form.institution.graduation_date
    if entry is not None and graduation is not None and graduation.last <= entry.first:
        yield hit(entry=str(entry), graduation=str(graduation))


@rule("SCH403", "error", field="institution.graduation_date", after=("SCH401",))
def graduation_in_future(case: Case) -> Iterator[Hit]:
    """The graduation date lies in the future: there is no certificate yet.

    Adult education is only asked. Source: M9.
    """
    graduation = case.form.institution.graduation_date
    if graduation is not None and graduation.first > case.today:
        yield hit(severity=None if case.self_study else "warning", graduation=str(graduation))


@rule("SCH404", "warning", field="institution.graduation_date", after=("SCH301", "SCH401", "SCH402", "SCH403"))
def study_too_short(case: Case) -> Iterator[Hit]:
    """Less than two years lie between entry and graduation. Source: F."""
    entry, graduation = case.form.institution.entry_date, case.form.institution.graduation_date
    if entry is None or graduation is None:
        return
    earliest = (entry.year + _LEAST_YEARS, entry.month, entry.day or 1)
    if (graduation.last.year, graduation.last.month, graduation.last.day) < earliest:
        yield hit(entry=str(entry), graduation=str(graduation), years=_LEAST_YEARS)


@rule("SCH501", "warning", each="row", after=("SCH401", "SCH403"))
def course_passed_after_graduation(case: Case, subject: Subject) -> Iterator[Hit]:
    """A course is dated after graduation: one of the two dates is wrong. Source: M9."""
    graduation = case.form.institution.graduation_date
    assert subject.row is not None
    passed = subject.row.passed_on
    if graduation is not None and passed is not None and passed.first > graduation.last:
        yield hit(field=f"courses.records[{subject.index}].passed_on", row=subject.index + 1,
                  course=subject.row.name or subject.row.code, passed=str(passed),
                  graduation=str(graduation))  # fmt: skip
