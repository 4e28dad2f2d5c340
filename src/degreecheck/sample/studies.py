"""Made-up studies: when somebody began and graduated, in what, with which courses and scores; and the thesis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from degreecheck import scores
from degreecheck.sample.people import tables

Record = dict[str, Any]
_SESSIONS = (4, 10)  # self-study examinations are held in April and October


@dataclass(frozen=True)
class Study:
    """A study that was completed; dates as the form states them."""

    major: str
    entry: str  # as the form states it: a month where the transcript shows months
    graduation: date
    records: tuple[Record, ...]  # rows of courses.records, the thesis last
    average: str  # without the thesis, two decimals (M10)
    thesis_score: str
    title: str
    direction: str
    keywords: tuple[str, ...]


def graduation_before(chance: Random, today: date, self_study: bool) -> date:
    """A day on which certificates are dated, between one month and some two and a half years ago (CON104: three)."""
    days = ((6, 30), (12, 30)) if self_study else ((1, 10), (7, 1))
    past = [
        day
        for year in range(today.year - 3, today.year + 1)
        for month, number in days
        if 31 <= (today - (day := date(year, month, number))).days <= 910
    ]
    return chance.choice(past)


def make_study(chance: Random, graduation: date, self_study: bool, route: str) -> Study:
    """Courses and scores that lead to this graduation."""
    table = tables("studies")
    major = chance.choice(table["majors"])
    english = table["english_two"] if self_study and (route == "english_two" or chance.random() < 0.5) else None
    courses = [*table["common"], *([english] if english else [table["other_language"]]), *major["courses"]]
    chance.shuffle(courses)
    months = _months(chance, graduation, self_study)
    records = [
        record(code, name, str(chance.randint(62, 96)), months[min(k * len(months) // len(courses), len(months) - 1)])
        for k, (code, name) in enumerate(courses)
    ]
    if self_study and chance.random() < 0.3:  # some transcripts print half points
        records[chance.randrange(len(records))]["score"] = f"{chance.randint(62, 95)}.5"
    thesis_score = str(chance.randint(70, 93))
    written = f"{graduation - timedelta(days=45):%Y-%m}"
    code, name = f"{chance.randint(7000, 7990):05d}", chance.choice(table["thesis_names"])
    records.append(record(code, name, thesis_score, written, is_thesis=chance.random() < 0.6))
    title, direction, keywords = chance.choice(major["theses"])
    return Study(
        major=major["name"],
        entry=months[0] if self_study else f"{months[0][:4]}-03-01",  # M8
        graduation=graduation,
        records=tuple(records),
        average=average_of(records),
        thesis_score=thesis_score,
        title=title,
        direction=direction,
        keywords=tuple(keywords),
    )


def record(code: str, name: str, score: str, passed_on: str, *, is_thesis: bool = False) -> Record:
    """A row as application.json holds it."""
    return {"code": code, "name": name, "score": score, "passed_on": passed_on, "is_thesis": is_thesis, "kind": None}


def counts(row: Record) -> bool:
    """Whether a row makes part of the average: its score is a number, and it is not the thesis (M10)."""
    thesis = row["is_thesis"] or scores.thesis_name(row["name"]) == "thesis"
    return not thesis and scores.parse_score(row["score"]).kind == "number"


def average_of(records: list[Record]) -> str:
    """The average without the thesis, to two decimals, half up."""
    counted = [Decimal(row["score"]) for row in records if counts(row)]
    return f"{(sum(counted, Decimal()) / len(counted)).quantize(Decimal('0.01'), ROUND_HALF_UP):f}"


def _months(chance: Random, graduation: date, self_study: bool) -> list[str]:
    """When examinations were passed, earliest first: months, as transcripts print them."""
    if not self_study:  # terms end in June and December; one who graduates in January began three years before
        early = graduation.month < 6
        first = graduation.year - (3 if early else 2)
        return [f"{first + k // 2}-{('06', '12')[k % 2]}" for k in range(5 if early else 4)]
    last = graduation.year * 2 + (0 if graduation.month < 10 else 1) - 1
    halves = range(last - chance.randint(5, 9), last + 1)
    return [f"{half // 2}-{_SESSIONS[half % 2]:02d}" for half in halves]
