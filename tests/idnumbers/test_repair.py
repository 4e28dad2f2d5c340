"""Near misses of the resident ID number, and the marks that spreadsheets leave on long numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.idnumbers import repair, resident_id
from degreecheck.idnumbers.errors import WrongCheckDigit
from degreecheck.idnumbers.repair import Proposal, Slip

RIGHT = "11010519491231002X"
BORN = date(1949, 12, 31)


@st.composite
def right_numbers(draw: st.DrawFn) -> str:
    """Any region, any day, any order, and the check character by the recursive form of ISO 7064 MOD 11-2."""
    region = draw(st.integers(0, 999_999))
    born = draw(st.dates())
    order = draw(st.integers(0, 999))
    seventeen = f"{region:06}{born.year:04}{born:%m%d}{order:03}"
    product = 0
    for digit in seventeen:
        product = (product + int(digit)) * 2 % 11
    return seventeen + "0123456789X"[(12 - product) % 11]


@st.composite
def one_slip(draw: st.DrawFn) -> tuple[str, str]:
    """A right number, and the same with one character changed or two neighbours swapped."""
    number = draw(right_numbers())
    place = draw(st.integers(0, 17))
    if draw(st.booleans()) and place < 17 and number[place] != number[place + 1]:
        return number, number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    other = draw(st.sampled_from([c for c in ("0123456789X" if place == 17 else "0123456789") if c != number[place]]))
    return number, number[:place] + other + number[place + 1 :]


@given(right_numbers())
def test_generated_numbers_are_right(number: str) -> None:
    parts = resident_id.validate(number)
    assert parts.number == number
    assert f"{parts.birth_date.year:04}{parts.birth_date:%m%d}" == number[6:14]
    assert parts.sex == ("male" if int(number[16]) % 2 else "female")
    assert parts.region + number[6:14] + parts.order + parts.check == number


@given(one_slip())
def test_one_slip_never_makes_another_right_number(slip: tuple[str, str]) -> None:
    _, wrong = slip
    assert not resident_id.is_valid(wrong)
    if wrong[:17].isdigit():
        assert any(isinstance(problem, WrongCheckDigit) for problem in resident_id.problems(wrong))


@given(one_slip())
def test_the_intended_number_is_among_the_proposals(slip: tuple[str, str]) -> None:
    right, wrong = slip
    meant = resident_id.validate(right)
    for stated in ({}, {"birth_date": meant.birth_date}, {"birth_date": meant.birth_date, "sex": meant.sex}):
        proposals = repair.near_misses(wrong, **stated)
        assert right in [proposal.number for proposal in proposals]
        assert len(proposals) <= repair.MAX_PROPOSALS


def by_trying(wrong: str) -> set[str]:
    """Every one-character change and every swap of neighbours, judged one after the other."""
    tried = {wrong[:i] + c + wrong[i + 1 :] for i in range(18) for c in "0123456789X"}
    tried |= {wrong[:i] + wrong[i + 1] + wrong[i] + wrong[i + 2 :] for i in range(17)}
    return {number for number in tried - {wrong} if resident_id.is_valid(number)}


@given(st.one_of(one_slip().map(lambda slip: slip[1]), st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True)))
def test_proposals_are_exactly_what_trying_everything_finds(wrong: str) -> None:
    assert {proposal.number for proposal in repair.near_misses(wrong)} == by_trying(wrong)


@given(right_numbers())
def test_a_right_number_needs_no_repair(number: str) -> None:
    assert repair.near_misses(number) == ()


def test_a_swap_of_neighbours() -> None:
    assert repair.near_misses("11010519491231020X", birth_date=BORN, sex="female")[0] == Proposal(RIGHT, Slip.SWAP, 15)


def test_the_stated_birth_date_leaves_one_changed_digit_in_the_date() -> None:
    proposals = repair.near_misses("11010519491331002X", birth_date=BORN)
    assert proposals == (Proposal(RIGHT, Slip.CHARACTER, 11),)


def test_stated_sex_and_the_day_of_checking_leave_fewer() -> None:
    wrong = "110105199003078671"
    everything = repair.near_misses(wrong)
    women = repair.near_misses(wrong, sex="female")
    born_by_now = repair.near_misses(wrong, today=date(2025, 4, 15))
    assert {resident_id.sex(proposal.number) for proposal in everything} == {"male", "female"}
    assert {resident_id.sex(proposal.number) for proposal in women} == {"female"}
    assert max(proposal.number[6:14] for proposal in born_by_now) <= "20250415"
    assert set(women) < set(everything)
    assert set(born_by_now) < set(everything)


def test_likeliest_first_and_bounded() -> None:
    proposals = repair.near_misses("440113201410050018")
    strange = [p.number[6:10] < "1900" or not resident_id.province_known(p.number) for p in proposals]
    assert strange == sorted(strange)
    usual = [p.slip for p, odd in zip(proposals, strange, strict=True) if not odd]
    assert usual == sorted(usual, key=list(Slip).index)
    assert repair.near_misses("440113201410050018", limit=3) == proposals[:3]
    assert repair.near_misses("440113201410050018", limit=-1) == ()


@pytest.mark.parametrize(
    ("text", "slip", "position"),
    [
        ("11O1O519491231OO2X", Slip.LOOK_ALIKE, 2),
        ("1101051949l23l002X", Slip.LOOK_ALIKE, 10),
        ("1101051949123100ZX", Slip.LOOK_ALIKE, 16),
        ("1101051949123100?X", Slip.CHARACTER, 16),
        ("1101051949123100X2", Slip.SWAP, 16),
    ],
)
def test_wrong_characters(text: str, slip: Slip, position: int) -> None:
    assert Proposal(RIGHT, slip, position) in repair.near_misses(text)


def test_a_wrong_last_character_is_replaced() -> None:
    assert repair.near_misses("11010519491231002?") == (Proposal(RIGHT, Slip.CHARACTER, 17),)


@pytest.mark.parametrize(
    "text", ["", "1101051949123100", "11010519491231002XX", "??0105194912310028", "张" * 18, "1" * 100_000]
)
def test_nothing_to_propose(text: str) -> None:
    assert repair.near_misses(text) == ()


def test_typed_with_spaces() -> None:
    assert Proposal(RIGHT, Slip.CHARACTER, 17) in repair.near_misses("110105 19491231 0028")


@pytest.mark.parametrize(
    "text",
    [
        "5.00101E+17",
        "5.00101e+17",
        "5.00101199901011E+17",
        "5e17",
        "５．００１０１Ｅ＋１７",
        "110105194912310000",
        "110105194912310000.0",
    ],
)
def test_truncated_by_a_spreadsheet(text: str) -> None:
    assert repair.looks_truncated(text)


@given(right_numbers().filter(lambda number: number[0] != "0" and number[15:] != "000"))
def test_a_number_that_went_through_a_spreadsheet_is_recognised(number: str) -> None:
    kept = number[:15] + "000"
    passed_through_binary = str(int(float(kept)))
    assert repair.looks_truncated(kept) is (kept[17] != resident_id.check_character(kept[:17]))
    if passed_through_binary != kept:
        assert repair.looks_truncated(passed_through_binary) is not resident_id.is_valid(passed_through_binary)


@pytest.mark.parametrize(
    "text",
    [
        "",
        RIGHT,
        "110105194912310028",  # one wrong digit
        "110105199003078000",  # ends in 000 and is right
        "1.23457E+11",  # an exam number
        "500101199001010",
        "张三",
        "1.2.3",
        "0" * 100_000,
    ],
)
def test_not_truncated(text: str) -> None:
    assert not repair.looks_truncated(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("1.23457E+11", True), ("5.00101E+17", True), ("123457", False), ("1E", False), ("", False)]
)
def test_scientific_notation(text: str, expected: bool) -> None:
    assert repair.is_scientific(text) is expected
