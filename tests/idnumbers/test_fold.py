"""Folding: what disappears from a number, what stays, and that it is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.idnumbers.fold import MAX_LENGTH, Change, fold, fold_code

PLAIN = "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (PLAIN, set()),
        ("１１０１０５１９４９１２３１００２Ｘ", {Change.FULL_WIDTH}),
        ("110105 19491231 002X", {Change.SPACES}),
        ("\t110105\u00a019491231\u3000002X\r\n", {Change.SPACES}),
        ("110105\u2009194912\u202f31002X\u2028", {Change.SPACES}),
        ("\ufeff110105\u200b19491231\u200d002X\u202c\u2060", {Change.INVISIBLE}),
        ("110105\u00ad19491231002X\x00\ufe0f\u3164\u2800", {Change.INVISIBLE}),
        ("110105-19491231-002X", {Change.HYPHENS}),
        ("1-1‐0‑1‒0–5—1―9−4─9━1⁃2﹘3﹣1－0➖0˗2X", {Change.HYPHENS}),
        ("11010519491231002x", {Change.LETTER_X}),
        ("11010519491231002×", {Change.LETTER_X}),
        ("11010519491231002Х", {Change.LETTER_X}),  # Cyrillic
        ("11010519491231002х", {Change.LETTER_X}),  # Cyrillic
        ("11010519491231002Χ", {Change.LETTER_X}),  # Greek
        ("11010519491231002Ⅹ", {Change.LETTER_X}),
        ("11010519491231002ｘ", {Change.LETTER_X}),
        ("'11010519491231002X", {Change.QUOTES}),
        ('="11010519491231002X"', {Change.QUOTES}),
        ("“11010519491231002X”", {Change.QUOTES}),
        ("１10105 1949-1231002x", {Change.FULL_WIDTH, Change.SPACES, Change.HYPHENS, Change.LETTER_X}),
        ("٠١٢٣٤٥".join(("11010519491231", "")), None),
    ],
)
def test_fold(text: str, changes: set[Change] | None) -> None:
    folded = fold(text)
    assert folded.original == text
    if changes is None:
        assert (folded.text, folded.changes) == ("11010519491231012345", {Change.OTHER_DIGITS})
        return
    assert folded.text == PLAIN
    assert folded.changes == changes
    assert folded.changed is bool(changes)


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "༠༡༢༣༤༥༦༧༨༩", "᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡"])
def test_decimal_digits_of_every_script_are_digits(digits: str) -> None:
    folded = fold(digits)
    assert folded.text == "0123456789"
    assert folded.changes == {Change.OTHER_DIGITS}


@pytest.mark.parametrize(
    "text", ["²", "①", "Ⅴ", "½", "一", "〇", "零", "O", "l", "\ud800", "\ue000", "😀", ".", "+", "/", "é"]
)
def test_what_is_no_decimal_digit_stays(text: str) -> None:
    folded = fold("12" + text + "3")
    assert folded.text == "12" + text + "3"
    assert not folded.changed
    assert folded.changes == frozenset()


def test_signs_lose_their_width_only() -> None:
    assert fold("（０２３）６５０").text == "(023)650"
    assert fold("12．5").changes == {Change.FULL_WIDTH}


def test_a_number_of_quotes_and_spaces_is_empty() -> None:
    assert fold(" '\"' -- ").text == ""


@pytest.mark.parametrize(
    ("text", "folded", "changes"),
    [
        ("2019x-03", "2019x-03", set()),
        ("2019X003", "2019X003", set()),
        ("2019—０3", "2019-03", {Change.HYPHENS, Change.FULL_WIDTH}),
        ("２０１９ｘ０３", "2019x03", {Change.FULL_WIDTH}),
        ("2019×03", "2019×03", set()),
        (" 2019－03\u200b", "2019-03", {Change.SPACES, Change.HYPHENS, Change.INVISIBLE}),
        ("'2019-x", "2019-x", {Change.QUOTES}),
    ],
)
def test_codes_keep_letters_and_hyphens(text: str, folded: str, changes: set[Change]) -> None:
    result = fold_code(text)
    assert result.text == folded
    assert result.changes == changes
    assert result.changed is bool(changes)


@pytest.mark.parametrize("folding", [fold, fold_code])
def test_a_text_too_long_to_be_a_number_is_left_alone(folding: type) -> None:
    longest = " " * (MAX_LENGTH - 1) + "1"
    assert folding(longest).text == "1"
    assert folding(" " + longest).text == " " + longest
    assert not folding("１" * 1_000_000).changed


TYPED = st.text(st.sampled_from("0123456789Xx×Хｘ０９ 　\u00a0\u200b-—－'\"=“．(é一²٣")) | st.text()


@given(TYPED)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    for folding in (fold, fold_code):
        folded = folding(text)
        assert not folding(folded.text).changed


@given(TYPED)
def test_a_change_is_always_said(text: str) -> None:
    for folding in (fold, fold_code):
        folded = folding(text)
        assert folded.changed is bool(folded.changes)
        assert len(folded.text) <= len(text)


@given(st.from_regex(r"[0-9]{1,18}X?", fullmatch=True), st.randoms(use_true_random=False))
def test_a_disguised_number_comes_back(number: str, random) -> None:  # type: ignore[no-untyped-def]
    wide = {digit: chr(ord(digit) + 0xFEE0) for digit in "0123456789X"}
    disguised = "".join(random.choice(["", " ", "\u200b", "-", "\u3000"]) + random.choice([c, wide[c]]) for c in number)
    assert fold(disguised).text == number
