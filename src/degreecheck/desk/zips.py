"""Bundles that come as a zip: verified, and only then unpacked into a private folder, by a worker.

A zip that is not as it was exported is not checked at all: its result would be somebody else's. It is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from degreecheck.desk.discovery import BearsPerson, Found, is_zip
from degreecheck.inspectors.messages import NotWritten, Result, Unpack
from degreecheck.inspectors.pool import Pool
from degreecheck.output.verification import Verification, size_of, verified


def opened(
    found: Sequence[Found],
    scratch: Path,
    pool: Pool,
    wanted: BearsPerson,
    *,
    passwords: Mapping[str, str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Found | None]:
    """Each folder as it is, and each zip with what came of it; None for a zip that is no bundle and nobody's.

    ``scratch``: a folder that only this person can read; what was unpacked there in an earlier run is used again.
    ``passwords``: by ``shown``. ``wanted``: whether a name is somebody's.
    """
    result: list[Found | None] = list(found)
    zips = [place for place, one in enumerate(found) if is_zip(one.path.name) and one.unpacked is None]
    targets = [_target(found[place].path, scratch) for place in zips]
    to_open = [number for number, target in enumerate(targets) if not target.is_dir()]
    for number, target in enumerate(targets):
        if target.is_dir():
            place = zips[number]
            result[place] = replace(found[place], unpacked=target, verified=Verification("intact"))
    known = passwords or {}
    requests = (
        Unpack(found[zips[number]].path, targets[number], _size(found[zips[number]].path),
               known.get(found[zips[number]].shown, ""))
        for number in to_open
    )  # fmt: skip
    answered: set[int] = set()
    for index, answer in pool.run(requests, cancelled):
        number = to_open[index]
        answered.add(number)
        place = zips[number]
        result[place] = _after(found[place], targets[number], answer, wanted)
    return result


def kept(found: Iterable[Found | None]) -> list[Found]:
    """Without what is nobody's."""
    return [one for one in found if one is not None]


def _after(one: Found, target: Path, answer: Result, wanted: BearsPerson) -> Found | None:
    if isinstance(answer, NotWritten):
        return replace(one, verified=Verification("unread", reason=f"copy.not_written.{answer.reason}"))
    came = verified(answer)
    if came.outcome == "not_a_bundle" and one.desk is not None and not wanted(one.name):
        return None
    return replace(one, unpacked=target if came.outcome == "intact" else None, verified=came)


def _target(path: Path, scratch: Path) -> Path:
    try:
        info = path.stat()
        state = f"{info.st_size}.{info.st_mtime_ns}"
    except OSError:
        state = "gone"
    known = hashlib.blake2b(f"{path}|{state}".encode("utf-8", errors="replace"), digest_size=12)
    return scratch / known.hexdigest()


def _size(path: Path) -> int:
    try:
        return size_of(path)
    except OSError:
        return 0
