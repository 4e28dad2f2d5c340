"""The ``verify`` verb: is a bundle, a BagIt bag as a folder or zipped, complete and unchanged?

Every file is read once and hashed as it is read; nothing is unpacked and nothing is ever fetched. Stricter than RFC
8493, because a bundle is this program's own: SHA-256, both manifests, and no file that they do not name. Runs only
in worker processes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from degreecheck import paths
from degreecheck.inspectors import limits
from degreecheck.inspectors.bag_members import DECLARATION, Members, WrongPassword, open_members
from degreecheck.inspectors.unreadable import CannotRead

INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
PAYLOAD = "data/"

_LINE = re.compile(r"([0-9A-Fa-f]{64})[ \t]+\*?(\S[^\r\n]*)")  # RFC 8493, 2.1.3
_ESCAPES = {"%0A": "\n", "%0D": "\r", "%25": "%"}
_DECLARED = re.compile(  # 2.1.1
    rb"(\xef\xbb\xbf)?BagIt-Version: \d+\.\d+\s+Tag-File-Character-Encoding: UTF-8\s*", re.IGNORECASE
)
_LONGEST_NAME = 300


@dataclass
class _Verification:
    """What was found so far."""

    members: Members
    troubles: list[tuple[str, str]] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)  # of the files read, empty for one that cannot be
    bytes: int = 0

    def tell(self, kind: str, name: str) -> None:
        if (kind, name) not in self.troubles:
            self.troubles.append((kind, name))


def verify(path: Path, password: str = "") -> dict[str, Any]:
    """Verify the bundle; returns the fields of messages.BagFacts.

    Raises CannotRead when it cannot be read as a whole; what concerns single files is told in the result.
    """
    try:
        with open_members(path, password) as members:
            if not members.complete:
                return _told("not_a_bundle")
            return _verified(members)
    except WrongPassword as trouble:
        return _told("wrong_password" if trouble.given else "encrypted")


def _verified(members: Members) -> dict[str, Any]:
    found = _Verification(members, list(members.troubles))
    if not _DECLARED.fullmatch(_tag_file(found, DECLARATION)):
        return _told("not_a_bundle")
    tags = _manifest(found, TAG_MANIFEST, payload=False)
    payload = _manifest(found, MANIFEST, payload=True)
    expected = tags | payload
    # An unchanged tag manifest names all other tag files: one that leaves some out was made to hide a change.
    if TAG_MANIFEST in members.files and not {DECLARATION, INFO, MANIFEST} <= expected.keys():
        found.tell("changed", TAG_MANIFEST)
    present = {unicodedata.normalize("NFC", name): name for name in members.files}
    for name in (*expected, DECLARATION, INFO, MANIFEST, TAG_MANIFEST):
        if name not in present:
            found.tell("missing", name)
    for name in present:
        if name not in expected and name not in (DECLARATION, INFO, MANIFEST, TAG_MANIFEST):
            found.tell("extra", name)
    for name, wanted in expected.items():
        if name in present and _hash(found, present[name]) not in (wanted, ""):
            found.tell("changed", name)
    return _told("read", found)


def _told(state: str, found: _Verification | None = None) -> dict[str, Any]:
    troubles = found.troubles if found else []
    return {
        "state": state,
        "troubles": [{"kind": kind, "name": _plain(name)} for kind, name in troubles[: limits.MAX_BAG_TROUBLES]],
        "more": max(0, len(troubles) - limits.MAX_BAG_TROUBLES),
        "files": len(found.members.files) if found else 0,
        "bytes": found.bytes if found else 0,
    }


def _plain(name: str) -> str:
    return name[:_LONGEST_NAME].encode("utf-8", "replace").decode("utf-8")


def _manifest(found: _Verification, manifest: str, *, payload: bool) -> dict[str, str]:
    """The hashes that a manifest states, by name. What is wrong with its lines is told."""
    listed: dict[str, str] = {}
    seen = set()
    text = _tag_file(found, manifest).decode("utf-8-sig", "replace")
    for line in re.split(r"\r\n|\r|\n", text):
        if not line:
            continue
        stated = _LINE.fullmatch(line)
        if stated is None or "\ufffd" in line:
            found.tell("malformed", manifest)
            continue
        name = _unescaped(stated[2])
        try:
            safe = unicodedata.normalize("NFC", "/".join(paths.relative_parts(name)))
        except paths.UnsafePath as trouble:
            found.tell(trouble.reason, name)
            continue
        if safe in seen or safe.startswith(PAYLOAD) != payload:
            found.tell("malformed", manifest)
            continue
        seen.add(safe)
        listed[safe] = stated[1].lower()
    return listed


def _unescaped(name: str) -> str:
    return re.sub("%0[AaDd]|%25", lambda escape: _ESCAPES[escape[0].upper()], name)


def _tag_file(found: _Verification, name: str) -> bytes:
    """A tag file's bytes; none where it is missing. Its hash is taken on the way."""
    if name not in found.members.files:
        return b""
    data = bytearray()
    digest = hashlib.sha256()
    try:
        for piece in _pieces(found, name):
            data += piece
            digest.update(piece)
            if len(data) > limits.MAX_TAG_FILE_BYTES:
                raise CannotRead("bomb", f"{name} is over {limits.MAX_TAG_FILE_BYTES} bytes")
    except CannotRead as refusal:
        _unreadable(found, name, refusal)
        return b""
    found.hashes[name] = digest.hexdigest()
    return bytes(data)


def _hash(found: _Verification, name: str) -> str:
    """A file's SHA-256 (hex), empty where it cannot be read, which is then told."""
    if name not in found.hashes:
        digest = hashlib.sha256()
        try:
            for piece in _pieces(found, name):
                digest.update(piece)
            found.hashes[name] = digest.hexdigest()
        except CannotRead as refusal:
            _unreadable(found, name, refusal)
    return found.hashes[name]


def _unreadable(found: _Verification, name: str, refusal: CannotRead) -> None:
    """A damaged member of a zip is a changed file; one that is kept from us says nothing of its content."""
    if refusal.reason in ("bomb", "encrypted"):
        raise refusal
    kinds = {"damaged": "changed", "gone": "missing"}
    found.hashes[name] = ""
    found.tell(kinds.get(refusal.reason, "unreadable"), unicodedata.normalize("NFC", name))


def _pieces(found: _Verification, name: str) -> Iterator[bytes]:
    for piece in found.members.files[name]():
        found.bytes += len(piece)
        if found.bytes > limits.MAX_BAG_BYTES:
            raise CannotRead("bomb", f"over {limits.MAX_BAG_BYTES} bytes")
        yield piece
