"""A desk too large for one machine: split deterministically, checked anywhere, joined again.

A shard's lines carry, besides the report, keyed hashes of what two applicants may have in common (ID number,
certificate number, photo), so that a join finds coincidences across shards without any number in clear. The key is
made from what every shard has and no reader of the lines: the roster, or the first form of the desk. Who has those
has the numbers anyway. ID numbers are few enough to try them all, so an open hash would hide nothing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from degreecheck import bundle_layout, form_file, paths
from degreecheck.desk.company import Marks
from degreecheck.desk.discovery import Found
from degreecheck.desk.roster import Roster
from degreecheck.privacy import mask

GREATEST_COUNT = 100_000


@dataclass(frozen=True, slots=True)
class Shard:
    """The ``index``-th (1-based) of ``count`` parts."""

    index: int
    count: int

    def holds(self, shown: str) -> bool:
        """Whether the folder of this name, relative to its desk, is this shard's: the same on every machine."""
        name = unicodedata.normalize("NFC", shown).encode("utf-8", errors="surrogatepass")
        number = int.from_bytes(hashlib.blake2b(name, digest_size=8, person=b"shard").digest(), "big")
        return number % self.count == self.index - 1


def parse(text: str) -> Shard | None:
    """A shard from "3/16"; None for what is none."""
    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text.strip())
    if found is None:
        return None
    shard = Shard(int(found[1]), int(found[2]))
    return shard if 1 <= shard.index <= shard.count <= GREATEST_COUNT else None


@dataclass(frozen=True, slots=True)
class Keys:
    """The key of a desk's hashes. ``name`` tells two keys apart and says nothing of either."""

    secret: bytes
    name: str

    def hide(self, marks: Marks) -> Marks:
        """The marks with a keyed hash in the place of each number and photo."""
        photos = {mask(file): self._hidden("photo", content) for file, content in marks.photos.items()}
        number = self._hidden("id_number", marks.id_number)
        return Marks(
            marks.label, marks.name, number, self._hidden("certificate_number", marks.certificate_number), photos
        )

    def _hidden(self, what: str, value: str) -> str:
        if not value:  # which equals nothing
            return ""
        text = f"{what}:{value}".encode("utf-8", errors="surrogatepass")
        return hashlib.blake2b(text, key=self.secret, digest_size=16, person=b"mark").hexdigest()


def keys_for(roster: Roster | None, found: Sequence[Found]) -> Keys:
    """The key that every shard of one desk comes to: from the roster's bytes, else from those of the first form."""
    if roster is not None:
        return _keys(roster.sha256)
    for one in found:
        bundle = bundle_layout.bundle_of(one.path)
        form = (one.path if bundle is None else bundle / bundle_layout.PAYLOAD) / paths.FORM_NAME
        if paths.may_exist(form):
            try:
                return _keys(form_file.load(form).sha256)
            except form_file.FormUnreadable:
                continue
    return _keys("")  # no form: there are no numbers, only photos


def _keys(content: str) -> Keys:
    secret = hashlib.blake2b(content.encode(), person=b"shard key").digest()
    return Keys(secret, hashlib.blake2b(secret, digest_size=4, person=b"key name").hexdigest())


def shard_data(shard: Shard, keys: Keys, position: int, marks: Marks) -> dict[str, Any]:
    """What a shard's line says for the join. ``position``: of the folder in the listing of the whole desk."""
    hidden = keys.hide(marks)
    return {
        "index": shard.index,
        "count": shard.count,
        "position": position,
        "key": keys.name,
        "marks": {
            "id_number": hidden.id_number,
            "certificate_number": hidden.certificate_number,
            "photos": hidden.photos,
        },
    }
