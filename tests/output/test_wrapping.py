from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from degreecheck.output.wrapping import wrapped

SENTENCE = "      平均成绩填的是 76.13，把毕业论文也算进去了；成绩单右下角印的平均成绩就是这样的。不含论文应为 75.29。"


def test_a_short_line_stays_as_it_is() -> None:
    assert wrapped("  ✕ 身份证号有误", 80) == ["  ✕ 身份证号有误"]
    assert wrapped("", 80) == [""]


def test_chinese_breaks_between_characters_and_continues_under_its_beginning() -> None:
    assert wrapped(SENTENCE, 60) == [
        "      平均成绩填的是 76.13，把毕业论文也算进去了；成绩单右下",
        "      角印的平均成绩就是这样的。不含论文应为 75.29。",
    ]


def test_lines_after_a_sign_stand_under_the_text() -> None:
    assert wrapped("  → 请逐字核对表中的题目与论文封面", 30) == ["  → 请逐字核对表中的题目与论文", "    封面"]


def test_english_breaks_between_words_only() -> None:
    assert wrapped("  → Compare every digit with the ID card.", 30) == [
        "  → Compare every digit with",
        "    the ID card.",
    ]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert wrapped("文件" + "a" * 50, 30) == ["文件", "a" * 30, "a" * 20]


def test_a_very_narrow_terminal_is_left_to_itself() -> None:
    assert wrapped(SENTENCE, 20) == [SENTENCE]


@pytest.mark.parametrize("width", range(30, 90))
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(width: int) -> None:
    lines = wrapped("请改选：“四级（CET-4）”、“英语（二）”、“学位外语”，或询问学校（办公室）。" * 3, width)
    assert all(line.strip()[0] not in "，。、：”）" and line[-1] not in "“（" for line in lines)


@given(st.text(st.sampled_from(" ，。（）“”→aZ09王芳é\u0301😀-"), max_size=200), st.integers(30, 100))
def test_nothing_is_lost_and_nothing_sticks_out(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line.rstrip()) <= width for line in lines)
