"""What is printed is read back exactly, by our reader and by others."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from degreecheck.sample import documents
from degreecheck.sample.fonts import find_font
from degreecheck.sample.press import Line, Press

PERSON = {
    "name": "买买提·艾力", "title": "女子力量型项目训练文献综述（2019—2024）", "exam_number": "010620212345",
    "student_number": "", "major": "体育教育", "advisor": "陈老师", "school": "重庆科技大学",
    "graduation_date": "2024-06-30",
}  # fmt: skip


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(find_font()) as made:
        yield made


def text_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [document[index].get_textpage().get_text_range() for index in range(len(document))]
    finally:
        document.close()


def test_text_is_read_back_exactly(press: Press) -> None:
    if not press.reads_back():  # then nothing is printed with this font
        assert documents.docx([[Line("女")]])[:2] == b"PK"
        return
    pages = text_of(press.printed([[Line(PERSON["title"], 20, centred=True)], [Line("第二页")]]))
    assert [page.strip() for page in pages] == [PERSON["title"], "第二页"]


def test_sheets_printed_earlier_do_not_come_along(press: Press) -> None:
    press.printed([[Line("昨天")], [Line("前天")]])
    again = press.printed([[Line("今天")]], followed_by=press.printed([[Line("明天")]]))
    assert [page.strip() for page in text_of(again)] == ["今天", "明天"]


def test_a_thesis_is_small_and_whole(press: Press) -> None:
    data = documents.document("thesis_document", "pdf", PERSON, 4, press)
    pages = text_of(data)
    assert len(pages) == 10
    assert PERSON["title"] in pages[0]
    assert PERSON["name"] in pages[0]
    assert sum(map(len, pages)) > 6_000
    assert len(data) < 80_000


def by_poppler(file: Path) -> str:
    return subprocess.run(["pdftotext", str(file), "-"], check=True, capture_output=True, timeout=30).stdout.decode()


def by_pdfium(file: Path) -> str:
    return "".join(text_of(file.read_bytes()))


READERS = [by_pdfium, *([by_poppler] if shutil.which("pdftotext") else [])]


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_reads_the_same(reader: Callable[[Path], str], press: Press, tmp_path: Path) -> None:
    file = tmp_path / "论文.pdf"
    file.write_bytes(documents.document("task_book", "pdf", PERSON, 4, press))
    said = reader(file)
    assert PERSON["title"] in said
    assert PERSON["name"] in said
    assert "任务书" in said


@pytest.mark.parametrize("paper", ["thesis_document", "similarity_report", "proposal_report", "task_book"])
@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_papers_carry_title_and_name(paper: str, kind: str, press: Press, tmp_path: Path) -> None:
    from degreecheck.inspectors.pdf import inspect_pdf
    from degreecheck.inspectors.word import inspect_word

    file = tmp_path / f"paper.{kind}"
    file.write_bytes(documents.document(paper, kind, PERSON, 9, press))
    facts = inspect_pdf(file) if kind == "pdf" else inspect_word(file, "docx")
    first = facts.first_pages[0].replace(" ", "")
    assert PERSON["title"] in first
    assert PERSON["name"] in first
    if paper == "similarity_report":
        assert [figure.total for figure in facts.similarity] == [True]


def test_a_word_file_has_no_clock_in_it() -> None:
    pages = [[Line("甲 & 乙 <丙>")], [Line("第二页")]]
    assert documents.docx(pages) == documents.docx(pages)
    assert BytesIO(documents.docx(pages)).read(2) == b"PK"
