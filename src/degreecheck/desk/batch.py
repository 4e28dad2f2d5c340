"""Many applicants, judged one after another while the files of several are looked at.

A few threads load, ask the workers and judge; the results come in the order of the desk, each as soon as all before it
are there. Nothing of an applicant is kept but what its result says.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Container, Generator, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any

from degreecheck import bundle_layout, check, folder, names, slot_names
from degreecheck import pack as packs
from degreecheck.desk.across import IN_ORDER, WITHOUT_FOLDER, DeskCase, Neighbours, on_desk
from degreecheck.desk.company import Desk
from degreecheck.desk.roster import Roster, Row
from degreecheck.desk.roster_values import form_of
from degreecheck.desk.survey import Person
from degreecheck.form import Form, NotAsked
from degreecheck.inspectors.cache import Cache
from degreecheck.inspectors.files import inspect_files
from degreecheck.inspectors.pool import Pool
from degreecheck.output.verification import Verification, verify
from degreecheck.pack import Pack, PackInvalid
from degreecheck.report import Report
from degreecheck.rules._rule import Case

_AHEAD = 4  # applicants begun for each thread: how far one slow file lets the others run on

MaterialState = str  # of a slot: present, missing, probably_missing, not_needed, unknown


class BundleClosed(Exception):
    """A zip that was not opened, and so not checked; ``Judged.bundle`` says why."""


@dataclass(frozen=True)
class Options:
    """How a desk is judged. ``pack`` replaces the one that each form names."""

    now: datetime
    pack: Pack | None = None
    recheck: bool = False
    read_text: bool = True


@dataclass(frozen=True)
class Judged:
    """What came of one applicant: a report, or the trouble that there is none.

    ``shown``: the folder's name on the desk, "" for somebody who is in the roster only. ``slots``: each slot's state.
    """

    index: int
    shown: str
    report: Report | None = None
    trouble: Exception | None = None
    row: int | None = None  # number in the roster's sheet
    matched_by: str | None = None
    slots: tuple[tuple[str, MaterialState], ...] = ()
    bundle: Verification | None = None  # of a bundle: whether it is as it was exported
    files: tuple[tuple[str, str], ...] = ()  # slot and file, relative to the person's place


def check_desk(
    desk: Desk,
    options: Options,
    *,
    pool: Pool,
    cache: Cache | None = None,
    on_files: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    only: Container[int] | None = None,
) -> Generator[Judged, None, None]:
    """Every applicant of the desk in its order, then who is in the roster only; ``only`` those of these places.

    What goes wrong with one is its result, never the end of the others. Once ``cancelled`` says so no further one is
    begun and the iteration ends. ``on_files`` is told, from some thread, how many of an applicant's files are done.
    """
    stop = threading.Event()

    def stopped() -> bool:
        return stop.is_set() or cancelled()

    def inspect(requests: Any) -> Any:
        found = inspect_files(
            requests, pool=pool, cache=cache, recheck=options.recheck, on_progress=on_files, cancelled=stopped
        )
        if stopped():
            raise CancelledError
        return found

    def one(index: int) -> Judged:
        if stopped():
            raise CancelledError
        return _judged(desk, index, options, inspect, pool)

    count = pool.workers + 1
    threads = ThreadPoolExecutor(count, thread_name_prefix="applicant")
    waiting: deque[Future[Judged]] = deque()
    try:
        for index in range(len(desk.people)):
            if only is not None and index not in only:
                continue
            waiting.append(threads.submit(one, index))
            if len(waiting) >= count * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
        for index in range(len(desk.people), len(desk.neighbours)):
            if stopped():
                return
            if only is not None and index not in only:
                continue
            yield _absent_from(desk, index, options)
    except CancelledError:
        return
    except KeyboardInterrupt:
        pool.close()  # Ctrl-C: nobody waits for what the workers are at
        raise
    finally:
        stop.set()
        threads.shutdown(wait=True, cancel_futures=True)


def _safely(index: int, shown: str, judge: Callable[[], Judged]) -> Judged:
    try:
        return judge()
    except CancelledError:
        raise
    except Exception as trouble:  # noqa: BLE001 (one bad applicant must not stop the others; told by its kind)
        return Judged(index, shown, trouble=trouble)


def _judged(desk: Desk, index: int, options: Options, inspect: check.Inspect, pool: Pool) -> Judged:
    person = desk.people[index]

    def judge() -> Judged:
        verified = person.found.verified
        if verified is not None and person.found.unpacked is None:
            return Judged(index, person.found.shown, trouble=BundleClosed(), bundle=verified)
        bundle = bundle_layout.bundle_of(person.found.path)
        if bundle is not None:
            verified = verify(bundle, pool)
        case = _case(desk, index, options, inspect)
        matched_by = desk.matches[index].by if desk.matches else None
        row = desk.row_of(index)
        return Judged(
            index,
            person.found.shown,
            check.judge(case, person.found.shown, IN_ORDER),
            row=row.number if row is not None else None,
            matched_by=matched_by,
            slots=tuple((slot, _state(case, slot)) for slot in case.pack.slots),
            bundle=verified,
            files=tuple((entry.slot, entry.file) for entry in case.listed if entry.file and entry.exists),
        )

    return _safely(index, person.found.shown, judge)


def _case(desk: Desk, index: int, options: Options, inspect: check.Inspect) -> DeskCase:
    person, row, neighbours = desk.people[index], desk.row_of(index), desk.neighbours[index]
    loaded = folder.load(person.found.folder)
    pack = options.pack or packs.find(loaded.form.pack)
    gather = partial(check.gather, loaded, pack, options.now, inspect=inspect, read_text=options.read_text)
    if row is None:
        return on_desk(gather(), neighbours)
    if loaded.form_source == "file":
        row_form = form_of(row.values, neighbours.row_fields, pack)
        return on_desk(gather(), replace(neighbours, row_form=row_form))
    form = form_of(row.values, neighbours.row_fields, pack, guessed_materials(loaded, person, row))
    return on_desk(gather(form=form, form_source="roster"), neighbours)


def guessed_materials(loaded: folder.Folder, person: Person, row: Row) -> dict[str, list[str]]:
    """What the files' names say, read by who knows the person's name and major."""
    known = [names.fold_name(row.values.get("personal.name", "")), row.values.get("courses.major", "")]
    own_words = [word for word in chain(known, folder.words_of(person.found.name)) if word]
    return slot_names.guess_all(loaded.files, own_words=own_words)


def _absent_from(desk: Desk, index: int, options: Options) -> Judged:
    neighbours, roster = desk.neighbours[index], desk.roster
    assert roster is not None  # nobody is absent but from a roster
    assert neighbours.row is not None
    return _safely(index, "", partial(_absent, index, neighbours.row, neighbours, roster, options))


def absent_people(roster: Roster, taken: Container[int], options: Options) -> Iterator[Judged]:
    """Everybody of a roster whose row, by its number in the sheet, is not among those that have a folder."""
    for index, row in enumerate(roster.rows):
        if row.number not in taken:
            neighbours = Neighbours(row=row, without_folder=True)
            yield _safely(index, "", partial(_absent, index, row, neighbours, roster, options))


def _absent(index: int, row: Row, neighbours: Neighbours, roster: Roster, options: Options) -> Judged:
    pack = options.pack or packs.find(Form().pack)
    form = form_of(row.values, row.asked(roster.fields), pack)
    case = on_desk(Case(form=form, pack=pack, now=options.now, form_source="roster"), neighbours)
    report = check.judge(case, "", WITHOUT_FOLDER)
    return Judged(index, "", report=report, row=row.number, slots=())


def _state(case: Case, slot: str) -> MaterialState:
    """Whether a slot is filled, or how much it is missed; the matrix of missing materials shows this."""
    if case.form_unreadable:
        return "unknown"
    enough = {slot, *case.pack.slots[slot].any_of}  # type: ignore[index]
    filled = {entry.slot for entry in case.listed if entry.file and entry.exists}
    if slot in filled:
        return "present"
    try:
        need = case.need_of(slot)
    except NotAsked:
        return "unknown"
    if need not in ("required", "probably") or enough & filled:
        return "not_needed"
    if case.may_be(enough):
        return "unknown"
    return "missing" if need == "required" else "probably_missing"


def is_unusable_pack(trouble: Exception | None) -> bool:
    """Whether an applicant was not judged because its form names a pack that cannot be had."""
    return isinstance(trouble, packs.NoSuchPack | PackInvalid)
