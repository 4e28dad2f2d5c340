"""Which slot a file belongs to, guessed from its name and the names of its folders. Pure: no file is opened.

The one rule: unsure = unassigned, never wrong. A slot is given only when *every* part of the path is known (a word of
`slot_words`, a number, a date, one person's name) and the words together mean exactly one slot: the set of their
meanings is looked up in `slot_words.READINGS`. So an unknown word costs a guess and never makes a wrong one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from degreecheck import slot_words as words
from degreecheck.slot_reading import DOCUMENTS, PICTURES, Component, is_titled, joined, kinds_beside, read, split_type

__all__ = ["Guess", "by_slot", "guess", "guess_all", "guess_each", "is_ignored", "names_a_slot", "natural_key"]


@dataclass(frozen=True, slots=True)
class Guess:
    """What a path says: its slot (None = unsure), all slots it may be, in the form's order, the words that decided."""

    slot: str | None
    candidates: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A guess, and what the other files of the same applicant have to know of it."""

    guess: Guess
    folder: str = ""
    stem: str = ""
    named: bool = False  # the file's own name speaks; else only its folder's
    final: bool = False  # says that it is the last version
    persons: frozenset[str] = frozenset()
    shows: frozenset[str] = frozenset()  # the slots of which its folder is seen to hold something; "" = something else


_READINGS = {frozenset(tags.split()): slot for slot, sets in words.READINGS.items() for tags in sets}
_NEITHER = tuple(frozenset(pair.split()) for pair in words.NEITHER)
# Meanings that a folder can still change: 证书/成绩单.jpg, 四级/成绩.jpg, 成绩单/反面.jpg.
_VARYING = frozenset({"side", "both_sides", "picture", "score", "transcript"})
_OF_FOLDERS = frozenset({"papers", "graduation_word", "degree_word"})
# The extensions with which a slot is believed. Bytes are judged later; here a name only must not contradict itself.
_TYPES = {
    "photo": PICTURES,
    "thesis_document": DOCUMENTS,
    "similarity_report": DOCUMENTS | PICTURES,
    "proposal_report": DOCUMENTS | PICTURES,
    "task_book": DOCUMENTS | PICTURES,
}
_OTHER_TYPES = PICTURES | {"pdf"}
_FINAL = tuple(words.FILLERS["final"].split())
_IGNORED = frozenset(
    {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "application.json", "truth.json"}
)


def is_ignored(name: str) -> bool:
    """Whether files and folders of this name never count: what systems and programs leave behind, and our own."""
    folded = name.casefold()
    return folded.startswith((".", "~$")) or folded in _IGNORED


def guess(relative_path: PurePath | str, own_words: Iterable[str] = ()) -> Guess:
    """The slot that a path, relative to the applicant's folder, names by itself. Any text is legal.

    `own_words`: what is known of the applicant (name, major, school); they are read over. Once a name is among them, a
    path that bears another person's name is unsure. `guess_all` also weighs an applicant's files against each other.
    """
    return _reading(relative_path, tuple(own_words)).guess


def guess_all(paths: Iterable[PurePath | str], own_words: Iterable[str] = ()) -> dict[str, list[str]]:
    """The slots of one applicant's files, each with its files in the order of their pages; see `guess_each`.

    `paths` are relative to the applicant's folder and given back as they came (as text), the slots in the form's order.
    A file that is in no slot is unassigned.
    """
    return by_slot(guess_each(paths, own_words))


def by_slot(guesses: Mapping[str, Guess]) -> dict[str, list[str]]:
    """The files of each slot that was guessed, as `guess_all` gives them."""
    found: dict[str, list[str]] = {}
    for path, one in guesses.items():
        if one.slot:
            found.setdefault(one.slot, []).append(path)
    return {slot: sorted(found[slot], key=_page_key) for slot in words.SLOTS if slot in found}


def guess_each(paths: Iterable[PurePath | str], own_words: Iterable[str] = ()) -> dict[str, Guess]:
    """Every file's guess after an applicant's files were weighed against each other; ignored ones are left out.

    Unsure become: files that only their folder names, where it holds something else besides (成绩单/1.jpg beside
    成绩单/毕业证.jpg); several files for a slot that takes one (照片.jpg and 照片原图.jpg), unless just one of them
    says it by its own name, or says that it is the final version, or they are one thesis in several formats; files
    of several persons for one slot. Their candidates stay, for whoever can look at the pictures.
    """
    own = tuple(own_words)
    readings = {str(path): _reading(path, own) for path in paths if not any(map(is_ignored, _parts(path)))}
    shown: dict[str, frozenset[str]] = {}
    for reading in readings.values():
        shown[reading.folder] = shown.get(reading.folder, frozenset()) | reading.shows
    claims: dict[str, dict[str, _Reading]] = {}
    refused: set[str] = set()
    for path, reading in readings.items():
        slot = reading.guess.slot
        if slot and not reading.named and shown[reading.folder] != {slot}:
            refused.add(path)
        elif slot:
            claims.setdefault(slot, {})[path] = reading
    for slot, claimants in claims.items():
        refused.update(_refused(slot, claimants))
    return {
        path: Guess(None, reading.guess.candidates, reading.guess.words) if path in refused else reading.guess
        for path, reading in readings.items()
    }


def _refused(slot: str, claimants: Mapping[str, _Reading]) -> Iterable[str]:
    if len(frozenset().union(*(reading.persons for reading in claimants.values()))) > 1:
        return claimants
    if slot not in words.SINGLE or len({(reading.folder, reading.stem) for reading in claimants.values()}) == 1:
        return claimants if slot == "photo" and len(claimants) > 1 else ()
    for sign in ("named", "final"):
        sure = [path for path, reading in claimants.items() if getattr(reading, sign)]
        if len(sure) == 1:
            return [path for path in claimants if path not in sure]
    return claimants


def names_a_slot(name: str) -> bool:
    """Whether a file or folder of this name belongs to an applicant: 证件/, 论文/, 身份证正面.jpg; never 照片要求.docx.

    A folder with a person's name is a person's own (张三-论文/ on a desk) and names no slot; a file may bear the name.
    """
    if is_ignored(name):
        return False
    stem, extension = split_type(name)
    component = read(stem, ())
    if component.vetoes or component.unknown or (component.persons and extension not in PICTURES | DOCUMENTS):
        return False
    return "papers" in component.tags or bool(_candidates(component.tags - {"side", "other_word"}, extension))


def natural_key(path: PurePath | str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """A sort key for paths: numbers by their value (2 before 10), letters by their code, a folder's files together."""
    return tuple(_natural(part) for part in _parts(path))


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    chunks = re.findall(r"[0-9]+|[^0-9]+", unicodedata.normalize("NFKC", text).casefold())
    return tuple((0, int(chunk[:999]), chunk) if chunk[0] in "0123456789" else (1, 0, chunk) for chunk in chunks)


_ORDINALS = str.maketrans(
    {"正": "1", "反": "2", "背": "2", "上": "1", "中": "2", "下": "3", "左": "1", "右": "2"}
    | {numeral: str(number) for number, numeral in enumerate("一二三四五六七八九十", 1)}
)


def _page_key(path: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Pages in their order: 成绩单 before 成绩单(1), 正面 before 反面, 第一页 before 第二页."""
    *folders, name = _parts(path)
    stem = split_type(name)[0]
    return (*(_natural(part.translate(_ORDINALS)) for part in (*folders, stem)), _natural(name))


def _parts(path: PurePath | str) -> list[str]:
    return [part for part in re.split(r"[\\/]", str(path)) if part not in ("", ".")]


def _reading(path: PurePath | str, own_words: tuple[str, ...]) -> _Reading:
    parts = _parts(path)
    if not parts or ".." in parts or any(map(is_ignored, parts)):
        return _Reading(Guess(None))
    stem, extension = split_type(parts[-1])
    folders, file = [read(part, own_words) for part in parts[:-1]], read(stem, own_words)
    components = [*folders, file]
    tags = frozenset().union(*(component.tags for component in components))
    vetoes = tuple(word for component in components for word in component.vetoes)
    persons = frozenset().union(*(component.persons for component in components))
    titled = bool(tags & words.TITLED) and tags <= words.TITLED | _OF_FOLDERS and is_titled(file)
    unknown = any(folder.unknown for folder in folders) or (file.unknown and not titled)

    context = _reduce(_context(components))
    refused = bool(vetoes) or any(pair <= context for pair in _NEITHER)
    candidates = () if refused else _candidates(context, extension)
    slot = None if refused or unknown or len(persons) > 1 else _slot(folders, file, context)
    if slot == "similarity_report" and not tags & {"similarity", "check_report"} and extension in ("doc", "docx"):
        slot = None  # 论文查重.docx may be the thesis that was sent to the check
    if slot == "english_two_score" and not tags - {"english_two"} and extension == "pdf":
        slot = None  # 自考英语二.pdf may be a textbook
    if slot and _fits(slot, extension):
        candidates = (slot,)
    else:
        slot = None
    said = tuple(item.text for component in components for item in component.items if item.kind in words.TAGS)
    shows = frozenset(candidates)
    if (refused or unknown) and extension in _OTHER_TYPES:
        shows |= {""}
    return _Reading(
        Guess(slot, candidates, vetoes or said),
        folder="/".join(parts[:-1]),
        stem=stem,
        named=bool(file.tags - {"side", "both_sides"}),
        final=any(final in item.text for item in file.items for final in _FINAL),
        persons=persons,
        shows=shows,
    )


def _slot(folders: list[Component], file: Component, context: frozenset[str]) -> str | None:
    components = [*folders, file]
    if file.tags == {"picture"} and not context <= {"picture", "portrait_photo"}:
        return None  # 准考证/照片.jpg: the permit photographed, or the photo for it?
    alone = _READINGS.get(_reduce(file.tags))
    slot = _READINGS.get(context) or (alone if alone in words.CERTAIN else None)
    if slot is None or any(_is_barred(slot, component) or _holds_two(component) for component in components):
        return None
    if slot != "thesis_document" and _last_titled(components) == "thesis":
        return None  # 查重论文.pdf, 查重报告/论文.pdf: the thesis after all?
    return slot if file.tags or _may_inherit(slot, context, file) else None


def _is_barred(slot: str, component: Component) -> bool:
    bars = words.BARRED.get(slot, words.BARRED_ELSEWHERE)
    return bool(component.tags) and not bars.isdisjoint(kinds_beside(component))


def _holds_two(component: Component) -> bool:
    pairs = [{_READINGS.get(frozenset({kind})) for kind in pair} for pair in joined(component)]
    return any(len(slots - {None}) == 2 for slots in pairs)


def _last_titled(components: list[Component]) -> str:
    kinds = [item.kind for component in components for item in component.items]
    return next((kind for kind in reversed(kinds) if kind in words.TITLED and kind != "checker"), "")


def _may_inherit(slot: str, context: frozenset[str], file: Component) -> bool:
    """Whether the folder's slot goes for a file whose own name says nothing."""
    if slot == "thesis_document":
        # 论文/1.docx may be any of the four papers; 论文/终稿.docx and one named by a title may not
        return file.unknown or any(item.kind == "final" for item in file.items)
    # 英语二/1.jpg may be the 考籍 page (M24), 查重/1.pdf the thesis, 证件照片/1.jpg a picture of a paper
    return not context <= {"english_two", "similarity_weak", "thesis", "either_photo"}


def _context(components: list[Component]) -> frozenset[str]:
    """All meanings of a path; a gathering folder (证书/, 照片/) steps back once something inside speaks for itself."""
    context: frozenset[str] = frozenset()
    for component in components:
        if component.tags - _VARYING:
            context -= words.GATHERING
        elif component.tags - {"picture"}:
            context -= words.GATHERING - {"certificate"}  # 证书/成绩单.jpg may be a language certificate's
        elif component.tags:
            context -= words.GATHERING - {"certificate", "picture"}
        context |= component.tags
    return context


def _reduce(tags: frozenset[str]) -> frozenset[str]:
    """Drops what does not matter beside a paper: that it was photographed, which of its pages it is, 毕业, 学位."""
    if tags & words.PHOTOGRAPHED:
        tags -= {"picture"}
    if tags & words.PAGED:
        tags -= {"side", "both_sides"}
    if tags & words.PAPERS and not tags & {"picture", "portrait_photo", "either_photo"}:
        tags -= {"graduation_word"}
    if tags & words.PAPERS and not tags & {"permit", "transcript", "score", "certificate"}:
        tags -= {"degree_word"}
    return tags - {"papers"} if tags & (words.PAPERS | {"portrait_photo"}) else tags


def _candidates(tags: frozenset[str], extension: str) -> tuple[str, ...]:
    possible = {slot for tag in _reduce(tags) for slot in words.CANDIDATES.get(tag, "").split()}
    return tuple(slot for slot in words.SLOTS if slot in possible and _fits(slot, extension))


def _fits(slot: str, extension: str) -> bool:
    return not extension or extension in _TYPES.get(slot, _OTHER_TYPES)
