"""Courses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from degreecheck.gui.fields import Page

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


class CoursesPage(Page):
    """Courses."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("courses", session, texts)
        self.add_rows(("courses.major", "courses.average_score", "courses.thesis_score"))
        self.finish()
