"""The courses that were read in a transcript's picture, offered above the table: looked through row by row first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from degreecheck.gui.course_import import Table
from degreecheck.gui.parts import Notice
from degreecheck.papers.proposals import RECORDS

if TYPE_CHECKING:
    from degreecheck.form import CourseRecord
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


class CourseProposal(Notice):
    """A strip with the number of courses read; hidden where there are none to offer."""

    looked_at = Signal(object, str)  # [Table], title: for the same preview that a pasted table gets

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("note", "", state_word=texts.word("severity", "note"))
        self._session = session
        self._texts = texts
        self.hide()
        self.acted.connect(self._offer)
        session.proposed.connect(self.refresh)

    def refresh(self) -> None:
        """Other values were read, or the form says them by now."""
        proposal = self._session.proposals.get(RECORDS)
        records = proposal.value if proposal is not None and isinstance(proposal.value, tuple) else ()
        if proposal is not None and records:
            says = self._texts.get("ui.proposal.courses", slot=proposal.slot, count=len(records))
            self.set("note", says, self._texts.get("ui.proposal.courses_look"))
        self.setVisible(bool(records))

    def _offer(self) -> None:
        proposal = self._session.proposals.get(RECORDS)
        if proposal is not None and isinstance(proposal.value, tuple):
            word = self._texts.word("slot", proposal.slot)
            self.looked_at.emit([Table("", _as_table(proposal.value, self._texts))], word)


def _as_table(records: tuple[CourseRecord, ...], texts: Texts) -> list[list[str]]:
    keys = ("code", "name", "score", "passed_on")
    header = [texts.word("field", f"courses.records.{key}") for key in keys]
    return [header, *([str(getattr(record, key) or "") for key in keys] for record in records)]
