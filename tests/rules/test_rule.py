"""The runner: outcomes, root causes, overrides, answers; with rules of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from degreecheck import check, clock, pack
from degreecheck.facts import FileFacts, NotChecked, Unreadable
from degreecheck.form import Answer, CourseRecord, Courses, Form, OnlyAsked
from degreecheck.rules import RULES
from degreecheck.rules._rule import (
    Case,
    Hit,
    ListedPath,
    NotApplicable,
    NotInspected,
    Rule,
    Subject,
    hit,
    in_order,
    rule,
    run,
)

NOW = clock.parse_moment("2026-04-20")
PACK = pack.find("cqust")


def a_case(**changes: Any) -> Case:
    return Case(**{"form": Form(), "pack": PACK, "now": NOW} | changes)


def a_rule(code: str, function: Callable[..., Any], **options: Any) -> Rule:
    defaults: dict[str, Any] = {
        "severity": "error", "each": "case", "field": "", "after": (), "applies": None, "answerable": True,
        "limits": (), "always": False,
    }  # fmt: skip
    return Rule(code, check=function, **defaults | options)


def outcomes(case: Case, *rules: Rule) -> dict[str, tuple[str, str]]:
    results, _ = run(case, in_order({entry.code: entry for entry in rules}))
    return {f"{result.code}:{result.subject}": (result.outcome, result.reason) for result in results}


def hits(_: Case) -> Iterator[Hit]:
    yield hit()


def silent(_: Case) -> None:
    return None


def test_outcomes() -> None:
    def crashes(_: Case) -> None:
        raise KeyError("x")

    def not_inspected(_: Case) -> None:
        raise NotInspected("timed_out")

    def not_applicable(_: Case) -> None:
        raise NotApplicable

    found = outcomes(
        a_case(), a_rule("AAA101", hits), a_rule("AAA102", silent), a_rule("AAA103", crashes),
        a_rule("AAA104", not_inspected), a_rule("AAA105", not_applicable),
        a_rule("AAA106", hits, applies=lambda case: not case.self_study),
    )  # fmt: skip
    assert found == {
        "AAA101:form": ("hit", ""),
        "AAA102:form": ("passed", ""),
        "AAA103:form": ("crashed", "KeyError"),
        "AAA104:form": ("skipped", "timed_out"),
        "AAA105:form": ("not_applicable", ""),
        "AAA106:form": ("not_applicable", ""),
    }


def test_a_rule_after_a_hit_is_skipped_and_so_is_what_follows_it() -> None:
    found = outcomes(
        a_case(),
        a_rule("AAA103", hits, after=("AAA102",)),  # stands first and still waits
        a_rule("AAA101", hits),
        a_rule("AAA102", hits, after=("AAA101",)),
        a_rule("AAA104", hits, after=("AAA105",)),
        a_rule("AAA105", silent),
    )
    assert found["AAA102:form"] == ("skipped", "after AAA101")
    assert found["AAA103:form"] == ("skipped", "after AAA101")
    assert found["AAA104:form"] == ("hit", "")


def test_rules_in_a_circle_are_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        outcomes(a_case(), a_rule("AAA101", hits, after=("AAA102",)), a_rule("AAA102", hits, after=("AAA101",)))


def test_a_code_is_taken_once() -> None:
    with pytest.raises(ValueError, match="IDN101 is taken by name_missing"):
        rule("IDN101")(hits)


def test_per_file_rules_act_on_each_file_alone() -> None:
    def hits_first(_: Case, subject: Subject) -> Iterator[Hit]:
        if subject.file == "a.jpg":
            yield hit()

    def crashes_on_second(_: Case, subject: Subject) -> Iterator[Hit]:
        if subject.file == "b.jpg":
            raise RuntimeError
        yield hit()

    listed = (ListedPath("transcript", "a.jpg", "a.jpg"), ListedPath("other", "b.jpg", "b.jpg"),
              ListedPath("other", "a.jpg", "a.jpg"), ListedPath("photo", "p.jpg", "p.jpg"),
              ListedPath("other", "gone.jpg", "gone.jpg", exists=False),
              ListedPath("other", "../x", unsafe="parent", exists=False))  # fmt: skip
    found = outcomes(
        a_case(listed=listed),
        a_rule("AAA101", hits_first, each="file"),
        a_rule("AAA102", crashes_on_second, each="file", after=("AAA101",)),
    )
    assert found == {
        "AAA101:a.jpg": ("hit", ""),
        "AAA101:b.jpg": ("passed", ""),
        "AAA102:a.jpg": ("skipped", "after AAA101"),
        "AAA102:b.jpg": ("crashed", "RuntimeError"),
    }


def test_a_file_of_several_slots_is_one_subject_that_knows_them() -> None:
    seen: list[tuple[str, ...]] = []

    def look(_: Case, subject: Subject) -> None:
        seen.append(subject.slots)

    listed = (ListedPath("transcript", "a.jpg", "a.jpg"), ListedPath("registration_page", "a.jpg", "a.jpg"))
    outcomes(a_case(listed=listed), a_rule("AAA101", look, each="file"))
    assert seen == [("transcript", "registration_page")]


def test_rows_are_counted_from_one() -> None:
    form = Form(courses=Courses(records=(CourseRecord(name="a"), CourseRecord(name="b"))))
    found = outcomes(a_case(form=form), a_rule("AAA101", lambda _case, _subject: None, each="row"))
    assert list(found) == ["AAA101:row:1", "AAA101:row:2"]


def test_nothing_to_run_on_is_not_applicable() -> None:
    assert outcomes(a_case(), a_rule("AAA101", hits, each="photo")) == {"AAA101:": ("not_applicable", "")}


def test_a_field_that_was_not_asked_for_is_skipped_not_missing() -> None:
    form: Any = OnlyAsked(Form(), frozenset({"personal.name"}))
    results, findings = run(a_case(form=form), [RULES["IDN101"], RULES["IDN201"], RULES["IDN501"]])
    assert [finding.code for finding in findings] == ["IDN101"]
    assert {result.code: result.reason for result in results if result.outcome == "skipped"} == {
        "IDN201": "not_in_roster", "IDN501": "not_in_roster",
    }  # fmt: skip


def test_an_unreadable_form_leaves_only_what_always_runs() -> None:
    report = check.judge(a_case(form_unreadable="not_json", form_unreadable_line=3))
    assert [finding.code for finding in report.findings] == ["SYS102"]
    assert report.verdict == "unreadable"
    assert report.exit_code == 3
    assert {result.reason for result in report.results if result.outcome == "skipped"} == {"form_unreadable"}


def test_facts_that_are_not_there_are_never_passed() -> None:
    case = a_case(facts={"late.jpg": NotChecked(reason="timed_out"),
                         "bad.jpg": FileFacts(size=1, unreadable=Unreadable(reason="damaged")),
                         "word.docx": FileFacts(size=1, type="docx")})  # fmt: skip
    for file, reason in (("none.jpg", "not_inspected"), ("late.jpg", "timed_out"), ("bad.jpg", "unreadable")):
        with pytest.raises(NotInspected) as caught:
            case.image(file)
        assert caught.value.reason == reason
    for read in (case.image, case.photo, case.scan, case.pdf, case.word):
        with pytest.raises(NotApplicable):
            read("word.docx")
    with pytest.raises(NotInspected):
        case.text("word.docx")


def test_a_pack_may_change_a_severity_and_says_why() -> None:
    changed = PACK.model_copy(update={"overrides": {"IDN101": pack.Override(severity="note", reason="本批放宽")}})
    _, (finding,) = run(a_case(pack=changed), [RULES["IDN101"]])
    assert (finding.severity, finding.default_severity, finding.override_reason) == ("note", "error", "本批放宽")


def test_an_answer_holds_as_long_as_the_values_do() -> None:
    def a_warning(case: Case) -> Iterator[Hit]:
        yield hit(name=case.form.personal.name)

    entry = a_rule("WIN101", a_warning, severity="warning")
    fresh = check.judge(a_case(), rules=[entry])
    (finding,) = fresh.findings
    answers = {finding.key: Answer(values_sha256=finding.values_sha256)}
    answered = check.judge(a_case(form=Form(answers=answers)), rules=[entry])
    assert [f.answered for f in answered.findings] == [True]
    assert answered.counts["warning"] == 0
    assert answered.counts["answered"] == 1
    changed = Form.model_validate({"answers": answers, "personal": {"name": "张三"}})
    assert [f.answered for f in check.judge(a_case(form=changed), rules=[entry]).findings] == [False]


def test_errors_cannot_be_answered() -> None:
    entry = a_rule("WIN101", hits)
    (finding,) = check.judge(a_case(), rules=[entry]).findings
    form = Form(answers={finding.key: Answer(values_sha256=finding.values_sha256)})
    assert check.judge(a_case(form=form), rules=[entry]).verdict == "fix"


def test_a_crashed_rule_is_reported_and_the_others_still_run() -> None:
    def crashes(_: Case) -> None:
        raise ZeroDivisionError

    report = check.judge(a_case(), rules=[a_rule("AAA101", crashes), RULES["IDN101"]])
    assert [finding.code for finding in report.findings] == ["IDN101", "SYS301"]
    assert report.findings[1].values == {"code": "AAA101", "crashed_subject": "form"}
    assert not report.findings[1].answerable
    only_crash = check.judge(a_case(), rules=[a_rule("AAA101", crashes)])
    assert (only_crash.exit_code, only_crash.counts["crashed"]) == (3, 1)


def test_verdicts() -> None:
    truthful = Form.model_validate({"confirmations": {"truthful": True}})
    for severity, verdict in (("error", "fix"), ("warning", "confirm"), ("note", "ready")):
        entry = a_rule("WIN101", hits, severity=severity)
        assert check.judge(a_case(form=truthful), rules=[entry]).verdict == verdict
    undeclared = check.judge(a_case(), rules=[])
    assert (undeclared.verdict, undeclared.unconfirmed) == ("confirm", ("confirmations.truthful",))


def test_the_moment_is_the_only_clock() -> None:
    entry = RULES["WIN103"]
    form = Form.model_validate({"submission": {"window_closes": "2026-04-24T23:59"}})
    for moment, expected in (("2026-04-24T23:59", []), ("2026-04-25T00:00", ["WIN103"])):
        case = replace(a_case(form=form), now=clock.parse_moment(moment))
        assert isinstance(case.now, datetime)
        assert [finding.code for finding in run(case, [entry])[1]] == expected


def test_a_note_is_no_root_cause() -> None:
    def remarks(_: Case) -> Iterator[Hit]:
        yield hit(severity="note")

    found = outcomes(a_case(), a_rule("AAA101", remarks), a_rule("AAA102", hits, after=("AAA101",)))
    assert found["AAA102:form"] == ("hit", "")
