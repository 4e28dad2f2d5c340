"""Packs the built folder: a table of what weighs what, the portable archive, the Debian package, the installer."""

from __future__ import annotations

import gzip
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
NAME = "DegreeCheck"
_READ_FIRST = {"win32": "请先解压再打开.txt", "darwin": "请先看我.txt"}
_MB = 1024 * 1024

# What a file of the built folder belongs to: the first whose mark its path holds.
_PARTS = (
    ("reader (rapidocr, onnxruntime)", ("rapidocr", "onnxruntime", "pyclipper", "shapely", "libgeos")),
    ("OpenCV", ("cv2/", "opencv_python_headless.libs", "opencv_")),
    ("numpy", ("numpy",)),
    ("pictures (Pillow, HEIC)", ("PIL/", "pillow", "heif")),
    ("PDF (pdfium)", ("pypdfium2",)),
    ("Qt", ("PySide6", "shiboken6", "libQt6", "Qt6", "libicu")),
    ("cryptography", ("cryptography", "Cryptodome", "libcrypto", "libssl")),
    ("pydantic", ("pydantic",)),
    ("spreadsheets", ("python_calamine", "openpyxl")),
    ("font", ("resources/fonts/",)),
    ("own data", ("degreecheck/resources",)),
    ("Python", ("libpython", "python3", "base_library", "lib-dynload")),
)


def table(folder: Path) -> str:
    """What weighs what in the built folder, in MB, the heaviest first."""
    weights: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            weights[_part_of(path.relative_to(folder).as_posix())] += path.stat().st_size
    lines = [f"{weight / _MB:7.1f} MB  {name}" for name, weight in weights.most_common()]
    return "\n".join([*lines, f"{weights.total() / _MB:7.1f} MB  all"])


def _part_of(name: str) -> str:
    if "/" not in name:
        return "the two programs, with the modules in Python"
    inner = name.partition("/")[2]
    return next((part for part, marks in _PARTS if any(mark in inner for mark in marks)), "system libraries and others")


def archive(output: Path, version: str) -> Path:
    """The portable archive: a zip, on Linux a tar.xz, which keeps what may be executed. The same bytes each time."""
    folder = output / (f"{NAME}.app" if sys.platform == "darwin" else NAME)
    stem = f"{NAME}-{version}-{_system()}"
    _write_read_first(output)
    if sys.platform == "linux":
        target = output / f"{stem}.tar.xz"
        with tarfile.open(target, "w:xz", preset=6) as tar:
            for path in _everything(folder):
                tar.add(path, path.relative_to(output).as_posix(), recursive=False, filter=_nobody)
        return target
    target = output / f"{stem}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        first = output / _READ_FIRST[sys.platform]
        for path in [first, *_everything(folder)]:
            if path.is_symlink() or not path.is_dir():
                _add(packed, path, path.relative_to(output).as_posix())
    (output / _READ_FIRST[sys.platform]).unlink()
    return target


def _everything(folder: Path) -> list[Path]:
    return [folder, *sorted(folder.rglob("*"))]


def _nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = int(os.environ.get("SOURCE_DATE_EPOCH", "315532800"))
    return entry


def _add(packed: zipfile.ZipFile, path: Path, name: str) -> None:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    mode = path.lstat().st_mode
    entry.external_attr = (mode & 0xFFFF) << 16
    entry.create_system = 3  # so that the mode, and what is a link on macOS, is kept
    packed.writestr(entry, str(path.readlink()).encode() if path.is_symlink() else path.read_bytes())


def _write_read_first(output: Path) -> None:
    # Its name sorts, and is read, before the program is started from inside the zip, where it finds none of its files.
    if sys.platform in _READ_FIRST:
        text = (HERE / "read_first.txt").read_text(encoding="utf-8")
        (output / _READ_FIRST[sys.platform]).write_text(text, encoding="utf-8-sig", newline="\r\n")


def _system() -> str:
    names = {"win32": "windows", "darwin": "macos", "linux": "linux"}
    machine = platform.machine().lower()
    return f"{names.get(sys.platform, sys.platform)}-{ {'amd64': 'x64', 'x86_64': 'x64'}.get(machine, machine) }"


# ---- Debian


def deb(folder: Path, output: Path, work: Path, version: str) -> Path:
    """The Debian package. It needs dpkg-deb. Raises SystemExit."""
    if not shutil.which("dpkg-deb"):
        raise SystemExit("dpkg-deb is not here: the Debian package can be built on Debian and its relatives only.")
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, check=True, encoding="ascii"
    ).stdout.strip()
    root = work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / "opt" / "degreecheck", symlinks=True)
    _desktop(root / "usr", work / "made")
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "degreecheck").symlink_to("/opt/degreecheck/degreecheck")
    documents = root / "usr" / "share" / "doc" / "degreecheck"
    documents.mkdir(parents=True)
    shutil.copyfile(folder / "_internal" / "degreecheck" / "resources" / "licences.txt", documents / "copyright")
    changes = (HERE.parent / "CHANGELOG.md").read_bytes()
    (documents / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
    (root / "DEBIAN").mkdir()
    kilobytes = sum(path.lstat().st_size for path in root.rglob("*") if not path.is_dir()) // 1024
    control = (HERE / "linux" / "control").read_text(encoding="utf-8")
    glibc = platform.libc_ver()[1]  # what is built here asks for this one or a newer
    marks = {"VERSION": version, "ARCHITECTURE": architecture, "SIZE": str(kilobytes), "GLIBC": glibc}
    for mark, value in marks.items():
        control = control.replace(f"@{mark}@", value)
    (root / "DEBIAN" / "control").write_text(control, encoding="utf-8")
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    target = output / f"degreecheck_{version}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(target)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target


def _desktop(share_parent: Path, made: Path) -> None:
    """Menu entry, kinds of files, icons."""
    share = share_parent / "share"
    for source, place in (
        ("degreecheck.desktop", "applications"),
        ("degreecheck.xml", "mime/packages"),
        ("io.github.degreecheck.metainfo.xml", "metainfo"),
    ):
        (share / place).mkdir(parents=True)
        shutil.copyfile(HERE / "linux" / source, share / place / source)
    for picture in made.glob("*.png"):
        place = share / "icons" / "hicolor" / f"{picture.stem}x{picture.stem}" / "apps"
        place.mkdir(parents=True)
        shutil.copyfile(picture, place / "degreecheck.png")
    place = share / "icons" / "hicolor" / "scalable" / "apps"
    place.mkdir(parents=True)
    shutil.copyfile(HERE.parent / "resources" / "icons" / "degreecheck.svg", place / "degreecheck.svg")


def appdir(folder: Path, output: Path, work: Path) -> Path:
    """The folder that ``appimagetool`` turns into an AppImage (linux/README.md)."""
    root = output / f"{NAME}.AppDir"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / "opt" / "degreecheck", symlinks=True)
    _desktop(root / "usr", work / "made")
    shutil.copyfile(HERE / "linux" / "degreecheck.desktop", root / "degreecheck.desktop")
    shutil.copyfile(work / "made" / "256.png", root / "degreecheck.png")
    shutil.copyfile(HERE / "linux" / "AppRun", root / "AppRun")
    (root / "AppRun").chmod(0o755)
    return root


# ---- Windows


def installer(folder: Path, output: Path, work: Path, version: str) -> Path:
    """The installer, made by Inno Setup 6. Raises SystemExit."""
    places = [Path(os.environ.get(name, "")) / "Inno Setup 6" for name in ("ProgramFiles(x86)", "ProgramFiles")]
    found = shutil.which("iscc") or next(
        (str(path / "ISCC.exe") for path in places if (path / "ISCC.exe").is_file()), ""
    )
    if not found:
        raise SystemExit("Inno Setup 6 is not here (https://jrsoftware.org/isinfo.php): it makes the installer.")
    scripts = work / "installer"
    scripts.mkdir(parents=True, exist_ok=True)
    for name in ("degreecheck.iss", "chinese.isl"):
        text = (HERE / "windows" / name).read_text(encoding="utf-8")
        (scripts / name).write_text(text, encoding="utf-8-sig")  # the mark by which Inno Setup knows UTF-8
    command = [
        found, "/Qp", f"/DVersion={version}", f"/DProgram={folder}", f"/DMade={work / 'made'}", f"/O{output}",
        str(scripts / "degreecheck.iss"),
    ]  # fmt: skip
    if subprocess.run(command, check=False).returncode != 0:
        raise SystemExit("Inno Setup failed; its lines above say why.")
    return output / f"{NAME}-{version}-windows-x64-setup.exe"
