"""dev.py: what it decides and says. Nothing is installed here; commands are recorded instead of run."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """A fresh dev.py whose checkout is an empty folder with requirement files in it."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    checkout = tmp_path / "学位 申请"
    (checkout / "packaging").mkdir(parents=True)
    for name in (*module.REQUIREMENTS, "pyproject.toml"):
        (checkout / name).write_text(f"{name}\n", encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", checkout)
    monkeypatch.setattr(module, "VENV", checkout / ".venv")
    monkeypatch.setattr(module, "DEMO", checkout / "demo")
    return module


class Commands:
    """Stands in for ``run``: keeps what was asked, answers with the exit code that ``answer`` gives (0 unless told)."""

    def __init__(self, answer: Callable[[list[str]], tuple[int, str]] = lambda command: (0, "")) -> None:
        self.answer = answer
        self.seen: list[list[str]] = []

    def __call__(self, command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        self.seen.append(command)
        code, output = self.answer(command)
        return subprocess.CompletedProcess(command, code, output, "")


def as_root(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: number, raising=False)


def pretend_venv(dev: ModuleType) -> None:
    dev.in_venv("python").parent.mkdir(parents=True)
    dev.in_venv("python").write_text("", encoding="utf-8")


# ---- Python and the system


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 11), (3, 14, 2), (4, 0, 0)])
def test_new_enough(dev: ModuleType, version: tuple[int, ...]) -> None:
    assert dev.too_old(version) is None


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 7, 0), (2, 7, 18)])
def test_too_old_says_which_is_needed_and_which_is_here(dev: ModuleType, version: tuple[int, ...]) -> None:
    said = dev.too_old(version, "python3.12")
    assert "3.11 or newer" in said
    assert f"this is {version[0]}.{version[1]}." in said
    assert "python3.12 dev.py" in said


def test_main_stops_when_python_is_too_old(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "OLDEST_PYTHON", (99, 0))
    assert dev.main(["test"]) == 2
    assert "or newer is needed" in capsys.readouterr().out


def test_debian_package_names(dev: ModuleType) -> None:
    answer = "ii  libgl1\nii  libglib2.0-0t64\nrc  xvfb\nun  xauth\n\ndpkg-query: nothing found\n"
    assert dev.installed_packages(answer) == {"libgl1", "libglib2.0-0t64", "libglib2.0-0"}


def test_only_missing_packages_are_asked_for(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "run", Commands(lambda command: (1, "ii  libgl1\nii  libglib2.0-0t64\n")))
    assert dev.missing_packages(("libgl1", "libegl1", "libglib2.0-0")) == ["libegl1"]


def test_root_installs_and_fetches_the_lists_only_when_needed(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    as_root(monkeypatch, 0)
    commands = Commands()
    monkeypatch.setattr(dev, "run", commands)
    assert dev.apt_install(["libgl1"])
    (install,) = commands.seen
    assert install[:3] == ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    assert install[-4:] == ["install", "-y", "--no-install-recommends", "libgl1"]


def test_lists_are_fetched_after_a_first_failure(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    as_root(monkeypatch, 0)
    commands = Commands(lambda command: (0 if "update" in command else 100, "E: Unable to locate package libgl1"))
    monkeypatch.setattr(dev, "run", commands)
    assert not dev.apt_install(["libgl1"])
    assert [("update" in command, "install" in command) for command in commands.seen] == [
        (False, True),
        (True, False),
        (False, True),
    ]


def test_a_person_with_a_password_gets_the_line(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    as_root(monkeypatch, 1000)
    monkeypatch.setattr(dev, "on_debian", lambda: True)
    monkeypatch.setattr(dev, "found", lambda program: True)
    commands = Commands(lambda command: (1, "ii  libegl1\n" if command[0] == "dpkg-query" else ""))
    monkeypatch.setattr(dev, "run", commands)
    monkeypatch.setattr(dev, "without_venv_module", lambda: None)
    line = dev.system_packages(("libgl1", "libegl1"))
    assert line.endswith("sudo apt-get install -y --no-install-recommends libgl1")
    assert not any("apt-get" in command for command in commands.seen)


def test_sudo_without_a_password_is_used(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    as_root(monkeypatch, 1000)
    monkeypatch.setattr(dev, "on_debian", lambda: True)
    monkeypatch.setattr(dev, "found", lambda program: True)
    monkeypatch.setattr(dev, "without_venv_module", lambda: None)
    commands = Commands()
    monkeypatch.setattr(dev, "run", commands)
    assert dev.system_packages(("libgl1",)) is None
    assert commands.seen[-1][:3] == ["sudo", "-n", "env"]


def test_other_systems_are_left_alone(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    commands = Commands()
    monkeypatch.setattr(dev, "run", commands)
    assert dev.system_packages(dev.PACKAGES_TO_RUN) is None
    assert commands.seen == []


# ---- the environment


VENV_PACKAGE = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


@pytest.fixture
def bare(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """dev.py on a Debian whose Python has no venv module."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    monkeypatch.setattr(dev, "on_debian", lambda: True)
    return dev


def test_missing_venv_module_is_in_the_one_line(
    bare: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bare, "root_prefix", lambda: None)
    monkeypatch.setattr(bare, "run", Commands(lambda command: (1, "")))
    assert bare.main(["demo"]) == 2
    said = capsys.readouterr().out
    packages = " ".join([*bare.PACKAGES_TO_RUN, VENV_PACKAGE])
    assert f"    sudo apt-get install -y --no-install-recommends {packages}\n" in said
    assert "cannot make environments" in said


def test_missing_venv_module_is_installed_where_it_may_be(bare: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(bare, "apt_install", lambda packages: not installed.extend(packages))
    monkeypatch.setattr(bare, "run", Commands(lambda command: (1, "ii  libgl1\n")))
    assert bare.system_packages(("libgl1",)) is None
    assert installed == [VENV_PACKAGE]


def test_the_environment_is_made_from_nothing(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "without_venv_module", lambda: None)
    commands = Commands()
    monkeypatch.setattr(dev, "run", commands)
    dev.VENV.mkdir()
    dev.make_venv()
    assert commands.seen[0][1:] == ["-m", "venv", "--clear", str(dev.VENV)]
    assert dev.plan(dev.read_stamp(), dev.wanted_stamp(), True) == "update"


WANT = {"python": "3.11.7", "checkout": "/somewhere", "content": "abc"}


@pytest.mark.parametrize(
    ("have", "python_there", "todo"),
    [
        (WANT, True, "keep"),
        (WANT, False, "make"),
        ({}, True, "update"),
        ({**WANT, "content": "other"}, True, "update"),
        ({key: WANT[key] for key in ("python", "checkout")}, True, "update"),
        ({**WANT, "python": "3.12.1"}, True, "make"),
        ({**WANT, "checkout": "/moved"}, True, "make"),
    ],
)
def test_plan(dev: ModuleType, have: dict[str, str], python_there: bool, todo: str) -> None:
    assert dev.plan(have, WANT, python_there) == todo


def test_stamp_is_read_back_and_follows_the_pins(dev: ModuleType) -> None:
    dev.VENV.mkdir()
    before = dev.wanted_stamp()
    dev.write_stamp(before)
    assert dev.read_stamp() == before == dev.wanted_stamp()
    (dev.ROOT / "packaging/requirements-dev.txt").write_text("other\n", encoding="utf-8")
    assert {key for key, value in dev.wanted_stamp().items() if before[key] != value} == {"content"}


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe\x00", b"no equals sign"])
def test_a_damaged_stamp_counts_as_none(dev: ModuleType, damage: bytes) -> None:
    dev.VENV.mkdir()
    (dev.VENV / dev.STAMP).write_bytes(damage)
    assert dev.read_stamp() == {}


def test_nothing_starts_when_the_environment_is_right(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_venv(dev)
    dev.write_stamp(dev.wanted_stamp())
    commands = Commands()
    monkeypatch.setattr(dev, "run", commands)
    monkeypatch.setattr(dev, "pip", commands)
    dev.environment()
    assert commands.seen == []


def test_packages_are_pinned_built_here_and_stamped_last(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_venv(dev)
    (dev.VENV / ("Lib/site-packages" if os.name == "nt" else f"lib/python{dev.OURS}/site-packages")).mkdir(parents=True)
    monkeypatch.setattr(dev, "run", Commands())
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "pip", lambda *arguments: asked.append(arguments))
    dev.environment()
    *pinned, editable = asked
    assert [arguments[-1] for arguments in pinned] == list(dev.REQUIREMENTS)
    assert all({"--require-hashes", "--no-build-isolation"} <= set(arguments) for arguments in pinned)
    assert {"--no-deps", "--no-build-isolation", "--no-index", "--editable"} <= set(editable)
    assert dev.read_stamp() == dev.wanted_stamp()


def test_a_failed_installation_is_tried_again(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_venv(dev)
    monkeypatch.setattr(dev, "run", Commands())

    def unreachable(*arguments: str) -> None:
        raise dev.Stop("no network")

    monkeypatch.setattr(dev, "pip", unreachable)
    with pytest.raises(dev.Stop, match="no network"):
        dev.environment()
    assert dev.plan(dev.read_stamp(), dev.wanted_stamp(), True) == "update"


def test_the_source_is_found_by_a_plain_relative_path(dev: ModuleType) -> None:
    site_packages = dev.VENV / "lib" / "site-packages"
    site_packages.mkdir(parents=True)
    dev.point_to_source(site_packages)
    line = (site_packages / "_degreecheck.pth").read_bytes().decode("ascii").strip()
    assert (site_packages / line).resolve() == (dev.ROOT / "src").resolve()


@pytest.mark.parametrize(
    ("output", "meaning"),
    [
        (
            "WARNING: Retrying after NewConnectionError\nERROR: No matching distribution found for x",
            "could not be reached",
        ),
        ("ERROR: No matching distribution found for numpy==2", "No ready-made package"),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))", "certificate was not trusted"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one that was pinned"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("something new", "the lines above say why"),
    ],
)
def test_what_pip_says_is_explained(dev: ModuleType, output: str, meaning: str) -> None:
    assert meaning in dev.pip_trouble(output)


# ---- the commands


@pytest.fixture
def ready(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """dev.py with its environment and system libraries taken for granted."""
    monkeypatch.setattr(dev, "environment", lambda: None)
    monkeypatch.setattr(dev, "system_packages", lambda wanted: None)
    return dev


def test_every_check_runs_though_the_first_fails(
    ready: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = Commands(lambda command: (1 if "ruff" in Path(command[0]).name else 0, ""))
    monkeypatch.setattr(ready, "run", commands)
    assert ready.main(["test", "--", "-k", "scores"]) == 1
    assert len(commands.seen) == len(ready.CHECKS)
    assert commands.seen[-1][-2:] == ["-k", "scores"]
    summary = capsys.readouterr().out.split("summary")[1]
    assert summary.count("FAILED") == 2
    assert "ok      pytest" in summary


def test_all_is_well(ready: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "run", Commands())
    assert ready.main(["test"]) == 0


@pytest.mark.parametrize("arguments", [[], ["help"], ["test", "-k", "x"], ["demo", "--fast"]])
def test_wrong_usage_shows_the_two_commands(
    ready: ModuleType, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ready.main(arguments) == 2
    assert "python3 dev.py demo" in capsys.readouterr().out


@pytest.mark.parametrize(("check_code", "code"), [(0, 0), (1, 0), (3, 3)])
def test_demo_makes_a_sample_once_and_checks_it(
    ready: ModuleType, monkeypatch: pytest.MonkeyPatch, check_code: int, code: int
) -> None:
    def answer(command: list[str]) -> tuple[int, str]:
        if "sample" in command:
            ready.DEMO.mkdir()
            (ready.DEMO / "truth.json").write_text(
                '{"甲": [], "乙": ["CRS201", "IDN301"], "丙": ["MAT101"]}', encoding="utf-8"
            )
        return (check_code if "check" in command else 0), ""

    commands = Commands(answer)
    monkeypatch.setattr(ready, "run", commands)
    assert [ready.main(["demo"]), ready.main(["demo"])] == [code, code]
    shown = [(command[3], Path(command[4]).name) for command in commands.seen]
    detail = [("check", "乙")] if code == 0 else []
    assert shown == [("sample", "demo"), ("check", "demo"), *detail, ("check", "demo"), *detail]


def test_demo_without_a_sample_says_so(
    ready: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ready, "run", Commands(lambda command: (2, "")))
    assert ready.main(["demo"]) == 2
    assert "sample could not be made" in capsys.readouterr().out
