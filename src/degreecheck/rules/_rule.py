"""What a rule is, and how all of them are run.

A rule is a function named for the defect it finds. It sees plain data only (a Case). It yields one :class:`Hit` per
finding, with nothing but the values for the sentence; the sentences stand in resources/text.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from degreecheck.facts import Region
from degreecheck.form import CourseRecord, NotAsked
from degreecheck.pack import Severity
from degreecheck.report import Finding, Result
from degreecheck.rules._case import Case, ListedPath, NotApplicable, NotInspected

__all__ = [
    "RULES",
    "Applies",
    "Case",
    "Each",
    "Hit",
    "ListedPath",
    "NotApplicable",
    "NotInspected",
    "Rule",
    "Subject",
    "hit",
    "in_order",
    "rule",
    "run",
]

Each = Literal["case", "slot", "file", "photo", "row", "listed", "unassigned", "inspected", "crashed"]


@dataclass(frozen=True)
class Subject:
    """What a rule is run on: the whole case, a slot, a file, a listed path or a course row."""

    id: str
    slot: str = ""
    file: str = ""
    slots: tuple[str, ...] = ()  # of a file, in the pack's order
    listed: ListedPath | None = None
    row: CourseRecord | None = None
    index: int = 0  # of a row, 0-based


@dataclass(frozen=True)
class Hit:
    """One finding of a rule: the values for its sentence, and what differs from the rule's own defaults."""

    values: Mapping[str, object]
    variant: str = ""  # picks message_<variant> and fix_<variant> where the texts have them
    severity: Severity | None = None
    field: str | None = None
    slot: str | None = None
    file: str | None = None
    regions: tuple[Region, ...] = ()
    subject: str | None = None  # where one rule finds several things that have to be answered one by one
    goes_on: bool = False  # the rules that stand `after` this one look all the same


def hit(
    variant: str = "",
    *,
    severity: Severity | None = None,
    field: str | None = None,
    slot: str | None = None,
    file: str | None = None,
    regions: Iterable[Region] = (),
    subject: str | None = None,
    goes_on: bool = False,
    **values: object,
) -> Hit:
    """A finding. ``values`` go into the sentence and into the report's JSON: plain data only."""
    return Hit(values, variant, severity, field, slot, file, tuple(regions), subject, goes_on)


Applies = Callable[[Case], bool]


@dataclass(frozen=True)
class Rule:
    """A check with its code and defaults."""

    code: str
    severity: Severity
    check: Callable[..., Iterable[Hit] | None]
    each: Each
    field: str
    after: tuple[str, ...]
    applies: Applies | None
    answerable: bool
    limits: tuple[str, ...]  # dotted keys of the pack that this rule goes by; shown by `explain`
    always: bool  # runs even when the form could not be read

    @property
    def name(self) -> str:
        """The defect's name."""
        return self.check.__name__

    @property
    def family(self) -> str:
        """The first three letters of the code."""
        return self.code[:3]

    @property
    def source(self) -> str:
        """The lines of the manual (M10) or the domain facts (F) that the rule serves, from its docstring."""
        found = re.search(r"Source: ([^\n]+?)\.?$", inspect.getdoc(self.check) or "", re.MULTILINE)
        return found[1] if found else ""


RULES: dict[str, Rule] = {}


def rule(
    code: str,
    severity: Severity = "error",
    *,
    each: Each = "case",
    field: str = "",
    after: tuple[str, ...] = (),
    applies: Applies | None = None,
    answerable: bool = True,
    limits: tuple[str, ...] = (),
    always: bool = False,
    among: dict[str, Rule] = RULES,
) -> Callable[[Callable[..., Iterable[Hit] | None]], Callable[..., Iterable[Hit] | None]]:
    """Register a function as the rule ``code`` ``among`` others. Raises ValueError when the code is taken."""

    def register(check: Callable[..., Iterable[Hit] | None]) -> Callable[..., Iterable[Hit] | None]:
        if code in among:
            raise ValueError(f"{code} is taken by {among[code].name}")
        among[code] = Rule(code, severity, check, each, field, after, applies, answerable, limits, always)
        return check

    return register


WHOLE = Subject("form")
_SET_ASIDE = "SYS101"


def _subjects(case: Case, each: Each) -> list[Subject]:
    if each == "row":
        rows = enumerate(case.form.courses.records)
        return [Subject(f"row:{index + 1}", row=row, index=index) for index, row in rows]
    if each == "slot":
        return [Subject(slot, slot=slot) for slot in case.pack.slots]
    if each == "photo":
        return [
            Subject(file, slot="photo", file=file, slots=("photo",)) for file in dict.fromkeys(case.files_in("photo"))
        ]
    if each == "listed":
        return [Subject(f"{entry.slot}:{entry.listed}", slot=entry.slot, listed=entry) for entry in case.listed]
    if each == "unassigned":
        return [Subject(file, file=file) for file in case.unassigned]
    if each == "inspected":
        return [Subject(file, slot=case.slots_of(file)[0], file=file) for file in case.opened_files]
    if each == "crashed":
        return [Subject(f"{code}:{name}", index=index) for index, (code, name) in enumerate(case.crashed)]
    slots: dict[str, list[str]] = {}
    for entry in case.listed:
        if entry.file and entry.exists and entry.slot != "photo":  # the photo has rules of its own
            slots.setdefault(entry.file, []).append(entry.slot)
    return [Subject(file, slot=names[0], file=file, slots=tuple(names)) for file, names in slots.items()]


def in_order(rules: Mapping[str, Rule]) -> list[Rule]:
    """The rules so that each stands after those that it names in ``after``; otherwise as they were registered."""
    ordered: dict[str, Rule] = {}
    pending: set[str] = set()

    def place(entry: Rule) -> None:
        if entry.code in ordered:
            return
        if entry.code in pending:
            raise ValueError(f"{entry.code}: the rules named by `after` run in a circle")
        pending.add(entry.code)
        for code in entry.after:
            if code in rules:
                place(rules[code])
        ordered[entry.code] = entry

    for entry in rules.values():
        place(entry)
    return list(ordered.values())


def run(case: Case, rules: Iterable[Rule]) -> tuple[list[Result], list[Finding]]:
    """Run the rules, which must stand in order, on the case."""
    results: list[Result] = []
    findings: list[Finding] = []
    causes: dict[str, dict[str, str]] = {}  # code → subject → code of the root cause
    subjects: dict[Each, list[Subject]] = {"case": [WHOLE]}
    for entry in rules:
        hit_subjects = causes.setdefault(entry.code, {})
        if case.form_unreadable and not entry.always:
            results.append(Result(entry.code, WHOLE.id, "skipped", "form_unreadable"))
            continue
        try:
            if entry.applies is not None and not entry.applies(case):
                results.append(Result(entry.code, _subject_id(entry, WHOLE), "not_applicable"))
                continue
            found = subjects.get(entry.each)
            if found is None:
                found = subjects[entry.each] = _subjects(case, entry.each)
        except Exception as trouble:  # noqa: BLE001 (one broken rule or missing column must not stop the others)
            outcome = _outcome_of(trouble)
            results.append(Result(entry.code, _subject_id(entry, WHOLE), *outcome))
            continue
        if not found:
            results.append(Result(entry.code, "", "not_applicable"))
        for subject in found:
            name = _subject_id(entry, subject)
            try:
                cause = _root_cause(case, entry, subject, causes)
                if cause:
                    hit_subjects[subject.id] = cause
                    results.append(Result(entry.code, name, "skipped", f"after {cause}"))
                    continue
                made = entry.check(case) if entry.each == "case" else entry.check(case, subject)
                hits = list(made or ())
            except Exception as trouble:  # noqa: BLE001
                results.append(Result(entry.code, name, *_outcome_of(trouble)))
                continue
            if hits:
                # A note (a HEIC picture that the export converts) is no cause to look no further.
                if any((one.severity or entry.severity) != "note" and not one.goes_on for one in hits):
                    hit_subjects[subject.id] = entry.code
                results.append(Result(entry.code, name, "hit"))
                findings.extend(_finding(case, entry, subject, name, one) for one in hits)
            else:
                results.append(Result(entry.code, name, "passed"))
    return results, findings


def _outcome_of(trouble: Exception) -> tuple[Literal["skipped", "not_applicable", "crashed"], str]:
    if isinstance(trouble, NotInspected):
        return "skipped", trouble.reason
    if isinstance(trouble, NotAsked):
        return "skipped", "not_in_roster"
    if isinstance(trouble, NotApplicable):
        return "not_applicable", ""
    return "crashed", type(trouble).__name__


def _root_cause(case: Case, entry: Rule, subject: Subject, causes: Mapping[str, Mapping[str, str]]) -> str:
    if entry.each == "case" and entry.field and case.form.set_aside and case.lies_aside(entry.field):
        return _SET_ASIDE
    for code in entry.after:
        found = causes.get(code, {})
        if not found:
            continue
        if subject.id in found:
            return found[subject.id]
        if WHOLE.id in found:
            return found[WHOLE.id]
        if entry.each == "case":
            return next(iter(found.values()))
    return ""


def _subject_id(entry: Rule, subject: Subject) -> str:
    # A rule on the whole case that speaks of one field has that field as its subject: "IDN201:personal.id_number".
    return entry.field if entry.each == "case" and entry.field else subject.id


def _finding(case: Case, entry: Rule, subject: Subject, name: str, one: Hit) -> Finding:
    override = case.pack.overrides.get(entry.code)
    severity = override.severity if override else one.severity or entry.severity
    field_name = one.field if one.field is not None else entry.field
    if entry.each == "case":
        name = one.subject or one.field or name
    return Finding(
        code=entry.code,
        name=entry.name,
        severity=severity,
        subject=name,
        field=field_name or None,
        slot=(one.slot if one.slot is not None else subject.slot) or None,
        file=(one.file if one.file is not None else subject.file) or None,
        source=entry.source,
        values=dict(one.values),
        variant=one.variant,
        regions=one.regions,
        answerable=entry.answerable and severity == "warning",
        override_reason=override.reason if override else "",
        default_severity=one.severity or entry.severity,
    )
