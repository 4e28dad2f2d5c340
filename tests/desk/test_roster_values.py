"""Cells: what a spreadsheet did to them, and the form that a row makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
import make_desks
from degreecheck.desk import roster_columns, roster_values
from degreecheck.desk.roster_columns import ANY_CONTACT, EITHER_NUMBER
from degreecheck.desk.roster_values import Damage, damage_in, form_of, is_tick
from degreecheck.desk.tables import Day, Number
from degreecheck.form import NotAsked, PartialDate

ID = "personal.id_number"
EXAM = "personal.exam_number"


@pytest.mark.parametrize(
    ("field", "value", "trouble", "proposal"),
    [
        (ID, Number("500105199508120000"), "truncated", ""),
        (ID, "500105199508130000", "truncated", ""),  # saved as a number first, turned into text later
        (ID, "5.00105E+17", "scientific", ""),
        (ID, "5.00105199508120E+17", "scientific", ""),
        (EXAM, Number("10517200123"), "zero_lost", "010517200123"),
        (EXAM, "1.05172E+10", "scientific", ""),
        (EITHER_NUMBER, Number("10517200123"), "zero_lost", "010517200123"),
        ("institution.diploma_number", Number("65500105172001230"), "truncated", ""),
        ("language.certificate_number", "1.71150E+14", "scientific", ""),
        ("institution.entry_date", Number("2019.1"), "month_lost", "2019-10"),
    ],
)
def test_what_a_spreadsheet_has_changed(field: str, value: str, trouble: str, proposal: str) -> None:
    assert damage_in({"personal.name": "林小满", field: value}) == (Damage(field, trouble, proposal),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (ID, make.ID_NUMBER),
        (ID, "500105199508120"),  # the old fifteen digits are for the rules to say
        (ID, ""),
        (EXAM, "10517200123"),  # typed as text: eleven digits is what the person wrote
        (EXAM, Number("110517200123")),
        ("personal.mobile", Number("13800001234")),
        ("personal.student_number", Number("20210456")),
        ("language.certificate_number", Number("171150010100123")),  # fifteen digits survive
        ("institution.entry_date", Number("2019.4")),
        ("institution.entry_date", "2019.10"),
        ("institution.entry_date", Day("2019-10-01")),
        ("personal.name", Number("5")),
    ],
)
def test_what_is_whole_stays(field: str, value: str) -> None:
    assert damage_in({field: value}) == ()


@pytest.mark.parametrize("value", ["√", "✓", "有", "已交", "是", "1", "0", "", "无"])
def test_ticks(value: str) -> None:
    assert is_tick(value)
    assert not is_tick(make.EXAM_NUMBER)


# ---- the form


def made(values: Mapping[str, str], *more_fields: str) -> Any:
    return form_of(values, frozenset({*values, *more_fields}), make.school())


def at(form: Any, path: str) -> Any:
    for name in path.split("."):
        form = getattr(form, name)
    return form


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("personal.name", "林小满", "林小满"),
        ("personal.sex", "女", "female"),
        ("personal.sex", "Male", "male"),
        ("personal.birth_date", "19950812", PartialDate(1995, 8, 12)),
        ("institution.entry_date", "2017年10月", PartialDate(2017, 10)),
        ("institution.graduation_date", Day("2025-12-30"), PartialDate(2025, 12, 30)),
        ("institution.graduation_date", "2025-12-30 00:00:00", PartialDate(2025, 12, 30)),
        ("courses.average_score", Number("78.5"), "78.50"),  # a number cannot keep its last zero
        ("courses.average_score", "78.5", "78.5"),  # a text says what was typed
        ("courses.average_score", Number("78"), "78.00"),
        ("courses.average_score", Number("78.3461538"), "78.3461538"),
        ("courses.thesis_score", Number("86"), "86"),
        ("thesis.keywords", "生鲜；库存管理, 供应链、零售", ("生鲜", "库存管理", "供应链", "零售")),
        ("applicant_type", "自考生（助学）", "self_study"),
        ("applicant_type", "成人教育", "adult_education"),
        ("applicant_type", "函授", "adult_education"),
        ("language.route", "大学英语四级", "cet4"),
        ("language.route", "CET-4", "cet4"),
        ("language.route", "PETS-3", "pets"),
        ("language.route", "英语（二）", "english_two"),
        ("language.route", "学位外语", "degree_exam"),
        ("language.route", "其它证书", "other"),
        ("language.route", "cet4", "cet4"),
    ],
)
def test_cells_become_fields(field: str, value: str, expected: object) -> None:
    assert at(made({field: value}), field) == expected


def test_a_kind_of_applicant_tells_the_channel() -> None:
    assert made({"applicant_type": "社会考生"}).self_study_channel == "social"
    assert made({"applicant_type": "自考助学"}).self_study_channel == "assisted"


@pytest.mark.parametrize("value", ["", "自考/成教", "其他", "x"])
def test_a_kind_that_is_not_named_was_not_asked(value: str) -> None:
    with pytest.raises(NotAsked):
        _ = made({"applicant_type": value}).applicant_type


def test_the_portals_one_box_for_two_numbers() -> None:
    exam = made({EITHER_NUMBER: make.EXAM_NUMBER})
    assert exam.personal.exam_number == make.EXAM_NUMBER
    with pytest.raises(NotAsked):
        _ = exam.personal.student_number
    assert made({EITHER_NUMBER: "2021-0456"}).personal.student_number == "2021-0456"
    adult = made({EITHER_NUMBER: make.EXAM_NUMBER, "applicant_type": "成教生"})
    assert adult.personal.student_number == make.EXAM_NUMBER


@pytest.mark.parametrize(
    ("value", "kind"),
    [("13900005678", "mobile"), ("023-65022130", "landline"), ("he@example.edu.cn", "email"),
     ("heqingyue_88", "wechat"), ("1234567890", "qq"), ("打办公室电话", "mobile")],
)  # fmt: skip
def test_any_one_contact_of_the_advisor(value: str, kind: str) -> None:
    contacts = made({ANY_CONTACT: value}).thesis.advisor_contacts
    assert {name: getattr(contacts, name) for name in ("mobile", "landline", "email", "qq", "wechat")} == {
        **dict.fromkeys(("mobile", "landline", "email", "qq", "wechat"), ""), kind: value,
    }  # fmt: skip


def test_a_field_without_a_column_was_not_asked_and_a_blank_cell_is_blank() -> None:
    form = made({"personal.name": "林小满", ID: ""})
    assert form.personal.id_number == ""
    with pytest.raises(NotAsked):
        _ = form.personal.mobile


@pytest.mark.parametrize(
    ("field", "value"),
    [("institution.entry_date", "去年"), ("institution.entry_date", "2019-13"), ("personal.sex", "？"),
     ("language.route", "四级或PETS"), ("language.route", "德语")],
)  # fmt: skip
def test_what_is_not_of_its_fields_kind_is_set_aside(field: str, value: str) -> None:
    form = made({field: value})
    assert [(aside.field, aside.value) for aside in form.set_aside] == [(field, value)]
    assert not at(form, field)


def test_routes_are_the_packs() -> None:
    school = make.school()
    other = school.model_copy(update={"routes": {"pets": school.routes["pets"]}})
    assert form_of({"language.route": "四级"}, frozenset({"language.route"}), other).set_aside


def test_materials_come_along() -> None:
    form = form_of({}, frozenset(), make.school(), {"photo": ["照片.jpg"]})
    assert form.listed("photo") == ("照片.jpg",)


FIELDS = sorted({*roster_columns.SURE, *roster_columns.LOOSE} - {""})
CELLS = (
    st.text(max_size=40) | st.from_regex(r"[0-9.Ee+-]{1,20}", fullmatch=True).map(Number) | st.dates().map(str).map(Day)
)


@given(st.dictionaries(st.sampled_from(FIELDS), CELLS.filter(bool), max_size=8))
def test_any_row_makes_a_form_that_every_rule_can_read(values: dict[str, str]) -> None:
    kept = {field: value for field, value in values.items() if field not in {d.field for d in damage_in(values)}}
    form = form_of(kept, frozenset(kept), make.school())
    make.report(make.case(form))


def test_every_column_has_a_place_in_the_form() -> None:
    for field in FIELDS:
        assert roster_values._read(field, "x", {}, frozenset({"cet4"})) or field == "applicant_type"
    assert make_desks.values(0)["personal.name"] == "林小满"
