"""SCN: pictures of papers, judged by their measurements."""

from __future__ import annotations

from typing import Any

import pytest

import make
from degreecheck.facts import FileFacts, ImageFacts, PdfFacts, ScanFacts, Seal, Unreadable
from degreecheck.rules._rule import Case

TRANSCRIPT, CERTIFICATE = "materials/成绩单.jpg", "materials/四级成绩单.jpg"
SEAL = Seal(box=(0.6, 0.7, 0.8, 0.9), shape="round", confidence=0.9)
GOOD: dict[str, Any] = {
    "width": 1240, "height": 1754, "text_height": 15.0, "text_lines": 40, "blur": 0.5, "paper_level": 0.95,
    "ink_contrast": 0.9, "orientation": "level", "skew": 0.2, "seals": (SEAL,),
}  # fmt: skip


def page(**changes: Any) -> ScanFacts:
    """A faultless page with some measurements changed."""
    return ScanFacts(**GOOD | changes)


def picture(*pages: ScanFacts) -> FileFacts:
    first = pages[0]
    return FileFacts(size=200_000, type="jpeg", image=ImageFacts(width=first.width, height=first.height), scan=pages)


def case(file: str = TRANSCRIPT, facts: FileFacts | None = None, **changes: Any) -> Case:
    return make.perfect_case(facts={file: facts or picture(page(**changes))})


def scn(file: str = TRANSCRIPT, **changes: Any) -> set[str]:
    return make.codes(case(file, **changes), "SCN")


@pytest.mark.parametrize("file", [TRANSCRIPT, CERTIFICATE])
def test_a_faultless_page_is_silent(file: str) -> None:
    assert scn(file) == set()


@pytest.mark.parametrize(
    ("changes", "severity"),
    [
        ({"width": 299}, "error"),
        ({"width": 300, "text_height": None}, "warning"),
        ({"width": 799, "text_height": None}, "warning"),  # the pack asks 800
        ({"width": 800, "text_height": None}, None),
        ({"width": 720, "height": 3000, "text_height": 22.0}, None),  # a long phone screenshot is legible
        ({"width": 720, "text_height": 12.0}, None),
        ({"width": 720, "text_height": 11.9}, "warning"),
        ({"width": 1240, "text_height": 9.0}, None),
        ({"width": 1240, "text_height": 8.9}, "warning"),
        ({"width": 700, "height": 1000, "text_height": 5.0, "text_lines": 2}, "warning"),
        ({"width": 1754, "height": 299, "orientation": "on_side"}, "error"),
    ],
)
def test_too_few_pixels(changes: dict[str, Any], severity: str | None) -> None:
    found = make.findings(case(**changes), "SCN101")
    assert [finding.severity for finding in found] == ([severity] if severity else [])


def test_pages_of_a_pdf_have_no_pixels_of_their_own() -> None:
    facts = FileFacts(size=1, type="pdf", pdf=PdfFacts(pages=1), scan=(page(width=200),))
    assert make.codes(case(facts=facts), "SCN") == set()
    assert ("not_applicable", "") in make.reasons(case(facts=facts), "SCN101")


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"blur": 1.9}, set()),  # 0.13 of the print's height
        ({"blur": 2.0}, {"SCN102"}),
        ({"blur": 3.5, "text_height": None}, {"SCN102"}),
        ({"blur": 3.4, "text_height": None}, set()),
        ({"blur": None}, set()),
        ({"paper_level": 0.40}, set()),
        ({"paper_level": 0.39}, {"SCN103"}),
        ({"paper_level": None}, set()),
        ({"ink_contrast": 0.30}, set()),
        ({"ink_contrast": 0.29}, {"SCN104"}),
        ({"glare": ((0.1, 0.1, 0.3, 0.3),)}, {"SCN105"}),
        ({"orientation": "on_side"}, {"SCN106"}),
        ({"orientation": "on_side", "text_lines": 2}, set()),  # two lines are too little to go by
        ({"orientation": "upside_down"}, {"SCN106"}),
        ({"orientation": None}, set()),
        ({"skew": 5.0}, set()),
        ({"skew": -5.1}, {"SCN107"}),
        ({"cut_sides": ("right",)}, {"SCN108"}),
    ],
)
def test_measurements(changes: dict[str, Any], codes: set[str]) -> None:
    assert scn(**changes) == codes


def test_all_but_size_and_colour_is_only_asked_about() -> None:
    spoiled = case(CERTIFICATE, blur=9.0, paper_level=0.2, glare=((0, 0, 1, 1),), cut_sides=("top",), seals=())
    assert make.codes(spoiled, "SCN") == {"SCN102", "SCN103", "SCN105", "SCN108"}
    assert make.errors(spoiled) == set()


def test_one_cause_one_finding() -> None:
    blurred = case(CERTIFICATE, blur=9.0, ink_contrast=0.2, orientation="on_side", seals=())
    assert make.codes(blurred, "SCN") == {"SCN102"}
    assert ("skipped", "after SCN102") in make.reasons(blurred, "SCN201")


def test_glare_is_pointed_at() -> None:
    finding = make.finding(case(glare=((0.1, 0.2, 0.3, 0.4), (0.5, 0.5, 0.6, 0.6))), "SCN105")
    assert [region.box for region in finding.regions] == [(0.1, 0.2, 0.3, 0.4), (0.5, 0.5, 0.6, 0.6)]


def test_pages_are_named() -> None:
    finding = make.finding(case(facts=picture(page(), page(blur=9.0), page(blur=9.0))), "SCN102")
    assert finding.values["pages"] == [2, 3]
    assert "第 2、3 页" in make.sentences([finding])


@pytest.mark.parametrize(
    ("file", "seals", "codes"),
    [
        (CERTIFICATE, (SEAL,), set()),
        (CERTIFICATE, (), {"SCN201"}),
        (TRANSCRIPT, (), set()),  # some transcripts have one
        ("materials/准考证.jpg", (), set()),
    ],
)
def test_a_seal_where_one_is_expected(file: str, seals: tuple[Seal, ...], codes: set[str]) -> None:
    assert scn(file, seals=seals) == codes


def test_electronic_certificates_carry_no_seal() -> None:
    changes = {"language.route": "pets", "language.certificate_number": "12345678901234", "language.score": ""}
    pets = make.perfect_case(changes, facts={CERTIFICATE: picture(page(seals=()))})
    assert make.codes(pets, "SCN") == set()


def test_a_seal_on_any_page_will_do() -> None:
    assert make.codes(case(CERTIFICATE, picture(page(seals=()), page())), "SCN") == set()


@pytest.mark.parametrize(
    ("file", "changes", "severity"),
    [
        (CERTIFICATE, {}, "error"),
        (TRANSCRIPT, {}, "warning"),
        (TRANSCRIPT, {"screenshot": True}, None),  # of the self-study system, without a seal by its nature
        ("materials/准考证.jpg", {}, None),
        ("materials/英语二成绩截图.jpg", {}, None),
    ],
)
def test_black_and_white(file: str, changes: dict[str, Any], severity: str | None) -> None:
    found = make.findings(case(file, grey=True, seals=(), **changes), "SCN202")
    assert [finding.severity for finding in found] == ([severity] if severity else [])
    assert "SCN201" not in scn(file, grey=True, seals=(), **changes)


def test_one_coloured_page_is_no_black_and_white_copy() -> None:
    assert make.codes(case(CERTIFICATE, picture(page(grey=True, seals=()), page())), "SCN") == set()


def test_papers_and_unreadable_files_are_left_to_their_own_rules() -> None:
    thesis = "materials/论文.pdf"
    paper = FileFacts(size=1, type="pdf", pdf=PdfFacts(pages=3), scan=(page(blur=9.0),))
    assert make.codes(make.perfect_case(facts={thesis: paper}), "SCN") == set()
    broken = FileFacts(size=1, type="jpeg", unreadable=Unreadable(reason="damaged"))
    assert make.codes(case(facts=broken), "SCN", "MAT") == {"MAT102"}


def test_what_was_not_measured_is_not_passed() -> None:
    unmeasured = FileFacts(size=1, type="jpeg", image=ImageFacts(width=1240, height=1754))
    assert ("skipped", "not_inspected") in make.reasons(case(facts=unmeasured), "SCN102")
