"""THS: the thesis and its advisor."""

from __future__ import annotations

import pytest

import make
from degreecheck import text
from degreecheck.form import AdvisorContacts, OnlyAsked
from degreecheck.rules._rule import Case
from degreecheck.rules.ths import split_keywords

TITLE = "thesis.title"
KEYWORDS = "thesis.keywords"
CONTACTS = "thesis.advisor_contacts"


def contacts(**given: str) -> Case:
    return make.perfect_case({CONTACTS: AdvisorContacts(**given)})


# ---- THS101–104 ----


@pytest.mark.parametrize(
    ("field", "code"),
    [(TITLE, "THS101"), ("thesis.research_direction", "THS102"), ("thesis.advisor", "THS104")],
)
@pytest.mark.parametrize(("value", "hits"), [("", True), (" 　\t\n", True), ("\u200b\ufeff", True), ("论", False)])
def test_title_direction_and_advisor_missing(field: str, code: str, value: str, hits: bool) -> None:
    judged = make.perfect_case({field: value})
    make.expect(judged, "THS", *([code] if hits else []))


@pytest.mark.parametrize("keywords", [(), ("",), (" ", "；、"), ("关键词：",)])
def test_keywords_missing(keywords: tuple[str, ...]) -> None:
    judged = make.perfect_case({KEYWORDS: keywords})
    make.expect(judged, "THS", "THS103")
    assert make.reasons(judged, "THS201") == {("skipped", "after THS103")}


# ---- THS201 keywords_count ----


@pytest.mark.parametrize(("count", "variant"), [(1, "few"), (2, "few"), (9, "many"), (20, "many")])
def test_keywords_count(count: int, variant: str) -> None:
    judged = make.perfect_case({KEYWORDS: tuple(f"词{number}" for number in range(count))})
    make.expect(judged, "THS", "THS201")
    assert (make.finding(judged, "THS201").severity, make.finding(judged, "THS201").variant) == ("warning", variant)


@pytest.mark.parametrize("count", [3, 8])
def test_three_to_eight_keywords_are_usual(count: int) -> None:
    make.expect(make.perfect_case({KEYWORDS: tuple(f"词{number}" for number in range(count))}), "THS")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("库存；生鲜；零售", ["库存", "生鲜", "零售"]),
        ("库存;生鲜, 零售，门店、社区", ["库存", "生鲜", "零售", "门店", "社区"]),
        ("关键词：库存　生鲜\n零售", ["库存", "生鲜", "零售"]),
        ("库存 生鲜 零售", ["库存", "生鲜", "零售"]),
        ("supply chain；FIFO 法；ABC 分类", ["supply chain", "FIFO 法", "ABC 分类"]),
        ("Key words: supply chain; FIFO", ["supply chain", "FIFO"]),
    ],
)
def test_keywords_pasted_into_one_entry_are_counted_one_by_one(entry: str, expected: list[str]) -> None:
    assert split_keywords((entry,)) == expected
    if len(expected) >= 3:
        make.expect(make.perfect_case({KEYWORDS: (entry,)}), "THS")


# ---- THS202 title_wrapped ----


@pytest.mark.parametrize(
    ("title", "found", "proposal"),
    [
        ("《社区店的库存管理》", ["book_marks"], "社区店的库存管理"),
        ("社区店的库存管理。", ["full_stop"], "社区店的库存管理"),
        ("社区店的库存管理.", ["full_stop"], "社区店的库存管理"),
        ("社区店的\n库存管理", ["line_breaks"], "社区店的库存管理"),
        ("A Study of\r\n  Stock", ["line_breaks"], "A Study of Stock"),
        ("《社区店的\u2028库存管理》。", ["line_breaks", "full_stop", "book_marks"], "社区店的库存管理"),
    ],
)
def test_title_wrapped(title: str, found: list[str], proposal: str) -> None:
    judged = make.perfect_case({TITLE: title})
    make.expect(judged, "THS", "THS202")
    finding = make.finding(judged, "THS202")
    assert (finding.severity, finding.values["found"], finding.values["proposal"]) == ("note", found, proposal)


@pytest.mark.parametrize(
    "title",
    [
        "论《红楼梦》的经济叙事",
        "《红楼梦》与《金瓶梅》",
        "基于 Vue 3.0 的系统设计",
        "  社区店的库存管理 ",
        "什么是好店？",
        "。",
    ],
)
def test_marks_that_belong_to_the_title_are_right(title: str) -> None:
    make.expect(make.perfect_case({TITLE: title}), "THS")


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_mark_has_a_word(language: str) -> None:
    assert all(text.load(language).has(f"title_mark.{mark}") for mark in ("line_breaks", "full_stop", "book_marks"))


# ---- THS301 advisor_contact_missing ----


@pytest.mark.parametrize("blank", ["", " ", "\u200b"])
def test_advisor_contact_missing(blank: str) -> None:
    judged = contacts(mobile=blank, email=blank)
    make.expect(judged, "THS", "THS301")
    assert make.reasons(judged, "THS302") == {("skipped", "after THS301")}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("mobile", "13900005678"),
        ("landline", "023-65020000"),
        ("email", "he@example.edu.cn"),
        ("qq", "10001"),
        ("wechat", "he_qingyue"),
    ],
)
def test_any_one_contact_is_enough(kind: str, value: str) -> None:
    make.expect(contacts(**{kind: value}), "THS")


def test_a_roster_without_contact_columns_misses_none() -> None:
    form = OnlyAsked(make.changed(make.perfect_form(), {CONTACTS: AdvisorContacts()}), frozenset({TITLE}))
    judged = make.case(form)
    assert make.codes(judged, "THS") == set()
    assert make.reasons(judged, "THS301") == {("skipped", "not_in_roster")}


# ---- THS302 advisor_contact_malformed ----


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("mobile", "1390000567"),
        ("mobile", "12900005678"),
        ("landline", "6502"),
        ("email", "he.example.edu.cn"),
        ("qq", "1234"),
        ("wechat", "何老师"),
    ],
)
def test_advisor_contact_malformed(kind: str, value: str) -> None:
    judged = contacts(**{kind: value})
    make.expect(judged, "THS", "THS302")
    found = make.finding(judged, "THS302")
    assert (found.severity, found.field, found.variant) == ("error", f"{CONTACTS}.{kind}", kind)
    reachable = contacts(**{"email": "he@example.edu.cn", "qq": "10001", kind: value})
    make.expect(reachable, "THS", "THS302")
    assert make.finding(reachable, "THS302").severity == "warning"


def test_each_malformed_contact_is_a_finding_of_its_own() -> None:
    judged = contacts(mobile="139", qq="1")
    found = make.findings(judged, "THS302")
    assert [one.field for one in found] == [f"{CONTACTS}.mobile", f"{CONTACTS}.qq"]
    assert {one.severity for one in found} == {"error"}
    assert len({one.key for one in found}) == 2


@pytest.mark.parametrize(
    ("kind", "value", "other"),
    [
        ("mobile", "023-65020000", "landline"),
        ("landline", "13900005678", "mobile"),
        ("email", "13900005678", "mobile"),
        ("wechat", "he@example.edu.cn", "email"),
    ],
)
def test_a_right_contact_in_another_field_is_a_question(kind: str, value: str, other: str) -> None:
    judged = contacts(**{kind: value})
    make.expect(judged, "THS", "THS302")
    found = make.finding(judged, "THS302")
    assert (found.severity, found.variant) == ("warning", "other_kind")
    assert found.values["other"] == f"{CONTACTS}.{other}"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("mobile", "+86 139-0000-5678"),
        ("mobile", "13900005678/13900005679"),
        ("mobile", "+852 5123 4567"),
        ("landline", "（023）65020000转801"),
        ("qq", "10001@qq.com"),
        ("wechat", "13900005678"),
    ],
)
def test_contacts_as_people_write_them_are_right(kind: str, value: str) -> None:
    make.expect(contacts(**{kind: value}), "THS")


# ---- THS303 advisor_contact_is_own ----


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("mobile", make.MOBILE),
        ("mobile", "+86 138 0000 1234"),
        ("wechat", make.MOBILE),
        ("email", f"{make.MOBILE}@example.com"),
    ],
)
def test_advisor_contact_is_own(kind: str, value: str) -> None:
    judged = contacts(**{kind: value})
    make.expect(judged, "THS", "THS303")
    found = make.finding(judged, "THS303")
    assert (found.severity, found.field) == ("warning", f"{CONTACTS}.{kind}")


def test_a_number_one_digit_off_is_another_persons() -> None:
    make.expect(contacts(mobile="13800001235", email="13800001235@example.com"), "THS")


def test_an_own_number_that_is_wrong_is_no_measure() -> None:
    changes = {"personal.mobile": "1380000", CONTACTS: AdvisorContacts(qq="1380000")}
    judged = make.perfect_case(changes)
    make.expect(judged, "IDN", "IDN402")
    assert make.reasons(judged, "THS303") == {("skipped", "after IDN402")}
