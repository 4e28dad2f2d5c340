"""Any text at all is legal input: nothing but an InvalidNumber is ever raised, and yes and no agree with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.idnumbers import (
    cet,
    contact,
    course_pass,
    diploma,
    exam_number,
    kinds,
    pets,
    phone,
    qq,
    repair,
    resident_id,
)
from degreecheck.idnumbers.errors import InvalidNumber

# Lone surrogates, controls, digits of other scripts, and texts that are nearly numbers.
ANY_TEXT = st.one_of(
    st.text(st.characters()),
    st.text(st.characters(categories=["Nd", "Nl", "No", "Cf", "Cs", "Zs", "Pd"]), max_size=40),
    st.text(st.sampled_from("0123456789０９Xx-+.()转@Ee²٣ "), max_size=24),
    st.from_regex(r"[0-9]{5,20}[X0-9]?", fullmatch=True),
)
JUDGES: list[tuple[Callable[[str], object], Callable[[str], bool]]] = [
    (resident_id.validate, resident_id.is_valid),
    (exam_number.validate, exam_number.is_valid),
    (cet.validate, cet.is_valid),
    (pets.validate, pets.is_valid),
    (course_pass.validate, course_pass.is_valid),
    (diploma.validate, diploma.is_valid),
    (phone.validate, phone.is_valid),
    (phone.validate_mobile, phone.is_mobile),
    (phone.validate_landline, phone.is_landline),
    (qq.validate, qq.is_valid),
    (contact.validate_email, contact.is_email),
    (contact.validate_wechat, contact.is_wechat),
]


@pytest.mark.parametrize(("validate", "is_valid"), JUDGES)
@given(text=ANY_TEXT)
def test_validate_and_is_valid_agree(
    validate: Callable[[str], object], is_valid: Callable[[str], bool], text: str
) -> None:
    try:
        validate(text)
        raised = False
    except InvalidNumber:
        raised = True
    assert is_valid(text) is not raised


@given(ANY_TEXT, st.none() | st.dates())
def test_everything_else_answers(text: str, today: date | None) -> None:
    found = resident_id.problems(text, today)
    assert resident_id.is_valid(text, today) is not bool(found)
    assert all(isinstance(problem, InvalidNumber) for problem in found)
    assert (resident_id.read(text) is None) is (resident_id.birth_date(text) is None)
    assert all(resident_id.is_valid(proposal.number, today) for proposal in repair.near_misses(text, today=today))
    possible = kinds.could_be(text, today)
    assert len(set(possible)) == len(possible)
    assert {reading.layout for reading in cet.readings(text, today)} == set(cet.layouts(text, today))
    assert not (resident_id.province_known(text) and not text)
    assert not (repair.looks_truncated(text) and resident_id.is_valid(text))
    assert exam_number.restored_zero(text) is None or exam_number.is_valid("0" + text)


@given(ANY_TEXT)
def test_converting_the_first_generation_gives_right_numbers_only(text: str) -> None:
    try:
        modern = resident_id.to_18(text)
    except InvalidNumber:
        return
    assert resident_id.is_valid(modern)
    assert modern[6:8] == "19"
