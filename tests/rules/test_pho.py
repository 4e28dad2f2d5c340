"""PHO: the electronic photo as a file: there, readable, of the right type, size and age."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

import make
from degreecheck.clock import SCHOOL_TIME
from degreecheck.facts import Face
from degreecheck.rules._rule import Case, ListedPath
from make_facts import PHOTO, good_case, not_checked, unreadable, with_file, with_photo, with_photo_picture

FACE = Face(box=(0.2, 0.3, 0.6, 0.8), support=30)


def pho(case: Case) -> set[str]:
    return make.codes(case, "PHO")


def severity(case: Case, code: str) -> str:
    return make.finding(case, code).severity


def sized(width: int, height: int) -> Case:
    return with_photo(width=width, height=height)


def without_photo(**pack: Any) -> Case:
    materials = {slot: paths for slot, paths in make.perfect_form().materials.items() if slot != "photo"}
    changes = {key.replace("__", "."): value for key, value in pack.items()}
    return make.perfect_case({"materials": materials}, pack=make.school(changes))


def stored(name: str, **facts: Any) -> Case:
    """The good case with its photo stored under another name."""
    form = make.changed(make.perfect_form(), {"materials": {"photo": (name,)}})
    known = good_case().file(PHOTO).model_copy(update=facts)
    return replace(make.case(form), facts={name: known})


def test_a_faultless_photo_is_silent() -> None:
    assert pho(good_case()) == set()


# ---- PHO101, PHO102: there and readable ----


def test_no_photo_is_given() -> None:
    case = without_photo()
    assert pho(case) == {"PHO101"}
    finding = make.finding(case, "PHO101")
    assert (finding.severity, finding.slot) == ("error", "photo")
    assert make.reasons(case, "PHO602") == {("skipped", "after PHO101")}


def test_how_much_a_photo_is_needed_is_the_schools_word() -> None:
    assert severity(without_photo(slots__photo__needed="probably"), "PHO101") == "warning"
    assert pho(without_photo(slots__photo__needed="optional")) == set()


def test_a_listed_photo_that_is_gone_is_not_missing_as_well() -> None:
    case = without_photo()
    gone = ListedPath("photo", "materials/gone.jpg", "materials/gone.jpg", exists=False)
    assert pho(replace(case, listed=(*case.listed, gone))) == set()


@pytest.mark.parametrize("reason", ["empty", "damaged", "encrypted", "too_large", "too_many_pixels", "unknown_format"])
def test_a_photo_that_cannot_be_opened(reason: str) -> None:
    case = unreadable("photo", reason)
    assert pho(case) == {"PHO102"}
    assert severity(case, "PHO102") == "error"
    assert make.reasons(case, "PHO302") == {("skipped", "after PHO102")}


@pytest.mark.parametrize("reason", ["still_downloading", "in_use", "no_permission", "gone"])
def test_a_photo_that_cannot_be_opened_just_now_is_no_error(reason: str) -> None:
    assert severity(unreadable("photo", reason), "PHO102") == "warning"


def test_a_photo_that_was_not_inspected_is_never_passed() -> None:
    case = not_checked("photo", "timed_out")
    for code in ("PHO102", "PHO201", "PHO302", "PHO401", "PHO501", "PHO601"):
        assert make.reasons(case, code) == {("skipped", "timed_out")}


# ---- PHO103, PHO104: type and name ----


@pytest.mark.parametrize("kind", ["heic", "webp", "bmp", "tiff", "gif"])
def test_pictures_that_the_export_converts_are_noted(kind: str) -> None:
    case = stored(f"照片.{kind}", type=kind)
    assert pho(case) == {"PHO103"}
    assert severity(case, "PHO103") == "note"


@pytest.mark.parametrize("kind", ["pdf", "docx", "zip", "html"])
def test_what_is_no_picture_is_an_error_and_nothing_more_is_said(kind: str) -> None:
    case = with_file("photo", type=kind, image=None, photo=None)
    assert pho(case) == {"PHO103"}
    assert severity(case, "PHO103") == "error"


@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_jpeg_and_png_are_taken(kind: str) -> None:
    assert "PHO103" not in pho(with_file("photo", type=kind))


def test_a_school_that_takes_other_types() -> None:
    case = with_file("photo", case=good_case(pack=make.school({"slots.photo.types": ("heic",)})), type="heic")
    assert "PHO103" not in pho(case)
    jpeg = good_case(pack=make.school({"slots.photo.types": ("heic",)}))
    assert severity(jpeg, "PHO103") == "note"


def test_the_name_says_another_type() -> None:
    case = stored("照片.jpg", type="png")
    assert pho(case) == {"PHO104"}
    assert severity(case, "PHO104") == "warning"


@pytest.mark.parametrize("name", ["照片.JPEG", "照片.jfif", "照片", "照片.副本"])
def test_other_names_of_the_same_type_and_none(name: str) -> None:
    assert pho(stored(name)) == set()


# ---- PHO201 to PHO206: size, shape, direction ----


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (413, 579, None),
        (826, 1158, None),
        (411, 576, None),  # a pixel or two from cutting
        (409, 573, "warning"),
        (392, 550, "warning"),  # 90.2 % of the pixels
        (392, 549, "error"),  # 89.999 %
        (206, 289, "error"),
    ],
)
def test_too_few_pixels(width: int, height: int, expected: str | None) -> None:
    found = make.findings(sized(width, height), "PHO201")
    assert [one.severity for one in found] == ([] if expected is None else [expected])


@pytest.mark.parametrize(("width", "height"), [(413, 531), (390, 567), (413, 626), (480, 640)])
def test_other_sizes_of_two_inches_are_large_enough_and_named(width: int, height: int) -> None:
    case = sized(width, height)
    assert pho(case) == {"PHO203"}
    finding = make.finding(case, "PHO203")
    assert (finding.severity, finding.variant) == ("warning", "")
    crop = finding.values["crop_width"], finding.values["crop_height"]
    assert crop[0] <= width
    assert crop[1] <= height
    assert crop[0] / crop[1] == pytest.approx(413 / 579, abs=0.002)


@pytest.mark.parametrize(("width", "height", "named"), [(295, 413, True), (300, 420, True), (280, 392, False)])
def test_one_inch_is_named(width: int, height: int, named: bool) -> None:
    finding = make.finding(sized(width, height), "PHO201")
    assert (finding.severity, finding.variant) == ("error", "one_inch" if named else "")


@pytest.mark.parametrize(
    ("width", "height", "variant"),
    [(600, 1000, None), (599, 1000, ""), (850, 1000, None), (851, 1000, "wide"), (1000, 1000, "wide")],
)
def test_a_shape_that_nobody_calls_two_inches(width: int, height: int, variant: str | None) -> None:
    found = make.findings(sized(width, height), "PHO202")
    assert [(one.severity, one.variant) for one in found] == ([] if variant is None else [("error", variant)])
    if variant is not None:
        assert make.reasons(sized(width, height), "PHO203") == {("skipped", "after PHO202")}


@pytest.mark.parametrize(("width", "hit"), [(419, False), (420, True), (407, False), (406, True)])
def test_one_and_a_half_per_cent_of_another_shape_cannot_be_seen(width: int, hit: bool) -> None:
    found = make.findings(sized(width, 579), "PHO203")
    assert [one.variant for one in found] == (["unnamed"] if hit else [])


def test_a_school_with_another_size() -> None:
    pack = make.school({"photo.width": 480, "photo.height": 640})
    assert pho(with_photo(good_case(pack=pack), width=480, height=640)) == set()
    assert pho(with_photo(good_case(pack=pack), width=413, height=579)) == {"PHO203"}


def test_upright_by_a_tag_only() -> None:
    case = with_photo_picture(orientation=6)
    assert pho(case) == {"PHO204"}
    assert severity(case, "PHO204") == "note"
    assert pho(with_photo_picture(orientation=1)) == set()


@pytest.mark.parametrize(
    ("size", "limits", "expected"),
    [
        (102_400, {"max_bytes": 102_400}, None),
        (102_401, {"max_bytes": 102_400}, "error"),
        (20_480, {"min_bytes": 20_480}, None),
        (20_479, {"min_bytes": 20_480}, "error"),
        (90_000_000, {}, None),
    ],
)
def test_file_size(size: int, limits: dict[str, int], expected: str | None) -> None:
    pack = make.school({f"slots.photo.{key}": limit for key, limit in limits.items()})
    found = make.findings(with_file("photo", case=good_case(pack=pack), size=size), "PHO205")
    assert [one.severity for one in found] == ([] if expected is None else [expected])


def test_a_large_picture_becomes_smaller_by_the_export() -> None:
    pack = make.school({"slots.photo.max_bytes": 102_400})
    case = with_photo(with_file("photo", case=good_case(pack=pack), size=3_000_000), width=2_065, height=2_895)
    assert severity(case, "PHO205") == "note"


@pytest.mark.parametrize(("certain", "expected"), [(True, "error"), (False, "warning")])
def test_the_person_lies(certain: bool, expected: str) -> None:
    case = with_photo(turned=90, turned_certainly=certain, width=579, height=413, faces=(FACE,), crop=(0.5, 0, 1, 1))
    assert pho(case) == {"PHO206"}  # neither its shape nor its head is a second fault
    finding = make.finding(case, "PHO206")
    assert finding.severity == expected
    assert finding.regions[0].box == pytest.approx((0.6, 0.3, 0.8, 0.8))  # of the whole picture, not of the crop


# ---- PHO601, PHO602: age, and what only the person knows ----


@pytest.mark.parametrize(
    ("taken_on", "old"),
    [
        (date(2025, 10, 18), False),
        (date(2025, 10, 17), True),
        (date(2019, 4, 1), True),
        (date(2030, 1, 1), False),  # a wrong clock
        (None, False),
    ],
)
def test_the_cameras_date(taken_on: date | None, old: bool) -> None:
    assert pho(with_photo_picture(taken_on=taken_on)) == ({"PHO601"} if old else set())


def test_six_months_before_the_end_of_a_long_month() -> None:
    def on(day: date) -> Case:
        case = with_photo_picture(taken_on=day)
        return replace(case, now=datetime(2026, 8, 31, 12, tzinfo=SCHOOL_TIME))

    assert "PHO601" not in pho(on(date(2026, 2, 28)))
    assert "PHO601" in pho(on(date(2026, 2, 27)))


@pytest.mark.parametrize("point", ["photo_recent", "photo_bareheaded", "photo_unretouched", "paper_photo_same"])
def test_each_point_has_to_be_confirmed(point: str) -> None:
    case = good_case({f"confirmations.{point}": False})
    assert pho(case) == {"PHO602"}
    finding = make.finding(case, "PHO602")
    assert finding.severity == "warning"
    assert finding.values["missing"] == [f"confirmations.{point}"]
