"""An empty roster to fill in: every column is text, so that a spreadsheet leaves numbers as they are typed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from degreecheck import paths
from degreecheck.output.workbook import put_text
from degreecheck.text import Texts

FIELDS = (
    "personal.name", "personal.id_number", "applicant_type", "personal.exam_number", "personal.student_number",
    "personal.mobile", "courses.major", "courses.average_score", "courses.thesis_score", "institution.entry_date",
    "institution.graduation_date", "institution.diploma_number", "thesis.title", "thesis.research_direction",
    "thesis.keywords", "thesis.advisor", "thesis.advisor_contacts", "language.route", "language.certificate_number",
    "language.score",
)  # fmt: skip
_WIDTHS = {"personal.id_number": 24, "thesis.title": 40, "thesis.keywords": 24, "language.certificate_number": 22}
_TEXT = "@"


class AlreadyThere(Exception):
    """The file exists; it may be somebody's roster."""


def write(path: Path, texts: Texts) -> None:
    """Write an empty roster: .csv as text, anything else as a workbook. Raises AlreadyThere, OSError."""
    if path.exists():
        raise AlreadyThere
    titles = [texts.word("field", field) for field in FIELDS]
    paths.write_atomically(path, _csv(titles) if path.suffix.lower() == ".csv" else _workbook(titles, texts))


def _csv(titles: list[str]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerow(titles)
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8")


def _workbook(titles: list[str], texts: Texts) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet, remarks = book.active, book.create_sheet(texts.get("roster.template_help"))
    assert sheet is not None
    sheet.title = texts.get("roster.template_sheet")
    for place, (field, title) in enumerate(zip(FIELDS, titles, strict=True), 1):
        put_text(sheet.cell(1, place), title)
        sheet.cell(1, place).font = Font(bold=True)
        sheet.cell(1, place).fill = PatternFill("solid", fgColor="E8EFFC")
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = _WIDTHS.get(field, 16)
        column.number_format = _TEXT
    sheet.freeze_panes = "B2"
    remarks.column_dimensions["A"].width, remarks.column_dimensions["B"].width = 24, 70
    put_text(remarks.cell(1, 2), texts.get("roster.template_text"))
    remarks.cell(1, 2).alignment = Alignment(wrap_text=True, vertical="top")
    for number, (field, title) in enumerate(zip(FIELDS, titles, strict=True), 3):
        put_text(remarks.cell(number, 1), title)
        example = f"roster_example.{field}"
        put_text(remarks.cell(number, 2), texts.get(example) if texts.has(example) else "")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
