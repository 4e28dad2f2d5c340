"""Crop frames: always inside the picture, always of the school's shape, whatever is pulled where."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.facts import Border, Box, Face, FileFacts, ImageFacts, PhotoFacts, Side
from degreecheck.gui.photo_crop import Frames, frames_of, head_of, propose_crop
from degreecheck.pack import PhotoSpec

SPEC = PhotoSpec()
ASPECT = SPEC.width / SPEC.height
SIDES: tuple[Side, ...] = get_args(Side)
shares = st.floats(0, 1)
anywhere = st.floats(-3, 3)
sides = st.integers(70, 20_000)


@st.composite
def framed(draw: st.DrawFn) -> tuple[Frames, Box]:
    frames = Frames(draw(sides), draw(sides), ASPECT)
    return frames, frames.around(draw(shares), draw(shares), draw(shares))


def is_frame(frames: Frames, box: Box) -> None:
    x0, y0, x1, y1 = box
    assert 0 <= x0 < x1 <= 1
    assert 0 <= y0 < y1 <= 1
    wide, high = (x1 - x0) * frames.width, (y1 - y0) * frames.height
    assert wide / high == pytest.approx(ASPECT, rel=1e-6)


def portrait(
    face: Box, crown: float, head: float, size: tuple[int, int], crop: Box = (0, 0, 1, 1), *, turned: bool = False
) -> FileFacts:
    wide, high = (crop[2] - crop[0]) * size[0], (crop[3] - crop[1]) * size[1]
    photo = PhotoFacts(
        width=max(1, round(wide)), height=max(1, round(high)), crop=crop, faces=(Face(box=face, support=9),),
        crown=crown, head_height=head, turned=90 if turned else 0,
    )  # fmt: skip
    return FileFacts(size=1, type="jpeg", image=ImageFacts(width=size[0], height=size[1]), photo=photo)


@given(framed(), anywhere, anywhere)
def test_a_moved_frame_stays_a_frame_of_its_size(given_frame: tuple[Frames, Box], x: float, y: float) -> None:
    frames, box = given_frame
    moved = frames.moved(box, x, y)
    is_frame(frames, moved)
    assert moved[3] - moved[1] == pytest.approx(box[3] - box[1])


@given(framed(), anywhere)
def test_a_resized_frame_stays_a_frame(given_frame: tuple[Frames, Box], by: float) -> None:
    frames, box = given_frame
    is_frame(frames, frames.resized(box, by))


@given(framed(), st.sampled_from([-1, 0, 1]), st.sampled_from([-1, 0, 1]), anywhere, anywhere)
def test_a_drawn_handle_leaves_the_other_side_where_it_is(
    given_frame: tuple[Frames, Box], across: int, down: int, x: float, y: float
) -> None:
    frames, box = given_frame
    if not across and not down:
        return
    drawn = frames.dragged(box, (across, down), x, y)
    is_frame(frames, drawn)
    if across:
        fixed = 0 if across > 0 else 2
        assert drawn[fixed] == pytest.approx(box[fixed], abs=1e-9)
    if down:
        fixed = 1 if down > 0 else 3
        assert drawn[fixed] == pytest.approx(box[fixed], abs=1e-9)


@given(sides, sides, shares, shares, shares, shares)
def test_a_box_of_another_shape_gets_the_frame_inside_it(
    width: int, height: int, a: float, b: float, c: float, d: float
) -> None:
    frames = Frames(width, height, ASPECT)
    x0, x1 = sorted((a, b))
    y0, y1 = sorted((c, d))
    fitted = frames.fitted((x0, y0, x1, y1))
    is_frame(frames, fitted)
    if min(y1 - y0, (x1 - x0) * width / (ASPECT * height)) > frames.least:
        assert x0 - 1e-9 <= fitted[0] <= fitted[2] <= x1 + 1e-9
        assert y0 - 1e-9 <= fitted[1] <= fitted[3] <= y1 + 1e-9


def test_a_box_of_the_right_shape_is_known() -> None:
    frames = Frames(413, 579, ASPECT)
    assert frames.fits((0, 0, 1, 1))
    assert frames.fits((0.1, 0.1, 0.6, 0.6))
    assert not frames.fits((0.1, 0.1, 0.6, 0.7))


def test_the_largest_frame_touches_two_sides() -> None:
    assert Frames(4000, 3000, ASPECT).largest()[1::2] == (0, 1)
    assert Frames(3000, 8000, ASPECT).largest()[0::2] == (0, 1)
    assert Frames(413, 579, ASPECT).largest() == pytest.approx((0, 0, 1, 1))


def test_the_form_keeps_short_numbers_and_nothing_for_the_whole_picture() -> None:
    frames = Frames(1200, 1600, ASPECT)
    assert frames.settled(None) is None
    assert frames.settled((0.0002, 0.0, 1.0, 0.9999)) is None
    assert frames.settled((0.1, 1 / 3, 0.5, 0.75)) == (0.1, 0.333333, 0.5, 0.75)
    assert frames.pixels((0, 0, 0.5, 0.25)) == (600, 400)


@given(sides, sides, st.lists(shares, min_size=6, max_size=6), st.lists(shares, max_size=4))
def test_a_proposal_is_a_frame_with_the_head_in_it(
    width: int, height: int, numbers: list[float], margins: list[float]
) -> None:
    left, right, top, crown, head, cut = numbers
    face = (min(left, right), min(top, 0.9), max(left, right), 1.0)
    crop = (cut / 4, cut / 3, 1 - cut / 5, 1 - cut / 6)
    facts = portrait(face, crown, head, (width, height), crop)
    assert facts.photo is not None
    borders = tuple(
        Border(side=side, width=margin, colour="white", box=(0, 0, 1, 1))
        for side, margin in zip(SIDES, margins, strict=False)
    )
    facts = facts.model_copy(update={"photo": facts.photo.model_copy(update={"borders": borders})})
    box = propose_crop(facts, SPEC)
    if box is None:
        return
    found, frames = head_of(facts), frames_of(facts, SPEC)
    assert found is not None
    assert frames is not None
    is_frame(frames, box)
    assert box[1] - 1e-9 <= found.crown < found.chin <= box[3] + 1e-9
    assert box[0] - 1e-9 <= found.middle <= box[2] + 1e-9
    least, greatest = SPEC.head_height
    assert least - 1e-5 <= found.share_of(box) <= greatest + 1e-5


def test_a_face_in_a_wide_phone_picture_gets_a_frame_around_it() -> None:
    facts = portrait((0.42, 0.25, 0.56, 0.5), 0.12, 0.4, (4000, 3000))
    box = propose_crop(facts, SPEC)
    assert box is not None
    assert (box[0] + box[2]) / 2 == pytest.approx(0.49)
    assert 0.4 / (box[3] - box[1]) == pytest.approx(sum(SPEC.head_height) / 2)
    assert box[1] < 0.12


def test_a_face_near_the_edge_comes_to_the_middle_of_a_smaller_frame() -> None:
    facts = portrait((0.04, 0.3, 0.2, 0.55), 0.2, 0.38, (4000, 3000))
    box = propose_crop(facts, SPEC)
    assert box is not None
    assert (0.12 - box[0]) / (box[2] - box[0]) >= 0.37
    assert 0.38 / (box[3] - box[1]) == pytest.approx(SPEC.head_height[1], abs=0.2)


def test_a_margin_is_cut_off_where_enough_pixels_are_left() -> None:
    plain = portrait((0.3, 0.3, 0.7, 0.6), 0.2, 0.45, (1000, 1400))
    assert plain.photo is not None
    border = Border(side="left", width=0.1, colour="white", box=(0, 0, 0.1, 1))
    framed = plain.model_copy(update={"photo": plain.photo.model_copy(update={"borders": (border,)})})
    before, after = propose_crop(plain, SPEC), propose_crop(framed, SPEC)
    assert before is not None
    assert after is not None
    assert before[0] < 0.1 <= after[0]
    assert framed.image is not None
    small = framed.model_copy(update={"image": ImageFacts(width=413, height=579)})
    kept = propose_crop(small, SPEC)
    assert kept is not None
    assert kept[0] < 0.1, "the pixels are needed"


def test_pixels_are_kept_rather_than_the_head_made_large() -> None:
    small = portrait((0.4, 0.3, 0.6, 0.5), 0.2, 0.37, (413, 579))
    assert propose_crop(small, SPEC) == pytest.approx((0, 0, 1, 1))


def test_nothing_is_proposed_without_a_head_that_fits() -> None:
    whole_face = portrait((0.1, 0.1, 0.9, 0.95), 0.02, 0.93, (600, 800))
    assert propose_crop(whole_face, SPEC) is None
    assert propose_crop(portrait((0.3, 0.3, 0.6, 0.6), 0.2, 0.4, (600, 800), turned=True), SPEC) is None
    nobody = whole_face.model_copy(update={"photo": PhotoFacts(width=600, height=800)})
    assert propose_crop(nobody, SPEC) is None
    assert propose_crop(FileFacts(size=0, type="empty"), SPEC) is None
