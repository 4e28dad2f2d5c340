"""The resident ID number: parts, problems in their order, what is known of regions, the first generation."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from degreecheck.idnumbers import resident_id
from degreecheck.idnumbers.errors import (
    FirstGeneration,
    InvalidNumber,
    WrongBirthDate,
    WrongCharacters,
    WrongCheckDigit,
    WrongLength,
)
from degreecheck.idnumbers.resident_id import Holder

RIGHT = "11010519491231002X"  # the worked example of GB 11643-1999


def reasons(text: str, today: date | None = None) -> list[str]:
    return [problem.reason for problem in resident_id.problems(text, today)]


def with_check(first_seventeen: str) -> str:
    """ISO 7064 MOD 11-2 in its recursive form, not the weights that the program uses."""
    product = 0
    for digit in first_seventeen:
        product = (product + int(digit)) * 2 % 11
    return first_seventeen + "0123456789X"[(12 - product) % 11]


def test_parts() -> None:
    parts = resident_id.validate(RIGHT)
    assert parts.number == RIGHT
    assert parts.region == "110105"
    assert parts.province == "11"
    assert parts.birth_date == date(1949, 12, 31)
    assert parts.order == "002"
    assert parts.sex == "female"
    assert parts.check == "X"
    assert parts.holder is Holder.RESIDENT


def test_accessors_read_a_number_whose_check_digit_fails() -> None:
    wrong = RIGHT[:-1] + "1"
    assert not resident_id.is_valid(wrong)
    assert resident_id.birth_date(wrong) == date(1949, 12, 31)
    assert resident_id.sex(wrong) == "female"
    assert resident_id.province(wrong) == "11"


@pytest.mark.parametrize(
    "text", ["", "1101051949123100", "1101051949123100AX", "11010519491231002Y", "11010519491331002X"]
)
def test_accessors_have_nothing_to_say_about_a_broken_number(text: str) -> None:
    assert resident_id.read(text) is None
    assert resident_id.birth_date(text) is None
    assert resident_id.sex(text) is None
    assert resident_id.province(text) is None


@pytest.mark.parametrize(
    ("first_seventeen", "holder", "province"),
    [
        ("81000019940823002", Holder.HONG_KONG, "81"),
        ("82000020000910003", Holder.MACAO, "82"),
        ("83000019920130002", Holder.TAIWAN, "83"),
        ("93268219850101001", Holder.FOREIGN, "32"),
        ("71000019850101001", Holder.RESIDENT, "71"),
    ],
)
def test_other_holders_use_the_same_form(first_seventeen: str, holder: Holder, province: str) -> None:
    parts = resident_id.validate(with_check(first_seventeen))
    assert parts.holder is holder
    assert parts.province == province
    assert resident_id.province_known(parts.number)


@pytest.mark.parametrize(
    "region",
    [
        "512301",  # old Fuling
        "500381",  # Jiangjin 1997–2006
        "500154",  # Kaizhou, with a birth date before the code
        "510202",  # Chongqing while it belonged to Sichuan
        "321119",
        "659004",
    ],
)
def test_abolished_and_renumbered_counties_are_people(region: str) -> None:
    number = with_check(region + "19790608123")
    assert resident_id.is_valid(number)
    assert resident_id.province_known(number)


@pytest.mark.parametrize("region", ["000000", "010203", "160101", "200101", "660101", "720000", "840000", "590000"])
def test_an_unknown_province_is_told_apart_and_still_no_error(region: str) -> None:
    number = with_check(region + "19790608123")
    assert resident_id.is_valid(number)
    assert not resident_id.province_known(number)


@pytest.mark.parametrize(
    ("text", "known"), [("", False), ("5", False), ("50", True), ("9", True), ("9张", False), ("张三", False)]
)
def test_province_known_takes_any_text(text: str, known: bool) -> None:
    assert resident_id.province_known(text) is known


@pytest.mark.parametrize(
    ("text", "found"), [("", 0), ("1101051949123100", 16), (RIGHT + "1", 19), ("1" * 1_000_000, 1_000_000)]
)
def test_length(text: str, found: int) -> None:
    with pytest.raises(WrongLength) as caught:
        resident_id.validate(text)
    assert (caught.value.found, caught.value.expected) == (found, (18,))
    assert not isinstance(caught.value, FirstGeneration)


def test_wrong_characters_name_place_and_character() -> None:
    with pytest.raises(WrongCharacters) as caught:
        resident_id.validate("1101O519491231Z02X")
    assert (caught.value.positions, caught.value.characters) == ((4, 14), "OZ")


@pytest.mark.parametrize(
    "text",
    ["1101051949X231002X", "11010519491231002A", "11010519491231002②", "1101051949123100²X", "一10105194912310028"],
)
def test_one_wrong_character(text: str) -> None:
    assert reasons(text) == ["characters"]


def test_a_wrong_length_is_told_before_wrong_characters() -> None:
    length, characters = resident_id.problems("身份证" + RIGHT)
    assert isinstance(length, WrongLength)
    assert length.found == 21
    assert isinstance(characters, WrongCharacters)
    assert characters.positions == (0, 1, 2)


def test_a_short_number_may_end_in_x() -> None:
    assert reasons("1101051949123102X") == ["length"]


def test_of_many_wrong_characters_the_first_are_named() -> None:
    length, characters = resident_id.problems("张" * 1_000_000)
    assert isinstance(length, WrongLength)
    assert isinstance(characters, WrongCharacters)
    assert characters.positions == tuple(range(32))
    assert characters.characters == "张" * 32


def test_check_digit_says_what_it_should_be() -> None:
    with pytest.raises(WrongCheckDigit) as caught:
        resident_id.validate("110105194912310028")
    assert (caught.value.found, caught.value.expected) == ("8", "X")


@pytest.mark.parametrize("born", ["19491301", "19490230", "19000229", "20250431", "00000101", "19490001", "19490100"])
def test_no_such_day(born: str) -> None:
    with pytest.raises(WrongBirthDate) as caught:
        resident_id.validate(with_check("110105" + born + "002"))
    assert (caught.value.digits, caught.value.future, caught.value.certain) == (born, False, True)


def test_leap_day() -> None:
    assert resident_id.validate(with_check("11010520000229002")).birth_date == date(2000, 2, 29)


def test_birth_date_and_check_digit_are_both_told_the_root_cause_first() -> None:
    assert reasons("110105194913310028") == ["birth_date", "check_digit"]


def test_the_future_is_judged_only_against_a_given_day() -> None:
    born_today = with_check("11010520250415002")
    assert reasons(born_today) == []
    assert reasons(born_today, date(2025, 4, 15)) == []
    assert reasons(born_today, datetime(2025, 4, 15, 8, tzinfo=UTC)) == []
    with pytest.raises(WrongBirthDate) as caught:
        resident_id.validate(born_today, date(2025, 4, 14))
    assert (caught.value.digits, caught.value.future, caught.value.certain) == ("20250415", True, True)
    assert not resident_id.is_valid(born_today, date(2025, 4, 14))


def test_a_foreigners_birth_date_is_never_certainly_wrong() -> None:
    with pytest.raises(WrongBirthDate) as caught:
        resident_id.validate(with_check("93268219851301001"))
    assert not caught.value.certain


@pytest.mark.parametrize(
    "text",
    [
        "110105 19491231 002x",
        " １１０１０５１９４９１２３１００２Ｘ\n",
        "110105-19491231-002×",
        "\ufeff11010519491231002Х",
        "'11010519491231002X",
    ],
)
def test_folded_before_judging(text: str) -> None:
    assert resident_id.compact(text) == RIGHT
    assert resident_id.validate(text).number == RIGHT


def test_first_generation_is_recognised_and_its_modern_form_only_proposed() -> None:
    with pytest.raises(FirstGeneration) as caught:
        resident_id.validate("110105491231002")
    assert caught.value.proposal == RIGHT
    assert (caught.value.found, caught.value.expected) == (15, (18,))
    assert resident_id.to_18("110105-491231-002") == RIGHT


def test_fifteen_digits_without_a_day_have_no_modern_form() -> None:
    (problem,) = resident_id.problems("110105491331002")
    assert isinstance(problem, FirstGeneration)
    assert problem.proposal is None
    with pytest.raises(WrongBirthDate) as caught:
        resident_id.to_18("110105491331002")
    assert caught.value.digits == "19491331"


def test_fifteen_characters_that_are_no_digits_are_no_first_generation() -> None:
    assert reasons("11010549123100X") == ["length"]
    assert reasons("11O105491231002") == ["length", "characters"]


@pytest.mark.parametrize(
    ("text", "kind"), [(RIGHT, WrongLength), ("11010549123100X", WrongCharacters), ("", WrongLength)]
)
def test_only_first_generation_numbers_are_converted(text: str, kind: type[InvalidNumber]) -> None:
    with pytest.raises(kind):
        resident_id.to_18(text)
