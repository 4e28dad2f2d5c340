"""Draws the papers of a made-up applicant, as a scanner or a screenshot would show them.

Texts come in as plain data: ``person`` maps names (name, sex, birth_date, id_number, exam_number, school, major, …) to
what is printed; a missing one is left blank. ``rows`` are course rows (code, name, score, passed on). Papers are drawn
at about 150 dpi (A4 = 1240 x 1754), cards at 300 dpi, screenshots at a screen's own pixels; one seed draws one picture.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw

from degreecheck.sample.marks import INK, Colour, emblem, portrait, seal_mask, stamp, write

Person = Mapping[str, str]
Row = tuple[str, str, str, str]

A4 = (1240, 1754)
CARD = (1011, 638)  # 85.6 x 54 mm at 300 dpi
MM = 1240 / 210  # pixels on A4


@dataclass(frozen=True)
class SealMark:
    """How a paper is sealed; ``opacity`` 0.35 is a faint one."""

    opacity: float = 0.85
    shape: str = "round"
    angle: float = 0.0
    size_mm: float = 40.0


SEALED = SealMark()


def sheet(size: tuple[int, int], *, tint: Colour = (250, 249, 245), seed: int = 0) -> Image.Image:
    """A blank sheet as a scanner sees it: not quite white, with a little grain."""
    return _blank(size, tint, seed).copy()


@lru_cache(maxsize=64)
def _blank(size: tuple[int, int], tint: Colour, seed: int) -> Image.Image:
    page = Image.new("RGB", size, tint)
    tile = Image.frombytes("L", (256, 256), random.Random(seed).randbytes(65_536)).point(lambda v: 249 + v * 6 // 255)
    grain = Image.new("L", size)
    for x in range(0, size[0], 256):
        for y in range(0, size[1], 256):
            grain.paste(tile, (x, y))
    return ImageChops.multiply(page, Image.merge("RGB", (grain, grain, grain)))


def _seal(page: Image.Image, at: tuple[float, float], name: str, mark: SealMark | None, mm: float, seed: int) -> None:
    if mark is None:
        return
    below = "专用章" if mark.shape == "round" else ""
    mask = seal_mask(name or "继续教育学院", round(mark.size_mm * mm), shape=mark.shape, below=below, seed=seed)
    stamp(page, at, mask, opacity=mark.opacity, angle=mark.angle)


def _day(text: str) -> str:
    parts = text.split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False) if part.isdigit())


def id_card_portrait(person: Person, *, seed: int = 0) -> Image.Image:
    """The side with the portrait (人像面)."""
    card = _card_ground(seed, (226, 238, 244))
    birth = [str(int(part)) if part.isdigit() else "" for part in (person.get("birth_date", "") + "--").split("-")[:3]]
    label: Colour = (70, 110, 160)
    for y, name in ((70, "姓名"), (150, "性别"), (224, "出生"), (304, "住址")):
        write(card, (62, y), name, 27, fill=label)
    write(card, (160, 64), person.get("name", ""), 38)
    write(card, (160, 148), person.get("sex", ""), 31)
    write(card, (258, 150), "民族", 27, fill=label)
    write(card, (346, 148), person.get("nation", "汉"), 31)
    for x, value, unit in ((160, birth[0], "年"), (318, birth[1], "月"), (418, birth[2], "日")):
        write(card, (x, 222), value, 31)
        write(card, (x + (86 if unit == "年" else 46), 224), unit, 27, fill=label)
    address = person.get("address", "重庆市沙坪坝区虎溪街道虚构路1号")
    for k in range(0, len(address), 11):
        write(card, (160, 300 + 48 * (k // 11)), address[k : k + 11], 31)
    write(card, (62, 524), "公民身份号码", 27, fill=label)
    write(card, (330, 516), " ".join(person.get("id_number", "")), 32)
    card.paste(portrait(300, 370, background=(236, 240, 243), seed=seed), (648, 84))
    return card


def id_card_emblem(person: Person, *, seed: int = 0) -> Image.Image:
    """The side with the national emblem (国徽面). It carries red, and no seal."""
    card = _card_ground(seed + 1, (236, 238, 236))
    emblem(card, (140, 150), 180)
    write(card, (570, 96), "中华人民共和国", 52, anchor="ma", bold=True)
    write(card, (570, 186), "居 民 身 份 证", 66, anchor="ma", bold=True)
    for y, name, key in ((452, "签发机关", "issuer"), (524, "有效期限", "valid")):
        write(card, (250, y), name, 29, fill=(60, 60, 70))
        write(card, (406, y), person.get(key, ""), 31)
    return card


def _card_ground(seed: int, tint: Colour) -> Image.Image:
    card = sheet(CARD, tint=tint, seed=seed)
    draw = ImageDraw.Draw(card)
    for k in range(-CARD[1], CARD[0], 26):  # the fine pattern
        draw.line((k, 0, k + CARD[1], CARD[1]), fill=tuple(c - 9 for c in tint), width=1)
        draw.line((k + CARD[1], 0, k, CARD[1]), fill=tuple(c - 6 for c in tint), width=1)
    return card


def exam_permit(person: Person, *, seal: SealMark | None = SEALED, seed: int = 0) -> Image.Image:
    """The self-study exam permit (准考证)."""
    page = sheet((1240, 877), seed=seed)
    draw = ImageDraw.Draw(page)
    draw.rectangle((50, 50, 1190, 827), outline=INK, width=3)
    write(page, (620, 96), "重庆市高等教育自学考试", 46, anchor="ma", bold=True)
    write(page, (620, 168), "准 考 证", 58, anchor="ma", bold=True)
    lines = (
        ("准考证号", "exam_number"), ("姓　　名", "name"), ("性　　别", "sex"), ("身份证号", "id_number"),
        ("专　　业", "major"), ("主考学校", "school"),
    )  # fmt: skip
    for k, (label, key) in enumerate(lines):
        y = 290 + 76 * k
        write(page, (110, y), f"{label}：", 32)
        write(page, (300, y), person.get(key, ""), 32)
        draw.line((290, y + 46, 800, y + 46), fill=(120, 120, 120), width=1)
    page.paste(portrait(265, 350, seed=seed), (868, 290))
    _seal(page, (880, 640), person.get("school", ""), seal, MM, seed)
    write(page, (110, 770), "考生须凭本证和身份证参加考试，本证遗失请及时补办。", 24)
    return page


def transcript(person: Person, rows: Sequence[Row], *, seal: SealMark | None = SEALED, seed: int = 0) -> Image.Image:
    """The transcript from the personal archive (成绩单), its average with the thesis at the lower right (M10)."""
    page = sheet(A4, seed=seed)
    write(page, (620, 110), person.get("school", ""), 40, anchor="ma", bold=True)
    adult = _is_adult(person)
    title = "成人高等教育学生成绩单" if adult else "高等教育自学考试课程成绩单"
    write(page, (620, 176), title, 44, anchor="ma", bold=True)
    number = ("学号", "student_number") if adult else ("准考证号", "exam_number")
    for k, (label, key) in enumerate(
        (("姓名", "name"), ("性别", "sex"), number, ("身份证号", "id_number"), ("专业", "major"))
    ):
        write(page, (110 + (k % 2) * 500, 252 + (k // 2) * 42), f"{label}：{person.get(key, '')}", 25)
    step = min(54, 1050 // max(1, len(rows) + 1))
    edges = (110, 190, 350, 800, 940, 1130)
    table = [("序号", "课程代码", "课程名称", "成绩", "合格时间"), *((str(k), *row) for k, row in enumerate(rows, 1))]
    _table(page, edges, 384, step, table)
    scores = [float(row[2]) for row in rows if row[2].replace(".", "", 1).isdigit()]
    bottom = 384 + step * len(table) + 30
    if scores:
        write(page, (1130, bottom), f"平均成绩：{sum(scores) / len(scores):.2f}", 27, anchor="ra")
    write(page, (760, bottom + 90), person.get("school", ""), 28)
    write(page, (800, bottom + 140), _day(person.get("issued_on", "2024-06-30")), 28)
    _seal(page, (900, bottom + 120), person.get("school", ""), seal, MM, seed)
    return page


def _is_adult(person: Person) -> bool:
    return person.get("applicant_type") == "adult_education"


def _table(
    page: Image.Image, edges: Sequence[int], top: int, step: int, rows: Sequence[Sequence[str]], *, ink: Colour = INK
) -> None:
    draw = ImageDraw.Draw(page)
    bottom = top + step * len(rows)
    for x in edges:
        draw.line((x, top, x, bottom), fill=ink, width=2)
    for k in range(len(rows) + 1):
        draw.line((edges[0], top + k * step, edges[-1], top + k * step), fill=ink, width=2)
    size = max(14, min(24, step - 14))
    for k, row in enumerate(rows):
        for left, right, text in zip(edges, edges[1:], row, strict=False):
            write(page, ((left + right) / 2, top + (k + 0.5) * step), text, size, anchor="mm")


def graduation_certificate(person: Person, *, seal: SealMark | None = SEALED, seed: int = 0) -> Image.Image:
    """The graduation certificate (毕业证书), of self-study or of adult education."""
    page = sheet((1560, 1090), tint=(248, 243, 230), seed=seed)
    draw = ImageDraw.Draw(page)
    for inset, width in ((34, 6), (50, 2)):
        draw.rectangle((inset, inset, 1560 - inset, 1090 - inset), outline=(176, 140, 70), width=width)
    write(page, (1120, 130), "毕 业 证 书", 82, fill=(150, 28, 30), anchor="ma", bold=True)
    page.paste(portrait(250, 350, seed=seed), (210, 150))
    adult = _is_adult(person)
    lines = (
        f"学生 {person.get('name', '')}，性别{person.get('sex', '')}，{_day(person.get('birth_date', ''))}生，",
        f"在本校{person.get('major', '')}专业函授" if adult else f"参加高等教育自学考试{person.get('major', '')}专业",
        f"本科学习，{'修完全部课程，成绩合格，' if adult else '全部课程成绩合格，经审查'}准予毕业。",
    )
    for k, line in enumerate(lines):
        write(page, (600, 320 + 84 * k), line, 34)
    write(page, (130, 880), f"证书编号：{person.get('diploma_number', '')}", 30)
    write(page, (900, 730), f"{'学校' if adult else '主考学校'}：{person.get('school', '')}", 34)
    write(page, (1050, 880), _day(person.get("graduation_date", "")), 34)
    _seal(page, (1150, 800), person.get("school", ""), seal, 5.6, seed)
    return page


LANGUAGE_TITLES = {
    "cet4": "全国大学英语四级考试成绩报告单",
    "pets": "全国英语等级考试合格证书",
    "other": "外语水平考试合格证书",
}


def language_certificate(
    person: Person, *, kind: str = "cet4", seal: SealMark | None = SEALED, seed: int = 0
) -> Image.Image:
    """A CET-4 report ("cet4"), a PETS certificate ("pets") or one of neither ("other")."""
    page = sheet((1240, 877), tint=(244, 247, 250), seed=seed)
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 1240, 26), fill=(38, 78, 140))
    write(page, (620, 84), LANGUAGE_TITLES[kind], 44, anchor="ma", bold=True)
    number = "成绩报告单编号" if kind == "cet4" else "证书编号"
    lines = (
        ("姓名", "name"),
        ("学校", "school"),
        ("身份证号", "id_number"),
        ("总分", "score"),
        (number, "certificate_number"),
    )
    for k, (label, key) in enumerate(lines):
        y = 220 + 84 * k
        write(page, (120, y), f"{label}：", 34)
        write(page, (410, y), person.get(key, ""), 34)
    page.paste(portrait(220, 300, seed=seed), (910, 200))
    write(page, (820, 720), "教育考试中心", 30)
    _seal(page, (900, 690), "教育考试中心", seal, MM, seed)
    return page


def degree_exam_sheet(person: Person, *, title: str = "学位外语考试证书编号说明", seed: int = 0) -> Image.Image:
    """The A4 sheet with name, ID number and certificate number of an exam that cannot be queried online (M22).

    Under another ``title`` it is a page of print like any other.
    """
    page = sheet(A4, seed=seed)
    write(page, (620, 240), title, 48, anchor="ma", bold=True)
    for k, (label, key) in enumerate((("姓名", "name"), ("身份证号", "id_number"), ("证书编号", "certificate_number"))):
        write(page, (240, 470 + 120 * k), f"{label}：{person.get(key, '')}", 42)
    return page


def registration_page(person: Person, rows: Sequence[Row], *, seed: int = 0) -> Image.Image:
    """A long screenshot of the 考籍档案基本信息 page: person and grades together (M17)."""
    height = 520 + 46 * (len(rows) + 1)
    page = _browser((1280, height), "自学考试考籍管理系统")
    write(page, (40, 120), "考籍档案基本信息", 30, bold=True)
    fields = (
        ("姓名", "name"), ("性别", "sex"), ("准考证号", "exam_number"), ("身份证号", "id_number"), ("专业", "major"),
        ("主考学校", "school"), ("出生日期", "birth_date"), ("毕业时间", "graduation_date"),
    )  # fmt: skip
    for k, (label, key) in enumerate(fields):
        write(page, (60 + (k % 2) * 500, 190 + (k // 2) * 52), f"{label}：{person.get(key, '')}", 24)
    page.paste(portrait(140, 190, seed=seed), (1090, 160))
    table = [("序号", "课程代码", "课程名称", "成绩", "合格时间"), *((str(k), *row) for k, row in enumerate(rows, 1))]
    _table(page, (40, 140, 340, 820, 1000, 1240), 430, 46, table, ink=(190, 196, 206))
    return page


def english_two_score(person: Person, *, unified: bool = True, seed: int = 0) -> Image.Image:
    """A screenshot of the 英语（二） score with its 统考 label (M24)."""
    page = _browser((1280, 560), "自学考试成绩查询")
    write(page, (40, 120), f"考生：{person.get('name', '')}　准考证号：{person.get('exam_number', '')}", 26)
    kind = "统考" if unified else "校考"
    table = [("课程代码", "课程名称", "考试类型", "成绩", "考试时间"),
             ("00015", "英语（二）", kind, person.get("score", ""), person.get("passed_on", ""))]  # fmt: skip
    _table(page, (40, 240, 560, 800, 980, 1240), 210, 56, table, ink=(190, 196, 206))
    write(page, (40, 380 + seed % 3), "说明：成绩以省级考试机构公布的为准。", 22, fill=(110, 116, 126))
    return page


def _browser(size: tuple[int, int], title: str) -> Image.Image:
    page = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, size[0], 76), fill=(36, 98, 178))
    write(page, (40, 20), title, 32, fill=(255, 255, 255))
    return page


def every_paper(person: Person, rows: Sequence[Row], *, seed: int = 0) -> Iterator[tuple[str, Image.Image]]:
    """Each kind of paper once, with the slot that it belongs in."""
    yield "id_card_portrait", id_card_portrait(person, seed=seed)
    yield "id_card_emblem", id_card_emblem(person, seed=seed)
    yield "exam_permit", exam_permit(person, seed=seed)
    yield "transcript", transcript(person, rows, seed=seed)
    yield "registration_page", registration_page(person, rows, seed=seed)
    yield "graduation_certificate", graduation_certificate(person, seed=seed)
    yield "language_certificate", language_certificate(person, seed=seed)
    yield "english_two_score", english_two_score(person, seed=seed)
    yield "degree_exam_sheet", degree_exam_sheet(person, seed=seed)
