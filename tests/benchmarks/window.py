"""The window's speed: cold start, an edit until its verdict is on the screen, and stalls while files are inspected.

    python tests/benchmarks/window.py            offscreen, nothing else should be running

Ratios count, seconds only inform. Budgets (design, section 10): the start page 1.5 times a bare PySide6 window; an edit
one frame (16 ms) beyond the judgement; no stall of the event loop over 50 ms while twenty files are inspected.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

_STARTS = 9
_EDITS = 200
_FILES = 20

_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1180, 760)
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""
_OURS = """
from PySide6.QtCore import QTimer
from degreecheck.gui import app as starting
app = starting.application()
QTimer.singleShot(0, app.quit)
starting.main()
import sys
slow = [name for name in ("pydantic", "degreecheck.form", "degreecheck.rules", "numpy") if name in sys.modules]
assert not slow, slow
"""


def started(code: str, home: Path) -> float:
    """Seconds from the start of a process until its window has been shown and the process has ended."""
    environment = os.environ | {"DEGREECHECK_CONFIG_DIR": str(home), "DEGREECHECK_CACHE_DIR": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: nothing is compiled at a start
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, capture_output=True)
    return time.perf_counter() - begun


def cold_start(home: Path) -> None:
    """Bare and ours in turn, so that a busy moment hits both."""
    bare, ours = [], []
    started(_OURS, home)  # compiles
    for _ in range(_STARTS):
        bare.append(started(_BARE, home))
        ours.append(started(_OURS, home))
    least, median = min(ours) / min(bare), statistics.median(ours) / statistics.median(bare)
    print(
        f"start page: {min(ours):.3f} s, bare window {min(bare):.3f} s: "
        f"{least:.2f} times (median {median:.2f}; budget 1.5)"
    )


def edits_and_stalls(home: Path) -> None:
    """An application with twenty pictures in a real (offscreen) window."""
    os.environ |= {"DEGREECHECK_CONFIG_DIR": str(home), "DEGREECHECK_CACHE_DIR": str(home / "cache")}
    import make_folders
    from degreecheck import check
    from degreecheck.gui import app as starting
    from degreecheck.gui import theme
    from degreecheck.gui.program import Program
    from degreecheck.gui.settings import Settings

    folder = home / "张三-学位申请"
    extra = {
        f"materials/扫描{number}.jpg": make_folders.jpeg(make_folders.paper((3000, 4000), number))
        for number in range(_FILES)
    }
    make_folders.write(folder, {"materials": make_folders.form().materials | {"transcript": tuple(extra)}}, extra)
    app = starting.application()
    theme.apply(app, "light")
    program = Program(Settings(home))
    window = program.new_window(folder)
    gaps: list[float] = []
    last = time.perf_counter()
    while window.session is None or window.session.inspection.busy:
        app.processEvents()
        now = time.perf_counter()
        if window.session is not None:
            gaps.append(now - last)
        last = now
        time.sleep(0.001)
    print(
        f"stalls while {_FILES} files of 12 Mpx are inspected: longest {max(gaps[5:]) * 1000:.0f} ms (budget 50); "
        f"building the view: {max(gaps[:5]) * 1000:.0f} ms"
    )
    session = window.session
    taken, judged = [], []
    for number in range(_EDITS):
        begun = time.perf_counter()
        session.set_value("personal.name", f"张{number}" if number % 2 else "")
        app.processEvents()
        taken.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        check.judge(session.case, "")
        judged.append(time.perf_counter() - begun)
    beyond = statistics.median(taken) - statistics.median(judged)
    print(
        f"edit to verdict: {statistics.median(taken) * 1000:.1f} ms, "
        f"judgement {statistics.median(judged) * 1000:.1f} ms: "
        f"{beyond * 1000:.1f} ms beyond (budget 16); worst {max(taken) * 1000:.1f} ms"
    )
    window.close()
    program.close()


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as place:
        cold_start(Path(place))
        edits_and_stalls(Path(place))


if __name__ == "__main__":
    main()
