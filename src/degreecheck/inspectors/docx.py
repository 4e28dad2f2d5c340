"""A .docx file: its text, and what else is packed into it. Runs only in worker processes."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO
from pathlib import Path

from degreecheck.facts import WordFacts
from degreecheck.inspectors import limits
from degreecheck.inspectors.attached import is_program, packed_files
from degreecheck.inspectors.containers import open_ole, open_zip, unpacked
from degreecheck.inspectors.docx_parts import ElementText, Package
from degreecheck.inspectors.docx_text import WordText
from degreecheck.inspectors.unreadable import CannotRead
from degreecheck.inspectors.wording import similarity_figures, tidy

TEXT_SECONDS = 3.0  # on the main part; a 300-page thesis takes 0.5
PARTS_SECONDS = 1.5  # on embedded objects, and on unpacking everything else once, to find damage
_EMBEDDED_BYTES = 32 * limits.MB
_HEADERS = 6


def inspect_docx(path: Path) -> WordFacts:
    """Facts of a .docx file.

    Raises CannotRead ("damaged", "encrypted", "bomb"), and OSError where the file cannot be opened.
    """
    with open_zip(path) as archive:
        package = Package(archive)
        main = _main_part(package)
        text = WordText()
        until = time.monotonic() + TEXT_SECONDS
        complete = package.hear(package.parts[main.lower()], text, limits.MAX_MEMBER_BYTES, until)
        text.finish()
        pages = tuple(page for page in map(tidy, text.pages) if page)[: limits.MAX_PAGES_WITH_TEXT]
        other_text, headers_broken = _headers(package, main)
        objects, files, programs, objects_broken = _embedded(package, time.monotonic() + PARTS_SECONDS)
        return WordFacts(
            characters=min(text.characters, 10_000_000),
            complete=complete,
            text_known=not (text.counts["foreign"] and not text.characters),
            first_pages=pages,
            other_text=other_text,
            stated_pages=_stated_pages(package),
            pictures=min(text.counts["picture"], 10_000_000),
            macros=any(name.endswith("vbaproject.bin") for name in package.parts),
            objects=objects,
            attachments=files,
            programs=programs,
            remote_template=_has_remote_template(package, main),
            parts_broken=headers_broken + objects_broken + _broken_parts(package, skip=main),
            similarity=similarity_figures(pages),
        )


def _main_part(package: Package) -> str:
    for relation in package.relations():
        if relation.kind == "officeDocument" and relation.target.lower() in package.parts:
            return relation.target
    if "word/document.xml" in package.parts:
        return "word/document.xml"
    raise CannotRead("damaged", "no main part")


def _headers(package: Package, main: str) -> tuple[str, int]:
    """The headers' text, and how many of them are broken."""
    lines: dict[str, None] = {}
    broken = 0
    try:
        found = [relation for relation in package.relations(main) if relation.kind == "header"]
    except CannotRead:
        return "", 1
    for relation in found[:_HEADERS]:
        member = package.parts.get(relation.target.lower())
        text = WordText()
        try:
            if member is not None:
                package.hear(member, text, limits.MAX_MEMBER_BYTES, time.monotonic() + 0.5)
        except CannotRead:
            broken += 1
            continue
        text.finish()
        lines.update(dict.fromkeys(map(tidy, text.pages)))
    return tidy("\n".join(lines)), broken


def _embedded(package: Package, until: float) -> tuple[int, int, int, int]:
    """Embedded objects, files packed among them, programs among those, and objects that are broken."""
    objects = files = programs = broken = 0
    for member in package.below("embeddings"):
        objects += 1
        name = member.filename
        if not name.lower().endswith(".bin"):  # workbooks of charts; anything else is judged by its name
            programs += is_program(name)
            continue
        if time.monotonic() > until or member.file_size > _EMBEDDED_BYTES:
            continue
        try:
            content = b"".join(unpacked(package.archive, member, _EMBEDDED_BYTES))
            with open_ole(BytesIO(content)) as ole:
                more_files, more_programs = packed_files(ole, until=until)
        except CannotRead as trouble:
            broken += trouble.reason == "damaged"
            continue
        files += more_files
        programs += more_programs
    return objects, files, programs, broken


def _has_remote_template(package: Package, main: str) -> bool:
    folder = main.rpartition("/")[0]
    try:
        relations = package.relations(f"{folder}/settings.xml")
    except CannotRead:
        return False
    return any(
        relation.kind == "attachedTemplate"
        and relation.external
        and relation.target.lower().startswith(("http:", "https:", "ftp:"))
        for relation in relations
    )


def _stated_pages(package: Package) -> int | None:
    for relation in package.relations():
        member = package.parts.get(relation.target.lower())
        if relation.kind == "extended-properties" and member is not None:
            pages = ElementText("Pages")
            try:
                package.hear(member, pages, limits.MB)
            except CannotRead:
                return None  # counted among the broken parts
            if pages.text.isascii() and pages.text.isdigit() and len(pages.text) < 6:
                return int(pages.text)
    return None


def _broken_parts(package: Package, skip: str) -> int:
    """How many other parts do not unpack to what their checksum says, as far as the time allows."""
    until = time.monotonic() + PARTS_SECONDS
    broken = 0
    for name, member in package.parts.items():
        if name != skip.lower() and not name.endswith(".rels") and "/embeddings/" not in name:
            broken += not _is_whole(package.archive, member, until)
    return broken


def _is_whole(archive: zipfile.ZipFile, member: zipfile.ZipInfo, until: float) -> bool:
    try:
        for _ in unpacked(archive, member, limits.MAX_UNPACKED_BYTES):
            if time.monotonic() > until:
                return True
    except CannotRead as trouble:
        return trouble.reason == "bomb"  # a blank picture may shrink absurdly; nothing here unpacks it
    return True
