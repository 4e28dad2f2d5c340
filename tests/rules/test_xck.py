"""What the papers show against the form: always a question, and never one against who is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import make
import make_texts
import rule_hits_texts
from degreecheck import text
from degreecheck.facts import FileFacts, NotChecked, TextFacts
from degreecheck.form import OnlyAsked, PartialDate
from degreecheck.report import Finding, to_data
from degreecheck.rules._rule import Case
from make_facts import good_case, with_file, with_print
from rule_hits_texts import english_two, with_certificate

CODES = sorted(rule_hits_texts.HITS)
OTHER_ID = "500105199508120107"


def found(case: Case, code: str) -> list[Finding]:
    return make.findings(case, code)


def outcome(case: Case, code: str) -> set[tuple[str, str]]:
    return set(make.reasons(case, code))


@pytest.mark.parametrize("code", CODES)
def test_every_finding_is_a_question_about_a_file(code: str) -> None:
    for make_case in rule_hits_texts.HITS[code]:
        for finding in found(make_case(), code):
            assert (finding.severity, finding.answerable) == ("warning", True)
            assert finding.slot
            assert finding.file


@pytest.mark.parametrize("code", sorted(set(CODES) - {"MAT301", "XCK302", "XCK403"}))
def test_what_was_seen_is_boxed(code: str) -> None:
    for make_case in rule_hits_texts.HITS[code]:
        for finding in found(make_case(), code):
            (region,) = finding.regions
            assert region.box[0] < region.box[2]
            assert region.box[1] < region.box[3]


@pytest.mark.parametrize("code", sorted(set(CODES) - {"MAT301"}))
def test_without_a_reader_nothing_is_checked_and_the_report_says_so(code: str) -> None:
    case = rule_hits_texts.HITS[code][0]()
    unread = {file: facts if isinstance(facts, NotChecked) else facts.model_copy(update={"text": None})
              for file, facts in case.facts.items()}  # fmt: skip
    case = replace(case, facts=unread)
    assert outcome(case, code) == {("skipped", "no_text")}
    report = make.report(case)
    assert "skipped.no_text" in [line.key for line in report.not_checked]
    assert report.exit_code in (0, 1)


@pytest.mark.parametrize("code", sorted(set(CODES) - {"MAT301"}))
def test_a_blank_reading_accuses_nobody(code: str) -> None:
    case = rule_hits_texts.HITS[code][0]()
    blank = {file: facts if isinstance(facts, NotChecked) else facts.model_copy(update={"text": TextFacts()})
             for file, facts in case.facts.items()}  # fmt: skip
    assert {kind for kind, _ in outcome(replace(case, facts=blank), code)} <= {"skipped"}


@pytest.mark.parametrize("code", CODES)
def test_print_that_is_read_badly_accuses_nobody(code: str) -> None:
    for make_case in rule_hits_texts.HITS[code]:
        case = make_case()
        dim = {file: _dimmed(facts) for file, facts in case.facts.items()}
        if code != "MAT301":  # several words that make a paper are not misread into another's
            assert found(replace(case, facts=dim), code) == []


def _dimmed(facts: FileFacts | NotChecked) -> FileFacts | NotChecked:
    if isinstance(facts, NotChecked) or not isinstance(facts.text, TextFacts):
        return facts
    lines = tuple(line.model_copy(update={"confidence": 0.8}) for line in facts.text.lines)
    return facts.model_copy(update={"text": facts.text.model_copy(update={"lines": lines})})


def test_a_reading_that_failed_is_told_of_its_file() -> None:
    case = with_file("id_card_portrait", text=NotChecked(reason="timed_out"))
    assert ("skipped", "timed_out") in outcome(case, "MAT301")
    assert outcome(case, "XCK101") == {("skipped", "not_legible")}
    assert make.report(case).exit_code == 3


def test_a_paper_in_the_wrong_place_is_one_finding() -> None:
    """The card's other side: that it bears no number is no second question."""
    emblem = make_texts.paper("id_card_emblem", make.perfect_form())
    case = with_file("id_card_portrait", text=emblem)
    assert make.codes(case) - {"CON199"} == {"MAT301"}


@pytest.mark.parametrize(
    ("slot", "shown"),
    [
        ("transcript", "registration_page"),
        ("registration_page", "transcript"),
        ("english_two_score", "registration_page"),
        ("language_certificate", "degree_exam_sheet"),
        ("language_certificate", "graduation_certificate"),
    ],
)
def test_papers_that_stand_for_one_another_are_in_place(slot: str, shown: str) -> None:
    text = make_texts.paper(shown, make.perfect_form())
    assert found(with_file(slot, text=text), "MAT301") == []


def test_both_sides_of_the_card_on_one_picture() -> None:
    form = make.perfect_form()
    sides = [make_texts.paper(slot, form) for slot in ("id_card_portrait", "id_card_emblem")]
    both = make_texts.pages(*[side for side in sides if side is not None])
    case = with_file("id_card_portrait", text=both)
    assert make.codes(case) == {"CON199"}


def on(day: str) -> Callable[[], Case]:
    return lambda: with_print("id_card_emblem", valid=f"2006.{day}-2026.{day}")


def test_the_last_day_of_the_card_is_still_good() -> None:
    assert found(on("04.18")(), "XCK103") == []
    (finding,) = found(on("04.17")(), "XCK103")
    assert str(finding.values["end"]) == "2026-04-17"


def test_the_places_that_differ_are_named() -> None:
    (finding,) = found(with_print("exam_permit", exam_number="010517200132"), "XCK201")
    assert finding.values["places"] == [11, 12]
    assert finding.variant == "places"


def test_numbers_are_masked_when_they_leave_and_the_places_are_not() -> None:
    case = with_print("id_card_portrait", id_number=OTHER_ID)
    (finding,) = found(case, "XCK101")
    assert finding.values["places"] == [17, 18]
    data = str(to_data(make.report(case), text.load("zh")))
    assert OTHER_ID not in data
    assert make.ID_NUMBER not in data
    assert "第 17、18 位" in data


def test_a_wrong_number_in_the_form_is_one_finding() -> None:
    case = good_case({"personal.id_number": make.ID_NUMBER[:-1] + "4"})
    case = with_print("id_card_portrait", id_number=make.ID_NUMBER, case=case)
    assert outcome(case, "XCK101") == {("skipped", "after IDN204")}


def test_a_roster_without_the_column_compares_nothing() -> None:
    case = good_case()
    case = replace(case, form=OnlyAsked(case.form, frozenset({"courses.major"})), form_source="roster")
    assert outcome(case, "XCK102") == {("skipped", "not_in_roster")}


def test_who_has_another_document_is_not_compared_with_a_card() -> None:
    case = with_print("id_card_portrait", id_number=OTHER_ID, case=good_case({"personal.id_document": "other"}))
    assert outcome(case, "XCK101") == {("not_applicable", "")}


# ---- transcripts


def transcript(*scores: tuple[str, str, str], **more: Any) -> Case:
    files = {slot: paths for slot, paths in make.perfect_form().materials.items() if slot != "registration_page"}
    rows = [(code, name, score) for code, name, score in scores]
    return with_print("transcript", "成绩单", "姓名：林小满", ("课程代码", "课程名称", "成绩"), *rows,
                      case=good_case({"materials": files}), **more)  # fmt: skip


def all_rows(**changes: str) -> list[tuple[str, str, str]]:
    return [(row.code, row.name, changes.get(row.name, row.score)) for row in make.perfect_records()]


def test_each_score_is_compared_with_its_own_course() -> None:
    (finding,) = found(transcript(*all_rows(管理学原理="89")), "XCK303")
    assert (finding.field, finding.subject) == ("courses.records[6].score", "row:7")
    assert (finding.values["stated"], finding.values["seen"]) == ("88", "89")


@pytest.mark.parametrize("same", ["88.0", "88.00"])
def test_scores_are_compared_as_numbers(same: str) -> None:
    assert found(transcript(*all_rows(管理学原理=same)), "XCK303") == []


def test_a_course_passed_at_the_second_try_may_stand_twice() -> None:
    rows = [*all_rows(), ("00054", "管理学原理", "52")]
    assert found(transcript(*rows), "XCK303") == []


def test_many_differences_mean_that_another_column_was_read() -> None:
    wrong = {row.name: "99" for row in make.perfect_records()[:15]}
    assert outcome(transcript(*all_rows(**wrong)), "XCK303") == {("skipped", "not_legible")}


def test_a_mark_in_words_is_not_compared() -> None:
    assert found(transcript(*all_rows(管理学原理="合格")), "XCK303") == []


def test_one_of_two_papers_is_enough_to_be_right() -> None:
    rows = [(row.code, row.name, "99" if row.name == "管理学原理" else row.score) for row in make.perfect_records()]
    case = with_print("transcript", "成绩单", "姓名：林小满", ("课程代码", "课程名称", "成绩"), *rows)
    assert found(case, "XCK303") == []  # the 考籍 page says what the form says


def test_a_page_cut_off_below_the_person_is_asked_about_and_a_whole_one_is_not() -> None:
    assert found(transcript(*all_rows()), "XCK302") == []
    case = make.perfect_case()
    (finding,) = found(rule_hits_texts.HITS["XCK302"][0](), "XCK302")
    assert (finding.slot, finding.variant) == ("transcript", "person")
    assert outcome(case, "XCK302") == {("skipped", "not_inspected")}


# ---- certificates


def test_the_admission_number_is_not_taken_for_the_certificates() -> None:
    """The form gives the 准考证号: it stands on the paper, beside another label."""
    other = "171150010199999"  # whose layout is not that of an admission number (LNG204)
    case = good_case({"language.certificate_number": other})
    case = with_print(
        "language_certificate", "全国大学英语四级考试成绩报告单", "姓名：林小满", f"准考证号：{other}",
        f"成绩报告单编号：{make.CET_NUMBER}", case=case,
    )  # fmt: skip
    (finding,) = found(case, "XCK401")
    assert finding.values["seen"] == make.CET_NUMBER


def test_english_two_rests_on_the_diploma() -> None:
    assert outcome(english_two(), "XCK401") == {("passed", "")}
    case = english_two()
    listed = tuple(entry for entry in case.listed if entry.slot != "language_certificate")
    assert outcome(replace(case, listed=listed), "XCK401") == {("not_applicable", "")}  # no paper bears a number


def test_unified_may_stand_anywhere_in_the_row() -> None:
    case = with_print(
        "english_two_score", "成绩查询", "考生：林小满", ("课程代码", "课程名称", "成绩"),
        ("00015", "英语（二）统考", "66"), case=english_two(),
    )  # fmt: skip
    assert found(case, "XCK402") == []


@pytest.mark.parametrize(
    ("stated", "hits"),
    [
        (PartialDate(2025, 12, 30), 0),
        (PartialDate(2025, 12), 0),
        (PartialDate(2025, 12, 31), 1),
        (PartialDate(2025, 6), 1),
    ],
)
def test_a_month_is_right_where_the_day_is_in_it(stated: PartialDate, hits: int) -> None:
    case = with_certificate()
    form = case.form.model_copy(
        update={"institution": case.form.institution.model_copy(update={"graduation_date": stated})}
    )
    assert len(found(replace(case, form=form), "XCK501")) == hits


@pytest.mark.parametrize(("printed", "hits"), [("工商管理", 0), ("工商企业管理", 0), ("汉语言文学", 1)])
def test_a_major_that_is_nearly_the_same_is_not_asked_about(printed: str, hits: int) -> None:
    assert len(found(with_print("graduation_certificate", case=with_certificate(), major=printed), "XCK503")) == hits


# ---- thesis papers that are scans


def scanned(slot: str, *rows: str) -> Case:
    case = good_case()
    paper = case.pdf(case.files_in(slot)[0])
    blank = paper.model_copy(update={"pages_with_text": 0, "characters": 0, "first_pages": ("",)})
    return with_file(slot, pdf=blank, text=make_texts.page(*rows), case=case)


def test_the_heading_of_a_scanned_paper_is_read() -> None:
    (finding,) = found(scanned("task_book", "重庆科技大学", "毕业论文开题报告", "题目：社区生鲜店"), "DOC203")
    assert finding.values["paper"] == "proposal_report"
    assert found(scanned("task_book", "重庆科技大学", "毕业论文任务书", "题目：社区生鲜店"), "DOC203") == []
    assert found(scanned("task_book", "学生姓名：林小满"), "DOC203") == []


def test_a_scanned_paper_that_was_not_read_is_not_checked() -> None:
    case = scanned("task_book", "毕业论文开题报告")
    assert ("skipped", "no_text") in outcome(with_file("task_book", text=None, case=case), "DOC203")


def test_a_photographed_paper_in_another_place_is_asked_about() -> None:
    picture = good_case().file("materials/成绩单.jpg")
    shown = {"type": "jpeg", "pdf": None, "image": picture.image, "scan": picture.scan}  # type: ignore[union-attr]
    text_of = make_texts.page("重庆科技大学", "毕业论文开题报告", "题目：社区生鲜店")
    assert [one.slot for one in found(with_file("task_book", text=text_of, **shown), "MAT301")] == ["task_book"]
    assert found(with_file("proposal_report", text=text_of, **shown), "MAT301") == []
