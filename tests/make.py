"""Cases for tests of rules: one faultless applicant, made by hand, and what a judgement says when something is changed.

    make.expect(make.perfect_case({"courses.average_score": "785"}), "CRS", "CRS103")

Everybody here is made up. Every judgement made here also writes each of its findings' sentences in both languages, so
that a text without its values cannot pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from degreecheck import check, pack, text
from degreecheck.clock import SCHOOL_TIME
from degreecheck.form import (
    AdvisorContacts,
    Confirmations,
    CourseRecord,
    Courses,
    Form,
    Institution,
    Language,
    OnlyAsked,
    PartialDate,
    Personal,
    Submission,
    Thesis,
    with_value,
)
from degreecheck.pack import Pack
from degreecheck.report import Finding, Report
from degreecheck.rules._rule import Case, ListedPath

NOW = datetime(2026, 4, 18, 12, tzinfo=SCHOOL_TIME)  # inside the window of the perfect form
ID_NUMBER = "500105199508120123"  # a woman born on 1995-08-12, check digit right
MOBILE = "13800001234"
EXAM_NUMBER = "010517200123"
DIPLOMA_NUMBER = "6550" + EXAM_NUMBER + "4"
CET_NUMBER = "1711" + "500101" + "00123"  # June 2017, CET-4

# Code, name, score, passed in. The twenty courses sum up to 1567: the average is 78.35, with the thesis 78.71.
_COURSES = (
    ("03708", "中国近现代史纲要", "81", "2017-10"),
    ("03709", "马克思主义基本原理概论", "74", "2017-10"),
    ("00015", "英语（二）", "66", "2018-04"),
    ("04183", "概率论与数理统计（经管类）", "72", "2018-04"),
    ("04184", "线性代数（经管类）", "69", "2018-10"),
    ("00051", "管理系统中计算机应用", "83", "2018-10"),
    ("00054", "管理学原理", "88", "2019-04"),
    ("00067", "财务管理学", "76", "2019-04"),
    ("00149", "国际贸易理论与实务", "79", "2019-10"),
    ("00150", "金融理论与实务", "84", "2019-10"),
    ("00151", "企业经营战略", "90", "2020-08"),
    ("00152", "组织行为学", "86", "2020-08"),
    ("00153", "质量管理（一）", "77", "2020-10"),
    ("00154", "企业管理咨询", "82", "2021-04"),
    ("00009", "政治经济学（财经类）", "71", "2021-04"),
    ("00055", "企业会计学", "78", "2021-10"),
    ("00058", "市场营销学", "85", "2022-04"),
    ("00147", "人力资源管理（一）", "80", "2022-10"),
    ("00145", "生产与作业管理", "73", "2023-04"),
    ("00144", "企业管理概论", "73", "2023-10"),
)
AVERAGE = "78.35"
AVERAGE_WITH_THESIS = "78.71"
THESIS_ROW = len(_COURSES)  # its index
THESIS_SCORE = "86"

_FILES = {
    "thesis_document": "论文.pdf",
    "similarity_report": "查重报告.pdf",
    "proposal_report": "开题报告.pdf",
    "task_book": "任务书.pdf",
    "photo": "照片.jpg",
    "id_card_portrait": "身份证人像面.jpg",
    "id_card_emblem": "身份证国徽面.jpg",
    "exam_permit": "准考证.jpg",
    "transcript": "成绩单.jpg",
    "language_certificate": "四级成绩单.jpg",
    # for the other routes, so that a test may change the route alone
    "english_two_score": "英语二成绩截图.jpg",
    "registration_page": "考籍档案基本信息.jpg",
    "degree_exam_sheet": "学位外语说明.jpg",
}


def perfect_form() -> Form:
    """A self-study applicant who has everything right: 20 courses and the thesis, CET-4, all materials listed."""
    return Form(
        applicant_type="self_study",
        self_study_channel="assisted",
        personal=Personal(
            name="林小满",
            id_number=ID_NUMBER,
            birth_date=PartialDate(1995, 8, 12),
            sex="female",
            mobile=MOBILE,
            exam_number=EXAM_NUMBER,
        ),
        institution=Institution(
            school="重庆科技大学",
            entry_date=PartialDate(2017, 10),
            graduation_date=PartialDate(2025, 12, 30),
            diploma_number=DIPLOMA_NUMBER,
        ),
        courses=Courses(major="工商管理", average_score=AVERAGE, thesis_score=THESIS_SCORE, records=perfect_records()),
        thesis=Thesis(
            title="社区生鲜店的库存管理研究",
            research_direction="供应链管理",
            keywords=("生鲜零售", "库存管理", "供应链"),
            advisor="何清越",
            advisor_contacts=AdvisorContacts(mobile="13900005678"),
        ),
        language=Language(route="cet4", certificate_number=CET_NUMBER, score="452"),
        materials={slot: (f"materials/{name}",) for slot, name in _FILES.items()},
        confirmations=Confirmations(
            photo_recent=True, photo_bareheaded=True, photo_unretouched=True, paper_photo_same=True, truthful=True
        ),
        submission=Submission(
            window_opens=datetime(2026, 4, 15, 8, tzinfo=SCHOOL_TIME),
            window_closes=datetime(2026, 4, 24, 23, 59, tzinfo=SCHOOL_TIME),
        ),
    )


def perfect_records() -> tuple[CourseRecord, ...]:
    """The perfect form's courses, the thesis last."""
    rows = [record(name, score, code=code, passed_on=passed_on) for code, name, score, passed_on in _COURSES]
    return (*rows, record("毕业论文", THESIS_SCORE, code="07999", passed_on="2024-05"))


def record(name: str, score: str, **more: Any) -> CourseRecord:
    """One course row."""
    return CourseRecord(name=name, score=score, **more)


def records(*scores: str, thesis: str | None = THESIS_SCORE) -> tuple[CourseRecord, ...]:
    """Courses with these scores and names of their own, then the thesis unless it is None."""
    rows = tuple(record(f"课程{index:02d}", score, code=f"9{index:04d}") for index, score in enumerate(scores))
    return rows if thesis is None else (*rows, record("毕业论文", thesis, code="07999"))


def records_with(index: int, **changes: Any) -> tuple[CourseRecord, ...]:
    """The perfect form's records with one row changed."""
    rows = list(perfect_records())
    rows[index] = rows[index].model_copy(update=changes)
    return tuple(rows)


def adult_form() -> Form:
    """An adult-education applicant who has everything right, on the same courses."""
    return changed(
        perfect_form(),
        {
            "applicant_type": "adult_education",
            "self_study_channel": None,
            "personal.exam_number": "",
            "personal.student_number": "2021-0456",
            "institution.entry_date": PartialDate(2017, 3, 1),
            "institution.diploma_number": "11551" + "5" + "2025" + "05" + "000321",
        },
    )


def changed(form: Form, changes: Mapping[str, object]) -> Form:
    """The form with the fields at these dotted paths changed."""
    for path, value in changes.items():
        form = with_value(form, path, value)
    return form


def case(form: Any, *, pack: Pack | None = None, now: datetime = NOW, **more: Any) -> Case:
    """A case in which every listed file is there and none was looked at. ``form`` may be an OnlyAsked view of one."""
    listed = tuple(ListedPath(slot, path, path) for slot, paths in form.materials.items() for path in paths)
    source = "roster" if isinstance(form, OnlyAsked) else "file"
    return Case(**{"form": form, "pack": pack or school(), "now": now, "listed": listed, "form_source": source, **more})


def perfect_case(changes: Mapping[str, object] | None = None, **more: Any) -> Case:
    """The perfect applicant's case with some fields changed; ``more`` as for `case`."""
    return case(changed(perfect_form(), changes or {}), **more)


def adult_case(changes: Mapping[str, object] | None = None, **more: Any) -> Case:
    """The perfect adult-education applicant's case with some fields changed."""
    return case(changed(adult_form(), changes or {}), **more)


def school(changes: Mapping[str, object] | None = None) -> Pack:
    """The pack cqust, changed at dotted paths: {"average.non_numeric": "exclude"}."""
    if not changes:
        return pack.find("cqust")
    data = pack.find("cqust").model_dump()
    for path, value in (changes or {}).items():
        *parts, last = path.split(".")
        table = data
        for part in parts:
            table = table[part]
        table[last] = value
    return Pack.model_validate(data)


def report(judged: Case) -> Report:
    """The report on a case; no rule may have crashed, and every finding must have its sentences."""
    made = check.judge(judged)
    assert not [result for result in made.results if result.outcome == "crashed"]
    for finding in made.findings:
        for language in text.LANGUAGES:
            texts = text.load(language)
            for sentence in (finding.title(texts), finding.message(texts), finding.fix(texts)):
                assert sentence.strip()
    return made


def findings(judged: Case, code: str) -> list[Finding]:
    """What one rule found."""
    return [finding for finding in report(judged).findings if finding.code == code]


def finding(judged: Case, code: str) -> Finding:
    """The only finding of a rule."""
    (only,) = findings(judged, code)
    return only


def codes(judged: Case, *families: str) -> set[str]:
    """The codes of all findings, or of those of some families ("CRS")."""
    return {found.code for found in report(judged).findings if not families or found.code[:3] in families}


def errors(judged: Case) -> set[str]:
    """The codes of all findings that are errors."""
    return {found.code for found in report(judged).findings if found.severity == "error"}


def expect(judged: Case, family: str, *expected: str) -> None:
    """The family's findings have exactly these codes, and no other family finds an error."""
    assert codes(judged, family) == set(expected)
    assert errors(judged) <= set(expected)


def reasons(judged: Case, code: str) -> set[tuple[str, str]]:
    """What became of a rule: ("hit", ""), ("skipped", "after CRS101") …, one for each subject's way."""
    return {(result.outcome, result.reason) for result in report(judged).results if result.code == code}


def sentences(found: Iterable[Finding], language: str = "zh") -> str:
    """All words of some findings, for looking something up in them."""
    texts = text.load(language)
    return "\n".join(f"{one.title(texts)}\n{one.message(texts)}\n{one.fix(texts)}" for one in found)
