"""A table file, xlsx, xls, ods or delimited text, as sheets of text cells. Nothing is lost, nothing is guessed.

Spreadsheets are read in a process of its own (table_process.py): one cell in the last row and column of a 5 kB file
makes the reader ask for half a terabyte and abort. Text is read here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from degreecheck.desk import delimited
from degreecheck.inspectors import once, process

GREATEST_BYTES = 50 * 1024 * 1024  # a roster of 100,000 rows has about 15 MB
GREATEST_ROWS = 100_000
GREATEST_COLUMNS = 500
GREATEST_CELL = 2_000  # characters; longer cells are cut
READER_SECONDS = 120.0
READER_MEMORY = 2 * 1024**3
TABLE_VERB = "table-process"  # the console program's hidden first argument

Reason = Literal[
    "gone", "not_a_file", "no_permission", "in_use", "too_large", "too_many_rows", "encrypted", "damaged", "web_page",
    "not_a_table", "encoding", "empty", "timed_out", "reader_failed",
]  # fmt: skip
_REASONS = frozenset({"too_large", "too_many_rows", "encrypted", "damaged", "not_a_table"})  # that the reader gives


class TableUnreadable(Exception):
    """The file cannot be read as a table."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Number(str):
    """A cell that held a number, not a text: a spreadsheet keeps fifteen digits of it and no leading zero."""

    __slots__ = ()


class Day(str):
    """A cell that held a date, in ISO form; a spreadsheet writes the first for a month without a day."""

    __slots__ = ()


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``rows`` begin with the sheet's first row that holds anything, ``first_row`` is its number, 1-based.

    A cell is a text (`str`), a `Number` or a `Day`; blank is "". ``merged`` holds (row, column, last row, last column),
    0-based within ``rows``.
    """

    name: str
    rows: list[list[str]]
    first_row: int = 1
    merged: tuple[tuple[int, int, int, int], ...] = ()


def read_sheets(path: Path) -> list[Sheet]:
    """The visible sheets that hold anything, in order. Raises TableUnreadable."""
    data = _read(path)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
        sheets = _ask(path)
    else:
        sheets = [Sheet("", _read_text(data))]
    if not any(sheet.rows for sheet in sheets):
        raise TableUnreadable("empty")
    return [sheet for sheet in sheets if sheet.rows]


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise TableUnreadable("not_a_file" if path.exists() else "gone")
        with path.open("rb") as file:
            data = file.read(GREATEST_BYTES + 1)
    except PermissionError as trouble:
        sharing_violation = getattr(trouble, "winerror", None) in (32, 33)
        raise TableUnreadable("in_use" if sharing_violation else "no_permission") from None
    except OSError:
        raise TableUnreadable("gone") from None
    if len(data) > GREATEST_BYTES:
        raise TableUnreadable("too_large")
    return data


def _read_text(data: bytes) -> list[list[str]]:
    try:
        return delimited.parse(data, rows=GREATEST_ROWS, columns=GREATEST_COLUMNS, cell=GREATEST_CELL)
    except delimited.NotDelimited as trouble:
        raise TableUnreadable(trouble.reason) from None


def _ask(path: Path) -> list[Sheet]:
    command = process.own_command("degreecheck.desk.table_process", TABLE_VERB)
    request = json.dumps({"path": str(path.absolute())}).encode("ascii")
    said, end = once.ask_once(command, request, seconds=READER_SECONDS, memory_bytes=READER_MEMORY)
    if end != "ended":
        raise TableUnreadable("timed_out" if end == "timed_out" else "reader_failed")
    try:
        answer = json.loads(said)
        if "error" in answer:
            raise TableUnreadable(answer["error"] if answer["error"] in _REASONS else "reader_failed")
        return [_sheet(one) for one in answer["sheets"]]
    except (ValueError, KeyError, TypeError):  # the reader died, of a file that asked for more memory than there is
        raise TableUnreadable("reader_failed") from None


def _sheet(answer: dict[str, Any]) -> Sheet:
    rows = [[cell if isinstance(cell, str) else _cell(*cell) for cell in row] for row in answer["rows"]]
    return Sheet(str(answer["name"]), rows, int(answer["first_row"]), tuple(tuple(box) for box in answer["merged"]))


def _cell(kind: str, text: str) -> str:
    return Number(text) if kind == "n" else Day(text)
