"""Forms as people and other programs write them, each with exactly what has to be found in it (tests/data/forms)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from degreecheck import check, clock, form_file, pack, paths, text
from degreecheck.folder import Folder
from degreecheck.form import Form
from degreecheck.report import Report
from degreecheck.rules._rule import Case

FORMS = Path(__file__).parents[1] / "data" / "forms"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((FORMS / "expected.toml").read_text(encoding="utf-8"))
# The families that look at the form itself, and of MAT the rules that need no look into a file.
FAMILIES = {"IDN", "SCH", "CRS", "THS", "LNG", "CON", "WIN", "DEC", "SYS"}
FORM_CODES = {"MAT101", "MAT201", "MAT202", "MAT203"}


def listed_files(form: Form) -> set[str]:
    found = set()
    for slot in form.materials:
        for listed in form.listed(slot):
            try:
                found.add(paths.folded(listed))
            except paths.UnsafePath:
                continue
    return found


def case(name: str, folder: Path) -> Case:
    """The case as the command line would gather it, every listed file there and none looked at."""
    expected = EXPECTED[name]
    form = form_file.parse((FORMS / f"{name}.json").read_bytes())
    files = (listed_files(form) | set(expected.get("more", ()))) - set(expected.get("gone", ()))
    return check.gather(
        Folder(folder, tuple(sorted(files)), form, "file"),
        pack.find(form.pack),
        clock.parse_moment(expected["today"]),
        exporting=expected.get("exporting", False),
    )


def report(name: str, folder: Path) -> Report:
    return check.judge(case(name, folder))


def found(made: Report, severity: str) -> list[str]:
    return sorted(
        finding.code
        for finding in made.findings
        if finding.severity == severity and (finding.code[:3] in FAMILIES or finding.code in FORM_CODES)
    )


def test_every_form_has_its_expectation() -> None:
    assert {file.stem for file in FORMS.glob("*.json")} == set(EXPECTED)
    assert len(EXPECTED) >= 20
    keys = {"today", "gone", "more", "exporting", "errors", "warnings", "notes"}
    assert all({"today", "errors", "warnings", "notes"} <= set(entry) <= keys for entry in EXPECTED.values())


@pytest.mark.parametrize("name", EXPECTED)
def test_exactly_these_are_found(name: str, tmp_path: Path) -> None:
    made = report(name, tmp_path)
    assert {
        "errors": found(made, "error"),
        "warnings": found(made, "warning"),
        "notes": found(made, "note"),
    } == {severity: sorted(EXPECTED[name][severity]) for severity in ("errors", "warnings", "notes")}


@pytest.mark.parametrize("name", EXPECTED)
def test_no_rule_crashes_and_every_sentence_can_be_written(name: str, tmp_path: Path) -> None:
    made = report(name, tmp_path)
    assert not [result for result in made.results if result.outcome == "crashed"]
    for language in text.LANGUAGES:
        texts = text.load(language)
        for finding in made.findings:
            for sentence in (finding.title(texts), finding.message(texts), finding.fix(texts)):
                assert sentence.strip()
                assert "{" not in sentence


@pytest.mark.parametrize("name", EXPECTED)
def test_the_form_loses_nothing_when_it_is_saved(name: str) -> None:
    form = form_file.parse((FORMS / f"{name}.json").read_bytes())
    assert form_file.parse(form_file.dump(form)) == form
