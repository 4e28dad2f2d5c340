"""MAT: which materials are there, and whether each is a file that its slot can take."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import make
from degreecheck.facts import FileFacts, FileType, ImageFacts, NotChecked, ScanFacts, Unreadable
from degreecheck.rules._rule import Case, ListedPath

TRANSCRIPT, THESIS, PHOTO = "materials/成绩单.jpg", "materials/论文.pdf", "materials/照片.jpg"


def seen(kind: FileType = "jpeg", *, content: int = 0, size: int = 100_000, unreadable: str = "") -> FileFacts:
    """Facts of a file of some type; files with the same ``content`` (not 0) have the same bytes."""
    why = Unreadable(reason=unreadable) if unreadable else None  # type: ignore[arg-type]
    return FileFacts(size=size, type=kind, sha256=f"{content:064x}" if content else "", unreadable=why)


def mat(case: Case) -> set[str]:
    return make.codes(case, "MAT")


def with_file(file: str, facts: FileFacts | NotChecked, **more: Any) -> Case:
    return make.perfect_case(facts={file: facts}, **more)


def without(*slots: str, adult: bool = False, **changes: Any) -> Case:
    materials = {slot: paths for slot, paths in make.perfect_form().materials.items() if slot not in slots}
    build = make.adult_case if adult else make.perfect_case
    return build({"materials": materials, **changes})


def test_the_perfect_applicants_are_silent() -> None:
    assert mat(make.perfect_case()) == set()
    assert mat(make.adult_case()) == set()


@pytest.mark.parametrize(
    ("slot", "error"),
    [
        ("thesis_document", True),
        ("similarity_report", True),
        ("proposal_report", True),
        ("task_book", True),
        ("id_card_portrait", True),
        ("id_card_emblem", False),  # which sides the portal takes stood in a lost screenshot (M15)
        ("exam_permit", True),
        ("language_certificate", True),
    ],
)
def test_a_needed_slot_is_empty(slot: str, error: bool) -> None:
    case = without(slot)
    assert mat(case) == {"MAT101"}
    assert make.errors(case) == ({"MAT101"} if error else set())
    assert make.finding(case, "MAT101").subject == slot


@pytest.mark.parametrize("slot", ["graduation_certificate", "other", "english_two_score", "registration_page"])
def test_what_this_applicant_does_not_need_may_be_empty(slot: str) -> None:
    assert mat(without(slot)) == set()


def test_a_group_counts_as_one() -> None:
    assert mat(without("transcript")) == set()  # the registration page will do (M17)
    case = without("transcript", "registration_page")
    assert make.finding(case, "MAT101").values["others"] == ["registration_page"]


def test_routes_have_slots_of_their_own() -> None:
    english_two = {"language.route": "english_two", "language.certificate_number": make.DIPLOMA_NUMBER}
    assert mat(without("language_certificate", **english_two)) == set()
    case = without("english_two_score", **english_two)
    assert [finding.subject for finding in make.findings(case, "MAT101")] == ["english_two_score"]
    sheet = {"language.route": "degree_exam", "language.certificate_number": "XW2025001"}
    assert make.errors(without("degree_exam_sheet", **sheet)) == set()
    assert "MAT101" in mat(without("degree_exam_sheet", **sheet))


def test_adult_education_needs_no_exam_permit() -> None:
    assert mat(without("exam_permit", adult=True)) == set()


def test_the_photo_has_a_rule_of_its_own() -> None:
    assert mat(without("photo")) == set()
    assert "PHO101" in make.codes(without("photo"))


@pytest.mark.parametrize(
    ("reason", "severity"),
    [("damaged", "error"), ("empty", "error"), ("encrypted", "error"), ("too_large", "error"), ("bomb", "error"),
     ("in_use", "warning"), ("still_downloading", "warning"), ("no_permission", "warning")],
)  # fmt: skip
def test_a_file_that_cannot_be_opened(reason: str, severity: str) -> None:
    case = with_file(TRANSCRIPT, seen(unreadable=reason))
    assert mat(case) == {"MAT102"}
    assert make.finding(case, "MAT102").severity == severity
    assert make.reasons(case, "MAT104") >= {("skipped", "after MAT102")}


@pytest.mark.parametrize("reason", ["encrypted", "empty"])
def test_protected_and_empty_papers_are_left_to_their_own_rules(reason: str) -> None:
    assert mat(with_file(THESIS, seen("pdf", unreadable=reason))) == set()
    assert mat(with_file(THESIS, seen("pdf", unreadable="damaged"))) == {"MAT102"}


def test_a_file_that_was_not_checked_is_never_passed() -> None:
    case = with_file(TRANSCRIPT, NotChecked(reason="timed_out"))
    assert mat(case) == set()
    assert ("skipped", "timed_out") in make.reasons(case, "MAT102")
    assert {outcome for outcome, _ in make.reasons(case, "MAT201")} == {"skipped"}


@pytest.mark.parametrize(
    ("file", "kind", "severity"),
    [
        (TRANSCRIPT, "jpeg", None),
        (TRANSCRIPT, "png", None),
        (TRANSCRIPT, "pdf", None),  # a scan of several pages
        (TRANSCRIPT, "heic", "note"),
        (TRANSCRIPT, "webp", "note"),
        (TRANSCRIPT, "tiff", "note"),
        (TRANSCRIPT, "docx", "warning"),
        (TRANSCRIPT, "zip", "warning"),
        (THESIS, "pdf", None),
        (THESIS, "docx", None),
        (THESIS, "doc", None),
        (THESIS, "jpeg", "warning"),
        (THESIS, "rar", "warning"),
        (THESIS, "caj", "warning"),
    ],
)
def test_types_where_the_school_names_none(file: str, kind: FileType, severity: str | None) -> None:
    case = with_file(file, seen(kind))
    found = make.findings(case, "MAT103")
    assert [finding.severity for finding in found] == ([severity] if severity else [])


def test_types_where_the_school_names_them_are_certain() -> None:
    strict = make.school({"slots.transcript.types": ["jpeg"], "slots.thesis_document.types": ["pdf"]})
    for file, kind, severity in ((TRANSCRIPT, "pdf", "error"), (TRANSCRIPT, "heic", "note"), (THESIS, "docx", "error")):
        case = with_file(file, seen(kind), pack=strict)  # type: ignore[arg-type]
        assert make.finding(case, "MAT103").severity == severity
    assert mat(with_file(TRANSCRIPT, seen("jpeg"), pack=strict)) == set()


def test_a_photographed_paper_is_asked_about_and_looked_at() -> None:
    page = ScanFacts(width=280, height=400)
    photo = FileFacts(size=9_000, type="jpeg", image=ImageFacts(width=280, height=400), scan=(page,))
    case = with_file(THESIS, photo)
    found = make.finding(case, "MAT103")
    assert (found.severity, found.variant, found.answerable) == ("warning", "paper", True)
    assert "确认此提示" in make.sentences([found])
    assert make.errors(case) == {"SCN101"}
    # What it says was not compared, and that is told.
    assert ("skipped", "no_document_text") in make.reasons(case, "DOC201")
    assert THESIS in {file for line in make.report(case).not_checked for file in line.files}
    blurred = photo.model_copy(update={"scan": (page.model_copy(update={"width": 900, "height": 1300, "blur": 9}),)})
    assert make.codes(with_file(THESIS, blurred), "SCN") == {"SCN102"}
    strict = make.school({"slots.thesis_document.types": ["pdf"]})
    assert make.codes(with_file(THESIS, photo, pack=strict), "MAT", "SCN") == {"MAT103"}


def test_a_picture_named_like_a_document_is_one_finding() -> None:
    assert mat(with_file(THESIS, seen("jpeg"))) == {"MAT103"}  # 论文.pdf


def test_an_unknown_kind_of_file_is_a_wrong_type_and_not_damage() -> None:
    assert mat(with_file(TRANSCRIPT, seen("unknown", unreadable="unknown_format"))) == {"MAT103"}


def named(file: str, slot: str, kind: FileType) -> Case:
    materials = {**make.perfect_form().materials, slot: (file,)}
    return make.perfect_case({"materials": materials}, facts={file: seen(kind)})


@pytest.mark.parametrize(
    ("file", "slot", "kind", "codes"),
    [
        ("a.jpg", "transcript", "png", {"MAT104"}),
        ("a.jpeg", "transcript", "jpeg", set()),
        ("a", "transcript", "jpeg", set()),  # claims nothing
        ("a.pdf", "thesis_document", "docx", {"MAT104"}),
        ("a.doc", "thesis_document", "rtf", {"MAT104"}),  # Word opens it: only the name is wrong
        ("a.doc", "thesis_document", "html", {"MAT104"}),
        ("a.rtf", "thesis_document", "rtf", {"MAT103"}),
        ("a.docx", "thesis_document", "docx", set()),
        ("a.docm", "thesis_document", "docx", set()),
    ],
)
def test_names_that_lie(file: str, slot: str, kind: FileType, codes: set[str]) -> None:
    assert mat(named(file, slot, kind)) == codes


def test_size_limits_where_the_school_states_them() -> None:
    limited = make.school({"slots.transcript.min_bytes": 10_240, "slots.transcript.max_bytes": 102_400,
                           "slots.thesis_document.max_bytes": 102_400})  # fmt: skip
    for file, kind, size, severity in (
        (TRANSCRIPT, "jpeg", 10_240, None), (TRANSCRIPT, "jpeg", 10_239, "error"), (TRANSCRIPT, "jpeg", 102_400, None),
        (TRANSCRIPT, "jpeg", 102_401, "note"),  # the export reduces pictures
        (THESIS, "pdf", 102_400, None), (THESIS, "pdf", 102_401, "error"),
    ):  # fmt: skip
        found = make.findings(with_file(file, seen(kind, size=size), pack=limited), "MAT105")  # type: ignore[arg-type]
        assert [finding.severity for finding in found] == ([severity] if severity else []), (file, size)
    assert mat(with_file(TRANSCRIPT, seen(size=10**9))) == set()  # this school states none


def shared(*slots: str) -> Case:
    materials = {**make.perfect_form().materials, **dict.fromkeys(slots, ("materials/a.jpg",))}
    return make.perfect_case({"materials": materials})


@pytest.mark.parametrize(
    ("slots", "severity"),
    [
        (("photo", "id_card_portrait"), "error"),
        (("thesis_document", "similarity_report"), "error"),
        (("thesis_document", "task_book"), "warning"),
        (("transcript", "exam_permit"), "warning"),
        (("transcript", "registration_page"), None),
        (("transcript", "registration_page", "english_two_score"), None),
        (("id_card_portrait", "id_card_emblem"), None),
        (("transcript",), None),
    ],
)
def test_one_file_in_several_slots(slots: tuple[str, ...], severity: str | None) -> None:
    found = make.findings(shared(*slots), "MAT201")
    assert [finding.severity for finding in found] == ([severity] if severity else [])


def test_copies_under_other_names_are_one_file() -> None:
    facts = {PHOTO: seen(content=7), TRANSCRIPT: seen(content=7), THESIS: seen("pdf", content=8)}
    finding = make.finding(make.perfect_case(facts=facts), "MAT201")
    assert finding.severity == "error"
    assert finding.subject == "photo+transcript"
    assert set(finding.values["files"]) == {PHOTO, TRANSCRIPT}
    empty = {PHOTO: seen(content=9, size=0), TRANSCRIPT: seen(content=9, size=0)}
    assert not make.findings(make.perfect_case(facts=empty), "MAT201")


def test_without_a_look_at_the_contents_nothing_is_passed() -> None:
    assert make.reasons(make.perfect_case(), "MAT201") == {("skipped", "not_inspected")}


def test_a_file_that_no_slot_uses() -> None:
    case = make.perfect_case(unassigned=("materials/备注.txt",))
    assert mat(case) == {"MAT202"}
    assert make.finding(case, "MAT202").key == "MAT202:materials/备注.txt"
    assert make.errors(case) == set()


def test_a_file_that_is_gone_is_neither_missing_nor_unreadable() -> None:
    case = make.perfect_case()
    gone = tuple(replace(e, exists=False) if e.slot == "transcript" else e for e in case.listed)
    found = replace(case, listed=gone)
    assert mat(found) == {"MAT203"}
    assert make.errors(found) == {"MAT203"}
    unsafe = (*case.listed, ListedPath("other", "../x", unsafe="parent", exists=False))
    assert make.codes(replace(case, listed=unsafe), "MAT", "SYS") == {"SYS103"}
