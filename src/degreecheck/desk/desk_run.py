"""What the desk process does: find everybody, read the roster, bring all together, judge, and tell as it happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Set
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from degreecheck import clock, folder
from degreecheck.desk import discovery, last_run, tables, told, zips
from degreecheck.desk.batch import Judged, Options, check_desk
from degreecheck.desk.company import Desk, meet
from degreecheck.desk.roster import NoHeader, Roster, read
from degreecheck.desk.survey import in_roster, survey
from degreecheck.inspectors.files import open_cache
from degreecheck.inspectors.pool import Pool

_PEOPLE_AT_ONCE = 200
_ROSTER_CELLS = 3
_LIFE_SECONDS = 0.25

Tell = Callable[[Mapping[str, Any]], None]


class Stopped(Exception):
    """The desk cannot be worked through; ``key`` is one of [ui.desk.stopped]."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True)
class Prepared:
    """A desk that is ready to be judged."""

    desk: Desk
    roster: Roster | None


def prepare(request: Mapping[str, Any], pool: Pool, cache: Any, tell: Tell, cancelled: Callable[[], bool]) -> Prepared:
    """Find everybody, read the roster, open zips, bring all together. Raises Stopped, OSError."""
    roster = _roster(request.get("roster"))
    if roster is not None:
        tell({"event": "roster", "roster": told.roster(roster)})
    listed = in_roster(row.values for row in roster.rows) if roster is not None else None

    def is_somebodys(name: str) -> bool:
        return discovery.bears_person(name) or (listed is not None and listed(name))

    try:
        found = list(discovery.discover(Path(request["place"]), is_somebodys))
    except folder.NotAFolder as trouble:
        raise Stopped(trouble.reason) from None
    tell({"event": "found", "count": len(found)})
    if any(discovery.is_zip(one.path.name) for one in found):
        scratch, passwords = Path(request["scratch"]), request.get("passwords") or {}
        scratch.mkdir(mode=0o700, exist_ok=True)
        found = zips.kept(zips.opened(found, scratch, pool, is_somebodys, passwords=passwords, cancelled=cancelled))
    persons = []
    for person in survey(found):
        if cancelled():
            raise Stopped("cancelled")
        persons.append(person)
    desk = meet(
        persons, roster, pool=pool, cache=cache, recheck=bool(request.get("recheck")),
        whole=any(one.desk is not None for one in found), decided=request.get("decided"),
    )  # fmt: skip
    return Prepared(desk, roster)


def check(request: Mapping[str, Any], tell: Tell, cancelled: Callable[[], bool]) -> None:
    """Judge everybody, or those who changed since the window last asked. Raises Stopped, OSError."""
    now = clock.parse_moment(request["now"]) if request.get("now") else clock.now()
    options = Options(now, None, bool(request.get("recheck")), bool(request.get("read_text", True)))
    with Pool(request.get("jobs")) as pool, open_cache() as cache:
        ready = prepare(request, pool, cache, tell, cancelled)
        everybody = list(told.people(ready.desk))
        for begin in range(0, len(everybody), _PEOPLE_AT_ONCE):
            tell({"event": "people", "people": everybody[begin : begin + _PEOPLE_AT_ONCE]})
        only = _only(request, everybody)
        tell({"event": "begins", "count": len(everybody) if only is None else len(only)})
        memory = _Memory(ready.desk, Path(request["place"]))
        results = check_desk(
            ready.desk, options, pool=pool, cache=cache, cancelled=cancelled, only=only,
            on_files=_now_and_then(tell),
        )  # fmt: skip
        with closing(results):
            for one in results:
                changes = memory.changes(one)
                tell({"event": "judged", **told.judged(one, changes)})
        if only is None and not cancelled():
            memory.keep(options, tell)


def _only(request: Mapping[str, Any], everybody: Iterable[Mapping[str, Any]]) -> Set[int] | None:
    """Who is to be judged: where the window has said what it knows, whose files or company changed since."""
    known = request.get("known")
    if known is None:
        return None
    changed = set(request.get("changed") or ())
    return frozenset(
        one["index"]
        for one in everybody
        if one["shown"] in changed or known.get(one["shown"] or f"#{one['row']}") != one["digest"]
    )


def _now_and_then(tell: Tell) -> Callable[[int, int], None]:
    """Signs of life while the first results are being made: how many files were looked at, a few times in a second."""
    seen, last = 0, 0.0

    def on_files(_done: int, _total: int) -> None:
        nonlocal seen, last
        seen += 1
        now = time.monotonic()
        if now - last > _LIFE_SECONDS:
            last = now
            tell({"event": "files", "count": seen})

    return on_files


class _Memory:
    """What the last run found, and what this one does."""

    def __init__(self, desk: Desk, place: Path) -> None:
        self._desk = desk
        self._place = place
        self._is_desk = any(person.found.desk is not None for person in desk.people)
        self._before = last_run.load(place) if self._is_desk else last_run.LastRun()
        self._now: dict[str, dict[str, int]] = {}

    def changes(self, one: Judged) -> last_run.Changes | None:
        if one.report is None or not one.shown or not self._is_desk:
            return None
        self._now[one.shown] = dict(last_run.open_codes(one.report))
        return self._before.changes(one.shown, one.report)

    def keep(self, options: Options, tell: Tell) -> None:
        if not self._is_desk:
            return
        try:
            last_run.save(self._place, options.now, self._now)
        except OSError as trouble:
            tell({"event": "not_kept", "reason": trouble.strerror or ""})


# ---------------------------------------------------------------------------------------------------------- the roster


def _roster(asked: Mapping[str, Any] | None) -> Roster | None:
    if not asked:
        return None
    columns = {int(place): str(field) for place, field in (asked.get("columns") or {}).items()}
    try:
        roster = read(Path(asked["path"]), columns, str(asked.get("sheet") or ""))
    except tables.TableUnreadable as trouble:
        raise Stopped("roster_unreadable", reason=trouble.reason, file=Path(asked["path"]).name) from None
    except NoHeader:
        raise Stopped("roster_no_header", file=Path(asked["path"]).name) from None
    if not roster.rows:
        raise Stopped("roster_no_rows", file=Path(asked["path"]).name)
    return roster


def read_roster(request: Mapping[str, Any], tell: Tell) -> None:
    """What a roster holds, with a few cells of every column. Raises Stopped."""
    roster = _roster(request["roster"])
    assert roster is not None
    sheets = {sheet.name: sheet for sheet in tables.read_sheets(Path(request["roster"]["path"]))}
    sheet = sheets[roster.sheet]
    first = roster.rows[0].number - sheet.first_row
    examples: dict[int, list[str]] = {}
    for cells in sheet.rows[first : first + 50]:
        for place, cell in enumerate(cells):
            if cell and len(examples.setdefault(place, [])) < _ROSTER_CELLS:
                examples[place].append(cell[:60])
    tell({"event": "roster", "roster": told.roster(roster, examples)})
