"""Buttons of the window: with an icon, for a choice of a few, for on and off, for copying a value."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QRadioButton, QSizePolicy, QToolButton, QWidget

from degreecheck.gui import icons, theme
from degreecheck.gui.parts.labels import announce, plain_tooltip

_DONE_MS = 1600  # how long a copied value shows its tick


def push_button(text: str, kind: str = "default", icon_name: str = "") -> QPushButton:
    """A button with words; ``kind`` is "default", "primary" (one per page), "quiet", "danger", "link" (among text)."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    if icon_name:
        colours = {"primary": "accent_text", "quiet": "accent_ink", "link": "accent_ink", "danger": "error"}
        icons.set_icon(made, icon_name, colours.get(kind, "text"))
    return made


class ToolBarButton(QToolButton):
    """A quiet button with an icon; its words stand beside it or in its tooltip, with its keys."""

    def __init__(
        self,
        icon_name: str,
        text: str,
        keys: QKeySequence | QKeySequence.StandardKey | str = "",
        *,
        show_text: bool = False,
        checkable: bool = False,
    ) -> None:
        """``keys`` is shown and works; ``text`` is the accessible name."""
        super().__init__()
        self.setProperty("kind", "quiet")
        self.setIconSize(QSize(20, 20))
        self.setCheckable(checkable)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if show_text else Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setToolButtonStyle(style)
        icons.set_icon(self, icon_name)
        self.set_text(text, keys)

    def set_text(self, text: str, keys: QKeySequence | QKeySequence.StandardKey | str = "") -> None:
        """Other words, as in another language."""
        sequence = QKeySequence(keys)
        self.setText(text)
        self.setShortcut(sequence)
        shown = sequence.toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(plain_tooltip(f"{text} ({shown})" if shown else text))
        self.setAccessibleName(text)


class CopyButton(ToolBarButton):
    """Copies a value; ``confirm`` turns it into a tick for a moment. What is copied, and how, is the caller's."""

    def __init__(self, text: str, done_ms: int = _DONE_MS) -> None:
        """``done_ms``: for how long the tick is shown, in milliseconds."""
        super().__init__("copy", text)
        self.setIconSize(QSize(16, 16))
        self._back = QTimer(self, singleShot=True, interval=done_ms)
        self._back.timeout.connect(self._show_copy)

    def confirm(self, said: str) -> None:
        """Show and say that it is done."""
        icons.set_icon(self, "check", "ok")
        announce(self, said)
        self._back.start()

    def _show_copy(self) -> None:
        icons.set_icon(self, "copy")


class _Segment(QRadioButton):
    """One of the parts of a SegmentedChoice. A radio button: arrow keys and screen readers know it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        words = self.fontMetrics().horizontalAdvance(self.text())
        height = max(theme.current().size("control"), self.fontMetrics().height() + theme.space(1.5))
        return QSize(max(words + theme.space(4), theme.space(8)), height)

    minimumSizeHint = sizeHint  # noqa: N815  (Qt's name)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  (Qt's name)
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  (Qt's name)
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        radius = look.size("radius_small")
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            # Soft: a page has several of these, and its one loud button is another.
            painter.setBrush(look.colour("accent_soft" if self.isEnabled() else "surface_pressed"))
            painter.setPen(QPen(look.colour("accent_ink" if self.isEnabled() else "line_control"), 1))
            painter.drawRoundedRect(inner.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        elif self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.setBrush(look.colour("surface_hover"))
            painter.drawRoundedRect(inner, radius, radius)
        if theme.by_keyboard(self):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), look.size("radius"), look.size("radius")
            )
        words = "text_disabled" if not self.isEnabled() else "accent_ink" if self.isChecked() else "text"
        painter.setPen(look.colour(words))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class SegmentedChoice(QWidget):
    """A choice of one among a few that all stay in sight: 自考 or 成教. Nothing is chosen until somebody chooses.

    Tab enters it, the arrow keys choose. ``chosen`` is sent with the key when the person, not the program, chooses.
    """

    chosen = Signal(str)

    def __init__(self, choices: Mapping[str, str], name: str = "") -> None:
        """``choices``: key → words, in order; ``name``: what is chosen, for screen readers."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._segments: dict[str, QRadioButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for key, words in choices.items():
            segment = _Segment(words)
            segment.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._segments[key] = segment
            row.addWidget(segment)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if self._segments:
            self.setFocusProxy(next(iter(self._segments.values())))
        self.set_name(name)

    def key(self) -> str | None:
        """The key of what is chosen."""
        return next((key for key, segment in self._segments.items() if segment.isChecked()), None)

    def set_key(self, key: str | None) -> None:
        """Choose without sending ``chosen``; None or an unknown key: nothing is chosen."""
        for each, segment in self._segments.items():
            segment.setAutoExclusive(False)
            segment.setChecked(each == key)
            segment.setAutoExclusive(True)
        if key in self._segments:
            self.setFocusProxy(self._segments[key])

    def set_name(self, name: str) -> None:
        """What is chosen, for screen readers."""
        self.setAccessibleName(name)
        for segment in self._segments.values():
            segment.setAccessibleName(f"{name} {segment.text()}".strip())

    def set_words(self, choices: Mapping[str, str]) -> None:
        """Other words for the same keys, as in another language."""
        for key, words in choices.items():
            self._segments[key].setText(words)
        self.set_name(self.accessibleName())

    def segments(self) -> list[QRadioButton]:
        """The parts, in order."""
        return list(self._segments.values())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  (Qt's name)
        """The groove in which the parts lie."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, groove = look.size("radius"), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        state = str(self.property("state") or "")
        sides, foot = (state, state) if state in ("error", "warning") else ("line_control", "line_strong")
        if not self.isEnabled():
            sides = foot = "line"
        painter.setPen(QPen(look.colour(sides), 1))
        painter.setBrush(look.colour("surface_raised" if self.isEnabled() else "surface"))
        painter.drawRoundedRect(groove, radius, radius)
        # The lower edge is darker, as on every field.
        painter.setClipRect(self.rect().adjusted(0, self.height() - 2, 0, 0))
        painter.setPen(QPen(look.colour(foot), 1))
        painter.drawRoundedRect(groove, radius, radius)


class Switch(QCheckBox):
    """On or off at once, as in a settings window. A check box to the keyboard and to screen readers."""

    _TRACK = QSize(36, 20)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """The track, the words and room for the focus ring."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(self._TRACK.width() + 8 + (words + 8 if words else 0), max(28, self.fontMetrics().height() + 8))

    minimumSizeHint = sizeHint  # noqa: N815  (Qt's name)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  (Qt's name)
        """The words are part of it."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  (Qt's name)
        """Draw track, knob, words and focus ring."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(4.5, (self.height() - self._TRACK.height()) / 2 + 0.5, 35, 19)
        on, able = self.isChecked(), self.isEnabled()
        edge = look.colour("accent" if on and able else "line_strong" if able else "line_control")
        painter.setPen(QPen(edge, 1))
        painter.setBrush(edge if on else look.colour("surface_raised"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        knob = 11.0
        left = track.right() - knob - 4 if on else track.left() + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent_text" if on else "line_strong" if able else "line_control"))
        painter.drawEllipse(QRectF(left, track.center().y() - knob / 2, knob, knob))
        painter.setPen(look.colour("text" if able else "text_disabled"))
        words = self.rect().adjusted(self._TRACK.width() + 12, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if theme.by_keyboard(self):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
