"""Faults of school and dates."""

from __future__ import annotations

from datetime import timedelta

from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults._dates import forget_diploma, month_after, months
from degreecheck.sample.faults._fault import fault


@fault("SCH101", "school")
def no_school(applicant: Applicant) -> None:
    """The school is blank."""
    applicant.form["institution"]["school"] = ""


@fault("SCH102", "school")
def another_school(applicant: Applicant) -> None:
    """A school that the demands are not of."""
    applicant.form["institution"]["school"] = applicant.chance.choice(("重庆大学", "西南大学", "重庆师范大学"))


@fault("SCH201", "major")
def no_major(applicant: Applicant) -> None:
    """The major is blank."""
    applicant.form["courses"]["major"] = ""


@fault("SCH301", "entry graduation records")
def no_entry_date(applicant: Applicant) -> None:
    """The entry date is blank."""
    applicant.form["institution"]["entry_date"] = applicant.chance.choice(("", None))


@fault("SCH302", "entry graduation records", self_study=True)
def entry_after_first_course(applicant: Applicant) -> None:
    """The second examination's date instead of the first one's."""
    applicant.form["institution"]["entry_date"] = months(applicant)[1]


@fault("SCH302", "entry graduation records", self_study=True)
def entry_before_every_course(applicant: Applicant) -> None:
    """The date of enrolment, half a year before the first course."""
    first = months(applicant)[0]
    applicant.form["institution"]["entry_date"] = f"{int(first[:4]) - 1}-09-01"


@fault("SCH303", "entry graduation", self_study=False)
def entry_in_september(applicant: Applicant) -> None:
    """1 September, as in full-time study."""
    applicant.form["institution"]["entry_date"] = f"{int(applicant.study.entry[:4]) - 1}-09-01"


@fault("SCH401", "graduation entry records diploma")
def no_graduation_date(applicant: Applicant) -> None:
    """The graduation date is blank."""
    applicant.form["institution"]["graduation_date"] = ""


@fault("SCH402 SCH501", "graduation entry records diploma certificate")
def graduation_before_entry(applicant: Applicant) -> None:
    """A wrong year puts graduation before entry, and so before every course."""
    applicant.form["institution"]["graduation_date"] = f"{int(applicant.study.entry[:4]) - 1}-12-30"
    forget_diploma(applicant)


@fault("SCH403", "graduation entry records diploma certificate")
def graduation_to_come(applicant: Applicant) -> None:
    """The day on which the certificate is expected."""
    applicant.form["institution"]["graduation_date"] = (applicant.today + timedelta(days=60)).isoformat()
    forget_diploma(applicant)


@fault("SCH404", "graduation entry records")
def one_year_of_study(applicant: Applicant) -> None:
    """The study took little more than a year."""
    entry = f"{applicant.study.graduation.year - 1}-03"
    applicant.form["institution"]["entry_date"] = entry if applicant.self_study else f"{entry}-01"
    for row in applicant.form["courses"]["records"]:
        row["passed_on"] = max(row["passed_on"], entry)


@fault("SCH501", "graduation entry records")
def course_after_graduation(applicant: Applicant) -> None:
    """One course is dated after graduation."""
    row = applicant.form["courses"]["records"][-2]
    row["passed_on"] = month_after(applicant.study.graduation)
