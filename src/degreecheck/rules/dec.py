"""DEC: the declaration."""

from __future__ import annotations

from collections.abc import Iterator

from degreecheck.rules._rule import Case, Hit, hit, rule


@rule("DEC101", "error", field="confirmations.truthful", applies=lambda case: case.exporting)
def declaration_missing(case: Case) -> Iterator[Hit]:
    """The applicant has not confirmed that everything is true, and is liable for it. Source: M27."""
    if not case.form.confirmations.truthful:
        yield hit()
