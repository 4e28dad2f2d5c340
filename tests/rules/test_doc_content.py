"""DOC: what the papers say: each rule hits, stays silent, and keeps to its boundary."""

from __future__ import annotations

from decimal import Decimal

import pytest

from degreecheck.facts import FileFacts, ImageFacts, SimilarityFigure
from degreecheck.rules._rule import ListedPath, run
from paper_cases import BODY, COVER, DOC_RULES, TITLE, a_case, judged, outcome, pdf, with_documents, word

# ── DOC201, 202 ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_thesis_title_not_found() -> None:
    (finding,) = judged("DOC201", pdf(), title="基于云计算的企业财务管理研究")
    assert (finding.severity, finding.variant) == ("warning", "")
    assert finding.values["title"] == "基于云计算的企业财务管理研究"


@pytest.mark.parametrize(
    "printed",
    [
        "题 目：基于物联网的校园\n节水系统设计与实现",
        "《基于物联网的校园节水系统设计与实现》",
        "基 于 物 联 网 的 校 园 节 水 系 统 设 计 与 实 现",
        "＿＿基于物联网的校园＿＿\n______节水系统设计与实现____",
        "基于物联⽹的校园节⽔系统设计与实现",
        "基于物联网的校园节水\u200b系统设计——与实现",
    ],
)
def test_how_a_title_is_set_does_not_count(printed: str) -> None:
    assert judged("DOC201", pdf(printed, BODY)) == []


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("“互联网+”背景下农产品营销研究（以A县为例）", "互联网＋背景下农产品营销研究——以Ａ县为例"),
        ("Design of a Water-Saving System", "DESIGN OF A WATER-\nSAVING SYSTEM"),
        ("人民法院民事调解制度研究", "人⺠法院⺠事调解制度研究"),
    ],
)
def test_widths_case_hyphens_and_radicals_do_not_count(form: str, printed: str) -> None:
    assert judged("DOC201", pdf(f"{printed}\n{BODY}"), title=form) == []


def test_a_title_that_differs_in_a_letter_is_shown_beside_the_other() -> None:
    (finding,) = judged("DOC201", pdf(COVER.replace("节水", "用水"), BODY))
    assert finding.variant == "near"
    assert finding.values["seen"] == "基于物联网的校园用水系统设计与实现"


@pytest.mark.parametrize(
    "facts",
    [
        pdf("封面", ""),
        pdf("\ue001" * 500),
        pdf("abcdefgh " * 100),
        pdf("水" * 19 + "abc" * 50),
        pdf(BODY, recognised_text=True),
        pdf(BODY, pages_broken=1),
        pdf(BODY, cut_off=True),
    ],
)
def test_text_that_cannot_be_read_accuses_nobody(facts: FileFacts) -> None:
    for code in ("DOC201", "DOC202"):
        assert outcome(code, facts) == "skipped no_document_text"


def test_enough_readable_text_is_needed() -> None:
    assert outcome("DOC201", pdf("水" * 49)) == "skipped no_document_text"
    assert outcome("DOC201", pdf("水" * 50)) == "hit"


def test_a_machines_reading_can_show_presence() -> None:
    assert outcome("DOC201", pdf(recognised_text=True)) == "passed"


def test_title_and_name_may_stand_in_another_file_of_the_slot_or_in_a_header() -> None:
    files = {"封面.pdf": pdf(COVER), "正文.docx": word(BODY)}
    assert run(a_case(dict(files)), DOC_RULES)[1] == []
    assert judged("DOC201", word(BODY, other_text=TITLE)) == []


def test_an_image_beside_it_may_hold_the_title() -> None:
    cover = FileFacts(size=1, type="jpeg", image=ImageFacts(width=10, height=10))
    results, findings = run(a_case({"正文.pdf": pdf(BODY), "封面.jpg": cover}), DOC_RULES)
    assert findings == []
    assert {r.reason for r in results if r.code == "DOC201" and r.subject == "正文.pdf"} == {"no_document_text"}


@pytest.mark.parametrize("title", ["", "论文", "《论 文》。"])
def test_a_title_too_short_to_look_for(title: str) -> None:
    assert outcome("DOC201", pdf(), title=title) == "not_applicable"


def test_applicant_not_found() -> None:
    (finding,) = judged("DOC202", pdf(), name="李四")
    assert (finding.severity, dict(finding.values)) == ("warning", {"name": "李四"})
    assert judged("DOC202", pdf(), name="张三") == []
    assert outcome("DOC202", pdf(), name="") == "not_applicable"


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("张三", "张 三"),
        ("买买提·吐尔逊", "买买提・吐尔逊"),
        ("买买提·吐尔逊", "买买提吐尔逊"),
        ("龙飞", "⻰⻜"),
        ("张𬭎", "张\ue863"),  # a rare character that the font gives back as a private one
        ("Anna Lee", "ANNA LEE"),
    ],
)
def test_how_a_name_is_set_does_not_count(name: str, printed: str) -> None:
    assert judged("DOC202", pdf(f"作者 {printed}\n{BODY}"), name=name) == []


def test_somebody_elses_paper_is_one_finding() -> None:
    results, findings = run(a_case({"论文.pdf": pdf(f"毕业论文\n城市夜间公交线网\n李四\n{BODY}")}), DOC_RULES)
    (finding,) = [one for one in findings if one.code in ("DOC201", "DOC202")]
    assert (finding.code, finding.variant) == ("DOC201", "name")
    assert finding.values["name"] == "张三"
    assert {r.reason for r in results if r.code == "DOC202"} == {"after DOC201"}


def test_a_title_that_is_nearly_right_does_not_hide_a_wrong_name() -> None:
    cover = COVER.replace("节水", "用水").replace("张三", "李四")
    _, findings = run(a_case({"论文.pdf": pdf(cover, BODY)}), DOC_RULES)
    assert {(one.code, one.variant) for one in findings} == {("DOC201", "near"), ("DOC202", "")}


def test_a_name_of_rare_characters_alone_accuses_nobody() -> None:
    assert outcome("DOC202", pdf(), name="𬭎𠮷") == "skipped no_document_text"


# ── DOC203 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("heading", "paper"),
    [
        ("开题报告", "proposal_report"),
        ("重庆科技学院\n本科毕业设计（论文）开题报告", "proposal_report"),
        ("2025届本科生毕业论文开题报告书", "proposal_report"),
        ("本科毕业论文\n开 题 报 告", "proposal_report"),
        ("本科毕业论文\n开\n题\n报\n告\n学生：张三", "proposal_report"),
        ("毕业设计(论文)任务书", "task_book"),
        ("学士学位论文任务书（理工类）", "task_book"),
        ("文本复制检测报告单(全文标明引文)", "similarity_report"),
        ("论文检测报告", "similarity_report"),
        ("PaperPass检测报告", "similarity_report"),
        ("毕业论文查重报告", "similarity_report"),
    ],
)
def test_document_in_wrong_slot(heading: str, paper: str) -> None:
    facts = pdf(f"{heading}\n题目：{TITLE}\n张三\n{BODY}", pages=6, pages_loaded=6, characters=3_000)
    for slot in ("thesis_document", "similarity_report", "proposal_report", "task_book"):
        found = judged("DOC203", facts, slot)
        assert [dict(finding.values) for finding in found] == ([] if slot == paper else [{"paper": paper}])
    assert outcome("DOC203", facts, "transcript") == "not_applicable"


@pytest.mark.parametrize(
    "top",
    [
        "本科毕业论文\n感谢导师在撰写开题报告期间给予的帮助",
        "目录\n附录A 开题报告",
        "目 录\n1 绪论 1\n2 开题报告 12",
        "毕业论文档案袋\n□开题报告\n□任务书",
        "档案袋\n毕业论文\n任务书\n开题报告",
        "一、任务书",
        "请在本周提交开题报告",
        "毕业论文成绩评定册",
        "某某公司绩效任务书管理研究",
        "根据学院下达的任务书，本文",
        "摘要",
    ],
)
def test_a_mention_is_no_heading(top: str) -> None:
    assert judged("DOC203", pdf(f"{top}\n{BODY}", pages=6, characters=3_000)) == []


def test_a_heading_far_down_is_not_the_papers_own() -> None:
    lines = "\n".join(f"第{n}行的文字" for n in range(11))
    assert judged("DOC203", pdf(f"{lines}\n开题报告", pages=6, characters=3_000))
    assert judged("DOC203", pdf(f"{lines}\n又一行\n开题报告", pages=6, characters=3_000)) == []


def test_a_task_book_bound_into_the_thesis_is_no_wrong_slot() -> None:
    assert judged("DOC203", pdf("毕业论文任务书", BODY, pages=20, pages_loaded=20)) == []
    assert judged("DOC203", pdf("毕业论文任务书", BODY, pages=19, pages_loaded=19))
    assert judged("DOC203", word("毕业论文任务书", BODY, characters=15_000)) == []


def test_a_thesis_in_the_slot_of_another_paper() -> None:
    thesis = pdf("某大学\n本科毕业论文\n农产品营销研究", BODY)
    assert judged("DOC203", thesis, "task_book")[0].values["paper"] == "thesis_document"
    assert judged("DOC203", thesis) == []
    assert judged("DOC203", pdf("某大学\n本科毕业论文\n任务与要求", BODY), "task_book") == []


def test_one_file_for_several_slots_is_in_its_own() -> None:
    listed = tuple(ListedPath(slot, "a", "a") for slot in ("task_book", "proposal_report"))
    case = a_case({"a": pdf(f"毕业论文开题报告\n{TITLE}\n张三\n{BODY}", characters=3_000)}, listed=listed)
    assert run(case, DOC_RULES)[1] == []


def test_what_is_in_the_wrong_slot_is_not_blamed_for_its_title() -> None:
    facts = pdf(f"开题报告\n{BODY}", pages=6, pages_loaded=6, characters=3_000)
    assert outcome("DOC201", facts) == "skipped after DOC203"


# ── DOC205 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def report(*figures: tuple[str, str, bool]) -> FileFacts:
    found = tuple(
        SimilarityFigure(label=label, percent=Decimal(percent), total=total) for label, percent, total in figures
    )
    return pdf(f"文本复制检测报告单\n{TITLE}\n张三\n{BODY}", similarity=found)


def test_similarity_over_limit() -> None:
    limit = with_documents(similarity_percent=30)
    over = report(("去除引用文献复制比", "25", False), ("总文字复制比", "30.1", True))
    (finding,) = judged("DOC205", over, "similarity_report", pack=limit)
    assert finding.severity == "warning"
    assert dict(finding.values) == {"label": "总文字复制比", "percent": Decimal("30.1"), "limit": Decimal(30)}
    assert judged("DOC205", report(("总文字复制比", "30", True)), "similarity_report", pack=limit) == []


def test_only_a_clear_total_counts() -> None:
    limit = with_documents(similarity_percent=30)
    unclear = report(("重复率", "80", False))
    assert outcome("DOC205", unclear, "similarity_report", pack=limit) == "skipped no_document_text"
    two = report(("总相似比", "80", True), ("总相似度", "12", True))
    assert judged("DOC205", two, "similarity_report", pack=limit) == []
    assert outcome("DOC205", two, "other", pack=limit) == "not_applicable"
    assert outcome("DOC205", two, "similarity_report") == "not_applicable"
