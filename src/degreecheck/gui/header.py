"""The strip above: whose application it is, how it stands, how long is left, and what can always be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from degreecheck.deadlines import deadline
from degreecheck.gui import icons, theme
from degreecheck.gui.parts import ElidedLabel, StateMark, ToolBarButton, label, plain_tooltip
from degreecheck.gui.places import is_missing

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts

_VERDICT_MARKS = {"ready": "ok", "confirm": "question", "fix": "error", "unreadable": "error"}


class Header(QWidget):
    """Name, verdict, days left; undo, redo, mask, menu."""

    verdict_chosen = Signal()
    days_chosen = Signal()

    def __init__(self, session: Session, texts: Texts, menu: QMenu) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("kind", "header")
        self._name = ElidedLabel("", role="heading")
        self._saved = label("", "caption", wrap=False)
        self._mark = StateMark("todo")
        self._verdict = self._button(self.verdict_chosen)
        self._days = self._button(self.days_chosen)
        icons.set_icon(self._days, "clock", "text_muted")
        self._days.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.undo = self._with_keys("undo", texts.get("ui.undo"), session.undo, "Ctrl+Z")
        self.redo = self._with_keys("redo", texts.get("ui.redo"), session.redo, "Ctrl+Y", "Ctrl+Shift+Z")
        self.mask_button = self._with_keys("eye_off", "", lambda: session.set_masked(not session.masked), "Ctrl+M")
        self.mask_button.setCheckable(True)
        self._more = ToolBarButton("more", texts.get("ui.menu.title"), QKeySequence(QKeyCombination(Qt.Key.Key_F10)))
        self._more.setMenu(menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setProperty("menu_button", True)
        self._lay_out()
        session.judged.connect(self.refresh)
        session.form_changed.connect(self.refresh)
        session.inspection.changed.connect(self.refresh)
        session.inspection.changed.connect(self._show_saving)
        session.saving.changed.connect(self._show_saving)
        session.mask_changed.connect(self._show_mask)
        self.refresh()
        self._show_saving()
        self._show_mask()

    def _button(self, pressed: SignalInstance) -> QToolButton:
        made = QToolButton()
        made.setProperty("kind", "quiet")
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        made.clicked.connect(pressed)
        return made

    def _with_keys(self, icon_name: str, words: str, act: Callable[[], None], *keys: str) -> ToolBarButton:
        # A button's own shortcut waits a tenth of a second to show itself pressed: an action's does not.
        made = ToolBarButton(icon_name, words)
        made.clicked.connect(act)
        action = QAction(self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(act)
        self.addAction(action)
        made.setToolTip(plain_tooltip(f"{words} ({keys[0]})"))
        return made

    def _lay_out(self) -> None:
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self._name)
        who.addWidget(self._saved)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.space(2), theme.space(), theme.space(1.5), theme.space())
        across.setSpacing(theme.space(0.5))
        across.addLayout(who, 1)
        across.addWidget(self._mark)
        across.addWidget(self._verdict)
        across.addSpacing(theme.space())
        across.addWidget(self._days)
        across.addSpacing(theme.space())
        for button in (self.undo, self.redo, self.mask_button, self._more):
            across.addWidget(button)

    def refresh(self) -> None:
        """There is a new report."""
        session, texts = self._session, self._texts
        self._name.setText(session.form.personal.name.strip() or texts.get("ui.header.nameless"))
        self.undo.setEnabled(session.can_undo)
        self.redo.setEnabled(session.can_redo)
        mark, words = verdict_words(session, texts)
        self._mark.set_state(mark, words)
        self._verdict.setText(words)
        self._verdict.setAccessibleName(texts.get("ui.header.verdict", verdict=words))
        self._verdict.setToolTip(texts.get("ui.header.verdict_tip"))
        self._show_days()

    def _show_days(self) -> None:
        session, texts = self._session, self._texts
        found = deadline(session.form.submission, session.pack, session.now)
        counting = found.state in ("open", "closing", "not_open", "correction_open", "correction_closing")
        if counting and found.days is not None:
            key = "ui.header.opens" if found.state == "not_open" else "ui.header.closes"
            words = texts.get(f"{key}_today" if found.days == 0 else key, days=found.days)
        else:
            words = texts.get(f"deadline.state.{found.state}")
        self._days.setText(words)
        self._days.setToolTip(texts.get(found.key, **found.values))
        urgent = found.state in ("closing", "closed", "correction_closing", "correction_closed")
        icons.set_icon(self._days, "clock", "warning" if urgent else "text_muted")

    def _show_saving(self) -> None:
        saving = self._session.saving
        key = "failed" if saving.state == "failed" else "held" if saving.held else saving.state
        words = self._texts.get(f"ui.saving.{key}")
        if self._session.inspection.reading:
            words = self._texts.get("ui.header.reading", saved=words)
        self._saved.setText(words)
        theme.restyle(self._saved, state="error" if key in ("failed", "held", "elsewhere") else "")

    def _show_mask(self) -> None:
        masked = self._session.masked
        icons.set_icon(self.mask_button, "eye_off" if masked else "eye")
        words = self._texts.get("ui.mask.show" if masked else "ui.mask.hide")
        self.mask_button.set_text(words)
        self.mask_button.setToolTip(plain_tooltip(f"{words} (Ctrl+M)"))
        self.mask_button.setChecked(not masked)


def verdict_words(session: Session, texts: Texts) -> tuple[str, str]:
    """The shape and the words of how the application stands: mistakes first, then what is missing, then questions."""
    if session.inspection.busy and session.report.verdict != "unreadable":
        return "busy", texts.get("ui.header.looking")
    report = session.report
    if report.verdict == "ready" and session.inspection.unread:  # what is read may still bring a question
        return "busy", texts.get("ui.header.comparing")
    if report.verdict in ("ready", "unreadable"):
        return _VERDICT_MARKS[report.verdict], texts.word("verdict", report.verdict)
    errors = [finding for finding in report.findings if finding.severity == "error"]
    missing = sum(1 for finding in errors if is_missing(finding))
    wrong = len(errors) - missing
    asking = sum(1 for f in report.findings if f.severity == "warning" and not f.answered) + len(report.unconfirmed)
    if errors:
        asking -= len(report.unconfirmed)
    parts = [
        texts.get(f"ui.header.{key}", count=count)
        for key, count in (("wrong", wrong), ("missing", missing), ("asking", asking))
        if count
    ]
    return "error" if wrong else "todo" if missing else "question", texts.get("ui.header.between").join(parts)
