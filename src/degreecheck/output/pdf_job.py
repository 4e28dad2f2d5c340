"""What is to be drawn, as plain data that crosses to the process that draws it.

Lengths are millimetres from the page's upper left corner, type sizes points, colours "#rrggbb". Texts are plain:
nothing in them is ever read as markup.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

# Colour tokens (design: visual direction). State colours never stand without a shape and a word.
INK = "#1d2129"
QUIET = "#5d6673"
RULE_LINE = "#d9dde4"
ACCENT = "#2f6fde"
GOOD = "#1f7a44"
CAREFUL = "#8a5a00"
WRONG = "#b3261e"
WRONG_GROUND = "#fdf1ef"

# The three type sizes of everything printed.
LARGE, BODY, SMALL = 20.0, 10.0, 8.5

A4 = (210.0, 297.0)

Align = Literal["left", "center", "right"]
Sign = Literal["check", "question", "cross", "exclamation", "dot"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Text:
    """A text wrapped inside a box.

    One that is too long gets smaller, down to ``least`` points, then it is cut and ends with an ellipsis. In a
    ``numbered`` text {page} and {pages} are filled in.
    """

    x: float
    y: float
    width: float
    height: float
    text: str
    size: float = BODY
    colour: str = INK
    strong: bool = False
    align: Align = "left"
    middle: bool = False  # centred in the box's height
    least: float = 6.0
    numbered: bool = False


@dataclass(frozen=True)
class Line:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.2
    colour: str = INK
    dashed: bool = False


@dataclass(frozen=True)
class Frame:
    """A rectangle, filled or outlined."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    line_width: float = 0.2
    radius: float = 0.0
    dashed: bool = False


@dataclass(frozen=True)
class Shape:
    """The sign of a state: a disc with a mark in it, drawn, so that no font has to have it."""

    sign: Sign
    x: float
    y: float
    diameter: float
    colour: str


@dataclass(frozen=True)
class Picture:
    """A picture file that this program has just written, at exactly this size.

    A picture of another aspect than the box (by more than 1.5 %) keeps its own and stands in the middle.
    """

    path: str
    x: float
    y: float
    width: float
    height: float


Item = Text | Line | Frame | Shape | Picture


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a flow; ``lead`` is a short label before it, in its own colour."""

    text: str
    size: float = BODY
    colour: str = INK
    strong: bool = False
    before: float = 0.0
    lead: str = ""
    lead_colour: str = QUIET
    align: Align = "left"


@dataclass(frozen=True)
class Figure:
    """A small picture with the places of a problem boxed (``regions`` relative to the picture, 0-1).

    Small places are shown enlarged, with their surroundings. ``width`` and ``height`` are the most it may take.
    """

    path: str
    width: float
    height: float
    regions: tuple[Box, ...]
    colour: str = WRONG
    before: float = 0.0


@dataclass(frozen=True)
class Cell:
    """A column of a block: paragraphs and figures below each other, shapes at places relative to its corner."""

    x: float
    width: float
    content: tuple[Paragraph | Figure | Shape, ...]


@dataclass(frozen=True)
class Block:
    """Cells side by side, never divided between pages."""

    cells: tuple[Cell, ...]
    before: float = 0.0  # space above, except at the top of a page
    keep: bool = False  # on one page with the next block
    fill: str = ""
    line_above: bool = False


@dataclass(frozen=True)
class Flow:
    """Blocks that run over as many pages as they need.

    ``drafts`` are choices of blocks (their indexes), the most detailed first: the first one that fits into
    ``greatest_pages`` is drawn, else the last.
    """

    x: float
    width: float
    top: float
    top_later: float  # from the second page on
    bottom: float  # content ends here, measured from the page's top
    greatest_pages: int
    blocks: tuple[Block, ...]
    drafts: tuple[tuple[int, ...], ...]
    on_first: tuple[Item, ...] = ()
    on_later: tuple[Item, ...] = ()
    on_every: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Job:
    """One file to make: fixed pages, or a flow. A JPEG is one page."""

    title: str
    width: float
    height: float
    pages: tuple[tuple[Item, ...], ...] = ()
    flow: Flow | None = None
    kind: Literal["pdf", "jpeg"] = "pdf"
    dpi: int = 200  # of a JPEG


def one_line(text: str, longest: int) -> str:
    """A stranger's text without line breaks and not endless; one that is cut ends with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


_PARTS = {
    part.__name__: part for part in (Text, Line, Frame, Shape, Picture, Paragraph, Figure, Cell, Block, Flow, Job)
}
_PART = "part"


def to_plain(value: Any) -> Any:
    """A job as JSON can hold it."""
    if dataclasses.is_dataclass(value):
        fields = {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {_PART: type(value).__name__, **fields}
    if isinstance(value, tuple):
        return [to_plain(entry) for entry in value]
    return value


def from_plain(value: Any) -> Any:
    """The job in plain data. Raises KeyError and TypeError for what `to_plain` never makes."""
    if isinstance(value, dict):
        return _PARTS[value[_PART]](**{name: from_plain(entry) for name, entry in value.items() if name != _PART})
    if isinstance(value, list):
        return tuple(from_plain(entry) for entry in value)
    return value
