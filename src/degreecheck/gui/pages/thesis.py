"""Thesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from degreecheck.gui.fields import Page

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


class ThesisPage(Page):
    """Thesis."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("thesis", session, texts)
        self.add_rows(("thesis.title", "thesis.research_direction", "thesis.keywords", "thesis.advisor"))
        self.finish()
