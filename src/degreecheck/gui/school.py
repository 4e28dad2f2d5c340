"""Choosing whose rules apply: a school that comes with the program, or a pack from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QDialogButtonBox, QFileDialog, QRadioButton, QVBoxLayout

from degreecheck import pack
from degreecheck.gui import theme
from degreecheck.gui.parts import caption, label, push_button

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.gui.window import Window
    from degreecheck.pack import Pack


class SchoolDialog(QDialog):
    """The schools, with a word about those whose rules are known from public facts only."""

    def __init__(self, session: Session, window: Window) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._texts = texts = window.texts
        self.setWindowTitle(texts.get("ui.school.title"))
        self.setMinimumWidth(520)
        self._group = QButtonGroup(self)
        self._chosen: dict[QRadioButton, tuple[str, Pack]] = {}
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(2))
        down.setSpacing(theme.space(1.5))
        down.addWidget(label(texts.get("ui.school.lead"), "muted"))
        self._schools = QVBoxLayout()
        self._schools.setSpacing(theme.space())
        down.addLayout(self._schools)
        for name in pack.shipped():
            self._add(name, pack.find(name), checked=session.pack.id == name)
        if session.pack.id not in pack.shipped():
            self._add(session.form.pack, session.pack, checked=True)
        other = push_button(texts.get("ui.school.from_file"), "quiet", "open")
        other.clicked.connect(self._from_file)
        down.addWidget(other, alignment=Qt.AlignmentFlag.AlignLeft)
        self._trouble = label("", "body", selectable=True)
        self._trouble.setVisible(False)
        down.addWidget(self._trouble)
        buttons = QDialogButtonBox()
        use = buttons.addButton(texts.get("ui.school.use"), QDialogButtonBox.ButtonRole.AcceptRole)
        use.setDefault(True)
        buttons.addButton(texts.get("ui.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._use)
        buttons.rejected.connect(self.reject)
        down.addWidget(buttons)

    def _add(self, name: str, school: Pack, *, checked: bool) -> None:
        button = QRadioButton(school.school.name)
        button.setChecked(checked)
        self._group.addButton(button)
        self._chosen[button] = (name, school)
        self._schools.addWidget(button)
        if school.advisory:
            self._schools.addWidget(caption(self._texts.get("ui.school.advisory")))

    def _from_file(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, self._texts.get("ui.school.from_file"), "", "TOML (*.toml)")
        if not file:
            return
        try:
            found = pack.load(Path(file))
        except pack.PackInvalid as invalid:
            sentences = [
                self._texts.get(f"pack_problem.{p.kind}", key=p.key, given=p.given, legal=p.legal)
                for p in invalid.problems[:8]
            ]
            self._trouble.setText("\n".join([self._texts.get("ui.school.invalid"), *sentences]))
            self._trouble.setVisible(True)
            return
        self._trouble.setVisible(False)
        self._add(file, found, checked=True)

    def _use(self) -> None:
        chosen = self._group.checkedButton()
        if isinstance(chosen, QRadioButton):
            self._session.choose_pack(*self._chosen[chosen])
        self.accept()
