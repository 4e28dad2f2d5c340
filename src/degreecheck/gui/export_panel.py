"""Where to, with a password or not, go; then progress; then what was made. The export itself is exporting.py's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from degreecheck.gui import theme
from degreecheck.gui.disclosure import empty
from degreecheck.gui.exporting import STAGES, Exporting, cannot_export, password_problem
from degreecheck.gui.parts import ElidedLabel, FlowLayout, Notice, Switch, announce, label, push_button
from degreecheck.gui.printing import open_outside
from degreecheck.privacy import mask

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.output.bundle import Exported
    from degreecheck.text import Texts

_STEPS_OF_A_STAGE = 200


class ExportChoices(QWidget):
    """Place, password, and the button."""

    asked = Signal()

    def __init__(self, exporting: Exporting, texts: Texts) -> None:
        super().__init__()
        self._exporting = exporting
        self._texts = texts
        self.place = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        self.choose = push_button(texts.get("ui.export.choose"), icon_name="folder")
        self.choose.clicked.connect(self._choose)
        self.encrypt = Switch(texts.get("ui.export.encrypt"))
        self.encrypt.toggled.connect(self._show_password)
        self.password = self._password_field("ui.export.password")
        self.again = self._password_field("ui.export.again")
        self.allow = QCheckBox(texts.get("ui.export.allow_errors"))
        self.start = push_button(texts.get("ui.export.start"), "primary", "export")
        self.start.clicked.connect(self.asked)
        self._passwords = QWidget()
        self._lay_out()
        self._show_password(on=False)

    def _password_field(self, key: str) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(self._texts.get(key))
        field.setPlaceholderText(self._texts.get(key))
        field.setMaximumWidth(320)
        field.returnPressed.connect(self.asked)
        return field

    def _lay_out(self) -> None:
        texts = self._texts
        where = QHBoxLayout()
        where.setSpacing(theme.space())
        where.addWidget(label(texts.get("ui.export.to"), "muted", wrap=False))
        where.addWidget(self.place, 1)
        where.addWidget(self.choose)
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        inside = QVBoxLayout(self._passwords)
        inside.setContentsMargins(theme.space(5), 0, 0, 0)
        inside.setSpacing(theme.space())
        inside.addWidget(self.password)
        inside.addWidget(self.again)
        inside.addWidget(label(texts.get("ui.export.password_hint"), "caption"))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(1.5))
        down.addLayout(where)
        down.addWidget(self.encrypt)
        down.addWidget(self._passwords)
        down.addWidget(self.allow)
        down.addSpacing(theme.space(0.5))
        down.addWidget(self.start, alignment=Qt.AlignmentFlag.AlignLeft)

    def refresh(self, *, errors: bool) -> None:
        """Show the place; the box about errors only where there are some."""
        place = str(self._exporting.place)
        self.place.setText(place)
        self.choose.setAccessibleName(f"{self.choose.text()}: {place}")
        self.allow.setVisible(errors)
        if not errors:
            self.allow.setChecked(False)

    def problem(self) -> str:
        """What is wrong with the password, as a key of the texts; "" for nothing."""
        if not self.encrypt.isChecked():
            return ""
        problem = password_problem(self.password.text(), self.again.text())
        return {"": "", "signs": "bundle.password_signs"}.get(problem, f"ui.export.password_{problem}")

    def chosen_password(self) -> str:
        """The password, "" for none."""
        return self.password.text() if self.encrypt.isChecked() else ""

    def _show_password(self, on: bool) -> None:
        self._passwords.setVisible(on)
        if on:
            self.password.setFocus()
        else:
            self.password.clear()
            self.again.clear()

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(
            self, self._texts.get("ui.export.choose_title"), str(self._exporting.place)
        )
        if found:
            self._exporting.set_place(Path(found))


class ExportResult(QWidget):
    """What was made, what was left out, and what to do next."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._shown: Exported | None = None
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme.space(1.5))

    def show_result(self, exported: Exported, *, encrypted: bool, focus: bool) -> None:
        """Tell it; ``focus``: the next thing to press gets it."""
        if exported is self._shown:
            return
        self._shown = exported
        texts = self._texts
        empty(self._down)
        made = texts.get("ui.export.made", name=exported.folder.name)
        notice = Notice("ok" if exported.passed else "warning", made)
        self._down.addWidget(notice)
        announce(self, made)
        for line in _lines(exported, texts, encrypted=encrypted):
            self._down.addWidget(label(mask(line), "muted", selectable=True))
        open_folder = push_button(texts.get("ui.export.open_folder"), "primary", "open")
        open_folder.clicked.connect(lambda: self._open(exported.folder))
        again = push_button(texts.get("ui.export.again_button"), icon_name="refresh")
        again.clicked.connect(Exporting.of(self._session).forget)
        further = push_button(texts.get("ui.export.further"), "quiet", "send")
        further.clicked.connect(lambda: self._session.go_to_page("submission"))
        buttons = QWidget()
        row = FlowLayout(buttons)
        for button in (open_folder, again, further):
            row.addWidget(button)
        self._down.addWidget(buttons)
        if focus:
            open_folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, folder: Path) -> None:
        if not open_outside(folder):
            self._session.told.emit(self._texts.get("ui.export.cannot_open", path=str(folder)))


def _lines(exported: Exported, texts: Texts, *, encrypted: bool) -> list[str]:
    from degreecheck.output.bundle import left_out_line

    lines = [texts.get("ui.export.archive", name=exported.archive.name)]
    if encrypted:
        lines = [texts.get("ui.export.archive_password", name=exported.archive.name), texts.get("bundle.folder_plain")]
    if not exported.passed:
        lines.append(texts.get("bundle.not_passed"))
    if exported.left_out:
        lines.append(texts.get("bundle.some_left_out", count=len(exported.left_out)))
        lines += [f"　{left_out_line(entry, texts)}" for entry in exported.left_out]
    if exported.missing_characters:
        lines.append(texts.get("bundle.missing_characters", characters=list(exported.missing_characters)))
    return lines


class ExportPanel(QWidget):
    """The three of them, one at a time."""

    undeclared = Signal()  # asked for without the declaration

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self.exporting = Exporting.of(session)
        self.notice = Notice("error", "", state_word=texts.word("severity", "error"))
        self.notice.hide()
        self.choices = ExportChoices(self.exporting, texts)
        self.choices.asked.connect(self._start)
        self._progress = QWidget()
        self.stage = label("", "body")
        self.bar = QProgressBar()
        self.bar.setRange(0, len(STAGES) * _STEPS_OF_A_STAGE)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(texts.get("ui.export.progress"))
        self.cancel = push_button(texts.get("ui.cancel"), icon_name="stop")
        self.cancel.clicked.connect(self.exporting.cancel)
        going = QVBoxLayout(self._progress)
        going.setContentsMargins(0, 0, 0, 0)
        going.setSpacing(theme.space())
        going.addWidget(self.stage)
        going.addWidget(self.bar)
        going.addWidget(self.cancel, alignment=Qt.AlignmentFlag.AlignLeft)
        self.result = ExportResult(session, texts)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(1.5))
        for part in (self.notice, self.choices, self._progress, self.result):
            down.addWidget(part)
        self._state: str = self.exporting.state
        self._complaint = ""  # what the button was refused for: errors, undeclared, password
        self.choices.password.textEdited.connect(self._take_back)
        self.choices.again.textEdited.connect(self._take_back)
        session.form_changed.connect(self._form_changed)
        self.exporting.changed.connect(self._show_state)
        self.exporting.progressed.connect(self._show_progress)
        self._show_state()

    def refresh(self) -> None:
        """There is a new report. What was complained of is not said any longer than it is so."""
        report = self._session.report
        errors = report.counts["error"]
        allowable = report.verdict != "unreadable" and (errors or self.exporting.state == "refused")
        self.choices.refresh(errors=bool(allowable))
        truthful = self._session.form.confirmations.truthful
        if (self._complaint == "errors" and not errors) or (self._complaint == "undeclared" and truthful):
            self._take_back()

    def _take_back(self) -> None:
        if self._complaint:
            self._complaint = ""
            self.notice.hide()

    def _form_changed(self) -> None:
        if self.exporting.state in ("refused", "failed", "cancelled", "not_saved"):
            self.exporting.forget()  # it is another application now

    def _start(self) -> None:
        texts, problem = self._texts, self.choices.problem()
        if self.exporting.running:
            return
        if problem:
            self._complain("password", "error", texts.get(problem))
            self.choices.password.setFocus()
            return
        if self._session.report.verdict == "unreadable":
            self._complain("errors", "error", texts.get("bundle.refused_unreadable"))
            return
        allowed = self.choices.allow.isChecked()
        errors = self._session.report.counts["error"]
        if self.exporting.place_problem is None and not allowed:
            if errors:
                self._complain("errors", "error", texts.get("ui.export.refused", count=errors))
                self.choices.allow.setFocus()
                return
            if not self._session.form.confirmations.truthful:
                self._complain("undeclared", "question", texts.get("ui.export.undeclared"))
                self.undeclared.emit()
                return
        self.exporting.start(
            texts,
            allow_errors=allowed,
            password=self.choices.chosen_password(),
            read_text=self._session.inspection.reads_text,
        )

    def _show_state(self) -> None:
        exporting, texts = self.exporting, self._texts
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        other, self._state = exporting.state != self._state, exporting.state
        running, done = exporting.running, exporting.state == "done" and exporting.exported is not None
        self._progress.setVisible(running)
        self.result.setVisible(done)
        self.choices.setVisible(not running and not done)
        self.refresh()
        sentence = exporting.sentence(texts)
        if sentence:
            severity = "note" if exporting.state == "cancelled" else "error"
            self._say(severity, mask(sentence))
        elif exporting.place_problem is not None:
            self._say("error", mask(cannot_export(exporting.place_problem, texts)))
        else:
            self.notice.hide()
        self._complaint = ""
        self.cancel.setEnabled(exporting.state == "running")
        if running:
            self._show_progress(*exporting.progress)
            if had_focus and exporting.state == "running":
                self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        elif done and exporting.exported is not None:
            self.result.show_result(exporting.exported, encrypted=exporting.encrypted, focus=had_focus)
        elif other and had_focus:
            self.choices.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_progress(self, stage: str, done: int, total: int) -> None:
        words = self._texts.get(f"bundle.stage.{stage}")
        if self.exporting.state == "cancelling":
            words = self._texts.get("ui.export.cancelling")
        elif total > 1:
            words = self._texts.get("ui.export.stage", stage=words, done=done, total=total)
        else:
            words = self._texts.get("ui.export.stage_only", stage=words)
        self.stage.setText(words)
        share = done / total if total else 0
        self.bar.setValue(round((STAGES.index(stage) + share) * _STEPS_OF_A_STAGE))

    def _complain(self, of: str, severity: str, text: str) -> None:
        self._say(severity, text)
        self._complaint = of

    def _say(self, severity: str, text: str) -> None:
        words = {"error": "error", "question": "warning", "note": "note"}
        self.notice.set(severity, text, state_word=self._texts.word("severity", words[severity]))
        self.notice.show()
        announce(self, text)
