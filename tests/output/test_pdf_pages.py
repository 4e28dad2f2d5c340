"""Pages of a flow: nothing is lost, doubled, divided or put beyond the page's end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from degreecheck.output.pdf_job import Block, Flow
from degreecheck.output.pdf_pages import pages_of

TOP, TOP_LATER, BOTTOM = 10.0, 20.0, 110.0


def flow(blocks: list[Block], *drafts: list[int], greatest_pages: int = 3) -> Flow:
    return Flow(
        x=0, width=100, top=TOP, top_later=TOP_LATER, bottom=BOTTOM, greatest_pages=greatest_pages,
        blocks=tuple(blocks), drafts=tuple(map(tuple, drafts)),
    )  # fmt: skip


def places(pages: object) -> list[list[tuple[int, float]]]:
    return [[(placed.block, placed.y) for placed in page] for page in pages]  # type: ignore[attr-defined]


def block(before: float = 0.0, *, keep: bool = False) -> Block:
    return Block((), before=before, keep=keep)


def test_blocks_stand_below_each_other_with_their_space_above() -> None:
    made = pages_of(flow([block(7), block(5)], [0, 1]), [30, 20])
    assert places(made) == [[(0, TOP), (1, TOP + 30 + 5)]]


def test_a_block_that_does_not_fit_begins_a_page_without_its_space_above() -> None:
    made = pages_of(flow([block(), block(5)], [0, 1]), [60, 60])
    assert places(made) == [[(0, TOP)], [(1, TOP_LATER)]]


def test_a_block_that_just_fits_stays() -> None:
    assert len(pages_of(flow([block(), block(10)], [0, 1]), [60, 30])) == 1
    assert len(pages_of(flow([block(), block(10)], [0, 1]), [60, 30.1])) == 2


def test_a_heading_goes_with_what_follows() -> None:
    made = pages_of(flow([block(), block(4, keep=True), block(2)], [0, 1, 2]), [70, 8, 40])
    assert places(made) == [[(0, TOP)], [(1, TOP_LATER), (2, TOP_LATER + 8 + 2)]]


def test_what_is_kept_together_and_higher_than_a_page_is_divided_all_the_same() -> None:
    made = pages_of(flow([block(keep=True), block(keep=True), block()], [0, 1, 2]), [60, 60, 60])
    assert places(made) == [[(0, TOP)], [(1, TOP_LATER)], [(2, TOP_LATER)]]


def test_the_most_detailed_draft_that_fits_is_taken_and_else_the_last() -> None:
    blocks, heights = [block() for _ in range(4)], [90.0, 90.0, 90.0, 10.0]
    assert places(pages_of(flow(blocks, [0, 1, 2], [0, 3], [3], greatest_pages=2), heights)) == [
        [(0, TOP), (3, TOP + 90)]
    ]
    assert len(pages_of(flow(blocks, [0, 1, 2], [0, 1], greatest_pages=1), heights)) == 2


@given(
    st.lists(
        st.tuples(st.floats(0, 80, allow_nan=False), st.floats(0, 10, allow_nan=False), st.booleans()), max_size=40
    )
)
def test_every_block_stands_once_in_order_and_ends_on_its_page(parts: list[tuple[float, float, bool]]) -> None:
    blocks = [block(before, keep=keep) for _, before, keep in parts]
    heights = [height for height, _, _ in parts]
    pages = pages_of(flow(blocks, list(range(len(blocks)))), heights)
    assert [placed.block for page in pages for placed in page] == list(range(len(blocks)))
    for number, page in enumerate(pages):
        end = TOP if number == 0 else TOP_LATER
        for placed in page:
            assert placed.y >= end - 1e-6
            end = placed.y + heights[placed.block]
            assert end <= BOTTOM + 1e-6
