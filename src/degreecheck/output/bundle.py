"""The bundle: all that has to be typed, uploaded, printed and mailed, as a folder and a zip that can be verified.

    with Workspace(out) as workspace, Pool() as pool:            # in this order: workers end before the leftovers go
        exported = export(Order(folder, pack, now, texts), workspace, pool)

The application is checked first, and errors refuse it. Nothing of the application folder is ever changed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from degreecheck import __version__
from degreecheck import bundle_layout as layout
from degreecheck import check as pipeline
from degreecheck.facts import FileFacts, NotChecked
from degreecheck.folder import Folder
from degreecheck.inspectors.cache import Cache
from degreecheck.inspectors.files import FileRequest, inspect_files
from degreecheck.inspectors.pool import Pool
from degreecheck.inspectors.writing import cannot_write
from degreecheck.output import bundle_papers, report_card
from degreecheck.output.archive import ChangedMeanwhile, write_zip
from degreecheck.output.bag import BagFile, write_tags
from degreecheck.output.bundle_files import Cancelled, CannotExport, Progress, PutFiles, State, put_files, state_of
from degreecheck.output.bundle_names import bundle_name
from degreecheck.output.bundle_papers import Papers, WrittenPapers
from degreecheck.output.bundle_plan import LeftOut, Plan, plan
from degreecheck.output.exported import exported_case
from degreecheck.output.workspace import Workspace
from degreecheck.pack import Pack
from degreecheck.privacy import mask
from degreecheck.report import NotCheckedLine, Report
from degreecheck.rules._rule import Case
from degreecheck.text import Texts

__all__ = ["Cancelled", "CannotExport", "Exported", "Order", "Refused", "export"]

_LONGEST_PATH_ON_WINDOWS = 259  # MAX_PATH without its end (Win32: naming files)


@dataclass(frozen=True)
class Order:
    """What is to be exported and how. ``password`` encrypts the zip, never the folder beside it."""

    folder: Folder
    pack: Pack
    now: datetime
    texts: Texts
    allow_errors: bool = False
    password: str = field(default="", repr=False)
    read_text: bool = True  # in pictures, to compare it with the form


@dataclass(frozen=True)
class Exported:
    """A bundle that was made. ``report`` is on the bundle's own files."""

    folder: Path
    archive: Path
    report: Report
    left_out: tuple[LeftOut, ...]
    missing_characters: tuple[str, ...]  # that no font here has: printed as a sign, to be written in by hand

    @property
    def passed(self) -> bool:
        """Whether there were no errors; else everything is marked."""
        return report_card.passed(self.report)


class Refused(Exception):
    """The application has errors: nothing was written."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.verdict)
        self.report = report


def _nobody(_stage: str, _done: int, _total: int) -> None:
    pass


def export(
    order: Order,
    workspace: Workspace,
    pool: Pool,
    *,
    cache: Cache | None = None,
    on_progress: Progress = _nobody,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:
    """Check the application and make its bundle.

    ``on_progress`` is told the stage (check, files, papers, archive, place) and how much of it is done. Raises
    Refused, CannotExport and Cancelled; then nothing is left behind when the workspace closes.
    """
    refuse_places(order.folder, workspace.out)
    case, states = _gathered(order, pool, cache, on_progress)
    report = pipeline.judge(case)
    if report.verdict == "unreadable" or not (order.allow_errors or report_card.passed(report)):
        raise Refused(report)
    if cancelled():
        raise Cancelled
    try:
        workspace.open()
        return _made(order, case, states, report, workspace, pool, on_progress, cancelled)
    except CannotExport as trouble:
        trouble.values.setdefault("path", str(workspace.out))
        raise
    except OSError as trouble:
        reason = cannot_write(trouble).reason
        kind = reason if reason in ("no_space", "no_permission") else "not_written"
        raise CannotExport(kind, path=str(workspace.out)) from trouble
    except ChangedMeanwhile as trouble:
        raise CannotExport("disturbed", file=trouble.name) from trouble


def refuse_places(source: Folder, out: Path) -> None:
    """Raise CannotExport for a folder that is not to be exported, or a place where its bundle must not be."""
    if layout.bundle_of(source.path) is not None:
        raise CannotExport("is_bundle", path=str(source.path))
    if source.form_source == "none":
        raise CannotExport("no_form", path=str(source.path))
    try:
        around = [out.resolve(), *out.resolve().parents]
        inside = any(place.exists() and place.samefile(source.path) for place in around)
        in_bundle = any(layout.bundle_of(place) is not None for place in around)
    except OSError:
        return  # that it cannot be used will be seen, and said, when it is
    if inside:
        raise CannotExport("inside_source", path=str(out))
    if in_bundle:
        raise CannotExport("inside_bundle", path=str(out))


def _gathered(
    order: Order, pool: Pool, cache: Cache | None, on_progress: Progress
) -> tuple[Case, dict[str, State | None]]:
    """The case, looked at anew, and the state in which each of its files was before that."""
    source = order.folder
    listed = pipeline.listed_paths(source, source.form)
    states = {entry.file: state_of(source.path / entry.file) for entry in listed if entry.file}

    def inspect(requests: Sequence[FileRequest[str]]) -> Mapping[str, FileFacts | NotChecked]:
        return inspect_files(
            requests, pool=pool, cache=cache, recheck=True, reread=False,
            on_progress=lambda done, total: on_progress("check", done, total),
        )  # fmt: skip

    return pipeline.gather(
        source, order.pack, order.now, inspect=inspect, exporting=True, read_text=order.read_text
    ), states


def _made(
    order: Order,
    source: Case,
    states: Mapping[str, State | None],
    judged: Report,
    workspace: Workspace,
    pool: Pool,
    on_progress: Progress,
    cancelled: Callable[[], bool],
) -> Exported:
    payload = workspace.bag / layout.PAYLOAD
    planned = plan(source, order.folder.path, payload)
    marked = bundle_name(source.form, passed=False)
    if sys.platform == "win32" and _longest_path(workspace, marked, planned) > _LONGEST_PATH_ON_WINDOWS:
        raise CannotExport("path_too_long", path=str(workspace.out))
    put = put_files(
        planned, pool, states=states, allow_errors=order.allow_errors, on_progress=on_progress, cancelled=cancelled
    )
    case = exported_case(source, judged, put, payload, pool)
    report = _with_left_out(pipeline.judge(case), put)
    if not (order.allow_errors or report_card.passed(report)):
        raise Refused(report)
    base = bundle_name(case.form, passed=report_card.passed(report))
    name, number = workspace.free_name(base)
    report = replace(report, folder=name)
    if cancelled():
        raise Cancelled
    papers = Papers(case.form, order.pack, report, _uploads(put), order.texts)
    files = [*put.files.values(), bundle_papers.write_form(case.form, workspace.bag)]
    files += bundle_papers.write_data(papers, workspace.bag)
    printed = bundle_papers.print_papers(
        papers, workspace.bag, workspace.scratch, pool, lambda done, total: on_progress("papers", done, total)
    )
    if cancelled():
        raise Cancelled
    _archive(order, workspace, name, [*files, *printed.files], _info(order, papers, put), on_progress)
    return _placed(workspace, base, name, number, report, put, printed, on_progress)


def _with_left_out(report: Report, put: PutFiles) -> Report:
    """The report that names, whatever the reason, the files that are not in the bundle."""
    files = tuple(dict.fromkeys(entry.listed for entry in put.plan.left_out))
    if not files:
        return report
    return replace(report, not_checked=(NotCheckedLine("bundle.left_out_files", files), *report.not_checked))


def _uploads(put: PutFiles) -> dict[str, list[str]]:
    """Each slot's files in the bundle."""
    found: dict[str, list[str]] = {}
    for upload in put.plan.uploads:
        found.setdefault(upload.slot, []).append(upload.name)
    return found


def _archive(
    order: Order, workspace: Workspace, name: str, payload: list[BagFile], info: list[tuple[str, str]],
    on_progress: Progress,
) -> None:  # fmt: skip
    ordered = sorted(payload, key=lambda file: file.name)
    tags = write_tags(workspace.bag, ordered, info)
    write_zip(
        workspace.archive, workspace.bag, name, [*tags, *ordered], password=order.password, made_at=order.now,
        on_progress=lambda done, total: on_progress("archive", done, total),
    )  # fmt: skip


def _placed(
    workspace: Workspace,
    base: str,
    name: str,
    number: int,
    report: Report,
    put: PutFiles,
    printed: WrittenPapers,
    on_progress: Progress,
) -> Exported:
    while True:
        on_progress("place", 0, 2)
        try:
            made, archive = workspace.place(name, lambda: on_progress("place", 1, 2))
        except FileExistsError:  # somebody took the name while this was made
            name, number = workspace.free_name(base, number)
            continue
        return Exported(made, archive, report, put.plan.left_out, printed.missing)


def _info(order: Order, papers: Papers, put: PutFiles) -> list[tuple[str, str]]:
    """What bag-info.txt says (RFC 8493, 2.2.2). Never an ID number."""
    texts, form, pack = order.texts, papers.form, order.pack
    name = form.personal.name.strip() or texts.get("console.nameless")
    about = "bundle.about" if papers.passed else "bundle.about_not_passed"
    lines = [
        ("External-Description", texts.get(about, name=name, major=form.courses.major)),
        ("Bagging-Date", order.now.date().isoformat()),
        ("Bag-Software-Agent", f"DegreeCheck {__version__}"),
        ("DegreeCheck-Verdict", papers.report.verdict),
        ("DegreeCheck-Pack", f"{pack.id} {pack.version}"),
    ]
    lines += [("DegreeCheck-Left-Out", left_out_line(entry, texts)) for entry in put.plan.left_out]
    return [(label, mask(value)) for label, value in lines]


def left_out_line(entry: LeftOut, texts: Texts) -> str:
    """Which file is not in the bundle, and why."""
    return texts.get("bundle.left_out", slot=entry.slot, file=entry.listed, reason=texts.get(entry.reason))


def _longest_path(workspace: Workspace, base: str, planned: Plan) -> int:
    """Characters of the longest path that the bundle will have, while it is made or afterwards."""
    names = [upload.name for upload in planned.uploads]
    within = max(map(len, (*names, layout.DEGREE_EXAM_JPEG)))
    places = (f"{workspace.out.absolute()}/{base} (99)", str(workspace.bag.absolute()))
    return max(map(len, places)) + len(f"/{layout.PAYLOAD}/") + within
