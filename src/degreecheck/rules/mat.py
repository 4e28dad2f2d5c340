"""MAT: which materials are there, and whether each is a file that its slot can take. The photo has rules of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from degreecheck.facts import DOCUMENT_TYPES, PICTURE_TYPES, FileFacts, NotChecked
from degreecheck.file_types import claimed_type
from degreecheck.form import SLOTS, NotAsked
from degreecheck.pack import SlotSpec
from degreecheck.papers.paper import paper_of
from degreecheck.rules._papers import PAPER_SLOTS
from degreecheck.rules._rule import Case, Hit, NotApplicable, NotInspected, Subject, hit, rule
from degreecheck.rules._texts import fits

# The file may be fine: somebody has to close a program, wait for the cloud or ask for access first.
_MENDED_BY_WAITING = frozenset({"still_downloading", "in_use", "no_permission", "gone"})
# Many office systems write these under the name of a Word file, and Word opens them: only the name is wrong (MAT104).
_OPENED_BY_WORD = frozenset({"rtf", "html", "word_xml"})
# Pictures of one sheet that shows several things are one file in several of these slots.
_MAY_SHARE = (
    frozenset({"transcript", "registration_page", "english_two_score"}),
    frozenset({"id_card_portrait", "id_card_emblem"}),
)
_NEVER_SHARE = frozenset({"photo"})
_PAPERS_APART = frozenset({"thesis_document", "similarity_report"})


@rule("MAT101", "error", each="slot", limits=("slots.*.needed", "slots.*.any_of"))
def material_missing(case: Case, subject: Subject) -> Iterator[Hit]:
    """A slot that this applicant needs is empty. Slots of an any_of group count as one.

    A question where slots were guessed from names, and a file's name leaves open that it is for this one.

    Source: M14, M15, M17, M18, M24.
    """
    if subject.slot == "photo":
        raise NotApplicable
    need = case.need_of(subject.slot)
    if need not in ("required", "probably"):
        raise NotApplicable
    if not _is_missing(case, subject.slot):
        return
    case.check_not_aside(f"materials.{subject.slot}")
    enough = _enough(case, subject.slot)
    others = sorted(enough - {subject.slot})
    if files := case.may_be(enough):
        yield hit("unsure", severity="warning", needed=need, files=list(files))
    else:
        variant = "any_of" if others else "paper" if subject.slot in PAPER_SLOTS else ""
        yield hit(variant, severity="error" if need == "required" else "warning",
                  needed=need, others=others)  # fmt: skip


def _enough(case: Case, slot: str) -> set[str]:
    return {slot, *case.pack.slots[slot].any_of}  # type: ignore[index]


def _is_missing(case: Case, slot: str) -> bool:
    """Whether this applicant needs the slot and nothing is in it. Raises NotAsked where that is not known."""
    if case.need_of(slot) not in ("required", "probably"):
        return False
    enough = _enough(case, slot)
    return not any(entry.slot in enough for entry in case.listed)


@rule("MAT102", "error", each="file")
def material_unreadable(case: Case, subject: Subject) -> Iterator[Hit]:
    """A file cannot be opened: damaged, far too large, protected. What opens later is only asked about.

    Thesis papers that are protected or empty are DOC101 and DOC102. Source: M15, M16, M17, M18.
    """
    unreadable = case.file(subject.file).unreadable
    if unreadable is None or unreadable.reason == "unknown_format":  # that is a wrong type, not damage
        return
    if unreadable.reason in ("encrypted", "empty") and PAPER_SLOTS.issuperset(subject.slots):
        raise NotApplicable
    waiting = unreadable.reason in _MENDED_BY_WAITING
    yield hit("waiting" if waiting else "", severity="warning" if waiting else "error", reason=unreadable.reason)


@rule("MAT103", "error", each="file", after=("MAT102",), limits=("slots.*.types",))
def material_wrong_type(case: Case, subject: Subject) -> Iterator[Hit]:
    """A file is, by its bytes, of a type that its slot does not take; pictures that the export converts are a note.

    Where the school has not said which types it takes, anything unlikely is only asked about.
    Source: M14, M15, M16, M17, M18.
    """
    kind = _opened(case, subject).type
    for slot in subject.slots:
        spec = case.pack.slots.get(slot)  # type: ignore[call-overload]
        if spec is None or _takes(spec, slot, kind, subject.file):
            continue
        if slot not in PAPER_SLOTS and kind in PICTURE_TYPES and _takes(spec, slot, "jpeg", "x.jpg"):
            yield hit("picture", severity="note", slot=slot, type=kind)
        elif spec.types != "unknown":
            yield hit(slot=slot, type=kind, taken=list(spec.types))
        else:
            # A paper that was photographed can still be looked at like any other picture of print.
            photographed = slot in PAPER_SLOTS and kind in PICTURE_TYPES
            yield hit("paper" if photographed else "unlikely", severity="warning", slot=slot, type=kind,
                      taken=sorted(_likely(slot)), goes_on=photographed)  # fmt: skip
        return


def _opened(case: Case, subject: Subject) -> FileFacts:
    found = case.file(subject.file)
    if found.unreadable is not None and found.unreadable.reason != "unknown_format":
        raise NotInspected("unreadable")
    return found


def _takes(spec: SlotSpec, slot: str, kind: str, file: str) -> bool:
    if slot in PAPER_SLOTS and kind in _OPENED_BY_WORD and claimed_type(file) in ("doc", "docx"):
        return True
    return kind in (_likely(slot) if spec.types == "unknown" else spec.types)


def _likely(slot: str) -> frozenset[str]:
    """What a portal takes as a rule: papers as documents, everything else as a common picture or a scan in PDF."""
    return frozenset(DOCUMENT_TYPES) if slot in PAPER_SLOTS else frozenset({"jpeg", "png", "pdf"})


@rule("MAT104", "warning", each="file", after=("MAT102", "MAT103"))
def material_extension_lies(case: Case, subject: Subject) -> Iterator[Hit]:
    """The file's name says one type and its bytes another; a portal that goes by the name refuses it. Source: F."""
    kind, claimed = _opened(case, subject).type, claimed_type(subject.file)
    if PAPER_SLOTS.issuperset(subject.slots) and kind in PICTURE_TYPES:
        raise NotInspected("after MAT103")
    if claimed is not None and kind not in (claimed, "unknown"):
        yield hit(claimed=claimed, type=kind)


@rule("MAT105", "error", each="file", after=("MAT102", "MAT103"), limits=("slots.*.min_bytes", "slots.*.max_bytes"))
def material_file_size(case: Case, subject: Subject) -> Iterator[Hit]:
    """A file is smaller or larger than the school's limits, where it states any; the export reduces pictures.

    Source: F.
    """
    found = case.readable(subject.file)
    for slot in subject.slots:
        spec = case.pack.slots.get(slot)  # type: ignore[call-overload]
        if spec is None:
            continue
        if spec.max_bytes is not None and found.size > spec.max_bytes:
            mended = found.type in PICTURE_TYPES
            yield hit("picture" if mended else "", severity="note" if mended else None, slot=slot,
                      kilobytes=_kilobytes(found.size), limit=_kilobytes(spec.max_bytes))  # fmt: skip
        elif spec.min_bytes is not None and found.size < spec.min_bytes:
            yield hit("small", slot=slot, kilobytes=_kilobytes(found.size), limit=_kilobytes(spec.min_bytes))


def _kilobytes(size: int) -> str:
    return f"{size / 1024:.0f}" if size >= 10 * 1024 else f"{size / 1024:.1f}"


@rule("MAT201", "error")
def same_file_twice(case: Case) -> Iterator[Hit]:
    """One and the same file stands in two slots that cannot show the same thing.

    Certain for the photo, and for thesis and similarity report; else a question. One sheet may well be transcript and
    registration page, or both sides of the ID card. Source: F.
    """
    hits = list(_shared_contents(case))
    unseen = next((file for file in case.opened_files if not isinstance(case.facts.get(file), FileFacts)), "")
    if unseen and not hits:
        case.file(unseen)  # raises NotInspected: not every file could be compared
    yield from hits


def _shared_contents(case: Case) -> Iterator[Hit]:
    for entries in _places_by_content(case).values():
        slots = frozenset(slot for slot, _ in entries)
        if len(slots) < 2 or any(slots <= group for group in _MAY_SHARE):
            continue
        certain = bool(slots & _NEVER_SHARE) or slots >= _PAPERS_APART
        yield hit(severity=None if certain else "warning", slot=entries[0][0], file=entries[0][1],
                  subject="+".join(sorted(slots)),
                  slots=list(dict.fromkeys(slot for slot, _ in entries)),
                  files=list(dict.fromkeys(file for _, file in entries)))  # fmt: skip


def _places_by_content(case: Case) -> Mapping[str, list[tuple[str, str]]]:
    """Where each content stands: slot and file. A file that was not read counts by its name."""
    found: dict[str, list[tuple[str, str]]] = {}
    for entry in case.listed:
        if entry.file and entry.exists:
            facts = case.facts.get(entry.file)
            known = facts is not None and not isinstance(facts, NotChecked) and bool(facts.sha256) and facts.size > 0
            key = facts.sha256 if known and isinstance(facts, FileFacts) else f"name:{entry.file}"
            found.setdefault(key, []).append((entry.slot, entry.file))
    return found


@rule("MAT202", "warning", each="unassigned")
def file_without_slot(case: Case, subject: Subject) -> Iterator[Hit]:
    """A file lies in the folder and no slot uses it: it would not be uploaded. Source: F."""
    if any(_asks_about(case, slot) for slot in case.unsure.get(subject.file, ())):
        raise NotApplicable  # MAT101 and PHO101 name it
    yield hit(file=subject.file)


def _asks_about(case: Case, slot: str) -> bool:
    try:
        return _is_missing(case, slot)
    except NotAsked:
        return False


@rule("MAT203", "error", each="listed", after=("SYS103",))
def slot_file_gone(_case: Case, subject: Subject) -> Iterator[Hit]:
    """application.json names a file that is not there: moved, renamed or deleted; or a folder. Source: F."""
    assert subject.listed is not None
    if subject.listed.file and not subject.listed.exists:
        yield hit("no_file" if subject.listed.no_file else "", file=subject.listed.file)


@rule("MAT301", "warning", each="file", after=("DOC203", "MAT102", "MAT103"))
def probably_wrong_slot(case: Case, subject: Subject) -> Iterator[Hit]:
    """What is printed on the picture speaks for another slot (上传错误: a usual reason for a refusal).

    The title on a thesis paper that is a file of text is DOC203. Source: F.
    """
    if "other" in subject.slots or case.readable(subject.file).word is not None:
        raise NotApplicable
    if PAPER_SLOTS.intersection(subject.slots) and case.readable(subject.file).image is None:
        raise NotApplicable
    paper = paper_of(case.text(subject.file))
    if not paper.kinds:
        raise NotApplicable
    if not fits(paper, subject.slots):
        yield hit(shown=[slot for slot in SLOTS if slot in paper.kinds])
