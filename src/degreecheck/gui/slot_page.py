"""A page on which materials stand: fields first, then the cards of its slots, then files that belong nowhere yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from degreecheck import asked
from degreecheck.asked import AskedSlot
from degreecheck.gui import theme
from degreecheck.gui.fields import Page
from degreecheck.gui.parts import Toast
from degreecheck.gui.picture_view import PictureView
from degreecheck.gui.places import NUMBERS, PageId
from degreecheck.gui.slots import SlotCard
from degreecheck.gui.unassigned import Unassigned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from degreecheck.facts import Region
    from degreecheck.form import Form
    from degreecheck.gui.places import Target
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts


class SlotPage(Page):
    """A page with cards. ``add_cards`` places them; ``wanted`` says which, in which order."""

    def __init__(self, page: PageId, session: Session, texts: Texts) -> None:
        super().__init__(page, session, texts)
        self.cards: dict[str, SlotCard] = {}
        self.view: PictureView | None = None
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.space(2))
        self.unassigned = Unassigned(session, texts)
        self.toast = Toast(self)
        self.toast.acted.connect(self._take_back)
        self._after_removal: Form | None = None
        self._stale = True
        self._shape: object = None

    def add_cards(self) -> None:
        """Here stand the cards, and below them the files without a slot."""
        self.column.addLayout(self._cards)
        self.column.addWidget(self.unassigned)

    def wanted(self) -> tuple[AskedSlot, ...]:
        """The slots of the page's section that this applicant sees."""
        return asked.slots_for(NUMBERS[self.page], self.session.form, self.session.pack)

    def refresh(self) -> None:
        """The form has changed: other slots may apply."""
        super().refresh()
        wanted = self.wanted()
        shown = {one.slot for one in wanted}
        for index, one in enumerate(wanted):
            card = self.cards.get(one.slot) or self._made_card(one.slot)
            if self._cards.indexOf(card) != index:
                self._cards.insertWidget(index, card)
            card.show()
            card.set_asked(one, own_card=not shown.isdisjoint(one.any_of))
        for slot, card in self.cards.items():
            if slot not in shown:
                card.hide()
        if self._after_removal is not None and self.session.form is not self._after_removal:
            self._after_removal = None
            self.toast.hide()

    def show_findings(self) -> None:
        """There is a new report, or something new is known of the files."""
        super().show_findings()
        if self.isVisible():
            self._show_files()
        else:
            self._stale = True  # an edit elsewhere need not wait for cards that nobody sees

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """What changed meanwhile."""
        super().showEvent(event)
        if self._stale:
            self._show_files()

    def _show_files(self) -> None:
        self._stale = False
        for card in self.cards.values():
            if not card.isHidden():
                card.refresh()
        here = [slot for slot, card in self.cards.items() if not card.isHidden()]
        self.unassigned.refresh(here)
        shape = (
            here,
            [card.files for card in self.cards.values()],
            [row.file for row in self.unassigned.rows],
            [[(one.key, one.answered) for one in card.findings.findings] for card in self.cards.values()],
        )
        if shape != self._shape:
            self._shape = shape
            self.order_soon()

    def _made_card(self, slot: str) -> SlotCard:
        card = self.cards[slot] = SlotCard(self.session, self.texts, slot)
        card.viewed.connect(self.show_large)
        card.removed.connect(self._say_removed)
        card.noticed.connect(self._bring_into_view)
        return card

    def _bring_into_view(self, widget: QWidget) -> None:
        # Once the layout has given it its place.
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget, 0, theme.space(2)))

    # ---- taking back

    def _say_removed(self, file: str) -> None:
        self._after_removal = self.session.form
        name = file.rpartition("/")[2]
        self.toast.say(self.texts.get("ui.files.removed", file=name[:60]), self.texts.get("ui.undo"))

    def _take_back(self) -> None:
        if self._after_removal is self.session.form:
            self.session.undo()

    # ---- showing

    def reveal(self, target: Target) -> None:
        """Bring a slot's card into view; where something is boxed, show it large."""
        if target.file and not target.slot:
            QApplication.processEvents()  # a page fills its rows when it is first seen
        loose = next((row for row in self.unassigned.rows if row.file == target.file), None)
        if loose is not None and not target.slot:
            self.ensureWidgetVisible(loose, 0, theme.space(6))
            loose.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        card = self.cards.get(target.slot)
        beside_field = target.field and self.row_of(target.field) is not None and not target.regions
        if card is None or card.isHidden() or beside_field:
            super().reveal(target)
            return
        QApplication.processEvents()
        self.ensureWidgetVisible(card, 0, theme.space(3))
        row = next((row for row in card.rows if row.file == target.file), None)
        focused: QWidget = row or card
        focused.setFocus(Qt.FocusReason.OtherFocusReason)
        if row is not None:
            self.ensureWidgetVisible(row, 0, theme.space(6))
            if target.regions:
                self.show_large(target.slot, target.file, target.regions)

    def show_large(self, slot: str, file: str, regions: Sequence[Region] = ()) -> None:
        """Open the large view; Escape closes it and the focus comes back."""
        view = PictureView(self.session, self.texts, slot, file, self)
        view.destroyed.connect(self._forget_view)
        self.view = view
        view.open()
        view.show_regions(regions)

    def _forget_view(self) -> None:
        self.view = None
