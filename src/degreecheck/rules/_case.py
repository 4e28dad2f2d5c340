"""What a rule sees: one application as frozen plain data. No file, no image, no clock.

Reading a fact that is not there raises NotInspected, and the rule counts as skipped, never as passed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from degreecheck.facts import (
    FileFacts,
    ImageFacts,
    NotChecked,
    PdfFacts,
    PhotoFacts,
    ScanFacts,
    TextFacts,
    WordFacts,
)
from degreecheck.form import Form, FormSource, Section, value_at
from degreecheck.pack import Need, Pack

P = TypeVar("P")


class NotInspected(Exception):
    """A fact that the rule needs is not there. ``reason`` is a key of [skipped] in the text files."""

    def __init__(self, reason: str = "not_inspected") -> None:
        super().__init__(reason)
        self.reason = reason


class NotApplicable(Exception):
    """The rule has nothing to say about this subject."""


@dataclass(frozen=True)
class ListedPath:
    """A path as application.json lists it: the slot, the file it stands for, or why it must not be opened."""

    slot: str
    listed: str
    file: str = ""  # relative, forward slashes; empty when unsafe
    unsafe: str = ""  # paths.UnsafePath.reason
    exists: bool = True
    no_file: bool = False  # something of this name is there, and it is a folder or another thing that is no file


@dataclass(frozen=True)
class Case:
    """Everything a judgement rests on, frozen. Build it with check.gather, or by hand in tests."""

    form: Form
    pack: Pack
    now: datetime  # aware, in the school's time
    listed: tuple[ListedPath, ...] = ()
    unassigned: tuple[str, ...] = ()  # files in the folder that no slot uses, relative
    unsure: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)  # of those: slots they may be for
    facts: Mapping[str, FileFacts | NotChecked] = dataclasses.field(default_factory=dict)  # by relative path
    form_source: FormSource = "file"
    form_unreadable: str = ""  # why application.json could not be read (form_file.FormProblem)
    form_unreadable_line: int | None = None
    incomplete: bool = False  # not every file in the folder was listed: too many, too deep, or a subfolder is closed
    exporting: bool = False
    crashed: tuple[tuple[str, str], ...] = ()  # (code, subject) of rules that raised, for SYS301

    @property
    def today(self) -> date:
        """The day of checking."""
        return self.now.date()

    @property
    def self_study(self) -> bool:
        """自考生, not 成教生 (M1)."""
        return self.form.applicant_type == "self_study"

    def files_in(self, slot: str) -> tuple[str, ...]:
        """The files in a slot that may be opened and are there, in order."""
        return tuple(entry.file for entry in self.listed if entry.slot == slot and entry.file and entry.exists)

    @property
    def opened_files(self) -> tuple[str, ...]:
        """Every file that some slot uses and that may be opened, once."""
        return tuple(dict.fromkeys(entry.file for entry in self.listed if entry.file and entry.exists))

    def slots_of(self, file: str) -> tuple[str, ...]:
        """The slots that a file fills."""
        return tuple(dict.fromkeys(entry.slot for entry in self.listed if entry.file == file))

    def may_be(self, slots: Collection[str]) -> tuple[str, ...]:
        """The files without a slot whose names leave open that they are for one of these."""
        return tuple(file for file, possible in self.unsure.items() if not set(possible).isdisjoint(slots))

    def need_of(self, slot: str) -> Need | None:
        """How much this applicant needs the slot; None where it is not for this applicant or route."""
        spec = self.pack.slots.get(slot)  # type: ignore[call-overload]
        if spec is None:
            return None
        # Read only what the slot depends on: a roster that has no column for the route must not hide a missing photo.
        everyone = len(spec.applicants) == 2
        applicant_type = spec.applicants[0] if everyone else self.form.applicant_type
        route = self.form.language.route if spec.routes else ""
        return self.pack.need_of(slot, applicant_type, route)

    def lies_aside(self, field: str) -> bool:
        """Whether the field is blank only because what it held was set aside, which SYS101 tells.

        Once the person has confirmed that, blank is blank. Raises NotAsked.
        """
        return self._set_aside(field) and _is_blank(value_at(self.form, field))

    def check_not_aside(self, field: str) -> None:
        """Of a blank entry in a list or table: raises NotInspected where what it held was set aside (SYS101)."""
        if self._set_aside(field):
            raise NotInspected("after SYS101")

    def _set_aside(self, field: str) -> bool:
        held = [entry.field for entry in self.form.set_aside if _overlap(entry.field, field)]
        return any(f"SYS101:{name}" not in self.form.answers for name in held)

    def file(self, file: str) -> FileFacts:
        """All facts of a file. Raises NotInspected where it was not, or could not be, inspected."""
        found = self.facts.get(file)
        if found is None:
            raise NotInspected
        if isinstance(found, NotChecked):
            raise NotInspected(found.reason)
        return found

    def readable(self, file: str) -> FileFacts:
        """All facts of a file that could be read. Raises NotInspected("unreadable") for one that could not."""
        found = self.file(file)
        if found.unreadable is not None:
            raise NotInspected("unreadable")
        return found

    def image(self, file: str) -> ImageFacts:
        """Facts of a picture. Raises NotInspected; NotApplicable for what is no picture."""
        return _part(self.readable(file).image)

    def photo(self, file: str) -> PhotoFacts:
        """Measurements of an electronic photo. Raises NotInspected; NotApplicable for what is no picture."""
        found = self.readable(file)
        return _measured(found.photo, found.image)

    def scan(self, file: str) -> tuple[ScanFacts, ...]:
        """Measurements of a paper's picture. Raises NotInspected; NotApplicable for what has no pages to look at."""
        found = self.readable(file)
        return _measured(found.scan, found.image or found.pdf)

    def pdf(self, file: str) -> PdfFacts:
        """Facts of a PDF. Raises NotInspected; NotApplicable for any other kind of file."""
        return _part(self.readable(file).pdf)

    def word(self, file: str) -> WordFacts:
        """Facts of a Word file. Raises NotInspected; NotApplicable for any other kind of file."""
        return _part(self.readable(file).word)

    def text(self, file: str) -> TextFacts:
        """Text read from a file's pages. Raises NotInspected, with "no_text" where none was to be read."""
        found = self.readable(file).text
        if found is None:
            raise NotInspected("no_text")
        if isinstance(found, NotChecked):
            raise NotInspected(found.reason)
        return found


def _overlap(one: str, other: str) -> bool:
    """Whether one field is, or is in, the other."""
    short, long = sorted((one, other), key=len)
    return long == short or long.startswith((f"{short}.", f"{short}["))


def _is_blank(value: object) -> bool:
    if isinstance(value, Section):
        return all(_is_blank(getattr(value, name)) for name in type(value).model_fields)
    return value is None or value in ("", (), {})


def _part(part: P | None) -> P:
    if part is None:
        raise NotApplicable
    return part


def _measured(part: P | None, picture: object) -> P:
    if part is not None:
        return part
    if picture is None:
        raise NotApplicable
    raise NotInspected
