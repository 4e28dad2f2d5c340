"""The controls in which values are typed: each shows one field of the session and writes what is typed back to it.

An editor never judges. A number that is half typed is not judged either: it counts once the person leaves the field, or
once it is as long as its kind is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from degreecheck import clock
from degreecheck.form import NotADate, PartialDate, parse_date
from degreecheck.gui import icons
from degreecheck.gui.parts.calendar import Calendar
from degreecheck.privacy import mask_number

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts

LONGEST_LINE = 20_000  # characters that a one-line field takes by typing or pasting; nobody's value is longer

_TWO_DECIMALS = re.compile(r"\d{1,3}\.\d{2}")
_COMPLETE: dict[str, Callable[[str], bool]] = {
    "personal.id_number": lambda text: len(text) == 18,
    "personal.mobile": lambda text: len(text) == 11,
    "personal.exam_number": lambda text: len(text) == 12,
    "institution.diploma_number": lambda text: len(text) in (17, 18),
    "thesis.advisor_contacts.mobile": lambda text: len(text) == 11,
    "courses.average_score": lambda text: bool(_TWO_DECIMALS.fullmatch(text)),
}
# Judged only when left: nothing about their length tells that they are complete.
_WHEN_LEFT = frozenset({
    "personal.student_number", "courses.thesis_score", "language.certificate_number", "language.score",
    "thesis.keywords", "thesis.advisor_contacts.landline", "thesis.advisor_contacts.email",
    "thesis.advisor_contacts.qq", "thesis.advisor_contacts.wechat",
})  # fmt: skip


def is_complete(path: str, text: str, session: Session) -> bool:
    """Whether what is typed so far may already be judged."""
    if path == "language.certificate_number":
        route = session.pack.routes.get(session.form.language.route)
        return route is not None and len(text.strip()) in route.number_lengths
    if path in _WHEN_LEFT:
        return False
    complete = _COMPLETE.get(path)
    return complete is None or complete(text.strip())


class LineEditor(QLineEdit):
    """One line. Undoing is the window's affair, so that one Ctrl+Z takes back one thing everywhere."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST_LINE)
        self.textEdited.connect(self.typed)

    def event(self, event: QEvent) -> bool:
        """Leave the undo keys to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _undoes(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave the undo keys to the window; Enter settles what is typed."""
        if _undoes(event):
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Settle what is typed, but for the moment in which a menu or another window is in front."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
            self.left.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Text may be dropped here; files are for whatever lies around the field."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def show_text(self, text: str) -> None:
        """Put a text in from the session; the cursor stays where the text is the same."""
        if self.text() != text:
            with QSignalBlocker(self):
                self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)


def _undoes(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class TextEditor(LineEditor):
    """A text field of the form."""

    def __init__(self, session: Session, path: str, *, sensitive: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._path = path
        self._sensitive = sensitive
        self.typed.connect(self._typed)
        self.left.connect(self._left)
        if sensitive:
            session.mask_changed.connect(self.refresh)
            self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhPreferLatin)

    def refresh(self) -> None:
        """Show the session's value."""
        value = str(self._session.value(self._path))
        hidden = bool(value) and self._sensitive and self._session.masked and not self.hasFocus()
        self.setReadOnly(hidden)
        self.show_text(mask_number(value) if hidden else value)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """A masked number is shown while it is edited."""
        super().focusInEvent(event)
        if self._sensitive:
            self.refresh()

    def _typed(self, text: str) -> None:
        if self.isReadOnly():  # an input method's phrase gets in all the same: the stars must never become the value
            self.refresh()
            return
        self._session.set_value(self._path, text, settled=is_complete(self._path, text, self._session))

    def _left(self) -> None:
        self._session.settle(self._path)
        if self._sensitive:
            self.refresh()


class ListEditor(LineEditor):
    """Several short texts in one line, with signs between them (keywords)."""

    _BETWEEN = re.compile(r"[;；,，、\n\t]+")

    def __init__(self, session: Session, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._path = path
        self.typed.connect(self._typed)
        self.left.connect(self._left)

    def refresh(self) -> None:
        """Show the session's entries, unless they are just being typed."""
        entries = tuple(self._session.value(self._path))
        if self._entries() != entries:
            self.show_text("；".join(entries))

    def _entries(self) -> tuple[str, ...]:
        return tuple(entry.strip() for entry in self._BETWEEN.split(self.text()) if entry.strip())

    def _typed(self, _text: str) -> None:
        self._session.set_value(self._path, self._entries(), settled=False)

    def _left(self) -> None:
        self._session.settle(self._path)
        self.show_text("；".join(self._session.value(self._path)))


class DateEditor(LineEditor):
    """A date in any of the ways in which people write one, or picked from a calendar.

    ``moment``: a day and a time in the school's zone instead. What is no date is kept as text and said to be so.
    """

    def __init__(
        self, session: Session, path: str, texts: Texts, *, moment: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._path = path
        self._moment = moment
        self.setPlaceholderText(texts.get("ui.field.moment_example" if moment else "ui.field.date_example"))
        picker = QAction(self)
        icons.set_icon(picker, "calendar", "text_muted")
        self.addAction(picker, QLineEdit.ActionPosition.TrailingPosition)
        picker.setText(texts.get("ui.field.calendar"))
        picker.setToolTip(texts.get("ui.field.calendar"))
        picker.setShortcut(QKeySequence("Alt+Down"))
        picker.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        picker.triggered.connect(self._pick)
        self._calendar_name = texts.get("ui.field.calendar")
        self.typed.connect(self._typed)
        self.left.connect(self._left)

    def refresh(self) -> None:
        """Show the session's date; what is being typed stays as it is as long as it means the same."""
        if self.hasFocus() and self._read(self.text()) == self._session.value(self._path) is not None:
            return
        aside = self._session.aside(self._path)
        if not self.hasFocus() or not self.isModified():
            self.show_text(aside or self._shown())

    def _shown(self) -> str:
        value = self._session.value(self._path)
        if isinstance(value, datetime):
            return value.astimezone(clock.SCHOOL_TIME).strftime("%Y-%m-%d %H:%M")
        return "" if value is None else str(value)

    def _read(self, text: str) -> PartialDate | datetime | None:
        try:
            return read_moment(text) if self._moment else parse_date(text)
        except ValueError:
            return None

    def _typed(self, text: str) -> None:
        found = self._read(text)
        if found is not None:
            self._session.set_value(self._path, found, settled=False)
        elif not text.strip():
            self._session.set_value(self._path, None)

    def _left(self) -> None:
        text = self.text().strip()
        if self.isModified():
            self.setModified(False)
            found = self._read(text)
            if found is not None or not text:
                self._session.set_value(self._path, found)
            else:
                self._session.put_aside(self._path, text)
        self._session.settle(self._path)
        self.show_text(self._session.aside(self._path) or self._shown())

    def _pick(self) -> None:
        popup = _Calendar(self, self._calendar_name)
        value = self._session.value(self._path)
        day = value.first if isinstance(value, PartialDate) else value.date() if isinstance(value, datetime) else None
        if day is not None:
            popup.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        popup.chosen.connect(self._picked)
        popup.open_below()

    def _picked(self, day: QDate) -> None:
        time = " 23:59" if self._path.endswith("closes") else " 08:00"
        self.setText(day.toString("yyyy-MM-dd") + (time if self._moment else ""))
        self.setModified(True)
        self._left()
        self.setFocus()


def read_moment(text: str) -> datetime | None:
    """A day and time as people write it: 2026-04-24 23:59, 2026年4月24日 23:59, 2026.4.24. A bare day is its noon.

    Raises ValueError; None for a blank.
    """
    text = text.strip().replace("：", ":").replace("T", " ")
    if not text:
        return None
    day, _, time = re.sub(r"(\d日?)\s+(?=\d{1,2}:)", r"\1|", text).partition("|")
    if not time:
        return clock.parse_moment(_whole_day(parse_date(day)))
    hours = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2})?(?:\+08:00)?", time.strip())
    if hours is None:
        raise NotADate
    if hours[1] == "24" and hours[2] == "00":
        hours = re.fullmatch(r"(\d{1,2}):(\d{2})", "23:59")
        assert hours is not None
    return clock.parse_moment(f"{_whole_day(parse_date(day))}T{int(hours[1]):02d}:{hours[2]}")


def _whole_day(day: PartialDate) -> str:
    if not day.day:
        raise NotADate
    return str(day)


class _Calendar(QMenu):
    """A month to pick a day from; Escape and a click outside close it."""

    chosen = Signal(QDate)

    def __init__(self, below: QWidget, name: str) -> None:
        super().__init__(below)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = Calendar(self)
        self.calendar.setAccessibleName(name)
        self.calendar.clicked.connect(self._choose)
        self.calendar.activated.connect(self._choose)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(4, 4, 4, 4)
        self._down.addWidget(self.calendar)
        self._below = below

    def open_below(self) -> None:
        place = self._below.mapToGlobal(QPoint(0, self._below.height()))
        lowest = self._below.screen().availableGeometry().bottom()
        place.setY(min(place.y(), lowest - self._down.totalMinimumSize().height()))  # its sizeHint counts actions alone
        self.popup(place)
        self.calendar.setFocus()

    def _choose(self, day: QDate) -> None:
        self.chosen.emit(day)
        self.close()


class ChoiceEditor(QComboBox):
    """One of several values, in a list. The wheel over it scrolls the page and changes nothing."""

    def __init__(
        self, session: Session, path: str, choices: Sequence[tuple[str, str]], blank: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._path = path
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer(choices, blank)
        self.activated.connect(self._chosen)

    def offer(self, choices: Sequence[tuple[str, str]], blank: str) -> None:
        """The values to choose from, with their words; ``blank`` stands for none."""
        with QSignalBlocker(self):
            self.clear()
            self.addItem(blank, "")
            for value, words in choices:
                self.addItem(words, value)
        self.refresh()

    def refresh(self) -> None:
        """Show the session's value; one that is not offered is shown as it is, never dropped."""
        value = str(self._session.value(self._path) or "")
        index = self.findData(value)
        with QSignalBlocker(self):
            if index < 0:
                self.addItem(value, value)
                index = self.count() - 1
            self.setCurrentIndex(index)

    def wheelEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Not here."""
        event.ignore()

    def _chosen(self, index: int) -> None:
        self._session.set_value(self._path, self.itemData(index))


class LongTextEditor(QPlainTextEdit):
    """Several lines of text."""

    def __init__(self, session: Session, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._path = path
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._typed)

    def event(self, event: QEvent) -> bool:
        """Leave the undo keys to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _undoes(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Leave the undo keys to the window."""
        if _undoes(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def refresh(self) -> None:
        """Show the session's text."""
        value = str(self._session.value(self._path))
        if self.toPlainText() != value:
            with QSignalBlocker(self):
                self.setPlainText(value)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """What is typed from here on can be undone alone."""
        super().focusOutEvent(event)
        self._session.settle(self._path)

    def _typed(self) -> None:
        self._session.set_value(self._path, self.toPlainText())
