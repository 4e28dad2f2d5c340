"""The running program: its settings, its threads and workers, and its windows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from degreecheck import text
from degreecheck.gui import theme
from degreecheck.gui.background import Background
from degreecheck.gui.trouble import Watch
from degreecheck.gui.window import Window

if TYPE_CHECKING:
    from degreecheck.gui.settings import Language, Look, Settings
    from degreecheck.text import Texts

_LOAD_AHEAD_MS = 300  # after the start page is on the screen


class Program(QObject):
    """What all windows share. Close it before the process ends."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.background = Background(self)
        self.watch = Watch(lambda: self.texts, self)
        self.windows: list[Window] = []

    @property
    def texts(self) -> Texts:
        """The sentences in the chosen language."""
        return text.load(self.settings.language)

    def new_window(self, path: Path | None = None) -> Window:
        """Another window, with the start page or with what ``path`` names."""
        window = Window(self)
        self.windows.append(window)
        window.destroyed.connect(lambda: self._gone(window))
        window.show()
        if path is not None:
            window.open_path(path)
        QTimer.singleShot(_LOAD_AHEAD_MS, self, self._load_ahead)
        return window

    def window_of(self, path: Path) -> Window | None:
        """The window in which this folder is open."""
        return next((window for window in self.windows if window.shows(path)), None)

    def set_language(self, language: Language) -> None:
        """Another language, in every window at once; what is open stays open."""
        from degreecheck.gui.app import translate_buttons

        self.settings.set_language(language)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            translate_buttons(app, language)
        for window in self.windows:
            window.rebuild()

    def set_look(self, look: Look) -> None:
        """Light, dark or as the system has it, in every window at once."""
        self.settings.set_look(look)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, look)

    def close(self) -> None:
        """End threads and workers; what waits to be saved is saved."""
        self.background.close()

    def _gone(self, window: Window) -> None:
        self.windows = [other for other in self.windows if other is not window]

    def _load_ahead(self) -> None:
        # What the student's and the teacher's windows need is read while the person looks at the start page.
        def load() -> None:
            import degreecheck.check
            import degreecheck.gui.desk.view
            import degreecheck.gui.session  # noqa: F401

        if not self.background.closed:
            self.background.run(self, load)
