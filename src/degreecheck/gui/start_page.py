"""The first thing on the screen: 我是学生 or 我是老师. Nothing slow is imported for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from degreecheck.gui import icons, opening, theme
from degreecheck.gui.parts import Card, ElidedLabel, SegmentedChoice, caption, heading, muted, push_button, title

if TYPE_CHECKING:
    from degreecheck.gui.settings import Kind
    from degreecheck.gui.window import Window
    from degreecheck.text import Texts

_CARD_WIDTH = 380
_SIDE_BY_SIDE_FROM = 860


class _Picture(QWidget):
    """An icon in the accent colour."""

    def __init__(self, name: str, side: int) -> None:
        super().__init__()
        self._name = name
        self._side = side
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 (Qt's name)
        """Draw it."""
        icons.paint(QPainter(self), QRectF(0, 0, self._side, self._side), self._name, "accent_ink")


class StartPage(QScrollArea):
    """New, open, recent; for students and for teachers."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        texts = window.texts
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.student = self._student_card(texts)
        self.teacher = self._teacher_card(texts)
        inside = QWidget()
        down = QVBoxLayout(inside)
        down.setContentsMargins(theme.space(4), theme.space(4), theme.space(4), theme.space(2))
        down.setSpacing(theme.space(3))
        down.addStretch(2)
        down.addLayout(self._greeting(texts))
        cards = QHBoxLayout()
        cards.setSpacing(theme.space(3))
        cards.addStretch(1)
        cards.addWidget(self.student, 0, Qt.AlignmentFlag.AlignTop)
        cards.addWidget(self.teacher, 0, Qt.AlignmentFlag.AlignTop)
        cards.addStretch(1)
        down.addLayout(cards)
        down.addStretch(3)
        down.addLayout(self._foot(texts))
        self.setWidget(inside)

    def _greeting(self, texts: Texts) -> QVBoxLayout:
        down = QVBoxLayout()
        down.setSpacing(theme.space(0.5))
        name = title(texts.get("ui.title"))
        name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        lead = muted(texts.get("ui.start.lead"))
        lead.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        down.addWidget(name)
        down.addWidget(lead)
        return down

    def _card(self, picture: str, name: str, lead: str) -> tuple[Card, QVBoxLayout]:
        card = Card()
        card.setFixedWidth(_CARD_WIDTH)
        card.setAccessibleName(name)
        down = QVBoxLayout(card)
        down.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(2))
        down.setSpacing(theme.space(1.5))
        top = QHBoxLayout()
        top.setSpacing(theme.space(1.5))
        top.addWidget(_Picture(picture, 40))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(heading(name))
        words.addWidget(caption(lead))
        top.addLayout(words, 1)
        down.addLayout(top)
        return card, down

    def _student_card(self, texts: Texts) -> Card:
        card, down = self._card("student", texts.get("ui.start.student"), texts.get("ui.start.student_lead"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(texts.get("ui.start.name"))
        self.name.setAccessibleName(texts.get("ui.start.name"))
        self.name.setMaxLength(60)
        self.name.returnPressed.connect(self._make)
        self.new = push_button(texts.get("ui.start.new"), "primary", "new")
        self.new.clicked.connect(self._make)
        row = QHBoxLayout()
        row.setSpacing(theme.space())
        row.addWidget(self.name, 1)
        row.addWidget(self.new)
        down.addLayout(row)
        self.open = push_button(texts.get("ui.start.open"), icon_name="open")
        self.open.clicked.connect(self._choose_application)
        down.addWidget(self.open)
        down.addWidget(caption(texts.get("ui.start.drop")))
        self._add_recents(down, "student", texts)
        return card

    def _teacher_card(self, texts: Texts) -> Card:
        card, down = self._card("teacher", texts.get("ui.start.teacher"), texts.get("ui.start.teacher_lead"))
        self.open_desk = push_button(texts.get("ui.start.open_desk"), icon_name="folder")
        self.open_desk.clicked.connect(self._choose_desk)
        down.addWidget(self.open_desk)
        down.addWidget(caption(texts.get("ui.start.desk_hint")))
        self._add_recents(down, "desk", texts)
        return card

    def _add_recents(self, down: QVBoxLayout, kind: Kind, texts: Texts) -> None:
        recents = self._window.program.settings.recents(kind)
        if not recents:
            return
        down.addSpacing(theme.space(0.5))
        down.addWidget(caption(texts.get("ui.start.recent")))
        rows = QVBoxLayout()
        rows.setSpacing(0)
        for path in recents:
            rows.addWidget(_Recent(path, kind, self._window))
        down.addLayout(rows)

    def _foot(self, texts: Texts) -> QHBoxLayout:
        program = self._window.program
        language = SegmentedChoice({"zh": "中文", "en": "English"}, texts.get("ui.settings.language"))
        language.set_key(program.settings.language)
        language.chosen.connect(lambda key: program.set_language("en" if key == "en" else "zh"))
        across = QHBoxLayout()
        across.addWidget(caption(texts.get("ui.start.privacy")), 1)
        settings = push_button(texts.get("ui.menu.settings"), "quiet", "settings")
        settings.clicked.connect(self._settings)
        about = push_button(texts.get("ui.menu.about"), "quiet")
        about.clicked.connect(self._about)
        across.addWidget(about)
        across.addWidget(settings)
        across.addWidget(language)
        return across

    def _settings(self) -> None:
        from degreecheck.gui.dialogs import SettingsDialog

        SettingsDialog(self._window).open()

    def _about(self) -> None:
        from degreecheck.gui.dialogs import AboutDialog

        AboutDialog(self._window).open()

    def _make(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.setFocus()
            return
        opening.make_new(name, self._window)

    def _choose_application(self) -> None:
        self._choose("ui.start.open", self._window.open_path)

    def _choose_desk(self) -> None:
        self._choose("ui.start.open_desk", lambda path: opening.open_desk(path, self._window))

    def _choose(self, key: str, then: object) -> None:
        home = opening.home()
        start = home if home.is_dir() else home.parent
        chosen = QFileDialog.getExistingDirectory(self, self._window.texts.get(key), str(start))
        if chosen and callable(then):
            then(Path(chosen))


class _Recent(QWidget):
    """A folder opened before: its name opens it, and a cross forgets it."""

    def __init__(self, path: Path, kind: Kind, window: Window) -> None:
        super().__init__()
        texts = window.texts
        opens = push_button("", "quiet")
        opens.setAccessibleName(path.name)
        opens.setToolTip(str(path))
        inside = QHBoxLayout(opens)
        inside.setContentsMargins(theme.space(), 0, theme.space(), 0)
        inside.addWidget(ElidedLabel(path.name))
        inside.addWidget(ElidedLabel(str(path.parent), Qt.TextElideMode.ElideMiddle, "caption"), 1)
        opens.setMinimumHeight(theme.space(4))
        opens.clicked.connect(lambda: opening.open_desk(path, window) if kind == "desk" else window.open_path(path))
        forget = push_button("", "quiet")
        icons.set_icon(forget, "cross", "text_muted")
        forget.setIconSize(QSize(14, 14))
        forget.setFixedWidth(theme.space(4))
        forget.setAccessibleName(texts.get("ui.start.forget", name=path.name))
        forget.setToolTip(texts.get("ui.start.forget", name=path.name))
        forget.clicked.connect(lambda: self._forget(path, window))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(opens, 1)
        across.addWidget(forget)

    def _forget(self, path: Path, window: Window) -> None:
        window.program.settings.forget_recent(path)
        self.hide()
