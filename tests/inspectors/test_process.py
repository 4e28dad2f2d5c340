"""Starting, watching and fencing a worker, on every system: Windows and macOS are played by fakes here."""

import ctypes
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from degreecheck.facts import FileFacts
from degreecheck.inspectors import limits, memory, process, windows_job
from degreecheck.inspectors.awake import AwakeSeconds
from degreecheck.inspectors.limits import WorkerLimits
from degreecheck.inspectors.messages import Copy, Inspect
from degreecheck.inspectors.process import Lost, Worker, worker_command

FAKE = str(Path(__file__).parent.parent / "fake_worker.py")


class Clock:
    """Moves by what each reading is told to take."""

    def __init__(self, *steps: float) -> None:
        self.now = 100.0
        self.steps = list(steps)

    def __call__(self) -> float:
        self.now += self.steps.pop(0) if self.steps else 0.05
        return self.now


def test_ordinary_steps_are_counted_in_full() -> None:
    awake = AwakeSeconds(Clock(0, 0.05, 0.5, 0.9))
    assert [round(awake.step(), 3) for _ in range(3)] == [0.05, 0.55, 1.45]


def test_a_night_of_sleep_counts_as_one_step() -> None:
    awake = AwakeSeconds(Clock(0, 0.05, 8 * 3600, 0.05))
    assert [round(awake.step(), 3) for _ in range(3)] == [0.05, 1.05, 1.1]


def test_a_clock_set_back_takes_nothing_away() -> None:
    awake = AwakeSeconds(Clock(0, 0.5, -3600, 0.5))
    assert [awake.step() for _ in range(3)] == [0.5, 0.5, 1.0]


def test_counting_can_begin_again() -> None:
    awake = AwakeSeconds(Clock(0, 0.5, 7, 0.5))
    awake.step()
    awake.restart()
    assert awake.step() == 0.5


def started(clock: Clock | None = None, **watch: float) -> Worker:
    limits_of_test = WorkerLimits(start_seconds=1_000, grace_seconds=0.2, tick_seconds=0.01, **watch)
    worker = Worker([sys.executable, FAKE], limits_of_test, **({"clock": clock} if clock else {}))
    worker.wait_ready(threading.Event())
    return worker


def test_a_laptop_that_slept_while_a_file_was_read_does_not_time_it_out() -> None:
    asleep = threading.Event()

    class SleepingClock(Clock):
        def __call__(self) -> float:
            if not asleep.is_set():
                asleep.set()
                self.now += 8 * 3600
            self.now += 0.001
            return self.now

    clock = SleepingClock()
    worker = started(clock, seconds=10)
    asleep.clear()
    assert isinstance(worker.ask(Inspect(Path("fine.jpg"), frozenset()), threading.Event()), FileFacts)
    worker.end()


def test_seconds_are_counted_from_acceptance() -> None:
    clock = Clock()
    worker = started(clock, seconds=5)
    with pytest.raises(Lost) as lost:
        worker.ask(Inspect(Path("hangs.jpg"), frozenset()), threading.Event())
    assert (lost.value.reason, lost.value.accepted) == ("timed_out", True)
    worker.kill()
    assert not worker.alive()


def test_copying_gets_time_by_the_size_of_the_file() -> None:
    small, large = (Copy(Path("a"), Path("b"), size) for size in (0, 1024 * limits.MB))
    assert small.seconds == limits.COPY_SECONDS
    assert large.seconds == limits.COPY_SECONDS + 512


def test_a_worker_that_outgrows_its_memory_is_lost() -> None:
    held = 1_000
    worker = Worker(
        [sys.executable, FAKE],
        WorkerLimits(start_seconds=1_000, grace_seconds=0.2, tick_seconds=0.01, memory_bytes=2_000),
        held_bytes=lambda pid: held,
    )
    worker.wait_ready(threading.Event())
    held = 3_000
    with pytest.raises(Lost) as lost:
        worker.ask(Inspect(Path("hangs.jpg"), frozenset()), threading.Event())
    assert lost.value.reason == "out_of_memory"
    worker.kill()


def test_ending_closes_every_pipe() -> None:
    worker = started()
    worker.end()
    inner = worker._process
    assert all(pipe is not None and pipe.closed for pipe in (inner.stdin, inner.stdout, inner.stderr))


def test_the_worker_is_this_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert worker_command() == [sys.executable, "-P", "-m", "degreecheck.worker"]
    window = Path("/opt/学位 申请/degreecheck-window")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(window))
    assert worker_command() == [str(window.with_name("degreecheck")), "worker-process"]


def test_a_relative_import_path_survives_the_change_of_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["src", "", os.path.abspath("x")]))  # noqa: PTH100
    assert process.environment()["PYTHONPATH"].split(os.pathsep) == [
        str(Path("src").absolute()),
        str(Path("x").absolute()),
    ]


def test_a_module_in_a_strangers_folder_is_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = tmp_path / "was imported"
    for name in ("json", "numpy", "degreecheck"):
        (tmp_path / f"{name}.py").write_text(f"open({str(marker)!r}, 'w').close()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    worker = Worker(watch=WorkerLimits(grace_seconds=1))
    worker.wait_ready(threading.Event())
    worker.end()
    assert not marker.exists()


# ------------------------------------------------------------------------------------------------------------ memory


def test_memory_is_told_on_linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "sysconf", lambda name: 4096, raising=False)
    monkeypatch.setattr(Path, "read_bytes", lambda self: b"5000 300 20 1 0 4 0\n")
    assert memory.held_bytes(1) == 300 * 4096
    monkeypatch.setattr(Path, "read_bytes", lambda self: b"")
    assert memory.held_bytes(1) is None


def test_a_process_that_is_gone_holds_nothing_that_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")

    def gone(path: Path) -> bytes:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_bytes", gone)
    assert memory.held_bytes(1) is None


def test_memory_is_told_on_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    def rusage(pid: int, flavour: int, buffer: Any) -> int:
        buffer[64:72] = (123_456_789).to_bytes(8, sys.byteorder)
        return 0 if pid == 7 else -1

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace(proc_pid_rusage=rusage))
    assert memory.held_bytes(7) == 123_456_789
    assert memory.held_bytes(8) is None

    def no_library(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", no_library)
    assert memory.held_bytes(7) is None


# ----------------------------------------------------------------------------------------------------------- Windows


class Kernel32:
    """Records what is asked of Windows; ``refuses`` names the call that fails."""

    def __init__(self, refuses: str = "") -> None:
        self.refuses = refuses
        self.closed: list[int] = []
        self.limits: windows_job._ExtendedLimits | None = None
        self.assigned: tuple[int, int] | None = None

    def _result(self, name: str, result: int) -> int:
        return 0 if name == self.refuses else result

    def CreateJobObjectW(self, security: None, name: None) -> int:  # noqa: N802
        return self._result("CreateJobObjectW", 0x1_0000_0001)

    def SetInformationJobObject(self, job: int, kind: int, wanted: Any, size: int) -> int:  # noqa: N802
        assert kind == 9
        self.limits = windows_job._ExtendedLimits.from_buffer_copy(wanted._obj)
        assert size == ctypes.sizeof(self.limits)
        return self._result("SetInformationJobObject", 1)

    def OpenProcess(self, access: int, inherit: int, pid: int) -> int:  # noqa: N802
        return self._result("OpenProcess", pid + 1000)

    def AssignProcessToJobObject(self, job: int, handle: int) -> int:  # noqa: N802
        self.assigned = (job, handle)
        return self._result("AssignProcessToJobObject", 1)

    def K32GetProcessMemoryInfo(self, handle: int, counters: Any, size: int) -> int:  # noqa: N802
        assert size == counters._obj.cb == ctypes.sizeof(windows_job._MemoryCounters)
        counters._obj.private_usage = 42_000_000
        return self._result("K32GetProcessMemoryInfo", 1)

    def CloseHandle(self, handle: int) -> int:  # noqa: N802
        self.closed.append(handle)
        return 1


def test_structures_have_the_sizes_of_winnt_h() -> None:
    if ctypes.sizeof(ctypes.c_void_p) == 8:
        assert ctypes.sizeof(windows_job._BasicLimits) == 64
        assert ctypes.sizeof(windows_job._ExtendedLimits) == 144
        assert ctypes.sizeof(windows_job._MemoryCounters) == 80
    else:
        assert ctypes.sizeof(windows_job._BasicLimits) == 48
        assert ctypes.sizeof(windows_job._ExtendedLimits) == 112
        assert ctypes.sizeof(windows_job._MemoryCounters) == 44


def test_a_job_ends_its_process_with_us_and_bounds_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel32 = Kernel32()
    monkeypatch.setattr(windows_job, "_kernel32", lambda: kernel32)
    job = windows_job.enclose(7, 1_500_000_000)
    assert job is not None
    assert kernel32.assigned == (0x1_0000_0001, 1007)
    assert kernel32.limits is not None
    assert kernel32.limits.basic.limit_flags == 0x2000 | 0x100 | 0x400
    assert kernel32.limits.process_memory_limit == 1_500_000_000
    assert kernel32.closed == [1007]
    job.close()
    job.close()
    assert kernel32.closed == [1007, 0x1_0000_0001]


@pytest.mark.parametrize(
    "refused", ["CreateJobObjectW", "SetInformationJobObject", "OpenProcess", "AssignProcessToJobObject"]
)
def test_where_windows_refuses_there_is_no_job_and_no_handle_left(
    monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    kernel32 = Kernel32(refused)
    monkeypatch.setattr(windows_job, "_kernel32", lambda: kernel32)
    assert windows_job.enclose(7, 1) is None
    opened = {0x1_0000_0001} if refused != "CreateJobObjectW" else set()
    opened |= {1007} if refused == "AssignProcessToJobObject" else set()
    assert set(kernel32.closed) == opened


def test_memory_is_told_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(windows_job, "_kernel32", Kernel32)
    assert memory.held_bytes(7) == 42_000_000
    for refused in ("OpenProcess", "K32GetProcessMemoryInfo"):
        monkeypatch.setattr(windows_job, "_kernel32", lambda refused=refused: Kernel32(refused))
        assert memory.held_bytes(7) is None


def test_handles_are_whole_pointers(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = ("CreateJobObjectW", "SetInformationJobObject", "OpenProcess", "AssignProcessToJobObject")
    library = SimpleNamespace(
        **{name: SimpleNamespace() for name in (*calls, "K32GetProcessMemoryInfo", "CloseHandle")}
    )
    monkeypatch.setattr(ctypes, "WinDLL", lambda name, use_last_error: library, raising=False)
    kernel32 = windows_job._kernel32()
    assert kernel32.CreateJobObjectW.restype is ctypes.c_void_p
    assert kernel32.OpenProcess.restype is ctypes.c_void_p
    assert all(kernel32.__dict__[name].argtypes for name in calls)


def test_on_windows_a_worker_gets_no_window_and_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel32 = Kernel32()
    asked: dict[str, Any] = {}
    popen = subprocess.Popen

    def start(command: list[str], **options: Any) -> Any:
        asked.update(options)
        return popen(command, **(options | {"creationflags": 0}))

    monkeypatch.setattr(windows_job, "_kernel32", lambda: kernel32)
    monkeypatch.setattr(process.subprocess, "Popen", start)
    monkeypatch.setattr(sys, "platform", "win32")
    worker = Worker([sys.executable, FAKE], WorkerLimits(grace_seconds=1, memory_bytes=123_000_000))
    monkeypatch.setattr(sys, "platform", "linux")
    worker.wait_ready(threading.Event())
    assert asked["creationflags"] == windows_job.CREATE_NO_WINDOW == 0x08000000
    assert kernel32.assigned == (0x1_0000_0001, worker.pid + 1000)
    assert kernel32.limits is not None
    assert kernel32.limits.process_memory_limit == 123_000_000
    worker.end()
    assert 0x1_0000_0001 in kernel32.closed


def test_on_windows_the_environments_launcher_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", r"C:\学位\.venv\Scripts\python.exe")
    monkeypatch.setattr(sys, "_base_executable", r"C:\Python\python.exe", raising=False)
    assert worker_command()[0] == r"C:\Python\python.exe"
    assert process.environment()["__PYVENV_LAUNCHER__"] == sys.executable
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command()[0].endswith("degreecheck.exe")
    assert "__PYVENV_LAUNCHER__" not in process.environment()
