"""The window's program: from the start of the process to its end.

Before the start page is on the screen neither the models nor the rules are imported: that would cost more than Qt
itself. They are loaded in a thread as soon as it is.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from degreecheck import __version__, paths
from degreecheck.gui import icons, theme
from degreecheck.gui.program import Program
from degreecheck.gui.settings import Settings

if TYPE_CHECKING:
    from degreecheck.gui.window import Window

_translators: list[QTranslator] = []  # of Qt's own words; Qt installs a translator once per process


def application() -> QApplication:
    """The Qt application, made once per process."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QCoreApplication.setApplicationName("DegreeCheck")
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("degreecheck")  # by which Wayland finds the window's icon
    # Named here, the style is there at once; set later, Qt builds the system's first and PySide every name of styles.
    app = QApplication([*sys.argv[:1], "-style", theme.STYLE])
    theme.styled(app)
    QTimer.singleShot(0, app, lambda: app.setWindowIcon(icons.application_icon()))  # the page is drawn before
    return app


def translate_buttons(app: QApplication, language: str) -> None:
    """Give Qt's own words (OK, Cancel, a text field's menu) in the program's language, where Qt brings them."""
    while _translators:
        app.removeTranslator(_translators.pop())
    QLocale.setDefault(QLocale(QLocale.Language.Chinese if language == "zh" else QLocale.Language.English))
    if language == "zh":
        words = QTranslator()
        if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(words)
            _translators.append(words)


def has_chinese_font() -> bool:
    """Whether Chinese can be drawn here: with a font of the system, or the one that came with the program."""
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        for file in sorted((paths.resources() / "fonts").glob("*.[to]t[fc]")):
            QFontDatabase.addApplicationFont(str(file))
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))


def tell_of_font(window: Window) -> None:
    """Say which font to install; in English too, for Chinese cannot be read then."""
    from degreecheck.gui import opening
    from degreecheck.sample import fonts

    opening.say(window, window.texts.get("ui.font.missing", font=fonts.to_install()))


def main(path: Path | None = None) -> int:
    """Open the window, with an application or a desk when ``path`` names one, and stay until it is closed."""
    app = application()
    settings = Settings()
    readable = has_chinese_font()
    theme.apply(app, settings.look)
    translate_buttons(app, settings.language)
    program = Program(settings)
    program.watch.install()
    window = program.new_window(path)
    QTimer.singleShot(0, app, gc.enable)  # the packaged program starts without it
    if not readable:
        tell_of_font(window)
    try:
        return app.exec()
    finally:
        program.close()
