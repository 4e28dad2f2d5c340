"""The exceptions by which a worker says that it cannot read: this file, and why, or no text at all."""

from __future__ import annotations

from degreecheck.facts import Unreadable, UnreadableReason


class CannotRead(Exception):
    """A file cannot be read. ``reason`` is for the person, ``detail`` (at most 200 characters) for a log."""

    def __init__(self, reason: UnreadableReason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: UnreadableReason = reason
        self.detail = detail[:200]

    def as_fact(self) -> Unreadable:
        """The same as a value that may cross the process boundary."""
        return Unreadable(reason=self.reason, detail=self.detail)


class NoReader(Exception):
    """This build cannot read text in pictures."""
