"""Files that lie in the folder and that no slot uses: each can be put where it belongs, the likely places first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from degreecheck import asked, slot_names
from degreecheck.folder import words_of
from degreecheck.gui import materials, theme
from degreecheck.gui.bringing_in import FOLDER
from degreecheck.gui.parts import ElidedLabel, label, push_button
from degreecheck.gui.preview import Preview
from degreecheck.gui.slot_file import size_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.gui.session import Session
    from degreecheck.text import Texts

_PREVIEW = 40  # logical pixels
_SHOWN = 30  # of more, the rest is counted


def groups(session: Session, file: str, here: Sequence[str]) -> list[list[str]]:
    """The slots that a file's name speaks for, then the page's own, then all others; each slot once."""
    own = [session.form.personal.name.strip(), *words_of(session.path.name)]
    guess = slot_names.guess(file, [word for word in own if word])
    seen: set[str] = set()
    found = []
    for group in ([guess.slot] if guess.slot else guess.candidates, here, asked.UPLOAD_ORDER):
        found.append([slot for slot in dict.fromkeys(group) if slot not in seen])
        seen.update(found[-1])
    return [group for group in found if group]


class _Row(QWidget):
    """One file, with a button that asks where it belongs."""

    def __init__(self, session: Session, texts: Texts, file: str, here: Sequence[str]) -> None:
        super().__init__()
        self.file = file
        self._session = session
        self._texts = texts
        self._here = here
        self.preview = Preview(session, _PREVIEW)
        self.preview.setEnabled(False)
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        stamp = session.inspection.stamps.get(file)
        self.button = push_button(texts.get("ui.unassigned.put"), "quiet", "import")
        self.button.setAccessibleName(texts.get("ui.unassigned.put_named", file=file))
        self.button.clicked.connect(self._ask)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(file.removeprefix(f"{FOLDER}/"), Qt.TextElideMode.ElideMiddle))
        words.addWidget(ElidedLabel(size_in_words(stamp[0]) if stamp else "", role="caption"))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space(1.5))
        across.addWidget(self.preview)
        across.addLayout(words, 1)
        across.addWidget(self.button)
        self.preview.show_file(file)

    def menu(self) -> QMenu:
        """Where it could go: likely places first, the others after a line."""
        texts, session = self._texts, self._session
        menu = QMenu(self)
        for group in groups(session, self.file, self._here):
            if not menu.isEmpty():
                menu.addSeparator()
            for slot in group:
                action = menu.addAction(texts.word("slot", slot))
                action.triggered.connect(
                    lambda _checked=False, slot=slot: materials.of(session).assign(self.file, slot)
                )
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _ask(self) -> None:
        self.menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height())))


class Unassigned(QWidget):
    """The list of them; hidden while there are none. ``here``: the slots of the page on which it stands."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._here: tuple[str, ...] = ()
        self._shown: tuple[str, ...] = ()
        self.rows: list[_Row] = []
        self._more = label("", "caption")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.space())
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space())
        down.addWidget(label(texts.get("ui.unassigned.title"), "heading"))
        down.addWidget(label(texts.get("ui.unassigned.hint"), "caption"))
        down.addLayout(self._lines)
        down.addWidget(self._more)
        self.hide()  # until it has its place: without a parent it would be a window for a moment

    def refresh(self, here: Sequence[str]) -> None:
        """The folder, the form or the page's slots have changed."""
        files = self._session.inspection.unassigned
        self.setVisible(bool(files))
        if (files, tuple(here)) == (self._shown, self._here):
            return
        self._shown, self._here = files, tuple(here)
        focused: QWidget | None = self.window().focusWidget()
        held = next((index for index, row in enumerate(self.rows) if row.button is focused), -1)
        for row in self.rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [_Row(self._session, self._texts, file, here) for file in files[:_SHOWN]]
        for row in self.rows:
            self._lines.addWidget(row)
        self._more.setText(self._texts.get("ui.unassigned.more", count=len(files) - _SHOWN))
        self._more.setVisible(len(files) > _SHOWN)
        if held >= 0 and self.rows:
            self.rows[min(held, len(self.rows) - 1)].button.setFocus(Qt.FocusReason.OtherFocusReason)
