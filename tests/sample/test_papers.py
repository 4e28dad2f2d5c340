"""What stands on the drawn papers: those of adult education do not speak of self-study."""

from __future__ import annotations

from typing import Any

import pytest

from degreecheck.sample import papers

PERSON = {"name": "林小满", "exam_number": "010517200123", "student_number": "2021-0456", "major": "工商管理",
          "school": "重庆科技大学", "graduation_date": "2025-12-30", "birth_date": "1995-08-12"}  # fmt: skip
ROWS = [("00015", "英语（二）", "66", "2018-04")]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that is written on papers from now on."""
    texts: list[str] = []
    write = papers.write

    def noted(page: Any, place: Any, words: str, *more: Any, **options: Any) -> Any:
        texts.append(words)
        return write(page, place, words, *more, **options)

    monkeypatch.setattr(papers, "write", noted)
    return texts


@pytest.mark.parametrize(
    ("kind", "number", "other", "exam"),
    [("self_study", "准考证号：010517200123", "学号", True), ("adult_education", "学号：2021-0456", "准考证号", False)],
)
def test_papers_are_those_of_the_kind_of_applicant(
    kind: str, number: str, other: str, exam: bool, written: list[str]
) -> None:
    person = {**PERSON, "applicant_type": kind}
    papers.transcript(person, ROWS)
    papers.graduation_certificate(person)
    words = "\n".join(written)
    assert number in words
    assert other not in words
    assert ("自学考试" in words, "成人高等教育" in words) == (exam, not exam)
