"""The picture with its tools: cutting, the proposal, the background map, and what the marks mean, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from degreecheck.facts import FileFacts
from degreecheck.gui import photo_findings, theme
from degreecheck.gui.parts import FlowLayout, Switch, announce, caption, label, push_button
from degreecheck.gui.photo_canvas import PhotoCanvas
from degreecheck.gui.photo_crop import WHOLE, frames_of, head_of, propose_crop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.facts import Box
    from degreecheck.gui.session import Session
    from degreecheck.report import Finding
    from degreecheck.text import Texts

_PATH = "photo_crop"
_ALIKE = 0.004  # of the picture: nobody sees that two frames differ by less


class PhotoView(QWidget):
    """The canvas and what stands beneath it. ``editing_changed`` when cutting begins or ends."""

    editing_changed = Signal(bool)

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._facts: FileFacts | None = None
        self.canvas = PhotoCanvas()
        self.crop_button = push_button(texts.get("ui.photo.crop"), icon_name="crop")
        self.propose_button = push_button(texts.get("ui.photo.propose"), icon_name="fit")
        self.undo_crop_button = push_button(texts.get("ui.photo.uncrop"), "quiet")
        self.background_switch = Switch(texts.get("ui.photo.show_background"))
        self.apply_button = push_button(texts.get("ui.photo.apply"), "primary", "check")
        self.cancel_button = push_button(texts.get("ui.cancel"))
        self.again_button = push_button(texts.get("ui.photo.propose"), "quiet")
        self.whole_button = push_button(texts.get("ui.photo.whole"), "quiet")
        self.measure = label("", "body")
        self.note = label("", "muted")
        self._how = caption(texts.get("ui.photo.how_to_crop"))
        self.legend = caption()
        self._tools = QWidget()
        self._edit_tools = QWidget()
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.activated.connect(self.cancel)
        self._lay_out()
        self._connect()
        self._show_tools()

    def _lay_out(self) -> None:
        row = FlowLayout(self._tools)
        self.background_switch.setFixedHeight(theme.current().size("control"))
        for widget in (self.crop_button, self.propose_button, self.undo_crop_button, self.background_switch):
            row.addWidget(widget)
        edit = FlowLayout(self._edit_tools)
        for button in (self.apply_button, self.cancel_button, self.again_button, self.whole_button):
            edit.addWidget(button)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space())
        for part in (self.canvas, self.measure, self.note, self._tools, self._edit_tools, self._how, self.legend):
            down.addWidget(part)
        down.addStretch(1)

    def _connect(self) -> None:
        self.canvas.moved.connect(self._moved)
        self.canvas.accepted.connect(self.apply)
        self.canvas.given_up.connect(self.cancel)
        self.crop_button.clicked.connect(self.start)
        self.propose_button.clicked.connect(self.propose)
        self.again_button.clicked.connect(self.propose)
        self.undo_crop_button.clicked.connect(lambda: self._keep(None))
        self.whole_button.clicked.connect(lambda: self._draft(WHOLE))
        self.apply_button.clicked.connect(self.apply)
        self.cancel_button.clicked.connect(self.cancel)
        self.background_switch.toggled.connect(lambda _on: self.show_marks(self._findings, self._file))

    # ---- what is shown

    _findings: Sequence[Finding] = ()
    _file = ""

    def show_facts(self, facts: FileFacts | None) -> None:
        """What was measured in the photo; None while it is not known."""
        self._facts = facts
        canvas, photo = self.canvas, None if facts is None else facts.photo
        canvas.crop = self._session.form.photo_crop
        canvas.set_frames(None if facts is None else frames_of(facts, self._session.pack.photo))
        canvas.head = None if facts is None else head_of(facts)
        canvas.taken = self._taken()
        canvas.face = photo.in_picture(photo.faces[0].box) if photo is not None and photo.faces else None
        canvas.head_words = ""
        if canvas.head is not None:
            shown = canvas.draft or canvas.crop or WHOLE
            percent = round(canvas.head.share_of(shown) * 100)
            canvas.head_words = self._texts.get("ui.photo.percent", percent=percent)
        self._show_tools()
        canvas.update()

    def _taken(self) -> Box | None:
        """What the export takes of a picture, or of a crop, that has another shape."""
        frames, box = self.canvas.frames, self.canvas.crop or WHOLE
        return None if frames is None or frames.fits(box) else frames.fitted(box)

    def show_marks(self, findings: Sequence[Finding], file: str) -> None:
        """The places that the findings speak of."""
        self._findings, self._file = findings, file
        canvas, photo = self.canvas, None if self._facts is None else self._facts.photo
        canvas.marks = photo_findings.marks_of(findings, file)
        if canvas.chosen not in {number for mark in canvas.marks for number in mark.numbers}:
            canvas.chosen = 0
        area = photo.background.area if photo is not None and photo.background is not None else ()
        canvas.background = (photo.crop, area) if photo is not None and self.background_switch.isChecked() else None
        self.background_switch.setVisible(bool(area))
        self._show_legend(area)
        self._name_canvas()
        canvas.update()

    def choose_mark(self, number: int) -> None:
        """Let the place of a message stand out."""
        self.canvas.chosen = number
        self.canvas.update()
        announce(self.canvas, self._texts.get("ui.photo.place_shown", number=number))

    def _show_legend(self, area: Sequence[str]) -> None:
        canvas, get = self.canvas, self._texts.get
        lines = []
        if canvas.face is not None:
            lines.append(get("ui.photo.legend.face"))
        if canvas.head is not None:
            lines.append(get("ui.photo.legend.head_guessed" if canvas.head.guessed else "ui.photo.legend.head"))
        if canvas.background is not None:
            lines.append(get("ui.photo.legend.background"))
            if any("x" in row for row in area):
                lines.append(get("ui.photo.legend.uneven"))
        if canvas.marks:
            lines.append(get("ui.photo.legend.numbers"))
        if canvas.taken is not None:
            lines.append(get("ui.photo.legend.taken"))
        if canvas.crop is not None:
            lines.append(get("ui.photo.legend.crop"))
        self.legend.setText(get("ui.photo.legend.between").join(lines))
        self.legend.setVisible(bool(lines) and not canvas.editing)

    def _name_canvas(self) -> None:
        frames, texts = self.canvas.frames, self._texts
        words = [texts.word("slot", "photo")]
        if frames is not None:
            words.append(texts.get("ui.photo.pixels", width=frames.width, height=frames.height))
        if self.canvas.marks:
            words.append(texts.get("ui.photo.marked", count=len(self.canvas.marks)))
        self.canvas.setAccessibleName(texts.word("list", "separator").join(words))
        self.canvas.setAccessibleDescription(self._how.text() if self.canvas.editing else self.legend.text())

    def _show_tools(self) -> None:
        canvas = self.canvas
        ready = canvas.frames is not None
        upright = self._facts is None or self._facts.photo is None or not self._facts.photo.turned
        self._tools.setVisible(ready and not canvas.editing)
        for part in (self._edit_tools, self._how, self.measure):
            part.setVisible(canvas.editing)
        self.undo_crop_button.setVisible(canvas.crop is not None)
        can_propose = self._proposal() is not None
        self.propose_button.setEnabled(can_propose)
        self.again_button.setEnabled(can_propose)
        waits = self._facts is None or self._facts.photo is None
        why = "ui.photo.no_proposal_turned" if not upright else "ui.photo.no_proposal"
        self.note.setText("" if can_propose or waits else self._texts.get(why))
        self.note.setVisible(canvas.editing and bool(self.note.text()))
        self.propose_button.setAccessibleDescription(self.note.text())
        self.propose_button.setToolTip(self.note.text())
        self._escape.setEnabled(canvas.editing)

    # ---- cutting

    def _proposal(self) -> Box | None:
        return None if self._facts is None else propose_crop(self._facts, self._session.pack.photo)

    def start(self) -> None:
        """Begin with the frame that is there, else with the largest one."""
        frames = self.canvas.frames
        if frames is not None:
            crop = self.canvas.crop
            self._draft(frames.largest() if crop is None else crop if frames.fits(crop) else frames.fitted(crop))

    def propose(self) -> None:
        """Show the proposed frame; the person takes it or not."""
        box = self._proposal()
        if box is None:
            return
        present = self.canvas.draft or self.canvas.crop or WHOLE
        if all(abs(one - other) < _ALIKE for one, other in zip(box, present, strict=True)):
            self._session.told.emit(self._texts.get("ui.photo.already_good"))
            return
        self._draft(box)

    def _draft(self, box: Box) -> None:
        begins = not self.canvas.editing
        self.canvas.start(box)
        if begins:
            self._changed_mode()
            QWidget.setTabOrder(self.canvas, self.apply_button)  # it takes the focus only now

    def apply(self) -> None:
        """Take the frame: one step to undo, and the photo is looked at anew."""
        frames, draft = self.canvas.frames, self.canvas.draft
        if frames is None or draft is None:
            return
        self._end()
        self._keep(frames.settled(draft))

    def cancel(self) -> None:
        """Leave everything as it was."""
        if self.canvas.editing:
            self._end()

    def _end(self) -> None:
        self.canvas.stop()
        self.show_facts(self._facts)
        self._changed_mode()
        self.crop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed_mode(self) -> None:
        self._show_tools()
        self.legend.setVisible(bool(self.legend.text()) and not self.canvas.editing)
        self._name_canvas()
        self.editing_changed.emit(self.canvas.editing)

    def _keep(self, box: Box | None) -> None:
        session = self._session
        session.settle(_PATH)
        session.set_value(_PATH, box)
        session.settle(_PATH)

    def _moved(self) -> None:
        canvas, texts = self.canvas, self._texts
        if canvas.frames is None or canvas.draft is None:
            return
        width, height = canvas.frames.pixels(canvas.draft)
        words = texts.get("ui.photo.pixels", width=width, height=height)
        if canvas.head is not None:
            least, greatest = self._session.pack.photo.head_height
            percent = round(canvas.head.share_of(canvas.draft) * 100)
            canvas.head_words = texts.get("ui.photo.percent", percent=percent)
            words = texts.get(
                "ui.photo.head_in_frame", pixels=words, percent=percent, least=round(least * 100),
                greatest=round(greatest * 100),
            )  # fmt: skip
        self.measure.setText(words)
        announce(canvas, self.measure.text())
