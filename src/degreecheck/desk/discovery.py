"""Which folders below a path are applicants'. Only names are looked at.

An applicant is a folder with application.json, a bundle (a zip may be one: `zips.opened` looks into it), or a folder
whose files' or subfolders' names name slots: 证件/ and 论文/ are their applicant's, and so is 材料/ inside 李四/.
Everything else is a class, and its children are tried.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from degreecheck import bundle_layout, folder, paths, slot_names, slot_reading

if TYPE_CHECKING:
    from degreecheck.output.verification import Verification

LEVELS = 3  # 学院 / 班级 / 学生
_PEOPLE = 2  # folders with people's names, that are applicants, make a class of what looks like one applicant
_GATHERING_TAGS = frozenset({"papers", "degree_word", "graduation_word", "other_word"})
_NAMELESS = frozenset({"space", "digits", "cut", "noise"})

BearsPerson = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """One applicant's folder. ``shown``: relative to the ``desk``, or as given for one that stands alone.

    Of a zip, ``unpacked`` is where its contents lie and ``verified`` what came of opening it; both are set by
    `zips.opened`.
    """

    path: Path
    shown: str
    desk: Path | None = None
    unpacked: Path | None = None
    verified: Verification | None = None

    @property
    def folder(self) -> Path:
        """The folder to read."""
        return self.unpacked or self.path

    @property
    def name(self) -> str:
        """What tells whose it is."""
        return self.path.stem if is_zip(self.path.name) else self.path.name


@dataclass(frozen=True, slots=True)
class _Contents:
    names: tuple[str, ...]
    folders: tuple[Path, ...]
    has_files: bool

    @property
    def name_slots(self) -> bool:
        return any(slot_names.names_a_slot(name) for name in self.names)


def discover(place: Path, wanted: BearsPerson | None = None) -> Iterator[Found]:
    """The applicants at or below a path, in the natural order of their names.

    ``wanted``: whether a folder of this name is somebody's even though nothing in it says so (王五/ with a picture
    called IMG_0001.jpg); by default `bears_person`. Raises folder.NotAFolder, before the first one is found.
    """
    if not (is_zip(place.name) and place.is_file()):
        folder.list_top(place)
    return _discover(place, wanted or bears_person)


def _discover(given: Path, wanted: BearsPerson) -> Iterator[Found]:
    place = given.absolute()  # which is dear to find out for each of a hundred thousand files
    if is_zip(place.name) and place.is_file():
        yield Found(place, str(given))
        return
    if _is_applicant(place, wanted):
        yield Found(place, str(given))
        return
    empty = True
    for path in _below(place, LEVELS, wanted):
        empty = False
        yield Found(path, path.relative_to(place).as_posix(), place)
    # A folder of pictures with nameless names (微信图片_…) is one applicant's too, when nothing below it is; one that
    # holds but a roster is nobody's.
    if empty and any(_is_material(file) for file in folder.list_files(place)[0]):
        yield Found(place, str(given))


def _is_material(file: str) -> bool:
    return slot_reading.split_type(file)[1] in slot_reading.PICTURES | slot_reading.DOCUMENTS


def is_zip(name: str) -> bool:
    """Whether a file may be a bundle in one piece."""
    return name[-4:].lower() == ".zip"


def is_applicant(path: Path) -> bool:
    """Whether a folder is one applicant's."""
    return _is_applicant(path, bears_person)


def _is_applicant(path: Path, wanted: BearsPerson) -> bool:
    if _is_certain(path):
        return True
    contents = _look(path)
    if not contents.name_slots and not any(_holds_papers(child, path, 1) for child in contents.folders):
        return False
    others = [child for child in contents.folders if not _belongs(child, path)]
    if any(_is_certain(child) for child in others):
        return False
    people = [child for child in others if wanted(child.name) and _look(child).has_files]
    return len(people) < _PEOPLE


def _below(path: Path, levels: int, wanted: BearsPerson) -> Iterator[Path]:
    if levels == 0:
        return
    contents = _look(path)
    children = contents.folders
    people = [child for child in children if not _belongs(child, path) or _is_certain(child)]
    for child in people or children:
        if _is_applicant(child, wanted):
            yield child
            continue
        inside = False
        for found in _below(child, levels - 1, wanted):
            inside = True
            yield found
        if not inside and wanted(child.name):
            yield child  # nothing in it that names a slot, or nothing at all: it must not be passed over in silence
    if people:
        # 材料/ beside people's folders holds blank forms, unless there are whole applications in it.
        for child in children:
            if child not in people:
                yield from (found for found in _below(child, levels - 1, wanted) if _is_certain(found))
    # The export leaves a bundle as a folder and as a zip beside it: that is one application.
    beside = {child.name for child in children if _is_certain(child)}
    zips = [name for name in contents.names if is_zip(name) and name[:-4] not in beside]
    yield from (path / name for name in sorted(zips, key=slot_names.natural_key) if (path / name).is_file())


def _is_certain(path: Path) -> bool:
    return paths.may_exist(path / paths.FORM_NAME) or paths.may_exist(path / bundle_layout.DECLARATION)


def _holds_papers(path: Path, parent: Path, depth: int) -> bool:
    """Whether a folder that gathers its applicant's papers (材料/) has any, at this or the next level."""
    if depth > folder.GREATEST_DEPTH or not _is_gathering(path, parent) or _is_certain(path):
        return False
    contents = _look(path)
    if any(not _belongs(child, path) for child in contents.folders):
        return False
    return contents.name_slots or any(_holds_papers(child, path, depth + 1) for child in contents.folders)


def _belongs(child: Path, parent: Path) -> bool:
    """Whether a subfolder is, by its name, a part of its parent's papers and no person or class."""
    return slot_names.names_a_slot(child.name) or _is_gathering(child, parent)


def _is_gathering(child: Path, parent: Path) -> bool:
    """材料, 学位申请材料, 扫描件; also 李四材料 inside 李四, and 李四 inside 李四 as unpacking leaves it."""
    if child.name == parent.name:
        return True
    read = slot_reading.read(child.name, ())
    if read.unknown or read.vetoes or not read.tags <= _GATHERING_TAGS:
        return False
    if read.persons:
        return read.persons <= slot_reading.read(parent.name, ()).persons
    kinds = {item.kind for item in read.items}
    return bool(kinds - _NAMELESS) and "major" not in kinds


def bears_person(name: str) -> bool:
    """Whether a name holds a person's name, or a number as long as a student's."""
    read = slot_reading.read(name, ())
    return bool(read.persons) or any(len(run) >= 8 for run in _digit_runs(name))


def _digit_runs(name: str) -> Iterable[str]:
    return "".join(character if character.isdecimal() else " " for character in name).split()


def _look(path: Path) -> _Contents:
    """What a folder holds that can count; nothing where it cannot be listed."""
    try:
        with os.scandir(path) as entries:
            kept = [entry for entry in entries if not slot_names.is_ignored(entry.name) and not _is_link(entry)]
            folders = [Path(entry.path) for entry in kept if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return _Contents((), (), has_files=False)
    ordered = tuple(sorted(folders, key=lambda child: slot_names.natural_key(child.name)))
    return _Contents(tuple(entry.name for entry in kept), ordered, has_files=len(kept) > len(folders))


def _is_link(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() or paths.is_link(Path(entry.path))
