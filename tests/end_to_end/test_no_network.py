"""The program never opens a socket to a network: everything it does is done with an eye on every process it starts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Put in front of every Python process that is started, workers included: each says that it began, and what it asked of
# the network. Sockets within the computer (AF_UNIX) are no network.
WATCH = """
import os, sys
place = os.environ["WATCHED"]
def say(*words):
    with open(place, "a", encoding="utf-8") as file:
        file.write(" ".join(map(str, words)) + "\\n")
def watch(event, given):
    if event == "socket.__new__" and int(given[1]) not in (-1, 1):
        say("NETWORK", event, int(given[1]))
    elif event in ("socket.connect", "socket.bind", "socket.sendto") and isinstance(given[1], tuple):
        say("NETWORK", event)
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"):
        say("NETWORK", event)
sys.addaudithook(watch)
say("began", *sys.orig_argv[1:5])
"""


class Watched:
    """Runs commands, and knows which processes began and what they asked of the network."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "watched.txt"
        self.modules = folder / "watching"
        self.modules.mkdir()
        (self.modules / "sitecustomize.py").write_text(WATCH, encoding="utf-8")

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            list(map(str, command)), capture_output=True, encoding="utf-8", timeout=280, check=False,
            env=os.environ | {"PYTHONPATH": str(self.modules), "WATCHED": str(self.log), "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip

    @property
    def began(self) -> list[str]:
        return [line for line in self._lines() if line.startswith("began")]

    @property
    def network(self) -> list[str]:
        return [line for line in self._lines() if line.startswith("NETWORK")]

    def _lines(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_the_watch_sees_a_socket_and_a_look_up_of_a_name(watched: Watched) -> None:
    watched.run(sys.executable, "-P", "-c", "import socket; socket.socket().close()")
    watched.run(sys.executable, "-P", "-c", "import socket; socket.socket(socket.AF_INET6).close()")
    watched.run(sys.executable, "-P", "-c", "import socket; socket.getaddrinfo('127.0.0.1', 80)")
    assert len(watched.began) == 3
    assert [line.split()[1] for line in watched.network] == ["socket.__new__", "socket.__new__", "socket.getaddrinfo"]


def test_the_selftest_passes_and_opens_no_socket_in_any_process(watched: Watched) -> None:
    done = watched.run(sys.executable, "-m", "degreecheck", "selftest")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    for part in ("degreecheck selftest", "degreecheck.worker", "pdf_process", "table_process", "gui.probe"):
        assert any(part in line for line in watched.began), part
    assert watched.network == []


if shutil.which("strace"):  # sees what libraries do behind Python's back

    def test_no_process_asks_the_system_for_a_network_socket(tmp_path: Path) -> None:
        def degreecheck(*arguments: str | Path) -> tuple[int, str]:
            log = tmp_path / "trace.txt"
            command = ["strace", "-f", "-qq", "-e", "trace=socket", "-o", log, sys.executable, "-m", "degreecheck"]
            done = subprocess.run(
                [*map(str, command), *map(str, arguments)], capture_output=True, encoding="utf-8", timeout=280,
                check=False, env=os.environ | {"PYTHONIOENCODING": "utf-8"},
            )  # fmt: skip
            return done.returncode, log.read_text(encoding="utf-8")

        probe = ["strace", "-f", "-e", "trace=socket", sys.executable, "-c", "import socket; socket.socket()"]
        seen = subprocess.run(probe, capture_output=True, encoding="utf-8", timeout=60, check=False)
        assert "AF_INET" in seen.stderr  # tracing works here
        desk = tmp_path / "desk"
        code, asked = degreecheck("sample", desk, "--count", "1")
        assert (code, "AF_INET" in asked) == (0, False)
        (name,) = json.loads((desk / "truth.json").read_text(encoding="utf-8"))
        for arguments in (("check", desk / name), ("export", desk / name, "-o", tmp_path / "out", "--no-text")):
            code, asked = degreecheck(*arguments)
            assert (code, "AF_INET" in asked) == (0, False)
