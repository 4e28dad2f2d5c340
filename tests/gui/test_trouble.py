"""An error of the program itself: told calmly, once, with nothing of anybody's in the text that can be copied."""

from __future__ import annotations

import re
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from degreecheck import text
from degreecheck.gui.program import Program
from degreecheck.gui.trouble import Watch, describe
from degreecheck.gui.trouble_dialog import TroubleDialog
from make import perfect_form


def broken() -> BaseException:
    """An error that has somebody's number in its words."""
    try:
        raise ValueError(f"{perfect_form().personal.name} {perfect_form().personal.id_number}")
    except ValueError as error:
        return error


def test_the_text_names_kind_and_place_and_nobody() -> None:
    said = describe(broken())
    assert "ValueError" in said
    assert "test_trouble.py:" in said
    assert perfect_form().personal.name not in said
    assert not re.search(r"\d{15}", said)
    assert not re.search(r"(^|\s)(/|[A-Z]:\\)", said)


def test_it_ends_in_a_dialog_that_can_be_copied_and_closed(program: Program, qtbot: QtBot) -> None:
    watch = Watch(lambda: text.load("zh"))
    copied: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, TroubleDialog)
        next(b for b in dialog.findChildren(QPushButton) if b.text() == "复制说明").click()
        copied.append(QGuiApplication.clipboard().text())
        dialog.reject()

    QTimer.singleShot(300, look)
    watch._caught.emit(describe(broken()))
    qtbot.waitUntil(lambda: bool(copied), timeout=10_000)
    assert "ValueError" in copied[0]


def test_the_same_place_is_told_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(lambda: text.load("zh"))
    shown: list[str] = []
    monkeypatch.setattr(TroubleDialog, "exec", lambda dialog: shown.append(dialog.windowTitle()))
    for _ in range(3):
        watch._caught.emit("ValueError\n  session.py:1 change")
    watch._caught.emit("ValueError\n  fields.py:2 refresh")
    qtbot.waitUntil(lambda: len(shown) == 2, timeout=5_000)


def test_a_thread_that_fails_is_told_too(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = (threading.excepthook,)
    watch = Watch(lambda: text.load("zh"))
    shown: list[str] = []
    monkeypatch.setattr(TroubleDialog, "exec", lambda dialog: shown.append(dialog.windowTitle()))
    monkeypatch.setattr("sys.excepthook", lambda *_: None)
    monkeypatch.setattr("threading.excepthook", hooks[0])
    watch.install()

    def fail() -> None:
        raise broken()

    failing = threading.Thread(target=fail)
    failing.start()
    failing.join()
    qtbot.waitUntil(lambda: len(shown) == 1, timeout=5_000)
