"""The process that reads a spreadsheet for tables.py: {"path"} on stdin, {"sheets"} or {"error"} on stdout.

Started as ``python -P -m degreecheck.desk.table_process``, or, frozen, as ``degreecheck table-process``. Whatever the
file makes the reader do, it happens here.
"""

from __future__ import annotations

import json
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from degreecheck.inspectors import memory

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# The same figures as in tables.py, which a process that reads one file must not load.
_ROWS = 100_000
_COLUMNS = 500
_CELL = 2_000
_MEMORY = 2 * 1024**3
_SHEETS = 30
_UNPACKED = 600 * 1024 * 1024  # 100,000 rows of 30 columns are 200 MB of XML
_MEMBERS = 10_000
_HEAD = 15  # rows in which merged cells matter
_LONGEST = 1e21  # a greater number was no number of anything


class _Refused(Exception):
    pass


def main() -> int:
    """Answer one request."""
    memory.limit_own(_MEMORY)
    try:
        answer: dict[str, Any] = {"sheets": _sheets(Path(json.load(sys.stdin.buffer)["path"]))}
    except _Refused as refusal:
        answer = {"error": str(refusal)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0


def _sheets(path: Path) -> list[dict[str, Any]]:
    import python_calamine as calamine

    with path.open("rb") as file:
        if file.read(4) == b"PK\x03\x04":
            _weigh(file)
        file.seek(0)
        try:
            book = calamine.load_workbook(file)
        except calamine.PasswordError:
            raise _Refused("encrypted") from None
        except (calamine.CalamineError, OSError, ValueError) as trouble:
            raise _Refused("encrypted" if "password" in str(trouble).lower() else "damaged") from None
        shown = [
            about.name
            for about in book.sheets_metadata
            if about.visible == calamine.SheetVisibleEnum.Visible and about.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        return [_sheet(book.get_sheet_by_name(name), name) for name in shown[:_SHEETS]]


def _weigh(file: Any) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _Refused("damaged") from None
    if len(members) > _MEMBERS or sum(member.file_size for member in members) > _UNPACKED:
        raise _Refused("too_large")
    names = {member.filename for member in members}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise _Refused("not_a_table")


def _sheet(sheet: CalamineSheet, name: str) -> dict[str, Any]:
    if sheet.start is None:
        return {"name": name, "rows": [], "first_row": 1, "merged": []}
    first_row, first_column = sheet.start
    if sheet.height > _ROWS + _HEAD:
        raise _Refused("too_many_rows")
    rows = [[_cell(value) for value in row[:_COLUMNS]] for row in sheet.to_python()]
    merged = [
        (top - first_row, left - first_column, bottom - first_row, right - first_column)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if first_row <= top < first_row + _HEAD and left >= first_column
    ]
    return {"name": name, "rows": rows, "first_row": first_row + 1, "merged": merged}


def _cell(value: object) -> str | tuple[str, str]:
    if isinstance(value, str):
        return value.strip()[:_CELL]
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return "n", _digits(value)
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return "d", value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return "d", value.isoformat()
    return "" if value is None else str(value)[:_CELL]


def _digits(value: float) -> str:
    """A number as it was typed, as far as a spreadsheet keeps it: fifteen digits, none of them in an exponent."""
    whole = abs(value) < _LONGEST and value == int(value)
    return str(int(value)) if whole else format(value, ".15g")


if __name__ == "__main__":
    sys.exit(main())
