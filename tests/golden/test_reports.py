"""Whole reports of two forms, to the letter, in both languages: as JSON and as text.

After a wanted change: DEGREECHECK_RENEW_GOLDEN=1 pytest tests/golden, then read what git diff shows.
Only application.json lies in the folder, so every file that it lists is gone and none is looked at.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from degreecheck.text import LANGUAGES

HERE = Path(__file__).parent
FORMS = HERE.parent / "data" / "forms"
NAMES = ("07-old-id-number-thesis-by-name", "17-neighbouring-school")
RENEW = os.environ.get("DEGREECHECK_RENEW_GOLDEN") == "1"


def checked(name: str, language: str, place: Path) -> tuple[str, str]:
    """What `check` prints, and what it writes as JSON."""
    today = tomllib.loads((FORMS / "expected.toml").read_text(encoding="utf-8"))[name]["today"]
    folder = place / name
    folder.mkdir()
    (folder / "application.json").write_bytes((FORMS / f"{name}.json").read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "degreecheck", "check", name, "--json", "report.json", "--lang", language,
         "--today", today],
        capture_output=True, encoding="utf-8", timeout=120, check=False, cwd=place,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert not done.stderr
    return done.stdout, (place / "report.json").read_text(encoding="utf-8")


def steady_json(written: str) -> str:
    """The report without what changes with each version, and with each rule that is added and finds nothing here."""
    report: dict[str, Any] = json.loads(written)
    report["program"] = "x.y.z"
    report["counts"]["passed"] = "…"
    report["results"] = [
        result for result in report["results"] if result["outcome"] not in ("passed", "not_applicable")
    ]
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def steady_text(printed: str) -> str:
    return re.sub(r"(通过|passed) \d+", r"\1 …", printed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_report_is_what_it_was(name: str, language: str, tmp_path: Path) -> None:
    printed, written = checked(name, language, tmp_path)
    for kind, made in (("txt", steady_text(printed)), ("json", steady_json(written))):
        golden = HERE / f"{name}.{language}.{kind}"
        if RENEW:
            golden.write_text(made, encoding="utf-8", newline="\n")
        assert made == golden.read_text(encoding="utf-8"), f"{golden.name}: see the head of {Path(__file__).name}"
