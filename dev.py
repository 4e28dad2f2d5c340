"""Everything a developer needs, in two commands: ``python3 dev.py demo`` and ``python3 dev.py test``.

On Windows: ``py dev.py demo`` and ``py dev.py test``. What follows ``--`` goes to pytest:
``python3 dev.py test -- tests/test_scores.py -k average``.

Both make the environment ``.venv`` first (pinned packages with hashes) and are quick when it stands already. Only the
standard library is used here, of that only what Debian's python3-minimal has (neither json nor shutil), and no syntax
that an older Python cannot read: it has to say that it is too old.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = "made-from.txt"
DEMO = ROOT / "demo"
OLDEST_PYTHON = (3, 11)
OURS = ".".join(str(part) for part in sys.version_info[:2])

# Read in this order: what builds packages comes first, because building happens without fetching anything more.
REQUIREMENTS = ("packaging/requirements-build.txt", "packaging/requirements-dev.txt")

# Debian's names. What Qt needs to load at all, and a font with Chinese signs to draw and print with.
PACKAGES_TO_RUN = (
    "fonts-wqy-microhei", "libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libglib2.0-0", "libxkbcommon0",
)  # fmt: skip
# A real window on a screen that nobody sees, and the tools that read PDFs back.
PACKAGES_TO_TEST = (
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0", "poppler-utils",
    "xauth", "xvfb",
)  # fmt: skip

# How every command is started: in the checkout, with UTF-8 whatever the system's code page, pip without animations.
CHILD = {
    "cwd": str(ROOT),
    "text": True,
    "encoding": "utf-8",
    "errors": "replace",
    "env": {
        **os.environ,
        "PYTHONUTF8": "1",
        "PIP_PROGRESS_BAR": "off",
        "PIP_ROOT_USER_ACTION": "ignore",
        "PIP_USER": "0",
    },
}

# What pip says → what it means. The first that matches is told.
PIP_TROUBLE = (
    (("No space left on device", "Errno 28", "WinError 112"), "The disk is full: about 1.5 GB are needed. 磁盘已满。"),
    (
        ("DO NOT MATCH THE HASHES", "THESE PACKAGES DO NOT MATCH"),
        "A package is not the one that was pinned: a damaged download or a mirror that changes files. Run again, or "
        "use another mirror; never skip the check. 下载的文件与锁定的校验值不符。",
    ),
    (
        ("CERTIFICATE_VERIFY_FAILED", "SSLError", "SSLCertVerificationError"),
        "The package registry's certificate was not trusted. Behind a company or school proxy, point PIP_CERT to its "
        "certificate file; a wrong clock does this too. 证书校验失败。",
    ),
    (
        ("NewConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError", "Max retries exceeded", "Read timed out",
         "name resolution", "getaddrinfo failed", "Network is unreachable", "Connection refused", "Connection reset",
         "RemoteDisconnected", "ConnectionResetError"),
        "The package registry could not be reached. Check the network and run the same command again: what was "
        "fetched is kept. With a mirror, set the environment variable PIP_INDEX_URL to its address first; the hashes "
        "hold for any mirror. 连不上软件包仓库：请检查网络，或用 PIP_INDEX_URL 指定镜像后重试。",
    ),
    (
        ("No matching distribution found",),
        "No ready-made package exists for this machine and this Python. Needed are Python 3.11 to 3.14 on 64-bit "
        "Windows 10+, macOS 14+ (Apple silicon) and Linux with glibc 2.34+ (Debian 12, Ubuntu 22.04).",
    ),
)  # fmt: skip


class Stop(Exception):
    """The work cannot go on; the message is for the person, and the program ends with exit code 2."""


def say(text: str = "") -> None:
    print(text, flush=True)


def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command; never raises for its exit code."""
    return subprocess.run(command, check=False, **{**CHILD, **options})


# ---- Python itself


def too_old(version: tuple[int, ...], found: str | None = None) -> str | None:
    """The sentence for a Python older than OLDEST_PYTHON, or None. ``found`` names a newer one on this machine."""
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return None
    advice = f"There is one here: run  {found} dev.py" if found else "Install it, then run this again with it."
    have = ".".join(str(part) for part in version[:2])
    return f"Python 3.11 or newer is needed; this is {have}. {advice}\n需要 Python 3.11 或更新版本，当前为 {have}。"


def found(program: str) -> bool:
    return any(os.access(os.path.join(folder, program), os.X_OK) for folder in os.get_exec_path())  # noqa: PTH118


def newer_python() -> str | None:
    names = [f"python3.{minor}" for minor in range(20, OLDEST_PYTHON[1] - 1, -1)]
    return next((name for name in names if found(name)), None)


# ---- system packages, on Debian and its relatives


def on_debian() -> bool:
    return sys.platform == "linux" and found("apt-get") and found("dpkg-query")


def installed_packages(answer: str) -> set[str]:
    """Package names in the answer of dpkg-query, lines of ``ii  name``; ``name`` too for ``namet64`` of Debian 13."""
    rows = [line.split() for line in answer.splitlines()]
    names = {row[1] for row in rows if len(row) == 2 and row[0] == "ii"}
    return names | {name[: -len("t64")] for name in names if name.endswith("t64")}


def missing_packages(wanted: tuple[str, ...]) -> list[str]:
    names = [*wanted, *(f"{name}t64" for name in wanted)]
    asked = run(["dpkg-query", "-W", "-f=${db:Status-Abbrev} ${Package}\n", *names], capture_output=True)
    there = installed_packages(asked.stdout)
    return [name for name in wanted if name not in there]


def apt_line(packages: list[str]) -> str:
    """The one line for the person to run."""
    return "sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def root_prefix() -> list[str] | None:
    """What to put before a command so that it runs as root without asking anything; None when that cannot be done."""
    if os.geteuid() == 0:
        return []
    if found("sudo") and run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages when this user may; the lists are fetched only when the first try fails without them."""
    prefix = root_prefix()
    if prefix is None:
        return False
    say(f"Installing system packages: {' '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    tried = run(install, capture_output=True)
    if tried.returncode != 0:
        run([*apt, "update"], capture_output=True)
        tried = run(install, capture_output=True)
    if tried.returncode != 0:
        say("\n".join((tried.stdout + tried.stderr).strip().splitlines()[-8:]))
    return tried.returncode == 0


def without_venv_module() -> str | None:
    """The name of the Debian package to install when this Python cannot make environments, else None."""
    importlib.invalidate_caches()
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return None
    return f"python{OURS}-venv"


def system_packages(wanted: tuple[str, ...]) -> str | None:
    """See to Debian's libraries, font and venv module. Shows and returns the line to run where it takes a person."""
    if not on_debian():
        return None
    missing = missing_packages((*wanted, *filter(None, [without_venv_module()])))
    if not missing or apt_install(missing):
        return None
    line = f"System packages are missing. Run once · 缺少系统软件包，请运行一次:\n    {apt_line(missing)}"
    say(line)
    return line


# ---- the environment


def in_venv(program: str) -> Path:
    return VENV / (f"Scripts/{program}.exe" if os.name == "nt" else f"bin/{program}")


def wanted_stamp() -> dict[str, str]:
    """What the environment was made from; it is made anew, or brought up to date, when any of this changes."""
    content = hashlib.sha256()
    for name in (*REQUIREMENTS, "pyproject.toml"):
        content.update((ROOT / name).read_bytes())
    return {
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "checkout": str(ROOT),  # scripts and the editable install carry this path
        "content": content.hexdigest(),
    }


def read_stamp() -> dict[str, str]:
    try:
        lines = (VENV / STAMP).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line)


def write_stamp(stamp: dict[str, str]) -> None:
    (VENV / STAMP).write_text("".join(f"{key}={value}\n" for key, value in stamp.items()), encoding="utf-8")


def plan(have: dict[str, str], want: dict[str, str], python_there: bool) -> str:
    """What to do with the environment: "keep", "update" (install again into it) or "make" (from nothing)."""
    if not python_there or any(have.get(key, want[key]) != want[key] for key in ("python", "checkout")):
        return "make"
    return "keep" if have == want else "update"


def make_venv() -> None:
    package = without_venv_module()
    if package:
        raise Stop(
            "This Python cannot make environments: its venv module is not installed "
            f"(on Debian and Ubuntu: {package}). 当前 Python 缺少 venv 模块。"
        )
    say(f"Making the environment in {VENV}")
    # Started from inside an old .venv, that Python would clear itself away.
    python = getattr(sys, "_base_executable", "") or sys.executable
    if run([python, "-m", "venv", "--clear", str(VENV)]).returncode != 0:
        raise Stop(f"The environment could not be made. Delete {VENV} and run this again.")
    write_stamp({key: value for key, value in wanted_stamp().items() if key != "content"})


def pip_trouble(output: str) -> str:
    """A sentence about what went wrong, from what pip printed."""
    for signs, meaning in PIP_TROUBLE:
        if any(sign in output for sign in signs):
            return meaning
    return "The packages could not be installed; the lines above say why."


def pip(*arguments: str) -> None:
    """Run pip in the environment and show what it does; its chatter about what is there already is left out."""
    command = [str(in_venv("python")), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    lines: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **CHILD) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if line.startswith(("Collecting", "Building", "Installing", "WARNING: Retrying")):
                say("  " + line.rstrip()[:110])
    if process.returncode != 0:
        say("".join(line for line in lines if not line.startswith("WARNING: Retrying"))[-1500:].rstrip())
        raise Stop(pip_trouble("".join(lines)))


def point_to_source(site_packages: Path) -> None:
    """Let the editable install name the source by a relative path.

    The absolute one is written in UTF-8, but Python 3.11 and 3.12 on Windows read it in the system's code page: in a
    folder with a Chinese name the program would not be found.
    """
    source = os.path.relpath(ROOT / "src", site_packages)
    (site_packages / "_degreecheck.pth").write_text(source + "\n", encoding="ascii")


def environment() -> None:
    """Make ``.venv`` or bring it up to date; nothing at all is started when the stamp says that it is right."""
    want, have = wanted_stamp(), read_stamp()
    todo = plan(have, want, in_venv("python").exists())
    if todo == "keep":
        return
    if todo == "make" or run([str(in_venv("python")), "-m", "pip", "--version"], capture_output=True).returncode != 0:
        make_venv()
    say("Installing the pinned packages (the first time: some minutes, about 300 MB)")
    for name in REQUIREMENTS:
        pip("install", "--require-hashes", "--no-build-isolation", "-r", name)
    pip("install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", ".")
    point_to_source(VENV / ("Lib/site-packages" if os.name == "nt" else f"lib/python{OURS}/site-packages"))
    write_stamp(want)


# ---- the two commands


def demo() -> int:
    """Make a sample folder, check it, show the verdict."""
    line = system_packages(PACKAGES_TO_RUN)
    environment()
    import json  # not at the top: with Debian's python3-minimal it is there only now

    degreecheck = [str(in_venv("python")), "-m", "degreecheck"]
    truth = DEMO / "truth.json"  # of each applicant, what should be found
    if truth.exists():
        say(f"\n{DEMO} stands already and is used as it is; delete it to get a fresh one.")
    else:
        say(f"\nMaking made-up applicants in {DEMO}, some with faults\n")
        made = run([*degreecheck, "sample", str(DEMO), "--count", "4", "--faults", "--seed", "7"])
        if made.returncode != 0:
            raise Stop("The sample could not be made; the lines above say why.")
    say("\n$ degreecheck check demo\n")
    code = run([*degreecheck, "check", str(DEMO)]).returncode
    faults = {name: codes for name, codes in json.loads(truth.read_text(encoding="utf-8")).items() if codes}
    if faults and code in (0, 1):
        one = max(faults, key=lambda name: len(faults[name]))
        say(f"\n$ degreecheck check demo{os.sep}{one}\n")
        run([*degreecheck, "check", str(DEMO / one)])
    program = in_venv("degreecheck")
    say(f'\nCheck a folder of your own · 检查自己的文件夹:\n    "{program}" check FOLDER')
    if (ROOT / "src/degreecheck/gui").is_dir():
        say(f'Open the window · 打开窗口:\n    "{program}"')
    else:
        say("The window is not built yet: so far the command line is all there is. 窗口尚未完成，目前只有命令行。")
    if line:
        say(line)
    return code if code in (2, 3) else 0  # 1 means that faults were found, and the sample has some


# Name and command of every check, in the order in which they run; what follows `--` goes to the last.
CHECKS = (
    ("ruff check", "ruff check ."),
    ("ruff format", "ruff format --check ."),
    ("mypy", "mypy --strict src"),
    # Windows is the main platform: its branches are read by the type checker on every machine.
    ("mypy, as on Windows", "mypy --strict --platform=win32 --no-warn-unreachable --cache-dir=.mypy_cache/win32 src"),
    ("import directions", "lint-imports --no-logo"),
    # A number wrongly refused is the worst mistake: every branch of these modules is tried.
    ("idnumbers, every branch", "pytest -q tests/idnumbers --cov=degreecheck.idnumbers --cov-fail-under=100"),
    ("pytest", "pytest -n auto"),
)


def test(pytest_arguments: list[str]) -> int:
    """Run every check, the later ones too when an earlier one fails; the summary comes last."""
    line = system_packages(PACKAGES_TO_RUN + PACKAGES_TO_TEST)
    environment()
    summary: list[tuple[str, bool, float]] = []
    for name, line_of_check in CHECKS:
        say(f"\n──── {name}")
        tool, *arguments = line_of_check.split()
        command = [str(in_venv(tool)), *arguments, *(pytest_arguments if name == "pytest" else [])]
        begun = time.monotonic()
        summary.append((name, run(command).returncode == 0, time.monotonic() - begun))
    say("\n──── summary")
    for name, passed, seconds in summary:
        say(f"{'ok    ' if passed else 'FAILED'}  {name}  ({seconds:.0f} s)")
    if line:
        say(line)
    return 0 if all(passed for _, passed, _ in summary) else 1


def main(arguments: list[str]) -> int:
    """Exit code: 0 all is well, 1 a check failed, 2 wrong usage or something is missing on this machine."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # an old console's encoding must not end the program
    old = too_old(sys.version_info, newer_python())
    if old:
        say(old)
        return 2
    command, rest = (arguments or [""])[0], arguments[1:]
    if command == "test" and rest[:1] in ([], ["--"]):
        task = functools.partial(test, rest[1:])
    elif command == "demo" and not rest:
        task = demo
    else:
        say(__doc__.strip())
        return 2
    try:
        return task()
    except Stop as trouble:
        say(f"\n{trouble}")
        return 2
    except OSError as trouble:  # a disk that is full or read-only, a program that somebody deleted from .venv
        say(f"\n{trouble}\nIf this stays, delete {VENV} and run this again.")
        return 2
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
