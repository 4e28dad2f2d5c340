"""What the papers of a faulty applicant say: the faults of print are seen, and no other fault accuses the papers."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from random import Random

import numpy as np
import pytest

import make_texts
from degreecheck import check, form_file, pack
from degreecheck.clock import SCHOOL_TIME
from degreecheck.facts import FileFacts, ImageFacts, TextFacts
from degreecheck.folder import Folder
from degreecheck.inspectors.reading import read_picture
from degreecheck.rules._rule import Case
from degreecheck.sample import drawing, writing
from degreecheck.sample.applicants import Applicant, make_applicant
from degreecheck.sample.faults import FAULTS
from degreecheck.sample.faults._fault import Fault

TODAY = date(2026, 5, 6)
OF_PRINT = [name for name, fault in FAULTS.items() if fault.codes[0].startswith(("XCK", "MAT301"))]
OF_FORM = [name for name, fault in FAULTS.items()
           if fault.codes[0].startswith(("IDN", "SCH", "CRS", "THS", "LNG", "CON"))]  # fmt: skip
READ = ("id_number_of_another_card", "certificate_of_another_number", "other_graduation_date")


def faulty(fault: Fault, seed: int = 0) -> Applicant:
    chance = Random(f"{fault.name}{seed}")
    applicant = make_applicant(chance, chance.choice(fault.kinds), TODAY, set())
    fault.change(applicant)
    return applicant


def case_of(applicant: Applicant, texts: dict[str, TextFacts | None], where: Path) -> Case:
    picture = ImageFacts(width=1_240, height=1_754)

    def inspect(requests: object) -> dict[str, FileFacts]:
        return {file: FileFacts(size=1, type="jpeg", image=picture, text=text) for file, text in texts.items()}

    folder = Folder(where, tuple(sorted(applicant.files)), form_file.parse(writing.form_bytes(applicant)), "file")
    now = datetime.combine(TODAY, time(12), SCHOOL_TIME)
    return check.gather(folder, pack.find("cqust"), now, inspect=inspect)


def on_print(case: Case) -> set[str]:
    findings = check.judge(case).findings
    return {finding.code for finding in findings if finding.code.startswith(("XCK", "MAT301"))}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", OF_FORM)
def test_a_fault_of_the_form_accuses_no_paper(name: str, seed: int, tmp_path: Path) -> None:
    """The papers of the sample bear what the form says, right or wrong."""
    applicant = faulty(FAULTS[name], seed)
    form = form_file.parse(writing.form_bytes(applicant))
    printed = drawing.printed(applicant)
    values = {key: printed[key] for key in ("name", "id_number", "exam_number", "major", "certificate_number")}
    texts = {file: make_texts.paper(material.paper, form, **values) for file, material in applicant.files.items()}
    assert on_print(case_of(applicant, texts, tmp_path)) == set()


@pytest.mark.parametrize("name", READ)
def test_a_fault_of_print_is_seen_by_who_reads_the_picture(name: str, tmp_path: Path) -> None:
    fault = FAULTS[name]
    applicant = faulty(fault)
    file, material = next((file, material) for file, material in applicant.files.items() if material.prints)
    picture = drawing._drawn(material, drawing.printed(applicant) | dict(material.prints), [], applicant.route)
    text = read_picture(np.asarray(picture.convert("RGB")))
    assert on_print(case_of(applicant, {file: text}, tmp_path)) == set(fault.codes)


def test_every_rule_on_print_has_its_fault() -> None:
    from degreecheck.rules import RULES

    codes = {code for name in OF_PRINT for code in FAULTS[name].codes}
    assert codes == {code for code in RULES if code.startswith(("XCK", "MAT301"))}
