"""What people bring into an application, and how tests wait for it: files outside the folder, a worker's answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

import make_folders
from degreecheck.gui import materials
from degreecheck.gui.materials import Materials
from degreecheck.gui.session import Session
from degreecheck.inspectors.messages import Copied, Request
from degreecheck.inspectors.pool import Pool

PICTURE = make_folders.jpeg(make_folders.paper())
OTHER = make_folders.jpeg(make_folders.paper(seed=3))
SLOT = "exam_permit"


def put(place: Path, data: bytes = PICTURE) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


def folder_in(place: Path) -> Path:
    """An application folder beside where the files come from."""
    folder = place / "申请"
    folder.mkdir()
    return folder


def bring(qtbot: QtBot, session: Session, *files: Path, slot: str = SLOT, **more: Any) -> Materials:
    """Add files and wait until they are there."""
    kept = materials.of(session)
    with qtbot.waitSignal(kept.brought, timeout=60_000):
        kept.add(slot, files, **more)
    return kept


def leave(session: Session) -> None:
    """What the window does before another application is shown."""
    assert session.close()
    materials.throw_away(session)
    session.background.write(session.background, lambda: None).result()


class Copying(Pool):
    """Answers as a worker would, without one."""

    def __init__(self, *answers: object) -> None:
        self.asked: list[Request] = []
        self._answers = list(answers)

    def ask(self, request: Request) -> Any:
        self.asked.append(request)
        return self._answers.pop(0) if self._answers else Copied(size=len(PICTURE), sha256="0" * 64)
