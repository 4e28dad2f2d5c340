"""The whole way with reading: a faultless applicant stays ready, and what is left out is said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

DAY = ("--today", "2026-05-06")


def degreecheck(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "degreecheck", *map(str, arguments)],
        capture_output=True, encoding="utf-8", errors="replace", timeout=600, check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def outcomes(report: dict[str, Any]) -> dict[str, set[str]]:
    """What became of the rules on print: outcome or reason → codes."""
    found: dict[str, set[str]] = {}
    for result in report["results"]:
        if result["code"].startswith(("XCK", "MAT301")):
            found.setdefault(result["reason"] or result["outcome"], set()).add(result["code"])
    return found


def test_a_faultless_applicant_is_ready_with_and_without_reading(tmp_path: Path) -> None:
    assert degreecheck("sample", tmp_path, "--count", "1", "--seed", "3", *DAY).returncode == 0
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())

    unread = degreecheck("check", folder, "--json", "-", "--no-text", *DAY)
    report = json.loads(unread.stdout)
    assert (unread.returncode, report["verdict"]) == (0, "ready")
    assert set(outcomes(report)) == {"no_text", "not_applicable"}
    assert any("没有识别图片中的文字" in line for line in report["not_checked"])

    read = degreecheck("check", folder, "--json", "-", *DAY)
    report = json.loads(read.stdout)
    assert (read.returncode, report["verdict"]) == (0, "ready")
    assert {"XCK101", "XCK102", "XCK103", "MAT301"} <= outcomes(report)["passed"]
    assert "no_text" not in outcomes(report)
    assert not any("没有识别图片中的文字" in line for line in report["not_checked"])

    again = json.loads(degreecheck("check", folder, "--json", "-", *DAY).stdout)
    assert again["results"] == report["results"]
