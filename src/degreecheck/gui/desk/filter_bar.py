"""Search and filters above the table: words, verdicts, one section, one missing material, only what changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from degreecheck.form import SLOTS
from degreecheck.gui import icons, theme
from degreecheck.gui.desk.rows import MARKS, SECTIONS, VERDICTS, Row, Verdict
from degreecheck.gui.desk.table_model import Filter
from degreecheck.gui.parts import FlowLayout, ToolBarButton
from degreecheck.gui.places import NUMBERS

if TYPE_CHECKING:
    from degreecheck.text import Texts

_TYPING_MS = 150


class _Search(QLineEdit):
    """Escape empties it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)


class FilterBar(QWidget):
    """Sends ``changed`` with a Filter."""

    changed = Signal(object)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        row = FlowLayout(self)
        self.search = _Search()
        self.search.setPlaceholderText(texts.get("ui.desk.search"))
        self.search.setAccessibleName(texts.get("ui.desk.search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(100)
        self.search.setFixedWidth(260)
        self.search.addAction(icons.icon("search", "text_muted"), QLineEdit.ActionPosition.LeadingPosition)
        row.addWidget(self.search)
        self.chips: dict[Verdict, QPushButton] = {}
        for verdict in VERDICTS:
            chip = self._chip(texts.get(f"ui.desk.verdict.{verdict}"))
            self.chips[verdict] = chip
            row.addWidget(chip)
            chip.hide()
        self.sections = self._choice(texts.get("ui.desk.any_section"), texts.get("ui.desk.filter_section"))
        for section in SECTIONS:
            name = texts.get("ui.desk.column.other") if section == "export" else texts.get(f"ui.page.{section}.title")
            self.sections.addItem(f"{NUMBERS.get(section, '')} {name}".strip(), section)
        self.slots = self._choice(texts.get("ui.desk.any_material"), texts.get("ui.desk.filter_material"))
        for slot in SLOTS:
            if slot != "other":
                self.slots.addItem(texts.get("ui.desk.lacks", slot=slot), slot)
        row.addWidget(self.sections)
        row.addWidget(self.slots)
        self.only_changed = self._chip(texts.get("ui.desk.only_changed"))
        row.addWidget(self.only_changed)
        self.strangers = self._chip("")
        self.strangers.hide()
        row.addWidget(self.strangers)
        self.reset = ToolBarButton("cross", texts.get("ui.desk.reset_filter"), show_text=True)
        self.reset.clicked.connect(self.clear)
        self.reset.hide()
        row.addWidget(self.reset)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._send)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._send)

    def _chip(self, words: str) -> QPushButton:
        chip = QPushButton(words)
        chip.setProperty("kind", "chip")
        chip.setCheckable(True)
        chip.toggled.connect(lambda _on: self._send())
        return chip

    def _choice(self, nothing: str, name: str) -> QComboBox:
        choice = QComboBox()
        choice.addItem(nothing, "")
        choice.setAccessibleName(name)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        choice.setMaximumWidth(190)
        choice.setMaxVisibleItems(20)
        choice.currentIndexChanged.connect(lambda _index: self._send())
        return choice

    def filter(self) -> Filter:
        """What is asked for."""
        return Filter(
            self.search.text().strip(),
            frozenset(verdict for verdict, chip in self.chips.items() if chip.isChecked()),
            self.sections.currentData(),
            self.slots.currentData(),
            self.only_changed.isChecked(),
            self.strangers.isChecked(),
        )

    def clear(self) -> None:
        """Show everybody."""
        self.blockSignals(True)
        self.search.clear()
        for chip in (*self.chips.values(), self.only_changed, self.strangers):
            chip.setChecked(False)
        self.sections.setCurrentIndex(0)
        self.slots.setCurrentIndex(0)
        self.blockSignals(False)
        self._typing.stop()
        self._send()

    def show_counts(self, rows: list[Row]) -> None:
        """How many there are of each verdict; one that nobody has is left out."""
        counts: Counter[str] = Counter(row.verdict for row in rows)
        for verdict, chip in self.chips.items():
            count = counts[verdict]
            words = self._texts.get(f"ui.desk.verdict.{verdict}")
            chip.setText(f"{words} {count}")
            chip.setAccessibleName(self._texts.get("ui.desk.show_only", verdict=words, count=count))
            if count and chip.icon().isNull():  # drawn when first seen: all at once would hold up the window's opening
                icons.set_icon(chip, *icons.STATES[MARKS[verdict]])
            chip.setVisible(bool(count) or chip.isChecked())
        count = sum(row.is_stranger for row in rows)
        self.strangers.setText(self._texts.get("ui.desk.strangers", count=count))
        self.strangers.setVisible(bool(count) or self.strangers.isChecked())
        self.only_changed.setVisible(self.only_changed.isChecked() or any(row.mended or row.new for row in rows))

    def focus_search(self) -> None:
        """Begin to type."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def search_keys(self) -> QKeySequence:
        """The system's keys for searching."""
        return QKeySequence(QKeySequence.StandardKey.Find)

    def _send(self) -> None:
        self._typing.stop()
        wanted = self.filter()
        self.reset.setVisible(wanted != Filter())
        theme.restyle(self.search, state="")
        self.changed.emit(wanted)
