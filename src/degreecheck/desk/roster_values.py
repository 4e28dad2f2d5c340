"""What stands in a roster's cells: which are damaged, and the form that a row makes.

A spreadsheet keeps fifteen digits of a number and no leading zero. Such a cell is never taken for what the person
wrote: it is set apart and reported (DSK204), and the field counts as not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from degreecheck.desk.roster_columns import ANY_CONTACT, EITHER_NUMBER
from degreecheck.desk.tables import Day, Number
from degreecheck.form import Form, OnlyAsked, PartialDate, SetAside, parse_date, with_value
from degreecheck.form_file import SEXES
from degreecheck.idnumbers import contact, exam_number, phone, qq, repair
from degreecheck.idnumbers.fold import fold, fold_code
from degreecheck.pack import Pack

Trouble = Literal["scientific", "truncated", "zero_lost", "month_lost"]
_ID, _EXAM, _DIPLOMA = "personal.id_number", "personal.exam_number", "institution.diploma_number"
_CERTIFICATE = "language.certificate_number"
_NUMBERS = (_ID, _EXAM, "personal.student_number", EITHER_NUMBER, _DIPLOMA, _CERTIFICATE, "personal.mobile")
_DATES = ("personal.birth_date", "institution.entry_date", "institution.graduation_date")
_SCORES = ("courses.average_score", "courses.thesis_score", "language.score")
_KEPT_DIGITS = 15
_KEYWORDS = re.compile(r"[;；,，、/|\n]+|\s{2,}")
_TICK = re.compile(r"[^\d]{0,6}|[01]")
_CONTACT_FIELDS = tuple(f"{ANY_CONTACT}.{kind}" for kind in ("mobile", "landline", "email", "qq", "wechat"))

# Which words name which kind of applicant (M1); a cell in which both kinds are named says nothing.
_SELF_STUDY = ("自考", "自学考试", "社会考生", "社考", "助学", "self_study", "self-study", "selfstudy")
_ADULT = ("成教", "成人", "成考", "函授", "业余", "继续教育", "夜大", "adult")
_SOCIAL, _ASSISTED = ("社会", "社考", "social"), ("助学", "assisted")
# Which words name which way to meet the language condition; the pack has the last say on which routes there are.
_ROUTES = (
    ("degree_exam", ("学位外语", "学位英语", "学士学位外语", "degreeexam")),
    ("english_two", ("英语二", "英语(二)", "00015", "englishtwo")),
    ("cet4", ("四级", "4级", "cet4", "cet-4", "cet", "六级", "6级")),
    ("pets", ("pets", "公共英语", "全国英语等级")),
    ("other", ("其他", "其它", "other")),
)


@dataclass(frozen=True, slots=True)
class Damage:
    """A cell that a spreadsheet has changed. ``proposal``: what it may have held, to ask about, never to use."""

    field: str
    trouble: Trouble
    proposal: str = ""


def is_tick(value: str) -> bool:
    """Whether a cell of a numbers' column holds a mark (√, 有, 已交, 1) and no number."""
    return bool(_TICK.fullmatch(value))


def damage_in(values: Mapping[str, str]) -> tuple[Damage, ...]:
    """Every damaged cell of a row. What was typed as a text is judged by the rules, like a form's."""
    found = []
    for field in _NUMBERS:
        value = values.get(field)
        # Of a text only what a number looks like after damage is worth a look: this runs over every row.
        if value and (type(value) is not str or field == _ID or "E" in value or "e" in value):
            found.append(_number_damage(field, value))
    found += [_date_damage(field, values[field]) for field in _DATES if type(values.get(field)) is Number]
    return tuple(damage for damage in found if damage is not None)


def _number_damage(field: str, value: str) -> Damage | None:
    stored = isinstance(value, Number)
    if ("e" in value or "E" in value) and repair.is_scientific(value):
        return Damage(field, "scientific")
    digits = value.removesuffix(".0") if stored else value
    if stored and len(digits) > _KEPT_DIGITS:
        return Damage(field, "truncated")
    if field == _ID and len(value) == 18 and repair.looks_truncated(value):  # the damage was done before it became text
        return Damage(field, "truncated")
    if stored and field in (_EXAM, EITHER_NUMBER) and len(digits) == exam_number.LENGTH - 1:
        return Damage(field, "zero_lost", exam_number.restored_zero(digits) or "")
    return None


def _date_damage(field: str, value: str) -> Damage | None:
    # 2019.10 typed as a number is kept as 2019.1, and so is 2019.1.
    return Damage(field, "month_lost", f"{value[:4]}-10") if re.fullmatch(r"\d{4}\.1", value) else None


# --------------------------------------------------------------------------------------------------------- the form


def form_of(
    values: Mapping[str, str], fields: frozenset[str], pack: Pack, materials: Mapping[str, Sequence[str]] | None = None
) -> Any:
    """The form that a row makes, as `OnlyAsked`: a field without a column, or with a damaged cell, is not asked for.

    ``materials``: what the files' names say. A cell that is not of its field's kind is set aside, as in a file
    (SYS101).
    """
    form = Form(pack=pack.id, materials={slot: tuple(files) for slot, files in (materials or {}).items()})
    routes = frozenset(pack.routes)
    asked: set[str] = set()
    aside: list[SetAside] = []
    for field in fields:
        value = values.get(field, "")
        for path, read in _read(field, value, values, routes):
            asked.add(path)
            if isinstance(read, SetAside):
                aside.append(read)
            elif read is not None:
                form = with_value(form, path, read)
    return OnlyAsked(form.model_copy(update={"set_aside": tuple(aside)}), frozenset(asked))


def _read(field: str, value: str, values: Mapping[str, str], routes: frozenset[str]) -> list[tuple[str, Any]]:
    """The fields that one cell fills, each with its value; None leaves the field blank."""
    if field == EITHER_NUMBER:
        return _either_number(value, values.get("applicant_type", ""))
    if field == ANY_CONTACT:
        return _contact(value)
    if field == "applicant_type":
        kind, channel = applicant_type(value)
        if kind is None:
            return []
        return [(field, kind), *([("self_study_channel", channel)] if channel else [])]
    if not value:
        return [(field, None)]
    if field in _DATES:
        return [(field, _date(field, value))]
    if field == "personal.sex":
        return [(field, SEXES.get(fold(value).text.lower(), SetAside(field=field, value=value)))]
    if field == "language.route":
        return [(field, route_of(value, routes))]
    if field == "thesis.keywords":
        return [(field, tuple(word.strip() for word in _KEYWORDS.split(value) if word.strip()))]
    if field in _SCORES and isinstance(value, Number):
        return [(field, _two_places(value) if field == "courses.average_score" else str(value))]
    return [(field, str(value))]


def _two_places(number: str) -> str:
    """An average that was typed as a number: a spreadsheet cannot keep the zero of 78.50."""
    whole, _, places = number.partition(".")
    return f"{whole}.{places:0<2}" if len(places) < 2 and whole.isdecimal() else str(number)


def _date(field: str, value: str) -> PartialDate | SetAside:
    text = value[:10] if isinstance(value, Day) else re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2})?$", "", value)
    try:
        return parse_date(text)
    except ValueError:
        return SetAside(field=field, value=str(value))


def _either_number(value: str, kind: str) -> list[tuple[str, Any]]:
    named, _ = applicant_type(kind)
    is_exam = exam_number.is_valid(value) if named is None else named == "self_study"
    path = _EXAM if is_exam else "personal.student_number"
    return [(path, str(value))] if value or named else []


def _contact(value: str) -> list[tuple[str, Any]]:
    kinds = (("mobile", phone.is_mobile), ("email", contact.is_email), ("landline", phone.is_landline),
             ("qq", qq.is_valid), ("wechat", contact.is_wechat))  # fmt: skip
    kind = next((name for name, fits in kinds if fits(value)), "mobile")
    return [(path, str(value) if path.endswith(f".{kind}") else None) for path in _CONTACT_FIELDS]


def applicant_type(value: str) -> tuple[str | None, str | None]:
    """The kind of applicant that a cell names, and of a self-study applicant the channel; None where it names none."""
    text = fold_code(value).text.lower()
    self_study, adult = (any(word in text for word in words) for words in (_SELF_STUDY, _ADULT))
    if self_study is adult:
        return None, None
    if adult:
        return "adult_education", None
    social, assisted = (any(word in text for word in words) for words in (_SOCIAL, _ASSISTED))
    return "self_study", None if social is assisted else "social" if social else "assisted"


def route_of(value: str, routes: frozenset[str]) -> str | SetAside:
    """The pack's route that a cell names."""
    text = fold_code(value).text.lower()
    if text in routes:
        return text
    named = [route for route, words in _ROUTES if route in routes and any(word in text for word in words)]
    if len(named) == 1:
        return named[0]
    return SetAside(field="language.route", value=str(value))
