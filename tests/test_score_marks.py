"""What a score cell says, how marks are counted, and which course is the thesis."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.score_marks import (
    LEFT_OUT,
    MARKS,
    PUBLISHED_SCALES,
    fold_name,
    mark_policies,
    mark_policy,
    parse_score,
    thesis_name,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80", "80"),
        ("80.5", "80.5"),
        (" 80 ", "80"),
        ("８０", "80"),
        ("８０．５", "80.5"),
        ("80。5", "80.5"),
        ("80分", "80"),
        ("80.5 分", "80.5"),
        ("80.", "80"),
        ("080", "80"),
        ("0", "0"),
        ("0.0", "0.0"),
        ("100", "100"),
        ("100.00", "100.00"),
        ("\u200b80\ufeff", "80"),
        ("80\u00a0", "80"),
        ("78.34999999999999", "78.34999999999999"),
    ],
)
def test_numbers_are_read_digit_by_digit(text, value):
    score = parse_score(text)
    assert (score.kind, str(score.value)) == ("number", value)


@pytest.mark.parametrize("text", ["100.01", "101", "-5", "－5", "−0.5", "8050", "9" * 60])
def test_numbers_outside_0_to_100_are_out_of_range(text):
    score = parse_score(text)
    assert score.kind == "out_of_range"
    assert isinstance(score.value, Decimal)
    assert not 0 <= score.value <= 100


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1e2",
            "1E2",
            "NaN",
            "nan",
            "sNaN",
            "Infinity",
            "-Infinity",
            "inf",
            "-0",
            "-0.00",
            "+80",
            "0x50",
            "1_0",
            "80%",
        ),
        *(
            "80.5.1",
            ".5",
            "80,5",
            "80 90",
            "8 0",
            "80\n90",
            "٨٠",
            "八十",
            "80(良)",
            "½",
            "#N/A",
            "=A1",
            "A",
            "80分分",
            "\ud800",
        ),
    ],
)
def test_what_is_no_number_and_no_known_mark_is_unknown(text):
    score = parse_score(text)
    assert (score.kind, score.value) == ("unknown", None)
    assert score.mark == (score.text.upper() if score.text.isascii() else score.text) != ""


def test_a_mark_is_shown_as_it_was_typed() -> None:
    assert (parse_score("ａbc").text, parse_score("abc").mark, parse_score("ABC").mark) == ("abc", "ABC", "ABC")


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "-", "--", "—", "——", "/", "无", "\u200b"])
def test_an_empty_cell_or_a_dash_is_blank(text):
    assert parse_score(text).kind == "blank"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        *(("优", "优"), ("优秀", "优"), ("优 秀", "优"), ("良", "良"), ("良好", "良"), ("中", "中"), ("中等", "中")),
        *(("及格", "及格"), ("合格", "合格"), ("通过", "合格"), ("免考", "免考"), ("免", "免考"), ("免修", "免考")),
        *(("不及格", "不及格"), ("未通过", "不合格"), ("缺考", "缺考"), ("补考合格", "补考合格")),
    ],
)
def test_marks_are_known_under_all_their_names(text, mark):
    score = parse_score(text)
    assert (score.kind, score.mark, score.value) == ("mark", mark, None)
    assert mark in MARKS


def test_the_longest_text_is_read_and_a_longer_one_is_cut():
    digits = "80." + "0" * 61
    assert parse_score(digits).kind == "number"
    score = parse_score(digits + "0")
    assert (score.kind, score.text) == ("unknown", "80." + "0" * 21 + "…")
    assert parse_score("9" * 1_000_000).text == "9" * 24 + "…"
    assert parse_score(" " * 1_000 + "80" + " " * 1_000).value == 80


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("59.99", True),
        ("60", False),
        ("0", True),
        ("不及格", True),
        ("缺考", True),
        ("及格", False),
        ("", False),
        ("-5", False),
    ],
)
def test_failed_is_below_60_or_a_mark_that_says_so(text, failed):
    assert parse_score(text).failed is failed


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_exception(text):
    score = parse_score(text)
    assert (score.value is not None) == (score.kind in ("number", "out_of_range"))
    assert type(score.value) in (Decimal, type(None))


@given(st.decimals(min_value=0, max_value=100, places=4))
def test_every_decimal_from_0_to_100_is_read_back_exactly(number):
    assert parse_score(f"{abs(number):f}").value == number


def test_published_scales_are_those_of_the_sources():
    values = {policy.name: dict(policy.values) for policy in PUBLISHED_SCALES}
    assert values == {
        "sdu": {"优": 95, "良": 85, "中": 75, "及格": 65},
        "csust": {"优": 95, "良": 85, "中": 75, "免考": 75, "及格": 60},
        "cqut": {"免考": 60},
        "cdu": {"补考合格": 60},
    }
    exempt = parse_score("免考")
    assert [policy.covers(exempt) for policy in PUBLISHED_SCALES] == [True, True, True, False]
    assert PUBLISHED_SCALES[0].value(exempt) is None


def test_a_mark_counts_under_any_of_its_names():
    policy = mark_policy("pack", {"优秀": "95", "通过": 70})
    assert [policy.value(parse_score(mark)) for mark in ("优", "优秀", "合格", "通过", "良")] == [95, 95, 70, 70, None]


@pytest.mark.parametrize("order", [("优", "优秀"), ("优秀", "优")])
def test_a_name_of_its_own_in_the_mapping_wins(order):
    numbers = {"优": Decimal(95), "优秀": Decimal("90.5")}
    policy = mark_policy("pack", {name: numbers[name] for name in order})
    assert {name: policy.value(parse_score(name)) for name in order} == numbers


def test_a_mapping_may_name_marks_that_the_table_does_not_know():
    policy = mark_policy("pack", {"a": Decimal("1E+1"), "Ｂ+": 85})
    assert policy.value(parse_score("A")) == 10
    assert policy.value(parse_score("b+")) == 85
    assert not policy.covers(parse_score("C"))


def test_a_policy_can_be_hashed_and_compared():
    one, other = mark_policy("pack", {"优": 95}), mark_policy("pack", {"优": 90})
    assert one != other
    assert len({one, mark_policy("pack", {"优": 95})}) == 1


@pytest.mark.parametrize("number", [95.0, True, None, [95]])
def test_a_number_that_is_not_exact_is_a_type_error(number):
    with pytest.raises(TypeError, match="优"):
        mark_policy("pack", {"优": number})


@pytest.mark.parametrize(
    "number", ["1e2", "优", "", 101, -1, Decimal("NaN"), Decimal("Infinity"), Decimal("100.01"), "101"]
)
def test_a_number_outside_0_to_100_is_a_value_error(number):
    with pytest.raises(ValueError, match="from 0 to 100"):
        mark_policy("pack", {"优": number})


@pytest.mark.parametrize("word", ["", " ", "85", "-", "850"])
def test_a_word_that_cannot_be_a_mark_is_a_value_error(word):
    with pytest.raises(ValueError, match="no mark"):
        mark_policy("pack", {word: 85})


def test_policies_in_play():
    assert mark_policies("exclude") == (LEFT_OUT,)
    assert mark_policies("ask") == (LEFT_OUT, *PUBLISHED_SCALES)
    (pack,) = mark_policies({"优": Decimal(95)})
    assert (pack.name, dict(pack.values)) == ("pack", {"优": 95})
    assert all(LEFT_OUT.covers(parse_score(mark)) for mark in MARKS)
    assert not LEFT_OUT.covers(parse_score("80(良)"))


@pytest.mark.parametrize(
    "name",
    [
        *(
            "毕业论文",
            "毕业设计",
            "毕业考核",
            "毕业综合考核",
            "毕业设计（论文）",
            "毕业论文(设计)",
            "毕业实习与论文",
            "毕业实习及毕业论文",
        ),
        *(
            "毕业实习（论文）",
            "毕业生产实习与毕业论文",
            "本科毕业论文",
            "学士学位论文",
            "学位论文",
            "汉语言文学毕业论文",
            "毕业实习与设计",
        ),
        *(
            "06999 毕业论文",
            "毕业 论文",
            "毕业论文答辩",
            "毕业答辩",
            "论文",
            "论文答辩",
            "论文（毕业设计）",
            "毕业论文（含选题、开题、答辩）",
        ),
        *("毕业(学位)论文", "毕业环节(毕业设计)"),
    ],
)
def test_the_thesis_is_known_by_its_names(name):
    assert thesis_name(name) == "thesis"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "论文写作",
            "学术论文写作",
            "文献检索与论文写作",
            "科技论文写作指导",
            "毕业实习",
            "毕业生产实习",
            "毕业教育",
            "毕业鉴定",
        ),
        *(
            "学年论文",
            "课程论文",
            "课程设计",
            "毕业生就业指导",
            "毕业生职业生涯设计",
            "毕业班课程设计",
            "毕业实习（毕业设计指导）",
        ),
        *("高等数学", "艺术设计", "毕业实习报告", "", "英语（二）", "毕业论文" + "x" * 100),
    ],
)
def test_courses_about_writing_and_other_parts_of_the_last_year_are_not_the_thesis(name):
    assert thesis_name(name) == "course"


@pytest.mark.parametrize(
    "name", ["毕业论文写作", "毕业综合实践", "毕业作业", "毕业课题", "毕业实习考核", "毕业实习与课程设计", "调查论文"]
)
def test_names_that_may_mean_either_are_unclear(name):
    assert thesis_name(name) == "unclear"


def test_names_are_folded_for_comparing():
    assert fold_name(" Ｃ＋＋ 程序设计（实践） ") == fold_name("c++程序设计(实践)") == "c++程序设计(实践)"
    assert fold_name("长" * 101) == "长" * 101


@given(st.text(max_size=200))
def test_any_name_is_judged_without_an_exception(name):
    assert thesis_name(name) in ("thesis", "unclear", "course")
    assert fold_name(fold_name(name)) == fold_name(name)
