"""Icons: every file parses and draws, names in the code exist, colours follow the theme, pixels fit the screen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from defusedxml import ElementTree
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QAction, QColor, QIcon, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from degreecheck import paths
from degreecheck.gui import icons, theme

FOLDER = paths.resources() / "icons"
FILES = sorted(FOLDER.glob("*.svg"))
GUI = Path(icons.__file__).parent
SHIPPED = {path.stem for path in FILES} - {"degreecheck"}


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")


def inks(image: QImage) -> set[str]:
    """The colours of all opaque pixels."""
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {pixel.name().upper() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_draws_within_its_grid(path: Path) -> None:
    root = ElementTree.parse(path).getroot()
    side = 256 if path.stem == "degreecheck" else 24
    assert root.get("viewBox") == f"0 0 {side} {side}"
    drawing = QSvgRenderer(str(path))
    assert drawing.isValid()
    image = QImage(side * 3, side * 3, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    drawing.render(painter, QRectF(side, side, side, side))
    painter.end()
    inside = [(x, y) for x in range(side * 3) for y in range(side * 3) if image.pixelColor(x, y).alpha()]
    assert inside
    assert all(side <= x < side * 2 and side <= y < side * 2 for x, y in inside)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_icon_is_drawn_in_one_hand(name: str) -> None:
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert 'stroke="currentColor"' in text
    assert 'stroke-width="1.75"' in text
    assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', text)) <= {"currentColor", "none", "white"}
    assert not re.search(r"<(script|image|use|style|text|foreignObject)|href", text)


def test_names_are_those_of_the_files() -> None:
    assert set(icons.names()) == SHIPPED
    assert {icon_name for icon_name, _ in icons.STATES.values()} <= SHIPPED


def test_every_name_in_the_code_exists() -> None:
    """What is passed to the functions and widgets that take an icon's name."""
    takes = {"icon": 0, "set_icon": 1, "pixmap": 0, "paint": 2, "push_button": 2, "ToolBarButton": 0, "EmptyState": 0}
    named: dict[str, str] = {}
    for path in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                owner = node.func.value.id if isinstance(node.func, ast.Attribute) and isinstance(
                    node.func.value, ast.Name
                ) else "icons"  # fmt: skip
                at = takes.get(called)
                if at is not None and owner in ("icons", "parts") and len(node.args) > at:
                    name = node.args[at]
                    if isinstance(name, ast.Constant) and isinstance(name.value, str) and name.value:
                        named[name.value] = path.name
    assert named
    assert {name: where for name, where in named.items() if name not in SHIPPED} == {}


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no_such_icon")
    with pytest.raises(KeyError):
        icons.icon("check", "mauve")
    with pytest.raises(KeyError):
        icons.state_icon("splendid")


@pytest.mark.parametrize("size", [16, 20, 24, 32])
@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_pictures_have_the_pixels_of_the_screen(size: int, ratio: float) -> None:
    picture = icons.pixmap("person", size, ratio=ratio)
    assert picture.size() == QSize(round(size * ratio), round(size * ratio))
    assert picture.devicePixelRatio() == ratio


def test_an_icon_has_the_colour_it_was_asked_for() -> None:
    look = theme.current()
    assert inks(icons.icon("folder", "error").pixmap(24).toImage()) == {look.colours["error"].upper()}
    greyed = icons.icon("folder", "error").pixmap(QSize(24, 24), QIcon.Mode.Disabled)
    assert inks(greyed.toImage()) == {look.colours["text_disabled"].upper()}
    chosen = icons.icon("folder", "error").pixmap(QSize(24, 24), QIcon.Mode.Selected)
    assert inks(chosen.toImage()) == {look.colours["error"].upper()}


@pytest.mark.parametrize("state", sorted(icons.STATES))
def test_every_state_has_a_mark(state: str) -> None:
    token = icons.STATES[state][1]
    drawn = icons.state_icon(state).pixmap(24).toImage()
    assert theme.current().colours[token].upper() in inks(drawn) or state == "busy"
    assert not drawn.isNull()


def test_states_can_be_told_apart_without_colour() -> None:
    """The opaque pixels alone differ clearly between any two states."""
    covered = {}
    for state, (name, _) in icons.STATES.items():
        image = icons.pixmap(name, 20).toImage()
        black = theme.current().colours["text"].upper()
        covered[state] = {
            (x, y) for x in range(20) for y in range(20) if image.pixelColor(x, y).alpha() > 100
            and image.pixelColor(x, y).name().upper() == black
        }  # fmt: skip
    alike = {
        (one, other)
        for one, pixels in covered.items()
        for other, others in covered.items()
        if one < other and len(pixels ^ others) < 12
    }
    assert alike == set()


def test_the_same_icon_is_drawn_once() -> None:
    assert icons.icon("print").cacheKey() == icons.icon("print").cacheKey()


def test_buttons_and_actions_change_colour_with_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton(window)
    icons.set_icon(button, "undo")
    menu = QMenu(window)
    menu.addAction(QAction("打开", menu))  # Python keeps no name of it
    icons.set_icon(menu.actions()[0], "open", "accent_ink")
    theme.apply(qapp, "dark")
    dark = theme.load("dark")
    assert inks(button.icon().pixmap(24).toImage()) == {dark.colours["text"].upper()}
    assert inks(menu.actions()[0].icon().pixmap(24).toImage()) == {dark.colours["accent_ink"].upper()}


def test_an_icon_can_be_drawn_by_hand() -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    icons.paint(painter, QRectF(8, 8, 24, 24), "add", "accent")
    icons.paint_state(painter, QRectF(0, 0, 8, 8), "error")
    painter.end()
    assert image.pixelColor(20, 20) == theme.current().colour("accent")
    assert image.pixelColor(38, 38) == QColor("white")


def test_the_programs_own_icon_has_the_usual_sizes() -> None:
    sizes = {(size.width(), size.height()) for size in icons.application_icon().availableSizes()}
    assert {(16, 16), (32, 32), (256, 256)} <= sizes
