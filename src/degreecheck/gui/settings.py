"""What the program remembers between two starts: language, look, the window's shape, and recent folders if wanted.

Nothing about an application but its folder's place is ever kept here, and that can be switched off.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import QByteArray, QObject, QSettings, QStandardPaths, Signal

FOLDER_VARIABLE = "DEGREECHECK_CONFIG_DIR"  # replaces the user's configuration folder
FILE_NAME = "window.ini"
GREATEST_RECENTS = 8

Kind = Literal["student", "desk"]
Language = Literal["zh", "en"]
Look = Literal["system", "light", "dark"]


def default_folder() -> Path:
    """The user's configuration folder for this program, or the one that DEGREECHECK_CONFIG_DIR names."""
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen)
    # As platformdirs would say it, which alone takes a tenth of the time in which the window opens.
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)) / "degreecheck"


class Settings(QObject):
    """The remembered choices; each is written as soon as it changes."""

    changed = Signal()  # language, look or recents

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = QSettings(str((folder or default_folder()) / FILE_NAME), QSettings.Format.IniFormat)

    @property
    def language(self) -> Language:
        """Chinese unless English was chosen."""
        return "en" if self._text("language") == "en" else "zh"

    def set_language(self, language: Language) -> None:
        """Remember the language."""
        self._put("language", language)

    @property
    def look(self) -> Look:
        """As the system has it, unless chosen otherwise."""
        chosen = self._text("look")
        return cast("Look", chosen) if chosen in ("light", "dark") else "system"

    def set_look(self, look: Look) -> None:
        """Remember light or dark."""
        self._put("look", look)

    @property
    def read_text(self) -> bool:
        """Whether text in pictures is read."""
        return self._text("read_text") != "no"

    def set_read_text(self, wanted: bool) -> None:
        """Remember whether text in pictures is read."""
        self._put("read_text", "yes" if wanted else "no")

    @property
    def keeps_recents(self) -> bool:
        """Whether the folders opened last are remembered."""
        return self._text("keeps_recents") != "no"

    def set_keeps_recents(self, keep: bool) -> None:
        """Switch the list of recent folders on, or off and empty it."""
        if not keep:
            for kind in ("student", "desk"):
                self._store.remove(f"recents/{kind}")
        self._put("keeps_recents", "yes" if keep else "no")

    def recents(self, kind: Kind) -> list[Path]:
        """The folders opened last, the latest first. They need not exist any more."""
        stored = self._store.value(f"recents/{kind}", [])
        entries = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return [Path(entry) for entry in entries if isinstance(entry, str) and entry][:GREATEST_RECENTS]

    def add_recent(self, kind: Kind, path: Path) -> None:
        """Remember a folder, if folders are remembered."""
        if self.keeps_recents:
            kept = [entry for entry in self.recents(kind) if entry != path]
            self._put_recents(kind, [path, *kept])

    def forget_recent(self, path: Path) -> None:
        """Forget one folder."""
        kinds: tuple[Kind, ...] = ("student", "desk")
        for kind in kinds:
            self._put_recents(kind, [entry for entry in self.recents(kind) if entry != path])

    def bytes_of(self, key: str) -> QByteArray:
        """A window's or table's shape, empty when none was kept."""
        stored = self._store.value(f"shape/{key}")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    def keep_bytes(self, key: str, shape: QByteArray) -> None:
        """Remember a window's or table's shape."""
        self._store.setValue(f"shape/{key}", shape)

    def flag(self, key: str, default: bool) -> bool:
        """A small yes or no, such as whether a side column is folded."""
        stored = self._text(f"flag/{key}")
        return default if stored not in ("yes", "no") else stored == "yes"

    def keep_flag(self, key: str, value: bool) -> None:
        """Remember a small yes or no."""
        self._store.setValue(f"flag/{key}", "yes" if value else "no")

    def word(self, key: str) -> str:
        """A small text, such as the columns chosen for a roster; "" when none was kept."""
        return self._text(f"word/{key}")

    def keep_word(self, key: str, value: str) -> None:
        """Remember a small text."""
        self._store.setValue(f"word/{key}", value)

    def _put_recents(self, kind: Kind, entries: list[Path]) -> None:
        self._put(f"recents/{kind}", [str(entry) for entry in entries[:GREATEST_RECENTS]])

    def _text(self, key: str) -> str:
        stored = self._store.value(key, "")
        return stored if isinstance(stored, str) else ""

    def _put(self, key: str, value: str | list[str]) -> None:
        self._store.setValue(key, value)
        self.changed.emit()
