"""The program's own icons: resources/icons/*.svg on a 24-pixel grid, in any colour of the theme, crisp at any scale.

A file draws in ``currentColor``; what is cut out of a filled shape is ``white`` there and takes the ground's colour.
Ready pixel sizes instead of an icon engine in Python: a copy of such an icon crashes (PySide6 6.11).
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from degreecheck import paths
from degreecheck.gui import theme

# The states of a finding, a field, a file or a step: icon and colour.
STATES = {
    "ok": ("state_ok", "ok"),
    "error": ("state_error", "error"),
    "warning": ("state_warning", "warning"),
    "question": ("state_question", "warning"),
    "note": ("state_note", "note"),
    "todo": ("state_todo", "text_muted"),
    "busy": ("state_busy", "accent_ink"),
    "off": ("state_off", "text_muted"),
}
_SIZES = (16, 20, 24)  # logical pixels in which icons stand on buttons, in lists and in menus


class _TakesIcon(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...  # noqa: N802  (Qt's name)


def names() -> list[str]:
    """The names of all icons."""
    return sorted(path.stem for path in _folder().glob("*.svg") if path.stem != "degreecheck")


def icon(name: str, colour_token: str = "text") -> QIcon:
    """An icon in a colour of the present theme, greyed where its button is disabled. Raises FileNotFoundError.

    It keeps its colour: use ``set_icon`` for what stays on the screen when the theme changes.
    """
    ratios = tuple(sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()})) or (1.0,)
    return _icon(name, colour_token, theme.current().name, ratios)


def state_icon(state: str) -> QIcon:
    """The mark of a state ("ok", "error", "warning", "question", "note", "todo", "busy", "off"). Raises KeyError."""
    return icon(*STATES[state])


def set_icon(target: QAbstractButton | QAction, name: str, colour_token: str = "text") -> None:
    """Give a button or an action an icon that follows every change of theme."""
    _following()
    target.setProperty("icon_name", name)
    target.setProperty("icon_colour", colour_token)
    _refresh(target, target)


def pixmap(name: str, size: int, colour_token: str = "text", ratio: float = 1.0) -> QPixmap:
    """An icon as a picture: ``size`` in logical pixels, ``ratio`` device pixels per logical one."""
    return _pixmap(name, size, colour_token, theme.current().name, ratio)


def paint(painter: QPainter, area: QRectF, name: str, colour_token: str = "text") -> None:
    """Draw an icon into a square of logical pixels, for widgets and delegates that draw themselves."""
    renderer(name, colour_token, theme.current().name).render(painter, area)


def paint_state(painter: QPainter, area: QRectF, state: str) -> None:
    """Draw the mark of a state. Raises KeyError."""
    paint(painter, area, *STATES[state])


@functools.cache
def application_icon() -> QIcon:
    """The program's icon, for windows and the task bar."""
    drawing = QSvgRenderer(str(_folder() / "degreecheck.svg"))
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(_render(drawing, size, 1.0))
    return made


@functools.lru_cache(maxsize=512)
def renderer(name: str, colour_token: str, theme_name: theme.Name) -> QSvgRenderer:
    """The drawing of an icon in a colour. Raises FileNotFoundError, or KeyError for an unknown colour."""
    look = theme.load(theme_name)
    drawing = _source(name).replace("currentColor", look.colours[colour_token])
    drawing = drawing.replace('"white"', f'"{look.colours["surface_raised"]}"')
    return QSvgRenderer(QByteArray(drawing.encode()))


@functools.cache
def _source(name: str) -> str:
    return (_folder() / f"{name}.svg").read_text(encoding="utf-8")


def _folder() -> Path:
    return paths.resources() / "icons"


@functools.lru_cache(maxsize=512)
def _icon(name: str, colour_token: str, theme_name: theme.Name, ratios: tuple[float, ...]) -> QIcon:
    made = QIcon()
    for ratio in ratios:
        for size in _SIZES:
            picture = _pixmap(name, size, colour_token, theme_name, ratio)
            made.addPixmap(picture)
            made.addPixmap(picture, QIcon.Mode.Selected)  # else Qt mixes in the colour of the selection
            made.addPixmap(_pixmap(name, size, "text_disabled", theme_name, ratio), QIcon.Mode.Disabled)
    return made


@functools.lru_cache(maxsize=2048)
def _pixmap(name: str, size: int, colour_token: str, theme_name: theme.Name, ratio: float) -> QPixmap:
    return _render(renderer(name, colour_token, theme_name), size, ratio)


def _render(drawing: QSvgRenderer, size: int, ratio: float) -> QPixmap:
    side = round(size * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@functools.cache
def _following() -> bool:
    theme.changes().themed.connect(_refresh_all)
    return True


def _refresh_all() -> None:
    # Found anew instead of remembered: Qt may hold an action that no Python name holds.
    seen: set[int] = set()
    for widget in QApplication.allWidgets():
        if isinstance(widget, QAbstractButton):
            _refresh(widget, widget)
        for action in widget.actions():
            if id(action) not in seen:
                seen.add(id(action))
                _refresh(action, action)


def _refresh(source: QObject, target: _TakesIcon) -> None:
    name = source.property("icon_name")
    if name:
        target.setIcon(icon(name, source.property("icon_colour")))
