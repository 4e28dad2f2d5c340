"""What was measured before, so that an unchanged file is neither opened nor handed to a worker again.

An SQLite file in the user's cache folder with two tables. ``files``: a keyed hash of path, size, times and file
number says *unchanged* and gives, sealed under that same knowledge, the content's SHA-256. ``facts``: under a keyed
hash of the content's SHA-256, the reader's version and what was asked lie the facts, encrypted under a key made from
the SHA-256. So the file holds no path, name or number in clear, and what was read from a paper can be read back only
by who still has the paper.

The cache is a convenience: damaged it is set aside and begun anew, locked or without room it is done without, and
nothing of that is the person's affair.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from pydantic import ValidationError

from degreecheck.facts import Box, FileFacts, TextFacts

F = TypeVar("F", FileFacts, TextFacts)

FOLDER_VARIABLE = "DEGREECHECK_CACHE_DIR"  # replaces the user's cache folder
FILE_NAME = "facts.sqlite3"
SET_ASIDE_NAME = "facts.damaged"

_LAYOUT = 1  # of the tables; another one is set aside
_DAY = 24 * 60 * 60
_BUSY_SECONDS = 1.0  # another DegreeCheck writes for a moment; longer is a lock that a dead network left behind
_FLUSH_AFTER = 32  # entries kept back, so that a killed run loses at most these
_FLUSH_SECONDS = 2.0
_MAX_BYTES = 512 * 1024 * 1024  # 3 kB a file: a desk of ten thousand folders
_MAX_FACTS_BYTES = 16 * 1024 * 1024  # of one entry, unpacked
_NONCE_BYTES = 12  # NIST SP 800-38D, 5.2.1.1

# A file changed twice within the tick of its clock shows one time. FAT keeps two seconds, HFS+ and old ext one; a
# time that is no whole second comes from a file system whose ticks follow the system's timer (at most 16 ms on
# Windows).
_COARSE_TICK_NS = 2_000_000_000
_FINE_TICK_NS = 100_000_000

# Codes on which to go on without the cache for now; any other error of SQLite's means that the file is not what we
# wrote.
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_PROTOCOL,
}

_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (key BLOB PRIMARY KEY, content BLOB NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (key BLOB PRIMARY KEY, value BLOB NOT NULL, used INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as one look found it, before it is opened.

    ``steady``: a later change cannot hide behind the same times.
    """

    key: bytes
    seal: bytes
    steady: bool


def default_folder() -> Path:
    """The user's cache folder for this program, or the one that DEGREECHECK_CACHE_DIR names."""
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen)
    import platformdirs

    return platformdirs.user_cache_path("degreecheck", appauthor=False)


class Cache:
    """Facts of files seen before. May be used from any thread. Close it (``with``), or the last entries are lost."""

    def __init__(self, folder: Path | None = None, *, version: str = "", now: Callable[[], float] = time.time) -> None:
        """Open or begin the cache in ``folder``; facts of another reader's ``version`` are not found."""
        self._path = (folder or default_folder()) / FILE_NAME
        self._version = version.encode()
        self._now = now
        self._lock = threading.RLock()
        self._waiting: list[tuple[str, tuple[object, ...]]] = []
        self._flushed = now()
        self._secret = b""
        self._database: sqlite3.Connection | None = None
        self._open(second_try=False)

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def usable(self) -> bool:
        """Whether anything is kept at all."""
        return self._database is not None

    def look(self, path: Path, info: os.stat_result) -> Seen:
        """What ``info``, the file's state as ``path.lstat()`` tells it, means here. Opens nothing."""
        place = os.fsencode(path.absolute())
        state = f"{info.st_size}:{info.st_mtime_ns}:{info.st_ino}:".encode() + place
        tick = _FINE_TICK_NS if info.st_mtime_ns % 1_000_000_000 else _COARSE_TICK_NS
        return Seen(
            key=hashlib.blake2b(state, key=self._secret, person=b"file").digest(),
            seal=hashlib.blake2b(state, key=self._secret, person=b"seal", digest_size=32).digest(),
            steady=info.st_mtime_ns + tick < self._now() * 1e9,
        )

    def find(self, seen: Seen, parts: frozenset[str], crop: Box | None) -> FileFacts | None:
        """What is known of an unchanged file, or None."""
        sealed = self._one("SELECT content, used FROM files WHERE key = ?", seen.key)
        if sealed is None or len(sealed[0]) != len(seen.seal):
            return None
        content = _exclusive_or(sealed[0], seen.seal)
        key = self._facts_key(content, parts, crop)
        value = self._one("SELECT value, used FROM facts WHERE key = ?", key)
        if value is None:
            return None
        facts = _unlocked(FileFacts, value[0], content)
        if facts is not None and min(sealed[1], value[1]) < self._now() - _DAY:
            self._keep("UPDATE files SET used = ? WHERE key = ?", (int(self._now()), seen.key))
            self._keep("UPDATE facts SET used = ? WHERE key = ?", (int(self._now()), key))
        return facts

    def remember(self, seen: Seen, now: Seen, facts: FileFacts, parts: frozenset[str], crop: Box | None) -> None:
        """Keep what a worker found, given the looks taken before it was asked and after it answered.

        Only what is true of the content is kept: not a file that could not be opened, nor one that changed meanwhile,
        nor one changed so lately that another change might not show.
        """
        if not facts.sha256 or not seen.steady or now.key != seen.key:
            return
        content = bytes.fromhex(facts.sha256)
        used = int(self._now())
        key = self._facts_key(content, parts, crop)
        self._keep("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", (key, _locked(facts, content), used))
        sealed = _exclusive_or(content, seen.seal)
        self._keep("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", (seen.key, sealed, used))

    def find_text(self, sha256: str, page: int, reader: str) -> TextFacts | None:
        """What this reader once read on a page of a file with this content, or None."""
        content = bytes.fromhex(sha256)
        key = self._text_key(content, page, reader)
        value = self._one("SELECT value, used FROM facts WHERE key = ?", key) if content else None
        if value is None:
            return None
        text = _unlocked(TextFacts, value[0], content)
        if text is not None and value[1] < self._now() - _DAY:
            self._keep("UPDATE facts SET used = ? WHERE key = ?", (int(self._now()), key))
        return text

    def keep_text(self, text: TextFacts, page: int, reader: str) -> None:
        """Keep what a reader read; ``text`` says of which content it is."""
        content = bytes.fromhex(text.sha256)
        if content:
            values = (self._text_key(content, page, reader), _locked(text, content), int(self._now()))
            self._keep("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", values)

    def flush(self) -> None:
        """Write what was kept back."""
        with self._lock:
            if self._database is None or not self._waiting:
                return
            try:
                with self._database:
                    for statement, values in self._waiting:
                        self._database.execute(statement, values)
            except sqlite3.Error as error:
                self._give_up(error)
            self._waiting.clear()
            self._flushed = self._now()

    def close(self) -> None:
        """Write what was kept back, keep the file within its bounds, close it."""
        with self._lock:
            self.flush()
            if self._database is not None:
                with suppress(sqlite3.Error):
                    self._prune()
                self._close_database()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._waiting.clear()
            if self._database is not None:
                try:
                    with self._database:
                        self._database.execute("DELETE FROM files")
                        self._database.execute("DELETE FROM facts")
                    self._database.execute("VACUUM")
                except sqlite3.Error as error:
                    self._give_up(error)

    # ------------------------------------------------------------------------------------------------------- the file

    def _open(self, *, second_try: bool) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            database = sqlite3.connect(
                self._path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level="IMMEDIATE"
            )
        except (OSError, sqlite3.Error):
            return
        try:
            self._secret = _prepared(database)
            self._database = database
        except sqlite3.Error as error:
            database.close()
            if not second_try and not _passing(error) and self._set_aside():
                self._open(second_try=True)

    def _set_aside(self) -> bool:
        """Give a file that is not our cache another name, for whoever wants to know what happened to it."""
        try:
            self._path.replace(self._path.with_name(SET_ASIDE_NAME))
            for ending in ("-journal", "-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without the file; where it is not what we wrote, with a new one."""
        self._waiting.clear()
        self._close_database()
        if not _passing(error) and self._set_aside():
            self._open(second_try=True)

    def _close_database(self) -> None:
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None

    def _prune(self) -> None:
        """Drop the longest unused entries when the file has outgrown its bounds."""
        assert self._database is not None
        pages, free, page_bytes = (
            int(self._database.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("page_count", "freelist_count", "page_size")
        )
        if (pages - free) * page_bytes <= _MAX_BYTES:
            return
        with self._database:
            for table in ("files", "facts"):
                oldest = f"SELECT key FROM {table} ORDER BY used LIMIT (SELECT count(*) / 2 FROM {table})"
                self._database.execute(f"DELETE FROM {table} WHERE key IN ({oldest})")
        self._database.execute("PRAGMA incremental_vacuum").fetchall()

    # -------------------------------------------------------------------------------------------------------- entries

    def _facts_key(self, content: bytes, parts: frozenset[str], crop: Box | None) -> bytes:
        asked = ",".join(sorted(parts)) + "|" + ("" if crop is None else ",".join(f"{edge:.6f}" for edge in crop))
        what = content + len(self._version).to_bytes(4, "big") + self._version + asked.encode()
        return hashlib.blake2b(what, key=self._secret, person=b"facts").digest()

    def _text_key(self, content: bytes, page: int, reader: str) -> bytes:
        return self._facts_key(content, frozenset({f"text of page {page} by {reader}"}), None)

    def _one(self, question: str, key: bytes) -> tuple[bytes, int] | None:
        with self._lock:
            if self._database is None:
                return None
            try:
                row = self._database.execute(question, (key,)).fetchone()
            except sqlite3.Error as error:
                self._give_up(error)
                return None
        if row is None or not isinstance(row[0], bytes) or not isinstance(row[1], int):
            return None
        return row[0], row[1]

    def _keep(self, statement: str, values: tuple[object, ...]) -> None:
        with self._lock:
            self._waiting.append((statement, values))
            if len(self._waiting) >= _FLUSH_AFTER or self._now() - self._flushed > _FLUSH_SECONDS:
                self.flush()


def _passing(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", None)  # extended; the low byte is the kind
    return code is None or (code & 0xFF) in _PASSING


def _prepared(database: sqlite3.Connection) -> bytes:
    """Bring a connection's file into shape; returns its secret. Raises sqlite3.Error."""
    # A plain rollback journal: write-ahead logs need shared memory, which homes on a network do not have.
    database.execute("PRAGMA auto_vacuum = INCREMENTAL")
    database.execute("PRAGMA journal_mode = DELETE").fetchall()
    database.execute("PRAGMA synchronous = OFF")  # a cache: damaged by a power cut it is begun anew
    database.execute("PRAGMA trusted_schema = OFF")
    layout = int(database.execute("PRAGMA user_version").fetchone()[0])
    if layout == 0:
        with database:
            for statement in _TABLES.split(";"):
                database.execute(statement)
            database.execute("INSERT OR IGNORE INTO about VALUES ('secret', ?)", (os.urandom(32),))
            database.execute(f"PRAGMA user_version = {_LAYOUT}")
    elif layout != _LAYOUT:
        raise _other(f"layout {layout}")
    row = database.execute("SELECT value FROM about WHERE name = 'secret'").fetchone()
    if row is None or not isinstance(row[0], bytes) or len(row[0]) != 32:
        raise _other("no secret")
    database.execute("SELECT key, content, used FROM files LIMIT 1").fetchone()
    database.execute("SELECT key, value, used FROM facts LIMIT 1").fetchone()
    return row[0]


def _other(what: str) -> sqlite3.Error:
    error = sqlite3.DatabaseError(what)
    error.sqlite_errorcode = sqlite3.SQLITE_NOTADB
    return error


def _exclusive_or(first: bytes, second: bytes) -> bytes:
    return (int.from_bytes(first, "big") ^ int.from_bytes(second, "big")).to_bytes(len(first), "big")


def _locked(facts: FileFacts | TextFacts, content: bytes) -> bytes:
    """Facts without the SHA-256, packed and encrypted (AES-256-GCM) under a key made from it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    packed = zlib.compress(facts.model_dump_json(exclude={"sha256"}, exclude_defaults=True).encode(), 6)
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(_content_key(content)).encrypt(nonce, packed, None)


def _unlocked(kind: type[F], value: bytes, content: bytes) -> F | None:
    """The facts again; None when they are not what was written."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        packed = AESGCM(_content_key(content)).decrypt(value[:_NONCE_BYTES], value[_NONCE_BYTES:], None)
        facts = kind.model_validate_json(zlib.decompressobj().decompress(packed, _MAX_FACTS_BYTES))
    except (InvalidTag, ValueError, ValidationError, zlib.error):
        return None
    return facts.model_copy(update={"sha256": content.hex()})


def _content_key(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=32, person=b"degreecheck text").digest()
