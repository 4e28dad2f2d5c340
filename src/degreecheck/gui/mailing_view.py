"""Sending the paper photo: to whom, how, when (both of the manual's sentences), and whom to ask (M16, M28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.parts import label
from degreecheck.gui.print_panel import PrintPanel
from degreecheck.gui.value_rows import ValueRow

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.pack import Mailing
    from degreecheck.text import Texts


class MailingView(QWidget):
    """Recipient with copy buttons, the rules, and what to print for it."""

    def __init__(self, mailing: Mailing, session: Session, texts: Texts) -> None:
        super().__init__()
        self.rows: dict[str, ValueRow] = {}
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(3), 0, 0, 0)
        down.setSpacing(theme.space(0.5))
        self._lines(down, texts.get("prints.when"), [
            texts.get("prints.when_in_review"), texts.get("prints.when_passed"),
        ])  # fmt: skip
        self._lines(down, texts.get("prints.inside"), [texts.get("prints.inside_photo")])
        self._lines(down, texts.get("ui.mailing.to"), [])
        recipient = "　".join(part for part in (mailing.recipient, mailing.department) if part)
        values = (("recipient", recipient), ("phone", mailing.phone), ("address", mailing.address))
        for name, value in values:
            if value:
                self.rows[name] = row = ValueRow(texts.get(f"prints.{name}"), texts)
                row.set_value(value)
                down.addWidget(row)
        rules = [mailing.carrier, *mailing.remarks]
        self._lines(down, texts.get("ui.mailing.how"), [rule.in_language(texts.language) for rule in rules])
        self.prints = PrintPanel(session, texts, ("photo_sheet", "back_label", "mailing"))
        self._lines(down, texts.get("ui.print.title"), [])
        down.addWidget(self.prints)

    def _lines(self, down: QVBoxLayout, heading: str, lines: list[str]) -> None:
        head = label(heading, "heading")
        head.setContentsMargins(0, theme.space(1.5) if down.count() else 0, 0, 0)
        down.addWidget(head)
        for line in lines:
            down.addWidget(label(line, selectable=True))
