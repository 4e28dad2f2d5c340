"""The form: what the applicant claims. Every field stands here once, with its meaning (type) and how it is asked (Ask).

Blank is always legal: whether something is missing is for the rules to say. Nothing here judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from degreecheck.clock import SCHOOL_TIME

SCHEMA_VERSION = 1

ApplicantType = Literal["self_study", "adult_education"]  # 自考生, 成教生 (M1)
Channel = Literal["assisted", "social"]  # 助学, 社会考生 (M1)
Slot = Literal[
    "photo", "id_card_portrait", "id_card_emblem", "exam_permit", "transcript", "registration_page",
    "graduation_certificate", "language_certificate", "english_two_score", "degree_exam_sheet", "thesis_document",
    "similarity_report", "proposal_report", "task_book", "other",
]  # fmt: skip
SLOTS: tuple[str, ...] = get_args(Slot)
FormSource = Literal["file", "roster", "none"]  # where the form's values come from
Status = Literal["draft", "not_reviewed", "in_review", "passed", "returned", "refused"]  # M25

Page = Literal["personal", "institution", "courses", "thesis", "language", "submission"]
Width = Literal["short", "medium", "long", "lines"]


@dataclass(frozen=True)
class Ask:
    """How a field is asked for: on which page, how wide, of whom. Its words stand under [field] in the text files."""

    page: Page
    width: Width = "medium"
    applicants: tuple[ApplicantType, ...] = ("self_study", "adult_education")
    on_portal: bool = True  # whether the portal's form has this field, so that the copy-sheet lists it
    sensitive: bool = False  # shown masked until the person asks to see it


@dataclass(frozen=True, order=True)
class PartialDate:
    """A day, or a month where the paper shows only the month (``day`` 0)."""

    year: int
    month: int
    day: int = 0

    def __str__(self) -> str:
        text = f"{self.year:04d}-{self.month:02d}"
        return f"{text}-{self.day:02d}" if self.day else text

    @property
    def first(self) -> date:
        """The earliest day that this can be."""
        return date(self.year, self.month, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day that this can be."""
        if self.day:
            return self.first
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)


_DATE = re.compile(r"^(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})\s*日?|\s*月)?$|^(\d{4})(\d{2})(\d{2})?$")
_FIRST_YEAR, _LAST_YEAR = 1850, 2200  # beyond, a year is a slip of the hand
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－／　", "0123456789.-/ ")


class NotADate(ValueError):
    """A text that is no date in any of the ways in which people write one."""


def parse_date(text: str) -> PartialDate:
    """Fold the ways people write a date (2019.4, 201904, 2019年4月, 2019/4/1) into one. Raises NotADate."""
    found = _DATE.match(text.translate(_FULL_WIDTH).strip()[:40])
    if not found:
        raise NotADate
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6])
    parsed = PartialDate(int(year), int(month), int(day or 0))
    if (day and not parsed.day) or not _FIRST_YEAR <= parsed.year <= _LAST_YEAR:
        raise NotADate
    try:
        return PartialDate(parsed.first.year, parsed.first.month, parsed.day)
    except ValueError:  # no such month or day
        raise NotADate from None


def _read_date(value: object) -> PartialDate | None:
    if value is None or isinstance(value, PartialDate):
        return value
    if isinstance(value, str):
        return parse_date(value) if value.strip() else None
    raise ValueError("not a date")


def _read_time(value: object) -> datetime | None:
    if isinstance(value, str):
        if not value.strip():
            return None
        value = datetime.fromisoformat(value.strip())
    if value is None or isinstance(value, datetime):
        return value.replace(tzinfo=SCHOOL_TIME) if value is not None and value.tzinfo is None else value
    raise ValueError("not a date and time")


DateField = Annotated[
    PartialDate | None,
    BeforeValidator(_read_date),
    PlainSerializer(lambda value: "" if value is None else str(value), return_type=str),
    WithJsonSchema(
        {"type": ["string", "null"], "pattern": r"^(\d{4}-\d{2}(-\d{2})?)?$", "description": "YYYY-MM-DD / YYYY-MM"}
    ),
]
TimeField = Annotated[
    datetime | None,
    BeforeValidator(_read_time),
    PlainSerializer(lambda value: None if value is None else value.isoformat(), return_type=str | None),
    WithJsonSchema({"type": ["string", "null"], "description": "ISO 8601, UTC+8"}),
]
Text = Annotated[str, Field(strict=True, max_length=1_000_000)]


class Section(BaseModel):
    """A part of the form. Keys that this version does not know are kept and written back."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Personal(Section):
    """5.1 个人信息."""

    name: Annotated[Text, Ask("personal")] = ""
    id_document: Annotated[Literal["resident_id", "other"], Ask("personal", "short", on_portal=False)] = "resident_id"
    id_number: Annotated[Text, Ask("personal", sensitive=True)] = ""
    birth_date: Annotated[DateField, Ask("personal", "short")] = None
    sex: Annotated[Literal["male", "female"] | None, Ask("personal", "short")] = None
    mobile: Annotated[Text, Ask("personal", "short")] = ""
    exam_number: Annotated[Text, Ask("personal", applicants=("self_study",))] = ""  # M7
    student_number: Annotated[Text, Ask("personal", applicants=("adult_education",))] = ""  # M7


class Institution(Section):
    """5.2 院校信息."""

    school: Annotated[Text, Ask("institution")] = ""
    entry_date: Annotated[DateField, Ask("institution", "short")] = None  # M8
    graduation_date: Annotated[DateField, Ask("institution", "short")] = None  # M9
    diploma_number: Annotated[Text, Ask("institution", on_portal=False)] = ""


class CourseRecord(Section):
    """One row of the transcript."""

    code: Text = ""
    name: Text = ""
    score: Text = ""
    passed_on: DateField = None
    is_thesis: bool = Field(default=False, strict=True)
    kind: Literal["exempt", "transferred"] | None = None


class Courses(Section):
    """5.3 课程信息. The portal asks the major here (M12)."""

    major: Annotated[Text, Ask("courses")] = ""
    average_score: Annotated[Text, Ask("courses", "short")] = ""  # M10
    thesis_score: Annotated[Text, Ask("courses", "short")] = ""  # M11
    records: tuple[CourseRecord, ...] = ()


class AdvisorContacts(Section):
    """Ways to reach the thesis advisor: any one is enough (M13)."""

    mobile: Annotated[Text, Ask("thesis", "short")] = ""
    landline: Annotated[Text, Ask("thesis", "short")] = ""
    email: Annotated[Text, Ask("thesis")] = ""
    qq: Annotated[Text, Ask("thesis", "short")] = ""
    wechat: Annotated[Text, Ask("thesis", "short")] = ""


class Thesis(Section):
    """5.4 论文信息."""

    title: Annotated[Text, Ask("thesis", "long")] = ""
    research_direction: Annotated[Text, Ask("thesis", "long")] = ""
    keywords: Annotated[tuple[Text, ...], Ask("thesis", "lines")] = ()
    advisor: Annotated[Text, Ask("thesis")] = ""
    advisor_contacts: AdvisorContacts = AdvisorContacts()


class Language(Section):
    """8 证书信息: the foreign-language condition the application rests on (M19-M24)."""

    route: Annotated[Text, Ask("language", on_portal=False)] = ""
    certificate_number: Annotated[Text, Ask("language")] = ""
    score: Annotated[Text, Ask("language", "short", on_portal=False)] = ""


class Confirmations(Section):
    """What only the person can confirm (M15, M16, M27)."""

    photo_recent: bool = Field(default=False, strict=True)
    photo_bareheaded: bool = Field(default=False, strict=True)
    photo_unretouched: bool = Field(default=False, strict=True)
    paper_photo_same: bool = Field(default=False, strict=True)
    truthful: bool = Field(default=False, strict=True)


class Answer(Section):
    """我已核对: a warning that the person has looked at; it lapses when the finding's values change."""

    values_sha256: Text = ""
    answered_at: TimeField = None


class Submission(Section):
    """What happened on the portal (M25, M26)."""

    status: Annotated[Status, Ask("submission", on_portal=False)] = "draft"
    window_opens: Annotated[TimeField, Ask("submission", on_portal=False)] = None
    window_closes: Annotated[TimeField, Ask("submission", on_portal=False)] = None
    correction_closes: Annotated[TimeField, Ask("submission", on_portal=False)] = None
    returned_reason: Annotated[Text, Ask("submission", "long", on_portal=False)] = ""
    history: tuple[dict[str, Any], ...] = ()


class SetAside(BaseModel):
    """A value of the wrong kind, kept as text beside the form (SYS101)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    field: str
    value: str


CropBox = tuple[float, float, float, float]


def _read_crop(value: object) -> CropBox | None:
    if value is None:
        return None
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise ValueError("not a box")
    numbers = [float(entry) for entry in value if isinstance(entry, int | float) and not isinstance(entry, bool)]
    if len(numbers) != 4:
        raise ValueError("not a box")
    x0, y0, x1, y1 = numbers
    if not (0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1):
        raise ValueError("not a box inside the picture")
    return (x0, y0, x1, y1)


class Form(Section):
    """The whole application."""

    schema_version: int = Field(default=SCHEMA_VERSION, strict=True)
    pack: Text = "cqust"
    applicant_type: ApplicantType = "self_study"
    self_study_channel: Channel | None = None
    personal: Personal = Personal()
    institution: Institution = Institution()
    courses: Courses = Courses()
    thesis: Thesis = Thesis()
    language: Language = Language()
    materials: dict[str, tuple[Text, ...]] = Field(default_factory=dict)
    photo_crop: Annotated[CropBox | None, BeforeValidator(_read_crop)] = None
    confirmations: Confirmations = Confirmations()
    answers: dict[str, Answer] = Field(default_factory=dict)
    submission: Submission = Submission()
    set_aside: tuple[SetAside, ...] = ()

    def listed(self, slot: str) -> tuple[str, ...]:
        """The paths in a slot, as written, blank ones left out."""
        return tuple(path for path in self.materials.get(slot, ()) if path.strip())


class NotAsked(Exception):
    """A roster that has no column for this field was the only source of the form: whether it is right is not known."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class OnlyAsked:
    """A form of which only some fields were asked for: reading any other raises NotAsked.

    It answers to the same attributes as Form (or one of its sections), so rules need not know the difference.
    """

    __slots__ = ("_asked", "_path", "_section")

    def __init__(self, section: Section, asked: frozenset[str], path: str = "") -> None:
        self._section = section
        self._asked = asked
        self._path = path

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._section, name)
        if callable(value):
            return value
        path = f"{self._path}.{name}" if self._path else name
        if isinstance(value, Section):
            return OnlyAsked(value, self._asked, path)
        if path not in self._asked and path not in _ALWAYS_KNOWN:
            raise NotAsked(path)
        return value


_ALWAYS_KNOWN = frozenset({"schema_version", "pack", "materials", "photo_crop", "answers", "set_aside"})


@dataclass(frozen=True)
class AskedField:
    """A field with its place in the form and its presentation."""

    path: str  # "personal.name"
    kind: Any  # the annotation without its metadata
    ask: Ask


@cache
def asked_fields() -> tuple[AskedField, ...]:
    """Every field that is asked for, in the portal's order."""
    return tuple(_walk(Form, ""))


def _walk(model: type[BaseModel], prefix: str) -> Iterator[AskedField]:
    for name, info in model.model_fields.items():
        path = f"{prefix}{name}"
        for entry in info.metadata:
            if isinstance(entry, Ask):
                yield AskedField(path, info.annotation, entry)
        if isinstance(info.annotation, type) and issubclass(info.annotation, Section):
            yield from _walk(info.annotation, f"{path}.")


def value_at(form: Form, path: str) -> Any:
    """The value of the field with this dotted path. Raises AttributeError for a path that is none."""
    value: Any = form
    for name in path.split("."):
        value = getattr(value, name)
    return value


def with_value(form: Form, path: str, value: object) -> Form:
    """The form with one field changed; the value must be of the field's kind (it is not checked again)."""
    head, _, rest = path.partition(".")
    if not rest:
        return form.model_copy(update={head: value})
    section: Section = getattr(form, head)
    return form.model_copy(update={head: _section_with(section, rest, value)})


def _section_with(section: Section, path: str, value: object) -> Section:
    head, _, rest = path.partition(".")
    if not rest:
        return section.model_copy(update={head: value})
    return section.model_copy(update={head: _section_with(getattr(section, head), rest, value)})


def json_schema(titles: Mapping[str, str]) -> dict[str, Any]:
    """The JSON Schema of application.json; ``titles`` maps a field's path, or a model's name, to its title."""
    schema = Form.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = titles.get("", "application.json")
    _add_titles(schema["properties"], Form, "", titles, schema["$defs"])
    return schema


def _add_titles(
    properties: dict[str, Any],
    model: type[BaseModel],
    prefix: str,
    titles: Mapping[str, str],
    definitions: dict[str, Any],
) -> None:
    for name, info in model.model_fields.items():
        path = f"{prefix}{name}"
        properties[name]["title"] = titles.get(path, name)
        nested = next((kind for kind in (info.annotation, *get_args(info.annotation)) if _is_section(kind)), None)
        if nested is not None and nested.__name__ in definitions:
            definition = definitions[nested.__name__]
            definition["title"] = titles.get(path, name)
            _add_titles(definition["properties"], nested, f"{path}.", titles, definitions)


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Section)
