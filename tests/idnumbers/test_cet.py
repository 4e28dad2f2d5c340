"""CET: the number of the report and that of the admission ticket have fifteen digits each."""

from __future__ import annotations

from datetime import date

import pytest

from degreecheck.idnumbers import cet
from degreecheck.idnumbers.cet import CetNumber, Layout

TODAY = date(2025, 4, 15)
REPORT = "241150010012345"
ADMISSION = "500010241101230"


def test_a_report() -> None:
    assert cet.readings(REPORT, TODAY) == (CetNumber(REPORT, Layout.REPORT, 2024, 1, 4),)
    assert cet.readings(REPORT)[0].school == "500100"


def test_an_admission_ticket() -> None:
    assert cet.readings(ADMISSION, TODAY) == (CetNumber(ADMISSION, Layout.ADMISSION, 2024, 1, 4),)
    assert cet.readings(ADMISSION)[0].school == "500010"


def test_both_layouts_at_once_the_report_first() -> None:
    both = "211110231200112"  # 2021, June, CET-4 | a school of province 21, 2023, June, CET-6
    assert cet.layouts(both, TODAY) == (Layout.REPORT, Layout.ADMISSION)
    assert [reading.level for reading in cet.readings(both)] == [4, 6]
    assert cet.level(both) == 4


@pytest.mark.parametrize(
    "number",
    [
        "243150010012345",  # no third half-year
        "240150010012345",
        "241050010012345",  # no level 0
        "261150010012345",  # 2026 has not come
        "861150010012345",  # before the first test
        "500010241100000",  # neither room nor seat
        "500010241100001",  # room 0
        "500010241101200",  # seat 0
    ],
)
def test_neither_layout(number: str) -> None:
    assert cet.readings(number, TODAY) == ()
    assert cet.layouts(number, TODAY) == ()
    assert cet.level(number, TODAY) is None
    assert cet.validate(number) == number


@pytest.mark.parametrize(("digit", "level"), [("1", 4), ("2", 6), ("3", None), ("9", None)])
def test_levels(digit: str, level: int | None) -> None:
    assert cet.level("242" + digit + "50010012345", TODAY) == level
    assert cet.level("500010242" + digit + "01230", TODAY) == level
    assert cet.layouts("242" + digit + "50010012345", TODAY) == (Layout.REPORT,)


@pytest.mark.parametrize("text", ["", "24115001001234", "24115001001234A", "张三"])
def test_other_texts_have_no_layout(text: str) -> None:
    assert cet.readings(text) == ()
    assert cet.level(text) is None


def test_typed_with_spaces() -> None:
    assert cet.layouts(" 24 1 1 500100 12345 ") == (Layout.REPORT,)
