"""What a paper is, and what only a certain paper shows."""

from __future__ import annotations

from datetime import date

import pytest

import make
import make_texts
from degreecheck.form import SLOTS
from degreecheck.papers.paper import english_two_rows, paper_of

FORM = make.perfect_form()
PRINTED = [slot for slot in SLOTS if make_texts.paper(slot, FORM) is not None]
GRADES = {"transcript", "registration_page"}


@pytest.mark.parametrize("slot", PRINTED)
def test_every_paper_names_itself(slot: str) -> None:
    facts = make_texts.paper(slot, FORM)
    assert facts is not None
    assert paper_of(facts).kinds == {"transcript" if slot in GRADES else slot}


@pytest.mark.parametrize(
    "rows",
    [
        ("考生须凭本证和身份证参加考试", "准考证号：010517200123"),
        ("自学考试考籍管理系统", "考籍档案基本信息", "姓名：林小满"),  # 系统 and 考籍 are no 统考
        ("兹证明林小满", "学习努力"),
        ("毕业时间：2025年12月30日", "毕业证书编号：65500105172001234"),
        ("高等教育自学考试学生信息", "毕业证书编号", "65500105172001234", "毕业时间 2025年12月30日"),
    ],
)
def test_words_alone_name_no_paper(rows: tuple[str, ...]) -> None:
    assert paper_of(make_texts.page(*rows)).kinds == frozenset()


@pytest.mark.parametrize(
    ("title", "slot"),
    [
        ("毕业论文开题报告", "proposal_report"),
        ("本科毕业设计（论文）任务书", "task_book"),
        ("论文检测报告", "similarity_report"),
        ("本科毕业论文（设计）", "thesis_document"),
    ],
)
def test_thesis_papers_are_known_by_their_heading(title: str, slot: str) -> None:
    assert paper_of(make_texts.page("重庆科技大学", title, "题目：社区生鲜店")).kinds == {slot}


@pytest.mark.parametrize(
    ("printed", "valid"),
    [
        ("2016.05.20-2036.05.20", (date(2016, 5, 20), date(2036, 5, 20))),
        ("2021.01.03-2026.01.03", (date(2021, 1, 3), date(2026, 1, 3))),
        ("2003.07.01-长期", (date(2003, 7, 1), None)),
        ("2016.05.20-2036.06.20", None),  # not to the day: a digit was misread
        ("2016.05.20-2037.05.20", None),
        ("2016.13.20-2036.13.20", None),
    ],
)
def test_the_validity_has_to_fit_together(printed: str, valid: tuple[date, date | None] | None) -> None:
    validity = paper_of(make_texts.page("签发机关 重庆市公安局", ("有效期限", printed))).validity
    assert (validity and validity[:2]) == valid


@pytest.mark.parametrize("printed", ["2025年12月30日", "2025-12-30", "2025.12.30", "二〇二五年十二月三十日"])
def test_dates_in_figures_and_in_characters(printed: str) -> None:
    paper = paper_of(make_texts.page("学生林小满，性别女，1995年8月12日生，", printed))
    assert [str(day) for day, _ in paper.dates] == ["2025-12-30"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("学生林小满，性别女，1995年8月12日生，", "林小满"),
        ("学生 阿依古丽·买买提 性别 女，", "阿依古丽·买买提"),
        ("林小满，性别女，", "林小满"),
        ("林小满 于2023年9月参加全国英语等级考试，", "林小满"),
    ],
)
def test_the_name_in_a_certificates_sentence(sentence: str, name: str) -> None:
    (seen, *_) = paper_of(make_texts.page("毕业证书", sentence)).values["name"]
    assert seen.text == name


@pytest.mark.parametrize(
    "sentence",
    [
        "参加高等教育自学考试工商管理专业",
        "在本校 工商管理 专业函授学习",
        "修完工商管理专业的全部课程",
        "专业：工商管理",
    ],
)
def test_the_major_is_cut_out_of_its_sentence(sentence: str) -> None:
    major = paper_of(make_texts.page(sentence)).major
    assert major is not None
    assert major.text == "工商管理"


def test_what_is_read_badly_is_not_legible() -> None:
    rows = ("姓名：林小满", "性别：女", "民族：汉")
    assert paper_of(make_texts.page(*rows, confidence=0.9)).legible
    assert not paper_of(make_texts.page(*rows, confidence=0.89)).legible
    assert not paper_of(make_texts.page(*rows[:2])).legible


def test_the_rows_of_english_two() -> None:
    paper = paper_of(
        make_texts.page(("00015", "英语（二）", "66"), ("13000", "英语（专升本）", "70"), ("00012", "英语（一）", "80"))
    )
    assert [row.text[:5] for row in english_two_rows(paper)] == ["00015", "13000"]
