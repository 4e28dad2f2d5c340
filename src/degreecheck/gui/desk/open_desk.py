"""A desk that is open: its people and their results, the run that makes them, its roster. Views may come and go."""

from __future__ import annotations

import shutil
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from degreecheck.gui.desk import memory as memories
from degreecheck.gui.desk.link import Link, plain
from degreecheck.gui.desk.memory import RosterChoice
from degreecheck.gui.desk.rows import Row, judge, of_person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from degreecheck.gui.window import Window

State = Literal["idle", "looking", "running", "cancelling"]


class OpenDesk(QObject):
    """One desk in one window. ``rows`` stand in the order of the desk."""

    people_changed = Signal()  # other rows
    judged = Signal(object)  # the indexes of rows with a new result
    progressed = Signal()
    state_changed = Signal()
    roster_changed = Signal()
    run_ended = Signal()
    noticed = Signal(str, object)  # a key of [ui.desk.stopped] and its values

    def __init__(self, path: Path, window: Window) -> None:
        super().__init__(window)
        self.path = path
        self.rows: list[Row] = []
        self.state: State = "looking"
        self.done = 0
        self.total = 0
        self.files = 0
        self.found = 0
        self.partial = False  # the run looks only at what changed
        self.cancelled = False  # the last run was
        self.stopped: tuple[str, dict[str, Any]] | None = None
        self.roster: dict[str, Any] | None = None
        self.passwords: dict[str, str] = {}
        self.background = window.program.background
        self._settings = window.program.settings
        self.memory = memories.load(self._settings, path)
        self._link: Link | None = None
        self._again: tuple[bool, frozenset[str] | None] | None = None
        self._kept: dict[str, Row] = {}
        self._fresh: list[Row] = []
        self._unpacked = _Unpacked()
        self.destroyed.connect(self._unpacked.clear, Qt.ConnectionType.DirectConnection)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._unpacked.clear)

    @classmethod
    def of(cls, path: Path, window: Window) -> OpenDesk:
        """The window's own, made and started when it is not there yet."""
        known: OpenDesk | None = window.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if known is not None and known.path == path:
            return known
        cls.leave(window)
        made = cls(path, window)
        made.check()
        return made

    @classmethod
    def leave(cls, window: Window) -> None:
        """The window shows something else."""
        for known in window.findChildren(cls, options=Qt.FindChildOption.FindDirectChildrenOnly):
            known.cancel()
            known._unpacked.clear()
            known.setParent(None)
            known.deleteLater()

    @property
    def running(self) -> bool:
        """Whether somebody is being looked at."""
        return self.state != "idle"

    # ---- checking

    def check(self, *, recheck: bool = False, changed: frozenset[str] | None = None) -> None:
        """Check everybody; ``recheck`` trusts no cache; ``changed``: only these folders, and who is new or differs.

        While a run is under way the wish waits for its end; a greater one ends it first.
        """
        if self.running and self._link is not None:
            if changed is not None and self._again is not None and self._again[1] is not None:
                changed |= self._again[1]
            if not (self._again is not None and self._again[1] is None and changed is not None):
                self._again = (recheck, changed)
            if changed is None:
                self._link.cancel()
            return
        self._again = None
        self.partial = changed is not None and bool(self.rows)
        self._kept = {row.key: row for row in self.rows}
        self._fresh = []
        self.done = self.total = self.files = self.found = 0
        self.cancelled, self.stopped = False, None
        request = self.request("check") | {"recheck": recheck, "read_text": self._settings.read_text}
        if self.partial:
            judged = {row.key: row.digest for row in self.rows if row.packed and row.verdict != "closed"}
            request |= {"known": judged, "changed": sorted(changed or ())}
        self._link = self.talk(request, self._told, self._ended, _take)
        self._become("looking")

    def cancel(self) -> None:
        """Stop; what is known so far stays."""
        self._again = None
        if self._link is not None and self.running:
            self._link.cancel()
            self._become("cancelling")

    def request(self, do: str) -> dict[str, Any]:
        """What every request for this desk says."""
        return {
            "do": do,
            "place": str(self.path.absolute()),  # the process has another current folder
            "roster": self.memory.roster.request(),
            "decided": self.memory.decided,
            "scratch": self.scratch(),
            "passwords": self.passwords,
        }

    def talk(
        self,
        request: Mapping[str, Any],
        told: Callable[[Any], None],
        ended: Callable[[bool], None],
        take: Callable[[bytes, dict[str, Any]], Any] = plain,
        lines: Iterable[bytes] = (),
        *,
        closes: bool = False,
    ) -> Link:
        """Have a process of its own do what the request asks."""
        link = Link(self, take)
        self._unpacked.links = [*(other for other in self._unpacked.links if not other.gone), link]
        link.told.connect(told)
        link.ended.connect(ended)
        link.ended.connect(link.deleteLater)
        link.start(request, lines, closes=closes)
        return link

    def lines(self) -> Iterator[bytes]:
        """All results as the process takes them back."""
        for row in list(self.rows):
            if line := row.line():
                yield line

    def scratch(self) -> str:
        """Where the process may unpack: a folder of a name that nobody guesses, which goes with this object."""
        return str(self._unpacked.place)

    # ---- choices

    def set_roster(self, choice: RosterChoice) -> None:
        """Another roster, or none; everybody is checked against it."""
        self.memory.roster = choice
        self.roster = None
        self.keep()
        self.roster_changed.emit()
        self.check()

    def decide(self, shown: str, sign: str | None) -> None:
        """Which row of the roster a folder is; "" none of them, None: ask again."""
        from degreecheck.desk.matching import folder_sign

        self.memory.decided.pop(folder_sign(shown), None)
        if sign is not None:
            self.memory.decided[folder_sign(shown)] = sign
        self.keep()
        self.check(changed=frozenset({shown}))

    def keep(self) -> None:
        """Remember the choices."""
        memories.save(self._settings, self.path, self.memory)

    # ---- what the process tells

    def _told(self, event: Any) -> None:
        if isinstance(event, list):
            self._add_people(event)
            return
        if isinstance(event, tuple):
            self._put(*event)
            return
        kind = event["event"]
        if kind == "found":
            self.found = event["count"]
        elif kind == "files":
            self.files = event["count"]
        elif kind == "begins":
            self._begin(event["count"])
        elif kind == "roster":
            self.roster = event["roster"]
            self.roster_changed.emit()
        elif kind == "stopped" and event["key"] != "cancelled":
            self.stopped = (event["key"], event["values"])
            self.noticed.emit(*self.stopped)
        elif kind == "not_kept":
            self.noticed.emit("not_kept", {"reason": event["reason"]})
        self.progressed.emit()

    def _add_people(self, rows: list[Row]) -> None:
        for row in rows:
            before = self._kept.get(row.key)
            known = before is not None and before.packed
            stale = before is None or not self.partial or before.digest != row.digest
            self._fresh.append(before.at(row, stale=stale) if before is not None and known else row)

    def _begin(self, count: int) -> None:
        self.rows, self._fresh, self._kept = self._fresh, [], {}
        self.total = count
        self._become("running")
        self.people_changed.emit()

    def _put(self, line: bytes, told: dict[str, Any]) -> None:
        self.done += 1
        row = self.rows[told["index"]]
        judge(row, line, told)
        self.judged.emit([row.index])
        self.progressed.emit()

    def _ended(self, sound: bool) -> None:
        self.cancelled = self._link is not None and self._link.cancelled
        self._link = None
        if not sound and not self.cancelled and self.stopped is None:
            self.stopped = ("process", {})
            self.noticed.emit(*self.stopped)
        self._become("idle")
        self.run_ended.emit()
        if self._again is not None:
            recheck, changed = self._again
            self.check(recheck=recheck, changed=changed)

    def _become(self, state: State) -> None:
        self.state = state
        self.state_changed.emit()


def _take(line: bytes, event: dict[str, Any]) -> Any:
    """In a thread: rows for the people who were found, a result with its line, anything else as it is."""
    if event["event"] == "people":
        return [of_person(one) for one in event["people"]]
    if event["event"] == "judged":
        return line, event
    return event


class _Unpacked:
    """What a desk's processes unpack: it goes when the desk is left, or the program ends."""

    def __init__(self) -> None:
        self.place = Path(tempfile.gettempdir()) / f"degreecheck-{uuid.uuid4().hex}"  # made when first needed
        self.links: list[Link] = []

    def clear(self) -> None:
        """End the processes and remove it, in a thread that the program's end waits for."""
        links, self.links = self.links, []
        for link in links:
            link.cancel()
        threading.Thread(target=self._remove, args=(links,)).start()

    def _remove(self, links: list[Link]) -> None:
        for link in links:
            link.wait()
        shutil.rmtree(self.place, ignore_errors=True)
