"""A first look over the whole desk: who each folder is, without judging anything.

Only texts that tell people apart are taken from a form, and names and sizes of files; no file of a person's is opened.
So little is kept for each that a desk of a hundred thousand fits into memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from degreecheck import bundle_layout, folder, form_file, names, paths, slot_reading
from degreecheck.desk.discovery import Found
from degreecheck.idnumbers.fold import fold, fold_code

_LONGEST = 200  # characters of a text that tells people apart; longer ones are none
_NUMBER_IN_NAME = re.compile(r"[0-9]{5,}[0-9Xx]")
_HAN_RUN = re.compile(r"[^\W\d_a-zA-Z]+(?:·[^\W\d_a-zA-Z]+)*")
# Without a form, what the photo is shows when names are read in earnest; a file of no such name is not it.
_PHOTO_LIKE = re.compile("照|相片|寸|免冠|photo|zhao", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a person apart, folded; "" = not known. ``names``: of a folder without a form, what may be one."""

    name: str = ""
    id_number: str = ""
    exam_number: str = ""
    student_number: str = ""
    certificate_number: str = ""
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()  # in the folder's name
    from_form: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One applicant's folder on the desk. ``photos``: files that are or may be the photo, with their sizes in bytes."""

    found: Found
    identity: Identity
    place: Path  # where the materials lie: of a bundle its payload
    photos: tuple[tuple[str, int], ...] = ()

    @property
    def label(self) -> str:
        """How others' reports call this person."""
        name = self.identity.name
        return f"{name} ({self.found.shown})" if name and name not in self.found.shown else self.found.shown


def survey(found: Iterable[Found]) -> Iterator[Person]:
    """Look at each folder; one that cannot be looked at is a person of whom nothing is known."""
    for one in found:
        payload = one.folder
        bundle = bundle_layout.bundle_of(payload)
        if bundle is not None:
            payload = bundle / bundle_layout.PAYLOAD
        by_folder = _by_folder_name(bundle.name if bundle is not None else one.name)
        form = payload / paths.FORM_NAME
        if paths.may_exist(form):
            raw = _raw(form)
            yield Person(one, _by_form(raw, by_folder), payload, tuple(_sizes(payload, _listed_photos(raw))))
        else:
            yield Person(one, by_folder, payload, tuple(_sizes(payload, _photo_like(payload))))


def identity_of(values: Mapping[str, str]) -> Identity:
    """Who a roster's row is, or any other set of fields."""
    return Identity(
        name=names.fold_name(values.get("personal.name", "")),
        id_number=fold(values.get("personal.id_number", "")).text,
        exam_number=fold(values.get("personal.exam_number", "")).text,
        student_number=fold_code(values.get("personal.student_number", "")).text.upper(),
        certificate_number=fold_code(values.get("language.certificate_number", "")).text.upper(),
    )


def in_roster(values: Iterable[Mapping[str, str]]) -> Callable[[str], bool]:
    """Whether a folder's name bears a name or number of the roster's rows."""
    rows = [identity_of(row) for row in values]
    known_names = {row.name for row in rows if row.name}
    numbers = {number for row in rows for number in (row.id_number, row.exam_number, row.student_number) if number}

    def bears(name: str) -> bool:
        identity = _by_folder_name(name)
        return any(one in known_names for one in identity.names) or any(one in numbers for one in identity.numbers)

    return bears


def _raw(form: Path) -> dict[str, Any]:
    try:
        return form_file.load_raw(form)
    except form_file.FormUnreadable:
        return {}


def _by_form(raw: Mapping[str, Any], by_folder: Identity) -> Identity:
    texts = {
        f"{section}.{field}": text
        for section in ("personal", "language")
        if isinstance(raw.get(section), dict)
        for field, text in raw[section].items()
        if isinstance(text, str) and len(text) <= _LONGEST
    }
    stated = identity_of(texts)
    return Identity(
        stated.name, stated.id_number, stated.exam_number, stated.student_number, stated.certificate_number,
        names=(stated.name,) if stated.name else by_folder.names,
        numbers=() if stated.id_number or stated.exam_number or stated.student_number else by_folder.numbers,
        from_form=True,
    )  # fmt: skip


def _by_folder_name(name: str) -> Identity:
    """张三-010517200123 tells a name and a number; which kind of number shows when it is looked up."""
    persons = slot_reading.read(name, ()).persons
    runs = [names.fold_name(run) for run in _HAN_RUN.findall(name)]
    likely = tuple(dict.fromkeys([*sorted(persons), *runs]))
    numbers = tuple(number.upper() for number in _NUMBER_IN_NAME.findall(fold_code(name).text))
    return Identity(name=next(iter(sorted(persons)), "") if len(persons) == 1 else "", names=likely, numbers=numbers)


def _listed_photos(raw: Mapping[str, Any]) -> list[str]:
    materials = raw.get("materials")
    listed = materials.get("photo") if isinstance(materials, dict) else None
    return [entry for entry in listed if isinstance(entry, str)][:20] if isinstance(listed, list) else []


def _photo_like(place: Path) -> list[str]:
    try:
        files, _ = folder.list_files(place)
    except folder.NotAFolder:
        return []
    return [file for file in files if _PHOTO_LIKE.search(file)][:20]


def _sizes(place: Path, listed: Iterable[str]) -> Iterator[tuple[str, int]]:
    for entry in listed:
        try:
            path, file = paths.inside(place, entry), paths.folded(entry)
            yield file, path.stat().st_size
        except (OSError, ValueError):  # an UnsafePath is one, and a name that this system's encoding cannot spell
            continue
