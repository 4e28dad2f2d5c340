"""Faults of the electronic photo."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from degreecheck.sample import spoil
from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults import _files
from degreecheck.sample.faults._fault import fault
from degreecheck.sample.materials import SITTINGS, Spoil

_PHOTO = "photo"


# Looks that the finder of faces sees in every position; it misses one in forty of those that lie on the side.
_LOOKS = 10


def _change(applicant: Applicant, **changes: Any) -> None:
    seed = applicant.chance.randrange(_LOOKS) + SITTINGS * applicant.chance.randrange(1000)
    applicant.change("photo", replace(applicant.material("photo"), seed=seed, **changes))


def _spoil(applicant: Applicant, *spoils: Spoil) -> None:
    _change(applicant, spoils=spoils)


def _draw(applicant: Applicant, **options: Any) -> None:
    _change(applicant, options=options)


@fault("PHO101", _PHOTO)
def no_photo(applicant: Applicant) -> None:
    """None is given."""
    applicant.drop("photo")


@fault("PHO102", _PHOTO)
def photo_cut_off(applicant: Applicant) -> None:
    """The copying broke off."""
    _change(applicant, damage=_files.truncated)


@fault("PHO102", _PHOTO)
def photo_of_no_bytes(applicant: Applicant) -> None:
    """A file is there, and empty."""
    _change(applicant, damage=lambda _: b"")


@fault("PHO103", _PHOTO)
def photo_as_pdf(applicant: Applicant) -> None:
    """Scanned into a PDF."""
    applicant.change("photo", replace(applicant.material("photo"), type="pdf").named(".pdf"))


@fault("PHO104", _PHOTO)
def png_photo_named_jpg(applicant: Applicant) -> None:
    """Renamed instead of converted."""
    _change(applicant, type="png")


@fault("PHO201", _PHOTO)
def one_inch_photo(applicant: Applicant) -> None:
    """One inch instead of two."""
    _spoil(applicant, lambda photo: photo.resize((295, 413)))


@fault("PHO201", _PHOTO)
def photo_a_little_small(applicant: Applicant) -> None:
    """A few pixels short of two inches."""
    _spoil(applicant, lambda photo: photo.resize((396, 555)))


@fault("PHO202", _PHOTO)
def square_photo(applicant: Applicant) -> None:
    """Cut square."""
    _draw(applicant, size=(640, 640))


@fault("PHO203", _PHOTO)
def photo_of_35_by_53(applicant: Applicant) -> None:
    """Another size that studios call two inches."""
    _draw(applicant, size=(413, 626))


@fault("PHO206", _PHOTO)
def photo_on_its_side(applicant: Applicant) -> None:
    """Turned by a quarter, and saved so."""
    _spoil(applicant, spoil.on_its_side)


@fault("PHO301", _PHOTO)
def grey_photo(applicant: Applicant) -> None:
    """Black and white."""
    _draw(applicant, grey=True)


@fault("PHO302", _PHOTO)
def white_background(applicant: Applicant) -> None:
    """As for a passport."""
    _draw(applicant, background=(250, 250, 250))


@fault("PHO302", _PHOTO)
def red_background(applicant: Applicant) -> None:
    """As for a marriage certificate."""
    _draw(applicant, background=(200, 24, 30))


@fault("PHO303", _PHOTO)
def background_running_out(applicant: Applicant) -> None:
    """The blue runs out into white."""
    _draw(applicant, fade=0.9)


@fault("PHO303", _PHOTO)
def something_behind(applicant: Applicant) -> None:
    """A picture on the wall."""
    _draw(applicant, object_behind=True)


@fault("PHO304", _PHOTO)
def light_from_one_side(applicant: Applicant) -> None:
    """One side of the background lies in shadow."""
    _draw(applicant, side_light=0.6)


@fault("PHO305", _PHOTO)
def white_frame(applicant: Applicant) -> None:
    """A margin around the picture, as when a print is scanned."""
    _draw(applicant, border=0.06)


@fault("PHO401", _PHOTO)
def nobody_in_photo(applicant: Applicant) -> None:
    """The empty backdrop."""
    _draw(applicant, person=False)


@fault("PHO402", _PHOTO)
def two_people_in_photo(applicant: Applicant) -> None:
    """Two heads side by side."""
    _draw(applicant, people=2)


@fault("PHO403", _PHOTO)
def small_head(applicant: Applicant) -> None:
    """Taken from too far away."""
    _draw(applicant, head_height=0.27)


@fault("PHO404", _PHOTO)
def head_at_the_side(applicant: Applicant) -> None:
    """The head is off the middle."""
    _draw(applicant, offset=(0.2, 0.0))


@fault("PHO405", _PHOTO)
def tilted_head(applicant: Applicant) -> None:
    """The head leans to one side."""
    _draw(applicant, tilt=applicant.chance.choice((-17, 17)))


@fault("PHO501", _PHOTO)
def blurred_photo(applicant: Applicant) -> None:
    """Out of focus."""
    _draw(applicant, blur=4.5)


@fault("PHO502", _PHOTO)
def dark_photo(applicant: Applicant) -> None:
    """Underexposed."""
    _draw(applicant, light=0.25)


@fault("PHO503", _PHOTO)
def overexposed_photo(applicant: Applicant) -> None:
    """The flash took every detail out of the face."""
    _draw(applicant, background=(24, 50, 76), light=3.4)


@fault("PHO601", _PHOTO)
def old_photo(applicant: Applicant) -> None:
    """The camera dated it a year ago."""
    from PIL import Image

    exif = Image.Exif()
    taken = applicant.today - timedelta(days=420)
    exif.get_ifd(0x8769)[0x9003] = f"{taken:%Y:%m:%d} 10:20:30"  # Exif 2.3: DateTimeOriginal
    _change(applicant, type="jpeg", save={"exif": exif.tobytes()})


@fault("PHO602", _PHOTO)
def photo_unconfirmed(applicant: Applicant) -> None:
    """What only the person knows was not confirmed."""
    name = applicant.chance.choice(("photo_recent", "photo_bareheaded", "photo_unretouched", "paper_photo_same"))
    applicant.form["confirmations"][name] = False
