"""The tag files that make a folder a BagIt bag (RFC 8493). Verifying is the workers' affair (inspectors/bag.py)."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from degreecheck.bundle_layout import DECLARATION

INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
_DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True)
class BagFile:
    """A file of the bag: its name in it (forward slashes), its SHA-256 (hex) and its bytes."""

    name: str
    sha256: str
    size: int


def write_file(root: Path, name: str, data: bytes) -> BagFile:
    """Write a file that must not be there yet, and have the disk keep it. Raises OSError."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return BagFile(name, hashlib.sha256(data).hexdigest(), len(data))


def written_file(root: Path, name: str) -> BagFile:
    """A file that another process of ours has just written into the bag. Raises OSError."""
    with (root / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    return BagFile(name, digest, size)


def write_tags(root: Path, payload: Sequence[BagFile], info: Iterable[tuple[str, str]]) -> list[BagFile]:
    """Declare the folder a bag that holds ``payload``; returns the tag files. Raises OSError.

    ``info``: labels and values of bag-info.txt; the payload's size is added.
    """
    oxum = f"{sum(file.size for file in payload)}.{len(payload)}"
    lines = [f"{label}: {' '.join(value.split())}\n" for label, value in (*info, ("Payload-Oxum", oxum))]
    tags = [
        write_file(root, DECLARATION, _DECLARED.encode()),
        write_file(root, INFO, "".join(lines).encode("utf-8", "replace")),
        write_file(root, MANIFEST, _manifest(payload)),
    ]
    return [*tags, write_file(root, TAG_MANIFEST, _manifest(tags))]


def _manifest(files: Iterable[BagFile]) -> bytes:
    ordered = sorted(files, key=lambda file: file.name)
    return "".join(f"{file.sha256}  {_escaped(file.name)}\n" for file in ordered).encode("utf-8")


def _escaped(name: str) -> str:
    """2.1.3: line ends, and the sign that stands for them, are percent-encoded. Other systems compare in NFC."""
    escaped = name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
    return unicodedata.normalize("NFC", escaped)
