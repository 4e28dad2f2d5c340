"""检查与导出: how everything stands, the declaration, the bundle, what is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QVBoxLayout

from degreecheck.gui import theme
from degreecheck.gui.disclosure import part
from degreecheck.gui.export_panel import ExportPanel
from degreecheck.gui.fields import Page
from degreecheck.gui.parts import StateMark, label, push_button
from degreecheck.gui.places import Target
from degreecheck.gui.print_panel import PrintPanel
from degreecheck.gui.report_view import ReportView, VerdictView

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts

_TRUTHFUL = "confirmations.truthful"
_OF_THE_PHOTO = ("photo_recent", "photo_bareheaded", "photo_unretouched", "paper_photo_same")


class ExportPage(Page):
    """The report card first; below it what only the person can confirm, then the bundle and the papers."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("export", session, texts)
        self.verdict = VerdictView(session, texts)
        self.report = ReportView(session, texts)
        self.truthful = QCheckBox(texts.get("ui.declaration.says"))
        self.truthful.clicked.connect(lambda checked: session.set_value(_TRUTHFUL, checked))
        self._photo_mark = StateMark("todo", "", 18)
        self._photo_words = label()
        self._photo_link = push_button(texts.get("ui.declaration.to_photo"), "link")
        self._photo_link.clicked.connect(lambda: session.going_to.emit(Target("identity", slot="photo")))
        self.panel = ExportPanel(session, texts)
        self.panel.undeclared.connect(self._show_declaration)
        self.panel.exporting.changed.connect(self.order_soon)
        self.prints = PrintPanel(session, texts)
        self._lay_out()
        session.inspection.changed.connect(self._show_looking)
        self.finish()

    def _lay_out(self) -> None:
        texts = self.texts
        self.column.addWidget(self.verdict)
        self.column.addWidget(self.report)
        photo = QHBoxLayout()
        photo.setContentsMargins(3, 0, 0, 0)
        photo.setSpacing(theme.space())
        photo.addWidget(self._photo_mark, alignment=Qt.AlignmentFlag.AlignTop)
        photo.addWidget(self._photo_words, 1)
        photo.addWidget(self._photo_link, alignment=Qt.AlignmentFlag.AlignTop)
        about = label(texts.get("ui.declaration.about"), "caption")
        about.setContentsMargins(theme.space(3.5), 0, 0, theme.space(0.5))
        declared = QVBoxLayout()
        declared.setSpacing(0)
        declared.addWidget(self.truthful)
        declared.addWidget(about)
        self.column.addWidget(part(texts.get("ui.declaration.title"), "", declared, photo))
        self.column.addWidget(part(texts.get("ui.export.title"), texts.get("ui.export.lead"), self.panel))
        self.column.addWidget(part(texts.get("ui.print.title"), texts.get("ui.print.lead"), self.prints))

    def refresh(self) -> None:
        """The form has changed."""
        super().refresh()
        self.truthful.setChecked(self.session.form.confirmations.truthful)
        self._show_photo()
        self.prints.refresh()

    def show_findings(self) -> None:
        """There is a new report."""
        super().show_findings()
        self._show_report()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """What was left while the page was behind others."""
        super().showEvent(event)
        self._show_report()

    def _show_report(self) -> None:
        if not self.isVisible():
            return  # a keystroke on another page need not wait for it
        self.verdict.refresh()
        self.report.refresh()
        self.panel.refresh()
        self.order_soon()

    def reveal(self, target: Target) -> None:
        """The declaration is the one thing that is mended here."""
        if target.field == _TRUTHFUL:
            self._show_declaration()
        else:
            super().reveal(target)

    def _show_looking(self) -> None:
        if self.isVisible():
            self.verdict.refresh()

    def _show_photo(self) -> None:
        confirmations, texts = self.session.form.confirmations, self.texts
        left = [f"confirmations.{name}" for name in _OF_THE_PHOTO if not getattr(confirmations, name)]
        key = "ui.declaration.photo_open" if left else "ui.declaration.photo_done"
        words = texts.get(key, what=[texts.word("field", name) for name in left])
        self._photo_words.setText(words)
        self._photo_mark.set_state("todo" if left else "ok", words)
        self._photo_link.setVisible(bool(left))

    def _show_declaration(self) -> None:
        QApplication.processEvents()  # what was just shown has its place only now
        self.ensureWidgetVisible(self.truthful, 0, theme.space(6))
        self.truthful.setFocus(Qt.FocusReason.OtherFocusReason)
