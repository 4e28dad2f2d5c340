"""The files of an application: copied in, put into slots, taken out. Nothing of the person's own is ever moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from degreecheck.gui.session import Session


def throw_away(session: Session) -> None:
    """Before the window closes: what was copied in and taken out again goes to the recycle bin."""
    session.inspection.discarded.clear()
