"""What faultless files would show, as facts, for cases in which the files count too.

make_facts.good_case()                                     everything right: ready
make_facts.with_photo(grey=True)                           the same, the photo's measurements changed
make_facts.with_paper("task_book", macros=True, word=True) the same, one thesis paper's
make_facts.with_scan("transcript", grey=True)              the same, one scan's
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import make
import make_texts
from degreecheck.check import DOCUMENT_SLOTS
from degreecheck.facts import (
    Background,
    Face,
    FileFacts,
    ImageFacts,
    NotChecked,
    PdfFacts,
    PhotoFacts,
    ScanFacts,
    Seal,
    Unreadable,
    WordFacts,
)
from degreecheck.rules._rule import Case

PHOTO = "materials/照片.jpg"
_HEADINGS = {
    "thesis_document": "本科毕业论文",
    "similarity_report": "论文检测报告",
    "proposal_report": "开题报告",
    "task_book": "毕业论文任务书",
}
_BODY = (
    "社区生鲜店的货品保质期短、销量起伏大，订货过多会损耗，订货过少会缺货。本文用一家门店一年的销售记录，比较了三种订货办法，"
    "并给出了按天气与节假日修正订货量的算式；试行两个月后，损耗率明显下降，缺货次数没有增加。"
)


def good_facts(case: Case) -> dict[str, FileFacts | NotChecked]:
    """Faultless facts for every listed file of a case that may be opened."""
    return {file: _good(case, file) for file in case.opened_files}


def good_case(changes: Mapping[str, object] | None = None, **more: Any) -> Case:
    """The perfect applicant's case with faultless files; arguments as for make.perfect_case."""
    return with_good_facts(make.perfect_case(changes, **more))


def with_good_facts(case: Case) -> Case:
    """The case with faultless facts for each of its files."""
    return replace(case, facts=good_facts(case))


def with_file(slot: str, *, case: Case | None = None, **changes: Any) -> Case:
    """The good case (or another), the facts of the first file in a slot changed: type, unreadable, size, sha256 …"""
    case = case or good_case()
    file = case.files_in(slot)[0]
    facts = case.file(file).model_copy(update=changes)
    return replace(case, facts={**case.facts, file: FileFacts.model_validate(facts.model_dump())})


def with_photo(case: Case | None = None, **changes: Any) -> Case:
    """The good case, measurements of its photo changed."""
    case = case or good_case()
    return with_file("photo", case=case, photo=case.photo(PHOTO).model_copy(update=changes))


def with_background(**changes: Any) -> Case:
    """The good case, measurements of the photo's background changed."""
    return with_photo(background=good_photo().background.model_copy(update=changes))  # type: ignore[union-attr]


def with_photo_picture(**changes: Any) -> Case:
    """The good case, what its photo shows before a look at its content changed: orientation, taken_on …"""
    return with_file("photo", image=good_case().image(PHOTO).model_copy(update=changes))


def with_scan(slot: str, *, case: Case | None = None, **changes: Any) -> Case:
    """The good case, measurements of the paper in a slot changed."""
    case = case or good_case()
    (scan,) = case.scan(case.files_in(slot)[0])
    return with_file(slot, case=case, scan=(scan.model_copy(update=changes),))


def with_print(slot: str, *rows: make_texts.Row, case: Case | None = None, **changes: Any) -> Case:
    """The good case, what is printed on the paper in a slot changed: some values, or all of it, row by row."""
    case = case or good_case()
    text = make_texts.page(*rows, **changes) if rows else make_texts.paper(slot, case.form, **changes)
    return with_file(slot, case=case, text=text)


def with_paper(slot: str, *, word: bool = False, case: Case | None = None, **changes: Any) -> Case:
    """The good case, facts of one thesis paper changed; ``word`` makes a Word file of it first."""
    case = case or good_case()
    paper = case.pdf(case.files_in(slot)[0])
    if word:
        written = WordFacts(characters=paper.characters, first_pages=paper.first_pages).model_copy(update=changes)
        return with_file(slot, case=case, type="docx", pdf=None, word=written)
    return with_file(slot, case=case, pdf=paper.model_copy(update=changes))


def unreadable(slot: str, reason: str) -> Case:
    """The good case, the file in a slot not readable."""
    broken = Unreadable.model_validate({"reason": reason})
    return with_file(slot, unreadable=broken, image=None, photo=None, scan=None, pdf=None, word=None)


def not_checked(slot: str, reason: str) -> Case:
    """The good case, the inspection of the file in a slot failed."""
    case = good_case()
    file = case.files_in(slot)[0]
    return replace(case, facts={**case.facts, file: NotChecked.model_validate({"reason": reason})})


def good_photo() -> PhotoFacts:
    """A portrait of 413×579 pixels on an even blue, taken straight on in good light."""
    return PhotoFacts(
        width=413,
        height=579,
        faces=(Face(box=(0.28, 0.25, 0.72, 0.60), support=40),),
        tilt=0.5,
        crown=0.09,
        head_height=0.52,
        measured_on_face=True,
        blur=0.004,
        face_lightness=68,
        face_highlights=84,
        burnt_share=0,
        picture_highlights=90,
        blockiness=0.6,
        background=Background(
            share=0.32,
            coverage=0.97,
            colour="blue",
            lightness=58,
            chroma=48,
            hue=262,
            blue_share=0.99,
            edge_bluish_share=1,
            side_difference=1.5,
            vertical_difference=3,
            fade=2,
            unevenness=3,
            area=("####", "#..#", "#..#"),
        ),
    )


def _good(case: Case, file: str) -> FileFacts:
    slots = case.slots_of(file)
    known: dict[str, Any] = {"sha256": hashlib.sha256(file.encode("utf-8")).hexdigest()}
    if DOCUMENT_SLOTS.intersection(slots):
        return FileFacts(size=480_000, type="pdf", pdf=_good_pdf(case, slots[0]), **known)
    if "photo" in slots:
        picture = ImageFacts(width=413, height=579, taken_on=date(2026, 3, 1))
        return FileFacts(size=62_000, type="jpeg", image=picture, photo=good_photo(), **known)
    picture = ImageFacts(width=1_680, height=2_380)
    text = next((text for slot in slots if (text := make_texts.paper(slot, case.form)) is not None), None)
    return FileFacts(size=910_000, type="jpeg", image=picture, scan=(_good_scan(case, slots),), text=text, **known)


def _good_scan(case: Case, slots: tuple[str, ...]) -> ScanFacts:
    seals = any(case.pack.seal_of(slot, case.form.language.route) == "required" for slot in slots)
    return ScanFacts(
        width=1_680,
        height=2_380,
        text_height=34,
        text_lines=28,
        blur=1.1,
        paper_level=0.93,
        ink_contrast=0.82,
        orientation="upright" if "id_card_portrait" in slots else "level",
        skew=0.4,
        paper=(0.03, 0.03, 0.97, 0.97),
        seals=(Seal(box=(0.6, 0.7, 0.85, 0.88), shape="round", confidence=0.9),) if seals else (),
        faces=((0.7, 0.2, 0.9, 0.5),) if "id_card_portrait" in slots else (),
    )


def _good_pdf(case: Case, slot: str) -> PdfFacts:
    thesis, name = case.form.thesis.title, case.form.personal.name
    cover = f"{_HEADINGS[slot]}\n题目：{thesis}\n姓名：{name}\n二〇二五年十一月"
    pages = 42 if slot == "thesis_document" else 4
    return PdfFacts(
        pages=pages,
        pages_loaded=pages,
        pages_with_text=pages,
        characters=pages * 520,
        first_pages=(cover, _BODY, _BODY),
    )
