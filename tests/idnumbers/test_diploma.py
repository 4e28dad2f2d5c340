"""毕业证书编号: 17 digits in self-study, 18 in adult education."""

from __future__ import annotations

from datetime import date

import pytest

from degreecheck.idnumbers import diploma
from degreecheck.idnumbers.diploma import AdultDiploma, SelfStudyDiploma
from degreecheck.idnumbers.errors import WrongLength

SELF_STUDY = "65500102191234567"
ADULT = "115515202305000123"


def test_self_study() -> None:
    parts = diploma.validate_self_study(SELF_STUDY)
    assert parts == SelfStudyDiploma(SELF_STUDY, 2019)
    assert (parts.degree, parts.province, parts.exam_digits) == ("bachelor", "50", "010219123456")
    assert parts.layout_plausible
    assert diploma.validate(SELF_STUDY) == parts


@pytest.mark.parametrize(
    ("start", "degree"),
    [("6650", "associate"), ("6750", None), ("5550", "bachelor"), ("6500", "bachelor"), ("6581", "bachelor")],
)
def test_self_study_of_another_layout_is_told_apart_and_valid(start: str, degree: str | None) -> None:
    parts = diploma.validate_self_study(start + SELF_STUDY[4:])
    assert not parts.layout_plausible
    assert parts.degree == degree
    assert diploma.is_valid(parts.number)


def test_a_year_that_has_not_come_is_none() -> None:
    assert diploma.validate_self_study("65500102301234567", date(2025, 4, 15)).year is None
    later = diploma.validate("65500102301234567", date(2030, 4, 15))
    assert later.year == 2030


def test_adult_education() -> None:
    parts = diploma.validate_adult(ADULT)
    assert parts == AdultDiploma(ADULT)
    assert (parts.school, parts.year, parts.degree) == ("11551", 2023, "bachelor")
    assert parts.layout_plausible
    assert diploma.validate(ADULT) == parts


@pytest.mark.parametrize(
    ("number", "plausible"),
    [
        ("115515202306000123", True),
        ("115515202301000123", False),
        ("115511202305000123", False),
        ("115515197905000123", False),
        ("115515210005000123", False),
        ("115515209905000123", True),
        ("115515198005000123", True),
    ],
)
def test_adult_education_layout(number: str, plausible: bool) -> None:
    assert diploma.validate_adult(number).layout_plausible is plausible


def test_each_kind_asks_its_own_length() -> None:
    with pytest.raises(WrongLength) as caught:
        diploma.validate_self_study(ADULT)
    assert (caught.value.found, caught.value.expected) == (18, (17,))
    with pytest.raises(WrongLength) as caught:
        diploma.validate_adult(SELF_STUDY)
    assert (caught.value.found, caught.value.expected) == (17, (18,))
