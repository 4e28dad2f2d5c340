"""The history of submissions: when, which state, and what was another than the time before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from degreecheck import submission_history
from degreecheck.facts import FileFacts
from degreecheck.gui import theme
from degreecheck.gui.disclosure import empty
from degreecheck.gui.parts import label
from degreecheck.privacy import mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.gui.session import Session
    from degreecheck.submission_history import Changed, Entry, Value
    from degreecheck.text import Texts

_LONGEST = 60  # characters of a value
_MOST = 12  # changes that are told one by one


def contents_of(session: Session) -> dict[str, str | int]:
    """The listed files' SHA-256, of those that have been looked at."""
    found: dict[str, str | int] = {}
    for entry in session.inspection.listed:
        facts = session.inspection.facts.get(entry.file)
        if isinstance(facts, FileFacts):
            found[entry.listed] = facts.sha256
    return found


class HistoryView(QWidget):
    """Newest first; above it what has changed since the last handing-in."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._shown: tuple[object, ...] = ()
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(theme.space(3), 0, 0, 0)
        self._down.setSpacing(theme.space(0.5))

    def refresh(self) -> None:
        """The form or its files have changed."""
        form = self._session.form
        since = submission_history.changed_since(form, contents_of(self._session))
        shown = (form.submission.history, since)
        if shown == self._shown:
            return
        self._shown = shown
        empty(self._down)
        entries = submission_history.entries(form)
        if submission_history.handed_in(form):
            self._since(since)
        for place in reversed(range(len(entries))):
            earlier = next((entry for entry in reversed(entries[:place]) if entry.is_snapshot), None)
            self._entry(entries[place], earlier)

    def _since(self, changes: Sequence[Changed]) -> None:
        key = "ui.history.since" if changes else "ui.history.unchanged"
        self._down.addWidget(label(self._texts.get(key), "heading" if changes else "muted"))
        self._changes(changes)

    def _entry(self, entry: Entry, earlier: Entry | None) -> None:
        texts = self._texts
        at = texts.show(entry.at) if entry.at is not None else texts.get("ui.history.undated")
        status = texts.word("ui.choice.submission.status", entry.status) if entry.status else ""
        head = label(f"{at}　{status}".strip(), "heading")
        head.setContentsMargins(0, theme.space(1), 0, 0)
        self._down.addWidget(head)
        if entry.note:
            self._down.addWidget(label(mask(_short(entry.note))))
        if entry.returned_reason:
            said = texts.get("ui.history.reason", words=mask(_short(entry.returned_reason)))
            self._down.addWidget(label(said, "muted"))
        if entry.is_snapshot and earlier is not None:
            changes = submission_history.changed_between(earlier, entry)
            self._down.addWidget(label(texts.get("ui.history.changed" if changes else "ui.history.same"), "muted"))
            self._changes(changes)
        elif entry.is_snapshot:
            self._down.addWidget(label(texts.get("ui.history.first"), "muted"))

    def _changes(self, changes: Sequence[Changed]) -> None:
        texts = self._texts
        for change in changes[:_MOST]:
            self._down.addWidget(label(f"· {mask(change_line(change, texts))}"))
        if len(changes) > _MOST:
            self._down.addWidget(label(texts.get("list.more", count=len(changes) - _MOST), "muted"))


def change_line(change: Changed, texts: Texts) -> str:
    """One change in a line."""
    name = texts.word("slot" if change.kind == "slot" else "field", change.where)
    before, after = (_value(value, change.where, texts) for value in (change.before, change.after))
    if change.kind == "slot" and before == after:
        return texts.get("ui.history.other_content", name=name)
    return texts.get("ui.history.line", name=name, before=before, after=after)


def _value(value: Value, where: str, texts: Texts) -> str:
    words = texts.show(list(value)) if isinstance(value, tuple) else value
    if where == "personal.sex" and words:
        words = texts.word("sex", words)
    return _short(words) if words else texts.get("ui.history.blank")


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
