"""Saving without being asked: half a second after a change, whole or not at all, and never over somebody else's."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from degreecheck import form_file
from degreecheck.form import Form
from degreecheck.gui.background import Background
from degreecheck.inspectors.writing import cannot_write

DELAY_MS = 400  # a kill loses at most the last second (design: autosave)

State = Literal["saved", "waiting", "saving", "failed", "elsewhere"]


class Saving(QObject):
    """Keeps ``application.json`` as the form is. ``state``: elsewhere = somebody else has saved another form meanwhile.

    ``reason`` says why saving failed (a key of [ui.saving.reason]: no_space, no_permission, failed); it is tried again
    with the next change.
    """

    changed = Signal()

    def __init__(self, path: Path, form: Form, sha256: str, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self.path = path
        self.state: State = "saved"
        self.reason = ""
        self.held = False  # nothing is written: what stands there cannot be read, and the person has not decided yet
        self._form = self._saved = form
        self._sha256 = sha256
        self._background = background
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self._save)

    @property
    def pending(self) -> bool:
        """Whether the disk does not yet hold the present form."""
        return self._form is not self._saved

    def keep(self, form: Form) -> None:
        """The form is this one now: write it soon."""
        self._form = form
        if self.state == "failed" and not self.pending:
            self._become("saved")  # the change that could not be written was taken back
        if self.held or self.state == "elsewhere" or not self.pending:
            return
        if not self._timer.isActive() and self.state != "saving":
            self._timer.start()
            self._become("waiting")

    def save_now(self) -> None:
        """Do not wait for the timer."""
        if self._timer.isActive() or (self.state == "failed" and self.pending):
            self._timer.stop()
            self._save()

    def finish(self) -> bool:
        """Write what is left before the window closes; waits for the disk. False where it could not be written."""
        self._timer.stop()
        if not self.pending or self.held or self.state == "elsewhere":
            return not self.pending
        form = self._form
        try:
            self._background.write(self, self._writing(form), failed=_told_here).result()
        except form_file.ChangedMeanwhile:
            self._become("elsewhere")
            return False
        except OSError as trouble:
            self.reason = _reason(trouble)
            self._become("failed")
            return False
        self._saved = form
        self._become("saved")
        return True

    def keep_ours(self) -> None:
        """Write our form over the one that was saved elsewhere; that one is kept as a copy in the program's folder."""
        self.state = "saving"
        form = self._form

        def write() -> None:
            present = self.path.read_bytes() if self.path.exists() else b""
            if present:
                form_file.keep_copy(self.path, present)
            self._sha256 = form_file.save(
                form, self.path, loaded_sha256=hashlib.sha256(present).hexdigest() if present else ""
            )

        self._background.write(self, write, lambda _done: self._written(form), self._failed)

    def keep_copy(self) -> None:
        """Write our form into the program's folder: it is about to be given up for another one."""
        form = self._form
        self._background.write(self, lambda: form_file.keep_copy(self.path, form_file.dump(form)), failed=_not_kept)

    def loaded(self, form: Form, sha256: str) -> None:
        """The disk's form was read anew and is ours now."""
        self._timer.stop()
        self._form = self._saved = form
        self._sha256 = sha256
        self._become("saved")

    def look_for_others(self, found: Callable[[form_file.LoadedForm], object]) -> None:
        """Tell ``found`` the disk's form when somebody else has saved one and nothing of ours waits to be written."""
        if self.pending or self.held or self.state not in ("saved", "elsewhere"):
            return

        def read() -> form_file.LoadedForm | None:
            try:
                loaded = form_file.load(self.path)
            except form_file.FormUnreadable:
                return None
            return loaded if loaded.sha256 != self._sha256 else None

        def compare(loaded: form_file.LoadedForm | None) -> None:
            if loaded is not None and not self.pending:
                found(loaded)

        self._background.write(self, read, compare)

    def _writing(self, form: Form) -> Callable[[], None]:
        def write() -> None:
            if not self.path.parent.exists():  # renamed or taken out: a second, half folder would only confuse
                raise FileNotFoundError(self.path.parent.name)
            # In the one thread that writes: the hash is that of the write before, whether or not it was told yet.
            self._sha256 = form_file.save(form, self.path, loaded_sha256=self._sha256)

        return write

    def _save(self) -> None:
        if self.state == "saving":
            return
        form = self._form
        self._become("saving")
        self._background.write(self, self._writing(form), lambda _done: self._written(form), self._failed)

    def _written(self, form: Form) -> None:
        self._saved = form
        self._become("saved")
        self.keep(self._form)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, form_file.ChangedMeanwhile):
            self._become("elsewhere")
        elif isinstance(error, OSError):
            self.reason = _reason(error)
            self._become("failed")
        else:
            raise error

    def _become(self, state: State) -> None:
        if state != "failed":
            self.reason = ""
        self.state = state
        self.changed.emit()


def _told_here(_error: BaseException) -> None:
    """Whoever waits for the result sees the error there."""


def _not_kept(error: BaseException) -> None:
    if not isinstance(error, OSError):  # without room for a copy, ours is still one step of undo away
        raise error


def _reason(error: OSError) -> str:
    reason = cannot_write(error).reason
    return reason if reason in ("no_space", "no_permission") else "failed"
