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

from PySide6.QtWidgets import QVBoxLayout, QWidget

from degreecheck.gui import theme
from degreecheck.gui.parts import caption, heading, label
from degreecheck.inspectors.messages import Convert, Converted

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from degreecheck.facts import Box, FileFacts
    from degreecheck.gui.session import Session
    from degreecheck.pack import Pack
    from degreecheck.text import Texts


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


class PhotoExport(QWidget):
    """Says what the exported photo will be, and what the export never does."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._texts = texts
        self._asked: Question | None = None
        self._heading = heading()
        self._words = label("", "muted")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(0.5))
        down.addWidget(self._heading)
        down.addWidget(self._words)
        down.addWidget(caption(texts.get("ui.photo.fit_how")))

    def text(self) -> str:
        """What is said about the exported photo."""
        return self._words.text()

    def show_pack(self, pack: Pack) -> None:
        """The size that this school asks."""
        self._heading.setText(self._texts.get("ui.photo.fit", width=pack.photo.width, height=pack.photo.height))

    def show_photo(self, file: str, facts: FileFacts | None, *, waiting: bool) -> None:
        """Tell it of this photo; ``facts`` None where nothing is known of it, ``waiting`` that this will change."""
        if facts is None or facts.photo is None:
            self._asked = None
            self._say("ui.photo.export_waits" if waiting else "ui.photo.export_unknown")
            return
        session = self._session
        question = question_of(session.path / file, facts.sha256, session.form.photo_crop, session.pack)
        if question != self._asked:
            self._asked = question
            self._say("ui.photo.export_waits")
            try_out(self, session, question, lambda made: self._got(question, made))

    def _got(self, question: Question, made: Converted | None) -> None:
        if question != self._asked:
            return  # asked anew meanwhile
        if made is None:
            self._say("ui.photo.export_unknown")
            return
        smaller = (made.width, made.height) != question.size
        self._say(
            "ui.photo.exported_smaller" if smaller else "ui.photo.exported",
            width=made.width, height=made.height, kb=max(1, round(made.size / 1024)),
            target_width=question.size[0], target_height=question.size[1],
        )  # fmt: skip

    def _say(self, key: str, **values: object) -> None:
        self._words.setText(self._texts.get(key, **values))
