"""The roster: which file and sheet, which column is what, what is wrong with it, and who of one name is whom."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from degreecheck.desk import template
from degreecheck.gui import theme
from degreecheck.gui.desk.details import candidate_words
from degreecheck.gui.desk.link import Link
from degreecheck.gui.desk.memory import RosterChoice
from degreecheck.gui.parts import ElidedLabel, Notice, Spinner, caption, heading, label, push_button
from degreecheck.privacy import mask

if TYPE_CHECKING:
    from degreecheck.gui.desk.view import DeskView

_DAMAGED_SHOWN = 8
_KINDS = "(*.xlsx *.xls *.xlsm *.ods *.csv *.txt)"


class RosterDialog(QDialog):
    """Nothing counts before the person says so."""

    def __init__(self, view: DeskView) -> None:
        super().__init__(view.window_of)
        self._view = view
        self._texts = texts = view.texts
        self.choice: RosterChoice = deepcopy(view.desk.memory.roster)
        self.told: dict[str, Any] | None = None
        self._link: Link | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.get("ui.desk_roster.title"))
        self.resize(760, 560)
        self.setMinimumSize(560, 380)
        self.file = ElidedLabel("", Qt.TextElideMode.ElideMiddle)
        self.choose = push_button(texts.get("ui.desk_roster.choose"), icon_name="open")
        self.choose.clicked.connect(self._choose)
        self.without = push_button(texts.get("ui.desk_roster.without"), "quiet")
        self.without.clicked.connect(self._without)
        self.sheets = QComboBox()
        self.sheets.setAccessibleName(texts.get("ui.desk_roster.sheet"))
        self.sheets.activated.connect(self._other_sheet)
        self.spinner = Spinner(texts.get("ui.desk_roster.reading"))
        self.spinner.hide()
        self.notice = Notice("error", "")
        self.notice.hide()
        self.columns = QTableWidget(0, 4)
        self._lay_out()
        self._show()
        if self.choice.path:
            self.read()

    def _lay_out(self) -> None:
        texts = self._texts
        top = QHBoxLayout()
        top.setSpacing(theme.space())
        top.addWidget(self.file, 1)
        top.addWidget(self.spinner)
        top.addWidget(self.sheets)
        top.addWidget(self.choose)
        top.addWidget(self.without)
        table = self.columns
        table.setHorizontalHeaderLabels([
            texts.get(f"ui.desk_roster.column_{name}") for name in ("letter", "header", "examples", "field")
        ])  # fmt: skip
        table.setAccessibleName(texts.get("ui.desk_roster.columns"))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.space(5))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for place, width in ((0, 48), (1, 150), (3, 210)):
            table.setColumnWidth(place, width)
        self._problem_scroll = QScrollArea()
        self._problem_scroll.setWidgetResizable(True)
        self._problem_scroll.setMaximumHeight(220)
        buttons = QDialogButtonBox()
        self.use = buttons.addButton(texts.get("ui.desk_roster.use"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.use.setProperty("kind", "primary")
        buttons.addButton(texts.get("ui.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._use)
        buttons.rejected.connect(self.reject)
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(2))
        down.setSpacing(theme.space(1.5))
        down.addLayout(top)
        down.addWidget(self.notice)
        self.lead = caption(texts.get("ui.desk_roster.lead"))
        down.addWidget(self.lead)
        down.addWidget(table, 1)
        down.addWidget(self._problem_scroll)
        down.addStretch(0)
        down.addWidget(buttons)

    # ---- what the person does

    def _choose(self) -> None:
        texts, desk = self._texts, self._view.desk
        begin = str(Path(self.choice.path).parent if self.choice.path else desk.path)
        chosen, _ = QFileDialog.getOpenFileName(
            self, texts.get("ui.desk_roster.choose"), begin, f"{texts.get('ui.desk_roster.kinds')} {_KINDS}"
        )
        if chosen:
            self.take(Path(chosen))

    def take(self, path: Path) -> None:
        """Look at another file."""
        self.choice = RosterChoice(str(path.absolute()))
        self.read()

    def _without(self) -> None:
        self.choice = RosterChoice()
        self._use()

    def _other_sheet(self, _index: int) -> None:
        self.choice = RosterChoice(self.choice.path, self.sheets.currentText())
        self.read()

    def set_field(self, place: int, field: str | None) -> None:
        """Which field a column fills; "" none, None: as the program thinks."""
        self.choice.columns.pop(str(place), None)
        if field is not None:
            self.choice.columns[str(place)] = field
        self.read()

    def _use(self) -> None:
        self._view.desk.set_roster(self.choice)
        self.accept()

    def done(self, result: int) -> None:
        """Whoever closes it needs no answer any more."""
        if self._link is not None:
            self._link.cancel()
        super().done(result)

    # ---- what was read

    def read(self) -> None:
        """Have the file read in a process of its own."""
        if self._link is not None:
            self._link.cancel()
        self.notice.hide()
        self.spinner.show()
        self.use.setEnabled(False)
        link = self._view.desk.talk({"do": "roster", "roster": self.choice.request()}, self._told, lambda _sound: None)
        self._link = link
        link.ended.connect(lambda sound: self._ended(link, sound))
        self.destroyed.connect(link.cancel)

    def _told(self, event: dict[str, Any]) -> None:
        link = self._link
        if link is None or self.sender() not in (None, link):
            return
        if event["event"] == "roster":
            self.told = event["roster"]
            self._show()
        elif event["event"] == "stopped":
            self.told = None
            words = self._texts.get(f"ui.desk.stopped.{event['key']}", **event["values"])
            self._show()
            self.notice.set("error", words)
            self.notice.show()

    def _ended(self, link: Link, sound: bool) -> None:
        if link is not self._link:
            return
        self._link = None
        self.spinner.hide()
        if not sound and not link.cancelled:
            self.notice.set("error", self._texts.get("ui.desk.stopped.process"))
            self.notice.show()

    def _show(self) -> None:
        texts, told = self._texts, self.told
        self.file.setText(self.choice.path or texts.get("ui.desk_roster.none"))
        self.without.setVisible(bool(self._view.desk.memory.roster.path))
        self.use.setEnabled(told is not None)
        sheets = [told["sheet"], *told["other_sheets"]] if told is not None else []
        self.sheets.setVisible(len(sheets) > 1)
        self.sheets.clear()
        self.sheets.addItems(sheets)
        self.lead.setText(texts.get("ui.desk_roster.rows", count=told["rows"]) if told is not None
                          else texts.get("ui.desk_roster.lead"))  # fmt: skip
        columns = told["columns"] if told is not None else []
        self.columns.setVisible(bool(self.choice.path))
        self.columns.setRowCount(len(columns))
        for line, column in enumerate(columns):
            cells = (column["letter"], column["header"], mask("、".join(column["examples"])))
            for place, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setToolTip(words if place == 1 else "")
                self.columns.setItem(line, place, item)
            self.columns.setCellWidget(line, 3, self._field_choice(column))
        self._show_problems()

    def _field_choice(self, column: dict[str, Any]) -> QComboBox:
        texts, place = self._texts, column["place"]
        choice = QComboBox()
        choice.setAccessibleName(texts.get("ui.desk_roster.field_of", column=column["header"] or column["letter"]))
        choice.addItem(texts.get(f"ui.desk_roster.use_{column['use']}", field=column["claimed"].split("|")[0]), None)
        if column["field"]:
            choice.setItemText(0, texts.word("field", column["field"].split("|")[0]))
        if place in map(int, self.choice.columns):
            choice.setItemText(0, texts.get("ui.desk_roster.by_itself"))
        choice.addItem(texts.get("ui.desk_roster.leave_out"), "")
        for field in template.FIELDS:
            choice.addItem(texts.word("field", field), field)
        decided = self.choice.columns.get(str(place))
        if decided is not None:
            choice.setCurrentIndex(max(choice.findData(decided), 0))
        choice.activated.connect(lambda at: self.set_field(place, choice.itemData(at)))
        return choice

    def _show_problems(self) -> None:
        texts, told = self._texts, self.told
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, theme.space(), 0)
        column.setSpacing(theme.space(0.75))
        lines = self._problem_lines(told) if told is not None else []
        if lines:
            column.addWidget(heading(texts.get("ui.desk_roster.problems")))
            for line in lines:
                column.addWidget(label(line, "caption", selectable=True))
        unsure = [row for row in self._view.desk.rows if row.candidates]
        if unsure and self.choice.path == self._view.desk.memory.roster.path:
            column.addWidget(heading(texts.get("ui.desk_roster.namesakes")))
            grid = QGridLayout()
            for at_line, row in enumerate(unsure):
                grid.addWidget(ElidedLabel(row.folder, Qt.TextElideMode.ElideMiddle), at_line, 0)
                choice = QComboBox()
                choice.setAccessibleName(texts.get("ui.desk.who", count=len(row.candidates)))
                choice.addItem(texts.get("ui.desk.who_open"), None)
                for one in row.candidates:
                    choice.addItem(candidate_words(one, texts), one["sign"])
                choice.addItem(texts.get("ui.desk.who_none"), "")
                choice.activated.connect(
                    lambda at, row=row, choice=choice: self._view.desk.decide(row.shown, choice.itemData(at))
                )
                grid.addWidget(choice, at_line, 1)
            grid.setColumnStretch(0, 1)
            column.addLayout(grid)
        column.addStretch(1)
        self._problem_scroll.setWidget(holder)
        self._problem_scroll.setVisible(bool(lines or unsure))

    def problems_shown(self) -> list[QLabel]:
        """The sentences below the table."""
        return self._problem_scroll.findChildren(QLabel)

    def _problem_lines(self, told: dict[str, Any]) -> list[str]:
        """What is the matter with the roster, each in a sentence."""
        texts, lines = self._texts, []
        used = {column["field"].split("|")[0] for column in told["columns"] if column["field"]}
        if "personal.id_number" not in used:
            lines.append(texts.get("ui.desk_roster.no_id"))
        for use in ("conflict", "ticks"):
            for field in dict.fromkeys(c["claimed"] for c in told["columns"] if c["use"] == use):
                shown = [f"{c['letter']} {c['header']}".strip() for c in told["columns"]
                         if c["use"] == use and c["claimed"] == field]  # fmt: skip
                lines.append(texts.get(f"ui.desk_roster.{use}", columns=shown, field=field.split("|")[0]))
        if told["repeated"]:
            lines.append(texts.get("roster.repeated", rows=told["repeated"]))
        damaged = told["damaged"]
        if damaged:
            lines.append(texts.get("ui.desk_roster.damaged", count=len(damaged)))
        lines += [
            texts.get("ui.desk_roster.damaged_one", row=one["row"], name=one["name"], field=one["field"],
                      trouble=one["trouble"])
            for one in damaged[:_DAMAGED_SHOWN]
        ]  # fmt: skip
        if len(damaged) > _DAMAGED_SHOWN:
            lines.append(texts.get("list.more", count=len(damaged) - _DAMAGED_SHOWN))
        rows = self._view.desk.rows
        absent = sum(row.is_absent for row in rows)
        strangers = sum(row.match == "none" for row in rows if not row.is_absent)
        if self.choice.path == self._view.desk.memory.roster.path and self._view.desk.roster is not None:
            if absent:
                lines.append(texts.get("ui.desk_roster.absent", count=absent))
            if strangers:
                lines.append(texts.get("ui.desk_roster.strangers", count=strangers))
        return [mask(line) for line in lines]
