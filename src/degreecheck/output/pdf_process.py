"""Makes PDFs (and the one JPEG that is drawn rather than converted) in a process of its own, because Qt makes them.

    outcomes = make([(report_card.job(...), folder / "00-预检报告.pdf"), (prints.mailing_job(...), ...)])

One process serves all jobs, so Qt starts once. Jobs come from report_card.py and prints.py; they are plain data
(pdf_job.py). A file appears under its name whole or not at all.

Started as ``python -P -m degreecheck.output.pdf_process``, or, frozen, as ``degreecheck pdf-process``: the console
program has to call ``main()`` before it imports anything else. It reads one JSON object, {"jobs": [{"job", "target"}]},
and answers each job with a line of its own: {"ok": {"pages", "font", "seconds", "missing"}} or {"error": {"kind",
"detail"}}.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, get_args

from degreecheck import __version__, paths
from degreecheck.output.pdf_job import Flow, Job, from_plain, to_plain
from degreecheck.output.pdf_pages import pages_of
from degreecheck.text import Texts

if TYPE_CHECKING:
    from PySide6.QtCore import QBuffer

    from degreecheck.output.pdf_drawing import Canvas
    from degreecheck.output.pdf_fonts import Fonts

PDF_VERB = "pdf-process"  # the console program's hidden first argument
SECONDS = 60.0  # for all jobs of one call; a bundle's whole set takes about one
_MAX_BYTES = 32 * 1024 * 1024  # of a request
_MAX_MEMORY = 1536 * 1024 * 1024
_JPEG_QUALITY = 92

Kind = Literal["no_cjk_font", "cannot_write", "picture", "cannot_start", "timed_out", "died", "failed"]
_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}


@dataclass(frozen=True)
class PdfOutcome:
    """A file that was made: its pages, the font's family, and characters that no font here has (printed as U+FFFD)."""

    pages: int
    font: str
    seconds: float
    missing: tuple[str, ...] = ()


class PdfFailed(Exception):
    """A file that was not made; nothing stands under its name that did not stand there before.

    ``kind``: no_cjk_font, cannot_write (``detail``: the system's error name), picture (one cannot be opened),
    cannot_start, timed_out, died, failed. ``detail`` is for a log and holds nothing of the application.
    """

    def __init__(self, kind: Kind, detail: str = "") -> None:
        super().__init__(kind)
        self.kind: Kind = kind
        self.detail = detail

    def sentence(self, texts: Texts) -> str:
        """What happened, and what to do about it."""
        return texts.get(f"prints.failed.{self.kind}", font=font_to_install())


def font_to_install() -> str:
    """The font to install on this system, by the name under which it is offered."""
    return {"win32": "Microsoft YaHei (msyh.ttc)", "darwin": "PingFang SC"}.get(sys.platform, "fonts-wqy-microhei")


# ------------------------------------------------------------------------------------------------- the asking side


def make_pdf(job: Job, target: Path) -> PdfOutcome:
    """Make one file. Raises PdfFailed."""
    (outcome,) = make([(job, target)])
    if isinstance(outcome, PdfFailed):
        raise outcome
    return outcome


def make(
    jobs: Sequence[tuple[Job, Path]], *, seconds: float = SECONDS, command: Sequence[str] | None = None
) -> list[PdfOutcome | PdfFailed]:
    """Make files, replacing what stands there; one outcome for each job, in order. Never raises for what went wrong."""
    if not jobs:
        return []
    asked = {"jobs": [{"job": to_plain(job), "target": str(target.absolute())} for job, target in jobs]}
    request = json.dumps(asked, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    if len(request) > _MAX_BYTES:
        return [PdfFailed("failed", "request too long") for _ in jobs]
    answers, trouble = _ask(request, seconds, command)
    outcomes = [_outcome(line) for line in answers[: len(jobs)]]
    return outcomes + [PdfFailed(trouble) for _ in jobs[len(outcomes) :]]


def _ask(request: bytes, seconds: float, command: Sequence[str] | None) -> tuple[list[bytes], Kind]:
    """The whole lines that the process answered, and what became of the rest."""
    from degreecheck.inspectors import once, process

    asked = list(command or process.own_command("degreecheck.output.pdf_process", PDF_VERB))
    said, end = once.ask_once(asked, request, seconds=seconds, memory_bytes=_MAX_MEMORY)
    return said.split(b"\n")[:-1], "died" if end == "ended" else end


def _outcome(line: bytes) -> PdfOutcome | PdfFailed:
    try:
        answer = json.loads(line)
        if "ok" in answer:
            ok = answer["ok"]
            return PdfOutcome(int(ok["pages"]), str(ok["font"]), float(ok["seconds"]), tuple(map(str, ok["missing"])))
        error = answer["error"]
        return PdfFailed(_KINDS.get(str(error["kind"]), "failed"), str(error["detail"])[:200])
    except (ValueError, KeyError, TypeError):
        return PdfFailed("failed", "answer not understood")


# ------------------------------------------------------------------------------------------------ the making side


def main() -> int:
    """Make what standard input asks for, answer on standard output. Returns the exit code, 0 also after failures."""
    answers = _take_output()
    asked = json.loads(sys.stdin.buffer.read(_MAX_BYTES + 1))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    from degreecheck.output.pdf_drawing import Canvas
    from degreecheck.output.pdf_fonts import Fonts, NoChineseFont

    application = QGuiApplication(["degreecheck"])
    try:
        fonts = Fonts()
    except NoChineseFont:
        for _ in asked["jobs"]:
            _say(answers, {"error": {"kind": "no_cjk_font", "detail": ""}})
        return 0
    canvas = Canvas(fonts)
    for entry in asked["jobs"]:
        _say(answers, _made(from_plain(entry["job"]), Path(entry["target"]), canvas, fonts))
    del application
    return 0


def _take_output() -> BinaryIO:
    """Descriptor 1 for the answers alone: native libraries print."""
    answers = os.dup(1)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(answers, os.O_BINARY)
    return os.fdopen(answers, "wb", buffering=0)


def _say(answers: BinaryIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer, ensure_ascii=True).encode("ascii") + b"\n")


def _made(job: Job, target: Path, canvas: Canvas, fonts: Fonts) -> dict[str, Any]:
    from degreecheck.output.pdf_drawing import PictureUnreadable

    begun = time.perf_counter()
    fonts.start()
    try:
        data, pages = _pdf(job, canvas, fonts) if job.kind == "pdf" else _jpeg(job, canvas)
        paths.write_atomically(target, data)
    except PictureUnreadable:
        return {"error": {"kind": "picture", "detail": ""}}
    except OSError as error:
        return {"error": {"kind": "cannot_write", "detail": type(error).__name__}}
    except Exception as error:  # noqa: BLE001  the other files must not pay for this one
        return {"error": {"kind": "failed", "detail": type(error).__name__}}
    seconds = round(time.perf_counter() - begun, 4)
    return {"ok": {"pages": pages, "font": fonts.main, "seconds": seconds, "missing": list(fonts.missing)}}


def _pdf(job: Job, canvas: Canvas, fonts: Fonts) -> tuple[bytes, int]:
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

    from degreecheck.output.pdf_drawing import UNITS_PER_INCH

    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setResolution(round(UNITS_PER_INCH))
    size = QSizeF(job.width, job.height)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(job.title)
    writer.setCreator(f"DegreeCheck {__version__}")
    painter = QPainter(writer)
    canvas.begin(painter)
    try:
        pages = _flow(job.flow, canvas, writer.newPage) if job.flow else _fixed(job, canvas, writer.newPage)
    finally:
        painter.end()
    return fonts.with_right_codes(bytes(buffer.data().data())), pages


def _jpeg(job: Job, canvas: Canvas) -> tuple[bytes, int]:
    from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

    from degreecheck.output.pdf_drawing import UNITS_PER_INCH

    image = QImage(round(job.width / 25.4 * job.dpi), round(job.height / 25.4 * job.dpi), QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    image.setDotsPerMeterX(round(job.dpi / 0.0254))
    image.setDotsPerMeterY(round(job.dpi / 0.0254))
    painter = QPainter(image)
    painter.scale(job.dpi / UNITS_PER_INCH, job.dpi / UNITS_PER_INCH)
    canvas.begin(painter)
    try:
        pages = _fixed(job, canvas, None)
    finally:
        painter.end()
    buffer = _buffer()
    writer = QImageWriter(buffer, b"jpeg")
    writer.setQuality(_JPEG_QUALITY)
    if not writer.write(image):
        raise OSError(writer.errorString())
    return bytes(buffer.data().data()), pages


def _fixed(job: Job, canvas: Canvas, new_page: Any) -> int:
    for number, items in enumerate(job.pages, 1):
        if number > 1:
            new_page()
        canvas.draw(items, number, len(job.pages))
    return len(job.pages)


def _flow(flow: Flow, canvas: Canvas, new_page: Any) -> int:
    pages = pages_of(flow, [canvas.height(block) for block in flow.blocks])
    for number, placed in enumerate(pages, 1):
        if number > 1:
            new_page()
        canvas.draw(flow.on_first if number == 1 else flow.on_later, number, len(pages))
        canvas.draw(flow.on_every, number, len(pages))
        for entry in placed:
            canvas.draw_block(flow.blocks[entry.block], flow.x, entry.y, flow.width, at_top=entry is placed[0])
    return len(pages)


def _buffer() -> QBuffer:
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


if __name__ == "__main__":
    sys.exit(main())
