"""CRS: scores. Exact decimals, half up, never binary floats."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from degreecheck import scores
from degreecheck.form import CourseRecord, NotAsked
from degreecheck.rules import _average
from degreecheck.rules._average import Sheet, Standing, course, sheet
from degreecheck.rules._rule import Case, Hit, NotApplicable, NotInspected, Subject, hit, rule
from degreecheck.scores import Score, parse_score
from degreecheck.worked_average import is_blank

_AVERAGE = "courses.average_score"
_THESIS = "courses.thesis_score"
_RECORDS = "courses.records"
_SHOWN = 40  # characters of a text that is no score
_NO_NUMBER = ("CRS101", "CRS103", "CRS104")
_NO_THESIS_NUMBER = ("CRS301", "CRS302")
_HINTS = frozenset({"thesis_twice", "course_left_out", "other_divisor", "other_scale"})
_UNVERIFIED = frozenset({"CRS204", "CRS401", "CRS404", "CRS407"})


def _stated(case: Case) -> Score:
    return parse_score(case.form.courses.average_score)


def _stated_thesis(case: Case) -> Score:
    return parse_score(case.form.courses.thesis_score)


def _given_rows(case: Case) -> Sheet:
    known = sheet(case)
    if not known.rows:
        raise NotInspected("no_records")
    return known


def _standing(case: Case, code: str) -> Standing | None:
    """How the stated average stands, if that is the matter of the rule ``code``; skipped where nothing can be said."""
    standing = _average.standing(case)
    if standing.code in _UNVERIFIED:
        raise NotInspected(f"after {standing.code}")
    return standing if standing.code == code else None


@rule("CRS101", "error", field=_AVERAGE)
def average_missing(case: Case) -> Iterator[Hit]:
    """The average is blank; the portal asks it, and it has to be worked out by hand. Source: M10."""
    if _stated(case).kind != "blank":
        return
    try:
        known = sheet(case)
    except NotAsked:  # whether the average is there is known even where no records were asked for
        yield hit()
        return
    if known.certain and known.plain:
        yield hit("computed", proposal=str(known.plain.rounded), formula=known.plain.formula())
    else:
        yield hit()


@rule("CRS103", "error", field=_AVERAGE, after=("CRS101",))
def average_out_of_range(case: Case) -> Iterator[Hit]:
    """The average lies below 0 or above 100, where no average of scores can lie. Source: M10."""
    stated = _stated(case)
    if stated.kind == "out_of_range":
        yield hit(stated=stated.text)


@rule("CRS104", "error", field=_AVERAGE, after=("CRS101",))
def average_not_a_number(case: Case) -> Iterator[Hit]:
    """The average is no number, though the portal takes one with two decimals. Source: M10."""
    stated = _stated(case)
    if stated.kind in ("mark", "unknown"):
        yield hit(stated=stated.text)


@rule("CRS102", "warning", field=_AVERAGE, after=_NO_NUMBER, limits=("average.decimals",))
def average_not_two_decimals(case: Case) -> Iterator[Hit]:
    """The average is not written with two decimals: 78.5, 78, 78.345. A value that is wrong itself is another matter.

    Source: M10.
    """
    written = case.form.courses.average_score
    if scores.is_two_decimals(written):
        return
    try:
        code = _average.standing(case).code
    except NotAsked:  # the writing can be judged without any records
        code = ""
    if code in ("CRS201", "CRS202", "CRS203"):
        raise NotInspected(f"after {code}")
    proposal, value = scores.two_decimals(written), _stated(case).value
    # 78.35 in full-width digits, or with 分: the value has its two decimals, the writing holds more than a number.
    signs = value is not None and str(value) == proposal
    yield hit("signs" if signs else "", stated=written.strip()[:_SHOWN] if signs else _stated(case).text,
              proposal=proposal)  # fmt: skip


@rule("CRS204", "warning", field=_AVERAGE, after=_NO_NUMBER)
def average_not_verified(case: Case) -> Iterator[Hit]:
    """No course records are given, or none of which an average can be made, so the stated one stands unverified.

    The wrong average is a common reason for being sent back. Source: M10.
    """
    if _average.standing(case).code == "CRS204":
        known = sheet(case)
        if not known.rows:
            case.check_not_aside(_RECORDS)
        variant = "too_many" if len(known.rows) > scores.MAX_ROWS else "nothing_counted" if known.rows else ""
        yield hit(variant, rows=len(known.rows), greatest=scores.MAX_ROWS)


@rule("CRS201", "error", field=_AVERAGE, after=_NO_NUMBER, limits=("average.non_numeric",))
def average_includes_thesis(case: Case) -> Iterator[Hit]:
    """The average is the one with the thesis in it, which the transcript prints at its lower right.

    The portal wants it without. Where the rows leave doubt, it is only asked about. Source: M10.
    """
    standing = _standing(case, "CRS201")
    if standing is None or standing.recognition is None:
        return
    found = standing.recognition
    without = found.reading.worked
    computed = str(without.rounded)
    yield hit("" if standing.sure else "uncertain", severity=None if standing.sure else "warning",
              stated=_stated(case).text, with_thesis=str(found.worked.rounded), formula=without.formula(),
              computed=computed, proposal=computed if standing.sure else "")  # fmt: skip


@rule("CRS202", "error", field=_AVERAGE, after=(*_NO_NUMBER, "CRS201"),
      limits=("average.decimals", "average.non_numeric"))  # fmt: skip
def average_misrounded(case: Case) -> Iterator[Hit]:
    """The average is right but for its rounding: cut off, or rounded to another place than the second.

    Where the rows leave doubt, it is only asked about. Source: M10.
    """
    standing = _standing(case, "CRS202")
    if standing is None or standing.recognition is None:
        return
    worked = standing.recognition.reading.worked
    computed = str(worked.rounded)
    yield hit("" if standing.sure else "uncertain", severity=None if standing.sure else "warning",
              stated=_stated(case).text, formula=worked.formula(), computed=computed,
              proposal=computed if standing.sure else "")  # fmt: skip


@rule("CRS203", "error", field=_AVERAGE, after=(*_NO_NUMBER, "CRS201", "CRS202"),
      limits=("average.weighting", "average.non_numeric"))  # fmt: skip
def average_differs(case: Case) -> Iterator[Hit]:
    """The average is not the one that follows from the course records.

    Certain only where every counted row is a number of at least 60 and stands there once; else the sums under each
    reading are shown and it is a question. That all courses weigh the same is our reading (F, confidence C).
    Source: M10, F.
    """
    standing = _standing(case, "CRS203")
    if standing is None:
        return
    known, found, stated = sheet(case), standing.recognition, _stated(case).text
    if standing.sure and known.plain:
        computed = str(known.plain.rounded)
        left_out = found.rows if found and found.cause == "course_left_out" else ()
        yield hit(found.cause if found and found.cause in _HINTS else "", stated=stated, formula=known.plain.formula(),
                  computed=computed, proposal=computed, courses=known.named(*left_out),
                  divisor=found.worked.count if found else known.plain.count)  # fmt: skip
        return
    doubtful = sorted({row for rows in known.doubts.values() for row in rows})
    values = {"stated": stated, "doubts": list(known.doubts), "rows": known.numbered(*doubtful),
              "readings": [_average.reading_data(known, each) for each in known.readings]}  # fmt: skip
    if found and found.cause == "other_reading":
        matching = _average.reading_data(known, found.reading)
        yield Hit({**values, "matching": matching}, "other_reading", "warning")
    else:
        one = "one" if len(known.readings) == 1 else "uncertain"
        yield Hit(values, one if doubtful else "scale", "warning")


@rule("CRS301", "error", field=_THESIS)
def thesis_score_missing(case: Case) -> Iterator[Hit]:
    """The thesis score is blank; it stands on the transcript or in the self-study system. Source: M11."""
    if _stated_thesis(case).kind != "blank":
        return
    row = _thesis_row(case)
    score = parse_score(row.score) if row is not None else None
    if score is not None and score.kind == "number":
        yield hit("in_records", proposal=_digits(score))
    else:
        yield hit()


def _digits(score: Score) -> str:
    return "" if score.value is None else f"{score.value:f}"


def _thesis_row(case: Case) -> CourseRecord | None:
    try:
        known = sheet(case)
    except NotAsked:
        return None
    return known.rows[known.thesis[0]] if len(known.thesis) == 1 else None


@rule("CRS302", "error", field=_THESIS, after=("CRS301",))
def thesis_score_out_of_range(case: Case) -> Iterator[Hit]:
    """The thesis score lies outside 0 to 100. A grade in words (优, 良 …) is only asked about. Source: M11."""
    stated = _stated_thesis(case)
    if stated.kind == "out_of_range":
        yield hit(stated=stated.text)
    elif stated.kind != "number":
        yield hit("mark", severity="warning", stated=stated.text)


@rule("CRS303", "error", field=_THESIS, after=(*_NO_THESIS_NUMBER, "CRS402"))
def thesis_score_differs(case: Case) -> Iterator[Hit]:
    """The thesis score is not the one in the thesis row of the records. A row in words is asked about. Source: M11."""
    known = _given_rows(case)
    if not known.thesis:
        raise NotInspected("after CRS401")
    stated, row = _stated_thesis(case), known.rows[known.thesis[0]]
    recorded = parse_score(row.score)
    if recorded.kind in ("blank", "out_of_range"):
        raise NotInspected("after CRS407" if recorded.kind == "blank" else "after CRS404")
    number = known.numbers[known.thesis[0]]
    if recorded.kind != "number":
        yield hit("mark", severity="warning", stated=stated.text, recorded=recorded.text, row=number, proposal="")
    elif recorded.value != stated.value:
        yield hit(stated=stated.text, recorded=recorded.text, row=number, proposal=_digits(recorded))


@rule("CRS304", "warning", field=_THESIS, after=(*_NO_THESIS_NUMBER, "CRS303"))
def thesis_below_pass(case: Case) -> Iterator[Hit]:
    """The thesis score is below 60: a digit may be missing. Where its row says the same, CRS405 speaks. Source: F."""
    stated = _stated_thesis(case)
    if stated.failed:
        row = _thesis_row(case)
        if row is not None and parse_score(row.score).value == stated.value:
            raise NotInspected("after CRS405")
        yield hit(stated=stated.text, least=scores.PASS)


@rule("CRS401", "warning", field=_RECORDS)
def thesis_row_missing(case: Case) -> Iterator[Hit]:
    """No row is marked or named as the thesis: one of the courses may be it, and must not count. Source: M10."""
    known = _given_rows(case)
    if known.thesis:
        return
    unclear = [index for index in known.doubts.get("thesis_unclear", ()) if known.rows[index].name.strip()]
    yield hit("unclear" if unclear else "", rows=known.numbered(*unclear), courses=known.named(*unclear))


@rule("CRS402", "warning", field=_RECORDS)
def thesis_row_twice(case: Case) -> Iterator[Hit]:
    """More than one row is the thesis, so that a course may be left out of the average by mistake. Source: M10."""
    known = _given_rows(case)
    if len(known.thesis) > 1:
        yield hit(rows=known.numbered(*known.thesis), courses=known.named(*known.thesis))


@rule("CRS403", "warning", field=_RECORDS, limits=("average.non_numeric",))
def course_score_not_numeric(case: Case) -> Iterator[Hit]:
    """Scores that are no numbers: 免考, 合格, 优 … They count by the pack's policy, which is then a note.

    Where the school has not said how, the average under each way is shown and the person asks. Source: M10, F.
    """
    known = _given_rows(case)
    open_rows = known.doubts.get("not_numeric", ())
    if open_rows:
        by_marks = [each for each in known.readings if set(each.changed) <= {"marks"}]
        shown = [_average.reading_data(known, each) for each in by_marks]
        yield hit("" if len(shown) > 1 else "left_out", rows=known.numbered(*open_rows),
                  marks=_marks(known, open_rows), readings=shown)  # fmt: skip
    settled = tuple(
        index
        for index, row in enumerate(known.rows)
        if index not in open_rows and index not in known.thesis and _is_passed_mark(row)
    )
    if settled:
        counted = {term.row: term.value for term in known.plain.terms if term.mark} if known.plain else {}
        yield hit("counted" if any(index in counted for index in settled) else "excluded", severity="note",
                  rows=known.numbered(*settled), marks=_marks(known, settled),
                  values_counted=_counted(known, settled, counted))  # fmt: skip


def _is_passed_mark(row: CourseRecord) -> bool:
    score = parse_score(row.score)
    return score.kind in ("mark", "unknown") and not score.failed


def _marks(known: Sheet, rows: tuple[int, ...]) -> list[str]:
    return list(dict.fromkeys(parse_score(known.rows[index].score).text for index in rows))


def _counted(known: Sheet, rows: tuple[int, ...], counted: dict[int, Decimal]) -> list[str]:
    found = {parse_score(known.rows[index].score).text: counted[index] for index in rows if index in counted}
    return [f"{mark} = {value:f}" for mark, value in found.items()]


def _row_hit(subject: Subject, **values: object) -> Hit:
    assert subject.row is not None
    values = {"row": subject.index + 1, "course": course(subject.row), **values}
    return Hit(values, field=f"{_RECORDS}[{subject.index}].score")


@rule("CRS404", "error", each="row")
def course_score_out_of_range(_case: Case, subject: Subject) -> Iterator[Hit]:
    """A course's score lies outside 0 to 100: mistyped, and the average with it. Source: M10."""
    assert subject.row is not None
    score = parse_score(subject.row.score)
    if score.kind == "out_of_range":
        yield _row_hit(subject, score=score.text)


@rule("CRS405", "warning", each="row")
def course_below_pass(_case: Case, subject: Subject) -> Iterator[Hit]:
    """A course was not passed: all courses of the plan have to be before a degree is applied for. Source: F."""
    assert subject.row is not None
    score = parse_score(subject.row.score)
    if score.failed:
        yield _row_hit(subject, score=score.text, least=scores.PASS)


@rule("CRS406", "warning", field=_RECORDS)
def course_twice(case: Case) -> Iterator[Hit]:
    """A course stands in the records twice, by its code or its name, and would count twice. Source: M10."""
    known = _given_rows(case)
    if "repeated" not in known.doubts:
        return
    for group in scores.repeated_rows(known.rows):
        again = known.numbers[group[1]] - 1
        yield hit(field=f"{_RECORDS}[{again}].name", rows=known.numbered(*group), course=known.named(group[0])[0],
                  scores=[known.rows[index].score.strip()[:20] for index in group])  # fmt: skip


@rule("CRS407", "warning", each="row")
def course_score_missing(case: Case, subject: Subject) -> Iterator[Hit]:
    """A course has no score, so the average cannot be checked. Exempt courses often stand without. Source: M10."""
    assert subject.row is not None
    if is_blank(subject.row):
        raise NotApplicable
    if subject.row.kind != "exempt" and parse_score(subject.row.score).kind == "blank":
        case.check_not_aside(f"{_RECORDS}[{subject.index}].score")
        yield _row_hit(subject)
