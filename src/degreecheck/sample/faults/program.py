"""Faults of application.json itself."""

from __future__ import annotations

from dataclasses import replace

from degreecheck.sample.applicants import Applicant
from degreecheck.sample.faults._fault import ALL, fault


@fault("SYS101", "sex id")
def sex_is_a_number(applicant: Applicant) -> None:
    """1 or 2, as a register's export codes it, where the form holds male or female: set aside, not lost."""
    applicant.form["personal"]["sex"] = 1 if applicant.person.sex == "male" else 2


@fault("SYS101", "other_form_values")
def crop_is_a_word(applicant: Applicant) -> None:
    """A value of another kind where nothing depends on it."""
    applicant.form["photo_crop"] = "全图"


@fault("SYS102", ALL)
def form_cut_in_half(applicant: Applicant) -> None:
    """Only half of application.json was saved."""
    applicant.damage = lambda data: data[: len(data) // 2]


@fault("SYS102", ALL)
def form_in_gbk(applicant: Applicant) -> None:
    """Saved again by an editor in another encoding."""
    applicant.damage = lambda data: data.decode().encode("gb18030")


@fault("SYS102", ALL)
def form_empty(applicant: Applicant) -> None:
    """The file is there and empty."""
    applicant.damage = lambda _: b""


@fault("SYS103", "other")
def path_to_another_folder(applicant: Applicant) -> None:
    """Somebody else's file is listed."""
    applicant.form["materials"]["other"] = ["../李四-学位申请/materials/身份证.jpg"]


@fault("SYS103", "other")
def path_of_a_whole_disk(applicant: Applicant) -> None:
    """A file is listed by where it lies on the student's own computer."""
    applicant.form["materials"]["other"] = [r"D:\毕业\成绩单.jpg"]


_PLAIN_NAMES = {
    "photo": "电子照", "id_card_portrait": "身份证人像面", "id_card_emblem": "身份证国徽面", "exam_permit": "准考证",
    "transcript": "成绩单", "registration_page": "考籍档案基本信息", "graduation_certificate": "毕业证",
    "language_certificate": "英语证书", "english_two_score": "英语二成绩截图", "degree_exam_sheet": "学位外语编号说明",
    "thesis_document": "毕业论文", "similarity_report": "查重报告", "proposal_report": "开题报告",
    "task_book": "任务书",
}  # fmt: skip


@fault("SYS104", ALL)
def files_without_a_form(applicant: Applicant) -> None:
    """Only the files were sent, each named for what it is."""
    applicant.without_form = True
    for slot, name in _PLAIN_NAMES.items():
        material = applicant.file_of(slot)
        if material is not None:
            extension = material.path.rpartition(".")[2]
            applicant.change(slot, replace(material, path=f"{name}.{extension}"))
