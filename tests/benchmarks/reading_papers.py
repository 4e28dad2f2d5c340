"""Papers for the benchmark of reading: other fonts, sizes and layouts than those that `degreecheck sample` draws.

Each layout is a function of a person and a font; those under HELD_OUT were not looked at while the finders were made.
What is printed stands in ``Person.values``; nobody is real.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from degreecheck.sample import marks
from degreecheck.sample.people import make_person
from degreecheck.sample.studies import make_study

_FOLDER = Path("/usr/share/fonts")
FONTS = {
    "hei": "truetype/wqy/wqy-microhei.ttc",
    "zenhei": "truetype/wqy/wqy-zenhei.ttc",
    "sans": "opentype/noto/NotoSansCJK-Regular.ttc",
    "serif": "opentype/noto/NotoSerifCJK-Regular.ttc",
    "ming": "truetype/arphic/uming.ttc",
    "kai": "truetype/arphic/ukai.ttc",
}
_SIMPLIFIED = {"sans": 2, "serif": 2}  # the face of the collection that draws the mainland's forms

Picture = Image.Image
Ink = tuple[int, int, int]
BLACK: Ink = (30, 30, 34)


def fonts() -> list[str]:
    """Those of FONTS that are installed here."""
    return [name for name, path in FONTS.items() if (_FOLDER / path).is_file()]


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FOLDER / FONTS[name]), size, index=_SIMPLIFIED.get(name, 0))


@dataclass(frozen=True)
class Person:
    """What is printed, by the names of the form's fields without their section; rows: code, name, score, passed."""

    values: dict[str, str]
    rows: tuple[tuple[str, str, str, str], ...]


def person(seed: int) -> Person:
    """Somebody with papers."""
    chance = random.Random(seed)
    graduation = date(2024, 6, 30)
    who, study = make_person(chance, graduation, set()), make_study(chance, graduation, True, "english_two")
    exam = f"5001{chance.randint(10, 22)}{chance.choice('14')}{chance.randrange(10**5):05d}"[:12].ljust(12, "3")
    begin = date(graduation.year - 4, chance.randint(1, 12), chance.randint(1, 28))
    return Person(
        {
            "name": who.name, "sex": "男" if who.sex == "male" else "女", "birth_date": who.birth_date.isoformat(),
            "id_number": who.id_number, "exam_number": exam, "major": study.major, "school": "重庆科技学院",
            "graduation_date": graduation.isoformat(), "diploma_number": f"6550{exam}{chance.randrange(10)}",
            "cet4": f"23{chance.choice('12')}1{chance.randrange(10**11):011d}",
            "pets": f"{chance.randrange(10**13, 10**14)}", "score": str(chance.randint(425, 620)),
            "valid_from": begin.isoformat(), "valid_to": begin.replace(year=begin.year + 20).isoformat(),
            "admission": f"500101{chance.randrange(10**9):09d}", "average": study.average,
        },
        tuple((row["code"], row["name"], row["score"], row["passed_on"]) for row in study.records),
    )  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """A way in which a paper is printed; ``shows``: the values that are on it; ``number_at``: where a seal may fall."""

    slot: str
    shows: tuple[str, ...]
    draw: Callable[[Person, str], Picture]
    number_at: tuple[float, float] = (0.5, 0.5)
    held_out: bool = False


LAYOUTS: dict[str, Layout] = {}


def layout(
    slot: str, shows: str, *, number_at: tuple[float, float] = (0.5, 0.5), held_out: bool = False
) -> Callable[[Callable[[Person, str], Picture]], Callable[[Person, str], Picture]]:
    def register(draw: Callable[[Person, str], Picture]) -> Callable[[Person, str], Picture]:
        LAYOUTS[draw.__name__] = Layout(slot, tuple(shows.split()), draw, number_at, held_out)
        return draw

    return register


class _Pen:
    def __init__(self, size: tuple[int, int], face: str, ground: Ink = (250, 250, 247)) -> None:
        self.page = Image.new("RGB", size, ground)
        self.draw = ImageDraw.Draw(self.page)
        self.face = face

    def put(self, x: float, y: float, text: str, size: int, anchor: str = "la", ink: Ink = BLACK) -> None:
        self.draw.text((x, y), text, font=_font(self.face, size), fill=ink, anchor=anchor)

    def table(self, edges: Sequence[int], top: int, step: int, rows: Sequence[Sequence[str]], size: int) -> int:
        for number, row in enumerate(rows):
            y = top + number * step
            for left, right, text in zip(edges, edges[1:], row, strict=False):
                self.draw.rectangle((left, y, right, y + step), outline=(90, 90, 90))
                self.put((left + right) / 2, y + step / 2, text, size, "mm")
        return top + step * len(rows)


def _dots(iso: str) -> str:
    return iso.replace("-", ".")


def _han(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _units(iso: str) -> str:
    """二〇二四年六月三十日."""
    digits, tens = "〇一二三四五六七八九", "十"
    year, month, day = iso.split("-")

    def small(number: int) -> str:
        ten, one = divmod(number, 10)
        return (digits[ten] if ten > 1 else "") + (tens if ten else "") + (digits[one] if one else "")

    return f"{''.join(digits[int(c)] for c in year)}年{small(int(month))}月{small(int(day))}日"


@layout("id_card_portrait", "name id_number", number_at=(0.62, 0.86))
def id_card_small(who: Person, face: str) -> Picture:
    pen, v = _Pen((640, 404), face, (232, 240, 243)), who.values
    blue: Ink = (60, 110, 170)
    for y, label in ((46, "姓 名"), (96, "性 别"), (142, "出 生"), (192, "住 址")):
        pen.put(38, y, label, 17, ink=blue)
    year, month, day = v["birth_date"].split("-")
    pen.put(104, 42, v["name"], 23)
    pen.put(104, 94, v["sex"], 19)
    pen.put(160, 96, "民 族", 17, ink=blue)
    pen.put(222, 94, "土家", 19)
    pen.put(104, 140, f"{year} 年 {int(month)} 月 {int(day)} 日", 19)
    pen.put(104, 190, "重庆市涪陵区虚构街道想象", 19)
    pen.put(104, 218, "路12号3栋5-6", 19)
    pen.put(38, 338, "公民身份号码", 17, ink=blue)
    pen.put(210, 332, v["id_number"], 24)
    pen.page.paste(marks.portrait(190, 230, background=(235, 240, 242), seed=3), (420, 60))
    return pen.page


@layout("id_card_portrait", "name id_number", number_at=(0.6, 0.8), held_out=True)
def id_card_on_desk(who: Person, face: str) -> Picture:
    card = id_card_small(who, face).resize((1020, 644), Image.Resampling.BICUBIC)
    desk = Image.new("RGB", (1500, 1100), (120, 92, 66))
    desk.paste(card, (230, 240))
    return desk


@layout("id_card_emblem", "valid_to", number_at=(0.5, 0.82))
def id_card_back(who: Person, face: str) -> Picture:
    pen, v = _Pen((800, 505), face, (234, 238, 235)), who.values
    marks.emblem(pen.page, (110, 110), 130)
    pen.put(460, 80, "中华人民共和国", 42, "ma")
    pen.put(460, 150, "居民身份证", 54, "ma")
    pen.put(190, 360, "签发机关   重庆市公安局渝北区分局", 24)
    pen.put(190, 416, f"有效期限   {_dots(v['valid_from'])}-{_dots(v['valid_to'])}", 24)
    return pen.page


@layout("exam_permit", "name exam_number", number_at=(0.4, 0.35))
def permit_table(who: Person, face: str) -> Picture:
    pen, v = _Pen((1000, 700), face), who.values
    pen.put(500, 40, "全国高等教育自学考试准考证", 38, "ma")
    rows = (("姓名", v["name"], "性别", v["sex"]), ("准考证号", v["exam_number"], "报考层次", "本科"),
            ("证件号码", v["id_number"], "报考专业", v["major"]))  # fmt: skip
    pen.table((60, 200, 520, 640, 780), 130, 60, rows, 22)
    pen.page.paste(marks.portrait(150, 190, seed=4), (810, 130))
    pen.put(60, 360, "考试时间：2023年10月28日  考点：重庆市虚构中学  考场：012  座位号：07", 20)
    return pen.page


@layout("exam_permit", "name exam_number", number_at=(0.5, 0.3), held_out=True)
def permit_phone(who: Person, face: str) -> Picture:
    pen, v = _Pen((750, 1334), face, (255, 255, 255)), who.values
    pen.draw.rectangle((0, 0, 750, 120), fill=(30, 110, 200))
    pen.put(375, 46, "我的准考证", 34, "ma", (255, 255, 255))
    for number, (label, value) in enumerate((("考生姓名", v["name"]), ("准考证号", v["exam_number"]),
                                             ("身份证号", v["id_number"]), ("专业名称", v["major"]))):  # fmt: skip
        y = 180 + number * 92
        pen.put(40, y, label, 28, ink=(120, 120, 120))
        pen.put(710, y, value, 28, "ra")
        pen.draw.line((40, y + 62, 710, y + 62), fill=(225, 225, 225))
    return pen.page


@layout("transcript", "name exam_number rows", number_at=(0.3, 0.12))
def transcript_with_credits(who: Person, face: str) -> Picture:
    pen, v = _Pen((1240, 1754), face), who.values
    pen.put(620, 70, "重庆市高等教育自学考试毕业生成绩登记表", 36, "ma")
    heads = (("姓名", v["name"], "性别", v["sex"], "准考证号", v["exam_number"]),
             ("专业", v["major"], "层次", "专升本", "身份证号", v["id_number"]))  # fmt: skip
    pen.table((80, 190, 420, 510, 620, 760, 1160), 150, 52, heads, 22)
    rows = [("课程代码", "课程名称", "学分", "考试成绩", "合格时间", "备注")]
    rows += [(code, name, str(4 + number % 5), score, passed, "") for number, (code, name, score, passed)
             in enumerate(who.rows)]  # fmt: skip
    bottom = pen.table((80, 220, 640, 740, 880, 1040, 1160), 290, 48, rows, 21)
    pen.put(900, bottom + 30, f"平均分：{v['average']}", 24)
    return pen.page


@layout("transcript", "name exam_number rows", number_at=(0.75, 0.15), held_out=True)
def transcript_abreast(who: Person, face: str) -> Picture:
    pen, v = _Pen((1754, 1240), face), who.values
    pen.put(877, 60, "自学考试成绩单", 42, "ma")
    pen.put(90, 150, f"考生姓名：{v['name']}      准考证号：{v['exam_number']}      专业名称：{v['major']}", 26)
    half = (len(who.rows) + 1) // 2
    head = ("序号", "课程名称", "成绩", "时间")
    rows = [(*head, *head)]
    for left in range(half):
        cells: list[str] = []
        for number in (left, left + half):
            row = who.rows[number] if number < len(who.rows) else ("", "", "", "")
            cells += [str(number + 1) if row[1] else "", row[1], row[2], row[3]]
        rows.append(tuple(cells))  # type: ignore[arg-type]
    pen.table((90, 160, 600, 700, 860, 930, 1400, 1500, 1664), 220, 54, rows, 23)
    return pen.page


@layout("registration_page", "name exam_number rows", number_at=(0.2, 0.1))
def registration_long(who: Person, face: str) -> Picture:
    pen, v = _Pen((1080, 700 + 90 * len(who.rows)), face, (255, 255, 255)), who.values
    pen.put(40, 40, "考籍档案基本信息", 40)
    fields = (("姓名", "name"), ("性别", "sex"), ("准考证号", "exam_number"), ("证件号码", "id_number"),
              ("专业名称", "major"), ("主考院校", "school"))  # fmt: skip
    for number, (label, key) in enumerate(fields):
        pen.put(40, 140 + 66 * number, f"{label}：", 32, ink=(110, 110, 110))
        pen.put(260, 140 + 66 * number, v[key], 32)
    rows = [("课程代码", "课程名称", "成绩", "通过时间"), *who.rows]
    pen.table((40, 230, 720, 860, 1050), 580, 90, rows, 30)
    return pen.page


@layout("graduation_certificate", "name diploma_number graduation_date major", number_at=(0.3, 0.85))
def diploma_serif(who: Person, face: str) -> Picture:
    pen, v = _Pen((1400, 980), face, (250, 245, 232)), who.values
    pen.put(960, 110, "毕业证书", 76, "ma", (150, 30, 30))
    pen.page.paste(marks.portrait(220, 300, seed=5), (190, 150))
    birth = _han(v["birth_date"])
    pen.put(560, 300, f"{v['name']}，性别 {v['sex']}，{birth}生，", 32)
    pen.put(560, 370, f"参加 {v['major']} 专业本科高等教育自学考试，", 32)
    pen.put(560, 440, "全部课程合格，准予毕业。", 32)
    pen.put(120, 820, f"证书编号：{v['diploma_number']}", 26)
    pen.put(900, 700, "重庆市高等教育自学考试委员会", 28)
    pen.put(1000, 820, _units(v["graduation_date"]), 28)
    return pen.page


@layout("graduation_certificate", "name diploma_number graduation_date major", number_at=(0.25, 0.9), held_out=True)
def diploma_adult(who: Person, face: str) -> Picture:
    pen, v = _Pen((1500, 1050), face, (247, 243, 235)), who.values
    pen.put(750, 100, "普通高等学校成人教育毕业证书", 44, "ma")
    pen.page.paste(marks.portrait(220, 300, seed=6), (150, 300))
    pen.put(480, 260, f"学生 {v['name']} 性别 {v['sex']}，{_han(v['birth_date'])}生，于", 32)
    pen.put(420, 340, f"二〇二一年三月至二〇二四年六月在本校 {v['major']} 专业", 32)
    pen.put(420, 420, "函授学习，修完专升本教学计划规定的全部课程，成绩合格，准予毕业。", 32)
    pen.put(420, 560, "校    名：重庆科技学院", 30)
    pen.put(150, 920, f"证书编号 {v['diploma_number']}", 26)
    pen.put(950, 780, _han(v["graduation_date"]), 32)
    return pen.page


@layout("language_certificate", "name cet4 score", number_at=(0.5, 0.55))
def cet_electronic(who: Person, face: str) -> Picture:
    pen, v = _Pen((1100, 780), face, (255, 255, 255)), who.values
    pen.put(550, 50, "全国大学英语四级考试（CET4）", 40, "ma")
    pen.put(550, 110, "成绩报告单", 34, "ma")
    lines = (("姓    名", v["name"]), ("学    校", v["school"]), ("准考证号", v["admission"]),
             ("身份证号", v["id_number"]), ("成绩报告单编号", v["cet4"]), ("总    分", v["score"]))  # fmt: skip
    for number, (label, value) in enumerate(lines):
        pen.put(120, 200 + 62 * number, f"{label}：{value}", 28)
    pen.put(120, 620, "听力 152   阅读 178   写作和翻译 140", 26)
    return pen.page


@layout("language_certificate", "name pets", number_at=(0.5, 0.7), held_out=True)
def pets_certificate(who: Person, face: str) -> Picture:
    pen, v = _Pen((1240, 877), face, (246, 248, 252)), who.values
    pen.put(620, 80, "全国英语等级考试", 46, "ma")
    pen.put(620, 150, "第三级 合格证书", 40, "ma")
    pen.put(140, 300, f"{v['name']} 于2023年9月参加全国英语等级考试第三级考试，", 30)
    pen.put(140, 360, "笔试成绩 76 分，口试合格，特发此证。", 30)
    pen.put(140, 500, f"身份证件号：{v['id_number']}", 28)
    pen.put(140, 580, f"合格证书编号：{v['pets']}", 28)
    pen.put(800, 720, "教育部教育考试院", 28)
    return pen.page


@layout("english_two_score", "name unified", number_at=(0.5, 0.3))
def english_two_phone(who: Person, face: str) -> Picture:
    pen, v = _Pen((750, 900), face, (255, 255, 255)), who.values
    pen.put(375, 40, "成绩查询结果", 36, "ma")
    pen.put(40, 120, f"姓名：{v['name']}    准考证号：{v['exam_number']}", 26)
    for number, (label, value) in enumerate((("课程代码", "00015"), ("课程名称", "英语（二）"), ("考试类型", "统考"),
                                             ("成绩", "67"), ("考试时间", "2022-10"))):  # fmt: skip
        pen.put(40, 220 + 70 * number, label, 28, ink=(120, 120, 120))
        pen.put(300, 220 + 70 * number, value, 28)
    return pen.page


@layout("degree_exam_sheet", "name id_number diploma_number", number_at=(0.5, 0.4))
def sheet_printed(who: Person, face: str) -> Picture:
    pen, v = _Pen((1240, 1754), face), who.values
    pen.put(620, 300, "学位外语考试情况说明", 52, "ma")
    pen.put(200, 500, f"姓名：{v['name']}", 40)
    pen.put(200, 600, f"身份证号：{v['id_number']}", 40)
    pen.put(200, 700, f"合格证书编号：{v['diploma_number']}", 40)
    return pen.page


# -------------------------------------------------------------------------------------------- what happens to pictures


def _warped(page: Picture, corners: Sequence[tuple[float, float]], ground: Ink = (110, 96, 82)) -> Picture:
    """The page's corners (upper left, clockwise; shares of the page) as a camera sees them, on a desk."""
    import cv2
    import numpy as np

    wide, high = page.size
    margin = 0.06
    size = (round(wide * (1 + 2 * margin)), round(high * (1 + 2 * margin)))
    target = np.array([((x + margin) * wide, (y + margin) * high) for x, y in corners], dtype=np.float32)
    source = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    return Image.fromarray(
        cv2.warpPerspective(np.asarray(page), matrix, size, flags=cv2.INTER_AREA, borderValue=ground)
    )


def _as_photo(page: Picture, _at: tuple[float, float]) -> Picture:
    bent = _warped(page, ((0.05, 0.02), (0.97, 0.0), (1.02, 0.99), (0.0, 0.95)))
    shade = Image.linear_gradient("L").resize(bent.size).point(lambda v: 190 + v // 4)
    return ImageChops.multiply(bent, Image.merge("RGB", (shade, shade, shade)))


def _skewed(page: Picture, _at: tuple[float, float]) -> Picture:
    return page.rotate(-3, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=(214, 212, 208))


def _sealed(page: Picture, at: tuple[float, float]) -> Picture:
    page = page.copy()
    mask = marks.seal_mask("重庆市教育考试院", round(0.22 * min(page.size)), below="专用章", seed=2)
    marks.stamp(page, (at[0] * page.width, at[1] * page.height), mask, opacity=0.35, angle=12)
    return page


def _compressed(page: Picture, _at: tuple[float, float]) -> Picture:
    from io import BytesIO

    out = BytesIO()
    page.save(out, "JPEG", quality=40)
    return Image.open(BytesIO(out.getvalue())).convert("RGB")


SPOILS: dict[str, Callable[[Picture, tuple[float, float]], Picture]] = {
    "screenshot": lambda page, _at: page,
    "photo at an angle": _as_photo,
    "skew 3°": _skewed,
    "blur": lambda page, _at: page.filter(ImageFilter.GaussianBlur(min(page.size) / 700)),
    "JPEG 40": _compressed,
    "seal 35 %": _sealed,
    "on its side": lambda page, _at: page.transpose(Image.Transpose.ROTATE_90),
    "half the size": lambda page, _at: page.resize((page.width // 2, page.height // 2), Image.Resampling.LANCZOS),
    "dim": lambda page, _at: ImageEnhance.Brightness(page).enhance(0.55),
}
