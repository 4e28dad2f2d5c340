"""A bundle is verified: every missing, extra and changed file is named, and nothing in it can do harm."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import pyzipper

from degreecheck.inspectors import limits
from degreecheck.inspectors.bag import verify
from degreecheck.inspectors.unreadable import CannotRead

PAYLOAD = {
    "data/01-填报单.html": "填报单".encode(),
    "data/上传材料/05-电子照片.jpg": b"\xff\xd8" * 40,
    "data/report.json": b"{}",
}
Files = dict[str, bytes]


def manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()).encode()


def bag(payload: Mapping[str, bytes] = PAYLOAD, **changes: bytes | None) -> Files:
    """The files of a bag. ``changes``: other tag files under their names without ending; None leaves one out."""
    tags: Files = {}
    for name, data in (
        ("bagit", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        ("bag-info", b"Payload-Oxum: 1.1\n"),
        ("manifest-sha256", manifest(payload)),
    ):
        changed = changes.get(name.replace("-", "_"), data)
        if changed is not None:
            tags[f"{name}.txt"] = changed
    tag_manifest = changes.get("tagmanifest", manifest(tags))
    return {**payload, **tags, **({} if tag_manifest is None else {"tagmanifest-sha256.txt": tag_manifest})}


def as_folder(place: Path, files: Mapping[str, bytes]) -> Path:
    root = place / "张三-学位申请材料"
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def as_zip(place: Path, files: Mapping[str, bytes], top: str = "张三-学位申请材料/") -> Path:
    path = place / "bundle.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{top}{name}", data)
    return path


def encrypted(place: Path, files: Mapping[str, bytes], password: bytes = b"correct horse") -> Path:
    path = place / "bundle.zip"
    with pyzipper.AESZipFile(path, "w", compression=zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password)
        for name, data in files.items():
            archive.writestr(f"张三/{name}", data)
    return path


def troubles(found: Mapping[str, Any]) -> set[tuple[str, str]]:
    assert found["state"] == "read"
    return {(entry["kind"], entry["name"]) for entry in found["troubles"]}


def refused(path: Path) -> str:
    with pytest.raises(CannotRead) as trouble:
        verify(path)
    return trouble.value.reason


Packed = Callable[[Path, Mapping[str, bytes]], Path]
both = pytest.mark.parametrize("packed", [as_folder, as_zip])


@both
def test_an_unchanged_bundle_has_no_troubles(tmp_path: Path, packed: Packed) -> None:
    found = verify(packed(tmp_path, bag()))
    assert troubles(found) == set()
    assert found["files"] == 7
    assert found["bytes"] == sum(map(len, bag().values()))


@both
def test_missing_extra_and_changed_files_are_named(tmp_path: Path, packed: Packed) -> None:
    files = bag()
    del files["data/report.json"]
    files["data/01-填报单.html"] += b" "
    files["data/上传材料/论文.exe"] = b"MZ"
    files["fetch.txt"] = b"http://example.org/ - data/x\n"
    assert troubles(verify(packed(tmp_path, files))) == {
        ("missing", "data/report.json"), ("changed", "data/01-填报单.html"), ("extra", "data/上传材料/论文.exe"),
        ("extra", "fetch.txt"),
    }  # fmt: skip


@both
@pytest.mark.parametrize("name", ["bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_each_tag_file_counts(tmp_path: Path, packed: Packed, name: str) -> None:
    files = bag()
    del files[name]
    assert ("missing", name) in troubles(verify(packed(tmp_path, files)))


@both
def test_a_manifest_that_was_made_to_fit_is_found_by_the_tag_manifest(tmp_path: Path, packed: Packed) -> None:
    changed = {**PAYLOAD, "data/report.json": b'{"verdict": "ready"}'}
    files = bag(changed, tagmanifest=bag()["tagmanifest-sha256.txt"])
    assert troubles(verify(packed(tmp_path, files))) == {("changed", "manifest-sha256.txt")}


@both
def test_a_tag_manifest_may_not_leave_tag_files_out(tmp_path: Path, packed: Packed) -> None:
    files = bag(tagmanifest=manifest({"bagit.txt": bag()["bagit.txt"]}))
    assert ("changed", "tagmanifest-sha256.txt") in troubles(verify(packed(tmp_path, files)))


@both
@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("../../etc/passwd", "parent"), ("/etc/passwd", "absolute"), ("C:\\x", "absolute"), ("data/NUL.txt", "device"),
        ("data/a:b", "stream"), ("data/../../x", "parent"), ("data/a%0Ab", "characters"),
    ],
)  # fmt: skip
def test_a_path_that_leaves_the_bundle_is_told_and_not_opened(
    tmp_path: Path, packed: Packed, line: str, kind: str
) -> None:
    listed = bag()["manifest-sha256.txt"] + f"{'0' * 64}  {line}\n".encode()
    found = troubles(verify(packed(tmp_path, bag(manifest_sha256=listed))))
    assert found == {(kind, line.replace("%0A", "\n"))}


@both
@pytest.mark.parametrize(
    "line", ["no hash here", f"{'0' * 63}  data/x", f"{'0' * 64}  ", f"{'0' * 64}  bagit.txt", f"{'0' * 64}data/x"]
)
def test_lines_that_are_none_are_told(tmp_path: Path, packed: Packed, line: str) -> None:
    listed = bag()["manifest-sha256.txt"] + f"{line}\n".encode()
    found = troubles(verify(packed(tmp_path, bag(manifest_sha256=listed))))
    assert found == {("malformed", "manifest-sha256.txt")}


@both
def test_two_lines_for_one_file_are_told(tmp_path: Path, packed: Packed) -> None:
    listed = bag()["manifest-sha256.txt"] + f"{'0' * 64}  data/report.json\n".encode()
    assert troubles(verify(packed(tmp_path, bag(manifest_sha256=listed)))) == {("malformed", "manifest-sha256.txt")}


@both
def test_other_spellings_of_a_manifest_are_right_too(tmp_path: Path, packed: Packed) -> None:
    listed = bag()["manifest-sha256.txt"].decode().replace("  data/", " *./data/").replace("\n", "\r\n").upper()
    listed = "\ufeff" + listed.replace("*./DATA/", "*data/").replace("REPORT.JSON", "report.json")
    listed = listed.replace("HTML", "html").replace("JPG", "jpg")
    assert troubles(verify(packed(tmp_path, bag(manifest_sha256=listed.encode())))) == set()


def test_percent_signs_and_line_ends_in_names_are_unescaped(tmp_path: Path) -> None:
    payload = {"data/100%.txt": b"x"}
    listed = manifest(payload).replace(b"%", b"%25")
    assert troubles(verify(as_zip(tmp_path, bag(payload, manifest_sha256=listed)))) == set()


@both
def test_the_normal_form_of_a_name_does_not_matter(tmp_path: Path, packed: Packed) -> None:
    name = "data/Amélie.jpg"
    listed = manifest({unicodedata.normalize("NFD", name): b"x"})
    assert troubles(verify(packed(tmp_path, bag({name: b"x"}, manifest_sha256=listed)))) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("data/Photo.jpg", "data/photo.jpg"),
        (unicodedata.normalize("NFC", "data/é.jpg"), unicodedata.normalize("NFD", "data/é.jpg")),
        ("data/a.txt", "data/a.txt."),
        ("data/a/b", "data/A/B"),
    ],
)
def test_twins_are_told(tmp_path: Path, one: str, other: str) -> None:
    found = troubles(verify(as_zip(tmp_path, bag({one: b"1", other: b"2"}))))
    assert ("twin", other) in found


def test_a_name_twice_in_a_zip_is_told(tmp_path: Path) -> None:
    path = as_zip(tmp_path, bag())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("张三-学位申请材料/data/report.json", b"{}")
    assert ("duplicate", "data/report.json") in troubles(verify(path))


def test_what_systems_leave_behind_is_no_change(tmp_path: Path) -> None:
    files = bag() | {"data/上传材料/Thumbs.db": b"x", "data/.DS_Store": b"x", "data/._report.json": b"x"}
    assert troubles(verify(as_folder(tmp_path, files))) == set()
    path = as_zip(tmp_path, files)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/张三-学位申请材料/._data", b"x")
    assert troubles(verify(path)) == set()


def test_a_file_beside_the_bundle_in_its_zip_is_extra(tmp_path: Path) -> None:
    path = as_zip(tmp_path, bag())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("setup.exe", b"MZ")
        archive.writestr("../evil.txt", b"x")
        archive.writestr("/evil.txt", b"x")
    assert troubles(verify(path)) == {("extra", "setup.exe"), ("parent", "../evil.txt"), ("absolute", "/evil.txt")}


def test_a_zip_without_a_top_folder_and_with_backslashes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in bag().items():
            archive.writestr(name.replace("/", "\\"), data)
    assert troubles(verify(path)) == set()


def test_a_link_in_a_zip_is_told(tmp_path: Path) -> None:
    path = as_zip(tmp_path, bag())
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("张三-学位申请材料/data/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert troubles(verify(path)) == {("link", "data/link")}


if hasattr(os, "mkfifo"):

    def test_links_and_pipes_in_a_folder_are_told_and_not_followed(tmp_path: Path) -> None:
        root = as_folder(tmp_path, bag())
        secret = tmp_path / "secret.txt"
        secret.write_bytes(PAYLOAD["data/report.json"])
        (root / "data/report.json").unlink()
        (root / "data/report.json").symlink_to(secret)
        (root / "data/whole").symlink_to(tmp_path, target_is_directory=True)
        os.mkfifo(root / "data/pipe")
        assert troubles(verify(root)) == {
            ("link", "data/report.json"), ("missing", "data/report.json"), ("link", "data/whole"),
            ("not_a_file", "data/pipe"),
        }  # fmt: skip


@both
@pytest.mark.parametrize(
    "declared", [b"", b"hello", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: GB18030\n", b"\0" * 100, None]
)
def test_what_declares_itself_otherwise_is_no_bundle(tmp_path: Path, packed: Packed, declared: bytes | None) -> None:
    assert verify(packed(tmp_path, bag(bagit=declared)))["state"] == "not_a_bundle"


def test_other_things_are_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"hello")
    (tmp_path / "empty.zip").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for name in ("a.txt", "empty.zip", "folder"):
        assert verify(tmp_path / name)["state"] == "not_a_bundle"
    assert refused(tmp_path / "gone") == "gone"


def test_two_bundles_in_one_zip_are_none(tmp_path: Path) -> None:
    path = as_zip(tmp_path, bag())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("另一个/bagit.txt", b"x")
    assert verify(path)["state"] == "not_a_bundle"


# ------------------------------------------------------------------------------------------- damage and too much of it


def test_a_cut_zip_is_damaged(tmp_path: Path) -> None:
    path = as_zip(tmp_path, bag())
    path.write_bytes(path.read_bytes()[:-30])
    assert refused(path) == "damaged"


def test_a_damaged_member_is_a_changed_file(tmp_path: Path) -> None:
    path = as_zip(tmp_path, bag({"data/a.bin": os.urandom(5000)}))
    data = bytearray(path.read_bytes())
    at = data.index(b"a.bin") + 200
    data[at : at + 40] = bytes(40)
    path.write_bytes(data)
    assert troubles(verify(path)) == {("changed", "data/a.bin")}


def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blown = {"data/bomb.bin": bytes(20 * limits.MB)}
    assert refused(as_zip(tmp_path, bag(blown))) == "bomb"
    monkeypatch.setattr(limits, "MAX_BAG_BYTES", 1000)
    assert refused(as_folder(tmp_path, bag(blown))) == "bomb"
    assert refused(as_zip(tmp_path, bag({"data/a": os.urandom(2000)}))) == "bomb"


def test_too_many_files_and_too_deep_folders_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BAG_FILES", 10)
    many = bag({f"data/{number}": b"" for number in range(20)})
    assert refused(as_zip(tmp_path, many)) == "bomb"
    assert refused(as_folder(tmp_path, many)) == "bomb"
    monkeypatch.setattr(limits, "MAX_BAG_DEPTH", 3)
    assert refused(as_folder(tmp_path / "deep", {"data/a/b/c/d/e": b""})) == "bomb"


def test_a_huge_manifest_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TAG_FILE_BYTES", 100)
    assert refused(as_folder(tmp_path, bag())) == "bomb"


def test_very_many_troubles_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BAG_TROUBLES", 5)
    found = verify(as_zip(tmp_path, bag() | {f"data/{number}": b"" for number in range(12)}))
    assert len(found["troubles"]) == 5
    assert found["more"] == 7


# ----------------------------------------------------------------------------------------------------------- passwords


def test_an_encrypted_bundle_takes_its_password(tmp_path: Path) -> None:
    path = encrypted(tmp_path, bag())
    assert verify(path)["state"] == "encrypted"
    assert verify(path, "wrong")["state"] == "wrong_password"
    assert troubles(verify(path, "correct horse")) == set()


def test_a_changed_encrypted_file_is_named(tmp_path: Path) -> None:
    path = encrypted(tmp_path, bag({"data/a.bin": os.urandom(5000)}))
    data = bytearray(path.read_bytes())
    at = data.index(b"a.bin") + 400
    data[at] ^= 1
    path.write_bytes(data)
    assert troubles(verify(path, "correct horse")) == {("changed", "data/a.bin")}


def test_an_encrypted_bomb_is_refused(tmp_path: Path) -> None:
    path = encrypted(tmp_path, bag({"data/bomb.bin": bytes(20 * limits.MB)}))
    with pytest.raises(CannotRead) as trouble:
        verify(path, "correct horse")
    assert trouble.value.reason == "bomb"


@pytest.mark.parametrize("packed", [as_zip, encrypted])
def test_damage_at_any_byte_ends_in_a_result_or_a_reason(tmp_path: Path, packed: Packed) -> None:
    path = packed(tmp_path, bag())
    whole = path.read_bytes()
    outcomes = set()
    for at in range(0, len(whole), 7):
        data = bytearray(whole)
        data[at] ^= 0x55
        path.write_bytes(data)
        try:
            outcomes.add(verify(path, "correct horse")["state"])
        except CannotRead as refusal:
            outcomes.add(refusal.reason)
    assert {"read", "damaged"} <= outcomes
