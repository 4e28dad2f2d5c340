"""Tab walks a page from top to bottom, also through what came later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck import text
from degreecheck.form import Form
from degreecheck.gui import materials
from degreecheck.gui.pages.certificates import CertificatesPage
from degreecheck.gui.session import Session
from degreecheck.gui.tab_order import in_layout_order, set_tab_order


def walk(page: QWidget, steps: int) -> list[QWidget | None]:
    """What has the focus after each Tab."""
    found = []
    for _ in range(steps):
        QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Tab)
        found.append(page.focusWidget())
    return found


def test_what_was_made_last_may_stand_first(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    down, across = QVBoxLayout(root), QHBoxLayout()
    buttons = [QPushButton(str(number)) for number in range(4)]
    for button in (buttons[2], buttons[3]):
        across.addWidget(button)
    down.addLayout(across)
    down.addWidget(QLabel("nothing to stop at"))
    down.insertWidget(0, buttons[0])
    inner = QWidget()
    QVBoxLayout(inner).addWidget(buttons[1])
    down.insertWidget(1, inner)
    assert in_layout_order(root) == buttons
    set_tab_order(root)
    with qtbot.waitActive(root):
        root.show()
    buttons[0].setFocus()
    assert walk(root, 3) == buttons[1:]


def test_a_file_that_comes_later_is_reached_in_its_place(
    qtbot: QtBot, opened: Callable[..., Session], tmp_path: Path
) -> None:
    session = opened(Form())
    session.set_value("language.route", "cet4")
    page = CertificatesPage(session, text.load("zh"))
    qtbot.addWidget(page)
    page.resize(700, 600)
    with qtbot.waitActive(page):
        page.show()
    source = tmp_path / "证书.jpg"
    source.write_bytes(make_folders.jpeg(make_folders.paper()))
    kept = materials.of(session)
    with qtbot.waitSignal(kept.brought, timeout=60_000):
        kept.add("language_certificate", [source])
    card = page.cards["language_certificate"]
    [row] = card.rows
    expected = [card.choose, card.paste_button, row, row.replace, row.remove, row.more]
    qtbot.waitUntil(lambda: walk_from(page, card) == expected)


def walk_from(page: CertificatesPage, start: QWidget) -> list[QWidget | None]:
    start.setFocus()
    return walk(page, 6)
