"""One worker process and the line to it: started, asked, watched, ended.

Nothing it does can block or flood this side.
"""

from __future__ import annotations

import io
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from degreecheck.facts import NotCheckedReason
from degreecheck.inspectors import limits, memory, messages, windows_job
from degreecheck.inspectors.awake import AwakeSeconds
from degreecheck.inspectors.limits import WorkerLimits

CONSOLE_PROGRAM = "degreecheck"  # the frozen console program is also the worker; the window's program stands beside it
WORKER_VERB = "worker-process"  # its hidden first argument

_START_WORDS = 2_000  # bytes kept of what a worker says before it is ready, when it knows no file yet
_UNKILLABLE_SECONDS = 5.0  # a killed process inside a hanging network share ends when the share answers: not waited for


class StartFailed(Exception):
    """A worker did not get ready. ``words``: the end of what it said; it knew no file then, so they name none."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class Lost(Exception):
    """A worker was given up while it had a request. Not ``accepted``: it had not opened the file yet."""

    def __init__(self, reason: NotCheckedReason, *, accepted: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.accepted = accepted


class Stopped(Exception):
    """The caller wants no answer any more."""


def worker_command() -> list[str]:
    """The command line that starts a worker of this very program."""
    return own_command("degreecheck.worker", WORKER_VERB)


def own_command(module: str, verb: str) -> list[str]:
    """The command line that runs a module of this very program, which the frozen console program knows as a verb."""
    if getattr(sys, "frozen", False):
        name = CONSOLE_PROGRAM + (".exe" if sys.platform == "win32" else "")
        return [str(Path(sys.executable).with_name(name)), verb]
    # -P: a folder of a stranger's files may be the current one, and may hold a numpy.py.
    return [_python(), "-P", "-m", module]


def _python() -> str:
    # In a virtual environment on Windows python.exe only starts the real one as its child, outside our job and our
    # sight.
    return str(getattr(sys, "_base_executable", sys.executable)) if sys.platform == "win32" else sys.executable


def environment() -> dict[str, str]:
    """The environment in which a process of this program finds the same modules and spells names alike."""
    variables = dict(os.environ)
    if "PYTHONPATH" in variables:  # the worker has another current folder
        places = variables["PYTHONPATH"].split(os.pathsep)
        variables["PYTHONPATH"] = os.pathsep.join(str(Path(place).absolute()) for place in places if place)
    if sys.flags.utf8_mode:  # both sides spell file names alike
        variables["PYTHONUTF8"] = "1"
    if sys.platform == "win32" and not getattr(sys, "frozen", False):
        variables["__PYVENV_LAUNCHER__"] = sys.executable  # tells the real python.exe which environment it belongs to
    return variables


class Worker:
    """A running worker process. One thread of the owner drives it; pipes are touched by threads of its own."""

    def __init__(
        self,
        command: Sequence[str] | None = None,
        watch: WorkerLimits | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        held_bytes: Callable[[int], int | None] = memory.held_bytes,
    ) -> None:
        """Start the process; does not wait for it. Raises StartFailed when the system will not start it."""
        self._watch = watch or WorkerLimits()
        self._clock = clock
        self._held_bytes = held_bytes
        self._actions: queue.SimpleQueue[Callable[[], bytes] | None] = queue.SimpleQueue()
        self._outcomes: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._number = 0
        self._start_words: bytes | None = b""
        try:
            self._process = subprocess.Popen(
                list(command or worker_command()),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                cwd=Path(
                    sys.executable
                ).parent,  # never a stranger's folder, which it would also keep from being renamed
                env=environment(),
                creationflags=windows_job.CREATE_NO_WINDOW if sys.platform == "win32" else 0,
            )
        except (OSError, ValueError) as error:
            raise StartFailed(type(error).__name__) from error
        self._job = (
            windows_job.enclose(self._process.pid, self._watch.memory_bytes) if sys.platform == "win32" else None
        )
        assert self._process.stdout is not None
        self._answers = io.BufferedReader(_raw(self._process.stdout), 64 * 1024)
        self._threads = [threading.Thread(target=target, daemon=True) for target in (self._serve, self._drain)]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def held_bytes(self) -> int:
        """Memory it holds now, 0 where the system does not say."""
        return self._held_bytes(self._process.pid) or 0

    def wait_ready(self, stop: threading.Event) -> None:
        """Wait for the ready line. Raises StartFailed or Stopped; the worker then has to be killed."""
        try:
            line = self._await(self._read_line, AwakeSeconds(self._clock), self._watch.start_seconds, stop, False)
        except Lost as lost:
            raise StartFailed(self._words() or lost.reason) from lost
        if line != messages.READY:
            raise StartFailed(self._words() or "nonsense")
        self._start_words = None

    def ask(self, request: messages.Request, stop: threading.Event) -> messages.Result:
        """Send a request and wait for its answer.

        Raises Lost when the worker timed out, died, outgrew its memory or wrote nonsense, and Stopped when ``stop``
        is set: either way it has to be killed.
        """
        self._number += 1
        line = messages.request_line(self._number, request)
        spent = AwakeSeconds(self._clock)
        accepted = self._await(lambda: self._write_and_read(line), spent, self._watch.start_seconds, stop, False)
        if accepted != messages.accepted_line(self._number):
            raise Lost("died" if not accepted else "nonsense", accepted=False)
        spent.restart()
        seconds = self._watch.seconds or request.seconds
        answer = self._await(self._read_line, spent, seconds, stop, True)
        if len(answer) > limits.MAX_LINE_BYTES:
            raise Lost("nonsense", accepted=True)
        try:
            result = messages.parse_answer(answer, self._number, request)
        except messages.Nonsense:
            raise Lost("nonsense", accepted=True) from None
        if not isinstance(result, messages.RenderedSize):
            return result
        pixels = self._await(lambda: self._read_exactly(result.bytes), spent, seconds, stop, True)
        return messages.Rendered(result.width, result.height, pixels)

    def end(self) -> None:
        """Ask it to end by closing its input; then terminate, then kill. Returns when it is gone."""
        self._actions.put(self._close_input)
        if not self._gone_within(self._watch.grace_seconds):
            self.kill()
            return
        self._release()

    def kill(self) -> None:
        """Terminate, wait, kill, wait."""
        with suppress(OSError):
            self._process.terminate()
        if not self._gone_within(self._watch.grace_seconds):
            with suppress(OSError):
                self._process.kill()
            self._gone_within(_UNKILLABLE_SECONDS)
        self._release()

    def _gone_within(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _release(self) -> None:
        if self._job is not None:
            self._job.close()
        self._actions.put(None)
        for thread in self._threads:
            thread.join(self._watch.grace_seconds)
        if not any(thread.is_alive() for thread in self._threads):  # a child of the worker may hold the pipes open
            for pipe in (self._process.stdin, self._answers, self._process.stderr):
                with suppress(OSError):
                    if pipe is not None:
                        pipe.close()

    def _await(
        self, action: Callable[[], bytes], spent: AwakeSeconds, seconds: float, stop: threading.Event, accepted: bool
    ) -> bytes:
        """Have the pipes' thread do something and watch the process meanwhile. Raises Lost and Stopped."""
        self._actions.put(action)
        while True:
            try:
                outcome = self._outcomes.get(timeout=self._watch.tick_seconds)
            except queue.Empty:
                outcome = None
            if stop.is_set():
                raise Stopped
            if outcome:
                return outcome
            if outcome is not None:
                raise Lost("died", accepted=accepted)
            if self.held_bytes() > self._watch.memory_bytes:
                raise Lost("out_of_memory", accepted=accepted)
            if spent.step() > seconds:
                raise Lost("timed_out", accepted=accepted)

    # What follows runs in the thread that touches the pipes: a worker that does not read, or never ends its line,
    # blocks that thread alone. An empty outcome says that the worker is gone.

    def _serve(self) -> None:
        for action in iter(self._actions.get, None):
            try:
                outcome = action()
            except (OSError, ValueError):
                outcome = b""
            self._outcomes.put(outcome)

    def _write_and_read(self, line: bytes) -> bytes:
        assert self._process.stdin is not None
        rest = memoryview(line)
        while rest:
            rest = rest[self._process.stdin.write(rest) :]
        return self._read_line()

    def _read_line(self) -> bytes:
        line = self._answers.readline(limits.MAX_LINE_BYTES + 1)
        return line if line.endswith(b"\n") or len(line) > limits.MAX_LINE_BYTES else b""

    def _read_exactly(self, count: int) -> bytes:
        pixels = self._answers.read(count)
        return pixels if len(pixels) == count else b""

    def _close_input(self) -> bytes:
        assert self._process.stdin is not None
        self._process.stdin.close()
        while self._answers.read1(64 * 1024):
            pass
        return b""

    def _drain(self) -> None:
        assert self._process.stderr is not None
        with suppress(OSError, ValueError):
            while said := self._process.stderr.read(64 * 1024):
                kept = self._start_words
                if kept is not None:
                    self._start_words = (kept + said)[-_START_WORDS:]

    def _words(self) -> str:
        """The last line said before the worker was ready."""
        lines = (self._start_words or b"").decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else ""


def _raw(stream: object) -> io.RawIOBase:
    assert isinstance(stream, io.RawIOBase)
    return stream
