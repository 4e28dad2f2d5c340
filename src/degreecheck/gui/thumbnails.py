"""Previews of files, made by workers, kept in memory as long as the file is the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeAlias

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from degreecheck.inspectors.messages import Render, Rendered

if TYPE_CHECKING:
    from degreecheck.gui.inspection import Stamp
    from degreecheck.gui.session import Session

_GREATEST_BYTES = 96 * 1024 * 1024  # of all pictures that are kept
_STEPS = (160, 320, 640, 1_280, 2_048)  # longest sides that are asked for: near sizes share one picture

Key: TypeAlias = tuple[str, "Stamp | None", int, int]  # file, size and time of change, page, longest side in pixels
Got: TypeAlias = Callable[[QImage], None]


def picture_of(rendered: Rendered) -> QImage:
    """The pixels as a picture of its own memory."""
    line = rendered.width * 3
    return QImage(rendered.rgb, rendered.width, rendered.height, line, QImage.Format.Format_RGB888).copy()


class _Asked:
    """A picture on its way, and who waits for it."""

    def __init__(self) -> None:
        self.future: Future[Any] | None = None
        self.waiting: dict[int, tuple[QObject, Got]] = {}


class Thumbnails(QObject):
    """The previews of a session's files. Get it with ``of``: one for each session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._kept: OrderedDict[Key, QImage] = OrderedDict()
        self._bytes = 0
        self._asked: dict[Key, _Asked] = {}
        self._tickets = 0

    def key(self, file: str, longest_side: int, page: int = 0) -> Key:
        """What a preview is kept under: another state of the file is another preview."""
        side = next((step for step in _STEPS if step >= longest_side), _STEPS[-1])
        return file, self._session.inspection.stamps.get(file), page, side

    def kept(self, key: Key) -> QImage | None:
        """The preview, if it was made before."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def ask(self, owner: QObject, key: Key, got: Got) -> int:
        """Have ``got`` told the preview on the window's thread: at once when it is kept, else when it is made.

        A null picture says that there is none. Returns a ticket for ``cancel``; 0 when it was told at once.
        """
        if key[1] is None:
            got(QImage())  # not there, or a path that leads out of the folder: nothing is opened
            return 0
        found = self.kept(key)
        if found is not None:
            got(found)
            return 0
        self._tickets += 1
        asked = self._asked.get(key)
        if asked is None:
            asked = self._asked[key] = _Asked()
            file, _, page, side = key
            request = Render(self._session.path / file, page, side)
            asked.future = self._session.background.ask(self, request, lambda result: self._made(key, result))
        asked.waiting[self._tickets] = (owner, got)
        return self._tickets

    def cancel(self, ticket: int) -> None:
        """Not wanted any more; what nobody else waits for is not made."""
        for key, asked in list(self._asked.items()):
            if ticket in asked.waiting:
                del asked.waiting[ticket]
                if not asked.waiting and asked.future is not None and asked.future.cancel():
                    del self._asked[key]
                return

    @property
    def on_their_way(self) -> int:
        """How many pictures are being made or wait to be."""
        return len(self._asked)

    def _made(self, key: Key, result: object) -> None:
        asked = self._asked.pop(key, None)
        picture = picture_of(result) if isinstance(result, Rendered) else QImage()
        self._keep(key, picture)
        for owner, got in list(asked.waiting.values()) if asked is not None else []:
            if shiboken6.isValid(owner):
                got(picture)

    def _keep(self, key: Key, picture: QImage) -> None:
        self._kept[key] = picture
        self._bytes += picture.sizeInBytes()
        while self._bytes > _GREATEST_BYTES and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.sizeInBytes()


def of(session: Session) -> Thumbnails:
    """The one keeper of a session's previews."""
    found = session.findChild(Thumbnails)
    return found if isinstance(found, Thumbnails) else Thumbnails(session)
