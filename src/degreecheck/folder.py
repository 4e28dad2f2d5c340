"""The application folder on disk: its files, its form, and which folders below a folder are applicants'.

Only names and sizes are looked at here; files are opened in worker processes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from degreecheck import bundle_layout, form_file, paths, slot_names
from degreecheck.form import Form, FormSource

GREATEST_FILES = 2_000  # in one applicant's folder; a folder with more is none, or somebody's whole disk
GREATEST_DEPTH = 6
DESK_LEVELS = 2  # class folders nest: a desk's children, and their children


class NotAFolder(Exception):
    """The path is not a folder that can be listed. ``reason``: gone, not_a_folder, no_permission."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Folder:
    """One applicant's folder as found. Files are relative, with forward slashes, in natural order."""

    path: Path
    files: tuple[str, ...]
    form: Form
    form_source: FormSource
    form_sha256: str = ""
    form_unreadable: str = ""  # a form_file.FormProblem
    form_unreadable_line: int | None = None
    incomplete: bool = False  # there are files that were not listed: too many, too deep, or in a closed subfolder
    # Without a form: files whose names leave open to which of these slots they belong.
    unsure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load(path: Path) -> Folder:
    """Read one applicant's folder, or the payload of a bundle. Raises NotAFolder; a damaged form is no reason to.

    Whether a bundle is still as it was made is for its verification to say.
    """
    bundle = bundle_layout.bundle_of(path)
    if bundle is not None:
        path = bundle / bundle_layout.PAYLOAD
    files, incomplete = list_files(path)
    if bundle is not None:
        files = tuple(file for file in files if not bundle_layout.is_generated(file))
    form_path = path / paths.FORM_NAME
    if not paths.may_exist(form_path) and not paths.is_link(form_path):
        # A name that is no text (bytes of another encoding) cannot stand in a form: such a file stays unassigned.
        readable = [file for file in files if _is_text(file)]
        guesses = slot_names.guess_each(readable, own_words=words_of((bundle or path).name))
        guessed = slot_names.by_slot(guesses)
        form = Form(materials={slot: tuple(found) for slot, found in guessed.items()})
        unsure = {file: one.candidates for file, one in guesses.items() if one.slot is None and one.candidates}
        return Folder(path, files, form, "none", incomplete=incomplete, unsure=unsure)
    try:
        loaded = form_file.load(form_path)
    except form_file.FormUnreadable as trouble:
        return Folder(
            path, files, Form(), "file", form_unreadable=trouble.reason, form_unreadable_line=trouble.line,
            incomplete=incomplete,
        )  # fmt: skip
    return Folder(path, files, loaded.form, "file", loaded.sha256, incomplete=incomplete)


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def words_of(name: str) -> list[str]:
    """What a folder's name tells of its applicant: 张三-学位申请 says that files may bear the name 张三."""
    return [part for part in re.split(r"[-_+\s（(【\[]+", name) if part]


def list_files(path: Path) -> tuple[tuple[str, ...], bool]:
    """The files below a folder that can be somebody's material; whether some were not listed. Raises NotAFolder."""
    try:
        if not path.exists():
            raise NotAFolder("gone")
        if not path.is_dir():
            raise NotAFolder("not_a_folder")
        os.scandir(path).close()
    except PermissionError:
        raise NotAFolder("no_permission") from None
    except OSError:
        raise NotAFolder("gone") from None
    found: list[str] = []
    missed: list[str] = []
    whole = _collect(path, "", 0, found, missed)
    return tuple(sorted(found, key=slot_names.natural_key)), not whole or bool(missed)


def _collect(folder: Path, prefix: str, depth: int, found: list[str], missed: list[str]) -> bool:
    """Gather files, and the subfolders that could not be looked into; False when there are too many to go on."""
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        missed.append(prefix)
        return True
    for entry in ordered:
        if slot_names.is_ignored(entry.name) or paths.is_link(Path(entry.path)):
            continue
        if entry.is_dir(follow_symlinks=False):
            inside = f"{prefix}{entry.name}/"
            if depth >= GREATEST_DEPTH:
                missed.append(inside)
            elif not _collect(Path(entry.path), inside, depth + 1, found, missed):
                return False
        elif entry.is_file(follow_symlinks=False):
            if len(found) >= GREATEST_FILES:
                return False
            found.append(prefix + entry.name)
    return True


def is_applicant(path: Path) -> bool:
    """Whether a folder is one applicant's: has a form, is a bundle, or its files' or subfolders' names name slots."""
    if paths.may_exist(path / paths.FORM_NAME) or bundle_layout.bundle_of(path) is not None:
        return True
    try:
        with os.scandir(path) as entries:
            names = [entry.name for entry in entries if not slot_names.is_ignored(entry.name)]
    except OSError:
        return False
    return any(slot_names.names_a_slot(name) for name in names)


def applicant_folders(path: Path, levels: int = DESK_LEVELS) -> list[Path]:
    """The applicants' folders at or below a path, in the order of their names; empty when there are none.

    Raises NotAFolder.
    """
    list_top(path)
    return list(_applicants(path, levels))


def list_top(path: Path) -> list[str]:
    """The names in a folder. Raises NotAFolder."""
    try:
        if not path.exists():
            raise NotAFolder("gone")
        if not path.is_dir():
            raise NotAFolder("not_a_folder")
        return sorted(entry.name for entry in path.iterdir())
    except PermissionError:
        raise NotAFolder("no_permission") from None
    except OSError:
        raise NotAFolder("gone") from None


def _applicants(path: Path, levels: int) -> Iterable[Path]:
    if is_applicant(path):
        yield path
        return
    if levels == 0:
        return
    try:
        with os.scandir(path) as entries:
            children = sorted(
                (Path(entry.path) for entry in entries if _may_hold_applicants(entry)),
                key=lambda child: slot_names.natural_key(child.name),
            )
    except OSError:
        return
    for child in children:
        yield from _applicants(child, levels - 1)


def _may_hold_applicants(entry: os.DirEntry[str]) -> bool:
    ignored = slot_names.is_ignored(entry.name) or paths.is_link(Path(entry.path))
    return not ignored and entry.is_dir(follow_symlinks=False)
