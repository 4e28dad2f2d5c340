"""8 证书信息: the language condition first, then only what that one asks (M19-M24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from degreecheck.gui.parts import Notice, heading
from degreecheck.gui.slot_page import SlotPage

if TYPE_CHECKING:
    from degreecheck.asked import AskedSlot
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts

_DIPLOMA = "institution.diploma_number"


class CertificatesPage(SlotPage):
    """The route decides everything below it."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("certificates", session, texts)
        self.add_rows(("language.route", "language.certificate_number", "language.score", _DIPLOMA))
        self.rows["language.route"].set_hint(texts.get("ui.certificates.route_hint"))
        self._sheet = Notice("note", "", state_word=texts.word("severity", "note"))
        self.column.addWidget(self._sheet)
        self._heading = heading(texts.get("ui.certificates.papers"))
        self.column.addWidget(self._heading)
        self.add_cards()
        self.finish()

    def wanted(self) -> tuple[AskedSlot, ...]:
        """What the route needs first, in the portal's order; what may be left out last."""
        return tuple(sorted(super().wanted(), key=lambda one: one.need not in ("required", "probably")))

    def refresh(self) -> None:
        """The form has changed."""
        super().refresh()
        form, texts = self.session.form, self.texts
        route = form.language.route
        hint = f"ui.certificates.hint.{route}"
        self.rows["language.certificate_number"].set_hint(texts.get(hint) if texts.has(hint) else "")
        # Its number stands on one route's certificate (M21); elsewhere only what was filled in is shown.
        asks_diploma = route == "english_two" or bool(form.institution.diploma_number)
        self.rows[_DIPLOMA].setVisible(asks_diploma)
        self._sheet.setVisible(route == "degree_exam")
        if route == "degree_exam":
            self._sheet.set("note", texts.get("ui.certificates.degree_exam_note", contact=self._contact()))
        self._heading.setVisible(bool(self.wanted()))

    def _contact(self) -> str:
        for one in self.session.pack.contacts:
            if one.applicant_type == self.session.form.applicant_type:
                return self.texts.get("ui.certificates.contact", name=one.name, phone=one.phone)
        return ""
