"""Thesis papers as facts, in a case, judged by the DOC rules."""

from __future__ import annotations

from typing import Any

from degreecheck import clock, pack
from degreecheck.facts import FileFacts, NotChecked, PdfFacts, Unreadable, WordFacts
from degreecheck.form import Form, Personal, Thesis
from degreecheck.pack import Documents, Pack
from degreecheck.report import Finding
from degreecheck.rules import RULES
from degreecheck.rules._rule import Case, ListedPath, in_order, run

TITLE = "基于物联网的校园节水系统设计与实现"
COVER = f"重庆科技学院\n本科毕业论文（设计）\n{TITLE}\n学生姓名 张三\n二〇二五年五月"
BODY = (
    "本文研究了校园用水的现状，提出了一种节水系统的设计方案，并在实验楼中进行了为期一个月的试验，结果表明用水量明显下降。"
    * 3
)
DOC_RULES = in_order({code: entry for code, entry in RULES.items() if entry.family == "DOC"})


def pdf(*pages: str, **changes: Any) -> FileFacts:
    texts = pages or (COVER, BODY)
    values = {
        "pages": 30, "pages_loaded": 30, "pages_with_text": 30, "characters": 12_000, "first_pages": texts,
    } | changes  # fmt: skip
    return FileFacts(size=1, type="pdf", pdf=PdfFacts(**values))


def word(*pages: str, **changes: Any) -> FileFacts:
    return FileFacts(
        size=1,
        type="docx",
        word=WordFacts(**{"characters": 12_000, "first_pages": pages or (COVER, BODY)} | changes),
    )


def unreadable(reason: Any) -> FileFacts:
    return FileFacts(size=1, type="pdf", unreadable=Unreadable(reason=reason))


def with_documents(**limits: Any) -> Pack:
    return pack.find("cqust").model_copy(update={"documents": Documents(**limits)})


def a_case(files: dict[str, FileFacts | NotChecked], slot: str = "thesis_document", **changes: Any) -> Case:
    listed = tuple(ListedPath(slot=slot, listed=name, file=name) for name in files)
    form = Form(thesis=Thesis(title=changes.pop("title", TITLE)), personal=Personal(name=changes.pop("name", "张三")))
    values: dict[str, Any] = {"form": form, "pack": with_documents(), "now": clock.parse_moment("2026-04-20")}
    return Case(**values | {"listed": listed, "facts": files} | changes)


def judged(code: str, facts: FileFacts | NotChecked, slot: str = "thesis_document", **changes: Any) -> list[Finding]:
    """The findings of one rule on one file in one slot."""
    return [finding for finding in run(a_case({"论文": facts}, slot, **changes), DOC_RULES)[1] if finding.code == code]


def outcome(code: str, facts: FileFacts | NotChecked, slot: str = "thesis_document", **changes: Any) -> str:
    results, _ = run(a_case({"论文": facts}, slot, **changes), DOC_RULES)
    (result,) = (result for result in results if result.code == code)
    return f"{result.outcome} {result.reason}".strip()
