"""The background: what of a portrait is background at all, and its colour, evenness and light."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from degreecheck.facts import Background
from degreecheck.inspectors.backdrop import Backdrop, find_backdrop
from degreecheck.inspectors.background import measure_background
from degreecheck.inspectors.colours import Lab, Rgb, chroma, colour_name, hue, is_blue, is_bluish, name_of, to_lab
from degreecheck.inspectors.face import Found
from degreecheck.sample.portrait import BLUE, draw_portrait

SIZE = (171, 240)
FACE = Found(44, 68, 83, 83, 40)  # where the finder sees the drawn head


def lab(seed: int = 0, **faults: Any) -> Lab:
    return to_lab(np.array(draw_portrait(seed, size=SIZE, **faults)))


def seen(picture: Lab, *faces: Found) -> tuple[Backdrop, Background]:
    backdrop = find_backdrop(picture, faces)
    assert backdrop is not None
    return backdrop, measure_background(picture, backdrop, faces)


def pixel(*colour: int) -> Lab:
    return to_lab(np.array([[colour]], np.uint8))


def lit(colour: tuple[int, int, int], light: np.ndarray[Any, Any]) -> Rgb:
    """A wall of one colour in uneven light (factors of the picture's shape)."""
    return np.clip(np.array(colour) * light[..., None], 0, 255).astype(np.uint8)


# ---- colours ----


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ((255, 255, 255), "white"),
        ((236, 234, 228), "white"),
        ((150, 150, 152), "grey"),
        ((20, 20, 22), "black"),
        ((219, 39, 43), "red"),
        ((190, 20, 40), "red"),
        ((240, 180, 190), "pink"),
        ((240, 140, 40), "orange"),
        ((120, 80, 50), "brown"),
        ((214, 196, 166), "beige"),
        ((240, 210, 70), "yellow"),
        ((40, 150, 80), "green"),
        ((0, 200, 200), "cyan"),
        ((67, 142, 219), "blue"),
        ((20, 30, 70), "blue"),
        ((120, 60, 150), "purple"),
    ],
)
def test_colours_have_their_everyday_names(rgb: tuple[int, int, int], name: str) -> None:
    point = pixel(*rgb)[0, 0]
    assert name_of((float(point[0]), float(point[1]), float(point[2]))) == name


def test_every_colour_has_some_name() -> None:
    for lightness in range(0, 101, 5):
        for saturation in range(0, 130, 5):
            for angle in range(0, 361, 5):
                assert colour_name(lightness, saturation, angle)


@pytest.mark.parametrize(
    "rgb", [(67, 142, 219), (0, 191, 243), (100, 197, 255), (98, 139, 206), (0, 106, 184), (16, 150, 203)]
)
def test_blues_in_honest_use_and_their_neighbours(rgb: tuple[int, int, int]) -> None:
    assert is_blue(pixel(*rgb)).all()
    for factor in (0.9, 1.1):  # a little less or more light, a camera's white balance
        for channel in range(3):
            shifted = np.array(rgb, float) * factor
            shifted[channel] *= 1.03
            assert is_blue(pixel(*np.clip(shifted, 0, 255).astype(int))).all()


@pytest.mark.parametrize(
    ("rgb", "bluish"),
    [
        ((250, 250, 250), False),
        ((150, 150, 152), False),
        ((200, 30, 40), False),
        ((40, 150, 80), False),
        ((20, 30, 70), True),  # navy
        ((200, 215, 235), True),  # very pale
        ((0, 30, 160), True),  # royal
        ((0, 200, 210), True),  # cyan
    ],
)
def test_what_is_not_the_photos_blue(rgb: tuple[int, int, int], bluish: bool) -> None:
    assert not is_blue(pixel(*rgb)).any()
    assert bool(is_bluish(pixel(*rgb)).all()) is bluish


# ---- where the background is ----


@pytest.mark.parametrize("seed", range(8))
def test_neither_hair_nor_clothes_are_background(seed: int) -> None:
    bare = np.array(draw_portrait(seed, size=SIZE, person=False)).astype(int)
    picture = np.array(draw_portrait(seed, size=SIZE)).astype(int)
    person = np.abs(picture - bare).sum(axis=2) > 90
    backdrop, background = seen(lab(seed), FACE)
    assert (backdrop.ground & person).sum() < 0.01 * backdrop.ground.sum()
    assert background.share > 0.25
    assert background.coverage > 0.9


def test_blue_clothes_before_a_blue_wall() -> None:
    rgb = np.array(draw_portrait(6, size=SIZE))
    rgb[190:] = np.where(np.abs(rgb[190:].astype(int) - BLUE).sum(axis=2, keepdims=True) > 60, BLUE, rgb[190:])
    rgb[190:, 40:130] = np.clip(rgb[190:, 40:130].astype(int) - 12, 0, 255).astype(np.uint8)  # folds
    backdrop, background = seen(to_lab(rgb), FACE)
    assert not backdrop.ground[200:].any()
    assert background.colour == "blue"
    assert background.blotches == ()
    assert background.unevenness < 6


@pytest.mark.parametrize("colour", [(245, 245, 246), (30, 30, 32), (150, 150, 152)])
def test_hair_and_clothes_in_the_backgrounds_own_colour(colour: tuple[int, int, int]) -> None:
    rgb = np.array(draw_portrait(8, size=SIZE, background=colour))
    rgb[185:] = colour
    _, background = seen(to_lab(rgb), FACE)
    expected = {245: "white", 30: "black", 150: "grey"}[colour[0]]
    assert background.colour == expected
    assert background.blue_share == 0


@pytest.mark.parametrize("fall", [0.08, 0.15])
def test_the_light_of_a_studio_stays_one_background(fall: float) -> None:
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]] / np.array([SIZE[1], SIZE[0]]).reshape(2, 1, 1) - 0.5
    _, background = seen(to_lab(lit(BLUE, 1.08 - fall * (x**2 + y**2) * 4)), FACE)
    assert background.coverage > 0.95
    assert background.blotches == ()
    assert background.blue_share == 1
    assert background.unevenness < 4


def test_noise_of_a_dark_room_is_not_unevenness() -> None:
    noise = np.random.default_rng(5).normal(0, 7, (SIZE[1], SIZE[0], 3))
    rgb = np.clip(np.array(draw_portrait(3, size=SIZE)) + noise, 0, 255).astype(np.uint8)
    _, background = seen(to_lab(cv2.medianBlur(rgb, 3).astype(np.uint8)), FACE)
    assert background.coverage > 0.9
    assert background.blotches == ()


def test_without_a_face_only_the_upper_edges_are_judged() -> None:
    backdrop, background = seen(lab(2))
    assert not backdrop.ground[130:].any()
    assert background.colour == "blue"
    assert background.side_difference is not None


def test_a_scene_has_no_background_to_judge_or_little() -> None:
    squares = np.random.default_rng(3).integers(0, 256, (12, 9, 3), dtype=np.uint8)
    scene = cv2.resize(squares, SIZE, interpolation=cv2.INTER_NEAREST).astype(np.uint8)
    backdrop = find_backdrop(to_lab(scene), [FACE])
    if backdrop is not None:
        assert measure_background(to_lab(scene), backdrop, [FACE]).coverage < 0.6


def test_pure_noise_has_no_background() -> None:
    noise = np.random.default_rng(4).integers(0, 256, (240, 171, 3), dtype=np.uint8)
    assert find_backdrop(to_lab(noise), [FACE]) is None


# ---- its evenness and light ----


def test_colour_medians() -> None:
    _, background = seen(lab(0), FACE)
    expected = pixel(*BLUE)
    assert background.lightness == pytest.approx(float(expected[0, 0, 0]), abs=2)
    assert background.chroma == pytest.approx(float(chroma(expected)[0, 0]), abs=2)
    assert background.hue == pytest.approx(float(hue(expected)[0, 0]), abs=2)


def test_an_object_is_boxed() -> None:
    _, background = seen(lab(0, object_behind=True), FACE)
    (box,) = background.blotches
    assert box == pytest.approx((0.78, 0.06, 0.97, 0.3), abs=0.02)
    assert sum(row.count("x") for row in background.area) > 10


def test_an_object_that_touches_the_head_is_boxed_as_well() -> None:
    rgb = np.array(draw_portrait(2, size=SIZE))
    rgb[40:100, 0:36] = rgb[70:78, 36:50] = (110, 70, 30)  # a cupboard whose handle reaches the hair
    _, background = seen(to_lab(rgb), FACE)
    assert len(background.blotches) == 1


def test_a_strong_shadow_beside_the_head() -> None:
    rgb = np.array(draw_portrait(2, size=SIZE)).astype(float)
    rgb[50:130, 128:155] *= 0.6
    _, background = seen(to_lab(rgb.astype(np.uint8)), FACE)
    assert len(background.blotches) == 1


@pytest.mark.parametrize(("left", "right"), [(0.6, 1.0), (1.0, 0.6)])
def test_the_darker_side(left: float, right: float) -> None:
    light = np.tile(np.linspace(left, right, SIZE[0]), (SIZE[1], 1))
    _, background = seen(to_lab(lit(BLUE, light)), FACE)
    assert background.side_difference is not None
    assert (background.side_difference < -12) is (left < right)
    assert abs(background.side_difference) > 12
    assert background.blotches == ()


def test_a_wall_that_runs_out_into_white() -> None:
    _, background = seen(lab(0, fade=0.9), FACE)
    assert background.fade is not None
    assert background.vertical_difference is not None
    assert background.fade > 15
    assert background.vertical_difference < -10


def test_the_map_follows_the_pictures_shape() -> None:
    _, background = seen(lab(0), FACE)
    assert len(background.area) == 32
    assert {len(row) for row in background.area} == {23}
    assert background.area[0] == "#" * 23
    assert background.area[-1].count("#") == 0
