"""Rows that wrap, cards that take what is dropped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from degreecheck.gui import parts

MARKUP = '<b>张三</b> & <img src="x">'
LONG = "很长的一句话，里面什么都有，" * 15
Shown = Callable[..., QWidget]
ReadAloud = Callable[[QWidget], tuple[str, QAccessible.Role]]


def test_a_row_that_is_full_goes_on_in_the_next(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = parts.FlowLayout(holder, gap=8)
    for _ in range(5):
        item = QWidget()
        item.setFixedSize(100, 30)
        flow.addWidget(item)
    assert flow.heightForWidth(1000) == 30
    assert flow.heightForWidth(532) == 30
    assert flow.heightForWidth(531) == 68
    assert flow.heightForWidth(10) == 5 * 30 + 4 * 8
    holder.resize(220, 200)
    holder.show()
    assert [flow.itemAt(at).geometry().topLeft() for at in range(3)] == [QPoint(0, 0), QPoint(108, 0), QPoint(0, 38)]
    taken = flow.takeAt(0)
    assert taken.widget() is not None
    taken.widget().hide()
    assert flow.count() == 4
    assert flow.itemAt(4) is None
    assert flow.takeAt(4) is None


def test_hidden_items_take_no_room_and_new_ones_go_where_they_belong(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = parts.FlowLayout(holder, gap=8)
    items = [QWidget() for _ in range(3)]
    for item in items:
        item.setFixedSize(100, 30)
    flow.addWidget(items[0])
    flow.addWidget(items[1])
    flow.insert_widget(1, items[2])
    holder.resize(400, 100)
    holder.show()
    assert [item.x() for item in items] == [0, 216, 108]
    items[2].hide()
    QApplication.processEvents()
    assert items[1].x() == 108


def test_a_card_shows_what_may_be_dropped(qtbot: QtBot) -> None:
    card = parts.Card()
    qtbot.addWidget(card)
    QHBoxLayout(card).addWidget(parts.body("身份证人像面"))
    card.show()
    quiet = card.grab().toImage()
    card.set_drop(True)
    assert card.grab().toImage() != quiet
    card.set_drop(False)
    assert card.grab().toImage() == quiet
    card.set_state("error")
    assert card.grab().toImage() != quiet
