"""The electronic photo (M15, M16): the picture, what was found in it, cutting it, how it will be printed.

It shows the report and changes the form through the session; it judges nothing and opens no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from degreecheck.facts import FileFacts, NotChecked
from degreecheck.gui import dropping, photo_checks, theme, thumbnails
from degreecheck.gui.parts import (
    Card,
    ElidedLabel,
    Notice,
    Spinner,
    ToolBarButton,
    announce,
    heading,
    label,
    push_button,
)
from degreecheck.gui.photo_checks import ChecksView
from degreecheck.gui.photo_confirmations import PhotoConfirmations
from degreecheck.gui.photo_empty import PhotoEmpty
from degreecheck.gui.photo_export import PhotoExport
from degreecheck.gui.photo_findings import PhotoFindings, numbered
from degreecheck.gui.photo_others import OtherPhotos
from degreecheck.gui.photo_prints import PhotoPrints
from degreecheck.gui.photo_source import SLOT, PhotoSource
from degreecheck.gui.photo_view import PhotoView
from degreecheck.gui.places import is_missing
from degreecheck.gui.slots import refusals_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.gui.bringing_in import Refused
    from degreecheck.gui.places import Target
    from degreecheck.gui.session import Session
    from degreecheck.gui.thumbnails import Key
    from degreecheck.pack import Pack
    from degreecheck.text import Texts

QWIDGETSIZE_MAX = 16_777_215  # Qt's own limit, which PySide6 does not name
_BESIDE = 440  # logical pixels from which picture and verdict stand side by side
_MESSAGES = 330  # logical pixels beside the picture from which messages stand there
_NARROWEST = 280  # logical pixels at which everything still wraps
_SHARE = 0.45  # of the width
_LEAST, _GREATEST = 190, 320  # the picture's column then


class PhotoWorkbench(QWidget):
    """Everything about the photo, for the page of the certificates."""

    viewed = Signal(str)  # this file is to be shown large
    removed = Signal(str)  # the photo has just been taken out: its name in the form

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._asked_picture: Key | None = None
        self.setAcceptDrops(True)
        self.source = PhotoSource(session, texts, self)
        self.view = PhotoView(session, texts)
        self.canvas = self.view.canvas
        self.checks = ChecksView(texts)
        self.exported = PhotoExport(session, texts)
        self._pack: Pack | None = None
        self.findings = PhotoFindings(session, texts)
        self.confirmations = PhotoConfirmations(session, texts)
        self.prints = PhotoPrints(texts)
        self._name = ElidedLabel("", Qt.TextElideMode.ElideMiddle, "caption")
        self.view_button = ToolBarButton("zoom_in", texts.get("ui.files.view"))
        self.replace_button = push_button(texts.get("ui.photo.replace"), "quiet", "replace")
        self.remove_button = push_button(texts.get("ui.photo.remove"), "quiet", "remove")
        self.refusal = Notice("warning", "", close_word=texts.get("ui.close"))
        self.refusal.hide()
        self._coming = Spinner(size=18)
        self._coming_words = label("", "muted")
        self.empty = PhotoEmpty(texts)
        self._full = Card()
        self.others = OtherPhotos(self.source, texts)
        self._about = QWidget()
        self._under = QVBoxLayout()
        self._right = QVBoxLayout(self._about)
        self._home = self._right
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._connect()
        self._refresh()

    # ---- made once

    def _lay_out(self) -> None:
        self._fill_full()
        coming = QHBoxLayout()
        coming.addWidget(self._coming)
        coming.addWidget(self._coming_words, 1)
        down = QVBoxLayout(self)
        down.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)  # see minimumSizeHint
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        down.addWidget(heading(self._texts.word("slot", SLOT)))
        down.addWidget(self.refusal)
        down.addLayout(coming)
        for part in (self.empty, self._full, self.prints, self.confirmations):
            down.addWidget(part)

    def _fill_full(self) -> None:
        about = self._about
        about.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        right = self._right
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.space(2))
        right.addWidget(self.checks)
        right.addWidget(self.findings)
        right.addWidget(self.exported)
        right.addStretch(1)
        self._beside.setSpacing(theme.space(3))
        self._beside.addWidget(self.view)
        self._beside.addWidget(about, 1)
        row = QHBoxLayout()
        row.addWidget(self._name, 1)
        row.addWidget(self.view_button)
        row.addWidget(self.replace_button)
        row.addWidget(self.remove_button)
        down = QVBoxLayout(self._full)
        down.setContentsMargins(theme.space(2), theme.space(2), theme.space(2), theme.space())
        down.setSpacing(theme.space())
        down.addLayout(self._beside)
        down.addLayout(self._under)
        down.addLayout(row)
        down.addWidget(self.others)

    def _connect(self) -> None:
        session, source = self._session, self.source
        session.form_changed.connect(self._refresh)
        session.judged.connect(self._show_report)
        session.inspection.changed.connect(self._refresh)
        source.materials.changed.connect(self._show_coming)
        source.refused.connect(self._show_refused)
        source.removed.connect(self.removed)
        self.view_button.clicked.connect(lambda: self.viewed.emit(source.file))
        for button in (self.empty.choose_button, self.replace_button):
            button.clicked.connect(source.choose)
        self.empty.paste_button.clicked.connect(source.paste)
        self.remove_button.clicked.connect(lambda _checked: source.remove())
        self.canvas.wanted.connect(lambda _side: self._ask_picture())
        self.findings.place_chosen.connect(self._show_place)
        self.prints.opened.connect(self._show_prints)
        self.view.editing_changed.connect(self._make_room)

    # ---- what is there

    @property
    def _facts(self) -> FileFacts | NotChecked | None:
        return self._session.inspection.facts.get(self.source.file)

    @property
    def _measured(self) -> FileFacts | None:
        facts = self._facts
        return facts if isinstance(facts, FileFacts) else None

    @property
    def waiting(self) -> bool:
        """Whether something about the photo is still being found out."""
        inspection = self._session.inspection
        return bool(self.source.listed) and (not inspection.looked or self.source.file in inspection.waiting)

    def _show_pack(self) -> None:
        """Another school may ask for another size."""
        pack = self._session.pack
        if pack is self._pack:
            return
        self._pack = pack
        self.exported.show_pack(pack)
        self.empty.show_pack(pack)
        self.prints.show_pack(pack)
        self.confirmations.show_pack(pack)

    def _refresh(self) -> None:
        self._show_pack()
        there = bool(self.source.listed)
        if not there and self.canvas.editing:
            self.view.cancel()
        self.empty.setVisible(not there)
        self._full.setVisible(there)
        self.prints.setVisible(there)
        self.confirmations.setVisible(there)
        self._name.setText(self.source.name)
        self.others.show_files(self.source.others)
        self.view_button.setEnabled(bool(self.source.file))
        self.confirmations.refresh()
        self._show_coming()
        self._show_report()

    def _show_report(self) -> None:
        session, file = self._session, self.source.file
        facts = self._measured
        self.view.show_facts(facts)
        shown = [
            finding
            for finding in session.findings_of_slot(SLOT)
            if (not is_missing(finding) or "export" in session.visited)
            and (finding.file in (None, file) or not self.source.others)  # theirs stand in the list of the page
        ]
        self.findings.show_numbered(shown, file)
        self.view.show_marks(shown, file)
        self.checks.show_checks(photo_checks.read(session.report, file, waiting=self.waiting), facts)
        self.confirmations.show_findings()
        worst = next((f.severity for f in shown if f.severity != "note" and not f.answered), "")
        self._full.set_state(worst)
        self._ask_picture()
        self._show_prints()
        self.exported.show_photo(self.source.file, None if self.waiting else facts, waiting=self.waiting)

    # ---- the picture

    def _ask_picture(self) -> None:
        file = self.source.file
        if not file:
            self._asked_picture = None
            gone = self.source.entry is not None
            self.canvas.set_image(None, self._texts.get("ui.photo.no_picture") if gone else "")
            self._show_prints()
            return
        keeper = thumbnails.of(self._session)
        key = keeper.key(file, self.canvas.pixels_wanted())
        if key == self._asked_picture:
            return
        if self._asked_picture is not None and self._asked_picture[:2] != key[:2]:
            self.canvas.set_image(None)  # another file, or another state of it
        self._asked_picture = key
        keeper.ask(self, key, lambda picture: self._got_picture(key, picture))

    def _got_picture(self, key: Key, picture: QImage) -> None:
        if key == self._asked_picture:
            self.canvas.set_image(None if picture.isNull() else picture, self._texts.get("ui.photo.no_picture"))
            self._show_prints()

    def _show_prints(self) -> None:
        self.prints.show_picture(self.canvas.image, self._session.form.photo_crop)

    # ---- files

    def _show_coming(self) -> None:
        names = self.source.coming
        self._coming.setVisible(bool(names))
        self._coming_words.setVisible(bool(names))
        self._coming_words.setText(self._texts.get("ui.files.copying_named", files=names) if names else "")
        if names:
            self.refusal.hide()

    def _show_refused(self, refused: Sequence[Refused]) -> None:
        words = refusals_in_words(refused, self._texts)
        self.refusal.set("warning", words, state_word=self._texts.get("ui.files.not_taken"))
        self.refusal.show()
        announce(self, words)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  (Qt's name)
        """A picture may be dropped anywhere on the workbench."""
        if dropping.may_be_dropped(event.mimeData()):
            event.acceptProposedAction()
            self._welcome(welcome=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  (Qt's name)
        """It went elsewhere."""
        super().dragLeaveEvent(event)
        self._welcome(welcome=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  (Qt's name)
        """Take it."""
        self._welcome(welcome=False)
        self.source.take(event.mimeData())
        event.acceptProposedAction()

    def _welcome(self, *, welcome: bool) -> None:
        self.empty.set_drop(welcome)
        self._full.set_drop(welcome)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Ctrl+V puts the clipboard's picture here."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.source.paste()
        else:
            super().keyPressEvent(event)

    # ---- going there, growing and shrinking

    def reveal(self, target: Target) -> None:
        """Bring what a finding speaks of into view: a box to tick, the cutting, a place in the picture."""
        if target.field.startswith("confirmations"):
            self._bring(self.confirmations)
            self.confirmations.focus_next()
        elif target.field == "photo_crop":
            self._bring(self.view)
            self.view.crop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.source.listed:
            self._bring(self.empty)
            self.empty.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._bring(self.canvas)
            self.replace_button.setFocus(Qt.FocusReason.OtherFocusReason)
            placed = numbered(self.findings.findings, self.source.file)
            self._show_place(next((number for number, f in placed if f.regions == target.regions), 0))
            self.findings.focus_number(self.canvas.chosen)

    def _show_place(self, number: int) -> None:
        self.view.cancel()
        self._bring(self.canvas)
        self.view.choose_mark(number)

    def _bring(self, part: QWidget) -> None:
        over: QWidget | None = self.parentWidget()
        while over is not None and not isinstance(over, QScrollArea):
            over = over.parentWidget()
        if isinstance(over, QScrollArea):
            over.ensureWidgetVisible(part, 0, theme.space(3))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Side by side where there is room, else one under the other."""
        super().resizeEvent(event)
        self._arrange()

    def _make_room(self) -> None:
        self._arrange()
        QTimer.singleShot(0, self.view, lambda: self._bring(self.view))  # once it has its new place

    def _arrange(self) -> None:
        # While the frame is moved the picture has all the room.
        editing = self.canvas.editing
        self._about.setVisible(not editing)
        wide = self.width() >= _BESIDE and not editing
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._beside.direction() != direction:
            self._beside.setDirection(direction)
        column = min(max(round(self.width() * _SHARE), _LEAST), _GREATEST)
        self.view.setMinimumWidth(column if wide else 0)
        self.view.setMaximumWidth(column if wide else QWIDGETSIZE_MAX)
        self.canvas.fit_into(self.window().height())
        self._place_findings(beside=wide and self.width() - column >= _MESSAGES)

    def _place_findings(self, *, beside: bool) -> None:
        """Beside the picture, below the verdict, where that leaves their lines a fair length."""
        home = self._right if beside else self._under
        if home is not self._home:
            before, self._home = self._home, home  # first: moving a widget may bring us here again
            before.removeWidget(self.findings)
            home.insertWidget(1 if beside else 0, self.findings)
        self.findings.setVisible(bool(self.findings.findings) and not self.canvas.editing)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Narrower than the present arrangement needs: that changes with the width."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Another theme: what is drawn by hand is drawn anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.canvas.update()
