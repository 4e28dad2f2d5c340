"""What the rules on the print of papers share: the papers in a slot, as far as they could be read and are in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from degreecheck.papers.likeness import differing, number_in, number_likeness
from degreecheck.papers.paper import Paper, paper_of
from degreecheck.papers.rows import Seen
from degreecheck.report import FAILED_CHECKS
from degreecheck.rules._rule import Case, Hit, NotApplicable, NotInspected

NOT_LEGIBLE = "not_legible"

# Papers that may stand for one another: a 考籍 page is transcript and 英语二 proof; on that route the graduation
# certificate proves the number (M21); a 学位外语 certificate may come as sheet or as certificate (M22).
_TOGETHER = (
    frozenset({"transcript", "registration_page", "english_two_score"}),
    frozenset({"graduation_certificate", "language_certificate"}),
    frozenset({"degree_exam_sheet", "language_certificate"}),
)


@dataclass(frozen=True)
class InSlot:
    """A paper that was read, and where it lies."""

    slot: str
    file: str
    paper: Paper


def fits(paper: Paper, slots: Sequence[str]) -> bool:
    """Whether one of the slots takes what the paper's words speak of; a paper that names itself nowhere fits."""
    taken = set(slots).union(*(group for group in _TOGETHER if group.intersection(slots)))
    return not paper.kinds or bool(paper.kinds & taken)


def papers_in(case: Case, *slots: str) -> list[InSlot]:
    """The papers in these slots that could be read and are no others. Raises NotApplicable where there are no files,
    NotInspected where none of them could be read.
    """
    found: list[InSlot] = []
    reasons: list[str] = []
    for slot in slots:
        for file in case.files_in(slot):
            try:
                paper = paper_of(case.text(file))
            except NotInspected as trouble:
                # That reading failed is told of the file itself, by MAT301.
                reasons.append(NOT_LEGIBLE if trouble.reason in FAILED_CHECKS else trouble.reason)
                continue
            if fits(paper, case.slots_of(file)):
                found.append(InSlot(slot, file, paper))
            else:
                reasons.append(NOT_LEGIBLE)
    if not found:
        if not reasons:
            raise NotApplicable
        raise NotInspected(reasons[0])
    return found


def asked_at(where: InSlot, place: Seen, field: str, values: Mapping[str, object], variant: str = "") -> Hit:
    """A finding about a place on a paper."""
    return Hit(values, variant, field=field, slot=where.slot, file=where.file, regions=(place.region,))


def number_differs(
    papers: Sequence[InSlot], key: str, stated: str, lengths: tuple[int, ...], field: str
) -> Iterator[Hit]:
    """A question where the number beside the label ``key`` is another than the stated one.

    Raises NotInspected where no paper shows it well enough.
    """
    differs: list[tuple[InSlot, Seen]] = []
    for where in papers:
        for seen in where.paper.values.get(key, (None,)):
            likeness = number_likeness(stated, seen, where.paper, lengths)
            if likeness == "same":
                return
            if likeness == "another" and seen is not None:
                differs.append((where, seen))
    if not differs:
        raise NotInspected(NOT_LEGIBLE)
    where, place = differs[0]
    found = number_in(place)
    places = list(differing(stated, found))
    values = {"stated": stated[:40], "seen": found, "places": places}
    yield asked_at(where, place, field, values, "places" if places else "")
