"""DOC: papers as files: each rule hits, stays silent, and keeps to its boundary."""

from __future__ import annotations

import pytest

from degreecheck.facts import FileFacts, NotChecked
from degreecheck.rules._rule import run
from paper_cases import DOC_RULES, a_case, judged, outcome, pdf, unreadable, with_documents, word


@pytest.mark.parametrize("facts", [pdf(), word()])
@pytest.mark.parametrize("slot", ["thesis_document", "other"])
def test_a_flawless_paper_has_no_finding(facts: FileFacts, slot: str) -> None:
    limits = with_documents(thesis_pages=30, thesis_characters=12_000, similarity_percent=30)
    assert run(a_case({"论文": facts}, slot, pack=limits), DOC_RULES)[1] == []


def test_pictures_and_what_was_not_looked_at() -> None:
    assert outcome("DOC201", FileFacts(size=1, type="jpeg")) == "not_applicable"
    assert outcome("DOC201", NotChecked(reason="timed_out")) == "skipped timed_out"
    assert outcome("DOC102", unreadable("damaged")) == "skipped unreadable"
    assert judged("DOC102", unreadable("damaged")) == []


# ── DOC101, 102, 103 ───────────────────────────────────────────────────────────────────────────────────────────────


def test_document_encrypted() -> None:
    (finding,) = judged("DOC101", unreadable("encrypted"))
    assert finding.severity == "error"
    assert judged("DOC101", unreadable("damaged")) == []
    assert outcome("DOC101", unreadable("encrypted"), "transcript") == "not_applicable"
    assert outcome("DOC102", unreadable("encrypted")) == "skipped after DOC101"


def test_a_document_that_opens_without_its_password_is_noted() -> None:
    (finding,) = judged("DOC101", pdf(opens_without_password=True))
    assert (finding.severity, finding.variant) == ("note", "restricted")


def test_document_empty() -> None:
    (finding,) = judged("DOC102", unreadable("empty"))
    assert finding.severity == "error"
    assert judged("DOC102", pdf("", pages=3, pages_loaded=3, pages_blank=3, characters=0))[0].variant == "blank"
    assert judged("DOC102", word(characters=0, first_pages=()))[0].variant == "blank"


@pytest.mark.parametrize(
    "facts",
    [
        pdf("", pages=3, pages_loaded=3, pages_blank=2, characters=0),
        pdf("", pages=900, pages_loaded=300, pages_blank=300, characters=0),
        pdf("", pages=1, pages_loaded=1, pages_blank=1, images_broken=1, characters=0),
        word(characters=0, first_pages=(), pictures=1),
        word(characters=0, first_pages=(), text_known=False),
        word(characters=1, first_pages=("a",)),
    ],
)
def test_what_may_hold_something_is_not_empty(facts: FileFacts) -> None:
    assert judged("DOC102", facts) == []


def test_a_blank_pdf_is_empty_in_any_slot() -> None:
    assert judged("DOC102", pdf("", pages=1, pages_loaded=1, pages_blank=1, characters=0), "transcript")


def test_document_without_text() -> None:
    (finding,) = judged("DOC103", pdf("", pages_with_text=0, characters=150))
    assert finding.severity == "note"
    assert judged("DOC103", word("", characters=19, pictures=30))
    assert judged("DOC103", word("", characters=20, pictures=30)) == []
    assert judged("DOC103", pdf(pages_with_text=1)) == []
    assert judged("DOC103", word(characters=0, text_known=False)) == []
    assert outcome("DOC103", pdf("", pages_with_text=0), "transcript") == "not_applicable"


# ── DOC104 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_document_short_in_pages() -> None:
    floor = with_documents(thesis_pages=20)
    (finding,) = judged("DOC104", pdf(pages=19, pages_loaded=19), pack=floor)
    assert (finding.severity, finding.variant, dict(finding.values)) == ("warning", "pages", {"found": 19, "asked": 20})
    assert judged("DOC104", pdf(pages=20, pages_loaded=20), pack=floor) == []
    assert judged("DOC104", word(stated_pages=1), pack=floor) == []


def test_document_short_in_characters() -> None:
    floor = with_documents(thesis_characters=8_000)
    assert judged("DOC104", word(characters=7_999), pack=floor)[0].variant == "characters"
    assert judged("DOC104", word(characters=8_000), pack=floor) == []
    assert judged("DOC104", pdf(characters=7_999), pack=floor)
    assert outcome("DOC104", pdf(characters=100, pages_with_text=10), pack=floor) == "skipped no_document_text"
    assert outcome("DOC104", word(characters=100, complete=False), pack=floor) == "skipped no_document_text"
    assert outcome("DOC104", word(characters=0, text_known=False), pack=floor) == "skipped no_document_text"


def test_length_is_judged_for_the_thesis_only_and_where_the_pack_says() -> None:
    assert outcome("DOC104", pdf(pages=1, pages_loaded=1)) == "not_applicable"
    assert outcome("DOC104", pdf(pages=1), "other", pack=with_documents(thesis_pages=20)) == "not_applicable"
    cut = pdf(pages=10, pages_loaded=10, cut_off=True)
    assert outcome("DOC104", cut, pack=with_documents(thesis_pages=20)) == "skipped no_document_text"


def test_a_thesis_in_two_files_is_measured_as_one() -> None:
    files = {"封面.pdf": pdf(pages=2, pages_loaded=2), "正文.pdf": pdf(pages=18, pages_loaded=18)}
    for asked, found in ((20, 0), (21, 1)):
        _, findings = run(a_case(dict(files), pack=with_documents(thesis_pages=asked)), DOC_RULES)
        assert [finding.code for finding in findings] == ["DOC104"] * found


# ── DOC105, 106, 204 ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facts", "variant", "severity"),
    [
        (pdf(pages_broken=2), "pages", "warning"),
        (pdf(pages_broken=2, cut_off=True), "pages", "error"),
        (pdf(cut_off=True), "end", "warning"),
        (pdf(images_broken=1), "images", "warning"),
        (word(parts_broken=1), "parts", "warning"),
    ],
)
def test_document_damaged(facts: FileFacts, variant: str, severity: str) -> None:
    for slot in ("thesis_document", "transcript"):
        (finding,) = judged("DOC105", facts, slot)
        assert (finding.variant, finding.severity) == (variant, severity)


def test_a_whole_document_is_not_damaged() -> None:
    assert judged("DOC105", pdf()) == judged("DOC105", word()) == []


def test_document_is_wrapper() -> None:
    assert judged("DOC106", pdf(portfolio=True, attachments=3))[0].values["count"] == 3
    assert judged("DOC106", pdf(attachments=3)) == judged("DOC106", word(attachments=3)) == []


@pytest.mark.parametrize(
    ("facts", "variant"),
    [
        (word(macros=True), ""),
        (word(macros=True, programs=1, attachments=1), "programs"),
        (word(remote_template=True), "template"),
        (pdf(scripts=True), "scripts"),
        (pdf(programs=1, attachments=2), "programs"),
    ],
)
def test_document_has_macros(facts: FileFacts, variant: str) -> None:
    (finding,) = judged("DOC204", facts)
    assert (finding.variant, finding.severity) == (variant, "warning")


def test_formulas_charts_and_plain_attachments_are_no_programs() -> None:
    assert judged("DOC204", word(objects=40, attachments=2)) == judged("DOC204", pdf(attachments=2)) == []
