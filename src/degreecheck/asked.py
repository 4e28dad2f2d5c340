"""What the portal asks, in its own order, and what of it applies to whom: by type, route and state of application."""

from __future__ import annotations

from typing import NamedTuple

from degreecheck.form import AskedField, Form, value_at
from degreecheck.form import Page as FormPage
from degreecheck.pack import Need, Pack


class Section(NamedTuple):
    """A section of the portal: its number in the manual, the form's page (None: uploads only), its upload slots."""

    number: str
    page: FormPage | None
    slots: tuple[str, ...]


# The portal's own numbering of its sections (manual 5.1-8), and which upload stands in which (M14, M15, M17, M18, M24).
SECTIONS: tuple[Section, ...] = (
    Section("5.1", "personal", ()),
    Section("5.2", "institution", ()),
    Section("5.3", "courses", ()),
    Section("5.4", "thesis", ("thesis_document", "similarity_report", "proposal_report", "task_book")),
    Section("6", None, ("photo", "id_card_portrait", "id_card_emblem", "exam_permit")),
    Section("7", None, ("transcript", "registration_page")),
    Section("8", "language", ("graduation_certificate", "language_certificate", "english_two_score",
                              "degree_exam_sheet", "other")),
)  # fmt: skip
UPLOAD_ORDER: tuple[str, ...] = tuple(slot for section in SECTIONS for slot in section.slots)

# Recognised by the portal itself from the ID number (M6): shown for comparison, not typed.
DERIVED = frozenset({"personal.birth_date", "personal.sex"})

_OF_ROUTE = frozenset({"language.certificate_number", "language.score"})
_AFTER_REVIEW = frozenset({"submission.returned_reason"})


class AskedSlot(NamedTuple):
    """An upload slot and how much this applicant needs it. ``need`` None: not at all, yet files lie in it.

    ``any_of``: the other slots that fill the need as well.
    """

    slot: str
    need: Need | None
    any_of: tuple[str, ...] = ()


def for_applicant(field: AskedField, form: Form) -> bool:
    """Whether the portal asks the field of applicants of this type (M7)."""
    return form.applicant_type in field.ask.applicants


def applies(field: AskedField, form: Form, pack: Pack) -> bool:
    """Whether a page should ask for the field now.

    By the applicant's type; certificate number and score only once a route is chosen that asks for them; the reason
    only of an application that came back. Of the last three none that is filled in is ever hidden.
    """
    if not for_applicant(field, form):
        return False
    if field.path in _OF_ROUTE:
        return bool(value_at(form, field.path)) or _route_asks(field.path, form, pack)
    if field.path in _AFTER_REVIEW:
        return bool(value_at(form, field.path)) or form.submission.status in ("returned", "refused")
    return True


def _route_asks(path: str, form: Form, pack: Pack) -> bool:
    name = form.language.route
    if name not in routes_for(form, pack):
        return False
    route = pack.routes[name]
    return path != "language.score" or route.greatest_score is not None or route.minimum_score != "unknown"


def asks_channel(form: Form) -> bool:
    """Whether the applicant is asked for a channel, 助学 or 社会考生 (M1)."""
    return form.applicant_type == "self_study"


def routes_for(form: Form, pack: Pack) -> tuple[str, ...]:
    """The pack's routes that are open to applicants of this type, in the pack's order."""
    return tuple(name for name, route in pack.routes.items() if form.applicant_type in route.applicants)


def slots_for(section: str, form: Form, pack: Pack) -> tuple[AskedSlot, ...]:
    """The upload slots of a section ("5.4", "6", "7", "8") in the portal's order, and how much each is needed.

    Slots that are not for this applicant or route are left out, unless files lie in them. Empty for other sections.
    """
    found = []
    for slot in next((known.slots for known in SECTIONS if known.number == section), ()):
        need = pack.need_of(slot, form.applicant_type, form.language.route)
        if need is not None:
            found.append(AskedSlot(slot, need, tuple(pack.slots[slot].any_of)))  # type: ignore[index]
        elif form.listed(slot):
            found.append(AskedSlot(slot, None))
    return tuple(found)


def unknown_slots(form: Form) -> tuple[str, ...]:
    """Names in the form's materials that are no slots of this program; their files are kept."""
    return tuple(sorted(slot for slot in form.materials if slot not in UPLOAD_ORDER))
