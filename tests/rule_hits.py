"""For each rule on the form: cases that it hits, one for each way in which it speaks (on files: rule_hits_files).

Every case is the perfect applicant's with one thing changed; what else then hits is for the rules' own tests to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import make
from degreecheck.clock import parse_moment
from degreecheck.form import AdvisorContacts, PartialDate, SetAside
from degreecheck.idnumbers import resident_id
from degreecheck.rules._rule import Case, ListedPath

Makes = tuple[Callable[[], Case], ...]

NAME, ID, BORN = "personal.name", "personal.id_number", "personal.birth_date"
AVERAGE, THESIS, RECORDS = "courses.average_score", "courses.thesis_score", "courses.records"
ENTRY, GRADUATION = "institution.entry_date", "institution.graduation_date"
ROUTE, CERTIFICATE = "language.route", "language.certificate_number"
CONTACTS = "thesis.advisor_contacts"
MARKED = make.records_with(5, score="优")


def self_study(field: str, *values: object, **also: Any) -> Makes:
    """One case for each value of a field."""
    return tuple(changed({field: value}, **also) for value in values)


def changed(changes: Mapping[str, object], **more: Any) -> Callable[[], Case]:
    return lambda: make.perfect_case(changes, **more)


def adult(field: str, *values: object) -> Makes:
    return tuple(lambda value=value: make.adult_case({field: value}) for value in values)  # type: ignore[misc]


def averages(*given: tuple[str, object], pack: Mapping[str, object] | None = None) -> Makes:
    return tuple(changed({AVERAGE: average, RECORDS: rows}, pack=make.school(pack)) for average, rows in given)


def certificates(route: str, *numbers: str, **changes: object) -> Makes:
    return tuple(changed({ROUTE: route, CERTIFICATE: number, **changes}) for number in numbers)


def contacts(**given: str) -> Callable[[], Case]:
    return changed({CONTACTS: AdvisorContacts(**given)})


def number(seventeen: str) -> str:
    """A made-up ID number with the right check character."""
    return seventeen + resident_id.check_character(seventeen)


def at(moment: str, **changes: object) -> Callable[[], Case]:
    fields = {f"submission.{name}": value for name, value in changes.items()}
    return changed(fields, now=parse_moment(moment))


def conditions(**figures: object) -> Callable[[], Case]:
    return changed({}, pack=make.school({f"conditions.{name}": figure for name, figure in figures.items()}))


def _outside() -> Case:
    return replace(make.perfect_case(), listed=(ListedPath("other", "../a.jpg", unsafe="parent", exists=False),))


_WITHOUT_THESIS = make.perfect_records()[: make.THESIS_ROW]
_THIRDS = make.records("78", "79", "79")
_ENGLISH_TWO = {ROUTE: "english_two"}
_WRONG_CHECK = make.ID_NUMBER[:-1] + "4"

HITS: dict[str, Makes] = {
    "IDN101": self_study(NAME, ""),
    "IDN102": self_study(NAME, "林小满2", "林\n小满", "林" * 51, "林小Man"),
    "IDN103": self_study(NAME, "林 小满"),
    "IDN200": self_study("personal.id_document", "other"),
    "IDN201": self_study(ID, ""),
    "IDN202": self_study(ID, make.ID_NUMBER[:-1], "500105950812012", "CHN500105950812", "5.00105E+17"),
    "IDN203": (changed({ID: "5001051995O8120123"}), changed({ID: "5001051995O8120123", BORN: None})),
    "IDN204": (
        changed({ID: _WRONG_CHECK}),
        changed({ID: _WRONG_CHECK, BORN: None}),
        changed({ID: "500105199508121000"}),
    ),
    "IDN205": self_study(ID, "500105199513120123", "500105299508120123"),
    "IDN206": self_study(ID, number("50010520150812012")),
    "IDN207": self_study(ID, number("19010519950812012")),
    "IDN208": self_study(ID, "500105 19950812 0123"),
    "IDN301": self_study(BORN, PartialDate(1995, 8, 21)),
    "IDN302": self_study("personal.sex", "male"),
    "IDN401": self_study("personal.mobile", ""),
    "IDN402": self_study("personal.mobile", "12800001234"),
    "IDN501": self_study("personal.exam_number", ""),
    "IDN502": self_study(
        "personal.exam_number", "0105172001", make.ID_NUMBER, make.MOBILE, "10517200123", "1.05172E+10"
    ),
    "IDN503": self_study("personal.exam_number", "010517300123"),
    "IDN511": adult("personal.student_number", ""),
    "IDN512": adult("personal.student_number", "学号 20210456"),
    "SCH101": self_study("institution.school", ""),
    "SCH102": self_study("institution.school", "重庆大学"),
    "SCH201": self_study("courses.major", ""),
    "SCH202": (changed({}, pack=make.school({"majors": ["会计学"]})),),
    "SCH301": (*self_study(ENTRY, None), *adult(ENTRY, None)),
    "SCH302": self_study(ENTRY, PartialDate(2018, 4), PartialDate(2016, 4)),
    "SCH303": adult(ENTRY, PartialDate(2017, 9, 1)),
    "SCH401": self_study(GRADUATION, None),
    "SCH402": self_study(GRADUATION, PartialDate(2017, 6, 30)),
    "SCH403": self_study(GRADUATION, PartialDate(2026, 6, 30)),
    "SCH404": self_study(GRADUATION, PartialDate(2019, 6, 30)),
    "SCH501": self_study(GRADUATION, PartialDate(2023, 6, 30)),
    "CRS101": averages(("", make.perfect_records()), ("", ())),
    "CRS102": averages(("78.350", make.perfect_records()), ("７８.35", make.perfect_records())),
    "CRS103": averages(("783.5", make.perfect_records())),
    "CRS104": averages(("良好", make.perfect_records())),
    "CRS201": averages((make.AVERAGE_WITH_THESIS, make.perfect_records()), ("78.50", MARKED)),
    "CRS202": averages(
        ("78.66", _THIRDS), ("78.66", (*make.records("78", "79"), make.record("课程01", "79", code="90001")))
    ),
    "CRS203": (
        *averages(*((average, make.perfect_records()) for average in ("71.00", "79.05", "78.21", "74.62"))),
        *averages(("71.00", MARKED), ("78.11", make.records_with(5, kind="transferred"))),
        *averages(("71.00", make.records_with(5, score="合格"))),
        *averages(("78.95", MARKED), pack={"average.non_numeric": "exclude"}),
        *averages(("71.00", MARKED), pack={"average.non_numeric": {"优": Decimal(90)}}),
    ),
    "CRS204": averages(
        ("78.35", ()), ("78.35", (make.record("毕业论文", "86"),)), ("78.35", make.records(*["80"] * 500))
    ),
    "CRS301": (changed({THESIS: ""}), changed({THESIS: "", RECORDS: ()})),
    "CRS302": self_study(THESIS, "186", "优"),
    "CRS303": (
        changed({THESIS: "85"}),
        changed({RECORDS: make.records_with(make.THESIS_ROW, score="优")}),
    ),
    "CRS304": (changed({THESIS: "8", RECORDS: ()}),),
    "CRS401": self_study(RECORDS, _WITHOUT_THESIS, make.records_with(make.THESIS_ROW, name="毕业综合实践")),
    "CRS402": self_study(RECORDS, make.records_with(5, is_thesis=True)),
    "CRS403": (
        *averages(("78.11", MARKED), ("78.11", make.records_with(5, score="合格"))),
        *averages(("78.70", MARKED), pack={"average.non_numeric": {"优": Decimal(90)}}),
        *averages(("78.11", MARKED), pack={"average.non_numeric": "exclude"}),
    ),
    "CRS404": self_study(RECORDS, make.records_with(5, score="830")),
    "CRS405": self_study(RECORDS, make.records_with(5, score="38")),
    "CRS406": self_study(RECORDS, make.records_with(5, name="英语（二）")),
    "CRS407": self_study(RECORDS, make.records_with(5, score="")),
    "THS101": self_study("thesis.title", ""),
    "THS102": self_study("thesis.research_direction", ""),
    "THS103": self_study("thesis.keywords", ()),
    "THS104": self_study("thesis.advisor", ""),
    "THS201": self_study("thesis.keywords", ("库存", "生鲜"), tuple("甲乙丙丁戊己庚辛壬")),
    "THS202": self_study("thesis.title", "《社区生鲜店的库存\n管理研究》。"),
    "THS301": (contacts(),),
    "THS302": (
        contacts(mobile="1390000567"),
        contacts(landline="六五零二二一三零"),
        contacts(email="he.qingyue.example.cn"),
        contacts(qq="12"),
        contacts(wechat="何老师"),
        contacts(qq="heqingyue@example.cn"),
    ),
    "THS303": (contacts(mobile=make.MOBILE),),
    "LNG101": self_study(ROUTE, ""),
    "LNG102": (*adult(ROUTE, "english_two"), *self_study(ROUTE, "ielts")),
    "LNG201": (*certificates("cet4", ""), *certificates("degree_exam", ""), *certificates("other", "")),
    "LNG202": (*certificates("cet4", "1" * 20), *certificates("pets", make.CET_NUMBER)),
    "LNG203": (
        *certificates("cet4", "X" + make.CET_NUMBER[1:], "1.71150E+14"),
        changed({CERTIFICATE: "X" + make.CET_NUMBER[1:]}, pack=make.school({"routes.cet4.other_route": None})),
    ),
    "LNG204": certificates("cet4", "500101" + "17" + "1" + "1" + "123" + "05"),
    "LNG205": certificates("cet4", "1712" + "500101" + "00123"),
    "LNG206": certificates("english_two", "75" + make.DIPLOMA_NUMBER[2:], "66" + make.DIPLOMA_NUMBER[2:]),
    "LNG207": (changed({**_ENGLISH_TWO, CERTIFICATE: make.DIPLOMA_NUMBER, "personal.exam_number": "010517200124"}),),
    "LNG208": (
        *certificates("degree_exam", make.ID_NUMBER, make.MOBILE),
        *certificates("english_two", make.EXAM_NUMBER),
    ),
    "LNG209": tuple(
        changed({**_ENGLISH_TWO, CERTIFICATE: make.DIPLOMA_NUMBER, RECORDS: rows})
        for rows in (
            (*make.perfect_records()[:2], *make.perfect_records()[3:]),
            make.records_with(2, score="", kind="exempt"),
            make.records_with(2, score="56"),
        )
    ),
    "LNG210": certificates("english_two", "6550" + make.EXAM_NUMBER + "7"),
    "LNG301": (
        *self_study("institution.diploma_number", make.DIPLOMA_NUMBER[:-1]),
        *adult("institution.diploma_number", "1155152025050003", "115515202405000321"),
    ),
    "LNG401": self_study("language.score", "合格", "4520"),
    "CON101": (conditions(average=80),),
    "CON102": (conditions(thesis=90),),
    "CON103": self_study("language.score", "349"),
    "CON104": self_study(GRADUATION, PartialDate(2022, 12, 30), pack=make.school()),
    "CON199": (make.perfect_case,),
    "WIN101": (at("2026-04-14"),),
    "WIN102": (at("2026-04-22"), at("2026-04-24T08:00")),
    "WIN103": (
        at("2026-04-25"),
        at("2026-06-01", status="returned", correction_closes=make.NOW),
    ),
    "WIN104": (
        at("2026-04-18", window_closes=None),
        at("2026-04-18", status="returned"),
    ),
    "DEC101": (changed({"confirmations.truthful": False}, exporting=True),),
    "SYS101": (
        *self_study(
            "set_aside",
            (SetAside(field=NAME, value="3"),),
            (SetAside(field="courses.records[2].score", value="80"),),
        ),
        changed({"materials": {**make.perfect_form().materials, "passport": ("a.jpg",)}}),
    ),
    "SYS102": (
        changed({}, form_unreadable="empty"),
        changed({}, form_unreadable="not_json", form_unreadable_line=12),
    ),
    "SYS103": (_outside,),
    "SYS104": (changed({}, form_source="none"),),
    "SYS301": (changed({}, crashed=(("IDN101", NAME),)),),
}

# Rules that have nothing to say about the perfect applicant: a case in which they look and find nothing.
SILENT: dict[str, Callable[[], Case]] = {
    "IDN511": make.adult_case,
    "IDN512": make.adult_case,
    "SCH303": make.adult_case,
    **dict.fromkeys(
        ("LNG206", "LNG207", "LNG209", "LNG210"), changed({**_ENGLISH_TWO, CERTIFICATE: make.DIPLOMA_NUMBER})
    ),
    "CON199": conditions(average=60, thesis=60),
    "DEC101": changed({}, exporting=True),
}
