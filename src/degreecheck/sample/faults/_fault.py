"""What a fault is: a change to a faultless applicant, and the codes that it brings, errors and warnings alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from degreecheck.sample.applicants import ADULT_ROUTES, CHANNELS, SELF_STUDY_ROUTES, Applicant, Kind

Change = Callable[[Applicant], None]

KINDS = (
    *(Kind(True, channel, route) for channel in CHANNELS for route in SELF_STUDY_ROUTES),
    *(Kind(False, None, route) for route in ADULT_ROUTES),
)
ALL = "everything"


@dataclass(frozen=True)
class Fault:
    """One fault. Two faults whose ``touches`` overlap may hide each other and are never put into one applicant."""

    name: str
    codes: tuple[str, ...]
    touches: frozenset[str]
    change: Change
    kinds: tuple[Kind, ...]

    def goes_with(self, other: Fault) -> bool:
        """Whether both faults show side by side, in some kind of applicant."""
        return (
            ALL not in self.touches | other.touches
            and self.touches.isdisjoint(other.touches)
            and bool(set(self.kinds) & set(other.kinds))
        )


FAULTS: dict[str, Fault] = {}


def fault(
    codes: str,
    touches: str,
    *,
    self_study: bool | None = None,
    routes: tuple[str, ...] = (),
    not_routes: tuple[str, ...] = (),
) -> Callable[[Change], Change]:
    """Register a function as a fault. ``codes`` and ``touches`` are parted by blanks.

    ``touches`` names the fields and slots that the change concerns or on which its finding depends. Without ``routes``
    or ``self_study`` any applicant can have it.
    """

    def register(change: Change) -> Change:
        name = change.__name__
        if name in FAULTS:
            raise ValueError(f"{name} is taken")
        kinds = tuple(
            kind
            for kind in KINDS
            if self_study in (None, kind.self_study)
            and (not routes or kind.route in routes)
            and kind.route not in not_routes
        )
        FAULTS[name] = Fault(name, tuple(codes.split()), frozenset(touches.split()), change, kinds)
        return change

    return register


def another(applicant: Applicant, choices: str, than: str) -> str:
    """One of the characters, but not that one."""
    return applicant.chance.choice([character for character in choices if character != than])


def replaced(text: str, place: int, character: str) -> str:
    """The text with another character at one place."""
    return text[:place] + character + text[place + 1 :]
