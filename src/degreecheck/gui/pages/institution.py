"""5.2 院校信息: school and dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCompleter

from degreecheck.gui.editors import LineEditor
from degreecheck.gui.fields import Page

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


class InstitutionPage(Page):
    """The school's names are offered while one types."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("institution", session, texts)
        self.add_rows(("institution.school", "institution.entry_date", "institution.graduation_date"))
        school = self.rows["institution.school"].editor
        if isinstance(school, LineEditor):
            names = QCompleter(list(session.pack.school.names), school)
            names.activated.connect(lambda name: session.set_value("institution.school", name))
            school.setCompleter(names)
        self.finish()
