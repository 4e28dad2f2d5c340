"""Small widgets that every window shares. All sentences come from whoever uses them; no label reads markup.

The calendar is imported from its own module: nothing that the start page shows needs it.
"""

from degreecheck.gui.parts.buttons import CopyButton, SegmentedChoice, Switch, ToolBarButton, push_button
from degreecheck.gui.parts.containers import Card, EmptyState, FlowLayout
from degreecheck.gui.parts.labels import (
    ElidedLabel,
    announce,
    body,
    caption,
    heading,
    label,
    muted,
    plain_tooltip,
    title,
)
from degreecheck.gui.parts.marks import Spinner, StateMark
from degreecheck.gui.parts.messages import Notice, Toast

__all__ = [
    "Card",
    "CopyButton",
    "ElidedLabel",
    "EmptyState",
    "FlowLayout",
    "Notice",
    "SegmentedChoice",
    "Spinner",
    "StateMark",
    "Switch",
    "Toast",
    "ToolBarButton",
    "announce",
    "body",
    "caption",
    "heading",
    "label",
    "muted",
    "plain_tooltip",
    "push_button",
    "title",
]
