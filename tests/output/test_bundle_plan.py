"""Which file becomes what, under which name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import make
from degreecheck.facts import FileFacts, ImageFacts, NotChecked, Unreadable
from degreecheck.inspectors.messages import Convert, Copy
from degreecheck.output.bundle_names import bundle_name
from degreecheck.output.bundle_plan import MOST_PAGES, LeftOut, Plan, Upload, plan, with_bundle_files
from degreecheck.pack import Pack
from degreecheck.rules._rule import Case, ListedPath

SOURCE, PAYLOAD = Path("/folder"), Path("/out/data")
TYPES = {"pdf": "pdf", "jpg": "jpeg", "png": "png", "heic": "heic", "tif": "tiff", "docx": "docx", "webp": "webp",
         "zip": "zip", "wps": "doc"}  # fmt: skip


def facts(kind: Any, frames: int = 1, size: int = 1000) -> FileFacts:
    image = ImageFacts(width=800, height=600, frames=frames)
    return FileFacts(size=size, sha256="0" * 64, type=kind, image=image)


def case(materials: dict[str, tuple[str, ...]], pack: Pack | None = None, **changes: Any) -> Case:
    made = make.perfect_case({"materials": materials, **changes}, pack=pack)
    known = {entry.file: facts(TYPES[entry.file.rsplit(".")[-1]]) for entry in made.listed}
    return replace(made, facts=known)


def planned(made: Case) -> Plan:
    return plan(made, SOURCE, PAYLOAD)


def names(made: Case) -> list[str]:
    return [upload.name.removeprefix("上传材料/") for upload in planned(made).uploads]


def only(made: Case) -> Upload:
    (upload,) = planned(made).uploads
    return upload


def test_names_are_the_portals_in_its_order() -> None:
    assert names(case(make.perfect_form().materials)) == [
        "01-论文文档.pdf", "02-论文查重报告.pdf", "03-开题报告.pdf", "04-任务书.pdf", "05-电子照片.jpg",
        "06-身份证人像面.jpg", "07-身份证国徽面.jpg", "08-准考证.jpg", "09-成绩单.jpg",
        "10-考籍档案基本信息.jpg", "12-外语证书.jpg", "13-英语（二）成绩截图.jpg", "14-学位外语说明.jpg",
    ]  # fmt: skip


def test_several_files_of_a_slot_are_numbered() -> None:
    assert names(case({"transcript": ("a.jpg", "b.heic"), "photo": ("c.png",)})) == [
        "05-电子照片.jpg", "09-成绩单-1.jpg", "09-成绩单-2.jpg",
    ]  # fmt: skip


def test_a_file_in_several_slots_is_there_once_for_each() -> None:
    made = case({"transcript": ("a.jpg",), "registration_page": ("a.jpg",)})
    assert names(made) == ["09-成绩单.jpg", "10-考籍档案基本信息.jpg"]


def test_two_spellings_of_one_path_are_one_file() -> None:
    listed = (ListedPath("transcript", "a.jpg", "a.jpg"), ListedPath("transcript", "./a.jpg", "a.jpg"))
    made = replace(case({"transcript": ("a.jpg",)}), listed=listed)
    done = planned(made)
    assert [upload.name for upload in done.uploads] == ["上传材料/09-成绩单.jpg"]
    form = make.changed(make.perfect_form(), {"materials": {"transcript": ("a.jpg", "./a.jpg")}})
    assert with_bundle_files(form, done, made.pack).materials == {"transcript": ("上传材料/09-成绩单.jpg",)}


@pytest.mark.parametrize(
    ("file", "extension", "kind"),
    [("a.heic", ".jpg", "jpeg"), ("a.webp", ".jpg", "jpeg"), ("a.jpg", ".jpg", "jpeg"), ("a.png", ".png", "png")],
)
def test_pictures_become_what_the_portal_takes(file: str, extension: str, kind: str) -> None:
    upload = only(case({"transcript": (file,)}))
    assert upload.name.endswith(extension)
    assert isinstance(upload.request, Convert)
    assert (upload.request.format, upload.request.size, upload.request.crop) == (kind, None, None)


@pytest.mark.parametrize(("types", "kind"), [(["jpeg"], "jpeg"), (["png"], "png"), (["pdf"], "jpeg")])
def test_the_slots_types_decide(types: list[str], kind: str) -> None:
    request = only(case({"transcript": ("a.png",)}, make.school({"slots.transcript.types": types}))).request
    assert isinstance(request, Convert)
    assert request.format == kind


def test_a_png_over_the_limit_becomes_a_jpeg_under_it() -> None:
    limited = make.school({"slots.transcript.max_bytes": 999})
    request = only(case({"transcript": ("a.png",)}, limited)).request
    assert isinstance(request, Convert)
    assert (request.format, request.max_bytes) == ("jpeg", 999)


def test_the_photo_is_cut_to_the_packs_size() -> None:
    upload = only(case({"photo": ("a.png",)}, photo_crop=(0.1, 0.1, 0.9, 0.9)))
    assert isinstance(upload.request, Convert)
    request = upload.request
    assert (request.format, request.crop, request.size, request.dpi) == ("jpeg", (0.1, 0.1, 0.9, 0.9), (413, 579), 300)


@pytest.mark.parametrize(("file", "extension"), [("论文.pdf", ".pdf"), ("论文.docx", ".docx"), ("论文.zip", ".zip")])
def test_documents_are_copied(file: str, extension: str) -> None:
    upload = only(case({"thesis_document": (file,)}))
    assert isinstance(upload.request, Copy)
    assert upload.name == f"上传材料/01-论文文档{extension}"


def test_the_extension_is_that_of_the_bytes() -> None:
    made = replace(case({"thesis_document": ("论文.wps",)}), facts={"论文.wps": facts("pdf")})
    assert only(made).name.endswith(".pdf")


def test_each_page_of_a_tiff_is_a_picture() -> None:
    made = replace(case({"transcript": ("a.tif",)}), facts={"a.tif": facts("tiff", frames=3)})
    uploads = planned(made).uploads
    assert [upload.name for upload in uploads] == [f"上传材料/09-成绩单-{page}.jpg" for page in (1, 2, 3)]
    assert [upload.request.frame for upload in uploads if isinstance(upload.request, Convert)] == [0, 1, 2]
    made = replace(made, facts={"a.tif": facts("tiff", frames=MOST_PAGES + 1)})
    assert planned(made).left_out == (LeftOut("transcript", "a.tif", "bundle.reason.too_many_pages"),)


def test_frames_of_other_formats_are_no_pages() -> None:
    made = replace(case({"transcript": ("a.heic",)}), facts={"a.heic": facts("heic", frames=30)})
    assert len(planned(made).uploads) == 1


def test_what_is_not_there_is_left_out_and_stays_listed() -> None:
    made = case({"transcript": ("a.jpg", "b.jpg", "../c.jpg", "d.jpg"), "photo": ("e.jpg",)})
    listed = (
        made.listed[0],
        replace(made.listed[1], exists=False),
        replace(made.listed[2], file="", unsafe="parent", exists=False),
        *made.listed[3:],
    )
    known = {**made.facts, "d.jpg": FileFacts(size=0, unreadable=Unreadable(reason="no_permission"))}
    made = replace(made, listed=listed, facts=known)
    done = planned(made)
    assert done.left_out == (
        LeftOut("transcript", "b.jpg", "unreadable.gone"), LeftOut("transcript", "../c.jpg", "unsafe.parent"),
        LeftOut("transcript", "d.jpg", "unreadable.no_permission"),
    )  # fmt: skip
    materials = with_bundle_files(made.form, done, made.pack).materials
    assert materials["transcript"] == ("上传材料/09-成绩单.jpg", "b.jpg", "../c.jpg", "d.jpg")


@pytest.mark.parametrize(("file", "request_type"), [("a.jpg", Convert), ("a.pdf", Copy)])
def test_a_file_that_could_not_be_looked_at_goes_by_its_name(file: str, request_type: type) -> None:
    made = replace(case({"transcript": (file,)}), facts={file: NotChecked(reason="timed_out")})
    assert isinstance(only(made).request, request_type)


def test_a_pack_names_files_its_own_way() -> None:
    pattern = make.school(
        {"slots.photo.file_name": "{exam_number}-{name}", "slots.transcript.file_name": "{name}{major}"}
    )
    made = case({"photo": ("a.jpg",), "transcript": ("b.jpg", "c.jpg")}, pattern)
    assert names(made) == [f"{make.EXAM_NUMBER}-林小满.jpg", "林小满工商管理-1.jpg", "林小满工商管理-2.jpg"]


def test_patterns_that_give_one_name_are_told_apart() -> None:
    pattern = make.school({"slots.photo.file_name": "{name}", "slots.transcript.file_name": "{name}"})
    assert names(case({"photo": ("a.jpg",), "transcript": ("b.jpg",)}, pattern)) == ["林小满.jpg", "林小满-2.jpg"]


def test_a_pattern_with_a_blank_field_is_not_used() -> None:
    pattern = make.school({"slots.photo.file_name": "{student_number}-{name}"})
    assert names(case({"photo": ("a.jpg",)}, pattern)) == ["05-电子照片.jpg"]


def test_a_slot_that_this_program_does_not_know_comes_last() -> None:
    assert names(case({"合影/1": ("a.jpg",), "other": ("b.jpg",)})) == ["15-其他材料.jpg", "16-合影1.jpg"]


def test_the_bundles_form_keeps_all_but_its_paths() -> None:
    form = make.changed(make.perfect_form(), {"photo_crop": (0.0, 0.0, 1.0, 0.9), "pack": "C:\\规则\\own.toml"})
    form = form.model_copy(update={"later_key": [1]})
    made = case(form.materials)
    bundled = with_bundle_files(form, planned(made), made.pack)
    assert bundled.photo_crop is None
    assert bundled.pack == "cqust"
    assert bundled.materials["photo"] == ("上传材料/05-电子照片.jpg",)
    assert bundled.model_extra == {"later_key": [1]}
    assert bundled.personal == form.personal


@pytest.mark.parametrize(
    ("name", "major", "passed", "expected"),
    [
        ("张三", "工商管理", True, "张三-工商管理-学位申请材料"),
        ("张三", "工商管理", False, "张三-工商管理-学位申请材料-未通过预检"),
        ("", "", True, "（未填姓名）-学位申请材料"),
        ("../..", "a/b:c", True, "（未填姓名）-abc-学位申请材料"),
        (f"张三{make.ID_NUMBER}", "工商管理.", True, "张三0123-工商管理-学位申请材料"),
        ("CON", "工商管理", True, "CON_-工商管理-学位申请材料"),
        ("名" * 200, "专" * 200, False, f"{'名' * 30}-{'专' * 20}-学位申请材料-未通过预检"),
    ],
)
def test_the_bundles_name(name: str, major: str, passed: bool, expected: str) -> None:
    form = make.changed(make.perfect_form(), {"personal.name": name, "courses.major": major})
    assert bundle_name(form, passed=passed) == expected
    assert len(f"{expected} (99).zip".encode()) <= 255
