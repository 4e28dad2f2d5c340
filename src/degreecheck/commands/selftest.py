"""selftest: a made-up application through the whole program, offline; for every built package, and for a look at why
something does not work on somebody's computer."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import typer

from degreecheck import clock
from degreecheck.commands._app import FINE, NOT_CHECKED, Language, Trouble, app, out, texts_in, where
from degreecheck.inspectors.pool import Pool
from degreecheck.privacy import mask
from degreecheck.text import Texts


@app.command("selftest")
def selftest(lang: Language = "zh") -> None:
    """自检：用虚构的申请把整个程序试一遍，不联网。 Try the whole program with a made-up application, offline."""
    texts = texts_in(lang)
    try:
        with tempfile.TemporaryDirectory(prefix="degreecheck-", ignore_cleanup_errors=True) as place:
            failed = tried(Path(place).resolve(), texts)
    except OSError as trouble:
        reason = trouble.strerror or type(trouble).__name__
        raise Trouble(texts.get("selftest.no_place", path=tempfile.gettempdir(), reason=reason), NOT_CHECKED) from None
    out(texts.get("selftest.some_failed", count=failed) if failed else texts.get("selftest.all_well"))
    raise typer.Exit(NOT_CHECKED if failed else FINE)


def tried(place: Path, texts: Texts) -> int:
    """Go through all steps, a line for each; returns how many failed."""
    from degreecheck.commands._selftest_steps import STEPS, StepFailed, StepLeftOut, Trial

    failed = 0
    with Pool(1) as pool:
        trial = Trial(place, texts, clock.now(), pool)
        for name, step in STEPS.items():
            try:
                mark, said = "ok", step(trial)
            except StepLeftOut as reason:
                mark, said = "--", str(reason)
            except StepFailed as reason:
                mark, said, failed = "FAILED", str(reason), failed + 1
            except Exception as error:  # noqa: BLE001 (the other steps are tried all the same)
                mark, said, failed = "FAILED", f"{type(error).__name__} {where(error)}", failed + 1
            out(mask(f"{mark:<6}  {texts.get(f'selftest.step.{name}')}  {said}".rstrip()))
            sys.stdout.flush()
    return failed
