"""To the recycle bin, and only what this program itself put into the folder. Runs in the background's writer."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile

from degreecheck import form_file, paths
from degreecheck.gui import copied_list
from degreecheck.gui.bringing_in import FOLDER, is_unchanged

if TYPE_CHECKING:
    from degreecheck.inspectors.pool import Pool

_UNFINISHED = re.compile(r"\.[0-9a-f]{16}\.part")  # inspectors.writing: what a killed copying leaves behind


@dataclass(frozen=True)
class Cleared:
    """What clearing did: relative names that went to the recycle bin, and those that stayed and should not have."""

    gone: tuple[str, ...]
    stayed: tuple[str, ...]


def throw_away(folder: Path, names: Iterable[str], pool: Pool) -> list[str]:
    """Throw away those of ``names`` that were copied in, are unchanged, and that the saved form lists nowhere.

    Returns what went. Where the form cannot be read, or the bin does not take a file, it stays.
    """
    from degreecheck.gui.materials import listed_files

    copied = copied_list.read(folder)
    wanted = [copied[name] for name in sorted(names) if name in copied]
    if not wanted:
        return []
    try:
        listed = listed_files(form_file.load(folder / paths.FORM_NAME).form)
    except form_file.FormUnreadable:
        return []
    unused = [entry for entry in wanted if entry.name not in listed]
    gone = [entry.name for entry in unused if is_unchanged(folder, entry, pool) and _trash(folder, entry.name)]
    if gone:
        with contextlib.suppress(OSError, paths.UnsafePath):
            copied_list.forget(folder, gone)
    return gone


def clearable(folder: Path) -> list[str]:
    """Relative names of what ``clear`` would throw away: files that were copied in, the form, and the own folder.

    Empty for a folder into which nothing was ever put: a folder that was only looked at is nobody's to clear.
    """
    if not copied_list.exists(folder):
        return []
    copied = [name for name, entry in copied_list.read(folder).items() if _is_there(folder, name, entry.size)]
    form = [paths.FORM_NAME] if (folder / paths.FORM_NAME).is_file() else []
    return [*copied, *_unfinished(folder), *form, paths.PROGRAM_FOLDER]


def clear(folder: Path, pool: Pool) -> Cleared:
    """Throw away what ``clearable`` names, but for files that are no longer what was copied in; those are kept.

    The list itself goes last, and only when nothing else stayed, so that clearing can be tried again.
    """
    names = clearable(folder)
    copied = copied_list.read(folder)
    gone: list[str] = []
    stayed: list[str] = []
    for name in names:
        kept = (
            stayed if name == paths.PROGRAM_FOLDER else name in copied and not is_unchanged(folder, copied[name], pool)
        )
        (gone if not kept and _trash(folder, name) else stayed).append(name)
    if not stayed:
        for empty in (folder / FOLDER, folder):
            with contextlib.suppress(OSError):  # not empty: something of the person's own lies there
                empty.rmdir()
    return Cleared(tuple(gone), tuple(stayed))


def _trash(folder: Path, name: str) -> bool:
    try:
        path = paths.inside(folder, name)
    except paths.UnsafePath:
        return False
    # Of the object: called with a name, PySide answers with a pair in its stubs and a bool in truth.
    return QFile(str(path)).moveToTrash()


def _is_there(folder: Path, name: str, size: int) -> bool:
    try:
        path = paths.inside(folder, name)
        return path.is_file() and path.stat().st_size == size
    except (OSError, paths.UnsafePath):
        return False


def _unfinished(folder: Path) -> list[str]:
    try:
        names = [entry.name for entry in (folder / FOLDER).iterdir() if _UNFINISHED.fullmatch(entry.name)]
    except OSError:
        return []
    return [f"{FOLDER}/{name}" for name in sorted(names)]
