"""Exceptions say how a number is wrong, and never what it is."""

from __future__ import annotations

import copy
import traceback

import pytest

from degreecheck.idnumbers import contact, exam_number, phone, qq, resident_id
from degreecheck.idnumbers.errors import (
    FirstGeneration,
    InvalidNumber,
    WrongBirthDate,
    WrongCharacters,
    WrongCheckDigit,
    WrongLayout,
    WrongLength,
)

EVERY = [
    WrongLength(17, (18,)),
    FirstGeneration("11010519491231002X"),
    WrongCharacters((3,), "O"),
    WrongBirthDate("19491331", future=False, certain=True),
    WrongCheckDigit("8", "X"),
    WrongLayout("landline"),
]


@pytest.mark.parametrize("error", EVERY, ids=lambda error: error.reason)
def test_copies_keep_every_attribute(error: InvalidNumber) -> None:
    twin = copy.copy(error)
    assert type(twin) is type(error)
    assert vars(twin) == vars(error)


def test_reasons_differ() -> None:
    assert len({error.reason for error in EVERY}) == len(EVERY)
    assert all(isinstance(error, ValueError) for error in EVERY)


@pytest.mark.parametrize(
    ("validate", "number"),
    [
        (resident_id.validate, "110105194912310028"),
        (resident_id.validate, "110105194913310028"),
        (resident_id.validate, "11010519491331002O"),
        (resident_id.validate, "110105491231002"),
        (exam_number.validate, "5001024123"),
        (phone.validate_mobile, "23800138000"),
        (phone.validate, "张三的电话"),
        (qq.validate, "0123456"),
        (contact.validate_email, "zhangsan.example.com"),
    ],
)
def test_a_traceback_never_holds_the_number(validate, number: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InvalidNumber) as caught:
        validate(number)
    last_line = traceback.format_exception_only(caught.value)[-1].strip()
    assert last_line == f"{type(caught.value).__module__}.{type(caught.value).__name__}: {caught.value.reason}"
    assert number not in str(caught.value)
