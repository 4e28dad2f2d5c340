"""Which files of an application folder this program copied in: ``.degreecheck/copied.json``, names and hashes alone.

Only what stands here is ever thrown away. The folder may come from anybody, so the list is believed only where it names
something inside the folder, and only for files that still are what was copied.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from degreecheck import paths

FILE_NAME = "copied.json"
_GREATEST_BYTES = 4 * 1024 * 1024
_GREATEST_ENTRIES = 5_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_changing = threading.Lock()  # jobs of one program; of two programs one may lose an entry, and that file simply stays


@dataclass(frozen=True)
class CopiedFile:
    """One file: its path relative to the folder, with forward slashes, its bytes and their SHA-256 (hex)."""

    name: str
    size: int
    sha256: str


def place(folder: Path) -> Path:
    """Where the list of a folder stands. Raises paths.UnsafePath where a link leads elsewhere."""
    return paths.inside(folder, f"{paths.PROGRAM_FOLDER}/{FILE_NAME}")


def exists(folder: Path) -> bool:
    """Whether this program has ever copied something in, or began the folder."""
    try:
        return place(folder).is_file()
    except (OSError, paths.UnsafePath):
        return False


def read(folder: Path) -> dict[str, CopiedFile]:
    """The list by name; entries that make no sense are left out, and a list that cannot be read is empty."""
    try:
        listed = place(folder)
        if listed.stat().st_size > _GREATEST_BYTES:
            return {}
        raw = json.loads(listed.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    entries = raw.get("files") if isinstance(raw, dict) else None
    if not isinstance(entries, list):
        return {}
    found = (_entry(entry) for entry in entries[:_GREATEST_ENTRIES])
    return {entry.name: entry for entry in found if entry is not None}


def begin(folder: Path) -> None:
    """The folder is this program's own making, though nothing has been copied in yet. Raises OSError, UnsafePath."""
    add(folder, ())


def add(folder: Path, copied: Iterable[CopiedFile]) -> None:
    """Put files on the list. Raises OSError, and paths.UnsafePath."""
    with _changing:
        _write(folder, read(folder) | {entry.name: entry for entry in copied})


def forget(folder: Path, names: Iterable[str]) -> None:
    """Take files off the list. Raises OSError, and paths.UnsafePath."""
    gone = set(names)
    with _changing:
        _write(folder, {name: entry for name, entry in read(folder).items() if name not in gone})


def _write(folder: Path, files: Mapping[str, CopiedFile]) -> None:
    entries = [{"name": entry.name, "size": entry.size, "sha256": entry.sha256} for entry in files.values()]
    text = json.dumps({"schema_version": 1, "files": entries}, ensure_ascii=False, indent=1)
    paths.write_atomically(place(folder), text.encode("utf-8"))


def _entry(raw: object) -> CopiedFile | None:
    if not isinstance(raw, dict):
        return None
    name, size, sha256 = raw.get("name"), raw.get("size"), raw.get("sha256")
    if not isinstance(name, str) or not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        return None
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        return None
    try:
        folded = paths.folded(name)
    except paths.UnsafePath:
        return None
    own = folded == paths.FORM_NAME or folded.casefold().startswith(paths.PROGRAM_FOLDER)
    return None if own else CopiedFile(folded, size, sha256)
