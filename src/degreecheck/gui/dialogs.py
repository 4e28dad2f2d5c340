"""Settings, and what the program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from degreecheck import __version__, paths
from degreecheck.gui import theme
from degreecheck.gui.parts import SegmentedChoice, Switch, caption, heading, label, title

if TYPE_CHECKING:
    from degreecheck.gui.window import Window


class _Dialog(QDialog):
    """A dialog with one column and a closing button; Escape closes it."""

    def __init__(self, window: Window, name: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self.setMinimumWidth(480)
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.space(2))
        buttons = QDialogButtonBox()
        close = buttons.addButton(window.texts.get("ui.close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        down = QVBoxLayout(self)
        down.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(2))
        down.setSpacing(theme.space(3))
        down.addLayout(self.column, 1)
        down.addWidget(buttons)


class SettingsDialog(_Dialog):
    """Language, look, and what is remembered. Everything works at once."""

    def __init__(self, window: Window) -> None:
        texts = window.texts
        super().__init__(window, texts.get("ui.settings.title"))
        program, settings = window.program, window.program.settings
        language = SegmentedChoice({"zh": "中文", "en": "English"}, texts.get("ui.settings.language"))
        language.set_key(settings.language)
        language.chosen.connect(lambda key: self._switch(window, key))
        look = SegmentedChoice(
            {name: texts.get(f"ui.settings.look_{name}") for name in ("system", "light", "dark")},
            texts.get("ui.settings.look"),
        )
        look.set_key(settings.look)
        look.chosen.connect(
            lambda key: program.set_look("light" if key == "light" else "dark" if key == "dark" else "system")
        )
        self._add(texts.get("ui.settings.language"), language)
        self._add(texts.get("ui.settings.look"), look)
        self.recents = Switch(texts.get("ui.settings.recents"))
        self.recents.setChecked(settings.keeps_recents)
        self.recents.toggled.connect(settings.set_keeps_recents)
        self.column.addWidget(self.recents)
        self.column.addWidget(caption(texts.get("ui.settings.recents_hint")))
        self.read_text = Switch(texts.get("ui.settings.read_text"))
        self.read_text.setChecked(settings.read_text)
        self.read_text.toggled.connect(settings.set_read_text)
        self.column.addWidget(self.read_text)
        self.column.addWidget(caption(texts.get("ui.settings.read_text_hint")))
        self.column.addStretch(1)

    def _add(self, name: str, choice: QWidget) -> None:
        row = QHBoxLayout()
        row.addWidget(label(name), 1)
        row.addWidget(choice)
        self.column.addLayout(row)

    def _switch(self, window: Window, key: str) -> None:
        window.program.set_language("en" if key == "en" else "zh")
        self.accept()


class AboutDialog(_Dialog):
    """Version, what it never does, and the licences of what it is made of."""

    def __init__(self, window: Window) -> None:
        texts = window.texts
        super().__init__(window, texts.get("ui.about.title"))
        self.setMinimumSize(560, 420)
        self.column.addWidget(title(texts.get("ui.title")))
        self.column.addWidget(label(texts.get("ui.about.version", version=__version__), "muted"))
        self.column.addWidget(label(texts.get("ui.about.says")))
        self.column.addWidget(label(texts.get("ui.about.keys")))
        self.column.addWidget(heading(texts.get("ui.about.licences")))
        shown = QPlainTextEdit(_licences() or texts.get("ui.about.licences_elsewhere"))
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        shown.setAccessibleName(texts.get("ui.about.licences"))
        self.column.addWidget(shown, 1)


def _licences() -> str:
    """What the packaged program carries of licences; "" in a checkout."""
    file = paths.resources() / "licences.txt"
    return file.read_text(encoding="utf-8") if file.is_file() else ""
