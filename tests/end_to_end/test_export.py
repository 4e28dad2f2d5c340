"""export and verify as people call them: in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import make
import make_folders

TODAY = ("--today", "2026-04-18", "--no-text")


def degreecheck(
    *arguments: str | Path, words: bytes = b"", encoding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "degreecheck", *map(str, arguments)], input=words, capture_output=True, timeout=240,
        check=False, env=os.environ | {"PYTHONIOENCODING": encoding},
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(encoding, "replace"), done.stderr.decode(encoding, "replace")
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An application, exported with a password."""
    place = tmp_path_factory.mktemp("导出 测试")
    source = make_folders.write(place / "林小满-学位申请")
    before = make_folders.snapshot(source)
    done = degreecheck("export", source, "-o", place / "导出", "--password-stdin", *TODAY, words=b"correct horse\r\n")
    assert done.returncode == 0, done.stderr
    assert "7-Zip" in done.stdout
    assert "没有加密" in done.stdout
    assert "需要确认" in done.stdout
    assert not done.stderr
    assert make_folders.snapshot(source) == before
    return place


@pytest.fixture(scope="module")
def bundle(place: Path) -> Path:
    return place / "导出" / "林小满-工商管理-学位申请材料"


@pytest.fixture
def altered(bundle: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "改过"
    shutil.copytree(bundle, copy)
    (copy / "data/上传材料/01-论文文档.pdf").write_bytes(b"%PDF-1.7 other")
    return copy


def test_folder_and_zip_verify(bundle: Path) -> None:
    whole = degreecheck("verify", bundle)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert "完整" in whole.stdout
    archive = bundle.with_name(bundle.name + ".zip")
    assert degreecheck("verify", archive).returncode == 3
    assert "--password-stdin" in degreecheck("verify", archive).stderr
    assert degreecheck("verify", archive, "--password-stdin", words=b"wrong").returncode == 3
    opened = degreecheck("verify", archive, "--password-stdin", "--lang", "en", words=b"\xef\xbb\xbfcorrect horse")
    assert opened.returncode == 0
    assert "Complete" in opened.stdout


def test_changes_are_named_with_exit_code_one(altered: Path) -> None:
    done = degreecheck("verify", altered)
    assert done.returncode == 1
    assert "内容改动：data/上传材料/01-论文文档.pdf" in done.stdout


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_any_console_encoding_will_do(altered: Path, encoding: str) -> None:
    done = degreecheck("verify", altered, encoding=encoding)
    assert done.returncode == 1
    assert "01-" in done.stdout


def test_wrong_usage(place: Path, bundle: Path, tmp_path: Path) -> None:
    source = place / "林小满-学位申请"
    for arguments, words, sentence in (
        (("verify", tmp_path / "没有"), b"", "找不到"),
        (("verify", source), b"", "不是导出的申请材料包"),
        (("export", tmp_path / "没有", "-o", tmp_path / "a"), b"", "找不到"),
        (("export", source, "-o", source / "导出"), b"", "另选一个目录"),
        (("export", bundle, "-o", tmp_path / "a"), b"", "已经导出"),
        (("export", source, "-o", tmp_path / "a", "--password-stdin"), b"\n", "密码"),
        (("export", source, "-o", tmp_path / "a", "--password-stdin"), "密码".encode(), "英文"),
        (("export", source, "-o", tmp_path / "a", "--password-stdin"), b"x" * 129, "128"),
        (("export", source, "-o", tmp_path / "a", "--pack", "nowhere"), b"", "没有这个学校规则"),
        (("export", source), b"", ""),
    ):
        done = degreecheck(*arguments, words=words)
        assert done.returncode == 2, arguments
        assert sentence in done.stderr
        assert done.stderr
    assert not (tmp_path / "a").exists()


def test_errors_refuse_it_and_say_why(tmp_path: Path) -> None:
    source = make_folders.write(tmp_path / "source", {"confirmations.truthful": False})
    done = degreecheck("export", source / "application.json", "-o", tmp_path / "out", *TODAY)
    assert done.returncode == 1
    assert "DEC101" in done.stdout
    assert "--allow-errors" in done.stderr
    assert make.ID_NUMBER not in done.stdout + done.stderr
    assert not (tmp_path / "out").exists()


def test_errors_can_be_allowed(tmp_path: Path) -> None:
    source = make_folders.write(tmp_path / "source", {"courses.average_score": "785"}, without=["materials/成绩单.jpg"])
    done = degreecheck("export", source, "-o", tmp_path / "out", "--allow-errors", "--quiet", "--lang", "en", *TODAY)
    assert done.returncode == 0, done.stderr
    assert "未通过预检" in done.stdout
    assert "materials/成绩单.jpg" in done.stdout
    with zipfile.ZipFile(next((tmp_path / "out").glob("*.zip"))) as archive:
        assert archive.testzip() is None


# ----------------------------------------------------------------------------------------------------- check of bundles


def test_a_bundle_is_verified_and_judged(bundle: Path) -> None:
    done = degreecheck("check", bundle, "--json", "-", *TODAY)
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert report["verdict"] == "confirm"
    assert report["applicant"]["name"] == "林小满"
    codes = {finding["code"] for finding in report["findings"]}
    assert not codes & {"MAT202", "MAT203"}


def test_an_altered_bundle_says_so(altered: Path) -> None:
    done = degreecheck("check", altered, "--json", "-", *TODAY)
    assert done.returncode == 1
    assert "内容改动：data/上传材料/01-论文文档.pdf" in done.stderr
    assert json.loads(done.stdout)["applicant"]["name"] == "林小满"


def test_a_desk_of_bundles(bundle: Path, altered: Path, tmp_path: Path) -> None:
    desk = tmp_path / "一班" / "收到的"
    shutil.copytree(bundle, desk / bundle.name)
    shutil.copytree(altered, desk / "改过")
    done = degreecheck("check", tmp_path / "一班", "--json", "-", *TODAY)
    assert done.returncode == 1
    assert [json.loads(line)["folder"] for line in done.stdout.splitlines()] == ["收到的/改过", f"收到的/{bundle.name}"]
    assert done.stderr.count("与导出时不一致，下面") == 1


def test_an_encrypted_zip_is_told_to_be_unpacked_and_never_passed(bundle: Path) -> None:
    done = degreecheck("check", bundle.with_name(bundle.name + ".zip"))
    assert done.returncode == 3
    assert "没有检查" in done.stderr
    assert "解压" in done.stderr
