"""The process that works through a desk for the window: a request on stdin, JSON objects on stdout as things happen.

Judging a thousand applicants beside a window would make it stutter: Python runs one thread at a time. Started as
``python -P -m degreecheck.desk.desk_process``, or, frozen, as ``degreecheck desk-process``. It ends, and its workers
with it, as soon as its stdin does: the window cancelled, or is gone.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from degreecheck.desk import desk_exports, desk_run

_GENTLE = 5


def main() -> int:
    """Do what one request asks."""
    if sys.platform != "win32":
        os.nice(_GENTLE)  # its workers too: on a small machine the window must still answer at once
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    request = json.loads(sys.stdin.buffer.readline())
    ended = threading.Event()
    lock = threading.Lock()

    def tell(event: Mapping[str, Any]) -> None:
        line = json.dumps(event, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"
        try:
            with lock:
                answers.write(line)
                answers.flush()
        except OSError:
            ended.set()

    lines: list[bytes] = []
    if request["do"] in ("summary", "messages"):  # what the window knows follows; then stdin ends of itself
        lines = sys.stdin.buffer.readlines()
    else:
        threading.Thread(target=_watch, args=(sys.stdin.fileno(), ended), daemon=True).start()
    try:
        if request["do"] == "check":
            desk_run.check(request, tell, ended.is_set)
        elif request["do"] == "roster":
            desk_run.read_roster(request, tell)
        else:
            desk_exports.do(request, lines, tell, ended.is_set)
        tell({"event": "cancelled" if ended.is_set() else "done"})
    except desk_run.Stopped as trouble:
        tell({"event": "stopped", "key": trouble.key, "values": trouble.values})
    except OSError as trouble:
        tell({"event": "stopped", "key": "system", "values": {"reason": trouble.strerror or ""}})
    except Exception as trouble:  # noqa: BLE001 (its kind alone: its words may hold a name or a number)
        tell({"event": "stopped", "key": "crashed", "values": {"kind": type(trouble).__name__}})
    return 0


def _watch(requests: int, ended: threading.Event) -> None:
    # Not through the stream: a thread that waits in it would keep this process from ending.
    with suppress(OSError):
        while os.read(requests, 1024):
            pass
    ended.set()


if __name__ == "__main__":
    sys.exit(main())
