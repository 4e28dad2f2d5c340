"""Dates of a study, moved together."""

from __future__ import annotations

import re
from datetime import date

from degreecheck.sample.applicants import Applicant


def months(applicant: Applicant) -> list[str]:
    """The months in which courses were passed, each once, earliest first; the thesis is not among them."""
    return sorted({row["passed_on"] for row in applicant.form["courses"]["records"][:-1]})


def month_after(day: date) -> str:
    """The month after a day's, YYYY-MM."""
    return f"{day.year + day.month // 12}-{day.month % 12 + 1:02d}"


def forget_diploma(applicant: Applicant) -> None:
    """The diploma number tells the year of graduation: it goes when that date moves, unless the route rests on it."""
    if not (applicant.route == "english_two" and applicant.self_study):
        applicant.form["institution"]["diploma_number"] = ""


def move_study(applicant: Applicant, years: int) -> None:
    """Let everything have happened years later (or, below zero, earlier)."""
    institution = applicant.form["institution"]
    institution["entry_date"] = _moved(institution["entry_date"], years)
    institution["graduation_date"] = _moved(institution["graduation_date"], years)
    for row in applicant.form["courses"]["records"]:
        row["passed_on"] = _moved(row["passed_on"], years)
    forget_diploma(applicant)


def _moved(text: str, years: int) -> str:
    return re.sub(r"^\d{4}", lambda found: str(int(found[0]) + years), text)
