"""Faults of scores."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults._fault import fault
from degreecheck.sample.faults._scores import counted, courses, exact_average, rows, set_average, thesis_row
from degreecheck.sample.studies import record

_AVERAGE = "average records"
_THESIS = "thesis_score records average"
_CENT = Decimal("0.01")


def _state(applicant: Applicant, average: str) -> None:
    applicant.form["courses"]["average_score"] = average


@fault("CRS101", _AVERAGE)
def no_average(applicant: Applicant) -> None:
    """The average is blank."""
    _state(applicant, "")


@fault("CRS102", _AVERAGE)
def average_without_decimals(applicant: Applicant) -> None:
    """A right average that happens to be a whole number, typed without its zeros."""
    bumped = iter(courses(applicant) * 3)
    for row in counted(applicant):  # half points would never come out even
        row["score"] = row["score"].partition(".")[0]
    while exact_average(applicant) % 1:
        row = next(bumped)
        row["score"] = str(int(row["score"]) + 1)
    _state(applicant, f"{exact_average(applicant):.0f}" + applicant.chance.choice(("", ".0")))


@fault("CRS103", _AVERAGE)
def average_without_its_point(applicant: Applicant) -> None:
    """The decimal point was left out."""
    _state(applicant, applicant.study.average.replace(".", ""))


@fault("CRS104", _AVERAGE)
def average_in_words(applicant: Applicant) -> None:
    """A grade instead of a number."""
    _state(applicant, applicant.chance.choice(("良好", "合格", "约78")))


@fault("CRS201", _THESIS)
def average_with_thesis(applicant: Applicant) -> None:
    """The average printed on the transcript, which has the thesis in it."""
    score = "96" if exact_average(applicant) < 80 else "65"  # far enough from the average to move it
    thesis_row(applicant)["score"] = applicant.form["courses"]["thesis_score"] = score
    every = [*counted(applicant), thesis_row(applicant)]
    average = sum((Decimal(row["score"]) for row in every), Decimal()) / len(every)
    _state(applicant, f"{average.quantize(_CENT):f}")


@fault("CRS202", _AVERAGE)
def average_cut_off(applicant: Applicant) -> None:
    """The third decimal was cut off instead of rounded."""
    bumped = iter(courses(applicant) * 3)
    while True:
        exact = exact_average(applicant)
        cut = exact.quantize(_CENT, ROUND_FLOOR)
        if exact - cut > Decimal("0.0051"):
            return _state(applicant, f"{cut:f}")
        row = next(bumped)
        row["score"] = f"{Decimal(row['score']) - 1:f}"


@fault("CRS203", _AVERAGE)
def average_of_something_else(applicant: Applicant) -> None:
    """A figure that no way of counting leads to."""
    _state(applicant, f"{Decimal(applicant.study.average) - applicant.chance.choice((5, 7)) - Decimal('0.37'):.2f}")


@fault("CRS204", f"{_THESIS} route")
def no_course_records(applicant: Applicant) -> None:
    """No course was typed in."""
    applicant.form["courses"]["records"] = []


@fault("CRS204 CRS304", f"{_THESIS} route")
def thesis_score_without_its_digit(applicant: Applicant) -> None:
    """A thesis score below the pass mark, and no records to compare it with."""
    applicant.form["courses"]["records"] = []
    applicant.form["courses"]["thesis_score"] = str(applicant.chance.randint(7, 9))


@fault("CRS301", _THESIS)
def no_thesis_score(applicant: Applicant) -> None:
    """The thesis score is blank."""
    applicant.form["courses"]["thesis_score"] = ""


@fault("CRS302", _THESIS)
def thesis_score_beyond_a_hundred(applicant: Applicant) -> None:
    """A digit too many."""
    applicant.form["courses"]["thesis_score"] = applicant.study.thesis_score + "0"


@fault("CRS302", _THESIS)
def thesis_score_in_words(applicant: Applicant) -> None:
    """A grade where the transcript has a number."""
    applicant.form["courses"]["thesis_score"] = applicant.chance.choice(("优", "良好", "中等"))


@fault("CRS303", _THESIS)
def another_thesis_score(applicant: Applicant) -> None:
    """Not the score of the thesis row."""
    applicant.form["courses"]["thesis_score"] = str(int(applicant.study.thesis_score) + 3)


@fault("CRS401", _THESIS)
def no_thesis_row(applicant: Applicant) -> None:
    """The records end before the thesis."""
    del rows(applicant)[-1]


@fault("CRS402", _THESIS)
def two_thesis_rows(applicant: Applicant) -> None:
    """Thesis and its defence as two rows."""
    thesis = thesis_row(applicant)
    rows(applicant).append(record("07998", "毕业论文答辩", thesis["score"], thesis["passed_on"]))


@fault("CRS403", _AVERAGE)
def course_with_a_mark(applicant: Applicant) -> None:
    """One course was passed without a number; the average is that of the others."""
    applicant.chance.choice(courses(applicant))["score"] = applicant.chance.choice(("合格", "良好", "免考"))
    set_average(applicant)


@fault("CRS404", _AVERAGE)
def score_beyond_a_hundred(applicant: Applicant) -> None:
    """A digit too many in a course's score."""
    row = applicant.chance.choice(courses(applicant))
    row["score"] = "1" + row["score"].partition(".")[0]


@fault("CRS405", _AVERAGE)
def course_failed(applicant: Applicant) -> None:
    """A course below 60, and counted."""
    applicant.chance.choice(courses(applicant))["score"] = str(applicant.chance.randint(31, 59))
    set_average(applicant)


@fault("CRS406", _AVERAGE)
def course_taken_twice(applicant: Applicant) -> None:
    """A course repeated for a better score stands there twice, and was counted twice."""
    first = applicant.chance.choice(courses(applicant))
    again = dict(first) | {"score": str(min(100, int(float(first["score"])) + 5))}
    rows(applicant).insert(len(rows(applicant)) - 1, again)
    set_average(applicant)


@fault("CRS407", _AVERAGE)
def course_without_a_score(applicant: Applicant) -> None:
    """A score was not typed in; the average is that of the others."""
    applicant.chance.choice(courses(applicant))["score"] = ""
    set_average(applicant)
