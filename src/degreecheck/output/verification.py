"""Whether a bundle is complete and unchanged: asked of a worker, for bundles come from strangers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from degreecheck.facts import NotChecked, Unreadable
from degreecheck.inspectors import limits
from degreecheck.inspectors.messages import BagFacts, Result, Verify
from degreecheck.inspectors.pool import Pool
from degreecheck.text import Texts

Outcome = Literal["intact", "changed", "not_a_bundle", "unread"]
_MB = 1024 * 1024
_NOTHING = BagFacts(state="not_a_bundle")


@dataclass(frozen=True)
class Verification:
    """What came of it. ``reason``, a key of the texts, says why an "unread" bundle could not be verified."""

    outcome: Outcome
    facts: BagFacts = _NOTHING
    reason: str = ""

    def sentences(self, path: Path, texts: Texts) -> Iterator[str]:
        """What to tell: every missing, extra and changed file by its name."""
        if self.outcome == "not_a_bundle":
            yield texts.get("bundle.not_a_bundle", path=str(path))
        elif self.outcome == "intact":
            size = f"{self.facts.bytes / _MB:.1f} MB"
            yield texts.get("bundle.intact", files=self.facts.files, size=size)
        elif self.outcome == "changed":
            yield texts.get("bundle.changed", count=len(self.facts.troubles) + self.facts.more)
        elif self.reason in _WHOLE_SENTENCES:
            yield texts.get(self.reason)
        else:
            yield texts.get("bundle.unreadable", reason=texts.get(self.reason))
        for trouble in self.facts.troubles:
            yield texts.get("bundle.trouble", kind=trouble.kind, name=trouble.name)
        if self.facts.more:
            yield texts.get("bundle.more_troubles", count=self.facts.more)

    def why(self, texts: Texts) -> str:
        """Why it was not verified, as part of a sentence."""
        return texts.get(self.reason).rstrip("。.") if self.reason else ""


_WHOLE_SENTENCES = ("bundle.encrypted", "bundle.wrong_password", "bundle.unreadable_files")


def verify(path: Path, pool: Pool, password: str = "") -> Verification:
    """Verify the bundle at ``path``, a folder or a zip. Raises OSError when there is nothing."""
    place = path.resolve(strict=True)  # the person may name it by a link; in it none is followed
    return verified(pool.ask(Verify(place, size_of(place), password)))


def verified(result: Result) -> Verification:
    """What a worker's answer to Verify or Unpack says of the bundle."""
    if isinstance(result, BagFacts):
        return _of_facts(result)
    if isinstance(result, Unreadable):
        return Verification("unread", reason=f"unreadable.{result.reason}")
    reason = result.reason if isinstance(result, NotChecked) else "nonsense"
    return Verification("unread", reason=f"not_checked.{reason}")


def _of_facts(facts: BagFacts) -> Verification:
    if facts.state == "not_a_bundle":
        return Verification("not_a_bundle")
    if facts.state != "read":
        return Verification("unread", reason=f"bundle.{facts.state}")
    if any(trouble.kind != "unreadable" for trouble in facts.troubles):
        return Verification("changed", facts)
    if facts.troubles:
        return Verification("unread", facts, "bundle.unreadable_files")
    return Verification("intact", facts)


def size_of(path: Path) -> int:
    """About how many bytes have to be read, for the time that is allowed; a zip's files are larger than itself."""
    if not path.is_dir():
        return 2 * path.stat().st_size
    total = seen = 0
    for folder, _, names in os.walk(path):
        seen += len(names)
        if seen > limits.MAX_BAG_FILES:
            break
        for name in names:
            try:
                total += (Path(folder) / name).lstat().st_size
            except OSError:
                continue  # the worker will see, and say, what is the matter with it
    return total
