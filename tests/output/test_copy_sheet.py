"""The copy sheet: everything in the portal's order, and nothing that the form holds is more than text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from degreecheck import pack, text
from degreecheck.asked import UPLOAD_ORDER
from degreecheck.form import Form
from degreecheck.output.copy_sheet import CopySheet, render
from degreecheck.output.portal_values import portal_sections

UPLOADS = {
    "photo": ["上传材料/05-电子照片.jpg"],
    "thesis_document": ["上传材料/01-论文文档.pdf"],
    "transcript": ["上传材料/09-成绩单-1.jpg", "上传材料/09-成绩单-2.jpg"],
}


class Page(HTMLParser):
    """The elements of a page with their attributes, and its visible text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        self._open.append(attributes.get("id") or "")

    def handle_endtag(self, tag: str) -> None:
        del tag
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1]:
            self.texts[self._open[-1]] = self.texts.get(self._open[-1], "") + data


def sheet(changes: dict[str, Any] | None = None, *, passed: bool = True, language: str = "zh") -> str:
    form: Form = make.changed(make.perfect_form(), changes or {})
    texts = text.load(language)
    school = pack.find("cqust")
    sections = portal_sections(form, school, texts, UPLOADS)
    return render(CopySheet(form, school, sections, make.NOW, passed), texts)


def copied(source: str) -> list[str]:
    """What the copy buttons copy, in order."""
    page = Page(source)
    targets = [
        attributes["data-copy"] for tag, attributes in page.elements if tag == "button" and "data-counts" in attributes
    ]
    return [page.texts[target] for target in targets if target]


def test_values_stand_in_the_portals_order() -> None:
    assert copied(sheet()) == [
        "林小满", make.ID_NUMBER, make.MOBILE, make.EXAM_NUMBER, "重庆科技大学", "2017-10", "2025-12-30", "工商管理",
        make.AVERAGE, make.THESIS_SCORE, "社区生鲜店的库存管理研究", "供应链管理", "生鲜零售；库存管理；供应链",
        "何清越", "13900005678", make.CET_NUMBER,
    ]  # fmt: skip


def test_what_the_portal_recognises_is_shown_but_not_copied() -> None:
    shown = sheet({"personal.birth_date": None, "personal.sex": None})
    assert "1995-08-12" in shown
    assert "女" in shown
    assert "1995-08-12" not in copied(shown)


def test_an_id_number_is_copied_as_the_portal_takes_it() -> None:
    assert copied(sheet({"personal.id_number": "500105 19950812 0123"}))[1] == make.ID_NUMBER


def test_adult_education_enters_the_student_number() -> None:
    form = make.adult_form()
    sections = portal_sections(form, pack.find("cqust"), text.load("zh"), {})
    labels = [value.label for value in sections[0].values]
    assert "准考证号（填学号）" in labels
    assert "准考证号" not in labels


def test_uploads_name_the_file_to_choose() -> None:
    links = [attributes["href"] for tag, attributes in Page(sheet()).elements if tag == "a"]
    assert len(links) == 4
    assert links[0] == "./%E4%B8%8A%E4%BC%A0%E6%9D%90%E6%96%99/01-%E8%AE%BA%E6%96%87%E6%96%87%E6%A1%A3.pdf"


def test_every_slot_has_its_place() -> None:
    assert set(UPLOAD_ORDER) == set(pack.find("cqust").slots)


def test_the_traps_stand_where_they_bite() -> None:
    shown = sheet()
    login, submit = shown.index("请勿用验证码登录"), shown.index("右上角")
    enter = shown.index("输入身份证号后按回车")
    assert login < shown.index("林小满", login) < enter < shown.index("工商管理", enter) < submit
    assert "2026-04-24 23:59" in shown


def test_what_is_not_passed_or_declared_says_so() -> None:
    assert "未通过预检" not in sheet()
    assert "未通过预检" in sheet(passed=False)
    assert "尚未确认" in sheet({"confirmations.truthful": False})


def test_english() -> None:
    shown = sheet(language="en")
    assert '<html lang="en">' in shown
    assert "Copy sheet" in shown


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&lt;{{7*7}}{%x%}"


@pytest.mark.parametrize("field", ["personal.name", "courses.major", "thesis.title", "thesis.advisor_contacts.email"])
def test_nothing_in_the_form_is_more_than_text(field: str) -> None:
    source = sheet({field: HOSTILE})
    page = Page(source)
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert not [tag for tag, _ in page.elements if tag == "img"]
    assert not [attributes for _, attributes in page.elements if any(name.startswith("on") for name in attributes)]
    assert "49" not in copied(source)


@given(st.text(max_size=40))
def test_any_text_is_copied_as_it_is(value: str) -> None:
    if not value.strip() or "\r" in value or "\0" in value:
        return
    shown = copied(sheet({"thesis.title": value}))
    assert value.strip() in shown


def test_the_page_runs_no_script_but_its_own_and_loads_nothing() -> None:
    source = sheet()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', source)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert not re.search(r'(?:src|href)="(?:https?:)?//', source)
