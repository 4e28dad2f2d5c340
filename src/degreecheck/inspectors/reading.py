"""The ``read`` verb: the lines of print on one page, whichever way the page lies. Runs only in worker processes.

The reader (rapidocr on onnxruntime) works offline: its models lie in its own wheel and are named one by one, because
for a model that it misses it would go looking on the network. Whether a build has a reader at all, ``reader_version``
says without loading it.

Found by trial on drawn papers: text that stands on its head or lies on its side is read as fragments with a confidence
far below that of upright text, so that one reading tells whether the page has to be turned and read again.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from degreecheck.facts import PICTURE_TYPES, TextFacts, TextLine, Turn
from degreecheck.inspectors import image, limits, offline, opening, sniff
from degreecheck.inspectors.straight import straightened
from degreecheck.inspectors.unreadable import CannotRead, NoReader

READ_PIXELS = 5_000_000  # A4 at 220 dpi: the smallest print of a transcript is 15 pixels high
READ_SIDE = 2_400  # of a PDF's page
SEARCH_SIDE, FINE_SIDE = 960, 1_600  # what the finder of lines sees; print under FINE_PRINT pixels there needs more
FINE_PRINT = 11.0
MOST_THREADS = 2  # more bring nothing; where processors are few, each worker has one (two would wait for each other)
LONG_PAGE = 1.9  # height : width beyond which a page (a long screenshot) is read strip by strip
_STRIP, _OVERLAP = 1.3, 0.12  # of the width
_MAX_STRIPS = 12
_SENSIBLE = 0.93  # mean confidence of upright print; what stands on its head stays under 0.88
_ON_SIDE = 1.5  # height : width of a line that runs from top to bottom
_RED_EXCESS, _LEAST_RED = 24, 0.002  # red over green and blue, 0-255; share of the picture from which on it matters
_MAX_LINES, _MAX_CHARACTERS = 2_000, 300
_LEAST_CONFIDENCE = 0.5

Rgb = NDArray[np.uint8]  # height x width x 3
Quads = NDArray[np.float64]  # lines x 4 corners (from the upper left, clockwise) x 2, pixels


class _Lines:
    """What one reading found: corners in pixels, text, confidence; the page's height and width in pixels."""

    def __init__(self, quads: Quads, texts: list[str], scores: list[float], shape: tuple[int, int]) -> None:
        self.quads, self.texts, self.scores, self.shape = quads, texts, scores, shape

    @property
    def sense(self) -> float:
        """Mean confidence, each line counted by its length; 0 where nothing was read."""
        weight = [max(len(text) - 1, 0.2) for text in self.texts]
        return float(np.average(self.scores, weights=weight)) if weight else 0.0

    @property
    def lies(self) -> bool:
        """Whether most of the print, by its length, runs from top to bottom."""
        wide, high = np.ptp(self.quads, axis=1).T
        return bool(high[high > _ON_SIDE * wide].sum() > wide[wide > _ON_SIDE * high].sum())

    @property
    def print_height(self) -> float:
        """Median height of a line as the finder of lines saw it, in its pixels."""
        high = np.hypot(*(self.quads[:, 3] - self.quads[:, 0]).T)
        return float(np.median(high)) * min(1.0, SEARCH_SIDE / max(self.shape)) if len(high) else math.inf


def load(path: Path) -> None:
    """Import and start what reading needs. Raises NoReader."""
    _engine(SEARCH_SIDE)
    if path.suffix.lower() == ".pdf":
        from degreecheck.inspectors import pdf  # noqa: F401


def read_page(path: Path, page: int = 0) -> TextFacts:
    """The text of one page (0-based) of a picture or PDF. Raises CannotRead, NoReader, MemoryError."""
    content = opening.read_content(path)
    kind = sniff.sniff(content.head, path)
    if kind in PICTURE_TYPES:
        rgb = image.open_picture(path, pixels=READ_PIXELS, frame=page).rgb
    elif kind == "pdf":
        from degreecheck.inspectors import pdf

        rgb = pdf.render_page(path, page, READ_SIDE)
    else:
        raise CannotRead("unknown_format")
    found = read_picture(rgb, page)
    if not opening.unchanged(content.seen, path.lstat()):
        raise CannotRead("in_use", "changed while it was read")
    return found.model_copy(update={"sha256": content.sha256})


def read_picture(rgb: Rgb, page: int = 0) -> TextFacts:
    """The text of a picture's pixels. Raises NoReader."""
    lines, turn = _any_way_up(_without_seals(rgb))
    height, width = lines.shape
    size = np.array([width, height, width, height], dtype=float)
    straight = straightened(lines.quads)
    found = []
    for quad, place, text, score in zip(lines.quads, straight, lines.texts, lines.scores, strict=True):
        box = np.clip(np.concatenate([quad.min(axis=0), quad.max(axis=0)]) / size, 0, 1)
        found.append(
            TextLine(
                text=text[:_MAX_CHARACTERS],
                page=page,
                box=_rounded(box),
                place=_rounded(np.clip(place / size, -1, 2)),
                confidence=min(max(round(score, 4), 0.0), 1.0),
            )
        )
    return TextFacts(lines=tuple(found[:_MAX_LINES]), turned={page: turn} if turn else {}, pages=(page,))


def _without_seals(rgb: Rgb) -> Rgb:
    """The picture with red ink made as bright as it is in the red light, in which print under a seal stays black."""
    red = rgb[:, :, 0].astype(np.int16)
    excess = red - np.maximum(rgb[:, :, 1], rgb[:, :, 2])
    stamped = excess > _RED_EXCESS
    if stamped.mean() < _LEAST_RED:
        return rgb
    cleared = rgb.copy()
    cleared[stamped] = rgb[:, :, :1][stamped]
    return cleared


def _any_way_up(rgb: Rgb) -> tuple[_Lines, Turn]:
    """The best reading, and the clockwise degrees by which the page was turned for it."""
    first = _read_whole(rgb)
    if not first.texts or (first.sense >= _SENSIBLE and not first.lies):
        return first, 0
    ways: list[Turn] = [90, 270] if first.lies else [180]
    best = first
    turn: Turn | None = None if first.lies else 0
    for way in ways:
        other = _read_whole(np.ascontiguousarray(np.rot90(rgb, -way // 90)))
        if turn is None or other.sense > best.sense:
            best, turn = other, way
        if best.sense >= _SENSIBLE:
            break
    assert turn is not None
    return best, turn


def _read_whole(rgb: Rgb) -> _Lines:
    height, width = rgb.shape[:2]
    if height <= LONG_PAGE * width:
        lines = _read_once(rgb, SEARCH_SIDE)
        if lines.texts and lines.print_height < FINE_PRINT and max(rgb.shape) > SEARCH_SIDE:
            finer = _read_once(rgb, FINE_SIDE)
            return finer if _amount(finer) > _amount(lines) else lines
        return lines
    quads, texts, scores = [], [], []
    for top, bottom, begin, end in _strips(height, width):
        part = _read_once(np.ascontiguousarray(rgb[top:bottom]), SEARCH_SIDE)
        for quad, text, score in zip(part.quads, part.texts, part.scores, strict=True):
            middle = top + float(quad[:, 1].mean())
            if begin <= middle < end:  # in the overlap each line counts once
                quads.append(quad + np.array((0, top)))
                texts.append(text)
                scores.append(score)
    return _Lines(np.array(quads, dtype=float).reshape(-1, 4, 2), texts, scores, (height, width))


def _amount(lines: _Lines) -> float:
    return sum(len(text) * score**4 for text, score in zip(lines.texts, lines.scores, strict=True))


def _strips(height: int, width: int) -> Iterator[tuple[int, int, float, float]]:
    """Top and bottom of each strip, and between which heights its lines count."""
    count = min(_MAX_STRIPS, math.ceil(height / (_STRIP * width)))
    step, more = height / count, _OVERLAP * width
    for index in range(count):
        begin, end = index * step, (index + 1) * step
        yield (
            max(0, round(begin - more)),
            min(height, round(end + more)),
            begin if index else -math.inf,
            end if index < count - 1 else math.inf,
        )


def _read_once(rgb: Rgb, side: int) -> _Lines:
    found = _engine(side)(rgb[:, :, ::-1], use_det=True, use_cls=False, use_rec=True)  # it takes blue first
    if found.boxes is None or not found.txts:
        return _Lines(np.empty((0, 4, 2)), [], [], rgb.shape[:2])
    kept = [index for index, text in enumerate(found.txts) if text.strip()]
    quads = np.asarray(found.boxes, dtype=float)[kept]
    texts = ["".join(map(_printable, found.txts[index])).strip() for index in kept]
    return _Lines(quads, texts, [float(found.scores[index]) for index in kept], rgb.shape[:2])


def _printable(character: str) -> str:
    return character if character.isprintable() else " "


def _rounded(box: NDArray[np.float64]) -> tuple[float, float, float, float]:
    left, top, right, bottom = (round(float(edge), 5) for edge in box)
    return (left, top, right, bottom)


def _threads() -> int:
    return max(1, min(MOST_THREADS, (os.cpu_count() or 1) // limits.MAX_WORKERS))


@cache
def _engine(side: int) -> Any:
    """A reader whose finder of lines sees at most ``side`` pixels. Raises NoReader."""
    offline.keep_offline()
    try:
        import rapidocr
    except ImportError:
        raise NoReader from None
    models = Path(rapidocr.__file__).parent / "models"
    found = {part: next(iter(sorted(models.glob(f"*_{part}_*.onnx"))), None) for part in ("det", "rec", "cls")}
    if any(path is None for path in found.values()):
        raise NoReader
    threads = "EngineConfig.onnxruntime"
    try:
        engine = rapidocr.RapidOCR(
            params={
                **{f"{part.capitalize()}.model_path": str(path) for part, path in found.items()},
                "Global.use_cls": False,
                "Global.log_level": "critical",
                "Global.max_side_len": 4 * READ_SIDE,  # what is too large was reduced before
                "Global.text_score": _LEAST_CONFIDENCE,
                "Det.limit_type": "max",
                "Det.limit_side_len": side,
                f"{threads}.intra_op_num_threads": _threads(),
                f"{threads}.inter_op_num_threads": 1,
            }
        )
        # The models are loaded by their first use: now, so that no file has to wait for it.
        blank = np.full((64, 64, 3), 255, dtype=np.uint8)
        engine(blank, use_det=True, use_cls=False, use_rec=False)
        engine(blank, use_det=False, use_cls=False, use_rec=True)
    except (ImportError, OSError):  # onnxruntime is not there, or a model cannot be read
        raise NoReader from None
    return engine
