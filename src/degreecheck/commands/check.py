"""check: the verdict on one applicant's folder, or on a desk of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated, Optional

import typer

from degreecheck import check as pipeline
from degreecheck import folder as folders
from degreecheck import paths
from degreecheck.bundle_layout import bundle_of
from degreecheck.commands._app import (
    ERRORS_FOUND,
    FINE,
    NOT_CHECKED,
    WRONG_USAGE,
    Language,
    Trouble,
    app,
    moment,
    pack_named,
    say,
    speak_utf8,
    texts_in,
    worst,
)
from degreecheck.facts import FileFacts, NotChecked
from degreecheck.inspectors.files import FileRequest, inspect_files, open_cache
from degreecheck.inspectors.pool import Pool
from degreecheck.output import console
from degreecheck.output.verification import verify
from degreecheck.pack import Pack
from degreecheck.report import Report, to_data
from degreecheck.text import Texts


@dataclass(frozen=True)
class _Target:
    """One applicant's folder to check, and whether it stands alone or on a desk."""

    path: Path
    shown: str
    alone: bool


@app.command("check")
def check(
    places: Annotated[list[Path], typer.Argument(metavar="PATH…", help="申请文件夹，或存放多个申请文件夹的目录")],
    pack: Annotated[Optional[str], typer.Option("--pack", metavar="ID|FILE", help="学校规则")] = None,  # noqa: UP045
    json_file: Annotated[Optional[str], typer.Option("--json", metavar="FILE|-", help="结果写成 JSON")] = None,  # noqa: UP045
    lang: Language = "zh",
    jobs: Annotated[Optional[int], typer.Option("--jobs", min=1, max=64, help="检查进程数")] = None,  # noqa: UP045
    no_text: Annotated[bool, typer.Option("--no-text", help="不识别图片中的文字")] = False,  # noqa: ARG001 (no reader yet)
    unmasked: Annotated[bool, typer.Option("--unmasked", help="显示完整身份证号")] = False,
    today: Annotated[Optional[str], typer.Option("--today", metavar="DATE|DATE-TIME", help="按这一天检查")] = None,  # noqa: UP045
    recheck: Annotated[bool, typer.Option("--recheck", help="不用缓存，重新检查文件")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="不显示进度")] = False,
) -> None:
    """检查申请文件夹。 Check one folder, or a desk of folders."""
    texts = texts_in(lang)
    now = moment(today, texts)
    chosen = pack_named(pack, texts) if pack else None
    codes: list[int] = []
    targets = _targets(places, texts, codes)
    with ExitStack() as stack:
        sink = _json_sink(json_file, stack, texts)
        pool = stack.enter_context(Pool(jobs))
        inspect = _inspector(stack, pool, targets, recheck=recheck, quiet=quiet, texts=texts)
        out = console.console()
        reports: list[Report] = []
        for target in targets:
            codes.append(_verified(target, pool, texts))
            report = _report(target, chosen, now, inspect, texts)
            if report is None:
                codes.append(WRONG_USAGE)
                continue
            codes.append(report.exit_code)
            reports.append(report)
            if sink is not None:
                alone = target.alone and len(targets) == 1
                sink.write(json.dumps(to_data(report, texts, unmasked=unmasked), ensure_ascii=False,
                                      indent=2 if alone and json_file != "-" else None) + "\n")  # fmt: skip
                sink.flush()
            if json_file != "-":
                if target.alone:
                    console.print_report(out, report, texts, unmasked=unmasked)
                else:
                    console.print_desk_line(out, report, texts, unmasked=unmasked)
        if json_file != "-" and any(not target.alone for target in targets):
            console.print_desk_summary(out, [report.verdict for report in reports], texts)
    raise typer.Exit(worst(codes))


def _targets(places: list[Path], texts: Texts, codes: list[int]) -> list[_Target]:
    targets = []
    for place in places:
        path = place.parent if place.name == paths.FORM_NAME and place.is_file() else place
        try:
            found = list(_below(path))
        except folders.NotAFolder as trouble:
            zipped = trouble.reason == "not_a_folder" and path.suffix.lower() == ".zip"
            say(texts.get("bundle.check_zip" if zipped else f"console.{trouble.reason}", path=str(place)))
            codes.append(WRONG_USAGE)
            continue
        if not found:
            say(texts.get("console.no_applicant", path=str(place)))
            codes.append(WRONG_USAGE)
        targets += found
    return targets


def _below(path: Path) -> Iterator[_Target]:
    folders.list_top(path)
    if folders.is_applicant(path):
        yield _Target(path, str(path), alone=True)
        return
    below = folders.applicant_folders(path)
    for folder in below:
        yield _Target(folder, folder.relative_to(path).as_posix(), alone=False)
    # A folder of pictures with nameless names (微信图片_…) is one applicant's too, when nothing below it is.
    if not below and folders.list_files(path)[0]:
        yield _Target(path, str(path), alone=True)


def _verified(target: _Target, pool: Pool, texts: Texts) -> int:
    """Whether a bundle is still as it was exported, told on stderr where it is not; 0 for any other folder."""
    bundle = bundle_of(target.path)
    if bundle is None:
        return FINE
    found = verify(bundle, pool)
    if found.outcome == "intact":
        return FINE
    if found.outcome == "unread":
        say(texts.get("bundle.check_unread", path=str(bundle), reason=found.why(texts)))
        return NOT_CHECKED
    say(texts.get("bundle.check_changed", path=str(bundle)))
    for sentence in found.sentences(bundle, texts):
        say(sentence)
    return ERRORS_FOUND


def _report(
    target: _Target, chosen: Pack | None, now: datetime, inspect: pipeline.Inspect, texts: Texts
) -> Report | None:
    try:
        folder = folders.load(target.path)
    except folders.NotAFolder as trouble:
        say(texts.get(f"console.{trouble.reason}", path=target.shown))
        return None
    try:
        used = chosen or pack_named(folder.form.pack, texts)
    except Trouble as trouble:
        say(f"{target.shown}: {trouble.sentence}")
        return None
    case = pipeline.gather(folder, used, now, inspect=inspect)
    return pipeline.judge(case, target.shown)


def _json_sink(json_file: str | None, stack: ExitStack, texts: Texts) -> IO[str] | None:
    if json_file is None:
        return None
    if json_file == "-":
        speak_utf8()
        return sys.stdout
    try:
        return stack.enter_context(open(json_file, "w", encoding="utf-8", errors="backslashreplace", newline="\n"))  # noqa: PTH123
    except OSError as trouble:
        raise Trouble(texts.get("console.cannot_write", path=json_file, reason=trouble.strerror or "")) from None


def _inspector(
    stack: ExitStack, pool: Pool, targets: list[_Target], *, recheck: bool, quiet: bool, texts: Texts
) -> pipeline.Inspect:
    """Looks at the files of one applicant after another: workers start with the first file that the cache lacks."""
    cache = stack.enter_context(open_cache())
    tick = _progress(stack, targets, quiet=quiet, texts=texts)

    def inspect(requests: Sequence[FileRequest[str]]) -> Mapping[str, FileFacts | NotChecked]:
        return inspect_files(requests, pool=pool, cache=cache, recheck=recheck, on_progress=tick)

    return inspect


def _progress(
    stack: ExitStack, targets: list[_Target], *, quiet: bool, texts: Texts
) -> Callable[[int, int], None] | None:
    """A bar on stderr, on a terminal only: files of one applicant, or applicants of a desk."""
    if quiet or not targets or not sys.stderr.isatty():
        return None
    from rich.console import Console
    from rich.progress import Progress

    bar = stack.enter_context(Progress(console=Console(stderr=True), transient=True))
    task = bar.add_task(texts.get("console.checking"), total=None)
    if len(targets) == 1:
        return lambda done, total: bar.update(task, completed=done, total=total)
    bar.update(task, total=len(targets))

    def applicant_begun(done: int, total: int) -> None:
        if done == total:
            bar.advance(task)

    return applicant_begun
