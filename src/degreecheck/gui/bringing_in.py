"""Bringing files into an application folder: what may come in, under which name, and why something may not.

Runs in threads. Originals are only read, by a worker; a file that lies in the folder already is never copied again.
"""

from __future__ import annotations

import contextlib
import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from degreecheck import paths, slot_names
from degreecheck.facts import FileFacts, FileType, Unreadable
from degreecheck.file_names import legal_name
from degreecheck.file_types import claimed_type
from degreecheck.gui import copied_list
from degreecheck.gui.copied_list import CopiedFile
from degreecheck.inspectors.messages import Copied, Copy, Inspect, NotWritten
from degreecheck.inspectors.opening import check_size, look
from degreecheck.inspectors.unreadable import CannotRead
from degreecheck.inspectors.writing import CannotWrite, cannot_write, written

if TYPE_CHECKING:
    from degreecheck.inspectors.pool import Pool

FOLDER = "materials"
_STEM = 60  # characters; with the folder's own path it stays below Windows' 260
_TRIES = 200  # other names, while somebody else's file has just taken the one chosen

# What can be nobody's material, told by the name alone; everything else is copied and judged by its bytes (MAT103).
_NEVER: dict[FileType, str] = {
    "zip": "archive", "rar": "archive", "7z": "archive", "program": "program", "shortcut": "shortcut",
    "video": "video", "html": "not_a_material", "text": "not_a_material", "ooxml": "not_a_material",
    "ole": "not_a_material",
}  # fmt: skip
_NO_PICTURES: frozenset[FileType] = frozenset({"pdf", "docx", "doc", "rtf", "ofd", "caj"})


@dataclass(frozen=True)
class Refused:
    """A file that was not taken, and why: a key of [ui.files.refused] in the text files."""

    name: str
    reason: str


@dataclass(frozen=True)
class Brought:
    """A file that may be listed now: its path relative to the folder; ``copied`` where it was copied in just now."""

    file: str
    copied: CopiedFile | None = None


def bring_in(
    sources: Sequence[Path], folder: Path, slot: str, files: Iterable[str], pool: Pool
) -> list[Brought | Refused]:
    """Bring each file in, or tell why not. ``files``: those that lie in the folder, relative."""
    present = list(files)
    answers = []
    for source in sorted(sources, key=lambda path: slot_names.natural_key(path.name)):
        answer = _bring(source, folder, slot, present, pool)
        if isinstance(answer, Brought):
            present.append(answer.file)
        answers.append(answer)
    return answers


def save_picture(data: bytes, stem: str, folder: Path) -> Brought | Refused:
    """A picture from the clipboard, PNG, as a new file of the folder."""
    import hashlib

    name = f"{stem}.png"
    trouble = _make_place(folder)
    if trouble:
        return Refused(name, trouble)
    for target in _targets(folder, name):
        try:
            with written(target) as file:
                file.write(data)
        except CannotWrite as refusal:
            if refusal.reason == "exists":
                continue
            return Refused(name, _WRITING[refusal.reason])
        copied = CopiedFile(f"{FOLDER}/{target.name}", len(data), hashlib.sha256(data).hexdigest())
        return _recorded(folder, copied)
    return Refused(name, "not_copied")


_WRITING = {
    "no_space": "no_space", "no_permission": "folder_closed", "exists": "not_copied", "does_not_fit": "not_copied",
    "same_file": "not_copied", "failed": "not_copied",
}  # fmt: skip


def _bring(source: Path, folder: Path, slot: str, present: Sequence[str], pool: Pool) -> Brought | Refused:
    name = source.name
    try:
        real = source.resolve(strict=True)  # whoever drops a link means the file behind it
        if real.is_dir():
            return Refused(name, "folder")
        size = _ordinary_size(real)
        inside = _relative(real, folder)
    except CannotRead as trouble:
        return Refused(name, trouble.reason)
    except PermissionError:
        return Refused(name, "no_permission")
    except (OSError, RuntimeError, ValueError):  # RuntimeError: links in a circle
        return Refused(name, "gone")
    reason = refusal_of(name, slot) or ("empty" if not size else "")
    if inside is not None:
        own = inside.split("/")[0].casefold() in (paths.FORM_NAME, paths.PROGRAM_FOLDER)
        return Refused(name, "own") if own else Refused(name, reason) if reason else Brought(inside)
    if reason:
        return Refused(name, reason)
    same = _same_file(real, size, folder, present, pool)
    return Brought(same) if same else _copy(real, size, folder, pool)


def refusal_of(name: str, slot: str) -> str:
    """Why a file of this name can be no material for the slot; "" where it can."""
    if slot_names.is_ignored(name):
        return "temporary"
    kind = claimed_type(name)
    if kind is None:
        return ""
    if slot == "photo" and kind in _NO_PICTURES:
        return "not_a_picture"
    return _NEVER.get(kind, "")


def _ordinary_size(path: Path) -> int:
    info = look(path)
    check_size(info)
    return info.st_size


def _relative(path: Path, folder: Path) -> str | None:
    try:
        relative = path.relative_to(folder.resolve())
        return paths.folded(relative.as_posix())
    except (ValueError, paths.UnsafePath):
        return None


def _same_file(source: Path, size: int, folder: Path, present: Iterable[str], pool: Pool) -> str:
    """The file of the folder that holds the same bytes; "" without one."""
    alike = [file for file in present if _size_of(folder, file) == size]
    wanted = _hash(source, pool) if alike else ""
    return next((file for file in alike if wanted and _hash(folder / file, pool) == wanted), "")


def _size_of(folder: Path, file: str) -> int:
    try:
        return paths.inside(folder, file).lstat().st_size
    except (OSError, paths.UnsafePath):
        return -1


def _hash(path: Path, pool: Pool) -> str:
    facts = pool.ask(Inspect(path, frozenset()))
    return facts.sha256 if isinstance(facts, FileFacts) else ""


def is_unchanged(folder: Path, copied: CopiedFile, pool: Pool) -> bool:
    """Whether the file still is what was copied in."""
    if _size_of(folder, copied.name) != copied.size:
        return False
    return _hash(folder / copied.name, pool) == copied.sha256


def _copy(source: Path, size: int, folder: Path, pool: Pool) -> Brought | Refused:
    name = source.name
    trouble = _make_place(folder)
    if trouble:
        return Refused(name, trouble)
    for target in _targets(folder, name):
        result = pool.ask(Copy(source, target, size))
        if isinstance(result, Copied):
            return _recorded(folder, CopiedFile(f"{FOLDER}/{target.name}", result.size, result.sha256))
        if isinstance(result, Unreadable):
            return Refused(name, result.reason)
        if not isinstance(result, NotWritten):
            return Refused(name, "not_copied")
        if result.reason != "exists":
            return Refused(name, _WRITING[result.reason])
    return Refused(name, "not_copied")


def _make_place(folder: Path) -> str:
    """Make the folder for files; "" or the reason why there is none."""
    try:
        paths.inside(folder, FOLDER).mkdir(exist_ok=True)
    except FileNotFoundError:
        return "folder_gone"
    except FileExistsError:
        return "not_copied"  # a file bears its name
    except OSError as error:
        return _WRITING[cannot_write(error).reason]
    except paths.UnsafePath:
        return "folder_closed"
    return ""


def _recorded(folder: Path, copied: CopiedFile) -> Brought:
    with contextlib.suppress(OSError, paths.UnsafePath):  # not on the list: it is never thrown away, no more
        copied_list.add(folder, [copied])
    return Brought(copied.name, copied)


def _targets(folder: Path, name: str) -> Iterable[Path]:
    """Legal names for the file that are still free, one after the other."""
    try:
        taken = {_key(entry) for entry in os.listdir(folder / FOLDER)}  # noqa: PTH208 (names alone)
    except OSError:
        taken = set()
    free = (candidate for candidate in names_for(name) if _key(candidate) not in taken)
    return (folder / FOLDER / candidate for candidate in free)


def names_for(name: str) -> Iterable[str]:
    """Legal names for a file that people call ``name``: the nearest to it, then with numbers."""
    path = PurePosixPath(name.replace("\\", "_").replace("/", "_"))
    suffix = legal_name(path.suffix.lstrip("."), 8)
    stem = legal_name(path.stem, _STEM).lstrip(".~$ ") or "file"
    ending = f".{suffix}" if suffix else ""
    if _is_device(stem + ending):
        stem = f"_{stem}"
    yield stem + ending
    for number in range(2, _TRIES):
        yield f"{stem} ({number}){ending}"


def _is_device(name: str) -> bool:
    try:
        paths.relative_parts(name)
    except paths.UnsafePath:
        return True
    return False


def _key(name: str) -> str:
    # Two names that only differ so are one file on Windows or macOS.
    return unicodedata.normalize("NFC", name).casefold()
