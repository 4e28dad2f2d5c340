"""What the export makes of the photo, found out by doing it: pixels and bytes of the very file, written and deleted.

The picture that a worker has just encoded is not kept: its size is all that is told.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from degreecheck.inspectors.messages import Convert, Converted

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from degreecheck.facts import Box
    from degreecheck.gui.session import Session
    from degreecheck.pack import Pack


@dataclass(frozen=True)
class Question:
    """A state of the photo whose export is asked for."""

    path: Path
    sha256: str
    crop: Box | None
    size: tuple[int, int]
    dpi: int
    max_bytes: int | None
    png: bool


def question_of(path: Path, sha256: str, crop: Box | None, pack: Pack) -> Question:
    """What the bundle would convert (output/bundle_plan.py)."""
    spec = pack.slots.get("photo")
    types = frozenset({"jpeg", "png"}) if spec is None or spec.types == "unknown" else frozenset(spec.types)
    png = "jpeg" not in types and "png" in types
    size = (pack.photo.width, pack.photo.height)
    return Question(path, sha256, crop, size, pack.photo.dpi, None if spec is None else spec.max_bytes, png)


def try_out(owner: QObject, session: Session, question: Question, told: Callable[[Converted | None], None]) -> None:
    """Convert the photo as the export would; ``told`` gets what was written, None where it could not be."""

    def convert() -> Converted | None:
        try:
            folder = Path(tempfile.mkdtemp(prefix="degreecheck-"))
        except OSError:
            return None
        try:
            result = session.background.pool.ask(
                Convert(
                    question.path, folder / "photo", "png" if question.png else "jpeg", crop=question.crop,
                    size=question.size, max_bytes=question.max_bytes, dpi=question.dpi,
                )
            )  # fmt: skip
        finally:
            with contextlib.suppress(OSError):
                shutil.rmtree(folder)
        return result if isinstance(result, Converted) else None

    session.background.run(owner, convert, told)
