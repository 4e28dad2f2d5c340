"""The table of a desk as Qt sees it: rows in an order of their own, filtered and sorted here.

Not a proxy over a model: of five thousand rows Qt would ask a proxy's Python code sixty thousand times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from degreecheck.gui.desk.rows import SECTIONS, VERDICTS, Cell, Row
from degreecheck.gui.places import NUMBERS, PageId

if TYPE_CHECKING:
    from degreecheck.text import Texts

Index = QModelIndex | QPersistentModelIndex
COLUMNS: tuple[str, ...] = ("verdict", "name", "tail", "folder", *SECTIONS, "errors", "warnings", "changes")
ROW_ROLE = Qt.ItemDataRole.UserRole
_NUMERIC = frozenset({*SECTIONS, "errors", "warnings", "changes"})
_ROOT = QModelIndex()


@dataclass(frozen=True)
class Filter:
    """Which rows are shown; what is empty or False does not filter."""

    text: str = ""
    verdicts: frozenset[str] = frozenset()
    section: str = ""
    slot: str = ""
    changed: bool = False
    stranger: bool = False  # in a folder, but not in the roster

    def shows(self, row: Row) -> bool:
        """Whether a row passes."""
        if self.verdicts and row.verdict not in self.verdicts:
            return False
        if self.changed and not (row.mended or row.new):
            return False
        if self.stranger and not row.is_stranger:
            return False
        if self.slot and self.slot not in row.lost:
            return False
        if self.section:
            cell = row.cells.get(self.section)  # type: ignore[call-overload]
            if cell is None or cell.mark == "ok":
                return False
        return all(word in row.haystack for word in self.text.casefold().split())


class DeskModel(QAbstractTableModel):
    """A desk's rows. They are the caller's; after changing some, call ``updated``, and ``arrange`` now and then."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._rows: list[Row] = []
        self._order: list[int] = []
        self._place: dict[int, int] = {}  # of each row that is shown
        self.filter = Filter()
        self.sort_column = 0
        self.sort_order = Qt.SortOrder.AscendingOrder

    # ---- what it holds

    def set_rows(self, rows: list[Row]) -> None:
        """Other rows."""
        self.beginResetModel()
        self._rows = rows
        self._settle(self._arranged())
        self.endResetModel()

    def row_at(self, line: int) -> Row:
        """The applicant in a line of the table."""
        return self._rows[self._order[line]]

    def line_of(self, key: str) -> int | None:
        """The line in which an applicant stands; None where the filter hides it."""
        return next((line for line, place in enumerate(self._order) if self._rows[place].key == key), None)

    def updated(self, indexes: Iterable[int]) -> None:
        """These rows say something else now; they stay where they are until ``arrange``."""
        lines = sorted(self._place[index] for index in indexes if index in self._place)
        last = len(COLUMNS) - 1
        begin = 0
        for at, line in enumerate(lines):
            if at + 1 == len(lines) or lines[at + 1] != line + 1:
                self.dataChanged.emit(self.index(lines[begin], 0), self.index(line, last))
                begin = at + 1

    def set_filter(self, wanted: Filter) -> None:
        """Show only some."""
        self.filter = wanted
        self.arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; rows that are alike in it stand as on the desk. A column below 0: worst first."""
        self.sort_column, self.sort_order = max(column, 0), order
        self.arrange()

    def arrange(self) -> None:
        """Filter and sort anew."""
        order = self._arranged()
        if order == self._order:
            return
        if len(order) == len(self._order) and set(order) == set(self._order):
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            held = [self._order[index.row()] for index in before]
            self._settle(order)
            after = [self.index(self._place[place], index.column())
                     for place, index in zip(held, before, strict=True)]  # fmt: skip
            self.changePersistentIndexList(before, after)
            self.layoutChanged.emit()
            return
        self.beginResetModel()
        self._settle(order)
        self.endResetModel()

    def _settle(self, order: list[int]) -> None:
        self._order = order
        self._place = {place: line for line, place in enumerate(order)}

    def _arranged(self) -> list[int]:
        rows, passes = self._rows, self.filter.shows
        shown = [place for place, row in enumerate(rows) if passes(row)]
        key = _KEYS[COLUMNS[self.sort_column]]
        shown.sort(key=lambda place: key(rows[place]), reverse=self.sort_order == Qt.SortOrder.DescendingOrder)
        return shown

    # ---- what Qt asks

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 (Qt's name)
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 (Qt's name)
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell; for screen readers and tooltips in words."""
        if not index.isValid():
            return None
        row, column = self.row_at(index.row()), COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._header(column, long=True)} {self.words(row, column)}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            from degreecheck.gui.parts import plain_tooltip

            words = self.words(row, column)
            return plain_tooltip(words) if column in _NUMERIC or column in ("folder", "name") else None
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMERIC:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def headerData(  # noqa: N802 (Qt's name)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._header(COLUMNS[section])
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._header(COLUMNS[section], long=True)
        if role == Qt.ItemDataRole.TextAlignmentRole and COLUMNS[section] in _NUMERIC:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def _header(self, column: str, *, long: bool = False) -> str:
        if column in NUMBERS:
            number = NUMBERS[column]
            return f"{number} {self._texts.get(f'ui.page.{column}.title')}" if long else number
        return self._texts.get(f"ui.desk.column.{'other' if column == 'export' else column}")

    # ---- words

    def text(self, row: Row, column: str) -> str:
        """A cell as it is copied and, but for its mark, shown."""
        texts = self._texts
        if column == "verdict":
            return texts.get(f"ui.desk.verdict.{row.verdict}")
        if column == "name":
            return row.name or texts.get("ui.desk.stranger_name" if row.is_stranger else "ui.header.nameless")
        if column == "tail":
            return f"…{row.tail}" if row.tail else ""
        if column == "folder":
            return row.folder or texts.get("ui.desk.no_folder", row=row.roster_row)
        if column in ("errors", "warnings"):
            count = row.errors if column == "errors" else row.warnings
            return str(count) if count else ""
        if column == "changes":
            parts = [f"−{row.mended}" if row.mended else "", f"+{row.new}" if row.new else ""]
            return " ".join(part for part in parts if part)
        cell = row.cells.get(column)  # type: ignore[call-overload]
        return str(cell.count) if cell is not None and cell.count else ""

    def words(self, row: Row, column: str) -> str:
        """A cell in words."""
        texts = self._texts
        if column == "changes":
            parts = [
                texts.get(f"ui.desk.change.{name}", count=count)
                for name, count in (("mended", row.mended), ("new", row.new))
                if count
            ]
            if not parts and row.compared:
                return texts.get("ui.desk.change.none")
            return texts.show(parts)
        if column in SECTIONS:
            cell: Cell | None = row.cells.get(column)
            return texts.get(f"ui.desk.cell.{cell.mark}", count=cell.count) if cell is not None else ""
        return self.text(row, column)


def _worst(row: Row) -> tuple[int, int, int]:
    return VERDICTS.index(row.verdict), -row.errors, -row.warnings


def _section_key(section: PageId) -> Callable[[Row], Any]:
    marks = {"error": 0, "question": 1, "ok": 3}

    def key(row: Row) -> tuple[int, int]:
        cell = row.cells.get(section)
        return (2, 0) if cell is None else (marks[cell.mark], -cell.count)

    return key


_KEYS: dict[str, Callable[[Row], Any]] = {
    "verdict": _worst,
    "name": lambda row: row.name,
    "tail": lambda row: row.tail,
    "folder": lambda row: (row.is_absent, row.index),
    "errors": lambda row: -row.errors,
    "warnings": lambda row: -row.warnings,
    "changes": lambda row: (-row.new, -row.mended),
    **{section: _section_key(section) for section in SECTIONS},
}
