"""Windows: a Job Object around each worker, so that it dies with this program and cannot take all the memory.

Structures and numbers are those of winnt.h and psapi.h. Every call may fail (an old system, a policy): then the
worker runs without that fence, still watched by time.
"""

from __future__ import annotations

import ctypes
from typing import Any, ClassVar

CREATE_NO_WINDOW = 0x08000000

_EXTENDED_LIMIT_INFORMATION = 9
_LIMIT_PROCESS_MEMORY = 0x100
_LIMIT_DIE_ON_UNHANDLED_EXCEPTION = 0x400  # no "has stopped working" dialog
_LIMIT_KILL_ON_JOB_CLOSE = 0x2000
_PROCESS_TERMINATE = 0x1
_PROCESS_SET_QUOTA = 0x100
_PROCESS_QUERY_LIMITED_INFORMATION = 0x1000


class _BasicLimits(ctypes.Structure):
    _fields_: ClassVar = [
        ("per_process_user_time_limit", ctypes.c_int64),
        ("per_job_user_time_limit", ctypes.c_int64),
        ("limit_flags", ctypes.c_uint32),
        ("minimum_working_set_size", ctypes.c_size_t),
        ("maximum_working_set_size", ctypes.c_size_t),
        ("active_process_limit", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    ]


class _ExtendedLimits(ctypes.Structure):
    _fields_: ClassVar = [
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory_limit", ctypes.c_size_t),
        ("job_memory_limit", ctypes.c_size_t),
        ("peak_process_memory_used", ctypes.c_size_t),
        ("peak_job_memory_used", ctypes.c_size_t),
    ]


class _MemoryCounters(ctypes.Structure):
    _fields_: ClassVar = [
        ("cb", ctypes.c_uint32),
        ("page_fault_count", ctypes.c_uint32),
        ("peak_working_set_size", ctypes.c_size_t),
        ("working_set_size", ctypes.c_size_t),
        ("quota_peak_paged_pool_usage", ctypes.c_size_t),
        ("quota_paged_pool_usage", ctypes.c_size_t),
        ("quota_peak_non_paged_pool_usage", ctypes.c_size_t),
        ("quota_non_paged_pool_usage", ctypes.c_size_t),
        ("pagefile_usage", ctypes.c_size_t),
        ("peak_pagefile_usage", ctypes.c_size_t),
        ("private_usage", ctypes.c_size_t),
    ]


def _kernel32() -> Any:
    library = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    # Handles are pointers: ctypes would cut them to 32 bits without these.
    library.CreateJobObjectW.restype = ctypes.c_void_p
    library.CreateJobObjectW.argtypes = [ctypes.c_void_p, ctypes.c_wchar_p]
    library.SetInformationJobObject.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32]
    library.OpenProcess.restype = ctypes.c_void_p
    library.OpenProcess.argtypes = [ctypes.c_uint32, ctypes.c_int, ctypes.c_uint32]
    library.AssignProcessToJobObject.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    library.K32GetProcessMemoryInfo.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32]
    library.CloseHandle.argtypes = [ctypes.c_void_p]
    return library


class Job:
    """A Job Object holding one process. Closing it ends the process, also when this program is killed."""

    def __init__(self, kernel32: Any, handle: int) -> None:
        self._kernel32 = kernel32
        self._handle: int | None = handle

    def close(self) -> None:
        """Close the handle; what still runs inside is ended by Windows."""
        if self._handle is not None:
            self._kernel32.CloseHandle(self._handle)
            self._handle = None


def enclose(pid: int, memory_bytes: int) -> Job | None:
    """Put a process under kill-on-close and a memory limit; None where Windows refuses."""
    kernel32 = _kernel32()
    handle = kernel32.CreateJobObjectW(None, None)
    if not handle:
        return None
    job = Job(kernel32, handle)
    wanted = _ExtendedLimits()
    wanted.basic.limit_flags = _LIMIT_KILL_ON_JOB_CLOSE | _LIMIT_PROCESS_MEMORY | _LIMIT_DIE_ON_UNHANDLED_EXCEPTION
    wanted.process_memory_limit = memory_bytes
    process = None
    done = kernel32.SetInformationJobObject(
        handle, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(wanted), ctypes.sizeof(wanted)
    )
    if done:
        process = kernel32.OpenProcess(_PROCESS_SET_QUOTA | _PROCESS_TERMINATE, 0, pid)
    if process:
        done = kernel32.AssignProcessToJobObject(handle, process)
        kernel32.CloseHandle(process)
    if not process or not done:
        job.close()
        return None
    return job


def private_bytes(pid: int) -> int | None:
    """Memory that belongs to the process alone, in bytes; None where Windows does not say."""
    kernel32 = _kernel32()
    process = kernel32.OpenProcess(_PROCESS_QUERY_LIMITED_INFORMATION, 0, pid)
    if not process:
        return None
    counters = _MemoryCounters()
    counters.cb = ctypes.sizeof(counters)
    done = kernel32.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.cb)
    kernel32.CloseHandle(process)
    return int(counters.private_usage) if done else None
