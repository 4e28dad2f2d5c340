"""The steps on the left: the portal's sections in the portal's order, each with its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from degreecheck import asked
from degreecheck.deadlines import awaits_submission
from degreecheck.form import asked_fields, value_at
from degreecheck.gui import icons, theme
from degreecheck.gui.parts import announce, plain_tooltip
from degreecheck.gui.places import NUMBERS, PAGES, SLOT_PAGES, PageId, is_missing, page_of_field, target_of

if TYPE_CHECKING:
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts

State = Literal["todo", "error", "question", "ok", "busy"]

_FOLDED = 64  # logical pixels, icons alone
_ICONS: dict[PageId, str] = {
    "personal": "person", "institution": "school", "courses": "courses", "thesis": "thesis", "identity": "id_card",
    "transcript": "transcript", "certificates": "certificate", "export": "export", "submission": "send",
}  # fmt: skip


def is_blank(page: PageId, session: Session) -> bool:
    """Whether nothing has been filled in on a page yet."""
    form = session.form
    section = next((known for known in asked.SECTIONS if known.number == NUMBERS.get(page)), None)
    if section is not None and any(form.listed(slot) for slot in section.slots):
        return False
    if page == "courses" and form.courses.records:
        return False
    untouched = type(form)()
    return all(
        value_at(form, field.path) == value_at(untouched, field.path)
        for field in asked_fields()
        if page_of_field(field.path) == page
    )


def is_looking(page: PageId, session: Session) -> bool:
    """Whether files of a page are being looked at: that nothing is said of them yet means nothing."""
    inspection = session.inspection
    return any(SLOT_PAGES.get(entry.slot) == page and entry.file in inspection.waiting for entry in inspection.listed)


def state_of(page: PageId, session: Session) -> tuple[State, int]:
    """A step's state, and how many things are open on it (missing ones apart from mistakes: a blank page is to do)."""
    found = [f for f in session.report.findings if f.severity != "note" and not f.answered]
    if page == "submission":
        return ("todo" if awaits_submission(session.form.submission.status) else "ok"), 0
    if page == "export":
        verdict = session.report.verdict
        return ("ok" if verdict == "ready" else "todo"), 0
    mine = [finding for finding in found if target_of(finding).page == page]
    wrong = [finding for finding in mine if finding.severity == "error" and not is_missing(finding)]
    if wrong:
        return "error", len(mine)
    if any(is_missing(finding) for finding in mine) or (not mine and is_blank(page, session)):
        return "todo", len(mine)
    if is_looking(page, session):
        return "busy", 0
    return ("question", len(mine)) if mine else ("ok", 0)


class _Step(QAbstractButton):
    """One step: icon, number and name, and the shape of its state."""

    def __init__(self, page: PageId, texts: Texts) -> None:
        super().__init__()
        self.page = page
        self._texts = texts
        self._state: State = "todo"
        self._count = 0
        self.folded = False
        self.setCheckable(True)
        self.setText(texts.get(f"ui.page.{page}.title"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._tell()

    def set_state(self, state: State, count: int) -> None:
        """Show another state."""
        if (state, count) != (self._state, self._count):
            self._state, self._count = state, count
            self._tell()
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A line, at least 40 pixels high, as the text size asks."""
        return QSize(theme.space(8), max(theme.space(5), self.fontMetrics().height() + theme.space(2)))

    def _tell(self) -> None:
        words = self._texts.get(f"ui.step.{self._state}", count=self._count)
        number = NUMBERS.get(self.page, "")
        self.setAccessibleName(f"{number} {self.text()}: {words}".strip())
        self.setToolTip(plain_tooltip(f"{number} {self.text()}\n{words}".strip()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 (Qt's name)
        """Draw it: what is chosen on a soft ground with a bar of the accent at its left."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(theme.space(), 1, -theme.space(), -1)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = look.size("radius")
        if self.isChecked():
            painter.setBrush(look.colour("accent_soft"))
            painter.drawRoundedRect(area, radius, radius)
        elif self.underMouse() or self.isDown():
            painter.setBrush(look.colour("surface_hover"))
            painter.drawRoundedRect(area, radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.colour("focus"))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)
        colour = "accent_ink" if self.isChecked() else "text"
        middle = area.center().y()
        mark = QRectF(area.right() - theme.space() - 16, middle - 8, 16, 16)
        if self.folded:
            icons.paint(painter, QRectF(area.left() + 6, middle - 10, 20, 20), _ICONS[self.page], colour)
            small = QRectF(area.right() - 15, area.top() + 3, 12, 12)
            if self._state in ("error", "question"):
                icons.paint_state(painter, small, self._state)
            return
        icons.paint(painter, QRectF(area.left() + theme.space(), middle - 9, 18, 18), _ICONS[self.page], colour)
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(look.colour(colour))
        words = QRectF(area.left() + theme.space() + 18 + theme.space(), area.top(), 0, area.height())
        words.setRight(mark.left() - theme.space(0.5))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        icons.paint_state(painter, mark, self._state)


class Steps(QWidget):
    """The column of steps. Tab enters it at the present step, the arrow keys walk, Ctrl+1 to Ctrl+9 go there."""

    chosen = Signal(str)

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session = session
        self._folded = False
        self._group = QButtonGroup(self)
        self._steps: dict[PageId, _Step] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("kind", "side")
        self.setAccessibleName(texts.get("ui.step.column"))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, theme.space(1.5), 0, theme.space())
        down.setSpacing(2)
        for page in PAGES:
            step = _Step(page, texts)
            step.clicked.connect(lambda _checked=False, page=page: self.chosen.emit(page))
            self._group.addButton(step)
            self._steps[page] = step
            if page == "export":
                down.addSpacing(theme.space(2))
            down.addWidget(step)
        down.addStretch(1)
        self.set_folded(False)
        session.judged.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """There is a new report."""
        for page, step in self._steps.items():
            step.set_state(*state_of(page, self._session))

    def choose(self, page: PageId) -> None:
        """Show this step as the present one."""
        step = self._steps[page]
        step.setChecked(True)
        for other in self._steps.values():
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other is step else Qt.FocusPolicy.ClickFocus)
        announce(self, step.accessibleName())

    def set_folded(self, folded: bool) -> None:
        """Icons alone, or with their names."""
        self._folded = folded
        for step in self._steps.values():
            step.folded = folded
            step.update()
        self.setFixedWidth(_FOLDED if folded else theme.current().size("steps"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Up and down walk from step to step."""
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        focused = self.focusWidget()
        if event.key() in moves and isinstance(focused, _Step):
            index = (PAGES.index(focused.page) + moves[Qt.Key(event.key())]) % len(PAGES)
            self.chosen.emit(PAGES[index])
            self._steps[PAGES[index]].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)
