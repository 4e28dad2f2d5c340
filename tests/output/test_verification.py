"""What is told of a bundle: complete and unchanged, or which files are not, or why nobody knows."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import pyzipper

from degreecheck import text
from degreecheck.inspectors.limits import WorkerLimits
from degreecheck.inspectors.messages import BagFacts, BagTrouble
from degreecheck.inspectors.pool import Pool
from degreecheck.output.bag import write_file, write_tags
from degreecheck.output.verification import Verification, size_of, verify

FAKE_WORKER = Path(__file__).parent.parent / "fake_worker.py"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1) as pool:
        yield pool


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    root = tmp_path / "林小满-学位申请材料"
    payload = [write_file(root, f"data/{name}", name.encode()) for name in ("report.json", "上传材料/05-电子照片.jpg")]
    write_tags(root, payload, [("External-Description", "林小满")])
    return root


def told(found: Verification, path: Path, language: str = "zh") -> list[str]:
    return list(found.sentences(path, text.load(language)))


def test_an_unchanged_bundle(bundle: Path, pool: Pool) -> None:
    found = verify(bundle, pool)
    assert found.outcome == "intact"
    assert told(found, bundle) == ["完整，没有改动：6 个文件，0.0 MB。"]


def test_every_change_is_named(bundle: Path, pool: Pool) -> None:
    (bundle / "data/report.json").unlink()
    (bundle / "data/上传材料/05-电子照片.jpg").write_bytes(b"other")
    (bundle / "data/上传材料/木马.exe").write_bytes(b"MZ")
    found = verify(bundle, pool)
    assert found.outcome == "changed"
    assert told(found, bundle) == [
        "与导出时不一致，有 3 处：", "　缺少：data/report.json", "　多出：data/上传材料/木马.exe",
        "　内容改动：data/上传材料/05-电子照片.jpg",
    ]  # fmt: skip
    assert len(told(found, bundle, "en")) == 4


def test_a_bundle_named_by_a_relative_path_or_a_link(bundle: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bundle)
    assert verify(Path(), pool).outcome == "intact"
    if sys.platform != "win32":
        link = bundle.parent / "link"
        link.symlink_to(bundle, target_is_directory=True)
        assert verify(link, pool).outcome == "intact"


def test_what_is_no_bundle(tmp_path: Path, pool: Pool) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\5\6" + bytes(18))
    for place in (tmp_path, tmp_path / "a.zip"):
        found = verify(place, pool)
        assert found.outcome == "not_a_bundle"
        assert str(place) in told(found, place)[0]
    with pytest.raises(OSError, match="gone"):
        verify(tmp_path / "gone", pool)


def test_passwords(bundle: Path, tmp_path: Path, pool: Pool) -> None:
    path = tmp_path / "a.zip"
    with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"secret")
        for file in sorted(bundle.rglob("*.*")):
            archive.write(file, file.relative_to(bundle).as_posix())
    for password, outcome, reason in (
        ("", "unread", "bundle.encrypted"), ("other", "unread", "bundle.wrong_password"), ("secret", "intact", ""),
    ):  # fmt: skip
        found = verify(path, pool, password)
        assert (found.outcome, found.reason) == (outcome, reason)
        assert told(found, path)
        assert bool(found.why(text.load("zh"))) == bool(reason)


def test_a_damaged_zip_cannot_be_verified(bundle: Path, tmp_path: Path, pool: Pool) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(bundle / "bagit.txt", "bagit.txt")
    path.write_bytes(path.read_bytes()[:-10])
    found = verify(path, pool)
    assert (found.outcome, found.reason) == ("unread", "unreadable.damaged")
    assert told(found, path) == ["无法核对：文件已损坏，或者没有下载完整。"]


@pytest.mark.parametrize(("name", "reason"), [("hangs", "timed_out"), ("dies", "died"), ("wrong-shape", "nonsense")])
def test_a_worker_that_is_lost_is_no_verdict(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / name).mkdir()
    with Pool(1, WorkerLimits(seconds=0.2, grace_seconds=0.2), command=[sys.executable, str(FAKE_WORKER)]) as lost:
        found = verify(tmp_path / name, lost)
    assert (found.outcome, found.reason) == ("unread", f"not_checked.{reason}")
    assert told(found, tmp_path)


def test_files_that_cannot_be_read_are_no_change(bundle: Path) -> None:
    facts = BagFacts(state="read", troubles=(BagTrouble(kind="unreadable", name="data/a"),), more=3)
    found = Verification("unread", facts, "bundle.unreadable_files")
    assert told(found, bundle) == ["有文件读不出来，没有核对完。", "　读不出来：data/a", "　另有 3 处没有列出"]


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_the_time_allowed_grows_with_the_size(bundle: Path, kind: str) -> None:
    path = bundle if kind == "folder" else bundle / "data/report.json"
    before = size_of(path)
    with (bundle / "data/report.json").open("ab") as file:
        file.truncate(1_000_000)
    assert size_of(path) - before >= 900_000
