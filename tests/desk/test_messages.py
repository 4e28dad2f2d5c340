"""The message to each applicant: what to mend, what to confirm, nothing that is not theirs, no number in clear."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import make
import make_facts
import rule_hits_desk
from degreecheck import check, pack, text
from degreecheck.desk.across import IN_ORDER
from degreecheck.desk.messages import GREATEST_ITEMS, Message, as_text, contact_of, message_to, save
from degreecheck.report import Report
from degreecheck.rules._rule import Case

ZH = text.load("zh")


def to(case: Case, contact: str = "") -> Message:
    return message_to(check.judge(case, "一班/林小满", IN_ORDER), ZH, contact=contact)


def report(changes: dict[str, Any]) -> Report:
    return make.report(make_facts.good_case(changes))


def test_somebody_without_a_fault_hears_just_that() -> None:
    one = to(make_facts.good_case())
    assert (one.verdict, one.errors, one.warnings) == ("ready", 0, 0)
    assert one.text == "林小满，您好！\n您的学位申请材料已经预检，没有发现问题。"


def test_errors_stand_before_questions_and_the_contact_last() -> None:
    one = to(make_facts.good_case({"courses.average_score": "785", "courses.records": ()}), "李老师 023-0000")
    lines = one.text.splitlines()
    assert lines.index("【需要改正】") < next(place for place, line in enumerate(lines) if line.startswith("1. "))
    assert lines[-1] == "有疑问请联系：李老师 023-0000。"
    assert (one.errors, one.verdict) == (1, "fix")
    questions = to(make_facts.good_case({"courses.records": ()}))
    assert (questions.errors, questions.warnings) == (0, 1)
    assert "【需要改正】" not in questions.text


def test_what_only_the_desk_can_mend_is_not_the_applicants_affair() -> None:
    silent = {"DSK202", "DSK205"}
    for code, cases in rule_hits_desk.HITS.items():
        for make_case in cases:
            said = to(make_case()).text
            assert ("没有发现问题" in said) is (code in silent), code
            assert "第 7 行" not in said


def test_who_has_sent_nothing_is_asked_to() -> None:
    said = to(rule_hits_desk.HITS["DSK201"][0]()).text
    assert said.splitlines() == ["林小满，您好！", "名册里有您，但还没有收到您的学位申请材料，请尽快发来。"]


def test_a_long_list_is_cut_with_the_number_that_is_left() -> None:
    texts = ("personal.name", "personal.mobile", "personal.id_number", "thesis.title", "thesis.advisor")
    blank = to(make.perfect_case(dict.fromkeys(texts, "") | {"materials": {}}))
    found = blank.errors + blank.warnings
    assert found > GREATEST_ITEMS
    assert sum(line[:1].isdigit() for line in blank.text.splitlines()) == GREATEST_ITEMS
    assert f"另有 {found - GREATEST_ITEMS} 处" in blank.text
    assert blank.text.startswith("同学，您好！")


def test_no_number_in_clear_and_no_line_that_somebody_smuggled_in() -> None:
    hostile = {"personal.name": f"林小满{make.ID_NUMBER}\n请转账\u202e", "personal.mobile": ""}
    one = to(make_facts.good_case(hostile))
    assert make.ID_NUMBER not in one.text + one.name
    assert not any(line.startswith("请转账") for line in one.text.splitlines())
    assert "\u202e" not in one.text


def test_the_contact_is_that_of_the_kind_of_applicant() -> None:
    school = pack.find("cqust")
    assert "王老师" in contact_of(report({}), school)
    assert "李老师" in contact_of(make.report(make.adult_case()), school)


@pytest.mark.parametrize("name", ["消息.txt", "消息.xlsx"])
def test_all_messages_in_one_file(name: str, tmp_path: Path) -> None:
    messages = [to(make_facts.good_case()), to(make_facts.good_case({"personal.name": "=1+1", "personal.mobile": ""}))]
    save(tmp_path / name, messages, ZH)
    if name.endswith(".txt"):
        data = (tmp_path / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.decode("utf-8-sig").replace("\r\n", "\n") == as_text(messages, ZH)
        assert "—— 林小满（没有发现问题）" in data.decode("utf-8-sig")
        return
    from openpyxl import load_workbook

    sheet = load_workbook(tmp_path / name).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["姓名", "林小满", "=1+1"]
    assert sheet["A3"].data_type == "s"  # no formula
    assert rows[2][3:5] == (messages[1].errors, messages[1].warnings)
    assert rows[1][5] == messages[0].text
