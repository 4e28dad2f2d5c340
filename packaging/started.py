"""What both programs do first."""

from __future__ import annotations

import os
import sys


def restore_environment() -> None:
    """Take back what PyInstaller told the loader: programs that this one starts have libraries of their own."""
    if not getattr(sys, "frozen", False):
        return
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        before = os.environ.pop(f"{name}_ORIG", None)
        if before is not None:
            os.environ[name] = before
        else:
            os.environ.pop(name, None)
