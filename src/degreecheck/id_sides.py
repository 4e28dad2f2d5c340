"""Which side of the ID card a file is that its name calls 正面 or 反面.

In daily use 正面 is the side with the portrait, by the law on ID cards it is the one with the emblem. So the picture
settles it: a face is on one side only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from degreecheck.facts import FileFacts, NotChecked

PORTRAIT, EMBLEM = "id_card_portrait", "id_card_emblem"


def is_side(slots: Collection[str]) -> bool:
    """Whether these are the slots that a file may belong to which is one side of the card, nobody knows which."""
    return set(slots) == {PORTRAIT, EMBLEM}


def settled(
    sides: Collection[str], filled: Collection[str], facts: Mapping[str, FileFacts | NotChecked]
) -> dict[str, str]:
    """The slot of each of these files whose picture tells it; a slot among those ``filled`` is given to none.

    More than two files may be several takes of one side: those are for the person to choose from.
    """
    if len(sides) > 2:
        return {}
    found: dict[str, str] = {}
    for slot, face in ((PORTRAIT, True), (EMBLEM, False)):
        files = [file for file in sides if _shows_face(facts.get(file)) is face]
        # That no face is found proves little of a picture alone: the other side must be known too.
        known = face or PORTRAIT in filled or PORTRAIT in found.values()
        if len(files) == 1 and slot not in filled and known:
            found[files[0]] = slot
    return found


def _shows_face(facts: FileFacts | NotChecked | None) -> bool | None:
    """Whether the picture shows a face; None where that cannot be told."""
    if not isinstance(facts, FileFacts) or not facts.scan:
        return None
    # That a paper stands on its head is said only where a face shows it.
    if any(page.faces or page.orientation == "upside_down" for page in facts.scan):
        return True
    return None if any(page.orientation == "on_side" for page in facts.scan) else False
