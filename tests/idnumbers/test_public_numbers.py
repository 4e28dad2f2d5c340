"""135 numbers from the public test suites of other projects.

Where those suites disagree among themselves or with the standard, the number is marked `disputed`, and `why` defends
our verdict.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from degreecheck.idnumbers import resident_id
from degreecheck.idnumbers.errors import FirstGeneration, WrongBirthDate, WrongCharacters, WrongCheckDigit, WrongLength

NUMBERS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "id_numbers.json").read_text(encoding="utf-8")
)
TODAY = date(2025, 4, 15)


def test_the_list_is_whole() -> None:
    assert len(NUMBERS) == 135
    assert sum(entry["disputed"] for entry in NUMBERS) == 34
    assert all(bool(entry.get("why")) == entry["disputed"] for entry in NUMBERS)


@pytest.mark.parametrize("entry", NUMBERS, ids=lambda entry: entry["number"])
def test_verdict_birth_date_sex_and_reason(entry: dict[str, Any]) -> None:
    number = entry["number"]
    reasons = [problem.reason for problem in resident_id.problems(number)]
    if entry["reason"] == "length":
        reasons = reasons[:1]  # wrong characters may follow; the suites name one reason
    assert reasons == (entry["reason"].split("+") if entry["reason"] else [])
    assert resident_id.is_valid(number) is entry["valid"]
    assert resident_id.birth_date(number) == (entry["birth"] and date.fromisoformat(entry["birth"]))
    assert resident_id.sex(number) == entry["sex"]


@pytest.mark.parametrize("entry", NUMBERS, ids=lambda entry: entry["number"])
def test_nothing_but_the_standard_is_ever_named(entry: dict[str, Any]) -> None:
    judged = (FirstGeneration, WrongLength, WrongCharacters, WrongBirthDate, WrongCheckDigit)
    assert all(isinstance(problem, judged) for problem in resident_id.problems(entry["number"], TODAY))


@pytest.mark.parametrize("entry", [entry for entry in NUMBERS if entry["valid"]], ids=lambda entry: entry["number"])
def test_the_right_ones_are_right_on_a_day_after_their_birth(entry: dict[str, Any]) -> None:
    parts = resident_id.validate(entry["number"], TODAY)
    assert (parts.birth_date.isoformat(), parts.sex) == (entry["birth"], entry["sex"])


def test_the_only_ones_in_the_future_are_those_with_such_a_year() -> None:
    future = {
        entry["number"]
        for entry in NUMBERS
        for problem in resident_id.problems(entry["number"], TODAY)
        if isinstance(problem, WrongBirthDate) and problem.future
    }
    assert future == {"520323297806058856", "235407207006112742"}
