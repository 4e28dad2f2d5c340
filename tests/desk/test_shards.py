"""A desk in parts, and joined again: as if it had been checked in one go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make_desks
from degreecheck import text
from degreecheck.commands import run
from degreecheck.desk import joining
from degreecheck.desk.company import Marks
from degreecheck.desk.shards import Shard, keys_for, parse

TODAY = ("--today", "2026-04-20", "--quiet", "--no-text", "--jobs", "1")


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [("3/16", Shard(3, 16)), (" 1/1 ", Shard(1, 1)), ("0/3", None), ("4/3", None), ("3", None), ("1/0", None),
     ("-1/3", None), ("1/1000000", None), ("１/２", None)],
)  # fmt: skip
def test_shards_are_written_i_of_n(given_text: str, expected: Shard | None) -> None:
    assert parse(given_text) == expected


@given(st.text(max_size=30), st.integers(1, 40))
def test_every_folder_is_in_exactly_one_shard(shown: str, count: int) -> None:
    assert sum(Shard(index, count).holds(shown) for index in range(1, count + 1)) == 1


def test_numbers_leave_as_keyed_hashes_only() -> None:
    keys = keys_for(None, ())
    hidden = keys.hide(Marks("甲", "甲", make_desks.id_number(0), "", {"照片.jpg": "a" * 64}))
    assert make_desks.id_number(0) not in str(hidden)
    assert hidden.certificate_number == ""  # nothing is shared by those who have none
    assert hidden == keys.hide(Marks("甲", "甲", make_desks.id_number(0), "", {"照片.jpg": "a" * 64}))
    assert hidden.id_number != keys.hide(Marks("甲", certificate_number=make_desks.id_number(0))).certificate_number


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six applicants: two of them share an ID number, and one has no form."""
    place = tmp_path_factory.mktemp("一班")
    for index in range(5):
        number = {"personal.id_number": make_desks.id_number(0)} if index == 4 else {}
        make_desks.applicant(place / make_desks.NAMES[index], index, number)
    make_desks.tree(place / make_desks.NAMES[5], "成绩单.jpg")
    return place


@pytest.fixture(scope="module")
def shards(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The desk checked in three parts."""
    place = tmp_path_factory.mktemp("parts")
    files = [place / f"{index}.json" for index in (1, 2, 3)]
    for index, file in enumerate(files, 1):
        assert run(["check", str(desk), "--shard", f"{index}/3", "--json", str(file), *TODAY]) in (0, 1)
    return files


def merged(capsys: pytest.CaptureFixture[str], *files: Path) -> tuple[int, list[dict[str, Any]], str]:
    code = run(["merge", *map(str, files)])
    captured = capsys.readouterr()
    return code, [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_parts_joined_are_the_whole(desk: Path, shards: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    whole_code = run(["check", str(desk), "--json", "-", *TODAY])
    whole = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    code, joined, said = merged(capsys, *reversed(shards))
    assert (code, said) == (whole_code, "")
    assert [one["folder"] for one in joined] == [one["folder"] for one in whole]
    for one, other in zip(joined, whole, strict=True):
        assert one["findings"] == other["findings"]
        assert (one["counts"], one["verdict"]) == (other["counts"], other["verdict"])
    sharing = {one["folder"] for one in joined if any(found["code"] == "DSK101" for found in one["findings"])}
    assert sharing == {make_desks.NAMES[0], make_desks.NAMES[4]}


def test_no_number_stands_in_a_part(shards: list[Path]) -> None:
    written = "".join(file.read_text(encoding="utf-8") for file in shards)
    assert not any(make_desks.id_number(index) in written for index in range(6))
    assert not any(f'"{make_desks.certificate_number(index)}"' in written.split('"marks"')[-1] for index in range(6))


def test_a_part_that_is_missing_or_there_twice_is_told(shards: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    code, _, said = merged(capsys, *shards[:2])
    assert (code, "缺少第 3 片" in said) == (1, True)
    _, joined, said = merged(capsys, *shards, shards[0])
    assert "不止一次" in said
    assert len(joined) == 6


def test_lines_that_are_no_results_are_told_and_passed_over(
    shards: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "1.json"
    damaged.write_bytes(b'{"folder": 1}\n[[[\n\n' + shards[0].read_bytes())
    _, joined, said = merged(capsys, damaged, *shards[1:])
    assert len(joined) == 6
    assert ("第 1 行" in said, "第 2 行" in said, "第 3 行" in said) == (True, True, False)


def test_parts_of_another_split_are_refused(
    shards: list[Path], desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "x.json"
    run(["check", str(desk), "--shard", "1/2", "--json", str(other), *TODAY])
    capsys.readouterr()
    code, joined, said = merged(capsys, shards[0], other)
    assert (code, joined) == (2, [])
    assert "不是同一次分片" in said


def test_what_was_checked_whole_is_not_compared(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = tmp_path / "plain.json"
    run(["check", str(desk), "--json", str(plain), *TODAY])
    capsys.readouterr()
    joined = joining.survey([plain])
    assert joined.without_marks == 6
    texts = text.load("zh")
    assert [one["folder"] for one in joining.written(joined, texts)] == [
        json.loads(line)["folder"] for line in plain.read_text(encoding="utf-8").splitlines()
    ]
    _, _, said = merged(capsys, plain)
    assert "--shard" in said
