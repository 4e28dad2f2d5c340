"""The worker process: reads strangers' files so that no other process has to.

Its language is that of inspectors/messages.py.

Started as ``python -P -m degreecheck.worker``, or, frozen, as ``degreecheck worker-process``: the console program has
to call ``main()`` before it imports anything else. Nothing slow is imported before a request asks for it.
"""

from __future__ import annotations

import faulthandler
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from degreecheck.inspectors import limits
from degreecheck.inspectors.unreadable import CannotRead, NoReader
from degreecheck.inspectors.writing import CannotWrite

Answer = tuple[dict[str, Any], bytes]  # the JSON after "ok", and raw bytes that follow its line
Job = Callable[[], Answer]

_READY = b'{"ready":1}\n'
_LONGEST_REQUEST = 1024 * 1024
_OWNER_LOOK_MS = 1_000
_HUNG_SECONDS = 300.0  # no request but copying and verifying lasts that long
_BACKSTOP_BYTES = (
    2 * limits.MAX_WORKER_BYTES
)  # of private memory, touched or not: what grows faster than anyone watches


def main() -> NoReturn:
    """Answer requests until standard input ends. Never returns."""
    requests, answers = _take_pipes()
    _settle()
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(requests, answers, lines), daemon=True).start()
    _send(answers, _READY)
    while line := lines.get():
        _send(answers, _answer(json.loads(line), answers))
    _leave(0)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Descriptors 0 and 1 for this module alone: native libraries print, and their words would spoil the answers."""
    requests, answers = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(requests, os.O_BINARY)
        msvcrt.setmode(answers, os.O_BINARY)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb", buffering=0)


def _settle() -> None:
    """Make this a fit place for strangers' files: quiet, alone with its work, leaving no memory image behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole terminal; the trusted side decides
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
        os.environ.setdefault(name, "1")  # there are several workers already
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            with suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_DATA, (_BACKSTOP_BYTES, _BACKSTOP_BYTES))


def _receive(requests: BinaryIO, answers: BinaryIO, lines: queue.SimpleQueue[bytes]) -> None:
    """Pass requests on until there are no more; then end this process as soon as nobody waits for the last answer."""
    owner = os.getppid()
    with suppress(OSError):
        while (line := requests.readline(_LONGEST_REQUEST)).endswith(b"\n"):
            lines.put(line)
    lines.put(b"")
    if sys.platform != "win32":  # there the Job Object ends us
        import select

        listener = select.poll()
        listener.register(answers, 0)  # errors alone: the reading end was closed
        while not listener.poll(_OWNER_LOOK_MS) and os.getppid() == owner:
            pass
        _leave(1)


def _answer(message: dict[str, Any], answers: BinaryIO) -> bytes:
    """Take a request on, do it, and return its answer with the raw bytes that follow it."""
    number = int(message["id"])
    # Code that hangs inside a library may hold the interpreter, and then no thread of ours would notice that the other
    # side is gone. This timer needs no interpreter. Copying and verifying are left out: they are all system calls and
    # hashing, and may take long.
    if message["verb"] not in ("copy", "verify", "unpack"):
        faulthandler.dump_traceback_later(_HUNG_SECONDS, exit=True, file=_nowhere())
    job = _VERBS[message["verb"]](message)
    _send(answers, b'{"id":%d,"accepted":true}\n' % number)
    raw = b""
    try:
        ok, raw = job()
        answer: dict[str, Any] = {"id": number, "ok": ok}
    except CannotRead as refusal:
        answer = _error(number, "unreadable", refusal.reason, refusal.detail)
    except CannotWrite as refusal:
        answer = _error(number, "not_written", refusal.reason)
    except NoReader:
        answer = _error(number, "no_reader")
    except MemoryError:
        answer = _error(number, "out_of_memory")
    except BaseException as error:  # noqa: BLE001  some libraries' panics are no Exception; the next file must not pay
        answer = _error(number, "failed", detail=type(error).__name__)
    line = json.dumps(answer, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
    faulthandler.cancel_dump_traceback_later()
    return line + raw


def _error(number: int, kind: str, reason: str = "", detail: str = "") -> dict[str, Any]:
    return {"id": number, "error": {"kind": kind, "reason": reason, "detail": detail[:200]}}


def _send(answers: BinaryIO, data: bytes) -> None:
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[answers.write(rest) :]
    except OSError:
        _leave(1)  # nobody listens


def _leave(code: int) -> NoReturn:
    os._exit(code)  # no finalizers of native libraries, and no waiting for their threads


def _nowhere() -> int:
    global _devnull  # noqa: PLW0603  one descriptor for the life of the process
    if _devnull is None:
        _devnull = os.open(os.devnull, os.O_WRONLY)
    return _devnull


_devnull: int | None = None


# ------------------------------------------------------------------------------------------------------------- verbs
# Each loads what its request needs, which is not yet counted against the file, and returns the work itself.


def _inspect(message: dict[str, Any]) -> Job:
    from degreecheck.inspectors import inspection

    path, parts = Path(message["path"]), frozenset(message["parts"])
    inspection.load(path, parts)
    return lambda: (inspection.inspect_file(path, parts, _crop(message)).model_dump(mode="json"), b"")


def _read(message: dict[str, Any]) -> Job:
    from degreecheck.inspectors import reading

    path, page = Path(message["path"]), message["page"]
    try:
        reading.load(path)
    except NoReader:
        return _no_reader
    return lambda: (reading.read_page(path, page).model_dump(mode="json"), b"")


def _no_reader() -> Answer:
    raise NoReader


def _render(message: dict[str, Any]) -> Job:
    from degreecheck.inspectors import convert

    return lambda: convert.render(Path(message["path"]), message["page"], message["longest_side"], _crop(message))


def _convert(message: dict[str, Any]) -> Job:
    from degreecheck.inspectors import convert

    size = message["size"]
    target = convert.Target(
        path=Path(message["target"]),
        format=message["format"],
        crop=_crop(message),
        size=(size[0], size[1]) if size else None,
        max_bytes=message["max_bytes"],
        dpi=message["dpi"],
        frame=message["frame"],
    )
    return lambda: (convert.convert(Path(message["path"]), target), b"")


def _copy(message: dict[str, Any]) -> Job:
    from degreecheck.inspectors import copying

    return lambda: (copying.copy_file(Path(message["path"]), Path(message["target"])), b"")


def _verify(message: dict[str, Any]) -> Job:
    from degreecheck.inspectors import bag

    return lambda: (bag.verify(Path(message["path"]), message["password"]), b"")


def _unpack(message: dict[str, Any]) -> Job:
    from degreecheck.inspectors import unpacking

    return lambda: (unpacking.unpack(Path(message["path"]), Path(message["target"]), message["password"]), b"")


def _crop(message: dict[str, Any]) -> tuple[float, float, float, float] | None:
    crop = message["crop"]
    return None if crop is None else (crop[0], crop[1], crop[2], crop[3])


_VERBS: dict[str, Callable[[dict[str, Any]], Job]] = {
    "inspect": _inspect,
    "read": _read,
    "render": _render,
    "convert": _convert,
    "copy": _copy,
    "verify": _verify,
    "unpack": _unpack,
}


if __name__ == "__main__":
    main()
