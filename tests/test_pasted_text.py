"""Pasted text cut into cells."""

from __future__ import annotations

import pytest

from degreecheck.pasted_text import GREATEST_TEXT, split_pasted


@pytest.mark.parametrize(
    ("pasted", "rows"),
    [
        ("", []),
        (" \n\n", []),
        ("a\tb\nc\t\n", [["a", "b"], ["c", ""]]),
        ('"C语言\n程序设计"\t86\r\n英语\t66', [["C语言 程序设计", "86"], ["英语", "66"]]),
        ('"他说""好"""\t86', [['他说"好"', "86"]]),
        ('5" 软盘\t86\n英语\t66', [['5" 软盘', "86"], ["英语", "66"]]),
        ("\ufeffa\tb", [["a", "b"]]),
        ("英语,66\n管理,70", [["英语", "66"], ["管理", "70"]]),
        ("英语；66；\n管理；70；", [["英语", "66", ""], ["管理", "70", ""]]),
        ("| 英语 | 66 |\n| 管理 | 70 |", [["英语", "66"], ["管理", "70"]]),
        ("英语   66\n管理　　70", [["英语", "66"], ["管理", "70"]]),
        ("00015 C 语言 程序设计 66 2018.04", [["00015", "C 语言 程序设计", "66", "2018.04"]]),
        ("课程代码 课程名称 成绩\n00015 英语 66", [["课程代码", "课程名称", "成绩"], ["00015", "英语", "66"]]),
        ("课程\n成绩\n英语\n66\n\n管理\n70", [["课程", "成绩"], ["英语", "66"], ["管理", "70"]]),
        ("课程\n成绩\n英语\n66\n管理", [["课程"], ["成绩"], ["英语"], ["66"], ["管理"]]),  # one is missing: not guessed
        ("英语，66\n\n管理，70", [["英语", "66"], [""], ["管理", "70"]]),
        ("你好", [["你好"]]),
    ],
)
def test_cells(pasted: str, rows: list[list[str]]) -> None:
    assert split_pasted(pasted) == rows


def test_a_text_of_any_length_is_kept() -> None:
    rows = split_pasted("a\tb\n" * (GREATEST_TEXT // 4 + 3))
    assert "".join("".join(cells) for cells in rows).count("a") == GREATEST_TEXT // 4 + 3
