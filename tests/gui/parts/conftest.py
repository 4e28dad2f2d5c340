"""What the tests of the shared parts have in common: a window, the light theme, and a screen reader's ear."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from degreecheck.gui import theme


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    """Light before and after, whatever a test switches to."""
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[..., QWidget]:
    """Shows widgets in a column in a window of their own, and returns the window."""

    def show(*widgets: QWidget) -> QWidget:
        window = QWidget()
        qtbot.addWidget(window, before_close_func=lambda _: windows.clear())
        windows.append(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        with qtbot.waitActive(window):
            window.show()
        return window

    windows: list[QWidget] = []  # the robot itself holds no window
    return show


@pytest.fixture
def read_aloud() -> Callable[[QWidget], tuple[str, QAccessible.Role]]:
    """Gives the name and the role that a screen reader is told."""

    def ask(widget: QWidget) -> tuple[str, QAccessible.Role]:
        seen = QAccessible.queryAccessibleInterface(widget)
        assert seen is not None
        return seen.text(QAccessible.Text.Name), seen.role()

    return ask
