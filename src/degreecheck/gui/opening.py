"""Opening what a person names, drops or picks: an application, a bundle, a desk; and making a new application."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QMimeData, QStandardPaths

from degreecheck import paths

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

    from degreecheck.gui.session import Opened
    from degreecheck.gui.window import Window

Kind = Literal["application", "bundle", "zip", "desk", "nothing", "gone", "not_a_folder", "no_permission"]


@dataclass(frozen=True)
class _Found:
    """What stands at a path, read in a thread."""

    kind: Kind
    path: Path
    opened: Opened | None = None


def droppable(data: QMimeData) -> Path | None:
    """The folder, bundle or application.json that is being dropped; None for anything else."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if len(files) != 1:
        return None
    path = files[0]
    return path if path.is_dir() or path.suffix.lower() == ".zip" or path.name == paths.FORM_NAME else None


def home() -> Path:
    """Where new applications are made: 学位申请 in the person's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return (Path(documents) if documents else Path.home()) / "学位申请"


def open_path(path: Path, window: Window) -> None:
    """Open it in this window when that is empty, else in another; a folder that is open already comes to the front."""
    folder = path.parent if path.name == paths.FORM_NAME else path
    if _comes_to_the_front(folder, window):
        return
    window.program.background.run(window, lambda: _find(folder), lambda found: _show(found, window))


def _comes_to_the_front(folder: Path, window: Window) -> bool:
    present = window.program.window_of(folder)
    if present is not None:
        present.raise_()
        present.activateWindow()
    return present is not None


def _find(path: Path) -> _Found:
    from degreecheck import bundle_layout, folder
    from degreecheck.desk import discovery
    from degreecheck.gui.session import open_folder

    try:
        if path.is_file():
            return _Found("zip" if path.suffix.lower() == ".zip" else "not_a_folder", path)
        folder.list_top(path)
        if bundle_layout.bundle_of(path) is not None:
            return _Found("bundle", path)
        if discovery.is_applicant(path):
            return _Found("application", path, open_folder(path))
        holds_people = any(one.desk is not None for one in discovery.discover(path))
        return _Found("desk" if holds_people else "nothing", path)
    except folder.NotAFolder as trouble:
        kinds: dict[str, Kind] = {"not_a_folder": "not_a_folder", "no_permission": "no_permission"}
        return _Found(kinds.get(trouble.reason, "gone"), path)
    except OSError:
        return _Found("gone", path)


def _show(found: _Found, window: Window) -> None:
    settings = window.program.settings
    if _comes_to_the_front(found.path, window):  # it was asked for twice, as a double click does
        return
    if found.kind == "application" and found.opened is not None:
        from degreecheck.gui.session import Session

        into = window if window.is_empty else window.program.new_window()
        settings.add_recent("student", found.path)
        into.show_session(Session(found.opened, window.program.background, read_text=settings.read_text))
    elif found.kind == "desk":
        into = window if window.is_empty else window.program.new_window()
        settings.add_recent("desk", found.path)
        into.show_desk(found.path)
    elif found.kind in ("bundle", "zip"):
        from degreecheck.gui.bundle_opening import offer_copy

        offer_copy(found.path, window)
    elif found.kind == "nothing":
        question = window.texts.get("ui.open.nothing", name=found.path.name)
        ask(window, question, window.texts.get("ui.open.make_here"), lambda: make_in(found.path, "", window))
    else:
        if found.kind == "gone":
            settings.forget_recent(found.path)
        say(window, window.texts.get(f"ui.open.{found.kind}", name=found.path.name))


def open_desk(path: Path, window: Window) -> None:
    """Open a folder as a desk, whatever lies in it."""
    into = window if window.is_empty else window.program.new_window()
    window.program.settings.add_recent("desk", path)
    into.show_desk(path)


def make_new(name: str, window: Window) -> None:
    """A new application for somebody, in a folder of its own under ``home()``; one that stands there is opened."""

    def make() -> Path:
        from pathvalidate import sanitize_filename

        stem = sanitize_filename(name.strip(), platform="universal").strip(" .")[:60] or "新的申请"
        folder = home() / stem
        if not (folder / paths.FORM_NAME).exists():
            folder.mkdir(parents=True, exist_ok=True)
            _write_blank(folder, name.strip())
        return folder

    window.program.background.run(window, make, window.open_path, lambda error: _not_made(error, window))


def make_in(folder: Path, name: str, window: Window) -> None:
    """A new application in a folder that is there already; its files become the application's."""
    window.program.background.run(
        window,
        lambda: _write_blank(folder, name),
        lambda _done: window.open_path(folder),
        lambda error: _not_made(error, window),
    )


def _write_blank(folder: Path, name: str) -> None:
    from degreecheck import form_file
    from degreecheck.form import Form, Personal
    from degreecheck.gui import copied_list

    copied_list.begin(folder)  # it is the program's own making, so that it can be cleared by it
    with contextlib.suppress(form_file.ChangedMeanwhile):  # made a moment ago: a double click, or a second window
        form_file.save(Form(personal=Personal(name=name)), folder / paths.FORM_NAME)


def _not_made(error: BaseException, window: Window) -> None:
    if not isinstance(error, OSError):
        raise error
    from degreecheck.inspectors.writing import cannot_write

    reason = cannot_write(error).reason
    key = reason if reason in ("no_space", "no_permission") else "failed"
    say(window, window.texts.get(f"ui.open.not_made_{key}", place=str(home())))


def say(window: Window, sentence: str) -> None:
    """A sentence that the person has to see; Enter and Escape close it."""
    from PySide6.QtWidgets import QMessageBox

    box = _box(window, sentence, QMessageBox.Icon.Information)
    box.addButton(window.texts.get("ui.close"), QMessageBox.ButtonRole.RejectRole)
    box.open()


def ask(window: Window, question: str, action: str, act: Callable[[], None]) -> None:
    """A question with one thing that can be done; anything else leaves all as it is."""
    from PySide6.QtWidgets import QMessageBox

    box = _box(window, question, QMessageBox.Icon.Question)
    does = box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(window.texts.get("ui.cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(does)
    box.setEscapeButton(cancel)
    box.buttonClicked.connect(lambda pressed: act() if pressed is does else None)
    box.open()


def _box(parent: Window, sentence: str, picture: QMessageBox.Icon) -> QMessageBox:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(parent.texts.get("ui.title"))
    box.setIcon(picture)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    return box
