"""PHO: the electronic photo as a file: there, readable, of the right type and size, recent.

It is judged as it would be exported; what the export mends is a note. What it shows is judged in pho_look.py.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from degreecheck.facts import PICTURE_TYPES, PhotoFacts, Region
from degreecheck.file_types import claimed_type
from degreecheck.pack import PhotoSpec, PhotoVariant, Severity
from degreecheck.rules._rule import Case, Hit, Subject, hit, rule

# ---- limits that no pack states ----

_ENOUGH_PIXELS = 0.9  # of the size's pixels (rules.md, PHO201)
_SAME_ASPECT = 0.015  # (PHO203): half a per cent of a photo cannot be seen, 35:48 can
_TWO_INCH_ASPECT = (0.60, 0.85)  # width : height (PHO202); all sizes called two inches lie within 0.66 and 0.78
_SAME_SIZE = 0.02

_MENDED_BY_WAITING = frozenset({"still_downloading", "in_use", "no_permission", "gone"})
_CONFIRMATIONS = ("photo_recent", "photo_bareheaded", "photo_unretouched", "paper_photo_same")

_UNREADABLE = ("PHO102",)


def _facts(case: Case, subject: Subject) -> PhotoFacts:
    return case.photo(subject.file)


# ---- the file ----


@rule("PHO101", "error")
def photo_missing(case: Case) -> Iterator[Hit]:
    """No electronic photo is given; the portal asks every applicant for one. Source: M15."""
    need = case.need_of("photo")
    if need in ("required", "probably") and not any(entry.slot == "photo" for entry in case.listed):
        case.check_not_aside("materials.photo")
        if files := case.may_be(("photo",)):
            yield hit("unsure", slot="photo", severity="warning", files=list(files))
        else:
            yield hit(slot="photo", severity="error" if need == "required" else "warning")


@rule("PHO102", "error", each="photo")
def photo_unreadable(case: Case, subject: Subject) -> Iterator[Hit]:
    """The photo's file cannot be opened as a picture: damaged, empty, far too large, or none at all. Source: M15."""
    unreadable = case.file(subject.file).unreadable
    if unreadable is not None:
        waiting = unreadable.reason in _MENDED_BY_WAITING
        yield hit("waiting" if waiting else "", severity="warning" if waiting else "error", reason=unreadable.reason)


@rule("PHO103", "error", each="photo", after=("PHO102",), limits=("slots.photo.types",))
def photo_wrong_type(case: Case, subject: Subject) -> Iterator[Hit]:
    """The file, by its bytes, is of a type that the portal does not take as a photo.

    Other kinds of pictures are converted by the export and are only noted. Source: M15.
    """
    kind = case.readable(subject.file).type
    spec = case.pack.slots.get("photo")
    taken = ("jpeg", "png") if spec is None or spec.types == "unknown" else spec.types
    if kind in taken:
        return
    picture = kind in PICTURE_TYPES
    yield hit("picture" if picture else "", severity="note" if picture else "error", type=kind, taken=list(taken))


@rule("PHO104", "warning", each="photo", after=_UNREADABLE)
def photo_extension_lies(case: Case, subject: Subject) -> Iterator[Hit]:
    """The file's name says one type and its bytes another; portals that go by the name refuse it. Source: F."""
    kind = case.readable(subject.file).type
    extension = PurePosixPath(subject.file).suffix
    claimed = claimed_type(subject.file)
    if kind in PICTURE_TYPES and claimed is not None and claimed != kind:
        yield hit(extension=extension, type=kind)


# ---- size and shape ----


def _variants(spec: PhotoSpec) -> list[PhotoVariant]:
    return [variant for variant in spec.variants if variant.two_inch]


def _aspect_away(photo: PhotoFacts, width: int, height: int) -> float:
    """By what factor (as a logarithm) the photo's aspect differs from another size's."""
    return abs(math.log((photo.width / photo.height) / (width / height)))


def _nearest(photo: PhotoFacts, spec: PhotoSpec) -> PhotoVariant | None:
    return min(_variants(spec), key=lambda variant: _aspect_away(photo, variant.width, variant.height), default=None)


def _names(variant: PhotoVariant) -> dict[str, Any]:
    return {"size": {"zh": variant.name.zh, "en": variant.name.en}}


def _one_inch(photo: PhotoFacts, spec: PhotoSpec) -> PhotoVariant | None:
    for variant in spec.variants:
        wide, high = photo.width / variant.width, photo.height / variant.height
        if not variant.two_inch and abs(wide - 1) <= _SAME_SIZE and abs(high - 1) <= _SAME_SIZE:
            return variant
    return None


@rule("PHO206", "error", each="photo", after=_UNREADABLE)
def photo_lies(case: Case, subject: Subject) -> Iterator[Hit]:
    """The person lies on the side or stands on the head, and no orientation tag turns them. Source: M15."""
    photo = _facts(case, subject)
    if photo.turned:
        variant = "upside_down" if photo.turned == 180 else ""
        severity: Severity = "error" if photo.turned_certainly else "warning"
        yield hit(
            variant, severity=severity, degrees=photo.turned, regions=[Region(box=photo.in_picture(photo.faces[0].box))]
        )


@rule("PHO202", "error", each="photo", after=(*_UNREADABLE, "PHO206"), limits=("photo.variants",))
def photo_not_two_inch(case: Case, subject: Subject) -> Iterator[Hit]:
    """The picture's shape is none that anyone calls two inches. Source: M15 F."""
    photo, spec = _facts(case, subject), case.pack.photo
    aspect = photo.width / photo.height
    if not _TWO_INCH_ASPECT[0] <= aspect <= _TWO_INCH_ASPECT[1]:
        variant = "wide" if aspect > _TWO_INCH_ASPECT[1] else ""
        yield hit(variant, width=photo.width, height=photo.height, target_width=spec.width, target_height=spec.height)


@rule("PHO203", "warning", each="photo", after=(*_UNREADABLE, "PHO206", "PHO202"),
      limits=("photo.width", "photo.height", "photo.variants"))  # fmt: skip
def photo_other_two_inch(case: Case, subject: Subject) -> Iterator[Hit]:
    """The picture has the shape of another size that is called two inches, or of none.

    Which one the school takes is not published; cutting to the usual one loses nothing but margin. Source: M15 F.
    """
    photo, spec = _facts(case, subject), case.pack.photo
    if _aspect_away(photo, spec.width, spec.height) <= _SAME_ASPECT:
        return
    values: dict[str, Any] = {
        "width": photo.width,
        "height": photo.height,
        "crop_width": min(photo.width, round(photo.height * spec.width / spec.height)),
        "crop_height": min(photo.height, round(photo.width * spec.height / spec.width)),
        "target_width": spec.width,
        "target_height": spec.height,
    }
    variant = _nearest(photo, spec)
    if variant is not None and _aspect_away(photo, variant.width, variant.height) <= _SAME_ASPECT:
        yield hit(**values, **_names(variant))
    else:
        yield hit("unnamed", **values)


@rule("PHO201", "error", each="photo", after=(*_UNREADABLE, "PHO206", "PHO202"),
      limits=("photo.width", "photo.height", "photo.variants"))  # fmt: skip
def photo_too_small(case: Case, subject: Subject) -> Iterator[Hit]:
    """The photo has too few pixels for a two-inch print, and nothing enlarges it. A one-inch photo is named.

    Source: M15 F.
    """
    photo, spec = _facts(case, subject), case.pack.photo
    nearest = _nearest(photo, spec)
    target = (spec.width, spec.height)
    if nearest is not None and nearest.width * nearest.height < spec.width * spec.height:
        target = (nearest.width, nearest.height)
    share = photo.width * photo.height / (target[0] * target[1])
    if share >= 1 - _SAME_ASPECT:
        return
    values: dict[str, Any] = {
        "width": photo.width,
        "height": photo.height,
        "least_width": target[0],
        "least_height": target[1],
    }
    one_inch = _one_inch(photo, spec)
    if one_inch is not None:
        yield hit("one_inch", **values, **_names(one_inch))
    else:
        yield hit(severity="error" if share < _ENOUGH_PIXELS else "warning", **values)


@rule("PHO204", "note", each="photo", after=_UNREADABLE)
def photo_orientation_tag(case: Case, subject: Subject) -> Iterator[Hit]:
    """The stored picture lies and a tag turns it upright; portals that ignore the tag show it lying. Source: M15."""
    if case.image(subject.file).orientation != 1:
        yield hit()


@rule("PHO205", "error", each="photo", after=_UNREADABLE, limits=("slots.photo.min_bytes", "slots.photo.max_bytes"))
def photo_file_size(case: Case, subject: Subject) -> Iterator[Hit]:
    """The file is larger or smaller than the school takes, where the school says so. Source: F."""
    spec = case.pack.slots.get("photo")
    size = case.readable(subject.file).size
    if spec is None:
        return
    if spec.max_bytes is not None and size > spec.max_bytes:
        photo, target = _facts(case, subject), case.pack.photo
        shrinks = photo.width * photo.height > target.width * target.height
        yield hit("large", severity="note" if shrinks else "error", kb=math.ceil(size / 1024),
                  greatest_kb=spec.max_bytes // 1024)  # fmt: skip
    elif spec.min_bytes is not None and size < spec.min_bytes:
        yield hit("small", kb=size // 1024, least_kb=math.ceil(spec.min_bytes / 1024))


# ---- age, and what only the person knows ----


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@rule("PHO601", "warning", each="photo", after=_UNREADABLE, limits=("photo.greatest_age_months",))
def photo_old(case: Case, subject: Subject) -> Iterator[Hit]:
    """The camera's date says that the photo is not recent. A wrong clock is possible, so it is asked. Source: M15."""
    taken_on = case.image(subject.file).taken_on
    months = case.pack.photo.greatest_age_months
    if taken_on is not None and taken_on < _months_before(case.today, months):
        yield hit(taken_on=taken_on, months=months)


@rule("PHO602", "warning", field="confirmations", after=("PHO101",))
def photo_not_confirmed(case: Case) -> Iterator[Hit]:
    """The person has not said that the photo is recent, bareheaded, not retouched and the same as on paper.

    Nobody but they can know. Source: M15 M16.
    """
    confirmations = case.form.confirmations
    missing = [f"confirmations.{name}" for name in _CONFIRMATIONS if not getattr(confirmations, name)]
    if missing:
        yield hit(missing=missing, slot="photo")
