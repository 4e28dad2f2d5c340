"""Rows stay rows on a page that lies askew or was seen at an angle."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from degreecheck.inspectors.straight import straightened

WIDE, HIGH = 1_000, 1_400


def lines(rows: int = 12) -> NDArray[np.float64]:
    """Three long lines in each of some rows, 30 pixels high and 80 apart, on a straight page."""
    corners = [
        [(left, top), (left + 220, top), (left + 220, top + 30), (left, top + 30)]
        for top in range(60, 60 + rows * 80, 80)
        for left in (80, 390, 700)
    ]
    return np.array(corners, dtype=float)


def turned(quads: NDArray[np.float64], degrees: float) -> NDArray[np.float64]:
    angle = np.radians(degrees)
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return (quads - (WIDE / 2, HIGH / 2)) @ matrix.T + (WIDE / 2, HIGH / 2)


def at_an_angle(quads: NDArray[np.float64]) -> NDArray[np.float64]:
    """The right side farther away than the left: rows run together."""
    x, y = quads[..., 0], quads[..., 1]
    far = 1 + 0.12 * x / WIDE
    return np.stack([x / far, (y - HIGH / 2) / far + HIGH / 2], axis=-1)


def spread_of_rows(places: NDArray[np.float64]) -> float:
    middles = (places[:, 1] + places[:, 3]) / 2
    return float(np.ptp(middles.reshape(-1, 3), axis=1).max())


def test_a_straight_page_is_left_alone() -> None:
    quads = lines()
    places = straightened(quads)
    assert places.tolist() == np.concatenate([quads.min(axis=1), quads.max(axis=1)], axis=1).tolist()


@pytest.mark.parametrize("degrees", [-8, -3, -0.5, 0.5, 3, 8])
def test_skew_is_taken_out(degrees: float) -> None:
    skewed = turned(lines(), degrees)
    upright = np.concatenate([skewed.min(axis=1), skewed.max(axis=1)], axis=1)
    places = straightened(skewed)
    assert spread_of_rows(places) < 3
    assert np.ptp(places[:, 0].reshape(-1, 3), axis=0).max() < 12  # and columns stay columns
    if abs(degrees) >= 3:
        assert spread_of_rows(upright) > 30


def test_rows_seen_at_an_angle_stay_apart() -> None:
    bent = at_an_angle(lines())
    places = straightened(bent)
    assert spread_of_rows(places) < 8
    order = np.argsort((places[:, 1] + places[:, 3]) / 2, kind="stable")
    assert (order // 3 == np.arange(len(order)) // 3).all()


def test_few_and_short_lines_show_no_direction() -> None:
    assert straightened(np.empty((0, 4, 2))).shape == (0, 4)
    one = turned(lines(1)[:1], 5)
    assert straightened(one).tolist() == [[*one[0].min(axis=0), *one[0].max(axis=0)]]
    dots = lines()
    dots[:, 1:3, 0] = dots[:, :1, 0] + 30
    assert straightened(dots).tolist() == np.concatenate([dots.min(axis=1), dots.max(axis=1)], axis=1).tolist()
