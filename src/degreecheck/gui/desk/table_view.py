"""The table of applicants on the screen: keys, copying, what is selected survives every change of rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from degreecheck.gui import clipboard
from degreecheck.gui.desk.delegate import CellDelegate
from degreecheck.gui.desk.rows import SECTIONS, Row
from degreecheck.gui.desk.table_model import COLUMNS, DeskModel, Index
from degreecheck.privacy import mask

if TYPE_CHECKING:
    from degreecheck.text import Texts

_WIDTHS = {"verdict": 104, "name": 78, "tail": 58, "folder": 128, "errors": 48, "warnings": 58, "changes": 52}
_SECTION_WIDTH = 38
_ROW = 32


class DeskTable(QTableView):
    """Shows a DeskModel."""

    chosen = Signal(object)  # the row that has the focus, or None
    opened = Signal(object)  # double-clicked
    details_wanted = Signal()  # Enter

    def __init__(self, model: DeskModel, texts: Texts) -> None:
        super().__init__()
        self._model = model
        self._texts = texts
        self._current = ""
        self._selected: list[str] = []
        self._restoring = False
        self.setProperty("place", "desk")
        self.setAccessibleName(texts.get("ui.desk.table"))
        self._cells = CellDelegate(model, self)
        self.setItemDelegate(self._cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(_ROW, self.fontMetrics().height() + 12))
        self.setModel(model)
        self._lay_out_columns()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.row_at(index.row())))

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(36)
        for place, column in enumerate(COLUMNS):
            wanted = _SECTION_WIDTH if column in SECTIONS else _WIDTHS[column]
            words = self._model.headerData(place, Qt.Orientation.Horizontal)
            header.resizeSection(place, max(wanted, header.fontMetrics().horizontalAdvance(words) + 18))
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """The folder's column takes what room there is."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the folder's column what the others leave."""
        header, place = self.horizontalHeader(), COLUMNS.index("folder")
        left = self.viewport().width() - header.length() + header.sectionSize(place)
        wanted = max(left, _WIDTHS["folder"])
        if wanted != header.sectionSize(place):
            header.resizeSection(place, wanted)

    # ---- what is chosen

    def row(self) -> Row | None:
        """The applicant that has the focus."""
        index = self.currentIndex()
        return self._model.row_at(index.row()) if index.isValid() else None

    def rows(self) -> list[Row]:
        """The selected applicants, from top to bottom."""
        lines = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self._model.row_at(line) for line in lines]

    def choose(self, key: str) -> bool:
        """Go to an applicant; False where the filter hides it."""
        line = self._model.line_of(key)
        if line is None:
            return False
        self.selectRow(line)
        self.scrollTo(self._model.index(line, 0), QAbstractItemView.ScrollHint.EnsureVisible)
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 (Qt's name)
        """Another applicant has the focus."""
        super().currentChanged(current, previous)
        if not self._restoring:
            self.chosen.emit(self._model.row_at(current.row()) if current.isValid() else None)

    def _remember(self) -> None:
        row = self.row()
        self._current = row.key if row is not None else self._current
        self._selected = [one.key for one in self.rows()]
        self._restoring = True

    def _restore(self) -> None:
        lines = {key: self._model.line_of(key) for key in {*self._selected, self._current} if key}
        selection = QItemSelection()
        last = len(COLUMNS) - 1
        for line in lines.values():
            if line is not None:
                selection.select(self._model.index(line, 0), self._model.index(line, last))
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(selection, select)
        at = lines.get(self._current)
        if at is not None:
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._model.index(at, 0), keep)
        self._restoring = False

    # ---- keys

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """What all cells share is found out once."""
        self._cells.begin()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter shows the details, the copy key copies the selected rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row() is not None:
            self.details_wanted.emit()
        else:
            super().keyPressEvent(event)

    def copy(self) -> str:
        """The selected rows as a spreadsheet takes them, ID numbers masked; returns what was copied."""
        titles = [self._model.headerData(place, Qt.Orientation.Horizontal) for place in range(len(COLUMNS))]
        lines = [titles, *([_cell(self._model.text(row, column)) for column in COLUMNS] for row in self.rows())]
        text = mask("\n".join("\t".join(cells) for cells in lines))
        clipboard.copy(text)
        return text

    def menu_at(self, act: Callable[[QPoint], None]) -> None:
        """Have a menu shown where the person asks for one."""
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: act(self.viewport().mapToGlobal(at)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Only the left button opens."""
        if event.button() == Qt.MouseButton.LeftButton:
            super().mouseDoubleClickEvent(event)


def _cell(text: str) -> str:
    """A cell that stays one cell, and that no spreadsheet takes for a formula."""
    clean = " ".join(text.split())
    return f"'{clean}" if clean[:1] in ("=", "+", "@") or (clean[:1] == "-" and not clean[1:].isdecimal()) else clean
