"""The countdown: states, days and hours, and that it agrees with the rules on the window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from degreecheck import clock, pack, text
from degreecheck.deadlines import State, awaits_submission, days_until, deadline
from degreecheck.form import Status, Submission
from degreecheck.pack import Round

CQUST = pack.find("cqust")
OPENS, CLOSES, CORRECTIONS = (
    clock.parse_moment(moment) for moment in ("2026-04-15T08:00", "2026-04-24T23:59", "2026-05-20T23:59")
)


def at(moment: str) -> datetime:
    return clock.parse_moment(moment)


def window(status: Status = "draft", **changes: datetime | None) -> Submission:
    dates = {"window_opens": OPENS, "window_closes": CLOSES, "correction_closes": CORRECTIONS} | changes
    return Submission(status=status, **dates)


@pytest.mark.parametrize(
    ("now", "state", "days", "hours"),
    [
        ("2026-04-10T09:00", "not_open", 5, 119),
        ("2026-04-15T07:59", "not_open", 0, 0),
        ("2026-04-15T08:00", "open", 9, 231),
        ("2026-04-20T23:59", "open", 4, 96),
        ("2026-04-21T00:00", "closing", 3, 95),
        ("2026-04-24T10:00", "closing", 0, 13),
        ("2026-04-24T23:59", "closing", 0, 0),
        ("2026-04-24T23:59:01", "closed", 0, 0),
        ("2026-05-01", "closed", -7, 0),
    ],
)
def test_a_draft_goes_by_the_window(now: str, state: State, days: int, hours: int) -> None:
    found = deadline(window(), CQUST, at(now))
    assert (found.state, found.days, found.hours) == (state, days, hours)
    assert found.field == ("submission.window_opens" if state == "not_open" else "submission.window_closes")


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-04-10", "correction_open"),  # it came back: the window's opening matters no longer
        ("2026-05-16", "correction_open"),
        ("2026-05-17", "correction_closing"),
        ("2026-05-21", "correction_closed"),
    ],
)
def test_one_that_came_back_goes_by_the_corrections(now: str, state: State) -> None:
    found = deadline(window("returned"), CQUST, at(now))
    assert (found.state, found.field, found.at) == (state, "submission.correction_closes", CORRECTIONS)


def test_nothing_entered() -> None:
    found = deadline(Submission(), CQUST, at("2026-04-18"))
    assert (found.state, found.at, found.days, found.hours) == ("unknown", None, None, None)
    assert found.usual is not None
    assert found.usual.name == "2025年上半年"
    assert deadline(Submission(status="returned"), CQUST, at("2026-04-18")).state == "correction_unknown"


def test_a_round_that_is_not_over_stands_in_for_a_date() -> None:
    coming = Round(name="2026年上半年", notice="通知", window_opens=OPENS, window_closes=CLOSES.replace(tzinfo=None))
    newer = CQUST.model_copy(update={"rounds": (*CQUST.rounds, coming)})
    found = deadline(Submission(), newer, at("2026-04-18"))
    assert (found.state, found.at, found.source) == ("open", CLOSES, "round")
    assert deadline(Submission(), newer, at("2026-04-12")).state == "not_open"
    assert deadline(Submission(), newer, at("2026-04-25")).state == "unknown"
    own = deadline(Submission(window_closes=CLOSES + timedelta(days=9)), newer, at("2026-04-18"))
    assert (own.source, own.days) == ("form", 15)


@pytest.mark.parametrize("status", ["not_reviewed", "in_review"])
def test_what_is_handed_in_waits(status: Status) -> None:
    found = deadline(window(status), CQUST, at("2026-04-30"))
    assert (found.state, found.days) == ("waiting", 20)
    undated = deadline(window(status, correction_closes=None), CQUST, at("2026-04-30"))
    assert (undated.state, undated.key) == ("waiting", "deadline.sentence.waiting_undated")
    assert deadline(window(status), CQUST, at("2026-06-01")).at is None


@pytest.mark.parametrize("status", ["passed", "refused"])
def test_what_is_decided_has_no_date(status: Status) -> None:
    found = deadline(window(status), CQUST, at("2026-04-30"))
    assert (found.state, found.at) == ("finished", None)


def test_days_are_counted_in_the_schools_time() -> None:
    assert days_until(datetime(2026, 4, 24, 15, 59, tzinfo=UTC), at("2026-04-24T10:00")) == 0
    assert days_until(datetime(2026, 4, 24, 16, 1, tzinfo=UTC), at("2026-04-24T10:00")) == 1


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize(
    ("now", "words"), [("2026-04-24T10:00", "13"), ("2026-04-24T23:30", "04-24 23:59"), ("2026-04-20", "04-24 23:59")]
)
def test_it_is_said_in_words(language: str, now: str, words: str) -> None:
    found = deadline(window(), CQUST, at(now))
    assert words in text.load(language).get(found.key, **found.values)


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_state_has_words(language: str) -> None:
    texts = text.load(language)
    for state in get_args(State):
        assert texts.has(f"deadline.state.{state}")
        assert texts.has(f"deadline.sentence.{state}")


moments = st.integers(0, 24 * 60).map(lambda hours: datetime(2026, 4, 1, tzinfo=UTC) + timedelta(hours=hours))


@given(moments, st.sampled_from(get_args(Status)), st.none() | moments, st.none() | moments, st.none() | moments)
def test_it_says_what_the_rules_say(
    now: datetime, status: Status, opens: datetime | None, closes: datetime | None, corrections: datetime | None
) -> None:
    now = now.astimezone(clock.SCHOOL_TIME)
    submission = Submission(status=status, window_opens=opens, window_closes=closes, correction_closes=corrections)
    found = deadline(submission, CQUST, now)
    assert text.load("zh").get(found.key, **found.values)
    codes = make.codes(make.perfect_case({"submission": submission}, now=now), "WIN")
    ending = found.state.removeprefix("correction_")
    over = (awaits_submission(status) and ending == "closed") or _closed_unopened(found, now, closes)
    assert ("WIN103" in codes) is over
    if ending in ("closing", "open", "unknown"):
        assert codes == {"closing": {"WIN102"}, "open": set(), "unknown": {"WIN104"}}[ending]
    assert ("WIN101" in codes) is (found.state == "not_open")


def _closed_unopened(found: object, now: datetime, closes: datetime | None) -> bool:
    """Dates in the wrong order: closed before it opens. The rules say both, the countdown the first."""
    return getattr(found, "state", "") == "not_open" and closes is not None and now > closes
