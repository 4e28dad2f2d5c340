"""A target appears whole or not at all, and never in another file's place."""

import errno
import os
import sys
from pathlib import Path

import pytest

from degreecheck.inspectors import copying, opening, writing
from degreecheck.inspectors.copying import copy_file
from degreecheck.inspectors.unreadable import CannotRead
from degreecheck.inspectors.writing import CannotWrite, unfinished, written


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refusal(target: Path) -> str:
    with pytest.raises(CannotWrite) as refused, written(target) as file:
        file.write(b"new")
    return refused.value.reason


def test_it_is_there_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "上传 材料.jpg"
    with written(target) as file:
        file.write(b"half")
        assert not target.exists()
        file.write(b"whole")
    assert target.read_bytes() == b"halfwhole"
    assert names(tmp_path) == ["上传 材料.jpg"]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyError), written(tmp_path / "a") as file:  # noqa: PT012
        file.write(b"half")
        raise KeyError
    assert names(tmp_path) == []


def test_another_file_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    assert refusal(target) == "exists"
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_not_even_one_that_appears_meanwhile(tmp_path: Path) -> None:
    target = tmp_path / "a"
    with pytest.raises(CannotWrite) as refused, written(target) as file:  # noqa: PT012
        file.write(b"new")
        target.write_bytes(b"old")
    assert refused.value.reason == "exists"
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_what_an_earlier_run_left_is_in_nobodys_way(tmp_path: Path) -> None:
    unfinished(tmp_path / "a").write_bytes(b"left")
    with written(tmp_path / "a") as file:
        file.write(b"new")
    assert names(tmp_path) == ["a"]


def test_the_longest_name_has_room(tmp_path: Path) -> None:
    target = tmp_path / ("论" * 83 + ".pdf")  # 253 bytes; most systems take 255
    with written(target) as file:
        file.write(b"x")
    assert target.read_bytes() == b"x"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone" / "a") == "failed"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "no_space"),
        (errno.EDQUOT, "no_space"),
        (errno.EACCES, "no_permission"),
        (errno.EROFS, "no_permission"),
        (errno.EIO, "failed"),
    ],
)
def test_the_systems_refusals_have_reasons(tmp_path: Path, number: int, expected: str) -> None:
    with pytest.raises(CannotWrite) as refused, written(tmp_path / "a"):
        raise OSError(number, "张三")
    assert refused.value.reason == expected
    assert names(tmp_path) == []


def test_a_full_disk_on_windows(tmp_path: Path) -> None:
    error = OSError("full")
    error.winerror = 112  # type: ignore[attr-defined]
    with pytest.raises(CannotWrite) as refused, written(tmp_path / "a"):
        raise error
    assert refused.value.reason == "no_space"


def test_file_systems_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links on exFAT")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "hardlink_to", none)
    with written(tmp_path / "a") as file:
        file.write(b"x")
    assert names(tmp_path) == ["a"]
    with pytest.raises(CannotWrite) as refused, written(tmp_path / "b"):
        (tmp_path / "b").write_bytes(b"old")
    assert refused.value.reason == "exists"
    assert (tmp_path / "b").read_bytes() == b"old"


def test_a_broken_link_attempt_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Path, target: Path) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(Path, "hardlink_to", broken)
    assert refusal(tmp_path / "a") == "failed"


def test_on_windows_a_scanner_may_hold_the_fresh_file_for_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = 3
    rename = Path.rename

    def scanned(self: Path, target: Path) -> Path:
        nonlocal held
        if held:
            held -= 1
            raise PermissionError(errno.EACCES, "in use")
        return rename(self, target)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(writing.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(Path, "rename", scanned)
    with written(tmp_path / "a") as file:
        file.write(b"x")
    assert names(tmp_path) == ["a"]
    held = 1_000
    assert refusal(tmp_path / "b") == "no_permission"

    def taken(self: Path, target: Path) -> Path:
        raise FileExistsError(errno.EEXIST, "exists")

    monkeypatch.setattr(Path, "rename", taken)
    assert refusal(tmp_path / "c") == "exists"
    assert names(tmp_path) == ["a"]


# -------------------------------------------------------------------------------------------------------------- copy


def test_a_source_that_changes_is_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a"
    source.write_bytes(b"x" * 2_000_000)
    os.utime(source, ns=(1, 1))
    chunks = opening.chunks

    def changing(descriptor: int):  # type: ignore[no-untyped-def]
        yield next(pieces := chunks(descriptor))
        source.write_bytes(b"y" * 2_000_000)
        yield from pieces

    monkeypatch.setattr(copying.opening, "chunks", changing)
    with pytest.raises(CannotRead) as refused:
        copy_file(source, tmp_path / "b")
    assert refused.value.reason == "in_use"
    assert names(tmp_path) == ["a"]


def test_a_source_that_cannot_be_read_to_its_end_is_the_sources_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"x")

    def failing(descriptor: int, count: int) -> bytes:
        raise OSError(errno.EIO, "bad sector")

    monkeypatch.setattr(os, "read", failing)
    with pytest.raises(CannotRead):
        copy_file(tmp_path / "a", tmp_path / "b")
    assert names(tmp_path) == ["a"]
