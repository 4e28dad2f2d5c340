"""Labels: plain text always, one factory per role, and one that shortens what does not fit."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from degreecheck.gui.theme import restyle

# Longer runs without a place to break would widen the window: file names, pasted numbers.
_RUN = re.compile(r"[^\s\u2e80-\uffef]{20,}")
_STEP = 8
_BREAK = "\u200b"  # zero-width space


def breakable(text: str) -> str:
    """The text with invisible places to break in every long run of letters and digits."""

    def broken(run: re.Match[str]) -> str:
        letters = run.group()
        return _BREAK.join(letters[at : at + _STEP] for at in range(0, len(letters), _STEP))

    return _RUN.sub(broken, text)


class _Words(QLabel):
    """A label whose lines break anywhere in a long run; ``text`` is what was set."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._named = False

    def setText(self, text: str) -> None:  # noqa: N802  (Qt's name)
        self._text = text
        shown = breakable(text) if self.wordWrap() else text
        super().setText(shown)
        if shown != text or self._named:
            self._named = shown != text
            self.setAccessibleName(text if self._named else "")

    def text(self) -> str:
        return self._text


def label(text: str = "", role: str = "body", *, wrap: bool = True, selectable: bool = False) -> QLabel:
    """A plain-text label in a role of the style sheet ("title", "heading", "body", "muted", "caption")."""
    made = _Words()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setText(text)
    return made


def title(text: str = "") -> QLabel:
    """The title of a page."""
    return label(text, "title")


def heading(text: str = "") -> QLabel:
    """The heading of a part of a page."""
    return label(text, "heading")


def body(text: str = "", *, selectable: bool = False) -> QLabel:
    """Running text."""
    return label(text, "body", selectable=selectable)


def muted(text: str = "") -> QLabel:
    """Text that stands back, in the size of running text."""
    return label(text, "muted")


def caption(text: str = "") -> QLabel:
    """Small text that stands back: a hint under a field, a unit, a date."""
    return label(text, "caption")


def plain_tooltip(text: str) -> str:
    """A tooltip that shows ``text`` as it stands: Qt would read what looks like markup as markup."""
    # By hand: the library's own escape reads a table of two thousand entities first, at the start of the window.
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<span>{escaped}</span>" if text else ""


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say ``text`` without moving the focus."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # loaded when first needed: 3 ms of the start

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class ElidedLabel(QLabel):
    """One line of plain text that is cut with … where it does not fit; then the whole text is its tooltip.

    Cut in the middle for file names and paths (the end tells them apart), at the right otherwise.
    """

    def __init__(
        self, text: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight, role: str = "body"
    ) -> None:
        super().__init__()
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802  (Qt's name)
        """Show another text; line breaks become spaces."""
        super().setText(" ".join(text.split("\n")))
        self._tell_what_is_cut()

    def shown_text(self) -> str:
        """What can be read at the present width."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for the … and a character or two."""
        return QSize(self.fontMetrics().horizontalAdvance("……"), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """The tooltip says what no longer fits."""
        super().resizeEvent(event)
        self._tell_what_is_cut()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  (Qt's name)
        """Draw the shortened text."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), self.shown_text())

    def _tell_what_is_cut(self) -> None:
        self.setToolTip(plain_tooltip(self.text()) if self.shown_text() != self.text() else "")


def set_state(widget: QWidget, state: str) -> None:
    """Colour an editor or a label as "error", "warning", "ok", or not at all ("")."""
    restyle(widget, state=state)
