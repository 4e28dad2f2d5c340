"""The reader itself, on a few drawn papers: it finds the lines whichever way they lie."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import make_papers
from degreecheck.facts import TextFacts
from degreecheck.inspectors import reading
from degreecheck.inspectors.unreadable import CannotRead, NoReader
from degreecheck.papers.paper import paper_of
from degreecheck.sample import papers

PERSON = make_papers.PERSON


def read(picture: Image.Image) -> TextFacts:
    return reading.read_picture(np.asarray(picture.convert("RGB")))


@pytest.mark.parametrize(
    ("transpose", "turned"),
    [
        (None, {}),
        (Image.Transpose.ROTATE_90, {0: 90}),
        (Image.Transpose.ROTATE_180, {0: 180}),
        (Image.Transpose.ROTATE_270, {0: 270}),
    ],
)
def test_an_id_card_is_read_whichever_way_it_lies(transpose: Image.Transpose | None, turned: dict[int, int]) -> None:
    card = papers.id_card_portrait(PERSON, seed=1)
    text = read(card.transpose(transpose) if transpose is not None else card)
    assert text.turned == turned
    paper = paper_of(text)
    (number,), (name,) = paper.values["id_number"], paper.values["name"]
    assert (number.text, name.text) == (PERSON["id_number"], PERSON["name"])
    # The number stands at the card's lower edge, wherever that is in the picture.
    x0, y0, x1, y1 = number.region.box
    middle = {0: (y0 + y1) / 2, 90: (x0 + x1) / 2, 180: 1 - (y0 + y1) / 2, 270: 1 - (x0 + x1) / 2}
    assert middle[turned.get(0, 0)] > 0.75


def test_print_under_a_seal_is_read_from_a_skewed_page() -> None:
    permit = papers.exam_permit(PERSON, seal=None)
    from degreecheck.sample import marks

    marks.stamp(permit, (400, 308), marks.seal_mask("教育考试院", 240, seed=1), opacity=0.35)
    text = read(permit.rotate(-3, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=(200, 196, 190)))
    assert [seen.text for seen in paper_of(text).values["exam_number"]] == [PERSON["exam_number"]]


def test_a_long_screenshot_is_read_strip_by_strip() -> None:
    line = papers.sheet((400, 60))
    long = Image.new("RGB", (400, 1_800), "white")
    for number in range(30):
        row = line.copy()
        papers.write(row, (10, 12), f"课程{number:02d}号", 30)
        long.paste(row, (0, number * 60))
    assert [seen.text for seen in read(long).lines] == [f"课程{number:02d}号" for number in range(30)]


def test_a_blank_page_has_no_lines() -> None:
    assert read(papers.sheet((600, 400))) == TextFacts(pages=(0,))


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(b"no picture")
    with pytest.raises(CannotRead) as refused:
        reading.read_page(file)
    assert refused.value.reason == "unknown_format"


@pytest.mark.parametrize("missing", ["rapidocr", "onnxruntime"])
def test_a_build_without_the_reader_says_so(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    engine = reading._engine
    engine.cache_clear()
    for name in [name for name in sys.modules if name.partition(".")[0] in ("rapidocr", "onnxruntime")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(NoReader):
        reading.load(Path("a.jpg"))
    monkeypatch.undo()
    engine.cache_clear()


def test_models_that_are_not_there_are_not_looked_for_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rapidocr = importlib.import_module("rapidocr")
    monkeypatch.setattr(rapidocr, "__file__", str(tmp_path / "__init__.py"))
    reading._engine.cache_clear()
    with pytest.raises(NoReader):
        reading.load(Path("a.jpg"))
    monkeypatch.undo()
    reading._engine.cache_clear()
