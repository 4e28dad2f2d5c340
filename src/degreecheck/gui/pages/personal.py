"""5.1 个人信息: who applies, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from degreecheck import asked
from degreecheck.gui import theme
from degreecheck.gui.fields import Page
from degreecheck.gui.parts import SegmentedChoice, caption, label

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


class PersonalPage(Page):
    """Type of applicant first: it decides what is asked further on."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("personal", session, texts)
        self._type = self._choice("applicant_type", ("self_study", "adult_education"))
        self._channel = self._choice("self_study_channel", ("assisted", "social"))
        self.add_rows((
            "personal.name", "personal.id_document", "personal.id_number", "personal.birth_date", "personal.sex",
            "personal.mobile", "personal.exam_number", "personal.student_number",
        ))  # fmt: skip
        self.finish()

    def _choice(self, path: str, values: tuple[str, ...]) -> tuple[QWidget, SegmentedChoice]:
        texts = self.texts
        name = texts.word("field", path)
        choice = SegmentedChoice({value: texts.get(f"ui.choice.{path}.{value}") for value in values}, name)
        choice.chosen.connect(lambda value: self.session.set_value(path, value))
        whole = QWidget()
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(0.5))
        down.addWidget(label(name))
        down.addWidget(choice)
        down.addWidget(caption(texts.get(f"ui.hint.{path}")))
        self.column.addWidget(whole)
        return whole, choice

    def refresh(self) -> None:
        """The form has changed."""
        form = self.session.form
        self._type[1].set_key(form.applicant_type)
        self._channel[1].set_key(form.self_study_channel)
        self._channel[0].setVisible(asked.asks_channel(form))
        super().refresh()
