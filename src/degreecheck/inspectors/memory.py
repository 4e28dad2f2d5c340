"""How much memory a process holds, asked of the operating system without starting anything, and may hold."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

from degreecheck.inspectors import windows_job

_RUSAGE_INFO_V0 = 0
_RUSAGE_INFO_V0_BYTES = 96
_RESIDENT_AT = 64  # ri_uuid (16 bytes), then six 64-bit counters before ri_resident_size: sys/resource.h of macOS


def held_bytes(pid: int) -> int | None:
    """Resident bytes of a process (Windows: private bytes), or None where the system does not say."""
    if sys.platform == "win32":
        return windows_job.private_bytes(pid)
    if sys.platform == "darwin":
        return _resident_on_macos(pid)
    return _resident_on_linux(pid)


def _resident_on_linux(pid: int) -> int | None:
    if sys.platform == "win32":  # it has no sysconf, and never comes here
        return None
    try:
        pages = Path(f"/proc/{pid}/statm").read_bytes().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return None


def _resident_on_macos(pid: int) -> int | None:
    usage = ctypes.create_string_buffer(_RUSAGE_INFO_V0_BYTES)
    try:
        status = ctypes.CDLL("/usr/lib/libproc.dylib").proc_pid_rusage(pid, _RUSAGE_INFO_V0, usage)
    except (OSError, AttributeError):
        return None
    return None if status else int.from_bytes(usage.raw[_RESIDENT_AT : _RESIDENT_AT + 8], sys.byteorder)


def limit_own(memory_bytes: int) -> None:
    """Refuse this very process more address space than this; nothing on Windows, which has its Job Object for that.

    Only for libraries whose address space is about what they use.
    """
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
