"""自考准考证号: parts, plausible sessions, and the zero that spreadsheets take."""

from __future__ import annotations

from datetime import date

import pytest

from degreecheck.idnumbers import exam_number
from degreecheck.idnumbers.digits import full_year

TODAY = date(2025, 4, 15)


def test_parts() -> None:
    parts = exam_number.validate("0102 191 23456")
    assert (parts.number, parts.city, parts.county, parts.serial) == ("010219123456", "01", "02", "23456")
    assert (parts.year, parts.month) == (2019, 4)
    assert parts.layout_plausible


@pytest.mark.parametrize(
    ("session", "year", "month", "plausible"),
    [
        ("811", 1981, 4, True),
        ("992", 1999, 10, True),
        ("002", 2000, 10, True),
        ("251", 2025, 4, True),
        ("261", None, 4, False),
        ("801", None, 4, False),
        ("193", 2019, None, False),
        ("190", 2019, None, False),
    ],
)
def test_sessions_on_a_given_day(session: str, year: int | None, month: int | None, plausible: bool) -> None:
    parts = exam_number.validate("0102" + session + "23456", TODAY)
    assert (parts.year, parts.month, parts.layout_plausible) == (year, month, plausible)
    assert exam_number.is_valid(parts.number)


def test_without_a_day_years_reach_to_the_middle_of_the_century() -> None:
    assert exam_number.validate("010249123456").year == 2049
    assert exam_number.validate("010250123456").year is None


@pytest.mark.parametrize(
    ("digits", "first", "year"),
    [("87", 1987, 1987), ("86", 1987, None), ("00", 1987, 2000), ("00", 2000, 2000), ("26", 2000, None)],
)
def test_full_year(digits: str, first: int, year: int | None) -> None:
    assert full_year(digits, first, TODAY) == year


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("10219123456", "010219123456"),
        ("10219 123456", "010219123456"),
        ("010219123456", None),
        ("1021912345", None),
        ("1021912345A", None),
        ("", None),
    ],
)
def test_a_leading_zero_is_proposed_for_eleven_digits(text: str, restored: str | None) -> None:
    assert exam_number.restored_zero(text) == restored
