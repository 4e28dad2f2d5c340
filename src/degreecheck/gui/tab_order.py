"""Tab goes through a page from top to bottom, also to what was put in after the page was made.

Qt appends whatever is made later to the end of its chain: a file that was dropped into the first card would come last.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def in_layout_order(root: QWidget) -> list[QWidget]:
    """Everything in ``root`` that Tab stops at, in the order in which its layouts place it."""
    return [widget for widget in _below(root) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]


def set_tab_order(root: QWidget) -> None:
    """Have Tab go through it in that order."""
    for one, following in pairwise(in_layout_order(root)):
        QWidget.setTabOrder(one, following)


def _below(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    placed = list(_placed(layout)) if layout is not None else []
    others = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
    for child in [*placed, *(other for other in others if other not in placed)]:
        yield child
        yield from _below(child)


def _placed(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _placed(inner)
