"""The pipeline: a folder and a pack become a Case (gather), a Case becomes a Report (judge)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from degreecheck import id_sides, paths
from degreecheck.facts import Box, FileFacts, NotChecked
from degreecheck.folder import Folder
from degreecheck.form import SLOTS, Form, FormSource, NotAsked, OnlyAsked
from degreecheck.inspectors.files import FileRequest
from degreecheck.inspectors.messages import Part
from degreecheck.pack import Pack
from degreecheck.report import (
    FAILED_CHECKS,
    SEVERITIES,
    STANDING_LIMITS,
    Applicant,
    Finding,
    NotCheckedLine,
    Report,
    Result,
    with_answers,
)
from degreecheck.rules import CRASHED, FAMILIES, RULES_IN_ORDER
from degreecheck.rules._rule import WHOLE, Case, ListedPath, Rule, run

# What is measured in a file follows from the slots it fills.
DOCUMENT_SLOTS = frozenset({"thesis_document", "similarity_report", "proposal_report", "task_book"})

# Papers whose print is compared with the form. Of a thesis paper that is a scan, the first page's heading is read.
TEXT_SLOTS = DOCUMENT_SLOTS | {
    "id_card_portrait", "id_card_emblem", "exam_permit", "transcript", "registration_page", "graduation_certificate",
    "language_certificate", "english_two_score", "degree_exam_sheet",
}  # fmt: skip

# Skipped for these reasons: said under "not checked". The other reasons follow from a finding that is shown anyway.
_SAID_WHEN_SKIPPED = (
    *sorted(FAILED_CHECKS),
    "not_inspected",
    "no_background",
    "not_measured",
    "no_text",
    "not_legible",
    "no_document_text",
    "not_in_roster",
    "form_unreadable",
)


Inspect = Callable[[Sequence[FileRequest[str]]], Mapping[str, FileFacts | NotChecked]]


def gather(
    folder: Folder,
    pack: Pack,
    now: datetime,
    *,
    inspect: Inspect | None = None,
    form: Form | OnlyAsked | None = None,
    form_source: FormSource | None = None,
    exporting: bool = False,
    read_text: bool = True,
) -> Case:
    """Put together what a judgement rests on. ``form`` replaces the folder's own (a roster row, or the window's).

    ``read_text``: whether ``inspect`` is asked for the text in pictures, which takes seconds a page the first time.
    """
    used: Any = folder.form if form is None else form
    if form is None and folder.form_source == "none":
        used = OnlyAsked(folder.form, frozenset())
    named = listed_paths(folder, used)
    in_use = {entry.file for entry in named}
    listed = tuple(entry for entry in named if entry.slot in SLOTS)  # of the others tells SYS101
    unsure = {file: slots for file, slots in folder.unsure.items() if file not in in_use}
    sides = [file for file, slots in unsure.items() if id_sides.is_side(slots)]
    looked_at = (*listed, *(ListedPath(id_sides.PORTRAIT, file, file) for file in sides))
    requests = inspection_requests(folder, looked_at, used.photo_crop, read_text=read_text)
    facts = inspect(requests) if inspect is not None else {}
    for file, slot in id_sides.settled(sides, {entry.slot for entry in listed}, facts).items():
        listed = (*listed, ListedPath(slot, file, file))
        in_use.add(file)
        del unsure[file]
    return Case(
        form=used,
        pack=pack,
        now=now,
        listed=listed,
        unassigned=tuple(file for file in folder.files if file not in in_use and _unfolded(file) not in in_use),
        unsure=unsure,
        facts={file: found for file, found in facts.items() if file in in_use},
        form_source=form_source or folder.form_source,
        form_unreadable=folder.form_unreadable,
        form_unreadable_line=folder.form_unreadable_line,
        incomplete=folder.incomplete,
        exporting=exporting,
    )


def listed_paths(folder: Folder, form: Form) -> tuple[ListedPath, ...]:
    """The form's materials, each path judged for safety before anything touches it."""
    known = set(folder.files)
    listed = []
    for slot, entries in form.materials.items():
        for entry in entries:
            if not entry.strip():
                continue
            try:
                path = paths.inside(folder.path, entry)
                file = paths.folded(entry)
            except paths.UnsafePath as trouble:
                listed.append(ListedPath(slot, entry, unsafe=trouble.reason, exists=False))
                continue
            exists = file in known or _is_there(path)
            listed.append(ListedPath(slot, entry, file, exists=exists, no_file=not exists and paths.may_exist(path)))
    return tuple(listed)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except PermissionError:
        return True  # in a folder that is closed to us: told as a file that cannot be opened, not as one that is gone


def inspection_requests(
    folder: Folder, listed: Iterable[ListedPath], crop: Box | None, *, read_text: bool = False
) -> list[FileRequest[str]]:
    """One request for each file that a slot uses, with the parts that its slots need."""
    parts: dict[str, set[Part]] = {}
    for entry in listed:
        if entry.file and entry.exists:
            kind: Part = "photo" if entry.slot == "photo" else "document" if entry.slot in DOCUMENT_SLOTS else "scan"
            parts.setdefault(entry.file, set()).add(kind)
            if read_text and entry.slot in TEXT_SLOTS:
                parts[entry.file].add("text")
    return [
        FileRequest(file, folder.path / file, frozenset(kinds), crop if "photo" in kinds else None)
        for file, kinds in parts.items()
    ]


def judge(case: Case, folder: str = "", rules: Sequence[Rule] = RULES_IN_ORDER) -> Report:
    """Run every rule on the case. Pure: the same case gives the same report."""
    results, findings = run(case, rules)
    crashed = tuple((result.code, result.subject) for result in results if result.outcome == "crashed")
    if crashed:
        more_results, more_findings = run(replace(case, crashed=crashed), (CRASHED,))
        results += more_results
        findings += more_findings
    findings.sort(key=_reading_order)
    return Report(
        pack_id=case.pack.id,
        pack_version=case.pack.version,
        notice=case.pack.notice,
        advisory=case.pack.advisory,
        checked_at=case.now,
        folder=folder,
        form_source=case.form_source,
        applicant=Applicant() if case.form_unreadable else _applicant(case.form),
        findings=with_answers(findings, case.form.answers),
        results=tuple(results),
        unconfirmed=_unconfirmed(case),
        not_checked=_not_checked(case, results),
    )


def _reading_order(finding: Finding) -> tuple[int, int, str]:
    return SEVERITIES.index(finding.severity), FAMILIES.index(finding.code[:3]), finding.code


def _applicant(form: Form) -> Applicant:
    return Applicant(
        name=_known(lambda: form.personal.name),
        id_number=_known(lambda: form.personal.id_number),
        applicant_type=_known(lambda: form.applicant_type),
        exam_number=_known(lambda: form.personal.exam_number),
        student_number=_known(lambda: form.personal.student_number),
        major=_known(lambda: form.courses.major),
    )


def _known(read: Callable[[], str]) -> str:
    try:
        return read()
    except NotAsked:
        return ""


def _unconfirmed(case: Case) -> tuple[str, ...]:
    # The truth declaration (M27). What concerns the photo is a warning of its own (PHO602).
    if case.form_unreadable or case.form_source != "file" or case.form.confirmations.truthful:
        return ()
    return ("confirmations.truthful",)


def _not_checked(case: Case, results: Sequence[Result]) -> tuple[NotCheckedLine, ...]:
    lines = [NotCheckedLine("skipped.not_listed")] if case.incomplete else []
    for reason in _SAID_WHEN_SKIPPED:
        skipped = [result for result in results if result.outcome == "skipped" and result.reason == reason]
        if skipped and reason == "not_in_roster" and case.form_source == "none":
            lines.append(NotCheckedLine("skipped.no_form"))
        elif skipped:
            # What a rule on the whole form lacked is one of the files that the other rules name.
            names = dict.fromkeys(result.subject for result in skipped if result.subject != WHOLE.id)
            lines.append(NotCheckedLine(f"skipped.{reason}", tuple(names)))
    return (*lines, *(NotCheckedLine(f"limit.{name}") for name in STANDING_LIMITS))


def _unfolded(file: str) -> str:
    try:
        return paths.folded(file)
    except paths.UnsafePath:
        return file
