"""Opening what a person names, drops or picks: an application folder, a bundle, a desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from degreecheck import paths

if TYPE_CHECKING:
    from degreecheck.gui.session import Opened
    from degreecheck.gui.window import Window


def droppable(data: QMimeData) -> Path | None:
    """The folder, bundle or application.json that is being dropped; None for anything else."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if len(files) != 1:
        return None
    path = files[0]
    return path if path.is_dir() or path.suffix.lower() == ".zip" or path.name == paths.FORM_NAME else None


def open_path(path: Path, window: Window) -> None:
    """Open it in this window when that is empty, else in another; a folder that is open already comes to the front."""
    folder = path.parent if path.name == paths.FORM_NAME else path
    program = window.program
    present = program.window_of(folder)
    if present is not None:
        present.raise_()
        present.activateWindow()
        return
    into = window if window.is_empty else program.new_window()

    def read() -> Opened:
        from degreecheck.gui.session import open_folder

        return open_folder(folder)

    def show(opened: Opened) -> None:
        from degreecheck.gui.session import Session

        program.settings.add_recent("student", folder)
        into.show_session(Session(opened, program.background))

    program.background.run(into, read, show)
