"""Which file goes into a bundle under which name, and whether it is converted or copied. Pure: nothing is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from degreecheck.bundle_layout import UPLOADS
from degreecheck.facts import PICTURE_TYPES, FileFacts
from degreecheck.file_types import claimed_type
from degreecheck.form import Form
from degreecheck.inspectors.messages import Convert, Copy, PictureFormat
from degreecheck.output.bundle_names import UploadNames, extension_of, upload_slots
from degreecheck.pack import Pack, SlotSpec
from degreecheck.rules._rule import Case, ListedPath

MOST_PAGES = 50  # of one TIFF

# There is nothing to hand on. Other damage is copied as it is, if errors are allowed at all.
_NOT_THERE = frozenset({"gone", "no_permission", "in_use", "still_downloading", "not_a_file", "empty"})


@dataclass(frozen=True)
class Upload:
    """A file on its way into the bundle. ``file`` is relative to the folder, ``name`` to the bundle's payload."""

    slot: str
    listed: str
    file: str
    name: str
    request: Convert | Copy
    sha256: str = ""  # of the source when it was inspected; empty when it was not


@dataclass(frozen=True)
class LeftOut:
    """A listed file that is not in the bundle. ``reason`` is a key of the texts."""

    slot: str
    listed: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """What goes in and what cannot."""

    uploads: tuple[Upload, ...]
    left_out: tuple[LeftOut, ...]


def plan(case: Case, folder: Path, payload: Path) -> Plan:
    """The plan for the listed files of a case; ``payload`` is where the bundle's payload grows."""
    names = UploadNames(case.form, case.pack)
    uploads: list[Upload] = []
    left_out: list[LeftOut] = []
    for slot in upload_slots(case.form):
        pages: list[tuple[ListedPath, str, int]] = []
        seen = set()
        for entry in case.listed:
            if entry.slot != slot or (entry.file and entry.file in seen):
                continue
            seen.add(entry.file)
            reason = _obstacle(case, entry)
            if reason:
                left_out.append(LeftOut(slot, entry.listed, reason))
            else:
                pages += [(entry, _type_of(case, entry.file), page) for page in range(_pages(case, slot, entry.file))]
        for place, (entry, kind, page) in enumerate(pages, 1):
            made = _format(case, slot, entry.file, kind)
            extension = extension_of(made or kind, entry.file)
            name = f"{UPLOADS}/{names.name(slot, extension, place if len(pages) > 1 else None)}"
            uploads.append(_upload(case, entry, page, made, folder / entry.file, payload / name, name))
    return Plan(tuple(uploads), tuple(left_out))


def with_bundle_files(form: Form, done: Plan, pack: Pack) -> Form:
    """The form that goes into the bundle: its materials are the bundle's files, and the crop is applied already.

    Files that are left out stay listed as they were, so that they are missed.
    """
    materials = {
        slot: tuple(dict.fromkeys(name for entry in entries for name in _bundle_files(slot, entry, done)))
        for slot, entries in form.materials.items()
    }
    own_pack = form.pack if form.pack.isidentifier() else pack.id  # not a path of this computer
    return form.model_copy(update={"materials": materials, "photo_crop": None, "pack": own_pack})


def _bundle_files(slot: str, listed: str, done: Plan) -> Iterator[str]:
    if any(entry.slot == slot and entry.listed == listed for entry in done.left_out):
        yield listed
    # Two spellings of one path are one file: it is in the bundle once.
    yield from (entry.name for entry in done.uploads if entry.slot == slot and entry.listed == listed)


def _obstacle(case: Case, entry: ListedPath) -> str:
    """Why the file cannot be in the bundle, as a key of the texts; empty when it can be tried."""
    if entry.unsafe:
        return f"unsafe.{entry.unsafe}"
    if not entry.exists:
        return "unreadable.gone"
    facts = case.facts.get(entry.file)
    if isinstance(facts, FileFacts):
        if facts.unreadable is not None and facts.unreadable.reason in _NOT_THERE:
            return f"unreadable.{facts.unreadable.reason}"
        if facts.type == "tiff" and facts.image is not None and facts.image.frames > MOST_PAGES:
            return "bundle.reason.too_many_pages"
    return ""


def _type_of(case: Case, file: str) -> str:
    facts = case.facts.get(file)
    if isinstance(facts, FileFacts) and facts.type != "unknown":
        return facts.type
    return claimed_type(file) or "unknown"  # by its name where the bytes could not be looked at


def _pages(case: Case, slot: str, file: str) -> int:
    """How many pictures the file becomes: a scanned TIFF may hold several pages. Other formats only move."""
    facts = case.facts.get(file)
    if slot == "photo" or not isinstance(facts, FileFacts) or facts.type != "tiff" or facts.image is None:
        return 1
    return max(1, facts.image.frames)


def _format(case: Case, slot: str, file: str, kind: str) -> PictureFormat | None:
    """What a picture is converted to; None for what is copied."""
    if kind not in PICTURE_TYPES:
        return None
    spec: SlotSpec | None = case.pack.slots.get(slot)  # type: ignore[call-overload]
    taken = frozenset({"jpeg", "png"}) if spec is None or spec.types == "unknown" else frozenset(spec.types)
    if "jpeg" not in taken and "png" in taken:
        return "png"
    facts = case.facts.get(file)
    limit = spec.max_bytes if spec is not None else None
    fits = limit is None or (isinstance(facts, FileFacts) and facts.size <= limit)
    return "png" if kind == "png" and "png" in taken and slot != "photo" and fits else "jpeg"


def _upload(
    case: Case,
    entry: ListedPath,
    page: int,
    made: PictureFormat | None,
    source: Path,
    target: Path,
    name: str,
) -> Upload:
    facts = case.facts.get(entry.file)
    sha256 = facts.sha256 if isinstance(facts, FileFacts) else ""
    if made is None:
        size = facts.size if isinstance(facts, FileFacts) else 0
        return Upload(entry.slot, entry.listed, entry.file, name, Copy(source, target, size), sha256)
    spec: SlotSpec | None = case.pack.slots.get(entry.slot)  # type: ignore[call-overload]
    photo = entry.slot == "photo"
    crop = case.form.photo_crop if photo else None
    request = Convert(
        source, target, made, crop=crop, size=(case.pack.photo.width, case.pack.photo.height) if photo else None,
        max_bytes=spec.max_bytes if spec is not None else None, dpi=case.pack.photo.dpi if photo else 300, frame=page,
    )  # fmt: skip
    return Upload(entry.slot, entry.listed, entry.file, name, request, sha256)
