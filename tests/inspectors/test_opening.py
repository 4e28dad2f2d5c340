"""Only ordinary, present, readable files of bearable size are opened, and nothing ever waits for one."""

import errno
import hashlib
import os
import threading
from pathlib import Path

import pytest

from degreecheck.inspectors import opening
from degreecheck.inspectors.opening import cannot_read, read_content
from degreecheck.inspectors.unreadable import CannotRead


def reason(path: Path, **options: int) -> str:
    with pytest.raises(CannotRead) as refusal:
        read_content(path, **options)
    return refusal.value.reason


def test_a_file_is_read_once_with_hash_size_and_head(tmp_path: Path) -> None:
    data = os.urandom(3_000_001)
    path = tmp_path / "论 文.pdf"
    path.write_bytes(data)
    content = read_content(path)
    assert (content.size, content.sha256) == (3_000_001, hashlib.sha256(data).hexdigest())
    assert content.head == data[: opening.HEAD_BYTES]


def test_an_empty_file_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    assert read_content(tmp_path / "a").size == 0


def test_size_is_bounded_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert read_content(path, max_bytes=5).size == 5
    monkeypatch.setattr(opening, "chunks", lambda descriptor: pytest.fail("was read"))
    assert reason(path, max_bytes=4) == "too_large"


def test_folders_and_missing_files(tmp_path: Path) -> None:
    assert reason(tmp_path) == "not_a_file"
    assert reason(tmp_path / "gone") == "gone"
    assert reason(tmp_path / "gone" / "below") == "gone"
    assert reason(Path("null\0")) == "gone"
    assert reason(tmp_path / ("长" * 500)) == "gone"


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    link = tmp_path / "link"
    try:
        link.symlink_to(tmp_path / "a")
    except OSError:  # Windows without the right to make links: a directory is refused the same way
        link.mkdir()
    assert reason(link) == "not_a_file"


if hasattr(os, "mkfifo"):

    def test_a_pipe_does_not_block(tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.jpg")
        assert reason(tmp_path / "pipe.jpg") == "not_a_file"

    def test_a_pipe_put_there_after_the_look_does_not_block_either(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        os.mkfifo(tmp_path / "pipe.jpg")
        monkeypatch.setattr(opening, "look", lambda path: None)
        assert reason(tmp_path / "pipe.jpg") == "not_a_file"

    def test_a_link_put_there_after_the_look_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "a").write_bytes(b"x")
        (tmp_path / "link").symlink_to(tmp_path / "a")
        monkeypatch.setattr(opening, "look", lambda path: None)
        assert reason(tmp_path / "link") == "not_a_file"

    def test_devices_are_no_files() -> None:
        assert reason(Path(os.devnull)) == "not_a_file"


def change_while_reading(path: Path, monkeypatch: pytest.MonkeyPatch, change: bytes) -> None:
    chunks = opening.chunks

    def changing(descriptor: int):  # type: ignore[no-untyped-def]
        yield next(pieces := chunks(descriptor))
        path.write_bytes(change)
        yield from pieces

    monkeypatch.setattr(opening, "chunks", changing)


@pytest.mark.parametrize("change", [b"longer" * 1_000_000, b"", b"x" * 2_000_000])
def test_a_file_being_saved_is_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"y" * 2_000_000)
    os.utime(path, ns=(1, 1))
    change_while_reading(path, monkeypatch, change)
    assert reason(path) == "in_use"


@pytest.mark.parametrize(
    ("number", "windows", "expected"),
    [
        (errno.EACCES, None, "no_permission"),
        (errno.EPERM, None, "no_permission"),
        (errno.EACCES, 5, "no_permission"),
        (errno.EACCES, 32, "in_use"),
        (errno.EACCES, 33, "in_use"),
        (errno.EBUSY, None, "in_use"),
        (errno.EINVAL, 362, "still_downloading"),
        (errno.EINVAL, 426, "still_downloading"),
        (errno.EIO, None, "damaged"),
        (errno.EISDIR, None, "not_a_file"),
        (errno.ELOOP, None, "not_a_file"),
        (errno.ENOENT, 2, "gone"),
        (errno.ENAMETOOLONG, None, "gone"),
        (errno.ESTALE, None, "gone"),
        (None, None, "gone"),
    ],
)
def test_the_systems_refusals_have_reasons(number: int | None, windows: int | None, expected: str) -> None:
    error = OSError(number, "身份证 500101199001011234", "/home/张三") if number else OSError("张三")
    if windows is not None:
        error.winerror = windows  # type: ignore[attr-defined]
    refusal = cannot_read(error)
    assert refusal.reason == expected
    assert "张三" not in refusal.detail
    assert "5001" not in refusal.detail


def test_a_read_error_is_no_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")

    def failing(descriptor: int, count: int) -> bytes:
        raise OSError(errno.EIO, "bad sector")

    monkeypatch.setattr(os, "read", failing)
    assert reason(path) == "damaged"


def test_reading_never_blocks_whatever_else_the_program_does(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100_000)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(read_content(tmp_path / "a").size)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [100_000] * 4
