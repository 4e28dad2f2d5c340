"""The faults cover every check, and say what they touch."""

from __future__ import annotations

from degreecheck.rules import RULES
from degreecheck.sample.faults import FAULTS, NOT_IN_A_FOLDER


def test_every_error_and_warning_has_a_fault_or_a_reason_why_not() -> None:
    covered = {code for fault in FAULTS.values() for code in fault.codes}
    wanted = {code for code, rule in RULES.items() if rule.severity != "note"}
    assert sorted(wanted - covered - NOT_IN_A_FOLDER.keys()) == []


def test_reasons_stand_only_where_they_are_needed() -> None:
    covered = {code for fault in FAULTS.values() for code in fault.codes}
    assert sorted(covered & NOT_IN_A_FOLDER.keys()) == []
    assert sorted(NOT_IN_A_FOLDER.keys() - RULES.keys()) == []
    assert all(reason for reason in NOT_IN_A_FOLDER.values())


def test_faults_name_checks_that_there_are_and_are_said_in_words() -> None:
    for fault in FAULTS.values():
        assert set(fault.codes) <= RULES.keys(), fault.name
        assert fault.touches, fault.name
        assert fault.kinds, fault.name
        assert fault.change.__doc__, fault.name


def test_faults_that_touch_the_same_do_not_go_together() -> None:
    assert not FAULTS["wrong_check_digit"].goes_with(FAULTS["other_birth_date"])
    assert not FAULTS["form_in_gbk"].goes_with(FAULTS["no_title"])
    assert not FAULTS["no_student_number"].goes_with(FAULTS["no_exam_number"])  # no applicant has both
    assert FAULTS["wrong_check_digit"].goes_with(FAULTS["no_title"])
