"""A few worker processes that answer requests: started when first needed, replaced when lost.

    with Pool() as pool:
        for index, result in pool.run(requests):      # as they complete
            …
        future = pool.submit(request)                  # or one by one, with callbacks (concurrent.futures.Future)

Whatever a file does to its worker, its own result is a NotChecked and every other file's result is what it would be
alone.
"""

from __future__ import annotations

import os
import queue
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType

from degreecheck.facts import NotChecked, Unreadable
from degreecheck.inspectors import limits
from degreecheck.inspectors.limits import WorkerLimits
from degreecheck.inspectors.messages import LONGEST_PATH, Convert, Copy, Request, Result, Unpack
from degreecheck.inspectors.process import Lost, StartFailed, Stopped, Worker
from degreecheck.inspectors.writing import unfinished

_TURN_SECONDS = 0.2


def default_workers() -> int:
    """As many workers as this program may use processors, at most ``limits.MAX_WORKERS``."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(usable, limits.MAX_WORKERS))


def _next(done: queue.SimpleQueue[tuple[int, Future[Result]]]) -> tuple[int, Future[Result]]:
    """The next completed request. Waits in short turns: on Windows Ctrl-C is not heard during one long wait."""
    while True:
        with suppress(queue.Empty):
            return done.get(timeout=_TURN_SECONDS)


class Pool:
    """Workers and a queue before them. May be used from any thread; has to be closed (``with``), or waits at exit.

    ``started`` counts the processes started so far. ``trouble`` holds a worker's last words when none would start: from
    then on every request is NotChecked("worker_unavailable"); a new pool tries again.
    """

    def __init__(
        self,
        workers: int | None = None,
        watch: WorkerLimits | None = None,
        *,
        command: Sequence[str] | None = None,
    ) -> None:
        """Starts nothing yet. ``command`` replaces the program's own worker."""
        self.workers = workers or default_workers()
        self.started = 0
        self.trouble = ""
        self._watch = watch or WorkerLimits()
        self._command = command
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="worker-pipe")
        self._idle: list[Worker] = []
        self._failures = 0
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def submit(self, request: Request) -> Future[Result]:
        """Queue a request. The future may be cancelled while it waits; closing the pool cancels it in any case.

        Callbacks run in a thread of the pool. Raises RuntimeError when the pool is closed.
        """
        return self._threads.submit(self._handle, request)

    def ask(self, request: Request) -> Result:
        """One request's result, waited for. Raises CancelledError when the pool is closed meanwhile."""
        done: queue.SimpleQueue[tuple[int, Future[Result]]] = queue.SimpleQueue()
        self._queue(0, request, done)
        return _next(done)[1].result()

    def run(
        self, requests: Iterable[Request], cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[int, Result]]:
        """Each request's index and result, as they complete.

        Requests are taken as there is room for them, so they may be very many. Once ``cancelled`` says so no further
        request is begun, and the results of those already begun still come.
        """
        done: queue.SimpleQueue[tuple[int, Future[Result]]] = queue.SimpleQueue()
        waiting = enumerate(requests)
        open_requests = 0
        exhausted = False
        while True:
            while not exhausted and open_requests < 2 * self.workers:
                index, request = next(waiting, (-1, None))
                if request is None or cancelled():
                    exhausted = True
                    break
                self._queue(index, request, done)
                open_requests += 1
            if not open_requests:
                return
            index, future = _next(done)
            open_requests -= 1
            yield index, future.result()

    def _queue(self, index: int, request: Request, done: queue.SimpleQueue[tuple[int, Future[Result]]]) -> None:
        self.submit(request).add_done_callback(lambda future: done.put((index, future)))

    def close(self) -> None:
        """End all workers, busy ones at once; requests still open are cancelled.

        Returns when the processes are gone.
        """
        self._stop.set()
        self._threads.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            idle, self._idle = self._idle, []
        enders = [threading.Thread(target=worker.end) for worker in idle]
        for ender in enders:
            ender.start()
        for ender in enders:
            ender.join()

    def _handle(self, request: Request) -> Result:
        """In a thread of the pool: have some worker answer."""
        if len(str(request.path)) > LONGEST_PATH:
            return Unreadable(reason="gone")
        for last_try in (False, True):
            worker = self._take()
            if worker is None:
                break
            try:
                result = worker.ask(request, self._stop)
            except Lost as lost:
                self._remove(worker, request)
                self._count_failure(failed=not lost.accepted)
                # Lost before it took the request on: it never opened the file, which gets another worker, once.
                if lost.accepted or last_try:
                    return NotChecked(reason=lost.reason)
            except Stopped:
                self._remove(worker, request)
                raise CancelledError from None
            except BaseException:
                self._remove(worker, request)
                raise
            else:
                self._count_failure(failed=False)
                self._give_back(worker)
                return result
        return NotChecked(reason="worker_unavailable")

    def _take(self) -> Worker | None:
        """An idle worker or a new one that is ready; None when they will not start."""
        while (idle := self._pop_idle()) is not None:
            if idle.alive():
                return idle
            idle.kill()  # it died while it had nothing to do, which is nobody's file's fault
        while self._failures < self._watch.start_failures:
            if self._stop.is_set():
                raise CancelledError
            with self._lock:
                self.started += 1
            try:
                worker = Worker(self._command, self._watch)
            except StartFailed as failed:
                self._count_failure(failed=True, words=failed.words)
                continue
            try:
                worker.wait_ready(self._stop)
            except StartFailed as failed:
                worker.kill()
                self._count_failure(failed=True, words=failed.words)
            except Stopped:
                worker.kill()
                raise CancelledError from None
            else:
                return worker
        return None

    @staticmethod
    def _remove(worker: Worker, request: Request) -> None:
        """End a worker in the midst of a request, with what it may have left half-written."""
        worker.kill()
        if isinstance(request, Convert | Copy):
            with suppress(OSError):
                unfinished(request.target).unlink(missing_ok=True)
        elif isinstance(request, Unpack):
            shutil.rmtree(unfinished(request.target), ignore_errors=True)

    def _pop_idle(self) -> Worker | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _give_back(self, worker: Worker) -> None:
        if worker.held_bytes() > self._watch.retire_bytes:
            worker.end()
            return
        with self._lock:
            self._idle.append(worker)

    def _count_failure(self, *, failed: bool, words: str = "") -> None:
        with self._lock:
            self._failures = self._failures + 1 if failed else 0
            if failed and self._failures >= self._watch.start_failures:
                self.trouble = words
