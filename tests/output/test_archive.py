"""The zip: names that every tool reads, a steady order, AES where there is a password."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import pyzipper

import make
from degreecheck.output.archive import ChangedMeanwhile, write_zip
from degreecheck.output.bag import BagFile, write_file, write_tags, written_file

TOP = "林小满-学位申请材料"
CONTENTS = {
    "data/01-填报单.html": b"<p>" * 4000,
    "data/上传材料/05-电子照片.jpg": bytes(range(256)) * 20,
    "data/𠮷.txt": b"",
}


@pytest.fixture
def files(tmp_path: Path) -> list[BagFile]:
    return [write_file(tmp_path / "bag", name, data) for name, data in CONTENTS.items()]


def packed(place: Path, files: list[BagFile], password: str = "") -> Path:
    target = place / "bag.zip"
    told: list[tuple[int, int]] = []
    write_zip(
        target, place / "bag", TOP, files, password=password, made_at=make.NOW,
        on_progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert told == [(0, 3), (1, 3), (2, 3)]
    return target


def test_names_and_contents_come_back(tmp_path: Path, files: list[BagFile]) -> None:
    with zipfile.ZipFile(packed(tmp_path, files)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"{TOP}/{name}" for name in CONTENTS]
        assert all(info.flag_bits & 0x800 for info in archive.infolist())
        assert {name: archive.read(f"{TOP}/{name}") for name in CONTENTS} == CONTENTS
        kinds = {info.filename.rsplit(".")[-1]: info.compress_type for info in archive.infolist()}
        assert (kinds["jpg"], kinds["html"]) == (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        assert {info.date_time for info in archive.infolist()} == {(2026, 4, 18, 12, 0, 0)}


def test_the_same_bag_gives_the_same_zip(tmp_path: Path, files: list[BagFile]) -> None:
    first = packed(tmp_path, files).read_bytes()
    (tmp_path / "bag.zip").unlink()
    assert packed(tmp_path, files).read_bytes() == first


def test_a_password_encrypts_every_file_with_aes(tmp_path: Path, files: list[BagFile]) -> None:
    target = packed(tmp_path, files, "correct horse")
    assert b"<p><p>" not in target.read_bytes()
    with pyzipper.AESZipFile(target) as archive:
        assert all(info.flag_bits & 0x801 == 0x801 and info.wz_aes_strength == 3 for info in archive.infolist())
        with pytest.raises(RuntimeError):
            archive.read(archive.namelist()[0], pwd=b"wrong")
        assert {name: archive.read(f"{TOP}/{name}", pwd=b"correct horse") for name in CONTENTS} == CONTENTS


def test_a_file_that_is_another_by_now_is_found(tmp_path: Path, files: list[BagFile]) -> None:
    (tmp_path / "bag/data/01-填报单.html").write_bytes(b"other")
    with pytest.raises(ChangedMeanwhile):
        packed(tmp_path, files)


def test_a_zip_is_never_written_over_another(tmp_path: Path, files: list[BagFile]) -> None:
    packed(tmp_path, files)
    with pytest.raises(FileExistsError):
        packed(tmp_path, files)


# What other people's tools show; which of them there are depends on the machine.
LISTED_BY = [
    command for command in (["unzip", "-Z1"], ["7z", "l", "-slt"], ["bsdtar", "-tf"]) if shutil.which(command[0])
]


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "zh_CN.UTF-8"])
def test_other_tools_show_the_names_as_they_are(tmp_path: Path, files: list[BagFile], locale: str) -> None:
    target = packed(tmp_path, files)
    with zipfile.ZipFile(target) as archive:
        assert len(archive.namelist()) == len(CONTENTS)
    for command in LISTED_BY:
        environment = {"LC_ALL": locale, "PATH": "/usr/local/bin:/usr/bin:/bin"}
        shown = subprocess.run([*command, str(target)], capture_output=True, env=environment, timeout=60, check=False)
        # bsdtar in the locale C refuses names that are not ASCII rather than show others in their place.
        if shown.returncode == 0:
            assert "data/上传材料/05-电子照片.jpg".encode() in shown.stdout, command


def test_tag_files_state_the_payload(tmp_path: Path, files: list[BagFile]) -> None:
    tags = write_tags(tmp_path / "bag", files, [("External-Description", "林小满\n学位申请")])
    info = (tmp_path / "bag/bag-info.txt").read_text(encoding="utf-8")
    assert info == f"External-Description: 林小满 学位申请\nPayload-Oxum: {12000 + 5120}.3\n"
    assert [tag.name for tag in tags] == ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    for tag in tags:
        assert hashlib.sha256((tmp_path / "bag" / tag.name).read_bytes()).hexdigest() == tag.sha256
        assert written_file(tmp_path / "bag", tag.name) == tag


def test_percent_signs_are_escaped_in_the_manifest(tmp_path: Path) -> None:
    write_tags(tmp_path, [write_file(tmp_path, "data/100%.txt", b"x")], [])
    assert "data/100%25.txt\n" in (tmp_path / "manifest-sha256.txt").read_text(encoding="utf-8")
