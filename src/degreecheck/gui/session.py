"""One application while it is open in a window: its form, its undo history, its report. What pages read and change.

    session.set_value("personal.name", "张三")      a change: judged at once, saved soon, can be undone
    session.report                                 what follows from it

Nothing here draws anything; any number of widgets listen to ``form_changed``, ``judged`` and ``going_to``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from degreecheck import check, clock, form_file, pack, paths
from degreecheck import folder as folders
from degreecheck.folder import Folder
from degreecheck.form import Answer, Form, SetAside, value_at, with_value
from degreecheck.gui.background import Background
from degreecheck.gui.history import History
from degreecheck.gui.inspection import Inspection
from degreecheck.gui.places import PageId, Target, page_of_field, target_of
from degreecheck.gui.saving import Saving
from degreecheck.pack import Pack
from degreecheck.papers.proposals import Proposal
from degreecheck.papers.proposals import proposals as read_proposals
from degreecheck.report import Finding, Report
from degreecheck.rules._rule import Case

_MINUTE_MS = 60_000
_PROPOSE_MS = 300  # after the last change


@dataclass(frozen=True)
class Opened:
    """An application folder as it was read from disk, and the school's pack. Made in a thread."""

    folder: Folder
    pack: Pack


def open_folder(path: Path) -> Opened:
    """Read an application folder. Raises folder.NotAFolder. An unknown pack becomes the first that ships (SYS101)."""
    found = folders.load(path)
    try:
        chosen = pack.find(found.form.pack)
    except (pack.NoSuchPack, pack.PackInvalid):
        chosen = pack.find(Form().pack)
    return Opened(found, chosen)


class Session(QObject):
    """An open application. Every change goes through here."""

    form_changed = Signal()
    judged = Signal()
    going_to = Signal(object)  # places.Target
    mask_changed = Signal()
    proposed = Signal()  # other values were read in the pictures
    told = Signal(str)  # a sentence about something that just happened, shown for a moment

    def __init__(
        self,
        opened: Opened,
        background: Background,
        *,
        now: Callable[[], datetime] = clock.now,
        read_text: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.background = background
        self.pack = opened.pack
        self.masked = True  # ID numbers, until the person asks to see them
        self.visited: set[PageId] = set()
        self._now = now
        self._history = History(opened.folder.form)
        self._unsettled: dict[str, Any] = {}  # half-typed: path and the value that is judged meanwhile
        self.inspection = Inspection(opened.folder, background, self, read_text=read_text)
        self.saving = Saving(
            opened.folder.path / paths.FORM_NAME, opened.folder.form, opened.folder.form_sha256, background, self
        )
        self.saving.held = bool(opened.folder.form_unreadable)
        self.report = self._judge()
        self.inspection.changed.connect(self._rejudge)
        self.proposals: dict[str, Proposal] = {}  # by field: what the pictures show and the form does not say
        self._proposing = QTimer(self, singleShot=True, interval=_PROPOSE_MS)
        self._proposing.timeout.connect(self._propose)
        self.inspection.changed.connect(self._proposing.start)
        self.form_changed.connect(self._proposing.start)
        self._clock = QTimer(self, interval=_MINUTE_MS)  # days left, a window that closes while it is open
        self._clock.timeout.connect(self._rejudge)
        self._clock.start()
        self.inspection.look(self.form)

    # ---- what is there

    @property
    def form(self) -> Form:
        """The present form, half-typed values included."""
        return self._history.form

    @property
    def path(self) -> Path:
        """The application folder."""
        return self.inspection.folder.path

    @property
    def now(self) -> datetime:
        """The moment by which is judged."""
        return self._now()

    @property
    def case(self) -> Case:
        """What the present report rests on."""
        return self._case

    def value(self, path: str) -> Any:
        """A field's present value."""
        return value_at(self.form, path)

    def aside(self, path: str) -> str:
        """What was typed into a field that cannot hold it, such as a date that is none; "" where there is nothing."""
        return next((entry.value for entry in self.form.set_aside if entry.field == path), "")

    def findings_of_field(self, path: str) -> list[Finding]:
        """The findings that stand beside a field; those of its rows or parts count too."""
        return [
            finding
            for finding in self.report.findings
            if finding.field and (finding.field == path or finding.field.startswith((f"{path}[", f"{path}.")))
        ]

    def findings_of_slot(self, slot: str) -> list[Finding]:
        """The findings that stand beside a slot."""
        return [finding for finding in self.report.findings if finding.slot == slot and not finding.field]

    def findings_of_page(self, page: PageId) -> list[Finding]:
        """The findings that lead to a page, in the report's order."""
        return [finding for finding in self.report.findings if target_of(finding).page == page]

    # ---- changing

    def set_value(self, path: str, value: object, *, settled: bool = True) -> None:
        """A field has this value now. ``settled`` False: still being typed, and judged as it was before meanwhile."""
        if not settled and path not in self._unsettled:
            self._unsettled[path] = self.value(path)
        elif settled:
            self._unsettled.pop(path, None)
        self._change(with_value(self._without_aside(path), path, value), path)

    def put_aside(self, path: str, typed: str, blank: object = None) -> None:
        """What was typed cannot be this field's value: it is kept as text, and said to be so (SYS101)."""
        self._unsettled.pop(path, None)
        form = with_value(self._without_aside(path), path, blank)
        entries = (*form.set_aside, SetAside(field=path, value=typed))
        self._change(form.model_copy(update={"set_aside": entries}), path)

    def settle(self, path: str) -> None:
        """The person has left the field: from here on its value is judged, and the next change can be undone alone."""
        self._history.settle()
        if path in self._unsettled:
            del self._unsettled[path]
            self._rejudge()

    def set_values(self, values: Mapping[str, object]) -> None:
        """Several fields at once, undone together."""
        form = self.form
        for path, value in values.items():
            self._unsettled.pop(path, None)
            form = with_value(form, path, value)
        self.change(form)

    def change(self, form: Form) -> None:
        """Any other change of the form, one step to undo."""
        self._history.settle()
        self._change(form, "")
        self._history.settle()

    def undo(self) -> None:
        """Take back the last change."""
        self._travel(self._history.undo)

    def redo(self) -> None:
        """Make the change again that was taken back."""
        self._travel(self._history.redo)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back."""
        return self._history.can_redo

    def answer(self, finding: Finding, *, yes: bool = True) -> None:
        """我已核对: the person has looked at a warning, or takes that back."""
        answers = {key: entry for key, entry in self.form.answers.items() if key != finding.key}
        if yes:
            answers[finding.key] = Answer(values_sha256=finding.values_sha256, answered_at=self.now)
        self.change(self.form.model_copy(update={"answers": answers}))

    def choose_pack(self, name: str, chosen: Pack) -> None:
        """Another school's rules. ``name`` is its id, or the file it came from."""
        self.pack = chosen
        self.change(with_value(self._without_aside("pack"), "pack", name))

    def set_materials(self, materials: Mapping[str, Iterable[str]]) -> None:
        """The slots with their files, all of them."""
        kept = {slot: tuple(files) for slot, files in materials.items()}
        changed: dict[str, Any] = {"materials": {slot: files for slot, files in kept.items() if files}}
        if changed["materials"].get("photo") != self.form.materials.get("photo"):
            changed["photo_crop"] = None  # that frame was drawn on another picture
        self.change(self.form.model_copy(update=changed))

    # ---- going, showing, closing

    def go_to(self, finding: Finding) -> None:
        """Show where a finding is mended."""
        self.going_to.emit(target_of(finding))

    def go_to_field(self, path: str) -> None:
        """Show a field."""
        page = page_of_field(path)
        if page is not None:
            self.going_to.emit(Target(page, field=path))

    def go_to_page(self, page: PageId) -> None:
        """Show a page."""
        self.going_to.emit(Target(page))

    def set_masked(self, masked: bool) -> None:
        """Hide ID numbers in every field that is not being typed in, or show them."""
        if masked != self.masked:
            self.masked = masked
            self.mask_changed.emit()

    def look_again(self) -> None:
        """The window came to the front: files may have changed meanwhile, and another window may have saved."""
        self.inspection.look(self.form)
        self.saving.look_for_others(self.load_theirs)

    def load_theirs(self, loaded: form_file.LoadedForm | None = None) -> bool:
        """Take over the form on disk; ours stays one step of undo away, and where it was never written as a copy.

        False where what stands there cannot be read.
        """
        if loaded is None:
            try:
                loaded = form_file.load(self.saving.path)
            except form_file.FormUnreadable:
                return False
        self._unsettled.clear()
        before = self.form
        if self.saving.pending:
            self.saving.keep_copy()
        self._history.replace(loaded.form)
        self.saving.loaded(loaded.form, loaded.sha256)
        self._after_change(before)
        return True

    def close(self) -> bool:
        """Before the window closes: everything is written. False where it could not be."""
        self._clock.stop()
        return self.saving.finish()

    # ---- within

    def _propose(self) -> None:
        form = self.form
        texts = {
            file: found for file, found in self.inspection.facts.items() if getattr(found, "text", None) is not None
        }
        if not texts and not self.proposals:
            return

        def found(proposals: list[Proposal]) -> None:
            named = {proposal.field: proposal for proposal in proposals}
            if form is self.form and named != self.proposals:
                self.proposals = named
                self.proposed.emit()

        self.background.run(self, lambda: read_proposals(form, texts), found)

    def _without_aside(self, path: str) -> Form:
        kept = tuple(entry for entry in self.form.set_aside if entry.field != path)
        return self.form if len(kept) == len(self.form.set_aside) else self.form.model_copy(update={"set_aside": kept})

    def _change(self, form: Form, key: str) -> None:
        before = self.form
        self._history.change(form, key)
        self._after_change(before)

    def _travel(self, step: Callable[[], None]) -> None:
        before = self.form
        self._unsettled.clear()
        step()
        self._after_change(before)

    def _after_change(self, before: Form) -> None:
        form = self.form
        if form is before:
            return
        if form.pack != before.pack and form.pack != self.pack.id:
            self._find_pack(form.pack)
        self.saving.keep(form)
        if form.materials != before.materials or form.photo_crop != before.photo_crop:
            self.inspection.look(form)
        self.form_changed.emit()
        self._rejudge()

    def _find_pack(self, name: str) -> None:
        try:
            self.pack = pack.find(name)
        except (pack.NoSuchPack, pack.PackInvalid):
            return

    def _rejudge(self) -> None:
        self.report = self._judge()
        self.judged.emit()

    def _judge(self) -> Report:
        form = self.form
        for path, value in self._unsettled.items():
            form = with_value(form, path, value)
        folder = self.inspection.folder
        self._case = Case(
            form=form,
            pack=self.pack,
            now=self.now,
            listed=self.inspection.listed,
            unassigned=self.inspection.unassigned,
            facts=dict(self.inspection.facts),
            form_source="file",
            form_unreadable=folder.form_unreadable if self.saving.held else "",
            form_unreadable_line=folder.form_unreadable_line if self.saving.held else None,
            incomplete=folder.incomplete,
        )
        return check.judge(self._case, folder.path.name)

    def start_afresh(self) -> None:
        """What stands on disk cannot be read: write ours, of that a copy is kept (form_file.save)."""
        self.saving.held = False
        self.inspection.folder = replace(self.inspection.folder, form_unreadable="", form_unreadable_line=None)
        self.saving.keep(self.form.model_copy())
        self._rejudge()
