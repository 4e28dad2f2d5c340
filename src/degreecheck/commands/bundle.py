"""export and verify: an application's bundle, and whether a bundle is still as it was made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Optional

import typer

from degreecheck import INTERRUPTED, bundle_layout, paths
from degreecheck import folder as folders
from degreecheck.commands._app import (
    ERRORS_FOUND,
    FINE,
    NOT_CHECKED,
    WRONG_USAGE,
    Language,
    Trouble,
    app,
    moment,
    out,
    pack_named,
    say,
    texts_in,
)
from degreecheck.inspectors.files import open_cache
from degreecheck.inspectors.pool import Pool
from degreecheck.output import console
from degreecheck.privacy import mask
from degreecheck.report import FAILED_CHECKS
from degreecheck.text import Texts

_LONGEST_PASSWORD = 128
# The application or the place is not one for an export; everything else that stops one is the system's trouble.
_WRONG_USE = frozenset({"no_form", "is_bundle", "inside_source", "inside_bundle", "path_too_long", "no_permission"})
_VERIFIED = {"intact": FINE, "changed": ERRORS_FOUND, "not_a_bundle": WRONG_USAGE, "unread": NOT_CHECKED}


@app.command("export")
def export(
    source: Annotated[Path, typer.Argument(metavar="FOLDER", help="申请文件夹")],
    target: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="导出到这个目录（已有的不会被覆盖）")],
    allow_errors: Annotated[bool, typer.Option("--allow-errors", help="有错误也导出，到处注明“未通过预检”")] = False,
    password_stdin: Annotated[
        bool,
        typer.Option("--password-stdin", help="加密 zip：从标准输入读一行密码；打开时需用 7-Zip 或 Bandizip"),
    ] = False,
    today: Annotated[Optional[str], typer.Option("--today", metavar="DATE|DATE-TIME", help="按这一天检查")] = None,  # noqa: UP045
    pack: Annotated[Optional[str], typer.Option("--pack", metavar="ID|FILE", help="学校规则")] = None,  # noqa: UP045
    no_text: Annotated[bool, typer.Option("--no-text", help="不识别图片中的文字")] = False,
    lang: Language = "zh",
    quiet: Annotated[bool, typer.Option("--quiet", help="不显示进度")] = False,
) -> None:
    """检查并导出申请材料包（文件夹和 zip）。 Check an application and export its bundle."""
    from degreecheck.output import bundle
    from degreecheck.output.workspace import Workspace

    texts = texts_in(lang)
    now = moment(today, texts)
    path = source.parent if source.name == paths.FORM_NAME and source.is_file() else source
    try:
        folder = folders.load(path)
    except folders.NotAFolder as trouble:
        raise Trouble(texts.get(f"console.{trouble.reason}", path=str(source))) from None
    chosen = pack_named(pack or folder.form.pack, texts)
    password = _password(texts) if password_stdin else ""
    order = bundle.Order(folder, chosen, now, texts, allow_errors, password, not no_text)
    try:
        # The workspace closes last: by then no worker writes into it any more.
        with Workspace(target) as workspace, Pool() as pool, open_cache() as cache, _bar(quiet, texts) as progress:
            exported = bundle.export(order, workspace, pool, cache=cache, on_progress=progress)
    except bundle.Refused as refused:
        console.print_report(console.console(), refused.report, texts)
        unreadable = refused.report.verdict == "unreadable"
        sentence = "bundle.refused_unreadable" if unreadable else "bundle.refused"
        raise Trouble(texts.get(sentence, count=refused.report.counts["error"]), ERRORS_FOUND) from None
    except bundle.CannotExport as trouble:
        code = WRONG_USAGE if trouble.kind in _WRONG_USE else NOT_CHECKED
        raise Trouble(trouble.sentence(texts), code) from None
    except KeyboardInterrupt:
        raise Trouble(texts.get("bundle.cancelled"), INTERRUPTED) from None
    for line in _told(exported, texts, encrypted=bool(password)):
        out(console.visible(mask(line)))
    results = exported.report.results
    unchecked = any(result.outcome == "crashed" or result.reason in FAILED_CHECKS for result in results)
    raise typer.Exit(NOT_CHECKED if unchecked else FINE)


def _told(exported: object, texts: Texts, *, encrypted: bool) -> Iterator[str]:
    from degreecheck.output.bundle import Exported, left_out_line

    assert isinstance(exported, Exported)
    yield texts.get("bundle.made", path=str(exported.folder))
    yield texts.get("bundle.archive_password" if encrypted else "bundle.archive", path=str(exported.archive))
    if encrypted:
        yield texts.get("bundle.folder_plain")
    warnings = exported.report.counts["warning"] + len(exported.report.unconfirmed)
    if not exported.passed:
        yield texts.get("bundle.not_passed")
    elif warnings:
        report = f"{bundle_layout.PAYLOAD}/{bundle_layout.REPORT_CARD}"
        yield texts.get("bundle.confirm", count=warnings, report=report)
    if exported.left_out:
        yield texts.get("bundle.some_left_out", count=len(exported.left_out))
        yield from (f"  {left_out_line(entry, texts)}" for entry in exported.left_out)
    if exported.missing_characters:
        yield texts.get("bundle.missing_characters", characters=list(exported.missing_characters))


@app.command("verify")
def verify(
    place: Annotated[Path, typer.Argument(metavar="BUNDLE", help="导出的申请材料包：文件夹或 zip")],
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="加密 zip 的密码：从标准输入读一行")] = False,
    lang: Language = "zh",
) -> None:
    """核对申请材料包是否完整、有没有改动。 Is a bundle complete and unchanged?"""
    from degreecheck.output.verification import verify as verified

    texts = texts_in(lang)
    password = _password(texts) if password_stdin else ""
    try:
        with Pool(1) as pool:
            found = verified(place, pool, password)
    except PermissionError:
        raise Trouble(texts.get("console.no_permission", path=str(place))) from None
    except OSError:
        raise Trouble(texts.get("console.gone", path=str(place))) from None
    for sentence in found.sentences(place, texts):
        if found.outcome in ("intact", "changed"):
            out(console.visible(mask(sentence)))
        else:
            say(sentence)
    raise typer.Exit(_VERIFIED[found.outcome])


def _password(texts: Texts) -> str:
    """One line from standard input. Raises Trouble."""
    line = sys.stdin.buffer.readline(_LONGEST_PASSWORD * 8)
    password = line.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n")
    if not password:
        raise Trouble(texts.get("bundle.password_empty"))
    # 7-Zip turns a password into bytes by the system's code page, so that any other sign is another password elsewhere.
    if len(password) > _LONGEST_PASSWORD or not password.isascii() or not password.decode("ascii").isprintable():
        raise Trouble(texts.get("bundle.password_signs"))
    return password.decode("ascii")


@contextmanager
def _bar(quiet: bool, texts: Texts) -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr, on a terminal only: one stage after another."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(stage: str, done: int, total: int) -> None:
            bar.update(task, description=texts.get(f"bundle.stage.{stage}"), completed=done, total=total)

        yield show
