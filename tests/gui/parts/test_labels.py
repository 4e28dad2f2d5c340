"""Labels: plain text whatever they are given, three sizes, and what is cut is told whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from degreecheck.gui import parts, theme

MARKUP = '<b>张三</b> & <img src="x">'
LONG = "很长的一句话，里面什么都有，" * 15
Shown = Callable[..., QWidget]
ReadAloud = Callable[[QWidget], tuple[str, QAccessible.Role]]


@pytest.mark.parametrize("make", [parts.title, parts.heading, parts.body, parts.muted, parts.caption])
def test_labels_show_markup_as_it_stands(qtbot: QtBot, make: Callable[[str], QLabel], read_aloud: ReadAloud) -> None:
    label = make(MARKUP)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == MARKUP
    assert read_aloud(label)[0] == MARKUP


@pytest.mark.parametrize("text", ["微信图片_" + "1234567890" * 20 + ".jpg", "a" * 200])
@pytest.mark.parametrize("selectable", [False, True])
def test_a_long_run_does_not_widen_the_window(qtbot: QtBot, read_aloud: ReadAloud, text: str, selectable: bool) -> None:
    label = parts.body(text, selectable=selectable)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 200
    assert label.heightForWidth(200) > 3 * label.fontMetrics().lineSpacing()
    assert label.text() == text
    assert read_aloud(label)[0] == text


def test_numbers_of_usual_length_are_left_whole(qtbot: QtBot, read_aloud: ReadAloud) -> None:
    label = parts.body("身份证号 11010519491231002X 的最后一位")
    qtbot.addWidget(label)
    assert read_aloud(label)[0] == label.text() == "身份证号 11010519491231002X 的最后一位"
    assert label.accessibleName() == ""


def test_roles_have_three_sizes(shown: Shown) -> None:
    labels = [make("身份证") for make in (parts.title, parts.heading, parts.body, parts.muted, parts.caption)]
    shown(*labels)
    sizes = [label.font().pointSizeF() for label in labels]
    assert sizes[0] > sizes[1] == sizes[2] == sizes[3] > sizes[4]


def test_tooltips_show_markup_as_it_stands() -> None:
    assert parts.plain_tooltip(MARKUP) == '<span>&lt;b&gt;张三&lt;/b&gt; &amp; &lt;img src="x"&gt;</span>'
    assert parts.plain_tooltip("一\n二") == "<span>一<br>二</span>"
    assert parts.plain_tooltip("") == ""


def test_what_does_not_fit_is_cut_and_told_whole(qtbot: QtBot, read_aloud: ReadAloud) -> None:
    name = "微信图片_20240623153012_毕业论文最终版.pdf"
    label = parts.ElidedLabel(name, Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.resize(150, 24)
    label.show()
    assert label.shown_text() != name
    assert label.shown_text().endswith("pdf")
    assert label.text() == name
    assert name in label.toolTip()
    assert read_aloud(label)[0] == name
    label.resize(900, 24)
    assert label.shown_text() == name
    assert label.toolTip() == ""


def test_a_cut_label_is_one_line_and_can_be_small(qtbot: QtBot) -> None:
    label = parts.ElidedLabel("第一行\n第二行" + LONG)
    qtbot.addWidget(label)
    assert "\n" not in label.text()
    assert label.minimumSizeHint().width() < 60
    assert label.sizeHint().height() < 2 * label.fontMetrics().lineSpacing()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_cut_label_has_the_colour_of_its_role(qapp: QApplication, qtbot: QtBot, look: theme.Name) -> None:
    theme.apply(qapp, look)
    label = parts.ElidedLabel("一" * 20, role="muted")
    qtbot.addWidget(label)
    label.resize(200, 24)
    label.show()
    image = label.grab().toImage()
    inks = {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}
    assert theme.current().colours["text_muted"].upper() in inks
