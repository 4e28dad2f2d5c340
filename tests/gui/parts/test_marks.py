"""Marks of state: named, known, and turning only while somebody can see it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from degreecheck.gui import icons, parts

MARKUP = '<b>张三</b> & <img src="x">'
LONG = "很长的一句话，里面什么都有，" * 15
Shown = Callable[..., QWidget]
ReadAloud = Callable[[QWidget], tuple[str, QAccessible.Role]]


@pytest.mark.parametrize("state", sorted(icons.STATES))
def test_marks_are_named(qtbot: QtBot, state: str, read_aloud: ReadAloud) -> None:
    mark = parts.StateMark(state, "两处要改")
    qtbot.addWidget(mark)
    assert mark.state == state
    assert read_aloud(mark)[0] == "两处要改"
    assert not mark.grab().toImage().isNull()


def test_a_mark_of_no_known_state_is_an_error(qtbot: QtBot) -> None:
    with pytest.raises(KeyError):
        parts.StateMark("splendid")
    mark = parts.StateMark("ok", "没有问题")
    qtbot.addWidget(mark)
    with pytest.raises(KeyError):
        mark.set_state("splendid")
    assert mark.state == "ok"


def test_what_is_busy_turns_only_while_it_is_seen(qtbot: QtBot, shown: Shown) -> None:
    spinner = parts.Spinner("正在检查")
    assert not spinner.is_turning()
    window = shown(spinner)
    assert spinner.is_turning()
    before = spinner.grab().toImage()
    qtbot.waitUntil(lambda: spinner.grab().toImage() != before)
    window.hide()
    assert not spinner.is_turning()
    window.show()
    assert spinner.is_turning()
    spinner.set_state("ok", "没有问题")
    assert not spinner.is_turning()
