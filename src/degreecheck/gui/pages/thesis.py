"""5.4 论文信息: the thesis in words (M13), then its four papers (M14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from degreecheck.gui import theme
from degreecheck.gui.parts import caption, heading
from degreecheck.gui.slot_page import SlotPage

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts

_CONTACTS = tuple(f"thesis.advisor_contacts.{kind}" for kind in ("mobile", "landline", "email", "qq", "wechat"))


class ThesisPage(SlotPage):
    """Of the advisor's contacts any one kind is enough, and the page says so."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("thesis", session, texts)
        self.add_rows(("thesis.title", "thesis.research_direction", "thesis.keywords", "thesis.advisor"))
        said = QVBoxLayout()
        said.setSpacing(theme.space(0.5))
        said.addWidget(heading(texts.get("ui.thesis.contacts")))
        said.addWidget(caption(texts.get("ui.thesis.contacts_hint")))
        self.column.addLayout(said)
        self.add_rows(_CONTACTS)
        for pair in (_CONTACTS[:2], _CONTACTS[3:]):
            self._beside_each_other(pair)
        self.column.addWidget(heading(texts.get("ui.thesis.papers")))
        self.add_cards()
        self.finish()

    def _beside_each_other(self, paths: tuple[str, ...]) -> None:
        """Short fields share a line."""
        rows = [self.rows[path] for path in paths]
        place = self.column.indexOf(rows[0])
        across = QHBoxLayout()
        across.setSpacing(theme.space(2))
        for row in rows:
            self.column.removeWidget(row)
            across.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        self.column.insertLayout(place, across)
