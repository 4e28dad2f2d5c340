"""The menu behind ⋯: everything that is not done on a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QActionGroup, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu

from degreecheck.gui import icons, opening

if TYPE_CHECKING:
    from collections.abc import Callable

    from degreecheck.gui.student import StudentView
    from degreecheck.gui.window import Window


def add_action(
    menu: QMenu, window: Window, key: str, icon_name: str, act: Callable[[], object], keys: str = ""
) -> QAction:
    """An entry of a menu: words under ui.menu, an icon, and keys that work while the window is in front."""
    action = menu.addAction(window.texts.get(f"ui.menu.{key}"))
    action.triggered.connect(lambda _checked=False: act())
    if icon_name:
        icons.set_icon(action, icon_name)
    if keys:
        action.setShortcut(QKeySequence(keys))
    return action


def add_common(menu: QMenu, window: Window) -> None:
    """What stands in the menu of an application and of a desk alike."""
    menu.addSeparator()
    language = menu.addMenu(window.texts.get("ui.settings.language"))
    group = QActionGroup(language)
    for key, words in (("zh", "中文"), ("en", "English")):
        action = group.addAction(language.addAction(words))
        action.setCheckable(True)
        action.setChecked(window.program.settings.language == key)
        action.triggered.connect(lambda _c=False, key=key: window.program.set_language("en" if key == "en" else "zh"))
    look = menu.addMenu(window.texts.get("ui.settings.look"))
    looks = QActionGroup(look)
    for name in ("system", "light", "dark"):
        action = looks.addAction(look.addAction(window.texts.get(f"ui.settings.look_{name}")))
        action.setCheckable(True)
        action.setChecked(window.program.settings.look == name)
        action.triggered.connect(lambda _c=False, name=name: _set_look(window, name))
    add_action(menu, window, "settings", "settings", lambda: _settings(window), "Ctrl+,")
    add_action(menu, window, "about", "help", lambda: _about(window), "F1")


def student_menu(window: Window, view: StudentView) -> QMenu:
    """The menu of an application."""
    menu = QMenu(view)
    session = view.session
    add_action(menu, window, "new", "new", window.program.new_window, "Ctrl+N")
    add_action(menu, window, "open", "open", lambda: choose_folder(window), "Ctrl+O")
    add_action(menu, window, "show_folder", "folder", lambda: show_folder(session.path))
    add_action(menu, window, "save", "save", lambda: _save(view), "Ctrl+S")
    add_action(menu, window, "export", "export", lambda: view.show_page("export"), "Ctrl+E")
    menu.addSeparator()
    add_action(menu, window, "school", "school", lambda: _school(window))
    add_action(menu, window, "clear", "remove", lambda: _clear(window))
    add_common(menu, window)
    menu.addSeparator()
    add_action(menu, window, "close", "left", window.close_document, "Ctrl+W")
    # Their keys work without the menu being open.
    view.addActions(menu.actions())
    return menu


def choose_folder(window: Window) -> None:
    """Pick a folder and open it."""
    chosen = QFileDialog.getExistingDirectory(window, window.texts.get("ui.start.open"), str(opening.home().parent))
    if chosen:
        window.open_path(Path(chosen))


def show_folder(path: Path) -> None:
    """Show a folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _save(view: StudentView) -> None:
    view.session.saving.save_now()
    view.session.told.emit(view.window_texts.get("ui.menu.saves_itself"))


def _set_look(window: Window, name: str) -> None:
    window.program.set_look("light" if name == "light" else "dark" if name == "dark" else "system")


def _settings(window: Window) -> None:
    from degreecheck.gui.dialogs import SettingsDialog

    SettingsDialog(window).open()


def _about(window: Window) -> None:
    from degreecheck.gui.dialogs import AboutDialog

    AboutDialog(window).open()


def _school(window: Window) -> None:
    from degreecheck.gui.school import SchoolDialog

    if window.session is not None:
        SchoolDialog(window.session, window).open()


def _clear(window: Window) -> None:
    from degreecheck.gui.clearing import ClearDialog

    ClearDialog(window).open()
