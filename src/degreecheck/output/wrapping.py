"""Lines for a terminal: Chinese text broken between characters, continuation lines set under the text they continue."""

from __future__ import annotations

import re
from collections.abc import Callable

# A line neither begins with a closing sign nor ends with an opening one (GB/T 15834-2011, 5.1.11).
_NOT_FIRST = frozenset("，。、；：！？…—”’）》〉】』」〕%％·,.;:!?)]}")
_NOT_LAST = frozenset("“‘（《〈【『「〔([{")
_LEAD = re.compile(r" *(?:[→·✕×!?✓√] )?")  # continuation lines stand under what follows the sign
_LEAST = 24  # cells for the text itself; a narrower terminal wraps as it likes


def wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` terminal cells; words and numbers stay whole where they fit in a line."""
    from rich.cells import cell_len

    found = _LEAD.match(text)
    indent = " " * (cell_len(found.group()) if found else 0)
    if cell_len(text) <= width or width - len(indent) < _LEAST:
        return [text]
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line.strip() and cell_len(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = indent + piece.lstrip()
        else:
            line += piece
        while cell_len(line.rstrip()) > width:  # one word, longer than a line
            cut = _fitting(line, width)
            lines.append(line[:cut])
            line = indent + line[cut:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """What must not be broken: words with the blanks after them, single wide characters with signs that cling."""
    from rich.cells import cell_len

    pieces: list[str] = []
    for character in text:
        if pieces and not _may_break(pieces[-1][-1], character, cell_len):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _may_break(before: str, after: str, cells: Callable[[str], int]) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
        return False
    return before == " " or cells(before) > 1 or cells(after) > 1


def _fitting(text: str, width: int) -> int:
    """How many characters fit into a line, at least one."""
    from rich.cells import cell_len

    used = 0
    for index, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return max(1, index)
    return len(text)
