"""The theme: contrast, one table for both looks, switching while windows are open, following the system."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from degreecheck import paths
from degreecheck.gui import theme
from degreecheck.gui.parts import SegmentedChoice, Switch, push_button

NAMES: tuple[theme.Name, ...] = ("light", "dark")
GROUNDS = ("surface", "surface_raised", "surface_sunken", "surface_hover")
READ_ON = {
    "text": (*GROUNDS, "surface_pressed", "accent_soft", "error_soft", "warning_soft", "note_soft", "ok_soft"),
    "text_muted": (*GROUNDS, "accent_soft", "error_soft", "warning_soft"),
    "accent_ink": (*GROUNDS, "accent_soft", "error_soft", "warning_soft", "note_soft", "ok_soft"),
    "accent_text": ("accent", "accent_hover", "accent_pressed"),
    "selection_text": ("selection",),
    "error": (*GROUNDS, "error_soft"),
    "warning": (*GROUNDS, "warning_soft"),
    "note": (*GROUNDS, "note_soft"),
    "ok": (*GROUNDS, "ok_soft"),
    "tooltip_text": ("tooltip", "tooltip_hover"),
    "tooltip_ink": ("tooltip", "tooltip_hover"),
}
SEEN_ON = {
    "line_strong": ("surface", "surface_raised"),
    "focus": ("surface", "surface_raised", "surface_sunken"),
    "accent": ("surface", "surface_raised"),
}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, "light")


def test_contrast_is_measured_as_defined() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("written", "ground"), [(written, ground) for written, grounds in READ_ON.items() for ground in grounds]
)
def test_what_is_read_stands_out(name: theme.Name, written: str, ground: str) -> None:
    colours = theme.load(name).colours
    assert contrast(colours[written], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("edge", "ground"), [(edge, ground) for edge, grounds in SEEN_ON.items() for ground in grounds]
)
def test_edges_that_mean_something_are_seen(name: theme.Name, edge: str, ground: str) -> None:
    colours = theme.load(name).colours
    assert contrast(colours[edge], colours[ground]) >= 3


def test_both_looks_have_every_colour_and_differ() -> None:
    light, dark = theme.load("light"), theme.load("dark")
    assert light.colours.keys() == dark.colours.keys()
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for look in (light, dark) for colour in look.colours.values())
    assert luminance(light.colours["surface"]) > 0.8 > 0.1 > luminance(dark.colours["surface"])


def test_sizes_keep_to_the_grid() -> None:
    sizes = theme.load("light").sizes
    assert theme.space() == sizes["grid"] == 8
    assert theme.space(0.5) == 4
    assert [name for name, pixels in sizes.items() if pixels % 2] == []


def test_every_token_is_used_or_meant_for_drawing() -> None:
    sheet = (paths.resources() / "style" / "window.qss").read_text(encoding="utf-8")
    used = set(re.findall(r"\$(\w+)", sheet))
    sizes = {f"{token}_size" for token in theme.load("light").text_sizes}
    assert used <= {*theme.load("light").colours, *theme.load("light").sizes, *sizes}
    assert {"surface", "text", "accent", "focus", "error", "warning", "title_size", "caption_size"} <= used


def test_pictures_named_by_the_style_sheet_exist() -> None:
    sheet = (paths.resources() / "style" / "window.qss").read_text(encoding="utf-8")
    pictures = set(re.findall(r"url\(style:([^)]+)\)", sheet))
    assert "check.svg" in pictures
    assert {name for name in pictures if not (paths.resources() / "style" / name).is_file()} == set()


def test_an_unknown_colour_is_an_error() -> None:
    with pytest.raises(KeyError):
        theme.load("light").colour("mauve")


def test_small_fonts_of_the_system_are_enlarged_and_larger_ones_kept() -> None:
    assert theme.fonts(QFont("Sans", 9)).pointSizeF() == 10
    assert theme.fonts(QFont("Sans", 14)).pointSizeF() == 14
    in_pixels = QFont("Sans")
    in_pixels.setPixelSize(12)
    assert theme.fonts(in_pixels).pixelSize() == 13


def test_the_systems_family_comes_first_and_chinese_ones_after_it() -> None:
    families = theme.fonts(QFont("Some Face")).families()
    assert families[0] == "Some Face"
    assert len(families) > 2


def test_the_three_text_sizes_follow_the_font() -> None:
    sizes = [theme.text_size(QFont("Sans", 10), token).pointSizeF() for token in ("title", "body", "caption")]
    assert sizes == [15, 10, 9]
    in_pixels = QFont("Sans")
    in_pixels.setPixelSize(20)
    assert theme.text_size(in_pixels, "title").pixelSize() == 30
    assert "font-size: 30px" in theme.style_sheet(theme.load("light"), in_pixels)


# ---- on the screen


class Heard(QObject):
    """Counts the style changes that reach a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        self.count += event.type() == QEvent.Type.StyleChange
        return super().eventFilter(watched, event)


def ground(widget: QWidget) -> QColor:
    """The colour a few pixels from the middle of the left edge."""
    return widget.grab().toImage().pixelColor(6, widget.height() // 2)


def test_switching_reaches_open_windows(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    button = push_button("导出", "primary")
    field = QLineEdit("张三")
    column.addWidget(button)
    column.addWidget(field)
    window.show()
    heard = Heard()
    field.installEventFilter(heard)
    assert ground(field) == theme.current().colour("surface_raised")
    with qtbot.waitSignal(theme.changes().themed):
        assert theme.apply(qapp, "dark").name == "dark"
    assert theme.current().name == "dark"
    assert heard.count
    assert ground(field) == theme.load("dark").colour("surface_raised")
    assert ground(button) == theme.load("dark").colour("accent")
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.load("dark").colour("surface")


def test_the_font_does_not_grow_with_each_switch(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    before = qapp.font().pointSizeF()
    for choice in ("dark", "light", "system"):
        theme.apply(qapp, choice)
    assert qapp.font().pointSizeF() == before


def test_system_follows_the_system_and_a_choice_does_not(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefers = {"dark": True}
    monkeypatch.setattr(theme, "system_prefers_dark", lambda _app: prefers["dark"])
    assert theme.apply(qapp, "system").name == "dark"
    prefers["dark"] = False
    with qtbot.waitSignal(theme.changes().themed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.current().name == "light"
    theme.apply(qapp, "light")
    prefers["dark"] = True
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current().name == "light"


def test_the_state_of_an_editor_is_seen_at_once(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    field = QLineEdit("78.5")
    qtbot.addWidget(field)
    field.show()
    theme.restyle(field, state="error")
    assert ground(field) == theme.current().colour("error_soft")
    theme.restyle(field, state="warning")
    assert ground(field) == theme.current().colour("warning_soft")
    theme.restyle(field, state="")
    assert ground(field) == theme.current().colour("surface_raised")


# ---- focus


def controls() -> dict[str, QWidget]:
    """One of each kind that the keyboard reaches."""
    choice = QComboBox()
    choice.addItems(["CET-4", "PETS"])
    pages = QTabWidget()
    pages.addTab(QWidget(), "一")
    tool = QToolButton()
    tool.setText("复制")
    tool.setProperty("kind", "quiet")
    return {
        "line": QLineEdit("张三"),
        "text": QPlainTextEdit("理由"),
        "choice": choice,
        "check": QCheckBox("确认"),
        "radio": QRadioButton("男"),
        "switch": Switch("遮住"),
        "segments": SegmentedChoice({"a": "自考", "b": "成教"}),
        "default": QPushButton("选择"),
        "primary": push_button("导出", "primary"),
        "quiet": push_button("撤销", "quiet"),
        "danger": push_button("清除", "danger"),
        "link": push_button("我已核对", "link"),
        "tool": tool,
        "table": QTableWidget(2, 2),
        "list": QListWidget(),
        "tabs": pages,
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", [
    "line", "text", "choice", "check", "radio", "switch", "segments", "default", "primary", "quiet", "danger", "link",
    "tool", "table", "list", "tabs",
])  # fmt: skip
def test_focus_by_keyboard_is_seen_on_every_control(
    qapp: QApplication, qtbot: QtBot, name: theme.Name, kind: str
) -> None:
    theme.apply(qapp, name)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first = QPushButton("先")
    column.addWidget(first)
    control = controls()[kind]
    column.addWidget(control)
    with qtbot.waitActive(window):
        window.show()
    first.setFocus()
    before = control.grab().toImage()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    focused = qapp.focusWidget()
    assert focused is not None
    assert focused is control or control.isAncestorOf(focused)
    assert control.grab().toImage() != before


def test_a_clicked_button_gets_no_ring(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton("选择", window)
    with qtbot.waitActive(window):
        window.show()
    window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)
    window.setFocus()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.hasFocus()
    assert not theme.by_keyboard(button)
    assert button.property("keyed") is False
