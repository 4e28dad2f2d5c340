"""A desk in a window: what it is and how it stands above, then search and filters, the table, and one report beside."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.desk import actions, folders
from degreecheck.gui.desk.details import Details
from degreecheck.gui.desk.filter_bar import FilterBar
from degreecheck.gui.desk.open_desk import OpenDesk
from degreecheck.gui.desk.progress import ProgressStrip
from degreecheck.gui.desk.rows import Row
from degreecheck.gui.desk.table_model import DeskModel
from degreecheck.gui.desk.table_view import DeskTable
from degreecheck.gui.desk.toolbar import ToolBar
from degreecheck.gui.desk.watching import Watching
from degreecheck.gui.parts import EmptyState, Notice, Toast, ToolBarButton, announce

if TYPE_CHECKING:
    from degreecheck.gui.window import Window

_ARRANGE_MS = 1500  # rows that move more often cannot be read
_REFRESH_MS = 120
_FOLD_BELOW = 1080  # logical pixels of the view's width


class DeskView(QWidget):
    """The counselor's half of the window."""

    def __init__(self, path: Path, window: Window) -> None:
        super().__init__()
        self.window_of = window
        self.texts = texts = window.texts
        self.desk = OpenDesk.of(path, window)
        self._settings = window.program.settings
        self.model = DeskModel(texts, self)
        self.table = DeskTable(self.model, texts)
        self.details = Details(texts, window.program.background)
        self.bar = FilterBar(texts)
        self.toolbar = ToolBar(self)
        self.progress = ProgressStrip(self.desk, texts)
        self.notice = Notice("warning", "", close_word=texts.get("ui.close"))
        self.notice.hide()
        self.toast = Toast(self)
        self._unfold = ToolBarButton("side_left", texts.get("ui.desk.details_unfold"), "F8")
        self._folded = self._settings.flag("desk_details_folded", False)
        self._asked_for = False  # the details, where there is hardly room for them
        self._empty: EmptyState | None = None
        self._stack = QStackedWidget()
        self._changed: set[int] = set()
        self._opened: dict[str, Path] = {}  # applicants whose own window was opened from here
        self._stamps: dict[str, int] = {}
        self._later = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._later.timeout.connect(self._refresh)
        self._arranging = QTimer(self, singleShot=True, interval=_ARRANGE_MS)
        self._arranging.timeout.connect(self.model.arrange)
        self._lay_out()
        self._connect()
        self._add_keys()
        self.watching = Watching(self.desk, self)
        self._take_people()
        self._state()

    def _lay_out(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(self.details)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        self.split.setSizes([820, 340])
        self.split.restoreState(self._settings.bytes_of("desk_split"))
        header = self.table.horizontalHeader()
        header.restoreState(self._settings.bytes_of("desk_columns"))
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._stack.addWidget(self.split)
        self._filters = QWidget()
        filters = QHBoxLayout(self._filters)
        filters.setContentsMargins(theme.space(2), theme.space(), theme.space(), theme.space())
        filters.addWidget(self.bar, 1)
        filters.addWidget(self._unfold, alignment=Qt.AlignmentFlag.AlignTop)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.toolbar)
        down.addWidget(self.notice)
        down.addWidget(self._filters)
        down.addWidget(self.progress)
        down.addWidget(self._stack, 1)

    def _connect(self) -> None:
        desk, details = self.desk, self.details
        desk.people_changed.connect(self._take_people)
        desk.judged.connect(self._judged)
        desk.state_changed.connect(self._state)
        desk.run_ended.connect(self._run_ended)
        desk.noticed.connect(self._notice)
        desk.roster_changed.connect(self._roster)
        self.bar.changed.connect(self.model.set_filter)
        self.bar.changed.connect(lambda _filter: self._show_empty())
        self.table.chosen.connect(details.show_row)
        self.table.opened.connect(self.open_student)
        self.table.details_wanted.connect(lambda: self._fold(folded=False))
        self.table.menu_at(lambda at: actions.row_menu(self).popup(at))
        details.open_wanted.connect(self.open_student)
        details.folder_wanted.connect(actions.show_folder)
        details.message_wanted.connect(lambda row: actions.copy_message(self, row))
        details.password_wanted.connect(lambda row: actions.ask_password(self, row))
        details.decided.connect(lambda row, sign: desk.decide(row.shown, sign))
        details.other_wanted.connect(self.go_to_label)
        details.folded.connect(lambda: self._fold(folded=True))
        self._unfold.clicked.connect(lambda: self._fold(folded=False))
        header = self.table.horizontalHeader()
        header.sectionResized.connect(lambda *_: self._settings.keep_bytes("desk_columns", header.saveState()))
        self.split.splitterMoved.connect(lambda *_: self._settings.keep_bytes("desk_split", self.split.saveState()))
        self.notice.acted.connect(lambda: actions.roster_dialog(self))

    def _add_keys(self) -> None:
        find = QAction(self)
        find.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        find.triggered.connect(self.bar.focus_search)
        self.addAction(find)
        down = QAction(self.bar.search)
        down.setShortcut(QKeySequence(Qt.Key.Key_Down))
        down.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        down.triggered.connect(self._into_table)
        self.bar.search.addAction(down)

    def _into_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.table.row() is None and self.model.rowCount():
            self.table.selectRow(0)

    # ---- what the desk tells

    def _take_people(self) -> None:
        self.model.set_rows(self.desk.rows)
        shown = self.details.row
        if shown is not None:
            self.details.show_row(next((row for row in self.desk.rows if row.key == shown.key), None))
        self._changed.clear()
        self._refresh()

    def _judged(self, indexes: list[int]) -> None:
        self._changed.update(indexes)
        if not self._later.isActive():
            self._later.start()

    def _refresh(self) -> None:
        changed, self._changed = self._changed, set()
        self.model.updated(changed)
        self.bar.show_counts(self.desk.rows)
        self.toolbar.show_counts(Counter(row.verdict for row in self.desk.rows))
        shown = self.details.row
        if shown is not None and shown.index in changed:
            self.details.show_row(self.desk.rows[shown.index])
        if changed and not self._arranging.isActive():
            self._arranging.start()
        self._show_empty()

    def _state(self) -> None:
        self.toolbar.set_running(self.desk.running)
        if self.desk.state == "looking" and self.desk.stopped is None and not self.notice.isHidden():
            self.notice.hide()
        self._show_empty()

    def _run_ended(self) -> None:
        self._arranging.stop()
        self._refresh()
        self.model.arrange()
        desk, texts = self.desk, self.texts
        if desk.stopped is not None:
            return
        if desk.cancelled:
            self.toast.say(texts.get("ui.desk.cancelled", done=desk.done, total=desk.total))
            return
        mended, new = sum(row.mended for row in desk.rows), sum(row.new for row in desk.rows)
        if mended or new:
            self.toast.say(texts.get("ui.desk.changes_since", mended=mended, new=new))
        elif not desk.partial and desk.rows:
            announce(self, self.toolbar.counts.text())

    def _notice(self, key: str, values: dict[str, object]) -> None:
        texts = self.texts
        action = texts.get("ui.desk.roster_choose") if key.startswith("roster_") else ""
        words = texts.get(f"ui.desk.stopped.{key}", **values)
        self.notice.set("error" if self.desk.stopped else "warning", words, action)
        self.notice.show()
        announce(self.notice, words)

    def _roster(self) -> None:
        self.toolbar.show_roster()

    def _show_empty(self) -> None:
        """What stands in the table's place where there is nobody to show."""
        desk, texts = self.desk, self.texts
        self._filters.setVisible(bool(desk.rows) or desk.running)
        empty: tuple[str, str, str, str] | None = None
        if not desk.rows and not desk.running:
            act, hint = texts.get("ui.desk.empty_act"), texts.get("ui.desk.empty_hint")
            empty = ("folder", texts.get("ui.desk.empty"), act, hint)
        elif desk.rows and not self.model.rowCount():
            empty = ("filter", texts.get("ui.desk.nobody"), texts.get("ui.desk.reset_filter"), "")
        if empty is None:
            self._stack.setCurrentWidget(self.split)
            return
        if self._empty is not None and self._empty.text.text() == empty[1]:
            self._stack.setCurrentWidget(self._empty)
            return
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
        icon_name, words, act, hint = empty
        self._empty = EmptyState(icon_name, words, act, hint)
        self._empty.acted.connect(self.bar.clear if icon_name == "filter" else lambda: actions.choose_desk(self))
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    # ---- what the person does

    def open_student(self, row: Row) -> None:
        """The applicant's own window."""
        if row.path:
            self._opened[row.shown] = Path(row.path)
            self._look_again()  # as it is now
            self.window_of.program.new_window(Path(row.path))
        else:
            self.toast.say(self.texts.get("ui.desk.nothing_to_open"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Back from a student's window: what was mended there is checked again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self._opened and self.isActiveWindow():
            self._look_again()

    def _look_again(self) -> None:
        opened = dict(self._opened)
        self.desk.background.run(self, lambda: folders.stamps(opened), self._check_opened)

    def _check_opened(self, stamps: dict[str, int]) -> None:
        changed = {shown for shown, stamp in stamps.items() if self._stamps.get(shown, stamp) != stamp}
        self._stamps |= stamps
        if changed:
            self.desk.check(changed=frozenset(changed))

    def go_to_label(self, shown_label: str) -> None:
        """Go to the applicant whom others' reports call so."""
        row = next((row for row in self.desk.rows if row.label == shown_label), None)
        if row is None:
            return
        if not self.table.choose(row.key):
            self.bar.clear()
            self.table.choose(row.key)

    def _fold(self, *, folded: bool) -> None:
        self._folded = folded
        self._asked_for = not folded
        self._settings.keep_flag("desk_details_folded", folded)
        self._place_details()
        if not folded:
            self.details.setFocus()

    def _place_details(self) -> None:
        hidden = self._folded or (self.width() < _FOLD_BELOW and not self._asked_for)
        self.details.setVisible(not hidden)
        self._unfold.setVisible(hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """The details fold where there is no room for them."""
        super().resizeEvent(event)
        self._place_details()
