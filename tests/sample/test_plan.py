"""One seed, one plan; every fault once before any pair; and what the rules on the form find is what was planned."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from degreecheck import check, form_file, pack, slot_names
from degreecheck.clock import SCHOOL_TIME
from degreecheck.folder import Folder
from degreecheck.form import Form
from degreecheck.report import Report
from degreecheck.sample import writing
from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults import FAULTS
from degreecheck.sample.plan import Planned, plan

TODAY = date(2026, 5, 6)
# What is judged by the form alone; the rest needs files and is tried end to end.
FORM_FAMILIES = ("SYS", "IDN", "SCH", "CRS", "THS", "LNG", "CON", "WIN")


def report_on(applicant: Applicant, today: date) -> Report:
    """The report on an applicant whose files are not looked at."""
    return check.judge(
        check.gather(
            _folder(applicant), pack.find(str(applicant.form["pack"])), datetime.combine(today, time(12), SCHOOL_TIME)
        )
    )


def _folder(applicant: Applicant) -> Folder:
    where, files = Path(applicant.folder), tuple(sorted(applicant.files))
    if applicant.without_form:
        guessed = {slot: tuple(found) for slot, found in slot_names.guess_all(files).items()}
        return Folder(where, files, Form(materials=guessed), "none")
    try:
        return Folder(where, files, form_file.parse(writing.form_bytes(applicant)), "file")
    except form_file.FormUnreadable as trouble:
        return Folder(where, files, Form(), "file", form_unreadable=trouble.reason)


def of_the_form(codes: set[str]) -> set[str]:
    return {code for code in codes if code[:3] in FORM_FAMILIES}


def found_in(report: Report) -> set[str]:
    return of_the_form({finding.code for finding in report.findings if finding.severity != "note"})


def disagreements(planned: list[Planned], today: date) -> dict[str, tuple[tuple[str, ...], set[str], set[str]]]:
    """Applicants in whom something else is found than planned: faults, planned codes, found codes."""
    compared = {}
    for each in planned:
        wanted, found = of_the_form(set(each.codes)), found_in(report_on(each.applicant, today))
        if wanted != found:
            compared[each.applicant.folder] = (each.faults, wanted, found)
    return compared


def test_every_fault_shows_exactly_its_codes() -> None:
    count = len(FAULTS) * 10 // 9 + 3
    planned = plan(count, 7, TODAY, with_faults=True)
    assert {name for each in planned for name in each.faults} == set(FAULTS)
    assert disagreements(planned, TODAY) == {}


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2025, 1, 1), date(2027, 12, 31)])
def test_it_holds_on_any_day(today: date) -> None:
    planned = plan(40, 11, today, with_faults=True)
    assert disagreements(planned, today) == {}
    assert disagreements(plan(30, 5, today, with_faults=False), today) == {}


def test_pairs_do_not_hide_each_other() -> None:
    planned = plan(len(FAULTS) * 10 // 9 + 80, 23, TODAY, with_faults=True)[-75:]
    assert sum(len(each.faults) == 2 for each in planned) > 60
    assert disagreements(planned, TODAY) == {}


def test_faultless_applicants_are_ready_but_for_their_files() -> None:
    for each in plan(30, 2, TODAY, with_faults=False):
        report = report_on(each.applicant, TODAY)
        assert (each.codes, report.verdict, report.unconfirmed) == ((), "ready", ())


def test_the_asked_count_has_every_fault() -> None:
    planned = plan(200, 7, TODAY, with_faults=True)
    names = [each.faults for each in planned]
    assert {name for faults in names for name in faults} == set(FAULTS)
    first_pair = next(place for place, faults in enumerate(names) if len(faults) == 2)
    assert all(len(faults) < 2 for faults in names[:first_pair])
    assert names[0] == ()
    assert names.count(()) == 10
    assert len({each.applicant.folder for each in planned}) == 200


def test_one_seed_makes_one_plan() -> None:
    def forms(seed: int) -> list[tuple[str, tuple[str, ...], bytes]]:
        return [
            (each.applicant.folder, each.codes, writing.form_bytes(each.applicant))
            for each in plan(30, seed, TODAY, with_faults=True)
        ]

    assert forms(7) == forms(7)
    assert forms(7) != forms(8)


def test_without_pdf_every_paper_is_a_word_file() -> None:
    for each in plan(5, 1, TODAY, with_faults=False, as_pdf=False):
        papers = {path for path, material in each.applicant.files.items() if material.type in ("pdf", "docx")}
        assert len(papers) == 4
        assert all(path.endswith(".docx") for path in papers)


def test_nobody_has_the_certificate_number_of_another() -> None:
    planned = plan(600, 11, TODAY, with_faults=False)
    numbers = [each.applicant.form["language"]["certificate_number"] for each in planned]
    given = [number for number in numbers if number]
    assert len(given) > 400
    assert len(set(given)) == len(given)
