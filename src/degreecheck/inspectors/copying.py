"""The ``copy`` verb: a file byte for byte, with the SHA-256 of what was written.

Imports nothing that is slow to load.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from degreecheck.inspectors import opening, writing
from degreecheck.inspectors.unreadable import CannotRead


def copy_file(source: Path, target: Path) -> dict[str, object]:
    """Copy; returns ``size`` and ``sha256`` (hex) of what was written.

    Raises CannotRead (``in_use`` when the source changed meanwhile) and writing.CannotWrite.
    """
    digest = hashlib.sha256()
    size = 0
    with opening.opened(source) as descriptor:
        before = os.fstat(descriptor)
        with writing.written(target) as file:
            for piece in opening.chunks(descriptor):
                file.write(piece)
                digest.update(piece)
                size += len(piece)
            if size != before.st_size or not opening.unchanged(before, os.fstat(descriptor)):
                raise CannotRead("in_use", "changed while it was copied")
    return {"size": size, "sha256": digest.hexdigest()}
