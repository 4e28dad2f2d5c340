"""A computer without a Chinese font: the one that came with the program is used, else the person is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from degreecheck.gui import app
from degreecheck.gui.program import Program
from degreecheck.sample import fonts


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No font of the system is Chinese; files that are registered, are."""
    files: list[str] = []
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: ["WenQuanYi"] if files else [])
    monkeypatch.setattr(QFontDatabase, "addApplicationFont", lambda file: files.append(file) or 0)
    return files


def test_with_a_font_of_the_system_nothing_is_registered(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    files: list[str] = []
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: ["Noto Sans CJK SC"])
    monkeypatch.setattr(QFontDatabase, "addApplicationFont", lambda file: files.append(file) or 0)
    assert app.has_chinese_font()
    assert files == []


def test_the_font_that_came_along_is_used(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, registered: list[str]
) -> None:
    monkeypatch.setattr(app.paths, "resources", lambda: tmp_path)
    assert not app.has_chinese_font()
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "wqy-microhei.ttc").touch()
    assert app.has_chinese_font()
    assert registered == [str(tmp_path / "fonts" / "wqy-microhei.ttc")]


def test_without_any_the_person_is_told_which_to_install(qtbot: QtBot, program: Program) -> None:
    window = program.new_window()
    app.tell_of_font(window)
    box = window.findChild(QMessageBox)
    assert box is not None
    qtbot.waitUntil(box.isVisible)
    assert fonts.to_install() in box.text()
    assert "No font with Chinese characters" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not box.isVisible())
