"""What was read in a picture, offered for a field: the words, the cut-out they were read from, and a button.

Nothing is ever filled in by itself: reading makes mistakes, and the person compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.parts import FlowLayout, label, push_button
from degreecheck.gui.places import SLOT_PAGES, Target
from degreecheck.privacy import mask_number

if TYPE_CHECKING:
    from degreecheck.facts import Box
    from degreecheck.gui.session import Session
    from degreecheck.inspectors.messages import Result
    from degreecheck.papers.proposals import Proposal
    from degreecheck.text import Texts

_HEIGHT = 36  # of the cut-out, logical pixels
_WIDEST = 320
_LONGEST_SIDE = 1200  # device pixels asked of the worker, before it is scaled to the line
_MARGIN = 0.15  # of the cut-out's height, so that a badly placed box still shows the whole writing


class ProposalLine(QWidget):
    """One proposal under its field."""

    def __init__(self, proposal: Proposal, session: Session, texts: Texts, *, sensitive: bool) -> None:
        super().__init__()
        self.proposal = proposal
        self._session = session
        hidden = sensitive and session.masked
        value = mask_number(str(proposal.value)) if hidden else str(proposal.value)
        self._picture = QLabel()
        self._picture.setVisible(False)
        self._picture.setAccessibleName(texts.get("ui.proposal.picture"))
        says = label(texts.get("ui.proposal.says", slot=proposal.slot, value=value), "caption")
        self.use = push_button(texts.get("ui.proposal.use"), "link")
        self.use.setAccessibleName(f"{says.text()} {self.use.text()}")
        self.use.clicked.connect(lambda: session.set_value(proposal.field, proposal.value))
        look = push_button(texts.get("ui.proposal.look"), "link")
        target = Target(SLOT_PAGES[proposal.slot], slot=proposal.slot, file=proposal.file, regions=proposal.regions)
        look.clicked.connect(lambda: session.going_to.emit(target))
        actions = QWidget()
        row = FlowLayout(actions)
        row.addWidget(self.use)
        row.addWidget(look)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(0.5))
        down.addWidget(says)
        down.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignLeft)
        down.addWidget(actions)
        if not hidden:
            self._ask_picture()

    def _ask_picture(self) -> None:
        from degreecheck.inspectors.messages import Render

        region = self.proposal.regions[0]
        path = self._session.path / self.proposal.file
        request = Render(path, region.page, _LONGEST_SIDE, _with_margin(region.box))
        self._session.background.ask(self, request, self._show_picture)

    def _show_picture(self, answer: Result) -> None:
        from degreecheck.inspectors.messages import Rendered

        if not isinstance(answer, Rendered):
            return
        ratio = self.devicePixelRatioF()
        picture = QImage(answer.rgb, answer.width, answer.height, answer.width * 3, QImage.Format.Format_RGB888)
        scaled = picture.scaled(
            round(_WIDEST * ratio), round(_HEIGHT * ratio),
            Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        scaled.setDevicePixelRatio(ratio)
        self._picture.setPixmap(QPixmap.fromImage(scaled))
        self._picture.setVisible(True)


def _with_margin(box: Box) -> Box:
    left, top, right, bottom = box
    margin = (bottom - top) * _MARGIN
    return (max(0.0, left - margin), max(0.0, top - margin), min(1.0, right + margin), min(1.0, bottom + margin))
