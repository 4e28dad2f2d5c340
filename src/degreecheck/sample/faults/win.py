"""Faults of time: before, at the end of, and after the window."""

from __future__ import annotations

from datetime import time, timedelta

from degreecheck.sample.applicants import Applicant, moment
from degreecheck.sample.faults._fault import fault


@fault("WIN101", "window")
def window_tomorrow(applicant: Applicant) -> None:
    """The window opens only tomorrow."""
    applicant.form["submission"]["window_opens"] = moment(applicant.today + timedelta(days=1), time(8))


@fault("WIN102", "window")
def window_about_to_close(applicant: Applicant) -> None:
    """Two days are left, or none."""
    left = applicant.chance.choice((0, 1, 2, 3))
    applicant.form["submission"]["window_closes"] = moment(applicant.today + timedelta(days=left), time(23, 59))


@fault("WIN103", "window")
def window_over(applicant: Applicant) -> None:
    """It closed yesterday."""
    applicant.form["submission"]["window_closes"] = moment(applicant.today - timedelta(days=1), time(23, 59))


@fault("WIN103", "window")
def corrections_over(applicant: Applicant) -> None:
    """Returned, and the time for corrections has passed."""
    applicant.form["submission"] |= {
        "status": "returned",
        "returned_reason": "照片背景色不符",
        "window_closes": moment(applicant.today - timedelta(days=30), time(23, 59)),
        "window_opens": moment(applicant.today - timedelta(days=40), time(8)),
        "correction_closes": moment(applicant.today - timedelta(days=1), time(23, 59)),
    }
