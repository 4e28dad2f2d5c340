"""The course table on the screen: its keys, its menu, its width and height. What is pasted is handed to the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from degreecheck.gui import clipboard, theme
from degreecheck.gui.course_delegate import CourseDelegate
from degreecheck.gui.course_model import CourseModel, Index
from degreecheck.gui.course_rows import KEYS, as_tsv

if TYPE_CHECKING:
    from degreecheck.text import Texts

_NAME = KEYS.index("name")
_LEAST_NAME = 88  # logical pixels; narrower, the table scrolls sideways
_EASY_NAME = 176  # narrower, the other columns draw together first
_SAMPLES = {"code": "00000", "score": "100", "passed_on": "2000-00"}

_Hint = QAbstractItemDelegate.EndEditHint
_Trigger = QAbstractItemView.EditTrigger
_Flag = QItemSelectionModel.SelectionFlag


class CourseTableView(QTableView):
    """Cells are edited where they stand: by typing, F2 or a double click. Enter goes down, Tab to the right."""

    paste_asked = Signal()
    text_pasted = Signal(str)  # into a cell that was being edited
    rows_removed = Signal(int)
    moved_to = Signal()  # another cell is the current one
    left = Signal()  # the keyboard may be elsewhere now

    def __init__(self, model: CourseModel, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._courses = model
        self._texts = texts
        self._fitting = False
        self._by_hand: set[int] = set()  # columns that the person has made wider or narrower
        self._sorted: tuple[int, bool] | None = None
        self._closing_of: QWidget | None = None
        self.setModel(model)
        self._cells = CourseDelegate(texts, self)
        self._cells.table_pasted.connect(self.text_pasted)
        self.setItemDelegate(self._cells)
        self.setProperty("courses", True)
        self.setAccessibleName(texts.get("ui.courses.table"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            _Trigger.EditKeyPressed | _Trigger.AnyKeyPressed | _Trigger.DoubleClicked | _Trigger.SelectedClicked
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_up_headers()
        self._add_actions()
        model.changed.connect(self._unsort)
        model.changed.connect(self._fit_columns)

    def _set_up_headers(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.row_height)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        rows.setMinimumWidth(theme.space(4))
        columns.setSectionsClickable(True)
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(theme.space(6))
        columns.setFixedHeight(self.row_height)
        columns.sectionClicked.connect(self.sort_by)
        columns.sectionResized.connect(lambda column, _before, _now: self._resized(column))

    def _wanted(self, key: str, *, tight: bool) -> int:
        """The width of a column but the name's; ``tight``: without room for the sort's arrow."""
        metrics = self.fontMetrics()
        kinds = ("exempt", "transferred") if key == "kind" else ()
        sample = _SAMPLES.get(key, "")
        days = (row.record.passed_on.day for row in self._courses.rows if row.record.passed_on)
        if key == "passed_on" and (not tight or any(days)):
            sample += "-00"
        words = [sample, *(self._texts.get(f"ui.courses.kind.{kind}") for kind in kinds)]
        inside = max(metrics.horizontalAdvance(word) for word in words)
        head = metrics.horizontalAdvance(self._texts.get(f"ui.courses.column.{key}"))
        beside = 3 if key == "score" else 0  # a mark
        return max(inside + theme.space(2.5 + beside), head + theme.space(2 if tight else 3))

    @property
    def row_height(self) -> int:
        """Of a row and of the header, in logical pixels."""
        return max(theme.current().size("control"), self.fontMetrics().height() + theme.space(1.5))

    def _add_actions(self) -> None:
        """The menu, and with it the keys; they count while the table itself has the focus."""
        entries: Sequence[tuple[str, str | QKeySequence.StandardKey, Callable[[], object]] | None] = (
            ("copy", QKeySequence.StandardKey.Copy, self.copy),
            ("paste", QKeySequence.StandardKey.Paste, self.paste_asked.emit),
            ("clear", "Delete", self.clear_or_remove),
            None,
            ("insert", "Ins", self.insert_row),
            ("remove", "Ctrl+Delete", self.remove_rows),
            ("up", "Alt+Up", lambda: self.move_rows(-1)),
            ("down", "Alt+Down", lambda: self.move_rows(1)),
            None,
            ("sort", "", lambda: self.sort_by(max(self.currentIndex().column(), 0))),
            ("leave", "Ctrl+Tab", lambda: self._leave(forward=True)),
        )
        for entry in entries:
            action = QAction(self)
            if entry is None:
                action.setSeparator(True)
            else:
                key, keys, act = entry
                action.setText(self._texts.get(f"ui.courses.act.{key}"))
                action.setShortcut(QKeySequence(keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
                action.triggered.connect(act)
            self.addAction(action)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    # ---- what is selected

    def selected_rows(self) -> list[int]:
        """Rows of which any cell is selected, else the current one's."""
        found = {index.row() for index in self.selectedIndexes()} or {self.currentIndex().row()}
        return sorted(row for row in found if row >= 0)

    def _whole_rows(self) -> list[int]:
        return [index.row() for index in self.selectionModel().selectedRows()]

    def select_rows(self, rows: Sequence[int]) -> None:
        """Select whole rows; the cursor stays in its column."""
        column = max(self.currentIndex().column(), 0)
        selection = QItemSelection()
        for row in rows:
            selection.select(self._courses.index(row, 0), self._courses.index(row, len(KEYS) - 1))
        if rows:
            self.selectionModel().setCurrentIndex(self._courses.index(rows[0], column), _Flag.NoUpdate)
        self.selectionModel().select(selection, _Flag.ClearAndSelect)

    def go_to(self, row: int, column: int, *, edit: bool = False) -> None:
        """Bring a cell into view and make it the current one."""
        index = self._courses.index(row, column)
        if index.isValid():
            self._set_current(index)
            self.scrollTo(index)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            if edit:
                self.edit(index)

    def _set_current(self, index: Index) -> None:
        # Not setCurrentIndex: with Ctrl or Shift still held it would leave or widen the selection.
        self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)

    # ---- what can be done

    def copy(self) -> None:
        """The selected cells as a spreadsheet takes them."""
        cells = {(index.row(), index.column()) for index in self.selectedIndexes()}
        if cells:
            columns = sorted({column for _, column in cells})
            table = [
                [self._courses.copied(row, column) if (row, column) in cells else "" for column in columns]
                for row in sorted({row for row, _ in cells})
            ]
            clipboard.copy(as_tsv(table))

    def insert_row(self) -> None:
        """A blank row above the current one, ready to be typed in."""
        at = self.currentIndex().row()
        self._courses.insert(max(at, 0))
        self.go_to(max(at, 0), 0)

    def add_row(self, *, edit: bool = False) -> None:
        """A blank row at the end, ready to be typed in."""
        at = self._courses.rowCount()
        self._courses.insert(at)
        self.go_to(at, 0, edit=edit)

    def clear_or_remove(self) -> None:
        """Take whole rows out; of single cells only what stands in them."""
        if self._whole_rows():
            self.remove_rows()
        else:
            self._courses.clear_cells([(index.row(), index.column()) for index in self.selectedIndexes()])

    def remove_rows(self) -> None:
        """Take the selected rows out."""
        rows = self.selected_rows()
        column = max(self.currentIndex().column(), 0)
        gone = self._courses.remove(rows)
        if gone and self._courses.rowCount():
            self.go_to(min(rows[0], self._courses.rowCount() - 1), column)
        if gone:
            self.rows_removed.emit(gone)

    def move_rows(self, by: int) -> None:
        """Move the selected rows up or down."""
        rows = self.selected_rows()
        if rows:
            self.select_rows(self._courses.move(rows, by))
            self.scrollTo(self.currentIndex())

    def sort_by(self, column: int) -> None:
        """Sort the records by a column; once more, the other way round."""
        descending = self._sorted == (column, False)
        self._courses.sort_by(column, descending=descending)
        self._sorted = (column, descending)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(column, order)

    def _unsort(self) -> None:
        self._sorted = None
        self.horizontalHeader().setSortIndicatorShown(False)

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter goes down, Tab to the right; Tab in the last cell adds a row."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self.state() == QAbstractItemView.State.EditingState and not self.hasFocus():
            super().keyPressEvent(event)  # the editor's, which has not used it up
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_down(-1 if shift else 1)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.setAccepted(self._go_right(-1 if shift or key == Qt.Key.Key_Backtab else 1))
        elif key == Qt.Key.Key_Backspace:
            self.clear_or_remove()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 (Qt's name)
        """A phrase that comes without being composed first, as from handwriting, only opens the cell in Qt."""
        closed = self.indexWidget(self.currentIndex()) is None
        super().inputMethodEvent(event)
        editor = self.indexWidget(self.currentIndex())
        if closed and event.commitString() and isinstance(editor, QLineEdit) and not editor.isModified():
            editor.insert(event.commitString())

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802 (Qt's name)
        """The next cell is gone to, but not opened: typing opens it."""
        super().closeEditor(editor, _Hint.RevertModelCache if hint == _Hint.RevertModelCache else _Hint.NoHint)
        if hint == _Hint.SubmitModelCache:
            self._go_down(1)
        elif hint in (_Hint.EditNextItem, _Hint.EditPreviousItem):
            self._go_right(1 if hint == _Hint.EditNextItem else -1)
        self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Tell the page, which holds back what would disturb while one types."""
        super().focusOutEvent(event)
        self.left.emit()

    def _go_down(self, by: int) -> None:
        present = self.currentIndex()
        below = self._courses.index(present.row() + by, present.column())
        if below.isValid():
            self._set_current(below)

    def _go_right(self, by: int) -> bool:
        """To the next cell. False where the table is left instead."""
        present = self.currentIndex()
        place = present.row() * len(KEYS) + present.column() + by
        rows = self._courses.rowCount()
        if place < 0 or not rows:
            return False
        if place >= rows * len(KEYS):
            if self._courses.rows[-1].blank:
                return False
            self.add_row()
            return True
        self._set_current(self._courses.index(*divmod(place, len(KEYS))))
        return True

    def _leave(self, *, forward: bool) -> None:
        self.setTabKeyNavigation(False)
        self.focusNextPrevChild(forward)
        self.setTabKeyNavigation(True)

    # ---- size and surroundings

    def height_of_all(self) -> int:
        """With every row in view, in logical pixels."""
        bar = self.horizontalScrollBar().height() if self.horizontalScrollBar().isVisible() else 0
        return self.row_height * (self._courses.rowCount() + 1) + bar + 2 * self.frameWidth()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """The name takes what the others leave."""
        super().resizeEvent(event)
        self._fit_columns()

    def _resized(self, column: int) -> None:
        if not self._fitting:
            self._by_hand.add(column)
            self._fit_columns()

    def _fit_columns(self) -> None:
        self._fitting = True
        header, room = self.horizontalHeader(), self.viewport().width()
        others = [column for column in range(len(KEYS)) if column != _NAME]
        wide = {column: self._wanted(KEYS[column], tight=False) for column in others}
        tight = sum(wide.values()) + _EASY_NAME > room
        for column in others:
            if column not in self._by_hand:
                header.resizeSection(column, self._wanted(KEYS[column], tight=True) if tight else wide[column])
        if _NAME not in self._by_hand:
            taken = sum(header.sectionSize(column) for column in others)
            header.resizeSection(_NAME, max(room - taken, _LEAST_NAME))
        self._fitting = False

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 (Qt's name)
        """Tell the page, so that it keeps the cell in view."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.moved_to.emit()

    def showEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Watch for the window's end: what is being typed then is kept."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._closing_of is not self.window():
            self._closing_of = self.window()
            self._closing_of.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Before the window closes, take over what is being typed."""
        if event.type() == QEvent.Type.Close and watched is self._closing_of:
            self.finish_editing()
        return super().eventFilter(watched, event)

    def finish_editing(self) -> None:
        """Take over what is being typed in a cell."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, _Hint.NoHint)
