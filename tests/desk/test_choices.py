"""Namesakes: what a person has decided counts where a name alone would, as long as the roster still says so."""

from __future__ import annotations

from pathlib import Path

from degreecheck.desk.discovery import Found
from degreecheck.desk.matching import folder_sign, match, sign
from degreecheck.desk.survey import Person, survey
from make_desks import id_number, row

FIRST = row(0, name="李伟")
SECOND = row(1, name="李伟")


def folders(*names: str) -> list[Person]:
    return list(survey([Found(Path("/没有这个目录") / name, name) for name in names]))


def test_without_a_choice_nobody_is_guessed() -> None:
    (one,) = match(folders("李伟"), [FIRST, SECOND])
    assert (one.outcome, one.rows) == ("same_name", (0, 1))


def test_a_choice_counts_and_frees_the_other() -> None:
    chosen, other = match(folders("李伟", "一班李伟"), [FIRST, SECOND], {folder_sign("李伟"): sign(SECOND)})
    assert (chosen.outcome, chosen.row, chosen.by) == ("matched", 1, "choice")
    assert other.row != 1


def test_none_of_them() -> None:
    (one,) = match(folders("李伟"), [FIRST, SECOND], {folder_sign("李伟"): ""})
    assert (one.outcome, one.row) == ("none", None)


def test_a_choice_lapses_when_its_row_is_gone_or_stands_twice() -> None:
    decided = {folder_sign("李伟"): sign(SECOND)}
    (gone,) = match(folders("李伟"), [FIRST, row(2, name="李伟")], decided)
    assert gone.outcome == "same_name"
    (twice,) = match(folders("李伟"), [SECOND, SECOND], decided)
    assert twice.outcome == "same_name"


def test_a_number_outweighs_a_choice() -> None:
    (one,) = match(
        folders(f"李伟-{id_number(0)}"), [FIRST, SECOND], {folder_sign(f"李伟-{id_number(0)}"): sign(SECOND)}
    )
    assert (one.row, one.by) == (0, "id_number")


def test_a_sign_tells_rows_apart_and_nobodys_number() -> None:
    assert sign(FIRST) != sign(SECOND)
    assert sign(FIRST) == sign(row(0, 99, name="李伟"))
    assert len(sign(FIRST)) == 8
