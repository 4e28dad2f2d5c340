"""Faces: where, how many, and whether the picture lies on its side.

OpenCV's Haar cascades ship inside its package; nothing is ever downloaded. They find a frontal face within about 20° of
upright; doubles of one face are frequent and are merged, and a second person is believed only when a second cascade,
trained otherwise, sees them too.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import cv2.data
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]  # height x width
Turn = Literal[0, 90, 180, 270]

_SEARCH_SIDE = 400  # pixels of the longer side: the smallest face found is 5 % of it
_SEARCH_SIDE_TURNED = 320
_WINDOW = 20  # the cascades' window, pixels
_SCALE_STEP = 1.1
_LEAST_SUPPORT = 5
_WEAK_SUPPORT = 12  # a face upright and in even light has 20 windows and more
_CERTAIN_SUPPORT = 20
_TURNED_FACTOR, _CERTAIN_FACTOR = 2.5, 4.0  # times the support of what seems to be a face as the picture lies
_LEANING = 22.0  # degrees: just beyond what the finder sees upright

_SMALLEST_OTHER = 0.4  # of the first face's width: smaller ones are badges and patterns
_OTHER_SUPPORT = 8
_OVERLAP = 0.25


@dataclass(frozen=True)
class Found:
    """A face: corner and size in pixels of the picture that was searched, and the number of windows that agree."""

    x: float
    y: float
    width: float
    height: float
    support: int

    @property
    def centre(self) -> tuple[float, float]:
        """Middle of the box."""
        return self.x + self.width / 2, self.y + self.height / 2

    def scaled(self, factor: float) -> Found:
        """The same face in a picture ``factor`` times as large."""
        return Found(self.x * factor, self.y * factor, self.width * factor, self.height * factor, self.support)


@dataclass(frozen=True)
class Person:
    """Everything found: ``turn`` is how far the picture has to be turned clockwise; faces are those of it turned."""

    faces: tuple[Found, ...]
    turn: Turn = 0
    turn_certain: bool = False


@functools.cache
def _cascade(name: str) -> cv2.CascadeClassifier:
    # Read by us and handed over as text: OpenCV cannot open a path with Chinese characters on Windows.
    path = Path(cv2.data.haarcascades) / f"haarcascade_{name}.xml"
    storage = cv2.FileStorage(path.read_text(encoding="utf-8"), cv2.FILE_STORAGE_READ | cv2.FILE_STORAGE_MEMORY)
    cascade = cv2.CascadeClassifier()
    if not cascade.read(storage.getFirstTopLevelNode()) or cascade.empty():
        raise RuntimeError(f"OpenCV's {path.name} cannot be used")
    return cascade


def find_person(grey: Grey) -> Person:
    """The faces in a picture, the person's first; and how far it has to be turned when nobody stands upright in it."""
    upright, scale = _resized(grey, _SEARCH_SIDE)
    faces = _detect(upright)
    plain_support = faces[0].support if faces else 0
    if not faces:
        # glasses, shadow, a dark face in front of a bright wall: more local contrast
        faces = _detect(cv2.createCLAHE(4.0, (4, 4)).apply(upright).astype(np.uint8))
    if not faces or faces[0].support < _WEAK_SUPPORT:
        turned = _turned(grey, faces[0].support if faces else 0, plain_support)
        if turned is not None:
            return turned
    if not faces:
        faces = _leaning(upright)
    return Person(tuple(face.scaled(1 / scale) for face in _believed(upright, faces)))


def faces_when_turned(grey: Grey, turn: Literal[0, 180]) -> tuple[tuple[Found, ...], bool]:
    """The faces on a paper turned by ``turn`` degrees, in pixels of it turned, and whether the first is certain.

    One quick look, for papers that mostly show nobody; faces are at least 6 % of the longer side.
    """
    small, scale = _resized(grey, _SEARCH_SIDE_TURNED)
    picture = small if turn == 0 else np.ascontiguousarray(small[::-1, ::-1])
    faces = _detect(picture)
    certain = bool(faces) and faces[0].support >= _CERTAIN_SUPPORT and _seen_otherwise(picture, faces[0], "alt")
    return tuple(face.scaled(1 / scale) for face in faces), certain


def _turned(grey: Grey, upright_support: int, plain_support: int) -> Person | None:
    # plain_support: without more contrast, in which cloth and walls look like faces more often
    small, scale = _resized(grey, _SEARCH_SIDE_TURNED)
    best: tuple[int, Turn, list[Found]] | None = None
    turns: tuple[tuple[Turn, int], ...] = ((90, 3), (180, 2), (270, 1))
    for turn, quarters in turns:
        faces = _detect(np.ascontiguousarray(np.rot90(small, quarters)))
        if faces and (best is None or faces[0].support > best[0]):
            best = faces[0].support, turn, faces
    if best is None or best[0] < max(_WEAK_SUPPORT, _TURNED_FACTOR * upright_support):
        return None
    support, turn, faces = best
    picture = np.ascontiguousarray(np.rot90(small, dict(turns)[turn]))
    seen_twice = any(_seen_otherwise(picture, faces[0], other) for other in ("alt", "default"))
    certain = support >= max(_CERTAIN_SUPPORT, _CERTAIN_FACTOR * plain_support) and seen_twice
    return Person(tuple(face.scaled(1 / scale) for face in _believed(picture, faces)), turn, certain)


def _leaning(grey: Grey) -> list[Found]:
    """A face that leans too far for the finder: looked for in copies that lean the other way."""
    height, width = grey.shape
    best: list[Found] = []
    for angle in (_LEANING, -_LEANING):
        forth = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        back = cv2.invertAffineTransform(forth)
        copy = cv2.warpAffine(grey, forth, (width, height), borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)
        faces = _detect(copy)
        if faces and (not best or faces[0].support > best[0].support):
            face = faces[0]
            x, y = (float(value) for value in back @ np.array([*face.centre, 1.0]))
            best = [Found(x - face.width / 2, y - face.height / 2, face.width, face.height, face.support)]
    return best if best and best[0].support >= _OTHER_SUPPORT else []


def _resized(grey: Grey, longest: int) -> tuple[Grey, float]:
    scale = min(longest / max(grey.shape), 2.0)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    return cv2.resize(grey, size, interpolation=method).astype(np.uint8), scale


def _detect(grey: Grey, name: str = "frontalface_alt2", least: int = _LEAST_SUPPORT) -> list[Found]:
    """Faces of one cascade, doubles merged, most support first."""
    if min(grey.shape) < _WINDOW:
        return []
    boxes, counts = _cascade(name).detectMultiScale2(grey, scaleFactor=_SCALE_STEP, minNeighbors=least)
    rows = np.asarray(boxes, dtype=float).reshape(-1, 4).tolist()
    return merged(Found(x, y, wide, high, int(count)) for (x, y, wide, high), count in zip(rows, counts, strict=True))


def merged(found: Iterable[Found]) -> list[Found]:
    """The faces without doubles of one face, most support first."""
    kept: list[Found] = []
    for face in sorted(found, key=lambda one: (-one.support, one.x, one.y, one.width)):
        if not any(_same_face(face, other) for other in kept):
            kept.append(face)
    return kept


def _same_face(one: Found, other: Found) -> bool:
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    overlap = max(wide, 0.0) * max(high, 0.0)
    joined = one.width * one.height + other.width * other.height - overlap
    smaller = min(one.width * one.height, other.width * other.height)
    return overlap > _OVERLAP * joined or overlap > 0.5 * smaller or _holds(one, other) or _holds(other, one)


def _holds(one: Found, other: Found) -> bool:
    x, y = other.centre
    return one.x <= x <= one.x + one.width and one.y <= y <= one.y + one.height


def _believed(grey: Grey, faces: list[Found]) -> list[Found]:
    """The first face, and of the others those that are a person with fair certainty."""
    if not faces:
        return []
    first = max(faces, key=lambda face: face.support * face.width)
    others = [
        face
        for face in faces
        if face is not first
        and face.width >= _SMALLEST_OTHER * first.width
        and face.support >= _OTHER_SUPPORT
        and not _on_the_chest(face, first)
        and _seen_otherwise(grey, face, "default")
    ]
    return [first, *others]


def _on_the_chest(face: Found, first: Found) -> bool:
    """Ties, badges and prints on clothes: straight below a face and smaller."""
    below = face.y > first.y + 0.9 * first.height
    return below and abs(face.centre[0] - first.centre[0]) < first.width and face.width < 0.8 * first.width


def _seen_otherwise(grey: Grey, face: Found, name: str) -> bool:
    x0, y0 = max(0, round(face.x - 0.4 * face.width)), max(0, round(face.y - 0.4 * face.height))
    x1, y1 = round(face.x + 1.4 * face.width), round(face.y + 1.4 * face.height)
    around = np.ascontiguousarray(grey[y0:y1, x0:x1])
    here = Found(face.x - x0, face.y - y0, face.width, face.height, face.support)
    return any(
        _same_face(here, other) and 0.6 < other.width / here.width < 1.7
        for other in _detect(around, f"frontalface_{name}", 3)
    )


def support_near(grey: Grey, least_side: int, greatest_side: int) -> int:
    """Most windows that agree on a face of such a size; 0 where there is none."""
    _, counts = _cascade("frontalface_alt2").detectMultiScale2(
        grey,
        scaleFactor=_SCALE_STEP,
        minNeighbors=1,
        minSize=(least_side, least_side),
        maxSize=(greatest_side, greatest_side),
    )
    return max((int(count) for count in counts), default=0)
