"""Zips on a desk: bundles are verified, then looked into; what is not as it was exported is told and not checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import make_desks
from degreecheck.commands import run
from degreecheck.desk import zips
from degreecheck.desk.discovery import bears_person, discover
from degreecheck.inspectors.pool import Pool
from make_bags import bag, payload, zipped


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1) as pool:
        yield pool


def found(root: Path) -> list[str]:
    return [one.shown for one in discover(root)]


def changed_bag() -> dict[str, bytes]:
    files = bag(payload())
    files["data/application.json"] += b" "
    return files


def test_zips_stand_after_the_folders_of_their_class(tmp_path: Path) -> None:
    make_desks.applicant(tmp_path / "一班/林小满", 0)
    zipped(tmp_path / "一班/何清越-学位申请材料.zip", bag(payload()))
    zipped(tmp_path / "江云舟.zip", bag(payload()))
    assert found(tmp_path) == ["一班/林小满", "一班/何清越-学位申请材料.zip", "江云舟.zip"]


def test_a_zip_beside_its_own_folder_is_one_application(tmp_path: Path) -> None:
    for name, data in bag(payload()).items():
        path = tmp_path / "林小满-学位申请材料" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    zipped(tmp_path / "林小满-学位申请材料.zip", bag(payload()))
    assert found(tmp_path) == ["林小满-学位申请材料"]


def test_a_zip_inside_somebodys_folder_is_a_file_of_theirs(tmp_path: Path) -> None:
    make_desks.applicant(tmp_path / "林小满", 0)
    zipped(tmp_path / "林小满/旧的.zip", bag(payload()))
    assert found(tmp_path) == ["林小满"]


def test_each_zip_is_opened_or_told(tmp_path: Path, pool: Pool) -> None:
    desk = tmp_path / "desk"
    zipped(desk / "林小满.zip", bag(payload()))
    zipped(desk / "何清越.zip", changed_bag())
    zipped(desk / "江云舟.zip", bag(payload()), password="right")
    zipped(desk / "陶既白.zip", {"照片.jpg": b"x"})
    zipped(desk / "blank forms.zip", {"form.docx": b"x"})
    people = list(discover(desk))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    came = {
        before.shown: one for before, one in zip(people, zips.opened(people, scratch, pool, bears_person), strict=True)
    }
    assert came["blank forms.zip"] is None
    told = {
        shown: (one.unpacked is not None, one.verified.outcome, one.verified.reason)
        for shown, one in came.items()
        if one is not None and one.verified is not None
    }
    assert told == {
        "林小满.zip": (True, "intact", ""),
        "何清越.zip": (False, "changed", ""),
        "江云舟.zip": (False, "unread", "bundle.encrypted"),
        "陶既白.zip": (False, "not_a_bundle", ""),
    }
    again = zips.opened(people, scratch, pool, bears_person, passwords={"江云舟.zip": "right"})
    assert {one.shown for one in again if one is not None and one.unpacked is not None} == {"林小满.zip", "江云舟.zip"}


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = tmp_path / "desk"
    zipped(desk / "林小满.zip", bag(payload()))
    zipped(desk / "何清越.zip", changed_bag())
    zipped(desk / "江云舟.zip", bag(payload()), password="right")
    assert run(["check", str(desk), "--today", "2026-04-20", "--no-text", "--json", "-"]) == 1
    out, err = capsys.readouterr()
    assert out.count('"schema_version"') == 1
    assert '"folder": "林小满.zip"' in out.replace('":"', '": "')
    assert "压缩包与导出时不一致，没有检查：何清越.zip" in err
    assert "内容改动：data/application.json" in err
    assert "压缩包没有检查（设有密码，请先用密码解压）：江云舟.zip" in err


def test_one_zip_alone_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = zipped(tmp_path / "林小满.zip", bag(payload()))
    run(["check", str(path), "--today", "2026-04-20", "--no-text"])
    out, err = capsys.readouterr()
    assert "林小满" in out
    assert err == ""
    path = zipped(tmp_path / "照片.zip", {"照片.jpg": b"x"})
    assert run(["check", str(path), "--today", "2026-04-20", "--no-text"]) == 3
    assert "不是导出的材料包" in capsys.readouterr().err
