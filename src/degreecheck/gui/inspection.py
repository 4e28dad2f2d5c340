"""What lies in the folder and what the files show, found out in the background and kept up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from degreecheck import check
from degreecheck.facts import FileFacts, NotChecked
from degreecheck.folder import Folder, NotAFolder, list_files
from degreecheck.form import Form
from degreecheck.gui.background import Background
from degreecheck.inspectors.files import FileRequest, inspect_files
from degreecheck.rules._case import ListedPath

Stamp = tuple[int, int]  # size, mtime_ns


@dataclass(frozen=True)
class _Look:
    """What one look at the folder found."""

    folder: Folder
    listed: tuple[ListedPath, ...]
    requests: tuple[FileRequest[str], ...]
    stamps: Mapping[str, Stamp]
    gone: bool = False


class Inspection(QObject):
    """The folder's files, the form's list of them, and their facts.

    ``waiting``: files whose facts are on their way; what is known of them from before stays until then.
    """

    changed = Signal()  # listed, facts, waiting or gone
    progressed = Signal(int, int)  # done, of how many since the workers were last idle

    def __init__(self, folder: Folder, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self.folder = folder
        self.listed: tuple[ListedPath, ...] = ()
        self.facts: dict[str, FileFacts | NotChecked] = {}
        self.stamps: Mapping[str, Stamp] = {}  # of every file in the folder, as of the last look
        self.waiting: set[str] = set()
        self.gone = False  # the folder itself: renamed, or on a disk that was taken out
        self.looked = False
        self.discarded: set[str] = set()  # taken out by the person: they go to the recycle bin when the window closes
        self._asked: dict[str, tuple[FileRequest[str], Stamp | None]] = {}
        self._background = background
        self._looks = 0
        self._total = 0

    @property
    def busy(self) -> bool:
        """Whether something is being found out."""
        return bool(self.waiting) or not self.looked

    @property
    def unassigned(self) -> tuple[str, ...]:
        """Files that no slot uses."""
        used = {entry.file for entry in self.listed} | self.discarded
        return tuple(file for file in self.folder.files if file not in used)

    def look(self, form: Form, *, again: frozenset[str] = frozenset()) -> None:
        """Find out anew what lies there; files that are new, changed or named in ``again`` are inspected."""
        self._looks += 1
        number = self._looks
        folder = self.folder
        for file in again:
            self._asked.pop(file, None)
        self._background.run(self, lambda: _look(folder, form), lambda found: self._looked(number, found))

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
            self.facts.pop(file, None)
            self.waiting.discard(file)
        for request in found.requests:
            question = (request, found.stamps.get(request.key))
            if self._asked.get(request.key) != question:
                self._asked[request.key] = question
                self._inspect(request, question)
        self._tell()

    def _inspect(self, request: FileRequest[str], question: tuple[FileRequest[str], Stamp | None]) -> None:
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
            self._tell()

        background.run(self, inspect, inspected)

    def _tell(self) -> None:
        self.progressed.emit(self._total - len(self.waiting), self._total)
        self.changed.emit()


def _look(folder: Folder, form: Form) -> _Look:
    try:
        files, incomplete = list_files(folder.path)
    except NotAFolder:
        return _Look(folder, (), (), {}, gone=True)
    present = replace(folder, files=files, incomplete=incomplete)
    listed = check.listed_paths(present, form)
    requests = tuple(check.inspection_requests(present, listed, form.photo_crop))
    named = {file: folder.path / file for file in files} | {request.key: request.path for request in requests}
    stamps = {file: stamp for file, place in named.items() if (stamp := _stamp(place)) is not None}
    return _Look(present, listed, requests, stamps)


def _stamp(path: Path) -> Stamp | None:
    try:
        info = path.stat()
    except OSError:
        return None
    return info.st_size, info.st_mtime_ns
