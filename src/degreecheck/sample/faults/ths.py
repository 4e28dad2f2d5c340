"""Faults of the thesis and its advisor."""

from __future__ import annotations

from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults._fault import fault


@fault("THS101", "title")
def no_title(applicant: Applicant) -> None:
    """The title is blank."""
    applicant.form["thesis"]["title"] = ""


@fault("THS102", "direction")
def no_direction(applicant: Applicant) -> None:
    """The research direction is blank."""
    applicant.form["thesis"]["research_direction"] = ""


@fault("THS103", "keywords")
def no_keywords(applicant: Applicant) -> None:
    """There is no keyword, or an empty one."""
    applicant.form["thesis"]["keywords"] = applicant.chance.choice(([], [""]))


@fault("THS201", "keywords")
def two_keywords(applicant: Applicant) -> None:
    """Too few, in one entry."""
    applicant.form["thesis"]["keywords"] = ["；".join(applicant.study.keywords[:2])]


@fault("THS104", "advisor")
def no_advisor(applicant: Applicant) -> None:
    """The advisor is blank."""
    applicant.form["thesis"]["advisor"] = ""


def _only(applicant: Applicant, **contact: str) -> None:
    contacts = applicant.form["thesis"]["advisor_contacts"]
    contacts.update(dict.fromkeys(contacts, "") | contact)


@fault("THS301", "contacts")
def no_advisor_contact(applicant: Applicant) -> None:
    """No way to reach the advisor."""
    _only(applicant)


@fault("THS302", "contacts")
def advisor_mail_without_domain(applicant: Applicant) -> None:
    """The only contact is an address that reaches nobody."""
    _only(applicant, email="advisor@example")


@fault("THS302", "contacts")
def advisor_qq_too_short(applicant: Applicant) -> None:
    """One contact is wrong, another is right."""
    _only(applicant, landline="023-65020001", qq="1234")


@fault("THS303", "contacts mobile")
def own_number_as_advisors(applicant: Applicant) -> None:
    """The applicant's own mobile number stands for the advisor's."""
    _only(applicant, mobile=applicant.person.mobile)
