"""Where in the window things are: the steps, what stands on each, and where a finding leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable

    from degreecheck.facts import Region
    from degreecheck.report import Finding

PageId = Literal[
    "personal", "institution", "courses", "thesis", "identity", "transcript", "certificates", "export", "submission",
]  # fmt: skip
PAGES: tuple[PageId, ...] = get_args(PageId)

# The portal's own numbering of its sections (manual 5.1-8); the last two steps are ours.
NUMBERS: dict[PageId, str] = {
    "personal": "5.1", "institution": "5.2", "courses": "5.3", "thesis": "5.4", "identity": "6", "transcript": "7",
    "certificates": "8",
}  # fmt: skip
SLOT_PAGES: dict[str, PageId] = {
    "thesis_document": "thesis", "similarity_report": "thesis", "proposal_report": "thesis", "task_book": "thesis",
    "photo": "identity", "id_card_portrait": "identity", "id_card_emblem": "identity", "exam_permit": "identity",
    "transcript": "transcript", "registration_page": "transcript",
    "graduation_certificate": "certificates", "language_certificate": "certificates",
    "english_two_score": "certificates", "degree_exam_sheet": "certificates", "other": "certificates",
}  # fmt: skip
_FIELD_PAGES: dict[str, PageId] = {
    "personal": "personal", "applicant_type": "personal", "self_study_channel": "personal",
    "institution": "institution", "courses": "courses", "thesis": "thesis", "language": "certificates",
    "photo_crop": "identity", "confirmations": "export", "submission": "submission",
}  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A place to go to: a page, and on it a field, a slot, a file and what is boxed in it."""

    page: PageId
    field: str = ""
    slot: str = ""
    file: str = ""
    regions: tuple[Region, ...] = ()


def page_of_field(path: str) -> PageId | None:
    """The page on which a field stands; None for a path that no page shows."""
    if path == "institution.diploma_number":
        return "certificates"
    if path.startswith("materials."):
        return SLOT_PAGES.get(path.partition(".")[2].partition("[")[0])
    return _FIELD_PAGES.get(path.partition(".")[0].partition("[")[0])


def target_of(finding: Finding) -> Target:
    """Where a finding is mended; the last overview where it belongs nowhere else."""
    field, slot = finding.field or "", finding.slot or ""
    return Target(page_of(finding.code, field, slot), field, slot, finding.file or "", finding.regions)


def page_of(code: str, field: str, slot: str) -> PageId:
    """The page on which what a rule found is mended; the last overview where it belongs nowhere else."""
    page = SLOT_PAGES.get(slot) or (page_of_field(field) if field else None)
    if page is None and code == "MAT202":
        page = "transcript"  # files that no slot uses are listed on every page with slots; this one has the fewest
    if page is None:
        page = "identity" if code.startswith("PHO") else "export"
    return page


def is_missing(finding: Finding) -> bool:
    """Whether it says that something is not there yet, as opposed to wrong."""
    return finding.name.endswith("_missing")


def open_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Errors and warnings that still ask for something."""
    return [finding for finding in findings if finding.severity != "note" and not finding.answered]
