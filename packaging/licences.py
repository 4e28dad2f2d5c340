"""Collects the licences of everything that is shipped into one text, shown under "About"."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LICENCE = re.compile(r"(^|/)(licen[sc]e|copying|notice|authors|third.?party)[^/]*$", re.IGNORECASE)
_RULE = "=" * 78
_QT = """\
Qt and PySide6 are used under the GNU Lesser General Public License, version 3 (https://www.gnu.org/licenses/lgpl-3.0).
They are separate files in the folder of the program, unchanged as published by The Qt Company and on PyPI, and may be
replaced by other builds of the same version. Their source: https://download.qt.io and https://code.qt.io.
Qt 与 PySide6 依 LGPL 第 3 版使用：它们是程序文件夹中独立的文件，可以替换为同版本的其他构建。
"""


def shipped(requirements: Path) -> list[str]:
    """The names of the packages that the pinned requirements name, as far as they are installed here."""
    text = requirements.read_text(encoding="utf-8")
    names = re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE)
    return sorted({name for name in names if _installed(name)}, key=str.lower)


def collected(names: list[str], extra: dict[str, str]) -> str:
    """One text: this program's licence, Python's, then each package's, then ``extra`` by its name."""
    parts = [_part("DegreeCheck", (ROOT / "LICENSE").read_text(encoding="utf-8")), _part("Python", _python())]
    parts += [_part(_title(name), _of(name)) for name in names]
    parts += [_part(name, text) for name, text in extra.items()]
    return "\n".join(parts)


def of_system_libraries(folder: Path) -> dict[str, str]:
    """On Debian: what its packages say of the libraries of theirs that stand in the built folder, by package."""
    names = sorted(path.name for path in folder.glob("_internal/lib*.so*") if not path.is_symlink())
    if not names or not shutil.which("dpkg-query"):
        return {}
    command = ["dpkg-query", "--search", *(f"*/{name}" for name in names)]
    found = subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout
    packages = {line.partition(":")[0] for line in found.splitlines() if "/usr/lib" in line or ": /lib" in line}
    texts = {name: Path("/usr/share/doc") / name / "copyright" for name in sorted(packages)}
    return {name: path.read_text(encoding="utf-8", errors="replace") for name, path in texts.items() if path.is_file()}


def appended(parts: dict[str, str]) -> str:
    """More texts, to stand after the collected ones."""
    return "".join(f"\n{_part(name, text)}" for name, text in parts.items())


def without_text(names: list[str]) -> list[str]:
    """The packages that bring neither a licence's text nor its name."""
    return [name for name in names if not _of(name).strip()]


def _installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _title(name: str) -> str:
    found = metadata.distribution(name)
    return f"{found.metadata['Name']} {found.version}"


def _of(name: str) -> str:
    found = metadata.distribution(name)
    said = found.metadata.get("License-Expression") or _first_line(found.metadata.get("License", "")) or ""
    classified = [
        entry.rpartition(" :: ")[2] for entry in found.metadata.get_all("Classifier", []) if entry.startswith("License")
    ]
    texts = [str(said or ", ".join(classified))]
    if name.lower().startswith(("pyside6", "shiboken6")):
        return f"{texts[0]}\n\n{_QT}"
    for file in found.files or []:
        path = Path(str(file.locate()))
        if _LICENCE.search(file.as_posix()) and path.suffix.lower() not in (".py", ".pyc", ".html") and path.is_file():
            texts.append(path.read_text(encoding="utf-8", errors="replace").strip())
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def _first_line(text: str | None) -> str:
    return (text or "").strip().split("\n")[0][:120]


def _python() -> str:
    import sys

    for folder in (Path(sys.base_prefix), Path(sys.base_prefix) / "lib" / f"python3.{sys.version_info[1]}"):
        for name in ("LICENSE.txt", "LICENSE"):
            if (folder / name).is_file():
                return (folder / name).read_text(encoding="utf-8", errors="replace")
    return "Python Software Foundation License Version 2, https://docs.python.org/3/license.html"


def _part(title: str, text: str) -> str:
    return f"{_RULE}\n{title}\n{_RULE}\n\n{text.strip()}\n"
