"""Where the window's program starts."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from pathlib import Path

import started


def _path(arguments: list[str]) -> Path | None:
    # macOS adds an argument of its own to what is opened from the Finder.
    named = [argument for argument in arguments if not argument.startswith("-psn")]
    return Path(named[0]) if named else None


if __name__ == "__main__":
    multiprocessing.freeze_support()  # a library that starts processes must not start the whole program again
    if sys.platform == "win32":
        import windows_start

        windows_start.explain_and_leave()
    started.restore_environment()
    gc.disable()  # until the start page is on the screen: thousands of names are made for it, and all of them stay
    if sys.argv[1:2] == ["--selftest"]:
        from degreecheck.gui.probe import main as probe

        sys.exit(probe(sys.argv[2:]))
    from degreecheck.gui.app import main

    sys.exit(main(_path(sys.argv[1:])))
