"""How the application stands on the portal (M25): the states, what each means, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from degreecheck.deadlines import awaits_submission
from degreecheck.form import Status
from degreecheck.gui import theme
from degreecheck.gui.disclosure import empty
from degreecheck.gui.parts import label

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts

STATUSES: tuple[Status, ...] = get_args(Status)
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class _Status(QRadioButton):
    """One state. The arrow keys only walk: a state that one merely passes over must not go into the history."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Walk with the arrows, choose with the space bar or Enter."""
        group = self.group()
        move = _MOVES.get(Qt.Key(event.key()))
        if move is not None:
            buttons = group.buttons()
            buttons[(buttons.index(self) + move) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class StatusChoice(QWidget):
    """The states one under the other. ``chosen`` when the person chooses another one."""

    chosen = Signal(str)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setAccessibleName(texts.word("field", "submission.status"))
        self._group = QButtonGroup(self)
        self._status = ""
        self.buttons: dict[str, QRadioButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.space(2))
        grid.setVerticalSpacing(theme.space(0.5))
        grid.setColumnStretch(1, 1)
        for row, status in enumerate(STATUSES):
            words, means = texts.word("ui.choice.submission.status", status), texts.get(f"ui.status.means.{status}")
            button = _Status(words)
            button.setAccessibleName(f"{words}: {means}")
            button.clicked.connect(lambda _checked=False, one=status: self._choose(one))
            self._group.addButton(button)
            self.buttons[status] = button
            grid.addWidget(button, row, 0)
            grid.addWidget(label(means, "muted"), row, 1)

    def set_status(self, status: str) -> None:
        """Show this one as the present one."""
        self._status = status
        button = self.buttons.get(status)
        if button is not None and not button.isChecked():
            with QSignalBlocker(button):
                button.setChecked(True)

    def _choose(self, status: str) -> None:
        if status != self._status:
            self.chosen.emit(status)


class NextSteps(QWidget):
    """What to do in the present state, line by line."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._shown: tuple[str, ...] = ()
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme.space(0.5))

    @property
    def lines(self) -> tuple[str, ...]:
        """What is shown."""
        return self._shown

    def refresh(self) -> None:
        """The form has changed."""
        lines = next_lines(self._session, self._texts)
        if lines == self._shown:
            return
        self._shown = lines
        empty(self._down)
        for line in lines:
            self._down.addWidget(label(line))


def next_lines(session: Session, texts: Texts) -> tuple[str, ...]:
    """What to do next, in sentences: M16 (both of the manual's about the photo), M25, M30."""
    status = session.form.submission.status
    lines = texts.get(f"ui.status.next.{status}").split("\n")
    errors = session.report.counts["error"]
    if errors and awaits_submission(status):
        lines.insert(0, texts.get("ui.status.not_ready", count=errors))
    if session.pack.mailing is not None and status in ("in_review", "passed"):
        lines.append(texts.get("prints.when_in_review" if status == "in_review" else "prints.when_passed"))
    contact = session.pack.contact_for(session.form.applicant_type)
    if status in ("returned", "refused") and contact is not None:
        lines.append(texts.get("ui.status.ask", name=contact.name, phone=contact.phone))
    return tuple(lines)
