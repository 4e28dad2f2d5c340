"""8 证书信息: the language condition first, then only what that one asks (M19-M24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from degreecheck.gui.parts import Notice, heading
from degreecheck.gui.printing import Printing
from degreecheck.gui.slot_page import SlotPage
from degreecheck.privacy import mask

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
        self.sheet = Notice("note", "", state_word=texts.word("severity", "note"))
        self.sheet.acted.connect(self._print_sheet)
        self._printing = False
        Printing.of(session).changed.connect(self._tell_printed)
        self.column.addWidget(self.sheet)
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
        self.sheet.setVisible(route == "degree_exam")
        if route == "degree_exam":
            says = texts.get("ui.certificates.degree_exam_note", contact=self._contact())
            self.sheet.set("note", says, texts.get("ui.certificates.print_sheet"))
        self._heading.setVisible(bool(self.wanted()))

    def _print_sheet(self) -> None:
        self._printing = True
        Printing.of(self.session).make("degree_exam_sheet", self.texts)

    def _tell_printed(self) -> None:
        printing = Printing.of(self.session)
        if not self._printing or printing.making is not None:
            return
        self._printing = False
        if printing.trouble is not None:
            self.session.told.emit(mask(self.texts.get(printing.trouble.key, **printing.trouble.values)))
        elif printing.made == "degree_exam_sheet":
            self.session.told.emit(self.texts.get("prints.degree_exam_question"))

    def _contact(self) -> str:
        for one in self.session.pack.contacts:
            if one.applicant_type == self.session.form.applicant_type:
                return self.texts.get("ui.certificates.contact", name=one.name, phone=one.phone)
        return ""
