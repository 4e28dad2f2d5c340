"""The average worked out before one's eyes (M10): what counts, what does not and why, total ÷ count, the result.

It shows what the core works out and compares it with what stands in the form; a button puts the result there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from degreecheck import scores
from degreecheck.gui import theme
from degreecheck.gui.parts import Card, StateMark, label, push_button
from degreecheck.worked_average import LeftOut, WorkedAverage, work_out

if TYPE_CHECKING:
    from degreecheck.form import CourseRecord
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts

_SHOWN = 8  # rows that are named one by one; the rest is counted
_STATED = 24  # characters
_WAYS = 4  # of counting that are shown at once, most likely first


class _Result(QWidget):
    """A figure, whether it stands in the form, and the button that puts it there."""

    def __init__(self, session: Session, texts: Texts, path: str, *, primary: bool) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._path = path
        self._value = ""
        self._primary = primary
        self.mark = StateMark("todo", size=18)
        self.state = label("", "body")
        self.use = push_button("")
        self.use.clicked.connect(self._fill_in)
        says = QWidget()
        beside = QHBoxLayout(says)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.space(0.75))
        beside.addWidget(self.mark)
        beside.addWidget(self.state, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space(1.5))
        across.addWidget(self.use)
        across.addWidget(says, 1)

    def show_value(self, value: str, *, certain: bool = True) -> None:
        """The figure that follows from the rows; "" hides it all. Where it may change yet, its button is not loud."""
        self._value = value
        self.setVisible(bool(value))
        if not value:
            return
        stated = str(self._session.value(self._path)).strip()
        agrees = stated == value or (bool(stated) and scores.two_decimals(stated) == scores.two_decimals(value))
        which = "same" if agrees else "differs" if stated else "blank"
        name = self._texts.word("field", self._path)
        self.state.setText(self._texts.get(f"ui.courses.stated.{which}", stated=stated[:_STATED]))
        self.mark.set_state({"same": "ok", "differs": "question", "blank": "todo"}[which], self.state.text())
        self.use.setText(self._texts.get("ui.courses.fill_in", field=name, value=value))
        self.use.setVisible(stated != value)
        theme.restyle(self.use, kind="primary" if self._primary and certain else "default")

    def _fill_in(self) -> None:
        self._session.set_values({self._path: self._value})


class WorkedAverageView(Card):
    """The sum under the course table."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._others: list[QWidget] = []
        self._offered: tuple[object, ...] = ()
        self.heading = label(texts.get("ui.courses.worked"), "heading")
        self.sum = label("", "title", selectable=True)
        self.counted = label("", "muted")
        self.left_out = label("", "muted")
        self.with_thesis = label("", "muted")
        self.average = _Result(session, texts, "courses.average_score", primary=True)
        self.thesis_line = label("", "heading")
        self.thesis = _Result(session, texts, "courses.thesis_score", primary=False)
        self._others_title = label(texts.get("worked_sum.others"), "body")
        self._all_ways = push_button("", kind="link")
        self._all_ways.clicked.connect(self._show_all_ways)
        self._wide = False
        self._others_down = QVBoxLayout()
        self._others_down.setSpacing(theme.space(0.5))
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(2), theme.space(1.5), theme.space(2), theme.space(2))
        down.setSpacing(theme.space(0.75))
        for widget in (self.heading, self.sum, self.counted, self.left_out, self.with_thesis, self.average,
                       self._others_title):  # fmt: skip
            down.addWidget(widget)
        down.addLayout(self._others_down)
        down.addWidget(self._all_ways, alignment=Qt.AlignmentFlag.AlignLeft)
        down.addSpacing(theme.space(0.5))
        down.addWidget(self.thesis_line)
        down.addWidget(self.thesis)

    def refresh(self) -> None:
        """The form has changed."""
        records = self._session.form.courses.records
        worked = work_out(records, self._session.pack.average.non_numeric)
        texts = self._texts
        self.sum.setText(_sum(worked, texts))
        self.counted.setText(
            texts.get("ui.courses.counted", count=worked.count, total=worked.total, rows=ranges(
                [term.row + 1 for term in worked.terms], texts)) if worked.worked else texts.get("worked_sum.nothing")
        )  # fmt: skip
        self.left_out.setText(self._left_out(worked.left_out, records))
        self.left_out.setVisible(bool(worked.left_out))
        self.with_thesis.setText(
            texts.get("worked_sum.with_thesis", average=worked.with_thesis) if worked.with_thesis else ""
        )
        self.with_thesis.setVisible(bool(worked.with_thesis))
        self.sum.setVisible(bool(worked.worked))
        self.average.show_value(worked.rounded, certain=worked.certain)
        self._show_others(worked)
        self._show_thesis(records)

    @property
    def tells_of_transcript(self) -> bool:
        """Whether it says what average the transcript prints."""
        return bool(self.with_thesis.text())

    def _left_out(self, left_out: Sequence[LeftOut], records: Sequence[CourseRecord]) -> str:
        lines = [
            self._texts.get("worked_sum.left_out", row=entry.row + 1, why=entry.why,
                            course=(records[entry.row].name or records[entry.row].code).strip()[:40])
            for entry in left_out[:_SHOWN]
        ]  # fmt: skip
        if len(left_out) > _SHOWN:
            lines.append(self._texts.get("ui.courses.more_left_out", count=len(left_out) - _SHOWN))
        if not lines:
            return ""
        return "\n".join([self._texts.get("ui.courses.left_out"), *lines])

    def _show_others(self, worked: WorkedAverage) -> None:
        self._others_title.setVisible(bool(worked.others))
        stated = str(self._session.value("courses.average_score")).strip()
        offered = (*worked.others, stated)
        if offered == self._offered:
            return
        self._offered = offered
        for widget in self._others:
            self._others_down.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._others = []
        for other in worked.others:
            row = QWidget()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(theme.space())
            words = self._texts.get("worked_sum.other", ways=list(other.ways), formula=other.formula)
            across.addWidget(label(words, "muted"), 1)
            if other.average == stated:
                across.addWidget(StateMark("ok", self._texts.get("ui.courses.stated.same"), 18))
            else:
                use = push_button(self._texts.get("ui.courses.use_other", value=other.average), kind="link")
                use.clicked.connect(lambda _checked=False, value=other.average: self._use(value))
                across.addWidget(use)
            self._others.append(row)
            self._others_down.addWidget(row)
        self._fold_ways()

    def _show_all_ways(self) -> None:
        self._wide = not self._wide
        self._fold_ways()

    def _fold_ways(self) -> None:
        for number, row in enumerate(self._others):
            row.setVisible(self._wide or number < _WAYS)
        folded = len(self._others) - _WAYS
        self._all_ways.setVisible(folded > 0)
        self._all_ways.setText(
            self._texts.get(f"ui.courses.other_ways.{'less' if self._wide else 'more'}", count=folded)
        )

    def _use(self, value: str) -> None:
        self._session.set_values({"courses.average_score": value})

    def _show_thesis(self, records: Sequence[CourseRecord]) -> None:
        rows = scores.thesis_rows(records)
        score = records[rows[0]].score.strip() if len(rows) == 1 else ""
        read = scores.parse_score(score)
        value = f"{read.value:f}" if read.kind == "number" and read.value is not None else score
        shown = read.kind != "blank" and len(value) <= _STATED
        self.thesis_line.setVisible(shown)
        if shown:
            self.thesis_line.setText(self._texts.get("ui.courses.thesis_row", row=rows[0] + 1, score=value))
        self.thesis.show_value(value if shown else "")


def _sum(worked: WorkedAverage, texts: Texts) -> str:
    if not worked.worked:
        return ""
    values = {"total": worked.total, "count": worked.count, "unrounded": worked.unrounded, "rounded": worked.rounded}
    return texts.get("ui.courses.sum" if worked.unrounded == worked.rounded else "ui.courses.sum_rounded", **values)


def ranges(numbers: Sequence[int], texts: Texts) -> str:
    """Rows in one phrase: 1–18, 20."""
    found: list[str] = []
    for _, group in groupby(enumerate(numbers), lambda entry: entry[1] - entry[0]):
        run = [number for _, number in group]
        found.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return texts.show(found)
