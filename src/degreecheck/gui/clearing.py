"""清除这份申请: what the program put into the folder goes to the recycle bin, after the person has seen the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout

from degreecheck.gui import materials, opening, theme
from degreecheck.gui.parts import label

if TYPE_CHECKING:
    from degreecheck.gui.recycling import Cleared
    from degreecheck.gui.window import Window


class ClearDialog(QDialog):
    """Names every file that would go. Leaving is the default; a folder that was only looked at has nothing to clear."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        texts = window.texts
        self.setWindowTitle(texts.get("ui.clear.title"))
        self.setMinimumSize(520, 320)
        self.says = label(texts.get("ui.clear.looking"))
        self.files = QPlainTextEdit()
        self.files.setReadOnly(True)
        self.files.setTabChangesFocus(True)
        self.files.setAccessibleName(texts.get("ui.clear.files"))
        self.files.setVisible(False)
        self.kept = label(texts.get("ui.clear.kept"), "muted")
        self.kept.setVisible(False)
        buttons = QDialogButtonBox()
        self.clear = buttons.addButton(texts.get("ui.clear.do"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.clear.setProperty("kind", "danger")
        self.clear.setEnabled(False)
        self.clear.clicked.connect(self._clear)
        leave = buttons.addButton(texts.get("ui.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        leave.setDefault(True)
        buttons.rejected.connect(self.reject)
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(2))
        down.setSpacing(theme.space(2))
        for widget in (self.says, self.files, self.kept):
            down.addWidget(widget)
        down.addStretch(0)
        down.addWidget(buttons)
        session = window.session
        if session is not None:
            folder = session.path
            window.program.background.run(self, lambda: materials.clearable(folder), self._show)

    def _show(self, names: list[str]) -> None:
        texts = self._window.texts
        self.says.setText(texts.get("ui.clear.says" if names else "ui.clear.nothing", count=len(names)))
        self.files.setPlainText("\n".join(names))
        self.files.setVisible(bool(names))
        self.kept.setVisible(bool(names))
        self.clear.setEnabled(bool(names))

    def _clear(self) -> None:
        window, session = self._window, self._window.session
        if session is None:
            return
        self.clear.setEnabled(False)
        session.saving.finish()
        path = session.path

        def cleared(found: Cleared) -> None:
            window.program.settings.forget_recent(path)
            window.leave_cleared()
            key = "ui.clear.done" if not found.stayed else "ui.clear.some_stayed"
            opening.say(window, window.texts.get(key, count=len(found.gone), files=list(found.stayed)))

        materials.clear_application(session, cleared)
        self.accept()
