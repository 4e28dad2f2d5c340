"""The findings on the right: those of the page, worst first, then what is missing, then the others' count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.finding_view import FindingList
from degreecheck.gui.parts import EmptyState, ToolBarButton, label, push_button
from degreecheck.gui.places import PAGES, PageId, is_missing, open_findings, target_of
from degreecheck.gui.steps import is_looking

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


class FindingsPanel(QWidget):
    """What was found on the present page; a click leads to the place. ``folded`` hides it."""

    folded = Signal()
    going_on = Signal(str)  # to the next page on which something is open

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._page: PageId = "personal"
        self.setFixedWidth(theme.current().size("findings"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("kind", "side")
        self.setAccessibleName(texts.get("ui.findings.title"))
        self._title = label(texts.get("ui.findings.title"), "heading")
        fold = ToolBarButton("side_right", texts.get("ui.findings.fold"))
        fold.clicked.connect(self.folded)
        self._open = FindingList(session, texts, listed=True)
        self._missing_title = label("", "caption")
        self._missing = FindingList(session, texts, listed=True)
        self._settled_title = label("", "caption")
        self._settled = FindingList(session, texts, listed=True)
        for shown in (self._open, self._missing, self._settled):
            shown.chosen.connect(session.go_to)
        for heading in (self._missing_title, self._settled_title):
            heading.setIndent(theme.space())
        self._nothing = EmptyState("state_ok", texts.get("ui.findings.nothing"), colour_token="ok")
        self._looking = EmptyState("state_busy", texts.get("ui.header.looking"), colour_token="accent_ink")
        self._next = push_button("", kind="quiet")
        self._next.clicked.connect(self._go_on)
        self._next_page: PageId | None = None
        self._lay_out(fold)
        session.judged.connect(self.refresh)

    def _lay_out(self, fold: QWidget) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(theme.space(2), theme.space(1.5), theme.space(), theme.space())
        top.addWidget(self._title, 1)
        top.addWidget(fold)
        inside = QWidget()
        inside.setProperty("kind", "clear")
        down = QVBoxLayout(inside)
        down.setContentsMargins(theme.space(), 0, theme.space(), theme.space(2))
        down.setSpacing(theme.space())
        for widget in (
            self._nothing, self._looking, self._open,
            self._missing_title, self._missing, self._settled_title, self._settled,
        ):  # fmt: skip
            down.addWidget(widget)
        down.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme.space())
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._next, alignment=Qt.AlignmentFlag.AlignHCenter)

    def show_page(self, page: PageId) -> None:
        """Another page is in front."""
        self._page = page
        self.refresh()

    def refresh(self) -> None:
        """There is a new report, or another page."""
        mine = self._session.findings_of_page(self._page)
        if self._page == "export":  # the last overview: everything that is open anywhere
            mine = list(self._session.report.findings)
        missing = [finding for finding in mine if is_missing(finding) and not finding.answered]
        settled = [finding for finding in mine if finding.answered]
        present = [finding for finding in mine if finding not in missing and finding not in settled]
        self._open.show_findings(present)
        self._missing.show_findings(missing)
        self._settled.show_findings(settled)
        self._missing_title.setText(self._texts.get("ui.findings.missing", count=len(missing)))
        self._missing_title.setVisible(bool(missing))
        self._settled_title.setText(self._texts.get("ui.findings.answered", count=len(settled)))
        self._settled_title.setVisible(bool(settled))
        looking = is_looking(self._page, self._session)
        self._nothing.setVisible(not mine and not looking)
        self._looking.setVisible(not mine and looking)
        self._offer_next()

    def _offer_next(self) -> None:
        counts: dict[PageId, int] = {}
        for finding in open_findings(self._session.report.findings):
            page = target_of(finding).page
            counts[page] = counts.get(page, 0) + 1
        behind = [page for page in PAGES[PAGES.index(self._page) + 1 :] if page in counts]
        before = [page for page in PAGES[: PAGES.index(self._page)] if page in counts]
        self._next_page = next(iter([*behind, *before]), None)
        self._next.setVisible(self._next_page is not None and self._page != "export")
        if self._next_page is not None:
            title = self._texts.get(f"ui.page.{self._next_page}.title")
            self._next.setText(self._texts.get("ui.findings.next", page=title, count=counts[self._next_page]))

    def _go_on(self) -> None:
        if self._next_page is not None:
            self.going_on.emit(self._next_page)
