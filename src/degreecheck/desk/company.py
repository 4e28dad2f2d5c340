"""Who shares an ID number, a certificate number or a photo with whom, and what each is to the roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from degreecheck.desk.across import NAMED, Neighbours, Others, Shared
from degreecheck.desk.matching import Match, match
from degreecheck.desk.roster import Roster, Row
from degreecheck.desk.survey import Identity, Person, identity_of
from degreecheck.facts import FileFacts
from degreecheck.inspectors.cache import Cache
from degreecheck.inspectors.files import FileRequest, inspect_files
from degreecheck.inspectors.pool import Pool

_SHORTEST_ID = 15  # characters; what is shorter is no ID number, however many write it
_SHORTEST_CERTIFICATE = 8
_NOTHING = Shared()


@dataclass(frozen=True, slots=True)
class Marks:
    """By what an applicant may coincide with another; each text may be the thing itself or a hash of it."""

    label: str
    name: str = ""
    id_number: str = ""
    certificate_number: str = ""
    photos: Mapping[str, str] = field(default_factory=dict)  # file: content


@dataclass(frozen=True)
class Desk:
    """The whole desk as far as it is known before anything is judged. ``absent``: rows that have no folder."""

    people: tuple[Person, ...]
    roster: Roster | None
    matches: tuple[Match, ...]
    absent: tuple[Row, ...]
    neighbours: tuple[Neighbours, ...]  # of the people, then of the absent ones
    marks: tuple[Marks, ...]

    def row_of(self, index: int) -> Row | None:
        """The roster's row of a person."""
        return self.neighbours[index].row


def meet(
    people: Sequence[Person],
    roster: Roster | None,
    *,
    pool: Pool,
    cache: Cache | None = None,
    recheck: bool = False,
    whole: bool = True,
    every_photo: bool = False,
    decided: Mapping[str, str] | None = None,
) -> Desk:
    """Bring people and roster together.

    ``decided``: see `matching.match`.

    ``whole``: the folders are a whole desk, so that rows without one are told. ``every_photo``: this is a
    part of a desk, so that the contents of all photos are wanted, not only of those that may be alike here.
    """
    matches = match(people, roster.rows, decided) if roster is not None else []
    taken = {one.row for one in matches}
    unsure = {row for one in matches if one.outcome != "matched" for row in one.rows}
    absent = [place for place in range(len(roster.rows)) if place not in taken] if roster and whole else []
    photos, unread = _photos(people, pool, cache, recheck=recheck, every=every_photo)
    marks = [_marks_of_person(person, _row(roster, matches, place), photos[place])
             for place, person in enumerate(people)]  # fmt: skip
    neighbours = [_on_roster(roster, matches, place) for place in range(len(people))]
    if roster is not None:
        marks += [marks_of_row(roster.rows[place]) for place in absent]
        neighbours += [
            Neighbours(
                row=roster.rows[place], without_folder=True, match="same_name" if place in unsure else None,
                rows=(roster.rows[place].number,) if place in unsure else (),
            )
            for place in absent
        ]  # fmt: skip
    shared = shared_by(marks)
    alone = len(marks) < 2 and not every_photo  # who is alone in a shard has the others elsewhere
    together = [
        replace(one, shared=shared.get(place, _NOTHING), alone=alone, photos_unread=unread.get(place, ()))
        for place, one in enumerate(neighbours)
    ]
    absent_rows = tuple(roster.rows[place] for place in absent) if roster is not None else ()
    return Desk(tuple(people), roster, tuple(matches), absent_rows, tuple(together), tuple(marks))


def _row(roster: Roster | None, matches: Sequence[Match], place: int) -> Row | None:
    row = matches[place].row if matches else None
    return roster.rows[row] if roster is not None and row is not None else None


def _on_roster(roster: Roster | None, matches: Sequence[Match], place: int) -> Neighbours:
    if roster is None:
        return Neighbours()
    found = matches[place]
    row = _row(roster, matches, place)
    return Neighbours(
        match=found.outcome,
        rows=tuple(roster.rows[place].number for place in found.rows),
        row=row,
        row_fields=row.asked(roster.fields) if row is not None else frozenset(),
    )


def _marks_of_person(person: Person, row: Row | None, photos: Mapping[str, str]) -> Marks:
    identity = person.identity
    if not identity.from_form and row is not None:
        identity = identity_of(row.values)
    return _marks(person.label, identity, photos)


def marks_of_row(row: Row) -> Marks:
    """By what somebody may coincide with another who is in the roster only."""
    identity = identity_of(row.values)
    return _marks(identity.name or f"#{row.number}", identity, {})


def _marks(label: str, identity: Identity, photos: Mapping[str, str]) -> Marks:
    certificate = identity.certificate_number
    return Marks(
        label,
        identity.name,
        identity.id_number if len(identity.id_number) >= _SHORTEST_ID else "",
        certificate if len(certificate) >= _SHORTEST_CERTIFICATE else "",
        photos,
    )


# ---------------------------------------------------------------------------------------------------------- coincidence


def shared_by(marks: Sequence[Marks]) -> dict[int, Shared]:
    """By place, what an applicant shares with whom; who shares nothing is not in it.

    Who shares name and ID number is one person with two folders: that is told once, not again for photo and number.
    """
    found: dict[int, Shared] = {}
    one_person: dict[int, frozenset[int]] = {}
    for _, places in _groups((mark.id_number, place) for place, mark in enumerate(marks)):
        by_name: dict[str, list[int]] = defaultdict(list)
        for place in places:
            by_name[marks[place].name].append(place)
            found[place] = Shared(id_number=_others(marks, places, frozenset({place})))
        for namesakes in by_name.values():
            one_person |= dict.fromkeys(namesakes, frozenset(namesakes))
    for _, places in _groups((mark.certificate_number, place) for place, mark in enumerate(marks)):
        for place in places:
            others = _others(marks, places, one_person.get(place, frozenset({place})))
            found[place] = replace(found.get(place, _NOTHING), certificate_number=others)
    contents = ((content, place) for place, mark in enumerate(marks) for content in mark.photos.values())
    for content, places in _groups(contents):
        for place in places:
            others = _others(marks, places, one_person.get(place, frozenset({place})))
            shared = found.get(place, _NOTHING)
            files = {file: others for file, held in marks[place].photos.items() if held == content}
            found[place] = replace(shared, photo={**shared.photo, **files})
    return found


def _groups(keys: Iterable[tuple[str, int]]) -> list[tuple[str, list[int]]]:
    """The keys that several places have, with the places; a blank key is none."""
    places: dict[str, list[int]] = defaultdict(list)
    for key, place in keys:
        if key and (not places[key] or places[key][-1] != place):
            places[key].append(place)
    return [(key, found) for key, found in places.items() if len(found) > 1]


def _others(marks: Sequence[Marks], places: Sequence[int], without: frozenset[int]) -> Others:
    """Who else is among them; a few by their labels, for a thousand may share what all were given."""
    count = len(places) - sum(place in without for place in (places if len(places) <= len(without) else without))
    first = islice((marks[place].label for place in places if place not in without), NAMED)
    return Others(tuple(first), count)


def _photos(
    people: Sequence[Person], pool: Pool, cache: Cache | None, *, recheck: bool, every: bool
) -> tuple[list[dict[str, str]], dict[int, tuple[str, ...]]]:
    """The contents' hashes of photos that may be alike, by person and file, and those that could not be read.

    Only files of one size can be alike, so of a desk few are looked at; workers read them.
    """
    by_size: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for place, person in enumerate(people):
        for file, size in person.photos:
            if size:
                by_size[size].append((place, file))
    alike = [key for keys in by_size.values() if every or len({place for place, _ in keys}) > 1 for key in keys]
    requests = [FileRequest(key, people[key[0]].place / key[1]) for key in alike]
    facts = inspect_files(requests, pool=pool, cache=cache, recheck=recheck) if requests else {}
    hashes: list[dict[str, str]] = [{} for _ in people]
    unread: dict[int, tuple[str, ...]] = {}
    for (place, file), found in facts.items():
        if isinstance(found, FileFacts) and found.sha256:
            hashes[place][file] = found.sha256
        else:
            unread[place] = (*unread.get(place, ()), file)
    return hashes, unread
