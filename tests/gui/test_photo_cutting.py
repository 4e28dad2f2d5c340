"""Cutting the photo: by mouse, by keys alone, by the proposal; taken, given up, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from degreecheck import text
from degreecheck.facts import FileFacts
from degreecheck.gui.background import Background
from degreecheck.gui.photo_crop import propose_crop
from degreecheck.gui.session import Session
from photo_hands import (
    PHOTO,
    Bench,
    Show,
    crop_of,
    drag,
    in_a_wide_picture,
    person,
    point,
    session_of,
    settled,
    states,
)  # fmt: skip

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


def test_the_frame_is_moved_by_mouse_and_taken(qtbot: QtBot, shown: Show) -> None:
    bench = shown(in_a_wide_picture())
    assert bench.canvas.taken is not None
    bench.view.crop_button.click()
    before = bench.canvas.draft
    assert before is not None
    x, y = (before[0] + before[2]) / 2, 0.5
    drag(qtbot, bench, point(bench, x, y), point(bench, x + 0.1, y))
    after = bench.canvas.draft
    assert after is not None
    assert after[0] == pytest.approx(before[0] + 0.1, abs=0.01)
    assert crop_of(bench) is None, "judged only when it is taken"
    bench.view.apply_button.click()
    assert not bench.canvas.editing
    assert crop_of(bench) == pytest.approx(after, abs=1e-5)
    session_of(bench).undo()
    assert crop_of(bench) is None
    session_of(bench).redo()
    settled(qtbot, bench)
    assert "size" in states(bench)


def test_a_corner_resizes_and_the_other_stays(qtbot: QtBot, shown: Show) -> None:
    bench = shown(in_a_wide_picture())
    bench.view.crop_button.click()
    before = bench.canvas.draft
    frames = bench.canvas.frames
    assert before is not None
    assert frames is not None
    drag(qtbot, bench, point(bench, before[2], before[3]), point(bench, before[2] - 0.1, before[3] - 0.3))
    after = bench.canvas.draft
    assert after is not None
    assert after[:2] == pytest.approx(before[:2], abs=1e-6)
    assert after[3] < before[3] - 0.2
    wide, high = frames.pixels(after)
    assert wide / high == pytest.approx(413 / 579, rel=0.01)


def test_the_frame_is_moved_and_resized_by_keys_alone(qtbot: QtBot, shown: Show) -> None:
    bench = shown(in_a_wide_picture())
    bench.view.crop_button.setFocus()
    qtbot.keyClick(bench.view.crop_button, Qt.Key.Key_Space)
    canvas = bench.canvas
    assert canvas.hasFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert bench.view.apply_button.hasFocus()
    canvas.setFocus()
    start = canvas.draft
    assert start is not None
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key.Key_Left)
    moved = canvas.draft
    assert moved is not None
    assert moved[0] < start[0]
    qtbot.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    smaller = canvas.draft
    assert smaller is not None
    assert smaller[3] - smaller[1] < moved[3] - moved[1]
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    fine = canvas.draft
    assert fine is not None
    assert 0 < fine[0] - smaller[0] < (start[0] - moved[0]) / 3
    assert bench.view.measure.text()
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert crop_of(bench) == pytest.approx(fine, abs=1e-5)
    assert bench.view.crop_button.hasFocus()


@pytest.mark.parametrize("on", ["canvas", "button"])
def test_escape_leaves_everything_as_it_was(qtbot: QtBot, shown: Show, on: str) -> None:
    bench = shown(person(), {"photo_crop": (0.1, 0.1, 0.9, 0.9)})
    bench.view.crop_button.click()
    qtbot.keyClick(bench.canvas, Qt.Key.Key_Down)
    widget: QWidget = bench.canvas if on == "canvas" else bench.view.apply_button
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Escape)
    assert not bench.canvas.editing
    assert crop_of(bench) == (0.1, 0.1, 0.9, 0.9)
    assert not session_of(bench).can_undo


def test_two_crops_are_two_steps(qtbot: QtBot, shown: Show) -> None:
    bench = shown(in_a_wide_picture())
    taken = []
    for _ in range(2):
        bench.view.crop_button.click()
        qtbot.keyClick(bench.canvas, Qt.Key.Key_Left)
        qtbot.keyClick(bench.canvas, Qt.Key.Key_Return)
        taken.append(crop_of(bench))
        settled(qtbot, bench)
    assert taken[0] != taken[1]
    session_of(bench).undo()
    assert crop_of(bench) == taken[0]
    session_of(bench).undo()
    assert crop_of(bench) is None


def test_a_crop_of_another_shape_is_shown_as_the_export_takes_it(shown: Show) -> None:
    bench = shown(in_a_wide_picture(), {"photo_crop": (0.0, 0.0, 1.0, 0.5)})
    taken, frames = bench.canvas.taken, bench.canvas.frames
    assert taken is not None
    assert frames is not None
    assert frames.fits(taken)
    assert (taken[1], taken[3]) == (0, 0.5)
    assert TEXTS.get("ui.photo.legend.taken") in bench.view.legend.text()
    bench.view.crop_button.click()
    assert bench.canvas.draft == taken


def test_a_proposal_is_shown_before_it_is_taken(qtbot: QtBot, shown: Show) -> None:
    bench = shown(in_a_wide_picture())
    assert states(bench)["size"] == "error"
    session = session_of(bench)
    facts = session.inspection.facts[PHOTO]
    assert isinstance(facts, FileFacts)
    bench.view.propose_button.click()
    assert bench.canvas.draft == propose_crop(facts, session.pack.photo)
    assert crop_of(bench) is None
    qtbot.keyClick(bench.canvas, Qt.Key.Key_Return)
    settled(qtbot, bench)
    assert crop_of(bench) is not None
    assert states(bench)["size"] == "ok"
    assert states(bench)["head"] == "ok"
    assert bench.canvas.taken is None
    bench.view.undo_crop_button.click()
    assert crop_of(bench) is None


def test_whole_picture_and_a_proposal_that_changes_nothing(qtbot: QtBot, shown: Show) -> None:
    bench = shown(person(), {"photo_crop": (0.1, 0.1, 0.9, 0.9)})
    bench.view.crop_button.click()
    bench.view.whole_button.click()
    bench.view.apply_button.click()
    settled(qtbot, bench)
    assert crop_of(bench) is None
    said: list[str] = []
    session_of(bench).told.connect(said.append)
    bench.view.propose_button.click()
    assert said == [TEXTS.get("ui.photo.already_good")]
    assert not bench.canvas.editing


def test_without_a_head_the_proposal_says_why(shown: Show) -> None:
    bench = shown(Image.new("RGB", (413, 579), (67, 142, 219)))
    assert not bench.view.propose_button.isEnabled()
    assert bench.view.propose_button.toolTip() == TEXTS.get("ui.photo.no_proposal")


def test_the_preview_shows_what_the_crop_leaves(qtbot: QtBot, shown: Show) -> None:
    picture = Image.new("RGB", (800, 800), (200, 0, 0))
    picture.paste((0, 0, 200), (400, 0, 800, 800))
    bench = shown(picture, {"photo_crop": (0.55, 0.1, 0.95, 0.66)})
    bench.prints.fold.head.click()
    for preview in (bench.prints.true_size, bench.prints.sheet):
        assert preview.picture is not None
        colour = preview.picture.pixelColor(5, 5)
        assert colour.blue() > 150 > colour.red()
    assert bench.prints.sheet.count == 4
    middle = bench.prints.true_size.grab().toImage()
    assert middle.pixelColor(middle.width() // 2, middle.height() // 2).blue() > 150
    size = bench.prints.true_size.sizeHint()
    assert size.width() / size.height() == pytest.approx(35 / 49, rel=0.03)


def test_a_small_photo_is_not_enlarged(shown: Show) -> None:
    bench = shown(person().resize((206, 289)))
    assert bench.exported.text().startswith("206 × 289")
    assert states(bench)["size"] == "error"
