"""Opening a bundle: what was exported is never changed, so a copy that can be worked on is made of it first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog, QLineEdit

from degreecheck.gui import opening

if TYPE_CHECKING:
    from degreecheck.gui.window import Window
    from degreecheck.inspectors.pool import Pool

_GREATEST_BYTES = 2 * 1024**3  # of a bundle that is a folder: only sets the time allowed


class CannotCopy(Exception):
    """No copy was made; the reason is a key of [ui.bundle]."""


def offer_copy(path: Path, window: Window) -> None:
    """Ask whether to make a copy of a bundle under ``opening.home()``, make it, and open that."""
    texts = window.texts
    question = texts.get("ui.bundle.question", name=path.stem, place=str(opening.home()))
    opening.ask(window, question, texts.get("ui.bundle.copy"), lambda: _copy(path, window, ""))


def _copy(path: Path, window: Window, password: str) -> None:
    background = window.program.background

    def failed(error: BaseException) -> None:
        if isinstance(error, CannotCopy) and str(error) in ("encrypted", "wrong_password"):
            _ask_password(path, window, str(error))
        elif isinstance(error, CannotCopy):
            opening.say(window, window.texts.get(f"ui.bundle.{error}", name=path.name))
        elif isinstance(error, OSError):
            opening.say(window, window.texts.get("ui.open.not_made_failed", place=str(opening.home())))
        else:
            raise error

    background.run(
        window, lambda: copy_bundle(path, opening.home(), background.pool, password), window.open_path, failed
    )


def _ask_password(path: Path, window: Window, reason: str) -> None:
    texts = window.texts
    password, given = QInputDialog.getText(
        window, texts.get("ui.title"), texts.get(f"ui.bundle.{reason}", name=path.name), QLineEdit.EchoMode.Password
    )
    if given and password:
        _copy(path, window, password)


def copy_bundle(bundle: Path, into: Path, pool: Pool, password: str = "") -> Path:
    """Make a working folder of a bundle, a folder or a zip, under ``into``; returns it. Verified first.

    Raises OSError, and CannotCopy when the bundle is not as it was made.
    """
    from degreecheck.inspectors.messages import BagFacts, NotWritten, Unpack

    into.mkdir(parents=True, exist_ok=True)
    stem = bundle.stem if bundle.suffix.lower() == ".zip" else bundle.name
    target = next(place for place in _places(into, stem) if not place.exists())
    size = bundle.stat().st_size if bundle.is_file() else _GREATEST_BYTES
    answer = pool.ask(Unpack(bundle, target, size, password))
    if isinstance(answer, NotWritten):
        raise OSError(answer.reason)
    if not isinstance(answer, BagFacts):
        raise CannotCopy("unreadable")
    if answer.state != "read":
        raise CannotCopy(answer.state)
    if answer.troubles:
        raise CannotCopy("changed")
    return target


def _places(into: Path, stem: str) -> Iterator[Path]:
    yield into / stem
    yield from (into / f"{stem}-{number}" for number in itertools.count(2))
