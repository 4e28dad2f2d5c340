"""The window's line to a desk process: a request out, what it tells in, in pieces that never hold the window up."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from degreecheck.inspectors import process, windows_job

DESK_VERB = "desk-process"  # the console program's hidden first argument
_TURN_SECONDS = 0.02  # of work at once; then the window has its turn
_PAUSE_MS = 15
_GRACE_SECONDS = 5.0  # for workers to be ended; a process inside a hanging network share is not waited for
_GREATEST_MEMORY = 4 * 1024**3  # bytes of one process

Take = Callable[[bytes, dict[str, Any]], Any]


def plain(_line: bytes, event: dict[str, Any]) -> Any:
    """The event as it came."""
    return event


def _windows_flags() -> int:
    """No console, and below the window in rank, with its workers; elsewhere the process does that itself."""
    return windows_job.CREATE_NO_WINDOW | int(getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0))


class Link(QObject):
    """One request to a process of its own. Each thing told arrives at ``told``, on the window's thread; then ``ended``.

    ``take`` runs in a thread on every line and its event; what it returns is what ``told`` is sent with.
    """

    told = Signal(object)
    ended = Signal(bool)  # whether the process came to its end by itself
    _some = Signal()

    def __init__(self, parent: QObject, take: Take = plain, command: list[str] | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self._command = command or process.own_command("degreecheck.desk.desk_process", DESK_VERB)
        self._waiting: deque[Any] = deque()
        self._over = False  # nothing more will be put into ``_waiting``
        self._sound = False
        self._told_end = False
        self._stop = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._turn = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._turn.timeout.connect(self._hand_on)
        self._some.connect(self._begin_turn, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._stop.set, Qt.ConnectionType.DirectConnection)

    def start(self, request: Mapping[str, Any], lines: Iterable[bytes] = (), *, closes: bool = False) -> None:
        """Begin. ``lines`` follow the request; ``closes``: nothing follows them."""
        words = json.dumps(request, ensure_ascii=True).encode("ascii") + b"\n"
        threading.Thread(target=self._talk, args=(words, lines, closes), daemon=True, name="desk").start()

    def cancel(self) -> None:
        """Have the process end soon; what it tells until then still arrives."""
        self._stop.set()

    def wait(self) -> None:
        """In a thread: until the process is gone, or is not waited for any more."""
        if self._child is not None:
            with suppress(subprocess.TimeoutExpired):
                self._child.wait(_GRACE_SECONDS + 1)

    @property
    def gone(self) -> bool:
        """Whether the process has ended."""
        return self._over

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to end."""
        return self._stop.is_set()

    # ---- in threads

    def _talk(self, words: bytes, lines: Iterable[bytes], closes: bool) -> None:
        try:
            child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path(sys.executable).parent,  # never a stranger's folder
                env=process.environment(),
                creationflags=_windows_flags() if sys.platform == "win32" else 0,
            )
        except (OSError, ValueError):
            self._finish(sound=False)
            return
        assert child.stdin is not None
        assert child.stdout is not None
        self._child = child
        fence = windows_job.enclose(child.pid, _GREATEST_MEMORY) if sys.platform == "win32" else None
        threading.Thread(target=self._end_when_asked, args=(child,), daemon=True, name="desk-end").start()
        with suppress(OSError, ValueError):
            child.stdin.write(words)
            for line in lines:
                child.stdin.write(line)
            child.stdin.flush()
            if closes:
                child.stdin.close()
        for line in child.stdout:
            with suppress(ValueError, KeyError, TypeError):
                self._put(self._take(line, json.loads(line)))
        code = child.wait()
        child.stdout.close()
        with suppress(OSError, ValueError):
            child.stdin.close()
        if fence is not None:
            fence.close()
        self._finish(sound=code == 0)

    def _end_when_asked(self, child: subprocess.Popen[bytes]) -> None:
        while not self._stop.wait(0.1):
            if child.poll() is not None:
                return
        with suppress(OSError, ValueError):
            if child.stdin is not None:
                child.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            child.wait(_GRACE_SECONDS)
            return
        child.kill()

    def _put(self, told: Any) -> None:
        self._waiting.append(told)
        if len(self._waiting) == 1:
            self._wake()

    def _finish(self, *, sound: bool) -> None:
        self._sound = sound
        self._over = True
        self._wake()

    def _wake(self) -> None:
        with suppress(RuntimeError):  # the window is gone
            self._some.emit()

    # ---- on the window's thread

    def _begin_turn(self) -> None:
        if not self._turn.isActive():
            self._turn.start()

    def _hand_on(self) -> None:
        begun = time.perf_counter()
        while self._waiting and time.perf_counter() - begun < _TURN_SECONDS:
            self.told.emit(self._waiting.popleft())
        if self._waiting:
            self._turn.start()
        elif self._over and not self._told_end:
            self._told_end = True
            self.ended.emit(self._sound)
