"""One finding as people see it: beside the field or slot, and in the list, with the same words and the same actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.parts import FlowLayout, StateMark, announce, label, push_button
from degreecheck.gui.places import is_missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.gui.session import Session
    from degreecheck.report import Finding
    from degreecheck.text import Texts

_MARKS = {"error": "error", "warning": "question", "note": "note"}


def mark_of(finding: Finding) -> str:
    """The shape of a finding: an answered warning is settled, a missing thing is still to do."""
    if finding.answered:
        return "ok"
    return "todo" if is_missing(finding) else _MARKS[finding.severity]


def state_word(finding: Finding, texts: Texts) -> str:
    """The word beside the shape."""
    if finding.answered:
        return texts.get("ui.finding.answered")
    return texts.get("ui.finding.missing") if is_missing(finding) else texts.word("severity", finding.severity)


def proposal_of(finding: Finding) -> str:
    """The value that would be right ("" where the finding does not know one), for "use this value"."""
    proposal = finding.values.get("proposal")
    return proposal if isinstance(proposal, str) and finding.field else ""


def title_of(finding: Finding, texts: Texts) -> str:
    """Its title in a list, with the slot where nothing else of it says which: four papers may lack the same thing."""
    title = finding.title(texts)
    slot = texts.word("slot", finding.slot) if finding.slot else ""
    if not slot or slot in title or slot in finding.message(texts):
        return title
    return texts.get("ui.finding.of_slot", slot=slot, title=title)


class FindingView(QWidget):
    """A finding. ``listed``: in the list, with its title, and a click or Enter leads to its place."""

    chosen = Signal(object)

    def __init__(self, finding: Finding, session: Session, texts: Texts, *, listed: bool = False) -> None:
        super().__init__()
        self.finding = finding
        self._session = session
        self._listed = listed
        says = [finding.message(texts), finding.fix(texts)]
        mark = StateMark(mark_of(finding), state_word(finding, texts), 18)
        words = QVBoxLayout()
        words.setSpacing(theme.space(0.25))
        if listed:
            words.addWidget(label(title_of(finding, texts), "heading"))
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.setProperty("kind", "row")
        words.addWidget(label(says[0], "body", selectable=not listed))
        if says[1]:
            words.addWidget(label(says[1], "muted", selectable=not listed))
        if finding.override_reason:
            words.addWidget(label(texts.get("ui.finding.override", reason=finding.override_reason), "caption"))
        self._add_actions(words, texts)
        across = QHBoxLayout(self)
        margin = theme.space() if listed else 0
        across.setContentsMargins(margin, margin, margin, margin)
        across.setSpacing(theme.space())
        across.addWidget(mark, alignment=Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        title = [title_of(finding, texts)] if listed else []
        self.setAccessibleName(" ".join([state_word(finding, texts), *title, *says]))

    def _add_actions(self, words: QVBoxLayout, texts: Texts) -> None:
        finding, session = self.finding, self._session
        actions = QWidget()
        row = FlowLayout(actions)
        proposal = proposal_of(finding)
        if proposal and not finding.answered:
            use = push_button(texts.get("ui.finding.use", value=proposal), kind="link")
            use.clicked.connect(lambda: session.set_value(str(finding.field), proposal))
            row.addWidget(use)
        if finding.severity == "warning" and finding.answerable:
            key = "ui.finding.take_back" if finding.answered else "ui.finding.answer"
            answer = push_button(texts.get(key), kind="link")
            answer.setAccessibleName(f"{answer.text()}: {finding.title(texts)}")
            answer.clicked.connect(lambda: session.answer(finding, yes=not finding.answered))
            row.addWidget(answer)
        if row.count():
            words.addWidget(actions)
        else:
            actions.deleteLater()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A click on a listed finding leads to its place."""
        super().mouseReleaseEvent(event)
        if (
            self._listed
            and event.button() == Qt.MouseButton.LeftButton
            and self.rect().contains(event.position().toPoint())
        ):
            self.chosen.emit(self.finding)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """So does Enter."""
        if self._listed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.finding)
            return
        super().keyPressEvent(event)


class FindingList(QWidget):
    """Findings one under the other; only what changed is made anew, so nothing flickers or jumps."""

    chosen = Signal(object)

    def __init__(self, session: Session, texts: Texts, *, listed: bool = False) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._listed = listed
        self._shown: list[Finding] = []
        self._views: list[FindingView] = []
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme.space(0.5 if listed else 1))
        self.setVisible(False)

    @property
    def findings(self) -> list[Finding]:
        """What is shown."""
        return list(self._shown)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these, in this order."""
        if list(findings) == self._shown:
            return
        before = {view.finding.key: view for view in self._views}
        views: list[FindingView] = []
        for finding in findings:
            known = before.pop(finding.key, None)
            if known is not None and known.finding == finding:
                views.append(known)
                continue
            if known is not None:
                self._drop(known)
            views.append(self._made(finding))
        for view in before.values():
            self._drop(view)
        for index, view in enumerate(views):
            if self._down.indexOf(view) != index:
                self._down.insertWidget(index, view)
                view.show()
        new = [view for view in views if view.finding not in self._shown]
        self._shown, self._views = list(findings), views
        self._appear()
        if new and not self._listed and self.isVisible():
            announce(self, new[0].accessibleName())

    def _appear(self) -> None:
        # Without a parent it would be a window of its own for a moment, and take the focus with it.
        if self.parentWidget() is not None or not self._views:
            self.setVisible(bool(self._views))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Once it has its place it may be seen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ParentChange:
            self._appear()

    def _made(self, finding: Finding) -> FindingView:
        view = FindingView(finding, self._session, self._texts, listed=self._listed)
        view.chosen.connect(self.chosen)
        return view

    def _drop(self, view: FindingView) -> None:
        focused: QWidget | None = view.window().focusWidget()
        had_focus = focused is not None and view.isAncestorOf(focused)
        self._down.removeWidget(view)
        view.hide()
        view.deleteLater()
        if had_focus:
            self.focusNextPrevChild(True)
