"""Facts: what the files show, measured. Measurements only; the rules judge them.

Everything here crosses the line from a worker process that has read a stranger's file, so every model is bounded:
numbers have ranges, texts and lists have a greatest length, unknown keys are refused. Boxes are relative (0-1) to the
upright picture, as in the report.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

FileType = Literal[
    "jpeg", "png", "heic", "webp", "bmp", "tiff", "gif", "avif", "video", "pdf", "docx", "doc", "rtf", "word_xml",
    "encrypted_office", "ooxml", "ole", "ofd", "caj", "zip", "rar", "7z", "html", "text", "program", "shortcut",
    "empty", "unknown",
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
    """What any picture shows before a look at its content; ``width`` and ``height`` are pixels of it upright."""

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
    text: TextFacts | NotChecked | None = None  # None: not read, by choice or for want of a reader


ColourName = Literal[
    "white", "grey", "black", "red", "orange", "brown", "beige", "yellow", "green", "cyan", "blue", "purple", "pink",
]  # fmt: skip
Side = Literal["left", "top", "right", "bottom"]
Lightness = Annotated[float, Field(ge=0, le=100)]  # CIELAB L*
Chroma = Annotated[float, Field(ge=0, le=200)]  # CIELAB C*
Hue = Annotated[float, Field(ge=0, le=360)]  # CIELAB h, degrees
LightnessDifference = Annotated[float, Field(ge=-100, le=100)]
Degrees = Annotated[float, Field(ge=-180, le=180)]


class Face(Facts):
    """A face that the finder sees: box from the brows to the chin, and how many of its windows agree on it."""

    box: Box
    support: Count


class Border(Facts):
    """A margin of another colour along one side."""

    side: Side
    width: Share  # of the picture's width (left, right) or height (top, bottom)
    colour: ColourName
    box: Box


class Background(Facts):
    """What is behind the person, measured where nothing else can be: above the shoulders, away from head and hair."""

    share: Share  # of the picture's area that was found to be background
    coverage: Share  # of the place where background is expected: small where the surroundings are no one backdrop
    colour: ColourName  # of the median colour
    lightness: Lightness  # medians
    chroma: Chroma
    hue: Hue
    blue_share: Share  # of the background's pixels whose colour is a blue in honest use (inspectors/colours.py)
    edge_bluish_share: Share  # of the picture's upper edges that is any kind of blue, wide limits
    side_difference: LightnessDifference | None = None  # left minus right
    vertical_difference: LightnessDifference | None = None  # top minus bottom
    fade: Annotated[float, Field(ge=-200, le=200)] | None = None  # chroma at the top minus chroma further down
    unevenness: Chroma = 0  # 98th percentile of the colour difference (ΔE 1976) from a smooth course of light
    blotches: Annotated[tuple[Box, ...], Field(max_length=20)] = ()  # objects, stains, shadows
    # a coarse map to draw, one text per row: "#" background, "x" blotch, "." anything else
    area: Annotated[tuple[Annotated[str, Field(pattern=r"^[#x.]{1,64}$")], ...], Field(max_length=64)] = ()


class PhotoFacts(Facts):
    """Measurements of an electronic photo, after orientation tag and crop. Filled in by inspectors/photo.py.

    Boxes and shares are relative to the cropped picture; ``in_picture`` turns a box into one of the whole upright
    picture. None means "could not be measured here", never "nothing wrong".
    """

    width: Pixels  # of the picture as it would be exported (crop applied), never enlarged
    height: Pixels
    crop: Box = (0, 0, 1, 1)
    grey: bool = False  # no colour at all
    one_tint: bool = False  # head and surroundings show one tint, as laid over a grey picture (sepia)
    borders: Annotated[tuple[Border, ...], Field(max_length=4)] = ()
    faces: Annotated[tuple[Face, ...], Field(max_length=20)] = ()  # the person's first
    turned: Literal[0, 90, 180, 270] = 0  # degrees clockwise by which the picture has to be turned to stand upright
    turned_certainly: bool = False
    tilt: Degrees | None = None  # of the head; positive: its top leans to the right of the picture
    crown: Share | None = None  # upper end of the hair, from the picture's top
    head_height: Share | None = None  # chin to crown, of the picture's height
    head_estimated: bool = False  # the crown was not seen against the background but guessed from the face
    measured_on_face: bool = False  # the next six; on the picture's middle where no face was found
    blur: Annotated[float, Field(ge=0, le=1)] | None = None  # standard deviation at the strongest edges, of its width
    face_lightness: Lightness | None = None  # median
    face_highlights: Lightness | None = None  # 95th percentile
    burnt_share: Share | None = None  # pixels without any detail because they are white
    picture_highlights: Lightness | None = None  # 99th percentile of the whole picture
    blockiness: Annotated[float, Field(ge=0, le=255)] | None = None  # steps at 8-pixel edges, grey levels
    background: Background | None = None

    def in_picture(self, box: Box) -> Box:
        """A box of the cropped picture as one of the whole upright picture."""
        left, top, right, bottom = self.crop
        wide, high = right - left, bottom - top
        x0, y0, x1, y1 = box
        return (left + x0 * wide, top + y0 * high, min(left + x1 * wide, 1.0), min(top + y1 * high, 1.0))


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
    """A ratio that a similarity report (查重报告) states. ``total`` only where its label says that it is the total."""

    label: Annotated[str, Field(max_length=40)]
    percent: Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
    total: bool = False


class PageSize(Facts):
    """A PDF page as it lies on screen, in points (1/72 inch), and the paper it is, give or take 9 points (3 mm)."""

    width: Annotated[float, Field(ge=0, le=100_000_000)]
    height: Annotated[float, Field(ge=0, le=100_000_000)]
    paper: Literal["A3", "A4", "A5", "B5", "Letter", "other"]

    @property
    def landscape(self) -> bool:
        """Wider than high."""
        return self.width > self.height


class PdfFacts(Facts):
    """What a PDF holds. Filled in by inspectors/pdf.py.

    Of a long document a sample of pages is loaded, the first ones and the last among them; every count but ``pages``
    is a count over those. A character counts when it is visible and has a meaning (no blanks, no private-use ones).
    """

    pages: Count
    pages_loaded: Count = 0
    pages_broken: Count = 0  # of those loaded: they do not open
    pages_blank: Count = 0  # of those loaded: nothing on them
    sizes: Annotated[tuple[PageSize, ...], Field(max_length=5)] = ()  # of the first pages
    characters: Count = 0
    pages_with_text: Count = 0
    first_pages: Annotated[tuple[PageText, ...], Field(max_length=5)] = ()
    recognised_text: bool = False  # invisible text over a picture on the first pages: read by a machine, with mistakes
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


Turn = Literal[0, 90, 180, 270]  # degrees clockwise by which a page has to be turned to stand upright
Edge = Annotated[float, Field(ge=-1, le=2)]


class TextLine(Facts):
    """One line read from a page, and the reader's confidence (0-1).

    ``box`` is relative to the page turned as it is read (TextFacts.turned). ``place`` is where the line would stand on
    the straight page, skew taken out: for finding rows and columns only, and a little beyond the page at times.
    """

    text: Annotated[str, Field(max_length=300)]
    page: Count = 0
    box: Box
    place: tuple[Edge, Edge, Edge, Edge]
    confidence: Share


class TextFacts(Facts):
    """Text read from the pages of a file, top to bottom, left to right. Filled in by inspectors/reading.py."""

    lines: Annotated[tuple[TextLine, ...], Field(max_length=2_000)] = ()
    pages: Annotated[tuple[Count, ...], Field(max_length=5)] = ()  # that were read, 0-based
    turned: Annotated[dict[Count, Turn], Field(max_length=5)] = Field(default_factory=dict)  # by page; 0 is left out
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""  # of the file that was read

    def __hash__(self) -> int:
        return hash((self.pages, len(self.lines), self.lines[:1]))  # quick, for what was found in it is remembered

    def region(self, page: int, box: Box) -> Region:
        """Where a box of the page as it is read lies in the picture as it is shown."""
        x0, y0, x1, y1 = box
        shown: Box = {
            0: (x0, y0, x1, y1),
            90: (y0, 1 - x1, y1, 1 - x0),
            180: (1 - x1, 1 - y1, 1 - x0, 1 - y0),
            270: (1 - y1, x0, 1 - y0, x1),
        }[self.turned.get(page, 0)]
        return Region(page=page, box=shown)


FileFacts.model_rebuild()
