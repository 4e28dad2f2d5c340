"""A window: the start page, or one application, or one desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from degreecheck.gui import opening
from degreecheck.gui.start_page import StartPage

if TYPE_CHECKING:
    from degreecheck.gui.program import Program
    from degreecheck.gui.session import Session
    from degreecheck.text import Texts

_SMALLEST = (860, 460)
_FIRST = (1180, 760)


class Window(QMainWindow):
    """Shows one thing at a time. ``session`` is the application that is open in it, if one is."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.session: Session | None = None
        self.desk: Path | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_FIRST)
        self.restoreGeometry(program.settings.bytes_of("window"))
        self.show_start()

    @property
    def texts(self) -> Texts:
        """The sentences in the chosen language."""
        return self.program.texts

    # ---- what it shows

    def show_start(self) -> None:
        """The start page."""
        self._replace(StartPage(self))
        self.setWindowTitle(self.texts.get("ui.title"))

    def show_session(self, session: Session) -> None:
        """An application."""
        from degreecheck.gui.student import StudentView

        self._leave()
        self.session = session
        session.setParent(self)
        view = StudentView(session, self)
        self._replace(view)
        view.enter_page("personal")
        session.form_changed.connect(self._title)
        session.saving.changed.connect(self._title)
        self._title()

    def show_desk(self, path: Path) -> None:
        """A folder of many applicants."""
        self._leave()
        self.desk = path
        self._replace(self._desk_view(path))
        self.setWindowTitle(self.texts.get("ui.title_with", name=path.name))

    def _desk_view(self, path: Path) -> QWidget:
        from degreecheck.gui.desk.view import DeskView

        return DeskView(path, self)

    def rebuild(self) -> None:
        """Show the same again: the language is another one."""
        if self.session is not None:
            from degreecheck.gui.student import StudentView

            before = self.centralWidget()
            view = StudentView(self.session, self)
            if isinstance(before, StudentView):
                view.show_page(before.page)
            self._replace(view)
            self._title()
        elif self.desk is not None:
            self._replace(self._desk_view(self.desk))
        else:
            self.show_start()

    def shows(self, path: Path) -> bool:
        """Whether this folder is the one that is open here."""
        mine = self.session.path if self.session is not None else self.desk
        return mine is not None and _same(mine, path)

    @property
    def is_empty(self) -> bool:
        """Whether only the start page is shown."""
        return self.session is None and self.desk is None

    # ---- opening and closing

    def open_path(self, path: Path) -> None:
        """Open an application folder, a bundle or a desk: here when the window is empty, else in another."""
        opening.open_path(path, self)

    def close_document(self) -> bool:
        """Back to the start page. False where something could not be saved and the person stays."""
        if not self._may_leave():
            return False
        self._leave()
        self.show_start()
        return True

    def leave_cleared(self) -> None:
        """The application was thrown away: back to the start page, and nothing is saved or thrown away any more."""
        if self.session is not None:
            self.session.deleteLater()
        self.session = None
        self.show_start()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        """Coming back to the window: files may have changed meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.session is not None:
            self.session.look_again()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        """Save what is left; ask only when that fails."""
        if not self._may_leave():
            event.ignore()
            return
        self._leave()
        self.program.settings.keep_bytes("window", self.saveGeometry())
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        """Folders and bundles may be dropped anywhere on the window."""
        if opening.droppable(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        """Open what was dropped."""
        path = opening.droppable(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_path(path)

    # ---- within

    def _may_leave(self) -> bool:
        if self.session is None or self.session.close():
            return True
        from degreecheck.gui.unsaved import ask_to_leave

        return ask_to_leave(self.texts, self)

    def _leave(self) -> None:
        if self.session is not None:
            from degreecheck.gui.materials import throw_away

            throw_away(self.session)
            self.session.deleteLater()
        if self.desk is not None:
            from degreecheck.gui.desk.open_desk import OpenDesk

            OpenDesk.leave(self)
        self.session = None
        self.desk = None

    def _replace(self, view: QWidget) -> None:
        # Hides the one before and deletes it; where that is taken out by hand the window loses its focus.
        self.setCentralWidget(view)
        view.show()  # at once, so that something on it can take the focus

    def _title(self) -> None:
        if self.session is None:
            return
        name = self.session.form.personal.name.strip() or self.session.path.name
        self.setWindowTitle(self.texts.get("ui.title_with", name=name[:60]) + "[*]")
        self.setWindowModified(self.session.saving.pending)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
