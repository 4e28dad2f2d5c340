"""Messages about the photo with numbers: the same numbers stand at their places in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.finding_view import FindingList, FindingView
from degreecheck.gui.parts import push_button
from degreecheck.gui.photo_marks import Mark

if TYPE_CHECKING:
    from degreecheck.facts import Box
    from degreecheck.gui.session import Session
    from degreecheck.report import Finding
    from degreecheck.text import Texts

_BADGE = 18  # logical pixels
_WORST = {"error": 0, "warning": 1, "note": 2}


def numbered(findings: Sequence[Finding], file: str) -> list[tuple[int, Finding]]:
    """The findings that have a place in the picture, numbered from 1 in the list's order."""
    placed = [finding for finding in findings if finding.regions and finding.file in (file, None)]
    return list(enumerate(placed, 1))


def marks_of(findings: Sequence[Finding], file: str) -> list[Mark]:
    """The places of the findings; several that speak of one place share a mark."""
    places: dict[Box, list[tuple[int, str]]] = {}
    for number, finding in numbered(findings, file):
        severity = "note" if finding.answered else finding.severity
        for region in finding.regions:
            if region.page == 0:
                places.setdefault(region.box, []).append((number, severity))
    return [
        Mark(
            box,
            tuple(dict.fromkeys(number for number, _ in found)),
            min((severity for _, severity in found), key=lambda severity: _WORST[severity]),
        )
        for box, found in places.items()
    ]


class _Badge(QWidget):
    """A number, as it stands in the picture."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self.severity = "note"
        self.setFixedSize(QSize(_BADGE + 4, _BADGE))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  (Qt's name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = {"error": "error", "warning": "warning"}.get(self.severity, "note")
        shape = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.load("light").colour(token))
        painter.drawRoundedRect(shape, _BADGE / 2, _BADGE / 2)
        font = theme.text_size(painter.font(), "caption")
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, str(self.number))


class PhotoFinding(FindingView):
    """A finding with its number and a way to its place in the picture, where it has one."""

    shown = Signal(int)

    def __init__(self, finding: Finding, session: Session, texts: Texts) -> None:
        super().__init__(finding, session, texts)
        self.number = 0
        self._texts = texts
        self._badge = _Badge()
        self._badge.severity = "note" if finding.answered else finding.severity
        self._show = push_button(texts.get("ui.photo.show_place"), "link", "search")
        self._show.clicked.connect(lambda: self.shown.emit(self.number))
        across = self.layout()
        assert isinstance(across, QBoxLayout)
        across.insertWidget(0, self._badge, alignment=Qt.AlignmentFlag.AlignTop)
        words = across.itemAt(across.count() - 1)
        assert isinstance(words, QBoxLayout)
        words.addWidget(self._show, alignment=Qt.AlignmentFlag.AlignLeft)
        self.set_number(0)

    def focus_show(self) -> None:
        """Put the focus on the way to its place."""
        self._show.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_number(self, number: int) -> None:
        """The number in the picture; 0: it has no place there."""
        self.number = self._badge.number = number
        self._badge.setVisible(bool(number))
        self._show.setVisible(bool(number))
        self._show.setAccessibleName(self._texts.get("ui.photo.show_place_number", number=number))
        self._badge.update()


class PhotoFindings(FindingList):
    """The messages; ``place_chosen`` tells the number whose place is to be shown."""

    place_chosen = Signal(int)

    def show_numbered(self, findings: Sequence[Finding], file: str) -> None:
        """Show these, in this order, numbered as in the picture."""
        self.show_findings(findings)
        numbers = {finding.key: number for number, finding in numbered(findings, file)}
        for view in self._views:
            if isinstance(view, PhotoFinding):
                view.set_number(numbers.get(view.finding.key, 0))

    def focus_number(self, number: int) -> None:
        """Put the focus on the message of that number."""
        for view in self._views:
            if isinstance(view, PhotoFinding) and number and view.number == number:
                view.focus_show()

    def _made(self, finding: Finding) -> FindingView:
        view = PhotoFinding(finding, self._session, self._texts)
        view.shown.connect(self.place_chosen)
        return view
