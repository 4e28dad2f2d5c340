"""Telephone numbers: mobiles strictly, all others leniently."""

from __future__ import annotations

import pytest

from degreecheck.idnumbers import phone
from degreecheck.idnumbers.errors import InvalidNumber, WrongCharacters, WrongLayout, WrongLength
from degreecheck.idnumbers.phone import Phone


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "１３８００１３８０００",
        "+8613800138000",
        "+86 138 0013 8000",
        "(+86)13800138000",
        "（＋８６）138-0013-8000",
        "008613800138000",
        "8613800138000",
        "\u202d13800138000\u202c",  # copied from an address book
    ],
)
def test_mobile(text: str) -> None:
    assert phone.is_mobile(text)
    assert phone.validate_mobile(text) == phone.compact(text) == "13800138000"
    assert phone.validate(text) == Phone("mobile", "13800138000")
    assert phone.is_valid(text)
    assert not phone.is_landline(text)
    with pytest.raises(WrongLayout) as caught:
        phone.validate_landline(text)
    assert caught.value.part == "landline"


@pytest.mark.parametrize("prefix", ["13", "14", "15", "16", "17", "18", "19"])
def test_every_mobile_prefix(prefix: str) -> None:
    assert phone.is_mobile(prefix + "999999999")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", WrongLength),
        ("1380013800", WrongLength),
        ("138001380000", WrongLength),
        ("1380013800O", WrongCharacters),
        ("+1380013800", WrongCharacters),
        ("12800138000", WrongLayout),
        ("23800138000", WrongLayout),
        ("02365022130", WrongLayout),
        ("1" * 100_000, WrongLength),
    ],
)
def test_no_mobile(text: str, kind: type[InvalidNumber]) -> None:
    assert not phone.is_mobile(text)
    with pytest.raises(kind):
        phone.validate_mobile(text)


@pytest.mark.parametrize(
    ("text", "number", "extension"),
    [
        ("023-65022130", "02365022130", ""),
        ("02365022130", "02365022130", ""),
        ("(023)65022130", "02365022130", ""),
        ("（023） 65022130", "02365022130", ""),
        ("023—6502 2130", "02365022130", ""),
        ("023.6502.2130", "02365022130", ""),
        ("+86 23 65022130", "02365022130", ""),
        ("+86-023-65022130", "02365022130", ""),
        ("0086-23-65022130", "02365022130", ""),
        ("010-12345678", "01012345678", ""),
        ("0571-88888888", "057188888888", ""),
        ("0836-2812345", "08362812345", ""),
        ("65022130", "65022130", ""),
        ("2812345", "2812345", ""),
        ("023-65022130-8012", "02365022130", "8012"),
        ("023-65022130转8012", "02365022130", "8012"),
        ("023-65022130 分机：8012", "02365022130", "8012"),
        ("023-65022130 ext. 12", "02365022130", "12"),
        ("023-65022130x12", "02365022130", "12"),
        ("023-65022130#12", "02365022130", "12"),
        ("023-65022130,8012", "02365022130", "8012"),
        ("023-65022130（8012）", "02365022130", "8012"),
        ("65022130-8012", "65022130", "8012"),
        ("023-65022130-", "02365022130", ""),  # a hyphen too many is no reason to refuse
        ("023-65022130/65022131", "02365022130", ""),
        ("65022130、13800138000", "65022130", ""),
        ("65022130，65022131", "65022130", ""),
    ],
)
def test_landline(text: str, number: str, extension: str) -> None:
    expected = Phone("landline", number, extension)
    assert phone.validate_landline(text) == phone.validate(text) == expected
    assert phone.is_landline(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("400-810-8888", Phone("service", "4008108888")),
        ("800 810 8888", Phone("service", "8008108888")),
        ("4008108888转2", Phone("service", "4008108888", "2")),
        ("95588", Phone("service", "95588")),
        ("10086", Phone("service", "10086")),
        ("+852 9123 4567", Phone("international", "85291234567")),
        ("0044 20 7946 0000", Phone("international", "442079460000")),
    ],
)
def test_other_telephone_numbers(text: str, expected: Phone) -> None:
    assert phone.validate(text) == expected
    assert phone.is_landline(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "023",
        "023-6502",
        "1380013800",
        "65022130/1",
        "-8012",
        "转8012",
        "+86",
        "9" * 64,
        "1-" * 200,
        "023-65022130转",
    ],
)
def test_no_telephone_number(text: str) -> None:
    assert not phone.is_valid(text)
    assert not phone.is_landline(text)
    with pytest.raises(WrongLayout):
        phone.validate(text)


@pytest.mark.parametrize(
    ("text", "positions", "characters"),
    [("电话023-65022130", (0, 1), "电话"), ("6502213O", (7,), "O"), ("张" * 100_000, tuple(range(32)), "张" * 32)],
)
def test_wrong_characters(text: str, positions: tuple[int, ...], characters: str) -> None:
    with pytest.raises(WrongCharacters) as caught:
        phone.validate(text)
    assert (caught.value.positions, caught.value.characters) == (positions, characters)
