"""What the last run found, so that the next can say what changed: codes only, the one file written into a desk."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from degreecheck import paths
from degreecheck.report import Report

FILE_NAME = "last_run.json"
SCHEMA_VERSION = 1
_GREATEST_BYTES = 64 * 1024 * 1024  # a hundred thousand folders
_GREATEST_COUNT = 1_000_000


@dataclass(frozen=True)
class Changes:
    """How many errors and open warnings are gone, came, and stayed since the moment ``since``."""

    since: str
    mended: int
    new: int
    still_open: int

    def to_data(self) -> dict[str, Any]:
        """As it stands in the report's JSON."""
        return {"since": self.since, "mended": self.mended, "new": self.new, "still_open": self.still_open}


@dataclass(frozen=True)
class LastRun:
    """The codes of errors and open warnings, with how often each stands, by folder. ``at``: ISO, "" = never."""

    at: str = ""
    folders: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def changes(self, shown: str, report: Report) -> Changes | None:
        """What changed for one folder; None where the last run did not see it."""
        before = self.folders.get(shown)
        if before is None:
            return None
        now, then = open_codes(report), Counter(dict(before))
        return Changes(self.at, (then - now).total(), (now - then).total(), (now & then).total())


def open_codes(report: Report) -> Counter[str]:
    """The codes that hold this applicant back: errors, and warnings that nobody has confirmed."""
    return Counter(
        finding.code
        for finding in report.findings
        if finding.severity == "error" or (finding.severity == "warning" and not finding.answered)
    )


def place(desk: Path) -> Path:
    """Where a desk's last run is kept."""
    return desk / paths.PROGRAM_FOLDER / FILE_NAME


def load(desk: Path) -> LastRun:
    """The last run on this desk; nothing where there was none, or where the file is not what this program wrote."""
    path = place(desk)
    try:
        if paths.is_link(path) or paths.is_link(path.parent) or path.stat().st_size > _GREATEST_BYTES:
            return LastRun()
        data = json.loads(path.read_bytes())
        folders = {str(shown): _counts(codes) for shown, codes in data["folders"].items()}
        at = datetime.fromisoformat(data["checked_at"]).isoformat(timespec="seconds")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return LastRun()
    return LastRun(at, folders)


def _counts(codes: Mapping[str, int]) -> dict[str, int]:
    return {str(code): min(max(int(count), 0), _GREATEST_COUNT) for code, count in codes.items()}


def save(desk: Path, at: datetime, folders: Mapping[str, Mapping[str, int]]) -> None:
    """Keep this run, whole or not at all. Raises OSError, where the desk cannot be written to."""
    path = place(desk)
    if paths.is_link(path.parent):
        raise OSError("link")
    data = {
        "schema_version": SCHEMA_VERSION,
        "checked_at": at.isoformat(timespec="seconds"),
        "folders": {shown: dict(sorted(codes.items())) for shown, codes in folders.items()},
    }
    text = json.dumps(data, ensure_ascii=False, indent=0) + "\n"
    paths.write_atomically(path, text.encode("utf-8", errors="backslashreplace"))
