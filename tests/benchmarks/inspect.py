"""Runs the benchmark of inspect_folder.py; see there.

This folder stands first on the import path of every benchmark run from it, and half the standard library imports
"inspect": whoever imports this file by that name is given the standard library's.
"""

import sys
from pathlib import Path

folder = sys.path.pop(0)
if __name__ == "__main__":
    import runpy

    runpy.run_path(str(Path(__file__).with_name("inspect_folder.py")), run_name="__main__")
else:
    del sys.modules[__name__]
    import inspect

    sys.modules[__name__] = inspect
    sys.path.insert(0, folder)
