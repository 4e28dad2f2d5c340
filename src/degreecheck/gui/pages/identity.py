"""6 证件信息: the photo, the ID card's two sides, the exam permit (M15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from degreecheck.gui.photo_workbench import PhotoWorkbench
from degreecheck.gui.slot_page import SlotPage

if TYPE_CHECKING:
    from degreecheck.asked import AskedSlot
    from degreecheck.gui.places import Target
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


class IdentityPage(SlotPage):
    """The photo has a workbench of its own; the papers have cards."""

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__("identity", session, texts)
        self.photo = PhotoWorkbench(session, texts)
        self.photo.removed.connect(self._say_removed)
        self.photo.viewed.connect(lambda file: self.show_large("photo", file))
        self.column.addWidget(self.photo)
        self.add_cards()
        self.finish()

    def wanted(self) -> tuple[AskedSlot, ...]:
        """Cards for all but the photo."""
        return tuple(one for one in super().wanted() if one.slot != "photo")

    def reveal(self, target: Target) -> None:
        """Bring a card, or what is said about the photo, into view."""
        if target.slot and target.slot != "photo":
            super().reveal(target)
        else:
            self.ensureWidgetVisible(self.photo, 0, 0)
            self.photo.reveal(target)
