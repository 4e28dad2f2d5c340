"""School packs: what one school asks, as data. Limits and texts stand here; logic is Python.

``"unknown"`` is a legal value wherever a school may not have published a figure: it is shown as such, never guessed.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, Union

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from degreecheck import paths
from degreecheck.facts import FileType
from degreecheck.file_names import BadPattern, check_pattern
from degreecheck.form import ApplicantType, Slot
from degreecheck.pack_problems import PackProblem, problems_of
from degreecheck.score_marks import mark_policy

UNKNOWN: Literal["unknown"] = "unknown"
T = TypeVar("T")
Known = Union[T, Literal["unknown"]]  # noqa: UP007 (an alias with a type variable)

GREATEST_BYTES = 1024 * 1024
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Need = Literal["required", "probably", "optional"]
Seal = Literal["required", "optional", "none"]
Severity = Literal["error", "warning", "note"]
NON_NUMERIC_ASK: Literal["ask"] = "ask"


class Part(BaseModel):
    """A table of a pack. Unknown keys are refused: a mistyped key would silently switch a check off."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Part):
    """A text in both languages; where English is missing the Chinese is shown."""

    zh: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """The text in a language, or in Chinese."""
        return (self.en if language == "en" else "") or self.zh


class School(Part):
    """The school and every name that its papers carry."""

    name: str
    names: Annotated[tuple[str, ...], Field(min_length=1)]
    school_code: str = ""  # first five digits of an adult-education diploma number (domain facts, confidence B)


class Round(Part):
    """One application window and the notice that announced it; the current one is set by the person."""

    name: str
    notice: str
    published: date | None = None
    source: str = ""
    window_opens: datetime | None = None
    window_closes: datetime | None = None
    correction_closes: datetime | None = None


class Trap(Words):
    """What goes wrong on the portal, and where a person should be told."""

    where: Literal["login", "id_number", "submit"]


class Portal(Part):
    """Where the application is typed in, and what goes wrong there."""

    addresses: tuple[str, ...] = ()
    traps: tuple[Trap, ...] = ()


class Contact(Part):
    """Who answers questions of one kind of applicant (M28)."""

    applicant_type: ApplicantType
    name: str
    phone: str


class Mailing(Part):
    """How the paper photo travels (M28)."""

    recipient: str
    address: str
    department: str = ""
    phone: str = ""
    carrier: Words
    remarks: tuple[Words, ...] = ()


class Route(Part):
    """One way to meet the foreign-language condition (M19-M24)."""

    label: Words
    applicants: tuple[ApplicantType, ...] = ("self_study", "adult_education")
    number: Literal["required", "optional"] = "required"
    number_kind: Literal["cet_report", "pets", "diploma_or_course_pass", "free"] = "free"
    number_lengths: tuple[Annotated[int, Field(ge=1, le=40)], ...] = ()  # empty = no fixed length
    other_route: Identifier | None = None  # offered when a number has letters: older and other certificates exist
    minimum_score: Known[Annotated[Decimal, Field(ge=0)]] = UNKNOWN
    greatest_score: Annotated[Decimal, Field(gt=0)] | None = None  # of the route's scale
    unified_course: tuple[str, ...] = ()  # codes and names of the course that the route rests on (英语二: 00015)
    slots: tuple[Slot, ...] = ()
    seal: Seal | None = (
        None  # for the route's slots, where it is another than theirs: electronic certificates carry none
    )


class SlotSpec(Part):
    """One upload slot."""

    label: Words | None = None
    needed: Need = "optional"
    applicants: tuple[ApplicantType, ...] = ("self_study", "adult_education")
    routes: tuple[Identifier, ...] = ()  # needed only on these routes; empty = on every route
    any_of: tuple[Slot, ...] = ()  # the need is met when any of these slots is filled as well
    types: tuple[FileType, ...] | Literal["unknown"] = UNKNOWN
    min_bytes: Annotated[int, Field(ge=0)] | None = None
    max_bytes: Annotated[int, Field(gt=0)] | None = None
    seal: Seal = "none"  # required: no certificate without one; optional: some have one; none: screenshots, own sheets
    smallest_width: Annotated[int, Field(gt=0, le=20_000)] | None = None  # pixels needed to read the smallest print
    # The school's pattern for this file, without extension, such as "{exam_number}-{name}" (file_names.FIELDS). Empty =
    # the portal's own name.
    file_name: str = ""

    @field_validator("file_name")
    @classmethod
    def _pattern(cls, value: str) -> str:
        if value:
            try:
                check_pattern(value)
            except BadPattern:
                raise ValueError("file_name_pattern") from None  # a word of [toml_kind] in the texts
        return value

    @model_validator(mode="after")
    def _sizes_in_order(self) -> SlotSpec:
        if self.min_bytes is not None and self.max_bytes is not None and self.min_bytes >= self.max_bytes:
            raise ValueError("min_bytes is not below max_bytes")
        return self


class PhotoVariant(Part):
    """A photo size in use, in pixels."""

    name: Words
    width: Annotated[int, Field(gt=0, le=5_000)]
    height: Annotated[int, Field(gt=0, le=5_000)]
    two_inch: bool = True


class PhotoSpec(Part):
    """The electronic photo (M15)."""

    width: Annotated[int, Field(gt=0, le=5_000)] = 413  # 35 mm at 300 dpi
    height: Annotated[int, Field(gt=0, le=5_000)] = 579  # 49 mm at 300 dpi
    dpi: Annotated[int, Field(gt=0, le=1_200)] = 300
    width_mm: Annotated[Decimal, Field(gt=0)] = Decimal(35)
    height_mm: Annotated[Decimal, Field(gt=0)] = Decimal(49)
    variants: tuple[PhotoVariant, ...] = ()
    greatest_age_months: Annotated[int, Field(gt=0)] = 6
    # Chin to crown as a share of the picture's height: least, greatest. Wider than what other portals ask (0.45-0.74
    # follows from 480 x 640 pixels with a face 180-300 wide), for this school publishes nothing.
    head_height: tuple[float, float] = (0.35, 0.72)


class Average(Part):
    """How the average is computed (M10)."""

    decimals: Literal[2] = 2
    non_numeric: Literal["ask", "exclude"] | dict[str, Annotated[Decimal, Field(ge=0, le=100)]] = NON_NUMERIC_ASK
    weighting: Known[Literal["none"]] = UNKNOWN  # "none": the school says that courses are not weighted

    @field_validator("non_numeric")
    @classmethod
    def _marks(cls, value: Any) -> Any:
        if isinstance(value, dict):
            mark_policy("pack", value)  # raises ValueError for a mark that could never be found in a transcript
        return value


class Conditions(Part):
    """The school's conditions (advisory; each semester's notice rules)."""

    source: str = ""
    average: Known[Annotated[Decimal, Field(ge=0, le=100)]] = UNKNOWN
    thesis: Known[Annotated[Decimal, Field(ge=0, le=100)]] = UNKNOWN
    years_after_graduation: Known[Annotated[int, Field(ge=0, le=20)]] = UNKNOWN


class Documents(Part):
    """Floors and limits of the thesis papers."""

    thesis_pages: Known[Annotated[int, Field(ge=1)]] = UNKNOWN
    thesis_characters: Known[Annotated[int, Field(ge=1)]] = UNKNOWN
    similarity_percent: Known[Annotated[Decimal, Field(ge=0, le=100)]] = UNKNOWN


class Override(Part):
    """Another severity for one rule at this school, and why; the report shows both."""

    severity: Severity
    reason: str


class Pack(Part):
    """Everything one school asks."""

    id: Identifier
    version: str
    advisory: bool = False  # from public facts only: says so in the report
    applicants: tuple[ApplicantType, ...] = ("self_study", "adult_education")
    school: School
    rounds: tuple[Round, ...] = ()
    portal: Portal = Portal()
    contacts: tuple[Contact, ...] = ()
    mailing: Mailing | None = None
    majors: tuple[str, ...] = ()  # empty = any
    routes: dict[Identifier, Route]
    slots: dict[Slot, SlotSpec]
    photo: PhotoSpec = PhotoSpec()
    average: Average = Average()
    conditions: Conditions = Conditions()
    documents: Documents = Documents()
    window_closing_days: Annotated[int, Field(ge=0, le=30)] = 3
    overrides: dict[Annotated[str, Field(pattern=r"^[A-Z]{3}\d{3}$")], Override] = Field(default_factory=dict)

    @field_validator("routes")
    @classmethod
    def _some_route(cls, routes: dict[str, Route]) -> dict[str, Route]:
        if not routes:
            raise ValueError("a pack needs at least one route")
        return routes

    @model_validator(mode="after")
    def _names_exist(self) -> Pack:
        for slot_name, spec in self.slots.items():
            for route in spec.routes:
                if route not in self.routes:
                    raise ValueError(
                        f"slots.{slot_name}.routes: no route {route!r}; there are {', '.join(self.routes)}"
                    )
            for other in spec.any_of:
                if other not in self.slots:
                    raise ValueError(f"slots.{slot_name}.any_of: no slot {other!r} in this pack")
        for name, route_spec in self.routes.items():
            if route_spec.other_route is not None and route_spec.other_route not in self.routes:
                raise ValueError(f"routes.{name}.other_route: no route {route_spec.other_route!r}")
            for slot in route_spec.slots:
                if slot not in self.slots:
                    raise ValueError(f"routes.{name}.slots: no slot {slot!r} in this pack")
        return self

    @property
    def notice(self) -> str:
        """The newest notice that this pack knows of."""
        return self.rounds[-1].notice if self.rounds else ""

    def contact_for(self, applicant_type: str) -> Contact | None:
        """Whom an applicant of this kind asks."""
        return next((contact for contact in self.contacts if contact.applicant_type == applicant_type), None)

    def need_of(self, slot: str, applicant_type: str, route: str) -> Need | None:
        """How much this applicant needs the slot; None where it is not for this applicant or route."""
        spec = self.slots.get(slot)  # type: ignore[call-overload]
        if spec is None or applicant_type not in spec.applicants:
            return None
        if spec.routes and route not in spec.routes:
            return None
        need: Need = spec.needed
        return need

    def seal_of(self, slot: str, route: str) -> Seal:
        """Whether a red seal is expected in the slot on this route."""
        spec = self.slots.get(slot)  # type: ignore[call-overload]
        chosen = self.routes.get(route)
        if chosen is not None and chosen.seal is not None and slot in chosen.slots:
            return chosen.seal
        seal: Seal = "none" if spec is None else spec.seal
        return seal


class PackInvalid(Exception):
    """A pack that cannot be used, with everything that is wrong with it."""

    def __init__(self, source: str, problems: tuple[PackProblem, ...]) -> None:
        super().__init__(f"{source}: {len(problems)}")
        self.source = source
        self.problems = problems


class NoSuchPack(LookupError):
    """No pack of that name ships with the program, and there is no such file."""


def shipped() -> tuple[str, ...]:
    """The ids of the packs that ship with the program."""
    return tuple(sorted(file.stem for file in (paths.resources() / "packs").glob("*.toml")))


def find(name: str) -> Pack:
    """A pack by its id, or from a file. Raises NoSuchPack, PackInvalid."""
    if re.fullmatch(r"[a-z][a-z0-9_]*", name) and name in shipped():
        return _shipped(name)
    path = Path(name)
    if path.suffix != ".toml" and not path.exists():
        raise NoSuchPack(name)
    return load(path)


@cache
def _shipped(name: str) -> Pack:
    return load(paths.resources() / "packs" / f"{name}.toml")


def load(path: Path) -> Pack:
    """Read a pack file. Raises PackInvalid with every problem found."""
    try:
        with path.open("rb") as file:
            data = file.read(GREATEST_BYTES + 1)
    except OSError as trouble:
        kind = "gone" if isinstance(trouble, FileNotFoundError) else "unreadable"
        raise PackInvalid(str(path), (PackProblem(kind),)) from None
    if len(data) > GREATEST_BYTES:
        raise PackInvalid(str(path), (PackProblem("too_large"),))
    return parse(data, str(path))


def parse(data: bytes, source: str) -> Pack:
    """The pack in the bytes of a TOML file. Raises PackInvalid."""
    try:
        text = data.decode("utf-8-sig")
        raw = tomllib.loads(text)
    except UnicodeDecodeError as trouble:
        line = data.count(b"\n", 0, trouble.start) + 1
        raise PackInvalid(source, (PackProblem("not_utf8", line=line),)) from None
    except (tomllib.TOMLDecodeError, RecursionError) as trouble:
        found = re.search(r"at line (\d+)", str(trouble))
        line_of_trouble = int(found[1]) if found else data.count(b"\n") + 1  # else "at end of document"
        raise PackInvalid(source, (PackProblem("not_toml", line=line_of_trouble, given=str(trouble)[:200]),)) from None
    try:
        return Pack.model_validate(raw)
    except ValidationError as trouble:
        raise PackInvalid(source, problems_of(trouble, text, Pack)) from None
