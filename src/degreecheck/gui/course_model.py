"""The course records as a table of Qt: six columns, edited in place, every change one step to undo.

The model keeps the rows that it last showed. When the form changes, by whatever hand, only the rows that differ are
taken out, put in or drawn anew, so that selection and place stay where they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from degreecheck.gui import course_rows
from degreecheck.gui.course_rows import KEYS, Key, Row
from degreecheck.gui.finding_view import mark_of, state_word
from degreecheck.gui.parts import plain_tooltip
from degreecheck.worked_average import work_out

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.report import Finding
    from degreecheck.text import Texts

Index = QModelIndex | QPersistentModelIndex

STATE_ROLE = Qt.ItemDataRole.UserRole  # the mark of what was found: a key of icons.STATES, or ""
LEFT_OUT_ROLE = Qt.ItemDataRole.UserRole + 1  # why the row is not in the average, a word of [score_left_out]

_FIELD = re.compile(r"courses\.records\[(\d{1,6})\](?:\.(\w+))?")
_WORST = {"error": 0, "warning": 1, "note": 2}
_TOOLTIP_FROM = 10  # characters from which a cell may be cut
_NO_PARENT = QModelIndex()


def place_of(field: str) -> tuple[int, int] | None:
    """Row and column that a finding's field names (courses.records[3].score); the name's where it names a whole row."""
    found = _FIELD.fullmatch(field)
    if found is None:
        return None
    key = found[2] or "name"
    column = next((index for index, known in enumerate(KEYS) if known == key), KEYS.index("name"))
    return int(found[1]), column


class CourseModel(QAbstractTableModel):
    """The session's course records. Rows are counted from 0 here and from 1 in every sentence."""

    changed = Signal()  # the records are others than before

    def __init__(self, session: Session, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._texts = texts
        self._rows = course_rows.rows_of(session.form)
        self._found: dict[tuple[int, int], list[Finding]] = {}
        self._left_out: dict[int, str] = {}
        self._count()
        self._note_findings()
        session.form_changed.connect(self.refresh)
        session.judged.connect(self.show_findings)

    # ---- what Qt asks

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 (Qt's name)
        """The records."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 (Qt's name)
        """A column per field of a record."""
        return 0 if parent.isValid() else len(KEYS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything is typed in place but the thesis's mark, which is ticked."""
        flags = super().flags(index)
        if not index.isValid():
            return flags
        ticked = KEYS[index.column()] == "is_thesis"
        return flags | (Qt.ItemFlag.ItemIsUserCheckable if ticked else Qt.ItemFlag.ItemIsEditable)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """The columns' names; the rows' numbers, as sentences count them."""
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return str(section + 1)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            return right if role == Qt.ItemDataRole.TextAlignmentRole else None
        if not 0 <= section < len(KEYS):
            return None
        key = KEYS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts.get(f"ui.courses.column.{key}")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._texts.word("field", f"courses.records.{key}")
        return _alignment(key) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, as it is shown, edited, aligned, marked and said."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, key = self._rows[index.row()], KEYS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return course_rows.cut(self.shown(row, key))
        if role == Qt.ItemDataRole.EditRole:
            return row.record.kind or "" if key == "kind" else course_rows.text_of(row, key)
        if role == Qt.ItemDataRole.CheckStateRole and key == "is_thesis":
            return Qt.CheckState.Checked if row.record.is_thesis else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(key)
        if role == STATE_ROLE:
            return self._state(index.row(), index.column())
        if role == LEFT_OUT_ROLE:
            return self._left_out.get(index.row(), "") if key == "score" else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._tooltip(index.row(), index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return " ".join(self._sentences(index.row(), index.column()))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 (Qt's name)
        """Type a cell, or tick it."""
        if not index.isValid() or index.row() >= len(self._rows):
            return False
        key = KEYS[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and key == "is_thesis":
            return self.set_cells({(index.row(), index.column()): Qt.CheckState(value) == Qt.CheckState.Checked})
        if role == Qt.ItemDataRole.EditRole and key != "is_thesis":
            return self.set_cells({(index.row(), index.column()): value})
        return False

    # ---- changing, each one step to undo

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def set_cells(self, values: dict[tuple[int, int], object]) -> bool:
        """Several cells by row and column. False where nothing is other than before."""
        rows = list(self._rows)
        for (row, column), value in values.items():
            if 0 <= row < len(rows) and 0 <= column < len(KEYS):
                rows[row] = course_rows.with_value(rows[row], KEYS[column], value)
        return self.set_rows(rows)

    def clear_cells(self, cells: Iterable[tuple[int, int]]) -> bool:
        """Empty these cells."""
        blank: dict[Key, object] = {"is_thesis": False, "kind": None}
        return self.set_cells({(row, column): blank.get(KEYS[column], "") for row, column in cells})

    def insert(self, at: int, rows: Sequence[Row] = (Row(),)) -> None:
        """Put rows in before the row ``at``."""
        at = max(0, min(at, len(self._rows)))
        self.set_rows(course_rows.inserted(self._rows, at, rows))

    def remove(self, indexes: Iterable[int]) -> int:
        """Take rows out; how many went."""
        before = len(self._rows)
        self.set_rows(course_rows.removed(self._rows, indexes))
        return before - len(self._rows)

    def move(self, indexes: Iterable[int], by: int) -> tuple[int, ...]:
        """Move rows one place up (-1) or down (1); where they are then."""
        rows, places = course_rows.moved(self._rows, indexes, by)
        self.set_rows(rows)
        return places

    def sort_by(self, column: int, *, descending: bool) -> bool:
        """Bring the records into the order of a column. False where they were so already."""
        return self.set_rows(course_rows.in_order(self._rows, KEYS[column], descending=descending))

    def set_rows(self, rows: Sequence[Row]) -> bool:
        """Other rows altogether. False where nothing is other than before."""
        if tuple(rows) == self._rows:
            return False
        self._session.change(course_rows.with_rows(self._session.form, rows))
        return True

    # ---- following the session

    def refresh(self) -> None:
        """The form has changed: show what became other."""
        new, old = course_rows.rows_of(self._session.form), self._rows
        if new == old:
            return
        first = _alike(old, new)
        last = _alike(old[first:][::-1], new[first:][::-1])
        before, after = len(old) - last, len(new) - last
        both = min(before, after)
        self._rows = (*new[:both], *old[both:])
        if before > both:
            self.beginRemoveRows(QModelIndex(), both, before - 1)
            self._rows = new
            self.endRemoveRows()
        elif after > both:
            self.beginInsertRows(QModelIndex(), both, after - 1)
            self._rows = new
            self.endInsertRows()
        self._count()
        self._tell(0, len(new) - 1)
        if new:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(new) - 1)
        self.changed.emit()

    def show_findings(self) -> None:
        """There is a new report: mark the cells that it speaks of."""
        before = self._found
        self._note_findings()
        if self._found == before:
            return
        rows = [row for row, _ in (*before, *self._found) if row < len(self._rows)]
        if rows:
            self._tell(min(rows), max(rows))

    def findings_at(self, row: int, column: int) -> list[Finding]:
        """What was found about a cell."""
        return list(self._found.get((row, column), ()))

    def _note_findings(self) -> None:
        self._found = {}
        for finding in self._session.report.findings:
            place = place_of(finding.field or "")
            if place is not None:
                self._found.setdefault(place, []).append(finding)

    def _count(self) -> None:
        records = [row.record for row in self._rows]
        worked = work_out(records, self._session.pack.average.non_numeric)
        self._left_out = {entry.row: entry.why for entry in worked.left_out} if worked.worked else {}

    def _tell(self, first: int, last: int) -> None:
        # Never a single cell: Qt then fills the open editor anew, and what is being typed in it is gone.
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(KEYS) - 1))

    # ---- words

    def shown(self, row: Row, key: Key) -> str:
        """A cell as people read it."""
        if key == "is_thesis":
            return course_rows.aside_of(row, key)
        if key == "kind":
            return course_rows.aside_of(row, key) or self._texts.get(f"ui.courses.kind.{row.record.kind or 'plain'}")
        return course_rows.text_of(row, key)

    def copied(self, row: int, column: int) -> str:
        """A cell as it is copied."""
        entry, key = self._rows[row], KEYS[column]
        if key == "is_thesis":
            return self._texts.get("ui.courses.column.is_thesis") if entry.record.is_thesis else ""
        return "" if key == "kind" and entry.record.kind is None else self.shown(entry, key)

    def _state(self, row: int, column: int) -> str:
        worst = self._worst(row, column)
        return "" if worst is None else mark_of(worst)

    def _worst(self, row: int, column: int) -> Finding | None:
        found = self._found.get((row, column), ())
        return min(found, key=lambda finding: (finding.answered, _WORST[finding.severity]), default=None)

    def _sentences(self, row: int, column: int) -> list[str]:
        said = [finding.message(self._texts) for finding in self._found.get((row, column), ())]
        why = self._left_out.get(row)
        if why and KEYS[column] == "score":
            said.append(self._texts.get("ui.courses.not_counted", why=why))
        return said

    def _tooltip(self, row: int, column: int) -> str:
        text = course_rows.cut(self.shown(self._rows[row], KEYS[column]))
        return "\n".join([text] * (len(text) > _TOOLTIP_FROM) + self._sentences(row, column))

    def _said(self, row: int, column: int) -> str:
        key = KEYS[column]
        record = self._rows[row].record
        shown = (
            self._texts.show(record.is_thesis)
            if key == "is_thesis"
            else course_rows.cut(self.shown(self._rows[row], key))
        )
        worst = self._worst(row, column)
        word = "" if worst is None else state_word(worst, self._texts)
        name = self._texts.get(f"ui.courses.column.{key}")
        said = self._texts.get("ui.courses.cell", row=row + 1, column=name, value=shown)
        return f"{said} {word}".rstrip()


def _alignment(key: Key) -> Qt.AlignmentFlag:
    across = {"score": Qt.AlignmentFlag.AlignRight, "is_thesis": Qt.AlignmentFlag.AlignHCenter}
    return across.get(key, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


def _alike(one: Sequence[Row], other: Sequence[Row]) -> int:
    """How many rows at the beginning are the same."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
