"""The catalogue: every rule is listed, documented, worded in both languages, and shown to hit and to be silent."""

from __future__ import annotations

import ast
import functools
import inspect
import re
import textwrap
import tomllib
from pathlib import Path
from typing import Any

import pytest

import make
import make_facts
import rule_hits
import rule_hits_desk
import rule_hits_files
import rule_hits_texts
from degreecheck import check, text
from degreecheck.desk.across import DESK_RULES, IN_ORDER
from degreecheck.report import Finding, Report
from degreecheck.rules import CRASHED, FAMILIES, RULES
from degreecheck.rules._rule import Case, Rule, run

CATALOGUE: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "rule_catalogue.toml").read_text(encoding="utf-8")
)
LISTED = {code: entry for part in CATALOGUE.values() for code, entry in part.items()}
EVERY = {**RULES, **DESK_RULES}  # on one application; and what only a desk of many can be judged by
HITS = {**rule_hits.HITS, **rule_hits_files.HITS, **rule_hits_desk.HITS, **rule_hits_texts.HITS}
SILENT = {**rule_hits.SILENT, **rule_hits_files.SILENT, **rule_hits_desk.SILENT, **rule_hits_texts.SILENT}
# Once there is anything for these to look at they hit: they are silent where there is nothing.
SILENT_WITHOUT_SUBJECT = {"MAT202", "SYS301"}
CODES = sorted(EVERY)

SOURCE = re.compile(r"(?:M(?:[1-9]|[12]\d|30)(?:–M(?:[1-9]|[12]\d|30))?|F|design [1-9]\d?)")


def documentation(code: str) -> str:
    return inspect.getdoc(EVERY[code].check) or ""


# ---- the list ----


def test_every_rule_is_listed_under_its_name_and_default_severity() -> None:
    built = {code: (entry["name"], entry["severity"]) for code, entry in LISTED.items() if entry.get("built", True)}
    assert {code: (entry.name, entry.severity) for code, entry in EVERY.items()} == built


def test_the_list_is_well_formed() -> None:
    assert not set(CATALOGUE["first_edition"]) & set(CATALOGUE["added"])
    assert list(CATALOGUE) == ["first_edition", "added"]
    for code, entry in LISTED.items():
        assert re.fullmatch(r"[A-Z]{3}[1-9]\d\d", code)
        assert set(entry) <= {"name", "severity", "built"}
        assert entry["severity"] in ("error", "warning", "note")
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", entry["name"])
    names = [entry["name"] for entry in LISTED.values()]
    assert len(set(names)) == len(names)


def test_every_family_has_its_place_in_the_report() -> None:
    assert {entry.family for entry in RULES.values()} <= set(FAMILIES)


# ---- documentation ----


@pytest.mark.parametrize("code", CODES)
def test_the_docstring_says_the_defect_and_ends_with_its_source(code: str) -> None:
    found = re.fullmatch(r"(?s)(.+?)\s+Source: ([^\n]+)\.", documentation(code))
    assert found, documentation(code)
    defect = found[1].split("\n\n")[0]
    assert defect.endswith((".", "?"))
    assert len(defect) >= 20
    assert all(SOURCE.fullmatch(part) for part in re.split(r",? (?=[MF]|design)", found[2])), found[2]
    assert EVERY[code].source == found[2]


# ---- words ----


def table(language: str, code: str) -> dict[str, str]:
    return {key: str(value) for key, value in text.load(language).table(f"rule.{code}").items()}


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_title_why_and_fix_are_there(code: str, language: str) -> None:
    words = table(language, code)
    assert {"title", "why", "fix"} <= set(words)
    assert "message" in words or all(f"message_{variant}" in words for variant in seen_variants(code))
    assert all(words.values())
    assert "{" not in words["why"]  # it is shown outside any finding
    assert "{" not in words["title"]
    assert all(re.fullmatch(r"title|why|(title|message|fix)(_[a-z_]+)?", key) for key in words)


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_no_two_rules_say_the_same(language: str) -> None:
    for part in ("title", "why", "message"):
        said: dict[str, str] = {}
        for code in CODES:
            for sentence in {words for key, words in table(language, code).items() if key.split("_")[0] == part}:
                assert sentence not in said, (code, said[sentence])
                said[sentence] = code


def test_there_are_no_words_for_rules_that_do_not_exist() -> None:
    for language in text.LANGUAGES:
        assert set(text.load(language).table("rule")) <= set(LISTED)


# ---- ways of speaking ----


def calls(entry: Rule) -> list[ast.Call]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(entry.check)))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("hit", "Hit")
    ]


def written_variants(entry: Rule) -> set[str]:
    """The variants that stand as words in the rule's calls of hit(…) and Hit(…); those worked out are seen only."""
    found: set[str] = set()
    for call in calls(entry):
        place = 0 if isinstance(call.func, ast.Name) and call.func.id == "hit" else 1
        if len(call.args) > place:
            found |= _words(call.args[place])
        elif not any(isinstance(argument, ast.Starred) for argument in call.args):
            found.add("")
    return found


def _words(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return _words(node.body) | _words(node.orelse)
    if isinstance(node, ast.BoolOp):
        return set().union(*map(_words, node.values))
    return set()


@functools.cache
def found_by(code: str) -> tuple[Finding, ...]:
    """What the rule finds in its own examples; every sentence of every finding there has been written out."""
    findings: list[Finding] = []
    for make_case in HITS[code]:
        if code == CRASHED.code:
            findings += run(make_case(), (CRASHED,))[1]
        else:
            findings += [finding for finding in report(code, make_case()).findings if finding.code == code]
    return tuple(findings)


def report(code: str, case: Case) -> Report:
    """The report on an example; of a rule on a desk with the others of its kind."""
    return check.judge(case, "", IN_ORDER) if code in DESK_RULES else make.report(case)


def seen_variants(code: str) -> set[str]:
    return {finding.variant for finding in found_by(code)}


@pytest.mark.parametrize("code", CODES)
def test_every_way_in_which_a_rule_speaks_is_shown_by_an_example(code: str) -> None:
    worded = {key.partition("_")[2] for key in table("zh", code)} - {""}
    assert written_variants(EVERY[code]) | worded <= seen_variants(code)


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_sentence_can_be_written(code: str, language: str) -> None:
    texts = text.load(language)
    for finding in found_by(code):
        for sentence in (finding.title(texts), finding.message(texts), finding.fix(texts)):
            assert sentence.strip()
            assert not re.search(r"\bNone\b|[{}]|_", sentence), sentence


# ---- hit and silence ----


def test_every_rule_has_examples_and_only_rules_have() -> None:
    assert set(HITS) == set(EVERY)
    assert set(SILENT) | SILENT_WITHOUT_SUBJECT <= set(EVERY)
    each = (rule_hits.HITS, rule_hits_files.HITS, rule_hits_desk.HITS, rule_hits_texts.HITS)
    assert len(HITS) == sum(map(len, each))


@pytest.mark.parametrize("code", CODES)
def test_it_hits_every_one_of_its_examples(code: str) -> None:
    for make_case in HITS[code]:
        case = make_case()
        found = run(case, (CRASHED,))[1] if code == CRASHED.code else report(code, case).findings
        assert code in {finding.code for finding in found}


def test_the_perfect_applicant_with_faultless_files_is_ready() -> None:
    for case in (make_facts.good_case(), make_facts.with_good_facts(make.adult_case())):
        report = make.report(case)
        assert report.verdict == "ready"
        assert {finding.code for finding in report.findings} == {"CON199"}  # what the school has not published
        assert {(result.code, result.reason) for result in report.results if result.outcome == "skipped"} == set()


@functools.cache
def outcomes_for_the_perfect() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for result in make.report(make_facts.good_case()).results:
        found.setdefault(result.code, set()).add(result.outcome)
    return found


@pytest.mark.parametrize("code", CODES)
def test_it_is_silent_where_there_is_nothing_to_find(code: str) -> None:
    if code in SILENT:
        outcomes = {result.outcome for result in report(code, SILENT[code]()).results if result.code == code}
    else:
        outcomes = outcomes_for_the_perfect().get(code, set())
    if code in SILENT_WITHOUT_SUBJECT:
        assert outcomes <= {"not_applicable"}
    else:
        assert "passed" in outcomes
        assert outcomes <= {"passed", "not_applicable"}
