"""DSK: what only shows when many applicants are seen together, and against the roster.

Rules like all others, on a case that also knows its desk. They are judged in the same run, so their findings stand in
the applicant's own report. None can be answered: what they find is mended in a form, a file name or the roster.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from degreecheck.desk.matching import Outcome, differences
from degreecheck.desk.roster import Row
from degreecheck.form import asked_fields
from degreecheck.rules import RULES_IN_ORDER
from degreecheck.rules._rule import Case, Hit, NotApplicable, NotInspected, Rule, hit, in_order, rule

NAMED = 5  # others named in one sentence
_SENSITIVE = frozenset(field.path for field in asked_fields() if field.ask.sensitive)


@dataclass(frozen=True, slots=True)
class Others:
    """So many others, the first few by their labels."""

    labels: tuple[str, ...] = ()
    count: int = 0


_NOBODY = Others()


@dataclass(frozen=True)
class Shared:
    """With how many others an applicant has something in common."""

    id_number: Others = _NOBODY
    certificate_number: Others = _NOBODY
    photo: Mapping[str, Others] = dataclasses.field(default_factory=dict)  # by the photo's file


_NOTHING_SHARED = Shared()


@dataclass(frozen=True)
class Neighbours:
    """What a desk knows of one applicant."""

    shared: Shared = _NOTHING_SHARED
    photos_unread: tuple[str, ...] = ()  # files that could not be compared
    match: Outcome | None = None  # with the roster; None: there is none, or nobody's folder could be this person's
    rows: tuple[int, ...] = ()  # numbers of the roster's rows, 1-based, among which a name could not decide
    row: Row | None = None
    row_form: Any = None  # of the row, where the applicant has a form of its own to compare with
    row_fields: frozenset[str] = frozenset()
    without_folder: bool = False  # stands in the roster only
    alone: bool = True  # there is nobody to compare with


@dataclass(frozen=True)
class DeskCase(Case):
    """One application among others."""

    desk: Neighbours = dataclasses.field(default_factory=Neighbours)


DESK_RULES: dict[str, Rule] = {}


def on_desk(case: Case, desk: Neighbours) -> DeskCase:
    """The case with what its desk knows of it."""
    kept = {field.name: getattr(case, field.name) for field in dataclasses.fields(Case)}
    return DeskCase(**kept, desk=desk)


def _in_company(case: Case) -> bool:
    return isinstance(case, DeskCase) and not case.desk.alone


def _on_roster(case: Case) -> bool:
    return isinstance(case, DeskCase) and (case.desk.match is not None or case.desk.without_folder)


@rule("DSK101", "error", field="personal.id_number", applies=_in_company, among=DESK_RULES)
def same_id_number(case: DeskCase) -> Iterator[Hit]:
    """Two applicants of the desk give one ID number: a slip, or one person with two folders.

    The portal takes one application for each number. Source: M6.
    """
    if not case.form.personal.id_number:
        raise NotApplicable
    yield from _told(case.desk.shared.id_number)


@rule("DSK102", "warning", applies=_in_company, answerable=False, among=DESK_RULES)
def same_photo(case: DeskCase) -> Iterator[Hit]:
    """The photo is, byte for byte, another applicant's: one of the two has the wrong file. Source: M15."""
    files = case.files_in("photo")
    if not files:
        raise NotApplicable
    for file in files:
        if file in case.desk.photos_unread:
            raise NotInspected
        yield from _told(case.desk.shared.photo.get(file, _NOBODY), slot="photo", file=file)


@rule("DSK103", "warning", field="language.certificate_number", applies=_in_company, answerable=False,
      among=DESK_RULES)  # fmt: skip
def same_certificate_number(case: DeskCase) -> Iterator[Hit]:
    """Two applicants give one certificate number; a certificate is one person's. Source: M19."""
    if not case.form.language.certificate_number:
        raise NotApplicable
    yield from _told(case.desk.shared.certificate_number)


def _told(others: Others, *, slot: str | None = None, file: str | None = None) -> Iterator[Hit]:
    if others.count:
        yield hit(slot=slot, file=file, others=list(others.labels), count=others.count + 1)


@rule("DSK201", "warning", applies=_on_roster, answerable=False, among=DESK_RULES)
def no_folder(case: DeskCase) -> Iterator[Hit]:
    """The roster has this person, the desk no folder of theirs: nothing was handed in, or under another name.

    Source: F.
    """
    if case.desk.without_folder and case.desk.match is None:
        yield hit(row=_row(case).number)


@rule("DSK202", "warning", applies=_on_roster, answerable=False, among=DESK_RULES)
def no_row(case: DeskCase) -> Iterator[Hit]:
    """The folder's applicant is not in the roster, by number or by name. Source: F."""
    if case.desk.match == "none":
        yield hit()


@rule("DSK203", "warning", applies=_on_roster, answerable=False, among=DESK_RULES)
def row_differs(case: DeskCase) -> Iterator[Hit]:
    """The roster and the applicant's form say different things; one of the two is wrong. Source: F."""
    if case.desk.row_form is None:
        raise NotApplicable
    found = differences(case.desk.row_form, case.form, case.desk.row_fields)
    if found:
        open_ones = [one for one in found if one.field not in _SENSITIVE]
        yield hit(
            "values" if len(open_ones) == len(found) else "",
            row=_row(case).number,
            fields=[one.field for one in found],
            differences=[{"field": one.field, "roster": one.roster[:100], "form": one.form[:100]} for one in open_ones],
        )


@rule("DSK204", "warning", applies=_on_roster, answerable=False, among=DESK_RULES)
def row_damaged(case: DeskCase) -> Iterator[Hit]:
    """A spreadsheet has changed a number in the roster: cut to fifteen digits, 5.00101E+17, a leading zero lost.

    What was typed cannot be told from it, so the field is not checked. Source: F.
    """
    if case.desk.row is None:
        raise NotApplicable
    for damage in case.desk.row.damaged:
        variant = "proposal" if damage.proposal else ""
        field = damage.field.split("|")[0]
        yield hit(variant, field=field, row=case.desk.row.number, trouble=damage.trouble, proposal=damage.proposal)


@rule("DSK205", "warning", applies=_on_roster, answerable=False, among=DESK_RULES)
def same_name_unmatched(case: DeskCase) -> Iterator[Hit]:
    """Only a name could tell who this is, and it does not: several bear it, or its bearer has another ID number.

    Same-name students exist; guessing would give one the other's verdict. Source: F.
    """
    if case.desk.match not in ("same_name", "other_number"):
        return
    variant = "row" if case.desk.without_folder else "number" if case.desk.match == "other_number" else ""
    yield hit(variant, rows=list(case.desk.rows[:NAMED]), count=len(case.desk.rows))


def _row(case: DeskCase) -> Row:
    assert case.desk.row is not None  # where there is a difference, or nobody, there is a row
    return case.desk.row


IN_ORDER = (*RULES_IN_ORDER, *in_order(DESK_RULES))
# Of somebody without a folder only what the roster itself says is judged: that every paper is missing has one cause.
WITHOUT_FOLDER = tuple(
    entry for entry in IN_ORDER if entry.family in ("IDN", "SCH", "CRS", "THS", "LNG", "DSK") or entry.code == "SYS101"
)
