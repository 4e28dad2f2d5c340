"""WIN: the window in which the portal takes applications, as the person has set it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from degreecheck import deadlines
from degreecheck.rules._rule import Case, Hit, hit, rule


def _awaits_submission(case: Case) -> bool:
    return deadlines.awaits_submission(case.form.submission.status)


def _closes(case: Case) -> datetime | None:
    return deadlines.closes(case.form.submission)


@rule("WIN101", "warning", field="submission.window_opens", applies=_awaits_submission)
def window_not_open(case: Case) -> Iterator[Hit]:
    """The window has not opened yet: the portal takes nothing before. Source: M26."""
    submission = case.form.submission
    if submission.status == "draft" and submission.window_opens is not None and case.now < submission.window_opens:
        yield hit(opens=submission.window_opens)


@rule("WIN103", "error", field="submission.window_closes", applies=_awaits_submission)
def window_closed(case: Case) -> Iterator[Hit]:
    """The window has closed, or the time for corrections has: nobody can hand in after it. Source: M26."""
    closes = _closes(case)
    if closes is not None and case.now > closes:
        returned = case.form.submission.status == "returned"
        where = deadlines.closes_field(case.form.submission.status)
        yield hit("returned" if returned else "", field=where, closed=closes)


@rule("WIN102", "warning", field="submission.window_closes", after=("WIN103",), applies=_awaits_submission,
      limits=("window_closing_days",))  # fmt: skip
def window_closing(case: Case) -> Iterator[Hit]:
    """The window closes within days, and a returned application needs time to be mended. Source: M26."""
    closes = _closes(case)
    if closes is not None and deadlines.is_closing(closes, case.now, case.pack):
        left = deadlines.days_until(closes, case.now)
        yield hit("today" if left == 0 else "", days=left, closes=closes,
                  field=deadlines.closes_field(case.form.submission.status))  # fmt: skip


@rule("WIN104", "note", field="submission.window_closes", applies=_awaits_submission)
def window_unknown(case: Case) -> Iterator[Hit]:
    """No window has been entered, so nobody is warned when it closes. Source: M26."""
    if _closes(case) is None:
        status = case.form.submission.status
        yield hit("returned" if status == "returned" else "", field=deadlines.closes_field(status))
