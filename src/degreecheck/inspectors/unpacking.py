"""The ``unpack`` verb: a bundle's form and materials into a new folder, after the bundle was verified.

What the export made itself (report, copy sheet, prints) stays behind. Runs only in worker processes.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from degreecheck import bundle_layout
from degreecheck.inspectors import bag
from degreecheck.inspectors.bag_members import open_members
from degreecheck.inspectors.writing import CannotWrite, cannot_write, unfinished

_KEPT = "application.json"


def unpack(path: Path, target: Path, password: str = "") -> dict[str, Any]:
    """Unpack the bundle at ``path`` to the folder ``target``, which must not exist and appears whole or not at all.

    Returns what its verification found (messages.BagFacts); nothing is written unless that is without troubles.
    Raises CannotRead and CannotWrite.
    """
    found = bag.verify(path, password)
    if found["state"] != "read" or found.get("troubles"):
        return found
    growing = unfinished(target)
    try:
        if os.path.lexists(target):
            raise CannotWrite("exists")
        shutil.rmtree(growing, ignore_errors=True)
        try:
            _write(path, growing, password)
            growing.rename(target)
        finally:
            shutil.rmtree(growing, ignore_errors=True)
    except OSError as error:
        raise cannot_write(error) from error
    return found


def _write(path: Path, folder: Path, password: str) -> None:
    folder.mkdir(parents=True)
    with open_members(path, password) as members:
        for name, read in members.files.items():
            if not name.startswith(bag.PAYLOAD):
                continue
            file = name.removeprefix(bag.PAYLOAD)
            if file != _KEPT and bundle_layout.is_generated(file):
                continue
            place = folder / file  # the listing let safe names through only (paths.relative_parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as written:
                for piece in read():
                    written.write(piece)
