"""Beside the table: one applicant's report, grouped by the portal's sections, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.desk.rows import MARKS, SECTIONS, Row, section_of
from degreecheck.gui.desk.thumbnails import Thumbnails
from degreecheck.gui.parts import (
    ElidedLabel,
    FlowLayout,
    Notice,
    StateMark,
    ToolBarButton,
    caption,
    heading,
    label,
    muted,
    push_button,
)
from degreecheck.gui.places import NUMBERS, PageId
from degreecheck.privacy import mask

if TYPE_CHECKING:
    from degreecheck.gui.background import Background
    from degreecheck.text import Texts

_SETTLED_MS = 90  # the arrow keys run through many rows: only where they stay a report is laid out
_GREATEST_FINDINGS = 30
_SHARED = ("DSK101", "DSK102", "DSK103")


class Details(QWidget):
    """The report of one row. Signals say what the person wants; nothing is done here."""

    open_wanted = Signal(object)
    folder_wanted = Signal(object)
    message_wanted = Signal(object)
    password_wanted = Signal(object)
    decided = Signal(object, object)  # the row, and a sign, "" or None
    other_wanted = Signal(str)  # a label of company.Marks
    folded = Signal()

    def __init__(self, texts: Texts, background: Background) -> None:
        super().__init__()
        self._texts = texts
        self._background = background
        self._row: Row | None = None
        self._told: dict[str, Any] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("kind", "side")
        self.setMinimumWidth(280)
        self.title = ElidedLabel("", role="heading")
        fold = ToolBarButton("side_right", texts.get("ui.desk.details_fold"), "F8")
        fold.clicked.connect(self.folded)
        top = QHBoxLayout()
        top.setContentsMargins(theme.space(2), theme.space(), theme.space(), 0)
        top.addWidget(self.title, 1)
        top.addWidget(fold)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(0.5))
        down.addLayout(top)
        down.addWidget(self._scroll, 1)
        self._later = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._later.timeout.connect(self.refresh)
        self.refresh()

    @property
    def row(self) -> Row | None:
        """Whose report is shown."""
        return self._row

    def show_row(self, row: Row | None) -> None:
        """Another applicant, as soon as the person stays with it."""
        self._row = row
        self._later.start()

    def refresh(self) -> None:
        """Show what is known of the row now."""
        self._later.stop()
        if not self.isVisible() and self._scroll.widget() is not None:
            return
        row, texts = self._row, self._texts
        self._told = row.told() if row is not None else {}
        inside = QWidget()
        inside.setProperty("kind", "side")
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.space(2), theme.space(0.5), theme.space(2), theme.space(2))
        column.setSpacing(theme.space())
        if row is None:
            self.title.setText(texts.get("ui.desk.details"))
            column.addWidget(muted(texts.get("ui.desk.details_none")))
        else:
            self.title.setText(row.name or texts.get("ui.header.nameless"))
            self._add_about(column, row)
            self._add_actions(column, row)
            self._add_choice(column, row)
            self._add_findings(column, row)
            if self._told.get("files") and row.place:
                column.addWidget(Thumbnails(row.place, self._told["files"], texts, self._background))
        column.addStretch(1)
        self._scroll.setWidget(inside)

    def showEvent(self, event: Any) -> None:  # noqa: N802 (Qt's name)
        """What was chosen while it was folded."""
        super().showEvent(event)
        self._later.start()

    # ---- who

    def _add_about(self, column: QVBoxLayout, row: Row) -> None:
        texts = self._texts
        verdict = texts.get(f"ui.desk.verdict.{row.verdict}")
        line = QHBoxLayout()
        line.addWidget(StateMark(MARKS[row.verdict], verdict))
        line.addWidget(label(verdict, wrap=False))
        line.addStretch(1)
        column.addLayout(line)
        report = self._told.get("report") or {}
        applicant = report.get("applicant", {})
        says = [
            texts.get("ui.desk.about_id", tail=row.tail) if row.tail else "",
            mask(row.number),
            mask(applicant.get("major", "")),
            row.folder or texts.get("ui.desk.no_folder", row=row.roster_row),
        ]
        column.addWidget(caption("\n".join(word for word in says if word)))
        if row.stale:
            column.addWidget(caption(texts.get("ui.desk.stale")))
        if row.verdict in ("closed", "trouble"):
            column.addWidget(Notice("error", self._trouble(), state_word=verdict))
        elif self._told.get("bundle") == "changed":
            column.addWidget(Notice("warning", texts.get("ui.desk.bundle_changed"), state_word=verdict))

    def _trouble(self) -> str:
        told, texts = self._told, self._texts
        if told.get("trouble") != "closed":
            return texts.get(f"ui.desk.trouble.{told.get('trouble') or 'crashed'}")
        outcome = told["bundle"]
        if outcome == "changed":
            names = [texts.get("bundle.trouble", kind=kind, name=mask(name)) for kind, name in told["bundle_troubles"]]
            return "\n".join([texts.get("ui.desk.zip.changed"), *names[:10]])
        reasons = {"bundle.encrypted": "encrypted", "bundle.wrong_password": "wrong_password"}
        key = "not_a_bundle" if outcome == "not_a_bundle" else reasons.get(told["bundle_reason"], "unreadable")
        return texts.get(f"ui.desk.zip.{key}")

    def _add_actions(self, column: QVBoxLayout, row: Row) -> None:
        texts = self._texts
        holder = QWidget()
        flow = FlowLayout(holder)

        def add(key: str, icon_name: str, act: Callable[[], None], kind: str = "default") -> None:
            button = push_button(texts.get(f"ui.desk.{key}"), kind, icon_name)
            button.clicked.connect(lambda _checked=False: act())
            flow.addWidget(button)

        if row.path:
            add("open_student", "open", lambda: self.open_wanted.emit(row))
            add("open_folder", "folder", lambda: self.folder_wanted.emit(row), "quiet")
        if self._told.get("report"):
            add("copy_message", "copy", lambda: self.message_wanted.emit(row), "quiet")
        if self._told.get("bundle_reason") in ("bundle.encrypted", "bundle.wrong_password"):
            add("password", "lock", lambda: self.password_wanted.emit(row))
        column.addWidget(holder)

    def _add_choice(self, column: QVBoxLayout, row: Row) -> None:
        """Who of several of one name this is: asked, never guessed."""
        texts = self._texts
        if self._told.get("matched_by") == "choice":
            line = QHBoxLayout()
            line.addWidget(caption(texts.get("ui.desk.chosen", row=row.roster_row)), 1)
            undo = push_button(texts.get("ui.desk.choose_again"), "link")
            undo.clicked.connect(lambda: self.decided.emit(row, None))
            line.addWidget(undo)
            column.addLayout(line)
        if not row.candidates:
            return
        column.addWidget(label(texts.get("ui.desk.who", count=len(row.candidates))))
        choice = QComboBox()
        choice.setAccessibleName(texts.get("ui.desk.who", count=len(row.candidates)))
        choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        choice.addItem(texts.get("ui.desk.who_open"), None)
        for one in row.candidates:
            choice.addItem(candidate_words(one, texts), one["sign"])
        choice.addItem(texts.get("ui.desk.who_none"), "")
        choice.activated.connect(lambda at: self.decided.emit(row, choice.itemData(at)) if at > 0 else None)
        column.addWidget(choice)

    # ---- what was found

    def _add_findings(self, column: QVBoxLayout, row: Row) -> None:
        report, texts = self._told.get("report"), self._texts
        if not report:
            if row.verdict == "waiting":
                column.addWidget(muted(texts.get("ui.desk.waiting")))
            return
        words = self._told[texts.language]["findings"]
        by_section: dict[PageId, list[tuple[Mapping[str, Any], list[str]]]] = {}
        for finding, says in zip(report["findings"], words, strict=True):
            by_section.setdefault(section_of(finding), []).append((finding, says))
        if not by_section and report["verdict"] == "ready":
            column.addWidget(muted(texts.get("ui.findings.nothing")))
        left = _GREATEST_FINDINGS
        for section in SECTIONS:
            found = by_section.get(section, [])
            if not found or left <= 0:
                continue
            title = texts.get("ui.desk.column.other" if section == "export" else f"ui.page.{section}.title")
            column.addSpacing(theme.space(0.5))
            column.addWidget(heading(f"{NUMBERS.get(section, '')} {title}".strip()))
            for finding, says in found[:left]:
                column.addWidget(self._finding(finding, says))
            left -= len(found)
        if left < 0:
            column.addWidget(caption(texts.get("ui.desk.more_findings", count=-left)))
        for field in report["unconfirmed"]:
            column.addWidget(caption(texts.get("ui.desk.unconfirmed", field=field)))

    def _finding(self, finding: Mapping[str, Any], says: list[str]) -> QWidget:
        texts = self._texts
        answered = finding["answered"]
        mark = "ok" if answered else {"error": "error", "warning": "question"}.get(finding["severity"], "note")
        state = texts.get("ui.finding.answered") if answered else texts.word("severity", finding["severity"])
        shown = QWidget()
        across = QHBoxLayout(shown)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space())
        across.addWidget(StateMark(mark, state, 18), alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.space(0.25))
        title, message, fix = (mask(part) for part in says)
        if finding["slot"]:
            title = texts.get("ui.desk.titled", title=title, slot=finding["slot"])
        column.addWidget(label(title, "body"))
        column.addWidget(label(f"{message} {fix}".strip(), "caption", selectable=True))
        if finding["code"] in _SHARED:
            for other in finding["values"].get("others", []):
                link = push_button(texts.get("ui.desk.go_to", name=mask(str(other))), "link")
                link.clicked.connect(lambda _checked=False, other=other: self.other_wanted.emit(mask(str(other))))
                column.addWidget(link)
        across.addLayout(column, 1)
        shown.setAccessibleName(f"{state} {title} {message} {fix}")
        return shown


def candidate_words(one: Mapping[str, Any], texts: Texts) -> str:
    """A row of the roster in a few words, the ID number but for its end left out."""
    number = str(one["id_number"])
    parts = [
        texts.get("ui.desk.roster_row", row=one["row"]),
        str(one["name"]),
        f"…{number[-4:]}" if len(number) > 8 else "",
        str(one["number"]),
        str(one["major"]),
    ]
    return mask(" · ".join(part for part in parts if part))
