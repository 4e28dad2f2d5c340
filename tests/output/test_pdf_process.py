"""The process that makes PDFs: what it makes can be read back, and what it cannot make is said and leaves nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from degreecheck import cli, text
from degreecheck.output import pdf_process
from degreecheck.output.pdf_job import A4, BODY, Block, Cell, Flow, Job, Paragraph, Picture, Text
from degreecheck.output.pdf_process import PdfFailed, PdfOutcome, make, make_pdf

# 文 民 身 高 have radicals of the same shape; Noto CJK gives those to Qt.
WORDS = "学位论文、人民、身份、高度：重庆科技大学（继续教育学院）“统考”500105199508120123"


def page_with(*texts: str, title: str = "标题") -> Job:
    items = tuple(Text(20, 20 + 20 * row, 170, 18, words, BODY) for row, words in enumerate(texts))
    return Job(title, *A4, (items,))


def read(path: Path) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def kind_of(outcome: PdfOutcome | PdfFailed) -> str:
    assert isinstance(outcome, PdfFailed)
    return outcome.kind


def script(words: str) -> list[str]:
    """A process that says something else than the real one."""
    return [sys.executable, "-c", words]


def test_chinese_text_copies_out_as_it_was_drawn(tmp_path: Path) -> None:
    target = tmp_path / "输出 目录" / "报告.pdf"
    target.parent.mkdir()
    outcome = make_pdf(page_with(WORDS), target)
    assert outcome.pages == 1
    assert outcome.missing == ()
    assert WORDS in read(target)[0].replace("\r\n", "")


def test_another_reader_reads_the_same(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    make_pdf(page_with(WORDS), target)
    tool = shutil.which("pdftotext")
    if tool is None:  # then pypdfium2 above is the only reader here
        assert WORDS in read(target)[0].replace("\r\n", "")
        return
    said = subprocess.run([tool, str(target), "-"], check=True, capture_output=True, timeout=60).stdout.decode("utf-8")
    assert WORDS in said.replace("\n", "")


def test_the_font_is_embedded_as_a_subset_and_nobody_is_named_in_the_metadata(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    make_pdf(page_with("林小满", title="预检报告"), target)
    data = target.read_bytes()
    assert b"/FontFile" in data
    assert len(data) < 60_000
    document = pypdfium2.PdfDocument(data)
    about = document.get_metadata_dict()
    document.close()
    assert about["Title"] == "预检报告"
    assert about["Author"] == ""
    assert about["Creator"].startswith("DegreeCheck ")
    assert not about["Subject"] + about["Keywords"]


def test_a_rare_character_copies_out_or_is_named_as_missing(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    rare = ("𠮷", "\ue123", "\U0010fffd", "𪚥")
    outcome = make_pdf(page_with("姓名" + "".join(rare) + "完"), target)
    shown = read(target)[0]
    assert {"\ue123", "\U0010fffd"} <= set(outcome.missing)  # private use: no font knows what it should look like
    for character in rare:
        assert (character in shown) != (character in outcome.missing)
    assert "完" in shown


def test_fonts_that_take_turns_keep_their_characters_apart(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    lines = [f"{rare}一二{rare}三\u2713四\u0e01五ქ六" for rare in ("𠮷", "𠂇", "𪚥")]
    for _ in range(4):  # each process hashes in another order
        outcome = make_pdf(page_with(*lines), target)
        drawn = "".join(character if character not in outcome.missing else "\ufffd" for character in "".join(lines))
        shown = "".join(read(target)[0].split())
        assert shown.replace("〓", "\ufffd") == drawn


def test_markup_is_text_and_control_signs_do_no_harm(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    hostile = "<b>粗</b>&amp;{page}%s"
    outcome = make_pdf(page_with(hostile, "反\u202e向\u200b零\x07宽\x00", "\ud800半"), target)
    shown = read(target)[0]
    assert hostile in shown
    assert "反向零" in shown
    assert "\u202e" not in shown
    assert outcome.missing == ()


def test_a_long_text_stays_in_its_box(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    make_pdf(Job("t", *A4, ((Text(20, 20, 60, 10, "汉" * 3000, 12.0), Text(20, 200, 60, 10, "脚注")),)), target)
    document = pypdfium2.PdfDocument(target)
    page = document[0].get_textpage()
    lowest = 297 - 30  # mm from the page's bottom to the end of the box
    boxes = [page.get_charbox(place) for place in range(page.count_chars())]
    drawn = [box for place, box in enumerate(boxes) if page.get_text_range(place, 1) == "汉"]
    assert min(box[1] for box in drawn) / 72 * 25.4 > lowest - 1
    assert "…" in page.get_text_range()
    document.close()


def test_one_process_makes_all_and_one_failure_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "ordner.pdf").mkdir()
    picture = Job("p", *A4, ((Picture(str(tmp_path / "gone.jpg"), 0, 0, 35, 49),),))
    text_file = tmp_path / "no_picture.jpg"
    text_file.write_text("no picture", encoding="utf-8")
    outcomes = make([
        (page_with("一"), tmp_path / "1.pdf"),
        (page_with("二"), tmp_path / "ordner.pdf"),
        (picture, tmp_path / "3.pdf"),
        (Job("p", *A4, ((Picture(str(text_file), 0, 0, 35, 49),),)), tmp_path / "4.pdf"),
        (page_with("五"), tmp_path / "none" / "5.pdf"),
    ])  # fmt: skip
    assert [outcome.kind if isinstance(outcome, PdfFailed) else outcome.pages for outcome in outcomes] == [
        1, "cannot_write", "picture", "picture", 1,
    ]  # fmt: skip
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "1.pdf", "5.pdf", "no_picture.jpg", "none", "ordner.pdf",
    ]  # fmt: skip


def test_a_flow_takes_the_draft_that_fits_and_numbers_its_pages(tmp_path: Path) -> None:
    blocks = tuple(Block((Cell(0, 170, (Paragraph(f"第{number}块" + "内容" * 400),)),)) for number in range(8))
    flow = Flow(
        x=20, width=170, top=20, top_later=20, bottom=280, greatest_pages=2, blocks=blocks,
        drafts=(tuple(range(8)), tuple(range(4))), on_every=(Text(20, 285, 170, 6, "{page}/{pages}", numbered=True),),
    )  # fmt: skip
    target = tmp_path / "a.pdf"
    assert make_pdf(Job("t", *A4, flow=flow), target).pages == 2
    pages = read(target)
    assert ["1/2" in pages[0], "2/2" in pages[1]] == [True, True]
    assert "第3块" in pages[1]
    assert "第4块" not in "".join(pages)


if sys.platform == "linux":  # elsewhere nobody can hide a system's fonts; test_pdf_fonts has the choice itself

    def test_without_a_chinese_font_it_says_so_and_draws_nothing(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        configuration = tmp_path / "fonts.conf"
        configuration.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig/>', encoding="utf-8"
        )
        monkeypatch.setenv("FONTCONFIG_FILE", str(configuration))
        outcomes = make([(page_with("一"), tmp_path / "1.pdf"), (page_with("二"), tmp_path / "2.pdf")])
        assert [kind_of(outcome) for outcome in outcomes] == ["no_cjk_font", "no_cjk_font"]
        assert not list(tmp_path.glob("*.pdf"))


def test_every_failure_has_its_sentence() -> None:
    for language in text.LANGUAGES:
        assert pdf_process.font_to_install() in PdfFailed("no_cjk_font").sentence(text.load(language))
        for kind in pdf_process._KINDS.values():
            assert len(PdfFailed(kind).sentence(text.load(language))) > 8


def test_a_process_that_never_ends_is_ended(tmp_path: Path) -> None:
    ok = '{"ok": {"pages": 1, "font": "x", "seconds": 0, "missing": []}}'
    waiting = script(f"import threading; print({ok!r}, flush=True); threading.Event().wait()")
    jobs = [(page_with("一"), tmp_path / "1.pdf"), (page_with("二"), tmp_path / "2.pdf")]
    outcomes = make(jobs, seconds=1, command=waiting)
    assert len(outcomes) == 2
    assert kind_of(outcomes[1]) == "timed_out"


def test_a_process_that_dies_or_talks_nonsense_is_no_exception(tmp_path: Path) -> None:
    jobs = [(page_with("一"), tmp_path / "1.pdf"), (page_with("二"), tmp_path / "2.pdf")]
    assert [kind_of(outcome) for outcome in make(jobs, command=script("raise SystemExit(3)"))] == ["died", "died"]
    assert [kind_of(outcome) for outcome in make(jobs, command=script("print('{}'); print('half'); print(1)"))] == [
        "failed", "failed",
    ]  # fmt: skip
    assert [kind_of(outcome) for outcome in make(jobs, command=[str(tmp_path / "no such program")])] == [
        "cannot_start", "cannot_start",
    ]  # fmt: skip
    with pytest.raises(PdfFailed):
        make_pdf(Job("p", *A4, ((Picture(str(tmp_path / "gone"), 0, 0, 1, 1),),)), tmp_path / "1.pdf")
    assert not list(tmp_path.iterdir())


def test_nothing_to_make_starts_no_process() -> None:
    assert make([], command=["no such program"]) == []


def test_what_stands_there_is_replaced_whole_or_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    (outcome,) = make([(Job("p", *A4, ((Picture(str(tmp_path / "gone.jpg"), 0, 0, 1, 1),),)), target)])
    assert kind_of(outcome) == "picture"
    assert target.read_bytes() == b"old"
    make_pdf(page_with("新"), target)
    assert target.read_bytes().startswith(b"%PDF-")
    assert list(tmp_path.iterdir()) == [target]


def test_the_console_program_knows_the_process_by_its_verb() -> None:
    assert cli.PDF_VERB == pdf_process.PDF_VERB
    asked = subprocess.run(
        [sys.executable, "-m", "degreecheck", pdf_process.PDF_VERB], input=b'{"jobs":[]}', capture_output=True,
        timeout=60, check=True,
    )  # fmt: skip
    assert asked.stdout == b""
