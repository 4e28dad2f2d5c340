"""What can be undone: the form's states, one for each thing the person did."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from degreecheck.form import Form

GREATEST_STEPS = 500


class History:
    """The present form, and those before and after it. Typing in one field is one step until it is settled."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._past: list[Form] = []
        self._future: list[Form] = []
        self._open_key = ""

    def change(self, form: Form, key: str = "") -> None:
        """Make ``form`` the present one. Changes in a row under one ``key`` (a field's path) are one step."""
        if form == self.form:
            return
        if not key or key != self._open_key or not self._past:
            self._past.append(self.form)
            del self._past[:-GREATEST_STEPS]
        self._future.clear()
        self._open_key = key
        self.form = form

    def settle(self) -> None:
        """What is changed from here on is a step of its own."""
        self._open_key = ""

    def replace(self, form: Form) -> None:
        """Another form altogether, such as one that was saved elsewhere; it can be undone like any change."""
        self.settle()
        self.change(form)

    @property
    def can_undo(self) -> bool:
        """Whether there is a form before this one."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone and nothing changed since."""
        return bool(self._future)

    def undo(self) -> None:
        """Back to the form before; nothing happens where there is none."""
        if self._past:
            self._future.append(self.form)
            self.form = self._past.pop()
            self.settle()

    def redo(self) -> None:
        """Forward again; nothing happens where there is nothing to."""
        if self._future:
            self._past.append(self.form)
            self.form = self._future.pop()
            self.settle()
