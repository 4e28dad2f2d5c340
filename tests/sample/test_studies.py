"""Studies hang together: dates in order, scores in range, the average that of the rows."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from degreecheck import scores
from degreecheck.form import CourseRecord, parse_date
from degreecheck.sample.studies import average_of, graduation_before, make_study, record


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2025, 1, 1), date(2026, 7, 31), date(2026, 12, 31)])
@pytest.mark.parametrize("self_study", [True, False])
def test_graduation_lies_between_a_month_and_two_and_a_half_years_back(today: date, self_study: bool) -> None:
    for seed in range(20):
        graduation = graduation_before(Random(seed), today, self_study)
        assert timedelta(days=31) <= today - graduation <= timedelta(days=910)


@pytest.mark.parametrize("self_study", [True, False])
@pytest.mark.parametrize("seed", range(12))
def test_a_study_hangs_together(self_study: bool, seed: int) -> None:
    chance = Random(seed)
    graduation = graduation_before(chance, date(2026, 5, 1), self_study)
    study = make_study(chance, graduation, self_study, "cet4")
    passed = [parse_date(row["passed_on"]) for row in study.records]
    entry = parse_date(study.entry)
    assert all(day.last <= graduation for day in passed)
    assert (entry == min(passed)) if self_study else study.entry.endswith("-03-01")
    assert (graduation - entry.first).days > 730
    records = [CourseRecord(**(row | {"passed_on": None})) for row in study.records]
    found = scores.explain_difference(study.average, records)
    assert found is not None
    assert found.cause == "equal"
    assert scores.thesis_rows(records) == (len(records) - 1,)
    assert len({row["code"] for row in study.records}) == len(study.records)


def test_the_route_of_english_two_has_its_course() -> None:
    for seed in range(10):
        study = make_study(Random(seed), date(2024, 6, 30), True, "english_two")
        assert "00015" in {row["code"] for row in study.records}


def test_average_leaves_out_thesis_and_what_is_no_number() -> None:
    rows = [record("1", "甲", "70", "2020-04"), record("2", "乙", "75.25", "2020-04"), record("3", "丙", "", "2020-04"),
            record("4", "丁", "合格", "2020-04"), record("5", "毕业论文", "99", "2020-04")]  # fmt: skip
    assert average_of(rows) == "72.63"
