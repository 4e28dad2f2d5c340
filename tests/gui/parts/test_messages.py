"""Notices, toasts and empty pages: said aloud, within reach of the keyboard, never cut off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from degreecheck.gui import parts

MARKUP = '<b>张三</b> & <img src="x">'
LONG = "很长的一句话，里面什么都有，" * 15
Shown = Callable[..., QWidget]
ReadAloud = Callable[[QWidget], tuple[str, QAccessible.Role]]


def test_a_notice_says_what_it_is_and_does_something(qtbot: QtBot, shown: Shown) -> None:
    notice = parts.Notice("error", "身份证号码最后一位不对。", "改为 X", state_word="错误")
    shown(notice)
    assert notice.accessibleName() == "错误 身份证号码最后一位不对。"
    assert notice.mark.accessibleName() == "错误"
    with qtbot.waitSignal(notice.acted):
        QTest.keyClick(notice.button, Qt.Key.Key_Space)
    assert notice.close_button.isHidden()
    notice.set("ok", MARKUP)
    assert notice.label.text() == MARKUP
    assert notice.label.textFormat() == Qt.TextFormat.PlainText
    assert notice.button.isHidden()
    assert notice.property("severity") == "ok"


def test_a_notice_can_be_closed_by_keyboard(qtbot: QtBot, shown: Shown, read_aloud: ReadAloud) -> None:
    notice = parts.Notice("note", "导出时会把照片转正。", close_word="关闭")
    shown(notice)
    assert read_aloud(notice.close_button) == ("关闭", QAccessible.Role.Button)
    with qtbot.waitSignal(notice.closed):
        QTest.keyClick(notice.close_button, Qt.Key.Key_Space)
    assert notice.isHidden()


@pytest.mark.parametrize("action", ["", "改为 X"])
@pytest.mark.parametrize("text", ["一句话。", LONG])
def test_the_mark_of_a_notice_stands_beside_its_first_line(text: str, action: str, shown: Shown) -> None:
    notice = parts.Notice("warning", text, action)
    window = shown(notice)
    window.resize(500, 300)
    QApplication.processEvents()
    line = notice.label.fontMetrics().lineSpacing()
    first_line = notice.label.y() + notice.label.contentsRect().top() + line / 2
    assert notice.mark.geometry().center().y() == pytest.approx(first_line, abs=2)
    assert notice.label.height() >= notice.label.heightForWidth(notice.label.width())


def test_an_empty_page_says_what_to_do(qtbot: QtBot, shown: Shown) -> None:
    empty = parts.EmptyState("photo", "把照片拖到这里", "选择照片…", "也可以按 Ctrl+V 粘贴")
    shown(empty)
    assert empty.button is not None
    with qtbot.waitSignal(empty.acted):
        QTest.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert [label.text() for label in (empty.text, empty.hint)] == ["把照片拖到这里", "也可以按 Ctrl+V 粘贴"]
    assert parts.EmptyState("check", "没有发现问题").button is None


def test_a_toast_goes_by_itself(qtbot: QtBot, shown: Shown) -> None:
    window = shown(QLabel("页"))
    toast = parts.Toast(window, shown_ms=20)
    toast.say("已移除")
    assert toast.isVisible()
    qtbot.waitUntil(toast.isHidden)


def test_a_toast_waits_for_mouse_and_keyboard(qtbot: QtBot, shown: Shown) -> None:
    window = shown(QLabel("页"))
    toast = parts.Toast(window)
    toast.say("已移除“身份证人像面”", "撤销")
    assert toast.is_leaving()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Enter))
    assert not toast.is_leaving()
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.is_leaving()
    toast.button.setFocus()
    assert not toast.is_leaving()
    with qtbot.waitSignal(toast.acted):
        QTest.keyClick(toast.button, Qt.Key.Key_Space)
    assert toast.isHidden()
    toast.say("正在导出", stay=True)
    assert toast.isVisible()
    assert not toast.is_leaving()


def test_escape_sends_a_toast_away(shown: Shown) -> None:
    window = shown(QLabel("页"))
    toast = parts.Toast(window)
    toast.say("已移除", "撤销")
    toast.button.setFocus()
    QTest.keyClick(toast.button, Qt.Key.Key_Escape)
    assert toast.isHidden()


@pytest.mark.parametrize("width", [300, 900, 2000])
def test_a_toast_stays_inside_its_window(width: int, shown: Shown) -> None:
    window = shown(QLabel("页"))
    toast = parts.Toast(window)
    toast.say(LONG, "撤销")
    window.resize(width, 500)
    QApplication.processEvents()
    assert window.rect().contains(toast.geometry())
    assert abs(toast.geometry().center().x() - width // 2) <= 1
    assert toast.label.height() >= toast.label.heightForWidth(toast.label.width())


def test_messages_are_said_aloud_without_trouble(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, shown: Shown) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    window = shown(QLabel("页"))
    toast = parts.Toast(window)
    toast.say("已移除")
    copy = parts.CopyButton("复制")
    qtbot.addWidget(copy)
    copy.confirm("已复制")
    assert said == ["已移除", "已复制"]
