"""The same, another, or not to be told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
import make_texts
from degreecheck.papers.likeness import differing, folded, name_likeness, number_in, number_likeness
from degreecheck.papers.paper import paper_of

EXAM = make.EXAM_NUMBER
OTHER_ID = "500105199508120107"


def name(stated: str, printed: str, confidence: float = 0.999) -> str:
    paper = paper_of(make_texts.page(("姓名：", printed), confidence=confidence))
    return name_likeness(stated, next(iter(paper.values.get("name", ())), None), paper)


def number(stated: str, printed: str, label: str, *lengths: int, confidence: float = 0.999) -> str:
    paper = paper_of(make_texts.page((label, printed), confidence=confidence))
    (seen,) = next(iter(paper.values.values()), (None,))
    return number_likeness(stated, seen, paper, lengths)


@pytest.mark.parametrize(
    ("stated", "printed", "likeness"),
    [
        ("林小满", "林小满", "same"),
        ("林小满", "林 小满", "same"),
        ("黄悦萱", "黃悅萱", "same"),
        ("阿依古丽·买买提", "阿依古丽•买买提", "same"),
        ("林小满", "唐雨桐", "another"),
        ("林小满", "林小曼", "another"),
        ("张己明", "张已明", "unsure"),  # readers take one for the other
        ("林小满", "林小", "unsure"),  # a character lost
        ("林㛃满", "林x满", "same"),  # a character that no reader knows
        ("㛃", "林", "unsure"),
        ("林小满", "1234", "unsure"),
        ("", "林小满", "unsure"),
        ("John Smith", "林小满", "unsure"),
    ],
)
def test_names(stated: str, printed: str, likeness: str) -> None:
    assert name(stated, printed) == likeness


def test_a_name_read_with_little_confidence_accuses_nobody() -> None:
    assert name("林小满", "唐雨桐", 0.959) == "unsure"
    assert name("林小满", "唐雨桐", 0.96) == "another"
    assert name("林小满", "林小满", 0.5) == "same"


@pytest.mark.parametrize(
    ("printed", "likeness"),
    [
        (make.ID_NUMBER, "same"),
        ("500105 19950812 0123", "same"),
        ("5OO1O5l995O8l2Ol23", "same"),  # letters for digits
        (OTHER_ID, "another"),
        (make.ID_NUMBER[:-1] + "4", "unsure"),  # its check digit is wrong: misread
        (make.ID_NUMBER[:-2], "unsure"),  # a part of it is hidden
        ("50010519950812****", "unsure"),
    ],
)
def test_id_numbers(printed: str, likeness: str) -> None:
    assert number(make.ID_NUMBER, printed, "公民身份号码", 18) == likeness


def test_numbers_without_a_check_digit_need_more_confidence() -> None:
    other = EXAM[:-2] + "64"
    assert number(EXAM, EXAM, "准考证号：", 12, confidence=0.6) == "same"
    assert number(EXAM, other, "准考证号：", 12, confidence=0.97) == "another"
    assert number(EXAM, other, "准考证号：", 12, confidence=0.969) == "unsure"
    assert number(EXAM, other[:-1], "准考证号：", 12) == "unsure"


def test_digits_that_look_alike_need_more_still() -> None:
    alike = EXAM.replace("7", "1")
    assert number(EXAM, alike, "准考证号：", 12, confidence=0.99) == "unsure"
    assert number(EXAM, alike, "准考证号：", 12, confidence=0.995) == "another"


def test_a_number_that_stands_elsewhere_on_the_paper_is_not_missed() -> None:
    paper = paper_of(make_texts.page("准考证号：010517200999", f"考籍 {EXAM}"))
    (seen,) = paper.values["exam_number"]
    assert number_likeness(EXAM, seen, paper, (12,)) == "unsure"
    assert number_likeness(EXAM, None, paper, (12,)) == "same"


def test_numbers_with_letters_are_never_held_against_anybody() -> None:
    assert number("QT-7003942", "QT-7003942", "证书编号：", 9) == "same"
    assert number("QT-7003942", "QT-7003943", "证书编号：", 9) == "unsure"


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_has_an_answer(stated: str, printed: str) -> None:
    printed = "".join(character if character.isprintable() else "x" for character in printed) or "x"
    assert name(stated, printed) in ("same", "another", "unsure")
    assert number(stated, f"1234{printed}", "准考证号：", 12) in ("same", "another", "unsure")
    assert folded(folded(printed)) == folded(printed)


def test_where_two_numbers_differ_counts_from_one() -> None:
    assert differing("010517200123", "010517200132") == (11, 12)
    assert differing("0105", "01051") == ()


def test_letters_are_read_as_the_digits_that_they_stand_for() -> None:
    (seen,) = paper_of(make_texts.page("公民身份号码 5OO1O5l995O8l2Ol2X")).values["id_number"]
    assert number_in(seen) == "50010519950812012X"
