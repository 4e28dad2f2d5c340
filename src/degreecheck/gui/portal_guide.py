"""What to do on the portal, step by step, with what goes wrong there (M2-M5, M29). Ticks are for oneself, not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from degreecheck.gui import clipboard, theme
from degreecheck.gui.parts import CopyButton, ElidedLabel, StateMark, ToolBarButton, label

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts

STEPS = ("open", "register", "login", "apply", "fill", "submit", "record")
_TRAPS = {"login": "login", "fill": "id_number", "submit": "submit"}  # step → where its traps are in the pack
_TICKED = "portal_steps_ticked"  # a property of the session: until the window closes, and in no file


class GuideStep(QWidget):
    """One step: a box to tick off, what to do, and what to mind."""

    def __init__(self, number: int, says: str, texts: Texts) -> None:
        super().__init__()
        self.tick = QCheckBox()
        self.tick.setAccessibleName(texts.get("ui.guide.tick", number=number, step=says))
        self._words = label(f"{number}. {says}")
        self.inside = QVBoxLayout()
        self.inside.setSpacing(theme.space(0.5))
        self.inside.addWidget(self._words)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space(0.5))
        across.addWidget(self.tick, alignment=Qt.AlignmentFlag.AlignTop)
        across.addLayout(self.inside, 1)
        first = self.tick.sizeHint().height()
        self._words.setContentsMargins(0, max(0, (first - self._words.fontMetrics().height()) // 2), 0, 0)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.tick.toggled.connect(lambda on: theme.restyle(self._words, role="muted" if on else "body"))

    def mind(self, words: str, texts: Texts) -> None:
        """Something that goes wrong here."""
        row = QHBoxLayout()
        row.setSpacing(theme.space(0.75))
        row.addWidget(StateMark("warning", texts.word("severity", "warning"), 16), alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(words), 1)
        self.inside.addLayout(row)


class PortalGuide(QWidget):
    """The steps, the pack's addresses and traps among them."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self.steps: dict[str, GuideStep] = {}
        self.copies: list[CopyButton] = []
        self.openers: list[ToolBarButton] = []
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(3), 0, 0, 0)
        down.setSpacing(theme.space(1))
        ticked = set(session.property(_TICKED) or ())
        for number, name in enumerate(STEPS, 1):
            step = GuideStep(number, texts.get(f"ui.guide.step.{name}"), texts)
            self.steps[name] = step
            if name == "open":
                for address in session.pack.portal.addresses:
                    step.inside.addWidget(self._address(address))
            for trap in session.pack.portal.traps:
                if trap.where == _TRAPS.get(name):
                    step.mind(trap.in_language(texts.language), texts)
            step.tick.setChecked(name in ticked)
            step.tick.toggled.connect(self._keep)
            down.addWidget(step)
        down.addWidget(label(texts.get("ui.guide.no_fee"), "caption"))

    def _address(self, address: str) -> QWidget:
        texts = self._texts
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space(0.5))
        shown = ElidedLabel(address, Qt.TextElideMode.ElideMiddle, "muted")
        shown.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        copy = CopyButton(texts.get("ui.values.copy", name=address))
        copy.clicked.connect(lambda: self._copy(address, copy))
        self.copies.append(copy)
        across.addWidget(shown, 1)
        across.addWidget(copy)
        # A pack may come from a file of anybody's: only what a browser opens is handed to the system.
        if QUrl(address).scheme() in ("http", "https"):
            opener = ToolBarButton("link_out", texts.get("ui.guide.browse", address=address))
            opener.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(address)))
            self.openers.append(opener)
            across.addWidget(opener)
        return row

    def _copy(self, address: str, button: CopyButton) -> None:
        clipboard.copy(address)
        button.confirm(self._texts.get("copy_sheet.copied"))

    def _keep(self) -> None:
        self._session.setProperty(_TICKED, [name for name, step in self.steps.items() if step.tick.isChecked()])
