"""The large view: zoom, pages, boxes with numbers, a message that leads to its box, and Escape."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck import text
from degreecheck.facts import FileFacts
from degreecheck.form import Form
from degreecheck.gui import theme
from degreecheck.gui.finding_view import FindingView
from degreecheck.gui.picture_canvas import Mark, PictureCanvas
from degreecheck.gui.picture_view import PictureView
from degreecheck.gui.session import Session

Open = Callable[..., Session]
PAPER, THESIS, WORD = "materials/成绩单.jpg", "materials/论文.pdf", "materials/论文.docx"
GLARE = ((0.1, 0.1, 0.2, 0.2), (0.6, 0.7, 0.9, 0.8))


@pytest.fixture
def session(opened: Open, tmp_path: Path) -> Session:
    """A transcript with glare on it, a thesis of two pages, and a Word file."""
    place = tmp_path / "张三-学位申请/materials"
    place.mkdir(parents=True)
    (tmp_path / "张三-学位申请" / PAPER).write_bytes(make_folders.jpeg(make_folders.paper((1200, 1700))))
    pages = [Image.new("RGB", (600, 800), colour) for colour in ("red", "blue")]
    pages[0].save(tmp_path / "张三-学位申请" / THESIS, save_all=True, append_images=pages[1:])
    (tmp_path / "张三-学位申请" / WORD).write_bytes(b"PK\x03\x04 none")
    made = opened(Form(materials={"transcript": (PAPER,), "thesis_document": (THESIS, WORD)}))
    facts = made.inspection.facts[PAPER]
    assert isinstance(facts, FileFacts)
    assert facts.scan is not None
    scan = facts.scan[0].model_copy(update={"glare": GLARE})
    made.inspection.facts[PAPER] = facts.model_copy(update={"scan": (scan,)})
    made.inspection.changed.emit()
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """The window over which the view opens."""
    made = QWidget()
    made.resize(900, 500)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(qtbot: QtBot, session: Session, window: QWidget, slot: str = "transcript", file: str = PAPER) -> PictureView:
    """The view, once its picture is there."""
    view = PictureView(session, text.load("zh"), slot, file, window)
    with qtbot.waitActive(view):
        view.open()
    qtbot.waitUntil(lambda: not view.is_loading, timeout=60_000)
    return view


def canvas_of(size: QSize, original: QSizeF | None = None) -> PictureCanvas:
    canvas = PictureCanvas()
    canvas.resize(400, 400)
    picture = QImage(size, QImage.Format.Format_RGB888)
    picture.fill(QColor("white"))
    canvas.show_picture(picture, original or QSizeF(size))
    return canvas


# ---- the canvas


def test_a_large_picture_is_fitted_and_a_small_one_is_not_blown_up(qtbot: QtBot) -> None:
    large, small = canvas_of(QSize(2000, 1000)), canvas_of(QSize(20, 10))
    for canvas in (large, small):
        qtbot.addWidget(canvas)
    assert large.scale_now == pytest.approx(large.viewport().width() / 2000)
    assert small.scale_now == 1
    large.resize(200, 400)
    large.show()
    assert large.scale_now == pytest.approx(large.viewport().width() / 2000)


def test_zooming_keeps_within_bounds(qtbot: QtBot) -> None:
    canvas = canvas_of(QSize(2000, 1000))
    qtbot.addWidget(canvas)
    fitted = canvas.scale_now
    canvas.zoom(1)
    assert canvas.scale_now == pytest.approx(fitted * 1.25)
    assert not canvas.is_fitted
    canvas.zoom(100)
    assert canvas.scale_now == 8
    canvas.zoom(-100)
    assert 0 < canvas.scale_now < fitted
    canvas.original_size()
    assert canvas.scale_now * canvas.devicePixelRatioF() == pytest.approx(1)
    canvas.fit()
    assert canvas.scale_now == pytest.approx(fitted)


def test_the_wheel_zooms(qtbot: QtBot) -> None:
    canvas = canvas_of(QSize(2000, 1000))
    qtbot.addWidget(canvas)
    fitted = canvas.scale_now
    wheel = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    canvas.wheelEvent(wheel)
    assert canvas.scale_now == pytest.approx(fitted * 1.25)


def test_a_closer_look_asks_for_the_part_in_view(qtbot: QtBot) -> None:
    canvas = canvas_of(QSize(1000, 500), QSizeF(4000, 2000))
    qtbot.addWidget(canvas)
    canvas.show()
    canvas.show_box((0.5, 0.5, 0.6, 0.6))
    with qtbot.waitSignal(canvas.detail_wanted) as told:
        canvas.original_size()
    assert told.args is not None
    left, top, right, bottom = told.args[0]
    assert 0 <= left < 0.55 < right <= 1
    assert 0 <= top < 0.55 < bottom <= 1
    detail = QImage(400, 400, QImage.Format.Format_RGB888)
    detail.fill(QColor("green"))
    canvas.show_detail(detail, told.args[0])
    middle = canvas.grab().toImage().pixelColor(canvas.width() // 2, canvas.height() // 2)
    assert middle.green() > middle.red()


def test_boxes_are_drawn_where_they_are(qtbot: QtBot) -> None:
    canvas = canvas_of(QSize(300, 300))
    qtbot.addWidget(canvas)
    canvas.show()
    plain = canvas.grab().toImage()
    canvas.set_marks([Mark((0.5, 0.5, 0.8, 0.8), 1, "error")])
    drawn = canvas.grab().toImage()
    colour = theme.load("light").colour("error")
    corner = canvas.mapFromScene(150, 240)
    near = [drawn.pixelColor(corner.x() + dx, corner.y()) for dx in range(-6, 3)]
    assert any(abs(one.red() - colour.red()) + abs(one.green() - colour.green()) < 30 for one in near)
    assert drawn.pixelColor(20, 20) == plain.pixelColor(20, 20)


# ---- the view


def test_what_was_found_is_boxed_numbered_and_said(qtbot: QtBot, session: Session, window: QWidget) -> None:
    view = shown(qtbot, session, window)
    codes = [one.finding.code for one in view.findChildren(FindingView)]
    assert "SCN105" in codes
    assert [(mark.box, mark.number) for mark in view.canvas.marks if mark.severity == "warning"][:2] == [
        (GLARE[0], 1), (GLARE[1], 1),
    ]  # fmt: skip
    assert view.width() <= window.width()
    assert view.height() <= window.height()


def test_a_message_leads_to_its_box(qtbot: QtBot, session: Session, window: QWidget) -> None:
    view = shown(qtbot, session, window)
    fitted = view.canvas.scale_now
    said = next(one for one in view.findChildren(FindingView) if one.finding.code == "SCN105")
    QTest.mouseClick(said, Qt.MouseButton.LeftButton)
    assert view.canvas.scale_now > fitted
    area = view.canvas.mapFromScene(QRectF(120, 170, 120, 170)).boundingRect()
    assert view.canvas.viewport().rect().contains(area)


def test_it_opens_at_a_box_even_before_the_picture_is_there(qtbot: QtBot, session: Session, window: QWidget) -> None:
    finding = next(one for one in session.report.findings if one.code == "SCN105")
    view = PictureView(session, text.load("zh"), "transcript", PAPER, window)
    view.open()
    view.show_regions(finding.regions)
    qtbot.waitUntil(lambda: not view.is_loading, timeout=60_000)
    assert not view.canvas.is_fitted


def test_pages_are_turned(qtbot: QtBot, session: Session, window: QWidget) -> None:
    view = shown(qtbot, session, window, "thesis_document", THESIS)
    assert view.pages == 2
    before = view.canvas.grab().toImage()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: not view.is_loading, timeout=60_000)
    assert view.page == 1
    assert view.canvas.grab().toImage() != before
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == 1
    view.turn(-5)
    assert view.page == 0


def test_keys_zoom(qtbot: QtBot, session: Session, window: QWidget) -> None:
    view = shown(qtbot, session, window)
    fitted = view.canvas.scale_now
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        QTest.keyClick(view.canvas, key)
    assert view.canvas.scale_now == pytest.approx(fitted * 1.25**2)
    QTest.keyClick(view.canvas, Qt.Key.Key_Minus)
    assert view.canvas.scale_now == pytest.approx(fitted * 1.25)
    QTest.keyClick(view.canvas, Qt.Key.Key_1)
    assert view.canvas.scale_now == pytest.approx(1)
    QTest.keyClick(view.canvas, Qt.Key.Key_0)
    assert view.canvas.scale_now == pytest.approx(fitted)
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    assert view.isVisible()


def test_escape_closes_it(qtbot: QtBot, session: Session, window: QWidget) -> None:
    view = shown(qtbot, session, window)
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shiboken6.isValid(view))


def test_what_cannot_be_shown_is_said(qtbot: QtBot, session: Session, window: QWidget) -> None:
    view = shown(qtbot, session, window, "thesis_document", WORD)
    assert not view.canvas.isVisible()
    assert "没有可以显示的画面" in view.nothing.text.text()


def test_an_answered_warning_stays_in_the_list(qtbot: QtBot, session: Session, window: QWidget) -> None:
    view = shown(qtbot, session, window)
    finding = next(one for one in session.report.findings if one.code == "SCN105")
    session.answer(finding)
    assert any(one.finding.answered for one in view.findChildren(FindingView))
