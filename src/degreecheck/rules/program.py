"""SYS: the checker itself. Never about the applicant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from degreecheck.facts import NotChecked
from degreecheck.form import SLOTS
from degreecheck.rules._rule import Case, Hit, NotApplicable, Subject, hit, rule

_ROW = re.compile(r"courses\.records\[(\d{1,6})\]")


@rule("SYS101", "warning")
def form_value_set_aside(case: Case) -> Iterator[Hit]:
    """A value in application.json was not of its field's kind and was kept as text beside the form.

    The person has to know, because the field itself now is blank. So with files under a name that is none of the
    materials': they are kept there, and nobody looks at them. Source: design 2.
    """
    for entry in case.form.set_aside:
        row = _ROW.match(entry.field)
        number = int(row[1]) + 1 if row else 0
        yield hit("row" if row else "", field=entry.field, set_aside=entry.value[:200], row=number)
    for slot, files in case.form.materials.items():
        if slot not in SLOTS and any(file.strip() for file in files):
            yield hit("slot", field=f"materials.{slot}", set_aside=slot[:200], files=[file[:200] for file in files])


@rule("SYS102", "error", always=True)
def form_unreadable(case: Case) -> Iterator[Hit]:
    """application.json cannot be read at all, so nothing that it says could be checked. It is never overwritten.

    Source: design 2.
    """
    if case.form_unreadable:
        line = case.form_unreadable_line
        yield hit("line" if line else "", reason=case.form_unreadable, line=line or 0)


@rule("SYS103", "error", each="listed")
def path_leaves_folder(_case: Case, subject: Subject) -> Iterator[Hit]:
    """A listed path is absolute, has "..", is a link, a device name or a stream: it is never opened.

    Such a path would read, and later export, files that are not the applicant's. Source: design 2.
    """
    assert subject.listed is not None
    if subject.listed.unsafe:
        yield hit(file="", path=subject.listed.listed[:200], reason=subject.listed.unsafe)


@rule("SYS104", "warning", answerable=False, always=True)
def form_missing(case: Case) -> Iterator[Hit]:
    """There is neither an application.json nor a roster row: only the files could be looked at.

    Without this, a folder of flawless pictures would count as ready. Source: design 2.
    """
    if case.form_source == "none":
        yield hit()


@rule("SYS201", "warning", each="inspected", answerable=False)
def inspector_timed_out(case: Case, subject: Subject) -> Iterator[Hit]:
    """Looking at a file took longer than allowed, so nothing is known of it. Source: design 5."""
    yield from _not_checked(case, subject, timed_out=True)


@rule("SYS202", "warning", each="inspected", answerable=False)
def inspector_died(case: Case, subject: Subject) -> Iterator[Hit]:
    """The process that looked at a file died or answered nonsense, so nothing is known of it. Source: design 5."""
    yield from _not_checked(case, subject, timed_out=False)


def _not_checked(case: Case, subject: Subject, *, timed_out: bool) -> Iterator[Hit]:
    found = case.facts.get(subject.file)
    if found is None:
        raise NotApplicable
    if isinstance(found, NotChecked) and (found.reason == "timed_out") is timed_out:
        yield hit(reason=found.reason)


@rule("SYS301", "warning", each="crashed", answerable=False)
def rule_crashed(case: Case, subject: Subject) -> Iterator[Hit]:
    """A rule raised an error of its own; it says nothing about the application, and all other rules still ran.

    Source: design 4.
    """
    code, crashed_subject = case.crashed[subject.index]
    yield hit(code=code, crashed_subject=crashed_subject)
