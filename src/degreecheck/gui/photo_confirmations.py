"""What only the person can know about the photo (M15, M16): four boxes to tick, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.finding_view import FindingList
from degreecheck.gui.parts import caption, heading

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.pack import Pack
    from degreecheck.text import Texts

NAMES = ("photo_recent", "photo_bareheaded", "photo_unretouched", "paper_photo_same")
_INDENT = 29  # logical pixels: where a check box's words begin
_RULE = "PHO602"


class PhotoConfirmations(QWidget):
    """The boxes, each with a line that says what is meant."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._touched = False
        self._texts = texts
        self.boxes: dict[str, QCheckBox] = {}
        self._meant: dict[str, QLabel] = {}
        self._findings = FindingList(session, texts)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space())
        down.addWidget(heading(texts.get("ui.photo.confirm_heading")))
        for name in NAMES:
            down.addLayout(self._row(name, texts))
        down.addWidget(self._findings)
        self.refresh()
        self.show_findings()

    def _row(self, name: str, texts: Texts) -> QVBoxLayout:
        path = f"confirmations.{name}"
        box = QCheckBox(texts.word("field", path))
        meant = self._meant[name] = caption()
        meant.setContentsMargins(_INDENT, 0, 0, 0)
        box.clicked.connect(lambda checked: self._confirm(path, checked))
        self.boxes[name] = box
        row = QVBoxLayout()
        row.setSpacing(0)
        row.addWidget(box, alignment=Qt.AlignmentFlag.AlignLeft)
        row.addWidget(meant)
        return row

    def _confirm(self, path: str, checked: bool) -> None:
        self._touched = True
        self._session.set_value(path, checked)

    def show_pack(self, pack: Pack) -> None:
        """Say what is meant at this school."""
        for name, meant in self._meant.items():
            meant.setText(self._texts.get(f"ui.photo.confirm.{name}", months=pack.photo.greatest_age_months))
            self.boxes[name].setAccessibleDescription(meant.text())

    def refresh(self) -> None:
        """The form has changed."""
        for name, box in self.boxes.items():
            box.setChecked(bool(self._session.value(f"confirmations.{name}")))

    def show_findings(self) -> None:
        """There is a new report. What is still to be ticked is no reproach before somebody began."""
        session = self._session
        begun = self._touched or "export" in session.visited
        found = [finding for finding in session.report.findings if finding.code == _RULE and begun]
        self._findings.show_findings(found)

    def focus_next(self) -> None:
        """Put the focus on the first box that is not ticked."""
        box = next((box for box in self.boxes.values() if not box.isChecked()), next(iter(self.boxes.values())))
        box.setFocus(Qt.FocusReason.OtherFocusReason)
