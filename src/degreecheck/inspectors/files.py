"""The facts of many files: from the cache where a file is unchanged, from workers where it is not.

This is what the rest of the program calls. Nothing here opens a stranger's file.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Generic, TypeVar

from degreecheck import __version__
from degreecheck.facts import Box, FileFacts, NotChecked, Unreadable
from degreecheck.inspectors.cache import Cache, Seen
from degreecheck.inspectors.messages import Inspect, Part
from degreecheck.inspectors.opening import check_size, look
from degreecheck.inspectors.pool import Pool
from degreecheck.inspectors.process import worker_command
from degreecheck.inspectors.texts import Text, pages_to_read, read_texts
from degreecheck.inspectors.unreadable import CannotRead

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class FileRequest(Generic[Key]):
    """One file to look at; ``key`` is the caller's name for it. See messages.Inspect."""

    key: Key
    path: Path
    parts: frozenset[Part] = field(default_factory=frozenset)
    crop: Box | None = None


def inspector_version() -> str:
    """Names the readers' exact state, so that facts of other readers are not found in the cache.

    In a checkout the readers' source files count, frozen the program's own file.
    """
    if getattr(sys, "frozen", False):
        sources = [Path(worker_command()[0])]
    else:
        here = Path(__file__).parent
        sources = [here.parent / "facts.py", *sorted(here.glob("*.py"))]
    states = [source.stat() for source in sources if source.exists()]
    return f"{__version__}:" + ",".join(f"{state.st_size}.{state.st_mtime_ns}" for state in states)


def inspect_files(
    requests: Iterable[FileRequest[Key]],
    *,
    pool: Pool,
    cache: Cache | None = None,
    recheck: bool = False,
    reread: bool | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> dict[Key, FileFacts | NotChecked]:
    """The facts of each request under its key, in the order of the requests.

    ``pool`` starts its first worker when the first file is not in ``cache``; ``recheck`` looks at every file anew and
    keeps the result. ``reread`` says the same of the text alone, which is known by the content's hash whatever a file's
    times say. A request with the part "text" has its text read too, after all inspections. ``on_progress`` is
    told how many of how many distinct inspections and readings are done. Once ``cancelled`` says so, the requests not
    begun yet are left out of the answer. Raises CancelledError when the pool is closed meanwhile.
    """
    wanted = list(requests)
    # One file may fill several slots: the same question is asked once.
    questions = list(dict.fromkeys(_question(request) for request in wanted))
    found: dict[Inspect, FileFacts | NotChecked] = {}
    missing: list[tuple[Inspect, Seen | None]] = []
    for question in questions:
        seen = _look(question.path, cache)
        if isinstance(seen, FileFacts):
            found[question] = seen
            continue
        known = cache.find(seen, question.parts, question.crop) if cache and seen and not recheck else None
        if known is None:
            missing.append((question, seen))
        else:
            found[question] = known
    to_read = {request.path: request.parts for request in wanted if "text" in request.parts}
    texts: dict[Path, Text] = {}
    tell = on_progress or _nobody
    total = len(questions) + len(to_read)
    tell(len(found), total)
    try:
        for index, result in pool.run((question for question, _ in missing), cancelled):
            question, seen = missing[index]
            found[question] = facts = _as_facts(result)
            if cache and seen and isinstance(facts, FileFacts):
                now = _look(question.path, cache)
                if isinstance(now, Seen):
                    cache.remember(seen, now, facts, question.parts, question.crop)
            tell(len(found), total)
        if to_read:
            done = count(len(found) + 1)
            texts = read_texts(
                _readable(wanted, found), pool=pool, cache=cache, cancelled=cancelled,
                recheck=recheck if reread is None else reread,
                on_file=lambda: tell(next(done), total),
            )  # fmt: skip
    finally:
        if cache:
            cache.flush()
    return {
        request.key: _with_text(found[question], request, texts)
        for request in wanted
        if (question := _question(request)) in found and ("text" not in request.parts or request.path in texts)
    }


def _readable(
    wanted: Iterable[FileRequest[Key]], found: Mapping[Inspect, FileFacts | NotChecked]
) -> dict[Path, tuple[FileFacts, range]]:
    """The files to read, and which of their pages: none of what could not be looked at."""
    files: dict[Path, tuple[FileFacts, range]] = {}
    for request in wanted:
        facts = found.get(_question(request))
        if "text" in request.parts and facts is not None:
            known = facts if isinstance(facts, FileFacts) else FileFacts(size=0)
            files[request.path] = (known, pages_to_read(known, request.parts))
    return files


def _with_text(
    facts: FileFacts | NotChecked, request: FileRequest[Key], texts: Mapping[Path, Text]
) -> FileFacts | NotChecked:
    text = texts.get(request.path)
    if text is None or isinstance(facts, NotChecked) or "text" not in request.parts:
        return facts
    return facts.model_copy(update={"text": text})


def open_cache(folder: Path | None = None) -> Cache:
    """The cache in ``folder`` (the user's own by default) for the readers that this program has."""
    return Cache(folder, version=inspector_version())


def _question(request: FileRequest[Key]) -> Inspect:
    return Inspect(request.path, request.parts - {"text"}, request.crop)


def _look(path: Path, cache: Cache | None) -> FileFacts | Seen | None:
    """Facts already, for what need not be opened to be refused; else what the cache knows the file by."""
    size = 0
    try:
        info = look(path)
        size = info.st_size
        check_size(info)
    except CannotRead as refusal:
        return FileFacts(size=size, unreadable=refusal.as_fact())
    return cache.look(path, info) if cache and cache.usable else None


def _nobody(_done: int, _total: int) -> None:
    pass


def _as_facts(result: object) -> FileFacts | NotChecked:
    if isinstance(result, FileFacts | NotChecked):
        return result
    if isinstance(result, Unreadable):
        return FileFacts(size=0, unreadable=result)
    return NotChecked(reason="nonsense")
