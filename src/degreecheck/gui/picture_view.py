"""A file shown large: its pages, what was found boxed and numbered in them, and the sentences beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from degreecheck.facts import FileFacts
from degreecheck.gui import theme, thumbnails
from degreecheck.gui.disclosure import empty
from degreecheck.gui.finding_view import FindingView
from degreecheck.gui.parts import (
    ElidedLabel,
    EmptyState,
    Spinner,
    ToolBarButton,
    caption,
    heading,
    label,
    plain_tooltip,
    push_button,
)
from degreecheck.gui.picture_canvas import Mark, PictureCanvas
from degreecheck.gui.slot_file import pages_of
from degreecheck.inspectors.messages import Render, Rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from degreecheck.facts import Box, Region
    from degreecheck.gui.session import Session
    from degreecheck.report import Finding
    from degreecheck.text import Texts

_SIDE = 2_048  # pixels, the most a worker renders
_SHARE = 0.94  # of the window over which it opens
_BESIDE = 280  # logical pixels
_SCREEN_DPI, _POINTS = 96, 72  # to the inch
_ALIKE = 0.03


class PictureView(QDialog):
    """Escape closes it. Wheel, + and - zoom; 0 fits; 1 shows pixel by pixel; Page Up and Page Down turn pages."""

    def __init__(self, session: Session, texts: Texts, slot: str, file: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.file = file
        self.page = 0
        self._session = session
        self._texts = texts
        self._numbers: dict[str, int] = {}
        self._found: list[Finding] = []
        self._chosen = 0
        self._pending: Box | None = None  # to be shown once the page's picture is there
        self._looks = 0  # the answers to earlier questions are not wanted any more
        self._details = 0
        name = file.rpartition("/")[2]
        self.setWindowTitle(texts.get("ui.picture.title", slot=slot))
        self.canvas = PictureCanvas()
        self.canvas.setAccessibleName(name)
        self.canvas.zoomed.connect(self._say_scale)
        self.canvas.detail_wanted.connect(self._ask_detail)
        self._name = ElidedLabel(name, Qt.TextElideMode.ElideMiddle, "heading")
        self._scale = label("", "caption", wrap=False)
        self._page_words = label("", "caption", wrap=False)
        self._before = self._tool("left", "page_before", "PgUp", lambda: self.turn(-1))
        self._after = self._tool("right", "page_after", "PgDown", lambda: self.turn(1))
        self.messages = QVBoxLayout()
        self._beside = self._made_beside()
        self._waiting = QWidget()
        self._stack = QStackedWidget()
        self._lay_out()
        self._resize()
        session.judged.connect(self.refresh)
        self.refresh()
        self._load()

    # ---- building

    def _tool(self, icon: str, key: str, keys: str, act: Callable[[], None]) -> ToolBarButton:
        words = self._texts.get(f"ui.picture.{key}")
        button = ToolBarButton(icon, words)
        button.clicked.connect(lambda _checked=False: act())
        sequence = QKeySequence(keys)
        button.setToolTip(plain_tooltip(f"{words} ({sequence.toString(QKeySequence.SequenceFormat.NativeText)})"))
        self._on_key(keys, act)
        return button

    def _on_key(self, keys: str, act: Callable[[], None]) -> None:
        # Not the button's own shortcut: that waits a tenth of a second, as long as a click is shown.
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _made_beside(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("kind", "clear")
        down = QVBoxLayout(inside)
        down.setContentsMargins(0, 0, theme.space(0.5), 0)
        self.messages.setSpacing(theme.space(0.5))
        down.addWidget(heading(self._texts.get("ui.picture.found")))
        down.addLayout(self.messages)
        down.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFixedWidth(_BESIDE)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _lay_out(self) -> None:
        texts = self._texts
        bar = QHBoxLayout()
        bar.setSpacing(theme.space(0.5))
        bar.addWidget(self._name, 1)
        bar.addWidget(self._before)
        bar.addWidget(self._page_words)
        bar.addWidget(self._after)
        bar.addSpacing(theme.space())
        bar.addWidget(self._tool("zoom_out", "farther", "-", lambda: self.canvas.zoom(-1)))
        bar.addWidget(self._scale)
        bar.addWidget(self._tool("zoom_in", "closer", "+", lambda: self.canvas.zoom(1)))
        bar.addWidget(self._tool("fit", "fit", "0", self.canvas.fit))
        whole = push_button(texts.get("ui.picture.original"), "quiet")
        whole.clicked.connect(self.canvas.original_size)
        self._on_key("1", self.canvas.original_size)
        bar.addWidget(whole)
        close = push_button(texts.get("ui.close"))
        close.clicked.connect(self.reject)
        bar.addWidget(close)
        for button in self.findChildren(ToolBarButton):
            button.setAutoRaise(True)
        wait = QVBoxLayout(self._waiting)
        wait.addWidget(Spinner(texts.get("ui.picture.loading"), 32), alignment=Qt.AlignmentFlag.AlignCenter)
        self.nothing = EmptyState(
            "document", texts.get("ui.picture.nothing"), hint=texts.get("ui.picture.nothing_hint")
        )
        for widget in (self.canvas, self._waiting, self.nothing):
            self._stack.addWidget(widget)
        across = QHBoxLayout()
        across.setSpacing(theme.space(2))
        across.addWidget(self._stack, 1)
        across.addWidget(self._beside)
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(2), theme.space(1.5), theme.space(2), theme.space(2))
        down.setSpacing(theme.space())
        down.addLayout(bar)
        down.addLayout(across, 1)

    def _resize(self) -> None:
        parent = self.parentWidget()
        size = parent.window().size() if parent is not None else QSize(1000, 700)
        self.resize(round(size.width() * _SHARE), round(size.height() * _SHARE))

    # ---- what is shown

    @property
    def is_loading(self) -> bool:
        """Whether the page's picture is on its way."""
        return self._stack.currentWidget() is self._waiting

    @property
    def pages(self) -> int:
        """How many pages the file is known to have."""
        return pages_of(self._session, self.file)

    def refresh(self) -> None:
        """There is a new report."""
        found = [one for one in self._session.report.findings if one.file == self.file]
        if found != self._found or not self._numbers:
            self._found = found
            boxed = [one for one in found if one.regions]
            self._numbers = {one.key: number for number, one in enumerate(boxed, 1)}
            self._show_messages()
        self._show_marks()
        self._show_page()

    def _show_messages(self) -> None:
        empty(self.messages)
        for one in self._found:
            row = QWidget()
            across = QHBoxLayout(row)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(theme.space(0.5))
            number = self._numbers.get(one.key)
            badge = _badge(number, one.severity)
            across.addWidget(badge, alignment=Qt.AlignmentFlag.AlignTop)
            view = FindingView(one, self._session, self._texts, listed=True)
            view.chosen.connect(self.choose)
            across.addWidget(view, 1)
            self.messages.addWidget(row)
        if not self._found:
            self.messages.addWidget(caption(self._texts.get("ui.picture.nothing_found")))

    def _show_marks(self) -> None:
        marks = [
            Mark(region.box, self._numbers[one.key], one.severity)
            for one in self._found
            for region in one.regions
            if region.page == self.page
        ]
        self.canvas.set_marks(marks, self._chosen)

    def _show_page(self) -> None:
        pages = self.pages
        for widget in (self._before, self._page_words, self._after):
            widget.setVisible(pages > 1)
        self._before.setEnabled(self.page > 0)
        self._after.setEnabled(self.page < pages - 1)
        self._page_words.setText(self._texts.get("ui.picture.page", page=self.page + 1, pages=pages))

    def choose(self, finding: Finding) -> None:
        """Show what a finding speaks of."""
        self._chosen = self._numbers.get(finding.key, 0)
        self.show_regions(finding.regions)

    def show_regions(self, regions: Sequence[Region]) -> None:
        """Go to the first of these boxes."""
        if not regions:
            self._show_marks()
            return
        first = regions[0]
        chosen = next((self._numbers[one.key] for one in self._found if first in one.regions), 0)
        self._chosen = chosen or self._chosen
        self._pending = first.box
        if first.page != self.page:
            self.page = first.page
            self._load()
        elif self._stack.currentWidget() is self.canvas:
            self._go_to_pending()
        self._show_marks()

    def turn(self, by: int) -> None:
        """Another page."""
        page = min(max(self.page + by, 0), self.pages - 1)
        if page != self.page:
            self.page = page
            self._pending = None
            self._load()

    # ---- pictures

    def _load(self) -> None:
        self._looks += 1
        self._details += 1
        self._stack.setCurrentWidget(self._waiting)
        self._show_page()
        self._show_marks()
        look, keeper = self._looks, thumbnails.of(self._session)
        keeper.ask(self, keeper.key(self.file, _SIDE, self.page), lambda picture: self._got(look, picture))

    def _got(self, look: int, picture: QImage) -> None:
        if look != self._looks:
            return
        if picture.isNull():
            self._stack.setCurrentWidget(self.nothing)
            return
        self._stack.setCurrentWidget(self.canvas)
        is_document = (
            isinstance(facts := self._session.inspection.facts.get(self.file), FileFacts) and facts.pdf is not None
        )
        self.canvas.show_picture(picture, self._original(picture), endless=is_document)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._go_to_pending()

    def _original(self, picture: QImage) -> QSizeF:
        """The picture's size in its own pixels; of a document's page in those of an ordinary screen."""
        facts = self._session.inspection.facts.get(self.file)
        stated = QSizeF()
        if isinstance(facts, FileFacts) and facts.pdf is not None:
            sizes = facts.pdf.sizes
            points = sizes[self.page] if self.page < len(sizes) else None
            stated = QSizeF(points.width, points.height) * _SCREEN_DPI / _POINTS if points is not None else stated
        elif isinstance(facts, FileFacts) and facts.image is not None and self.page == 0:
            stated = QSizeF(facts.image.width, facts.image.height)
        if stated.isEmpty():
            return QSizeF(picture.size())
        # Of a file that has changed since it was measured the picture tells.
        ratio = stated.width() / stated.height() * picture.height() / picture.width()
        return stated if abs(ratio - 1) < _ALIKE else QSizeF(picture.size())

    def _go_to_pending(self) -> None:
        if self._pending is not None:
            self.layout().activate()  # type: ignore[union-attr]
            self.canvas.show_box(self._pending)
            self._pending = None

    def _ask_detail(self, box: Box) -> None:
        self._details += 1
        detail = self._details
        request = Render(self._session.path / self.file, self.page, _SIDE, box)

        def got(result: object) -> None:
            if detail == self._details and isinstance(result, Rendered):
                self.canvas.show_detail(thumbnails.picture_of(result), box)

        self._session.background.ask(self, request, got)

    def _say_scale(self, scale: float) -> None:
        self._scale.setText(f"{scale * self.canvas.devicePixelRatioF():.0%}")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """= is the key of + without Shift. Enter is for the buttons, never for closing."""
        if event.key() == Qt.Key.Key_Equal:
            self.canvas.zoom(1)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


def _badge(number: int | None, severity: str) -> QLabel:
    badge = label(str(number) if number else "", "caption", wrap=False)
    badge.setProperty("badge", severity if number else "")
    badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
    badge.setFixedSize(22, 22)
    return badge
