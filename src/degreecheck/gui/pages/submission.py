"""提交与跟踪: when, how it stands, what to do on the portal, what to type there, what to send, what was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from degreecheck import submission_history
from degreecheck.deadlines import STATES_OVER, deadline
from degreecheck.form import with_value
from degreecheck.gui import theme
from degreecheck.gui.disclosure import Disclosure, empty, part
from degreecheck.gui.editors import LongTextEditor
from degreecheck.gui.fields import Page
from degreecheck.gui.history_view import HistoryView, contents_of
from degreecheck.gui.mailing_view import MailingView
from degreecheck.gui.parts import Notice, label, push_button
from degreecheck.gui.places import Target
from degreecheck.gui.portal_guide import PortalGuide
from degreecheck.gui.returned_view import ReturnedView
from degreecheck.gui.status_choice import STATUSES, NextSteps, StatusChoice
from degreecheck.gui.value_list import ValueList
from degreecheck.gui.value_rows import ValueRow

if TYPE_CHECKING:
    from degreecheck.deadlines import Deadline
    from degreecheck.gui.session import Session
    from degreecheck.pack import Pack, Round
    from degreecheck.text import Texts

_DATES = ("submission.window_opens", "submission.window_closes", "submission.correction_closes")
_REASON = "submission.returned_reason"
_SEVERITIES = {
    "unknown": "question", "correction_unknown": "question", "closing": "warning", "correction_closing": "warning",
    "closed": "error", "correction_closed": "error",
}  # fmt: skip
_TO_HAND_IN = ("draft", "returned")
_OVER = ("passed", "refused")
_TO_MAIL = ("in_review", "passed")


class SubmissionPage(Page):
    """What is folded depends on the state: whoever has handed in needs no steps, whoever has not needs no address."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("submission", session, texts)
        self.deadline = Notice("note", "")
        self.deadline.acted.connect(self._to_date)
        self.status = StatusChoice(texts)
        self.status.chosen.connect(self._set_status)
        self.next = NextSteps(session, texts)
        self.returned = ReturnedView(session, texts)
        self._round_words = label("", "caption")
        self.use_round = push_button(texts.get("ui.window.use"), "quiet")
        self.use_round.clicked.connect(self._use_round)
        self._round = QWidget()
        self.dates = Disclosure(texts.get("ui.window.title"), texts)
        self.guide = Disclosure(texts.get("ui.guide.title"), texts)
        self.values = Disclosure(texts.get("ui.values.title"), texts)
        self.mailing = Disclosure(texts.get("ui.mailing.title"), texts)
        self.history = Disclosure(texts.get("ui.history.title"), texts)
        self.value_list = ValueList(session, texts)
        self.history_view = HistoryView(session, texts)
        self.portal: PortalGuide
        self.mailing_view: MailingView | None = None
        self._pack: Pack | None = None  # the one that both are made from
        self.contact = ValueRow(texts.get("ui.contact.phone"), texts)
        self._contact = part(texts.get("ui.contact.title"), "", self.contact)
        self._opened_for = ""
        self._lay_out()
        session.inspection.changed.connect(self._show_rest)
        self.finish()

    def _lay_out(self) -> None:
        texts = self.texts
        self.column.addWidget(self.deadline)
        self.column.addWidget(part(texts.get("ui.status.title"), "", self.status))
        self._next_part = part(texts.get("ui.status.next_title"), "", self.next)
        self.column.addWidget(self._next_part)
        self.add_rows((_REASON,))
        reason = self.rows[_REASON].editor
        if isinstance(reason, LongTextEditor):
            reason.setMaximumHeight(theme.space(13))
            reason.setPlaceholderText(texts.get("ui.returned.paste"))
        self.column.addWidget(self.returned)
        self.dates.column.addWidget(label(texts.get("ui.window.lead"), "muted"))
        self.add_rows(_DATES)
        for path in _DATES:
            self.dates.column.addWidget(self.rows[path])
        offered = QHBoxLayout(self._round)
        offered.setContentsMargins(0, 0, 0, 0)
        offered.addWidget(self._round_words, 1)
        offered.addWidget(self.use_round, alignment=Qt.AlignmentFlag.AlignTop)
        self.dates.column.addWidget(self._round)
        self.dates.column.setSpacing(theme.space(2))
        self.dates.column.setContentsMargins(theme.space(3), 0, 0, 0)
        self.values.column.addWidget(self.value_list)
        self.history.column.addWidget(self.history_view)
        for disclosure in (self.dates, self.guide, self.values, self.mailing, self.history):
            self.column.addWidget(disclosure)
        self.column.addWidget(self._contact)

    def refresh(self) -> None:
        """The form has changed."""
        super().refresh()
        self._show_pack()
        submission = self.session.form.submission
        self.status.set_status(submission.status)
        self.next.refresh()
        self.returned.refresh()
        self._show_deadline()
        self._show_rest()
        if submission.status != self._opened_for:
            self._opened_for = submission.status
            self.dates.set_opened(submission.status not in _OVER)
            self.guide.set_opened(submission.status in _TO_HAND_IN)
            self.values.set_opened(submission.status in _TO_HAND_IN)
            self.mailing.set_opened(submission.status in _TO_MAIL)
            self.history.set_opened(submission.status == "returned")

    def show_findings(self) -> None:
        """There is a new report, or a minute has gone by."""
        super().show_findings()
        self._show_deadline()
        self.next.refresh()

    def _show_pack(self) -> None:
        """Another school: other addresses and other traps."""
        session, pack = self.session, self.session.pack
        if pack is self._pack:
            return
        self._pack = pack
        empty(self.guide.column)
        self.portal = PortalGuide(session, self.texts)
        self.guide.column.addWidget(self.portal)
        empty(self.mailing.column)
        self.mailing_view = None
        if pack.mailing is not None:
            self.mailing_view = MailingView(pack.mailing, session, self.texts)
            self.mailing.column.addWidget(self.mailing_view)
        self.mailing.setVisible(pack.mailing is not None)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """What is costly and was left while the page was behind others."""
        super().showEvent(event)
        self._show_rest()

    def _show_rest(self) -> None:
        if not self.isVisible():
            return  # a keystroke on another page need not wait for it
        self.value_list.refresh()
        self.history_view.refresh()
        self.order_soon()
        self.history.setVisible(bool(self.session.form.submission.history))
        if self.mailing_view is not None:
            self.mailing_view.prints.refresh()
        contact = self.session.pack.contact_for(self.session.form.applicant_type)
        self._contact.setVisible(contact is not None)
        if contact is not None:
            self.contact.set_value(contact.phone, f"{contact.name}　{contact.phone}")

    def reveal(self, target: Target) -> None:
        """A date may be folded away."""
        if target.field in _DATES:
            self.dates.set_opened(True)
        super().reveal(target)

    # ---- dates

    def _deadline(self) -> Deadline:
        return deadline(self.session.form.submission, self.session.pack, self.session.now)

    def _show_deadline(self) -> None:
        texts, found = self.texts, self._deadline()
        severity = _SEVERITIES.get(found.state, "note")
        unclear = found.state in ("unknown", "correction_unknown") or found.state in STATES_OVER
        words = {"error": "error", "warning": "warning", "question": "warning", "note": "note"}
        self.deadline.set(
            severity, texts.get(found.key, **found.values), texts.get("ui.window.enter") if unclear else "",
            state_word=texts.word("severity", words[severity]),
        )  # fmt: skip
        self.deadline.setVisible(found.state != "finished")
        usual = found.usual
        offered = usual is not None and found.source == "round"
        self._round.setVisible(usual is not None and (offered or found.state in ("unknown", "correction_unknown")))
        self.use_round.setVisible(offered)
        if usual is not None:
            self._round_words.setText(self._of_round(usual, over=not offered))

    def _of_round(self, usual: Round, *, over: bool) -> str:
        dates = [date for date in (usual.window_opens, usual.window_closes) if date is not None]
        words = self.texts.get("ui.window.round", name=usual.name, dates=" – ".join(map(self.texts.show, dates)))
        if usual.correction_closes is not None:
            words += self.texts.get("ui.window.round_correction", at=usual.correction_closes)
        return words + self.texts.get("ui.window.round_over" if over else "ui.window.round_now")

    def _use_round(self) -> None:
        usual = self._deadline().usual
        if usual is not None:
            names = [name.rpartition(".")[2] for name in _DATES]
            dates = {f"submission.{name}": getattr(usual, name) for name in names if getattr(usual, name) is not None}
            self.session.set_values(dates)

    def _to_date(self) -> None:
        self.reveal(Target("submission", self._deadline().field))

    # ---- state

    def _set_status(self, status: str) -> None:
        chosen = next(known for known in STATUSES if known == status)
        session = self.session
        form = submission_history.with_status(session.form, chosen, session.now, contents=contents_of(session))
        if chosen == "not_reviewed" and form.submission.returned_reason:
            form = with_value(form, _REASON, "")  # it stands in the history now
        session.change(form)
        if chosen == "not_reviewed":
            session.told.emit(self.texts.get("ui.history.kept"))
