"""What lies in the folder and what the files show, found out in the background and kept up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from degreecheck import check
from degreecheck.facts import FileFacts, NotChecked
from degreecheck.folder import Folder, NotAFolder, list_files
from degreecheck.form import SLOTS, Form
from degreecheck.gui.background import Background
from degreecheck.inspectors.files import FileRequest, inspect_files
from degreecheck.rules._case import ListedPath

Stamp = tuple[int, int]  # size, mtime_ns
_Question = tuple[FileRequest[str], Stamp | None]


@dataclass(frozen=True)
class _Look:
    """What one look at the folder found."""

    folder: Folder
    listed: tuple[ListedPath, ...]
    requests: tuple[FileRequest[str], ...]
    reading: tuple[FileRequest[str], ...]  # the same files again, with the text in them
    stamps: Mapping[str, Stamp]
    gone: bool = False


class Inspection(QObject):
    """The folder's files, the form's list of them, and their facts.

    ``waiting``: files whose facts are on their way; what is known of them from before stays until then. Reading the
    text in pictures takes seconds a page: it comes after everything else (``reading``), and nothing waits for it.
    """

    changed = Signal()  # listed, facts, waiting or gone
    progressed = Signal(int, int)  # done, of how many since the workers were last idle

    def __init__(self, folder: Folder, background: Background, parent: QObject, *, read_text: bool = True) -> None:
        super().__init__(parent)
        self.folder = folder
        self.reads_text = read_text
        self.listed: tuple[ListedPath, ...] = ()
        self.facts: dict[str, FileFacts | NotChecked] = {}
        self.stamps: Mapping[str, Stamp] = {}  # of every file in the folder, as of the last look
        self.waiting: set[str] = set()
        self.reading: set[str] = set()
        self.gone = False  # the folder itself: renamed, or on a disk that was taken out
        self.looked = False
        self.discarded: set[str] = set()  # taken out by the person: they go to the recycle bin when the window closes
        self._asked: dict[str, _Question] = {}
        self._to_read: dict[str, _Question] = {}  # once its file is measured and nothing else waits
        self._background = background
        self._looks = 0
        self._total = 0

    @property
    def busy(self) -> bool:
        """Whether something is being found out."""
        return bool(self.waiting) or not self.looked

    @property
    def unread(self) -> set[str]:
        """Files whose text is still to be read: that nothing was found in them so far says little."""
        return self.reading | self._to_read.keys()

    @property
    def unassigned(self) -> tuple[str, ...]:
        """Files that no slot uses."""
        used = {entry.file for entry in self.listed} | self.discarded
        return tuple(file for file in self.folder.files if file not in used)

    def look(self, form: Form, *, again: frozenset[str] = frozenset()) -> None:
        """Find out anew what lies there; files that are new, changed or named in ``again`` are inspected."""
        self._looks += 1
        number = self._looks
        folder, reads_text = self.folder, self.reads_text
        for file in again:
            self._asked.pop(file, None)
        self._background.run(
            self, lambda: _look(folder, form, read_text=reads_text), lambda found: self._looked(number, found)
        )

    def _looked(self, number: int, found: _Look) -> None:
        if number != self._looks:
            return  # a newer look is on its way
        self.looked = True
        self.gone = found.gone
        if found.gone:
            self.changed.emit()
            return
        self.folder = found.folder
        self.listed = found.listed
        self.stamps = found.stamps
        wanted = {request.key for request in found.requests}
        for file in [file for file in self._asked if file not in wanted]:
            self._asked.pop(file)
            self._to_read.pop(file, None)
            self.facts.pop(file, None)
            self.waiting.discard(file)
            self.reading.discard(file)
        for request in found.requests:
            question = (request, found.stamps.get(request.key))
            if self._asked.get(request.key) != question:
                self._asked[request.key] = question
                self._inspect(request, question)
                self._to_read.pop(request.key, None)
                again = next((one for one in found.reading if one.key == request.key), None)
                if again is not None:
                    self._to_read[request.key] = (again, question[1])
        self._tell()

    def _inspect(self, request: FileRequest[str], question: _Question) -> None:
        background = self._background
        if not self.waiting:
            self._total = 0
        self.waiting.add(request.key)
        self._total += 1

        def inspect() -> FileFacts | NotChecked | None:
            return inspect_files([request], pool=background.pool, cache=background.cache).get(request.key)

        def inspected(facts: FileFacts | NotChecked | None) -> None:
            if self._asked.get(request.key) != question:
                return  # asked anew meanwhile
            self.waiting.discard(request.key)
            if facts is not None:
                self.facts[request.key] = facts
            self._read_next()
            self._tell()

        background.run(self, inspect, inspected)

    def _read_next(self) -> None:
        """Read the text of one file after the other, when nothing else is to be found out."""
        if self.waiting or self.reading or not self._to_read:
            return
        file, question = next(iter(self._to_read.items()))
        del self._to_read[file]
        background, measured = self._background, self._asked[file]
        self.reading.add(file)

        def read() -> FileFacts | NotChecked | None:
            return inspect_files([question[0]], pool=background.pool, cache=background.cache).get(file)

        def done(facts: FileFacts | NotChecked | None) -> None:
            self.reading.discard(file)
            if self._asked.get(file) == measured and isinstance(facts, FileFacts):
                self.facts[file] = facts
            self._read_next()
            self._tell()

        background.run(self, read, done)

    def _tell(self) -> None:
        self.progressed.emit(self._total - len(self.waiting), self._total)
        self.changed.emit()


def _look(folder: Folder, form: Form, *, read_text: bool) -> _Look:
    try:
        files, incomplete = list_files(folder.path)
    except NotAFolder:
        return _Look(folder, (), (), (), {}, gone=True)
    present = replace(folder, files=files, incomplete=incomplete)
    listed = tuple(entry for entry in check.listed_paths(present, form) if entry.slot in SLOTS)
    requests = tuple(check.inspection_requests(present, listed, form.photo_crop))
    with_text = check.inspection_requests(present, listed, form.photo_crop, read_text=True) if read_text else []
    reading = tuple(request for request in with_text if "text" in request.parts)
    named = {file: folder.path / file for file in files} | {request.key: request.path for request in requests}
    stamps = {file: stamp for file, place in named.items() if (stamp := _stamp(place)) is not None}
    return _Look(present, listed, requests, reading, stamps)


def _stamp(path: Path) -> Stamp | None:
    try:
        info = path.stat()
    except OSError:
        return None
    return info.st_size, info.st_mtime_ns
