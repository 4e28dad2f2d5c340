"""No ID number leaves the program unless asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.privacy import mask, mask_all, mask_number

NUMBER = "500101199003071238"


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        f"materials/{NUMBER}张三.jpg",
        f"张三{NUMBER}，李四{NUMBER}",
        "50010119900307123X",
        "50010119900307123x",
        "500101900307123",
        "500101 19900307 1238",
        "500101-1990-0307-1238",
        "500101 1990 0307 123X",
        "５００１０１１９９００３０７１２３８",
        f"IMG{NUMBER}0001",
    ],
)
def test_id_numbers_are_hidden(text: str) -> None:
    masked = mask(text)
    for secret in ("19900307", "1990030", "900307", "１９９００３０７", "500101"):
        assert secret not in masked
    assert "*" in masked


@pytest.mark.parametrize(
    "text",
    [
        "微信图片_20240415093012.jpg",
        "mmexport1713145812345.jpg",
        "(78+82+90)/3 = 83.333… ≈ 83.33",
        "65500019123456789",  # a 17-digit diploma number
        "13800138000 13900139000 13700137000",
        "78 82 90 85 76 88 91 67 80 79 85 90",
        "2026-04-15 08:00:00 023-65022130",
        "",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("text", ["5.0010619951238E+17", "5.00106199508e+17", "5.00106199508123e17"])
def test_a_number_that_a_spreadsheet_broke_is_hidden_too(text: str) -> None:
    masked = mask(f"“{text}”")
    assert "00106" not in masked
    assert masked.startswith("“*")


def test_what_stays_of_a_number_is_its_last_four() -> None:
    assert mask_number(NUMBER) == "*" * 14 + "1238"
    assert mask(NUMBER) == "*" * 14 + "1238"
    assert mask_number("1234567") == "*" * 7  # too short to show any of it
    assert mask_number("") == ""


@given(st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True), st.text(alphabet="张三 ,.-_/", max_size=5))
def test_any_number_in_any_text_loses_its_birth_date(number: str, around: str) -> None:
    assert number[6:14] not in mask(f"{around}{number}{around}").replace("*", "")


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)


def test_all_of_a_structure_is_masked() -> None:
    data = {"a": [NUMBER, {"b": (NUMBER, 3)}], NUMBER: int(NUMBER), "c": None, "d": True, "e": 1.5}
    masked = mask_all(data)
    assert NUMBER not in repr(masked)
    assert isinstance(masked, dict)
    assert masked["c"] is None
    assert masked["d"] is True
    assert masked["e"] == 1.5
