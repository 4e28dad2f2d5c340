"""Reports on a terminal, or as plain lines when piped."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING

from degreecheck.output.wrapping import wrapped
from degreecheck.privacy import mask, mask_number
from degreecheck.report import SEVERITIES, Finding, Report, Verdict
from degreecheck.text import Texts

if TYPE_CHECKING:
    from rich.console import Console

# State is never shown by colour alone; the second set is for consoles whose encoding lacks the first (GBK).
_SHAPES = {"error": "✕", "warning": "!", "note": "·", "ready": "✓", "confirm": "?", "fix": "✕", "unreadable": "✕"}
_PLAIN_SHAPES = {"error": "×", "warning": "!", "note": "·", "ready": "√", "confirm": "?", "fix": "×", "unreadable": "×"}
# Control characters (C1 too: U+009B begins a terminal's command), and those that reverse the order of what follows.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHOWN_ALIKE = 10  # of findings that differ in the file only; the JSON has them all
_STYLES = {
    "error": "bold red", "warning": "bold yellow", "note": "cyan",
    "ready": "bold green", "confirm": "bold yellow", "fix": "bold red", "unreadable": "bold red",
}  # fmt: skip


def console(stream: IO[str] | None = None) -> Console:
    """A rich console that neither wraps nor colours when piped, and replaces what the encoding cannot hold."""
    from rich.console import Console

    target = stream if stream is not None else sys.stdout
    if hasattr(target, "reconfigure"):
        target.reconfigure(errors="replace")
    made = Console(file=target, soft_wrap=not target.isatty(), highlight=False, markup=False, emoji=False)
    made.on_broken_pipe = _reader_gone  # type: ignore[method-assign]
    return made


def _reader_gone() -> None:
    """Rich would end the program with exit code 1, which here says that errors were found."""
    raise BrokenPipeError


def shape(name: str, stream: IO[str] | None = None) -> str:
    """The sign of a severity or verdict, in what the stream's encoding can hold."""
    encoding = getattr(stream or sys.stdout, "encoding", None) or "utf-8"
    try:
        "✕✓".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return _PLAIN_SHAPES[name]
    return _SHAPES[name]


def print_report(out: Console, report: Report, texts: Texts, *, unmasked: bool = False) -> None:
    """One applicant's report: verdict first, then what is wrong and how to mend it, then what was not checked."""
    printer = _Printer(out, texts, unmasked)
    printer.heading(report)
    for severity in SEVERITIES:
        open_findings = [f for f in report.findings if f.severity == severity and not f.answered]
        printer.findings(severity, open_findings)
    answered = [finding for finding in report.findings if finding.answered]
    if answered:
        printer.section(texts.get("console.answered", count=len(answered)))
        for finding in answered:
            printer.line(f"  {finding.code} {finding.title(texts)}", "dim")
    if report.unconfirmed:
        printer.section(texts.get("console.unconfirmed"))
        for field in report.unconfirmed:
            printer.line(f"  {texts.word('field', field)}")
    printer.section(texts.get("console.not_checked"))
    for line in report.not_checked:
        printer.line(f"  · {line.sentence(texts)}", "dim")
    counts = report.counts
    printer.line("")
    printer.line(texts.get("console.counts", **counts), "dim")
    printer.line(texts.get("console.pack", id=report.pack_id, version=report.pack_version, notice=report.notice), "dim")
    if report.advisory:
        printer.line(texts.get("console.advisory"), "yellow")


class _Printer:
    """Lines of one report, masked unless told otherwise."""

    def __init__(self, out: Console, texts: Texts, unmasked: bool) -> None:
        self._out = out
        self._texts = texts
        self._unmasked = unmasked

    def line(self, text: str, style: str = "") -> None:
        _print(self._out, visible(text if self._unmasked else mask(text)), style)

    def section(self, title: str) -> None:
        self.line("")
        self.line(title, "bold")

    def heading(self, report: Report) -> None:
        applicant = report.applicant
        number = applicant.id_number if self._unmasked else mask_number(applicant.id_number)
        name = applicant.name or self._texts.get("console.nameless")
        parts = [name, number, applicant.major]
        if applicant.applicant_type:
            parts.append(self._texts.word("applicant_type", applicant.applicant_type))
        parts = [part if self._unmasked else mask(part) for part in parts if part]
        _print(self._out, visible("  ".join(parts)), "bold")
        if report.folder:
            self.line(report.folder, "dim")
        self.line(verdict_line(report.verdict, self._texts, self._out.file), _STYLES[report.verdict])

    def findings(self, severity: str, findings: Sequence[Finding]) -> None:
        if not findings:
            return
        sign = shape(severity, self._out.file)
        self.section(f"{sign} {self._texts.word('severity', severity)} {len(findings)}")
        for alike in self._alike(findings):
            self._one_cause(sign, severity, alike)

    def _alike(self, findings: Sequence[Finding]) -> list[list[Finding]]:
        """The findings in order, with those together that differ in nothing but the file: a thousand stray pictures."""
        groups: dict[object, list[Finding]] = {}
        for place, finding in enumerate(findings):
            about_files = finding.field is None and finding.slot is None
            same = (finding.code, finding.title(self._texts), finding.fix(self._texts), finding.override_reason)
            groups.setdefault(same if about_files else place, []).append(finding)
        return list(groups.values())

    def _one_cause(self, sign: str, severity: str, findings: Sequence[Finding]) -> None:
        first = findings[0]
        self.line(f"  {sign} {first.title(self._texts)}  [{first.code}]", _STYLES[severity])
        for finding in findings[:_SHOWN_ALIKE]:
            place = self._place(finding)
            if place and len(findings) == 1:  # of several the sentences name the files
                self.line(f"      {place}", "dim")
            self.line(f"      {finding.message(self._texts)}")
        if len(findings) > _SHOWN_ALIKE:
            self.line(f"      {self._texts.get('console.more_of_these', count=len(findings) - _SHOWN_ALIKE)}")
        arrow = "→ " if _can_hold(self._out.file, "→") else ""
        self.line(f"      {arrow}{first.fix(self._texts)}")
        if first.override_reason:
            self.line(f"      {self._texts.get('console.override', reason=first.override_reason)}", "dim")

    def _place(self, finding: Finding) -> str:
        parts = []
        if finding.field:
            parts.append(self._texts.word("field", finding.field))
        if finding.slot:
            parts.append(self._texts.word("slot", finding.slot))
        if finding.file:
            parts.append(finding.file)
        return " · ".join(parts)


def _print(out: Console, line: str, style: str) -> None:
    """One line; on a terminal in as many as it needs, broken where Chinese may be broken."""
    for part in [line] if out.soft_wrap else wrapped(line, out.width):
        out.print(part, style=style or None)


def verdict_line(verdict: Verdict, texts: Texts, stream: IO[str] | None = None) -> str:
    """The verdict with its sign."""
    return f"{shape(verdict, stream)} {texts.word('verdict', verdict)}"


def visible(text: str) -> str:
    """The text without half characters and those that move the cursor, recolour the terminal or reverse the line."""
    shown = _UNSEEN.sub("�", text)
    return shown.encode("utf-8", errors="replace").decode("utf-8")


def _can_hold(stream: IO[str], text: str) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def print_desk_line(out: Console, report: Report, texts: Texts, *, unmasked: bool = False, ending: str = "") -> None:
    """One applicant of many on one line: verdict, name, counts, the codes found, and an ``ending``."""
    counts = report.counts
    name = report.applicant.name
    # People share names; their folders tell them apart, and bear the name as a rule.
    shown = report.folder if name in report.folder else " · ".join(part for part in (name, report.folder) if part)
    codes = list(dict.fromkeys(f.code for f in report.findings if f.severity != "note" and not f.answered))
    line = texts.get(
        "console.desk_line", verdict=verdict_line(report.verdict, texts, out.file), name=shown,
        error=counts["error"], warning=counts["warning"], codes=" ".join(codes),
    )  # fmt: skip
    line += ending
    _print(out, visible(line if unmasked else mask(line)), _STYLES[report.verdict])


def print_desk_summary(out: Console, verdicts: Iterable[Verdict], texts: Texts) -> None:
    """How many applicants are ready, and how many are not."""
    found = list(verdicts)
    counted = {name: found.count(name) for name in ("ready", "confirm", "fix", "unreadable")}
    out.print("")
    out.print(texts.get("console.desk_summary", total=len(found), **counted), style="bold")
