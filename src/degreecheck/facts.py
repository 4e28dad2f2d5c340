"""Facts: what the files show, measured. Measurements only; the rules judge them.

Everything here crosses the line from a worker process that has read a stranger's file, so every model is bounded: numbers
have ranges, texts and lists have a greatest length, unknown keys are refused. Boxes are relative (0-1) to the upright
picture, as in the report.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

FileType = Literal[
    "jpeg", "png", "heic", "webp", "bmp", "tiff", "gif", "pdf", "docx", "doc", "ooxml", "ole", "zip", "rar", "7z",
    "html", "text", "empty", "unknown",
]  # fmt: skip
PICTURE_TYPES: frozenset[str] = frozenset({"jpeg", "png", "heic", "webp", "bmp", "tiff", "gif"})
DOCUMENT_TYPES: frozenset[str] = frozenset({"pdf", "docx", "doc"})

UnreadableReason = Literal[
    "empty", "damaged", "encrypted", "too_large", "too_many_pixels", "bomb", "gone", "no_permission", "in_use",
    "still_downloading", "not_a_file", "unknown_format",
]  # fmt: skip
NotCheckedReason = Literal["timed_out", "died", "out_of_memory", "nonsense", "worker_unavailable"]

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Pixels = Annotated[int, Field(ge=0, le=1_000_000)]
ShortText = Annotated[str, Field(max_length=200)]
Box = tuple[Share, Share, Share, Share]


class Facts(BaseModel):
    """One bounded value from a worker."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Region(Facts):
    """Where in a file something was seen: page (0-based) and box."""

    page: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    box: Box


class Unreadable(Facts):
    """The file could not be read, and why; ``detail`` is for a log, never for a person."""

    reason: UnreadableReason
    detail: ShortText = ""


class NotChecked(Facts):
    """The inspection itself failed: says nothing about the file."""

    reason: NotCheckedReason


class ImageFacts(Facts):
    """What any picture shows before a look at its content. ``width`` and ``height`` are pixels of the upright picture."""

    width: Pixels
    height: Pixels
    orientation: Annotated[int, Field(ge=1, le=8)] = 1  # EXIF tag 274; 1 = already upright
    mode: ShortText = "RGB"  # Pillow's name of the pixel format
    frames: Count = 1
    taken_on: date | None = None  # EXIF DateTimeOriginal


class FileFacts(Facts):
    """All that is known of one file. A part that was not asked for, or does not apply, is None."""

    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""  # empty when the file could not be read at all
    type: FileType = "unknown"
    unreadable: Unreadable | None = None
    image: ImageFacts | None = None
    photo: PhotoFacts | None = None
    scan: Annotated[tuple[ScanFacts, ...], Field(max_length=5)] | None = None  # the first pages, in order
    pdf: PdfFacts | None = None
    word: WordFacts | None = None
    text: TextFacts | None = None


class PhotoFacts(Facts):
    """Measurements of an electronic photo, after orientation tag and crop. Filled in by inspectors/photo.py."""

    width: Pixels  # of the picture as it would be exported (crop applied), never enlarged
    height: Pixels


class Seal(Facts):
    """A red seal seen on a paper. The program sees red ink of a seal's shape, never its authenticity."""

    box: Box
    shape: Literal["round", "oval", "square"]
    confidence: Share


class ScanFacts(Facts):
    """Measurements of one page's picture of a paper, upright by its tag. Filled in by inspectors/scan.py.

    None means "could not be measured here", never "nothing wrong". Lengths are pixels of the full picture, not of the
    reduced copy that was measured.
    """

    width: Pixels
    height: Pixels
    text_height: Annotated[float, Field(gt=0, le=1_000_000)] | None = None  # typical height of a character, pixels
    text_lines: Count = 0  # lines of print found: how much the other figures rest on
    blur: Annotated[float, Field(ge=0, le=1_000_000)] | None = None  # standard deviation of the blur of ink edges, pixels
    paper_level: Share | None = None  # luminance of the paper, 1 = white
    ink_contrast: Share | None = None  # (paper - ink) / paper for the print's darkest strokes
    glare: Annotated[tuple[Box, ...], Field(max_length=20)] = ()
    # "level": lines run across, the right way up or not; "upright" and "upside_down" only where a face settles it
    orientation: Literal["level", "upright", "on_side", "upside_down"] | None = None
    skew: Annotated[float, Field(ge=-45, le=45)] | None = None  # degrees, clockwise positive
    cut_sides: Annotated[tuple[Literal["left", "top", "right", "bottom"], ...], Field(max_length=4)] = ()
    paper: Box | None = None  # where the paper lies, when its surroundings show
    screenshot: bool = False  # drawn by a computer: flat areas without any noise
    grey: bool = False  # no colour at all
    seals: Annotated[tuple[Seal, ...], Field(max_length=20)] = ()
    faces: Annotated[tuple[Box, ...], Field(max_length=20)] = ()


class PdfFacts(Facts):
    """What a PDF holds. Filled in by inspectors/pdf.py."""

    pages: Count


class WordFacts(Facts):
    """What a Word file holds. Filled in by inspectors/word.py."""

    characters: Count


class TextLine(Facts):
    """One line read from a picture: text, place and the reader's confidence (0-1)."""

    text: Annotated[str, Field(max_length=2_000)]
    page: Count = 0
    box: Box
    confidence: Share


class TextFacts(Facts):
    """Text read from a picture, in reading order."""

    lines: Annotated[tuple[TextLine, ...], Field(max_length=2_000)] = ()


FileFacts.model_rebuild()
