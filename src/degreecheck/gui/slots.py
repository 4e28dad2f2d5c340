"""A slot's card: what belongs into it, the files in it, what was found about them, and every way to bring files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from degreecheck import asked, paths
from degreecheck.gui import dropping, icons, materials, outside, theme
from degreecheck.gui.bringing_in import Refused
from degreecheck.gui.finding_view import FindingList
from degreecheck.gui.parts import Card, ElidedLabel, Notice, Spinner, StateMark, announce, label, push_button
from degreecheck.gui.places import SLOT_PAGES, is_missing, page_of_field
from degreecheck.gui.slot_file import FileRow
from degreecheck.gui.theme import restyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.asked import AskedSlot
    from degreecheck.facts import Region
    from degreecheck.gui.session import Session
    from degreecheck.report import Finding
    from degreecheck.text import Texts

_SHOWN_REFUSALS = 4


def refusals_in_words(refused: Sequence[Refused], texts: Texts) -> str:
    """One sentence for each file that was not taken; of many only the first."""
    said = [texts.get(f"ui.files.refused.{one.reason}", file=one.name[:80]) for one in refused[:_SHOWN_REFUSALS]]
    if len(refused) > _SHOWN_REFUSALS:
        said.append(texts.get("ui.files.refused_more", count=len(refused) - _SHOWN_REFUSALS))
    return "\n".join(said)


class SlotCard(Card):
    """One slot. It shows the session and changes it through ``materials``; it never judges."""

    removed = Signal(str)  # a file has just been taken out
    noticed = Signal(QWidget)  # something was not taken, and this says why
    viewed = Signal(str, str, object)  # slot, file, regions: shown large

    def __init__(self, session: Session, texts: Texts, slot: str) -> None:
        super().__init__()
        self.slot = slot
        self._session = session
        self._texts = texts
        self._materials = materials.of(session)
        self._rows: dict[str, FileRow] = {}
        self._shown: list[str] = []
        self._asked: tuple[AskedSlot, bool] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self._title = ElidedLabel(texts.word("slot", slot), role="heading")
        self._need = ElidedLabel("", role="caption")
        self._mark = StateMark("todo", "", 18)
        self._head = QHBoxLayout()
        self._down = QVBoxLayout(self)
        self._actions = QWidget()
        self._hint = label("", "caption")
        self._any_of = label("", "caption")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.space(0.5))
        self._coming = QWidget()
        self._coming_words = label("", "caption")
        self.notice = Notice(
            "warning", "", state_word=texts.get("ui.files.not_taken"), close_word=texts.get("ui.close")
        )
        self.notice.hide()
        self.findings = FindingList(session, texts)
        self.in_picture = push_button(texts.get("ui.slot.in_picture"), "quiet", "search")
        self.in_picture.clicked.connect(self._show_in_picture)
        self.choose = push_button(texts.get("ui.slot.choose"), "default", "open")
        self.choose.clicked.connect(lambda _checked=False: self.choose_files())
        self.paste_button = push_button(texts.get("ui.slot.paste"), "quiet", "paste")
        self.paste_button.clicked.connect(lambda _checked=False: self.paste())
        self._how = label(texts.get("ui.slot.how"), "caption")
        self._lay_out()
        self._materials.changed.connect(self.refresh)
        self._materials.refused.connect(self._say_refused)
        self._materials.brought.connect(self._welcome)
        self.line = QFrame(self)  # where what is dropped would come
        self.line.setFrameShape(QFrame.Shape.HLine)
        self.line.setProperty("drop_line", True)
        self.line.hide()
        self.refresh()

    def _lay_out(self) -> None:
        head = self._head
        head.setSpacing(theme.space())
        head.addWidget(self._title)
        head.addWidget(self._need, 1)
        head.addWidget(self._mark)
        coming = QHBoxLayout(self._coming)
        coming.setContentsMargins(theme.space(0.5), 0, 0, 0)
        coming.addWidget(Spinner(self._texts.get("ui.files.copying"), 16))
        coming.addWidget(self._coming_words, 1)
        actions = QHBoxLayout(self._actions)
        actions.setContentsMargins(0, 0, 0, 0)
        actions.setSpacing(theme.space(0.5))
        actions.addWidget(self.choose)
        actions.addWidget(self.paste_button)
        self._actions.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        down = self._down
        down.setContentsMargins(theme.space(2), theme.space(1.5), theme.space(2), theme.space(1.5))
        down.setSpacing(theme.space())
        down.addLayout(head)
        down.addWidget(self._hint)
        down.addWidget(self._any_of)
        down.addLayout(self._lines)
        down.addWidget(self._coming)
        down.addWidget(self.notice)
        down.addWidget(self.findings)
        down.addWidget(self.in_picture, alignment=Qt.AlignmentFlag.AlignLeft)
        down.addWidget(self._actions)
        down.addWidget(self._how)

    def _place_actions(self, filled: bool) -> None:
        """Of an empty card they are what matters; of a filled one they stand back beside its name."""
        restyle(self.choose, kind="quiet" if filled else "default")
        icons.set_icon(self.choose, "add" if filled else "open", "accent_ink" if filled else "text")
        place, other = (self._head, self._down) if filled else (self._down, self._head)
        if other.indexOf(self._actions) >= 0:
            other.removeWidget(self._actions)
            place.insertWidget(place.count() - 1, self._actions)

    # ---- what is shown

    @property
    def files(self) -> list[str]:
        """The files in the slot, in order, each under its one name."""
        return list(dict.fromkeys(_folded(file) for file in self._materials.files(self.slot)))

    @property
    def rows(self) -> list[FileRow]:
        """The lines of the files, in order."""
        return [self._rows[file] for file in self._shown]

    def set_asked(self, wanted: AskedSlot, *, own_card: bool = False) -> None:
        """How much this applicant needs the slot, and what would do instead; ``own_card``: that has a card here too."""
        texts = self._texts
        if (wanted, own_card) == self._asked:
            return
        self._asked = (wanted, own_card)
        self._need.setText(texts.get(f"ui.slot.need.{wanted.need or 'none'}"))
        key = "ui.slot.any_of" if own_card else "ui.slot.any_of_here"
        self._any_of.setText(texts.get(key, others=list(wanted.any_of), slot=self.slot))
        said = any(texts.word("slot", other) in self._hint_text() for other in wanted.any_of)
        self._any_of.setVisible(bool(wanted.any_of) and (own_card or not said))
        self.refresh()

    def refresh(self) -> None:
        """The form, the files or the report have changed."""
        texts = self._texts
        files = self.files
        found = self._findings()
        self._show_rows(files, found)
        self.findings.show_findings(found)
        self.in_picture.setVisible(any(one.regions and one.file in files for one in found))
        coming = self._materials.on_their_way(self.slot)
        self._coming.setVisible(bool(coming))
        self._coming_words.setText(texts.get("ui.files.copying_named", files=list(coming)))
        hint = self._hint_text()
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint) and not files)
        self.choose.setText(texts.get("ui.slot.add" if files else "ui.slot.choose"))
        self._place_actions(bool(files))
        self.choose.setAccessibleName(f"{self._title.text()}: {self.choose.text()}")
        self.paste_button.setAccessibleName(f"{self._title.text()}: {self.paste_button.text()}")
        self._how.setVisible(not files)
        open_ones = [one for one in found if one.severity != "note" and not one.answered]
        worst = next((one.severity for one in open_ones), "")
        busy = bool(coming) or any(row.mark.state == "busy" for row in self.rows)
        state = {"error": "error", "warning": "question"}.get(worst) or ("busy" if busy else "ok" if files else "todo")
        word = texts.get(f"ui.slot.state.{state}")
        self._mark.set_state(state, word)
        self.set_state(worst)
        count = texts.get("ui.slot.count", count=len(files))
        self.setAccessibleName(", ".join((self._title.text(), self._need.text(), count, word)))
        self.setAccessibleDescription(" ".join(part for part in (hint, *(one.message(texts) for one in found)) if part))

    def _findings(self) -> list[Finding]:
        # What stands beside a field of the same page is not said twice.
        mine = [one for one in self._session.report.findings if one.slot == self.slot]
        found = [one for one in mine if not one.field or page_of_field(one.field) != SLOT_PAGES.get(self.slot)]
        if "export" in self._session.visited:
            return found
        return [one for one in found if not is_missing(one)]  # no reproach before the person was through once

    def _hint_text(self) -> str:
        route = self._session.form.language.route
        keys = (f"ui.slot.hint.{self.slot}_{route}", f"ui.slot.hint.{self.slot}")
        return next((self._texts.get(key) for key in keys if self._texts.has(key)), "")

    def _show_rows(self, files: list[str], found: Sequence[Finding]) -> None:
        focused: QWidget | None = self.window().focusWidget()
        for file in [file for file in self._rows if file not in files]:
            row = self._rows.pop(file)
            if focused is not None and (focused is row or row.isAncestorOf(focused)):
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        for index, file in enumerate(files):
            row = self._rows.get(file) or self._made_row(file)
            if self._lines.indexOf(row) != index:
                self._lines.insertWidget(index, row)
                row.show()
            row.refresh([one for one in found if one.file == file], index, len(files))
        self._shown = files

    def _made_row(self, file: str) -> FileRow:
        targets = [slot for slot in asked.UPLOAD_ORDER if slot != self.slot]
        row = self._rows[file] = FileRow(self._session, self._texts, file, targets)
        row.viewed.connect(lambda file: self.viewed.emit(self.slot, file, ()))
        row.opened.connect(self._open)
        row.replaced.connect(lambda file: self.choose_files(replacing=file))
        row.removed.connect(self.take_out)
        row.shifted.connect(self._shift)
        row.moved.connect(lambda file, slot: self._materials.move(self._listed(file), self.slot, slot))
        row.dragged.connect(self._drag)
        return row

    def _listed(self, file: str) -> str:
        """How the form itself spells the file."""
        return next((listed for listed in self._materials.files(self.slot) if _folded(listed) == file), file)

    # ---- bringing files

    def choose_files(self, *, replacing: str = "") -> None:
        """Ask for files; nothing waits for the answer."""

        def chosen(files: list[Path]) -> None:
            if files:
                self._materials.last_folder = str(files[0].parent)
                self.bring(files, replacing=replacing)

        title = self._texts.get("ui.slot.choose_for", slot=self.slot)
        outside.ask_for_files(self, title, self._materials.last_folder, self._texts, chosen, many=not replacing)

    def bring(self, files: Sequence[Path], *, at: int | None = None, replacing: str = "") -> None:
        """Copy these in and list them here."""
        self.notice.hide()
        self._materials.add(self.slot, files, at=at, replacing=self._listed(replacing) if replacing else "")

    def paste(self) -> None:
        """What the clipboard holds: files, or a picture such as a screenshot."""
        data = QGuiApplication.clipboard().mimeData()
        self._take(dropping.read(data, self._session.path), None)

    def _take(self, dropped: dropping.Dropped, at: int | None) -> None:
        if dropped.own is not None:
            slot, file = dropped.own
            self._materials.move(file, slot, self.slot, at)
        elif dropped.files:
            self.bring(dropped.files, at=at)
        elif dropped.picture is not None:
            self.notice.hide()
            self._materials.add_picture(self.slot, dropped.picture, self._texts.get("ui.slot.screenshot"))
        else:
            reason = "not_local" if dropped.elsewhere else "nothing_to_paste"
            self._say_refused(self.slot, (Refused("", reason),))

    def _say_refused(self, slot: str, refused: Sequence[Refused]) -> None:
        if slot != self.slot or not refused:
            return
        words = refusals_in_words(refused, self._texts)
        self.notice.set("warning", words, state_word=self._texts.get("ui.files.not_taken"))
        self.notice.show()
        self.noticed.emit(self.notice)
        announce(self, words)

    def _welcome(self, slot: str, files: Sequence[str]) -> None:
        if slot == self.slot and self.isVisible():
            announce(self, self._texts.get("ui.files.brought", count=len(files)))

    # ---- changing what is there

    def take_out(self, file: str) -> None:
        """Take a file out of the slot; the focus goes to the one after it."""
        shown = self.files
        following = shown[shown.index(file) + 1 :] or shown[: shown.index(file)][-1:] if file in shown else []
        row = self._rows.get(file)
        focused: QWidget | None = self.window().focusWidget()
        had_focus = row is not None and focused is not None and (focused is row or row.isAncestorOf(focused))
        self._materials.remove(self.slot, self._listed(file))
        if had_focus:
            target: QWidget = self._rows[following[0]] if following else self.choose
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.removed.emit(file)

    def _shift(self, file: str, by: int) -> None:
        files = self.files
        to = files.index(file) + by
        if 0 <= to < len(files):
            self._materials.shift(self.slot, self._listed(file), to)
            announce(self, self._texts.get("ui.files.place", number=to + 1))

    def _open(self, file: str) -> None:
        if not outside.open_outside(self._session.path, file):
            self._say_refused(self.slot, (Refused(file.rpartition("/")[2], "not_opened"),))

    def _show_in_picture(self) -> None:
        one = next((one for one in self.findings.findings if one.regions and one.file in self.files), None)
        if one is not None and one.file:
            self.show_large(one.file, one.regions)

    def show_large(self, file: str, regions: Sequence[Region] = ()) -> None:
        """Have a file shown large, at these boxes."""
        self.viewed.emit(self.slot, file, tuple(regions))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Ctrl+V pastes, wherever in the card the focus is; Enter chooses files."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif self.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose_files()
        else:
            super().keyPressEvent(event)

    # ---- dragging

    def _drag(self, file: str) -> None:
        drag = QDrag(self)
        drag.setMimeData(dropping.own_file(self._session.path, self.slot, self._listed(file)))
        row = self._rows[file]
        drag.setPixmap(row.grab())
        drag.setHotSpot(QPoint(theme.space(2), row.height() // 2))
        drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Files, pictures and files of other slots are welcome; what they are is looked at later, in a thread."""
        if dropping.may_be_dropped(event.mimeData()):
            event.acceptProposedAction()
            self.set_drop(True)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 (Qt's name)
        """Everywhere on the card; a line shows between which files."""
        event.acceptProposedAction()
        self._show_line(len(self._above(event.position().y())))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 (Qt's name)
        """It went on."""
        super().dragLeaveEvent(event)
        self._end_drop()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Take what was dropped; at the place between the files where it was."""
        self._end_drop()
        event.acceptProposedAction()
        dropped = dropping.read(event.mimeData(), self._session.path)
        rows = self.rows
        own = dropped.own[1] if dropped.own is not None and dropped.own[0] == self.slot else ""
        above = [row for row in self._above(event.position().y()) if row.file != _folded(own)]
        self._take(dropped, len(above) if rows else None)

    def _above(self, y: float) -> list[FileRow]:
        return [row for row in self.rows if row.geometry().center().y() < y]

    def _show_line(self, index: int) -> None:
        rows = self.rows
        if rows:
            edge = rows[index - 1].geometry().bottom() + 1 if index else rows[0].y() - 1
            self.line.setGeometry(rows[0].x(), edge, rows[0].width(), 2)
        self.line.setVisible(bool(rows))
        self.line.raise_()

    def _end_drop(self) -> None:
        self.set_drop(False)
        self.line.hide()


def _folded(file: str) -> str:
    try:
        return paths.folded(file)
    except paths.UnsafePath:
        return file
