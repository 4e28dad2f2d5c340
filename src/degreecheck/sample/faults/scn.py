"""Faults of the pictures of papers."""

from __future__ import annotations

from dataclasses import replace

from degreecheck.sample import spoil
from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults._fault import fault
from degreecheck.sample.materials import Spoil

_SEALED = ("cet4", "other")  # PETS certificates are electronic and may carry none


def _spoil(applicant: Applicant, slot: str, *spoils: Spoil) -> None:
    applicant.change(slot, replace(applicant.material(slot), spoils=spoils))


@fault("SCN101", "exam_permit", self_study=True)
def thumbnail_of_permit(applicant: Applicant) -> None:
    """The messenger's preview was saved instead of the picture."""
    _spoil(applicant, "exam_permit", spoil.shrunk)


@fault("SCN101", "transcript registration_page", not_routes=("english_two",))
def grades_too_small_to_read(applicant: Applicant) -> None:
    """A whole page on a few hundred pixels."""
    slot = "transcript" if applicant.file_of("transcript") else "registration_page"
    _spoil(applicant, slot, lambda page: spoil.shrunk(page, width=430))


@fault("SCN102", "id_card_portrait")
def blurred_id_card(applicant: Applicant) -> None:
    """Out of focus."""
    _spoil(applicant, "id_card_portrait", lambda page: spoil.blurred(page, radius=6))


@fault("SCN102", "exam_permit", self_study=True)
def blurred_permit(applicant: Applicant) -> None:
    """The hand shook."""
    _spoil(applicant, "exam_permit", lambda page: spoil.blurred(page, radius=7))


@fault("SCN103", "exam_permit", self_study=True)
def permit_in_the_dark(applicant: Applicant) -> None:
    """Taken in the evening without a lamp."""
    _spoil(applicant, "exam_permit", spoil.too_dark)


@fault("SCN104", "language_certificate", routes=("cet4", "pets", "other"))
def certificate_washed_out(applicant: Applicant) -> None:
    """Overexposed: the print is hardly to be seen."""
    _spoil(applicant, "language_certificate", spoil.washed_out)


@fault("SCN105", "exam_permit", self_study=True)
def lamp_on_permit(applicant: Applicant) -> None:
    """A lamp is reflected on the paper."""
    _spoil(applicant, "exam_permit", spoil.glare)


@fault("SCN106", "exam_permit", self_study=True)
def permit_on_its_side(applicant: Applicant) -> None:
    """The phone lay flat and did not know which way was up."""
    _spoil(applicant, "exam_permit", spoil.on_its_side)


@fault("SCN108", "language_certificate", routes=("cet4", "pets", "other"))
def certificate_cut_off(applicant: Applicant) -> None:
    """A part of the paper did not get into the picture."""
    _spoil(applicant, "language_certificate", spoil.cut_off)


@fault("SCN201", "language_certificate", routes=_SEALED)
def certificate_without_seal(applicant: Applicant) -> None:
    """A certificate that was printed at home."""
    certificate = applicant.material("language_certificate")
    applicant.change("language_certificate", replace(certificate, options={"seal": None}))


@fault("SCN202", "language_certificate", routes=_SEALED)
def certificate_in_black_and_white(applicant: Applicant) -> None:
    """A copier's scan, on which no fresh seal can show."""
    _spoil(applicant, "language_certificate", spoil.grey)


@fault("SCN202", "transcript registration_page", self_study=False)
def transcript_in_black_and_white(applicant: Applicant) -> None:
    """A copy of the archive's transcript."""
    _spoil(applicant, "transcript", spoil.grey)
