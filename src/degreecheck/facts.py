"""Facts: what the files show, measured. Measurements only; the rules judge them.

Everything here crosses the line from a worker process that has read a stranger's file, so every model is bounded: numbers
have ranges, texts and lists have a greatest length, unknown keys are refused. Boxes are relative (0-1) to the upright
picture, as in the report.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

FileType = Literal[
    "jpeg", "png", "heic", "webp", "bmp", "tiff", "gif", "avif", "video", "pdf", "docx", "doc", "rtf", "word_xml",
    "encrypted_office", "ooxml", "ole", "ofd", "caj", "zip", "rar", "7z", "html", "text", "program", "shortcut", "empty",
    "unknown",
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
    blur: Annotated[float, Field(ge=0, le=1_000_000)] | None = None  # standard deviation of the ink edges' blur, pixels
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


PageText = Annotated[str, Field(max_length=4_000)]  # lines kept, blanks folded, no control characters


class SimilarityFigure(Facts):
    """One ratio that a similarity report (查重报告) states. ``total`` only where the label says that it is the total one."""

    label: Annotated[str, Field(max_length=40)]
    percent: Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
    total: bool = False


class PageSize(Facts):
    """Size of a PDF page as it lies on screen, in points (1/72 inch), and the paper it is within 2 % (at most 9 points)."""

    width: Annotated[float, Field(ge=0, le=100_000_000)]
    height: Annotated[float, Field(ge=0, le=100_000_000)]
    paper: Literal["A3", "A4", "A5", "B5", "Letter", "other"]

    @property
    def landscape(self) -> bool:
        """Wider than high."""
        return self.width > self.height


class PdfFacts(Facts):
    """What a PDF holds. Filled in by inspectors/pdf.py.

    Of a long document a sample of pages is loaded, the first ones and the last among them; every count but ``pages`` is
    a count over those. A character counts when it is a visible one with a meaning (no blanks, no private-use code points).
    """

    pages: Count
    pages_loaded: Count = 0
    pages_broken: Count = 0  # of those loaded: they do not open
    pages_blank: Count = 0  # of those loaded: nothing on them
    sizes: Annotated[tuple[PageSize, ...], Field(max_length=5)] = ()  # of the first pages
    characters: Count = 0
    pages_with_text: Count = 0
    first_pages: Annotated[tuple[PageText, ...], Field(max_length=5)] = ()
    recognised_text: bool = False  # the first pages' text lies invisibly over a picture: a machine read it, with mistakes
    images_broken: Count = 0  # of the pictures that were decoded
    cut_off: bool = False  # the end of the file is missing
    opens_without_password: bool = False  # encrypted, but everyone may open it
    attachments: Count = 0
    programs: Count = 0  # attachments that are programs
    scripts: bool = False
    portfolio: bool = False  # a wrapper whose real content are its attachments
    similarity: Annotated[tuple[SimilarityFigure, ...], Field(max_length=20)] = ()

    @property
    def complete(self) -> bool:
        """Whether every page was loaded, so that the counts are those of the whole document."""
        return self.pages_loaded >= self.pages


class WordFacts(Facts):
    """What a Word file (.docx, .doc) holds. Filled in by inspectors/word.py.

    Word files hold no pages; ``first_pages`` are split where the writing program noted a page's end, if it did.
    """

    characters: Count  # visible ones, as in PdfFacts
    complete: bool = True  # False: the counting was stopped, there are at least ``characters``
    text_known: bool = True  # False: a format before Word 97, whose text this program does not read
    first_pages: Annotated[tuple[PageText, ...], Field(max_length=5)] = ()
    other_text: PageText = ""  # headers and, in .doc, text boxes: no place among the pages is known
    stated_pages: Count | None = None  # what the writing program noted; may be stale
    pictures: Count = 0  # drawings count too
    macros: bool = False
    objects: Count = 0  # embedded objects of any kind: formulas, tables, charts
    attachments: Count = 0  # files packed into the document
    programs: Count = 0  # attachments that are programs
    remote_template: bool = False  # fetches a template from the network when opened
    parts_broken: Count = 0  # pictures and other parts that cannot be unpacked; the text could be
    similarity: Annotated[tuple[SimilarityFigure, ...], Field(max_length=20)] = ()


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
