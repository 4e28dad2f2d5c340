"""For each rule on what is printed: cases that it hits, one for each way in which it speaks (see rule_hits)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import make
from degreecheck.rules._rule import Case
from make_facts import good_case, with_good_facts, with_print
from rule_hits import Makes

_OTHER_ID = "500105199508120107"  # a right number, another one
_OTHER_NAME = "唐雨桐"
_COURSES = ("课程代码", "课程名称", "成绩", "合格时间")
_SCORES = tuple((row.code, row.name, row.score, "2020-10") for row in make.perfect_records())


def printed(slot: str, *each: Mapping[str, str]) -> Makes:
    """One case for each set of values that the paper in a slot bears in place of the form's."""
    return tuple(lambda changes=changes: with_print(slot, case=_case_for(slot), **changes) for changes in each)  # type: ignore[misc]


def shown(slot: str, *rows: Any, **more: Any) -> Callable[[], Case]:
    """The good case, on the paper in a slot these rows alone."""
    return lambda: with_print(slot, *rows, case=_case_for(slot), **more)


def _case_for(slot: str) -> Case:
    if slot == "graduation_certificate":
        files = {**make.perfect_form().materials, slot: ("materials/毕业证.jpg",)}
        return with_good_facts(make.perfect_case({"materials": files}))
    if slot == "english_two_score":
        return english_two()
    if slot == "transcript":
        files = {slot: paths for slot, paths in make.perfect_form().materials.items() if slot != "registration_page"}
        return good_case({"materials": files})
    return good_case()


def english_two() -> Case:
    """The good case of somebody whose language proof is 英语（二）."""
    language = {"language.route": "english_two", "language.certificate_number": make.DIPLOMA_NUMBER}
    return with_good_facts(make.perfect_case(language))


def with_certificate() -> Case:
    """The good case, with the graduation certificate."""
    return _case_for("graduation_certificate")


def _one_score(score: str) -> tuple[tuple[str, ...], ...]:
    rows = list(_SCORES)
    rows[4] = (*rows[4][:2], score, rows[4][3])
    return tuple(rows)


HITS: dict[str, Makes] = {
    "MAT301": (shown("exam_permit", "高等教育自学考试课程成绩单", _COURSES, *_SCORES),),
    "XCK101": printed("id_card_portrait", {"id_number": _OTHER_ID}),
    "XCK102": printed("id_card_portrait", {"name": _OTHER_NAME}),
    "XCK103": printed("id_card_emblem", {"valid": "2006.04.17-2026.04.17"}),
    "XCK201": printed("exam_permit", {"exam_number": "010517200199"}),
    "XCK202": printed("exam_permit", {"name": _OTHER_NAME}),
    "XCK301": printed("transcript", {"name": _OTHER_NAME}, {"exam_number": "010517200199"}),
    "XCK302": (
        shown("transcript", "课程成绩单", _COURSES, *_SCORES),
        shown("transcript", "个人信息", "姓名：林小满", "性别：女", f"身份证号：{make.ID_NUMBER}"),
    ),
    "XCK303": (shown("transcript", "姓名：林小满", _COURSES, *_one_score("67")),),
    "XCK401": printed("language_certificate", {"certificate_number": "171150010100199"}),
    "XCK402": printed("english_two_score", {"unified": "校考"}),
    "XCK403": (shown("degree_exam_sheet", "学位外语考试证书编号说明", "姓名：林小满", f"身份证号：{make.ID_NUMBER}"),),
    "XCK404": printed("language_certificate", {"name": _OTHER_NAME}, {"id_number": _OTHER_ID}),
    "XCK501": printed("graduation_certificate", {"graduation_date": "2024年6月30日"}),
    "XCK502": printed("graduation_certificate", {"name": _OTHER_NAME}),
    "XCK503": printed("graduation_certificate", {"major": "汉语言文学"}),
}

# Rules that have nothing to say about the perfect applicant: a case in which they look and find nothing.
SILENT: dict[str, Callable[[], Case]] = {
    "XCK402": english_two,
    "XCK501": with_certificate,
    "XCK502": with_certificate,
    "XCK503": with_certificate,
}
