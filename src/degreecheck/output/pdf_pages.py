"""Pages of a flow: which block stands on which page at which height. Plain arithmetic, no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from degreecheck.output.pdf_job import Block, Flow


@dataclass(frozen=True)
class Placed:
    """A block on its page: its index in the flow, and the millimetres from the page's top to its own."""

    block: int
    y: float


def pages_of(flow: Flow, heights: Sequence[float]) -> list[list[Placed]]:
    """The pages of the most detailed draft that fits. ``heights``: one for each block, without its space above."""
    made: list[list[Placed]] = [[]]
    for draft in flow.drafts:
        made = _pages(flow, heights, draft)
        if len(made) <= flow.greatest_pages:
            break
    return made


def _pages(flow: Flow, heights: Sequence[float], draft: Sequence[int]) -> list[list[Placed]]:
    pages: list[list[Placed]] = [[]]
    y = flow.top
    for group in _groups(flow.blocks, draft):
        needed = _height(flow, heights, group, at_top=not pages[-1])
        if pages[-1] and y + needed > flow.bottom:
            pages.append([])
            y = flow.top_later
        for index in group:
            # What is kept together and yet higher than a page has to be divided somewhere.
            above = flow.blocks[index].before if pages[-1] else 0.0
            if pages[-1] and y + above + heights[index] > flow.bottom:
                pages.append([])
                y, above = flow.top_later, 0.0
            pages[-1].append(Placed(index, y + above))
            y += above + heights[index]
    return pages


def _groups(blocks: Sequence[Block], draft: Sequence[int]) -> list[list[int]]:
    """Blocks that have to stay together."""
    groups: list[list[int]] = []
    joined = False
    for index in draft:
        if joined:
            groups[-1].append(index)
        else:
            groups.append([index])
        joined = blocks[index].keep
    return groups


def _height(flow: Flow, heights: Sequence[float], group: Sequence[int], *, at_top: bool) -> float:
    spaces = sum(flow.blocks[index].before for index in group)
    return sum(heights[index] for index in group) + spaces - (flow.blocks[group[0]].before if at_top else 0.0)
