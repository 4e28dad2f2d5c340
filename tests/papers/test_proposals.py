"""What the papers can fill in, and what is left to the person."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import make
import make_facts
import make_texts
from degreecheck.facts import FileFacts
from degreecheck.form import CourseRecord, Form, PartialDate, with_value
from degreecheck.papers.proposals import RECORDS, Proposal, proposals
from rule_hits_texts import with_certificate


def proposed(form: Form, case: object = None) -> dict[str, Proposal]:
    case = case or make_facts.good_case()
    return {each.field: each for each in proposals(form, case.facts)}  # type: ignore[attr-defined]


def blank() -> Form:
    return Form(materials=make.perfect_form().materials)


def test_a_form_that_says_it_all_is_offered_nothing() -> None:
    case = make_facts.good_case()
    assert proposals(case.form, case.facts) == []


def test_an_empty_form_is_offered_what_the_papers_show() -> None:
    found = proposed(blank())
    form = make.perfect_form()
    assert {field: each.value for field, each in found.items() if field != RECORDS} == {
        "personal.name": form.personal.name,
        "personal.id_number": form.personal.id_number,
        "personal.exam_number": form.personal.exam_number,
        "language.certificate_number": form.language.certificate_number,
        "language.score": "452",
    }
    assert (found["personal.name"].slot, found["personal.name"].file) == (
        "id_card_portrait",
        "materials/身份证人像面.jpg",
    )


def test_the_course_table_comes_whole_with_a_place_for_each_row() -> None:
    proposal = proposed(blank())[RECORDS]
    assert isinstance(proposal.value, tuple)
    assert [(row.code, row.score, row.passed_on) for row in proposal.value] == [
        (row.code, row.score, row.passed_on) for row in make.perfect_records()
    ]
    assert proposal.value[2] == CourseRecord(
        code="00015", name="英语（二）", score="66", passed_on=PartialDate(2018, 4), is_thesis=False
    )
    assert proposal.value[-1].is_thesis
    assert len(proposal.regions) == len(proposal.value)
    assert len({region.box for region in proposal.regions}) == len(proposal.value)


def test_a_table_that_differs_in_one_score_is_offered() -> None:
    case = make_facts.good_case()
    form = with_value(case.form, RECORDS, make.records_with(4, score="96"))
    assert set(proposed(form)) == {RECORDS}


def test_the_graduation_certificate_gives_number_date_and_major() -> None:
    case = with_certificate()
    form = Form(materials={"graduation_certificate": ("materials/毕业证.jpg",)})
    assert {field: each.value for field, each in proposed(form, case).items()} == {
        "institution.diploma_number": make.DIPLOMA_NUMBER,
        "institution.graduation_date": PartialDate(2025, 12, 30),
        "courses.major": "工商管理",
    }


def test_what_was_read_badly_is_not_offered() -> None:
    case = make_facts.with_print(
        "id_card_portrait", ("姓名", "林小满"), ("公民身份号码", make.ID_NUMBER), confidence=0.79
    )
    assert "personal.id_number" not in proposed(blank(), case)
    case = make_facts.with_print("id_card_portrait", ("公民身份号码", make.ID_NUMBER), confidence=0.8)
    assert proposed(blank(), case)["personal.id_number"].confidence == 0.8
    case = make_facts.with_print("id_card_portrait", ("公民身份号码", make.ID_NUMBER[:-1] + "4"))
    assert "personal.id_number" not in proposed(blank(), case)


def test_only_papers_in_their_slots_are_asked() -> None:
    case = make_facts.good_case()
    assert proposals(Form(), case.facts) == []
    assert (
        proposals(Form(materials={"id_card_portrait": ("../身份证人像面.jpg", "materials/不在.jpg")}), case.facts) == []
    )
    assert proposals(blank(), {}) == []


def test_files_without_text_offer_nothing() -> None:
    case = make_facts.good_case()
    unread = {file: facts.model_copy(update={"text": None}) for file, facts in case.facts.items()
              if isinstance(facts, FileFacts)}  # fmt: skip
    assert proposals(blank(), replace(case, facts=unread).facts) == []


def test_the_page_is_the_one_that_it_stands_on() -> None:
    first, second = make_texts.page("成绩单"), make_texts.page("准考证号：010517200123", number=1)
    case = make_facts.with_file("transcript", text=make_texts.pages(first, second))
    form = Form(materials={"transcript": make.perfect_form().materials["transcript"]})
    assert proposed(form, case)["personal.exam_number"].page == 1


def test_the_window_can_have_it_without_the_readers_libraries() -> None:
    code = (
        "import sys, degreecheck.papers.proposals;"
        "print(sorted({'numpy', 'cv2', 'PIL', 'rapidocr', 'onnxruntime', 'degreecheck.rules'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"
