"""Course rows and the average that follows from them."""

from __future__ import annotations

from decimal import Decimal

from degreecheck.sample.applicants import Applicant
from degreecheck.sample.studies import Record, average_of, counts


def rows(applicant: Applicant) -> list[Record]:
    """All rows of the form; the thesis is the last."""
    found: list[Record] = applicant.form["courses"]["records"]
    return found


def counted(applicant: Applicant) -> list[Record]:
    """The rows that make the average: numbers, without the thesis."""
    return [row for row in rows(applicant) if counts(row)]


def courses(applicant: Applicant) -> list[Record]:
    """The courses that a fault may change: all but the thesis and English (II), on which a route may rest."""
    return [row for row in rows(applicant)[:-1] if row["code"] != "00015"]


def thesis_row(applicant: Applicant) -> Record:
    """The row of the thesis."""
    return rows(applicant)[-1]


def exact_average(applicant: Applicant) -> Decimal:
    """The average that the rows give, not rounded."""
    found = counted(applicant)
    return sum((Decimal(row["score"]) for row in found), Decimal()) / len(found)


def set_average(applicant: Applicant) -> None:
    """State the average that the rows give."""
    applicant.form["courses"]["average_score"] = average_of(rows(applicant))
