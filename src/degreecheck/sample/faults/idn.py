"""Faults of who the applicant is."""

from __future__ import annotations

from datetime import timedelta

from degreecheck.idnumbers.resident_id import CHECK_CHARACTERS, check_character
from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults._fault import another, fault, replaced


@fault("IDN101", "name")
def no_name(applicant: Applicant) -> None:
    """The name is blank."""
    applicant.form["personal"]["name"] = " "


@fault("IDN102", "name")
def digit_in_name(applicant: Applicant) -> None:
    """A digit slipped into the name."""
    applicant.form["personal"]["name"] += str(applicant.chance.randint(1, 9))


@fault("IDN102", "name")
def letters_in_name(applicant: Applicant) -> None:
    """Pinyin typed after the name."""
    applicant.form["personal"]["name"] += applicant.chance.choice((" Li", "wang", "Z"))


@fault("IDN200", "id birth_date sex certificate")
def other_document(applicant: Applicant) -> None:
    """A passport instead of the ID card."""
    applicant.form["personal"] |= {"id_document": "other", "id_number": f"E{applicant.chance.randrange(10**8):08d}"}


@fault("IDN201", "id birth_date sex certificate")
def no_id_number(applicant: Applicant) -> None:
    """The ID number is blank."""
    applicant.form["personal"]["id_number"] = ""


@fault("IDN202", "id birth_date sex certificate")
def id_number_one_digit_short(applicant: Applicant) -> None:
    """A digit was left out."""
    place = applicant.chance.randrange(6, 16)
    number = applicant.person.id_number
    applicant.form["personal"]["id_number"] = number[:place] + number[place + 1 :]


@fault("IDN202", "id birth_date sex certificate")
def id_number_of_first_generation(applicant: Applicant) -> None:
    """The old number of fifteen digits."""
    number = applicant.person.id_number
    applicant.form["personal"]["id_number"] = number[:6] + number[8:17]


@fault("IDN202", "id birth_date sex certificate")
def id_number_in_scientific_notation(applicant: Applicant) -> None:
    """What a spreadsheet shows of a long number."""
    number = applicant.person.id_number
    applicant.form["personal"]["id_number"] = f"{number[0]}.{number[1:6]}E+17"


@fault("IDN203", "id birth_date sex certificate")
def letter_in_id_number(applicant: Applicant) -> None:
    """O typed for 0, or another letter for a digit."""
    number = applicant.person.id_number
    place = number.find("0", 6) if "0" in number[6:17] else 10
    applicant.form["personal"]["id_number"] = replaced(number, place, "O" if number[place] == "0" else "B")


@fault("IDN204", "id birth_date sex certificate")
def wrong_check_digit(applicant: Applicant) -> None:
    """The last character is another one."""
    number = applicant.person.id_number
    applicant.form["personal"]["id_number"] = replaced(number, 17, another(applicant, CHECK_CHARACTERS, number[17]))


@fault("IDN204", "id birth_date sex certificate")
def mistyped_digit_in_id_number(applicant: Applicant) -> None:
    """A digit of the region is another one: the check character finds every such slip."""
    number = applicant.person.id_number
    applicant.form["personal"]["id_number"] = replaced(number, 5, another(applicant, "0123456789", number[5]))


@fault("IDN204", "id birth_date sex certificate")
def id_number_cut_off_by_spreadsheet(applicant: Applicant) -> None:
    """Spreadsheets keep fifteen digits and fill up with zeros."""
    first_fifteen = applicant.person.id_number[:15]
    while check_character(first_fifteen + "00") == "0":
        first_fifteen = replaced(first_fifteen, 5, another(applicant, "123456789", first_fifteen[5]))
    applicant.form["personal"]["id_number"] = first_fifteen + "000"


@fault("IDN205", "id birth_date sex certificate")
def id_number_with_no_such_day(applicant: Applicant) -> None:
    """The thirtieth of February."""
    number = applicant.person.id_number
    first_seventeen = number[:10] + "0230" + number[14:17]
    applicant.form["personal"]["id_number"] = first_seventeen + check_character(first_seventeen)


@fault("IDN205", "id birth_date sex certificate")
def id_number_born_in_future(applicant: Applicant) -> None:
    """A birth date that has not come."""
    _be_born(applicant, f"{applicant.today + timedelta(days=400):%Y%m%d}")
    applicant.form["personal"]["birth_date"] = ""


@fault("IDN206", "id birth_date sex certificate")
def unlikely_age(applicant: Applicant) -> None:
    """Ninety-odd years old by the ID number, or a child; the birth date agrees."""
    years = applicant.chance.choice((91, 12))
    born = applicant.person.birth_date.replace(year=applicant.today.year - years, day=15)
    _be_born(applicant, f"{born:%Y%m%d}")
    applicant.form["personal"]["birth_date"] = born.isoformat()


def _be_born(applicant: Applicant, day: str) -> None:
    number = applicant.person.id_number
    first_seventeen = number[:6] + day + number[14:17]
    applicant.form["personal"]["id_number"] = first_seventeen + check_character(first_seventeen)


@fault("IDN301", "id birth_date")
def other_birth_date(applicant: Applicant) -> None:
    """The stated birth date is off by a day."""
    applicant.form["personal"]["birth_date"] = (applicant.person.birth_date + timedelta(days=1)).isoformat()


@fault("IDN302", "id sex")
def other_sex(applicant: Applicant) -> None:
    """The stated sex is not the one in the ID number."""
    applicant.form["personal"]["sex"] = "female" if applicant.person.sex == "male" else "male"


@fault("IDN401", "mobile certificate contacts")
def no_mobile(applicant: Applicant) -> None:
    """The mobile number is blank."""
    applicant.form["personal"]["mobile"] = ""


@fault("IDN402", "mobile certificate contacts")
def mobile_one_digit_short(applicant: Applicant) -> None:
    """Ten digits."""
    applicant.form["personal"]["mobile"] = applicant.person.mobile[:-1]


@fault("IDN402", "mobile certificate contacts")
def landline_as_mobile(applicant: Applicant) -> None:
    """A landline where a mobile number belongs."""
    applicant.form["personal"]["mobile"] = "023-65020000"


@fault("IDN501", "exam_number certificate diploma", self_study=True)
def no_exam_number(applicant: Applicant) -> None:
    """The 准考证号 is blank."""
    applicant.form["personal"]["exam_number"] = ""


@fault("IDN502", "exam_number certificate diploma", self_study=True)
def exam_number_without_its_zero(applicant: Applicant) -> None:
    """A spreadsheet took the leading zero."""
    applicant.form["personal"]["exam_number"] = applicant.form["personal"]["exam_number"][1:]


@fault("IDN502", "exam_number id certificate diploma", self_study=True)
def id_number_as_exam_number(applicant: Applicant) -> None:
    """The ID number typed twice."""
    applicant.form["personal"]["exam_number"] = applicant.person.id_number


@fault("IDN511", "student_number", self_study=False)
def no_student_number(applicant: Applicant) -> None:
    """The 学号 is blank."""
    applicant.form["personal"]["student_number"] = ""


@fault("IDN512", "student_number", self_study=False)
def remark_in_student_number(applicant: Applicant) -> None:
    """A remark typed with the 学号."""
    applicant.form["personal"]["student_number"] += "专升本"
