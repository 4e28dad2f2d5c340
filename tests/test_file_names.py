"""Names that every system takes, and a school's patterns for them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.file_names import FIELDS, BadPattern, check_pattern, fill_pattern, legal_name
from degreecheck.paths import relative_parts

VALUES = {
    "name": "张三", "exam_number": "010517200123", "student_number": "", "id_number": "", "major": "工商管理",
    "slot": "电子照片",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张三", "张三"),
        ("阿卜杜热合曼·买买提", "阿卜杜热合曼·买买提"),
        ('a/b\\c:d*e?f"g<h>i|j', "abcdefghij"),
        ("工商管理. . ", "工商管理"),
        ("..", ""),
        (".hidden", "hidden"),
        ("CON", "CON_"),
        ("nul.txt", "nul_.txt"),
        ("张\n三\t\u202e\u200b", "张三"),
        ("Amélie", unicodedata.normalize("NFC", "Amélie")),
        ("\ud800张", "张"),
        ("", ""),
    ],
)
def test_legal_names(text: str, name: str) -> None:
    assert legal_name(text) == name


@given(st.text(max_size=300), st.integers(1, 60))
def test_any_text_becomes_a_name_that_windows_takes(text: str, greatest: int) -> None:
    name = legal_name(text, greatest)
    assert len(name) <= greatest + 1  # a device's name gets an underscore
    assert len(name.encode("utf-8")) <= 3 * greatest + 1
    if name:
        assert relative_parts(name) == (name,)
        assert not set(name) & set('<>:"/\\|?*')
        assert name == name.strip(" .")
        assert legal_name(name, 255) == name


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{exam_number}-{name}", "010517200123-张三"),
        ("{slot}", "电子照片"),
        ("照片 {name}", "照片 张三"),
        ("照片", "照片"),
        ("{name}{{1}}", "张三{1}"),
        ("{student_number}-{name}", ""),  # half a name is none
    ],
)
def test_patterns(pattern: str, name: str) -> None:
    check_pattern(pattern)
    assert fill_pattern(pattern, VALUES) == name


@pytest.mark.parametrize(
    "pattern",
    [
        "{mobile}", "{", "}", "{}", "{0}", "{name!r}", "{name:>10}", "{name.__class__}", "{name[0]}", "a/b",
        "..\\{name}",
        "{name}.jpg", "a.PDF", "照片.", "照片 ", " ", "a\nb", "x" * 101,
    ],
)  # fmt: skip
def test_patterns_that_name_no_file(pattern: str) -> None:
    with pytest.raises(BadPattern):
        check_pattern(pattern)


@given(st.text(max_size=40), st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60)))
def test_any_pattern_names_a_file_or_is_bad(pattern: str, given_values: dict[str, str]) -> None:
    try:
        name = fill_pattern(pattern, {**VALUES, **given_values})
    except BadPattern:
        return
    assert name == "" or relative_parts(name) == (name,)
