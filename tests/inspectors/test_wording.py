"""Text made tidy, counted, and searched for a similarity report's ratios."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.inspectors.wording import similarity_figures, tidy, visible


def figures(*texts: str) -> list[tuple[str, str, bool]]:
    return [(figure.label, str(figure.percent), figure.total) for figure in similarity_figures(texts)]


def test_visible_characters_are_those_with_a_meaning() -> None:
    assert visible("毕业 论文\t\u3000A1。\u200b\ue123\ufffd\x07") == 7
    assert visible("𠮷𠀀") == 2


def test_tidy_keeps_lines_and_folds_blanks() -> None:
    assert tidy(" 题 \u3000 目\t A\r\n\r\n\x02B\x0cC ") == "题 目 A\nB\nC"


@given(st.text())
def test_tidy_text_can_cross_the_line(text: str) -> None:
    made = tidy(text, 20)
    assert len(made) <= 20
    assert made.encode("utf-8").decode("utf-8") == made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "去除本人文献复制比： 8.1%\n跨语言检测结果：0%\n去除引用文献复制比：7.6%\n总文字复制比：8.1%\n"
            "单篇最大文字复制比：2.3%（某某）",
            [
                ("去除本人文献复制比", "8.1", False),
                ("去除引用文献复制比", "7.6", False),
                ("总文字复制比", "8.1", True),
                ("单篇最大文字复制比", "2.3", False),
            ],
        ),
        (
            "全文总相似比\n(总相似比=复写率+他引率+自引率+专业术语)\n15.02%\n复写率 14.1%",
            [("全文总相似比", "15.02", True)],
        ),
        (
            "总相似比：7.59% 参考文献相似比：0.00% 排除参考文献后总相似比：7.59％",
            [("总相似比", "7.59", True), ("参考文献相似比", "0.00", False), ("排除参考文献后总相似比", "7.59", False)],
        ),
        ("总体相似度: 9 ％", [("总体相似度", "9", True)]),
        ("总相似度为12.5%", [("总相似度", "12.5", True)]),
        ("总文献相似度：３．２％", [("总文献相似度", "3.2", True)]),
        ("总重复率=100%", [("总重复率", "100", True)]),
        ("本文查重率：12.5%", [("查重率", "12.5", False)]),
        ("1. 张某_第1部分 文字复制比：3.4%(123)", [("文字复制比", "3.4", False)]),
        ("AIGC总体相似度：33%", []),
        ("总文字复制比：101%", []),
        ("总文字复制比：", []),
        ("总文字复制比 见附页，合格率 95%", []),
        ("本文研究总相似比的算法", []),
    ],
)
def test_ratios_carry_their_label(text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert figures(text) == expected


def test_a_ratio_printed_on_two_pages_is_one() -> None:
    assert figures("总文字复制比：8.1%", "总文字复制比：8.1%") == [("总文字复制比", "8.1", True)]
    assert similarity_figures(["总文字复制比：8.1%"])[0].percent == Decimal("8.1")


def test_labels_above_their_numbers_are_no_total() -> None:
    assert not any(total for _, _, total in figures("去除引用文献复制比 总文字复制比 7.6% 8.1%"))
