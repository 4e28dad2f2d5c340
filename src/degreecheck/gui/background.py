"""Work that is not done on the window's thread: functions in threads, strangers' files in worker processes.

Answers come back on the window's thread, and only as long as their receiver is alive.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from degreecheck.inspectors.cache import Cache
    from degreecheck.inspectors.messages import Request
    from degreecheck.inspectors.pool import Pool

_THREADS = 6  # more than workers: most of them wait for one

Done = Callable[[Any], None]
Failed = Callable[[BaseException], None]


class Background(QObject):
    """The program's threads and workers, one for all its windows. Close it before the program ends."""

    _delivered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="background")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")  # saving: one after the other
        self._pool: Pool | None = None
        self._cache: Cache | None = None
        self._opening = threading.Lock()
        self.closed = False
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def pool(self) -> Pool:
        """The workers; none is started before the first request."""
        if self._pool is None:
            from degreecheck.inspectors.pool import Pool

            self._pool = Pool()
        return self._pool

    @property
    def cache(self) -> Cache:
        """What was measured before. Opens a file: call it in a thread."""
        from degreecheck.inspectors.files import open_cache

        with self._opening:
            if self._cache is None:
                self._cache = open_cache()
            return self._cache

    def run(
        self,
        owner: QObject,
        function: Callable[[], Any],
        done: Done | None = None,
        failed: Failed | None = None,
    ) -> Future[Any]:
        """Run ``function`` in a thread; then ``done`` or ``failed`` on the window's, if ``owner`` still lives.

        Without ``failed`` an exception is raised on the window's thread, where the program's error dialog finds it.
        """
        return self._start(self._threads, owner, function, done, failed)

    def write(
        self,
        owner: QObject,
        function: Callable[[], Any],
        done: Done | None = None,
        failed: Failed | None = None,
    ) -> Future[Any]:
        """As :meth:`run`, one after the other in the order of the calls."""
        return self._start(self._writer, owner, function, done, failed)

    def ask(self, owner: QObject, request: Request, done: Done) -> Future[Any]:
        """Have a worker answer; ``done`` gets its result on the window's thread."""
        future = self.pool.submit(request)
        self._hand_over(future, owner, done, None)
        return future

    def close(self) -> None:
        """Finish what is being written, stop everything else, and wait until the workers are gone."""
        if self.closed:
            return
        self.closed = True
        self._writer.shutdown(wait=True)
        if self._pool is not None:
            self._pool.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        if self._cache is not None:
            self._cache.close()

    def _start(
        self,
        threads: ThreadPoolExecutor,
        owner: QObject,
        function: Callable[[], Any],
        done: Done | None,
        failed: Failed | None,
    ) -> Future[Any]:
        future = threads.submit(function)
        self._hand_over(future, owner, done, failed)
        return future

    def _hand_over(self, future: Future[Any], owner: QObject, done: Done | None, failed: Failed | None) -> None:
        def completed(ended: Future[Any]) -> None:
            if not self.closed:
                self._delivered.emit((ended, owner, done, failed))

        future.add_done_callback(completed)

    @Slot(object)
    def _deliver(self, delivery: tuple[Future[Any], QObject, Done | None, Failed | None]) -> None:
        future, owner, done, failed = delivery
        if self.closed or future.cancelled() or not shiboken6.isValid(owner):
            return
        error = future.exception()
        if error is None:
            if done is not None:
                done(future.result())
        elif isinstance(error, CancelledError):
            return
        elif failed is not None:
            failed(error)
        else:
            raise error
