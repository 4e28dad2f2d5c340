"""The files of an application: copied in, put into slots, taken out. Nothing of the person's own is moved or changed.

    materials = of(session)
    materials.add("transcript", [Path("…/微信图片_2024.jpg")])      copied in the background, then listed: one undo step
    materials.remove("transcript", "materials/微信图片_2024.jpg")   unlisted at once; undo brings it back

What was copied in and stands in no slot any more goes to the recycle bin when the application is left.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtGui import QImage

from degreecheck import paths
from degreecheck.gui import copied_list, recycling
from degreecheck.gui.bringing_in import Brought, Refused, bring_in, save_picture

if TYPE_CHECKING:
    from degreecheck.form import Form
    from degreecheck.gui.copied_list import CopiedFile
    from degreecheck.gui.session import Session


@dataclass(frozen=True)
class _Job:
    """Files on their way into a slot."""

    slot: str
    names: tuple[str, ...]
    at: int | None
    replacing: str


class Materials(QObject):
    """What a session's pages do with files. Get it with ``of``: one for each session."""

    changed = Signal()  # what is on its way
    refused = Signal(str, object)  # slot, tuple[Refused, ...]
    brought = Signal(str, object)  # slot, tuple of files that are listed in it now

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.last_folder = ""  # from which files were chosen last
        self._jobs: dict[int, _Job] = {}
        self._numbers = itertools.count()
        self._copied: dict[str, CopiedFile] = {}
        self._ever_listed: set[str] = set()
        session.form_changed.connect(self._follow)
        self._follow()
        folder = session.path
        session.background.run(self, lambda: copied_list.read(folder), self._know)

    # ---- what is there

    def on_their_way(self, slot: str) -> tuple[str, ...]:
        """The names of files that are being copied into a slot."""
        return tuple(name for job in self._jobs.values() if job.slot == slot for name in job.names)

    def is_copied(self, file: str) -> bool:
        """Whether the program copied the file in, so that taking it out also throws it away."""
        return file in self._copied

    def files(self, slot: str) -> tuple[str, ...]:
        """The files listed in a slot, in order, as the form lists them."""
        return self._session.form.listed(slot)

    # ---- bringing in

    def add(self, slot: str, sources: Iterable[Path], *, at: int | None = None, replacing: str = "") -> None:
        """Copy files in and list them in a slot: at the end, at an index, or instead of one that is listed.

        Ends with ``brought`` or ``refused``, or both.
        """
        wanted = tuple(dict.fromkeys(sources))
        if not wanted:
            return
        session = self._session
        folder, background = session.path, session.background
        files = tuple(dict.fromkeys([*session.inspection.folder.files, *sorted(self._ever_listed)]))
        self._start(
            _Job(slot, tuple(source.name for source in wanted), at, replacing),
            lambda: bring_in(wanted, folder, slot, files, background.pool),
        )

    def add_picture(self, slot: str, picture: QImage, stem: str, *, replacing: str = "") -> None:
        """A picture from the clipboard becomes a PNG of the folder, named by ``stem`` and the time."""
        folder = self._session.path
        name = f"{stem}_{self._session.now:%Y%m%d_%H%M%S}"
        copy = picture.copy()  # the clipboard's own may change meanwhile

        def save() -> list[Brought | Refused]:
            data = QByteArray()
            buffer = QBuffer(data)
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            if copy.isNull() or not copy.save(buffer, "PNG"):  # type: ignore[call-overload]
                return [Refused(name, "not_copied")]
            return [save_picture(bytes(data.data()), name, folder)]

        self._start(_Job(slot, (name,), None, replacing), save)

    def assign(self, file: str, slot: str) -> None:
        """List a file that lies in the folder already."""
        if file in self.files(slot):
            self.refused.emit(slot, (Refused(_name(file), "twice"),))
        else:
            self._put(slot, [*self.files(slot), file])

    # ---- changing what is listed

    def remove(self, slot: str, file: str) -> None:
        """Take a file out of a slot; the file itself stays until the application is left."""
        self._put(slot, [other for other in self.files(slot) if other != file])

    def shift(self, slot: str, file: str, to: int) -> None:
        """Another place among the pages of its slot; ``to`` counts without the file itself."""
        files = list(self.files(slot))
        if file not in files:
            return
        others = [other for other in files if other != file]
        others.insert(max(0, min(to, len(others))), file)
        if others != files:
            self._put(slot, others)

    def move(self, file: str, source: str, target: str, at: int | None = None) -> None:
        """From one slot to another, as one step to undo."""
        if source == target:
            self.shift(source, file, len(self.files(source)) if at is None else at)
            return
        there = list(self.files(target))
        if file in there:
            self.refused.emit(target, (Refused(_name(file), "twice"),))
            return
        there.insert(len(there) if at is None else max(0, min(at, len(there))), file)
        left = [other for other in self.files(source) if other != file]
        self._session.set_materials({**self._session.form.materials, source: left, target: there})

    # ---- within

    def _start(self, job: _Job, function: Callable[[], list[Brought | Refused]]) -> None:
        number = next(self._numbers)
        self._jobs[number] = job

        def failed(error: BaseException) -> None:
            self._jobs.pop(number, None)
            self.changed.emit()
            raise error

        self._session.background.run(self, function, lambda answers: self._arrived(number, answers), failed)
        self.changed.emit()

    def _arrived(self, number: int, answers: Sequence[Brought | Refused]) -> None:
        job = self._jobs.pop(number)
        refused = [answer for answer in answers if isinstance(answer, Refused)]
        listed = list(self.files(job.slot))
        at = len(listed) if job.at is None else min(job.at, len(listed))
        if job.replacing in listed:
            at = listed.index(job.replacing)
            listed.remove(job.replacing)
        new: list[str] = []
        for answer in answers:
            if not isinstance(answer, Brought):
                continue
            if answer.copied is not None:
                self._copied[answer.file] = answer.copied
                self._ever_listed.add(answer.file)
            if answer.file in new or answer.file in listed:
                refused.append(Refused(_name(answer.file), "twice"))
            else:
                new.append(answer.file)
        if new:
            self._put(job.slot, [*listed[:at], *new, *listed[at:]])
        self.changed.emit()
        if new:
            self.brought.emit(job.slot, tuple(new))
        if refused:
            self.refused.emit(job.slot, tuple(refused))

    def _put(self, slot: str, files: Sequence[str]) -> None:
        self._session.set_materials({**self._session.form.materials, slot: files})

    def _know(self, copied: dict[str, CopiedFile]) -> None:
        self._copied = copied | self._copied
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        listed = listed_files(self._session.form)
        self._ever_listed |= listed
        self._session.inspection.discarded = {file for file in self._ever_listed if file in self._copied} - listed


def of(session: Session) -> Materials:
    """The one object through which a session's files are changed."""
    found = session.findChild(Materials)
    return found if isinstance(found, Materials) else Materials(session)


def listed_files(form: Form) -> set[str]:
    """Every file that some slot lists, with its one name; names that must not be opened are left out."""
    found = set()
    for files in form.materials.values():
        for file in files:
            try:
                found.add(paths.folded(file))
            except paths.UnsafePath:
                continue
    return found


def throw_away(session: Session) -> None:
    """Before the session is left: what was copied in and taken out again goes to the recycle bin."""
    discarded = frozenset(session.inspection.discarded)
    session.inspection.discarded = set()
    if discarded:
        folder, background = session.path, session.background
        # After the last saving, which waits in the same line; the session itself is gone by then.
        background.write(background, lambda: recycling.throw_away(folder, discarded, background.pool))


def clearable(folder: Path) -> list[str]:
    """What clearing would throw away, see recycling.clearable. Touches the disk: call it in a thread."""
    return recycling.clearable(folder)


def clear_application(session: Session, done: Callable[[recycling.Cleared], None]) -> None:
    """Throw away what this program put into the folder; nothing is saved any more. ``done`` gets recycling.Cleared."""
    session.saving.finish()  # what waits to be written would come back otherwise
    session.saving.held = True
    folder, background = session.path, session.background
    background.write(background, lambda: recycling.clear(folder, background.pool), done)


def _name(file: str) -> str:
    return file.rpartition("/")[2]
