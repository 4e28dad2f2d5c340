"""Safe paths and atomic writing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck import paths


@pytest.mark.parametrize(
    ("listed", "reason"),
    [
        ("", "blank"),
        (" \t", "blank"),
        ("./", "blank"),
        ("/etc/passwd", "absolute"),
        ("\\\\server\\share\\a.jpg", "absolute"),
        ("C:\\a.jpg", "absolute"),
        ("c:a.jpg", "absolute"),
        ("../a.jpg", "parent"),
        ("materials/../../a.jpg", "parent"),
        ("materials\\..\\..\\a.jpg", "parent"),
        ("materials/.. /a.jpg", "parent"),  # Windows drops the blank
        ("materials/a.jpg:hidden", "stream"),
        ("materials/CON", "device"),
        ("aux.jpg", "device"),
        ("materials/Com1 .txt", "device"),
        ("LPT³", "device"),
        ("NUL/a.jpg", "device"),
        ("a\nb.jpg", "characters"),
        ("a\0.jpg", "characters"),
    ],
)
def test_unsafe_paths_are_refused_by_their_reason(listed: str, reason: str) -> None:
    with pytest.raises(paths.UnsafePath) as caught:
        paths.relative_parts(listed)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("listed", "folded"),
    [
        ("materials/照片.jpg", "materials/照片.jpg"),
        ("materials\\照片 (1).jpg", "materials/照片 (1).jpg"),
        ("./materials//a.jpg", "materials/a.jpg"),
        ("contact.jpg", "contact.jpg"),  # begins like a device name
        ("..a/b..jpg", "..a/b..jpg"),
        ("conference/com10.jpg", "conference/com10.jpg"),
    ],
)
def test_safe_paths_have_one_name(listed: str, folded: str) -> None:
    assert paths.folded(listed) == folded


@given(st.text(max_size=60))
def test_any_text_is_either_refused_or_stays_inside(listed: str) -> None:
    folder = Path("folder").resolve()
    try:
        found = paths.inside(folder, listed)
    except (paths.UnsafePath, ValueError):
        return
    assert Path(os.path.normpath(found)).is_relative_to(folder)


def test_links_are_refused_wherever_they_stand(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.jpg").write_bytes(b"x")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "file.jpg").symlink_to(outside / "secret.jpg")
    (folder / "sub").symlink_to(outside, target_is_directory=True)
    for listed in ("file.jpg", "sub/secret.jpg"):
        with pytest.raises(paths.UnsafePath, match="link"):
            paths.inside(folder, listed)
    assert paths.inside(folder, "not-there.jpg") == folder / "not-there.jpg"


def test_a_write_replaces_the_whole_file_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "深" / "application.json"
    paths.write_atomically(target, b"one")
    paths.write_atomically(target, b"two")
    assert target.read_bytes() == b"two"
    assert [entry.name for entry in target.parent.iterdir()] == ["application.json"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "application.json"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("degreecheck.paths.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        paths.write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["application.json"]


def test_a_file_held_by_another_program_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace
    refusals = iter([True, True, False])

    def held(self: Path, target: Path) -> Path:
        if next(refusals):
            raise PermissionError(13, "used by another process")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("degreecheck.paths.time.sleep", lambda _: None)
    paths.write_atomically(tmp_path / "a.json", b"x")
    assert (tmp_path / "a.json").read_bytes() == b"x"


def test_resources_are_found() -> None:
    assert (paths.resources() / "packs" / "cqust.toml").is_file()


def test_in_a_closed_folder_anything_may_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.json").write_bytes(b"")
    assert paths.may_exist(tmp_path / "a.json")
    assert not paths.may_exist(tmp_path / "b.json")
    assert not paths.may_exist(tmp_path / "nul\0")

    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "closed")

    monkeypatch.setattr(Path, "stat", closed)
    assert paths.may_exist(tmp_path / "b.json")
