"""The strip above a desk: its name, how it stands, and what can be done with all of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from degreecheck.gui import icons, theme
from degreecheck.gui.desk import actions
from degreecheck.gui.desk.rows import VERDICTS
from degreecheck.gui.menu import add_action, add_common
from degreecheck.gui.parts import ElidedLabel, ToolBarButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from degreecheck.gui.desk.view import DeskView

_WORDS_FROM = 1080  # logical pixels: below, buttons show their icons alone


class ToolBar(QWidget):
    """Roster, checking again, exports, and the rest behind ⋯."""

    def __init__(self, view: DeskView) -> None:
        super().__init__()
        self._view = view
        texts = view.texts
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("kind", "header")
        self._name = ElidedLabel(view.desk.path.name or str(view.desk.path), role="heading")
        self.counts = ElidedLabel("", role="caption")
        for words in (self._name, self.counts):
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.roster = ToolBarButton("person", texts.get("ui.desk.roster"), show_text=True)
        self.roster.clicked.connect(lambda: actions.roster_dialog(view))
        self.again = ToolBarButton("refresh", texts.get("ui.desk.again"), "F5", show_text=True)
        self.again.clicked.connect(lambda _checked=False: view.desk.check())
        again_menu = QMenu(self)
        self._add(again_menu, "again_changed", view.desk.check, "")
        self._add(again_menu, "again_all", lambda: view.desk.check(recheck=True), "Shift+F5")
        self.again.setMenu(again_menu)
        self.again.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.export = ToolBarButton("export", texts.get("ui.desk.export"), show_text=True)
        exports = QMenu(self)
        self._add(exports, "export_summary", lambda: actions.export_summary(view), "Ctrl+E")
        self._add(exports, "export_messages", lambda: actions.messages_dialog(view), "Ctrl+M")
        self._add(exports, "export_copies", lambda: actions.copies_dialog(view), "")
        self.export.setMenu(exports)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more = ToolBarButton("more", texts.get("ui.menu.title"), "F10")
        self.more.setMenu(self._more_menu())
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setProperty("menu_button", True)
        self._lay_out()
        self.show_roster()

    def _lay_out(self) -> None:
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addWidget(self._name)
        who.addWidget(self.counts)
        across = QHBoxLayout(self)
        across.setContentsMargins(theme.space(2), theme.space(), theme.space(1.5), theme.space())
        across.setSpacing(theme.space(0.5))
        across.addLayout(who, 1)
        for button in (self.roster, self.again, self.export, self.more):
            across.addWidget(button)

    def _add(self, menu: QMenu, key: str, act: Callable[[], object], keys: str) -> QAction:
        action = menu.addAction(self._view.texts.get(f"ui.desk.{key}"))
        action.triggered.connect(lambda _checked=False: act())
        if keys:
            action.setShortcut(QKeySequence(keys))
        self._view.addAction(action)
        return action

    def _more_menu(self) -> QMenu:
        view, window = self._view, self._view.window_of
        menu = QMenu(self)
        self._add(menu, "template", lambda: actions.save_template(view), "")
        self.watch = self._add(menu, "watch", lambda: None, "")
        self.watch.setCheckable(True)
        self.watch.setChecked(view.desk.memory.watches)
        self.watch.toggled.connect(lambda on: view.watching.set_on(on=on))
        menu.addSeparator()
        add_action(menu, window, "new", "new", window.program.new_window, "Ctrl+N")
        add_action(menu, window, "open", "open", lambda: actions.choose_desk(view), "Ctrl+O")
        add_action(menu, window, "show_folder", "folder", lambda: actions.show_place(view.desk.path))
        add_common(menu, window)
        menu.addSeparator()
        add_action(menu, window, "close", "left", window.close_document, "Ctrl+W")
        view.addActions(menu.actions())
        return menu

    # ---- what it shows

    def show_counts(self, counts: Counter[str]) -> None:
        """How many are ready, and how many are not and why."""
        texts, total = self._view.texts, sum(counts.values())
        if not total:
            self.counts.setText(texts.get("ui.desk.counts_none"))
            return
        parts = [texts.get("ui.desk.counts_ready", count=counts["ready"], total=total)]
        order = [verdict for verdict in reversed(VERDICTS) if verdict not in ("ready", "waiting")]
        parts += [
            texts.get("ui.desk.counts_part", verdict=texts.get(f"ui.desk.verdict.{verdict}"), count=counts[verdict])
            for verdict in order
            if counts[verdict]
        ]
        self.counts.setText(texts.get("ui.header.between").join(parts))

    def show_roster(self) -> None:
        """Whether there is a roster, and whether something is the matter with it."""
        view, texts = self._view, self._view.texts
        path = view.desk.memory.roster.path
        told = view.desk.roster
        self.roster.set_text(texts.get("ui.desk.roster_set" if path else "ui.desk.roster"))
        trouble = told is not None and (told["damaged"] or any(c["use"] == "conflict" for c in told["columns"]))
        icons.set_icon(self.roster, "person", "warning" if trouble else "text")

    def set_running(self, running: bool) -> None:
        """While it runs, what needs all results has to wait."""
        self.again.setEnabled(not running)
        self.export.setEnabled(not running and bool(self._view.desk.rows))

    def resizeEvent(self, event: object) -> None:  # noqa: N802 (Qt's name)
        """Where room is scarce the buttons keep their icons."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        style = beside if self.width() >= _WORDS_FROM else Qt.ToolButtonStyle.ToolButtonIconOnly
        if self.again.toolButtonStyle() != style:
            for button in (self.again, self.export):
                button.setToolButtonStyle(style)
