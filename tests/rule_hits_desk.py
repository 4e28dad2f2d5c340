"""Cases in which each rule on a desk hits, in every way in which it speaks; and one in which all are silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import make
import make_facts
from degreecheck.desk.across import DESK_RULES, DeskCase, Neighbours, Others, Shared, on_desk
from degreecheck.desk.roster import Row
from degreecheck.desk.roster_values import Damage, Trouble, form_of

_OTHER = Others(("李四",), 1)
_ID, _EXAM, _SCORE = "personal.id_number", "personal.exam_number", "courses.average_score"
_ROW = Row(7, {"personal.name": "林小满", _ID: make.ID_NUMBER})


def among(**desk: Any) -> Callable[[], DeskCase]:
    """The good case on a desk with others, found in the roster."""

    def make_case() -> DeskCase:
        return on_desk(make_facts.good_case(), Neighbours(**{"alone": False, "match": "matched", "row": _ROW} | desk))

    return make_case


def listed(**values: str) -> Callable[[], DeskCase]:
    """The roster says this of the fields; "__" for the dot of their paths."""
    cells = {path.replace("__", "."): value for path, value in values.items()}
    form = form_of(cells, frozenset(cells), make.school())
    return among(row=Row(7, cells), row_form=form, row_fields=frozenset(cells))


HITS: dict[str, tuple[Callable[[], DeskCase], ...]] = {
    "DSK101": (among(shared=Shared(id_number=_OTHER)),),
    "DSK102": (among(shared=Shared(photo={make_facts.PHOTO: _OTHER})),),
    "DSK103": (among(shared=Shared(certificate_number=_OTHER)),),
    "DSK201": (among(match=None, without_folder=True),),
    "DSK202": (among(match="none", row=None),),
    "DSK203": (listed(personal__name="林小曼"), listed(personal__id_number="500105199508120131")),
    "DSK204": tuple(
        among(row=Row(7, {}, (Damage(_EXAM, trouble, proposal),)))
        for trouble in get_args(Trouble)
        for proposal in ("", "010517200123")
    ),
    "DSK205": (
        among(match="same_name", rows=(7, 9)),
        among(match="other_number", rows=(7,)),
        among(match="same_name", without_folder=True, rows=(7,)),
    ),
}

_WELL = listed(personal__name="林 小满", personal__id_number=make.ID_NUMBER, courses__average_score="78.350")
SILENT: dict[str, Callable[[], DeskCase]] = dict.fromkeys(DESK_RULES, _WELL)
