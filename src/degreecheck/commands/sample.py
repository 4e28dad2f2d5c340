"""sample: made-up applicants to try things with, faultless or with known faults."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from degreecheck.commands._app import NOT_CHECKED, Language, Trouble, app, moment, out, texts_in
from degreecheck.text import Texts

if TYPE_CHECKING:
    from degreecheck.sample.plan import Planned

_MOST = 20_000
_SHOWN_AFTER = 1.0  # seconds


@app.command("sample")
def sample(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="要新建的目录（须为空）")],
    count: Annotated[int, typer.Option("--count", min=1, max=_MOST, help="份数")] = 12,
    seed: Annotated[int, typer.Option("--seed", help="随机种子：同一种子得到同样的申请人")] = 1,
    faults: Annotated[bool, typer.Option("--faults", help="带错误的申请（错误记在 truth.json）")] = False,
    today: Annotated[Optional[str], typer.Option("--today", metavar="DATE", help="以这一天为准")] = None,  # noqa: UP045
    lang: Language = "zh",
) -> None:
    """生成虚构的申请人，供试用和测试。 Make up applicants to try things with."""
    from degreecheck.sample import fonts, writing
    from degreecheck.sample.plan import plan
    from degreecheck.sample.press import Press

    texts = texts_in(lang)
    day = moment(today, texts).date()
    try:
        writing.require_empty(folder)
        font = fonts.find_font()
        with Press(font) as press:
            planned = plan(count, seed, day, with_faults=faults, as_pdf=press.reads_back())
            with _progress(count, texts) as done:
                writing.write(folder, planned, press, done=done)
    except writing.NotEmpty:
        raise Trouble(texts.get("sample.not_empty", path=str(folder))) from None
    except fonts.NoChineseFont as trouble:
        raise Trouble(texts.get("sample.no_font", font=trouble.to_install), NOT_CHECKED) from None
    except OSError as trouble:
        raise Trouble(texts.get("sample.cannot_write", path=str(folder), reason=trouble.strerror or "")) from None
    for line in _summary(planned, folder, font, texts):
        out(line)


def _summary(planned: list[Planned], folder: Path, font: Path, texts: Texts) -> Iterator[str]:
    faultless = sum(not each.codes for each in planned)
    yield texts.get("sample.made", count=len(planned), path=str(folder), faultless=faultless)
    if faultless < len(planned):
        kinds = len({fault for each in planned for fault in each.faults})
        codes = len({code for each in planned for code in each.codes})
        yield texts.get("sample.faults", kinds=kinds, codes=codes)
    yield texts.get("sample.font", font=font.name)


@contextmanager
def _progress(count: int, texts: Texts) -> Iterator[Callable[[], object]]:
    """A bar on stderr, where that is a terminal, once a second has passed."""
    import time

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    if not sys.stderr.isatty():
        yield lambda: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(texts.get("sample.drawing"), total=count)
    begun = time.monotonic()

    def step() -> None:
        bar.advance(task)
        if not bar.live.is_started and time.monotonic() - begun > _SHOWN_AFTER:
            bar.start()

    try:
        yield step
    finally:
        bar.stop()
