"""check: the verdict on one applicant's folder, or on a desk of them."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from degreecheck.commands._app import (
    WRONG_USAGE,
    Language,
    Trouble,
    app,
    moment,
    pack_named,
    say,
    texts_in,
    worst,
)
from degreecheck.commands._desk_run import Run, Wanted, begin
from degreecheck.commands._json_out import STANDARD_OUTPUT, JsonOut
from degreecheck.desk import last_run, shards
from degreecheck.desk.batch import Judged
from degreecheck.desk.last_run import Changes, LastRun
from degreecheck.output import console
from degreecheck.report import to_data
from degreecheck.text import Texts

if TYPE_CHECKING:
    from rich.console import Console

    from degreecheck.desk.summary import Summary


@app.command("check")
def check(
    places: Annotated[
        list[Path], typer.Argument(metavar="PATH…", readable=False, help="申请文件夹，或存放多个申请文件夹的目录")
    ],
    roster: Annotated[Optional[Path], typer.Option("--roster", metavar="FILE", help="名册（xlsx、xls、csv）")] = None,  # noqa: UP045
    pack: Annotated[Optional[str], typer.Option("--pack", metavar="ID|FILE", help="学校规则")] = None,  # noqa: UP045
    json_file: Annotated[Optional[str], typer.Option("--json", metavar="FILE|-", help="结果写成 JSON")] = None,  # noqa: UP045
    xlsx: Annotated[Optional[Path], typer.Option("--xlsx", metavar="FILE", help="结果写成汇总表")] = None,  # noqa: UP045
    lang: Language = "zh",
    jobs: Annotated[Optional[int], typer.Option("--jobs", min=1, max=64, help="检查进程数")] = None,  # noqa: UP045
    no_text: Annotated[bool, typer.Option("--no-text", help="不识别图片中的文字")] = False,
    unmasked: Annotated[bool, typer.Option("--unmasked", help="显示完整身份证号")] = False,
    today: Annotated[Optional[str], typer.Option("--today", metavar="DATE|DATE-TIME", help="按这一天检查")] = None,  # noqa: UP045
    recheck: Annotated[bool, typer.Option("--recheck", help="不用缓存，重新检查文件")] = False,
    shard: Annotated[Optional[str], typer.Option("--shard", metavar="I/N", help="只检查 N 份中的第 I 份")] = None,  # noqa: UP045
    quiet: Annotated[bool, typer.Option("--quiet", help="不显示进度")] = False,
) -> None:
    """检查申请文件夹。 Check one folder, or a desk of folders."""
    texts = texts_in(lang)
    part = shards.parse(shard) if shard is not None else None
    if shard is not None and part is None:
        raise Trouble(texts.get("desk.bad_shard", given=shard))
    chosen = pack_named(pack, texts) if pack else None
    wanted = Wanted(places, texts, moment(today, texts), chosen, roster, jobs, recheck, quiet, part, not no_text)
    with ExitStack() as stack:
        run = begin(wanted, stack)
        outlet = _Outlet(run, unmasked=unmasked, shows=json_file != STANDARD_OUTPUT)
        outlet.json_out = stack.enter_context(_json_out(json_file, wanted)) if json_file is not None else None
        outlet.indent = 2 if run.single and json_file != STANDARD_OUTPUT else None
        if xlsx is not None:
            outlet.summary = summary_for(xlsx, wanted, unmasked=unmasked)
            stack.callback(outlet.summary.discard)
        with closing(run.judged()) as results:
            for judged in results:
                outlet.take(judged)
        outlet.finish()
    raise typer.Exit(worst(run.codes))


@dataclass
class _Outlet:
    """Where results go as they come: JSON, the summary workbook, the screen, and the next run's memory."""

    run: Run
    unmasked: bool
    shows: bool
    json_out: JsonOut | None = None
    indent: int | None = None
    summary: Summary | None = None
    verdicts: list[Any] = field(default_factory=list)
    absent: int = 0
    changed: Counter[str] = field(default_factory=Counter)
    since: str = ""

    def __post_init__(self) -> None:
        self._out: Console = console.console()
        remembers = self.run.wanted.shard is None  # a shard sees a part of the desk, beside others
        self._before: dict[Path, LastRun] = {desk: last_run.load(desk) for desk in self.run.desks if remembers}
        self._now: dict[Path, dict[str, dict[str, int]]] = {desk: {} for desk in self._before}

    def take(self, judged: Judged) -> None:
        """One result, the next in order."""
        if judged.report is None:
            return
        changes = self._changes(judged)
        if self.json_out is not None or self.summary is not None:
            data = report_data(judged, self.run, changes, unmasked=self.unmasked)
            if self.json_out is not None:
                self.json_out.write(data, self.indent)
            if self.summary is not None:
                self.summary.add(data)
        if self.shows:
            self._show(judged, changes)

    def _changes(self, judged: Judged) -> Changes | None:
        person = self.run.desk.people[judged.index] if judged.shown else None
        desk = person.found.desk if person is not None else None
        if judged.report is None or desk not in self._before:
            return None
        assert desk is not None
        self._now[desk][judged.shown] = dict(last_run.open_codes(judged.report))
        changes = self._before[desk].changes(judged.shown, judged.report)
        if changes is not None:
            self.since = changes.since
            self.changed.update(mended=changes.mended, new=changes.new, still_open=changes.still_open)
        return changes

    def _show(self, judged: Judged, changes: Changes | None) -> None:
        texts = self.run.wanted.texts
        assert judged.report is not None
        person = self.run.desk.people[judged.index] if judged.shown else None
        if person is not None and person.found.desk is None:
            console.print_report(self._out, judged.report, texts, unmasked=self.unmasked)
            return
        self.verdicts.append(judged.report.verdict)
        self.absent += person is None
        ending = texts.get("desk.no_folder") if person is None else ""
        ending += _changes_shown(changes, texts)
        console.print_desk_line(self._out, judged.report, texts, unmasked=self.unmasked, ending=ending)

    def finish(self) -> None:
        """After the last result: totals, files, and what the next run compares with."""
        texts = self.run.wanted.texts
        if self.json_out is not None:
            self.json_out.finish()
        if self.shows and self.verdicts:
            console.print_desk_summary(self._out, self.verdicts, texts)
            if self.absent:
                self._out.print(texts.get("desk.absent_summary", count=self.absent))
            if self.since:
                self._out.print(texts.get("desk.changes_summary", since=self.since, **self.changed))
        for desk, folders in self._now.items():
            try:
                last_run.save(desk, self.run.wanted.now, folders)
            except OSError as trouble:
                say(texts.get("desk.not_kept", path=str(last_run.place(desk)), reason=trouble.strerror or ""))
        if self.summary is not None:
            self.summary.save()
            if self.shows:
                self._out.print(console.visible(texts.get("desk.summary_made", path=str(self.summary.path))))


def _changes_shown(changes: Changes | None, texts: Texts) -> str:
    """What is other than last time; of somebody with whom all is as it was there is nothing to say."""
    if changes is None:
        return ""
    counts = {"mended": changes.mended, "new": changes.new}
    parts = [texts.get(f"desk.change.{name}", count=count) for name, count in counts.items() if count]
    return texts.get("desk.changes", parts=parts) if parts else ""


def report_data(judged: Judged, run: Run, changes: Changes | None, *, unmasked: bool) -> dict[str, Any]:
    """The report object; of an applicant on a desk also what the desk knows."""
    assert judged.report is not None
    data = to_data(judged.report, run.wanted.texts, unmasked=unmasked)
    if run.single and run.wanted.roster is None:
        return data
    data["roster"] = {"row": judged.row, "matched_by": judged.matched_by} if judged.row is not None else None
    data["slots"] = dict(judged.slots)
    data["changes"] = changes.to_data() if changes is not None else None
    if run.wanted.shard is not None and run.keys is not None:
        position, marks = run.positions[judged.index], run.desk.marks[judged.index]
        data["shard"] = shards.shard_data(run.wanted.shard, run.keys, position, marks)
    return data


def summary_for(path: Path, wanted: Wanted, *, unmasked: bool) -> Summary:
    """The workbook to fill; its place is tried now, not after an hour. Raises Trouble."""
    from degreecheck.desk.summary import Summary

    _refuse_roster(path, wanted)
    try:
        return Summary(path, wanted.texts, unmasked=unmasked)
    except OSError as trouble:
        reason = trouble.strerror or ""
        raise Trouble(wanted.texts.get("console.cannot_write", path=str(path), reason=reason)) from None


def _refuse_roster(path: Path, wanted: Wanted) -> None:
    if wanted.roster is not None and path.absolute() == wanted.roster.absolute():
        raise Trouble(wanted.texts.get("desk.same_file", path=str(path)), WRONG_USAGE)


def _json_out(target: str, wanted: Wanted) -> JsonOut:
    if target != STANDARD_OUTPUT:
        _refuse_roster(Path(target), wanted)
    return JsonOut(target, wanted.texts)
