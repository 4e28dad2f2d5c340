"""What is asked of whom, in the portal's order."""

from __future__ import annotations

import pytest

import make
from degreecheck import pack
from degreecheck.asked import (
    SECTIONS,
    UPLOAD_ORDER,
    applies,
    asks_channel,
    routes_for,
    slots_for,
    unknown_slots,
)
from degreecheck.form import SLOTS, Form, asked_fields

FIELDS = {field.path: field for field in asked_fields()}
CQUST = pack.find("cqust")


def asked(form: Form) -> set[str]:
    return {path for path, field in FIELDS.items() if applies(field, form, CQUST)}


def needs(section: str, form: Form) -> list[tuple[str, str | None]]:
    return [(slot.slot, slot.need) for slot in slots_for(section, form, CQUST)]


def form(**changes: object) -> Form:
    return make.changed(Form(), {path.replace("__", "."): value for path, value in changes.items()})


def test_every_slot_stands_in_one_section() -> None:
    assert sorted(UPLOAD_ORDER) == sorted(SLOTS)
    assert [section.number for section in SECTIONS] == ["5.1", "5.2", "5.3", "5.4", "6", "7", "8"]


def test_each_kind_of_applicant_is_asked_for_its_own_number() -> None:
    self_study, adult = asked(make.perfect_form()), asked(make.adult_form())
    assert self_study - adult == {"personal.exam_number"}
    assert adult - self_study == {"personal.student_number"}
    assert asks_channel(make.perfect_form())
    assert not asks_channel(make.adult_form())


@pytest.mark.parametrize(
    ("route", "extra"),
    [
        ("", set()),
        ("no_such_route", set()),
        ("cet4", {"certificate_number", "score"}),
        ("pets", {"certificate_number"}),  # no scale and no least score are known
        ("english_two", {"certificate_number", "score"}),
        ("degree_exam", {"certificate_number", "score"}),
        ("other", {"certificate_number"}),
    ],
)
def test_the_certificate_is_asked_for_once_its_route_is_chosen(route: str, extra: set[str]) -> None:
    found = asked(form(language__route=route))
    assert {path for path in found if path.startswith("language.")} == {
        "language.route",
        *(f"language.{name}" for name in extra),
    }


def test_nothing_that_is_filled_in_is_hidden() -> None:
    found = asked(form(language__certificate_number="1", language__score="2", submission__returned_reason="照片模糊"))
    assert {"language.certificate_number", "language.score", "submission.returned_reason"} <= found


@pytest.mark.parametrize(
    ("status", "is_asked"), [("draft", False), ("in_review", False), ("returned", True), ("refused", True)]
)
def test_the_reason_is_asked_for_when_it_came_back(status: str, is_asked: bool) -> None:
    assert ("submission.returned_reason" in asked(form(submission__status=status))) is is_asked


def test_adult_education_has_no_self_study_route() -> None:
    assert routes_for(make.perfect_form(), CQUST) == ("cet4", "pets", "english_two", "degree_exam", "other")
    assert routes_for(make.adult_form(), CQUST) == ("cet4", "pets", "degree_exam", "other")


def test_uploads_of_a_self_study_applicant() -> None:
    empty = form(language__route="cet4")
    assert needs("5.4", empty) == [
        ("thesis_document", "required"),
        ("similarity_report", "required"),
        ("proposal_report", "required"),
        ("task_book", "required"),
    ]
    assert needs("6", empty) == [
        ("photo", "required"),
        ("id_card_portrait", "required"),
        ("id_card_emblem", "probably"),
        ("exam_permit", "required"),
    ]
    assert needs("7", empty) == [("transcript", "required")]
    assert needs("8", empty) == [
        ("graduation_certificate", "optional"),
        ("language_certificate", "required"),
        ("other", "optional"),
    ]
    assert needs("5.1", empty) == needs("9", empty) == []


@pytest.mark.parametrize(
    ("route", "slots"),
    [
        ("", []),
        ("english_two", ["registration_page", "english_two_score"]),
        ("degree_exam", ["degree_exam_sheet"]),
    ],
)
def test_uploads_follow_the_route(route: str, slots: list[str]) -> None:
    empty = form(language__route=route)
    everywhere = {"transcript", "graduation_certificate", "other"}
    found = [slot for section in ("7", "8") for slot, _ in needs(section, empty) if slot not in everywhere]
    assert found == slots


def test_the_exam_permit_is_not_asked_of_adult_education() -> None:
    assert "exam_permit" not in [slot for slot, _ in needs("6", form(applicant_type="adult_education"))]


def test_a_slot_with_files_shows_though_nobody_needs_it() -> None:
    filled = form(applicant_type="adult_education", materials={"exam_permit": ("materials/a.jpg",), "badge": ("b",)})
    assert ("exam_permit", None) in needs("6", filled)
    assert unknown_slots(filled) == ("badge",)


def test_what_else_fills_a_need_is_said() -> None:
    (transcript, *_) = slots_for("7", form(), CQUST)
    assert transcript.any_of == ("registration_page",)
