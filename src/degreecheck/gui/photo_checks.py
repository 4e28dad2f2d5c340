"""The verdict about the photo in a few lines: what was looked at, what was measured, and whether it was found fine.

Nothing is judged here: the states are those of the report's results and findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from degreecheck.facts import FileFacts
from degreecheck.gui import theme
from degreecheck.gui.parts import StateMark, label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from degreecheck.report import Finding, Report, Result
    from degreecheck.text import Texts

CheckId = Literal[
    "file", "size", "upright", "colour", "background", "face", "head", "sharpness", "light", "age", "rest",
]  # fmt: skip
State = Literal["ok", "error", "question", "note", "answered", "off", "busy"]

CODES: dict[CheckId, tuple[str, ...]] = {
    "background": ("PHO302", "PHO303", "PHO304", "PHO305"),
    "face": ("PHO401", "PHO402"),
    "head": ("PHO403", "PHO404", "PHO405"),
    "size": ("PHO201", "PHO202", "PHO203"),
    "sharpness": ("PHO501", "PHO504"),
    "light": ("PHO502", "PHO503"),
    "colour": ("PHO301",),
    "upright": ("PHO204", "PHO206"),
    "file": ("PHO102", "PHO103", "PHO104", "PHO205"),
    "age": ("PHO601",),
}
_MARKS: dict[State, str] = {"answered": "ok"}  # the others are called as their marks are
# That a photo has colours, or records no day, needs no line of praise.
_ONLY_WITH_A_FINDING = frozenset({"colour", "upright", "file", "age"})


@dataclass(frozen=True)
class Check:
    """One line: what was looked at, how it stands, and how many of its rules could not be run."""

    id: CheckId
    state: State
    unchecked: int = 0


def read(report: Report, file: str, *, waiting: bool = False) -> list[Check]:
    """The lines for the photo file. ``waiting``: its measurements are on their way."""
    codes = {code for group in CODES.values() for code in group}
    results = [result for result in report.results if result.code in codes and result.subject == file]
    findings = [finding for finding in report.findings if finding.code in codes and finding.subject == file]
    lines = []
    for name, group in CODES.items():
        line = _line(
            name, [r for r in results if r.code in group], [f for f in findings if f.code in group], waiting=waiting
        )
        if line is not None:
            lines.append(line)
    return _shortened(lines)


def _shortened(lines: list[Check]) -> list[Check]:
    """Where nothing but the file's trouble is known, the rest is one line."""
    known = [line for line in lines if line.state != "off"]
    if [line.id for line in known] == ["file"] and len(lines) > 1:
        return [known[0], Check("rest", "off")]
    return lines


def _line(name: CheckId, results: list[Result], findings: list[Finding], *, waiting: bool) -> Check | None:
    left_out = [result for result in results if result.outcome in ("skipped", "crashed")]
    # What follows from another finding is shown by that one.
    unchecked = sum(not result.reason.startswith("after ") for result in left_out)
    quiet = name in _ONLY_WITH_A_FINDING
    if waiting:
        return None if quiet else Check(name, "busy")
    if findings:
        return Check(name, _worst(findings), unchecked)
    passed = any(result.outcome == "passed" for result in results)
    if left_out:
        return None if quiet and not unchecked else Check(name, "off", unchecked)
    return Check(name, "ok") if passed and not quiet else None


def _worst(findings: Iterable[Finding]) -> State:
    states: list[State] = ["error", "question", "answered", "note"]
    found = {_state_of(finding) for finding in findings}
    return next(state for state in states if state in found)


def _state_of(finding: Finding) -> State:
    if finding.answered:
        return "answered"
    return "error" if finding.severity == "error" else "question" if finding.severity == "warning" else "note"


def measured(name: CheckId, facts: FileFacts | None, texts: Texts) -> str:
    """What was measured, in a few words; "" where there is nothing to tell."""
    photo = None if facts is None else facts.photo
    if photo is None or facts is None:
        return ""
    if name == "background" and photo.background is not None:
        return texts.word("colour", photo.background.colour)
    if name == "face" and photo.faces:
        return texts.get("ui.photo.faces_one" if len(photo.faces) == 1 else "ui.photo.faces", count=len(photo.faces))
    if name == "head" and photo.head_height:
        return texts.get("ui.photo.head_share", percent=round(photo.head_height * 100))
    if name == "size" and photo.width:
        return texts.get("ui.photo.pixels", width=photo.width, height=photo.height)
    if name == "age" and facts.image is not None and facts.image.taken_on is not None:
        return texts.get("ui.photo.taken_on", day=facts.image.taken_on)
    return ""


class ChecksView(QWidget):
    """The lines as a small table: mark, what, how it stands."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space())
        self._grid.setVerticalSpacing(theme.space(0.5))
        self._grid.setColumnStretch(2, 1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addLayout(self._grid)
        self._rows: dict[str, tuple[StateMark, QWidget, QWidget]] = {}
        self._shown: list[tuple[Check, str]] = []

    @property
    def lines(self) -> list[tuple[Check, str]]:
        """What is shown: the lines and their words."""
        return list(self._shown)

    def show_checks(self, checks: Iterable[Check], facts: FileFacts | None) -> None:
        """Show these lines."""
        lines = [(check, self._words(check, facts)) for check in checks]
        if lines == self._shown:
            return
        self._shown = lines
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (check, words) in enumerate(lines):
            self._add_row(row, check, words)

    def _words(self, check: Check, facts: FileFacts | None) -> str:
        texts = self._texts
        state = texts.get(f"ui.photo.state.{check.state}")
        if check.state == "busy":
            return state
        value = measured(check.id, facts, texts)
        if check.state == "ok" and value:
            return value
        words = texts.get("ui.photo.measured_and_state", value=value, state=state) if value else state
        if check.unchecked and check.state != "off":
            return texts.get("ui.photo.partly", words=words)
        return words

    def _add_row(self, row: int, check: Check, words: str) -> None:
        texts = self._texts
        state_word = texts.get(f"ui.photo.state.{check.state}")
        waits_behind = check.state == "busy" and row > 0  # one ring that turns is enough
        shape = "todo" if waits_behind else _MARKS.get(check.state, check.state)
        mark = StateMark(shape, state_word, 18)
        name = label(texts.get(f"ui.photo.check.{check.id}"), wrap=False)
        value = label(words, "muted")
        value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        name.setAccessibleName(f"{name.text()}: {words} ({state_word})")
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(mark, row, 0, top)
        self._grid.addWidget(name, row, 1, top)
        self._grid.addWidget(value, row, 2, top)
