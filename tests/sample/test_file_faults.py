"""Every fault of a file, looked at by the inspectors: exactly its codes. Only the files it concerns are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from degreecheck import check, form_file, pack
from degreecheck.clock import SCHOOL_TIME
from degreecheck.folder import Folder
from degreecheck.inspectors.inspection import inspect_file
from degreecheck.sample import drawing, writing
from degreecheck.sample.applicants import Applicant, any_kind, make_applicant
from degreecheck.sample.faults import FAULTS
from degreecheck.sample.fonts import find_font
from degreecheck.sample.press import Press

TODAY = date(2026, 5, 6)
FILE_FAMILIES = ("PHO", "MAT", "SCN", "DOC")
FILE_FAULTS = [
    name for name, fault in FAULTS.items() if fault.codes[0].startswith(FILE_FAMILIES) and fault.codes != ("MAT301",)
]  # MAT301 is for who reads


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(find_font()) as made:
        yield made


def found_in(applicant: Applicant, files: set[str], where: Path, press: Press) -> set[str]:
    """The errors and warnings of an applicant of whom only these files are drawn and looked at."""
    for file in files:
        (where / file).parent.mkdir(parents=True, exist_ok=True)
        (where / file).write_bytes(drawing.made(applicant, applicant.files[file], press))

    def inspect(requests: Any) -> dict[str, Any]:
        return {
            each.key: inspect_file(Path(each.path), each.parts, each.crop) for each in requests if each.key in files
        }

    folder = Folder(where, tuple(sorted(applicant.files)), form_file.parse(writing.form_bytes(applicant)), "file")
    now = datetime.combine(TODAY, time(12), SCHOOL_TIME)
    report = check.judge(check.gather(folder, pack.find("cqust"), now, inspect=inspect))
    return {finding.code for finding in report.findings if finding.severity != "note"}


@pytest.mark.parametrize("name", FILE_FAULTS)
def test_a_fault_of_a_file_shows_exactly_its_codes(name: str, press: Press, tmp_path: Path) -> None:
    fault, chance = FAULTS[name], Random(name)
    applicant = make_applicant(chance, chance.choice(fault.kinds), TODAY, set())
    before, slots = dict(applicant.files), str(applicant.form["materials"])
    fault.change(applicant)
    changed = {path for path, material in applicant.files.items() if before.get(path) is not material}
    if str(applicant.form["materials"]) != slots and not changed:  # files changed places
        changed = {path for slot in fault.touches & applicant.form["materials"].keys()
                   for path in applicant.form["materials"][slot]} & applicant.files.keys()  # fmt: skip
    assert found_in(applicant, changed, tmp_path, press) == set(fault.codes)


@pytest.mark.parametrize("seed", range(4))
def test_faultless_files_pass_every_check(seed: int, press: Press, tmp_path: Path) -> None:
    chance = Random(f"faultless-{seed}")
    applicant = make_applicant(chance, any_kind(chance), TODAY, set())
    assert found_in(applicant, set(applicant.files), tmp_path, press) == set()


def test_two_photos_of_one_look_are_not_one_file(press: Press) -> None:
    chance, taken = Random(2), set[str]()
    crowd = [make_applicant(chance, any_kind(chance), TODAY, taken) for _ in range(30)]
    photos = {drawing.made(each, each.material("photo"), press) for each in crowd}
    assert len(photos) == len(crowd)
