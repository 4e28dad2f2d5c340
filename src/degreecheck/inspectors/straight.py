"""Where the lines of a page would stand if it lay straight: skew and the slant of a photo at an angle taken out.

Rows and columns are found by comparing heights and sides, and at 3° a row of A4 drops by two lines. Each long line's
baseline says how steep the page is at its place; a plane through these (the slope changes over a page seen at an angle)
gives every line's height on the straight page. Runs only in worker processes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LONG = 3.0  # width : height of a line whose direction is believed
_STEEPEST = 0.35  # tan 19°
_ENOUGH = 6  # long lines for a slope that changes over the page
_STRAIGHT = 0.0015  # of a page this level, nothing is changed

Quads = NDArray[np.float64]  # lines x 4 corners (from the upper left, clockwise) x 2, pixels


def straightened(quads: Quads) -> NDArray[np.float64]:
    """Left, top, right, bottom of each line on the straight page, in pixels."""
    if not len(quads):
        return np.empty((0, 4))
    lower, upper = quads.min(axis=1), quads.max(axis=1)
    slope = _slope(quads)
    if slope is None:
        return np.concatenate([lower, upper], axis=1)
    constant, by_x, by_y = slope
    middle = quads.mean(axis=1)
    # Along a row dy/dx = constant + by_x * x + by_y * y: the row's height at x = 0 is what its lines have in common.
    x, y = middle.T
    drop = constant * x + by_x * x**2 / 2 + by_y * x * y
    high = np.hypot(*(quads[:, 3] - quads[:, 0]).T)
    wide = np.hypot(*(quads[:, 1] - quads[:, 0]).T)
    lean = constant + by_x * x.mean() + by_y * y.mean()  # columns lean as much as rows drop
    across, down = x + lean * y, y - drop
    return np.stack([across - wide / 2, down - high / 2, across + wide / 2, down + high / 2], axis=1)


def _slope(quads: Quads) -> tuple[float, float, float] | None:
    """Slope at the origin and its change by x and by y; None for a page that is straight or shows no direction."""
    along = quads[:, 1] + quads[:, 2] - quads[:, 0] - quads[:, 3]
    high = np.hypot(*(quads[:, 3] - quads[:, 0]).T)
    wide = np.hypot(*along.T) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = along[:, 1] / along[:, 0]
    believed = (wide > _LONG * high) & (along[:, 0] > 0) & (np.abs(slopes) < _STEEPEST)
    if believed.sum() < 2:
        return None
    values, weights, places = slopes[believed], wide[believed], quads[believed].mean(axis=1)
    typical = float(np.median(np.repeat(values, np.maximum(1, (weights / weights.min()).astype(int)).clip(max=20))))
    near = np.abs(values - typical) < 0.06
    found: tuple[float, float, float] = (typical, 0.0, 0.0)
    if near.sum() >= _ENOUGH:
        x, y = places[near].T
        table = np.stack([np.ones_like(x), x, y], axis=1)
        root = np.sqrt(weights[near])
        solution, *_ = np.linalg.lstsq(table * root[:, None], values[near] * root, rcond=1e-6)
        spread = np.abs(table @ solution - typical).max()
        if spread < 0.15:
            found = (float(solution[0]), float(solution[1]), float(solution[2]))
    steepest = max(abs(found[0] + found[1] * x + found[2] * y) for x, y in quads.reshape(-1, 2))
    return found if steepest > _STRAIGHT else None
