"""Margins, colour or grey, sharpness, exposure and blocks."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from degreecheck.inspectors.border import find_margins
from degreecheck.inspectors.colours import Rgb, to_lab
from degreecheck.inspectors.picture_quality import burnt_share, is_grey, is_one_tint, measure_blockiness, measure_blur
from degreecheck.sample.portrait import draw_portrait


def portrait(seed: int = 0, quality: int | None = None) -> Rgb:
    picture = draw_portrait(seed)
    if quality is not None:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality)
        picture = Image.open(file)
    return np.array(picture)


def grey(rgb: Rgb) -> Rgb:
    return cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.uint8)


# ---- margins ----


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (180, 20, 30)])
@pytest.mark.parametrize(
    ("left", "top", "right", "bottom"),
    [(20, 20, 20, 20), (3, 3, 3, 3), (0, 0, 0, 30), (30, 0, 30, 0), (0, 25, 0, 0)],
)
def test_margins_and_their_widths(colour: tuple[int, int, int], left: int, top: int, right: int, bottom: int) -> None:
    rgb = portrait(1)
    height, width = rgb.shape[:2]
    rgb[:, :left] = rgb[:top] = rgb[:, width - right :] = rgb[height - bottom :] = colour
    found = {margin.side: margin.pixels for margin in find_margins(to_lab(rgb))}
    given = {"left": left, "top": top, "right": right, "bottom": bottom}
    assert found == {side: pixels for side, pixels in given.items() if pixels}


@pytest.mark.parametrize("seed", range(6))
def test_a_plain_background_is_no_margin(seed: int) -> None:
    assert find_margins(to_lab(portrait(seed))) == ()
    assert find_margins(to_lab(np.array(draw_portrait(seed, person=False)))) == ()


def test_a_single_line_from_scaling_is_no_margin() -> None:
    rgb = portrait(2)
    rgb[:, 0] = 255
    assert find_margins(to_lab(rgb)) == ()


def test_a_noisy_margin_of_scanned_paper() -> None:
    rgb = portrait(2)
    noise = np.random.default_rng(0).normal(244, 2.5, (30, 413, 3))
    rgb[:30] = np.clip(noise, 0, 255).astype(np.uint8)
    assert [(margin.side, margin.pixels) for margin in find_margins(to_lab(rgb))] == [("top", 30)]


def test_a_picture_too_small_for_margins() -> None:
    assert find_margins(to_lab(np.zeros((9, 9, 3), np.uint8))) == ()


# ---- colour ----


def test_grey_survives_noise_and_compression() -> None:
    noise = np.random.default_rng(1).normal(0, 1.5, (579, 413, 3))
    dull = np.clip(np.repeat(grey(portrait())[..., None], 3, axis=2) + noise, 0, 255).astype(np.uint8)
    assert is_grey(to_lab(dull))
    assert not is_grey(to_lab(portrait()))


def test_black_hides_its_colour_and_is_not_called_grey() -> None:
    assert not is_grey(to_lab((portrait() * 0.15).astype(np.uint8)))


def test_a_grey_background_does_not_make_a_photo_grey() -> None:
    assert not is_grey(to_lab(np.array(draw_portrait(3, background=(150, 150, 150)))))


def test_one_tint() -> None:
    plane = grey(portrait(5)).astype(np.float32)
    sepia = np.stack([plane * 1.05 + 10, plane * 0.94 + 4, plane * 0.78], axis=2)
    assert is_one_tint(to_lab(np.clip(sepia, 0, 255).astype(np.uint8)))
    assert not is_one_tint(to_lab(portrait(5)))
    assert not is_one_tint(to_lab(np.full((50, 50, 3), (67, 142, 219), np.uint8)))  # a plain wall says nothing


# ---- sharpness, light, blocks ----


@pytest.mark.parametrize("seed", range(4))
def test_blur_grows_with_blur(seed: int) -> None:
    plane = grey(portrait(seed))[120:340, 120:300]
    measured = [measure_blur(cv2.GaussianBlur(plane, (0, 0), sigma).astype(np.uint8)) for sigma in (0.3, 1.5, 3, 4.5)]
    assert None not in measured
    assert measured == sorted(measured, key=lambda value: value or 0)
    assert (measured[0] or 0) < 1.2
    assert (measured[3] or 0) > 2.5


def test_brightness_and_contrast_drop_out_of_the_blur() -> None:
    plane = cv2.GaussianBlur(grey(portrait(1))[120:340, 120:300], (0, 0), 2).astype(np.float32)
    full, faint = (measure_blur(picture.astype(np.uint8)) for picture in (plane, plane * 0.5 + 10))
    assert full == pytest.approx(faint, rel=0.1)


def test_without_edges_there_is_no_blur_to_measure() -> None:
    assert measure_blur(np.full((60, 60), 128, np.uint8)) is None


def test_burnt_pixels_have_lost_two_channels() -> None:
    rgb = np.zeros((10, 10, 3), np.uint8)
    rgb[:4] = (255, 252, 200)  # 40 pixels
    rgb[4:] = (255, 240, 200)
    assert burnt_share(rgb) == pytest.approx(0.4)


def test_blocks_grow_with_compression_wherever_the_grid_begins() -> None:
    face = np.s_[163:347, 117:291]
    levels = [measure_blockiness(grey(portrait(2, quality))[face]) or 0 for quality in (95, 60, 25, 6)]
    assert levels == sorted(levels)
    assert levels[0] < 1
    assert levels[3] > 3.2


def test_too_small_for_blocks() -> None:
    assert measure_blockiness(np.zeros((31, 200), np.uint8)) is None
