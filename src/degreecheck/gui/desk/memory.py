"""What is remembered of a desk between two starts: its roster and columns, choices among namesakes, whom to ask.

Nothing of it where recent folders are not to be remembered; never a name or number of anybody.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from degreecheck.gui.settings import Settings


@dataclass
class RosterChoice:
    """Which roster, which of its sheets ("" = the program's choice), and which column is which field ("" = none)."""

    path: str = ""
    sheet: str = ""
    columns: dict[str, str] = field(default_factory=dict)

    def request(self) -> dict[str, Any] | None:
        """As the desk process takes it."""
        return asdict(self) if self.path else None


@dataclass
class DeskMemory:
    """The choices for one desk. ``decided``: by folder, which row it is (signs of matching.py), "" = none."""

    roster: RosterChoice = field(default_factory=RosterChoice)
    decided: dict[str, str] = field(default_factory=dict)
    contact: str | None = None  # None: as the school's rules say
    pattern: str = ""
    watches: bool = False


def load(settings: Settings, desk: Path) -> DeskMemory:
    """What was kept; nothing where none was, or it is not what this program kept."""
    try:
        data = json.loads(settings.word(_key(desk)))
        roster = data["roster"]
        return DeskMemory(
            RosterChoice(str(roster["path"]), str(roster["sheet"]), _texts(roster["columns"])),
            _texts(data["decided"]),
            None if data["contact"] is None else str(data["contact"]),
            str(data["pattern"]),
            data["watches"] is True,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return DeskMemory()


def save(settings: Settings, desk: Path, memory: DeskMemory) -> None:
    """Keep it for the next time."""
    if settings.keeps_recents:
        settings.keep_word(_key(desk), json.dumps(asdict(memory), ensure_ascii=True))


def _texts(found: dict[Any, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in found.items()}


def _key(desk: Path) -> str:
    known = hashlib.blake2b(str(desk.absolute()).encode("utf-8", errors="replace"), digest_size=10)
    return f"desk-{known.hexdigest()}"
