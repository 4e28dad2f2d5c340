"""What lies in an applicant's folder beside the form, before it is drawn: which paper, named and spoiled how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

Spoil = Callable[["Image"], "Image"]
DOCUMENTS = frozenset({"thesis_document", "similarity_report", "proposal_report", "task_book"})
FOLDER = "materials"
SITTINGS = 24  # portraits, which are drawn once each, for they are dear: the rest of a photo's seed by this number

# As students name their files; what a file is stands in application.json, so that the name does not matter.
_NAMES = {
    "photo": ("电子照", "照片", "证件照-蓝底", "IMG_{n}"),
    "id_card_portrait": ("身份证人像面", "身份证正面", "微信图片_{n}"),
    "id_card_emblem": ("身份证国徽面", "身份证反面", "微信图片_{n}"),
    "exam_permit": ("准考证", "自考准考证", "mmexport{n}"),
    "transcript": ("成绩单", "成绩单（盖章）", "扫描件_{n}"),
    "registration_page": ("考籍档案基本信息", "考籍页长截图", "Screenshot_{n}"),
    "graduation_certificate": ("毕业证", "毕业证书"),
    "language_certificate": ("外语证书", "证书扫描件", "微信图片_{n}"),
    "english_two_score": ("英语二成绩", "英语二统考成绩截图", "屏幕截图 {n}"),
    "degree_exam_sheet": ("学位外语编号说明", "A4说明"),
    "thesis_document": ("毕业论文", "论文终稿", "论文定稿-{n}"),
    "similarity_report": ("查重报告", "论文查重报告"),
    "proposal_report": ("开题报告",),
    "task_book": ("任务书", "毕业论文任务书"),
}
_EXTENSIONS = {"jpeg": ".jpg", "png": ".png", "pdf": ".pdf", "docx": ".docx"}


@dataclass(frozen=True)
class Material:
    """How one file is made: the paper that is drawn, what is done to its picture, and to its bytes."""

    path: str
    paper: str  # the slot whose paper it is
    seed: int
    type: str = "jpeg"  # jpeg, png, pdf, docx
    options: Mapping[str, Any] = field(default_factory=dict)  # for the function that draws it
    prints: Mapping[str, str] = field(default_factory=dict)  # in place of the form's values; of a course by its name
    spoils: tuple[Spoil, ...] = ()
    save: Mapping[str, Any] = field(default_factory=dict)  # for the picture's encoder
    damage: Callable[[bytes], bytes] | None = None

    def named(self, extension: str) -> Material:
        """The same under another extension."""
        return replace(self, path=str(PurePosixPath(self.path).with_suffix(extension)))


def material_for(slot: str, seed: int, *, as_pdf: bool = True) -> Material:
    """A faultless file for a slot, named as somebody might."""
    chance = Random(seed)
    kind = "jpeg"
    if slot in DOCUMENTS:
        as_word = chance.random() < (0.5 if slot in ("proposal_report", "task_book") else 0.2)
        kind = "docx" if as_word or not as_pdf else "pdf"
    elif slot in ("registration_page", "english_two_score"):
        kind = "png" if chance.random() < 0.3 else "jpeg"
    number = (
        f"202{chance.randint(3, 5)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}{chance.randrange(10**6):06d}"
    )
    name = chance.choice(_NAMES[slot]).replace("{n}", number)
    return Material(f"{FOLDER}/{name}{_EXTENSIONS[kind]}", slot, seed, kind)
