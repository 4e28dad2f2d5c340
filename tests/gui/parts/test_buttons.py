"""Buttons and choices by mouse and by keyboard, and as a screen reader is told of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from degreecheck.gui import parts

MARKUP = '<b>张三</b> & <img src="x">'
LONG = "很长的一句话，里面什么都有，" * 15
Shown = Callable[..., QWidget]
ReadAloud = Callable[[QWidget], tuple[str, QAccessible.Role]]


def test_tool_buttons_are_named_and_tell_their_keys(qtbot: QtBot, shown: Shown, read_aloud: ReadAloud) -> None:
    button = parts.ToolBarButton("undo", "撤销", QKeySequence.StandardKey.Undo)
    window = shown(button)
    assert read_aloud(button) == ("撤销", QAccessible.Role.Button)
    assert "Ctrl+Z" in button.toolTip()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    button.set_text("Undo", QKeySequence.StandardKey.Undo)
    assert read_aloud(button)[0] == "Undo"


def test_a_copied_value_is_ticked_for_a_moment(qtbot: QtBot) -> None:
    button = parts.CopyButton("复制", done_ms=20)
    qtbot.addWidget(button)
    before = button.icon().cacheKey()
    button.confirm("已复制")
    assert button.icon().cacheKey() != before
    qtbot.waitUntil(lambda: button.icon().cacheKey() == before)


@pytest.mark.parametrize("kind", ["default", "primary", "quiet", "danger", "link"])
def test_buttons_have_a_kind(qtbot: QtBot, kind: str) -> None:
    button = parts.push_button("清除", kind, "remove")
    qtbot.addWidget(button)
    assert button.property("kind") == kind
    assert not button.icon().isNull()


@pytest.fixture
def choice() -> parts.SegmentedChoice:
    return parts.SegmentedChoice({"self_study": "自考", "adult": "成教", "other": "其它"}, "申请类型")


def test_nothing_is_chosen_until_somebody_chooses(qtbot: QtBot, choice: parts.SegmentedChoice, shown: Shown) -> None:
    shown(choice)
    assert choice.key() is None
    with qtbot.waitSignal(choice.chosen) as sent:
        QTest.mouseClick(choice.segments()[1], Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert sent.args == ["adult"]
    assert choice.key() == "adult"


def test_arrow_keys_choose_and_tab_passes_by(qtbot: QtBot, choice: parts.SegmentedChoice, shown: Shown) -> None:
    first, last = QPushButton("先"), QPushButton("后")
    shown(first, choice, last)
    choice.set_key("self_study")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    segments = choice.segments()
    assert segments[0].hasFocus()
    with qtbot.waitSignal(choice.chosen) as sent:
        QTest.keyClick(segments[0], Qt.Key.Key_Right)
    assert sent.args == ["adult"]
    assert segments[1].hasFocus()
    with qtbot.waitSignal(choice.chosen) as sent:
        QTest.keyClick(segments[1], Qt.Key.Key_Left)
    assert sent.args == ["self_study"]
    QTest.keyClick(segments[0], Qt.Key.Key_Tab)
    assert last.hasFocus()


def test_the_keyboard_can_choose_where_nothing_is_chosen(
    qtbot: QtBot, choice: parts.SegmentedChoice, shown: Shown
) -> None:
    first = QPushButton("先")
    shown(first, choice)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert choice.key() is None
    with qtbot.waitSignal(choice.chosen):
        QTest.keyClick(choice.segments()[0], Qt.Key.Key_Space)
    assert choice.key() == "self_study"


def test_what_the_program_chooses_is_not_announced(qtbot: QtBot, choice: parts.SegmentedChoice, shown: Shown) -> None:
    shown(choice)
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_key("adult")
        assert choice.key() == "adult"
        choice.set_key(None)
        assert choice.key() is None
        choice.set_key("no such key")
        assert choice.key() is None


def test_a_choice_is_read_aloud(choice: parts.SegmentedChoice, shown: Shown, read_aloud: ReadAloud) -> None:
    shown(choice)
    assert [read_aloud(segment) for segment in choice.segments()] == [
        (f"申请类型 {words}", QAccessible.Role.RadioButton) for words in ("自考", "成教", "其它")
    ]
    choice.set_words({"self_study": "Self-study", "adult": "Adult", "other": "Other"})
    choice.set_name("Kind")
    assert read_aloud(choice.segments()[0])[0] == "Kind Self-study"


def test_a_choice_grows_with_its_words(qtbot: QtBot, choice: parts.SegmentedChoice, shown: Shown) -> None:
    window = shown(choice)
    before = choice.width()
    choice.set_words({"self_study": "Self-study examination, assisted"})
    qtbot.waitUntil(lambda: choice.width() > before)
    words = choice.segments()[0]
    assert words.width() > words.fontMetrics().horizontalAdvance(words.text())
    assert window.width() >= choice.width()


def test_a_switch_is_a_check_box_to_keyboard_and_screen_readers(
    qtbot: QtBot, shown: Shown, read_aloud: ReadAloud
) -> None:
    switch = parts.Switch("遮住号码")
    shown(switch)
    assert read_aloud(switch) == ("遮住号码", QAccessible.Role.CheckBox)
    off = switch.grab().toImage()
    with qtbot.waitSignal(switch.toggled):
        QTest.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    assert switch.grab().toImage() != off
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(switch.width() - 3, switch.height() // 2))
    assert not switch.isChecked()
