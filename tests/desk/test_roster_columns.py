"""Names of columns: what each means, and which of two claims is surer."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.desk import roster_columns as columns
from degreecheck.form import asked_fields

DATA = tomllib.loads((Path(__file__).parents[1] / "data" / "roster_columns.toml").read_text(encoding="utf-8"))
SPELLINGS = [
    (name, field, rank == "sure") for rank in ("sure", "loose") for field, found in DATA[rank].items() for name in found
]


def test_there_are_many_spellings() -> None:
    assert len(SPELLINGS) >= 150
    assert len({name for name, _, _ in SPELLINGS}) == len(SPELLINGS)


@pytest.mark.parametrize(("name", "field", "sure"), SPELLINGS)
def test_a_known_name_means_its_field(name: str, field: str, sure: bool) -> None:
    assert columns.field_of(name) == (field, sure)


@pytest.mark.parametrize("name", DATA["unknown"]["names"])
def test_what_is_not_known_is_not_guessed(name: str) -> None:
    assert columns.field_of(name) is None


def test_every_word_stands_as_it_is_folded_and_names_a_field_of_the_form() -> None:
    fields = {field.path for field in asked_fields()} | {
        "applicant_type",
        columns.EITHER_NUMBER,
        columns.ANY_CONTACT,
        "",
    }
    for table in (columns.SURE, columns.LOOSE):
        assert set(table) <= fields
        for word in " ".join(table.values()).split():
            assert columns.fold_header(word) == word
    words = [word for table in (columns.SURE, columns.LOOSE) for found in table.values() for word in found.split()]
    assert len(words) == len(set(words)) > 400


@pytest.mark.parametrize(
    ("over", "under", "name"),
    [
        ("毕业论文", "题目", "毕业论文题目"),
        ("论文信息", "成绩", "论文成绩"),
        ("外语", "证书编号", "外语证书编号"),
        ("指导教师", "姓名", "指导教师姓名"),
        ("指导教师信息", "联系电话", "指导教师联系电话"),
        ("个人信息", "姓名", "姓名"),
        ("学生基本情况", "性别", "性别"),
        ("", "姓名", "姓名"),
        ("姓名", "", "姓名"),
        ("家长", "姓名", "家长姓名"),  # somebody else's name
    ],
)
def test_a_header_of_two_rows_is_read_together(over: str, under: str, name: str) -> None:
    assert columns.joined(over, under) == name


def test_a_name_beneath_somebody_elses_word_is_not_the_applicants() -> None:
    assert columns.field_of(columns.joined("家长", "姓名")) is None
    assert columns.field_of(columns.joined("指导教师", "姓名")) == ("thesis.advisor", True)


@given(st.text(max_size=200))
def test_any_text_is_a_legal_header(text: str) -> None:
    found = columns.field_of(text)
    assert found is None or found[0] in {*columns.SURE, *columns.LOOSE}
