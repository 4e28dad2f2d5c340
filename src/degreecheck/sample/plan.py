"""Which applicants to make: faultless ones, and ones with faults, singly first, then in pairs. One seed, one plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from degreecheck.sample.applicants import Applicant, any_kind, make_applicant
from degreecheck.sample.faults import FAULTS, Fault

_FAULTLESS_EVERY = 20  # with faults: the first applicant and every twentieth have none


@dataclass(frozen=True)
class Planned:
    """An applicant, and the errors and warnings that a check is to find."""

    applicant: Applicant
    faults: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def plan(count: int, seed: int, today: date, *, with_faults: bool, as_pdf: bool = True) -> list[Planned]:
    """``count`` applicants whose forms and files are right, or wrong, on that day.

    ``as_pdf``: whether thesis papers may be PDFs (see Press.reads_back); else all are Word files.
    """
    chance = Random(f"{seed}")
    taken: set[str] = set()
    wanted = _in_turn(chance) if with_faults else None
    planned = []
    for number in range(count):
        faults = () if wanted is None or number % _FAULTLESS_EVERY == 0 else next(wanted)
        planned.append(_planned(Random(f"{seed}-{number}"), faults, today, taken, as_pdf=as_pdf))
    return planned


def _planned(chance: Random, faults: tuple[Fault, ...], today: date, taken: set[str], *, as_pdf: bool) -> Planned:
    kinds = [kind for kind in faults[0].kinds if all(kind in fault.kinds for fault in faults)] if faults else []
    applicant = make_applicant(chance, chance.choice(kinds) if kinds else any_kind(chance), today, taken, as_pdf=as_pdf)
    for fault in faults:
        fault.change(applicant)
    codes = {code for fault in faults for code in fault.codes}
    return Planned(applicant, tuple(fault.name for fault in faults), tuple(sorted(codes)))


def _in_turn(chance: Random) -> Iterator[tuple[Fault, ...]]:
    """Every fault once, then pairs without end."""
    every = list(FAULTS.values())
    chance.shuffle(every)
    yield from ((fault,) for fault in every)
    while True:
        first, second = chance.sample(every, 2)
        if first.goes_with(second):
            yield first, second
