"""Formats of which only the length is certain: PETS, course pass slip, CET, exam number, diplomas."""

from __future__ import annotations

from types import ModuleType

import pytest

from degreecheck.idnumbers import cet, course_pass, diploma, exam_number, pets
from degreecheck.idnumbers.errors import WrongCharacters, WrongLength

FORMATS = [
    (pets, (14,)),
    (course_pass, (12,)),
    (cet, (15,)),
    (exam_number, (12,)),
    (diploma, (17, 18)),
]


@pytest.mark.parametrize(("module", "lengths"), FORMATS, ids=lambda value: getattr(value, "__name__", None))
def test_any_digits_of_the_right_length_are_right(module: ModuleType, lengths: tuple[int, ...]) -> None:
    for length in lengths:
        for digit in "0159":
            number = digit * length
            assert module.is_valid(number)
            found = module.validate(" " + number[:5] + "-" + number[5:])
            assert getattr(found, "number", found) == number
            assert module.compact(number[:3] + "\u200b" + number[3:]) == number


@pytest.mark.parametrize(("module", "lengths"), FORMATS, ids=lambda value: getattr(value, "__name__", None))
def test_every_other_length_is_wrong(module: ModuleType, lengths: tuple[int, ...]) -> None:
    for length in [length for length in range(30) if length not in lengths] + [1_000_000]:
        assert not module.is_valid("1" * length)
        with pytest.raises(WrongLength) as caught:
            module.validate("1" * length)
        assert (caught.value.found, caught.value.expected) == (length, lengths)


@pytest.mark.parametrize(("module", "lengths"), FORMATS, ids=lambda value: getattr(value, "__name__", None))
@pytest.mark.parametrize("sign", ["A", "X", "一", "²", "."])
def test_only_digits_count(module: ModuleType, lengths: tuple[int, ...], sign: str) -> None:
    for length in lengths:
        number = sign + "1" * (length - 2) + sign
        assert not module.is_valid(number)
        with pytest.raises(WrongCharacters) as caught:
            module.validate(number)
        assert (caught.value.positions, caught.value.characters) == ((0, length - 1), sign * 2)
