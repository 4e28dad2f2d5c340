"""What is printed: true to size, complete, and without a word on it that is not the applicant's to say."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

import make
from degreecheck import pack, text
from degreecheck.output import prints
from degreecheck.output.pdf_job import Frame, Job, Line, Picture, Text
from degreecheck.output.pdf_process import make as make_files
from degreecheck.output.pdf_process import make_pdf

BLUE = (67, 142, 219)
DPI = 300
MM = 25.4 / DPI
ZH = text.load("zh")
SCHOOL = pack.find("cqust")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo as it is exported: 413 x 579 pixels, all background."""
    path = tmp_path / "05-电子照片.jpg"
    Image.new("RGB", (413, 579), BLUE).save(path, quality=95, dpi=(300, 300))
    return path


def rendered(path: Path) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        return document[0].render(scale=DPI / 72).to_pil().convert("RGB")
    finally:
        document.close()


def read(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def runs(line: list[bool]) -> list[float]:
    """Lengths in millimetres of the stretches where it holds."""
    return [len(list(group)) * MM for holds, group in groupby(line) if holds]


def is_blue(pixel: tuple[int, int, int]) -> bool:
    return all(abs(value - wanted) < 24 for value, wanted in zip(pixel, BLUE, strict=True))


def measured(page: Image.Image) -> tuple[list[float], list[float]]:
    """Widths of the photos in the first row, heights of those in the first column."""
    first = next(
        (x, y) for y in range(0, page.height, 20) for x in range(0, page.width, 20) if is_blue(page.getpixel((x, y)))
    )
    across = [is_blue(page.getpixel((x, first[1] + 60))) for x in range(page.width)]
    down = [is_blue(page.getpixel((first[0] + 60, y))) for y in range(page.height)]
    return runs(across), runs(down)


def fixed(job: Job, kind: type) -> list[object]:
    return [item for page in job.pages for item in page if isinstance(item, kind)]


# ---- the photo sheet


@pytest.mark.parametrize(("paper", "columns", "rows"), [("six_inch", 2, 2), ("a4", 5, 2)])
def test_photos_come_out_of_the_printer_at_true_size(
    photo: Path, tmp_path: Path, paper: prints.Paper, columns: int, rows: int
) -> None:
    target = tmp_path / "照片排版.pdf"
    make_pdf(prints.photo_sheet_job(photo, SCHOOL, ZH, paper=paper), target)
    widths, heights = measured(rendered(target))
    assert widths == pytest.approx([35.0] * columns, abs=0.2)
    assert heights == pytest.approx([49.0] * rows, abs=0.2)


def test_the_paper_has_its_own_size(photo: Path, tmp_path: Path) -> None:
    sizes = {}
    for paper in ("six_inch", "a4"):
        make_pdf(prints.photo_sheet_job(photo, SCHOOL, ZH, paper=paper), tmp_path / "a.pdf")
        document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
        sizes[paper] = tuple(side / 72 * 25.4 for side in document[0].get_size())
        document.close()
    assert sizes["six_inch"] == pytest.approx((101.6, 152.4), abs=0.3)
    assert sizes["a4"] == pytest.approx((210, 297), abs=0.3)


def test_the_line_to_measure_is_as_long_as_it_says(photo: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    make_pdf(prints.photo_sheet_job(photo, SCHOOL, ZH, paper="six_inch"), target)
    page = rendered(target).convert("L")
    longest = max(
        length for y in range(page.height) for length in runs([page.getpixel((x, y)) < 90 for x in range(page.width)])
    )
    assert longest == pytest.approx(35.0, abs=0.4)
    assert "35 毫米" in read(target)


def test_a_picture_of_a_photo_sheet_has_its_resolution(photo: Path, tmp_path: Path) -> None:
    target = tmp_path / "照片排版.jpg"
    make_pdf(prints.photo_sheet_job(photo, SCHOOL, ZH, paper="six_inch", kind="jpeg"), target)
    with Image.open(target) as picture:
        assert picture.format == "JPEG"
        assert picture.info["dpi"] == (300, 300)
        assert picture.size == (1200, 1800)
        widths, heights = measured(picture.convert("RGB"))
        assert not picture.getexif()
    assert widths == pytest.approx([35.0] * 2, abs=0.3)
    assert heights == pytest.approx([49.0] * 2, abs=0.3)


def test_a_photo_of_another_shape_is_not_stretched(tmp_path: Path) -> None:
    photo = tmp_path / "square.jpg"
    Image.new("RGB", (400, 400), BLUE).save(photo)
    target = tmp_path / "a.pdf"
    make_pdf(prints.photo_sheet_job(photo, SCHOOL, ZH, paper="six_inch"), target)
    widths, heights = measured(rendered(target))
    assert widths == pytest.approx([35.0] * 2, abs=0.2)
    assert heights == pytest.approx([35.0] * 2, abs=0.2)


@pytest.mark.parametrize("paper", ["six_inch", "a4"])
@pytest.mark.parametrize(("width", "height"), [(35, 49), (35, 53), (35, 45), (33, 48), (25, 35), (60, 90)])
def test_any_size_of_photo_stays_on_the_paper_and_off_its_neighbour(
    paper: prints.Paper, width: float, height: float
) -> None:
    school = make.school({"photo.width_mm": width, "photo.height_mm": height})
    job = prints.photo_sheet_job(Path("photo.jpg"), school, ZH, paper=paper)
    photos = [item for item in fixed(job, Picture) if isinstance(item, Picture)]
    assert photos
    for one in photos:
        assert one.x >= 5
        assert one.x + one.width <= job.width - 5
        assert one.y >= 5
        assert one.y + one.height <= job.height - 5
        for other in photos:
            apart = max(abs(one.x - other.x) - width, abs(one.y - other.y) - height)
            assert one is other or apart >= 3


def test_cut_marks_stand_at_the_corners_and_never_on_the_photo() -> None:
    marks = list(prints.cut_marks(10, 20, 35, 49))
    assert len(marks) == 8
    for mark in marks:
        assert mark.x0 == mark.x1 or mark.y0 == mark.y1
        on_x = max(mark.x0, mark.x1) > 10 and min(mark.x0, mark.x1) < 45
        on_y = max(mark.y0, mark.y1) > 20 and min(mark.y0, mark.y1) < 69
        assert not (on_x and on_y)
        assert (mark.x0 in (10, 45)) != (mark.y0 in (20, 69))


# ---- the label for the back


def test_labels_carry_major_and_name_and_fit_the_back(tmp_path: Path) -> None:
    job = prints.back_label_job(make.perfect_form(), SCHOOL, ZH)
    frames = [item for item in fixed(job, Frame) if isinstance(item, Frame)]
    assert len(frames) >= 4
    assert all(frame.width <= 35 and frame.height <= 49 and frame.dashed for frame in frames)
    make_pdf(job, tmp_path / "a.pdf")
    said = read(tmp_path / "a.pdf")
    assert said.count("工商管理") == said.count("林小满") == len(frames)
    assert make.ID_NUMBER not in said


def test_a_label_without_a_name_leaves_a_line_to_write_on() -> None:
    job = prints.back_label_job(make.changed(make.perfect_form(), {"personal.name": " "}), SCHOOL, ZH)
    assert len(fixed(job, Line)) == len(fixed(job, Frame)) + 1


def test_the_longest_names_stay_on_their_labels(tmp_path: Path) -> None:
    form = make.changed(make.perfect_form(), {"personal.name": "W" * 300_000, "courses.major": "工商管理" * 60})
    job = prints.back_label_job(form, SCHOOL, ZH)
    make_pdf(job, tmp_path / "a.pdf")
    page = rendered(tmp_path / "a.pdf").convert("L")
    for frame in fixed(job, Frame):
        assert isinstance(frame, Frame)
        edge = 0.4  # the dashed line itself
        for x, y, width, height in (
            (frame.x + frame.width + edge, frame.y, 2, frame.height),
            (frame.x, frame.y + frame.height + edge, frame.width, 2),
        ):
            beside = page.crop(tuple(int(side / MM) for side in (x, y, x + width, y + height)))
            assert beside.getextrema()[0] > 200


# ---- the mailing slip


def test_the_slip_says_where_how_when_and_what(tmp_path: Path) -> None:
    job = prints.mailing_job(make.perfect_form(), SCHOOL, ZH)
    assert job is not None
    assert make_pdf(job, tmp_path / "a.pdf").pages == 1
    said = read(tmp_path / "a.pdf").replace("\r\n", "")
    for word in (
        "王老师", "继续教育学院", "重庆市沙坪坝区大学城东路20号", "023-65022130", "普通顺丰快递，寄付",
        "不接收同城、跑腿", "林小满", make.MOBILE, "“审核中”", "“通过”", "背胶", "专业和姓名",
    ):  # fmt: skip
        assert word in said
    assert make.ID_NUMBER not in said


def test_questions_go_to_the_contact_of_ones_own_kind(tmp_path: Path) -> None:
    job = prints.mailing_job(make.adult_form(), SCHOOL, text.load("en"))
    assert job is not None
    make_pdf(job, tmp_path / "a.pdf")
    assert "李老师 023-65022052" in read(tmp_path / "a.pdf")


def test_a_school_without_an_address_has_no_slip() -> None:
    assert prints.mailing_job(make.perfect_form(), make.school({"mailing": None}), ZH) is None


# ---- the sheet for 学位外语


def test_the_sheet_bears_name_id_number_and_number_and_nothing_else(tmp_path: Path) -> None:
    form = make.changed(
        make.perfect_form(),
        {"personal.id_number": "500105 1995 0812 0123", "language.route": "degree_exam",
         "language.certificate_number": "CQ-2024-000123"},
    )  # fmt: skip
    make_files([
        (prints.degree_exam_sheet_job(form), tmp_path / "a.pdf"),
        (prints.degree_exam_sheet_job(form, kind="jpeg"), tmp_path / "a.jpg"),
    ])  # fmt: skip
    said = "".join(read(tmp_path / "a.pdf").split())
    assert said == f"姓名：林小满身份证号：{make.ID_NUMBER}学位外语编号：CQ-2024-000123"
    with Image.open(tmp_path / "a.jpg") as picture:
        assert picture.size == (1654, 2339)
        assert picture.info["dpi"] == (200, 200)
        assert picture.convert("L").getextrema() == (picture.convert("L").getextrema()[0], 255)
        assert picture.convert("L").getextrema()[0] < 60


def test_a_number_still_to_be_asked_for_leaves_a_line() -> None:
    form = make.changed(make.perfect_form(), {"language.certificate_number": ""})
    job = prints.degree_exam_sheet_job(form)
    assert len(fixed(job, Line)) == 1


# ---- the mark


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_sheets_of_an_application_with_errors_say_so(language: str) -> None:
    texts, form = text.load(language), make.perfect_form()
    mailing = prints.mailing_job(form, SCHOOL, texts, not_passed=True)
    assert mailing is not None
    assert mailing.flow is not None
    sheets = [
        prints.photo_sheet_job(Path("p.jpg"), SCHOOL, texts, paper="six_inch", not_passed=True),
        prints.photo_sheet_job(Path("p.jpg"), SCHOOL, texts, paper="a4", not_passed=True),
        prints.back_label_job(form, SCHOOL, texts, not_passed=True),
    ]
    items = [*(item for sheet in sheets for item in sheet.pages[0]), *mailing.flow.on_every]
    marks = [item for item in items if isinstance(item, Text) and item.text == texts.get("prints.not_passed")]
    assert len(marks) == 4
    assert all("未通过预检" in mark.text for mark in marks)
