"""Writes made-up applicants to disk, with truth.json: what a check is to find in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from degreecheck import paths
from degreecheck.sample import drawing
from degreecheck.sample.applicants import Applicant

if TYPE_CHECKING:
    from degreecheck.sample.plan import Planned
    from degreecheck.sample.press import Press

TRUTH = "truth.json"


class NotEmpty(Exception):
    """The folder to write into holds something already; nothing is ever written over."""


def require_empty(folder: Path) -> None:
    """Raises NotEmpty, also for what is a file; OSError for what cannot be looked at."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise NotEmpty


def write(folder: Path, planned: Sequence[Planned], press: Press, *, done: Callable[[], object] = lambda: None) -> None:
    """Write all applicants and the truth about them; ``done`` is called after each. Raises NotEmpty, OSError."""
    require_empty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for each in planned:
        write_applicant(folder, each.applicant, press)
        done()
    write_truth(folder, {each.applicant.folder: each.codes for each in planned})


def write_applicant(folder: Path, applicant: Applicant, press: Press) -> None:
    """Write one applicant's folder."""
    own = folder / applicant.folder
    for path, material in applicant.files.items():
        target = own / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(drawing.made(applicant, material, press))
    own.mkdir(exist_ok=True)
    if not applicant.without_form:
        (own / paths.FORM_NAME).write_bytes(form_bytes(applicant))


def form_bytes(applicant: Applicant) -> bytes:
    """The bytes of application.json."""
    data = (json.dumps(applicant.form, ensure_ascii=False, indent=2) + "\n").encode()
    return applicant.damage(data) if applicant.damage else data


def write_truth(folder: Path, truth: Mapping[str, Sequence[str]]) -> None:
    """Write truth.json: the errors and warnings of each applicant's folder, sorted; a faultless one has none."""
    text = json.dumps({name: sorted(codes) for name, codes in truth.items()}, ensure_ascii=False, indent=2)
    (folder / TRUTH).write_text(text + "\n", encoding="utf-8", newline="\n")
