"""A computer without a Chinese font: the one that came with the program is used, else the person is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from degreecheck.gui import app


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


def test_without_any_the_person_is_told_which_to_install(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DEGREECHECK_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("DEGREECHECK_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(app, "has_chinese_font", lambda: False)
    monkeypatch.setattr("degreecheck.gui.trouble.Watch.install", lambda _: None)
    said: list[str] = []

    def look() -> None:
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible():
                said.append(box.text())
                box.reject()
        for window in QApplication.topLevelWidgets():
            window.close()
        QApplication.quit()

    QTimer.singleShot(0, look)
    assert app.main() == 0
    assert len(said) == 1
    assert "font" in said[0]
