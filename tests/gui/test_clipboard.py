"""Copies: the whole text, and marks that keep what identifies a person out of histories."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from degreecheck.gui import clipboard

WINDOWS = 'application/x-qt-windows-mime;value="{}"'
NUMBER = "11010519491231002X"


def test_a_copy_is_the_text(qtbot: QtBot) -> None:
    clipboard.copy("社区生鲜店的库存管理研究")
    assert QGuiApplication.clipboard().text() == "社区生鲜店的库存管理研究"


def test_an_ordinary_copy_carries_no_marks() -> None:
    assert not [name for name in clipboard.mime_data("题目").formats() if "windows-mime" in name or "kde" in name]


def test_a_sensitive_copy_stays_out_of_windows_history_and_cloud() -> None:
    data = clipboard.mime_data(NUMBER, sensitive=True)
    assert data.text() == NUMBER
    assert data.hasFormat(WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"))
    for name in ("CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"):
        assert bytes(data.data(WINDOWS.format(name)).data()) == b"\0\0\0\0"  # a DWORD 0


def test_a_sensitive_copy_stays_out_of_klipper() -> None:
    data = clipboard.mime_data(NUMBER, sensitive=True)
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_the_marks_reach_the_clipboard(qtbot: QtBot) -> None:
    clipboard.copy(NUMBER, sensitive=True)
    held = QGuiApplication.clipboard().mimeData()
    assert held.text() == NUMBER
    assert all(held.hasFormat(WINDOWS.format(name)) for name in clipboard.WINDOWS_FORMATS)


def test_a_program_that_ends_with_a_copy_on_the_clipboard_ends_well() -> None:
    program = (
        "from degreecheck.gui import app, clipboard\n"
        "running = app.application()\n"
        "clipboard.copy('1', sensitive=True)\n"
        "clipboard.copy('2')\n"
        "clipboard.copy('3', sensitive=True)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
