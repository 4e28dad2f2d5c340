"""Watching a desk's folders: what changes is checked again, nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

if TYPE_CHECKING:
    from degreecheck.gui.desk.open_desk import OpenDesk

_CALM_MS = 2000  # a file that is being copied changes many times
_GREATEST_FOLDERS = 4000  # Linux allows 8,192 to all programs of a person by default


class Watching(QObject):
    """Off until somebody wants it; remembered for each desk."""

    def __init__(self, desk: OpenDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._watcher: QFileSystemWatcher | None = None
        self._keys: dict[str, str] = {}  # watched folder: the applicant to whom it belongs, "" = the desk's own
        self._changed: set[str] = set()
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self._check)
        desk.run_ended.connect(self._renew)
        if desk.memory.watches and not desk.running:
            self._renew()

    @property
    def folders(self) -> list[str]:
        """What is watched."""
        return self._watcher.directories() if self._watcher is not None else []

    def set_on(self, *, on: bool) -> None:
        """Begin or stop, and remember it."""
        self._desk.memory.watches = on
        self._desk.keep()
        self._renew()
        if not on:
            self._calm.stop()

    def _renew(self) -> None:
        """Watch the folders of everybody who is there now."""
        if not self._desk.memory.watches:
            if self._watcher is not None:
                self._watcher.deleteLater()
                self._watcher = None
            return
        if self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.directoryChanged.connect(self._seen)
            self._watcher.fileChanged.connect(self._seen)
        desk = self._desk
        from degreecheck.gui.desk.folders import watched

        rows = [(row.shown, row.place or row.path) for row in desk.rows if row.path]
        background = desk.background
        background.run(self, lambda: watched(desk.path, rows, _GREATEST_FOLDERS), self._set)

    def _set(self, keys: dict[str, str]) -> None:
        if self._watcher is None:
            return
        self._keys = keys
        present = set(self._watcher.directories()) | set(self._watcher.files())
        if gone := sorted(present - keys.keys()):
            self._watcher.removePaths(gone)
        if new := sorted(keys.keys() - present):
            self._watcher.addPaths(new)

    def _seen(self, place: str) -> None:
        key = self._keys.get(place) or self._keys.get(Path(place).as_posix(), "")
        if key:
            self._changed.add(key)
        self._calm.start()

    def _check(self) -> None:
        if self._desk.running:
            self._calm.start()
            return
        changed, self._changed = frozenset(self._changed), set()
        self._desk.check(changed=changed)
