"""From paths on the command line to results: what check, messages and copy share."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from degreecheck import folder, paths
from degreecheck import pack as packs
from degreecheck.commands._app import (
    ERRORS_FOUND,
    FINE,
    NOT_CHECKED,
    WRONG_USAGE,
    Trouble,
    pack_problem_lines,
    say,
)
from degreecheck.commands._bar import Bar
from degreecheck.desk import discovery, shards, zips
from degreecheck.desk.batch import BundleClosed, Judged, Options, check_desk
from degreecheck.desk.company import Desk, meet
from degreecheck.desk.discovery import Found
from degreecheck.desk.roster import Column, NoHeader, Roster
from degreecheck.desk.roster import read as read_roster
from degreecheck.desk.shards import Shard
from degreecheck.desk.survey import in_roster, survey
from degreecheck.desk.tables import TableUnreadable
from degreecheck.inspectors.cache import Cache
from degreecheck.inspectors.files import open_cache
from degreecheck.inspectors.pool import Pool
from degreecheck.output.verification import Verification
from degreecheck.pack import Pack, PackInvalid
from degreecheck.text import Texts


@dataclass(frozen=True)
class Wanted:
    """What a command was asked to look at, and how."""

    places: Sequence[Path]
    texts: Texts
    now: datetime
    pack: Pack | None = None
    roster: Path | None = None
    jobs: int | None = None
    recheck: bool = False
    quiet: bool = False
    shard: Shard | None = None
    read_text: bool = True


@dataclass
class Run:
    """A desk that is ready to be judged, and what has gone wrong so far. ``desks``: the folders of applicants."""

    desk: Desk
    desks: tuple[Path, ...]
    pool: Pool
    cache: Cache
    codes: list[int]
    wanted: Wanted
    keys: shards.Keys | None = None
    positions: tuple[int, ...] = ()  # of each person in the whole listing, of which a shard sees a part

    @property
    def single(self) -> bool:
        """Whether this is one applicant's folder and no desk."""
        return len(self.desk.people) == 1 and not self.desks

    def judged(self) -> Generator[Judged, None, None]:
        """Each result, in order, with its troubles told and counted; a bar shows how far it is."""
        wanted = self.wanted
        options = Options(wanted.now, wanted.pack, wanted.recheck, wanted.read_text)
        with Bar(len(self.desk.people), wanted.texts, quiet=wanted.quiet) as bar:
            results = check_desk(self.desk, options, pool=self.pool, cache=self.cache, on_files=bar.tell)
            with closing(results):
                for judged in results:
                    with bar.out_of_the_way():
                        self.codes += _told(judged, wanted.texts)
                        yield judged


def begin(wanted: Wanted, stack: ExitStack) -> Run:
    """Find everybody, read the roster, bring the two together. Raises Trouble for a roster that cannot be used."""
    roster = roster_at(wanted.roster, wanted.texts) if wanted.roster is not None else None
    codes: list[int] = []
    people = in_roster(row.values for row in roster.rows) if roster is not None else None

    def is_somebodys(name: str) -> bool:
        return discovery.bears_person(name) or (people is not None and people(name))

    everybody = _found(wanted.places, is_somebodys, wanted.texts, codes)
    desks = tuple(dict.fromkeys(one.desk for one in everybody if one.desk is not None))
    keys = None
    positions: Sequence[int] = range(len(everybody))
    if wanted.shard is not None:
        keys = shards.keys_for(roster, everybody)
        chosen = [place for place, one in enumerate(everybody) if wanted.shard.holds(one.shown)]
        everybody, positions = [everybody[place] for place in chosen], chosen
    pool = stack.enter_context(Pool(wanted.jobs))
    if any(discovery.is_zip(one.path.name) for one in everybody):
        private = stack.enter_context(TemporaryDirectory(prefix="degreecheck-", ignore_cleanup_errors=True))
        looked_into = zips.opened(everybody, Path(private), pool, is_somebodys)
        positions = [place for place, one in zip(positions, looked_into, strict=True) if one is not None]
        everybody = zips.kept(looked_into)
    cache = stack.enter_context(open_cache())
    desk = meet(
        list(survey(everybody)), roster, pool=pool, cache=cache, recheck=wanted.recheck,
        whole=bool(desks) and wanted.shard is None, every_photo=wanted.shard is not None,
    )  # fmt: skip
    return Run(desk, desks, pool, cache, codes, wanted, keys, tuple(positions))


def _found(places: Sequence[Path], wanted: discovery.BearsPerson, texts: Texts, codes: list[int]) -> list[Found]:
    found: list[Found] = []
    seen: set[Path] = set()
    for place in places:
        path = place.parent if place.name == paths.FORM_NAME and place.is_file() else place
        try:
            here = [one for one in discovery.discover(path, wanted) if one.path.absolute() not in seen]
        except folder.NotAFolder as trouble:
            say(texts.get(f"console.{trouble.reason}", path=str(place)))
            codes.append(WRONG_USAGE)
            continue
        if not here and path.absolute() not in {one.parent for one in seen}:
            say(texts.get("console.no_applicant", path=str(place)))
            codes.append(WRONG_USAGE)
        seen.update(one.path.absolute() for one in here)
        found += here
    return found


# ----------------------------------------------------------------------------------------------------------- the roster


def roster_at(path: Path, texts: Texts) -> Roster:
    """Read a roster and tell, on stderr, what was made of it. Raises Trouble."""
    try:
        roster = read_roster(path)
    except TableUnreadable as trouble:
        raise Trouble(texts.get("roster.unreadable", file=str(path), reason=trouble.reason)) from None
    except NoHeader:
        raise Trouble(texts.get("roster.no_header", file=str(path))) from None
    if not roster.rows:
        raise Trouble(texts.get("roster.no_rows", file=str(path)))
    for line in roster_lines(roster, texts):
        say(line)
    return roster


def roster_lines(roster: Roster, texts: Texts) -> Iterator[str]:
    """What was made of a roster: its columns, those left aside and why, damaged and repeated rows."""
    fields = [column.field.split("|")[0] for column in roster.columns if column.field]
    yield texts.get("roster.read", rows=len(roster.rows), fields=fields)
    unknown = [column.header for column in roster.columns if column.use in ("unknown", "loose") and column.header]
    if unknown:
        yield texts.get("roster.unknown", columns=unknown)
    for use in ("conflict", "ticks"):
        claims: dict[str, list[Column]] = {}
        for column in roster.columns:
            if column.use == use:
                claims.setdefault(column.claimed, []).append(column)
        for field, columns in claims.items():
            shown = [f"{column.letter} {column.header}".strip() for column in columns]
            yield texts.get(f"roster.{use}", columns=shown, field=field.split("|")[0])
    damaged = sum(bool(row.damaged) for row in roster.rows)
    for key, value in (("damaged", damaged), ("repeated", roster.repeated), ("other_sheets", roster.other_sheets)):
        if value:
            yield texts.get(f"roster.{key}", count=value, rows=value, sheets=value)


# ------------------------------------------------------------------------------------------------------------ troubles


def _told(judged: Judged, texts: Texts) -> list[int]:
    codes = [_bundle_told(judged, texts)] if judged.bundle is not None else []
    if isinstance(judged.trouble, BundleClosed):
        return codes
    if judged.trouble is not None:
        codes.append(_trouble_told(judged.shown, judged.trouble, texts))
    elif judged.report is not None:
        codes.append(judged.report.exit_code)
    return codes


def _bundle_told(judged: Judged, texts: Texts) -> int:
    """Whether a bundle is still as it was exported, told on stderr where it is not."""
    assert isinstance(judged.bundle, Verification)
    if judged.bundle.outcome == "intact":
        return FINE
    if isinstance(judged.trouble, BundleClosed):
        if judged.bundle.outcome == "changed":
            say(texts.get("bundle.zip_changed", path=judged.shown))
            for sentence in judged.bundle.sentences(Path(judged.shown), texts):
                say(sentence)
            return ERRORS_FOUND
        say(texts.get("bundle.zip_closed", path=judged.shown, reason=closed_reason(judged.bundle, texts)))
        return NOT_CHECKED
    if judged.bundle.outcome == "unread":
        say(texts.get("bundle.check_unread", path=judged.shown, reason=judged.bundle.why(texts)))
        return NOT_CHECKED
    say(texts.get("bundle.check_changed", path=judged.shown))
    for sentence in judged.bundle.sentences(Path(judged.shown), texts):
        say(sentence)
    return ERRORS_FOUND


def closed_reason(verification: Verification, texts: Texts) -> str:
    """Why a zip was not opened, as part of a sentence."""
    if verification.outcome == "not_a_bundle":
        return texts.get("bundle.zip_ordinary")
    if verification.reason == "bundle.encrypted":
        return texts.get("bundle.zip_encrypted")
    return verification.why(texts)


def _trouble_told(shown: str, trouble: Exception, texts: Texts) -> int:
    if isinstance(trouble, folder.NotAFolder):
        say(texts.get(f"console.{trouble.reason}", path=shown))
        return WRONG_USAGE
    if isinstance(trouble, packs.NoSuchPack):
        named = texts.get("console.no_such_pack", name=str(trouble.args[0]), shipped=list(packs.shipped()))
        say(f"{shown}: {named}")
        return WRONG_USAGE
    if isinstance(trouble, PackInvalid):
        say("\n".join([f"{shown}:", *pack_problem_lines(trouble, texts)]))
        return WRONG_USAGE
    say(texts.get("desk.crashed", folder=shown, kind=type(trouble).__name__))
    return NOT_CHECKED
