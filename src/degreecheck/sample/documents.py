"""The four thesis papers of a made-up applicant (M14): what stands on their pages, and as PDF or Word file."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from random import Random
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from degreecheck.sample.people import tables
from degreecheck.sample.press import Line, Page, Press

_TITLES = {"proposal_report": "开 题 报 告", "task_book": "毕业论文任务书", "similarity_report": "论文相似性检测报告单"}
_SENTENCES = 9  # of the table; fewer characters make smaller fonts
_LINES = 24
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def first_page(paper: str, person: Mapping[str, str], seed: int, *, percent: str = "") -> Page:
    """The first page: what the paper is, title, name and number of its author."""
    about = [
        Line(""),
        Line(f"题    目：{person['title']}", 14),
        Line(f"姓    名：{person['name']}", 14),
        Line(f"考 号：{person['exam_number'] or person['student_number']}", 12),
        Line(f"专    业：{person['major']}", 12),
        Line(f"指导教师：{person['advisor']}", 12),
    ]
    if paper == "thesis_document":
        head = [Line(person["school"], 16, centred=True), Line("本科毕业论文（设计）", 22, centred=True), Line("")]
        return [
            *head,
            Line(person["title"], 20, centred=True),
            *about,
            Line(""),
            Line(person["graduation_date"][:7], 12, centred=True),
        ]
    head = [Line(person["school"], 14, centred=True), Line(_TITLES[paper], 20, centred=True)]
    if paper != "similarity_report":
        return [*head, *about, Line(""), *(Line(sentence) for sentence in _sentences(seed)[:5])]
    figure = percent or f"{Random(seed).randint(30, 189) / 10:.1f}"
    return [*head, *about, Line(""), Line(f"总文字复制比：{figure}%", 14), Line(f"检测字数：{12_000 + seed % 6_000}")]


def body(topic: int, pages: int) -> list[Page]:
    """The pages of a thesis after the first one."""
    chapters, sentences = tables("studies")["body"]["chapters"], _sentences(topic)
    return [
        [Line(chapters[number % len(chapters)], 15, centred=True), Line("")]
        + [Line(sentences[(number * 5 + line) % len(sentences)]) for line in range(_LINES)]
        for number in range(pages)
    ]


def _sentences(seed: int) -> list[str]:
    return Random(seed).sample(tables("studies")["body"]["sentences"], _SENTENCES)


TOPICS = 6  # bodies that theses share, so that each is printed once


def document(
    paper: str,
    kind: str,
    person: Mapping[str, str],
    seed: int,
    press: Press,
    *,
    pages: int = 9,
    percent: str = "",
    blank: bool = False,
    **other: str,
) -> bytes:
    """One of the four papers as "pdf" or "docx"; a thesis has ``pages`` pages after the first.

    ``percent`` is what the similarity report states, ``blank`` leaves the page empty, ``other`` replaces what stands in
    ``person``.
    """
    first = [] if blank else first_page(paper, {**person, **other}, seed, percent=percent)
    whole = paper == "thesis_document" and not blank
    if kind == "docx":
        return docx([first, *(body(seed % TOPICS, pages) if whole else [])])
    return press.printed([first], followed_by=_printed_body(press, seed % TOPICS, pages) if whole else b"")


@lru_cache(maxsize=2 * TOPICS)
def _printed_body(press: Press, topic: int, pages: int) -> bytes:
    return press.printed(body(topic, pages)) if pages else b""


def docx(pages: Sequence[Page]) -> bytes:
    """A Word file with these pages: the three parts that every one has (ECMA-376)."""
    document = Element("w:document", {"xmlns:w": _W})
    content = SubElement(document, "w:body")
    for number, page in enumerate(pages):
        if number:
            SubElement(_run(content), "w:br", {"w:type": "page"})
        for line in page:
            run = _run(content)
            SubElement(SubElement(run, "w:rPr"), "w:sz", {"w:val": str(round(line.size * 2))})
            SubElement(run, "w:t", {"xml:space": "preserve"}).text = line.text
    types = Element("Types", {"xmlns": f"{_PACKAGE}/content-types"})
    SubElement(
        types, "Default", Extension="rels", ContentType="application/vnd.openxmlformats-package.relationships+xml"
    )
    SubElement(types, "Override", PartName="/word/document.xml", ContentType=_MAIN)
    relations = Element("Relationships", {"xmlns": f"{_PACKAGE}/relationships"})
    SubElement(relations, "Relationship", Id="r1", Type=f"{_OFFICE}/officeDocument", Target="word/document.xml")
    return zipped({"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": document})


def zipped(parts: Mapping[str, Any]) -> bytes:
    """A zip of named parts, each an XML element or bytes; the same parts make the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            data = part if isinstance(part, bytes) else tostring(part, encoding="UTF-8", xml_declaration=True)
            info = zipfile.ZipInfo(name)  # dated 1980: no clock in what a seed decides
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def _run(content: Element) -> Element:
    return SubElement(SubElement(content, "w:p"), "w:r")
