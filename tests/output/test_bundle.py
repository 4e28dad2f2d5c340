"""The bundle: what is in it, exactly as the portal takes it, and a bag that others' tools accept."""

from __future__ import annotations

import json
import logging
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import bagit
import openpyxl
import pillow_heif
import pytest
from PIL import Image

import make
import make_documents
import make_folders
from degreecheck import check, folder, form_file, text
from degreecheck.bundle_layout import DEGREE_EXAM_JPEG, DEGREE_EXAM_PDF
from degreecheck.file_names import legal_name
from degreecheck.form import Answer
from degreecheck.inspectors.files import inspect_files
from degreecheck.inspectors.pool import Pool
from degreecheck.output.bundle import CannotExport, Exported, Order, Refused, export
from degreecheck.output.verification import verify
from degreecheck.output.workspace import Workspace
from degreecheck.pack import Pack
from degreecheck.report import Report

GPS = "Camera of 林小满"


def exif(orientation: int) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = GPS
    tags.get_ifd(0x8825)[1] = "N"
    return tags


def heic() -> bytes:
    buffer = BytesIO()
    pillow_heif.from_pillow(make_folders.paper()).save(buffer)
    return buffer.getvalue()


def tiff(pages: int) -> bytes:
    buffer = BytesIO()
    first, *more = [make_folders.paper(seed=seed) for seed in range(1, pages + 1)]
    first.save(buffer, "TIFF", save_all=True, append_images=more, compression="tiff_lzw")
    return buffer.getvalue()


def png() -> bytes:
    buffer = BytesIO()
    make_folders.paper().save(buffer, "PNG")
    return buffer.getvalue()


MATERIALS = dict(make_folders.form().materials) | {
    "transcript": ("materials/成绩单.heic",),
    "registration_page": ("materials/考籍.png",),
    "graduation_certificate": ("materials/毕业证.tif",),
    "task_book": ("materials/任务书.docx",),
    "photo": ("materials/微信图片_20240101.jpg",),
}
FILES = {
    "materials/成绩单.heic": heic(),
    "materials/考籍.png": png(),
    "materials/毕业证.tif": tiff(2),
    "materials/任务书.docx": make_documents.zipped(
        make_documents.docx_parts(make_documents.paragraphs(*["任务书 社区生鲜店的库存管理研究 林小满"] * 30))
    ),
    "materials/微信图片_20240101.jpg": make_folders.jpeg(make_folders.photo().transpose(Image.Transpose.ROTATE_90),
                                                     exif=exif(6)),
    "materials/身份证人像面.jpg": make_folders.jpeg(make_folders.paper(seed=9), exif=exif(1)),
}  # fmt: skip


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(2) as pool:
        yield pool


def export_it(source: Path, out: Path, pool: Pool, pack: Pack | None = None, **options: object) -> Exported:
    order = Order(folder.load(source), pack or make.school(), make.NOW, text.load("zh"), read_text=False, **options)  # type: ignore[arg-type]
    with Workspace(out) as workspace:
        return export(order, workspace, pool)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("source") / "林小满-学位申请"
    make_folders.write(place, {"materials": MATERIALS, "photo_crop": (0.0, 0.0, 1.0, 1.0)}, FILES)
    data = json.loads((place / "application.json").read_text(encoding="utf-8"))
    data["personal"]["later"] = "kept"
    (place / "application.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    (place / "materials/随手拍.jpg").write_bytes(b"in no slot")
    return place


@pytest.fixture(scope="module")
def exported(source: Path, pool: Pool, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    before = make_folders.snapshot(source)
    made = export_it(source, tmp_path_factory.mktemp("out"), pool)
    assert make_folders.snapshot(source) == before
    return made


def picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def upload(exported: Exported, name: str) -> bytes:
    return (exported.folder / "data/上传材料" / name).read_bytes()


# -------------------------------------------------------------------------------------------------------- what is in it


def test_the_layout(exported: Exported) -> None:
    assert exported.folder.name == "林小满-工商管理-学位申请材料"
    assert exported.archive.name == "林小满-工商管理-学位申请材料.zip"
    assert sorted(path.name for path in exported.folder.parent.iterdir()) == [
        exported.folder.name,
        exported.archive.name,
    ]
    found = {path.relative_to(exported.folder).as_posix() for path in exported.folder.rglob("*") if path.is_file()}
    assert found == {
        "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt",
        "data/00-预检报告.pdf", "data/01-填报单.html", "data/02-申请信息.xlsx", "data/application.json",
        "data/report.json",
        "data/打印/照片排版.pdf", "data/打印/照片背面标签.pdf", "data/打印/邮寄地址.pdf",
        "data/上传材料/01-论文文档.pdf", "data/上传材料/02-论文查重报告.pdf", "data/上传材料/03-开题报告.pdf",
        "data/上传材料/04-任务书.docx", "data/上传材料/05-电子照片.jpg", "data/上传材料/06-身份证人像面.jpg",
        "data/上传材料/07-身份证国徽面.jpg", "data/上传材料/08-准考证.jpg", "data/上传材料/09-成绩单.jpg",
        "data/上传材料/10-考籍档案基本信息.png", "data/上传材料/11-毕业证书-1.jpg", "data/上传材料/11-毕业证书-2.jpg",
        "data/上传材料/12-外语证书.jpg",
    }  # fmt: skip


def test_another_bag_validator_accepts_it(exported: Exported) -> None:
    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    bag = bagit.Bag(str(exported.folder))
    assert bag.validate()
    assert bag.info["Bag-Software-Agent"].startswith("DegreeCheck ")
    assert bag.info["Bagging-Date"] == "2026-04-18"
    assert bag.info["External-Description"] == "林小满 工商管理 学士学位申请材料"


def test_folder_and_zip_are_the_same_and_verified(exported: Exported, pool: Pool) -> None:
    for made in (exported.folder, exported.archive):
        assert verify(made, pool).outcome == "intact"
    with zipfile.ZipFile(exported.archive) as archive:
        packed = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    files = {name: data for name, (_, data) in make_folders.snapshot(exported.folder).items()}
    assert packed == files


def test_documents_are_byte_for_byte(exported: Exported, source: Path) -> None:
    for listed, name in (("论文.pdf", "01-论文文档.pdf"), ("任务书.docx", "04-任务书.docx")):
        assert upload(exported, name) == (source / "materials" / listed).read_bytes()


def test_the_photo_has_exactly_the_packs_pixels(exported: Exported) -> None:
    photo = picture(upload(exported, "05-电子照片.jpg"))
    assert (photo.format, photo.size, photo.mode) == ("JPEG", (413, 579), "RGB")
    assert photo.info["dpi"] == (300, 300)
    blue = photo.getpixel((5, 5))
    assert isinstance(blue, tuple)
    assert all(abs(seen - wanted) < 8 for seen, wanted in zip(blue, make_folders.BLUE, strict=True))


def test_pictures_are_bare_of_metadata(exported: Exported) -> None:
    for path in (exported.folder / "data/上传材料").glob("*.[jp][pn]g"):
        data = path.read_bytes()
        assert GPS.encode() not in data
        assert b"Exif" not in data
        shown = picture(data)
        assert shown.size[1] > shown.size[0] or path.name.startswith("0")
        assert not shown.getexif()


def test_an_upright_jpeg_keeps_its_pixels(exported: Exported, source: Path) -> None:
    before = picture((source / "materials/身份证人像面.jpg").read_bytes())
    after = picture(upload(exported, "06-身份证人像面.jpg"))
    assert before.tobytes() == after.tobytes()


def test_the_form_names_the_bundles_own_files(exported: Exported, source: Path) -> None:
    form = form_file.load(exported.folder / "data/application.json").form
    original = form_file.load(source / "application.json").form
    for listed in form.materials.values():
        assert all((exported.folder / "data" / path).is_file() for path in listed)
    assert form.materials["graduation_certificate"] == (
        "上传材料/11-毕业证书-1.jpg",
        "上传材料/11-毕业证书-2.jpg",
    )
    assert form.photo_crop is None
    assert form.personal == original.personal
    assert form.personal.model_extra == {"later": "kept"}
    assert set(form.materials) == set(original.materials)


def test_the_report_is_masked_and_about_the_bundle(exported: Exported, source: Path) -> None:
    written = (exported.folder / "data/report.json").read_text(encoding="utf-8")
    assert make.ID_NUMBER not in written
    assert str(source) not in written
    report = json.loads(written)
    assert report["verdict"] == "confirm"
    assert report["folder"] == exported.folder.name
    assert report["applicant"]["id_number"].endswith(make.ID_NUMBER[-4:])
    files = {finding["file"] for finding in report["findings"] if finding["file"]}
    assert files
    assert all((exported.folder / "data" / file).is_file() for file in files)
    codes = {finding["code"] for finding in report["findings"]}
    assert not codes & {"PHO204", "MAT202"}  # mended, and not in the bundle


def test_the_copy_sheet_links_to_the_files(exported: Exported) -> None:
    sheet = (exported.folder / "data/01-填报单.html").read_text(encoding="utf-8")
    assert "04-任务书.docx" in sheet
    assert "未通过预检" not in sheet
    assert make.ID_NUMBER in sheet  # it is typed from here


def test_the_workbook_opens(exported: Exported) -> None:
    book = openpyxl.load_workbook(exported.folder / "data/02-申请信息.xlsx")
    values = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    assert make.ID_NUMBER in values


def test_no_name_holds_the_id_number(exported: Exported) -> None:
    names = [path.name for path in exported.folder.parent.rglob("*")]
    assert not [name for name in names if make.ID_NUMBER in name]
    assert make.ID_NUMBER not in (exported.folder / "bag-info.txt").read_text(encoding="utf-8")


# ---------------------------------------------------------------------------------------------------------- at the desk


def checked(path: Path, pool: Pool) -> Report:
    loaded = folder.load(path)
    case = check.gather(loaded, make.school(), make.NOW, inspect=lambda requests: inspect_files(requests, pool=pool))
    return check.judge(case)


def test_a_bundle_is_judged_as_its_application(exported: Exported, pool: Pool) -> None:
    report = checked(exported.folder, pool)
    assert report.verdict == exported.report.verdict
    assert {finding.key for finding in report.findings} == {finding.key for finding in exported.report.findings}
    assert "MAT202" not in {finding.code for finding in report.findings}
    assert folder.load(exported.folder / "data") == folder.load(exported.folder)


def test_answers_hold_in_the_bundle(pool: Pool, tmp_path: Path) -> None:
    place = make_folders.write(tmp_path / "source", {"photo_crop": (0.05, 0.0, 0.95, 0.98)})
    before = checked(place, pool)
    warnings = [finding for finding in before.findings if finding.severity == "warning"]
    assert [finding for finding in warnings if finding.file == "materials/照片.jpg"]
    form = form_file.load(place / "application.json").form
    given = {finding.key: Answer(values_sha256=finding.values_sha256) for finding in warnings}
    (place / "application.json").write_bytes(form_file.dump(form.model_copy(update={"answers": given})))
    made = export_it(place, tmp_path / "out", pool)
    assert made.report.verdict == "ready"
    assert checked(made.folder, pool).verdict == "ready"


# ------------------------------------------------------------------------------------------------------- other packs


def test_the_route_of_the_degree_exam_has_its_sheet(tmp_path: Path, pool: Pool) -> None:
    changes = {"language.route": "degree_exam", "language.certificate_number": "XWWY202500123"}
    made = export_it(make_folders.write(tmp_path / "source", changes), tmp_path / "out", pool)
    assert (made.folder / "data" / DEGREE_EXAM_PDF).read_bytes().startswith(b"%PDF")
    sheet = picture((made.folder / "data" / DEGREE_EXAM_JPEG).read_bytes())
    assert sheet.size[1] > sheet.size[0] > 1000


def test_a_small_photo_is_never_enlarged(tmp_path: Path, pool: Pool) -> None:
    small = {"materials/照片.jpg": make_folders.jpeg(make_folders.photo((405, 600)))}
    made = export_it(make_folders.write(tmp_path / "source", files=small), tmp_path / "out", pool)
    photo = picture(upload(made, "05-电子照片.jpg"))
    assert photo.size == (405, 568)
    assert "PHO201" in {finding.code for finding in made.report.findings}


def test_pictures_are_brought_under_the_packs_limit(tmp_path: Path, pool: Pool) -> None:
    limited = make.school({"slots.transcript.max_bytes": 30_000, "slots.photo.max_bytes": 20_000})
    source = make_folders.write(tmp_path / "source")
    assert (source / "materials/成绩单.jpg").stat().st_size > 30_000
    made = export_it(source, tmp_path / "out", pool, limited)
    assert len(upload(made, "09-成绩单.jpg")) <= 30_000
    assert len(upload(made, "05-电子照片.jpg")) <= 20_000
    assert picture(upload(made, "05-电子照片.jpg")).size == (413, 579)


def test_a_picture_that_no_quality_brings_under_the_limit_is_missed(tmp_path: Path, pool: Pool) -> None:
    limited = make.school({"slots.transcript.max_bytes": 2_000})
    source = make_folders.write(tmp_path / "source")
    with pytest.raises(CannotExport) as failed:
        export_it(source, tmp_path / "out", pool, limited)
    assert failed.value.values["reason"] == "bundle.reason.does_not_fit"
    made = export_it(source, tmp_path / "out", pool, limited, allow_errors=True)
    assert [entry.listed for entry in made.left_out] == ["materials/成绩单.jpg"]
    assert not made.passed
    assert made.folder.name.endswith("未通过预检")


# ------------------------------------------------------------------------------------------------------------- errors


def test_errors_refuse_it_and_nothing_is_written(tmp_path: Path, pool: Pool) -> None:
    source = make_folders.write(tmp_path / "source", {"confirmations.truthful": False, "courses.average_score": "785"})
    before = make_folders.snapshot(tmp_path)
    with pytest.raises(Refused) as refused:
        export_it(source, tmp_path / "out", pool)
    assert {"DEC101", "CRS103"} <= {finding.code for finding in refused.value.report.findings}
    assert make_folders.snapshot(tmp_path) == before
    assert not (tmp_path / "out").exists()


def test_a_form_that_cannot_be_read_refuses_it_in_any_case(tmp_path: Path, pool: Pool) -> None:
    source = make_folders.write(tmp_path / "source")
    (source / "application.json").write_bytes(b"{")
    with pytest.raises(Refused):
        export_it(source, tmp_path / "out", pool, allow_errors=True)
    assert not (tmp_path / "out").exists()


HOSTILE = "</script><img src=x onerror=alert(1)>\"'\nBag-Size: 1\r\n../..\\NUL:=1+1\u202e"


def test_nothing_in_a_form_is_more_than_text(tmp_path: Path, pool: Pool) -> None:
    changes = dict.fromkeys(("personal.name", "courses.major", "thesis.title", "thesis.advisor"), HOSTILE)
    made = export_it(make_folders.write(tmp_path / "source", changes), tmp_path / "out", pool, allow_errors=True)
    assert made.folder.parent == tmp_path / "out"
    assert legal_name(made.folder.name, 200) == made.folder.name
    bag = bagit.Bag(str(made.folder))
    assert bag.validate()
    assert set(bag.info) == {
        "External-Description", "Bagging-Date", "Bag-Software-Agent", "DegreeCheck-Verdict", "DegreeCheck-Pack",
        "Payload-Oxum",
    }  # fmt: skip
    sheet = (made.folder / "data/01-填报单.html").read_text(encoding="utf-8")
    assert "<img" not in sheet
    assert form_file.load(made.folder / "data/application.json").form.thesis.title == HOSTILE


def test_allowed_errors_are_marked_everywhere(tmp_path: Path, pool: Pool) -> None:
    source = make_folders.write(tmp_path / "source", {"courses.average_score": "785"}, without=["materials/论文.pdf"])
    made = export_it(source, tmp_path / "out", pool, allow_errors=True)
    assert not made.passed
    assert made.folder.name == "林小满-工商管理-学位申请材料-未通过预检"
    data = made.folder / "data"
    assert "未通过预检" in (data / "01-填报单.html").read_text(encoding="utf-8")
    assert "未通过预检" in (made.folder / "bag-info.txt").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(data / "02-申请信息.xlsx")
    assert all(sheet.oddHeader.center.text == "未通过预检" for sheet in book.worksheets)
    for name in ("00-预检报告.pdf", "打印/照片排版.pdf", "打印/照片背面标签.pdf", "打印/邮寄地址.pdf"):
        assert (data / name).is_file()
    (left_out,) = made.left_out
    assert (left_out.slot, left_out.listed, left_out.reason) == (
        "thesis_document",
        "materials/论文.pdf",
        "unreadable.gone",
    )
    assert "materials/论文.pdf" in (made.folder / "bag-info.txt").read_text(encoding="utf-8")
    assert "materials/论文.pdf" in (data / "report.json").read_text(encoding="utf-8")
    assert form_file.load(data / "application.json").form.materials["thesis_document"] == ("materials/论文.pdf",)
    assert verify(made.folder, pool).outcome == "intact"
