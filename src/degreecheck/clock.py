"""The school's time: China has one zone and no summer time, so it needs no time-zone database."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

SCHOOL_TIME = timezone(timedelta(hours=8), "UTC+8")


def now() -> datetime:
    """The present moment in the school's time. The only place that reads the clock for a judgement."""
    return datetime.now(SCHOOL_TIME)


def parse_moment(text: str) -> datetime:
    """A moment from ISO text; a bare date stands for noon, so that a window open on that day counts as open.

    Raises ValueError for anything else.
    """
    text = text.strip()
    if len(text) == len("2026-04-15"):
        return datetime.combine(date.fromisoformat(text), time(12), SCHOOL_TIME)
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=SCHOOL_TIME) if moment.tzinfo is None else moment.astimezone(SCHOOL_TIME)
