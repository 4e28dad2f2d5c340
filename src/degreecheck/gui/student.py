"""One application in a window: steps left, the page in the middle, its findings right, the strip above."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from degreecheck.gui.fields import Page
from degreecheck.gui.findings_panel import FindingsPanel
from degreecheck.gui.header import Header
from degreecheck.gui.menu import student_menu
from degreecheck.gui.pages.certificates import CertificatesPage
from degreecheck.gui.pages.courses import CoursesPage
from degreecheck.gui.pages.export import ExportPage
from degreecheck.gui.pages.identity import IdentityPage
from degreecheck.gui.pages.institution import InstitutionPage
from degreecheck.gui.pages.personal import PersonalPage
from degreecheck.gui.pages.submission import SubmissionPage
from degreecheck.gui.pages.thesis import ThesisPage
from degreecheck.gui.pages.transcript import TranscriptPage
from degreecheck.gui.parts import Toast, ToolBarButton
from degreecheck.gui.places import PAGES, PageId, Target
from degreecheck.gui.steps import Steps
from degreecheck.gui.unsaved import SavingNotice

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.gui.window import Window
    from degreecheck.text import Texts

_PAGES: dict[PageId, Callable[[Session, Texts], Page]] = {
    "personal": PersonalPage,
    "institution": InstitutionPage,
    "courses": CoursesPage,
    "thesis": ThesisPage,
    "identity": IdentityPage,
    "transcript": TranscriptPage,
    "certificates": CertificatesPage,
    "export": ExportPage,
    "submission": SubmissionPage,
}
_FOLD_STEPS_BELOW = 1000  # logical pixels of the window's width
_FOLD_FINDINGS_BELOW = 860


class StudentView(QWidget):
    """The student's half of the window."""

    def __init__(self, session: Session, window: Window) -> None:
        super().__init__()
        self.session = session
        self.page: PageId = "personal"
        self._settings = window.program.settings
        texts = window.texts
        self.window_texts = texts
        self.header = Header(session, texts, student_menu(window, self))
        self.notice = SavingNotice(session, texts)
        self.steps = Steps(session, texts)
        self.steps.chosen.connect(self.show_page)
        self.findings = FindingsPanel(session, texts)
        self.findings.going_on.connect(self.show_page)
        self.findings.folded.connect(lambda: self._fold_findings(folded=True))
        self._unfold = ToolBarButton("side_left", texts.get("ui.findings.unfold"), "F8")
        self._unfold.clicked.connect(lambda: self._fold_findings(folded=False))
        self._stack = QStackedWidget()
        self._pages: dict[PageId, Page] = {}
        self._toast = Toast(self)
        self._folded_by_hand = self._settings.flag("findings_folded", False)
        self._lay_out()
        self._add_keys()
        session.going_to.connect(self.go_to)
        session.told.connect(self._toast.say)
        self.header.verdict_chosen.connect(lambda: self.show_page("export"))
        self.header.days_chosen.connect(lambda: self.show_page("submission"))
        self.show_page("personal")
        self._fold()

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.notice)
        middle.addWidget(self._stack, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.steps)
        across.addLayout(middle, 1)
        across.addWidget(self._unfold, alignment=Qt.AlignmentFlag.AlignTop)
        across.addWidget(self.findings)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.header)
        down.addLayout(across, 1)

    def _add_keys(self) -> None:
        for number, page in enumerate(PAGES, 1):
            action = QAction(self)
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            action.triggered.connect(lambda _checked=False, page=page: self.enter_page(page))
            self.addAction(action)
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _checked=False, by=by: self._walk(by))
            self.addAction(action)
        around = QAction(self)
        around.setShortcut(QKeySequence("F6"))
        around.triggered.connect(self._next_part)
        self.addAction(around)

    def page_widget(self, page: PageId) -> Page:
        """The page itself; made when it is first shown."""
        if page not in self._pages:
            self._pages[page] = made = _PAGES[page](self.session, self.window_texts)
            self._stack.addWidget(made)
            # Lines that wrap find their height in a second round of layout: nothing half-placed is painted before.
            self._stack.setUpdatesEnabled(False)
            QTimer.singleShot(0, self._stack, lambda: self._stack.setUpdatesEnabled(True))
        return self._pages[page]

    def show_page(self, page: str) -> None:
        """Bring a page to the front."""
        self.page = next(known for known in PAGES if known == page)
        self.session.visited.add(self.page)
        shown = self.page_widget(self.page)
        self._stack.setCurrentWidget(shown)
        self.steps.choose(self.page)
        self.findings.show_page(self.page)
        self._fold()
        shown.enter()
        for made in self._pages.values():
            made.show_findings()

    def enter_page(self, page: str) -> None:
        """Bring a page to the front and put the cursor on it, for who came by a key."""
        self.show_page(page)
        focus_first(self.page_widget(self.page))

    def go_to(self, target: Target) -> None:
        """Bring a place to the front: its page, and on it the field or slot."""
        if target.page != self.page:
            self.show_page(target.page)
        self.page_widget(self.page).reveal(target)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Side columns fold where there is no room for them."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        self.steps.set_folded(self.width() < _FOLD_STEPS_BELOW)
        hidden = self._folded_by_hand or self.width() < _FOLD_FINDINGS_BELOW
        overview = self.page == "export"  # it lists all findings itself
        self.findings.setVisible(not hidden and not overview)
        self._unfold.setVisible(hidden and not overview)

    def _fold_findings(self, *, folded: bool) -> None:
        self._folded_by_hand = folded
        self._settings.keep_flag("findings_folded", folded)
        self._fold()
        if not folded and self.width() < _FOLD_FINDINGS_BELOW:
            self.findings.show()  # asked for: shown all the same, until the window changes
            self._unfold.hide()

    def _walk(self, by: int) -> None:
        self.enter_page(PAGES[(PAGES.index(self.page) + by) % len(PAGES)])

    def _next_part(self) -> None:
        parts = [self.steps, self._stack, self.findings, self.header]
        shown = [part for part in parts if part.isVisible()]
        focused: QWidget | None = self.focusWidget()
        present = next((i for i, part in enumerate(shown) if focused is not None and part.isAncestorOf(focused)), -1)
        for offset in range(1, len(shown) + 1):
            part = shown[(present + offset) % len(shown)]
            if focus_first(part):
                return


def focus_first(part: QWidget) -> bool:
    """Put the focus on the first control of a part; whether it has one."""
    target = next((widget for widget in part.findChildren(QWidget) if _takes_tab(widget)), None)
    if target is not None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
    return target is not None


def _takes_tab(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
