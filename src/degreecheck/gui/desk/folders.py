"""Which folders of a desk are watched, and when forms were written. Reads folders: for a thread."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from degreecheck import paths, slot_names


def watched(desk: Path, rows: Iterable[tuple[str, str]], greatest: int) -> dict[str, str]:
    """The folders, and the files in them, with the applicant (``shown``) each belongs to; "" = the desk's own.

    At most so many: first the desk's and the classes' folders, then the applicants', then their subfolders,
    forms and other files.
    """
    found: dict[str, str] = {str(desk): ""}
    applicants = list(rows)
    for shown, _ in applicants:
        parts = Path(shown).parent.parts
        for depth in range(1, len(parts) + 1):
            found[str(desk.joinpath(*parts[:depth]))] = ""
    inside: list[tuple[str, str]] = []
    files: list[tuple[str, str]] = []
    for shown, place in applicants:
        found.setdefault(place, shown)
        if Path(place).is_dir():
            for path, is_folder in _below(place, 2):
                (inside if is_folder else files).append((path, shown))
    files.sort(key=lambda entry: not entry[0].endswith(paths.FORM_NAME))
    for path, shown in (*inside, *files):
        found.setdefault(path, shown)
    return {path: shown for path, shown in list(found.items())[:greatest] if Path(path).exists()}


def stamps(opened: Mapping[str, Path]) -> dict[str, int]:
    """When the form in each of these folders was last written, 0 where there is none."""
    found = {}
    for shown, path in opened.items():
        try:
            found[shown] = (path / paths.FORM_NAME).stat().st_mtime_ns
        except OSError:
            found[shown] = 0
    return found


def _below(place: str, levels: int) -> Iterable[tuple[str, bool]]:
    try:
        with os.scandir(place) as entries:
            for entry in entries:
                ignored = slot_names.is_ignored(entry.name) and entry.name != paths.FORM_NAME
                if ignored or paths.is_link(Path(entry.path)):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield entry.path, True
                    if levels > 1:
                        yield from _below(entry.path, levels - 1)
                else:
                    yield entry.path, False  # a file that is written in place changes no folder
    except OSError:
        return
