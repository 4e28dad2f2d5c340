"""Makes the bytes of an applicant's files from the form as it finally is, so that papers and form agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from degreecheck.sample import documents, papers
from degreecheck.sample.materials import DOCUMENTS, SITTINGS, Material
from degreecheck.sample.portrait import draw_portrait

if TYPE_CHECKING:
    from degreecheck.sample.applicants import Applicant
    from degreecheck.sample.press import Press

_QUALITY, _PHOTO_QUALITY = 75, 92
_LOOKS = 8  # of paper grain, seal ink and the small portraits on papers: few, so that what is drawn can be drawn once
# Backgrounds in honest use, far apart (domain facts).
_BLUES = ((67, 142, 219), (0, 191, 243), (100, 197, 255), (98, 139, 206))


def printed(applicant: Applicant) -> dict[str, str]:
    """What stands on the papers: the form's values, and what is known of the person where the form has none."""
    form, person, study = applicant.form, applicant.person, applicant.study
    language, institution = _table(form, "language"), _table(form, "institution")
    personal, courses, thesis = _table(form, "personal"), _table(form, "courses"), _table(form, "thesis")
    english = next((row for row in _rows(applicant) if row[0] == "00015"), ("", "", "", ""))
    issued = person.birth_date.replace(year=study.graduation.year - 3, day=min(person.birth_date.day, 28))
    return {
        "applicant_type": _text(form.get("applicant_type")),
        "name": _text(personal.get("name")) or person.name,
        "sex": "男" if person.sex == "male" else "女",
        "birth_date": person.birth_date.isoformat(),
        "id_number": _text(personal.get("id_number")) or person.id_number,
        "exam_number": _text(personal.get("exam_number")),
        "student_number": _text(personal.get("student_number")),
        "school": _text(institution.get("school")) or "重庆科技大学",
        "major": _text(courses.get("major")) or study.major,
        "graduation_date": _text(institution.get("graduation_date")) or study.graduation.isoformat(),
        "issued_on": study.graduation.isoformat(),
        "diploma_number": _text(institution.get("diploma_number")),
        "certificate_number": _text(language.get("certificate_number")),
        "score": _text(language.get("score")) or (english[2] if applicant.route == "english_two" else "合格"),
        "passed_on": english[3],
        "title": _text(thesis.get("title")) or study.title,
        "advisor": _text(thesis.get("advisor")) or "陈老师",
        "issuer": "重庆市公安局沙坪坝区分局",
        "valid": f"{issued:%Y.%m.%d}-{issued.year + 20}.{issued:%m.%d}",
    }


def _table(form: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = form.get(name)
    return found if isinstance(found, dict) else {}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _rows(applicant: Applicant) -> list[papers.Row]:
    records = _table(applicant.form, "courses").get("records") or applicant.study.records
    return [(row["code"], row["name"], row["score"], row["passed_on"] or "") for row in records]


def made(applicant: Applicant, material: Material, press: Press) -> bytes:
    """The bytes of one file."""
    person = printed(applicant) | dict(material.prints)
    if material.paper in DOCUMENTS:
        data = documents.document(material.paper, material.type, person, material.seed, press, **material.options)
    else:
        rows = [(code, name, material.prints.get(name, score), day) for code, name, score, day in _rows(applicant)]
        picture = _drawn(material, person, rows, applicant.route)
        for spoil in material.spoils:
            picture = spoil(picture)
        photo = material.paper == "photo"
        # The comment keeps photos of one look apart: two applicants never have the same file.
        about: dict[str, Any] = {"quality": _PHOTO_QUALITY, "comment": f"{material.seed}"} if photo else {}
        data = encoded(picture, material.type, **about | dict(material.save))
    return material.damage(data) if material.damage else data


def _drawn(material: Material, person: Mapping[str, str], rows: list[papers.Row], route: str) -> Image.Image:
    look = material.seed % _LOOKS
    draw: dict[str, Callable[..., Image.Image]] = {
        "photo": lambda **more: _photo(material.seed, more),
        "id_card_portrait": lambda **more: papers.id_card_portrait(person, seed=look, **more),
        "id_card_emblem": lambda **more: papers.id_card_emblem(person, seed=look, **more),
        "exam_permit": lambda **more: papers.exam_permit(person, seed=look, **more),
        "transcript": lambda **more: papers.transcript(person, rows, seed=look, **more),
        "registration_page": lambda **more: papers.registration_page(person, rows, seed=look, **more),
        "graduation_certificate": lambda **more: papers.graduation_certificate(person, seed=look, **more),
        "language_certificate": lambda **more: papers.language_certificate(
            person, kind=route if route in papers.LANGUAGE_TITLES else "other", seed=look, **more
        ),
        "english_two_score": lambda **more: papers.english_two_score(person, seed=look, **more),
        "degree_exam_sheet": lambda **more: papers.degree_exam_sheet(person, seed=look, **more),
    }
    return draw[material.paper](**material.options)


def _photo(seed: int, options: Mapping[str, Any]) -> Image.Image:
    look = seed % SITTINGS
    return draw_portrait(look, **{"background": _BLUES[look % 4], **options}) if options else _sitting(look)


@lru_cache(maxsize=SITTINGS)
def _sitting(look: int) -> Image.Image:
    return draw_portrait(look, background=_BLUES[look % 4])


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """The picture as a file of that kind: jpeg, png, or a PDF with the picture as its only page."""
    out = BytesIO()
    picture.save(out, kind.upper(), **{"dpi": (300, 300), "quality": _QUALITY, **options})
    return out.getvalue()
