"""Unpacking a bundle: after its verification, form and materials only, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from degreecheck.inspectors.messages import BagFacts, NotWritten, Unpack
from degreecheck.inspectors.pool import Pool
from degreecheck.inspectors.unpacking import unpack
from degreecheck.inspectors.unreadable import CannotRead
from degreecheck.inspectors.writing import CannotWrite, unfinished
from make_bags import bag, payload, zipped


def files_in(place: Path) -> set[str]:
    return {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}


def nothing_but(place: Path, *names: str) -> bool:
    return {path.name for path in place.iterdir()} == set(names)


def test_form_and_materials_are_written_and_nothing_that_the_export_made(tmp_path: Path) -> None:
    found = unpack(zipped(tmp_path / "林小满.zip", bag(payload())), tmp_path / "out")
    assert (found["state"], found["troubles"]) == ("read", [])
    assert files_in(tmp_path / "out") == {"application.json", "上传材料/05-电子照片.jpg"}
    assert (tmp_path / "out/上传材料/05-电子照片.jpg").read_bytes() == payload()["上传材料/05-电子照片.jpg"]
    assert nothing_but(tmp_path, "out", "林小满.zip")


def test_a_changed_bundle_is_told_and_not_unpacked(tmp_path: Path) -> None:
    files = bag(payload())
    files["data/application.json"] += b" "
    found = unpack(zipped(tmp_path / "x.zip", files), tmp_path / "out")
    assert [(one["kind"], one["name"]) for one in found["troubles"]] == [("changed", "data/application.json")]
    assert nothing_but(tmp_path, "x.zip")


def test_an_ordinary_zip_is_no_bundle(tmp_path: Path) -> None:
    found = unpack(zipped(tmp_path / "x.zip", {"照片.jpg": b"x"}), tmp_path / "out")
    assert found["state"] == "not_a_bundle"
    assert nothing_but(tmp_path, "x.zip")


@pytest.mark.parametrize(("password", "state"), [("", "encrypted"), ("wrong", "wrong_password"), ("right", "read")])
def test_an_encrypted_bundle_needs_its_password(tmp_path: Path, password: str, state: str) -> None:
    path = zipped(tmp_path / "x.zip", bag(payload()), password="right")
    assert unpack(path, tmp_path / "out", password)["state"] == state
    assert (tmp_path / "out").exists() == (state == "read")


@pytest.mark.parametrize("name", ["data/../../above.txt", "/etc/above.txt", "data/a:b", "data/con"])
def test_a_name_that_leads_elsewhere_is_told_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    place = tmp_path / "in"
    path = zipped(place / "x.zip", {**bag(payload()), name: b"x"})
    found = unpack(path, place / "out")
    assert found["state"] != "read" or found["troubles"]
    assert nothing_but(place, "x.zip")
    assert nothing_but(tmp_path, "in")


def test_what_stands_there_stays(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", bag(payload()))
    (tmp_path / "out").mkdir()
    with pytest.raises(CannotWrite) as trouble:
        unpack(path, tmp_path / "out")
    assert trouble.value.reason == "exists"
    assert files_in(tmp_path / "out") == set()
    assert not unfinished(tmp_path / "out").exists()


def test_what_is_no_zip_at_all(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 no")
    with pytest.raises(CannotRead):
        unpack(tmp_path / "x.zip", tmp_path / "out")
    assert nothing_but(tmp_path, "x.zip")


def test_asked_of_a_worker(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", bag(payload()))
    with Pool(1) as pool:
        first = pool.ask(Unpack(path, tmp_path / "out", path.stat().st_size))
        second = pool.ask(Unpack(path, tmp_path / "out", path.stat().st_size))
    assert isinstance(first, BagFacts)
    assert first.state == "read"
    assert second == NotWritten(reason="exists")
    assert files_in(tmp_path / "out") == {"application.json", "上传材料/05-电子照片.jpg"}
