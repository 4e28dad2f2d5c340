"""The look of the window: colours, sizes and fonts from one table (resources/style/tokens.toml), light and dark.

Widgets that draw themselves ask ``current().colour(…)`` each time they paint: a change of theme reaches every widget as
a style change (QEvent.Type.StyleChange) and repaints it, so nothing need be remembered. What keeps a coloured picture
connects to ``changes().themed``.
"""

from __future__ import annotations

import functools
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from string import Template
from typing import Any, Literal

from PySide6.QtCore import QDir, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from degreecheck import paths

STYLE = "Fusion"  # the one style that looks alike on every system and takes all colours from the palette

Name = Literal["light", "dark"]
Choice = Literal["system", "light", "dark"]

# After the system's own family, for the characters that it lacks. Only families of the running system: on macOS, Qt
# reads every font of the computer to look for one that is not there.
_CHINESE = {
    "win32": ("Microsoft YaHei UI", "Microsoft YaHei", "SimSun"),
    "darwin": ("PingFang SC", "Hiragino Sans GB"),
}
_CHINESE_ELSEWHERE = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei")

_STYLED = "made_with_style"
_SHOWN_MS = 150  # after the theme: by then a window that is opened with it has been drawn
_Group = QPalette.ColorGroup
_Role = QPalette.ColorRole


@dataclass(frozen=True)
class Theme:
    """One look: every colour as #RRGGBB by its name, sizes in logical pixels, text sizes as factors."""

    name: Name
    colours: Mapping[str, str]
    sizes: Mapping[str, int]
    text_sizes: Mapping[str, float]

    def colour(self, token: str) -> QColor:
        """A colour by its name in the table. Raises KeyError for a name that is not there."""
        return QColor(self.colours[token])

    def size(self, token: str) -> int:
        """A size in logical pixels by its name in the table. Raises KeyError."""
        return self.sizes[token]


class Changes(QObject):
    """Says when another theme is on the screen."""

    themed = Signal()


@dataclass
class _Shown:
    """What the running application shows; there is one application per process."""

    theme: Theme
    changes: Changes
    choice: Choice = "light"
    font: QFont | None = None  # the system's, before anything was changed
    dark_before: bool = False  # whether windows were dark before anything was changed


@functools.cache
def _tokens() -> Mapping[str, Any]:
    return tomllib.loads((paths.resources() / "style" / "tokens.toml").read_text(encoding="utf-8"))


@functools.cache
def load(name: Name) -> Theme:
    """The theme of that name, from the table of tokens."""
    tokens = _tokens()
    colours = {token: shades[name] for token, shades in tokens["colour"].items()}
    factors = {token: factor for token, factor in tokens["text"].items() if token != "smallest"}
    return Theme(name, colours, tokens["size"], factors)


@functools.cache
def _shown() -> _Shown:
    return _Shown(load("light"), Changes())


def current() -> Theme:
    """The theme on the screen; light before the first ``apply``."""
    return _shown().theme


def changes() -> Changes:
    """The object whose signal ``themed`` is sent after every change of theme."""
    return _shown().changes


def space(steps: float = 1) -> int:
    """Logical pixels of so many steps of the 8-pixel grid; halves are allowed."""
    return round(current().size("grid") * steps)


def system_prefers_dark(app: QApplication) -> bool:
    """Whether the system is set to dark; where it does not say, whether its windows were at first."""
    scheme = app.styleHints().colorScheme()
    if scheme == Qt.ColorScheme.Unknown:
        return _shown().dark_before
    return scheme == Qt.ColorScheme.Dark


def styled(app: QApplication) -> None:
    """Note that the application was made with ``STYLE``."""
    app.setProperty(_STYLED, STYLE)


def apply(app: QApplication, choice: Choice = "system") -> Theme:
    """Give the application a theme, also while its windows are open; "system" follows the system from then on."""
    shown = _shown()
    hints = app.styleHints()
    if shown.font is None:
        shown.font = QFont(app.font())
        shown.dark_before = app.palette().color(_Role.Window).lightness() < 128
        if app.property(_STYLED) is None:
            app.setStyle(STYLE)
        QDir.addSearchPath("style", str(paths.resources() / "style"))  # so that window.qss can name pictures
        hints.colorSchemeChanged.connect(functools.partial(_follow, app))
        # Once the first window is on the screen: the first widget that this signal hands over has PySide set up every
        # kind of widget there is.
        QTimer.singleShot(_SHOWN_MS, app, functools.partial(app.focusChanged.connect, _mark_focus))
    shown.choice = choice
    # Before the colours: the frame that the system draws and its own dialogs change along.
    if choice == "system":
        hints.unsetColorScheme()
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if choice == "dark" else Qt.ColorScheme.Light)
    _show(app, _wanted(app, choice))
    return shown.theme


def _wanted(app: QApplication, choice: Choice) -> Name:
    if choice == "system":
        return "dark" if system_prefers_dark(app) else "light"
    return choice


def _follow(app: QApplication, _scheme: Qt.ColorScheme) -> None:
    shown = _shown()
    if shown.choice == "system" and _wanted(app, "system") != shown.theme.name:
        _show(app, _wanted(app, "system"))


def _show(app: QApplication, name: Name) -> None:
    shown = _shown()
    shown.theme = load(name)
    font = fonts(shown.font or app.font())
    app.setFont(font)
    app.setPalette(palette(shown.theme))
    app.setStyleSheet(style_sheet(shown.theme, font))
    shown.changes.themed.emit()


def fonts(system: QFont) -> QFont:
    """The system's font, not smaller than is easily read, with families for Chinese characters after its own."""
    font = QFont(system)
    smallest = _tokens()["text"]["smallest"]
    if 0 < font.pointSizeF() < smallest:
        font.setPointSizeF(smallest)
    elif 0 < font.pixelSize() < smallest * 4 / 3:  # 96 pixels to the inch
        font.setPixelSize(round(smallest * 4 / 3))
    own = [family for family in system.families() if family]
    font.setFamilies(list(dict.fromkeys([*own, *_CHINESE.get(sys.platform, _CHINESE_ELSEWHERE)])))
    return font


def text_size(font: QFont, token: str, theme: Theme | None = None) -> QFont:
    """The font in one of the three text sizes ("title", "body", "caption"), for what is drawn by hand."""
    factor = (theme or current()).text_sizes[token]
    sized = QFont(font)
    if font.pointSizeF() > 0:
        sized.setPointSizeF(font.pointSizeF() * factor)
    else:
        sized.setPixelSize(round(font.pixelSize() * factor))
    return sized


def palette(theme: Theme) -> QPalette:
    """The theme as a palette, for everything that the style sheet does not reach."""
    roles = {
        _Role.Window: "surface",
        _Role.WindowText: "text",
        _Role.Base: "surface_raised",
        _Role.AlternateBase: "surface",
        _Role.Text: "text",
        _Role.Button: "surface_raised",
        _Role.ButtonText: "text",
        _Role.BrightText: "accent_text",
        _Role.PlaceholderText: "text_muted",
        _Role.Highlight: "selection",
        _Role.HighlightedText: "selection_text",
        _Role.Accent: "accent",
        _Role.Link: "accent_ink",
        _Role.LinkVisited: "accent_ink",
        _Role.ToolTipBase: "tooltip",
        _Role.ToolTipText: "tooltip_text",
        _Role.Light: "surface_raised",
        _Role.Midlight: "surface_hover",
        _Role.Mid: "line",
        _Role.Dark: "line_strong",
        _Role.Shadow: "line_strong",
    }
    made = QPalette()
    for role, token in roles.items():
        made.setColor(role, theme.colour(token))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText, _Role.HighlightedText):
        made.setColor(_Group.Disabled, role, theme.colour("text_disabled"))
    made.setColor(_Group.Disabled, _Role.Highlight, theme.colour("surface_pressed"))
    return made


def style_sheet(theme: Theme, font: QFont) -> str:
    """The style sheet for a theme and the system's font. Raises KeyError where window.qss names an unknown token."""
    values = dict(theme.colours)
    values |= {token: f"{pixels}px" for token, pixels in theme.sizes.items()}
    for token in theme.text_sizes:
        sized = text_size(font, token, theme)
        points = sized.pointSizeF()
        values[f"{token}_size"] = f"{points:.2f}pt" if points > 0 else f"{sized.pixelSize()}px"
    return _template().substitute(values)


@functools.cache
def _template() -> Template:
    return Template((paths.resources() / "style" / "window.qss").read_text(encoding="utf-8"))


def by_keyboard(widget: QWidget) -> bool:
    """Whether a widget has the focus and the keyboard is in use: a button that was clicked needs no ring around it."""
    return widget.hasFocus() and widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def _mark_focus(_before: QWidget | None, now: QWidget | None) -> None:
    # Style sheets know no difference between a focus that was clicked and one that was reached by Tab.
    if isinstance(now, QAbstractButton):
        restyle(now, keyed=by_keyboard(now))


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties that window.qss looks at (``kind``, ``role``, ``state`` …) and have the widget styled anew."""
    changed = {name: value for name, value in properties.items() if widget.property(name) != value}
    for name, value in changed.items():
        widget.setProperty(name, value)
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
