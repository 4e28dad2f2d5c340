"""What may be asked of a worker and what may come back: one JSON object a line each way, bounded, no pickle.

    {"id":1,"verb":"inspect","path":"…","parts":["photo"],"crop":null}      request
    {"id":1,"accepted":true}                                                taken on: what it needs is loaded
    {"id":1,"ok":{…}}  or  {"id":1,"error":{"kind":"…","reason":"…"}}       answer; after render's, the pixels follow

Requests are plain values that this side made; answers come from a process that has read a stranger's file, so they are
believed only in the shapes below.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, get_args

from pydantic import Field, ValidationError, create_model

from degreecheck.facts import (
    Box,
    Count,
    Facts,
    FileFacts,
    NotChecked,
    ShortText,
    TextFacts,
    Unreadable,
    UnreadableReason,
)
from degreecheck.inspectors import limits

READY = b'{"ready":1}\n'  # a worker's first line; the number is this protocol's version
LONGEST_PATH = 32_767  # characters; Windows' limit, above everybody else's

Part = Literal["photo", "scan", "document", "text"]
PARTS: tuple[Part, ...] = get_args(Part)
PictureFormat = Literal["jpeg", "png"]
NotWrittenReason = Literal["exists", "no_space", "no_permission", "does_not_fit", "same_file", "failed"]


class Nonsense(Exception):
    """A line that no sound worker writes."""


def _spelled(path: Path) -> str:
    return str(path.absolute())  # the worker has another current folder


@dataclass(frozen=True, slots=True)
class Inspect:
    """Measure a file.

    ``parts`` says what to look for; ``crop`` (relative, of the upright picture) applies to the photo.
    """

    path: Path
    parts: frozenset[Part]
    crop: Box | None = None
    verb: ClassVar[str] = "inspect"

    @property
    def seconds(self) -> float:
        """Time allowed from acceptance."""
        return limits.INSPECT_SECONDS

    def options(self) -> dict[str, object]:
        """The request's own keys, as JSON-ready data."""
        return {"path": _spelled(self.path), "parts": sorted(self.parts), "crop": self.crop}


@dataclass(frozen=True, slots=True)
class Read:
    """Read the text of one page (0-based) of a picture or a scanned document."""

    path: Path
    page: int = 0
    verb: ClassVar[str] = "read"

    @property
    def seconds(self) -> float:
        """Time allowed from acceptance."""
        return limits.READ_SECONDS

    def options(self) -> dict[str, object]:
        """The request's own keys, as JSON-ready data."""
        return {"path": _spelled(self.path), "page": self.page}


@dataclass(frozen=True, slots=True)
class Render:
    """A picture or a PDF's page (0-based) as raw RGB: upright, cropped, at most ``longest_side`` pixels."""

    path: Path
    page: int = 0
    longest_side: int = limits.MAX_RENDERED_SIDE
    crop: Box | None = None
    verb: ClassVar[str] = "render"

    @property
    def seconds(self) -> float:
        """Time allowed from acceptance."""
        return limits.RENDER_SECONDS

    def options(self) -> dict[str, object]:
        """The request's own keys, as JSON-ready data."""
        side = max(1, min(self.longest_side, limits.MAX_RENDERED_SIDE))
        return {"path": _spelled(self.path), "page": self.page, "longest_side": side, "crop": self.crop}


@dataclass(frozen=True, slots=True)
class Convert:
    """Write a picture for uploading: upright, without metadata, cropped, exactly ``size`` pixels (never enlarged).

    ``dpi`` is the resolution stated in the file; ``max_bytes`` asks for the best quality that fits; ``frame`` picks a
    page of a TIFF (0-based). The target must not exist; it appears whole or not at all.
    """

    path: Path
    target: Path
    format: PictureFormat = "jpeg"
    crop: Box | None = None
    size: tuple[int, int] | None = None
    max_bytes: int | None = None
    dpi: int = 300
    frame: int = 0
    verb: ClassVar[str] = "convert"

    @property
    def seconds(self) -> float:
        """Time allowed from acceptance."""
        return limits.CONVERT_SECONDS

    def options(self) -> dict[str, object]:
        """The request's own keys, as JSON-ready data."""
        return {
            "path": _spelled(self.path),
            "target": _spelled(self.target),
            "format": self.format,
            "crop": self.crop,
            "size": self.size,
            "max_bytes": self.max_bytes,
            "dpi": self.dpi,
            "frame": self.frame,
        }


@dataclass(frozen=True, slots=True)
class Copy:
    """Copy a file byte for byte.

    The target must not exist; it appears whole or not at all. ``size`` sets the time allowed.
    """

    path: Path
    target: Path
    size: int = 0
    verb: ClassVar[str] = "copy"

    @property
    def seconds(self) -> float:
        """Time allowed from acceptance."""
        return limits.COPY_SECONDS + self.size / limits.COPY_BYTES_PER_SECOND

    def options(self) -> dict[str, object]:
        """The request's own keys, as JSON-ready data."""
        return {"path": _spelled(self.path), "target": _spelled(self.target)}


@dataclass(frozen=True, slots=True)
class Verify:
    """Verify a bundle: a folder or a zip, encrypted with ``password`` or not. ``size`` sets the time allowed."""

    path: Path
    size: int = 0
    password: str = field(default="", repr=False)
    verb: ClassVar[str] = "verify"

    @property
    def seconds(self) -> float:
        """Time allowed from acceptance."""
        return limits.COPY_SECONDS + self.size / limits.COPY_BYTES_PER_SECOND

    def options(self) -> dict[str, object]:
        """The request's own keys, as JSON-ready data."""
        return {"path": _spelled(self.path), "password": self.password}


@dataclass(frozen=True, slots=True)
class Unpack:
    """Verify a bundle, and write its form and materials into a new folder ``target``; answered like Verify."""

    path: Path
    target: Path
    size: int = 0
    password: str = field(default="", repr=False)
    verb: ClassVar[str] = "unpack"

    @property
    def seconds(self) -> float:
        """Time allowed from acceptance."""
        return limits.COPY_SECONDS + 2 * self.size / limits.COPY_BYTES_PER_SECOND

    def options(self) -> dict[str, object]:
        """The request's own keys, as JSON-ready data."""
        return {"path": _spelled(self.path), "target": _spelled(self.target), "password": self.password}


Request: TypeAlias = Inspect | Read | Render | Convert | Copy | Verify | Unpack

_Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Bytes = Annotated[int, Field(ge=0, le=2**53)]


class Converted(Facts):
    """What was written: pixels, bytes, JPEG quality (0 where the format has none)."""

    width: Annotated[int, Field(ge=1, le=limits.MAX_PICTURE_SIDE)]
    height: Annotated[int, Field(ge=1, le=limits.MAX_PICTURE_SIDE)]
    size: _Bytes
    sha256: _Sha256
    quality: Annotated[int, Field(ge=0, le=100)] = 0


class Copied(Facts):
    """What was written: bytes and their SHA-256."""

    size: _Bytes
    sha256: _Sha256


TroubleKind = Literal[
    "missing", "changed", "extra", "unreadable", "malformed", "link", "not_a_file", "twin", "duplicate",
    "absolute", "parent", "device", "stream", "characters", "blank",
]  # fmt: skip


class BagTrouble(Facts):
    """What is wrong with one file of a bundle, or with a name in it (from "link" on: it was not opened)."""

    kind: TroubleKind
    name: Annotated[str, Field(max_length=300)]


class BagFacts(Facts):
    """What a bundle's verification found; without troubles it is complete and unchanged."""

    state: Literal["read", "not_a_bundle", "encrypted", "wrong_password"]
    troubles: Annotated[tuple[BagTrouble, ...], Field(max_length=limits.MAX_BAG_TROUBLES)] = ()
    more: Count = 0  # troubles that are not told one by one
    files: Count = 0
    bytes: _Bytes = 0


class NotWritten(Facts):
    """The source was readable, the target could not be written; nothing stands there."""

    reason: NotWrittenReason


class NoReader(Facts):
    """This build cannot read text in pictures."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Pixels of a picture: ``rgb`` is height x width x 3 bytes, row by row."""

    width: int
    height: int
    rgb: bytes


class RenderedSize(Facts):
    """The line before a rendered picture's pixels."""

    width: Annotated[int, Field(ge=1, le=limits.MAX_RENDERED_SIDE)]
    height: Annotated[int, Field(ge=1, le=limits.MAX_RENDERED_SIDE)]
    bytes: Annotated[int, Field(ge=3, le=limits.MAX_RENDERED_SIDE**2 * 3)]


class _Trouble(Facts):
    kind: Literal["unreadable", "not_written", "no_reader", "out_of_memory", "failed"]
    reason: ShortText = ""
    detail: ShortText = ""


Result: TypeAlias = (
    FileFacts | TextFacts | Rendered | Converted | Copied | BagFacts | Unreadable | NotWritten | NoReader | NotChecked
)
Answered: TypeAlias = (
    FileFacts
    | TextFacts
    | RenderedSize
    | Converted
    | Copied
    | BagFacts
    | Unreadable
    | NotWritten
    | NoReader
    | NotChecked
)

_OK: Mapping[str, type[Facts]] = {
    "inspect": FileFacts,
    "read": TextFacts,
    "render": RenderedSize,
    "convert": Converted,
    "copy": Copied,
    "verify": BagFacts,
    "unpack": BagFacts,
}


def request_line(number: int, request: Request) -> bytes:
    """The request as one line."""
    message = {"id": number, "verb": request.verb} | request.options()
    return json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def accepted_line(number: int) -> bytes:
    """The line by which a worker takes a request on."""
    return b'{"id":%d,"accepted":true}\n' % number


def parse_answer(line: bytes, number: int, request: Request) -> Answered:
    """The answer to ``request``. Raises Nonsense for anything but its own answer in its own shape."""
    try:
        answer = _answer_model(request.verb).model_validate_json(line, strict=True)
    except (ValidationError, ValueError, RecursionError) as error:
        raise Nonsense from error
    ok: Answered | None = getattr(answer, "ok", None)
    trouble: _Trouble | None = getattr(answer, "error", None)
    if getattr(answer, "id", None) != number or (ok is None) == (trouble is None):
        raise Nonsense
    if trouble is not None:
        return _from_trouble(trouble, request)
    if isinstance(ok, RenderedSize) and ok.bytes != ok.width * ok.height * 3:
        raise Nonsense
    assert ok is not None
    return ok


def _from_trouble(trouble: _Trouble, request: Request) -> Answered:
    if trouble.kind == "no_reader" and isinstance(request, Read):
        return NoReader()
    if trouble.kind == "out_of_memory":
        return NotChecked(reason="out_of_memory")
    if trouble.kind == "failed":
        return NotChecked(reason="died")
    if trouble.kind == "unreadable" and trouble.reason in get_args(UnreadableReason):
        return Unreadable.model_validate({"reason": trouble.reason, "detail": trouble.detail})
    if trouble.kind == "not_written" and trouble.reason in get_args(NotWrittenReason):
        return NotWritten.model_validate({"reason": trouble.reason})
    raise Nonsense


@cache
def _answer_model(verb: str) -> type[Facts]:
    ok: Any = _OK[verb] | None
    return create_model(
        "Answer",
        __base__=Facts,
        id=(Annotated[int, Field(ge=0, le=2**53)], ...),
        ok=(ok, None),
        error=(_Trouble | None, None),
    )
