"""What goes into the built program, its icons, licences and archives: tried without building it."""

from __future__ import annotations

import hashlib
import io
import struct
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from degreecheck import __version__

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "path",
    [
        "_internal/PySide6/QtNetwork.abi3.so",
        "PySide6\\QtNetwork.pyd",
        "PySide6/Qt6Network.dll",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/plugins/networkinformation/qnetworklistmanager.dll",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/opengl32sw.dll",
        "PySide6/Qt/translations/qt_help_ru.qm",
        "cv2/opencv_videoio_ffmpeg4140_64.dll",
        "onnxruntime/datasets/sigmoid.onnx",
        "libgtk-3.so.0",
        "PIL/py.typed",
    ],
)
def test_what_nobody_uses_is_left_out(path: str) -> None:
    import contents

    assert not contents.wanted(path)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/QtWidgets.abi3.so",
        "PySide6/Qt6Core.dll",
        "PySide6/Qt/lib/libQt6DBus.so.6",
        "PySide6/Qt/lib/libQt6XcbQpa.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/translations/qtbase_zh_CN.qm",
        "cv2/data/haarcascade_frontalface_alt2.xml",
        "rapidocr/models/PP-OCRv6_det_small.onnx",
        "rapidocr/config.yaml",
        "degreecheck/resources/packs/cqust.toml",
        "degreecheck/resources/style/window.qss",
        "pillow_heif.libs/libheif-e72ea93c.so.1.23.6",
        "libpython3.11.so.1.0",
        "numpy.libs/libscipy_openblas64_.so",
    ],
)
def test_what_is_needed_stays(path: str) -> None:
    import contents

    assert contents.wanted(path)


def test_every_resource_is_wanted() -> None:
    import contents

    names = [path.relative_to(ROOT).as_posix() for path in (ROOT / "resources").rglob("*") if path.is_file()]
    assert names
    assert [name for name in names if not contents.wanted(f"degreecheck/{name}")] == []


def test_the_version_is_the_program_s() -> None:
    import contents

    assert contents.version() == __version__
    assert f"'{__version__}'" in contents.windows_version_resource("degreecheck", "学位申请预检")


def test_the_version_resource_is_understood_by_its_reader() -> None:
    import contents

    names = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    made: list[str] = []

    def take(name: str) -> object:
        return lambda *given, **named: made.append(name)

    text = contents.windows_version_resource("degreecheck", "说明")
    eval(compile(text, "version", "eval"), {name: take(name) for name in names})  # noqa: S307 (our own text)
    assert set(made) == set(names)


def test_the_two_programs_names_differ_where_capitals_do_not_count() -> None:
    import build

    from degreecheck.commands._selftest_steps import WINDOW_PROGRAM
    from degreecheck.inspectors.process import CONSOLE_PROGRAM

    assert len({name.lower() for name in build._DESCRIPTIONS}) == 2
    assert set(build._DESCRIPTIONS) == {WINDOW_PROGRAM, CONSOLE_PROGRAM}
    spec = (ROOT / "packaging" / "degreecheck.spec").read_text(encoding="utf-8")
    assert f'("{WINDOW_PROGRAM}", "window_entry.py"), ("{CONSOLE_PROGRAM}", "console_entry.py")' in spec


def test_icons_in_every_size_and_format(tmp_path: Path) -> None:
    import icons

    icons.make(ROOT / "resources" / "icons" / "degreecheck.svg", tmp_path)
    for side in icons.SIZES:
        with Image.open(tmp_path / f"{side}.png") as picture:
            assert picture.size == (side, side)
            assert picture.getpixel((side // 2, side // 8))[2] > 150  # blue
            assert picture.getpixel((0, 0))[3] == 0
    with Image.open(tmp_path / "degreecheck.ico") as picture:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= picture.info["sizes"]
        for size in sorted(picture.info["sizes"]):
            shown = picture.ico.getimage(size).convert("RGBA")
            with Image.open(tmp_path / f"{size[0]}.png") as drawn:
                assert shown.tobytes() == drawn.convert("RGBA").tobytes()
    data = (tmp_path / "degreecheck.icns").read_bytes()
    assert struct.unpack(">4sI", data[:8]) == (b"icns", len(data))
    with Image.open(io.BytesIO(data)) as picture:
        assert (512, 512, 1) in picture.info["sizes"]
        picture.load()


def test_a_licence_is_known_of_every_package_that_ships() -> None:
    import licences

    names = licences.shipped(ROOT / "packaging" / "requirements-run.txt")
    assert {"numpy", "pillow", "pydantic", "pyside6-essentials"} <= {name.lower() for name in names}
    assert licences.without_text(names) == []
    text = licences.collected(names, {"font": "Apache"})
    assert "LESSER GENERAL PUBLIC LICENSE" in text.upper()
    assert "MIT License" in text
    assert "Apache" in text


def test_licences_of_the_system_s_libraries_are_taken_from_debian(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import subprocess

    import licences

    (tmp_path / "_internal").mkdir()
    assert licences.of_system_libraries(tmp_path) == {}
    (tmp_path / "_internal" / "libz.so.1").touch()
    asked: list[list[str]] = []

    def answer(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, "zlib1g:amd64: /usr/lib/x86_64-linux-gnu/libz.so.1\n")

    monkeypatch.setattr(licences.shutil, "which", lambda _: "dpkg-query")
    monkeypatch.setattr(licences.subprocess, "run", answer)
    monkeypatch.setattr(licences.Path, "is_file", lambda _: True)
    monkeypatch.setattr(licences.Path, "read_text", lambda path, **_: f"licence in {path.parent.name}")
    found = licences.of_system_libraries(tmp_path)
    assert found == {"zlib1g": "licence in zlib1g"}
    assert asked[0][-1] == "*/libz.so.1"
    assert "licence in zlib1g" in licences.appended(found)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "DegreeCheck"
    (folder / "_internal" / "PySide6").mkdir(parents=True)
    (folder / "degreecheck").write_bytes(b"program")
    (folder / "degreecheck").chmod(0o755)
    (folder / "_internal" / "PySide6" / "QtCore.abi3.so").write_bytes(b"q" * 2 * 1024 * 1024)
    return tmp_path


def test_what_weighs_what(built: Path) -> None:
    import packing

    lines = packing.table(built / "DegreeCheck").splitlines()
    assert lines[0].split() == ["2.0", "MB", "Qt"]
    assert lines[-1].split()[0] == "2.0"


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_an_archive_has_everything_and_is_the_same_each_time(
    built: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    import packing

    monkeypatch.setattr(packing.sys, "platform", system)
    if system == "darwin":
        (built / "DegreeCheck").rename(built / "DegreeCheck.app")
    sums = []
    for _ in range(2):
        target = packing.archive(built, "1.2.3")
        sums.append(hashlib.sha256(target.read_bytes()).hexdigest())
        for path in built.rglob("*"):
            path.touch()
    assert sums[0] == sums[1]
    if system == "linux":
        with tarfile.open(target) as tar:
            names = tar.getnames()
            assert tar.getmember("DegreeCheck/degreecheck").mode & 0o111
            assert {entry.uid for entry in tar} == {0}
    else:
        with zipfile.ZipFile(target) as packed:
            names = packed.namelist()
            words = packed.read(names[0]).decode("utf-8-sig")
        assert names[0].endswith(".txt")
        assert "解压" in words
    assert any(name.endswith("_internal/PySide6/QtCore.abi3.so") for name in names)
    assert target.name.startswith("DegreeCheck-1.2.3-")


def test_sums_name_what_is_handed_out(built: Path) -> None:
    import build

    (built / "DegreeCheck-1.zip").write_bytes(b"zip")
    build.write_sums(built)
    build.write_sums(built)
    assert (built / "SHA256SUMS").read_text(
        encoding="utf-8"
    ) == f"{hashlib.sha256(b'zip').hexdigest()}  DegreeCheck-1.zip\n"


def test_network_libraries_in_a_built_folder_are_named(built: Path) -> None:
    import build

    assert build.unwanted(built / "DegreeCheck") == []
    (built / "DegreeCheck" / "_internal" / "libQt6Network.so.6").write_bytes(b"")
    assert build.unwanted(built / "DegreeCheck") == ["_internal/libQt6Network.so.6"]


def test_signing_without_a_certificate_says_what_it_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import signing

    for name in ("DEGREECHECK_CERTIFICATE", "DEGREECHECK_CERTIFICATE_SHA1", "DEGREECHECK_IDENTITY"):
        monkeypatch.delenv(name, raising=False)
    for system, needed in (("win32", "DEGREECHECK_CERTIFICATE"), ("darwin", "DEGREECHECK_IDENTITY")):
        monkeypatch.setattr(signing.sys, "platform", system)
        with pytest.raises(SystemExit, match=needed):
            signing.sign_folder(tmp_path)


def test_the_environment_is_as_it_was_before_the_loader_changed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    import started

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "inside")
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "before")
    started.restore_environment()
    assert os.environ["LD_LIBRARY_PATH"] == "before"
    started.restore_environment()
    assert "LD_LIBRARY_PATH" not in os.environ
