"""What is printed: made as a PDF, opened in the system's viewer, gone with the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import make_folders
from by_keyboard import press, show_page
from degreecheck import text
from degreecheck.gui.background import Background
from degreecheck.gui.pages.export import ExportPage
from degreecheck.gui.session import Session, open_folder
from make import NOW, changed, perfect_form

Open = Callable[..., Session]
Show = Callable[..., ExportPage]
ZH = text.load("zh")
LONG = 120_000  # ms, for what workers do


@pytest.fixture(scope="module")
def background(qapp: QApplication) -> Iterator[Background]:
    """The same workers for all of them: most of the time goes into starting some."""
    made = Background()
    yield made
    made.close()


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """The page in a window of its own."""
    return lambda session, language="zh": show_page(qtbot, ExportPage(session, text.load(language)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small application without errors, files and all."""
    return make_folders.write(tmp_path / "林小满-学位申请")


@pytest.fixture
def opened_outside(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to the system to open."""
    asked: list[Path] = []

    def take(url: object) -> bool:
        asked.append(Path(url.toLocalFile()))  # type: ignore[attr-defined]
        return True

    monkeypatch.setattr("degreecheck.gui.printing.QDesktopServices.openUrl", take)
    return asked


def test_papers_are_made_and_opened_and_go_with_the_window(
    qtbot: QtBot, background: Background, shown: Show, folder: Path, opened_outside: list[Path]
) -> None:
    session = Session(open_folder(folder), background, now=lambda: NOW)
    qtbot.waitUntil(lambda: not session.inspection.busy, timeout=LONG)
    page = shown(session)
    for paper, title in (("photo_sheet", "照片排版"), ("back_label", "照片背面标签"), ("report_card", "预检报告")):
        press(qtbot, page, page.prints.buttons[paper])  # type: ignore[index]
        qtbot.waitUntil(page.prints.notice.isVisible, timeout=LONG)
        made = opened_outside[-1]
        assert made.name == f"{title}.pdf"
        assert made.read_bytes().startswith(b"%PDF")
        assert title in page.prints.notice.label.text()
        assert "实际大小" in page.prints.notice.label.text()
    temporary = opened_outside[0].parent.parent
    page.deleteLater()
    with qtbot.waitSignal(session.destroyed):
        session.close()
        session.deleteLater()
    assert not temporary.exists()


def test_a_system_without_a_viewer_is_told(
    qtbot: QtBot, opened: Open, shown: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("degreecheck.gui.printing.QDesktopServices.openUrl", lambda _url: False)
    page = shown(opened(perfect_form()))
    press(qtbot, page, page.prints.buttons["mailing"])
    qtbot.waitUntil(page.prints.notice.isVisible, timeout=LONG)
    assert "没有能打开它的程序" in page.prints.notice.label.text()


def test_only_papers_of_use_are_offered(opened: Open, shown: Show) -> None:
    session = opened(changed(perfect_form(), {"materials": {}}))
    page = shown(session)
    assert not page.prints.buttons["degree_exam_sheet"].isVisible()
    assert not page.prints.buttons["photo_sheet"].isEnabled()
    session.set_value("language.route", "degree_exam")
    assert page.prints.buttons["degree_exam_sheet"].isVisible()
