"""7 成绩单: the archive's transcript, or the 考籍档案基本信息 page (M17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from degreecheck.gui.slot_page import SlotPage

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


class TranscriptPage(SlotPage):
    """Uploads alone; the grades themselves are typed on the courses' page."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("transcript", session, texts)
        self.add_cards()
        self.finish()
