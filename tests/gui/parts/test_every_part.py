"""Every part with long text, disabled, in both themes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from degreecheck.gui import parts, theme
from degreecheck.gui.parts.calendar import Calendar

MARKUP = '<b>张三</b> & <img src="x">'
LONG = "很长的一句话，里面什么都有，" * 15
Shown = Callable[..., QWidget]
ReadAloud = Callable[[QWidget], tuple[str, QAccessible.Role]]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_part_draws_with_long_text_disabled_and_in_both_themes(
    qapp: QApplication, qtbot: QtBot, look: theme.Name
) -> None:
    theme.apply(qapp, look)
    widgets: list[QWidget] = [
        parts.title(LONG),
        parts.ElidedLabel(LONG),
        parts.Notice("question", LONG, LONG, close_word="关闭"),
        parts.EmptyState("folder", LONG, "打开…", LONG),
        parts.SegmentedChoice({"a": LONG, "b": "成教"}),
        parts.Switch(LONG),
        Calendar(),
        parts.CopyButton(LONG),
        *(parts.push_button(LONG[:20], kind, "add") for kind in ("default", "primary", "quiet", "danger")),
    ]
    for widget in widgets:
        qtbot.addWidget(widget)
        widget.resize(400, 200)
        widget.show()
        assert not widget.grab().toImage().isNull()
        widget.setEnabled(False)
        assert not widget.grab().toImage().isNull()
