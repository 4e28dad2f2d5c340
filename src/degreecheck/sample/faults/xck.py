"""Faults that show only to who reads the papers: they say something else than the form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults._fault import fault, replaced
from degreecheck.sample.materials import Spoil, material_for
from degreecheck.sample.people import make_id_number

_OTHER_NAME = "欧阳文渊"  # of nobody in the tables
_PERMIT = "exam_permit exam_number certificate diploma"
_GRADES = "transcript registration_page name id exam_number"
_LANGUAGE = "language_certificate certificate route score name id"
_HEADER = 0.21  # of A4: the person's lines above the table


def _print(applicant: Applicant, slot: str, **values: str) -> None:
    """Let the paper in a slot bear these values instead of the form's."""
    applicant.change(slot, replace(applicant.material(slot), prints=values))


def _grades(applicant: Applicant) -> str:
    return "transcript" if applicant.file_of("transcript") else "registration_page"


@fault("XCK101", "id_card_portrait id birth_date sex certificate")
def id_number_of_another_card(applicant: Applicant) -> None:
    """A relative's card: all is right but the number."""
    born = date(1971, applicant.chance.randint(1, 12), applicant.chance.randint(1, 28))
    _print(applicant, "id_card_portrait", id_number=make_id_number(applicant.chance, born, applicant.person.sex))


@fault("XCK102", "id_card_portrait name")
def name_of_another_card(applicant: Applicant) -> None:
    """The name on the card is not the form's."""
    _print(applicant, "id_card_portrait", name=_OTHER_NAME)


@fault("XCK103", "id_card_emblem")
def id_card_run_out(applicant: Applicant) -> None:
    """The card was valid until last year."""
    end = applicant.today.year - 1
    _print(applicant, "id_card_emblem", valid=f"{end - 10}.03.12-{end}.03.12")


@fault("XCK201", _PERMIT, self_study=True)
def permit_of_another_number(applicant: Applicant) -> None:
    """Two digits of the exam number changed places when it was typed."""
    number = str(applicant.form["personal"]["exam_number"])
    place = next(k for k in range(len(number) - 1, 0, -1) if number[k] != number[k - 1])
    _print(applicant, "exam_permit", exam_number=_swapped(number, place))


def _swapped(number: str, place: int) -> str:
    return number[: place - 1] + number[place] + number[place - 1] + number[place + 1 :]


@fault("XCK202", "exam_permit name", self_study=True)
def permit_of_another_name(applicant: Applicant) -> None:
    """The permit is a friend's."""
    _print(applicant, "exam_permit", name=_OTHER_NAME)


@fault("XCK301", _GRADES, not_routes=("english_two",))
def transcript_of_another(applicant: Applicant) -> None:
    """The transcript is somebody else's."""
    born = date(1989, 5, 17)
    number = make_id_number(Random(7), born, "female")
    _print(applicant, _grades(applicant), name=_OTHER_NAME, id_number=number, exam_number="010115188887")


@fault("XCK302", f"{_GRADES} records", self_study=False)
def grades_without_person(applicant: Applicant) -> None:
    """Only the table got into the picture."""
    _crop(applicant, "transcript", lambda page: page.crop((0, round(_HEADER * page.height), *page.size)))


def _crop(applicant: Applicant, slot: str, spoil: Spoil) -> None:
    applicant.change(slot, replace(applicant.material(slot), spoils=(spoil,)))


@fault("XCK303", f"{_GRADES} records average", not_routes=("english_two",))
def score_copied_wrongly(applicant: Applicant) -> None:
    """One score on the transcript is another than in the course table."""
    row = applicant.chance.choice(
        [
            row
            for row in applicant.form["courses"]["records"]
            if str(row["score"]).isdecimal() and row["code"] != "00015"
        ]
    )
    score = str(row["score"])
    _print(applicant, _grades(applicant), **{row["name"]: replaced(score, 1, "4" if score[1] != "4" else "7")})


@fault("XCK401", _LANGUAGE, routes=("cet4", "pets"))
def certificate_of_another_number(applicant: Applicant) -> None:
    """A digit of the certificate's number was mistyped."""
    number = str(applicant.form["language"]["certificate_number"])
    _print(applicant, "language_certificate", certificate_number=replaced(number, 9, "4" if number[9] != "4" else "2"))


@fault("XCK402", "english_two_score route", routes=("english_two",))
def school_examination(applicant: Applicant) -> None:
    """The score is of the school's own examination."""
    score = applicant.material("english_two_score")
    applicant.change("english_two_score", replace(score, options={"unified": False}))


@fault("XCK403", "degree_exam_sheet certificate id", routes=("degree_exam",))
def sheet_without_number(applicant: Applicant) -> None:
    """The number was left out on the sheet."""
    _print(applicant, "degree_exam_sheet", certificate_number="")


@fault("XCK404", _LANGUAGE, routes=("cet4", "pets", "other"))
def certificate_of_another(applicant: Applicant) -> None:
    """The certificate is a friend's: the number was copied, the name is not the form's."""
    _print(applicant, "language_certificate", name=_OTHER_NAME)


@fault("XCK501", "graduation_certificate graduation", self_study=True)
def other_graduation_date(applicant: Applicant) -> None:
    """The date on the certificate is another than the form's."""
    _diploma(applicant, graduation_date=f"{applicant.study.graduation.year - 1}-12-18")


@fault("XCK502", "graduation_certificate name", self_study=True)
def diploma_of_another(applicant: Applicant) -> None:
    """The graduation certificate is somebody else's."""
    _diploma(applicant, name=_OTHER_NAME)


@fault("XCK503", "graduation_certificate major", self_study=True)
def other_major(applicant: Applicant) -> None:
    """The certificate names another major than the form."""
    _diploma(applicant, major="学前教育" if "教育" not in applicant.study.major else "建筑工程")


def _diploma(applicant: Applicant, **values: str) -> None:
    if applicant.file_of("graduation_certificate") is None:
        applicant.put(
            "graduation_certificate", material_for("graduation_certificate", applicant.chance.randrange(1 << 30))
        )
    _print(applicant, "graduation_certificate", **values)
