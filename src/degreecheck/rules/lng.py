"""LNG: the foreign-language condition, and the numbers of certificates."""

from __future__ import annotations

from collections.abc import Iterator

from degreecheck import score_marks
from degreecheck.form import CourseRecord, NotAsked
from degreecheck.idnumbers import cet, diploma, exam_number, kinds, phone, repair, resident_id
from degreecheck.idnumbers.cet import Layout
from degreecheck.idnumbers.fold import MAX_LENGTH, fold
from degreecheck.idnumbers.kinds import Kind
from degreecheck.pack import Route, Words
from degreecheck.rules import _average
from degreecheck.rules._rule import Case, Hit, NotApplicable, NotInspected, hit, rule

_ROUTE = "language.route"
_NUMBER = "language.certificate_number"
_DIPLOMA = "institution.diploma_number"
_BROKEN = ("LNG201", "LNG202", "LNG203", "LNG208")
_TELEPHONES = frozenset({Kind.LANDLINE, Kind.QQ})  # of a certificate number's length by accident
_GUESSES = 2
_SHOWN = 40


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _route(case: Case) -> Route:
    """The chosen route; the rules that need it come after LNG101 and LNG102."""
    route = case.pack.routes.get(case.form.language.route.strip())
    if route is None:
        raise NotApplicable
    return route


def _route_with(case: Case, number_kind: str) -> Route:
    route = _route(case)
    if route.number_kind != number_kind:
        raise NotApplicable
    return route


def _number(case: Case) -> str:
    return fold(case.form.language.certificate_number).text


def _is_digits(number: str) -> bool:
    return number.isascii() and number.isdigit()


@rule("LNG101", "error", field=_ROUTE)
def route_missing(case: Case) -> Iterator[Hit]:
    """No foreign-language condition was chosen; every applicant meets one of them. Source: M19–M24."""
    if not case.form.language.route.strip():
        yield hit(offered=_offered(case))


def _offered(case: Case) -> list[dict[str, str]]:
    routes = case.pack.routes.values()
    try:
        kind = case.form.applicant_type
    except NotAsked:  # a roster without this column still shows whether a route was chosen
        return [_words(route.label) for route in routes]
    return [_words(route.label) for route in routes if kind in route.applicants]


@rule("LNG102", "error", field=_ROUTE, after=("LNG101",), limits=("routes.*.applicants",))
def route_not_offered(case: Case) -> Iterator[Hit]:
    """The school does not offer the condition, or not to this kind of applicant. Source: M24."""
    chosen = case.form.language.route.strip()
    route = case.pack.routes.get(chosen)
    if route is None:
        yield hit("unknown", route=chosen[:_SHOWN], offered=_offered(case))
    elif len(route.applicants) == 1 and case.form.applicant_type not in route.applicants:
        yield hit(route=_words(route.label), offered=_offered(case), applicant_type=case.form.applicant_type)


@rule("LNG201", "error", field=_NUMBER, after=("LNG101", "LNG102"), limits=("routes.*.number",))
def certificate_number_missing(case: Case) -> Iterator[Hit]:
    """The certificate number is blank. Where the route can do without, this is only said. Source: M19–M24."""
    if _number(case):
        return
    route = _route(case)
    contact = case.pack.contact_for(case.form.applicant_type) if not route.number_lengths else None
    values = {"route": _words(route.label), "lengths": list(route.number_lengths),
              "contact": f"{contact.name} {contact.phone}" if contact else case.pack.school.name}  # fmt: skip
    if route.number == "optional":
        yield Hit(values, "optional", "note")
    else:
        yield Hit(values, "" if route.number_lengths else "free")


@rule("LNG208", "error", field=_NUMBER, after=("LNG201",))
def certificate_number_is_other_number(case: Case) -> Iterator[Hit]:
    """The certificate number is another number of the form, typed into the wrong field.

    The exam number is only asked about where a certificate's number has the same length. Source: M19.
    """
    number = _number(case)
    other = _same_number(case, number)
    if not other:
        return
    if other in ("id_number", "mobile"):
        yield hit(other, other=f"personal.{other}")
        return
    lengths = _route(case).number_lengths
    possible = not lengths or len(number) in lengths
    yield hit(severity="warning" if possible else None, other=f"personal.{other}")


def _same_number(case: Case, number: str) -> str:
    """The field of the applicant that holds this number; a field that is wrong itself is no measure."""
    person = case.form.personal
    other_document = person.id_document == "other"
    if resident_id.compact(person.id_number) == number and (other_document or resident_id.is_valid(number)):
        return "id_number"
    if phone.compact(person.mobile) == number and phone.is_mobile(number):
        return "mobile"
    if not case.self_study:
        return "student_number" if fold(person.student_number).text == number else ""
    return "exam_number" if fold(person.exam_number).text == number and exam_number.is_valid(number) else ""


@rule("LNG203", "warning", field=_NUMBER, after=("LNG201", "LNG208"), limits=("routes.*.number_lengths",))
def certificate_number_characters(case: Case) -> Iterator[Hit]:
    """Letters or signs in a number that is digits today: an older or another certificate, or a slip.

    What a spreadsheet made of a long number (5.00101E+14) is certainly lost. Source: M19–M21.
    """
    route, number = _route(case), _number(case)
    if not route.number_lengths or _is_digits(number):
        return
    if repair.is_scientific(number):
        yield hit("spreadsheet", severity="error", route=_words(route.label))
        return
    characters = list(dict.fromkeys(character for character in number[:MAX_LENGTH] if not _is_digits(character)))
    other = case.pack.routes.get(route.other_route) if route.other_route else None
    offered = other is not None and case.form.applicant_type in other.applicants
    yield hit("" if offered else "no_other", route=_words(route.label), characters=characters,
              other=_words(other.label) if other else {"zh": "", "en": ""})  # fmt: skip


@rule("LNG202", "error", field=_NUMBER, after=("LNG201", "LNG208", "LNG203"), limits=("routes.*.number_lengths",))
def certificate_number_length(case: Case) -> Iterator[Hit]:
    """The certificate number has another number of digits than such certificates have. Source: M19–M21."""
    route, number = _route(case), _number(case)
    if not route.number_lengths or len(number) in route.number_lengths:
        return
    likely = [kind.value for kind in kinds.could_be(number, case.today) if kind not in _TELEPHONES][:_GUESSES]
    yield hit("likely" if likely else "", route=_words(route.label), lengths=list(route.number_lengths),
              length=len(number), likely=likely)  # fmt: skip


@rule("LNG204", "warning", field=_NUMBER, after=_BROKEN)
def cet_admission_number(case: Case) -> Iterator[Hit]:
    """The 准考证号 of the test was given instead of the 成绩报告单编号: both have fifteen digits. Source: F."""
    _route_with(case, "cet_report")
    if cet.layouts(_number(case), case.today) == (Layout.ADMISSION,):
        yield hit()


@rule("LNG205", "note", field=_NUMBER, after=(*_BROKEN, "LNG204"))
def cet_level_six(case: Case) -> Iterator[Hit]:
    """The level digit says CET-6, while CET-4 was chosen. Source: F."""
    route = _route_with(case, "cet_report")
    if cet.level(_number(case), case.today) == 6:
        yield hit(route=_words(route.label))


def _self_study_diploma(case: Case) -> diploma.SelfStudyDiploma:
    _route_with(case, "diploma_or_course_pass")
    number = _number(case)
    if len(number) != diploma.SELF_STUDY_LENGTH:
        raise NotApplicable
    return diploma.validate_self_study(number, case.today)


@rule("LNG206", "warning", field=_NUMBER, after=_BROKEN)
def diploma_number_layout(case: Case) -> Iterator[Hit]:
    """A bachelor's course diploma number of self-study begins with 65 and the province's code; this does not.

    66 is the short course's (专科). Source: F.
    """
    number = _self_study_diploma(case)
    if not number.layout_plausible:
        yield hit("associate" if number.degree == "associate" and number.number[0] == "6" else "",
                  digits=number.number[:4])  # fmt: skip


@rule("LNG210", "warning", field=_NUMBER, after=(*_BROKEN, "LNG206", "LNG301"))
def english_two_and_diploma_number_differ(case: Case) -> Iterator[Hit]:
    """The diploma number given for English (II) is not the diploma number given elsewhere. Source: M21."""
    number = _self_study_diploma(case)
    other = diploma.compact(case.form.institution.diploma_number)
    if other and other != number.number:
        yield hit(number=number.number, diploma_number=other)


@rule("LNG207", "note", field=_NUMBER, after=(*_BROKEN, "LNG206", "LNG210", "IDN501", "IDN502"))
def diploma_and_exam_number_differ(case: Case) -> Iterator[Hit]:
    """Digits 5 to 16 of the diploma number are usually the exam number; here they are not. Both may be right.

    Source: F.
    """
    number = _self_study_diploma(case)
    if case.self_study and number.exam_digits != exam_number.compact(case.form.personal.exam_number):
        yield hit(digits=number.exam_digits)


@rule("LNG209", "warning", field=_ROUTE, after=("LNG101", "LNG102"), limits=("routes.*.unified_course",))
def english_two_not_unified(case: Case) -> Iterator[Hit]:
    """The route rests on a unified exam passed, and the records show none: no such course, exempt, or below 60.

    Source: M24.
    """
    route = _route(case)
    if not route.unified_course:
        raise NotApplicable
    known = _average.sheet(case)
    if not known.rows:
        raise NotInspected("no_records")
    found = [index for index, row in enumerate(known.rows) if _is_unified(row, route.unified_course)]
    problems = {index: _why_not(known.rows[index]) for index in found}
    if not found:
        yield hit(course=route.unified_course[0], route=_words(route.label), row=0)
    elif all(problems.values()):
        index, why = next(iter(problems.items()))
        yield hit(why, course=known.named(index)[0], route=_words(route.label), row=known.numbers[index])


def _is_unified(row: CourseRecord, courses: tuple[str, ...]) -> bool:
    code, name = score_marks.fold_name(row.code), _without_brackets(row.name)
    wanted = [_without_brackets(course) for course in courses]
    # A spreadsheet makes 15 of 00015; a name may go on, as in 英语(二)统考.
    return any(code and code.zfill(len(course)) == course if course.isdigit() else name.startswith(course)
               for course in wanted)  # fmt: skip


def _without_brackets(text: str) -> str:
    return score_marks.fold_name(text).replace("(", "").replace(")", "")


def _why_not(row: CourseRecord) -> str:
    score = score_marks.parse_score(row.score)
    if row.kind == "exempt" or score.mark == score_marks.EXEMPTION:
        return "exempt"
    return "failed" if score.failed else ""


@rule("LNG401", "warning", field="language.score", after=("LNG101", "LNG102"), limits=("routes.*.greatest_score",))
def score_malformed(case: Case) -> Iterator[Hit]:
    """The language score is no number of the scale on which this exam is scored. Source: F."""
    score = score_marks.parse_score(case.form.language.score)
    route = _route(case)
    if score.kind == "blank" or route.greatest_score is None:
        return
    if score.value is None or not 0 <= score.value <= route.greatest_score:
        yield hit("" if score.value is None else "off_scale", stated=score.text, greatest=route.greatest_score,
                  route=_words(route.label))  # fmt: skip


@rule("LNG301", "warning", field=_DIPLOMA)
def diploma_number_malformed(case: Case) -> Iterator[Hit]:
    """The diploma number is not 17 digits (self-study), or not 18 with the year of graduation (adult education).

    Source: F.
    """
    number = diploma.compact(case.form.institution.diploma_number)
    if not number:
        raise NotApplicable
    length = diploma.SELF_STUDY_LENGTH if case.self_study else diploma.ADULT_LENGTH
    if len(number) != length or not _is_digits(number):
        yield hit("" if case.self_study else "adult", length=len(number), right=length)
    elif not case.self_study:
        graduation = case.form.institution.graduation_date
        if graduation is None or graduation.first > case.today:  # those are findings of their own
            raise NotInspected("after SCH401" if graduation is None else "after SCH403")
        year = diploma.validate_adult(number).year
        if graduation.year != year:
            yield hit("year", year=year, graduation=graduation.year, length=len(number), right=length)
