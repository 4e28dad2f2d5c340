"""Where the console program starts."""

from __future__ import annotations

import multiprocessing
import sys

import started

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a library that starts processes must not start the whole program again
    started.restore_environment()
    from degreecheck.cli import main

    sys.exit(main())
