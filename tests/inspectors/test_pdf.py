"""PDF: pages, paper, text, what hangs on it; drawing a page."""

import io
import zlib
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from degreecheck.facts import PdfFacts
from degreecheck.inspectors import limits
from degreecheck.inspectors.pdf import inspect_pdf, render_page
from make_documents import A4, pdf, pdf_of_picture, pdf_pages, pdf_stream


def written(folder: Path, content: bytes | dict[int, bytes]) -> Path:
    path = folder / "论文.pdf"
    path.write_bytes(content if isinstance(content, bytes) else pdf(content))
    return path


def inspect(folder: Path, content: bytes | dict[int, bytes]) -> PdfFacts:
    return inspect_pdf(written(folder, content))


def picture(width: int = 400, height: int = 566) -> Image.Image:
    made = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(made).ellipse((50, 50, 200, 200), fill=(200, 20, 30))
    return made


def jpeg(made: Image.Image) -> bytes:
    out = io.BytesIO()
    made.save(out, "JPEG")
    return out.getvalue()


def test_pages_and_their_text(tmp_path: Path) -> None:
    facts = inspect(tmp_path, pdf_pages("基于物联网的节水系统\n张三", "Abstract", "", "第四", "第五", "第六"))
    assert (facts.pages, facts.pages_loaded, facts.pages_broken, facts.complete) == (6, 6, 0, True)
    assert facts.first_pages == ("基于物联网的节水系统\n张三", "Abstract", "", "第四", "第五")
    assert facts.characters == 10 + 2 + 8 + 6
    assert facts.pages_with_text == 1  # ten characters and more
    assert facts.pages_blank == 1
    assert not facts.cut_off


@pytest.mark.parametrize(
    ("size", "paper", "landscape"),
    [
        (A4, "A4", False),
        ((842, 595), "A4", True),
        ((590.5, 838), "A4", False),
        ((612, 792), "Letter", False),
        ((1191, 842), "A3", True),
        ((420, 595), "A5", False),
        ((516, 729), "B5", False),
        ((500, 500), "other", False),
        ((595, 860), "other", False),
    ],
)
def test_paper(tmp_path: Path, size: tuple[float, float], paper: str, landscape: bool) -> None:
    (found,) = inspect(tmp_path, pdf_pages("a", size=size)).sizes
    assert (found.paper, found.landscape) == (paper, landscape)


def test_a_turned_page_is_measured_as_it_lies(tmp_path: Path) -> None:
    objects = pdf_pages("a")
    objects[10] = objects[10].replace(b"/MediaBox", b"/Rotate 90/MediaBox")
    assert inspect(tmp_path, objects).sizes[0].landscape


def test_text_behind_a_scan_is_a_machines_reading(tmp_path: Path) -> None:
    assert inspect(tmp_path, pdf_pages("扫描所得的文字", hidden=True)).recognised_text
    assert not inspect(tmp_path, pdf_pages("写下的文字")).recognised_text


def test_a_scan_has_pictures_and_no_text(tmp_path: Path) -> None:
    facts = inspect(tmp_path, pdf_of_picture(jpeg(picture()), "DCTDecode", 400, 566))
    assert (facts.characters, facts.pages_with_text, facts.pages_blank, facts.images_broken) == (0, 0, 0, 0)


def test_blank_pages(tmp_path: Path) -> None:
    white = zlib.compress(b"\xff" * (40 * 40 * 3))
    assert inspect(tmp_path, pdf_pages("")).pages_blank == 1
    assert inspect(tmp_path, pdf_of_picture(white, "FlateDecode", 40, 40)).pages_blank == 1


def test_drawn_lines_are_content(tmp_path: Path) -> None:
    objects = pdf_pages("")
    objects[11] = pdf_stream(b"0 0 0 RG 3 w 100 100 m 400 700 l S")
    assert inspect(tmp_path, objects).pages_blank == 0


def test_a_stamp_is_content(tmp_path: Path) -> None:
    objects = pdf_pages("")
    objects[10] = objects[10].replace(b"/MediaBox", b"/Annots[6 0 R]/MediaBox")
    objects[6] = b"<</Type/Annot/Subtype/Stamp/Rect[100 100 300 300]/F 4/AP<</N 7 0 R>>>>"
    objects[7] = pdf_stream(b"1 0 0 rg 0 0 200 200 re f", "/Type/XObject/Subtype/Form/BBox[0 0 200 200]")
    assert inspect(tmp_path, objects).pages_blank == 0


def test_a_similarity_report(tmp_path: Path) -> None:
    facts = inspect(tmp_path, pdf_pages("文本复制检测报告单\n总文字复制比：8.1%"))
    assert [(figure.label, str(figure.percent), figure.total) for figure in facts.similarity] == [
        ("总文字复制比", "8.1", True)
    ]


def test_scripts(tmp_path: Path) -> None:
    objects = pdf_pages("a")
    assert not inspect(tmp_path, objects).scripts
    objects[1] = b"<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a) 6 0 R]>>>>>>"
    objects[6] = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
    assert inspect(tmp_path, objects).scripts
    objects[1] = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(cmd.exe)>>>>"
    assert inspect(tmp_path, objects).scripts


def test_attachments_and_portfolios(tmp_path: Path) -> None:
    document = pdfium.PdfDocument(pdf(pdf_pages("a")))
    for name in ("数据.xlsx", "查看.exe"):
        document.new_attachment(name).set_data(b"x")
    out = io.BytesIO()
    document.save(out)
    document.close()
    facts = inspect(tmp_path, out.getvalue())
    assert (facts.attachments, facts.programs, facts.portfolio) == (2, 1, False)
    catalog = b"/Catalog"
    assert out.getvalue().count(catalog) == 1
    wrapped = out.getvalue().replace(catalog, catalog + b"/Collection<</View/D>>")
    assert inspect(tmp_path, wrapped).portfolio
    assert not inspect(tmp_path, pdf(pdf_pages("a")).replace(catalog, catalog + b"/Collection<<>>")).portfolio


def test_of_a_long_document_a_sample_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PAGES_LOADED", 20)
    objects = pdf_pages(*["文" * 20] * 500)
    del objects[5000]  # the last page
    facts = inspect(tmp_path, objects)
    assert (facts.pages, facts.pages_loaded, facts.pages_broken, facts.complete) == (500, 20, 1, False)


def test_a_page_is_drawn_upright_in_its_colours(tmp_path: Path) -> None:
    path = written(tmp_path, pdf_of_picture(jpeg(picture()), "DCTDecode", 400, 566))
    drawn = render_page(path, 0, 300)
    assert drawn.shape[:2] == (300, 212)
    assert drawn[66, 66, 0] > 150 > drawn[66, 66, 2]  # the red disc, upper left
    assert drawn[280, 200].min() > 240


def test_a_scanned_page_is_never_enlarged(tmp_path: Path) -> None:
    path = written(tmp_path, pdf_of_picture(jpeg(picture()), "DCTDecode", 400, 566))
    assert max(render_page(path, 0, 2000).shape) == 566


@pytest.mark.parametrize("side", [1, 7, 333, 2048])
def test_a_drawn_page_keeps_to_the_longest_side(tmp_path: Path, side: int) -> None:
    path = written(tmp_path, pdf_pages("a", size=(595.3, 841.9)))
    assert max(render_page(path, 0, side).shape[:2]) == side


def test_absurd_page_sizes_are_drawn_small(tmp_path: Path) -> None:
    for size in ((20_000_000, 1), (1, 20_000_000), (0, 0)):
        drawn = render_page(written(tmp_path, pdf_pages("a", size=size)), 0, 500)
        assert max(drawn.shape[:2]) <= 500
        assert min(drawn.shape) > 0
