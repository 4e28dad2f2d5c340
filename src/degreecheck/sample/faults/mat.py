"""Faults of the materials: missing, unreadable, of the wrong kind, in the wrong place."""

from __future__ import annotations

from dataclasses import replace

from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults import _files
from degreecheck.sample.faults._fault import fault
from degreecheck.sample.materials import FOLDER, material_for

_PAPERS = "thesis_document similarity_report proposal_report task_book"
_GRADES = "transcript registration_page"
_PROOFS = "language_certificate english_two_score registration_page degree_exam_sheet"
_PROOF_OF = {
    "cet4": ("language_certificate",),
    "pets": ("language_certificate",),
    "other": ("language_certificate",),
    "english_two": ("english_two_score", "registration_page"),
    "degree_exam": ("degree_exam_sheet",),
}


@fault("MAT101", _PAPERS)
def thesis_paper_missing(applicant: Applicant) -> None:
    """One of the four papers was forgotten."""
    applicant.drop(applicant.chance.choice(_PAPERS.split()))


@fault("MAT101", "id_card_portrait")
def id_card_missing(applicant: Applicant) -> None:
    """The side with the portrait was forgotten."""
    applicant.drop("id_card_portrait")


@fault("MAT101", "id_card_emblem")
def back_of_id_card_missing(applicant: Applicant) -> None:
    """Only one side of the ID card was photographed."""
    applicant.drop("id_card_emblem")


@fault("MAT101", "exam_permit", self_study=True)
def exam_permit_missing(applicant: Applicant) -> None:
    """Self-study applicants need the 准考证."""
    applicant.drop("exam_permit")


@fault("MAT101", _GRADES, not_routes=("english_two",))
def transcript_missing(applicant: Applicant) -> None:
    """Neither the transcript nor the page that may stand for it."""
    for slot in _GRADES.split():
        if applicant.file_of(slot) is not None:
            applicant.drop(slot)


@fault("MAT101", f"{_PROOFS} transcript route")
def proof_of_language_missing(applicant: Applicant) -> None:
    """What proves the foreign-language condition was forgotten."""
    applicant.drop(applicant.chance.choice(_PROOF_OF[applicant.route]))


@fault("MAT102", "exam_permit", self_study=True)
def picture_cut_off(applicant: Applicant) -> None:
    """The copying broke off."""
    applicant.change("exam_permit", replace(applicant.material("exam_permit"), damage=_files.truncated))


@fault("MAT102", "id_card_emblem")
def picture_of_no_bytes(applicant: Applicant) -> None:
    """The file is there and empty: a download from the cloud that never was."""
    applicant.change("id_card_emblem", replace(applicant.material("id_card_emblem"), damage=lambda _: b""))


@fault("MAT102", "task_book")
def paper_of_zeros(applicant: Applicant) -> None:
    """A memory stick was pulled out too early: right in length, and nothing but zeros after the beginning."""
    _as(applicant, "task_book", "pdf", damage=lambda data: data[:64] + bytes(len(data) - 64))


@fault("MAT103", "id_card_emblem")
def zipped_picture(applicant: Applicant) -> None:
    """A zip instead of the picture in it."""
    material = applicant.material("id_card_emblem")
    applicant.change("id_card_emblem", replace(material, damage=_files.zipped).named(".zip"))


@fault("MAT103", "proposal_report")
def screenshot_of_paper(applicant: Applicant) -> None:
    """A picture where a document belongs."""
    material = material_for("degree_exam_sheet", applicant.chance.randrange(1 << 30))
    title = {"title": "毕业论文开题报告"}
    applicant.change("proposal_report", replace(material, path=f"{FOLDER}/开题报告截图.jpg", options=title))


@fault("MAT104", "exam_permit", self_study=True)
def jpeg_named_png(applicant: Applicant) -> None:
    """Renamed instead of converted."""
    applicant.change("exam_permit", applicant.material("exam_permit").named(".png"))


@fault("MAT104", "task_book")
def pdf_named_docx(applicant: Applicant) -> None:
    """A PDF under the name of a Word file."""
    _as(applicant, "task_book", "pdf")
    applicant.change("task_book", applicant.material("task_book").named(".docx"))


@fault("MAT201", "thesis_document similarity_report")
def thesis_as_its_own_report(applicant: Applicant) -> None:
    """The thesis was chosen for two slots."""
    applicant.drop("similarity_report")
    applicant.form["materials"]["similarity_report"] = list(applicant.form["materials"]["thesis_document"])


@fault("MAT201", "proposal_report task_book")
def one_paper_for_two(applicant: Applicant) -> None:
    """The proposal was chosen for the task book too."""
    applicant.drop("task_book")
    applicant.form["materials"]["task_book"] = list(applicant.form["materials"]["proposal_report"])


@fault("MAT202", "unassigned")
def file_in_no_slot(applicant: Applicant) -> None:
    """A second version lies in the folder, and nobody chose it."""
    paper = material_for("proposal_report", applicant.chance.randrange(1 << 30))
    extension = paper.path.rpartition(".")[2]
    applicant.files[f"{FOLDER}/开题报告-旧.{extension}"] = paper


@fault("MAT203", "id_card_portrait")
def file_renamed(applicant: Applicant) -> None:
    """The file was renamed or deleted after it had been chosen."""
    del applicant.files[applicant.form["materials"]["id_card_portrait"][0]]


@fault("MAT301", "id_card_portrait id_card_emblem")
def sides_changed_places(applicant: Applicant) -> None:
    """Each side of the ID card was uploaded in the other's place."""
    materials = applicant.form["materials"]
    materials["id_card_portrait"], materials["id_card_emblem"] = (
        materials["id_card_emblem"],
        materials["id_card_portrait"],
    )


@fault("MAT301", "exam_permit transcript registration_page", self_study=True)
def grades_as_permit(applicant: Applicant) -> None:
    """The exam permit's place holds a list of grades."""
    material = material_for("transcript", applicant.chance.randrange(1 << 30))
    applicant.change("exam_permit", replace(material, path=applicant.material("exam_permit").path, type="jpeg"))


def _as(applicant: Applicant, slot: str, kind: str, **changes: _files.Damage) -> None:
    applicant.change(slot, replace(applicant.material(slot), type=kind, **changes).named(f".{kind}"))  # type: ignore[arg-type]
