"""For each rule on files: cases that it hits, one for each way in which it speaks (see rule_hits)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import make
from degreecheck.facts import Border, Face, PdfFacts, SimilarityFigure
from degreecheck.rules._rule import Case, ListedPath
from make_facts import (
    PHOTO,
    good_case,
    good_facts,
    not_checked,
    unreadable,
    with_background,
    with_file,
    with_paper,
    with_photo,
    with_photo_picture,
    with_scan,
)
from rule_hits import Makes

LEFT = (0.02, 0.2, 0.3, 0.5)
MIDDLE = (0.28, 0.25, 0.72, 0.60)


def photo(*each: dict[str, Any]) -> Makes:
    """One case for each set of changed measurements of the photo."""
    return tuple(lambda changes=changes: with_photo(**changes) for changes in each)  # type: ignore[misc]


def background(*each: dict[str, Any]) -> Makes:
    return tuple(lambda changes=changes: with_background(**changes) for changes in each)  # type: ignore[misc]


def scan(slot: str, *each: dict[str, Any]) -> Makes:
    return tuple(lambda changes=changes: with_scan(slot, **changes) for changes in each)  # type: ignore[misc]


def paper(slot: str, *each: dict[str, Any]) -> Makes:
    return tuple(lambda changes=changes: with_paper(slot, **changes) for changes in each)  # type: ignore[misc]


def file(slot: str, *each: dict[str, Any]) -> Makes:
    return tuple(lambda changes=changes: with_file(slot, **changes) for changes in each)  # type: ignore[misc]


def failed(slot: str, *reasons: str) -> Makes:
    """One case for each reason for which the file in a slot cannot be read."""
    return tuple(lambda reason=reason: unreadable(slot, reason) for reason in reasons)  # type: ignore[misc]


def without(*slots: str) -> Callable[[], Case]:
    def make_case() -> Case:
        materials = make.perfect_form().materials
        return good_case({"materials": {slot: paths for slot, paths in materials.items() if slot not in slots}})

    return make_case


def school(**limits: Any) -> Callable[[], Case]:
    """The good case at a school with these limits, "__" for the dots of their keys."""
    return lambda: good_case(pack=make.school({key.replace("__", "."): limit for key, limit in limits.items()}))


def _face(*box: float) -> Face:
    return Face(box=box, support=40)  # type: ignore[arg-type]


def _two_pages(**changes: Any) -> Callable[[], Case]:
    """The good case, the transcript a PDF of two pages, something wrong on the second."""

    def make_case() -> Case:
        case = good_case()
        (first,) = case.scan("materials/成绩单.jpg")
        pages = (first, first.model_copy(update=changes))
        return with_file("transcript", type="pdf", image=None, pdf=PdfFacts(pages=2, pages_loaded=2), scan=pages)

    return make_case


def _same_content() -> Case:
    return with_file("id_card_portrait", sha256=good_case().file(PHOTO).sha256)


def _gone(*, no_file: bool = False) -> Case:
    case = make.perfect_case()
    gone = ListedPath("other", "materials/gone.jpg", "materials/gone.jpg", exists=False, no_file=no_file)
    listed = (*case.listed, gone)
    return replace(case, listed=listed, facts=good_facts(case))


def _unsure(slot: str) -> Callable[[], Case]:
    """Nothing is in the slot, and a file may be for it."""
    return lambda: replace(without(slot)(), unassigned=("1.jpg",), unsure={"1.jpg": (slot,)})


def _similarity(percent: str) -> Case:
    figures = (SimilarityFigure(label="总文字复制比", percent=Decimal(percent), total=True),)
    limited = make.school({"documents.similarity_percent": 30})
    return with_paper("similarity_report", case=good_case(pack=limited), similarity=figures)


_BLANK = {"pages_with_text": 0, "characters": 0, "first_pages": ("",)}
_WHITE = {"colour": "white", "lightness": 96, "chroma": 2, "hue": 90, "blue_share": 0, "edge_bluish_share": 0}
_OTHER_TITLE = "开题报告\n题目：城市夜间公交线网的优化设计\n姓名：林小满"
_NEAR_TITLE = "开题报告\n题目：社区生鲜店的库存管理探究\n姓名：林小满"
_OTHER_NAME = "开题报告\n题目：社区生鲜店的库存管理研究\n姓名：江一帆"
_ANOTHERS = "开题报告\n题目：城市夜间公交线网的优化设计\n姓名：江一帆"
_OTHER_PAPER = "任务书\n题目：社区生鲜店的库存管理研究\n姓名：林小满"
_BODY = good_case().pdf("materials/论文.pdf").first_pages[1]

HITS: dict[str, Makes] = {
    "PHO101": (without("photo"), _unsure("photo")),
    "PHO102": failed("photo", "damaged", "still_downloading"),
    "PHO103": file("photo", {"type": "pdf", "image": None, "photo": None}, {"type": "heic"}),
    "PHO104": file("photo", {"type": "png"}),
    "PHO201": photo({"width": 350, "height": 490}, {"width": 295, "height": 413}),
    "PHO202": photo({"width": 300, "height": 579}, {"width": 579, "height": 579}),
    "PHO203": photo({"width": 480, "height": 640}, {"width": 413, "height": 500}),
    "PHO204": (lambda: with_photo_picture(orientation=6),),
    "PHO205": (school(slots__photo__max_bytes=20_480), school(slots__photo__min_bytes=102_400)),
    "PHO206": photo({"turned": 90, "turned_certainly": True}, {"turned": 180, "turned_certainly": True}),
    "PHO301": photo({"grey": True}, {"one_tint": True}),
    "PHO302": background(
        _WHITE,
        {**_WHITE, "coverage": 0.3},
        {"colour": "purple", "hue": 300, "chroma": 40, "blue_share": 0.2},
    ),
    "PHO303": background({"unevenness": 30}, {"blotches": (LEFT,)}, {"fade": 40}),
    "PHO304": background({"side_difference": -25}),
    "PHO305": photo({"borders": (Border(side="left", width=0.02, colour="white", box=(0, 0, 0.02, 1)),)}),
    "PHO401": photo({"faces": ()}),
    "PHO402": photo({"faces": (_face(*MIDDLE), _face(*LEFT))}),
    "PHO403": photo({"head_height": 0.2}, {"head_height": 0.9}),
    "PHO404": photo({"faces": (_face(*LEFT),)}),
    "PHO405": photo({"tilt": -17}),
    "PHO501": photo({"blur": 0.03}, {"blur": 0.03, "measured_on_face": False}),
    "PHO502": photo({"face_lightness": 12, "face_highlights": 20, "picture_highlights": 40}),
    "PHO503": photo({"burnt_share": 0.4}),
    "PHO504": photo({"blockiness": 9}),
    "PHO601": (lambda: with_photo_picture(taken_on=date(2019, 5, 1)),),
    "PHO602": (lambda: good_case({"confirmations.photo_recent": False}),),
    "MAT101": (
        without("thesis_document"),
        without("exam_permit"),
        without("transcript", "registration_page"),
        _unsure("id_card_portrait"),
    ),
    "MAT102": failed("transcript", "damaged", "still_downloading"),
    "MAT103": (
        *file("transcript", {"type": "zip", "image": None, "scan": None}, {"type": "heic"}),
        *file("task_book", {"type": "jpeg", "pdf": None}),
        school(slots__transcript__types=["pdf"]),
    ),
    "MAT104": file("transcript", {"type": "png"}),
    "MAT105": (
        school(slots__thesis_document__max_bytes=102_400),
        school(slots__transcript__max_bytes=102_400),
        school(slots__transcript__min_bytes=2_048_000),
    ),
    "MAT201": (_same_content,),
    "MAT202": (lambda: good_case(unassigned=("微信图片20260401.jpg",)),),
    "MAT203": (_gone, lambda: _gone(no_file=True)),
    "SCN101": scan("transcript", {"width": 280}, {"width": 700, "text_height": 8}),
    "SCN102": (*scan("transcript", {"blur": 9}), _two_pages(blur=9)),
    "SCN103": (*scan("transcript", {"paper_level": 0.2}), _two_pages(paper_level=0.2)),
    "SCN104": (*scan("transcript", {"ink_contrast": 0.1}), _two_pages(ink_contrast=0.1)),
    "SCN105": scan("transcript", {"glare": (LEFT,)}),
    "SCN106": scan("transcript", {"orientation": "on_side"}, {"orientation": "upside_down"}),
    "SCN107": scan("transcript", {"skew": -9}),
    "SCN108": scan("transcript", {"cut_sides": ("left", "bottom")}),
    "SCN201": scan("language_certificate", {"seals": ()}),
    "SCN202": scan("language_certificate", {"grey": True, "seals": ()}),
    "DOC101": (*failed("task_book", "encrypted"), *paper("task_book", {"opens_without_password": True})),
    "DOC102": (*failed("task_book", "empty"), *paper("task_book", {**_BLANK, "pages_blank": 4})),
    "DOC103": paper("task_book", _BLANK),
    "DOC104": (school(documents__thesis_pages=60), school(documents__thesis_characters=50_000)),
    "DOC105": paper(
        "task_book", {"pages_broken": 2}, {"images_broken": 3}, {"cut_off": True}, {"word": True, "parts_broken": 1}
    ),
    "DOC106": paper("task_book", {"portfolio": True, "attachments": 3}),
    "DOC201": paper(
        "proposal_report",
        {"first_pages": (_OTHER_TITLE, _BODY)},
        {"first_pages": (_NEAR_TITLE, _BODY)},
        {"first_pages": (_ANOTHERS, _BODY)},
    ),
    "DOC202": paper("proposal_report", {"first_pages": (_OTHER_NAME, _BODY)}),
    "DOC203": paper("proposal_report", {"first_pages": (_OTHER_PAPER, _BODY)}),
    "DOC204": paper(
        "proposal_report",
        {"word": True, "macros": True},
        {"attachments": 1, "programs": 1},
        {"scripts": True},
        {"word": True, "remote_template": True},
    ),
    "DOC205": (lambda: _similarity("31.5"),),
    "SYS201": (lambda: not_checked("transcript", "timed_out"),),
    "SYS202": (lambda: not_checked("transcript", "died"),),
}

# Rules that have nothing to say about the perfect applicant: a case in which they look and find nothing.
SILENT: dict[str, Callable[[], Case]] = {
    "DOC104": school(documents__thesis_pages=40, documents__thesis_characters=20_000),
    "DOC205": lambda: _similarity("29.9"),
}
