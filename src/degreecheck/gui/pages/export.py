"""Export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from degreecheck.gui.fields import Page

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


class ExportPage(Page):
    """Export."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("export", session, texts)
        self.add_rows(())
        self.finish()
