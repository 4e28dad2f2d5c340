"""SYS: the checker itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import make
from degreecheck import check, folder
from degreecheck.facts import FileFacts, NotChecked
from degreecheck.form import AdvisorContacts, Answer, SetAside
from degreecheck.rules._rule import Case, ListedPath


def test_the_perfect_applicant_is_silent() -> None:
    assert make.codes(make.perfect_case(), "SYS") == set()


def test_each_value_set_aside_is_a_finding_of_its_own() -> None:
    aside = (SetAside(field="personal.name", value="3"), SetAside(field="courses.records[2].score", value="80"))
    found = make.findings(make.perfect_case({"set_aside": aside}), "SYS101")
    assert [finding.key for finding in found] == ["SYS101:personal.name", "SYS101:courses.records[2].score"]
    assert "姓名" in make.sentences(found)
    assert "第 3 行“成绩”" in make.sentences(found)


def test_a_value_set_aside_in_a_slot_is_named_after_the_materials() -> None:
    aside = (SetAside(field="materials.photo[0]", value="3"),)
    found = make.findings(make.perfect_case({"set_aside": aside}), "SYS101")
    assert "“上传材料”" in make.sentences(found)


@pytest.mark.parametrize(
    ("field", "changes", "missing"),
    [
        ("personal.name", {"personal.name": ""}, "IDN101"),
        ("personal.mobile", {"personal.mobile": ""}, "IDN401"),
        ("institution.entry_date", {"institution.entry_date": None}, "SCH301"),
        ("courses.average_score", {"courses.average_score": ""}, "CRS101"),
        ("thesis.keywords", {"thesis.keywords": ()}, "THS103"),
        ("thesis.keywords[0]", {"thesis.keywords": ()}, "THS103"),
        ("thesis.advisor_contacts", {"thesis.advisor_contacts": AdvisorContacts()}, "THS301"),
        ("thesis.advisor_contacts.qq", {"thesis.advisor_contacts": AdvisorContacts()}, "THS301"),
        ("language.route", {"language.route": ""}, "LNG101"),
        ("courses.records", {"courses.records": ()}, "CRS204"),
        ("courses", {"courses.average_score": ""}, "CRS101"),
        ("courses.records[3].score", {"courses.records": make.records_with(3, score="")}, "CRS407"),
        ("materials.exam_permit", {"materials": {}}, "MAT101"),
        ("materials.photo[0]", {"materials": {}}, "PHO101"),
    ],
)
def test_what_was_set_aside_is_not_called_missing_too(field: str, changes: dict[str, object], missing: str) -> None:
    aside = {"set_aside": (SetAside(field=field, value="[]"),)}

    def is_told(judged: Case) -> bool:
        found = [one for one in make.findings(judged, missing) if missing != "MAT101" or one.slot == "exam_permit"]
        return bool(found)

    assert is_told(make.perfect_case(changes))
    case = make.perfect_case({**changes, **aside})
    assert not is_told(case)
    assert ("skipped", "after SYS101") in make.reasons(case, missing)
    # Who has confirmed that and left the field blank is told that it is.
    answered = {"answers": {f"SYS101:{field}": Answer(values_sha256="x")}}
    assert is_told(make.perfect_case({**changes, **aside, **answered}))


def test_a_field_that_is_filled_in_again_is_judged() -> None:
    aside = {"set_aside": (SetAside(field="personal.mobile", value="[]"),)}
    assert make.codes(make.perfect_case({"personal.mobile": "12", **aside}), "IDN", "SYS") == {"IDN402", "SYS101"}


def test_files_under_a_name_that_is_no_material(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(b"x")
    slots = '{"materials": {"passport": ["a.jpg", "gone.jpg"], "学位证": ["../c.jpg"], "": ["b.jpg"], "x": []}}'
    (tmp_path / "application.json").write_text(slots, encoding="utf-8")

    def inspect(requests: Sequence[Any]) -> dict[str, Any]:
        assert not requests
        return {}

    case = check.gather(folder.load(tmp_path), make.school(), make.NOW, inspect=inspect)
    found = make.findings(case, "SYS101")
    assert {finding.variant for finding in found} == {"slot"}
    assert [finding.values["set_aside"] for finding in found] == ["passport", "学位证", ""]
    assert "“passport”" in make.sentences(found)
    # One cause, one finding: they are neither gone, nor lost, nor leaving the folder, nor papers.
    assert make.codes(case, "SYS", "SCN") == {"SYS101"}
    assert not make.codes(case) & {"MAT202", "MAT203"}


def test_an_unreadable_form_says_where() -> None:
    case = make.perfect_case(form_unreadable="not_json", form_unreadable_line=12)
    assert "第 12 行" in make.sentences(make.findings(case, "SYS102"))
    assert make.codes(case) == {"SYS102"}


def test_a_path_that_leaves_the_folder() -> None:
    listed = (ListedPath("other", "../a.jpg", unsafe="parent", exists=False), ListedPath("other", "b.jpg", "b.jpg"))
    found = make.findings(replace(make.perfect_case(), listed=listed), "SYS103")
    assert [(finding.slot, finding.file, finding.values["path"]) for finding in found] == [("other", None, "../a.jpg")]


def test_a_folder_without_a_form() -> None:
    case = make.perfect_case(form_source="none")
    assert make.codes(case, "SYS") == {"SYS104"}
    assert make.report(case).verdict == "confirm"
    assert not make.finding(case, "SYS104").answerable


@pytest.mark.parametrize(
    ("reason", "code"),
    [("timed_out", "SYS201"), ("died", "SYS202"), ("out_of_memory", "SYS202"), ("nonsense", "SYS202"),
     ("worker_unavailable", "SYS202")],
)  # fmt: skip
def test_a_file_that_could_not_be_looked_at(reason: str, code: str) -> None:
    file = "materials/成绩单.jpg"
    case = make.perfect_case(facts={file: NotChecked(reason=reason)})  # type: ignore[arg-type]
    assert make.codes(case, "SYS") == {code}
    finding = make.finding(case, code)
    assert (finding.severity, finding.answerable, finding.file) == ("warning", False, file)
    report = make.report(case)
    assert report.exit_code == 3
    assert file in [name for line in report.not_checked for name in line.files]


def test_a_file_that_was_looked_at_is_silent() -> None:
    case = make.perfect_case(facts={"materials/成绩单.jpg": FileFacts(size=1, type="jpeg")})
    assert make.codes(case, "SYS") == set()
