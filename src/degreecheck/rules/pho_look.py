"""PHO, continued: what the photo shows: colour, background, head, sharpness and light."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from degreecheck.facts import Background, Box, Face, PhotoFacts, Region
from degreecheck.rules._rule import Case, Hit, NotInspected, Subject, hit, rule

# ---- limits that no pack states ----

_MOSTLY = 0.5  # of the background
_SOME = 0.15
_HARDLY = 0.1
_CERTAIN_AREA = 0.1  # of the picture: with less, what was found may be hair, a hat, a coat
_LEAVES_ROOM = 0.72  # of the width: beside a larger face there may be nothing but hair
_ONE_BACKDROP = 0.6  # of the upper edges: below, the surroundings are not one backdrop
_BLUISH_HUE = (185.0, 312.0)  # from green-blue by a wrong white balance to royal blue: asked about, never refused
_BLUISH_CHROMA = 8.0
# Light falls off in honest studio pictures too: by some 15 L* from the top to the shoulders, 8 from side to side.
_GREATEST_FADE = 15.0  # chroma, top to shoulders: blue runs out into white
_GREATEST_FALL = 22.0  # L*, top to shoulders
_GREATEST_UNEVENNESS = 12.0  # ΔE from a smooth course
_GREATEST_SIDE_DIFFERENCE = 12.0  # L*

_HEAD_ESTIMATE = 0.06  # of the picture's height: by how much an estimated crown may be wrong
_OFF_MIDDLE = 0.13  # of the width, for the face's middle
_EYES_BELOW_BROWS = 0.4  # of the face box's height
# Other portals ask for the eyes at 30-50 % of the height (domain facts, confidence B); the finder is off by some 5 %.
_EYES = (0.25, 0.56)
_GREATEST_TILT = 10.0  # degrees (domain facts)
_TILT_ERROR = 2.0  # degrees, of the measurement

_BLURRED = 0.010  # of the face's width: 2 pixels on a 413-pixel photo
# L*: a dark skin in good light shows highlights, and so does the picture around it.
_DARK_FACE, _DARK_HIGHLIGHTS, _DARK_PICTURE = 28.0, 34.0, 50.0
_BLACK_FACE, _BLACK_HIGHLIGHTS = 17.0, 26.0  # whatever the picture around it
_BURNT = 0.12  # of the face
_BRIGHT_FACE = 93.0  # L*
_BLOCKY = 3.2  # grey levels: JPEG of quality 25 and worse

_UNREADABLE = ("PHO102",)
_WHOSE_HEAD = ("PHO206", "PHO401", "PHO402")


def _facts(case: Case, subject: Subject) -> PhotoFacts:
    return case.photo(subject.file)


def _background(photo: PhotoFacts) -> Background:
    if photo.background is None:
        raise NotInspected("no_background")
    return photo.background


def _face(photo: PhotoFacts) -> Face:
    if not photo.faces:
        raise NotInspected("not_measured")
    return photo.faces[0]


def _regions(photo: PhotoFacts, boxes: Iterable[Box]) -> tuple[Region, ...]:
    return tuple(Region(box=photo.in_picture(box)) for box in boxes)


def _background_region(photo: PhotoFacts, background: Background) -> tuple[Region, ...]:
    """Where the background was seen: a box around it; around the whole picture where no map was made."""
    rows = [place for place, row in enumerate(background.area) if row.strip(".")]
    if not rows:
        return _regions(photo, [(0, 0, 1, 1)])
    filled = [background.area[place] for place in rows]
    wide, high = max(map(len, background.area)), len(background.area)
    left = min(len(row) - len(row.lstrip(".")) for row in filled)
    right = max(len(row.rstrip(".")) for row in filled)
    return _regions(photo, [(left / wide, rows[0] / high, right / wide, (rows[-1] + 1) / high)])


def _percent(share: float) -> int:
    return round(share * 100)


# ---- colour and background ----


@rule("PHO301", "error", each="photo", after=_UNREADABLE)
def photo_grey(case: Case, subject: Subject) -> Iterator[Hit]:
    """The photo has no colour. One tint over a grey picture (sepia) is asked about. Source: M15."""
    photo = _facts(case, subject)
    if photo.grey:
        yield hit()
    elif photo.one_tint and photo.faces:
        yield hit("tinted", severity="warning")


def _too_bright(photo: PhotoFacts) -> bool:
    return (photo.burnt_share or 0) >= _BURNT or (photo.face_lightness or 0) >= _BRIGHT_FACE


def _too_dark(photo: PhotoFacts) -> bool:
    if photo.face_lightness is None or photo.face_highlights is None or photo.picture_highlights is None:
        return False
    lightness, highlights = photo.face_lightness, photo.face_highlights
    dark = lightness < _DARK_FACE and highlights < _DARK_HIGHLIGHTS and photo.picture_highlights < _DARK_PICTURE
    return dark or (lightness < _BLACK_FACE and highlights < _BLACK_HIGHLIGHTS)


@rule("PHO302", "error", each="photo", after=(*_UNREADABLE, "PHO301"))
def photo_background_not_blue(case: Case, subject: Subject) -> Iterator[Hit]:
    """The background is of another colour than blue. Refused only where that is certain.

    A pale, dark, greenish or purplish blue, a small or mixed background and a wrongly exposed picture are asked about.
    The blues in honest use lie far apart, so there is no one target. Source: M15 F.
    """
    photo = _facts(case, subject)
    background = _background(photo)
    if background.blue_share >= _MOSTLY:
        return
    values: dict[str, Any] = {"colour": background.colour, "blue_percent": _percent(background.blue_share),
                              "regions": _background_region(photo, background)}  # fmt: skip
    bluish = _BLUISH_HUE[0] <= background.hue <= _BLUISH_HUE[1] and background.chroma >= _BLUISH_CHROMA
    badly_lit = _too_bright(photo) or _too_dark(photo)
    if bluish or background.blue_share >= _SOME:
        if badly_lit:
            raise NotInspected("badly_lit")  # too much or too little light changes a blue first: said already
        yield hit("other_blue", severity="warning", **values)
        return
    certain = (
        bool(photo.faces)
        and photo.faces[0].box[2] - photo.faces[0].box[0] <= _LEAVES_ROOM
        and background.share >= _CERTAIN_AREA
        and background.coverage >= _ONE_BACKDROP
        and background.edge_bluish_share < _SOME
        and not badly_lit
    )
    yield hit("" if certain else "unsure", severity="error" if certain else "warning", **values)


@rule("PHO303", "warning", each="photo", after=(*_UNREADABLE, "PHO301"))
def photo_background_uneven(case: Case, subject: Subject) -> Iterator[Hit]:
    """The background shows objects, stains or shadows, or its colour runs out. Source: M15."""
    photo = _facts(case, subject)
    background = _background(photo)
    if background.blotches:
        yield hit("blotches", count=len(background.blotches), regions=_regions(photo, background.blotches))
    elif background.coverage < _ONE_BACKDROP or background.unevenness > _GREATEST_UNEVENNESS:
        yield hit(regions=_background_region(photo, background))
    elif abs(background.fade or 0) > _GREATEST_FADE or abs(background.vertical_difference or 0) > _GREATEST_FALL:
        yield hit("fading", regions=_background_region(photo, background))


@rule("PHO304", "warning", each="photo", after=(*_UNREADABLE, "PHO301"))
def photo_background_side_light(case: Case, subject: Subject) -> Iterator[Hit]:
    """One side of the background is clearly darker: the light came from one side. Source: F."""
    photo = _facts(case, subject)
    background = _background(photo)
    difference = background.side_difference
    if difference is None:
        raise NotInspected("no_background")
    if abs(difference) > _GREATEST_SIDE_DIFFERENCE:
        yield hit(dark_side="left" if difference < 0 else "right", difference=round(abs(difference)),
                  regions=_background_region(photo, background))  # fmt: skip


@rule("PHO305", "warning", each="photo", after=_UNREADABLE)
def photo_border(case: Case, subject: Subject) -> Iterator[Hit]:
    """A frame or a margin of another colour is around the picture. Source: F."""
    photo = _facts(case, subject)
    if photo.borders:
        yield hit(
            sides=[border.side for border in photo.borders],
            colour=photo.borders[0].colour,
            regions=_regions(photo, (border.box for border in photo.borders)),
        )


# ---- the head ----


@rule("PHO401", "warning", each="photo", after=_UNREADABLE)
def photo_no_face(case: Case, subject: Subject) -> Iterator[Hit]:
    """No face was found. The finder misses some, so this is a question. Source: M15."""
    if not _facts(case, subject).faces:
        yield hit()


@rule("PHO402", "warning", each="photo", after=_UNREADABLE)
def photo_several_faces(case: Case, subject: Subject) -> Iterator[Hit]:
    """More than one face was found. Source: M15."""
    photo = _facts(case, subject)
    if len(photo.faces) > 1:
        yield hit(count=len(photo.faces), regions=_regions(photo, (face.box for face in photo.faces)))


@rule("PHO403", "warning", each="photo", after=(*_UNREADABLE, *_WHOSE_HEAD), limits=("photo.head_height",))
def photo_head_size(case: Case, subject: Subject) -> Iterator[Hit]:
    """The head is too small or too large in the picture. Source: M15 F."""
    photo = _facts(case, subject)
    face, height = _face(photo), photo.head_height
    if height is None:
        raise NotInspected("not_measured")
    least, greatest = case.pack.photo.head_height
    allowance = _HEAD_ESTIMATE if photo.head_estimated else 0.0
    if not least - allowance <= height <= greatest + allowance:
        yield hit("small" if height < least else "large", percent=_percent(height), least=_percent(least),
                  greatest=_percent(greatest), regions=_regions(photo, [face.box]))  # fmt: skip


@rule("PHO404", "warning", each="photo", after=(*_UNREADABLE, *_WHOSE_HEAD))
def photo_head_off_centre(case: Case, subject: Subject) -> Iterator[Hit]:
    """The face is off the middle, too high or too low. Source: F."""
    photo = _facts(case, subject)
    left, top, right, bottom = _face(photo).box
    middle, eyes = (left + right) / 2, top + _EYES_BELOW_BROWS * (bottom - top)
    where = [
        name
        for name, applies in (
            ("left", middle < 0.5 - _OFF_MIDDLE),
            ("right", middle > 0.5 + _OFF_MIDDLE),
            ("top", eyes < _EYES[0]),
            ("bottom", eyes > _EYES[1]),
        )
        if applies
    ]
    if where:
        yield hit(where=where, regions=_regions(photo, [(left, top, right, bottom)]))


@rule("PHO405", "warning", each="photo", after=(*_UNREADABLE, *_WHOSE_HEAD))
def photo_head_tilted(case: Case, subject: Subject) -> Iterator[Hit]:
    """The head leans to one side: the eyes are not level. Source: F."""
    photo = _facts(case, subject)
    if photo.tilt is None:
        raise NotInspected("not_measured")
    if abs(photo.tilt) > _GREATEST_TILT + _TILT_ERROR:
        yield hit(degrees=round(abs(photo.tilt)), side="right" if photo.tilt > 0 else "left",
                  regions=_regions(photo, [_face(photo).box]))  # fmt: skip


# ---- sharpness, light, compression ----


def _face_regions(photo: PhotoFacts) -> tuple[Region, ...]:
    return _regions(photo, [photo.faces[0].box]) if photo.measured_on_face and photo.faces else ()


@rule("PHO501", "warning", each="photo", after=_UNREADABLE)
def photo_blurred(case: Case, subject: Subject) -> Iterator[Hit]:
    """The face (or, where none was found, the picture's middle) is not sharp. Source: F."""
    photo = _facts(case, subject)
    if photo.blur is None:
        raise NotInspected("not_measured")
    if photo.blur > _BLURRED:
        yield hit("" if photo.measured_on_face else "middle", regions=_face_regions(photo))


@rule("PHO502", "warning", each="photo", after=_UNREADABLE)
def photo_too_dark(case: Case, subject: Subject) -> Iterator[Hit]:
    """The face is underexposed. A dark skin in good light is not: it shows highlights. Source: F."""
    photo = _facts(case, subject)
    if photo.face_lightness is None:
        raise NotInspected("not_measured")
    if _too_dark(photo):
        yield hit(regions=_face_regions(photo))


@rule("PHO503", "warning", each="photo", after=_UNREADABLE)
def photo_too_bright(case: Case, subject: Subject) -> Iterator[Hit]:
    """The face is overexposed: parts of it have no detail left. Source: F."""
    photo = _facts(case, subject)
    if photo.face_lightness is None:
        raise NotInspected("not_measured")
    if _too_bright(photo):
        yield hit(regions=_face_regions(photo))


@rule("PHO504", "note", each="photo", after=_UNREADABLE)
def photo_blocky(case: Case, subject: Subject) -> Iterator[Hit]:
    """Strong compression left visible blocks. Far larger pictures lose them on export. Source: F."""
    photo = _facts(case, subject)
    if photo.blockiness is None:
        raise NotInspected("not_measured")
    if photo.blockiness > _BLOCKY and photo.width < 2 * case.pack.photo.width:
        yield hit(regions=_face_regions(photo))
