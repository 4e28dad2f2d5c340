"""Rows of a page: a field's label, its editor, its hint and what was found about it. Built from form.asked_fields()."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from degreecheck import asked
from degreecheck.form import AskedField, DateField, TimeField, asked_fields, value_at
from degreecheck.gui import theme
from degreecheck.gui.editors import ChoiceEditor, DateEditor, LineEditor, ListEditor, LongTextEditor, TextEditor
from degreecheck.gui.finding_view import FindingList
from degreecheck.gui.parts import SegmentedChoice, label, push_button
from degreecheck.gui.parts.labels import set_state
from degreecheck.gui.places import is_missing
from degreecheck.gui.proposal_line import ProposalLine
from degreecheck.gui.tab_order import set_tab_order
from degreecheck.idnumbers import resident_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from degreecheck.gui.places import PageId, Target
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts

_WIDTHS = {"short": 200, "medium": 360, "long": 720, "lines": 720}  # logical pixels at most
_SEGMENTS = 4  # so many choices stand side by side, more in a list
_DATE, _TIME = get_args(DateField)[0], get_args(TimeField)[0]


def shown_findings(session: Session, path: str, *, left: bool) -> list[Any]:
    """What stands beside a field. That it is empty is no reproach before the person has been there."""
    found = session.findings_of_field(path)
    if left or "export" in session.visited:
        return found
    return [finding for finding in found if not is_missing(finding)]


class FieldRow(QWidget):
    """A field. ``derived`` ones (birth date, sex) are read off the ID number as long as nobody states another value."""

    def __init__(self, field: AskedField, session: Session, texts: Texts) -> None:
        super().__init__()
        self.field = field
        self._session = session
        self._texts = texts
        self._left = False
        self._caption = label(self._label())
        self.editor = self._made_editor()
        self._caption.setBuddy(self.editor)
        self.editor.setAccessibleName(self._label())
        self.editor.installEventFilter(self)
        self._derived = label("", "caption")
        self._derived.setVisible(False)
        self._hint = label(self._hint_text(), "caption")
        self.findings = FindingList(session, texts)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(0.5))
        down.addWidget(self._caption)
        down.addLayout(self._beside())
        down.addWidget(self._derived)
        down.addWidget(self._hint)
        down.addWidget(self.findings)
        self._down = down
        self._offer: ProposalLine | None = None
        session.proposed.connect(self._show_proposal)
        session.mask_changed.connect(self._renew_proposal)
        self._show_proposal()
        self._hint.setVisible(bool(self._hint.text()))  # only now: without a parent it would be a window for a moment

    @property
    def path(self) -> str:
        """The field's dotted path."""
        return self.field.path

    def _label(self) -> str:
        if self.path == "personal.student_number":
            return self._texts.get("portal_note.student_number_label")
        return self._texts.word("field", self.path)

    def _hint_text(self) -> str:
        key = f"ui.hint.{self.path}"
        if self._texts.has(key):
            return self._texts.get(key)
        note = f"portal_note.{self.path}"
        return self._texts.get(note) if self._texts.has(note) and self.path not in asked.DERIVED else ""

    def set_hint(self, text: str) -> None:
        """Another hint, where what is asked depends on something else."""
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def _beside(self) -> QHBoxLayout:
        across = QHBoxLayout()
        across.setSpacing(theme.space())
        if not isinstance(self.editor, SegmentedChoice):  # that is as wide as its words
            self.editor.setMaximumWidth(_WIDTHS[self.field.ask.width])
        across.addWidget(self.editor, 1)
        self._give_up = push_button(self._texts.get("ui.field.as_in_id_number"), kind="quiet")
        self._give_up.setVisible(False)
        self._give_up.clicked.connect(lambda: self._session.set_value(self.path, None))
        across.addWidget(self._give_up)
        across.addStretch(0)
        return across

    def _made_editor(self) -> QWidget:
        path, kind, session, texts = self.path, self.field.kind, self._session, self._texts
        if kind in (_DATE, _TIME):
            return DateEditor(session, path, texts, moment=kind == _TIME)
        if path == "language.route":
            return ChoiceEditor(session, path, self._routes(), texts.get("ui.field.choose"))
        values = [value for value in _literal(kind) if isinstance(value, str)]
        if values:
            words = [(value, texts.word(f"ui.choice.{path}", value)) for value in values]
            if len(words) <= _SEGMENTS:
                choice = SegmentedChoice(dict(words), self._label())
                choice.chosen.connect(lambda value: session.set_value(path, value))
                return choice
            return ChoiceEditor(session, path, words, texts.get("ui.field.choose"))
        if get_args(kind):
            return ListEditor(session, path)
        if path == "submission.returned_reason":
            return LongTextEditor(session, path)
        return TextEditor(session, path, sensitive=self.field.ask.sensitive)

    def _routes(self) -> list[tuple[str, str]]:
        pack, language = self._session.pack, self._texts.language
        names = asked.routes_for(self._session.form, pack)
        return [(name, pack.routes[name].label.in_language(language)) for name in names]

    def _renew_proposal(self) -> None:
        if self._offer is not None and self.field.ask.sensitive:
            self._drop_proposal()
            self._show_proposal()

    def _show_proposal(self) -> None:
        """Offer what was read in a picture; what is offered already stays as it is."""
        proposal = self._session.proposals.get(self.path)
        if self._offer is not None and self._offer.proposal == proposal:
            return
        self._drop_proposal()
        if proposal is not None:
            self._offer = ProposalLine(proposal, self._session, self._texts, sensitive=self.field.ask.sensitive)
            self._down.addWidget(self._offer)

    def _drop_proposal(self) -> None:
        if self._offer is not None:
            self._down.removeWidget(self._offer)
            self._offer.hide()
            self._offer.deleteLater()
            self._offer = None

    def refresh(self) -> None:
        """Show the session's value."""
        editor = self.editor
        if isinstance(editor, ChoiceEditor) and self.path == "language.route":
            editor.offer(self._routes(), self._texts.get("ui.field.choose"))
        elif isinstance(editor, SegmentedChoice):
            editor.set_key(self._session.value(self.path))
        elif isinstance(editor, TextEditor | ListEditor | DateEditor | ChoiceEditor | LongTextEditor):
            editor.refresh()
        if self.path in asked.DERIVED:
            self._show_derived()

    def _show_derived(self) -> None:
        form = self._session.form
        stated = value_at(form, self.path) is not None or bool(self._session.aside(self.path))
        read = resident_id.birth_date if self.path == "personal.birth_date" else resident_id.sex
        found = read(form.personal.id_number) if form.personal.id_document == "resident_id" else None
        typed = stated or form.personal.id_document == "other"
        self.editor.setVisible(typed)
        value = value_at(form, self.path)
        self._give_up.setVisible(typed and stated and found is not None and str(found) != str(value))
        if found is not None and not typed:
            words = self._texts.word("sex", found) if isinstance(found, str) else str(found)
            self._derived.setText(self._texts.get("ui.field.derived", value=words))
        else:
            self._derived.setText(self._texts.get("ui.field.not_yet_derived"))
        self._derived.setVisible(not typed)

    def show_findings(self) -> None:
        """Show what the present report says about the field."""
        found = shown_findings(self._session, self.path, left=self._left)
        self.findings.show_findings(found)
        # What is only missing is no mistake: its message says so beside the field, which stays as it is.
        wrong = [finding for finding in found if not finding.answered and not is_missing(finding)]
        worst = next((finding.severity for finding in wrong if finding.severity != "note"), "")
        set_state(self.editor, worst)
        said = [self._hint.text() if self._hint.isVisibleTo(self) else "", *(f.message(self._texts) for f in found)]
        self.editor.setAccessibleDescription(" ".join(part for part in said if part))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Whoever leaves a field empty may be told so."""
        if event.type() == QEvent.Type.FocusOut and watched is self.editor and not self._left:
            self._left = True
            self.show_findings()
        return super().eventFilter(watched, event)


def _literal(kind: Any) -> tuple[Any, ...]:
    """The values of a Literal, also of one that may be None."""
    found: list[Any] = []
    for entry in get_args(kind):
        if isinstance(entry, str):
            found.append(entry)
        elif get_args(entry) and all(isinstance(value, str) for value in get_args(entry)):
            found.extend(get_args(entry))
    return tuple(found)


class Page(QScrollArea):
    """A step's page: a title, rows, and whatever else it adds to ``column``. It shows and never judges."""

    def __init__(self, page: PageId, session: Session, texts: Texts) -> None:
        super().__init__()
        self.page = page
        self.session = session
        self.texts = texts
        self.rows: dict[str, FieldRow] = {}
        self._told: object = None  # the findings for which Tab's order was made
        self._order = QTimer(self, singleShot=True, interval=0)
        self._order.timeout.connect(self._set_order)
        self._follow = QTimer(self, singleShot=True, interval=0)
        self._follow.timeout.connect(self._follow_focus)
        running = QApplication.instance()
        if isinstance(running, QApplication):
            running.focusChanged.connect(self._focus_moved)
        inside = QWidget()
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.space(3))
        across = QHBoxLayout(inside)
        across.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(4))
        middle = QWidget()
        middle.setMaximumWidth(theme.current().size("form"))
        middle.setLayout(self.column)
        self.column.setContentsMargins(0, 0, 0, 0)
        across.addWidget(middle, 1)
        across.addStretch(0)
        across.setAlignment(middle, Qt.AlignmentFlag.AlignTop)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        heading = QVBoxLayout()
        heading.setSpacing(theme.space(0.5))
        heading.addWidget(label(texts.get(f"ui.page.{page}.title"), "title"))
        if texts.has(f"ui.page.{page}.lead"):
            heading.addWidget(label(texts.get(f"ui.page.{page}.lead"), "muted"))
        self.column.addLayout(heading)

    def add_rows(self, paths: Iterable[str]) -> None:
        """Rows for these fields, in this order."""
        known = {field.path: field for field in asked_fields()}
        for path in paths:
            row = FieldRow(known[path], self.session, self.texts)
            self.rows[path] = row
            self.column.addWidget(row)

    def finish(self) -> None:
        """Everything is added: listen to the session and show what is there."""
        self.column.addStretch(1)
        self.session.form_changed.connect(self.refresh)
        self.session.judged.connect(self.show_findings)
        self.refresh()
        self.show_findings()

    def refresh(self) -> None:
        """The form has changed."""
        for row in self.rows.values():
            row.setVisible(asked.applies(row.field, self.session.form, self.session.pack))
            row.refresh()

    def show_findings(self) -> None:
        """There is a new report."""
        for row in self.rows.values():
            row.show_findings()
        told = [(finding.key, finding.answered) for finding in self.session.report.findings]
        if told != self._told:
            self._told = told
            self.order_soon()

    def order_soon(self) -> None:
        """Something was made anew: Tab goes through it where it stands, not at the end."""
        self._order.start()

    def _focus_moved(self, _before: QWidget | None, _now: QWidget | None) -> None:
        self._follow.start()  # only then does Qt say whether it was the keyboard

    def _follow_focus(self) -> None:
        # Qt scrolls to what Tab reaches from within the page, not to where Tab or F6 enters it.
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused) and theme.by_keyboard(focused):
            self.ensureWidgetVisible(focused, 0, theme.space(6))

    def _set_order(self) -> None:
        inside: QWidget | None = self.widget()
        if inside is not None:
            set_tab_order(inside)

    def enter(self) -> None:
        """The page has come to the front."""

    def reveal(self, target: Target) -> None:
        """Bring the target's field into view and put the cursor there."""
        row = self.row_of(target.field)
        if row is None:
            return
        QApplication.processEvents()
        self.ensureWidgetVisible(row, 0, theme.space(6))
        editor = row.editor
        if editor.isVisibleTo(self):
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(editor, LineEditor):
            editor.selectAll()

    def row_of(self, path: str) -> FieldRow | None:
        """The row of a field, or of the field that a part of it belongs to."""
        while path and path not in self.rows:
            path = path.rpartition(".")[0]
        return self.rows.get(path)


def heading_of(text: str) -> QLabel:
    """The heading of a part of a page."""
    return label(text, "heading")
