"""The bar on stderr while applicants are checked: on a terminal only, and never in the way of what is printed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from degreecheck.text import Texts

if TYPE_CHECKING:
    from rich.progress import Progress


class Bar:
    """Progress over the files of one applicant, or over many applicants. Nothing where nobody looks."""

    def __init__(self, applicants: int, texts: Texts, *, quiet: bool) -> None:
        self._applicants = applicants
        self._texts = texts
        self._bar: Progress | None = None if quiet or not applicants or not sys.stderr.isatty() else self._made()

    def _made(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        return Progress(*columns, console=Console(stderr=True), transient=True)

    def __enter__(self) -> Self:
        if self._bar is not None:
            total = None if self._applicants == 1 else self._applicants
            self._task = self._bar.add_task(self._texts.get("console.checking"), total=total)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.end()

    def tell(self, done: int, total: int) -> None:
        """So many of one applicant's files are done; may be called from any thread."""
        if self._bar is None:
            return
        if self._applicants == 1:
            self._bar.update(self._task, completed=done, total=total)
        elif done == total:
            self._bar.advance(self._task)

    @contextmanager
    def out_of_the_way(self) -> Iterator[None]:
        """While something is printed to the same terminal."""
        if self._bar is None or not self._bar.live.is_started or not sys.stdout.isatty():
            yield
            return
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()

    def end(self) -> None:
        """Take the bar away for good."""
        if self._bar is not None:
            self._bar.stop()
