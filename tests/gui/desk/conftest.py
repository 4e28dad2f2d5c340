"""A desk of a few applicants that is open in a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import make_desks
from degreecheck.gui.desk.view import DeskView
from degreecheck.gui.program import Program

RUN_MS = 60_000
OpenView = Callable[..., DeskView]


@pytest.fixture
def small_desk(tmp_path: Path) -> Path:
    """Three applicants with nothing but a form, in two classes."""
    desk = tmp_path / "desk"
    for index, place in enumerate(("一班/林小满", "一班/何清越", "二班/欧阳知秋")):
        make_desks.applicant(desk / place, index)
    return desk


@pytest.fixture
def open_view(program: Program, qtbot: QtBot) -> OpenView:
    """Open a desk in a window; with ``wait`` until its first run is over."""
    program.settings.set_read_text(False)

    def open_desk(path: Path, *, wait: bool = True) -> DeskView:
        window = program.new_window()
        window.show_desk(path)
        view = window.centralWidget()
        assert isinstance(view, DeskView)
        if wait:
            qtbot.waitUntil(lambda: not view.desk.running, timeout=RUN_MS)
        return view

    return open_desk
