"""The window's part of the self-test: every page of an application is built and drawn, on no screen.

    python -P -m degreecheck.gui.probe APPLICATION ANSWER

or, frozen, the window's program with ``--selftest`` first. Without APPLICATION the start page is shown and closed
again, as fast as it can be, for whoever measures that. It writes what went wrong into the file ANSWER, nothing when
all is well: a window's program has no standard output on Windows. The exit code is 0 or 3.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtWidgets import QApplication

    from degreecheck.gui.window import Window

OPTION = "--selftest"  # the window's program, frozen: its hidden first argument
SECONDS = 90.0


def main(arguments: Sequence[str]) -> int:
    """Try the window with the application in a folder. Returns the exit code."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not arguments:
        return _start_page()
    application, answer = Path(arguments[0]), Path(arguments[1])
    try:
        said = _tried(application)
    except Exception as error:  # noqa: BLE001 (whatever it is, the answer names it)
        said = _described(error)
    answer.write_text(said, encoding="utf-8")
    return 3 if said else 0


def _start_page() -> int:
    from PySide6.QtCore import QTimer

    from degreecheck.gui import app as starting

    QTimer.singleShot(0, starting.application().quit)
    return starting.main()


def _tried(application: Path) -> str:
    from degreecheck.gui import app as starting
    from degreecheck.gui import theme
    from degreecheck.gui.program import Program
    from degreecheck.gui.settings import Settings

    caught: list[BaseException] = []

    def note(_kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
        caught.append(error)

    gc.enable()
    sys.excepthook = note  # what goes wrong inside a signal ends here
    app = starting.application()
    theme.apply(app, "light")
    program = Program(Settings())
    try:
        window = program.new_window()
        app.processEvents()
        said = _drawn(window, "start")
        window.open_path(application)
        if not said and not _await_open(app, window):
            said = f"not open after {SECONDS:.0f} s"
        said = said or _pages(app, window)
        window.close()
    finally:
        program.close()
    return said or (_described(caught[0]) if caught else "")


def _await_open(app: QApplication, window: Window) -> bool:
    """Until the application is open and its files are inspected."""
    begun = time.monotonic()
    while time.monotonic() - begun < SECONDS:
        app.processEvents()
        if window.session is not None and not window.session.inspection.busy:
            return True
        time.sleep(0.01)
    return False


def _pages(app: QApplication, window: Window) -> str:
    from degreecheck.gui.places import PAGES
    from degreecheck.gui.student import StudentView

    view = window.centralWidget()
    if not isinstance(view, StudentView):
        return "another view is open"
    for page in PAGES:
        view.show_page(page)
        app.processEvents()
        if said := _drawn(window, page):
            return said
    return ""


def _drawn(window: Window, what: str) -> str:
    """What is wrong with the window's picture: one colour alone means that nothing was drawn."""
    picture = window.grab().toImage()
    across, down = max(1, picture.width() // 60), max(1, picture.height() // 60)
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), across) for y in range(0, picture.height(), down)}
    return "" if len(colours) > 1 else f"nothing was drawn: {what}"


def _described(error: BaseException) -> str:
    from degreecheck.gui.trouble import describe

    return describe(error)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
