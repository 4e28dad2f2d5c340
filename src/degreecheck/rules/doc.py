"""DOC: the thesis papers as files of text: PDF, DOCX, DOC."""

from __future__ import annotations

import re
from collections.abc import Iterator

from degreecheck.facts import PdfFacts, WordFacts
from degreecheck.form import NotAsked
from degreecheck.pack import UNKNOWN, Severity
from degreecheck.papers.paper import paper_of as picture_of
from degreecheck.rules._papers import (
    PAPER_SLOTS,
    can_show_absence,
    document_of,
    first_text,
    folded,
    headings,
    is_partly_lost,
    paper_of,
    speaks_of,
    texts_in,
)
from degreecheck.rules._rule import Case, Hit, NotApplicable, NotInspected, Subject, hit, rule

_SCANNED_CHARACTERS = 20  # a Word file with fewer, and with pictures, is a scan; page numbers alone come to this
_WHOLE_THESIS_PAGES, _WHOLE_THESIS_CHARACTERS = 20, 15_000  # no proposal and no task book is as long
_READ_PAGES = 0.8  # share of the pages; drawings and title pages need no text
_SHORTEST_TITLE = 4
_NEAR = 10  # one letter in so many may differ for a title to be called nearly the same


@rule("DOC101", "error", each="file")
def document_encrypted(case: Case, subject: Subject) -> Iterator[Hit]:
    """A thesis paper needs a password: nobody at the school can open it. One that opens without is noted.

    Source: M14.
    """
    facts = case.file(subject.file)
    if not PAPER_SLOTS.intersection(subject.slots):
        raise NotApplicable
    if facts.unreadable is not None and facts.unreadable.reason == "encrypted":
        yield hit(type=facts.type)
    elif facts.pdf is not None and facts.pdf.opens_without_password:
        yield hit("restricted", severity="note")


@rule("DOC102", "error", each="file", after=("DOC101",))
def document_empty(case: Case, subject: Subject) -> Iterator[Hit]:
    """A document has no pages, or nothing is on them. Source: M14."""
    facts = case.file(subject.file)
    if facts.unreadable is not None:
        if facts.unreadable.reason != "empty" or not PAPER_SLOTS.intersection(subject.slots):
            raise NotInspected("unreadable")
        yield hit()
    elif _is_blank(document_of(case, subject)):
        yield hit("blank")


def _is_blank(document: PdfFacts | WordFacts) -> bool:
    if isinstance(document, PdfFacts):
        return document.complete and document.pages_blank == document.pages_loaded and not document.images_broken
    things = document.characters + document.pictures + document.objects + document.attachments + document.parts_broken
    return document.text_known and document.complete and not things


@rule("DOC103", "note", each="file", after=("DOC102",))
def document_without_text(case: Case, subject: Subject) -> Iterator[Hit]:
    """A thesis paper consists of pictures: its text can be neither searched nor compared. Source: M14."""
    document = paper_of(case, subject)
    if isinstance(document, PdfFacts):
        scanned = document.pages_with_text == 0
    else:
        scanned = document.text_known and document.complete and document.characters < _SCANNED_CHARACTERS
    if scanned:
        yield hit()


@rule("DOC104", "warning", each="file", after=("DOC102", "DOC203"),
      limits=("documents.thesis_pages", "documents.thesis_characters"))  # fmt: skip
def document_short(case: Case, subject: Subject) -> Iterator[Hit]:
    """The thesis has fewer pages or characters than the pack asks; the files of the slot are taken together.

    Source: F.
    """
    pages_asked, characters_asked = case.pack.documents.thesis_pages, case.pack.documents.thesis_characters
    if "thesis_document" not in subject.slots or (pages_asked == UNKNOWN and characters_asked == UNKNOWN):
        raise NotApplicable
    document_of(case, subject)
    if subject.file != case.files_in("thesis_document")[0]:
        raise NotApplicable  # said once
    documents = texts_in(case, "thesis_document")
    if any(is_partly_lost(document) for document in documents):
        raise NotInspected("no_document_text")
    pages = [document.pages for document in documents if isinstance(document, PdfFacts)]
    characters = sum(document.characters for document in documents)
    if pages_asked != UNKNOWN and len(pages) == len(documents) and sum(pages) < pages_asked:
        yield hit("pages", found=sum(pages), asked=pages_asked)
    elif characters_asked != UNKNOWN and characters < characters_asked:
        if not all(_is_counted(document) for document in documents):
            raise NotInspected("no_document_text")
        yield hit("characters", found=characters, asked=characters_asked)


def _is_counted(document: PdfFacts | WordFacts) -> bool:
    """Whether the number of characters is that of all there is to read."""
    if isinstance(document, WordFacts):
        return document.complete and document.text_known and document.characters >= _SCANNED_CHARACTERS
    read = document.pages_with_text + document.pages_blank
    return document.complete and read >= document.pages * _READ_PAGES


@rule("DOC105", "warning", each="file", after=("DOC102",))
def document_damaged(case: Case, subject: Subject) -> Iterator[Hit]:
    """A document opens, but a part of it is lost: pages or pictures that do not open, an end that is missing.

    An error only where two things speak for it: the end is missing, and pages do not open. Source: M14.
    """
    document = document_of(case, subject)
    if isinstance(document, WordFacts):
        if document.parts_broken:
            yield hit("parts", count=document.parts_broken)
        return
    if document.pages_broken:
        severity: Severity = "error" if document.cut_off else "warning"
        yield hit("pages", severity=severity, count=document.pages_broken, pages=document.pages)
    elif document.images_broken:
        yield hit("images", count=document.images_broken)
    elif document.cut_off:
        yield hit("end")


@rule("DOC106", "warning", each="file", after=("DOC102",))
def document_is_wrapper(case: Case, subject: Subject) -> Iterator[Hit]:
    """A PDF portfolio: the papers themselves hang on it as attachments, and whoever prints it sees a cover only.

    Source: M14.
    """
    document = document_of(case, subject)
    if isinstance(document, PdfFacts) and document.portfolio:
        yield hit(count=document.attachments)


@rule("DOC201", "warning", each="file", after=("THS101", "DOC102", "DOC203"))
def thesis_title_not_found(case: Case, subject: Subject) -> Iterator[Hit]:
    """The first pages of a thesis paper, read as text, lack the thesis title of the form.

    Compared are letters and digits alone, so that line breaks, underscores, quotation marks and widths do not count.
    Where the name is not there either it is another's paper: one cause, one finding. Source: M13 M14.
    """
    document = paper_of(case, subject)
    if not _lacks_title(case, subject, document):
        return
    stated = case.form.thesis.title[:200]
    if seen := _nearly(folded(case.form.thesis.title), first_text(document)):
        yield hit("near", title=stated, seen=seen)
    elif _is_said_to_lack_name(case, subject, document):
        yield hit("name", title=stated, name=case.form.personal.name[:100])
    else:
        yield hit(title=stated)


@rule("DOC202", "warning", each="file", after=("IDN101", "DOC102", "DOC203"))
def applicant_not_found(case: Case, subject: Subject) -> Iterator[Hit]:
    """The first pages of a thesis paper, read as text, lack the applicant's name. Source: M13 M14."""
    document = paper_of(case, subject)
    if not _lacks_name(case, subject, document):
        return
    if _is_said_to_lack_title(case, subject, document):
        raise NotInspected("after DOC201")
    yield hit(name=case.form.personal.name[:100])


def _lacks_title(case: Case, subject: Subject, document: PdfFacts | WordFacts) -> bool:
    """Whether the title is not there. Raises NotInspected where the text cannot show that; NotApplicable; NotAsked."""
    title = folded(case.form.thesis.title)
    if len(title) < _SHORTEST_TITLE:
        raise NotApplicable
    if _is_found(case, subject, title):
        return False
    if not can_show_absence(document, title):
        raise NotInspected("no_document_text")
    return True


def _lacks_name(case: Case, subject: Subject, document: PdfFacts | WordFacts) -> bool:
    """As _lacks_title, of the applicant's name."""
    name = folded(case.form.personal.name)
    if len(name) <= 1:
        raise NotApplicable
    if _is_found(case, subject, name, rare_may_lack=True):
        return False
    if not can_show_absence(document, name) or all(map(_is_rare, name)):
        raise NotInspected("no_document_text")
    return True


def _is_said_to_lack_name(case: Case, subject: Subject, document: PdfFacts | WordFacts) -> bool:
    try:
        return _lacks_name(case, subject, document)
    except (NotApplicable, NotAsked, NotInspected):
        return False


def _is_said_to_lack_title(case: Case, subject: Subject, document: PdfFacts | WordFacts) -> bool:
    try:
        lacks = _lacks_title(case, subject, document)
    except (NotApplicable, NotAsked, NotInspected):
        return False
    return lacks and not _nearly(folded(case.form.thesis.title), first_text(document))


def _is_found(case: Case, subject: Subject, wanted: str, *, rare_may_lack: bool = False) -> bool:
    """Whether any file of the subject's slots holds it: a title page may be a file of its own."""
    rare_may_lack = rare_may_lack and not all(map(_is_rare, wanted))
    pattern = re.compile("".join(map(_or_lost, wanted))) if rare_may_lack else None
    for slot in PAPER_SLOTS.intersection(subject.slots):
        for document in texts_in(case, slot):
            text = first_text(document)
            if wanted in text or (pattern is not None and pattern.search(text)):
                return True
    return False


def _or_lost(letter: str) -> str:
    """A pattern for a letter; rare characters are often lost on the way from a font to the text."""
    return f"(?:{re.escape(letter)}|.)?" if _is_rare(letter) else re.escape(letter)


def _is_rare(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _nearly(title: str, text: str) -> str:
    """What stands in the text with the title's beginning and end and little else between them; "" for nothing."""
    start = end = 1
    while start < len(title) and title[: start + 1] in text:
        start += 1
    while end < len(title) and title[-end - 1 :] in text:
        end += 1
    if start + end < len(title) - max(1, len(title) // _NEAR):
        return ""
    at = text.find(title[:start])
    close = text.find(title[-end:], at)
    seen = text[at : close + end] if 0 <= at < close else ""
    return seen if len(seen) <= len(title) + _NEAR else ""


@rule("DOC203", "warning", each="file", after=("DOC102",))
def document_in_wrong_slot(case: Case, subject: Subject) -> Iterator[Hit]:
    """The heading on the first page names another of the thesis papers than the slot is for. Source: M14."""
    document = paper_of(case, subject)
    if not document.first_pages:
        raise NotInspected("no_document_text")
    own = PAPER_SLOTS.intersection(subject.slots)
    scanned = isinstance(document, PdfFacts) and not document.pages_with_text
    named = picture_of(case.text(subject.file)).kinds & PAPER_SLOTS if scanned else headings(document)
    if len(named) != 1 or named & own:
        return
    (paper,) = named
    if paper == "thesis_document" and any(speaks_of(document, slot) for slot in own):
        return  # "毕业论文" alone stands on every one of the papers
    if paper in ("proposal_report", "task_book") and "thesis_document" in own and _is_long(document):
        return  # bound into the thesis
    yield hit(paper=paper)


def _is_long(document: PdfFacts | WordFacts) -> bool:
    pages = document.pages if isinstance(document, PdfFacts) else 0
    return pages >= _WHOLE_THESIS_PAGES or document.characters >= _WHOLE_THESIS_CHARACTERS


@rule("DOC204", "warning", each="file")
def document_has_macros(case: Case, subject: Subject) -> Iterator[Hit]:
    """A document carries macros or programs: mail and upload filters stop it, and readers are warned of it.

    Source: F.
    """
    document = document_of(case, subject)
    if document.programs:
        yield hit("programs", count=document.programs)
    elif isinstance(document, PdfFacts):
        if document.scripts:
            yield hit("scripts")
    elif document.macros:
        yield hit()
    elif document.remote_template:
        yield hit("template")


@rule("DOC205", "warning", each="file", after=("DOC203",), limits=("documents.similarity_percent",))
def similarity_over_limit(case: Case, subject: Subject) -> Iterator[Hit]:
    """The similarity report states a total ratio above the pack's limit; of several totals the smallest counts.

    Source: F.
    """
    limit = case.pack.documents.similarity_percent
    if "similarity_report" not in subject.slots or limit == UNKNOWN:
        raise NotApplicable
    totals = [figure for figure in document_of(case, subject).similarity if figure.total]
    if not totals:
        raise NotInspected("no_document_text")
    least = min(totals, key=lambda figure: figure.percent)
    if least.percent > limit:
        yield hit(label=least.label, percent=least.percent, limit=limit)
