"""Carries out a bundle's plan: workers convert and copy the files, and what became of each is weighed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from degreecheck.bundle_layout import PAYLOAD
from degreecheck.facts import NotChecked, Unreadable
from degreecheck.inspectors.messages import Convert, Converted, Copied, NotWritten, Result
from degreecheck.inspectors.pool import Pool
from degreecheck.output.bag import BagFile
from degreecheck.output.bundle_plan import LeftOut, Plan, Upload
from degreecheck.text import Texts

Progress = Callable[[str, int, int], None]
State = tuple[int, int, int]  # size, mtime_ns, number of a file


class CannotExport(Exception):
    """No bundle was made, and nothing was left behind. ``kind`` is a key of [bundle.failed] in the texts."""

    def __init__(self, kind: str, **values: Any) -> None:
        super().__init__(kind)
        self.kind = kind
        self.values = values

    def sentence(self, texts: Texts) -> str:
        """What happened, and what to do about it."""
        values = {name: texts.get(value) if name == "reason" else value for name, value in self.values.items()}
        return texts.get(f"bundle.failed.{self.kind}", **values)


class Cancelled(Exception):
    """The person does not want it any more."""


@dataclass(frozen=True)
class PutFiles:
    """What is in the bundle now: the plan as it came true, and each upload's file under its name."""

    plan: Plan
    files: Mapping[str, BagFile]
    converted: Mapping[str, Converted]  # of the pictures


def state_of(path: Path) -> State | None:
    """By what a file is known to be unchanged; None when it is not there."""
    try:
        info = path.stat()
    except (OSError, ValueError):
        return None
    return info.st_size, info.st_mtime_ns, info.st_ino


def put_files(
    plan: Plan,
    pool: Pool,
    *,
    states: Mapping[str, State | None],
    allow_errors: bool,
    on_progress: Progress,
    cancelled: Callable[[], bool],
) -> PutFiles:
    """Convert and copy the planned files.

    ``states`` is how the sources looked before they were inspected: one that is another by now was never judged. What
    cannot be put in is left out where errors are allowed, else ends it. Raises CannotExport, Cancelled, OSError.
    """
    if plan.left_out and not allow_errors:
        raise _refused(plan.left_out[0])
    for folder in {upload.request.target.parent for upload in plan.uploads}:
        folder.mkdir(parents=True, exist_ok=True)
    results: dict[int, Result] = {}
    on_progress("files", 0, len(plan.uploads))
    for index, result in pool.run((upload.request for upload in plan.uploads), cancelled):
        results[index] = result
        on_progress("files", len(results), len(plan.uploads))
    if cancelled():
        raise Cancelled
    done: list[Upload] = []
    left_out = list(plan.left_out)
    files: dict[str, BagFile] = {}
    converted: dict[str, Converted] = {}
    for index, upload in enumerate(plan.uploads):
        result = results[index]
        reason = _trouble(upload, result, states.get(upload.file))
        if reason:
            left_out.append(LeftOut(upload.slot, upload.listed, reason))
            if not allow_errors:
                raise _refused(left_out[-1])
            upload.request.target.unlink(missing_ok=True)
            continue
        assert isinstance(result, Converted | Copied)
        done.append(upload)
        files[upload.name] = BagFile(f"{PAYLOAD}/{upload.name}", result.sha256, result.size)
        if isinstance(result, Converted):
            converted[upload.name] = result
    return PutFiles(Plan(tuple(done), tuple(left_out)), files, converted)


def _refused(entry: LeftOut) -> CannotExport:
    return CannotExport("file", slot=entry.slot, file=entry.listed, reason=entry.reason)


def _trouble(upload: Upload, result: Result, state: State | None) -> str:
    """Why the file is not in the bundle, as a key of the texts; empty when it is. Raises CannotExport."""
    if isinstance(result, Unreadable):
        return f"unreadable.{result.reason}"
    if isinstance(result, NotChecked):
        if result.reason == "worker_unavailable":
            raise CannotExport("no_worker")
        return f"not_checked.{result.reason}"
    if isinstance(result, NotWritten):
        if result.reason == "does_not_fit":
            return "bundle.reason.does_not_fit"
        raise CannotExport(result.reason if result.reason in ("no_space", "no_permission") else "not_written")
    if isinstance(result, Copied) and upload.sha256 and result.sha256 != upload.sha256:
        return "bundle.reason.changed"
    if state is None or state_of(upload.request.path) != state:
        return "bundle.reason.changed"
    if isinstance(upload.request, Convert) != isinstance(result, Converted):
        raise CannotExport("not_written")
    return ""
