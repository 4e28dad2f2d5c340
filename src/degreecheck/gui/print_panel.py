"""What can be printed, each with its button, and what became of the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.parts import Notice, Spinner, label, push_button
from degreecheck.gui.printing import PAPERS, Printing, offered, photo_of
from degreecheck.privacy import mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.gui.printing import Paper
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


def title_of(paper: Paper, texts: Texts) -> str:
    """What the paper is called."""
    return texts.get("ui.print.paper.report_card" if paper == "report_card" else f"prints.{paper}")


class PrintPanel(QWidget):
    """A row for each paper that this applicant has a use for, of those asked for."""

    def __init__(self, session: Session, texts: Texts, papers: Sequence[Paper] = PAPERS) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._printing = Printing.of(session)
        self._rows: dict[Paper, QWidget] = {}
        self.buttons: dict[Paper, QPushButton] = {}
        self._spinners: dict[Paper, Spinner] = {}
        self.notice = Notice("ok", "")
        self.notice.hide()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space())
        for paper in papers:
            down.addWidget(self._row(paper))
        down.addWidget(self.notice)
        self._printing.changed.connect(self._show_state)
        self.refresh()

    def _row(self, paper: Paper) -> QWidget:
        texts = self._texts
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space())
        words = QVBoxLayout()
        words.setSpacing(0)
        title = title_of(paper, texts)
        words.addWidget(label(title))
        words.addWidget(label(texts.get(f"ui.print.about.{paper}"), "caption"))
        across.addLayout(words, 1)
        self._spinners[paper] = spinner = Spinner(texts.get("ui.print.making"), 18)
        spinner.hide()
        across.addWidget(spinner)
        self.buttons[paper] = button = push_button(texts.get("ui.print.button"), icon_name="print")
        button.setAccessibleName(f"{button.text()}: {title}")
        button.clicked.connect(lambda: self._printing.make(paper, texts))
        across.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        self._rows[paper] = row
        return row

    def refresh(self) -> None:
        """The form or its files have changed."""
        useful = offered(self._session)
        for paper, row in self._rows.items():
            row.setVisible(paper in useful)
        self._show_state()

    def _show_state(self) -> None:
        printing, texts = self._printing, self._texts
        for paper, button in self.buttons.items():
            there = paper != "photo_sheet" or photo_of(self._session) is not None
            button.setEnabled(printing.making is None and there)
            button.setToolTip("" if there else texts.get("ui.print.no_photo"))
            self._spinners[paper].setVisible(printing.making == paper)
        trouble = printing.trouble
        if trouble is not None:
            self.notice.set("error", mask(texts.get(trouble.key, **trouble.values)),
                            state_word=texts.word("severity", "error"))  # fmt: skip
        elif printing.made is not None:
            said = texts.get("ui.print.made", title=title_of(printing.made, texts))
            if printing.made == "degree_exam_sheet":
                said += "\n" + texts.get("prints.degree_exam_question")
            if printing.missing:
                said += "\n" + texts.get("prints.missing_characters", characters=list(printing.missing))
            self.notice.set("ok", said)
        self.notice.setVisible(trouble is not None or printing.made is not None)
