"""A slot's card as people use it: drop, paste, choose, replace, remove, put in order, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from degreecheck import text
from degreecheck.asked import AskedSlot
from degreecheck.facts import FileFacts, NotChecked
from degreecheck.form import Form
from degreecheck.gui import dropping, materials
from degreecheck.gui.bringing_in import Refused
from degreecheck.gui.session import Session
from degreecheck.gui.slot_file import size_in_words, state_of
from degreecheck.gui.slots import SlotCard, refusals_in_words
from make_materials import OTHER, PICTURE, put

Open = Callable[..., Session]
TRANSCRIPT = AskedSlot("transcript", "required", ("registration_page",))
PAGES = ("materials/a.jpg", "materials/b.jpg", "materials/c.jpg")


@pytest.fixture
def session(opened: Open) -> Session:
    """An application in which nothing is filled in."""
    return opened(Form())


@pytest.fixture
def three(opened: Open, tmp_path: Path) -> Session:
    """An application with three pages of a transcript."""
    for number, file in enumerate(PAGES):
        put(tmp_path / "张三-学位申请" / file, PICTURE + bytes([number]))
    return opened(Form(materials={"transcript": PAGES}))


def shown(qtbot: QtBot, session: Session, wanted: AskedSlot = TRANSCRIPT) -> SlotCard:
    """The slot's card in a window, as its page keeps it."""
    card = SlotCard(session, text.load("zh"), wanted.slot)
    qtbot.addWidget(card)
    session.form_changed.connect(card.refresh)
    session.judged.connect(card.refresh)
    card.set_asked(wanted)
    card.resize(600, 400)
    with qtbot.waitActive(card):
        card.show()
    return card


def urls(*files: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def drop(card: SlotCard, data: QMimeData, y: float = 5) -> None:
    """Drag something over the card and let go."""
    actions, button = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(20, round(y)), actions, data, button, none)
    card.dragEnterEvent(entering)
    if entering.isAccepted():
        card.dropEvent(QDropEvent(QPointF(20, y), actions, data, button, none))


def notice(card: SlotCard) -> str:
    return card.notice.label.text() if card.notice.isVisible() else ""


# ---- what is shown


def test_an_empty_card_says_what_belongs_there(qtbot: QtBot, session: Session) -> None:
    card = shown(qtbot, session)
    said = " ".join(label.text() for label in card.findChildren(QWidget) if hasattr(label, "text"))
    assert "成绩单" in said
    assert "必需" in said
    assert "考籍档案基本信息" in said
    assert "Ctrl+V" in said
    assert "成绩单" in card.accessibleName()
    assert "必需" in card.accessibleName()
    assert card.findings.findings == []  # no reproach before the person was through once


def test_what_is_missing_is_said_after_the_last_page_was_seen(qtbot: QtBot, session: Session) -> None:
    session.visited.add("export")
    card = shown(qtbot, session)
    assert [finding.code for finding in card.findings.findings] == ["MAT101"]


def test_every_control_of_a_card_has_a_name(qtbot: QtBot, three: Session) -> None:
    card = shown(qtbot, three)
    for button in card.findChildren(QPushButton):
        assert button.accessibleName() or button.text() or not button.isVisible()
    for row in card.rows:
        assert row.name.text() in row.accessibleName()
        for control in (row.preview, row.replace, row.remove, row.more):
            assert row.name.text() in control.accessibleName()


def test_files_tell_their_place_size_and_state(qtbot: QtBot, three: Session) -> None:
    card = shown(qtbot, three)
    assert [row.name.text() for row in card.rows] == ["a.jpg", "b.jpg", "c.jpg"]
    first = card.rows[0]
    assert "第 1 页" in first.about.text()
    assert "420×590" in first.about.text()
    assert first.mark.state in ("ok", "error", "question")


def test_states_of_a_file(three: Session) -> None:
    file = PAGES[0]
    three.inspection.reading.add(file)
    assert state_of(three, file, []) == "reading"
    three.inspection.reading.clear()
    assert state_of(three, file, []) == "ok"
    three.inspection.facts[file] = NotChecked(reason="died")
    assert state_of(three, file, []) == "unchecked"
    del three.inspection.facts[file]
    assert state_of(three, file, []) == "busy"
    three.inspection.facts[file] = FileFacts(size=3)
    three.inspection.waiting.add(file)
    assert state_of(three, file, []) == "busy"


def test_a_file_that_is_gone_and_one_that_may_not_be_opened(qtbot: QtBot, opened: Open) -> None:
    session = opened(Form(materials={"transcript": ("materials/没有.jpg", "../外面.jpg")}))
    card = shown(qtbot, session)
    assert [state_of(session, row.file, []) for row in card.rows] == ["gone", "unsafe"]
    assert {row.mark.state for row in card.rows} == {"error"}


def test_a_very_long_name_does_not_widen_the_card(qtbot: QtBot, opened: Open) -> None:
    name = "x" * 200 + ".jpg"
    card = shown(qtbot, opened(Form(materials={"transcript": (name,)})))
    card.resize(400, 300)
    assert card.minimumSizeHint().width() <= 400
    row = card.rows[0]
    assert row.name.shown_text().endswith(".jpg")
    assert "…" in row.name.shown_text()


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 B"), (1023, "1023 B"), (1024, "1 KB"), (1_000_000, "977 KB"), (3_600_000, "3.4 MB")]
)
def test_sizes_are_written_as_people_read_them(size: int, words: str) -> None:
    assert size_in_words(size) == words


# ---- bringing files


def test_files_are_dropped(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    card = shown(qtbot, session)
    files = [put(tmp_path / "1.jpg"), put(tmp_path / "2.jpg", OTHER)]
    with qtbot.waitSignal(materials.of(session).brought, timeout=60_000):
        drop(card, urls(*files))
    assert [row.name.text() for row in card.rows] == ["1.jpg", "2.jpg"]
    assert not card.property("drop")
    qtbot.waitUntil(lambda: all(row.mark.state != "busy" for row in card.rows), timeout=60_000)


def test_what_is_dragged_over_it_lights_the_card_up(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    card = shown(qtbot, session)
    data = urls(tmp_path / "1.jpg")
    card.dragEnterEvent(
        QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                        Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    assert card.property("drop")
    assert not card.line.isVisible()
    card.dragLeaveEvent(QDragLeaveEvent())
    assert not card.property("drop")


def test_wrong_things_dropped_are_told_and_nothing_breaks(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    card = shown(qtbot, session)
    (tmp_path / "一个文件夹").mkdir()
    with qtbot.waitSignal(materials.of(session).refused, timeout=60_000):
        drop(card, urls(tmp_path / "一个文件夹", put(tmp_path / "材料.zip"), put(tmp_path / "软件.exe")))
    said = notice(card)
    assert "“一个文件夹”是文件夹" in said
    assert "“材料.zip”是压缩包" in said
    assert "“软件.exe”是程序" in said
    assert card.rows == []
    assert session.form.materials == {}
    words = QMimeData()
    words.setText("成绩单")
    drop(card, words)
    page = QMimeData()
    page.setUrls([QUrl("https://example.org/a.jpg")])
    drop(card, page)
    assert "网页" in notice(card)


def test_of_many_refusals_only_some_are_spelt_out() -> None:
    refused = [Refused(f"{number}.zip", "archive") for number in range(9)]
    lines = refusals_in_words(refused, text.load("zh")).splitlines()
    assert len(lines) == 5
    assert "5" in lines[-1]


def test_a_screenshot_is_pasted_with_the_keyboard(qtbot: QtBot, session: Session) -> None:
    card = shown(qtbot, session)
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("blue"))
    QGuiApplication.clipboard().setImage(picture)
    card.setFocus()
    with qtbot.waitSignal(materials.of(session).brought, timeout=60_000):
        QTest.keyClick(card, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    [file] = session.form.listed("transcript")
    assert file.endswith(".png")
    assert QImage(str(session.path / file)).size() == picture.size()


def test_files_are_pasted_and_an_empty_clipboard_is_told(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    card = shown(qtbot, session)
    QGuiApplication.clipboard().setText("只是文字")
    QTest.mouseClick(card.paste_button, Qt.MouseButton.LeftButton)
    assert "剪贴板里没有图片或文件" in notice(card)
    QGuiApplication.clipboard().setMimeData(urls(put(tmp_path / "复制的.jpg")))
    with qtbot.waitSignal(materials.of(session).brought, timeout=60_000):
        QTest.mouseClick(card.paste_button, Qt.MouseButton.LeftButton)
    assert notice(card) == ""
    assert session.form.listed("transcript") == ("materials/复制的.jpg",)


def dialog_of(card: SlotCard) -> QFileDialog:
    return next(dialog for dialog in card.findChildren(QFileDialog) if dialog.isVisible())


def test_files_are_chosen_and_the_folder_is_remembered(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    card = shown(qtbot, session)
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    dialog = dialog_of(card)
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    with qtbot.waitSignal(materials.of(session).brought, timeout=60_000):
        dialog.filesSelected.emit([str(put(tmp_path / "选的.jpg"))])
    assert materials.of(session).last_folder == str(tmp_path)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))


def test_replacing_asks_for_one_file_and_keeps_its_place(qtbot: QtBot, three: Session, tmp_path: Path) -> None:
    card = shown(qtbot, three)
    card.rows[1].replace.click()
    dialog = dialog_of(card)
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFile
    with qtbot.waitSignal(materials.of(three).brought, timeout=60_000):
        dialog.filesSelected.emit([str(put(tmp_path / "新的.jpg", OTHER))])
    assert [row.name.text() for row in card.rows] == ["a.jpg", "新的.jpg", "c.jpg"]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))


# ---- order, removal, moving


def test_pages_are_put_in_order_with_alt_and_the_arrows(qtbot: QtBot, three: Session) -> None:
    card = shown(qtbot, three)
    row = card.rows[0]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [one.name.text() for one in card.rows] == ["b.jpg", "a.jpg", "c.jpg"]
    assert row.hasFocus()
    QTest.keyClick(row, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(row, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert [one.name.text() for one in card.rows] == ["b.jpg", "c.jpg", "a.jpg"]
    assert "第 3 页" in row.about.text()
    three.undo()
    three.undo()
    assert [one.name.text() for one in card.rows] == ["a.jpg", "b.jpg", "c.jpg"]


@pytest.mark.parametrize(("above", "expected"), [(0, "cab"), (1, "acb"), (3, "abc")])
def test_pages_are_put_in_order_by_dragging(qtbot: QtBot, three: Session, above: int, expected: str) -> None:
    card = shown(qtbot, three)
    y = 1 if above == 0 else card.rows[above - 1].geometry().bottom() + 1
    drop(card, dropping.own_file(three.path, "transcript", PAGES[2]), y)
    assert [row.name.text()[0] for row in card.rows] == list(expected)


def test_a_line_shows_where_it_would_come(qtbot: QtBot, three: Session) -> None:
    card = shown(qtbot, three)
    data = dropping.own_file(three.path, "transcript", PAGES[2])
    places = []
    for y in (1, card.rows[0].geometry().bottom()):
        card.dragMoveEvent(
            QDragMoveEvent(QPoint(20, y), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton,
                           Qt.KeyboardModifier.NoModifier)
        )  # fmt: skip
        assert card.line.isVisible()
        places.append(card.line.y())
    assert places[0] < card.rows[0].geometry().center().y() < places[1] < card.rows[1].geometry().center().y()
    card.dragLeaveEvent(QDragLeaveEvent())
    assert not card.line.isVisible()


def test_a_file_is_dragged_into_another_slot(qtbot: QtBot, three: Session) -> None:
    card = shown(qtbot, three, AskedSlot("registration_page", "required"))
    drop(card, dropping.own_file(three.path, "transcript", PAGES[1]))
    assert three.form.listed("registration_page") == (PAGES[1],)
    assert three.form.listed("transcript") == (PAGES[0], PAGES[2])


def test_a_file_of_another_window_is_not_taken(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    card = shown(qtbot, session)
    drop(card, dropping.own_file(tmp_path / "别人", "transcript", "materials/a.jpg"))
    assert session.form.materials == {}


def test_a_file_is_moved_by_its_menu(qtbot: QtBot, three: Session) -> None:
    card = shown(qtbot, three)
    menu = card.rows[0].menu()
    inner = next(action.menu() for action in menu.actions() if action.menu() is not None)
    action = next(action for action in inner.actions() if action.text() == "准考证")
    action.trigger()
    assert three.form.listed("exam_permit") == (PAGES[0],)
    assert len(card.rows) == 2
    menu.deleteLater()


def test_removing_with_the_keyboard_goes_on_to_the_next(qtbot: QtBot, three: Session) -> None:
    card = shown(qtbot, three)
    card.rows[0].setFocus()
    with qtbot.waitSignal(card.removed):
        QTest.keyClick(card.rows[0], Qt.Key.Key_Delete)
    assert card.rows[0].hasFocus()
    QTest.keyClick(card.rows[0], Qt.Key.Key_Delete)
    QTest.keyClick(card.rows[0], Qt.Key.Key_Delete)
    assert card.rows == []
    assert card.choose.hasFocus()
    three.undo()
    assert [row.name.text() for row in card.rows] == ["c.jpg"]


def test_enter_on_a_file_looks_at_it(qtbot: QtBot, three: Session) -> None:
    card = shown(qtbot, three)
    card.rows[1].setFocus()
    with qtbot.waitSignal(card.viewed) as told:
        QTest.keyClick(card.rows[1], Qt.Key.Key_Return)
    assert told.args == ["transcript", PAGES[1], ()]


def test_only_papers_are_handed_to_other_programs(
    qtbot: QtBot, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from degreecheck.gui import outside

    handed: list[str] = []

    class Desktop:
        @staticmethod
        def openUrl(url: QUrl) -> bool:  # noqa: N802 (Qt's name)
            handed.append(Path(url.toLocalFile()).name)
            return True

    monkeypatch.setattr(outside, "QDesktopServices", Desktop)
    names = ("a.jpg", "b.exe", "c.lnk", "../d.pdf")
    for name in names[:3]:
        put(tmp_path / "张三-学位申请" / name)
    card = shown(qtbot, opened(Form(materials={"transcript": names})))
    for row in card.rows:
        row.opened.emit(row.file)
    assert handed == ["a.jpg"]
    assert "没能用系统程序打开" in notice(card)


def test_the_same_file_twice_in_one_slot_is_one_line(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    put(tmp_path / "张三-学位申请/a.jpg")
    session = opened(Form(materials={"transcript": ("a.jpg", "./a.jpg", "a.jpg")}))
    assert [row.file for row in shown(qtbot, session).rows] == ["a.jpg"]


def test_labels_show_what_is_written_and_read_no_markup(qtbot: QtBot, opened: Open) -> None:
    name = "<b>成绩.jpg"
    card = shown(qtbot, opened(Form(materials={"transcript": (name,)})))
    assert card.rows[0].name.text() == name
    assert card.rows[0].name.textFormat() == Qt.TextFormat.PlainText
