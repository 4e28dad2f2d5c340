"""LNG: the foreign-language condition, and the numbers of certificates."""

from __future__ import annotations

from typing import Any

import pytest

import make
from degreecheck import text
from degreecheck.form import OnlyAsked, PartialDate
from degreecheck.idnumbers.kinds import Kind
from degreecheck.rules._rule import Case

ROUTE = "language.route"
NUMBER = "language.certificate_number"
DIPLOMA = "institution.diploma_number"
RECORDS = "courses.records"
COURSE_PASS = "650123456789"


def on(route: str, number: str, **more: Any) -> Case:
    return make.perfect_case({ROUTE: route, NUMBER: number, "language.score": "", **more})


def english_two(number: str = make.DIPLOMA_NUMBER, **more: Any) -> Case:
    return on("english_two", number, **more)


# ---- LNG101 route_missing, LNG102 route_not_offered ----


@pytest.mark.parametrize("route", ["", " "])
def test_route_missing(route: str) -> None:
    judged = on(route, "")
    make.expect(judged, "LNG", "LNG101")
    assert make.reasons(judged, "LNG201") == {("skipped", "after LNG101")}
    offered = make.finding(judged, "LNG101").values["offered"]
    assert len(offered) == 5


def test_adults_are_offered_the_routes_that_they_may_take() -> None:
    offered = make.finding(make.adult_case({ROUTE: ""}), "LNG101").values["offered"]
    assert [route["zh"] for route in offered if "英语（二）" in route["zh"]] == []
    form = OnlyAsked(make.changed(make.perfect_form(), {ROUTE: ""}), frozenset({ROUTE}))
    assert len(make.finding(make.case(form), "LNG101").values["offered"]) == 5


@pytest.mark.parametrize("route", ["cet6", "CET4", "__class__"])
def test_a_route_that_the_pack_does_not_have(route: str) -> None:
    judged = on(route, "")
    make.expect(judged, "LNG", "LNG102")
    assert make.finding(judged, "LNG102").variant == "unknown"


def test_english_two_is_for_self_study_only() -> None:
    make.expect(make.adult_case({ROUTE: "english_two", NUMBER: COURSE_PASS}), "LNG", "LNG102")
    make.expect(english_two(COURSE_PASS), "LNG")


@pytest.mark.parametrize(
    ("route", "number"),
    [("cet4", make.CET_NUMBER), ("pets", "12345678901234"), ("degree_exam", "CQ-7"), ("other", "A1")],
)
def test_routes_for_everybody(route: str, number: str) -> None:
    make.expect(on(route, number), "LNG")
    make.expect(make.adult_case({ROUTE: route, NUMBER: number, "language.score": ""}), "LNG")


# ---- LNG201 certificate_number_missing ----


@pytest.mark.parametrize(
    ("route", "severity", "variant"),
    [
        ("cet4", "error", ""),
        ("english_two", "error", ""),
        ("degree_exam", "error", "free"),
        ("other", "note", "optional"),
    ],
)
@pytest.mark.parametrize("number", ["", " 　", "--"])
def test_certificate_number_missing(route: str, severity: str, variant: str, number: str) -> None:
    judged = on(route, number)
    make.expect(judged, "LNG", "LNG201")
    found = make.finding(judged, "LNG201")
    assert (found.severity, found.variant) == (severity, variant)


def test_the_degree_exams_number_is_asked_of_the_right_office() -> None:
    assert "023-65022130" in make.sentences(make.findings(on("degree_exam", ""), "LNG201"))
    adult = make.adult_case({ROUTE: "degree_exam", NUMBER: "", "language.score": ""})
    assert "023-65022052" in make.sentences(make.findings(adult, "LNG201"))


def test_a_single_character_is_a_number_where_lengths_are_free() -> None:
    make.expect(on("degree_exam", "7"), "LNG")


# ---- LNG202 certificate_number_length ----


@pytest.mark.parametrize(
    ("route", "number", "likely"),
    [
        ("cet4", "17115001010012", ["pets"]),
        ("cet4", "1711500101001234", []),
        ("pets", make.CET_NUMBER, ["cet_report"]),
        ("pets", COURSE_PASS, ["course_pass", "exam_number"]),
        ("english_two", "6550010517200123", []),
        ("english_two", "11551520250500032" + "1", ["adult_diploma", "resident_id"]),
    ],
)
def test_certificate_number_length(route: str, number: str, likely: list[str]) -> None:
    judged = on(route, number)
    make.expect(judged, "LNG", "LNG202")
    found = make.finding(judged, "LNG202")
    assert (found.severity, found.values["likely"]) == ("error", likely)


@pytest.mark.parametrize(
    ("route", "number"),
    [("cet4", "1711 5001 0100 123"), ("pets", "１２３４５６７８９０１２３４"), ("english_two", COURSE_PASS)],
)
def test_the_right_length_after_folding(route: str, number: str) -> None:
    make.expect(on(route, number), "LNG")


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_kind_of_number_has_a_word(language: str) -> None:
    assert all(text.load(language).has(f"number_kind.{kind.value}") for kind in Kind)


# ---- LNG203 certificate_number_characters ----


@pytest.mark.parametrize(
    "number", ["NO171150010100", "1711500101O0123", "1711/5001010012", "１７１１五00101", "7" * 300 + "X"]
)
def test_certificate_number_characters(number: str) -> None:
    judged = on("cet4", number)
    make.expect(judged, "LNG", "LNG203")
    found = make.finding(judged, "LNG203")
    assert found.severity == "warning"
    assert "其它类型证书" in make.sentences([found])
    assert make.reasons(judged, "LNG202") == {("skipped", "after LNG203")}


def test_where_no_other_route_is_offered_the_school_is_asked() -> None:
    judged = make.case(on("cet4", "NO17115").form, pack=make.school({"routes.cet4.other_route": None}))
    assert make.finding(judged, "LNG203").variant == "no_other"
    school = make.school({"routes.other.applicants": ("adult_education",)})
    assert make.finding(make.case(on("cet4", "NO17115").form, pack=school), "LNG203").variant == "no_other"


def test_a_number_lost_to_a_spreadsheet_is_an_error() -> None:
    judged = on("cet4", "1.7115E+14")
    make.expect(judged, "LNG", "LNG203")
    assert (make.finding(judged, "LNG203").severity, make.finding(judged, "LNG203").variant) == ("error", "spreadsheet")


@pytest.mark.parametrize(("route", "number"), [("cet4", "17-11-50-01-01-00-12-3"), ("other", "NO17115/甲")])
def test_hyphens_and_free_numbers_are_right(route: str, number: str) -> None:
    make.expect(on(route, number), "LNG")


# ---- LNG204 cet_admission_number, LNG205 cet_level_six ----

ADMISSION = "500101" + "1711" + "012" + "07"


def test_cet_admission_number() -> None:
    judged = on("cet4", ADMISSION)
    make.expect(judged, "LNG", "LNG204")
    assert make.finding(judged, "LNG204").severity == "warning"


@pytest.mark.parametrize("number", ["171150" + "1711" + "01207", "999999999999999", make.CET_NUMBER])
def test_what_may_be_a_report_number_is_not_asked_about(number: str) -> None:
    make.expect(on("cet4", number), "LNG")


@pytest.mark.parametrize(("digit", "expected"), [("1", ()), ("2", ("LNG205",)), ("3", ())])
def test_cet_level_six(digit: str, expected: tuple[str, ...]) -> None:
    judged = on("cet4", "171" + digit + "50010100123")
    make.expect(judged, "LNG", *expected)
    assert {found.severity for found in make.findings(judged, "LNG205")} <= {"note"}


def test_an_admission_number_of_level_six_is_asked_about_once() -> None:
    make.expect(on("cet4", "500101" + "1712" + "01207"), "LNG", "LNG204")
    assert make.reasons(on("pets", "12345678901234"), "LNG205") == {("not_applicable", "")}


# ---- LNG206 diploma_number_layout, LNG207 diploma_and_exam_number_differ, LNG210 ----


@pytest.mark.parametrize(("start", "variant"), [("6650", "associate"), ("6599", ""), ("5550", ""), ("6850", "")])
def test_diploma_number_layout(start: str, variant: str) -> None:
    number = start + make.EXAM_NUMBER + "4"
    judged = english_two(number, **{DIPLOMA: number})
    make.expect(judged, "LNG", "LNG206")
    assert (make.finding(judged, "LNG206").severity, make.finding(judged, "LNG206").variant) == ("warning", variant)


@pytest.mark.parametrize("number", [make.DIPLOMA_NUMBER, "6511" + make.EXAM_NUMBER + "4", COURSE_PASS])
def test_bachelors_diploma_numbers_of_any_province_are_right(number: str) -> None:
    diploma = number if len(number) == 17 else make.DIPLOMA_NUMBER
    make.expect(english_two(number, **{DIPLOMA: diploma}), "LNG")


def test_diploma_and_exam_number_differ() -> None:
    number = "6550" + "010517200124" + "4"
    judged = english_two(number, **{DIPLOMA: number})
    make.expect(judged, "LNG", "LNG207")
    assert make.finding(judged, "LNG207").severity == "note"


def test_a_broken_exam_number_is_not_compared() -> None:
    judged = english_two(**{"personal.exam_number": "01051720012"})
    make.expect(judged, "IDN", "IDN502")
    assert make.reasons(judged, "LNG207") == {("skipped", "after IDN502")}


def test_english_two_and_diploma_number_differ() -> None:
    judged = english_two("65500105172001235")  # only the last digit
    make.expect(judged, "LNG", "LNG210")
    assert make.finding(judged, "LNG210").severity == "warning"
    assert make.reasons(judged, "LNG207") == {("skipped", "after LNG210")}


@pytest.mark.parametrize("diploma", ["", "6550 0105 1720 0123 4"])
def test_no_or_the_same_diploma_number_is_right(diploma: str) -> None:
    make.expect(english_two(**{DIPLOMA: diploma}), "LNG")


def test_a_malformed_diploma_number_is_not_compared() -> None:
    judged = english_two(**{DIPLOMA: "65500105"})
    make.expect(judged, "LNG", "LNG301")
    assert make.reasons(judged, "LNG210") == {("skipped", "after LNG301")}


# ---- LNG208 certificate_number_is_other_number ----


@pytest.mark.parametrize(
    ("route", "number", "severity"),
    [
        ("cet4", make.ID_NUMBER, "error"),
        ("other", make.ID_NUMBER, "error"),
        ("cet4", make.MOBILE, "error"),
        ("pets", " 138-0000-1234", "error"),
        ("cet4", make.EXAM_NUMBER, "error"),  # twelve digits are no CET number
        ("english_two", make.EXAM_NUMBER, "warning"),
        ("degree_exam", make.EXAM_NUMBER, "warning"),
    ],
)
def test_certificate_number_is_other_number(route: str, number: str, severity: str) -> None:
    judged = on(route, number)
    make.expect(judged, "LNG", "LNG208")
    assert make.finding(judged, "LNG208").severity == severity


def test_the_student_number_and_a_foreign_document_are_compared_too() -> None:
    adult = make.adult_case({ROUTE: "degree_exam", NUMBER: "20210456", "language.score": ""})
    make.expect(adult, "LNG", "LNG208")
    assert make.finding(adult, "LNG208").severity == "warning"
    passport = on("cet4", "EA1234567", **{"personal.id_document": "other", "personal.id_number": "EA1234567"})
    make.expect(passport, "LNG", "LNG208")


def test_a_number_one_digit_off_is_another_number() -> None:
    make.expect(english_two("010517200124"), "LNG")


def test_a_broken_number_is_no_measure() -> None:
    broken = make.ID_NUMBER[:-1] + "4"
    judged = on("cet4", broken, **{"personal.id_number": broken})
    assert make.codes(judged, "LNG") == {"LNG202"}


# ---- LNG209 english_two_not_unified ----


def english_row(**changes: Any) -> Case:
    """The row of 英语（二） changed; whatever follows for the average is another family's matter."""
    return english_two(**{RECORDS: make.records_with(2, **changes)})


@pytest.mark.parametrize(
    ("changes", "variant"),
    [
        ({"code": "00012", "name": "英语（一）"}, ""),
        ({"kind": "exempt"}, "exempt"),
        ({"score": "免考"}, "exempt"),
        ({"score": "59"}, "failed"),
        ({"score": "不及格"}, "failed"),
    ],
)
def test_english_two_not_unified(changes: dict[str, Any], variant: str) -> None:
    judged = english_row(**changes)
    assert make.codes(judged, "LNG") == {"LNG209"}
    found = make.finding(judged, "LNG209")
    assert (found.severity, found.variant) == ("warning", variant)


@pytest.mark.parametrize(
    "changes",
    [
        {"score": "60"},
        {"score": "合格"},
        {"code": "", "name": "英语(二)"},
        {"code": "", "name": "英语二"},
        {"code": "", "name": "英语（二）统考"},
        {"code": "15", "name": ""},
        {"code": "13000", "name": "英语（专升本）"},
    ],
)
def test_a_passed_unified_exam_is_right_however_it_is_written(changes: dict[str, Any]) -> None:
    assert make.codes(english_row(**changes), "LNG") == set()


def test_without_records_nothing_is_said_of_the_unified_exam() -> None:
    judged = english_two(**{RECORDS: ()})
    assert make.codes(judged, "LNG") == set()
    assert make.reasons(judged, "LNG209") == {("skipped", "no_records")}
    assert make.reasons(make.perfect_case(), "LNG209") == {("not_applicable", "")}


# ---- LNG301 diploma_number_malformed ----


@pytest.mark.parametrize("number", [make.DIPLOMA_NUMBER[:-1], make.DIPLOMA_NUMBER + "0", "6550010517200123X"])
def test_diploma_number_malformed(number: str) -> None:
    judged = make.perfect_case({DIPLOMA: number})
    make.expect(judged, "LNG", "LNG301")
    assert make.finding(judged, "LNG301").severity == "warning"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("115515202505000321", None),
        ("11551520250500032", "adult"),
        ("115515202405000321", "year"),
        ("11551520250500032X", "adult"),
        ("", None),
    ],
)
def test_adult_diploma_numbers_hold_the_year_of_graduation(number: str, expected: str | None) -> None:
    judged = make.adult_case({DIPLOMA: number})
    make.expect(judged, "LNG", *(["LNG301"] if expected else []))
    assert [found.variant for found in make.findings(judged, "LNG301")] == ([expected] if expected else [])


@pytest.mark.parametrize(("graduation", "reason"), [(None, "SCH401"), (PartialDate(2026, 12), "SCH403")])
def test_the_year_is_not_compared_with_a_missing_or_wrong_graduation(graduation: Any, reason: str) -> None:
    judged = make.adult_case({"institution.graduation_date": graduation})
    assert make.codes(judged, "LNG") == set()
    assert make.reasons(judged, "LNG301") == {("skipped", f"after {reason}")}


# ---- LNG401 score_malformed ----


@pytest.mark.parametrize(
    ("route", "score", "variant"),
    [
        ("cet4", "711", "off_scale"),
        ("cet4", "-1", "off_scale"),
        ("cet4", "四百五十二", ""),
        ("degree_exam", "100.5", "off_scale"),
        ("degree_exam", "合格", ""),
    ],
)
def test_score_malformed(route: str, score: str, variant: str) -> None:
    judged = on(route, make.CET_NUMBER, **{"language.score": score})
    make.expect(judged, "LNG", "LNG401")
    assert (make.finding(judged, "LNG401").severity, make.finding(judged, "LNG401").variant) == ("warning", variant)
    assert make.reasons(judged, "CON103") == {("skipped", "after LNG401")}


@pytest.mark.parametrize(
    ("route", "score"),
    [("cet4", "710"), ("cet4", "452分"), ("cet4", ""), ("other", "6.5 / C1"), ("degree_exam", "100")],
)
def test_scores_of_the_scale_and_of_unknown_scales_are_right(route: str, score: str) -> None:
    make.expect(on(route, make.CET_NUMBER, **{"language.score": score}), "LNG")
