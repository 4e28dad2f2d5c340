"""Faults of the foreign-language condition and of certificate numbers."""

from __future__ import annotations

from degreecheck.idnumbers import cet
from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults._fault import another, fault, replaced
from degreecheck.sample.faults._scores import rows, set_average

_NUMBER = "certificate diploma"


def _number(applicant: Applicant, number: str) -> None:
    applicant.form["language"]["certificate_number"] = number


def _given(applicant: Applicant) -> str:
    return str(applicant.form["language"]["certificate_number"])


def _diploma(applicant: Applicant, beginning: str = "6550", last: str = "4") -> str:
    return f"{beginning}{applicant.form['personal']['exam_number']}{last}"


@fault("LNG101", f"{_NUMBER} route score")
def no_route(applicant: Applicant) -> None:
    """No condition was chosen."""
    applicant.form["language"]["route"] = ""


@fault("LNG102", f"{_NUMBER} route score", self_study=False, routes=("other",))
def route_of_self_study(applicant: Applicant) -> None:
    """English (II) is for self-study applicants."""
    applicant.form["language"]["route"] = "english_two"


@fault("LNG102", f"{_NUMBER} route score", routes=("other", "pets"))
def route_of_no_school(applicant: Applicant) -> None:
    """A condition that the school does not know."""
    applicant.form["language"]["route"] = "ielts"


@fault("LNG201", _NUMBER, not_routes=("other",))
def no_certificate_number(applicant: Applicant) -> None:
    """The certificate number is blank."""
    _number(applicant, "")


@fault("LNG202", _NUMBER, routes=("cet4", "pets"))
def certificate_number_one_digit_short(applicant: Applicant) -> None:
    """A digit was left out."""
    _number(applicant, _given(applicant)[:-1])


@fault("LNG202", f"{_NUMBER} exam_number", routes=("english_two",))
def diploma_number_one_digit_short(applicant: Applicant) -> None:
    """Sixteen digits are neither a diploma's number nor a course's."""
    _number(applicant, _diploma(applicant)[:-1])


@fault("LNG203", _NUMBER, routes=("cet4", "pets"))
def letter_in_certificate_number(applicant: Applicant) -> None:
    """A letter stands before the digits, as on older certificates."""
    _number(applicant, applicant.chance.choice(("S", "G", "No")) + _given(applicant)[1:])


@fault("LNG203", _NUMBER, routes=("cet4",))
def certificate_number_in_scientific_notation(applicant: Applicant) -> None:
    """What a spreadsheet shows of a long number."""
    _number(applicant, f"{_given(applicant)[0]}.{_given(applicant)[1:6]}E+14")


@fault("LNG204", _NUMBER, routes=("cet4",))
def admission_number_of_the_test(applicant: Applicant) -> None:
    """The 准考证号 instead of the number of the report."""
    year = applicant.study.graduation.year % 100 - 1
    while True:
        school = f"50{applicant.chance.randrange(10**4):04d}"
        room, seat = applicant.chance.randint(1, 99), applicant.chance.randint(1, 30)
        number = f"{school}{year:02d}{applicant.chance.choice('12')}1{room:03d}{seat:02d}"
        if cet.layouts(number) == (cet.Layout.ADMISSION,):
            return _number(applicant, number)


@fault("LNG206", f"{_NUMBER} exam_number", routes=("english_two",))
def number_of_the_short_course(applicant: Applicant) -> None:
    """The diploma number of a two- or three-year course (专科)."""
    number = _diploma(applicant, "6650")
    _number(applicant, number)
    applicant.form["institution"]["diploma_number"] = number


@fault("LNG208", f"{_NUMBER} id", routes=("degree_exam", "other", "pets"))
def id_number_as_certificate_number(applicant: Applicant) -> None:
    """The ID number typed into the wrong field."""
    _number(applicant, applicant.person.id_number)


@fault("LNG208", f"{_NUMBER} mobile", routes=("degree_exam", "cet4"))
def mobile_as_certificate_number(applicant: Applicant) -> None:
    """The mobile number typed into the wrong field."""
    _number(applicant, applicant.person.mobile)


@fault("LNG208", f"{_NUMBER} exam_number", routes=("english_two",))
def exam_number_as_certificate_number(applicant: Applicant) -> None:
    """The 准考证号 has as many digits as a 课程合格单's number."""
    _number(applicant, applicant.form["personal"]["exam_number"])


@fault("LNG209", f"{_NUMBER} route score records average", routes=("english_two",))
def english_two_not_among_courses(applicant: Applicant) -> None:
    """The records lack the course on which the route rests."""
    applicant.form["courses"]["records"] = [row for row in rows(applicant) if row["code"] != "00015"]
    set_average(applicant)


@fault("LNG210", f"{_NUMBER} exam_number", routes=("english_two",))
def two_diploma_numbers(applicant: Applicant) -> None:
    """The diploma number stands in two fields, differently."""
    _number(applicant, _diploma(applicant, last="4"))
    applicant.form["institution"]["diploma_number"] = _diploma(applicant, last="7")


@fault("LNG301", f"{_NUMBER} exam_number graduation", self_study=True, not_routes=("english_two",))
def diploma_number_too_short(applicant: Applicant) -> None:
    """Sixteen digits of seventeen."""
    applicant.form["institution"]["diploma_number"] = _diploma(applicant)[:-1]


@fault("LNG301", f"{_NUMBER} graduation", self_study=False)
def diploma_of_another_year(applicant: Applicant) -> None:
    """The year in the diploma number is not that of graduation."""
    year = applicant.study.graduation.year
    applicant.form["institution"]["diploma_number"] = f"115515{year - 1}05{applicant.chance.randrange(10**6):06d}"


@fault("LNG401", "score certificate route", routes=("cet4",))
def score_off_the_scale(applicant: Applicant) -> None:
    """CET-4 has 710 points."""
    score = applicant.form["language"]["score"]
    applicant.form["language"]["score"] = replaced(score, 0, another(applicant, "89", score[0]))


@fault("LNG401", "score certificate route", routes=("degree_exam",))
def score_in_words(applicant: Applicant) -> None:
    """A word where a number belongs."""
    applicant.form["language"]["score"] = applicant.chance.choice(("合格", "通过"))
