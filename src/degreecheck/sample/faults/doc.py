"""Faults of the thesis papers as files."""

from __future__ import annotations

from dataclasses import replace

from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults import _files
from degreecheck.sample.faults._fault import fault


@fault("DOC101", "thesis_document")
def thesis_with_a_password(applicant: Applicant) -> None:
    """A PDF that opens with a password only."""
    _as_pdf(applicant, "thesis_document", damage=_files.locked)


@fault("DOC102", "task_book")
def empty_pages(applicant: Applicant) -> None:
    """Nothing is on the pages."""
    _with(applicant, "task_book", blank=True)


@fault("DOC105", "thesis_document")
def end_of_thesis_missing(applicant: Applicant) -> None:
    """The download broke off shortly before the end."""
    _as_pdf(applicant, "thesis_document", damage=_files.without_end)


@fault("DOC105", "proposal_report")
def picture_in_word_file_damaged(applicant: Applicant) -> None:
    """The text of a Word file is whole, a picture in it is not."""
    _as_word(applicant, "proposal_report", damage=_files.with_broken_picture)


@fault("DOC106", "thesis_document")
def thesis_as_portfolio(applicant: Applicant) -> None:
    """A cover, and the thesis attached to it."""
    _as_pdf(applicant, "thesis_document", damage=_files.as_portfolio)


@fault("DOC201", "task_book title")
def another_title_in_task_book(applicant: Applicant) -> None:
    """The title was changed after the task book was written."""
    _with(applicant, "task_book", title="城市夜间公共交通线网的优化设计")


@fault("DOC202", "proposal_report name")
def proposal_of_somebody_else(applicant: Applicant) -> None:
    """Another student's name stands on the paper."""
    _with(applicant, "proposal_report", name="甲乙丙")


@fault("DOC203", "task_book proposal_report")
def papers_exchanged(applicant: Applicant) -> None:
    """Proposal and task book lie in each other's slots."""
    materials = applicant.form["materials"]
    materials["task_book"], materials["proposal_report"] = materials["proposal_report"], materials["task_book"]


@fault("DOC203", "similarity_report")
def proposal_instead_of_similarity_report(applicant: Applicant) -> None:
    """An earlier state of the proposal lies where the similarity report belongs."""
    material = applicant.material("similarity_report")
    applicant.change("similarity_report", replace(material, paper="proposal_report"))


@fault("DOC204", "thesis_document")
def thesis_with_macros(applicant: Applicant) -> None:
    """A Word file with macros in it."""
    _as_word(applicant, "thesis_document", damage=_files.with_macros)


@fault("DOC204", "task_book")
def program_attached(applicant: Applicant) -> None:
    """A program hangs on a PDF."""
    _as_pdf(applicant, "task_book", damage=_files.with_program)


def _with(applicant: Applicant, slot: str, **options: object) -> None:
    applicant.change(slot, replace(applicant.material(slot), options=options))


def _as_pdf(applicant: Applicant, slot: str, *, damage: _files.Damage) -> None:
    applicant.change(slot, replace(applicant.material(slot), type="pdf", damage=damage).named(".pdf"))


def _as_word(applicant: Applicant, slot: str, *, damage: _files.Damage) -> None:
    applicant.change(slot, replace(applicant.material(slot), type="docx", damage=damage).named(".docx"))
