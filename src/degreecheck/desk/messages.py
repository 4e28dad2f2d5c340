"""The message to each applicant: short, polite, masked, in plain text that can be pasted into a chat.

What has to be mended stands first, then what to confirm; what concerns only the desk (a row without a folder, a file
that the program could not look at) is not the applicant's affair and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from degreecheck import paths
from degreecheck.pack import Pack
from degreecheck.privacy import mask
from degreecheck.report import Finding, Report, Verdict
from degreecheck.text import Texts

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

GREATEST_ITEMS = 12  # a longer list is not read


@dataclass(frozen=True)
class Message:
    """One applicant's message."""

    name: str
    folder: str
    verdict: Verdict
    errors: int
    warnings: int
    text: str


def contact_of(report: Report, pack: Pack) -> str:
    """Whom this applicant asks, as the pack says; the first one where the kind of applicant is not known."""
    found = pack.contact_for(report.applicant.applicant_type)
    found = found or (pack.contacts[0] if pack.contacts and not report.applicant.applicant_type else None)
    return f"{found.name} {found.phone}" if found is not None else ""


def message_to(report: Report, texts: Texts, *, contact: str = "") -> Message:
    """The message that follows from a report. ``contact``: whom to ask, "" leaves that out."""
    errors = _items(report.findings, "error", texts)
    warnings = _items(report.findings, "warning", texts)
    name = report.applicant.name.strip()
    lines = [texts.get("message.greeting", name=name) if name else texts.get("message.greeting_nameless")]
    lines += _body(report, errors, warnings, texts)
    if contact:
        lines.append(texts.get("message.contact", contact=contact))
    text = mask("\n".join(_plain(line) for line in lines))
    return Message(mask(name), mask(report.folder), report.verdict, len(errors), len(warnings), text)


def with_contact(message: str, contact: str, texts: Texts) -> str:
    """A message with the line that says whom to ask; "" leaves that out."""
    return f"{message}\n{texts.get('message.contact', contact=contact)}" if contact else message


def _body(report: Report, errors: Sequence[str], warnings: Sequence[str], texts: Texts) -> list[str]:
    if any(finding.code == "DSK201" for finding in report.findings):
        return [texts.get("message.no_folder")]
    if report.verdict == "unreadable":
        return [texts.get("message.unreadable")]
    unconfirmed = [texts.get("message.unconfirmed", field=field) for field in report.unconfirmed]
    if not errors and not warnings:
        return unconfirmed or [texts.get("message.ready")]
    parts = [texts.get(f"message.{kind}", count=len(items))
             for kind, items in (("errors", errors), ("warnings", warnings)) if items]  # fmt: skip
    lines = [texts.get("message.found", parts=parts)]
    room = GREATEST_ITEMS
    for kind, items in (("errors", errors), ("warnings", warnings)):
        if items[:room]:
            lines.append(texts.get(f"message.heading_{kind}"))
            lines += [texts.get("message.numbered", number=number, item=item)
                      for number, item in enumerate(items[:room], 1)]  # fmt: skip
        room -= len(items[:room])
    left = len(errors) + len(warnings) - (GREATEST_ITEMS - room)
    if left:
        lines.append(texts.get("message.more", count=left))
    return [*lines, *unconfirmed, texts.get("message.closing")]


def _items(findings: Iterable[Finding], severity: str, texts: Texts) -> list[str]:
    """A sentence for each finding, those that say the same once."""
    said = [
        _item(finding, texts)
        for finding in findings
        if finding.severity == severity and not finding.answered and _concerns_applicant(finding, texts)
    ]
    return list(dict.fromkeys(said))


def _concerns_applicant(finding: Finding, texts: Texts) -> bool:
    if finding.code.startswith("DSK"):
        return texts.has(f"message.instead.{finding.code}")
    return not finding.code.startswith(("SYS2", "SYS3"))


def _item(finding: Finding, texts: Texts) -> str:
    instead = f"message.instead.{finding.code}"
    if texts.has(instead):
        return texts.get(instead, **{"field": finding.field or "", **finding.values})
    message, fix = finding.message(texts), finding.fix(texts)
    return texts.get("message.item", message=message, fix=fix)


def _plain(line: str) -> str:
    """One line without anything that a chat would take for a line break or an instruction."""
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+", " ", line)


# ----------------------------------------------------------------------------------------------------------- the files


def as_text(messages: Iterable[Message], texts: Texts) -> str:
    """All messages one under the other, each under a line that says whose it is."""
    return "\n".join(
        f"{_plain(texts.get('message.block', name=one.name or one.folder, verdict=one.verdict))}\n\n{one.text}\n"
        for one in messages
    )


def save(path: Path, messages: Sequence[Message], texts: Texts) -> None:
    """Write the messages: a workbook for .xlsx, else text that Windows' own editor takes too. Raises OSError."""
    if path.suffix.lower() == ".xlsx":
        from io import BytesIO

        target = BytesIO()
        _workbook(messages, texts).save(target)
        paths.write_atomically(path, target.getvalue())
    else:
        text = as_text(messages, texts).replace("\n", "\r\n")
        paths.write_atomically(path, b"\xef\xbb\xbf" + text.encode("utf-8", errors="replace"))


def _workbook(messages: Sequence[Message], texts: Texts) -> Workbook:
    from openpyxl import Workbook as NewWorkbook
    from openpyxl.styles import Alignment, Font

    from degreecheck.output.workbook import put_text

    book = NewWorkbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = texts.get("message.sheet")
    columns = [str(title) for title in texts.table("message.columns").values()]
    for place, (title, width) in enumerate(zip(columns, (14, 28, 16, 8, 8, 100), strict=True), 1):
        put_text(sheet.cell(1, place), title)
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, place).column_letter].width = width
    for number, one in enumerate(messages, 2):
        for place, value in enumerate((one.name, one.folder, texts.get(f"summary.verdict.{one.verdict}")), 1):
            put_text(sheet.cell(number, place), value)
        sheet.cell(number, 4).value, sheet.cell(number, 5).value = one.errors, one.warnings
        put_text(sheet.cell(number, 6), one.text)
        for cell in sheet[number]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    return book
