"""What the window's tests share: a program with its own settings, and an application that is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from degreecheck import form_file
from degreecheck.form import Form
from degreecheck.gui import app, theme
from degreecheck.gui.background import Background
from degreecheck.gui.program import Program
from degreecheck.gui.session import Session, open_folder
from degreecheck.gui.settings import Settings
from make import NOW

Open = Callable[..., Session]


@pytest.fixture(scope="session")
def qapp() -> object:
    """The program's own application, in its own look."""
    running = app.application()
    theme.apply(running, "light")
    return running


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    """Threads and workers that end with the test."""
    made = Background()
    yield made
    made.close()


@pytest.fixture
def opened(qtbot: QtBot, background: Background, tmp_path: Path) -> Iterator[Open]:
    """Open an application: ``opened(form)`` in a folder of its own, ``opened(folder=path)`` one that stands there.

    Returns when its files have been looked at.
    """
    sessions: list[Session] = []

    def make(form: Form | None = None, *, folder: Path | None = None, looked: bool = True) -> Session:
        place = folder or tmp_path / "张三-学位申请"
        place.mkdir(exist_ok=True)
        if form is not None:
            form_file.save(form, place / "application.json")
        session = Session(open_folder(place), background, now=lambda: NOW, read_text=False)
        sessions.append(session)
        if looked:
            qtbot.waitUntil(lambda: not session.inspection.busy, timeout=60_000)
        return session

    yield make
    for session in sessions:
        session.close()
        session.deleteLater()


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    """The running program, without a window yet."""
    settings = Settings(tmp_path / "settings")
    settings.set_read_text(False)  # takes seconds a page; tried where it is what is tried
    made = Program(settings)
    yield made
    for window in list(made.windows):
        if window.session is not None:
            window.session.saving.finish()
        window.close()
    qtbot.waitUntil(lambda: not made.windows, timeout=10_000)
    made.close()
