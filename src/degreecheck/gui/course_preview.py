"""What a pasted or imported table would become, as tables of Qt to look at before anything is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from degreecheck.course_table import CoursesFound, Mended
from degreecheck.gui import course_rows, theme
from degreecheck.gui.course_rows import Row
from degreecheck.gui.parts import plain_tooltip

if TYPE_CHECKING:
    from degreecheck.form import CourseRecord
    from degreecheck.text import Texts

Index = QModelIndex | QPersistentModelIndex

MENDED_ROLE = Qt.ItemDataRole.UserRole  # whether a cell was read otherwise than written
COLUMNS = ("code", "name", "score", "passed_on", "kind")
_MENDED_COLUMNS = {
    "zeros_restored": "code",
    "date_unclear": "passed_on",
    "date_unread": "passed_on",
    "months_only": "passed_on",
}
_NO_PARENT = QModelIndex()


class FoundModel(QAbstractTableModel):
    """The courses that were found; each can be left out by its tick."""

    counted = Signal()

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._found = CoursesFound()
        self._mended: dict[tuple[int, str], Mended] = {}
        self._left_out: set[int] = set()
        self._month: int | None = None

    @property
    def unclear(self) -> str:
        """A date that may be January or October, "" without any."""
        return next((entry.before for entry in self._found.mended if entry.kind == "date_unclear"), "")

    def set_month(self, month: int | None) -> None:
        """Which month 2019.1 is, 1 or 10; None while nobody has said."""
        self._month = month
        if self._found.records:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._found.records) - 1, len(COLUMNS) - 1))

    def show_found(self, found: CoursesFound) -> None:
        """Other courses."""
        self.beginResetModel()
        self._found = found
        self._mended = {(entry.record, _MENDED_COLUMNS[entry.kind]): entry for entry in found.mended}
        self._left_out = set()
        self.endResetModel()
        self.counted.emit()

    @property
    def count(self) -> int:
        """How many courses would be taken over."""
        return len(self._found.records) - len(self._left_out)

    def rows(self) -> tuple[Row, ...]:
        """The ticked ones. What is no date comes along as the text that it is."""
        rows = course_rows.rows_of_import(self._found, self._month)
        return tuple(row for index, row in enumerate(rows) if index not in self._left_out)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 (Qt's name)
        """The courses."""
        return 0 if parent.isValid() else len(self._found.records)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 (Qt's name)
        """What is known of each."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A tick in the first column."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() and index.column() == 0 else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The columns' names as in the course table."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts.get(f"ui.courses.column.{COLUMNS[section]}")
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell as it will be; what was read otherwise than written says so."""
        if not index.isValid() or index.row() >= len(self._found.records):
            return None
        row, key = index.row(), COLUMNS[index.column()]
        mended = self._mended.get((row, key))
        if role == Qt.ItemDataRole.DisplayRole:
            day = None if mended is None else course_rows.unclear_day(mended, self._month)
            unread = "" if mended is None else mended.before
            return str(day or "") or self._shown(self._found.records[row], key) or unread
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Unchecked if row in self._left_out else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == MENDED_ROLE:
            return mended is not None
        if role == Qt.ItemDataRole.ToolTipRole:
            said = [str(self.data(index) or "")]
            if mended is not None:
                said.append(sentence_of(mended, self._texts))
            return plain_tooltip("\n".join(said))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 (Qt's name)
        """Take a course over, or leave it out."""
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._left_out.discard(index.row())
        else:
            self._left_out.add(index.row())
        self.dataChanged.emit(index, self.index(index.row(), len(COLUMNS) - 1))
        self.counted.emit()
        return True

    def _shown(self, record: CourseRecord, key: str) -> str:
        if key == "kind":
            words = [self._texts.get("ui.courses.column.is_thesis")] if record.is_thesis else []
            if record.kind:
                words.append(self._texts.get(f"ui.courses.kind.{record.kind}"))
            return self._texts.show(words)
        value = getattr(record, key)
        return "" if value is None else course_rows.cut(str(value))


class DroppedModel(QAbstractTableModel):
    """The rows that are no courses, and why."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._rows: list[tuple[int, str, str]] = []

    def show_dropped(self, rows: list[tuple[int, str, str]]) -> None:
        """Other rows: their number in the table from 1, their text, and why (a word of [dropped_row])."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 (Qt's name)
        """The rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 (Qt's name)
        """Number, reason, text."""
        return 0 if parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The columns' names."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and 0 <= section < 3:
            return self._texts.get(f"ui.courses.dropped.{('row', 'why', 'text')[section]}")
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return left if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        number, text, why = self._rows[index.row()]
        shown = (str(number), self._texts.word("dropped_row", why), text)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown
        return plain_tooltip(shown) if role == Qt.ItemDataRole.ToolTipRole else None


class MendedDelegate(QStyledItemDelegate):
    """Tints what was read otherwise than written; its tooltip says how."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A cell on its ground."""
        if index.data(MENDED_ROLE):
            painter.fillRect(option.rect, theme.current().colour("warning_soft"))
        super().paint(painter, option, index)


def sentence_of(mended: Mended, texts: Texts) -> str:
    """What was read otherwise than it was written."""
    return texts.get(f"mended_cell.{mended.kind}", before=mended.before, after=mended.after)


def _alignment(column: int) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignRight if COLUMNS[column] == "score" else Qt.AlignmentFlag.AlignLeft
    return across | Qt.AlignmentFlag.AlignVCenter
