"""measure_scan: what a picture of a paper shows, from drawn papers to the rules' findings."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

import make
from degreecheck.facts import FileFacts, ImageFacts, ScanFacts
from degreecheck.inspectors.scan import measure_scan
from degreecheck.sample import papers, spoil
from make_papers import PAPERS, PERSON, ROWS, paper, pixels, plain_page

TRANSCRIPT = "materials/成绩单.jpg"


def measured(picture: Image.Image, quality: int = 88) -> ScanFacts:
    return measure_scan(pixels(picture, quality))


def codes(facts: ScanFacts, file: str = TRANSCRIPT) -> set[str]:
    """What the rules find, were this the picture of the transcript, for which no seal is expected here."""
    seen = FileFacts(size=90_000, type="jpeg", image=ImageFacts(width=facts.width, height=facts.height), scan=(facts,))
    return make.codes(make.perfect_case(facts={file: seen}), "SCN") - {"SCN201"}


# ---- faultless papers, and each fault ----


@pytest.mark.parametrize("name", PAPERS)
def test_a_faultless_paper_brings_no_finding(name: str) -> None:
    facts = measured(paper(name), 60)
    assert codes(facts) - {"SCN202"} == set()
    assert facts.orientation in ("level", "upright")
    assert facts.skew is not None
    assert abs(facts.skew) < 1


@pytest.mark.parametrize("name", ["id_card_emblem", "transcript", "registration_page", "graduation_certificate"])
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (spoil.blurred, "SCN102"),
        (spoil.too_dark, "SCN103"),
        (spoil.washed_out, "SCN104"),
        (spoil.glare, "SCN105"),
        (spoil.on_its_side, "SCN106"),
        (spoil.cut_off, "SCN108"),
        (spoil.shrunk, "SCN101"),
    ],
)
def test_every_fault_is_seen_on_every_paper(name: str, fault: Callable[[Image.Image], Image.Image], code: str) -> None:
    assert code in codes(measured(fault(paper(name))))


@pytest.mark.parametrize("degrees", [-7, 12])
@pytest.mark.parametrize("name", PAPERS)
def test_a_photo_on_a_desk_is_measured_as_the_paper_is(name: str, degrees: int) -> None:
    facts = measured(spoil.on_desk(paper(name), degrees=degrees))
    assert facts.skew == pytest.approx(degrees, abs=1)
    assert codes(facts) - {"SCN202"} == {"SCN107"}
    assert facts.paper is not None
    left, top, right, bottom = facts.paper
    assert 0 < left < 0.3
    assert 0 < top < 0.3
    assert 0.7 < right < 1
    assert 0.7 < bottom < 1


# ---- print ----


@pytest.mark.parametrize("character", [16, 24, 40])
def test_the_height_of_characters(character: int) -> None:
    facts = measured(plain_page(character=character, lines=14))
    assert facts.text_height == pytest.approx(0.88 * character, rel=0.15)
    assert facts.text_lines >= 10


def test_lengths_are_told_in_pixels_of_the_full_picture() -> None:
    page = plain_page()
    small = measure_scan(pixels(page.resize((500, 700), Image.Resampling.LANCZOS)), (1000, 1400))
    full = measured(page)
    assert (small.width, small.height) == (1000, 1400)
    assert small.text_height == pytest.approx(full.text_height, rel=0.15)


@pytest.mark.parametrize("radius", [1.5, 4])
@pytest.mark.parametrize("name", ["transcript", "id_card_portrait", "registration_page"])
def test_the_blur_that_was_put_in_is_measured(name: str, radius: float) -> None:
    facts = measured(paper(name).filter(ImageFilter.GaussianBlur(radius)))
    assert facts.blur == pytest.approx(radius, rel=0.25)


def test_a_shaken_camera_blurs_one_direction() -> None:
    page = np.asarray(plain_page()).astype(float)
    shaken = np.mean([np.roll(page, k, axis=1) for k in range(-6, 7)], axis=0)
    facts = measured(Image.fromarray(shaken.astype(np.uint8)))
    assert facts.blur is not None
    assert facts.blur > 2.5


@pytest.mark.parametrize("character", [14, 22, 34])
def test_sharp_print_is_sharp_whatever_its_size(character: int) -> None:
    facts = measured(plain_page(character=character, lines=12), 60)
    assert facts.blur is not None
    assert facts.blur < 0.8


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270])
@pytest.mark.parametrize("spacing", [12, 30])
def test_lines_along_the_picture_lie_on_their_side(turn: Image.Transpose, spacing: int) -> None:
    page = plain_page(lines=spacing)
    assert measured(page).orientation == "level"
    assert measured(page.transpose(turn)).orientation == "on_side"


def test_a_face_says_which_way_up() -> None:
    permit = paper("exam_permit")
    assert measured(permit).orientation == "upright"
    assert measured(spoil.upside_down(permit)).orientation == "upside_down"
    assert measured(spoil.upside_down(paper("transcript"))).orientation == "level"  # no face, no claim
    assert len(measured(permit).faces) == 1


# ---- light and colour ----


@pytest.mark.parametrize("level", [0.3, 0.6, 1.0])
def test_the_brightness_of_the_paper(level: float) -> None:
    facts = measured(spoil.too_dark(plain_page(tint="white"), brightness=level))
    assert facts.paper_level == pytest.approx(level, abs=0.03)
    assert facts.ink_contrast is not None
    assert facts.ink_contrast > 0.75  # dark is not washed out


@pytest.mark.parametrize("share", [0.15, 0.5])
def test_the_contrast_of_the_print(share: float) -> None:
    facts = measured(spoil.washed_out(plain_page(), ink=share))
    assert facts.ink_contrast == pytest.approx(0.9 * share, abs=0.08)


@pytest.mark.parametrize("centre", [(0.3, 0.4), (0.6, 0.6)])
@pytest.mark.parametrize("size", [0.18, 0.35])
def test_glare_is_found_where_it_is(centre: tuple[float, float], size: float) -> None:
    facts = measured(spoil.glare(paper("transcript"), centre=centre, size=size))
    (box,) = facts.glare
    assert box[0] < centre[0] < box[2]
    assert box[1] < centre[1] < box[3]


def test_white_cards_and_photos_are_no_glare() -> None:
    page = plain_page(tint="#d2d6da")
    draw = ImageDraw.Draw(page)
    draw.rectangle((100, 300, 500, 700), fill="white")
    draw.ellipse((600, 900, 800, 1100), fill="white")
    assert measured(page).glare == ()
    assert measured(plain_page(tint="white")).glare == ()


def test_grey_is_no_colour_at_all() -> None:
    page = plain_page(tint="white")
    assert measured(page).grey
    assert measured(spoil.grey(paper("transcript"))).grey
    assert not measured(paper("transcript")).grey
    assert not measured(papers.transcript(PERSON, ROWS, seal=papers.SealMark(opacity=0.35)), 40).grey
    assert not measured(plain_page(tint="#fff4dc")).grey  # yellow light


# ---- the paper's edges ----


@pytest.mark.parametrize("share", [0.15, 0.35])
@pytest.mark.parametrize("side", ["left", "top", "right", "bottom"])
def test_a_paper_that_runs_out_of_its_picture(side: str, share: float) -> None:
    photo = spoil.on_desk(paper("transcript"), degrees=2, seed=3)
    width, height = photo.size
    across, down = round(share * width), round(share * height)
    box = {
        "left": (across, 0, width, height),
        "top": (0, down, width, height),
        "right": (0, 0, width - across, height),
        "bottom": (0, 0, width, height - down),
    }[side]
    assert measured(photo.crop(box)).cut_sides == (side,)


@pytest.mark.parametrize("share", [0.2, 0.35])
def test_print_that_runs_out_of_a_scan(share: float) -> None:
    page = plain_page(lines=30)
    assert measured(page.crop((0, 0, round((1 - share) * page.width), page.height))).cut_sides == ("right",)
    assert measured(page.crop((round(share * page.width), 0, page.width, page.height))).cut_sides == ("left",)


def test_a_scan_or_screenshot_that_fills_its_picture_is_not_cut() -> None:
    window = paper("registration_page").copy()
    ImageDraw.Draw(window).rectangle((0, 76, 30, window.height), fill=(48, 52, 60))  # a menu on the left
    scrolled = window.crop((0, 0, window.width, 540))
    for picture in (window, scrolled, paper("transcript"), paper("graduation_certificate")):
        assert measured(picture).cut_sides == ()
    assert measured(window).screenshot
    assert not measured(paper("transcript")).screenshot


# ---- whatever comes ----


@settings(max_examples=25)
@given(
    st.tuples(st.integers(1, 90), st.integers(1, 90)),
    st.sampled_from(["noise", "black", "white", "stripes", "ramp"]),
    st.integers(0, 2**32 - 1),
)
def test_any_picture_can_be_measured(shape: tuple[int, int], kind: str, seed: int) -> None:
    rows, columns = shape
    grey = {
        "noise": np.random.default_rng(seed).integers(0, 256, (rows, columns)),
        "black": np.zeros(shape),
        "white": np.full(shape, 255),
        "stripes": np.tile(np.arange(rows)[:, None] % 2 * 255, (1, columns)),
        "ramp": np.tile(np.linspace(0, 255, columns), (rows, 1)),
    }[kind]
    facts = measure_scan(np.repeat(grey.astype(np.uint8)[:, :, None], 3, axis=2))
    assert (facts.width, facts.height) == (columns, rows)
    assert facts.seals == ()


@pytest.mark.parametrize("size", [(4000, 30), (30, 4000), (1, 3000)])
def test_slivers_can_be_measured(size: tuple[int, int]) -> None:
    assert measured(Image.new("RGB", size, (200, 30, 30))).seals == ()
