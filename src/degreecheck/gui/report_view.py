"""The report card on screen: the verdict in large words, findings step by step, what passed, what was not checked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.disclosure import Disclosure, empty
from degreecheck.gui.finding_view import FindingList
from degreecheck.gui.header import verdict_words
from degreecheck.gui.parts import FlowLayout, Spinner, StateMark, announce, label, push_button
from degreecheck.gui.places import NUMBERS, PAGES, PageId, is_missing, target_of
from degreecheck.privacy import mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.gui.session import Session
    from degreecheck.report import Finding
    from degreecheck.text import Texts

_MARK = 40  # logical pixels of the verdict's shape
_MOST_NAMED = 3  # files that are named while they are looked at


def is_blank_yet(finding: Finding) -> bool:
    """Whether it only says that something has not been filled in: told by its name alone, there may be dozens."""
    return is_missing(finding) and finding.severity == "error" and bool(finding.field or finding.slot)


def thing_of(finding: Finding, texts: Texts) -> str:
    """What it speaks of, as the portal calls it."""
    if finding.field and finding.field.startswith("personal.student_number"):
        return texts.get("portal_note.student_number_label")
    return texts.word("field", finding.field) if finding.field else texts.word("slot", finding.slot)


class VerdictView(QWidget):
    """How the application stands: a shape, a sentence large enough to be seen from the door, and the counts."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self.mark = StateMark("todo", "", _MARK)
        self.mark.setFixedSize(_MARK, _MARK)
        self.words = label("", "verdict")
        self.counts = label("", "muted")
        self.looking = label("", "caption")
        self._waiting = QWidget()
        policy = self._waiting.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing jumps when the last file has been looked at
        self._waiting.setSizePolicy(policy)
        waiting = QHBoxLayout(self._waiting)
        waiting.setContentsMargins(0, 0, 0, 0)
        waiting.setSpacing(theme.space())
        waiting.addWidget(Spinner(size=16))
        waiting.addWidget(self.looking, 1)
        beside = QVBoxLayout()
        beside.setSpacing(theme.space(0.5))
        beside.addWidget(self.words)
        beside.addWidget(self.counts)
        beside.addWidget(self._waiting)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, theme.space(), 0, 0)
        across.setSpacing(theme.space(2))
        across.addWidget(self.mark, alignment=Qt.AlignmentFlag.AlignTop)
        across.addLayout(beside, 1)

    def refresh(self) -> None:
        """There is a new report, or another file has been looked at."""
        session, texts = self._session, self._texts
        kind, mark = self._verdict()
        said = texts.get(f"ui.report.verdict.{kind}")
        if said != self.words.text():
            self.words.setText(said)
            announce(self, said)
        self.mark.set_state(mark, said)
        counts = session.report.counts
        parts = [] if kind in ("ready", "unreadable") else [verdict_words(session, texts)[1]]
        if kind == "looking":
            parts = []
        if counts["answered"] and kind != "unreadable":
            parts.append(texts.get("ui.report.answered_count", count=counts["answered"]))
        if counts["passed"] and kind != "unreadable":
            parts.append(texts.get("ui.report.passed_count", count=counts["passed"]))
        self.counts.setText(texts.get("ui.header.between").join(parts))
        self.counts.setVisible(bool(parts))
        self._show_waiting()

    def _verdict(self) -> tuple[str, str]:
        session = self._session
        report = session.report
        if report.verdict == "unreadable":
            return "unreadable", "error"
        if session.inspection.busy:
            return "looking", "busy"
        errors = [finding for finding in report.findings if finding.severity == "error"]
        if any(not is_missing(finding) for finding in errors):
            return "fix", "error"
        if errors:
            return "missing", "todo"
        open_warnings = any(f.severity == "warning" and not f.answered for f in report.findings)
        if open_warnings:
            return "confirm", "question"
        return ("undeclared", "question") if report.unconfirmed else ("ready", "ok")

    def _show_waiting(self) -> None:
        inspection = self._session.inspection
        # Reading the print in pictures comes last and holds no verdict back, but may still bring questions.
        names = sorted(mask(file.rpartition("/")[2]) for file in inspection.waiting or inspection.reading)
        shown = names[:_MOST_NAMED]
        key = "ui.report.looking_more" if len(names) > len(shown) else "ui.report.looking_at"
        if not inspection.waiting:
            key = "ui.report.reading"
        self.looking.setText(self._texts.get(key, files=shown, count=len(names)) if names else "")
        self._waiting.setVisible(bool(names))


class StepFindings(QWidget):
    """What was found on one step: what is blank in a line, the rest one under the other."""

    def __init__(self, page: PageId, session: Session, texts: Texts) -> None:
        super().__init__()
        self._page = page
        self._session = session
        self._texts = texts
        self._blank: list[Finding] = []
        number = NUMBERS.get(page, "")
        title = texts.get("ui.report.other" if page == "export" else f"ui.page.{page}.title")
        self._head = label(f"{number}　{title}" if number else title, "heading", wrap=False)
        go = push_button(texts.get("ui.report.go_to_step"), "link")
        go.setAccessibleName(f"{go.text()}: {title}")
        go.clicked.connect(lambda: session.go_to_page(page))
        top = QHBoxLayout()
        top.addWidget(self._head)
        top.addStretch(1)
        if page != "export":
            top.addWidget(go)
        self._blank_row = QWidget()
        self._blank_things = QWidget()
        self._blank_flow = FlowLayout(self._blank_things, theme.space(0.5))
        blank = QHBoxLayout(self._blank_row)
        blank.setContentsMargins(theme.space() + 1, 0, 0, 0)  # in line with the marks of the findings below
        blank.setSpacing(theme.space())
        mark = StateMark("todo", texts.get("ui.finding.missing"), 18)
        mark.setFixedHeight(push_button("", "link").sizeHint().height())
        blank.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
        blank.addWidget(self._blank_things, 1)
        self._blank_row.hide()
        self.findings = FindingList(session, texts, listed=True)
        self.findings.chosen.connect(session.go_to)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(0.5))
        down.addLayout(top)
        down.addWidget(self._blank_row)
        down.addWidget(self.findings)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Show these; nothing is shown for none."""
        blank = [finding for finding in found if is_blank_yet(finding)]
        self.findings.show_findings([finding for finding in found if finding not in blank])
        if blank != self._blank:
            self._blank = blank
            self._show_blank()
        self.setVisible(bool(found))

    def _show_blank(self) -> None:
        empty(self._blank_flow)
        self._blank_row.setVisible(bool(self._blank))
        if not self._blank:
            return
        says = label(self._texts.get("ui.report.blank"), "muted", wrap=False)
        self._blank_flow.addWidget(says)
        for finding in self._blank:
            link = push_button(thing_of(finding, self._texts), "link")
            link.setAccessibleName(f"{self._texts.get('ui.finding.missing')}: {link.text()}")
            link.clicked.connect(lambda _checked=False, one=finding: self._session.go_to(one))
            link.setProperty("among", "true")
            self._blank_flow.addWidget(link)
            says.setFixedHeight(link.sizeHint().height())


class ReportView(QWidget):
    """Everything below the verdict: by step in the portal's order, then what is settled, passed and not checked."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self.steps = {page: StepFindings(page, session, texts) for page in PAGES}
        self.settled = Disclosure("", texts)
        self._answered = FindingList(session, texts, listed=True)
        self._answered.chosen.connect(session.go_to)
        self.settled.column.addWidget(self._answered)
        self.passed = Disclosure("", texts)
        self._passed_lines = label("", "muted")
        self.passed.column.addWidget(self._passed_lines)
        self.unchecked = Disclosure("", texts)
        self._unchecked_lines = label("", "muted", selectable=True)
        self.unchecked.column.addWidget(self._unchecked_lines)
        for part in (self._passed_lines, self._unchecked_lines, self._answered):
            part.setContentsMargins(theme.space(3), 0, 0, theme.space())
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(3))
        for step in self.steps.values():
            down.addWidget(step)
        folded = QVBoxLayout()
        folded.setSpacing(theme.space(0.5))
        for disclosure in (self.settled, self.passed, self.unchecked):
            folded.addWidget(disclosure)
        down.addLayout(folded)

    def refresh(self) -> None:
        """There is a new report."""
        report, texts = self._session.report, self._texts
        by_step: dict[PageId, list[Finding]] = {page: [] for page in PAGES}
        for finding in report.findings:
            if not finding.answered:
                by_step[target_of(finding).page].append(finding)
        for page, step in self.steps.items():
            step.show_findings(by_step[page])
        answered = [finding for finding in report.findings if finding.answered]
        self._answered.show_findings(answered)
        self.settled.setVisible(bool(answered))
        self.settled.set_heading(texts.get("ui.report.answered", count=len(answered)))
        self._show_passed()
        lines = [mask(line.sentence(texts)) for line in report.not_checked]
        self.unchecked.set_heading(texts.get("ui.report.not_checked", count=len(lines)))
        self._unchecked_lines.setText("\n".join(f"· {line}" for line in lines))
        self.unchecked.setVisible(bool(lines))

    def _show_passed(self) -> None:
        texts = self._texts
        passed = [result.code[:3] for result in self._session.report.results if result.outcome == "passed"]
        counts = Counter(passed)
        lines = [
            texts.get("report_card.family_passed", family=texts.word("report_card.family", family), count=count)
            for family, count in counts.items()
        ]
        self.passed.set_heading(texts.get("ui.report.passed", count=len(passed)))
        self._passed_lines.setText(texts.get("ui.header.between").join(lines))
        self.passed.setVisible(bool(passed))
