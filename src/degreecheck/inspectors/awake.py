"""Seconds in which this program was awake: a laptop that slept must not turn healthy files into timed-out ones."""

from __future__ import annotations

import time
from collections.abc import Callable

from degreecheck.inspectors import limits


class AwakeSeconds:
    """Counts time by the steps of the loop that watches.

    Whether a monotonic clock runs on while the machine sleeps differs between systems (Linux: no; Windows: yes), and a
    stopped program (Ctrl-Z, a debugger) looks the same. So a step far longer than the loop's interval counts as
    ``limits.MAX_STEP_SECONDS``: after waking, a worker still has its time to finish.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()
        self.seconds = 0.0

    def step(self) -> float:
        """Count the time since the last step; returns the sum."""
        now = self._clock()
        self.seconds += min(max(now - self._last, 0.0), limits.MAX_STEP_SECONDS)
        self._last = now
        return self.seconds

    def restart(self) -> None:
        """Count from zero again."""
        self._last = self._clock()
        self.seconds = 0.0
