"""What a counselor does besides checking: join shards, begin a roster, write to everybody, copy under other names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from degreecheck import pack as packs
from degreecheck.commands import _desk_run
from degreecheck.commands._app import (
    ERRORS_FOUND,
    FINE,
    NOT_CHECKED,
    Language,
    Trouble,
    app,
    moment,
    out,
    pack_named,
    say,
    texts_in,
    worst,
)
from degreecheck.commands._desk_run import Wanted, begin, roster_at
from degreecheck.commands._json_out import STANDARD_OUTPUT, JsonOut
from degreecheck.desk import copies, joining, messages, shards, template
from degreecheck.desk.batch import Options, absent_people
from degreecheck.desk.company import Marks, marks_of_row
from degreecheck.file_names import FIELDS, BadPattern
from degreecheck.form import SLOTS
from degreecheck.output.console import visible
from degreecheck.privacy import mask
from degreecheck.report import FAILED_CHECKS, to_data
from degreecheck.text import Texts

_ROSTER = typer.Option("--roster", metavar="FILE", help="名册（xlsx、xls、csv）")
_PACK = typer.Option("--pack", metavar="ID|FILE", help="学校规则")
_TODAY = typer.Option("--today", metavar="DATE|DATE-TIME", help="按这一天检查")
_CONTACT = typer.Option("--contact", metavar="TEXT", help="有疑问找谁，例如：李老师 023-…")
_SLOTS = typer.Option("--slot", metavar="SLOT", help="只复制这项材料，例如 photo")
_JOBS = typer.Option("--jobs", min=1, max=64, help="检查进程数")


@app.command("merge")
def merge(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="check --shard --json 的结果")],
    target: Annotated[str, typer.Option("--json", "-o", metavar="FILE|-", help="合并的结果")] = "-",
    xlsx: Annotated[Optional[Path], typer.Option("--xlsx", metavar="FILE", help="结果写成汇总表")] = None,  # noqa: UP045
    roster: Annotated[Optional[Path], _ROSTER] = None,  # noqa: UP045
    lang: Language = "zh",
) -> None:
    """合并分片检查的结果。 Join the results of shards."""
    texts = texts_in(lang)
    joined = _surveyed(files, texts)
    codes = [FINE]
    for key, values in _set_troubles(joined):
        say(texts.get(f"merge.{key}", **values))
        codes.append(NOT_CHECKED)
    with ExitStack() as stack:
        json_out = stack.enter_context(_json_out(target, files, texts))
        summary = _summary(xlsx, texts) if xlsx is not None else None
        if summary is not None:
            stack.callback(summary.discard)
        for data in joining.written(joined, texts, _absent(joined, roster, texts)):
            json_out.write(data)
            if summary is not None:
                summary.add(data)
            codes.append(_exit_code(data))
        json_out.finish()
        if summary is not None:
            summary.save()
    raise typer.Exit(worst(codes))


def _surveyed(files: list[Path], texts: Texts) -> joining.Joined:
    for path in files:
        if not path.is_file():
            raise Trouble(texts.get("console.gone", path=str(path)))
    try:
        joined = joining.survey(files)
    except OSError as trouble:
        named, reason = str(trouble.filename or ""), trouble.strerror or ""
        raise Trouble(texts.get("merge.unreadable", path=named, reason=reason)) from None
    if len(joined.counts) > 1:
        raise Trouble(texts.get("merge.other_split", counts=sorted(joined.counts)))
    return joined


def _set_troubles(joined: joining.Joined) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, line in joined.bad:
        yield "not_a_report", {"path": str(path), "line": line}
    if joined.missing:
        yield "missing", {"shards": joined.missing, "count": max(joined.counts)}
    if joined.repeated:
        yield "repeated", {"count": joined.repeated}
    if len(joined.keys) > 1:
        yield "other_key", {}
    if joined.without_marks:
        yield "no_marks", {"count": joined.without_marks}


def _absent(joined: joining.Joined, path: Path | None, texts: Texts) -> list[tuple[dict[str, Any], Marks]]:
    """Report objects of who is in the roster and in no shard, with their marks hidden by the shards' key."""
    if path is None:
        return []
    roster = roster_at(path, texts)
    with closing(joining.written(joined, texts)) as lines:
        first = next(lines, None)
    options = Options(
        moment(first["checked_at"] if first else None, texts),
        pack_named(first["pack"]["id"] if first else "cqust", texts),
    )
    keys = shards.keys_for(roster, ())
    found = []
    for judged in absent_people(roster, joined.rows, options):
        if judged.report is not None:
            data = to_data(judged.report, texts)
            data |= {"roster": {"row": judged.row, "matched_by": None}, "slots": {}, "changes": None}
            found.append((data, keys.hide(marks_of_row(roster.rows[judged.index]))))
    return found


def _json_out(target: str, files: list[Path], texts: Texts) -> JsonOut:
    if target != STANDARD_OUTPUT and Path(target).absolute() in {path.absolute() for path in files}:
        raise Trouble(texts.get("merge.same_file", path=target))
    return JsonOut(target, texts)


def _summary(path: Path, texts: Texts) -> Any:
    from degreecheck.desk.summary import Summary

    try:
        return Summary(path, texts)
    except OSError as trouble:
        raise Trouble(texts.get("console.cannot_write", path=str(path), reason=trouble.strerror or "")) from None


def _exit_code(data: dict[str, Any]) -> int:
    """What `check` would have ended with for this report object."""
    if any(finding["severity"] == "error" and finding["code"] != "SYS102" for finding in data["findings"]):
        return ERRORS_FOUND
    failed = any(r["outcome"] == "crashed" or r["reason"] in FAILED_CHECKS for r in data["results"])
    return NOT_CHECKED if failed or data["verdict"] == "unreadable" else FINE


@app.command("roster-template")
def roster_template(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="要新建的名册（.xlsx 或 .csv）")], lang: Language = "zh"
) -> None:
    """新建空白名册。 Make an empty roster to fill in."""
    texts = texts_in(lang)
    try:
        template.write(path, texts)
    except template.AlreadyThere:
        raise Trouble(texts.get("roster.exists", path=str(path))) from None
    except OSError as trouble:
        raise Trouble(texts.get("console.cannot_write", path=str(path), reason=trouble.strerror or "")) from None
    out(texts.get("roster.template_made", path=str(path)))


@app.command("messages")
def write_messages(
    places: Annotated[list[Path], typer.Argument(metavar="DESK…", help="存放申请文件夹的目录")],
    target: Annotated[Optional[Path], typer.Option("-o", metavar="FILE", help="写到 .txt 或 .xlsx 文件")] = None,  # noqa: UP045
    roster: Annotated[Optional[Path], _ROSTER] = None,  # noqa: UP045
    contact: Annotated[Optional[str], _CONTACT] = None,  # noqa: UP045
    pack: Annotated[Optional[str], _PACK] = None,  # noqa: UP045
    today: Annotated[Optional[str], _TODAY] = None,  # noqa: UP045
    jobs: Annotated[Optional[int], _JOBS] = None,  # noqa: UP045
    lang: Language = "zh",
    quiet: Annotated[bool, typer.Option("--quiet", help="不显示进度")] = False,
) -> None:
    """写给每个人的消息，可以直接粘贴发送。 A message to each applicant, ready to paste."""
    texts = texts_in(lang)
    chosen = pack_named(pack, texts) if pack else None
    wanted = Wanted(places, texts, moment(today, texts), chosen, roster, jobs, quiet=quiet)
    written: list[messages.Message] = []
    with ExitStack() as stack:
        run = begin(wanted, stack)
        with closing(run.judged()) as results:
            for judged in results:
                if judged.report is None:
                    continue
                whom = contact if contact is not None else _contact(judged.report, chosen)
                one = messages.message_to(judged.report, texts, contact=whom)
                written.append(one)
                if target is None:
                    for line in messages.as_text([one], texts).split("\n"):
                        out(visible(line))
    if target is not None:
        try:
            messages.save(target, written, texts)
        except OSError as trouble:
            reason = trouble.strerror or ""
            raise Trouble(texts.get("console.cannot_write", path=str(target), reason=reason)) from None
        out(visible(texts.get("message.made", count=len(written), path=str(target))))
    # What was found is what the messages say; here only what could not be done counts.
    raise typer.Exit(worst([code for code in run.codes if code != ERRORS_FOUND]))


def _contact(report: Any, chosen: packs.Pack | None) -> str:
    try:
        return messages.contact_of(report, chosen or packs.find(report.pack_id))
    except (packs.NoSuchPack, packs.PackInvalid):
        return ""


@app.command("copy")
def copy(
    places: Annotated[list[Path], typer.Argument(metavar="DESK…", help="存放申请文件夹的目录")],
    pattern: Annotated[str, typer.Option("--pattern", metavar="PATTERN", help="名称格式，例如 {exam_number}+{name}")],
    target: Annotated[Path, typer.Option("-o", metavar="DIR", help="新的目录")],
    slots: Annotated[Optional[list[str]], _SLOTS] = None,  # noqa: UP045
    roster: Annotated[Optional[Path], _ROSTER] = None,  # noqa: UP045
    pack: Annotated[Optional[str], _PACK] = None,  # noqa: UP045
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出，不复制")] = False,
    jobs: Annotated[Optional[int], _JOBS] = None,  # noqa: UP045
    lang: Language = "zh",
) -> None:
    """按学校要求的名称复制到新目录，原文件不动。 Copy under the school's names into a new folder."""
    texts = texts_in(lang)
    for slot in slots or ():
        if slot not in SLOTS:
            raise Trouble(texts.get("copy.bad_slot", given=slot, slots=list(SLOTS)))
    try:
        copies.check_place(target, places)
    except copies.BadPlace as trouble:
        raise Trouble(texts.get(f"copy.bad_place.{trouble.reason}", path=str(target))) from None
    chosen = pack_named(pack, texts) if pack else None
    wanted = Wanted(places, texts, moment(None, texts), chosen, roster, jobs, read_text=False)
    with ExitStack() as stack:
        run = begin(wanted, stack)
        try:
            planned = list(copies.plan(run.desk, pattern, texts, pack=chosen, slots=slots or ()))
        except BadPattern:
            fields = [f"{{{field}}}" for field in FIELDS]
            raise Trouble(texts.get("copy.bad_pattern", pattern=pattern, fields=fields)) from None
        run.codes += _told_lacks(planned, texts)
        if not planned:
            say(texts.get("copy.nothing"))
        elif dry_run:
            for one in planned:
                out(visible(mask(texts.get("copy.dry_run", source=one.shown, target=one.target))))
            out(texts.get("copy.planned", count=len(planned)))
        else:
            run.codes += _copied(run, planned, target, texts)
    raise typer.Exit(worst(run.codes))


def _told_lacks(planned: list[copies.Planned], texts: Texts) -> list[int]:
    lacking = {one.shown.split("/")[0]: one.lacks for one in planned if one.lacks}
    for shown, lacks in lacking.items():
        fields = ["courses.major" if field == "major" else f"personal.{field}" for field in lacks]
        say(texts.get("copy.lacking", folder=shown, fields=[texts.word("field", field) for field in fields]))
    return []


def _copied(run: _desk_run.Run, planned: list[copies.Planned], target: Path, texts: Texts) -> list[int]:
    codes, count = [], 0
    log = target / texts.get("copy.log_name")
    try:
        target.mkdir(parents=True, exist_ok=True)
        with copies.Log(log, texts) as lines:
            for done in copies.run(planned, target, run.pool):
                lines.add(done)
                count += not done.trouble
                if done.trouble:
                    say(texts.get("copy.failed", source=done.planned.shown, reason=texts.get(done.trouble)))
                    codes.append(NOT_CHECKED)
    except OSError as trouble:
        raise Trouble(texts.get("console.cannot_write", path=str(target), reason=trouble.strerror or "")) from None
    out(visible(texts.get("copy.made", count=count, path=str(target), log=log.name)))
    return codes
