"""sample as people call it: in a process of its own, then checked in another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from degreecheck import commands, folder, text
from degreecheck.sample import fonts, writing

DAY = ("--today", "2026-05-06")


def degreecheck(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "degreecheck", *map(str, arguments)],
        capture_output=True, encoding="utf-8", errors="replace", timeout=600, check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def reports_on(desk: Path) -> list[dict[str, Any]]:
    done = degreecheck("check", desk, "--json", "-", "--no-text", *DAY)
    assert "Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def errors_and_warnings(report: dict[str, Any]) -> list[str]:
    return sorted({finding["code"] for finding in report["findings"] if finding["severity"] != "note"})


def test_what_is_found_is_the_truth(tmp_path: Path) -> None:
    desk = tmp_path / "2026 年春 申请"
    made = degreecheck("sample", desk, "--count", "10", "--faults", "--seed", "5", *DAY)
    assert (made.returncode, made.stderr) == (0, "")
    assert str(desk) in made.stdout
    assert fonts.find_font().name in made.stdout
    truth = json.loads((desk / writing.TRUTH).read_text(encoding="utf-8"))
    assert len(truth) == 10
    reports = reports_on(desk)
    unread = {name: [code for code in codes if not code.startswith(("XCK", "MAT301"))] for name, codes in truth.items()}
    assert {report["folder"]: errors_and_warnings(report) for report in reports} == unread
    assert [report["folder"] for report in reports if report["counts"]["crashed"]] == []


def test_faultless_applicants_are_ready(tmp_path: Path) -> None:
    made = degreecheck("sample", tmp_path, "--count", "4", "--seed", "3", *DAY)
    assert made.returncode == 0
    truth = json.loads((tmp_path / writing.TRUTH).read_text(encoding="utf-8"))
    assert set(map(len, truth.values())) == {0}
    assert [
        (report["folder"], report["verdict"]) for report in reports_on(tmp_path) if report["verdict"] != "ready"
    ] == []


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "我的.txt").write_text("重要", encoding="utf-8")
    assert commands.run(["sample", str(tmp_path)]) == 2
    assert text.load("zh").get("sample.not_empty", path=str(tmp_path)) in capsys.readouterr().err
    assert [entry.name for entry in tmp_path.iterdir()] == ["我的.txt"]
    assert commands.run(["sample", str(tmp_path / "我的.txt")]) == 2


def test_a_sample_is_a_desk_and_no_second_sample_goes_into_it(tmp_path: Path) -> None:
    desk = tmp_path / "demo"
    assert commands.run(["sample", str(desk), "--count", "2", "--lang", "en", *DAY]) == 0
    assert not folder.is_applicant(desk)
    assert [path.parent for path in folder.applicant_folders(desk)] == [desk, desk]
    before = sorted(path.relative_to(desk) for path in desk.rglob("*"))
    assert commands.run(["sample", str(desk), "--count", "2"]) == 2
    assert sorted(path.relative_to(desk) for path in desk.rglob("*")) == before


def test_without_a_font_it_names_one_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fonts, "candidates", list)
    fonts.find_font.cache_clear()
    try:
        assert commands.run(["sample", str(tmp_path / "demo")]) == 3
    finally:
        fonts.find_font.cache_clear()
    said = capsys.readouterr().err
    assert fonts.to_install() in said
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize("arguments", [["--count", "0"], ["--count", "x"], ["--today", "gestern"], ["--lang", "fr"]])
def test_wrong_usage_is_said_and_nothing_is_made(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.run(["sample", str(tmp_path / "demo"), *arguments]) == 2
    assert capsys.readouterr().err
    assert not (tmp_path / "demo").exists()


def test_names_are_legal_on_windows(tmp_path: Path) -> None:
    from pathvalidate import validate_filename

    assert commands.run(["sample", str(tmp_path / "demo"), "--count", "6", "--faults", *DAY]) == 0
    for path in (tmp_path / "demo").rglob("*"):
        validate_filename(path.name, platform="windows")
