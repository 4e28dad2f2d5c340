"""Copies of the materials under the school's file names: a pattern with examples, a new folder, a list of it all.

Nothing is moved or renamed, and nothing is written over.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from degreecheck.file_names import FIELDS, GREATEST_PATTERN
from degreecheck.form import SLOTS
from degreecheck.gui import theme
from degreecheck.gui.desk.actions import show_place
from degreecheck.gui.desk.link import Link
from degreecheck.gui.parts import ElidedLabel, FlowLayout, Notice, caption, label, push_button
from degreecheck.privacy import mask

if TYPE_CHECKING:
    from degreecheck.gui.desk.view import DeskView

FIRST_PATTERN = "{exam_number}+{name}+{slot}"
_TYPING_MS = 400
_SHOWN = 30


class CopiesDialog(QDialog):
    """What would be copied is shown while the pattern is typed."""

    def __init__(self, view: DeskView) -> None:
        super().__init__(view.window_of)
        self._view = view
        self._texts = texts = view.texts
        self._link: Link | None = None
        self.target: Path | None = None
        self.running = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.get("ui.desk_copies.title"))
        self.resize(720, 540)
        self.setMinimumSize(560, 400)
        self.pattern = QLineEdit(view.desk.memory.pattern or FIRST_PATTERN)
        self.pattern.setMaxLength(GREATEST_PATTERN)
        self.pattern.setAccessibleName(texts.get("ui.desk_copies.pattern"))
        self.slots = QComboBox()
        self.slots.setAccessibleName(texts.get("ui.desk_copies.which"))
        self.slots.addItem(texts.get("ui.desk_copies.all_slots"), "")
        for slot in SLOTS:
            self.slots.addItem(texts.get("ui.desk_copies.only_slot", slot=slot), slot)
        self.place = ElidedLabel(texts.get("ui.desk_copies.no_place"), Qt.TextElideMode.ElideMiddle)
        self.choose = push_button(texts.get("ui.desk_copies.choose"), icon_name="folder")
        self.choose.clicked.connect(self._choose)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.preview.setAccessibleName(texts.get("ui.desk_copies.preview"))
        self.words = caption("")
        self.notice = Notice("error", "")
        self.notice.hide()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(texts.get("ui.desk.progress"))
        self.bar.hide()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.plan)
        self.pattern.textChanged.connect(lambda _text: self._typing.start())
        self.slots.currentIndexChanged.connect(lambda _at: self.plan())
        self._lay_out()
        self.plan()

    def _lay_out(self) -> None:
        texts = self._texts
        fields = QWidget()
        flow = FlowLayout(fields, gap=theme.space(0.5))
        for field in FIELDS:
            button = push_button(texts.get(f"ui.desk_copies.field_{field}"), "chip")
            button.setAccessibleName(texts.get("ui.desk_copies.put_in", field=button.text()))
            button.clicked.connect(lambda _checked=False, field=field: self._put_in(field))
            button.setAutoDefault(False)
            flow.addWidget(button)
        where = QHBoxLayout()
        where.addWidget(self.place, 1)
        where.addWidget(self.choose)
        buttons = QDialogButtonBox()
        self.copy = buttons.addButton(texts.get("ui.desk_copies.copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setProperty("kind", "primary")
        self.copy.clicked.connect(self.start)
        self.show_target = buttons.addButton(texts.get("ui.desk.open_folder"), QDialogButtonBox.ButtonRole.ActionRole)
        self.show_target.clicked.connect(lambda: show_place(self.target) if self.target is not None else None)
        self.show_target.hide()
        buttons.addButton(texts.get("ui.close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(2))
        down.setSpacing(theme.space(1.5))
        name = label(texts.get("ui.desk_copies.pattern"))
        name.setBuddy(self.pattern)
        for part in (name, self.pattern, fields, self.slots, self.words, self.notice):
            down.addWidget(part)
        down.addWidget(self.preview, 1)
        down.addLayout(where)
        down.addWidget(self.bar)
        down.addWidget(buttons)
        self._able()

    def _put_in(self, field: str) -> None:
        self.pattern.insert(f"{{{field}}}")
        self.pattern.setFocus()

    def _choose(self) -> None:
        begin = str(self._view.desk.path.parent)
        chosen = QFileDialog.getExistingDirectory(self, self._texts.get("ui.desk_copies.choose"), begin)
        if chosen:
            self.set_target(Path(chosen))

    def set_target(self, place: Path) -> None:
        """Copy into this folder, which must be new or empty."""
        self.target = place
        self.place.setText(str(place))
        self._able()

    def _able(self) -> None:
        able = not self.running and self.target is not None and bool(self.preview.toPlainText())
        self.copy.setEnabled(able)
        for part in (self.pattern, self.slots, self.choose):
            part.setEnabled(not self.running)

    # ---- asking the desk process

    def plan(self) -> None:
        """What would go where."""
        self._ask({"dry_run": True, "target": ""})

    def start(self) -> None:
        """Copy."""
        if self.target is None or self.running:
            return
        desk = self._view.desk
        desk.memory.pattern = self.pattern.text()
        desk.keep()
        self.running = True
        self.bar.setRange(0, 0)
        self.bar.show()
        self._ask({"target": str(self.target.absolute())})
        self._able()

    def _ask(self, more: dict[str, Any]) -> None:
        if self._link is not None:
            self._link.cancel()
        desk = self._view.desk
        slot = self.slots.currentData()
        request = desk.request("copy") | {
            "pattern": self.pattern.text(), "slots": [slot] if slot else [], "language": self._texts.language,
        } | more  # fmt: skip
        self.notice.hide()
        link = desk.talk(request, lambda event: self._told(link, event), lambda sound: self._ended(link, sound))
        self._link = link
        self.destroyed.connect(link.cancel)

    def _told(self, link: Link, event: dict[str, Any]) -> None:
        if link is not self._link:
            return
        texts, kind = self._texts, event["event"]
        if kind == "planned":
            lines = [mask(texts.get("copy.dry_run", source=shown, target=target))
                     for shown, target, _ in event["planned"][:_SHOWN]]  # fmt: skip
            self.preview.setPlainText("\n".join(lines))
            words = texts.get("ui.desk_copies.planned", count=event["count"])
            if event["lacking"]:
                words += texts.get("ui.desk_copies.lacking", folders=event["lacking"][:5], count=len(event["lacking"]))
            self.words.setText(mask(words))
            self._able()
        elif kind == "copied":
            self.bar.setRange(0, max(event["count"], 1))
            self.bar.setValue(event["done"])
            self.words.setText(texts.get("ui.desk_copies.copied", done=event["done"], count=event["count"]))
            failed = event.get("failed") or []
            if failed:
                lines = [texts.get("copy.failed", source=shown, reason=reason) for shown, reason in failed[:5]]
                self._say("warning", "\n".join([texts.get("ui.desk_copies.some_failed", count=len(failed)), *lines]))
            if "failed" in event:
                self.show_target.show()
        elif kind == "stopped":
            if event["key"] == "copy_pattern":
                self.preview.clear()
                self.words.setText("")
            self._say("error", texts.get(f"ui.desk.stopped.{event['key']}", **event["values"]))

    def _say(self, severity: str, words: str) -> None:
        self.notice.set(severity, mask(words))
        self.notice.show()

    def _ended(self, link: Link, sound: bool) -> None:
        if link is not self._link:
            return
        self._link = None
        self.running = False
        self.bar.hide()
        self._able()
        if not sound and not link.cancelled:
            self._say("error", self._texts.get("ui.desk.stopped.process"))

    def done(self, result: int) -> None:
        """Closing it stops what is under way; what is copied stays, and the list says what."""
        if self._link is not None:
            self._link.cancel()
        super().done(result)
