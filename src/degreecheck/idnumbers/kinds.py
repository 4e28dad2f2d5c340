"""What kind of number a text could be, so that a message can say "18 digits: this looks like the ID number".

Guesses from length and layout, for messages only: no rule may call a number wrong because of them.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Final

from degreecheck.idnumbers import cet, diploma, exam_number, phone, resident_id
from degreecheck.idnumbers.digits import is_digits
from degreecheck.idnumbers.errors import InvalidNumber
from degreecheck.idnumbers.fold import fold


class Kind(StrEnum):
    RESIDENT_ID = "resident_id"
    RESIDENT_ID_15 = "resident_id_15"
    FOREIGN_PERMIT_15 = "foreign_permit_15"
    EXAM_NUMBER = "exam_number"
    COURSE_PASS = "course_pass"
    CET_REPORT = "cet_report"
    CET_ADMISSION = "cet_admission"
    PETS = "pets"
    SELF_STUDY_DIPLOMA = "self_study_diploma"
    ADULT_DIPLOMA = "adult_diploma"
    MOBILE = "mobile"
    LANDLINE = "landline"
    QQ = "qq"


# The foreign permanent resident's number until 2023: three letters for the nationality, then twelve digits.
_FOREIGN_PERMIT_15: Final = re.compile(r"[A-Za-z]{3}[0-9]{12}")


def could_be(text: str, today: date | None = None) -> tuple[Kind, ...]:
    """The kinds that the text's length and layout allow, likeliest first; empty when none.

    Where no layout fits, the length alone decides: the message is for somebody who typed a number into the wrong field.
    With `today`, years after it are implausible.
    """
    number = fold(text).text
    length = len(number)
    if length == resident_id.LENGTH:
        return _of_18(number, today) or _telephone(text)
    if not is_digits(number):
        if _FOREIGN_PERMIT_15.fullmatch(number):
            return (Kind.FOREIGN_PERMIT_15,)
        return _telephone(text)
    if length == diploma.SELF_STUDY_LENGTH:
        return (Kind.SELF_STUDY_DIPLOMA,)
    if length == cet.LENGTH:
        return _of_15(number, today)
    if length == 14:
        return (Kind.PETS,)
    if length == exam_number.LENGTH:
        return _of_12(number, today)
    telephone = _telephone(number)
    if 5 <= length <= 11 and number[0] != "0":
        return (*telephone, Kind.QQ)
    return telephone


def _of_18(number: str, today: date | None) -> tuple[Kind, ...]:
    if not is_digits(number[:17]) or not (is_digits(number[17]) or number[17] == "X"):
        return ()
    is_diploma = is_digits(number) and diploma.validate_adult(number).layout_plausible
    if is_diploma and resident_id.is_valid(number, today):
        return Kind.RESIDENT_ID, Kind.ADULT_DIPLOMA
    if is_diploma:
        return Kind.ADULT_DIPLOMA, Kind.RESIDENT_ID
    return (Kind.RESIDENT_ID,)


_OF_LAYOUT: Final = {cet.Layout.REPORT: Kind.CET_REPORT, cet.Layout.ADMISSION: Kind.CET_ADMISSION}


def _of_15(number: str, today: date | None) -> tuple[Kind, ...]:
    found = tuple(_OF_LAYOUT[layout] for layout in cet.layouts(number, today))
    try:
        resident_id.to_18(number)
    except InvalidNumber:
        return found or (Kind.CET_REPORT,)
    return (*found, Kind.RESIDENT_ID_15)


def _of_12(number: str, today: date | None) -> tuple[Kind, ...]:
    if exam_number.validate(number, today).layout_plausible:
        return Kind.EXAM_NUMBER, Kind.COURSE_PASS, *_telephone(number)
    return Kind.COURSE_PASS, Kind.EXAM_NUMBER, *_telephone(number)


def _telephone(text: str) -> tuple[Kind, ...]:
    try:
        found = phone.validate(text)
    except InvalidNumber:
        return ()
    return (Kind.MOBILE if found.kind == "mobile" else Kind.LANDLINE,)
