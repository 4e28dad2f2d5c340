"""Made-up applicants: a form and materials against which no check has anything to say on the day they were made for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from degreecheck.clock import SCHOOL_TIME
from degreecheck.idnumbers import cet
from degreecheck.sample.materials import Material, material_for
from degreecheck.sample.people import Person, fresh, make_person
from degreecheck.sample.studies import Study, graduation_before, make_study

SELF_STUDY_ROUTES = ("cet4", "pets", "english_two", "degree_exam", "other")
ADULT_ROUTES = ("cet4", "pets", "degree_exam", "other")
CHANNELS = ("assisted", "social")
_OPEN_SINCE, _OPEN_FOR = 3, 9  # days: the window opened lately, and does not close within the days of WIN102
_CORRECTIONS = 35
FormData = dict[str, Any]


@dataclass
class Applicant:
    """One applicant on the way to disk: the form as application.json will hold it, and how each file is made."""

    folder: str
    person: Person
    study: Study
    today: date
    chance: Random
    form: FormData
    files: dict[str, Material] = field(default_factory=dict)  # by path within the folder
    damage: Callable[[bytes], bytes] | None = None  # done to the bytes of application.json
    without_form: bool = False  # no application.json at all

    @property
    def self_study(self) -> bool:
        """自考生, not 成教生."""
        return bool(self.form["applicant_type"] == "self_study")

    @property
    def route(self) -> str:
        """The foreign-language route."""
        return str(self.form["language"]["route"])

    def put(self, slot: str, material: Material) -> None:
        """Put a file into a slot."""
        self.files[material.path] = material
        self.form["materials"].setdefault(slot, []).append(material.path)

    def file_of(self, slot: str) -> Material | None:
        """The first file in a slot, or None for an empty slot."""
        listed = self.form["materials"].get(slot)
        return self.files[listed[0]] if listed else None

    def material(self, slot: str) -> Material:
        """The first file in a slot, which must have one."""
        return self.files[self.form["materials"][slot][0]]

    def change(self, slot: str, changed: Material) -> None:
        """Let the first file in a slot be made otherwise, perhaps under another name."""
        listed = self.form["materials"][slot]
        del self.files[listed[0]]
        listed[0] = changed.path
        self.files[changed.path] = changed

    def drop(self, slot: str) -> None:
        """Take a slot's files away."""
        for path in self.form["materials"].pop(slot):
            del self.files[path]


@dataclass(frozen=True)
class Kind:
    """What an applicant is to be like; drawn where a fault asks for something in particular."""

    self_study: bool
    channel: str | None
    route: str


def any_kind(chance: Random) -> Kind:
    """A kind at random, each route of each kind of applicant about as often."""
    self_study = chance.random() < 0.65
    route = chance.choice(SELF_STUDY_ROUTES if self_study else ADULT_ROUTES)
    return Kind(self_study, chance.choice(CHANNELS) if self_study else None, route)


def make_applicant(chance: Random, kind: Kind, today: date, taken: set[str], *, as_pdf: bool = True) -> Applicant:
    """A faultless applicant of that kind. Names and numbers in ``taken`` are not used again."""
    graduation = graduation_before(chance, today, kind.self_study)
    person = make_person(chance, graduation, taken)
    study = make_study(chance, graduation, kind.self_study, kind.route)
    form = _form(chance, kind, person, study, today, taken)
    made = Applicant(f"{person.name}-学位申请", person, study, today, chance, form)
    for slot in slots_for(chance, kind):
        made.put(slot, material_for(slot, chance.randrange(1 << 30), as_pdf=as_pdf))
    return made


def slots_for(chance: Random, kind: Kind) -> list[str]:
    """The slots that an applicant of the kind fills, in the portal's order: what the pack asks, and what many add."""
    slots = [
        "thesis_document",
        "similarity_report",
        "proposal_report",
        "task_book",
        "photo",
        "id_card_portrait",
        "id_card_emblem",
    ]
    if kind.self_study:
        slots.append("exam_permit")
    # The 考籍 page may stand for the archive's transcript (M17); the route of 英语二 asks it anyway (M24).
    on_page = kind.self_study and kind.route != "english_two" and chance.random() < 0.3
    slots.append("registration_page" if on_page else "transcript")
    if kind.self_study and chance.random() < 0.5:
        slots.append("graduation_certificate")
    if kind.route in ("cet4", "pets", "other"):
        slots.append("language_certificate")
    elif kind.route == "english_two":
        slots += ["english_two_score", "registration_page"]
    else:
        slots.append("degree_exam_sheet")
    return slots


def _form(chance: Random, kind: Kind, person: Person, study: Study, today: date, taken: set[str]) -> FormData:
    exam_number = fresh(chance, taken, lambda: _exam_number(chance, study)) if kind.self_study else ""
    # A self-study diploma's number holds the exam number, so it is nobody else's either.
    own = f"6550{exam_number}{chance.randint(0, 9)}" if kind.self_study else ""
    diploma = own or fresh(chance, taken, lambda: _adult_diploma(chance, study))
    given = kind.route == "english_two" or chance.random() < 0.5
    return {
        "schema_version": 1,
        "pack": "cqust",
        "applicant_type": "self_study" if kind.self_study else "adult_education",
        "self_study_channel": kind.channel,
        "personal": {
            "name": person.name,
            "id_document": "resident_id",
            "id_number": person.id_number,
            "birth_date": person.birth_date.isoformat(),
            "sex": person.sex,
            "mobile": person.mobile,
            "exam_number": exam_number,
            "student_number": "" if kind.self_study else f"{study.entry[:4]}{chance.randrange(10**6):06d}",
        },
        "institution": {
            "school": "重庆科技大学" if chance.random() < 0.7 else "重庆科技学院",
            "entry_date": study.entry,
            "graduation_date": study.graduation.isoformat(),
            "diploma_number": diploma if given else "",
        },
        "courses": {
            "major": study.major,
            "average_score": study.average,
            "thesis_score": study.thesis_score,
            "records": [dict(row) for row in study.records],
        },
        "thesis": {
            "title": study.title,
            "research_direction": study.direction,
            "keywords": list(study.keywords),
            "advisor": chance.choice("陈林周杨梁") + chance.choice(("教授", "永", "老师", "志远", "文渊")),
            "advisor_contacts": _contacts(chance),
        },
        "language": _language(chance, kind, study, diploma, taken),
        "materials": {},
        "photo_crop": None,
        "confirmations": dict.fromkeys(
            ("photo_recent", "photo_bareheaded", "photo_unretouched", "paper_photo_same", "truthful"), True
        ),
        "answers": {},
        "submission": {
            "status": "draft",
            "window_opens": moment(today - timedelta(days=_OPEN_SINCE), time(8)),
            "window_closes": moment(today + timedelta(days=_OPEN_FOR), time(23, 59)),
            "correction_closes": moment(today + timedelta(days=_CORRECTIONS), time(23, 59)),
            "returned_reason": "",
            "history": [],
        },
    }


def moment(day: date, clock: time) -> str:
    """A moment in the school's time as application.json holds it."""
    return datetime.combine(day, clock, SCHOOL_TIME).isoformat()


def _exam_number(chance: Random, study: Study) -> str:
    season = 1 if study.entry[5:7] == "04" else 2
    return (
        f"{chance.randint(1, 3):02d}{chance.randint(1, 38):02d}{study.entry[2:4]}{season}{chance.randrange(10**5):05d}"
    )


def _adult_diploma(chance: Random, study: Study) -> str:
    return f"115515{study.graduation.year}05{chance.randrange(10**6):06d}"


def _contacts(chance: Random) -> dict[str, str]:
    """Any one kind is enough (M13)."""
    every = {
        "mobile": f"1{chance.choice('35789')}60000{chance.randrange(10_000):04d}",
        "landline": f"023-6502{chance.randrange(10_000):04d}",
        "email": f"advisor{chance.randrange(1_000)}@example.edu.cn",
        "qq": str(chance.randint(100_000, 999_999_999)),
        "wechat": f"advisor_{chance.randrange(10_000):04d}",
    }
    chosen = chance.sample(list(every), chance.choice((1, 1, 2)))
    return {name: text if name in chosen else "" for name, text in every.items()}


def _language(chance: Random, kind: Kind, study: Study, diploma: str, taken: set[str]) -> dict[str, str]:
    score = ""
    if kind.route == "cet4":
        number, score = fresh(chance, taken, lambda: cet_report(chance, study)), str(chance.randint(355, 620))
    elif kind.route == "pets":
        number = fresh(chance, taken, lambda: f"{chance.randrange(10**13):013d}7")
        score = str(chance.randint(60, 88))
    elif kind.route == "english_two":
        course_pass = chance.random() >= 0.5
        number = fresh(chance, taken, lambda: f"50{chance.randrange(10**10):010d}") if course_pass else diploma
        score = _english_two(study)
    elif kind.route == "degree_exam":
        number = fresh(chance, taken, lambda: f"XWWY{study.graduation.year}{chance.randrange(10**5):05d}")
        score = str(chance.randint(60, 92))
    else:
        number = fresh(chance, taken, lambda: f"QT-{chance.randrange(10**7):07d}") if chance.random() < 0.7 else ""
    return {"route": kind.route, "certificate_number": number, "score": score}


def _english_two(study: Study) -> str:
    return next(str(row["score"]) for row in study.records if row["code"] == "00015")


def cet_report(chance: Random, study: Study) -> str:
    """A 成绩报告单编号 whose layout is that of no 准考证号."""
    while True:
        session = f"{study.graduation.year % 100 - 1:02d}{chance.choice('12')}1"
        number = f"{session}{chance.randrange(10**6):06d}{chance.randrange(10**5):05d}"
        if cet.layouts(number) == (cet.Layout.REPORT,):
            return number
