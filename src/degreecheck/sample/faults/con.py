"""Faults against the school's conditions."""

from __future__ import annotations

from decimal import Decimal

from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults._dates import move_study
from degreecheck.sample.faults._fault import fault
from degreecheck.sample.faults._scores import set_average, thesis_row

_NEIGHBOUR = "school entry graduation records average thesis_score diploma certificate route score"


def _apply_at_neighbour(applicant: Applicant) -> None:
    """Apply at a school that publishes figures for average and thesis: 65 and 80, within two years of graduation."""
    applicant.form["pack"] = "cqut"
    applicant.form["institution"]["school"] = "重庆理工大学"
    if (applicant.today - applicant.study.graduation).days > 700:
        move_study(applicant, 1)


@fault("CON101", _NEIGHBOUR, self_study=True, routes=("cet4",))
def average_too_low(applicant: Applicant) -> None:
    """Every course just passed."""
    _apply_at_neighbour(applicant)
    for row in applicant.form["courses"]["records"]:
        row["score"] = str(60 + int(Decimal(row["score"])) % 5)
    _give_thesis(applicant, "84")
    set_average(applicant)


@fault("CON102", _NEIGHBOUR, self_study=True, routes=("cet4",))
def thesis_too_low(applicant: Applicant) -> None:
    """A thesis that was passed, but not well enough for a degree at that school."""
    _apply_at_neighbour(applicant)
    _give_thesis(applicant, str(applicant.chance.randint(62, 79)))


def _give_thesis(applicant: Applicant, score: str) -> None:
    thesis_row(applicant)["score"] = score
    applicant.form["courses"]["thesis_score"] = score


@fault("CON103", "score certificate route", routes=("cet4",))
def language_score_too_low(applicant: Applicant) -> None:
    """A CET-4 score below 350."""
    applicant.form["language"]["score"] = str(applicant.chance.randint(221, 349))


@fault("CON103", "score certificate route", routes=("degree_exam",))
def degree_exam_failed(applicant: Applicant) -> None:
    """A score of the degree exam below 60."""
    applicant.form["language"]["score"] = str(applicant.chance.randint(30, 59))


@fault("CON104", "entry graduation records diploma")
def graduated_long_ago(applicant: Applicant) -> None:
    """More than three years since graduation."""
    move_study(applicant, -3)
