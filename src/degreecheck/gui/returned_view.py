"""A pasted 驳回 reason: what it speaks of, what to do about each, and what was not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.disclosure import empty
from degreecheck.gui.parts import FlowLayout, StateMark, label, push_button
from degreecheck.gui.places import SLOT_PAGES, Target, page_of_field

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.returned_reasons import Spoken
    from degreecheck.text import Texts


class ReturnedView(QWidget):
    """Reads the form's reason; hidden without one."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._read = ""
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme.space(1.5))
        self.hide()

    def refresh(self) -> None:
        """The form has changed."""
        submission = self._session.form.submission
        reason = submission.returned_reason if submission.status in ("returned", "refused") else ""
        if reason == self._read:
            return
        self._read = reason
        empty(self._down)
        self.setVisible(bool(reason.strip()))
        if reason.strip():
            self._show(reason)

    def _show(self, reason: str) -> None:
        from degreecheck import returned_reasons

        texts = self._texts
        found = returned_reasons.read(reason)
        head = "ui.returned.speaks_of" if found.spoken else "ui.returned.nothing_understood"
        self._down.addWidget(label(texts.get(head, count=len(found.spoken)), "heading"))
        for spoken in found.spoken:
            self._down.addWidget(self._spoken(spoken, reason))
        if found.not_understood:
            self._down.addWidget(label(texts.get("ui.returned.not_understood"), "muted"))
            for span in found.not_understood:
                quote = label(texts.get("ui.returned.quote", words=reason[span.start : span.end].strip()))
                quote.setContentsMargins(theme.space(3), 0, 0, 0)
                self._down.addWidget(quote)

    def _spoken(self, spoken: Spoken, reason: str) -> QWidget:
        texts = self._texts
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space())
        mark = StateMark("warning", texts.word("severity", "warning"), 18)
        across.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.space(0.25))
        words.addWidget(label(texts.get(spoken.title), "heading"))
        words.addWidget(label(texts.get(spoken.advice)))
        said = " ".join(reason[spoken.span.start : spoken.span.end].split())
        words.addWidget(label(texts.get("ui.returned.said", words=said), "caption"))
        links = QWidget()
        row = FlowLayout(links, theme.space(2))
        for field in spoken.fields:
            if page_of_field(field) is not None:
                row.addWidget(self._link(texts.word("field", field), Target(page_of_field(field) or "personal", field)))
        for slot in spoken.slots:
            if slot in SLOT_PAGES:
                row.addWidget(self._link(texts.word("slot", slot), Target(SLOT_PAGES[slot], slot=slot)))
        if row.count():
            words.addWidget(links)
        else:
            links.deleteLater()
        across.addLayout(words, 1)
        return whole

    def _link(self, thing: str, target: Target) -> QWidget:
        link = push_button(self._texts.get("ui.returned.go", thing=thing), "link")
        link.clicked.connect(lambda: self._session.going_to.emit(target))
        return link
