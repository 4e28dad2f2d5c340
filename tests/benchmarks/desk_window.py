"""Whether the desk's window stays quick: python tests/benchmarks/desk_window.py [applicants] [rows]  (200 and 5,000)

Made-up desks are checked in the window: a thousand forms alone, then so many applicants with all files new, then with
nothing changed; meanwhile the longest stall of the event loop is measured (budget: 50 ms; compare "doing nothing": a
busy machine stalls by itself), and the window's own memory. Then a table of many rows is scrolled,
filtered and sorted: milliseconds of work for each step. Everything is drawn without a screen.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

from degreecheck.gui import app, theme
from degreecheck.gui.desk.rows import SECTIONS, Cell, Row
from degreecheck.gui.desk.table_model import DeskModel, Filter
from degreecheck.gui.desk.table_view import DeskTable
from degreecheck.gui.desk.view import DeskView
from degreecheck.gui.program import Program
from degreecheck.gui.settings import Settings
from desk import make_desk

_TICK_MS = 5
_BUDGET_MS = 50
_HOLD_SECONDS = 1800
PLAIN = 1_000


class Pulse:
    """A heart that should beat every few milliseconds; between two beats the window could not have answered."""

    def __init__(self) -> None:
        self.beats: list[float] = []
        self.work: list[float] = []  # of the window's thread alone, whatever else the machine is at
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_TICK_MS)

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.beats.append(now - self._last)
        self.work.append(worked - self._worked)
        self._last, self._worked = now, worked

    def longest(self) -> str:
        worst = sorted(self.beats)[-3:]
        over = sum(beat > _BUDGET_MS / 1000 for beat in self.beats)
        shown = ", ".join(f"{beat * 1000:.0f}" for beat in reversed(worst))
        work = ", ".join(f"{one * 1000:.0f}" for one in sorted(self.work, reverse=True)[:3])
        return (f"longest stalls {shown} ms, {over} of {len(self.beats)} over {_BUDGET_MS} ms; longest work of the "
                f"window's thread {work} ms")  # fmt: skip


def memory_mb() -> float:
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def wait(until: Callable[[], bool]) -> None:
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start(20)
    QTimer.singleShot(_HOLD_SECONDS * 1000, loop.quit)
    loop.exec()


def make_plain(place: Path, count: int) -> None:
    """Forms alone, their files missing: results come as fast as they can be judged."""
    forms = [form.read_bytes() for form in sorted((place / "desk").glob("*/application.json"))]
    for number in range(count):
        target = place / "plain" / f"{number % 9}班" / f"{number:05d}-学位申请"
        target.mkdir(parents=True)
        (target / "application.json").write_bytes(forms[number % len(forms)])


def measure_runs(place: Path, count: int) -> None:
    os.environ["DEGREECHECK_CACHE_DIR"] = str(place / "cache")
    drawn = multiprocessing.get_context("spawn").Process(target=make_desk, args=(place, count))
    drawn.start()  # not here: what it loads would count as the window's memory
    drawn.join()
    make_plain(place, PLAIN)
    settings = Settings(place / "settings")
    settings.set_read_text(False)
    program = Program(settings)
    window = program.new_window()
    wait_ms(2000)
    pulse = Pulse()
    wait_ms(3000)
    print(f"doing nothing: {pulse.longest()}")
    for name, desk in (("forms alone", "plain"), ("all files new", "desk"), ("nothing changed", "desk")):
        window.close_document()
        wait_ms(300)
        pulse, begun, before = Pulse(), time.perf_counter(), memory_mb()
        window.show_desk(place / desk)
        view = window.centralWidget()
        assert isinstance(view, DeskView)
        opened = view.desk
        wait(lambda opened=opened: not opened.running)  # type: ignore[misc]
        wait_ms(300)
        taken = time.perf_counter() - begun
        print(f"{name}: {len(opened.rows)} applicants {taken:.1f} s; {pulse.longest()}; "
              f"window {before:.0f} -> {memory_mb():.0f} MB")  # fmt: skip
    window.close()
    program.close()


def wait_ms(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def made_up(index: int) -> Row:
    row = Row(index, f"f{index}", f"一班/{index:05d}-林小满-学位申请", "/x", "/x", f"林小满{index}")
    row.verdict = ("fix", "confirm", "ready", "ready")[index % 4]  # type: ignore[assignment]
    row.errors, row.warnings = (index % 4 == 0) * (index % 7 + 1), index % 3
    row.cells = {section: Cell("error", index % 3 + 1) if (index + at) % 6 == 0 else Cell("ok")
                 for at, section in enumerate(SECTIONS)}  # fmt: skip
    row.tail, row.haystack = f"{index % 10000:04d}", f"林小满{index} 一班".casefold()
    return row


def measure_table(rows: int) -> None:
    from degreecheck import text

    model = DeskModel(text.load("zh"))
    table = DeskTable(model, text.load("zh"))
    model.set_rows([made_up(index) for index in range(rows)])
    table.resize(1180, 700)
    table.show()
    wait_ms(200)
    bar = table.verticalScrollBar()
    steps = []
    for value in range(0, min(bar.maximum(), 20_000), 96):
        begun = time.thread_time()
        bar.setValue(value)
        QCoreApplication.processEvents()  # as Qt does it: what stays in sight is moved, only the rest is drawn
        steps.append((time.thread_time() - begun) * 1000)
    jumps = []
    for at in range(100):
        begun = time.thread_time()
        bar.setValue(bar.maximum() * at // 99)
        table.viewport().repaint()
        jumps.append((time.thread_time() - begun) * 1000)
    steps.sort()
    jumps.sort()
    print(f"{rows} rows: a step of three rows {steps[len(steps) // 2]:.1f} ms (worst {steps[-1]:.1f}), "
          f"a page {jumps[50]:.1f} ms (worst {jumps[-1]:.1f})")  # fmt: skip
    for name, act in (
        ("sort by a column", lambda: model.sort(8, Qt.SortOrder.DescendingOrder)),
        ("filter", lambda: model.set_filter(Filter(text="小满12"))),
        ("show all again", lambda: model.set_filter(Filter())),
    ):
        begun = time.thread_time()
        act()
        QCoreApplication.processEvents()
        print(f"  {name}: {(time.thread_time() - begun) * 1000:.0f} ms")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 5_000
    running = app.application()
    theme.apply(running, "light")
    measure_table(rows)
    if count:
        with tempfile.TemporaryDirectory(prefix="desk-window-") as name:
            measure_runs(Path(name), count)


if __name__ == "__main__":
    main()
