"""The photo workbench as people use it: looking, putting a photo in, replacing it, confirming."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog
from pytestqt.qtbot import QtBot

import hands
import make_folders
from degreecheck import text
from degreecheck.facts import NotChecked
from degreecheck.gui import dropping, theme
from degreecheck.gui.background import Background
from degreecheck.gui.fields import Page
from degreecheck.gui.pages.identity import IdentityPage
from degreecheck.gui.photo_workbench import PhotoWorkbench
from degreecheck.gui.places import Target, target_of
from degreecheck.gui.session import Session
from photo_hands import PHOTO, Bench, Show, crop_of, person, session_of, settled, states, with_a_blotch

TEXTS = text.load("zh")


@pytest.fixture(scope="module")
def background(qapp: object) -> Iterator[Background]:
    """Threads and workers for all tests of this file: workers start slowly."""
    made = Background()
    yield made
    made.close()


@pytest.fixture
def shown(qtbot: QtBot, opened: Callable[..., Session], tmp_path: Path) -> Show:
    """Show the workbench of an application with this photo; returns when everything has been looked at."""
    return Bench(qtbot, opened, tmp_path / "application").show


# ---- looking


def test_a_good_photo_is_said_to_be_good(shown: Show) -> None:
    bench = shown(person())
    assert set(states(bench).values()) == {"ok"}
    words = {check.id: words for check, words in bench.checks.lines}
    assert words["background"] == TEXTS.word("colour", "blue")
    assert "413" in words["size"]
    assert bench.findings.findings == []
    assert bench.exported.text().startswith("413 × 579")
    assert bench.canvas.face is not None
    assert bench.canvas.head is not None
    image = bench.canvas.image
    assert image is not None
    assert image.pixelColor(5, 5).blue() > 150


def test_places_in_the_picture_have_the_numbers_of_the_messages(qtbot: QtBot, shown: Show) -> None:
    bench = shown(with_a_blotch())
    assert states(bench)["background"] == "question"
    assert [finding.code for finding in bench.findings.findings] == ["PHO303"]
    assert [mark.numbers for mark in bench.canvas.marks] == [(1,)]
    show = next(b for b in bench.findings.findChildren(QAbstractButton) if b.text() == TEXTS.get("ui.photo.show_place"))
    assert "1" in show.accessibleName()
    show.click()
    assert bench.canvas.chosen == 1
    session = session_of(bench)
    session.answer(bench.findings.findings[0])
    assert states(bench)["background"] == "answered"
    assert [mark.severity for mark in bench.canvas.marks] == ["note"]


def test_the_background_map_is_drawn_when_it_is_wanted(qtbot: QtBot, shown: Show) -> None:
    bench = shown(person())
    assert bench.canvas.background is None
    plain = bench.canvas.grab().toImage()
    bench.view.background_switch.click()
    assert bench.canvas.background is not None
    assert TEXTS.get("ui.photo.legend.background") in bench.view.legend.text()
    assert bench.canvas.grab().toImage() != plain


def test_what_was_not_checked_is_not_called_fine(shown: Show) -> None:
    bench = shown(Image.new("RGB", (413, 579), (67, 142, 219)))
    found = states(bench)
    assert found["face"] == "question"
    assert found["head"] == "off"
    assert "ok" not in {found["head"], found["face"]}


def test_a_damaged_photo_says_so_and_can_be_replaced(shown: Show) -> None:
    bench = shown(make_folders.jpeg(person())[:3000])
    assert states(bench) == {"file": "error", "rest": "off"}
    assert bench.canvas.image is None
    assert [finding.code for finding in bench.findings.findings] == ["PHO102"]
    assert not bench.view.crop_button.isVisible()
    assert bench.replace_button.isVisible()
    assert bench.exported.text() == TEXTS.get("ui.photo.export_unknown")


def test_while_it_is_being_looked_at_nothing_is_claimed(qtbot: QtBot, shown: Show) -> None:
    bench = shown(person())
    session = session_of(bench)
    session.inspection.waiting.add(PHOTO)
    session.inspection.changed.emit()
    assert set(states(bench).values()) == {"busy"}
    session.inspection.waiting.clear()
    session.inspection.changed.emit()
    assert set(states(bench).values()) == {"ok"}


def test_a_lying_picture_with_a_tag_is_shown_upright(shown: Show) -> None:
    exif = Image.Exif()
    exif[274] = 6
    bench = shown(make_folders.jpeg(person().rotate(90, expand=True), exif=exif))
    image = bench.canvas.image
    assert image is not None
    assert image.height() > image.width()
    assert "413" in {check.id: words for check, words in bench.checks.lines}["size"]
    assert states(bench)["upright"] == "note"


# ---- files


def test_without_a_photo_it_says_what_is_needed(qtbot: QtBot, shown: Show) -> None:
    bench = shown(None)
    assert bench.empty.isVisible()
    assert not bench.confirmations.isVisible()
    assert bench.findings.findings == []
    bench.empty.choose_button.click()
    dialog = bench.findChild(QFileDialog)
    assert dialog is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bench.findChild(QFileDialog) is None or not dialog.isVisible())


def test_a_dropped_photo_is_copied_in_and_looked_at(qtbot: QtBot, shown: Show, tmp_path: Path) -> None:
    bench = shown(None)
    source = tmp_path / "IMG_2041.JPG"
    source.write_bytes(make_folders.jpeg(person()))
    assert hands.drop(bench, [source])
    qtbot.waitUntil(lambda: bool(bench.source.listed), timeout=30_000)
    settled(qtbot, bench)
    assert bench.source.name == "IMG_2041.JPG"
    assert source.exists()
    assert set(states(bench).values()) == {"ok"}


def test_a_pasted_picture_takes_the_place_of_the_old_one_and_its_crop_goes(qtbot: QtBot, shown: Show) -> None:
    bench = shown(person(), {"photo_crop": (0.1, 0.1, 0.9, 0.9)})
    picture = QImage(500, 700, QImage.Format.Format_RGB32)
    picture.fill(QColor(67, 142, 219))
    QGuiApplication.clipboard().setImage(picture)
    bench.setFocus()
    qtbot.keyClick(bench, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bench.source.listed != PHOTO, timeout=30_000)
    assert crop_of(bench) is None
    settled(qtbot, bench)
    session_of(bench).undo()
    assert bench.source.listed == PHOTO
    assert crop_of(bench) == (0.1, 0.1, 0.9, 0.9)


def test_what_is_no_photo_is_refused_with_a_reason(qtbot: QtBot, shown: Show, tmp_path: Path) -> None:
    bench = shown(person())
    paper = tmp_path / "论文.pdf"
    paper.write_bytes(b"%PDF-1.4")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper))])
    bench.source.take(data)
    qtbot.waitUntil(bench.refusal.isVisible, timeout=30_000)
    assert "论文.pdf" in bench.refusal.label.text()
    assert bench.source.listed == PHOTO
    QGuiApplication.clipboard().setText("x")
    bench.source.paste()
    assert bench.refusal.label.text() == TEXTS.get("ui.files.refused.nothing_to_paste")


def test_removing_is_undone(shown: Show) -> None:
    bench = shown(person())
    gone: list[str] = []
    bench.removed.connect(gone.append)
    bench.remove_button.click()
    assert gone == [PHOTO]
    assert bench.empty.isVisible()
    session_of(bench).undo()
    assert bench.source.listed == PHOTO
    assert not bench.empty.isVisible()


def test_removing_while_cutting_ends_the_cutting(qtbot: QtBot, shown: Show) -> None:
    bench = shown(person())
    bench.view.crop_button.click()
    session_of(bench).set_materials({})
    assert not bench.canvas.editing


# ---- what only the person knows


def test_confirmations_are_ticked_and_undone(qtbot: QtBot, shown: Show) -> None:
    bench = shown(person(), {"confirmations.photo_recent": False})
    box = bench.confirmations.boxes["photo_recent"]
    assert not box.isChecked()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    session = session_of(bench)
    assert session.form.confirmations.photo_recent
    session.undo()
    assert not box.isChecked()
    bench.reveal(Target("identity", field="confirmations", slot="photo"))
    assert box.hasFocus()
    assert box.accessibleDescription()


# ---- going there, themes, languages, names


def test_a_finding_leads_to_its_place(shown: Show) -> None:
    bench = shown(with_a_blotch())
    bench.reveal(target_of(bench.findings.findings[0]))
    assert bench.canvas.chosen == 1
    bench.reveal(Target("identity", field="photo_crop"))
    assert bench.view.crop_button.hasFocus()


def test_a_theme_switch_leaves_it_as_it_is(qtbot: QtBot, shown: Show, qapp: QApplication) -> None:
    bench = shown(person())
    bench.view.crop_button.click()
    draft = bench.canvas.draft
    light = bench.grab().toImage()
    try:
        theme.apply(qapp, "dark")
        assert bench.canvas.draft == draft
        assert bench.grab().toImage() != light
    finally:
        theme.apply(qapp, "light")


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("photo", ["person", "none"])
def test_every_control_has_a_name(shown: Show, photo: str, language: str) -> None:
    bench = shown(person() if photo == "person" else None, language=language)
    if photo == "person":
        assert bench.canvas.accessibleName()
        bench.view.crop_button.click()
        assert bench.canvas.accessibleDescription()
    for control in bench.findChildren(QAbstractButton):
        if control.isVisible():
            assert control.accessibleName() or control.text()


def test_narrow_and_wide(qtbot: QtBot, shown: Show) -> None:
    bench = shown(person(), width=700)
    assert bench.checks.mapTo(bench, QPoint()).x() > bench.canvas.mapTo(bench, QPoint()).x() + 100
    bench.resize(380, 900)
    qtbot.waitUntil(lambda: bench.checks.mapTo(bench, QPoint()).y() > bench.canvas.mapTo(bench, QPoint()).y() + 100)
    assert bench.width() == 380


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("width", [760, 520, 400])
def test_no_gap_and_nothing_cut_off_at_any_width(qtbot: QtBot, shown: Show, language: str, width: int) -> None:
    session = session_of(shown(with_a_blotch()))
    page = Page("identity", session, text.load(language))
    bench = PhotoWorkbench(session, text.load(language))
    page.column.addWidget(bench)
    page.finish()
    qtbot.addWidget(page)
    page.resize(width, 900)
    page.show()
    settled(qtbot, bench)
    bench.view.start()
    bench.view.cancel()
    card = bench.view.parentWidget()
    assert card is not None
    qtbot.waitUntil(lambda: card.height() == card.heightForWidth(card.width()))
    lines = [bench.checks, bench.findings, bench.exported, bench.view.legend]
    assert all(card.rect().contains(line.mapTo(card, line.rect().bottomRight())) for line in lines)
    inside = page.widget()
    assert inside is not None
    assert inside.width() == page.viewport().width()


def test_further_files_are_shown_and_taken_out(qtbot: QtBot, shown: Show) -> None:
    bench = shown(person())
    session = session_of(bench)
    session.set_materials({"photo": (PHOTO, "另一张.jpg")})
    qtbot.waitUntil(lambda: not session.inspection.busy, timeout=60_000)
    assert bench.others.isVisible()
    assert all(finding.file in (None, PHOTO) for finding in bench.findings.findings)
    remove = bench.others.findChild(QAbstractButton)
    assert remove is not None
    assert "另一张.jpg" in remove.accessibleName()
    remove.click()
    assert session.form.listed("photo") == (PHOTO,)
    assert not bench.others.isVisible()


def test_a_file_of_another_slot_is_dragged_here(shown: Show) -> None:
    bench = shown(person())
    session = session_of(bench)
    session.set_materials({"photo": (PHOTO,), "other": ("materials/自拍.jpg",)})
    bench.source.take(dropping.own_file(session.path, "other", "materials/自拍.jpg"))
    assert session.form.materials == {"photo": ("materials/自拍.jpg",)}
    session.undo()
    assert bench.source.listed == PHOTO


def test_the_page_can_go_at_any_moment(qtbot: QtBot, shown: Show) -> None:
    session = session_of(shown(person()))
    page = IdentityPage(session, TEXTS)
    page.show()
    page.close()
    page.deleteLater()
    del page
    gc.collect()
    session.set_value("photo_crop", (0.1, 0.1, 0.9, 0.9))
    qtbot.waitUntil(lambda: not session.inspection.busy, timeout=60_000)
    assert session.report.results


def test_another_school_asks_for_another_size(qtbot: QtBot, shown: Show) -> None:
    bench = shown(person())
    session = session_of(bench)
    photo = session.pack.photo.model_copy(
        update={"width": 390, "height": 567, "width_mm": Decimal(33), "height_mm": Decimal(48)}
    )
    session.choose_pack("elsewhere.toml", session.pack.model_copy(update={"id": "elsewhere", "photo": photo}))
    settled(qtbot, bench)
    assert bench.exported.text().startswith("390 × 567")
    size = bench.prints.true_size.sizeHint()
    assert size.width() / size.height() == pytest.approx(33 / 48, rel=0.03)
    assert bench.canvas.frames is not None
    assert bench.canvas.frames.aspect == pytest.approx(390 / 567)


def test_it_is_shown_large_and_escape_leads_back(qtbot: QtBot, shown: Show) -> None:
    session = session_of(shown(person()))
    page = IdentityPage(session, TEXTS)
    qtbot.addWidget(page)
    page.show()
    settled(qtbot, page.photo)
    page.photo.view_button.click()
    assert page.view is not None
    assert page.view.isVisible()
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.view is None or not page.view.isVisible())


def test_a_photo_that_could_not_be_inspected_is_called_neither_good_nor_bad(shown: Show) -> None:
    bench = shown(person())
    session = session_of(bench)
    session.inspection.facts[PHOTO] = NotChecked(reason="timed_out")
    session.inspection.changed.emit()
    assert set(states(bench).values()) == {"off"}
    assert not bench.view.crop_button.isVisible()
    assert bench.exported.text() == TEXTS.get("ui.photo.export_unknown")


def test_a_photo_that_is_gone_can_be_replaced(qtbot: QtBot, shown: Show) -> None:
    bench = shown(person())
    session = session_of(bench)
    (session.path / PHOTO).unlink()
    session.look_again()
    qtbot.waitUntil(lambda: not bench.source.file, timeout=30_000)
    assert bench.canvas.image is None
    assert "MAT203" in [finding.code for finding in bench.findings.findings]
    assert bench.replace_button.isVisible()
    assert not bench.view_button.isEnabled()
