"""What kind of number a text could be, likeliest first."""

from __future__ import annotations

from datetime import date

import pytest

from degreecheck.idnumbers import resident_id
from degreecheck.idnumbers.kinds import Kind, could_be

TODAY = date(2025, 4, 15)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("11010519491231002X", [Kind.RESIDENT_ID]),
        ("110105 19491231 002x", [Kind.RESIDENT_ID]),
        ("110105194912310028", [Kind.RESIDENT_ID]),  # a failing check digit is still most likely one
        ("999999999999999999", [Kind.RESIDENT_ID]),
        ("115515202305000123", [Kind.ADULT_DIPLOMA, Kind.RESIDENT_ID]),
        ("115515202305120023", [Kind.ADULT_DIPLOMA, Kind.RESIDENT_ID]),
        ("65500102191234567", [Kind.SELF_STUDY_DIPLOMA]),
        ("11111111111111111", [Kind.SELF_STUDY_DIPLOMA]),
        ("241150010012345", [Kind.CET_REPORT]),
        ("500010241310130", [Kind.CET_ADMISSION]),
        ("500010241101230", [Kind.CET_ADMISSION, Kind.RESIDENT_ID_15]),
        ("211110231200112", [Kind.CET_REPORT, Kind.CET_ADMISSION]),
        ("110105491231002", [Kind.RESIDENT_ID_15]),
        ("241150019912345", [Kind.CET_REPORT]),
        ("241150010115345", [Kind.CET_REPORT, Kind.RESIDENT_ID_15]),
        ("999999999999999", [Kind.CET_REPORT]),
        ("USA110199001010", [Kind.FOREIGN_PERMIT_15]),
        ("12345678901234", [Kind.PETS]),
        ("010219123456", [Kind.EXAM_NUMBER, Kind.COURSE_PASS]),
        ("010219923456", [Kind.COURSE_PASS, Kind.EXAM_NUMBER]),
        ("0571-88888888", [Kind.COURSE_PASS, Kind.EXAM_NUMBER, Kind.LANDLINE]),
        ("13800138000", [Kind.MOBILE, Kind.QQ]),
        ("+86 138 0013 8000", [Kind.MOBILE]),
        ("12345678901", [Kind.QQ]),
        ("023-65022130", [Kind.LANDLINE]),
        ("023-65022130转801234", [Kind.LANDLINE]),  # eighteen characters
        ("65022130", [Kind.LANDLINE, Kind.QQ]),
        ("123456789", [Kind.QQ]),
        ("4008108888", [Kind.LANDLINE, Kind.QQ]),
        ("012345", []),
        ("1234", []),
        ("1", []),
        ("", []),
        ("张三", []),
        ("1101051949123100AX", []),
        ("11010519491231002A", []),
        ("1" * 100_000, []),
    ],
)
def test_could_be(text: str, kinds: list[Kind]) -> None:
    assert list(could_be(text, TODAY)) == kinds


def test_an_id_number_of_may_with_the_layout_of_a_diploma_is_told_by_its_check_digit() -> None:
    right = "11010519900507001"
    assert could_be(right + resident_id.check_character(right)) == (Kind.RESIDENT_ID, Kind.ADULT_DIPLOMA)
    wrong = next(digit for digit in "0123456789" if digit != resident_id.check_character(right))
    assert could_be(right + wrong) == (Kind.ADULT_DIPLOMA, Kind.RESIDENT_ID)
