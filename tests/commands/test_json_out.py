"""JSON into a file: whole, or not at all."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from degreecheck import text
from degreecheck.commands._app import NOT_CHECKED, WRONG_USAGE, Trouble
from degreecheck.commands._json_out import JsonOut

ZH = text.load("zh")


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_the_file_takes_its_place_when_all_are_written(tmp_path: Path) -> None:
    target = tmp_path / "结果.json"
    target.write_text("old", encoding="utf-8")
    with JsonOut(str(target), ZH) as out:
        for number in (1, 2):
            out.write({"名": number})
            assert target.read_text(encoding="utf-8") == "old"
        out.finish()
    assert [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()] == [{"名": 1}, {"名": 2}]
    assert names(tmp_path) == ["结果.json"]


def test_what_was_broken_off_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_text("old", encoding="utf-8")

    def broken_off() -> None:
        with JsonOut(str(target), ZH) as out:
            out.write({"a": 1})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert target.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.json"]


class _Full:
    """A disk that is full."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def write(self, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def test_on_a_full_disk_the_old_file_stays_and_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.json"
    target.write_text("old", encoding="utf-8")
    fdopen = os.fdopen
    monkeypatch.setattr("degreecheck.paths.os.fdopen", lambda *given: _Full(fdopen(*given)))
    with pytest.raises(Trouble) as caught, JsonOut(str(target), ZH) as out:
        out.write({"a": 1})
    assert (caught.value.code, str(target) in caught.value.sentence) == (NOT_CHECKED, True)
    assert target.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.json"]


def test_a_place_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        JsonOut(str(tmp_path / "没有" / "a.json"), ZH)
    assert caught.value.code == WRONG_USAGE
    with pytest.raises(Trouble):
        JsonOut(str(tmp_path), ZH)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("old", encoding="utf-8")
    link = tmp_path / "latest.json"
    link.symlink_to(tmp_path / "a.json")
    with JsonOut(str(link), ZH) as out:
        out.write({})
        out.finish()
    assert link.is_symlink()
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "{}\n"


def test_the_null_device_is_not_replaced() -> None:
    with JsonOut(os.devnull, ZH) as out:
        out.write({"a": 1})
        out.finish()
    assert Path(os.devnull).exists()
    assert not Path(os.devnull).is_file()


def test_standard_output_gets_each_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    with JsonOut("-", ZH) as out:
        out.write({"a": "名"})
        assert capsys.readouterr().out == '{"a": "名"}\n'
        out.finish()
    assert not sys.stdout.closed
