"""One file of a slot: its preview, its name, what is known of it, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QVBoxLayout

from degreecheck.facts import FileFacts
from degreecheck.gui import icons, theme
from degreecheck.gui.parts import ElidedLabel, StateMark, ToolBarButton
from degreecheck.gui.preview import Preview
from degreecheck.gui.theme import restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.gui.session import Session
    from degreecheck.report import Finding
    from degreecheck.text import Texts

_PREVIEW = 64  # logical pixels
_KILOBYTE = 1024
_STATES = {"error": "error", "warning": "question"}
_MARKS = {"gone": "error", "unsafe": "error", "unchecked": "question", "reading": "busy"}


def size_in_words(size: int) -> str:
    """Bytes as people read them: 820 KB, 3.4 MB."""
    if size < _KILOBYTE:
        return f"{size} B"
    kilobytes = size / _KILOBYTE
    return f"{kilobytes:.0f} KB" if kilobytes < 1000 else f"{kilobytes / _KILOBYTE:.1f} MB"


def state_of(session: Session, file: str, findings: Sequence[Finding]) -> str:
    """What is known of a file: "busy", "reading", "gone", "unsafe", "error", "question", "unchecked" or "ok"."""
    inspection = session.inspection
    listed = next((entry for entry in inspection.listed if file in (entry.file, entry.listed)), None)
    if listed is not None and not listed.exists:
        return "unsafe" if listed.unsafe else "gone"
    worst = next((found.severity for found in findings if found.severity != "note" and not found.answered), "")
    if worst:
        return _STATES[worst]
    facts = inspection.facts.get(file)
    if file in inspection.waiting or facts is None:
        return "busy" if not inspection.gone else "unchecked"
    if not isinstance(facts, FileFacts):
        return "unchecked"
    return "reading" if file in inspection.unread else "ok"


def pages_of(session: Session, file: str) -> int:
    """How many pages a file is known to have; 1 where nothing is known."""
    facts = session.inspection.facts.get(file)
    if not isinstance(facts, FileFacts):
        return 1
    if facts.pdf is not None:
        return max(facts.pdf.pages, 1)
    return max(facts.image.frames, 1) if facts.image is not None and facts.type == "tiff" else 1


class FileRow(QFrame):
    """A line of a slot's card. The keyboard alone suffices: Enter looks, Delete removes, Alt and the arrows shift."""

    viewed = Signal(str)
    opened = Signal(str)  # in the system's own program
    replaced = Signal(str)
    removed = Signal(str)
    shifted = Signal(str, int)
    moved = Signal(str, str)  # to another slot
    dragged = Signal(str)

    def __init__(self, session: Session, texts: Texts, file: str, targets: Sequence[str]) -> None:
        """``targets``: the slots into which it could go instead."""
        super().__init__()
        self.file = file
        self._session = session
        self._texts = texts
        self._targets = tuple(targets)
        self._place = (0, 1)
        self._pressed: QPoint | None = None
        self.setProperty("kind", "row")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name = file.rpartition("/")[2]
        self.preview = Preview(session, _PREVIEW)
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter on the row does the same
        self.preview.setAccessibleName(texts.get("ui.files.view_named", file=name))
        self.preview.clicked.connect(lambda: self.viewed.emit(self.file))
        self.name = ElidedLabel(name, Qt.TextElideMode.ElideMiddle)
        self.mark = StateMark("busy", "", 16)
        self.about = ElidedLabel("", Qt.TextElideMode.ElideRight, "caption")
        self.replace = self._button("replace", "replace", lambda: self.replaced.emit(self.file))
        self.remove = self._button("remove", "remove", lambda: self.removed.emit(self.file))
        self.more = self._button("more", "more", self._show_menu)
        self._lay_out()

    def _button(self, icon: str, key: str, act: object) -> ToolBarButton:
        button = ToolBarButton(icon, self._texts.get(f"ui.files.{key}"))
        button.setAccessibleName(self._texts.get(f"ui.files.{key}_named", file=self.file.rpartition("/")[2]))
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.setSpacing(theme.space(0.75))
        state.addWidget(self.mark)
        state.addWidget(self.about, 1)
        words = QVBoxLayout()
        words.setSpacing(theme.space(0.25))
        words.addStretch(1)
        words.addWidget(self.name)
        words.addLayout(state)
        words.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, theme.space(0.25), 0, theme.space(0.25))
        across.setSpacing(theme.space(0.5))
        across.addWidget(self.preview)
        across.addSpacing(theme.space())
        across.addLayout(words, 1)
        for button in (self.replace, self.remove, self.more):
            across.addWidget(button)

    def refresh(self, findings: Sequence[Finding], index: int, count: int) -> None:
        """Show the present state; ``findings``: those of this file, ``index`` of ``count`` files."""
        texts = self._texts
        self._place = (index, count)
        state = state_of(self._session, self.file, findings)
        word = texts.get(f"ui.files.state.{state}")
        self.mark.set_state(_MARKS.get(state, state), word)
        said = [word, *self._known()]
        if count > 1:
            said.insert(0, texts.get("ui.files.place", number=index + 1))
        self.about.setText(texts.get("ui.files.between").join(said))
        restyle(
            self.about,
            state={"gone": "error", "unsafe": "error", "error": "error", "question": "warning"}.get(state, ""),
        )
        self.setAccessibleName(" ".join([self.name.text(), *said]))
        boxes = [
            (region.box, finding.severity)
            for finding in findings
            if not finding.answered
            for region in finding.regions
            if region.page == 0
        ]
        self.preview.show_file(self.file, boxes)

    def _known(self) -> list[str]:
        inspection = self._session.inspection
        found = []
        stamp = inspection.stamps.get(self.file)
        if stamp is not None:
            found.append(size_in_words(stamp[0]))
        facts = inspection.facts.get(self.file)
        if isinstance(facts, FileFacts) and facts.image is not None:
            found.append(self._texts.get("ui.files.pixels", width=facts.image.width, height=facts.image.height))
        pages = pages_of(self._session, self.file)
        if pages > 1:
            found.append(self._texts.get("ui.files.pages", count=pages))
        return found

    # ---- what can be done

    def menu(self) -> QMenu:
        """Everything that can be done with the file."""
        texts = self._texts
        menu = QMenu(self)
        for icon, key, act in (
            ("zoom_in", "view", lambda: self.viewed.emit(self.file)),
            ("link_out", "open", lambda: self.opened.emit(self.file)),
            ("replace", "replace", lambda: self.replaced.emit(self.file)),
        ):
            action = menu.addAction(texts.get(f"ui.files.{key}"), act)
            icons.set_icon(action, icon)
        menu.addSeparator()
        index, count = self._place
        for icon, key, by, able in (("up", "earlier", -1, index > 0), ("down", "later", 1, index < count - 1)):
            action = menu.addAction(texts.get(f"ui.files.{key}"))
            action.triggered.connect(lambda _checked=False, by=by: self.shifted.emit(self.file, by))
            action.setEnabled(able)
            icons.set_icon(action, icon)
        others = menu.addMenu(texts.get("ui.files.move_to"))
        for slot in self._targets:
            action = others.addAction(texts.word("slot", slot))
            action.triggered.connect(lambda _checked=False, slot=slot: self.moved.emit(self.file, slot))
        menu.addSeparator()
        action = menu.addAction(texts.get("ui.files.remove"), lambda: self.removed.emit(self.file))
        icons.set_icon(action, "remove")
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _show_menu(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 (Qt's name)
        """The same menu where the mouse or the menu key asks for it."""
        self.menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Enter looks, Delete removes, Alt and an arrow shifts."""
        key = event.key()
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
            if by is not None:
                self.shifted.emit(self.file, by)
                return
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.viewed.emit(self.file)
            return
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.file)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """A drag may begin here."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """It begins once the mouse has gone far enough."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        if far >= QApplication.startDragDistance():
            self._pressed = None
            self.dragged.emit(self.file)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """No drag."""
        super().mouseReleaseEvent(event)
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        """Look at it."""
        super().mouseDoubleClickEvent(event)
        self.viewed.emit(self.file)
