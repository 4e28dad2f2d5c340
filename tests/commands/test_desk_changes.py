"""What a desk's check says of the last one: what became other, of whom; as of the moment that was asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from degreecheck import form_file
from degreecheck.commands import run
from degreecheck.form import Form, with_value


def checked(desk: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    run(["check", str(desk), "--quiet", *more])
    return capsys.readouterr().out


def test_only_who_has_changed_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("张三", "李四"):
        (tmp_path / name).mkdir()
        form_file.save(Form(), tmp_path / name / "application.json")
    assert "较上次" not in checked(tmp_path, capsys, "--today", "2026-04-18")
    assert "较上次" not in checked(tmp_path, capsys, "--today", "2026-04-19")
    path = tmp_path / "张三" / "application.json"
    loaded = form_file.load(path)
    form_file.save(with_value(loaded.form, "personal.name", "张三"), path, loaded_sha256=loaded.sha256)
    said = checked(tmp_path, capsys, "--today", "2026-04-20T09:30")
    changed = [line for line in said.splitlines() if "较上次" in line]
    assert [("张三" in line, "改好 1" in line, "新增" in line) for line in changed] == [(True, True, False)]
    # Each run is dated by the moment it judged at.
    lines = checked(tmp_path, capsys, "--today", "2026-04-21", "--json", "-").splitlines()
    assert {json.loads(line)["changes"]["since"] for line in lines} == {"2026-04-20T09:30:00+08:00"}
