"""申请信息.xlsx: the application as a workbook. Every cell is text: nothing is computed, numbers keep all digits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from degreecheck.form import CourseRecord, Form
from degreecheck.output.portal_values import PortalSection
from degreecheck.report import Report
from degreecheck.text import Texts

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

GREATEST_CELL = 32_767  # characters in a cell, the format's own limit
_HEADER_FILL = "E8EFFC"
_NOT_PASSED_TAB = "B3261E"
_TEXT_FORMAT = "@"  # so that editing a long number in the sheet does not turn it into 5.00101E+17


def application_workbook(
    form: Form, sections: Sequence[PortalSection], report: Report, texts: Texts, *, passed: bool
) -> bytes:
    """The workbook's bytes: values in the portal's order, courses, files, findings."""
    from openpyxl import Workbook as NewWorkbook

    book = NewWorkbook()
    book.remove(book.active)
    _add(book, texts, "values", (16, 24, 56, 56), _value_rows(sections, texts, passed=passed))
    _add(book, texts, "courses", (6, 12, 36, 10, 14, 12, 14), _course_rows(form.courses.records, texts))
    _add(book, texts, "files", (16, 24, 56), _file_rows(sections))
    _add(book, texts, "findings", (10, 10, 28, 24, 64, 64, 10), _finding_rows(report, texts))
    if not passed:
        for sheet in book.worksheets:  # printed, every page says so
            sheet.oddHeader.center.text = texts.get("copy_sheet.not_passed")
            sheet.sheet_properties.tabColor = _NOT_PASSED_TAB
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _value_rows(sections: Sequence[PortalSection], texts: Texts, *, passed: bool) -> Iterable[Sequence[str]]:
    if not passed:
        yield ("", texts.get("copy_sheet.not_passed"), texts.get("copy_sheet.not_passed_detail"), "")
    for section in sections:
        for value in section.values:
            yield (f"{section.number} {section.title}", value.label, value.value, " ".join(value.notes))


def _course_rows(records: Sequence[CourseRecord], texts: Texts) -> Iterable[Sequence[str]]:
    for number, row in enumerate(records, 1):
        passed_on = "" if row.passed_on is None else str(row.passed_on)
        thesis = texts.word("bool", "true") if row.is_thesis else ""
        kind = texts.word("course_kind", row.kind) if row.kind else ""
        yield (str(number), row.code, row.name, row.score, passed_on, thesis, kind)


def _file_rows(sections: Sequence[PortalSection]) -> Iterable[Sequence[str]]:
    for section in sections:
        for upload in section.uploads:
            for file in upload.files:
                yield (f"{section.number} {section.title}", upload.label, file)


def _finding_rows(report: Report, texts: Texts) -> Iterable[Sequence[str]]:
    for finding in report.findings:
        state = texts.word("severity", finding.severity)
        place = texts.word("field", finding.field) if finding.field else texts.word("slot", finding.slot or "")
        yield (
            texts.get("workbook.answered_state", state=state) if finding.answered else state,
            finding.code,
            finding.title(texts),
            place,
            finding.message(texts),
            finding.fix(texts),
            finding.source,
        )


def _add(book: Workbook, texts: Texts, name: str, widths: Sequence[int], rows: Iterable[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(texts.get(f"workbook.{name}.title"))
    header = texts.table(f"workbook.{name}.columns")
    _put_row(sheet, 1, [str(title) for title in header.values()])
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        cell = sheet.cell(1, place)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEADER_FILL)
    for number, row in enumerate(rows, 2):
        _put_row(sheet, number, row)
        for cell in sheet[number]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _put_row(sheet: Worksheet, number: int, values: Sequence[str]) -> None:
    for place, value in enumerate(values, 1):
        put_text(sheet.cell(number, place), value)


def put_text(cell: Any, value: str) -> None:
    """Write a text as text: a leading "=" is no formula, control characters become �, numbers stay as typed."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    # A lone half of a surrogate pair has no UTF-8 form either.
    clean = ILLEGAL_CHARACTERS_RE.sub("�", value).encode("utf-8", errors="replace").decode("utf-8")
    cell.value = clean[:GREATEST_CELL]
    cell.data_type = "s"
    cell.number_format = _TEXT_FORMAT
    cell.quotePrefix = clean[:1] in ("=", "+", "-", "@")
