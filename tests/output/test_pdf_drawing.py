"""Which part of a picture a figure shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.output.pdf_drawing import view_of
from degreecheck.output.pdf_job import Box

WHOLE = (0.0, 0.0, 1.0, 1.0)


def boxes() -> st.SearchStrategy[Box]:
    side = st.floats(0, 1, allow_nan=False)
    return st.tuples(side, side, side, side).map(
        lambda box: (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3]))
    )


def test_large_places_and_none_show_the_whole_picture() -> None:
    assert view_of([]) == WHOLE
    assert view_of([WHOLE]) == WHOLE
    assert view_of([(0.1, 0.1, 0.6, 0.2)]) == WHOLE


def test_a_small_place_is_shown_enlarged_in_its_surroundings() -> None:
    assert view_of([(0.48, 0.48, 0.52, 0.52)]) == pytest.approx((0.3, 0.3, 0.7, 0.7))
    assert view_of([(0.0, 0.9, 0.1, 1.0)]) == pytest.approx((0.0, 0.6, 0.4, 1.0))


@given(st.lists(boxes(), min_size=1, max_size=5))
def test_every_place_is_in_view_and_the_view_keeps_the_pictures_shape(places: list[Box]) -> None:
    left, top, right, bottom = view_of(places)
    assert right - left == pytest.approx(bottom - top)
    for box in places:
        assert left - 1e-9 <= box[0] <= box[2] <= right + 1e-9
        assert top - 1e-9 <= box[1] <= box[3] <= bottom + 1e-9
