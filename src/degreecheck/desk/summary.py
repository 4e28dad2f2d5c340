"""The summary workbook of a desk: an overview, a row for each applicant, one for each finding, what is missing.

Made from the report objects of the JSON as they come, so the results of joined shards make the same book. Rows go to
disk as they are written; of a desk of ten thousand nothing is kept but counts.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from degreecheck import paths
from degreecheck.form import SLOTS
from degreecheck.output.workbook import put_text
from degreecheck.privacy import mask
from degreecheck.text import Texts

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_HEADER_FILL = "E8EFFC"
_FILLS = {"fix": "FBE3E4", "unreadable": "FBE3E4", "confirm": "FFF4D6", "ready": "E3F4E6"}
_VERDICTS = ("ready", "confirm", "fix", "unreadable")
_WIDTHS = {
    "overview": (40, 72),
    "applicants": (8, 28, 14, 22, 20, 20, 14, 8, 8, 60),
    "findings": (14, 28, 9, 10, 28, 24, 60, 60),
    "missing": (14, 28, *(9 for _ in SLOTS)),
}
_GREATEST_ROWS = 1_048_000  # the format's own limit is 1,048,576


class Summary:
    """The book while it is being filled. Raises OSError when its place cannot be written to."""

    def __init__(self, path: Path, texts: Texts, *, unmasked: bool = False) -> None:
        from openpyxl import Workbook

        self.path = path
        self._texts = texts
        self._unmasked = unmasked
        _try_to_write(path)  # now: the check behind it may take an hour
        self._book = Workbook(write_only=True)
        self._styles = _Styles()
        # Sheets stand in the order of their making; the overview is written last.
        self._sheets = {name: self._sheet(name) for name in _WIDTHS}
        self._rows: Counter[str] = Counter()
        self._verdicts: Counter[str] = Counter()
        self._findings: Counter[tuple[str, str]] = Counter()
        self._slots: Counter[str] = Counter()
        self._absent = 0
        self._first: Mapping[str, Any] = {}

    def add(self, data: Mapping[str, Any]) -> None:
        """One applicant's report object, with ``slots`` where it comes from a desk."""
        self._first = self._first or data
        applicant, folder = data["applicant"], data["folder"]
        who = applicant["name"] or self._texts.get("console.nameless")
        shown = folder or self._texts.get("desk.no_folder")
        self._verdicts[data["verdict"]] += 1
        self._absent += not folder
        self._applicant(data, who, shown)
        for finding in data["findings"]:
            if finding["severity"] != "note":
                self._finding(finding, who, shown)
        if data.get("slots"):
            self._missing(data["slots"], who, shown)

    def save(self) -> None:
        """Write the overview and the file. Raises OSError; what stood there before then still does."""
        from io import BytesIO

        self._overview()
        target = BytesIO()
        self._book.save(target)
        paths.write_atomically(self.path, target.getvalue())

    def discard(self) -> None:
        """Give up a book that was not saved: nothing of anybody stays in the system's temporary folder."""
        for sheet in self._sheets.values():
            if not sheet.closed:
                with contextlib.suppress(OSError, ValueError):  # what cannot be finished is not wanted either
                    sheet.close()
                    sheet._writer.cleanup()

    # ------------------------------------------------------------------------------------------------------- the sheets

    def _applicant(self, data: Mapping[str, Any], who: str, shown: str) -> None:
        applicant, counts = data["applicant"], data["counts"]
        number = applicant["exam_number"] or applicant["student_number"]
        open_codes = [f["title"] for f in data["findings"] if f["severity"] != "note" and not f["answered"]]
        row = (data.get("roster") or {}).get("row")
        self._put(
            "applicants",
            (row or "", shown, who, applicant["id_number"], number, applicant["major"],
             self._texts.get(f"summary.verdict.{data['verdict']}"), counts["error"], counts["warning"],
             self._texts.show(list(dict.fromkeys(open_codes)))),
            fill=(6, _FILLS[data["verdict"]]),
        )  # fmt: skip

    def _finding(self, finding: Mapping[str, Any], who: str, shown: str) -> None:
        severity = finding["severity"]
        state = self._texts.word("severity", severity)
        if finding["answered"]:
            state = self._texts.get("workbook.answered_state", state=state)
        else:
            self._findings[finding["code"], finding["title"]] += 1
        place = self._texts.word("field", finding["field"]) if finding["field"] else ""
        if not place and finding["slot"]:
            place = self._texts.word("slot", finding["slot"])
        cells = (who, shown, state, finding["code"], finding["title"], place, finding["message"], finding["fix"])
        self._put("findings", cells, fill=(2, _FILLS["fix" if severity == "error" else "confirm"]))

    def _missing(self, slots: Mapping[str, str], who: str, shown: str) -> None:
        states = [slots.get(slot, "not_needed") for slot in SLOTS]
        self._slots.update(slot for slot, state in slots.items() if state == "missing")
        words = [self._texts.get(f"summary.state.{state}") for state in states]
        fills = {place: _FILLS["fix" if state == "missing" else "confirm"]
                 for place, state in enumerate(states, 2) if state in ("missing", "probably_missing")}  # fmt: skip
        self._put("missing", (who, shown, *words), fills=fills)

    def _overview(self) -> None:
        texts, total = self._texts, sum(self._verdicts.values())
        self._put("overview", (texts.get("summary.total"), total))
        for verdict in _VERDICTS:
            self._put("overview", (texts.get(f"summary.verdict.{verdict}"), self._verdicts[verdict]))
        if self._absent:
            self._put("overview", (texts.get("summary.absent"), self._absent))
        if self._first:
            self._put("overview", (texts.get("summary.checked_at"), self._first["checked_at"]))
            pack = self._first["pack"]
            self._put("overview", (texts.get("summary.pack"), f"{pack['id']} {pack['version']} {pack['notice']}"))
        for title, counted in ((texts.get("summary.most_missing"), self._missing_counts()),
                               (texts.get("summary.most_found"), self._finding_counts())):  # fmt: skip
            if counted:
                self._put("overview", ("", ""))
                self._put("overview", (title, ""), bold=True)
            for name, count in counted:
                self._put("overview", (name, count))
        for line in ("summary.help", "summary.not_checked"):
            self._put("overview", ("", texts.get(line)))
        if any(count > _GREATEST_ROWS for count in self._rows.values()):
            self._put("overview", ("", texts.get("summary.cut", greatest=_GREATEST_ROWS)))

    def _missing_counts(self) -> list[tuple[str, int]]:
        return [(self._texts.word("slot", slot), count) for slot, count in self._slots.most_common()]

    def _finding_counts(self) -> list[tuple[str, int]]:
        return [(f"{title} ({code})", count) for (code, title), count in self._findings.most_common(40)]

    # -------------------------------------------------------------------------------------------------------- the cells

    def _sheet(self, name: str) -> WriteOnlyWorksheet:
        from openpyxl.utils import get_column_letter

        sheet = self._book.create_sheet(self._texts.get(f"summary.{name}.title"))
        for place, width in enumerate(_WIDTHS[name], 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        columns = [str(title) for title in self._texts.table(f"summary.{name}.columns").values()]
        if name == "missing":
            columns += [self._texts.word("slot", slot) for slot in SLOTS]
        if columns:
            sheet.freeze_panes = "A2" if name == "overview" else "C2"
            sheet.print_title_rows = "1:1"
            sheet.append(self._cells(sheet, columns, bold=True, fills=dict.fromkeys(range(len(columns)), _HEADER_FILL)))
        if name in ("applicants", "findings"):
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"
        return sheet

    def _put(
        self,
        name: str,
        values: Sequence[str | int],
        *,
        fill: tuple[int, str] | None = None,
        fills: Mapping[int, str] | None = None,
        bold: bool = False,
    ) -> None:
        self._rows[name] += 1
        if self._rows[name] > _GREATEST_ROWS:
            return
        sheet = self._sheets[name]
        sheet.append(self._cells(sheet, values, bold=bold, fills=fills or ({fill[0]: fill[1]} if fill else {})))

    def _cells(
        self, sheet: WriteOnlyWorksheet, values: Iterable[str | int], *, bold: bool, fills: Mapping[int, str]
    ) -> list[Any]:
        from openpyxl.cell import WriteOnlyCell

        cells = []
        for place, value in enumerate(values):
            cell = WriteOnlyCell(sheet)
            if isinstance(value, int):
                cell.value = value
            else:
                put_text(cell, value if self._unmasked else mask(value))
            self._styles.put(cell, bold=bold, fill=fills.get(place))
            cells.append(cell)
        return cells


class _Styles:
    """The few styles in use, made once each."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill

        self._alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        self._bold = Font(bold=True)
        self._fills = {colour: PatternFill("solid", fgColor=colour) for colour in (_HEADER_FILL, *_FILLS.values())}

    def put(self, cell: Any, *, bold: bool, fill: str | None) -> None:
        cell.alignment = self._alignment
        if bold:
            cell.font = self._bold
        if fill is not None:
            cell.fill = self._fills[fill]


def _try_to_write(path: Path) -> None:
    existed = path.exists()
    with path.open("ab"):
        pass
    if not existed:
        path.unlink()
