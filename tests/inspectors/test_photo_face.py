"""Faces: found once each, turned pictures told, tilt measured."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from degreecheck.inspectors.face import Found, Grey, find_person, merged
from degreecheck.inspectors.tilt import measure_tilt
from degreecheck.sample.portrait import draw_portrait


def grey(seed: int = 0, **faults: Any) -> Grey:
    return np.array(draw_portrait(seed, **faults).convert("L"))


@pytest.mark.parametrize("seed", range(12))
def test_one_person_is_found_once(seed: int) -> None:
    person = find_person(grey(seed))
    assert len(person.faces) == 1
    assert person.turn == 0
    x, y = person.faces[0].centre
    assert abs(x - 206) < 25
    assert abs(y - 265) < 45


def test_doubles_of_one_face_are_merged() -> None:
    first = Found(100, 100, 100, 100, 30)
    inside = Found(120, 125, 60, 60, 9)
    beside = Found(145, 110, 90, 90, 8)
    elsewhere = Found(300, 100, 90, 90, 12)
    assert merged([inside, beside, elsewhere, first]) == [first, elsewhere]


def test_two_people_are_two() -> None:
    assert len(find_person(grey(3, people=2)).faces) == 2


def test_nobody_is_nobody() -> None:
    assert find_person(grey(0, person=False)).faces == ()
    noise = np.random.default_rng(1).integers(0, 256, (400, 300), dtype=np.uint8)
    assert find_person(noise).faces == ()


def test_a_picture_smaller_than_the_finders_window() -> None:
    assert find_person(np.zeros((3, 5), np.uint8)).faces == ()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_how_far_a_picture_has_to_be_turned(turn: int) -> None:
    lying = np.ascontiguousarray(np.rot90(grey(5), turn // 90))
    person = find_person(lying)
    assert person.turn == turn
    assert person.turn_certain


def test_an_upright_picture_is_never_turned() -> None:
    assert [find_person(grey(seed, tilt=8)).turn for seed in range(8)] == [0] * 8


def test_a_leaning_head_is_found() -> None:
    person = find_person(grey(2, tilt=24))
    assert len(person.faces) == 1
    assert person.turn == 0


@pytest.mark.parametrize("tilt", [-18, -11, -5, 0, 5, 11, 18])
@pytest.mark.parametrize("seed", [1, 10, 23])  # long hair, glasses, short hair
def test_tilt(tilt: float, seed: int) -> None:
    picture = grey(seed, tilt=tilt)
    measured = measure_tilt(picture, find_person(picture).faces[0])
    assert measured == pytest.approx(tilt, abs=3)


def test_light_from_one_side_does_not_tilt_a_head() -> None:
    picture = grey(4).astype(np.float32) * np.linspace(0.45, 1.1, 413, dtype=np.float32)
    lit = np.clip(picture, 0, 255).astype(np.uint8)
    measured = measure_tilt(lit, find_person(lit).faces[0])
    assert measured == pytest.approx(0, abs=4)


def test_the_tilt_of_what_is_no_face_is_unknown() -> None:
    noise = np.random.default_rng(2).integers(0, 256, (300, 300), dtype=np.uint8)
    blurred = cv2.GaussianBlur(noise, (0, 0), 3).astype(np.uint8)
    assert measure_tilt(blurred, Found(50, 50, 200, 200, 5)) is None
    assert measure_tilt(blurred, Found(50, 50, 20, 20, 5)) is None
