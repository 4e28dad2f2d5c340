"""What has to be typed and uploaded, in the portal's order: the one list behind copy-sheet, workbook and guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from degreecheck.asked import DERIVED, SECTIONS, for_applicant
from degreecheck.form import AskedField, Form, asked_fields, value_at
from degreecheck.idnumbers import resident_id
from degreecheck.pack import Pack
from degreecheck.text import Texts

_KEYWORD_SEPARATOR = "；"


@dataclass(frozen=True)
class PortalValue:
    """One field of the portal. ``entry``: typed, or recognised by the portal and only compared."""

    field: str
    label: str
    value: str
    entry: Literal["typed", "recognised"] = "typed"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PortalUpload:
    """One upload slot and the files to choose for it, relative to the bundle's payload."""

    slot: str
    label: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class PortalSection:
    """A section of the portal's form with its own number and title."""

    number: str
    title: str
    values: tuple[PortalValue, ...]
    uploads: tuple[PortalUpload, ...]


def portal_sections(
    form: Form, pack: Pack, texts: Texts, uploads: Mapping[str, Sequence[str]]
) -> tuple[PortalSection, ...]:
    """Every value and upload in the portal's order. ``uploads`` maps a slot to its files' names in the bundle."""
    sections = []
    for number, page, slots in SECTIONS:
        values = tuple(_values(form, pack, texts, page)) if page else ()
        files = tuple(
            PortalUpload(slot, texts.word("slot", slot), tuple(uploads[slot])) for slot in slots if uploads.get(slot)
        )
        sections.append(PortalSection(number, texts.get(f"portal_section.{number}"), values, files))
    return tuple(sections)


def _values(form: Form, pack: Pack, texts: Texts, page: str) -> list[PortalValue]:
    shown = []
    for field in asked_fields():
        if field.ask.page != page or not field.ask.on_portal or not for_applicant(field, form):
            continue
        value = shown_value(form, field, texts)
        if field.path.startswith("thesis.advisor_contacts.") and not value:
            continue  # any one kind is enough (M13)
        entry: Literal["typed", "recognised"] = "recognised" if field.path in DERIVED else "typed"
        shown.append(PortalValue(field.path, _label(field, texts), value, entry, _notes(field, pack, texts)))
    return shown


def _label(field: AskedField, texts: Texts) -> str:
    # The portal has one field for both numbers (准考证号, 成教生填学号: M7).
    if field.path == "personal.student_number":
        return texts.get("portal_note.student_number_label")
    return texts.word("field", field.path)


def _notes(field: AskedField, pack: Pack, texts: Texts) -> tuple[str, ...]:
    if field.path == "personal.id_number":
        return tuple(trap.in_language(texts.language) for trap in pack.portal.traps if trap.where == "id_number")
    key = f"portal_note.{field.path}"
    return (texts.get(key),) if texts.has(key) else ()


def shown_value(form: Form, field: AskedField, texts: Texts) -> str:
    """A field's value as it is typed on the portal: plain text, numbers folded to what the portal takes."""
    value = value_at(form, field.path)
    if field.path == "personal.sex" and value is None:
        value = resident_id.sex(form.personal.id_number)
    if field.path == "personal.birth_date" and value is None:
        value = resident_id.birth_date(form.personal.id_number)
    if value is None:
        return ""
    if field.path == "personal.id_number":
        return resident_id.compact(str(value))
    if field.path == "personal.sex":
        return texts.word("sex", value)
    if isinstance(value, tuple):
        return _KEYWORD_SEPARATOR.join(entry.strip() for entry in value if entry.strip())
    return str(value).strip()
