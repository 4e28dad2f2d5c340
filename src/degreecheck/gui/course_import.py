"""Courses out of a pasted text or a table file: read in the background, looked at in a dialog, then taken over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from degreecheck.course_columns import Kind
from degreecheck.course_table import MOST_COLUMNS, MOST_RECORDS, MOST_ROWS, CoursesFound, read_rows
from degreecheck.gui import opening, theme
from degreecheck.gui.course_preview import COLUMNS, DroppedModel, FoundModel, MendedDelegate, sentence_of
from degreecheck.gui.parts import ElidedLabel, SegmentedChoice, announce, label, push_button

if TYPE_CHECKING:
    from degreecheck.text import Texts

SUFFIXES = ("xlsx", "xls", "xlsm", "ods", "csv", "tsv", "txt")
KINDS: tuple[Kind, ...] = ("code", "name", "score", "date", "kind")
_SAMPLE_ROWS, _SAMPLE = 40, 60  # rows and characters of a column's sample
_EASY_HEIGHT = 540  # logical pixels; with less, explanations give way to rows
_MONTHS = {"unknown": None, "october": 10, "january": 1}


class Table(NamedTuple):
    """A sheet of a file, or what was pasted (then without a name)."""

    name: str
    rows: Sequence[Sequence[str]]


def read_file(path: Path) -> list[Table]:
    """The sheets of a table file. Slow: call it in a thread. Raises desk.tables.TableUnreadable."""
    from degreecheck.desk.tables import read_sheets

    return [Table(sheet.name, sheet.rows) for sheet in read_sheets(path)]


def dropped_file(data: QMimeData) -> Path | None:
    """The one file that is being dropped or pasted, unless the window would open it as an application."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 and opening.droppable(data) is None else None


class CourseImport(QDialog):
    """Which column is what, the courses as they will be, the rows that are none; take over or leave all as it was."""

    taken = Signal(object, bool)  # rows of the table (course_rows.Row), and whether they replace what is there

    def __init__(
        self, tables: Sequence[Table], texts: Texts, parent: QWidget, *, title: str, present: Sequence[str]
    ) -> None:
        """``present``: codes and names of the courses that are in the table already, blank ones included."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._texts = texts
        self._tables = [Table(table.name, table.rows[:MOST_ROWS]) for table in tables]
        self._beyond = [max(len(table.rows) - MOST_ROWS, 0) for table in tables]
        self._present = frozenset(code.strip() for code in present)
        self._at = 0
        self._choices: dict[int, QComboBox] = {}
        self.found = CoursesFound()
        self.courses = FoundModel(texts, self)
        self.dropped = DroppedModel(texts, self)
        self.courses.counted.connect(self._say_count)
        self._heading = label("", "title")
        self._mended = label("", "caption")
        self._strip = QScrollArea()
        self.sheets = QComboBox()
        self._small = self._room()[1] < _EASY_HEIGHT
        self._make_parts()
        self._lay_out()
        self.resize(min(theme.space(95), self._room()[0]), min(theme.space(72), self._room()[1]))
        self.sheets.setCurrentIndex(self._likeliest())
        self.show_sheet(self.sheets.currentIndex())
        self.take.setFocus()

    def _room(self) -> tuple[int, int]:
        parent = self.parentWidget()
        window = self if parent is None else parent.window()
        return max(window.width() - theme.space(4), 480), max(window.height() - theme.space(4), 360)

    def _make_parts(self) -> None:
        texts = self._texts
        for number, table in enumerate(self._tables, 1):
            self.sheets.addItem(table.name or texts.get("ui.courses.import.sheet", number=number))
        self.sheets.setAccessibleName(texts.get("ui.courses.import.sheets"))
        self.sheets.activated.connect(self.show_sheet)
        self.which = SegmentedChoice({"found": "", "dropped": ""}, texts.get("ui.courses.import.which"))
        self.which.set_key("found")
        self.which.chosen.connect(self._show_which)
        self.found_view = _table(self.courses, texts.get("ui.courses.import.found_table"))
        self.dropped_view = _table(self.dropped, texts.get("ui.courses.import.dropped_table"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.found_view)
        self._stack.addWidget(self.dropped_view)
        words = {key: texts.get(f"ui.courses.import.{key}") for key in ("replace", "append")}
        self.how = SegmentedChoice(words, texts.get("ui.courses.import.how"))
        self.how.setVisible(bool(self._present))
        months = {key: texts.get(f"ui.courses.import.months.{key}") for key in ("unknown", "october", "january")}
        self.months = SegmentedChoice(months, texts.get("ui.courses.import.month"))
        self.months.chosen.connect(lambda key: self.courses.set_month(_MONTHS[key]))
        self._month_words = label("", "body", wrap=False)
        self.take = push_button("", kind="primary")
        self.take.setDefault(True)
        self.take.clicked.connect(self.accept)
        self.leave = push_button(texts.get("ui.cancel"))
        self.leave.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        texts = self._texts
        self._strip.setWidgetResizable(True)
        self._strip.setFrameShape(QScrollArea.Shape.NoFrame)
        self._strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._strip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        down = QVBoxLayout(self)
        margin = theme.space(1.5 if self._small else 2.5)
        down.setContentsMargins(theme.space(3), margin, theme.space(3), margin)
        down.setSpacing(theme.space(1 if self._small else 1.5))
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        if len(self._tables) > 1:
            top.addWidget(self.sheets)
        else:
            self.sheets.setParent(self)
            self.sheets.hide()
        down.addLayout(top)
        columns = QVBoxLayout()
        columns.setSpacing(theme.space(0.5))
        self._columns = label(texts.get("ui.courses.import.columns"), "caption")
        columns.addWidget(self._columns)
        self._columns.setVisible(not self._small)
        columns.addWidget(self._strip)
        down.addLayout(columns)
        down.addWidget(self.which)
        down.addWidget(self._stack, 1)
        down.addWidget(self._mended)
        month = QHBoxLayout()
        month.setSpacing(theme.space())
        month.addWidget(self._month_words)
        month.addWidget(self.months)
        month.addStretch(1)
        down.addLayout(month)
        foot = QHBoxLayout()
        foot.setSpacing(theme.space())
        foot.addWidget(self.how)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.take)
        down.addLayout(foot)

    def _likeliest(self) -> int:
        counts = [len(read_rows(table.rows).records) for table in self._tables]
        return counts.index(max(counts))

    # ---- which sheet, which columns

    def show_sheet(self, at: int) -> None:
        """Another sheet, its columns as they are recognised."""
        self._at = at
        self.found = read_rows(self._tables[at].rows)
        self.months.set_key("unknown")
        self.courses.set_month(None)
        self._make_strip()
        self._show()
        found = self.found.records
        known = self._present - {""}
        again = sum(record.code.strip() in known or record.name.strip() in known for record in found)
        self.how.set_key("replace" if again and again * 2 >= len(found) else "append")

    def _make_strip(self) -> None:
        rows = self._tables[self._at].rows
        width = max(map(len, rows), default=0)
        body = rows[0 if self.found.header_row is None else self.found.header_row :][:_SAMPLE_ROWS]
        kinds = {column.index: column.kind for column in self.found.columns}
        inside = QWidget()
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, 0, 0, theme.space(0.5))
        across.setSpacing(theme.space())
        self._choices = {}
        for column in range(min(width, MOST_COLUMNS)):
            cells = [row[column].strip()[:_SAMPLE] for row in body if column < len(row) and row[column].strip()]
            if cells or column in kinds:
                across.addWidget(self._column(column, cells, kinds.get(column)))
        across.addStretch(1)
        self._strip.setWidget(inside)
        bar = self._strip.horizontalScrollBar().sizeHint().height()
        self._strip.setFixedHeight(inside.sizeHint().height() + bar)

    def _column(self, column: int, cells: Sequence[str], kind: Kind | None) -> QWidget:
        texts = self._texts
        choice = QComboBox()
        for each in KINDS:
            choice.addItem(texts.get(f"ui.courses.import.kind.{each}"), each)
        choice.addItem(texts.get("ui.courses.import.kind.ignored"), "")
        choice.setCurrentIndex(choice.findData(kind or ""))
        choice.activated.connect(self._chosen)
        row = self.found.header_row
        rows = self._tables[self._at].rows
        header = rows[row][column].strip()[:_SAMPLE] if row is not None and column < len(rows[row]) else ""
        samples = [cell for cell in cells if cell != header][:2]
        shown = texts.show([header, *samples] if header else samples)
        choice.setAccessibleName(texts.get("ui.courses.import.column", number=column + 1, shown=shown[:60]))
        self._choices[column] = choice
        whole = QWidget()
        whole.setFixedWidth(theme.space(16))
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(0.25))
        down.addWidget(choice)
        down.addWidget(ElidedLabel(header or (samples[0] if samples else ""), role="caption"))
        if not self._small:
            down.addWidget(ElidedLabel(texts.show(samples if header else samples[1:]), role="caption"))
        return whole

    def _chosen(self) -> None:
        kinds: dict[int, Kind | None] = {
            column: next((kind for kind in KINDS if kind == choice.currentData()), None)
            for column, choice in self._choices.items()
        }
        self.found = read_rows(self._tables[self._at].rows, kinds)
        self._show()

    # ---- what it comes to

    def _show(self) -> None:
        self.courses.show_found(self.found)
        gone: list[tuple[int, str, str]] = [
            (entry.row + 1, entry.text, entry.why) for entry in self.found.dropped if entry.why != "blank"
        ]
        if self._beyond[self._at]:
            gone.append((MOST_ROWS + 1, self._texts.get("ui.courses.import.beyond", count=self._beyond[self._at]),
                         "too_many_rows"))  # fmt: skip
        self.dropped.show_dropped(gone)
        self.which.set_words(
            {
                "found": self._texts.get("ui.courses.import.found", count=len(self.found.records)),
                "dropped": self._texts.get("ui.courses.import.dropped", count=len(gone)),
            }
        )
        self.which.segments()[1].setEnabled(bool(gone))
        if not gone:
            self._show_which("found")
        self._mended.setText(self._mended_text())
        self._mended.setVisible(bool(self._mended.text()))
        unclear = sum(entry.kind == "date_unclear" for entry in self.found.mended)
        which = self._texts.get("ui.courses.import.which_month", text=self.courses.unclear[:20], count=unclear)
        self._month_words.setText(which)
        for part in (self._month_words, self.months):
            part.setVisible(bool(self.courses.unclear))
        _fit(self.found_view, COLUMNS.index("name"))
        _fit(self.dropped_view, 2)

    def _mended_text(self) -> str:
        lines: list[str] = []
        for kind in dict.fromkeys(entry.kind for entry in self.found.mended if entry.kind != "date_unclear"):
            entries = [entry for entry in self.found.mended if entry.kind == kind]
            line = sentence_of(entries[0], self._texts)
            more = self._texts.get("ui.courses.import.more_mended", count=len(entries)) if len(entries) > 1 else ""
            lines.append(line + more)
        return "\n".join(lines)

    def _say_count(self) -> None:
        count = self.courses.count
        key = "title" if self.found.records else "nothing"
        if len(self.found.records) >= MOST_RECORDS:
            key = "too_many"
        self._heading.setText(self._texts.get(f"ui.courses.import.{key}", count=len(self.found.records)))
        self.take.setText(self._texts.get("ui.courses.import.take", count=count))
        self.take.setEnabled(count > 0)
        announce(self, self.take.text())

    def _show_which(self, key: str) -> None:
        self.which.set_key(key)
        self._stack.setCurrentIndex(0 if key == "found" else 1)

    def accept(self) -> None:
        """Take the ticked courses over."""
        if self.courses.count:
            self.taken.emit(self.courses.rows(), not self._present or self.how.key() == "replace")
            super().accept()


def _table(model: FoundModel | DroppedModel, name: str) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setItemDelegate(MendedDelegate(view))
    view.setAccessibleName(name)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(max(theme.space(3.5), view.fontMetrics().height() + theme.space()))
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setSectionsClickable(False)
    return view


def _fit(view: QTableView, wide: int) -> None:
    """Each column as wide as its content up to a third of the table; ``wide`` takes the rest."""
    header = view.horizontalHeader()
    most = max(view.viewport().width() // 3, theme.space(10))
    for column in range(view.model().columnCount()):
        if column == wide:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        else:
            width = max(view.sizeHintForColumn(column), header.sectionSizeHint(column)) + theme.space(1.5)
            header.resizeSection(column, min(width, most))
