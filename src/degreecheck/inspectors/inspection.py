"""The ``inspect`` verb: what one file is and shows. Runs only in worker processes.

Looks at the file before opening it, reads it once for its hash, decides its type by its bytes, and has the reader of
that type measure it. A file that its reader refuses becomes ``Unreadable``; a measurement that fails on a file that
could be opened is our own failure, says nothing about the file and leaves as an exception.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from degreecheck.facts import DOCUMENT_TYPES, PICTURE_TYPES, Box, FileFacts, FileType, ScanFacts, Unreadable
from degreecheck.inspectors import limits, opening, sniff
from degreecheck.inspectors.unreadable import CannotRead

if TYPE_CHECKING:
    from degreecheck.inspectors.image import Picture

SCAN_PAGES = 5  # of a document or a picture of several frames: FileFacts.scan holds no more

# The modules, all slow to load, that each part needs.
_PICTURE_MODULES = {"photo": "photo", "scan": "scan"}


def load(path: Path, parts: frozenset[str]) -> None:
    """Import what this request will most likely need, so that imports are not counted against the file.

    Goes by the name alone, for the file is not to be touched before the request is accepted; a wrong guess costs time.
    """
    claimed = sniff.extension_types(path.name)
    if claimed in DOCUMENT_TYPES:
        import_module(f"degreecheck.inspectors.{'pdf' if claimed == 'pdf' else 'word'}")
        wanted = {"scan"} & parts if claimed == "pdf" else frozenset[str]()
    else:
        import_module("degreecheck.inspectors.image")
        wanted = parts
    for part in sorted(wanted & _PICTURE_MODULES.keys()):
        import_module(f"degreecheck.inspectors.{_PICTURE_MODULES[part]}")


def inspect_file(path: Path, parts: frozenset[str], crop: Box | None = None) -> FileFacts:
    """Everything asked about one file.

    ``parts``: "photo", "scan" (pictures, and pages of a PDF), "document" (PDF and Word), "text". ``crop`` is relative
    to the upright picture and applies to "photo". Raises MemoryError, and whatever a measurement (not a reader)
    raises.
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
    if kind in PICTURE_TYPES:
        return _read_picture(path, parts, crop)
    if kind == "pdf":
        return _read_pdf(path, parts)
    if kind in DOCUMENT_TYPES:
        return _read_word(path, kind)
    return {}


def _read_picture(path: Path, parts: frozenset[str], crop: Box | None) -> dict[str, Any]:
    from degreecheck.inspectors import image

    picture: Picture = _decoded(lambda: image.open_picture(path))
    seen: dict[str, Any] = {"image": picture.facts}
    if "photo" in parts:
        from degreecheck.inspectors import photo

        seen["photo"] = photo.measure_photo(picture.rgb, crop)
    if "scan" in parts:
        from degreecheck.inspectors import scan

        seen["scan"] = (scan.measure_scan(picture.rgb),)
    return seen


def _read_pdf(path: Path, parts: frozenset[str]) -> dict[str, Any]:
    from degreecheck.inspectors import pdf

    facts = _decoded(lambda: pdf.inspect_pdf(path))
    seen: dict[str, Any] = {"pdf": facts}
    if "scan" in parts:
        from degreecheck.inspectors import scan

        pages: list[ScanFacts] = []
        for page in range(min(facts.pages, SCAN_PAGES)):
            rgb = _decoded(lambda page=page: pdf.render_page(path, page, limits.MEASURED_SIDE))
            pages.append(scan.measure_scan(rgb))
        seen["scan"] = tuple(pages)
    return seen


def _read_word(path: Path, kind: FileType) -> dict[str, Any]:
    from degreecheck.inspectors import word

    return {"word": _decoded(lambda: word.inspect_docx(path) if kind == "docx" else word.inspect_doc(path))}


def _decoded(read: Callable[[], Any]) -> Any:
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
