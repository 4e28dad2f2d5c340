"""The report: what follows from a judgement. Plain data; the sentences are put in when it leaves in some language."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from degreecheck import __version__
from degreecheck.facts import Region
from degreecheck.form import FormSource
from degreecheck.pack import Severity
from degreecheck.privacy import mask, mask_all, mask_number
from degreecheck.text import Texts

SCHEMA_VERSION = 1
Outcome = Literal["hit", "passed", "skipped", "not_applicable", "crashed"]
Verdict = Literal["ready", "confirm", "fix", "unreadable"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")

# Reasons for a skipped rule that mean "should have been checked and could not be": exit code 3.
FAILED_CHECKS = frozenset({"timed_out", "died", "out_of_memory", "nonsense", "worker_unavailable"})
# What no program can see; always said (keys of [limit] in the text files).
STANDING_LIMITS = ("authenticity", "identity", "portal", "notice")


@dataclass(frozen=True)
class Result:
    """What became of one rule on one subject."""

    code: str
    subject: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found."""

    code: str
    name: str
    severity: Severity
    subject: str
    field: str | None = None
    slot: str | None = None
    file: str | None = None
    source: str = ""
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    variant: str = ""
    regions: tuple[Region, ...] = ()
    answerable: bool = True
    answered: bool = False
    override_reason: str = ""
    default_severity: Severity = "error"

    @property
    def key(self) -> str:
        """The key under which the form keeps an answer to this finding."""
        return f"{self.code}:{self.subject}"

    @property
    def values_sha256(self) -> str:
        """What an answer is tied to: it lapses when the values change."""
        plain = json.dumps(plain_data(self.values), ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(plain.encode("ascii")).hexdigest()

    def title(self, texts: Texts) -> str:
        """The defect in a few words."""
        return self._text(texts, "title")

    def message(self, texts: Texts) -> str:
        """What is wrong, with the values."""
        return self._text(texts, "message")

    def fix(self, texts: Texts) -> str:
        """How to mend it."""
        return self._text(texts, "fix")

    def _text(self, texts: Texts, part: str) -> str:
        key = f"rule.{self.code}.{part}"
        special = f"{key}_{self.variant}"
        chosen = special if self.variant and texts.has(special) else key
        about = {"field": self.field or "", "slot": self.slot or "", "file": self.file or "", "subject": self.subject}
        return texts.get(chosen, **{**about, **self.values})


@dataclass(frozen=True)
class Applicant:
    """Who the report is about."""

    name: str = ""
    id_number: str = ""
    applicant_type: str = ""
    exam_number: str = ""
    student_number: str = ""
    major: str = ""


@dataclass(frozen=True)
class Report:
    """All that follows for one application."""

    pack_id: str
    pack_version: str
    notice: str
    checked_at: datetime
    folder: str
    form_source: FormSource
    applicant: Applicant
    findings: tuple[Finding, ...]
    results: tuple[Result, ...]
    unconfirmed: tuple[str, ...] = ()  # declarations that the person has not made yet, field paths
    advisory: bool = False
    not_checked: tuple[NotCheckedLine, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Unreadable form, any error, any open warning or unconfirmed point, else ready. Notes never count."""
        if any(finding.code == "SYS102" for finding in self.findings):
            return "unreadable"
        if any(finding.severity == "error" for finding in self.findings):
            return "fix"
        if self.unconfirmed or any(f.severity == "warning" and not f.answered for f in self.findings):
            return "confirm"
        return "ready"

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity (answered ones apart), and how many rules ended how."""
        outcomes = [result.outcome for result in self.results]
        counts: dict[str, int] = {
            name: sum(1 for finding in self.findings if finding.severity == name and not finding.answered)
            for name in SEVERITIES
        }
        counts["answered"] = sum(1 for finding in self.findings if finding.answered)
        counts["passed"] = outcomes.count("passed")
        counts["skipped"] = outcomes.count("skipped")
        counts["crashed"] = outcomes.count("crashed")
        return counts

    @property
    def exit_code(self) -> int:
        """1 errors found; 3 something that should have been checked could not be; else 0."""
        if any(finding.severity == "error" and finding.code != "SYS102" for finding in self.findings):
            return 1
        failed = any(r.outcome == "crashed" or r.reason in FAILED_CHECKS for r in self.results)
        return 3 if failed or self.verdict == "unreadable" else 0


@dataclass(frozen=True)
class NotCheckedLine:
    """One thing that was not checked: a key of [limit] or [skipped] in the text files, and what it concerns."""

    key: str
    files: tuple[str, ...] = ()

    def sentence(self, texts: Texts) -> str:
        """The line in a language."""
        return texts.get(self.key, files=self.files)


def with_answers(findings: Iterable[Finding], answers: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Mark the warnings that the person has looked at, as long as their values are still the same."""
    marked = []
    for finding in findings:
        answer = answers.get(finding.key)
        answered = finding.answerable and answer is not None and answer.values_sha256 == finding.values_sha256
        marked.append(replace(finding, answered=True) if answered else finding)
    return tuple(marked)


def plain_data(value: Any) -> Any:
    """The value as JSON can hold it: exact decimals as text, dates in ISO form."""
    if isinstance(value, Mapping):
        return {str(key): plain_data(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain_data(entry) for entry in value]
    if isinstance(value, set | frozenset):
        return sorted(plain_data(entry) for entry in value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def to_data(report: Report, texts: Texts, *, unmasked: bool = False) -> dict[str, Any]:
    """The report object of the command line's JSON (design: report object). ID numbers are masked unless told."""
    applicant = report.applicant
    data = {
        "schema_version": SCHEMA_VERSION,
        "program": __version__,
        "pack": {
            "id": report.pack_id,
            "version": report.pack_version,
            "notice": report.notice,
            "advisory": report.advisory,
        },
        "checked_at": report.checked_at.isoformat(timespec="seconds"),
        "folder": report.folder,
        "form_source": report.form_source,
        "applicant": {
            "name": applicant.name,
            "id_number": applicant.id_number if unmasked else mask_number(applicant.id_number),
            "applicant_type": applicant.applicant_type,
            "exam_number": applicant.exam_number,
            "student_number": applicant.student_number,
            "major": applicant.major,
        },
        "verdict": report.verdict,
        "counts": report.counts,
        "findings": [finding_data(finding, texts) for finding in report.findings],
        "results": [],
        "unconfirmed": list(report.unconfirmed),
        "not_checked": [line.sentence(texts) for line in report.not_checked],
    }
    shown = data if unmasked else mask_all(data)
    assert isinstance(shown, dict)
    # Hundreds of results: only what may hold somebody's words or numbers is masked, not every key and word of ours.
    hide = str if unmasked else mask
    shown["results"] = [
        {"code": r.code, "subject": hide(r.subject), "outcome": r.outcome, "reason": hide(r.reason)}
        for r in report.results
    ]
    return shown


def finding_data(finding: Finding, texts: Texts) -> dict[str, Any]:
    """One finding of the report object; nothing is masked yet."""
    data = {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "subject": finding.subject,
        "field": finding.field,
        "slot": finding.slot,
        "file": finding.file,
        "title": finding.title(texts),
        "message": finding.message(texts),
        "fix": finding.fix(texts),
        "source": finding.source,
        "values": plain_data(finding.values),
        "answered": finding.answered,
        "regions": [{"page": region.page, "box": list(region.box)} for region in finding.regions],
    }
    if finding.override_reason:
        data["override"] = {"severity": finding.default_severity, "reason": finding.override_reason}
    return data


def to_json(report: Report, texts: Texts, *, unmasked: bool = False, indent: int | None = None) -> str:
    """The report object as JSON text, Chinese readable."""
    return json.dumps(to_data(report, texts, unmasked=unmasked), ensure_ascii=False, indent=indent)


def masked_text(text: str, *, unmasked: bool = False) -> str:
    """A line for people, ID numbers hidden unless told otherwise."""
    return text if unmasked else mask(text)
