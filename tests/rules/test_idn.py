"""IDN: who the applicant is. Start from a perfect case, change one thing, expect exactly these codes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from degreecheck import text
from degreecheck.form import OnlyAsked, PartialDate
from degreecheck.idnumbers import resident_id

ID = "personal.id_number"


def number(region: str = "500105", born: str = "19950812", order: str = "012") -> str:
    """A made-up number with the right check character."""
    return region + born + order + resident_id.check_character(region + born + order)


def idn(changes: dict[str, Any], **more: Any) -> set[str]:
    return make.codes(make.perfect_case(changes, **more), "IDN")


def test_the_perfect_applicants_are_silent() -> None:
    assert idn({}) == set()
    assert make.codes(make.adult_case(), "IDN") == set()


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("", {"IDN101"}),
        (" \u3000\u200b", {"IDN101"}),
        ("张三1", {"IDN102"}),
        ("张三１", {"IDN102"}),
        ("张\n三", {"IDN102"}),
        ("张" * 51, {"IDN102"}),
        ("张" * 50, set()),
        ("张San", {"IDN102"}),
        ("阿不都热合曼·买买提", set()),
        ("阿不都热合曼•买买提", {"IDN103"}),
        ("阿不都热合曼．买买提", {"IDN103"}),
        ("张 三", {"IDN103"}),
        ("张三 ", {"IDN103"}),
        ("〇一", set()),
        ("𠮷田", set()),  # extension B
        ("\ue000三", set()),  # a private-use character on an old card
        ("John A. Smith", set()),
        ("欧阳震华", set()),
    ],
)
def test_names(name: str, codes: set[str]) -> None:
    assert idn({"personal.name": name}) == codes


def test_latin_letters_in_a_chinese_name_are_only_asked_about() -> None:
    assert make.errors(make.perfect_case({"personal.name": "张三a"})) == set()
    assert make.errors(make.perfect_case({"personal.name": "张三1"})) == {"IDN102"}


def test_a_folded_name_is_shown() -> None:
    found = make.finding(make.perfect_case({"personal.name": "买买提•艾力"}), "IDN103")
    assert found.values == {"folded": "买买提·艾力", "changes": ["dot"]}


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("买买提•艾力", ["dot"]),
        ("张 三", ["blanks"]),
        ("张三 ", ["blanks"]),
        ("张\u200b三", ["invisible"]),
        ("买买提 • 艾力", ["blanks", "dot"]),
        ("Anna  Lee", ["blanks"]),
    ],
)
def test_only_what_was_changed_in_a_name_is_said(name: str, changes: list[str]) -> None:
    found = make.finding(make.perfect_case({"personal.name": name}), "IDN103")
    assert found.values["changes"] == changes
    said = found.message(text.load("zh"))
    assert ("空格" in said, "间隔点" in said) == ("blanks" in changes, "dot" in changes)


def test_another_document_is_asked_about_and_its_number_left_alone() -> None:
    case = make.perfect_case({"personal.id_document": "other", ID: "E12345678", "personal.birth_date": None})
    assert make.codes(case, "IDN") == {"IDN200"}
    assert make.errors(case) == set()
    assert "023-65022130" in make.sentences(make.findings(case, "IDN200"))


@pytest.mark.parametrize(
    ("given_number", "codes"),
    [
        ("", {"IDN201"}),
        (" - ", {"IDN201"}),
        ("50010519950812012", {"IDN202"}),
        ("5001051995081201233", {"IDN202"}),
        ("500105950812012", {"IDN202"}),
        ("ABC500195081201", {"IDN202"}),
        ("5.00105E+17", {"IDN202"}),
        ("50010519950812O123", {"IDN203"}),
        ("5001051995081201张3", {"IDN203"}),
        ("500105199508120124", {"IDN204"}),
        ("500105199508210123", {"IDN204"}),
        ("500106199508120000", {"IDN204"}),
        ("500105199513120123", {"IDN205"}),
        ("500105199502300123", {"IDN205"}),
        (number(born="20270101"), {"IDN205"}),
        (number(born="00000000"), {"IDN205"}),
        (number(born="20100419"), {"IDN206", "IDN301"}),
        (number(born="20100418"), {"IDN301"}),  # sixteen today
        (number(born="19450419"), {"IDN301"}),  # still eighty
        (number(born="19450418"), {"IDN206", "IDN301"}),
        (number(born="18991231"), {"IDN206", "IDN301"}),
        (number("990105"), set()),  # begins with 9: a foreign permanent resident
        (number("100105"), {"IDN207"}),
        (number("512301"), set()),  # old Fuling: no longer in the tables, on real cards
        (number("500381"), set()),
        (number("830000"), set()),
        ("500105 19950812 0123", {"IDN208"}),
        ("５００１０５１９９５０８１２０１２３", {"IDN208"}),
        ("500105-19950812-0123\u200b", {"IDN208"}),
        (number(order="013"), {"IDN302"}),  # odd: a man
    ],
)
def test_id_numbers(given_number: str, codes: set[str]) -> None:
    assert idn({ID: given_number}) == codes


def test_lower_case_and_look_alike_x_are_folded() -> None:
    with_x = next(
        number(order=f"{order:03d}") for order in range(0, 1000, 2) if number(order=f"{order:03d}")[-1] == "X"
    )
    for x in "xＸｘ×Х":
        assert idn({ID: with_x[:-1] + x}) == {"IDN208"}
    assert idn({ID: with_x}) == set()


def test_fifteen_digits_are_offered_the_new_form_as_a_question() -> None:
    finding = make.finding(make.perfect_case({ID: "500105950812012"}), "IDN202")
    assert finding.variant == "first_generation"
    assert finding.values["proposal"] == number()
    assert "可能是" in make.sentences([finding])


def test_a_swap_is_offered_when_the_stated_birth_date_agrees() -> None:
    finding = make.finding(make.perfect_case({ID: "500105199508210123"}), "IDN204")
    assert make.ID_NUMBER in finding.values["proposals"]
    assert {"places": [13, 14], "parts": ["day"], "how": "swap"} in finding.values["slips"]
    assert "第 13、14 位（出生日）颠倒" in make.sentences([finding])
    assert make.ID_NUMBER not in make.sentences([finding])
    without = make.finding(make.perfect_case({ID: "500105199508210123", "personal.birth_date": None}), "IDN204")
    assert without.values["proposals"] == []


@pytest.mark.parametrize("place", [5, 10, 14, 15, 17, 18])
def test_a_slip_is_told_by_its_place_without_any_digit(place: int) -> None:
    digit = make.ID_NUMBER[place - 1]
    wrong = make.ID_NUMBER[: place - 1] + str((int(digit) + 1) % 10) + make.ID_NUMBER[place:]
    finding = make.finding(make.perfect_case({ID: wrong}), "IDN204")
    assert finding.variant == "offer"
    shown = make.sentences([finding]) + make.sentences([finding], "en")
    places = {each for slip in finding.values["slips"] for each in slip["places"]}
    assert {int(found) for found in re.findall(r"\d+", shown)} <= places
    assert all(set(slip) == {"places", "parts", "how"} for slip in finding.values["slips"])


def test_a_letter_o_is_offered_as_a_zero() -> None:
    finding = make.finding(make.perfect_case({ID: "5001O5199508120123"}), "IDN203")
    assert finding.values["positions"] == [5]
    assert finding.values["proposals"][0] == make.ID_NUMBER


def test_an_ending_cut_off_by_a_spreadsheet_is_named() -> None:
    assert make.finding(make.perfect_case({ID: "500106199508120000"}), "IDN204").variant == "spreadsheet"
    assert make.finding(make.perfect_case({ID: "5.00105E+17"}), "IDN202").variant == "spreadsheet"


@given(st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_one_error(position: int, digit: str) -> None:
    wrong = make.ID_NUMBER[:position] + digit + make.ID_NUMBER[position + 1 :]
    found = {code for code in idn({ID: wrong}) if code not in ("IDN206", "IDN207")}
    assert found <= {"IDN204"} or found <= {"IDN205"}
    assert bool(found) == (wrong != make.ID_NUMBER)


def test_what_follows_from_a_broken_number_is_skipped_with_its_cause() -> None:
    case = make.perfect_case({ID: "123", "personal.sex": "male"})
    assert make.reasons(case, "IDN302") == {("skipped", "after IDN202")}
    assert make.reasons(case, "IDN204") == {("skipped", "after IDN202")}


@pytest.mark.parametrize(
    ("stated", "codes"),
    [
        (None, set()),
        (PartialDate(1995, 8, 12), set()),
        (PartialDate(1995, 8), set()),
        (PartialDate(1995, 8, 13), {"IDN301"}),
        (PartialDate(1995, 9), {"IDN301"}),
        (PartialDate(1996, 8, 12), {"IDN301"}),
    ],
)
def test_the_stated_birth_date(stated: PartialDate | None, codes: set[str]) -> None:
    assert idn({"personal.birth_date": stated}) == codes


def test_the_stated_sex() -> None:
    assert idn({"personal.sex": None}) == set()
    assert idn({"personal.sex": "male"}) == {"IDN302"}


def test_differences_are_only_asked_of_foreign_permanent_residents() -> None:
    case = make.perfect_case(
        {ID: number("911105"), "personal.birth_date": PartialDate(1990, 1, 1), "personal.sex": "male"}
    )
    assert make.codes(case, "IDN") == {"IDN301", "IDN302"}
    assert make.errors(case) == set()


@pytest.mark.parametrize(
    ("mobile", "codes"),
    [
        ("", {"IDN401"}),
        ("13800001234", set()),
        ("138 0000 1234", set()),
        ("+86 13800001234", set()),
        ("19900001234", set()),
        ("12800001234", {"IDN402"}),
        ("1380000123", {"IDN402"}),
        ("138000012345", {"IDN402"}),
        ("023-65022130", {"IDN402"}),
    ],
)
def test_mobile_numbers(mobile: str, codes: set[str]) -> None:
    assert idn({"personal.mobile": mobile}) == codes


@pytest.mark.parametrize(
    ("exam_number", "codes", "variant"),
    [
        ("", {"IDN501"}, ""),
        ("010517200123", set(), ""),
        ("0105 1720 0123", set(), ""),
        ("10517200123", {"IDN502"}, "zero_lost"),
        ("0105172001234", {"IDN502"}, ""),
        ("01051720012X", {"IDN502"}, ""),
        (make.ID_NUMBER, {"IDN502"}, "id_number"),
        ("13800001234", {"IDN502"}, "mobile"),
        ("5.00101E+11", {"IDN502"}, "spreadsheet"),
        ("010517300123", {"IDN503"}, ""),
        ("010599100123", set(), ""),  # April 1999
        ("010527100123", {"IDN503"}, ""),  # 2027 has not come
    ],
)
def test_exam_numbers(exam_number: str, codes: set[str], variant: str) -> None:
    case = make.perfect_case({"personal.exam_number": exam_number})
    found = make.codes(case, "IDN")
    assert found == codes
    if variant:
        assert make.finding(case, codes.copy().pop()).variant == variant


def test_a_lost_zero_is_restored_as_a_question() -> None:
    finding = make.finding(make.perfect_case({"personal.exam_number": "10517200123"}), "IDN502")
    assert finding.values["proposal"] == make.EXAM_NUMBER


@pytest.mark.parametrize(
    ("student_number", "codes"),
    [
        ("", {"IDN511"}),
        ("2021-0456", set()),
        ("A" * 20, set()),
        ("A" * 21, {"IDN512"}),
        ("2021_0456", {"IDN512"}),
        ("学2021", {"IDN512"}),
    ],
)
def test_student_numbers(student_number: str, codes: set[str]) -> None:
    assert make.codes(make.adult_case({"personal.student_number": student_number}), "IDN") == codes


def test_each_kind_of_applicant_has_one_number() -> None:
    assert make.reasons(make.perfect_case({"personal.student_number": ""}), "IDN511") == {("not_applicable", "")}
    assert make.reasons(make.adult_case({"personal.exam_number": ""}), "IDN501") == {("not_applicable", "")}


def test_a_roster_without_a_column_is_not_missing_it() -> None:
    form = OnlyAsked(make.perfect_form(), frozenset({"personal.name", "personal.id_number", "personal.id_document"}))
    case = make.case(form, form_source="roster")
    assert make.codes(case, "IDN") == set()
    assert make.reasons(case, "IDN401") == {("skipped", "not_in_roster")}


def test_today_decides_what_is_future() -> None:
    born = date(2026, 4, 18)
    case = make.perfect_case({ID: number(born="20260418"), "personal.birth_date": None})
    assert case.today == born
    assert make.codes(case, "IDN") == {"IDN206"}
    assert idn({ID: number(born="20260419"), "personal.birth_date": None}) == {"IDN205"}
