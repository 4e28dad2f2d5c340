"""The export of an open application: in a thread, with progress, to be cancelled; it outlives the page showing it."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.output.bundle import Exported
    from degreecheck.report import Report
    from degreecheck.text import Texts

STAGES = ("check", "files", "papers", "archive", "place")
LONGEST_PASSWORD = 128

State = Literal["idle", "running", "cancelling", "done", "refused", "failed", "cancelled", "not_saved"]
PasswordProblem = Literal["", "empty", "signs", "differs"]


def password_problem(password: str, again: str) -> PasswordProblem:
    """What is wrong with a password that was typed twice.

    7-Zip turns a password into bytes by the system's code page: any sign but ASCII is another password elsewhere.
    """
    if not password:
        return "empty"
    if len(password) > LONGEST_PASSWORD or not password.isascii() or not password.isprintable():
        return "signs"
    return "" if password == again else "differs"


class Exporting(QObject):
    """One for each session. ``place``: where to, until the window closes. ``exported`` is the last bundle made."""

    changed = Signal()  # state or place
    progressed = Signal(str, int, int)  # stage, done, of how many

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.state: State = "idle"
        self.place: Path = session.path.parent
        self.place_problem: Exception | None = None
        self.progress: tuple[str, int, int] = ("check", 0, 0)
        self.exported: Exported | None = None
        self.encrypted = False
        self.report: Report | None = None  # of an export that was refused
        self._trouble: BaseException | None = None
        self._stop = threading.Event()
        self.progressed.connect(self._keep_progress)

    @classmethod
    def of(cls, session: Session) -> Exporting:
        """The session's own."""
        known: Exporting | None = session.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return known if known is not None else cls(session)

    @property
    def running(self) -> bool:
        """Whether a bundle is being made."""
        return self.state in ("running", "cancelling")

    def set_place(self, place: Path) -> None:
        """Export to this folder; whether that may be is looked up in a thread (``place_problem``)."""
        self.place = place
        self.place_problem = None
        self.changed.emit()
        source = self.session.inspection.folder

        def look() -> None:
            from degreecheck.output.bundle import refuse_places

            refuse_places(source, place)

        def refused(error: BaseException) -> None:
            from degreecheck.output.bundle import CannotExport

            if not isinstance(error, CannotExport):
                raise error
            if place == self.place:
                self.place_problem = error
                self.changed.emit()

        self.session.background.run(self, look, None, refused)

    def start(self, texts: Texts, *, allow_errors: bool = False, password: str = "", read_text: bool = True) -> None:
        """Make the bundle. What is typed is saved first: the export reads the disk's form."""
        if self.running:
            return
        session = self.session
        self.exported = self.report = self._trouble = None
        self.progress = ("check", 0, 0)
        if not session.saving.finish():
            self._become("not_saved")
            return
        self.encrypted = bool(password)
        self._stop = stop = threading.Event()
        self.destroyed.connect(stop.set, Qt.ConnectionType.DirectConnection)
        background, path, place, pack, now = session.background, session.path, self.place, session.pack, session.now

        def told(stage: str, done: int, total: int) -> None:
            if stage == "check" and stop.is_set():  # nothing is written yet, and looking can take minutes
                from degreecheck.output.bundle import Cancelled

                raise Cancelled
            with suppress(RuntimeError):  # the window is gone
                self.progressed.emit(stage, done, total)

        def export() -> Exported:
            from degreecheck import folder as folders
            from degreecheck.output import bundle
            from degreecheck.output.workspace import Workspace

            order = bundle.Order(folders.load(path), pack, now, texts, allow_errors, password, read_text)
            with Workspace(place) as workspace:
                return bundle.export(
                    order, workspace, background.pool, cache=background.cache, on_progress=told, cancelled=stop.is_set
                )

        background.run(self, export, self._done, self._failed)
        self._become("running")

    def cancel(self) -> None:
        """Stop as soon as nothing is left behind."""
        if self.state == "running":
            self._stop.set()
            self._become("cancelling")

    def forget(self) -> None:
        """Back to the choices: the result has been read."""
        if not self.running:
            self._become("idle")

    def sentence(self, texts: Texts) -> str:
        """Why there is no bundle, in a sentence; "" where there is one or none was asked for."""
        from degreecheck.folder import NotAFolder
        from degreecheck.output.bundle import CannotExport, Refused

        trouble = self._trouble
        if self.state == "not_saved":
            return texts.get("ui.export.not_saved")
        if self.state == "cancelled":
            return texts.get("bundle.cancelled")
        if isinstance(trouble, Refused):
            unreadable = trouble.report.verdict == "unreadable"
            key = "bundle.refused_unreadable" if unreadable else "ui.export.refused"
            return texts.get(key, count=trouble.report.counts["error"])
        if isinstance(trouble, CannotExport):
            return cannot_export(trouble, texts)
        if isinstance(trouble, NotAFolder):
            return texts.get(f"console.{trouble.reason}", path=str(self.session.path))
        return texts.get("ui.export.failed") if self.state == "failed" else ""

    def _keep_progress(self, stage: str, done: int, total: int) -> None:
        self.progress = (stage, done, total)

    def _done(self, exported: Exported) -> None:
        self.exported = exported
        self._become("done")

    def _failed(self, error: BaseException) -> None:
        from degreecheck.folder import NotAFolder
        from degreecheck.output.bundle import Cancelled, CannotExport, Refused

        self._trouble = error
        if isinstance(error, Cancelled):
            self._become("cancelled")
        elif isinstance(error, Refused):
            self.report = error.report
            self._become("refused")
            self.session.look_again()  # the export has looked at every file anew: so do we
        else:
            self._become("failed")
            if not isinstance(error, CannotExport | NotAFolder):
                raise error  # the program's own error: its dialog takes it from here

    def _become(self, state: State) -> None:
        self.state = state
        self.changed.emit()


def cannot_export(trouble: Exception, texts: Texts) -> str:
    """A CannotExport's sentence for the window: where the command line names an option, its own words."""
    from degreecheck.output.bundle import CannotExport

    assert isinstance(trouble, CannotExport)
    if trouble.kind == "file":
        values = {name: texts.get(value) if name == "reason" else value for name, value in trouble.values.items()}
        return texts.get("ui.export.failed_file", **values)
    return trouble.sentence(texts)
