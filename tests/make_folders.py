"""Application folders on disk for tests of the export: the perfect form of `make`, and files that go with it.

Pictures are drawn, documents are written by hand; everybody is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

import make
import make_documents
from degreecheck import form_file
from degreecheck.form import Form

BLUE = (67, 142, 219)  # in honest use (domain facts)
_DOCUMENTS = {
    "thesis_document": "正文",
    "similarity_report": "论文查重报告",
    "proposal_report": "开题报告",
    "task_book": "任务书",
}

_OF_OTHER_ROUTES = ("english_two_score", "registration_page", "degree_exam_sheet")


def photo(size: tuple[int, int] = (826, 1158)) -> Image.Image:
    """Somebody before blue: head and shoulders, two shades each."""
    wide, high = size
    picture = Image.new("RGB", size, BLUE)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((wide * 0.1, high * 0.72, wide * 0.9, high * 1.5), (60, 62, 70))
    draw.ellipse((wide * 0.32, high * 0.2, wide * 0.68, high * 0.72), (224, 172, 138))
    draw.pieslice((wide * 0.3, high * 0.17, wide * 0.7, high * 0.6), 180, 360, (40, 30, 26))
    return picture


def paper(size: tuple[int, int] = (420, 590), seed: int = 1) -> Image.Image:
    """A paper with lines of print and a red ring on it."""
    picture = Image.new("RGB", size, (247, 246, 242))
    draw = ImageDraw.Draw(picture)
    for line in range(40, size[1] - 60, 30):
        for stroke in range(30, size[0] - 30 - line * seed % 90, 18):
            draw.rectangle((stroke, line, stroke + 11, line + 14), (30, 30, 34))
    draw.ellipse((size[0] - 150, size[1] - 150, size[0] - 20, size[1] - 20), outline=(200, 25, 35), width=6)
    return picture


def jpeg(picture: Image.Image, **options: Any) -> bytes:
    """The picture as a JPEG file."""
    buffer = BytesIO()
    picture.save(buffer, "JPEG", **{"quality": 92} | options)
    return buffer.getvalue()


def form() -> Form:
    """The perfect form with the files that its own route asks."""
    perfect = make.perfect_form()
    materials = {slot: listed for slot, listed in perfect.materials.items() if slot not in _OF_OTHER_ROUTES}
    return perfect.model_copy(update={"materials": materials})


def contents(form: Form) -> dict[str, bytes]:
    """A sound file for each path that the perfect form lists."""
    made: dict[str, bytes] = {}
    for number, (slot, listed) in enumerate(form.materials.items(), 1):
        for path in listed:
            if slot in _DOCUMENTS:
                text = f"{_DOCUMENTS[slot]}　{form.thesis.title}　{form.personal.name}　" + "研究" * 400
                made[path] = make_documents.pdf(make_documents.pdf_pages(*[text] * 3))
            else:
                made[path] = jpeg(photo() if slot == "photo" else paper(seed=number))
    return made


def write(
    place: Path,
    changes: Mapping[str, object] | None = None,
    files: Mapping[str, bytes] | None = None,
    without: Iterable[str] = (),
) -> Path:
    """An application folder without errors, with some fields changed, and files replaced, added or missing."""
    changed = make.changed(form(), changes or {})
    for path, data in (contents(changed) | dict(files or {})).items():
        if path not in without:
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(data)
    form_file.save(changed, place / "application.json")
    return place


def snapshot(place: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder, with its time and content."""
    return {
        path.relative_to(place).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }
