"""What is said when an application cannot be saved, was saved elsewhere meanwhile, or cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.parts import Notice, push_button

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


class SavingNotice(QWidget):
    """A strip above the page; hidden as long as all is well."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._notice = Notice("warning", "")
        self._notice.acted.connect(self._act)
        self._other = push_button("", "quiet")
        self._other.clicked.connect(session.saving.keep_ours)
        self._notice.layout().addWidget(self._other)  # type: ignore[union-attr]
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(2), theme.space(), theme.space(2), 0)
        down.addWidget(self._notice)
        session.saving.changed.connect(self.refresh)
        session.inspection.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Saving has another state."""
        session, texts = self._session, self._texts
        kind = self._kind()
        self.setVisible(bool(kind))
        self._other.setVisible(kind == "elsewhere")
        if not kind:
            return
        reason = session.saving.reason if kind == "failed" else ""
        says = texts.get(f"ui.saving.says.{kind}_{reason}" if reason else f"ui.saving.says.{kind}", **self._values())
        action = f"ui.saving.act.{kind}"
        self._notice.set(
            "error" if kind != "elsewhere" else "warning", says, texts.get(action) if texts.has(action) else ""
        )
        self._other.setText(texts.get("ui.saving.act.keep_ours"))

    def _values(self) -> dict[str, object]:
        folder = self._session.inspection.folder
        reason = f"form_problem.{folder.form_unreadable}" if folder.form_unreadable else ""
        return {"reason": self._texts.get(reason) if reason else "", "folder": folder.path.name}

    def _kind(self) -> str:
        saving = self._session.saving
        if saving.held and self._session.inspection.folder.form_unreadable:
            return "held"
        if self._session.inspection.gone:
            return "gone"
        return saving.state if saving.state in ("failed", "elsewhere") else ""

    def _act(self) -> None:
        kind = self._kind()
        if kind == "held":
            self._session.start_afresh()
        elif kind == "elsewhere":
            if not self._session.load_theirs():
                self._session.told.emit(self._texts.get("ui.saving.theirs_unreadable"))
        elif kind == "failed":
            self._session.saving.save_now()
        elif kind == "gone":
            self._session.look_again()


def ask_to_leave(texts: Texts, parent: QWidget) -> bool:
    """The last changes could not be saved: whether to close all the same. Staying is the default."""
    asked = QMessageBox(parent)
    asked.setIcon(QMessageBox.Icon.Warning)
    asked.setWindowTitle(texts.get("ui.title"))
    asked.setText(texts.get("ui.saving.leave"))
    leave = asked.addButton(texts.get("ui.saving.act.leave"), QMessageBox.ButtonRole.DestructiveRole)
    stay = asked.addButton(texts.get("ui.saving.act.stay"), QMessageBox.ButtonRole.RejectRole)
    asked.setDefaultButton(stay)
    asked.setEscapeButton(stay)
    asked.exec()
    return asked.clickedButton() is leave
