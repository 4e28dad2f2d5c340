"""The columns of a course table: by name, and by what stands in them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.course_columns import (
    is_unclear_date,
    kind_of_header,
    kinds_by_content,
    looks_like,
    lost_zeros,
    read_date,
    read_kind,
)

HEADERS = tomllib.loads((Path(__file__).parent / "data" / "course_headers.toml").read_text(encoding="utf-8"))
SPELLINGS = [(text, kind) for kind, texts in HEADERS.items() for text in texts]


@pytest.mark.parametrize(("text", "kind"), SPELLINGS)
def test_headers(text: str, kind: str) -> None:
    assert kind_of_header(text) == (None if kind == "unknown" else kind)


def test_there_are_enough_spellings() -> None:
    assert sum(len(HEADERS[kind]) for kind in ("code", "name", "score", "date", "kind")) >= 60


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019.4", "2019-04"),
        ("201904", "2019-04"),
        ("2019-10", "2019-10"),
        ("2019.10", "2019-10"),
        ("2019年4月", "2019-04"),
        ("2019/4/13 0:00:00", "2019-04-13"),
        ("２０１９．０４", "2019-04"),
        ("Apr-19", "2019-04"),
        ("13-Apr-2019", "2019-04"),
        ("1904", "2019-04"),
        ("19.04", "2019-04"),
        ("19年10月", "2019-10"),
        ("9810", "1998-10"),
        ("2019.1", None),
        ("2019.13", None),
        ("2019年上半年", None),
        ("Foo-19", None),
        ("", None),
        ("合格", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    found = read_date(text, header=True)
    assert (None if found is None else str(found)) == date


def test_a_score_is_no_date_without_a_header() -> None:
    assert read_date("65.5", header=False) is None
    assert read_date("1904", header=False) is None
    assert is_unclear_date("2019.1")
    assert not is_unclear_date("2019.01")
    assert not is_unclear_date("2019-1")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("免考", "exempt"),
        ("免修", "exempt"),
        ("是（免考）", "exempt"),
        ("课程顶替", "transferred"),
        ("转考", "transferred"),
        ("非免考", None),
        ("统考", None),
        ("必修", None),
        ("", None),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    assert read_kind(text) == kind


@pytest.mark.parametrize(
    ("cells", "lost"),
    [
        (["15", "3708", "51"], True),
        (["00015", "3708"], True),
        (["13000", "15"], True),
        (["1001", "1002", "1003"], False),  # another school's four digits
        (["B0101", "15"], False),
        (["123456", "15"], False),
        (["15.0", "3708.0"], True),
        (["", ""], False),
        (["86", "90", "78"], False),
    ],
)
def test_codes_that_lost_their_zeros(cells: list[str], lost: bool) -> None:
    assert lost_zeros(cells) is lost


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["00015", "03708", "13000"], "code"),
        (["15", "3708", "51"], "code"),
        (["英语（二）", "近代史", "C语言"], "name"),
        (["86", "100", "59.5"], "score"),
        (["86", "免考", "785", "90", "70"], "score"),
        (["优", "合格", "良好"], "score"),
        (["2019.4", "2019.10", ""], "date"),
        (["1904", "1910", "2004"], "date"),
        (["", "免考通过", "课程顶替"], "kind"),
        (["1", "2", "3", "4"], "sequence"),
        (["4", "6", "2", "14"], "credits"),
        (["", ""], "blank"),
    ],
)
def test_columns_by_content(cells: list[str], kind: str) -> None:
    assert kinds_by_content([[cell] for cell in cells], 1) == [kind]


@given(st.text())
def test_nothing_raises(text: str) -> None:
    assert looks_like(text) in {"date", "kind", "code", "score", "name", "number", "blank", "other"}
    kind_of_header(text)
    read_kind(text)
    read_date(text, header=True)
    lost_zeros([text, text])
    kinds_by_content([[text], [], [text, text]], 2)
