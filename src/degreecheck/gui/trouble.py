"""An error of the program itself: a calm dialog with a text to copy, never a window that vanishes.

The text names the program's version, the kind of the error and the places in the program, and nothing that a person
has typed: an exception's own words may hold a name or a number, so they are left out.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from degreecheck import __version__, paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from degreecheck.text import Texts

_PLACES = 12


def describe(error: BaseException) -> str:
    """What a developer needs: version, system, kind of error, modules and lines. No value of anybody's."""
    import platform
    import traceback

    package = paths.__file__.removesuffix("paths.py")
    lines = [
        f"DegreeCheck {__version__} · Python {platform.python_version()} · {platform.system()} {platform.release()}"
    ]
    lines.append(type(error).__name__)
    for frame in traceback.extract_tb(error.__traceback__)[-_PLACES:]:
        place = frame.filename.removeprefix(package).replace("\\", "/").rpartition("/site-packages/")[2]
        if place.startswith("/") or ":" in place[:3]:
            place = place.rpartition("/")[2]  # never a path of this computer: it may hold the person's name
        lines.append(f"  {place}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


class Watch(QObject):
    """Catches what nothing else caught, in any thread, and shows the dialog for it: one at a time, each place once."""

    _caught = Signal(str)

    def __init__(self, texts: Callable[[], Texts], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._seen: set[str] = set()
        self._open = False
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From here on errors end here."""
        sys.excepthook = self._hook
        threading.excepthook = lambda arguments: self._hook(
            arguments.exc_type, arguments.exc_value or RuntimeError(), arguments.exc_traceback
        )

    def _hook(self, kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        text = describe(error)
        if sys.stderr is not None:
            sys.stderr.write(text + "\n")
        self._caught.emit(text)

    @Slot(str)
    def _show(self, text: str) -> None:
        if self._open or text in self._seen:
            return
        from degreecheck.gui.trouble_dialog import TroubleDialog

        self._seen.add(text)
        self._open = True
        try:
            TroubleDialog(text, self._texts(), QApplication.activeWindow()).exec()
        finally:
            self._open = False
