"""What every verb shares: the application object, languages, moments, sentences for trouble, exit codes."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from degreecheck import INTERRUPTED, __version__, clock, pack, text
from degreecheck.output.console import visible
from degreecheck.pack import Pack, PackInvalid
from degreecheck.privacy import mask
from degreecheck.text import Texts

FINE, ERRORS_FOUND, WRONG_USAGE, NOT_CHECKED = 0, 1, 2, 3
_WEIGHT = {WRONG_USAGE: 3, ERRORS_FOUND: 2, NOT_CHECKED: 1, FINE: 0}  # of several, 2 > 1 > 3 > 0

app = typer.Typer(
    name="degreecheck", add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="学位申请预检：提交前在自己的电脑上检查，不联网。Checks a degree application, offline.",
)  # fmt: skip

Language = Annotated[str, typer.Option("--lang", help="zh | en", metavar="LANG", show_default=True)]


class Trouble(Exception):
    """Something to tell the person in one sentence, with the exit code."""

    def __init__(self, sentence: str, code: int = WRONG_USAGE) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def worst(codes: Sequence[int]) -> int:
    """The exit code that stands for several."""
    return max(codes, key=lambda code: _WEIGHT.get(code, 3), default=FINE)


def texts_in(language: str) -> Texts:
    """The texts of a language given on the command line. Raises Trouble."""
    if language not in text.LANGUAGES:
        raise Trouble(text.load("zh").get("console.no_such_language", language=language))
    return text.load(language)


def moment(given: str | None, texts: Texts) -> datetime:
    """The moment to judge at: ``--today``, or now. Raises Trouble."""
    if given is None:
        return clock.now()
    try:
        return clock.parse_moment(given)
    except ValueError:
        raise Trouble(texts.get("console.not_a_moment", given=given)) from None


def pack_named(name: str, texts: Texts) -> Pack:
    """A pack by id or file. Raises Trouble with every problem of the file."""
    try:
        return pack.find(name)
    except pack.NoSuchPack:
        raise Trouble(texts.get("console.no_such_pack", name=name, shipped=list(pack.shipped()))) from None
    except PackInvalid as trouble:
        raise Trouble("\n".join(pack_problem_lines(trouble, texts))) from None


def pack_problem_lines(invalid: PackInvalid, texts: Texts) -> list[str]:
    """What is wrong with a pack, a line for each problem: file, line, key, what stands there and what may."""
    lines = [texts.get("console.pack_invalid", file=Path(invalid.source).name, count=len(invalid.problems))]
    for problem in invalid.problems:
        place = texts.get("console.pack_line", line=problem.line) if problem.line else ""
        sentence = texts.get(f"pack_problem.{problem.kind}", key=problem.key, given=problem.given, legal=problem.legal)
        lines.append(f"  {place}{sentence}")
    return lines


def say(sentence: str) -> None:
    """Trouble, on stderr."""
    sys.stderr.write("".join(f"{visible(mask(line))}\n" for line in sentence.split("\n")))


def out(line: str) -> None:
    """One line of plain output on stdout, whatever its encoding can hold."""
    sys.stdout.write(line + "\n")


def speak_utf8() -> None:
    """From here on stdout is UTF-8, whatever the console speaks: the reader is a program."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _version(wanted: bool) -> None:
    if wanted:
        out(f"degreecheck {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="版本 / version")
    ] = False,
) -> None:
    pass


def call(application: typer.Typer, arguments: Sequence[str]) -> int:
    """Run the command line; no traceback ever reaches the person."""
    _fill_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that cannot hold a character must not end the program
    try:
        code = application(list(arguments), standalone_mode=True)
        return code if isinstance(code, int) else FINE
    except SystemExit as end:
        # Typer turns a broken pipe (`degreecheck … | head`) into exit code 1; the reader has gone, nothing is wrong.
        if type(sys.stdout).__name__ == "PacifyFlushWrapper":
            _silence_stdout()
            return FINE
        return end.code if isinstance(end.code, int) else FINE if end.code is None else WRONG_USAGE
    except Trouble as trouble:
        say(trouble.sentence)
        return trouble.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _silence_stdout()
        return FINE
    except OSError as trouble:
        if sys.platform == "win32" and trouble.errno == errno.EINVAL and trouble.filename is None:
            _silence_stdout()  # what Windows says of a broken pipe
            return FINE
        say(text.load("zh").get("console.system_trouble", kind=type(trouble).__name__, reason=trouble.strerror or ""))
        return NOT_CHECKED
    except Exception as trouble:  # noqa: BLE001 (the last line of defence)
        say(
            text.load("zh").get(
                "console.crashed", where=where(trouble), kind=type(trouble).__name__, version=__version__
            )
        )
        return NOT_CHECKED


def where(trouble: BaseException) -> str:
    """Module and line of an error, without any value of the person's."""
    frames = traceback.extract_tb(trouble.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


def _fill_streams() -> None:
    """Put something in the place of streams that are closed, else the next file opened takes their number."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (stays open)


def _silence_stdout() -> None:
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
