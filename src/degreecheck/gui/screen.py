"""Whether there is a screen at all: without one Qt ends the process. No Qt is imported to find out."""

from __future__ import annotations

import os
import sys

_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")  # one of them says that Linux has a screen


def has_screen() -> bool:
    """Whether a window can be opened here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in _VARIABLES)
