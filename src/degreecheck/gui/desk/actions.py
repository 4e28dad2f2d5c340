"""What can be done with a desk or one of its rows: menus, files to write, dialogs to open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QInputDialog, QLineEdit, QMenu, QMessageBox

from degreecheck.gui import clipboard, opening
from degreecheck.gui.desk.rows import Row
from degreecheck.privacy import mask

if TYPE_CHECKING:
    from degreecheck.gui.desk.view import DeskView


def row_menu(view: DeskView) -> QMenu:
    """What can be done with the row under the mouse."""
    texts, row = view.texts, view.table.row()
    menu = QMenu(view)
    menu.aboutToHide.connect(menu.deleteLater)
    if row is None:
        return menu

    def add(key: str, act: Callable[[], object], *, able: bool = True) -> None:
        action = menu.addAction(texts.get(f"ui.desk.{key}"))
        action.setEnabled(able)
        action.triggered.connect(lambda _checked=False: act())

    add("open_student", lambda: view.open_student(row), able=bool(row.path))
    add("open_folder", lambda: show_folder(row), able=bool(row.path))
    add("copy_message", lambda: copy_message(view, row), able=bool(row.packed))
    add("copy_rows", view.table.copy)
    add("again_this", lambda: view.desk.check(changed=frozenset({row.shown})), able=bool(row.shown))
    return menu


def show_folder(row: Row) -> None:
    """An applicant's folder in the system's file manager; of a zip the folder in which it lies."""
    path = Path(row.path)
    show_place(path.parent if path.suffix.lower() == ".zip" else path)


def show_place(path: Path) -> None:
    """A folder in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def message_of(view: DeskView, row: Row) -> str:
    """The message to an applicant, masked; "" where there is nothing to say yet."""
    from degreecheck.desk.messages import with_contact

    told = row.told()
    if not told.get("report"):
        return ""
    contact = view.desk.memory.contact
    words = told[view.texts.language]["message"]
    return mask(with_contact(words, told["contact"] if contact is None else contact, view.texts))


def copy_message(view: DeskView, row: Row) -> None:
    """Put the message to an applicant on the clipboard."""
    words = message_of(view, row)
    if words:
        clipboard.copy(words)
        view.toast.say(view.texts.get("ui.desk.message_copied", name=row.name))


def ask_password(view: DeskView, row: Row) -> None:
    """The password of a bundle; it is kept until the desk is closed, never on disk."""
    texts = view.texts
    given, accepted = QInputDialog.getText(
        view, texts.get("ui.title"), texts.get("ui.desk.zip.ask", name=row.folder), QLineEdit.EchoMode.Password
    )
    if accepted and given:
        view.desk.passwords[row.shown] = given
        view.desk.check(changed=frozenset({row.shown}))


def choose_desk(view: DeskView) -> None:
    """Pick another folder."""
    texts = view.texts
    chosen = QFileDialog.getExistingDirectory(view, texts.get("ui.start.open_desk"), str(view.desk.path.parent))
    if not chosen:
        return
    path, window = Path(chosen), view.window_of
    if not view.desk.rows:
        window.program.settings.add_recent("desk", path)
        window.show_desk(path)
    else:
        opening.open_desk(path, window)


def roster_dialog(view: DeskView) -> None:
    """Which roster, and what was made of it."""
    from degreecheck.gui.desk.roster_dialog import RosterDialog

    RosterDialog(view).open()


def messages_dialog(view: DeskView) -> None:
    """All messages."""
    from degreecheck.gui.desk.messages_dialog import MessagesDialog

    MessagesDialog(view).open()


def copies_dialog(view: DeskView) -> None:
    """Copies under the school's names."""
    from degreecheck.gui.desk.copies_dialog import CopiesDialog

    CopiesDialog(view).open()


# ------------------------------------------------------------------------------------------------------ files to write


def ask_file(view: DeskView, title: str, name: str, kinds: Iterable[str]) -> Path | None:
    """Where to write; the system asks before it writes over something."""
    chosen, _ = QFileDialog.getSaveFileName(view, title, str(view.desk.path.parent / name), ";;".join(kinds))
    return Path(chosen) if chosen else None


def export_summary(view: DeskView) -> None:
    """The summary workbook; masked unless the person wants full numbers."""
    texts = view.texts
    box = QMessageBox(view)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setText(texts.get("ui.desk.summary_says"))
    box.setInformativeText(texts.get("ui.desk.summary_hint"))
    full = QCheckBox(texts.get("ui.desk.summary_unmasked"))
    box.setCheckBox(full)
    save = box.addButton(texts.get("ui.desk.choose_file"), QMessageBox.ButtonRole.AcceptRole)
    box.setEscapeButton(box.addButton(texts.get("ui.cancel"), QMessageBox.ButtonRole.RejectRole))
    box.setDefaultButton(save)

    def pressed(button: object) -> None:
        if button is save:
            name = texts.get("ui.desk.summary_name", desk=view.desk.path.name)
            path = ask_file(view, texts.get("ui.desk.export_summary"), name, [texts.get("ui.desk.kind_xlsx")])
            if path is not None:
                write(view, {"do": "summary", "unmasked": full.isChecked()}, with_suffix(path, ".xlsx"))

    box.buttonClicked.connect(pressed)
    box.open()


def write(view: DeskView, request: dict[str, Any], path: Path) -> None:
    """Have a file written of all results, and say so."""
    texts, desk = view.texts, view.desk
    stopped: list[tuple[str, dict[str, Any]]] = []

    def told(event: dict[str, Any]) -> None:
        if event["event"] == "stopped":
            stopped.append((event["key"], event["values"]))

    def ended(sound: bool) -> None:
        if stopped or not sound:
            key, values = stopped[0] if stopped else ("process", {})
            view.toast.say(texts.get(f"ui.desk.stopped.{key}", **values))
            return
        view.toast.say(texts.get("ui.desk.written", name=path.name))

    wanted = request | {"path": str(path), "language": texts.language}
    desk.talk(wanted, told, ended, lines=desk.lines(), closes=True)
    view.toast.say(texts.get("ui.desk.writing", name=path.name), stay=True)


def save_template(view: DeskView) -> None:
    """An empty roster."""
    from degreecheck.desk import template

    texts = view.texts
    path = ask_file(
        view, texts.get("ui.desk.template"), texts.get("ui.desk.template_name"),
        [texts.get("ui.desk.kind_xlsx"), texts.get("ui.desk.kind_csv")],
    )  # fmt: skip
    if path is None:
        return
    target = with_suffix(path, ".xlsx")

    def make() -> None:
        target.unlink(missing_ok=True)  # the system has asked
        template.write(target, texts)

    def failed(error: BaseException) -> None:
        if not isinstance(error, OSError | template.AlreadyThere):
            raise error
        reason = error.strerror or "" if isinstance(error, OSError) else ""
        view.toast.say(texts.get("ui.desk.stopped.system", reason=reason))

    view.desk.background.run(
        view, make, lambda _none: view.toast.say(texts.get("ui.desk.written", name=target.name)), failed
    )


def with_suffix(path: Path, suffix: str) -> Path:
    """The path, with an ending where it has none."""
    return path if path.suffix else path.with_name(path.name + suffix)
