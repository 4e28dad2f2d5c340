"""The average of the course scores (M10), exact, as a worked sum; again under each way of counting that is in doubt.

The manual says: all courses except the graduation thesis, two decimals. That every course weighs the same is our
reading, and so is half up, the custom. Nothing is settled for marks without a number, for exempt and transferred
courses, for a course listed twice and for a failed one: each of these gives a further reading beside the plain one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from itertools import product
from typing import Literal, NamedTuple, Protocol

from degreecheck.score_marks import (
    EXEMPTION,
    PASS,
    MarkPolicy,
    NonNumeric,
    Score,
    fold_name,
    mark_policies,
    parse_score,
    thesis_name,
)

MAX_ROWS = 500
"""More course rows than this are not averaged: no transcript has them, and the sum is done again at each key stroke."""
MAX_READINGS = 16

# 500 scores of at most 100 with fewer than 64 decimals (the length parse_score reads) need 70 digits: no sum rounds.
EXACT = Context(prec=100, rounding=ROUND_HALF_UP)

Waived = Literal["counted", "left_out", "valued"]
Repeated = Literal["all", "highest", "lowest"]
Failed = Literal["counted", "left_out"]
Axis = Literal["marks", "waived", "repeated", "failed"]
DoubtKind = Literal[
    "too_many_rows", "not_numeric", "missing", "out_of_range", "failed", "repeated", "waived", "thesis_unclear"
]


class ScoreRow(Protocol):
    """One course as the form records it; a form.CourseRecord is one. `kind` is "exempt", "transferred" or None."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def score(self) -> str: ...
    @property
    def is_thesis(self) -> bool: ...
    @property
    def kind(self) -> str | None: ...


class Term(NamedTuple):
    """One number of a worked sum: the row it came from (index from 0) and the mark that stands there, if it was one."""

    row: int
    value: Decimal
    mark: str = ""


@dataclass(frozen=True, slots=True)
class WorkedSum:
    """An average as it is worked out: the numbers added, their exact total, and what it is divided by."""

    terms: tuple[Term, ...]
    total: Decimal
    count: int

    @property
    def exact(self) -> Fraction:
        """total / count without any rounding."""
        return Fraction(self.total) / self.count

    @property
    def rounded(self) -> Decimal:
        """The average as the portal takes it: half up to two decimals, always written with two."""
        return round_half_up(self.exact, 2)

    def formula(self, shown: int = 6) -> str:
        """The sum on one line, of many numbers the first `shown` only: "(78+82+…)/20 = 79.153… ≈ 79.15"."""
        whole = len(self.terms) <= shown + 2  # an ellipsis for a number or two makes nothing shorter
        numbers = [f"{term.value:f}" for term in (self.terms if whole else self.terms[:shown])]
        if not whole:
            numbers.append("…")
        exact = self.exact
        digits = round_down(exact, 4)
        if Fraction(digits) != exact:
            return f"({'+'.join(numbers)})/{self.count} = {digits}… ≈ {self.rounded}"
        shortest = digits.normalize(EXACT)
        tail = f" ≈ {self.rounded}" if Fraction(self.rounded) != exact else ""
        return f"({'+'.join(numbers)})/{self.count} = {shortest if tail else self.rounded}{tail}"


def round_half_up(exact: Fraction, places: int) -> Decimal:
    """A number of 0 or more rounded half up, written with exactly `places` decimals (0 or more)."""
    scaled = exact * 10**places
    return _places((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), places)


def round_down(exact: Fraction, places: int) -> Decimal:
    """A number of 0 or more cut off after `places` decimals."""
    scaled = exact * 10**places
    return _places(scaled.numerator // scaled.denominator, places)


def _places(units: int, places: int) -> Decimal:
    return Decimal(units).scaleb(-places, EXACT)


def worked_sum(terms: Iterable[Term]) -> WorkedSum:
    """Adds the terms exactly, to be divided by their number (a sum of no terms has no quotient)."""
    numbers = tuple(terms)
    total = Decimal(0)
    for term in numbers:
        total = EXACT.add(total, term.value)
    return WorkedSum(numbers, total, len(numbers))


@dataclass(frozen=True, slots=True)
class Reading:
    """The average under one way of counting.

    `policies`: how marks are counted; several where they come to the same sum. `waived`: exempt and transferred rows
    with a number are counted or left out; "valued" = blank exempt rows, too, count as the policy counts 免考.
    `repeated`: of a course listed twice all scores count, or only its highest or its lowest. `failed`: rows below 60
    are counted or left out. `changed`: in what this reading is not the plain one.
    """

    policies: tuple[MarkPolicy, ...]
    waived: Waived
    repeated: Repeated
    failed: Failed
    changed: tuple[Axis, ...]
    worked: WorkedSum


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why an average cannot be called certain, with the rows (indexes from 0) that are the reason."""

    kind: DoubtKind
    rows: tuple[int, ...]


class _Entry(NamedTuple):
    """One row as read. `waived`: exempt or transferred; `code` and `name` are folded for comparing."""

    row: int
    score: Score
    thesis: Literal["thesis", "unclear", "course"]
    waived: bool
    exempt: bool
    code: str
    name: str


def _read(rows: Sequence[ScoreRow]) -> list[_Entry]:
    entries = []
    for index, row in enumerate(rows):
        name, kind = fold_name(row.name), row.kind
        thesis = "thesis" if row.is_thesis else thesis_name(name)
        score = parse_score(row.score)
        entries.append(_Entry(index, score, thesis, kind is not None, kind == "exempt", fold_name(row.code), name))
    return entries


def thesis_rows(rows: Sequence[ScoreRow]) -> tuple[int, ...]:
    """Indexes of the rows that are the graduation thesis, flagged or named so (M11); courses like 论文写作 are not."""
    return tuple(index for index, row in enumerate(rows) if row.is_thesis or thesis_name(row.name) == "thesis")


def repeated_rows(rows: Sequence[ScoreRow]) -> tuple[tuple[int, ...], ...]:
    """Groups of rows, the thesis aside, that share a code or a name: the same course listed twice or more."""
    return _groups([entry for entry in _read(rows) if entry.thesis != "thesis"])


def _groups(courses: Sequence[_Entry]) -> tuple[tuple[int, ...], ...]:
    first_with: dict[tuple[str, str], int] = {}
    root = {entry.row: entry.row for entry in courses}

    def find(row: int) -> int:
        while root[row] != row:
            root[row] = root[root[row]]
            row = root[row]
        return row

    for entry in courses:
        for key in (("code", entry.code), ("name", entry.name)):
            if key[1] and (first := first_with.setdefault(key, entry.row)) != entry.row:
                one, other = find(first), find(entry.row)
                root[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = {}
    for entry in courses:
        groups.setdefault(find(entry.row), []).append(entry.row)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def average(rows: Sequence[ScoreRow], non_numeric: NonNumeric = "ask") -> WorkedSum | None:
    """The plain average: every row but the thesis that has a number; marks by the pack's policy, none where it asks.

    None when nothing can be counted, or there are more than 500 rows.
    """
    found = readings(rows, non_numeric)
    return found[0].worked if found and not found[0].changed else None


def readings(rows: Sequence[ScoreRow], non_numeric: NonNumeric = "ask") -> tuple[Reading, ...]:
    """The average under every way of counting that makes a difference, the plain one first, then the fewest changes.

    At most 16; empty when none counts anything, or there are more than 500 rows. Scores outside 0-100 never count.
    """
    return readings_under(rows, mark_policies(non_numeric))


def readings_under(rows: Sequence[ScoreRow], policies: tuple[MarkPolicy, ...]) -> tuple[Reading, ...]:
    """As `readings`, for policies given in the order in which they are preferred (at least one)."""
    if len(rows) > MAX_ROWS:
        return ()
    courses = [entry for entry in _read(rows) if entry.thesis != "thesis"]
    groups = _groups(courses)
    grouped = {row for group in groups for row in group}
    plain: list[Term] = []
    special: list[_Entry] = []
    for entry in courses:
        value = entry.score.value
        if entry.score.kind != "number" or value is None or entry.waived or value < PASS or entry.row in grouped:
            special.append(entry)
        else:
            plain.append(Term(entry.row, value))
    optional = {policy.name: _optional_terms(special, policy) for policy in policies}
    base = worked_sum(plain)
    found: dict[tuple[Decimal, int], Reading] = {}
    for policy, waived, repeated, failed, changed in _ways(special, policies, bool(groups)):
        if len(found) == MAX_READINGS:
            break
        chosen = {
            each.term.row: each.term
            for each in optional[policy.name]
            if not (each.waived and waived == "left_out")
            and not (each.blank and waived != "valued")
            and not (failed == "left_out" and each.term.value < PASS)
        }
        if repeated != "all":
            _keep_one(chosen, groups, highest=repeated == "highest")
        extra = worked_sum(chosen.values())
        key = total, count = EXACT.add(base.total, extra.total), base.count + extra.count
        same = found.get(key)
        if same is None:
            if count:
                worked = WorkedSum(tuple(sorted((*plain, *extra.terms))), total, count)
                found[key] = Reading((policy,), waived, repeated, failed, changed, worked)
        elif (same.waived, same.repeated, same.failed) == (waived, repeated, failed):
            found[key] = replace(same, policies=(*same.policies, policy))
    return tuple(found.values())


class _Optional(NamedTuple):
    """A number that counts under some readings only. `blank`: nothing is written there, the row is exempt."""

    term: Term
    waived: bool
    blank: bool


def _optional_terms(special: Sequence[_Entry], policy: MarkPolicy) -> list[_Optional]:
    terms: list[_Optional] = []
    for entry in special:
        score = entry.score
        blank = score.kind == "blank" and entry.exempt
        value, mark = (score.value if score.kind == "number" else None), ""
        if blank or _is_mark(score):
            score = parse_score(EXEMPTION) if blank else score
            value, mark = policy.value(score), score.text
        if value is not None:
            terms.append(_Optional(Term(entry.row, value, mark), entry.waived, blank))
    return terms


_Way = tuple[MarkPolicy, Waived, Repeated, Failed, tuple[Axis, ...]]


def _ways(special: Sequence[_Entry], policies: tuple[MarkPolicy, ...], repeated: bool) -> list[_Way]:
    """The combinations worth trying: an axis has a second value only where some row would be counted otherwise."""
    marks = {entry.score for entry in special if _is_mark(entry.score)}
    blank_exemption = any(entry.exempt and entry.score.kind == "blank" for entry in special)
    exemption = parse_score(EXEMPTION)
    valued = [p for p in policies if p.value(exemption) is not None] if blank_exemption else []
    differing = [p for p in policies[1:] if any(p.value(mark) != policies[0].value(mark) for mark in marks)]
    waiveds: list[Waived] = ["counted"]
    if any(entry.waived and entry.score.kind != "blank" for entry in special):
        waiveds.append("left_out")
    if valued:
        waiveds.append("valued")
    repeats: tuple[Repeated, ...] = ("all", "highest", "lowest") if repeated else ("all",)
    faileds: tuple[Failed, ...] = ("counted", "left_out") if any(e.score.failed for e in special) else ("counted",)
    ways: list[_Way] = []
    for policy, waived, repeat, failed in product(policies, waiveds, repeats, faileds):
        if policy not in (valued if waived == "valued" else (policies[0], *differing)):
            continue
        differs: dict[Axis, bool] = {
            "marks": policy is not policies[0],
            "waived": waived != "counted",
            "repeated": repeat != "all",
            "failed": failed != "counted",
        }
        ways.append((policy, waived, repeat, failed, tuple(axis for axis, other in differs.items() if other)))
    return sorted(ways, key=lambda way: len(way[-1]))


def _is_mark(score: Score) -> bool:
    return score.kind in ("mark", "unknown")


def _keep_one(chosen: dict[int, Term], groups: Sequence[Sequence[int]], *, highest: bool) -> None:
    best = max if highest else min
    for group in groups:
        counted = [chosen[row] for row in group if row in chosen]
        if len(counted) > 1:
            kept = best(counted, key=lambda each: each.value)
            for term in counted:
                if term is not kept:
                    del chosen[term.row]


def doubts(rows: Sequence[ScoreRow], non_numeric: NonNumeric = "ask") -> tuple[Doubt, ...]:
    """All that keeps an average of these rows from being certain; one entry per kind, none when it is.

    Certain means: every counted row is numeric, at least 60 and unique, none is exempt or transferred with a number,
    and none may be the thesis under another name. A mark that the pack's own policy settles is no doubt; nor is a blank
    exempt row, unless a policy in play gives 免考 a number.
    """
    if len(rows) > MAX_ROWS:
        return (Doubt("too_many_rows", ()),)
    policies = mark_policies(non_numeric)
    settled = policies[0] if len(policies) == 1 else None
    exempt_counts = any(policy.value(parse_score(EXEMPTION)) is not None for policy in policies)
    courses = [entry for entry in _read(rows) if entry.thesis != "thesis"]
    no_thesis = len(courses) == len(rows)
    found: dict[DoubtKind, list[int]] = {}
    for entry in courses:
        for kind in _doubts_of(entry, settled, exempt_counts):
            found.setdefault(kind, []).append(entry.row)
        if entry.thesis == "unclear" or (no_thesis and not entry.name):
            found.setdefault("thesis_unclear", []).append(entry.row)
    if repeated := sorted(row for group in _groups(courses) for row in group):
        found["repeated"] = repeated
    return tuple(Doubt(kind, tuple(found[kind])) for kind in found)


def _doubts_of(entry: _Entry, settled: MarkPolicy | None, exempt_counts: bool) -> Iterator[DoubtKind]:
    score = entry.score
    if score.kind == "blank":
        if not entry.exempt:
            yield "missing"
        elif exempt_counts:
            yield "waived"
    elif score.kind == "out_of_range":
        yield "out_of_range"
    elif score.failed:
        yield "failed"
    elif score.kind == "number":
        if entry.waived:
            yield "waived"
    elif settled is None or not settled.covers(score):
        yield "not_numeric"


def certain(rows: Sequence[ScoreRow], non_numeric: NonNumeric = "ask") -> bool:
    """Whether only one average can follow from these rows, so that another figure is certainly wrong (see `doubts`)."""
    return bool(rows) and not doubts(rows, non_numeric)
