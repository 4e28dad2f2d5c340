"""The ``inspect`` verb: what one file is and shows. Runs only in worker processes.

Looks at the file before opening it, reads it once for its hash, decides its type by its bytes, and has the reader of
that type measure it. A file that its reader refuses becomes ``Unreadable``; a measurement that fails on a file that
could be opened is our own failure, says nothing about the file and leaves as an exception.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from degreecheck.facts import DOCUMENT_TYPES, PICTURE_TYPES, Box, FileFacts, FileType, ScanFacts, Unreadable
from degreecheck.file_types import claimed_type
from degreecheck.inspectors import limits, opening, sniff
from degreecheck.inspectors.unreadable import CannotRead

T = TypeVar("T")

SCAN_PAGES = 5  # of a document or a TIFF of several pages: FileFacts.scan holds no more
MEASURED_PIXELS = 2_000_000  # what a scan's measurements use, see scan.py
_MEASURED = frozenset({"photo", "scan"})  # parts measured by a module of the same name, slow to load


def load(path: Path, parts: frozenset[str]) -> None:
    """Import what this request will most likely need, so that imports are not counted against the file.

    Goes by the name alone, for the file is not to be touched before the request is accepted; a wrong guess costs time.
    """
    claimed = claimed_type(path.name)
    if claimed in DOCUMENT_TYPES:
        import_module(f"degreecheck.inspectors.{'pdf' if claimed == 'pdf' else 'word'}")
        wanted = {"scan"} & parts if claimed == "pdf" else frozenset[str]()
    else:
        import_module("degreecheck.inspectors.image")
        wanted = parts | {"scan"} if "document" in parts else parts
    for part in sorted(wanted & _MEASURED):
        import_module(f"degreecheck.inspectors.{part}")


def inspect_file(path: Path, parts: frozenset[str], crop: Box | None = None) -> FileFacts:
    """Everything asked about one file.

    ``parts``: "photo", "scan" (pictures, and pages of a PDF), "document" (PDF and Word; a picture in their place is
    measured as a scan). ``crop`` is relative to the upright picture and applies to "photo". Raises MemoryError, and
    whatever a measurement (not a reader) raises.
    """
    try:
        content = opening.read_content(path)
    except CannotRead as refusal:
        return FileFacts(size=_stated_size(path), unreadable=refusal.as_fact())
    kind = sniff.sniff(content.head, path)
    known = {"size": content.size, "sha256": content.sha256, "type": kind}
    try:
        seen = _read(path, kind, parts, crop)
    except CannotRead as refusal:
        seen = {"unreadable": refusal.as_fact()}
    if not _still_the_same(path, content):
        return FileFacts(size=content.size, unreadable=Unreadable(reason="in_use", detail="changed while it was read"))
    return FileFacts.model_validate(known | seen)


def _read(path: Path, kind: FileType, parts: frozenset[str], crop: Box | None) -> dict[str, Any]:
    if kind == "empty":
        raise CannotRead("empty")
    if kind == "unknown":
        raise CannotRead("unknown_format")
    if kind == "encrypted_office":
        raise CannotRead("encrypted")
    if kind in PICTURE_TYPES:
        return _read_picture(path, kind, parts, crop)
    if kind == "pdf":
        return _read_pdf(path, parts)
    if kind in DOCUMENT_TYPES:
        return _read_word(path, kind)
    return {}


def _read_picture(path: Path, kind: FileType, parts: frozenset[str], crop: Box | None) -> dict[str, Any]:
    from degreecheck.inspectors import image

    # Only the photo's measurements need every pixel; for all else JPEG's decoder may leave out what is reduced anyway.
    pixels = None if "photo" in parts else MEASURED_PIXELS
    try:
        picture = _decoded(partial(image.open_picture, path, pixels=pixels))
    except CannotRead as refusal:
        if refusal.reason == "unknown_format":  # it begins like a picture, so it is one, and damaged
            raise CannotRead("damaged", "header") from refusal
        raise
    seen: dict[str, Any] = {"image": picture.facts}
    full_size = (picture.facts.width, picture.facts.height)
    if "photo" in parts:
        from degreecheck.inspectors import photo

        seen["photo"] = photo.measure_photo(picture.rgb, crop, size=full_size)
    if not parts.isdisjoint({"scan", "document"}):
        from degreecheck.inspectors import scan

        until = time.monotonic() + limits.MEASURE_SECONDS
        pages = [scan.measure_scan(picture.rgb, full_size)]
        for frame in range(1, min(picture.facts.frames, SCAN_PAGES) if kind == "tiff" else 1):
            if time.monotonic() > until:
                break  # a slow machine: fewer pages are better than none
            page = _later_page(partial(image.open_picture, path, pixels=pixels, frame=frame))
            if page is None:
                break
            pages.append(scan.measure_scan(page.rgb, (page.facts.width, page.facts.height)))
        seen["scan"] = tuple(pages)
    return seen


def _read_pdf(path: Path, parts: frozenset[str]) -> dict[str, Any]:
    from degreecheck.inspectors import pdf

    facts = _decoded(partial(pdf.inspect_pdf, path))
    seen: dict[str, Any] = {"pdf": facts}
    if "scan" in parts:
        from degreecheck.inspectors import scan

        pages: list[ScanFacts] = []
        until = time.monotonic() + limits.MEASURE_SECONDS
        for page in range(min(facts.pages, SCAN_PAGES)):
            if pages and time.monotonic() > until:
                break  # a slow machine: fewer pages are better than none
            rgb = _later_page(partial(pdf.render_page, path, page, limits.MEASURED_SIDE))
            if rgb is None:
                break
            pages.append(scan.measure_scan(rgb))
        seen["scan"] = tuple(pages) or None
    return seen


def _read_word(path: Path, kind: FileType) -> dict[str, Any]:
    from degreecheck.inspectors import word

    return {"word": _decoded(partial(word.inspect_word, path, kind))}


def _decoded(read: Callable[[], T]) -> T:
    """What a reader makes of the file. Raises CannotRead, also for what hostile bytes do to a library."""
    try:
        return read()
    except (CannotRead, MemoryError):
        raise
    except OSError as error:
        raise opening.cannot_read(error) if error.errno else CannotRead("damaged", type(error).__name__) from error
    except Exception as error:
        # The class alone: messages quote file names and contents.
        raise CannotRead("damaged", type(error).__name__) from error


def _later_page(read: Callable[[], T]) -> T | None:
    """A page of a file that could be opened; None for one that cannot be shown, which the file's own facts tell of."""
    try:
        return _decoded(read)
    except CannotRead:
        return None


def _stated_size(path: Path) -> int:
    try:
        return max(0, path.lstat().st_size)
    except (OSError, ValueError):
        return 0


def _still_the_same(path: Path, content: opening.Content) -> bool:
    """Whether the file is still what was hashed: readers open it anew, and somebody may be saving it."""
    try:
        return opening.unchanged(content.seen, path.lstat())
    except OSError:
        return False
