"""The next date that matters to an application, and how long until then (M25, M26).

The dates are those that the person has entered; a round of the pack stands in only while it is not over. What counts
as closed and as closing is said here once: the rules WIN101-104 and the countdown in the window go by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from degreecheck.clock import SCHOOL_TIME
from degreecheck.form import Status, Submission
from degreecheck.pack import Pack, Round

State = Literal[
    "unknown", "not_open", "open", "closing", "closed",
    "correction_unknown", "correction_open", "correction_closing", "correction_closed",
    "waiting", "finished",
]  # fmt: skip
STATES_OVER: frozenset[State] = frozenset({"closed", "correction_closed"})
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Deadline:
    """Where an application stands in time.

    `at`: the next date that matters, or the one that has passed ("closed"); None where none is known or none matters.
    `left`: time until `at`, negative afterwards. `days`: calendar days until then in the school's time, 0 = today.
    `field`: where the person enters that date. `source`: "form", or "round" for the pack's own date, which should be
    offered for entering. `usual`: the newest round the pack knows of, as a hint where nothing is known.
    """

    state: State
    at: datetime | None = None
    left: timedelta | None = None
    days: int | None = None
    field: str = ""
    source: Literal["form", "round"] = "form"
    usual: Round | None = None

    @property
    def hours(self) -> int | None:
        """Whole hours left, 0 once it is over."""
        return None if self.left is None else max(0, self.left // _HOUR)

    @property
    def key(self) -> str:
        """The key of the sentence that says it ([deadline.sentence]); `values` go into it."""
        ahead = self.state in ("open", "closing", "not_open", "correction_open", "correction_closing")
        if ahead and self.days == 0:
            return f"deadline.sentence.{self.state}_today" if self.hours else f"deadline.sentence.{self.state}_hour"
        if self.state == "waiting" and self.at is None:
            return "deadline.sentence.waiting_undated"
        return f"deadline.sentence.{self.state}"

    @property
    def values(self) -> dict[str, object]:
        """The values for the sentence."""
        return {"at": self.at or "", "days": self.days or 0, "hours": self.hours or 0}


def awaits_submission(status: Status) -> bool:
    """Whether the application still has to be handed in: a draft, or one that came back (M25)."""
    return status in ("draft", "returned")


def closes(submission: Submission) -> datetime | None:
    """Until when it has to be handed in: the end of corrections for one that came back. None when not entered."""
    return submission.correction_closes if submission.status == "returned" else submission.window_closes


def closes_field(status: Status) -> str:
    """The field that holds the date of `closes`."""
    return "submission.correction_closes" if status == "returned" else "submission.window_closes"


def days_until(moment: datetime, now: datetime) -> int:
    """Calendar days in the school's time: 0 on the same day, negative afterwards."""
    return (_school(moment).date() - _school(now).date()).days


def is_closing(moment: datetime, now: datetime, pack: Pack) -> bool:
    """Whether so few days are left that it should be said (the pack's window_closing_days)."""
    return days_until(moment, now) <= pack.window_closing_days


def deadline(submission: Submission, pack: Pack, now: datetime) -> Deadline:
    """The next date that matters. ``now`` must be aware (clock.now())."""
    usual = next((one for one in reversed(pack.rounds) if one.window_closes is not None), None)
    status = submission.status
    if status in ("passed", "refused"):
        return Deadline("finished")
    if status in ("not_reviewed", "in_review"):
        correction = submission.correction_closes
        if correction is None or _school(correction) < now:
            return Deadline("waiting")
        return _dated("waiting", correction, now, "submission.correction_closes", "form", None)
    opens, ends, source = _dates(submission, usual, now)
    field = closes_field(status)
    if opens is not None and now < opens and status == "draft":
        return _dated("not_open", opens, now, "submission.window_opens", source, usual)
    returned = status == "returned"
    if ends is None:
        return Deadline("correction_unknown" if returned else "unknown", field=field, usual=usual)
    state: State
    if now > ends:
        state = "correction_closed" if returned else "closed"
    elif is_closing(ends, now, pack):
        state = "correction_closing" if returned else "closing"
    else:
        state = "correction_open" if returned else "open"
    return _dated(state, ends, now, field, source, usual)


def _dates(
    submission: Submission, usual: Round | None, now: datetime
) -> tuple[datetime | None, datetime | None, Literal["form", "round"]]:
    """When it opens and closes: as entered, else as a round says that is not over yet."""
    ends = closes(submission)
    if ends is None and usual is not None and submission.window_opens is None:
        of_round = usual.correction_closes if submission.status == "returned" else usual.window_closes
        if of_round is not None and _school(of_round) >= now:
            opens = None if usual.window_opens is None else _school(usual.window_opens)
            return opens, _school(of_round), "round"
    opens = None if submission.window_opens is None else _school(submission.window_opens)
    return opens, None if ends is None else _school(ends), "form"


def _dated(
    state: State, at: datetime, now: datetime, field: str, source: Literal["form", "round"], usual: Round | None
) -> Deadline:
    at = _school(at)
    return Deadline(state, at, at - now, days_until(at, now), field, source, usual)


def _school(moment: datetime) -> datetime:
    """In the school's time; a pack's date without a zone is in it already."""
    return moment.replace(tzinfo=SCHOOL_TIME) if moment.tzinfo is None else moment.astimezone(SCHOOL_TIME)
