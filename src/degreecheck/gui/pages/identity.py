"""Identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from degreecheck.gui.fields import Page

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


class IdentityPage(Page):
    """Identity."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("identity", session, texts)
        self.add_rows(())
        self.finish()
