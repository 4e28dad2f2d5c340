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
from degreecheck import folder, form_file
from degreecheck.folder import Folder
from degreecheck.form import Form

BLUE = (67, 142, 219)  # in honest use (domain facts)
_DOCUMENTS = {
    "thesis_document": "正文",
    "similarity_report": "论文查重报告",
    "proposal_report": "开题报告",
    "task_book": "任务书",
}


def photo(size: tuple[int, int] = (826, 1158)) -> Image.Image:
    """Somebody before blue: head and shoulders, two shades each."""
    wide, high = size
    picture = Image.new("RGB", size, BLUE)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((wide * 0.1, high * 0.72, wide * 0.9, high * 1.5), (60, 62, 70))
    draw.ellipse((wide * 0.32, high * 0.2, wide * 0.68, high * 0.72), (224, 172, 138))
    draw.pieslice((wide * 0.3, high * 0.17, wide * 0.7, high * 0.6), 180, 360, (40, 30, 26))
    return picture


def paper(size: tuple[int, int] = (1000, 1400), seed: int = 1) -> Image.Image:
    """A paper with lines of print and a red ring on it."""
    picture = Image.new("RGB", size, (247, 246, 242))
    draw = ImageDraw.Draw(picture)
    for line in range(120, size[1] - 200, 48):
        for stroke in range(100, size[0] - 100 - line * seed % 300, 26):
            draw.rectangle((stroke, line, stroke + 16, line + 20), (30, 30, 34))
    draw.ellipse((size[0] - 330, size[1] - 330, size[0] - 80, size[1] - 80), outline=(200, 25, 35), width=12)
    return picture


def jpeg(picture: Image.Image, **options: Any) -> bytes:
    """The picture as a JPEG file."""
    buffer = BytesIO()
    picture.save(buffer, "JPEG", **{"quality": 92} | options)
    return buffer.getvalue()


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
    form = make.changed(make.perfect_form(), changes or {})
    for path, data in (contents(form) | dict(files or {})).items():
        if path not in without:
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(data)
    form_file.save(form, place / "application.json")
    return place


def load(place: Path, changes: Mapping[str, object] | None = None, files: Mapping[str, bytes] | None = None) -> Folder:
    """The same, as it is read."""
    return folder.load(write(place, changes, files))


def snapshot(place: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder, with its time and content."""
    return {
        path.relative_to(place).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }
