"""All messages: whom to ask, one to look at, and a file of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
)

from degreecheck.gui import clipboard, icons, theme
from degreecheck.gui.desk import actions
from degreecheck.gui.desk.rows import MARKS, Row
from degreecheck.gui.parts import CopyButton, label

if TYPE_CHECKING:
    from degreecheck.gui.desk.view import DeskView

_LONGEST_CONTACT = 80


class MessagesDialog(QDialog):
    """Names left, the chosen one's message right."""

    def __init__(self, view: DeskView) -> None:
        super().__init__(view.window_of)
        self._view = view
        texts = view.texts
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.get("ui.desk_messages.title"))
        self.resize(780, 520)
        self.setMinimumSize(560, 380)
        self.rows: list[Row] = [
            row for row in view.desk.rows if row.packed and row.verdict not in ("closed", "trouble")
        ]
        self.contact = QLineEdit()
        self.contact.setAccessibleName(texts.get("ui.desk_messages.contact"))
        self.contact.setPlaceholderText(texts.get("ui.desk_messages.contact_default"))
        self.contact.setMaxLength(_LONGEST_CONTACT)
        self.contact.setText(view.desk.memory.contact or "")
        self.contact.editingFinished.connect(self._keep_contact)
        self.people = QListWidget()
        self.people.setAccessibleName(texts.get("ui.desk_messages.people"))
        self.people.setUniformItemSizes(True)
        for row in self.rows:
            words = row.name or row.folder
            item = QListWidgetItem(icons.state_icon(MARKS[row.verdict]), words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words} {texts.get(f'ui.desk.verdict.{row.verdict}')}")
            self.people.addItem(item)
        self.people.currentRowChanged.connect(self._show)
        self.message = QPlainTextEdit()
        self.message.setReadOnly(True)
        self.message.setTabChangesFocus(True)
        self.message.setAccessibleName(texts.get("ui.desk_messages.message"))
        self.copy = CopyButton(texts.get("ui.desk.copy_message"))
        self.copy.clicked.connect(self._copy)
        self._lay_out()
        self.people.setCurrentRow(0)

    def _lay_out(self) -> None:
        texts = self._view.texts
        whom = QHBoxLayout()
        whom.setSpacing(theme.space())
        name = label(texts.get("ui.desk_messages.contact"), wrap=False)
        name.setBuddy(self.contact)
        whom.addWidget(name)
        whom.addWidget(self.contact, 1)
        right = QVBoxLayout()
        right.setSpacing(theme.space(0.5))
        top = QHBoxLayout()
        top.addWidget(label(texts.get("ui.desk_messages.lead"), "caption"), 1)
        top.addWidget(self.copy)
        right.addLayout(top)
        right.addWidget(self.message, 1)
        across = QHBoxLayout()
        across.setSpacing(theme.space(2))
        across.addWidget(self.people, 2)
        across.addLayout(right, 5)
        buttons = QDialogButtonBox()
        save = buttons.addButton(texts.get("ui.desk_messages.save", count=len(self.rows)),
                                 QDialogButtonBox.ButtonRole.ActionRole)  # fmt: skip
        save.setProperty("kind", "primary")
        save.setEnabled(bool(self.rows))
        save.clicked.connect(self._save)
        close = buttons.addButton(texts.get("ui.close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(2))
        down.setSpacing(theme.space(2))
        down.addLayout(whom)
        down.addLayout(across, 1)
        down.addWidget(buttons)

    def _keep_contact(self) -> None:
        desk = self._view.desk
        wanted = self.contact.text().strip() or None
        if wanted != desk.memory.contact:
            desk.memory.contact = wanted
            desk.keep()
            self._show(self.people.currentRow())

    def _show(self, at: int) -> None:
        words = actions.message_of(self._view, self.rows[at]) if 0 <= at < len(self.rows) else ""
        self.message.setPlainText(words)
        self.copy.setEnabled(bool(words))

    def _copy(self) -> None:
        clipboard.copy(self.message.toPlainText())
        row = self.rows[self.people.currentRow()]
        self.copy.confirm(self._view.texts.get("ui.desk.message_copied", name=row.name))

    def _save(self) -> None:
        self._keep_contact()
        view, texts = self._view, self._view.texts
        name = texts.get("ui.desk_messages.name", desk=view.desk.path.name)
        kinds = [texts.get("ui.desk.kind_xlsx"), texts.get("ui.desk.kind_txt")]
        path = actions.ask_file(view, texts.get("ui.desk.export_messages"), name, kinds)
        if path is not None:
            request = {"do": "messages", "contact": view.desk.memory.contact}
            actions.write(view, request, actions.with_suffix(path, ".xlsx"))
            self.accept()
