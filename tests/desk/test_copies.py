"""Copies under the school's names: a new tree, everything in it, nothing of the old one touched."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

import make_desks
from degreecheck import text
from degreecheck.commands import run
from degreecheck.desk.copies import BadPlace, Log, check_place

ZH = text.load("zh")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Two applicants with a form, one without."""
    place = tmp_path / "一班"
    for index in (0, 1):
        slots = {"photo": ("照片.JPG",), "transcript": ("成绩单.pdf",)}
        folder = make_desks.applicant(place / f"第{index}份", index, {"materials": slots})
        make_desks.tree(folder, "照片.JPG", "成绩单.pdf", "备注.txt")
    make_desks.tree(place / make_desks.NAMES[2], "照片.jpg")
    return place


def copied(capsys: pytest.CaptureFixture[str], desk: Path, out: Path, *more: str) -> tuple[int, set[str], str]:
    code = run(["copy", str(desk), "-o", str(out), "--jobs", "1", *more])
    said = capsys.readouterr()
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} if out.exists() else set()
    return code, files, said.out + said.err


def contents(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_folders_get_the_schools_names(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(desk)
    code, files, said = copied(capsys, desk, tmp_path / "新", "--pattern", "{exam_number}+{name}")
    first = f"{make_desks.exam_number(0)}+{make_desks.NAMES[0]}"
    assert code == 0
    assert {f"{first}/{name}" for name in ("application.json", "照片.jpg", "成绩单.pdf", "备注.txt")} <= files
    assert contents(desk) == before
    # Who has no number is not left out, and it is said.
    assert any(file.startswith("缺准考证号") and file.endswith("照片.jpg") for file in files)
    assert f"{make_desks.NAMES[2]}：没有" in said


def test_one_kind_of_file_from_everybody(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, files, _ = copied(capsys, desk, tmp_path / "新", "--pattern", "{name}-{slot}", "--slot", "photo")
    expected = {f"{make_desks.NAMES[index]}-电子照片.jpg" for index in (0, 1)} | {"缺姓名-电子照片.jpg"}
    assert files == {*expected, "复制清单.csv"}


def test_names_that_coincide_are_numbered(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, files, _ = copied(capsys, desk, tmp_path / "新", "--pattern", "{slot}", "--slot", "photo")
    assert files - {"复制清单.csv"} == {"电子照片.jpg", "电子照片-2.jpg", "电子照片-3.jpg"}


def test_the_list_says_what_came_from_where(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "新"
    copied(capsys, desk, out, "--pattern", "{name}")
    with (out / "复制清单.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == list(ZH.table("copy.columns").values())
    for source, target, size, sha256, state in rows[1:]:
        data = (desk / source).read_bytes()
        assert (out / target).read_bytes() == data
        assert (int(size), sha256, state) == (len(data), hashlib.sha256(data).hexdigest(), "已复制")


def test_a_dry_run_writes_nothing(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, files, said = copied(capsys, desk, tmp_path / "新", "--pattern", "{name}", "--dry-run")
    assert (code, files) == (0, set())
    assert "没有复制（--dry-run）" in said


def test_a_wrong_pattern_or_slot_is_refused(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in (["--pattern", "{nobody}"], ["--pattern", "a/{name}"], ["--pattern", "{name}", "--slot", "passport"]):
        code, files, _ = copied(capsys, desk, tmp_path / "新", *more)
        assert (code, files) == (2, set())


def test_the_place_is_new_or_empty_and_apart(desk: Path, tmp_path: Path) -> None:
    for place, reason in ((desk / "新", "inside"), (desk, "inside"), (tmp_path, "inside")):
        with pytest.raises(BadPlace) as caught:
            check_place(place, [desk])
        assert caught.value.reason == reason
    make_desks.tree(tmp_path / "满", "x.txt")
    for place, reason in ((tmp_path / "满", "not_empty"), (tmp_path / "满" / "x.txt", "not_a_folder")):
        with pytest.raises(BadPlace) as caught:
            check_place(place, [desk])
        assert caught.value.reason == reason
    (tmp_path / "空").mkdir()
    check_place(tmp_path / "空", [desk])
    check_place(tmp_path / "没有", [desk])


def test_a_list_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("old", encoding="utf-8")
    with pytest.raises(FileExistsError):
        Log(tmp_path / "a.csv", ZH)
