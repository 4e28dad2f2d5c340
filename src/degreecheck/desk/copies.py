"""Copies of a desk under the school's names, into a new tree, with a list of what came from where.

Never moves, never renames, never writes over anything: a batch rename once lost two hundred files.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from degreecheck import check, file_names, folder, paths
from degreecheck import pack as packs
from degreecheck.desk.batch import guessed_materials
from degreecheck.desk.company import Desk
from degreecheck.desk.roster_values import form_of
from degreecheck.form import NotAsked
from degreecheck.inspectors.messages import Copied, Copy, NotWritten
from degreecheck.inspectors.pool import Pool
from degreecheck.pack import Pack
from degreecheck.text import Texts

_LONGEST_PART = 60  # characters of a folder's or file's name


class BadPlace(Exception):
    """Copies cannot go there. ``reason``: not_empty, inside (a desk, or a desk inside it), not_a_folder."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Planned:
    """One file to copy. ``target``: relative, forward slashes. ``lacks``: fields of the pattern that nobody filled."""

    index: int
    source: Path
    shown: str
    target: str
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """What became of one file; ``trouble``: a word of the texts, "" for a copy that is there."""

    planned: Planned
    size: int = 0
    sha256: str = ""
    trouble: str = ""


def check_place(out: Path, places: Iterable[Path]) -> None:
    """Raise BadPlace unless ``out`` is new or an empty folder, apart from every desk."""
    target = out.absolute().resolve()
    for place in places:
        source = place.absolute().resolve()
        if target.is_relative_to(source) or source.is_relative_to(target):
            raise BadPlace("inside")
    if out.exists() and not out.is_dir():
        raise BadPlace("not_a_folder")
    if out.is_dir() and any(out.iterdir()):
        raise BadPlace("not_empty")


def plan(desk: Desk, pattern: str, texts: Texts, *, pack: Pack | None, slots: Sequence[str]) -> Iterator[Planned]:
    """What goes where. Raises file_names.BadPattern, before the first one.

    A pattern with {slot}, or certain ``slots``, names files; any other names each applicant's folder, in which the
    files keep their names. Names that would coincide are numbered.
    """
    file_names.check_pattern(pattern)
    names_files = "{slot}" in pattern or bool(slots)
    return _plan(desk, pattern, texts, pack, slots, names_files=names_files)


def _plan(
    desk: Desk, pattern: str, texts: Texts, pack: Pack | None, slots: Sequence[str], *, names_files: bool
) -> Iterator[Planned]:
    taken: set[str] = set()
    for index in range(len(desk.people)):
        try:
            loaded, form = _form(desk, index, pack)
        except (folder.NotAFolder, packs.NoSuchPack, packs.PackInvalid):
            continue  # told by check; there is nothing of theirs to copy
        values, lacks = _values(form, pattern, texts)
        person = desk.people[index]
        if not names_files:
            name = _free(file_names.fill_pattern(pattern, {**values, "slot": "x"}), "", taken)
            own: set[str] = set()
            for file in (*([paths.FORM_NAME] if loaded.form_source == "file" else []), *loaded.files):
                target = f"{name}/{_inside(file, own)}"
                yield Planned(index, person.place / file, f"{person.found.shown}/{file}", target, lacks)
            continue
        for entry in check.listed_paths(loaded, form):
            if not entry.file or not entry.exists or (slots and entry.slot not in slots):
                continue
            stem = file_names.fill_pattern(pattern, {**values, "slot": texts.word("slot", entry.slot)})
            target = _free(stem, _extension(entry.file), taken)
            yield Planned(index, person.place / entry.file, f"{person.found.shown}/{entry.file}", target, lacks)


def _form(desk: Desk, index: int, pack: Pack | None) -> tuple[folder.Folder, Any]:
    person, row = desk.people[index], desk.row_of(index)
    if person.found.verified is not None and person.found.unpacked is None:
        raise folder.NotAFolder("gone")  # a zip that could not be opened
    loaded = folder.load(person.found.folder)
    if row is None or loaded.form_source == "file":
        return loaded, loaded.form
    school = pack or packs.find(loaded.form.pack)
    return loaded, form_of(
        row.values, desk.neighbours[index].row_fields, school, guessed_materials(loaded, person, row)
    )


def _values(form: Any, pattern: str, texts: Texts) -> tuple[dict[str, str], tuple[str, ...]]:
    """The fields of a pattern; one that is blank is said in its place, so that nobody is left out."""
    read: dict[str, Callable[[], str]] = {
        "name": lambda: form.personal.name,
        "exam_number": lambda: form.personal.exam_number,
        "student_number": lambda: form.personal.student_number,
        "id_number": lambda: form.personal.id_number,
        "major": lambda: form.courses.major,
    }
    values = {field: file_names.legal_name(_known(one)) for field, one in read.items()}
    if not values["exam_number"]:  # the portal has one box for both numbers (M7)
        values["exam_number"] = values["student_number"]
    lacks = tuple(field for field, value in values.items() if f"{{{field}}}" in pattern and not value)
    words = {"major": "courses.major"}
    for field in lacks:
        word = texts.word("field", words.get(field, f"personal.{field}"))
        values[field] = file_names.legal_name(texts.get("copy.lacks", field=word))
    return values, lacks


def _known(read: Callable[[], str]) -> str:
    try:
        return read()
    except NotAsked:
        return ""


def _inside(file: str, taken: set[str]) -> str:
    """A file's own path with every part legal on Windows."""
    *folders, name = PurePosixPath(file).parts
    legal = [file_names.legal_name(part, _LONGEST_PART) or "_" for part in folders]
    extension = _extension(name)
    stem = file_names.legal_name(name.removesuffix(PurePosixPath(name).suffix), _LONGEST_PART) or "_"
    return _free("/".join([*legal, stem]), extension, taken)


def _extension(file: str) -> str:
    suffix = PurePosixPath(file).suffix
    return suffix.lower() if len(suffix) <= 6 and suffix[1:].isalnum() and suffix.isascii() else ""


def _free(stem: str, extension: str, taken: set[str]) -> str:
    """The name, numbered where it is taken; Windows and macOS take upper and lower case for one."""
    number, name = 1, f"{stem}{extension}"
    while unicodedata.normalize("NFC", name).casefold() in taken:
        number += 1
        name = f"{stem}-{number}{extension}"
    taken.add(unicodedata.normalize("NFC", name).casefold())
    return name


def run(planned: Iterable[Planned], out: Path, pool: Pool) -> Iterator[Done]:
    """Copy, in worker processes, each result as it comes. Raises OSError where folders cannot be made."""
    begun: list[Planned] = []

    def requests() -> Iterator[Copy]:
        for one in planned:
            target = out / one.target
            target.parent.mkdir(parents=True, exist_ok=True)
            begun.append(one)
            yield Copy(one.source, target, _size(one.source))

    for place, result in pool.run(requests()):
        one = begun[place]
        if isinstance(result, Copied):
            yield Done(one, result.size, result.sha256)
        elif isinstance(result, NotWritten):
            yield Done(one, trouble=f"copy.not_written.{result.reason}")
        else:
            reason = getattr(result, "reason", "nonsense")
            table = "not_checked" if type(result).__name__ == "NotChecked" else "unreadable"
            yield Done(one, trouble=f"{table}.{reason}")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


class Log:
    """The list of copies, a CSV file beside them, written line by line so that it is there even after a power cut."""

    def __init__(self, path: Path, texts: Texts) -> None:
        """Begin the list. Raises OSError."""
        self._texts = texts
        self._file = path.open("x", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow([str(title) for title in texts.table("copy.columns").values()])

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, done: Done) -> None:
        """One line."""
        state = self._texts.get(done.trouble) if done.trouble else self._texts.get("copy.done")
        cells = (done.planned.shown, done.planned.target, str(done.size), done.sha256, state)
        self._writer.writerow([_as_text(cell) for cell in cells])
        self._file.flush()


def _as_text(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, in bytes that every file can hold."""
    clean = cell.encode("utf-8", errors="replace").decode("utf-8")
    return f"'{clean}" if clean[:1] in ("=", "+", "-", "@", "\t", "\r") else clean
