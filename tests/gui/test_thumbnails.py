"""Previews: of what phones make, of documents, given up when nobody wants them, made anew when the file is another."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck.form import Form
from degreecheck.gui import thumbnails
from degreecheck.gui.preview import Preview
from degreecheck.gui.session import Session

Session_ = Callable[..., Session]


def two_halves(size: tuple[int, int]) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, (200, 20, 20))
    picture.paste((20, 20, 200), (size[0] // 2, 0, size[0], size[1]))
    return picture


def write_phone_pictures(place: Path) -> None:
    """What phones write: lying with an orientation tag, HEIC, twelve megapixels."""
    import pillow_heif

    place.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    exif[274] = 6  # to be turned by 90 degrees clockwise
    two_halves((640, 480)).save(place / "IMG_0001.jpg", exif=exif)
    pillow_heif.from_pillow(two_halves((640, 480))).save(place / "IMG_0002.heic")
    two_halves((4000, 3000)).save(place / "IMG_0003.jpg", quality=60)


def preview(qtbot: QtBot, session: Session, file: str, side: int = 160, page: int = 0) -> QImage:
    """Ask for a preview and wait for it."""
    keeper, got = thumbnails.of(session), list[QImage]()
    keeper.ask(session, keeper.key(file, side, page), got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=60_000)
    return got[0]


@pytest.fixture
def session(opened: Session_, tmp_path: Path) -> Session:
    """A folder with pictures and documents."""
    place = tmp_path / "李四"
    write_phone_pictures(place / "materials")
    pages = [two_halves((400, 600)), Image.new("RGB", (400, 600), (20, 20, 200))]
    pages[0].save(place / "materials/论文.pdf", save_all=True, append_images=pages[1:])
    (place / "materials/坏的.jpg").write_bytes(make_folders.jpeg(make_folders.paper())[:200])
    return opened(Form(), folder=place)


def is_red(colour: QColor) -> bool:
    return colour.red() > 150 > colour.blue()


@pytest.mark.parametrize(
    ("file", "upright"), [("IMG_0001.jpg", True), ("IMG_0002.heic", False), ("IMG_0003.jpg", False)]
)
def test_phone_pictures_are_shown_upright(qtbot: QtBot, session: Session, file: str, upright: bool) -> None:
    picture = preview(qtbot, session, f"materials/{file}")
    assert max(picture.width(), picture.height()) == 160
    assert (picture.height() > picture.width()) == upright
    assert is_red(picture.pixelColor(5, 5))
    far = (5, picture.height() - 5) if upright else (picture.width() - 5, 5)
    assert not is_red(picture.pixelColor(*far))


def test_every_page_of_a_document_has_its_preview(qtbot: QtBot, session: Session) -> None:
    first, second = (preview(qtbot, session, "materials/论文.pdf", 320, page) for page in (0, 1))
    assert first.size() == second.size()
    assert first.height() > first.width()
    assert is_red(first.pixelColor(20, 20))
    assert not is_red(second.pixelColor(20, 20))


def test_what_cannot_be_drawn_is_a_null_picture(qtbot: QtBot, session: Session) -> None:
    assert preview(qtbot, session, "materials/坏的.jpg").isNull()


def test_a_preview_is_made_once(qtbot: QtBot, session: Session) -> None:
    keeper = thumbnails.of(session)
    first = preview(qtbot, session, "materials/IMG_0003.jpg", 100)
    got: list[QImage] = []
    assert keeper.ask(session, keeper.key("materials/IMG_0003.jpg", 150), got.append) == 0
    assert got == [first]
    assert keeper.on_their_way == 0


def test_a_changed_file_has_another_preview(qtbot: QtBot, session: Session) -> None:
    keeper = thumbnails.of(session)
    file = "materials/IMG_0003.jpg"
    before = keeper.key(file, 160)
    path = session.path / file
    Image.new("RGB", (300, 300), (20, 20, 200)).save(path)
    os.utime(path, (1, 1))
    with qtbot.waitSignal(session.inspection.changed, timeout=60_000):
        session.look_again()
    assert keeper.key(file, 160) != before
    assert not is_red(preview(qtbot, session, file).pixelColor(5, 5))


def test_what_nobody_wants_any_more_is_not_made(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import Future

    asked: list[Future[Any]] = []

    def ask(*_: object) -> Future[Any]:
        asked.append(Future())
        return asked[-1]

    monkeypatch.setattr(session.background, "ask", ask)
    keeper = thumbnails.of(session)
    key = keeper.key("materials/IMG_0003.jpg", 160)
    tickets = [keeper.ask(session, key, lambda _picture: None) for _ in range(2)]
    assert len(asked) == 1
    keeper.cancel(tickets[0])
    assert not asked[0].cancelled()
    keeper.cancel(tickets[1])
    assert asked[0].cancelled()
    assert keeper.on_their_way == 0


def test_whoever_is_gone_is_not_told(qtbot: QtBot, session: Session) -> None:
    keeper, told = thumbnails.of(session), list[QImage]()
    owner = QObject()
    key = keeper.key("materials/IMG_0001.jpg", 160)
    keeper.ask(owner, key, told.append)
    owner.deleteLater()
    del owner
    qtbot.waitUntil(lambda: keeper.kept(key) is not None, timeout=60_000)
    assert told == []


def test_memory_is_bounded(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnails, "_GREATEST_BYTES", 100_000)
    keeper = thumbnails.of(session)
    for page in range(10):
        picture = QImage(100, 100, QImage.Format.Format_RGB888)
        keeper._keep(keeper.key("a.jpg", 160, page), picture)
    assert keeper.kept(keeper.key("a.jpg", 160, 0)) is None
    assert keeper.kept(keeper.key("a.jpg", 160, 9)) is not None


def test_a_preview_asks_only_while_it_can_be_seen(qtbot: QtBot, session: Session) -> None:
    shown = Preview(session, 64)
    qtbot.addWidget(shown)
    shown.show_file("materials/IMG_0001.jpg", [((0.1, 0.1, 0.5, 0.5), "error")])
    assert thumbnails.of(session).on_their_way == 0
    shown.show()
    qtbot.waitUntil(lambda: not shown.picture.isNull(), timeout=60_000)
    red = shown.grab().toImage()
    shown.show_file("materials/IMG_0001.jpg", [])
    assert shown.grab().toImage() != red
    shown.hide()
