"""A process of this program that is asked one thing and ends: a request on stdin, an answer on stdout.

For libraries that must not run in the program itself (they may abort it) and need no long-lived worker.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from degreecheck.inspectors import process, windows_job

End = Literal["ended", "timed_out", "cannot_start"]
_ENDED: End = "ended"
_GRACE_SECONDS = 5.0  # a killed process inside a hanging network share ends when the share answers: not waited for


def ask_once(command: Sequence[str], request: bytes, *, seconds: float, memory_bytes: int) -> tuple[bytes, End]:
    """All that the process answered, and how it ended; "ended" says nothing of how well.

    ``memory_bytes`` is enforced on Windows; elsewhere the process has to limit itself (`memory.limit_own`). After
    ``seconds`` of real time it is killed, and what it had answered counts.
    """
    try:
        child = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(sys.executable).parent,  # never a stranger's folder
            env=process.environment(),
            creationflags=windows_job.CREATE_NO_WINDOW if sys.platform == "win32" else 0,
        )
    except (OSError, ValueError):
        return b"", "cannot_start"
    fence = windows_job.enclose(child.pid, memory_bytes) if sys.platform == "win32" else None
    said, end = b"", _ENDED
    try:
        said, _ = child.communicate(request, timeout=seconds)
    except subprocess.TimeoutExpired:
        end = "timed_out"
    finally:
        if child.poll() is None:  # too late, or the person pressed Ctrl-C
            child.kill()
            with suppress(OSError, ValueError, subprocess.TimeoutExpired):
                said, _ = child.communicate(timeout=_GRACE_SECONDS)  # what it had answered before
        if fence is not None:
            fence.close()
    return said, end
