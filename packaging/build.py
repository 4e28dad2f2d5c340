"""Builds the program for the system that it runs on, tries it, and packs it.

    python packaging/build.py [--output FOLDER] [--archive] [--deb] [--appdir] [--installer]
                                [--sign] [--keep]

Into FOLDER (default: dist in the checkout): DegreeCheck/ (on macOS also DegreeCheck.app), and, where asked for, the zip
or tar, the .deb, the installer of Windows, each with its line in SHA256SUMS. It needs the environment of
``dev.py test`` and fetches nothing. Nothing is signed unless --sign is given and there is a certificate (signing.py).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

import contents  # noqa: E402
import icons  # noqa: E402
import licences  # noqa: E402
import packing  # noqa: E402
import signing  # noqa: E402

FONTS = (
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
)  # Debian's fonts-wqy-microhei: 5 MB, reads back exactly
_FONT_LICENCE = Path("/usr/share/doc/fonts-wqy-microhei/copyright")
_DESCRIPTIONS = {"DegreeCheckWindow": "学位申请预检", "degreecheck": "学位申请预检（命令行）"}


def made_beforehand(work: Path) -> Path:
    """Icons, version resources, licences and, on Linux, the font: what the spec collects."""
    made = work / "made"
    shutil.rmtree(made, ignore_errors=True)
    icons.make(ROOT / "resources" / "icons" / "degreecheck.svg", made)
    for name, description in _DESCRIPTIONS.items():
        resource = contents.windows_version_resource(name, description)
        (made / f"{name}.version.txt").write_text(resource, encoding="utf-8")
    resources = made / "resources"
    resources.mkdir()
    extra = {}
    if sys.platform == "linux":
        font = next((path for path in FONTS if path.is_file()), None)
        if font is None:
            print("No font to ship: install fonts-wqy-microhei to build a package that needs none.")
        else:
            (resources / "fonts").mkdir()
            shutil.copyfile(font, resources / "fonts" / font.name)
            extra[font.name] = _FONT_LICENCE.read_text(encoding="utf-8") if _FONT_LICENCE.is_file() else "Apache-2.0"
    names = licences.shipped(HERE / "requirements-run.txt")
    missing = licences.without_text(names)
    if missing:
        raise SystemExit(f"No licence is known of: {', '.join(missing)}")
    (resources / "licences.txt").write_text(licences.collected(names, extra), encoding="utf-8")
    return made


def build(output: Path, work: Path) -> Path:
    """Build from nothing; returns the folder of the program. Raises SystemExit."""
    made = made_beforehand(work)
    folder = output / "DegreeCheck"
    for earlier in (folder, output / "DegreeCheck.app"):
        shutil.rmtree(earlier, ignore_errors=True)
    command = [
        sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        "--distpath", str(output), "--workpath", str(work / "pyinstaller"), str(HERE / "degreecheck.spec"),
    ]  # fmt: skip
    environment = os.environ | {"DEGREECHECK_MADE": str(made), "PYTHONHASHSEED": "0"}  # the same bytes each time
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        raise SystemExit("PyInstaller failed; its lines above say why.")
    if sys.platform == "linux":  # which libraries of the system are shipped is known only now
        with (folder / "_internal/degreecheck/resources/licences.txt").open("a", encoding="utf-8") as file:
            file.write(licences.appended(licences.of_system_libraries(folder)))
    return folder


def unwanted(folder: Path) -> list[str]:
    """Files in the built folder that must not be there: anything of the network's, above all."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [name for name in names if not contents.wanted(name)]


def smoke_test(folder: Path) -> None:
    """Run the built program's own test. Raises SystemExit."""
    places = {
        "win32": folder / "degreecheck.exe",
        "darwin": folder.with_name("DegreeCheck.app") / "Contents/MacOS/degreecheck",
    }
    program = places.get(sys.platform, folder / "degreecheck")
    if subprocess.run([str(program), "selftest"], check=False, cwd=folder).returncode != 0:
        raise SystemExit("The built program failed its own test.")


def write_sums(output: Path) -> None:
    """SHA256SUMS of every file that is handed out."""
    files = sorted(path for path in output.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = []
    for path in files:
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    (output / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def main() -> int:
    """Returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=ROOT / "dist")
    parser.add_argument("--work", type=Path, default=ROOT / "build")
    parser.add_argument("--archive", action="store_true", help="also the portable zip (on Linux a tar.xz)")
    parser.add_argument("--deb", action="store_true", help="also the Debian package (on Debian and its relatives)")
    parser.add_argument("--appdir", action="store_true", help="also the folder of which an AppImage is made (on Linux)")
    parser.add_argument("--installer", action="store_true", help="also the installer (on Windows, with Inno Setup)")
    parser.add_argument("--sign", action="store_true", help="sign what is built; see signing.py")
    parser.add_argument("--keep", action="store_true", help="pack what was built before, without building it anew")
    asked = parser.parse_args()
    output, work = asked.output.absolute(), asked.work.absolute()
    output.mkdir(parents=True, exist_ok=True)
    folder = output / "DegreeCheck" if asked.keep else build(output, work)
    found = unwanted(folder)
    if found:
        raise SystemExit("These files must not be shipped:\n  " + "\n  ".join(found[:40]))
    if asked.sign:
        signing.sign_folder(folder)
    smoke_test(folder)
    print(packing.table(folder))
    if asked.archive:
        print(packing.archive(output, contents.version()))
    if asked.deb:
        print(packing.deb(folder, output, work, contents.version()))
    if asked.appdir:
        print(packing.appdir(folder, output, work))
    if asked.installer:
        print(packing.installer(folder, output, work, contents.version()))
        if asked.sign:
            signing.sign_files(sorted(output.glob("*-setup.exe")))
    write_sums(output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
