"""The photo workbench in the hands of a test: somebody's portrait, the workbench with it, and the mouse on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

import make_folders
from degreecheck import text
from degreecheck.gui.photo_workbench import PhotoWorkbench
from degreecheck.gui.session import Session
from degreecheck.sample import portrait

PHOTO = "照片.jpg"
Show = Callable[..., PhotoWorkbench]


@cache
def person() -> Image.Image:
    """Somebody whom the finder of faces sees, 413 x 579."""
    return portrait.draw_portrait(7)


@cache
def in_a_wide_picture() -> Image.Image:
    """The same person in the middle of a blue picture that lies."""
    wide = Image.new("RGB", (1600, 1000), portrait.BLUE)
    wide.paste(person(), (593, 421))
    return wide


def with_a_blotch() -> Image.Image:
    """The same person with something brown behind."""
    picture = person().copy()
    picture.paste((120, 70, 30), (300, 20, 400, 170))
    return picture


class Bench:
    """Opens workbenches: ``Bench(qtbot, opened, folder).show(photo)`` returns when everything has been looked at."""

    def __init__(self, qtbot: QtBot, opened: Callable[..., Session], folder: Path) -> None:
        self._qtbot = qtbot
        self._opened = opened
        self._folder = folder
        self.session: Session | None = None

    def show(
        self,
        photo: Image.Image | bytes | None,
        changes: dict[str, object] | None = None,
        *,
        width: int = 700,
        language: str = "zh",
    ) -> PhotoWorkbench:
        """The workbench of an application with this photo."""
        data = make_folders.jpeg(photo) if isinstance(photo, Image.Image) else photo
        materials = {} if data is None else {"photo": (PHOTO,)}
        files = {} if data is None else {PHOTO: data}
        folder = make_folders.write(self._folder, {**(changes or {}), "materials": materials}, files)
        session = self.session = self._opened(folder=folder)
        bench = PhotoWorkbench(session, text.load(language))
        self._qtbot.addWidget(bench)
        bench.resize(width, 900)
        bench.show()
        bench.activateWindow()
        if data is not None:
            settled(self._qtbot, bench)
        return bench


def session_of(bench: PhotoWorkbench) -> Session:
    """The session that the workbench shows."""
    return bench._session


def settled(qtbot: QtBot, bench: PhotoWorkbench) -> None:
    """Wait for everything that was asked of the workers."""
    waits = [text.load(language).get("ui.photo.export_waits") for language in text.LANGUAGES]

    def there() -> bool:
        looked = not session_of(bench).inspection.busy and not bench.waiting
        drawn = bench.canvas.image is not None or bool(bench.canvas.placeholder)
        return looked and drawn and bench.exported.text() not in waits

    qtbot.waitUntil(there, timeout=60_000)


def crop_of(bench: PhotoWorkbench) -> tuple[float, ...] | None:
    """The form's crop."""
    return session_of(bench).form.photo_crop


def point(bench: PhotoWorkbench, x: float, y: float) -> QPoint:
    """A relative place of the picture in the canvas."""
    area = bench.canvas.area()
    return QPointF(area.x() + x * area.width(), area.y() + y * area.height()).toPoint()


def drag(qtbot: QtBot, bench: PhotoWorkbench, start: QPoint, end: QPoint) -> None:
    """Draw with the left button."""
    qtbot.mousePress(bench.canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(bench.canvas, (start + end) / 2)
    qtbot.mouseMove(bench.canvas, end)
    qtbot.mouseRelease(bench.canvas, Qt.MouseButton.LeftButton, pos=end)


def states(bench: PhotoWorkbench) -> dict[str, str]:
    """The verdict's lines and their states."""
    return {check.id: check.state for check, _ in bench.checks.lines}
