"""Jobs cross to another process as JSON and arrive as they were."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from degreecheck.output import pdf_job
from degreecheck.output.pdf_job import Block, Cell, Figure, Flow, Frame, Job, Line, Paragraph, Picture, Shape, Text


def test_every_part_survives_the_crossing() -> None:
    shown = (
        Paragraph("<b>𠮷", lead="x"),
        Figure("p.png", 1, 2, ((0, 0, 1, 1),)),
        Shape("dot", 0, 0, 1, "#000000"),
    )
    flow = Flow(
        x=1, width=2, top=3, top_later=4, bottom=5, greatest_pages=3, blocks=(Block((Cell(0, 9, shown),)),),
        drafts=((0,), ()), on_every=(Text(0, 0, 1, 1, "{page}", numbered=True),),
    )  # fmt: skip
    job = Job("t", 210, 297, ((Line(0, 0, 1, 1), Frame(0, 0, 1, 1), Picture("p.jpg", 0, 0, 35, 49)),), flow, "jpeg")
    assert pdf_job.from_plain(json.loads(json.dumps(pdf_job.to_plain(job)))) == job


def test_what_was_never_a_job_is_refused() -> None:
    with pytest.raises(KeyError):
        pdf_job.from_plain({"part": "os"})
    with pytest.raises(TypeError):
        pdf_job.from_plain({"part": "Line", "colour": "#000000", "length": 3})


@given(st.text(max_size=200), st.integers(2, 60))
def test_one_line_is_one_line_and_not_longer(text: str, longest: int) -> None:
    line = pdf_job.one_line(text, longest)
    assert len(line) <= longest
    assert len(line.splitlines()) <= 1
    if len(" ".join(text.split())) <= longest:
        assert line.split() == text.split()
