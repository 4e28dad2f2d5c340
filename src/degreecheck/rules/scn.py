"""SCN: pictures of papers: can they be read, do they lie right, do they show the seal that is expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from degreecheck.facts import Box, Region, ScanFacts
from degreecheck.rules._papers import PAPER_SLOTS
from degreecheck.rules._rule import Case, Hit, NotApplicable, Subject, hit, rule

# ---- limits that no pack states; measured on drawn papers at 40-300 dpi, flat and photographed ----

_FEWEST_PIXELS = 300  # of width: below, nothing but headlines can be read (rules.md, SCN101)
_SMALL_PRINT = 9.0  # pixels of a character's height: Chinese characters become guesswork below
_GOOD_PRINT = 12.0  # from here on everything is legible, however narrow the picture (a long phone screenshot)
_FEW_LINES = 3  # fewer lines of print are too little to go by
_BLUR_OF_PRINT = (
    0.13  # blur's standard deviation : character height; print is hard to read from 0.12, soft photos reach 0.08
)
_BLUR_OF_PICTURE = 0.0028  # blur : shorter side, however large the print seems; sharp ones reach 0.0017
_DARKEST_PAPER = 0.40  # luminance of the paper; dim rooms give 0.5
_PALEST_INK = 0.30  # contrast of the print; soft photos keep 0.6
_GREATEST_SKEW = 5.0  # degrees (rules.md, SCN107)

_UNREADABLE = ("MAT102", "MAT103")
_NOT_LEGIBLE = (*_UNREADABLE, "SCN101", "SCN102", "SCN103")


def _pages(case: Case, subject: Subject) -> tuple[ScanFacts, ...]:
    if PAPER_SLOTS.issuperset(subject.slots) and case.readable(subject.file).image is None:
        raise NotApplicable
    return case.scan(subject.file)


def _where(case: Case, subject: Subject, wrong: Callable[[ScanFacts], bool]) -> list[int]:
    """The pages (0-based) of the subject's file on which something is wrong."""
    return [page for page, facts in enumerate(_pages(case, subject)) if wrong(facts)]


def _numbers(pages: list[int]) -> list[int]:
    return [page + 1 for page in pages]


def _variant(case: Case, subject: Subject) -> str:
    return "pages" if len(_pages(case, subject)) > 1 else ""


def _upright_width(facts: ScanFacts) -> int:
    return facts.height if facts.orientation == "on_side" else facts.width


@rule("SCN101", "error", each="file", after=_UNREADABLE, limits=("slots.*.smallest_width",))
def scan_too_small(case: Case, subject: Subject) -> Iterator[Hit]:
    """Too few pixels to read the smallest print that is expected in this slot. Certain only where nothing can be read.

    Source: M15, M24.
    """
    pages = _pages(case, subject)
    if case.readable(subject.file).image is None:  # a PDF's pages are drawn at any size
        raise NotApplicable
    specs = [case.pack.slots.get(slot) for slot in subject.slots]  # type: ignore[call-overload]
    wanted = max((spec.smallest_width or 0 for spec in specs if spec is not None), default=0)
    for facts in pages[:1]:
        width = _upright_width(facts)
        if width < _FEWEST_PIXELS:
            yield hit(width=width, wanted=max(wanted, _FEWEST_PIXELS))
        elif _small(facts, width, wanted):
            yield hit("small", severity="warning", width=width, wanted=wanted)


def _small(facts: ScanFacts, width: int, wanted: int) -> bool:
    if facts.text_height is None or facts.text_lines < _FEW_LINES:
        return width < wanted
    return facts.text_height < (_GOOD_PRINT if width < wanted else _SMALL_PRINT)


@rule("SCN102", "warning", each="file", after=(*_UNREADABLE, "SCN101"))
def scan_blurred(case: Case, subject: Subject) -> Iterator[Hit]:
    """The print is out of focus or shaken. Source: M15, M16, M17, M18."""
    pages = _where(case, subject, _blurred)
    if pages:
        yield hit(_variant(case, subject), pages=_numbers(pages))


def _blurred(facts: ScanFacts) -> bool:
    if facts.blur is None:
        return False
    of_print = facts.text_height is not None and facts.blur / facts.text_height > _BLUR_OF_PRINT
    return of_print or facts.blur / max(1, min(facts.width, facts.height)) > _BLUR_OF_PICTURE


@rule("SCN103", "warning", each="file", after=_UNREADABLE)
def scan_too_dark(case: Case, subject: Subject) -> Iterator[Hit]:
    """The paper is dark grey in the picture: taken in poor light. Source: M15, M16, M17, M18."""
    pages = _where(case, subject, lambda facts: facts.paper_level is not None and facts.paper_level < _DARKEST_PAPER)
    if pages:
        yield hit(_variant(case, subject), pages=_numbers(pages))


@rule("SCN104", "warning", each="file", after=(*_UNREADABLE, "SCN101", "SCN102"))
def scan_washed_out(case: Case, subject: Subject) -> Iterator[Hit]:
    """The print is pale on white: overexposed, or a worn copy. Source: M15, M16, M17, M18."""
    pages = _where(case, subject, lambda facts: facts.ink_contrast is not None and facts.ink_contrast < _PALEST_INK)
    if pages:
        yield hit(_variant(case, subject), pages=_numbers(pages))


@rule("SCN105", "warning", each="file", after=_UNREADABLE)
def scan_glare(case: Case, subject: Subject) -> Iterator[Hit]:
    """A lamp or flash is reflected on the paper and hides what stands there. Source: M15, M16, M17, M18."""
    regions = _regions(case, subject, lambda facts: facts.glare)
    if regions:
        yield hit(regions=regions)


def _regions(case: Case, subject: Subject, boxes: Callable[[ScanFacts], tuple[Box, ...]]) -> list[Region]:
    pages = enumerate(_pages(case, subject))
    return [Region(page=page, box=box) for page, facts in pages for box in boxes(facts)]


@rule("SCN106", "warning", each="file", after=(*_UNREADABLE, "SCN101", "SCN102"))
def scan_rotated(case: Case, subject: Subject) -> Iterator[Hit]:
    """The paper lies on its side or stands on its head; the reviewer sees it so. Source: F."""
    for page, facts in enumerate(_pages(case, subject)):
        if facts.orientation == "upside_down" or (facts.orientation == "on_side" and facts.text_lines >= _FEW_LINES):
            yield hit("upside_down" if facts.orientation == "upside_down" else "", page=page + 1)
            return


@rule("SCN107", "note", each="file", after=(*_UNREADABLE, "SCN101", "SCN102", "SCN106"))
def scan_skewed(case: Case, subject: Subject) -> Iterator[Hit]:
    """The paper lies more than five degrees askew. Source: F."""
    angles = [facts.skew for facts in _pages(case, subject) if facts.skew is not None]
    widest = max(angles, key=abs, default=0.0)
    if abs(widest) > _GREATEST_SKEW:
        yield hit(degrees=round(abs(widest)))


@rule("SCN108", "warning", each="file", after=_UNREADABLE)
def scan_cut_off(case: Case, subject: Subject) -> Iterator[Hit]:
    """The paper runs out of the picture: part of it is missing. Source: F."""
    for page, facts in enumerate(_pages(case, subject)):
        if facts.cut_sides:
            yield hit(sides=list(facts.cut_sides), page=page + 1)
            return


def _expected_seal(case: Case, subject: Subject) -> str:
    """The strictest expectation of the subject's slots; one of required, optional, none."""
    expected = {case.pack.seal_of(slot, case.form.language.route) for slot in subject.slots}
    return next(seal for seal in ("required", "optional", "none") if seal in expected)


@rule("SCN202", "error", each="file", after=_UNREADABLE, limits=("slots.*.seal", "routes.*.seal"))
def scan_grey(case: Case, subject: Subject) -> Iterator[Hit]:
    """A black and white copy: a red seal cannot show on it. Certain only where the school requires a seal.

    Screenshots and own sheets carry none. Source: M18.
    """
    pages = _pages(case, subject)
    expected = _expected_seal(case, subject)
    if expected == "none" or (expected == "optional" and all(facts.screenshot for facts in pages)):
        raise NotApplicable
    if all(facts.grey for facts in pages):
        yield hit(severity=None if expected == "required" else "warning", expected=expected)


@rule("SCN201", "warning", each="file", after=(*_NOT_LEGIBLE, "SCN104", "SCN202"),
      limits=("slots.*.seal", "routes.*.seal"))  # fmt: skip
def seal_not_seen(case: Case, subject: Subject) -> Iterator[Hit]:
    """No red seal is seen where the school expects one. The program sees red ink, not whether a seal is genuine.

    Electronic certificates are excepted by the pack. Source: M18.
    """
    pages = _pages(case, subject)
    if _expected_seal(case, subject) != "required":
        raise NotApplicable
    if not any(facts.seals for facts in pages):
        yield hit()
