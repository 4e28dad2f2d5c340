"""5.3 课程信息: the major, the courses, and the average worked out from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QCompleter, QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from degreecheck.course_columns import read_kind
from degreecheck.course_table import read_rows, split_pasted
from degreecheck.gui import course_import, icons, theme
from degreecheck.gui.course_average import WorkedAverageView
from degreecheck.gui.course_import import CourseImport, Table
from degreecheck.gui.course_model import CourseModel, place_of
from degreecheck.gui.course_proposal import CourseProposal
from degreecheck.gui.course_rows import KEYS, Row, inserted, rows_of_import
from degreecheck.gui.course_table_view import CourseTableView
from degreecheck.gui.editors import LineEditor
from degreecheck.gui.fields import Page, heading_of
from degreecheck.gui.finding_view import FindingList
from degreecheck.gui.parts import (
    Card,
    EmptyState,
    FlowLayout,
    Notice,
    Spinner,
    Toast,
    ToolBarButton,
    announce,
    caption,
    label,
    push_button,
)
from degreecheck.gui.places import is_missing

if TYPE_CHECKING:
    from degreecheck.gui.places import Target
    from degreecheck.gui.session import Session
    from degreecheck.report import Finding
    from degreecheck.text import Texts

_LEAST_TABLE = 260  # logical pixels
_AROUND_TABLE = 150  # of the page's height, left for what stands above and below
_MOST_FINDINGS = 6  # under the table; the column at the side has them all


class CoursesPage(Page):
    """The courses are pasted, imported or typed; the average follows, and is put into its field by a click."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("courses", session, texts)
        self.add_rows(("courses.major",))
        self._majors = QStringListModel(self)
        self._complete_major()
        self.model = CourseModel(session, texts, self)
        self.table = CourseTableView(self.model, texts)
        self.empty = self._made_empty()
        self.bar = self._made_bar()
        self.trouble = Notice("error", "", close_word=texts.get("ui.close"))
        self.trouble.hide()
        self.proposal = CourseProposal(session, texts)
        self.proposal.looked_at.connect(self._look_at)
        self.keys = caption(texts.get("ui.courses.keys"))
        self.found = FindingList(session, texts, listed=True)
        self.found.chosen.connect(self._show_finding)
        self.more = caption()
        self.transcript = Notice("note", "", state_word=texts.word("severity", "note"))
        self.worked = WorkedAverageView(session, texts)
        self._toast = Toast(self)
        self._toast.acted.connect(session.undo)
        self._lay_out()
        self.add_rows(("courses.average_score", "courses.thesis_score"))
        self._connect()
        self.viewport().setAcceptDrops(True)  # a scroll area itself takes none
        self.finish()

    # ---- parts

    def _complete_major(self) -> None:
        editor = self.rows["courses.major"].editor
        if isinstance(editor, LineEditor):
            names = QCompleter(self._majors, editor)
            names.setFilterMode(Qt.MatchFlag.MatchContains)
            names.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            names.activated.connect(lambda name: self.session.set_value("courses.major", name))
            editor.setCompleter(names)
            self._all_majors = QAction(self.texts.get("ui.courses.majors"), editor)
            self._all_majors.setToolTip(self._all_majors.text())
            self._all_majors.setShortcut("Alt+Down")
            self._all_majors.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._all_majors.triggered.connect(lambda: self._offer_majors(names))
            icons.set_icon(self._all_majors, "down", "text_muted")
            editor.addAction(self._all_majors, LineEditor.ActionPosition.TrailingPosition)

    def _offer_majors(self, names: QCompleter) -> None:
        names.setCompletionPrefix("")
        names.complete()

    def _made_empty(self) -> Card:
        texts = self.texts
        card = Card()
        self.welcome = EmptyState("table", texts.get("ui.courses.empty"), hint=" ")
        ways = QWidget()
        row = FlowLayout(ways)
        self.start_paste = push_button(texts.get("ui.courses.start.paste"), "primary", "paste")
        self.start_import = push_button(texts.get("ui.courses.start.import"), icon_name="import")
        self.start_typing = push_button(texts.get("ui.courses.start.type"), icon_name="edit")
        for button in (self.start_paste, self.start_import, self.start_typing):
            row.addWidget(button)
        down = QVBoxLayout(card)
        down.setContentsMargins(theme.space(2), 0, theme.space(2), theme.space(4))
        down.setSpacing(0)
        down.addWidget(self.welcome)
        beside = QHBoxLayout()
        ways.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        beside.addWidget(ways)
        down.addLayout(beside)
        return card

    def _made_bar(self) -> QWidget:
        texts = self.texts
        self.add = push_button(texts.get("ui.courses.bar.add"), "quiet", "add")
        self.paste = push_button(texts.get("ui.courses.bar.paste"), "quiet", "paste")
        self.import_ = push_button(texts.get("ui.courses.bar.import"), "quiet", "import")
        self.remove = ToolBarButton("remove", texts.get("ui.courses.act.remove"))
        self.up = ToolBarButton("up", texts.get("ui.courses.act.up"))
        self.down = ToolBarButton("down", texts.get("ui.courses.act.down"))
        bar = QWidget()
        row = FlowLayout(bar, theme.space(0.5))
        for button in (self.add, self.paste, self.import_, self.up, self.down, self.remove):
            row.addWidget(button)
        return bar

    def _lay_out(self) -> None:
        whole = QVBoxLayout()
        whole.setSpacing(theme.space())
        top = QHBoxLayout()
        self.title = heading_of(self.texts.get("ui.courses.title"))
        self.reading = Spinner(self.texts.get("ui.courses.reading"))
        self.reading_words = label(self.texts.get("ui.courses.reading"), "muted")
        self._show_reading(False)
        top.addWidget(self.title)
        top.addWidget(self.reading)
        top.addWidget(self.reading_words, 1)
        top.addStretch(1)
        whole.addLayout(top)
        for part in (self.bar, self.trouble, self.proposal, self.empty, self.table, self.keys, self.found, self.more):
            whole.addWidget(part)
        self.proposal.refresh()
        self.column.addLayout(whole)
        self.column.addWidget(self.transcript)
        self.column.addWidget(self.worked)

    def _connect(self) -> None:
        for button in (self.start_paste, self.paste):
            button.clicked.connect(self.paste_clipboard)
        for button in (self.start_import, self.import_):
            button.clicked.connect(self.choose_file)
        self.start_typing.clicked.connect(lambda: self.table.add_row(edit=True))
        self.add.clicked.connect(lambda: self.table.add_row(edit=True))
        self.remove.clicked.connect(self.table.remove_rows)
        self.up.clicked.connect(lambda: self.table.move_rows(-1))
        self.down.clicked.connect(lambda: self.table.move_rows(1))
        self.table.text_pasted.connect(self.paste_text)
        self.table.paste_asked.connect(self.paste_clipboard)
        self.table.rows_removed.connect(
            lambda count: self._toast.say(self.texts.get("ui.courses.removed", count=count), self.texts.get("ui.undo"))
        )
        self.table.moved_to.connect(self._keep_cell_in_view)
        self.table.left.connect(lambda: QTimer.singleShot(0, self, self.show_findings))
        self.session.form_changed.connect(self._toast.hide)  # its undo would take back something else by now
        self.model.changed.connect(self._show_table)

    # ---- following the session

    def refresh(self) -> None:
        """The form has changed."""
        if self._majors.stringList() != list(self.session.pack.majors):
            self._majors.setStringList(list(self.session.pack.majors))
        self._all_majors.setVisible(bool(self.session.pack.majors))
        key = self.session.form.applicant_type
        self.welcome.hint.setText(self.texts.get(f"ui.courses.where.{key}"))
        self.welcome.hint.setVisible(True)
        self.transcript.set(
            "note", self.texts.get("ui.courses.transcript"), state_word=self.texts.word("severity", "note")
        )
        self._show_table()
        self.worked.refresh()
        self.transcript.setVisible(not self.worked.tells_of_transcript)  # it says the same, with the figure
        super().refresh()

    def _show_table(self) -> None:
        some = self.model.rowCount() > 0
        focused: QWidget | None = QApplication.focusWidget()
        in_table = focused is not None and (focused is self.table or self.table.isAncestorOf(focused))
        in_empty = focused is not None and self.empty.isAncestorOf(focused)
        self.empty.setVisible(not some)
        for widget in (self.table, self.bar, self.keys, self.worked):
            widget.setVisible(some)
        if in_table and not some:
            self.start_paste.setFocus()
        elif in_empty and some:
            self.table.setFocus()
        self._fit_table()

    def _fit_table(self) -> None:
        most = max(_LEAST_TABLE, self.viewport().height() - _AROUND_TABLE)
        self.table.setFixedHeight(min(self.table.height_of_all(), most))

    def show_findings(self) -> None:
        """There is a new report."""
        super().show_findings()
        found = [f for f in self.session.findings_of_field("courses.records") if not self._is_just_typed(f)]
        self.found.show_findings(found[:_MOST_FINDINGS])
        self.more.setText(self.texts.get("ui.courses.more_findings", count=len(found) - _MOST_FINDINGS))
        self.more.setVisible(len(found) > _MOST_FINDINGS)

    def _is_just_typed(self, finding: Finding) -> bool:
        """What is missing in the row that is being typed, or as long as rows are typed, is no news."""
        place = place_of(finding.field or "")
        focused: QWidget | None = QApplication.focusWidget()
        typing = focused is not None and (focused is self.table or self.table.isAncestorOf(focused))
        return is_missing(finding) and typing and (place is None or place[0] == self.table.currentIndex().row())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """The table takes what height there is."""
        super().resizeEvent(event)
        self._fit_table()

    def _keep_cell_in_view(self) -> None:
        if self.table.hasFocus():
            cell = self.table.visualRect(self.table.currentIndex()).translated(self.table.viewport().pos())
            inside: QWidget = self.widget()  # type: ignore[assignment]
            at = self.table.mapTo(inside, cell.center())
            self.ensureVisible(at.x(), at.y(), 0, self.table.row_height)
            self.show_findings()

    # ---- going to a place

    def reveal(self, target: Target) -> None:
        """A cell of the table, or a field of the page."""
        if not target.field.startswith("courses.records"):
            super().reveal(target)
            return
        shown = self.table if self.table.isVisibleTo(self) else self.empty
        self.ensureWidgetVisible(shown, 0, theme.space(2))
        place = place_of(target.field)
        if place is not None and place[0] < self.model.rowCount():
            self.table.go_to(*place)
        elif self.table.isVisibleTo(self):
            self.table.setFocus()
        else:
            self.start_paste.setFocus()

    def _show_finding(self, finding: Finding) -> None:
        self.session.go_to(finding)
        rows = finding.values.get("rows")
        if isinstance(rows, list) and place_of(finding.field or "") is None:
            self.table.select_rows([row - 1 for row in rows if isinstance(row, int) and row <= self.model.rowCount()])
            self.table.scrollTo(self.table.currentIndex())

    # ---- pasting and importing

    def paste_clipboard(self) -> None:
        """What was copied: a table's text, or a table file."""
        data = QGuiApplication.clipboard().mimeData()
        file = course_import.dropped_file(data)
        if file is not None:
            self.import_file(file)
        else:
            self.paste_text(data.text())

    def paste_text(self, text: str) -> None:
        """Several courses are looked at first; a cell, or a column that fits, goes where the cursor is."""
        rows = split_pasted(text)
        if not rows:
            self.session.told.emit(self.texts.get("ui.courses.nothing_to_paste"))
            return
        at = self.table.currentIndex()
        if len(rows) == 1 and len(rows[0]) > 1 and at.isValid() and self._paste_course(rows, at.row()):
            return
        beyond = at.row() + len(rows) > self.model.rowCount() or at.column() + max(map(len, rows)) > len(KEYS)
        if not at.isValid() or beyond or (len(rows) > 1 and max(map(len, rows)) > 1):
            self._look_at([Table("", rows)], self.texts.get("ui.courses.import.pasted"))
            return
        self.model.set_cells(
            {
                (at.row() + down, at.column() + across): _value(KEYS[at.column() + across], cell)
                for down, row in enumerate(rows)
                for across, cell in enumerate(row)
            }
        )

    def _paste_course(self, rows: list[list[str]], at: int) -> bool:
        """One whole course goes into a blank row, or after the current one; False where it is something else."""
        found = read_rows(rows)
        if len(found.records) != 1 or not (found.records[0].name and (found.records[0].code or found.records[0].score)):
            return False
        blank = self.model.rows[at].blank
        new = rows_of_import(found)
        present = self.model.rows
        self.model.set_rows((*present[: at + (not blank)], *new, *present[at + 1 :]))
        self.table.go_to(at + (not blank), 0)
        return True

    def choose_file(self) -> None:
        """Ask for a table file."""
        pattern = " ".join(f"*.{suffix}" for suffix in course_import.SUFFIXES)
        kinds = f"{self.texts.get('ui.courses.files')} ({pattern});;{self.texts.get('ui.courses.all_files')} (*)"
        path, _ = QFileDialog.getOpenFileName(
            self, self.texts.get("ui.courses.choose_file"), str(self.session.path), kinds
        )
        if path:
            self.import_file(Path(path))

    def import_file(self, path: Path) -> None:
        """Read a table file in the background, then look at it; one at a time."""
        if self._busy:
            return
        self.trouble.hide()
        self._show_reading(True)
        self.session.background.run(
            self,
            lambda: course_import.read_file(path),
            lambda tables: self._read(tables, path),
            lambda error: self._not_read(error, path),
        )

    def _read(self, tables: list[Table], path: Path) -> None:
        self._show_reading(False)
        self._look_at(tables, path.name)

    def _not_read(self, error: BaseException, path: Path) -> None:
        from degreecheck.desk.tables import TableUnreadable

        self._show_reading(False)
        if not isinstance(error, TableUnreadable):
            raise error
        said = self.texts.get("ui.courses.not_read", file=path.name, reason=error.reason)
        self.trouble.set("error", said, state_word=self.texts.word("severity", "error"))
        self.trouble.show()
        announce(self.trouble, said)

    def _show_reading(self, busy: bool) -> None:
        self._busy = busy
        self.reading.setVisible(busy)
        self.reading_words.setVisible(busy)

    def _look_at(self, tables: list[Table], title: str) -> None:
        present = [text for row in self.model.rows if not row.blank for text in (row.record.code, row.record.name)]
        dialog = CourseImport(tables, self.texts, self, title=title, present=present)
        dialog.taken.connect(self.take_over)
        dialog.open()

    def take_over(self, rows: tuple[Row, ...], replace: bool) -> None:
        """Put looked-at courses into the table, one step to undo."""
        kept = () if replace else tuple(row for row in self.model.rows if not row.blank)
        if self.model.set_rows(inserted(kept, len(kept), rows)):
            self._toast.say(self.texts.get("ui.courses.taken", count=len(rows)), self.texts.get("ui.undo"))
        self.trouble.hide()
        self.table.go_to(len(kept), 0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """A table file may be dropped anywhere on the page."""
        if course_import.dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._show_drop(True)
        else:
            event.ignore()  # the window's: a folder, a bundle

    def _show_drop(self, welcome: bool) -> None:
        self.empty.set_drop(welcome)
        theme.restyle(self.table, drop=welcome)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002, N802 (Qt's name)
        """It was carried on."""
        self._show_drop(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Read it."""
        self._show_drop(False)
        file = course_import.dropped_file(event.mimeData())
        if file is not None:
            event.acceptProposedAction()
            self.import_file(file)


def _value(key: str, text: str) -> object:
    """A pasted cell as its column takes it; words that a column of ticks or kinds does not know change nothing else."""
    if key == "is_thesis":
        return bool(text.strip())
    return read_kind(text) if key == "kind" else text
