"""Text as a reader reads it from papers, for tests: lines with boxes, without a picture or a reader.

make_texts.page("姓名：张三", ("课程名称", "成绩"), ("英语", "80"))    rows of one or several cells
make_texts.paper("transcript", form)                              the paper that a faultless form goes with
"""

from __future__ import annotations

from typing import Any

from degreecheck.facts import TextFacts, TextLine
from degreecheck.form import Form, PartialDate

_UNIT = 0.016  # width of a character
_STEP, _HEIGHT = 0.03, 0.02
Row = str | tuple[str, ...]


def page(*rows: Row, confidence: float = 0.999, number: int = 0, turned: Any = 0) -> TextFacts:
    """One page. The cells of a row stand in the middle of columns of one width; blank ones are no lines."""
    lines = []
    for index, row in enumerate(rows):
        cells = (row,) if isinstance(row, str) else row
        top = 0.02 + index * _STEP
        for column, text in enumerate(cells):
            if not text:
                continue
            wide = min(_UNIT * len(text), 0.96 / len(cells))
            middle = (column + 0.5) / len(cells)
            box = tuple(round(edge, 5) for edge in (middle - wide / 2, top, middle + wide / 2, top + _HEIGHT))
            lines.append(TextLine(text=text, page=number, box=box, place=box, confidence=confidence))  # type: ignore[arg-type]
    return TextFacts(lines=tuple(lines), pages=(number,), turned={number: turned} if turned else {})


def pages(*each: TextFacts) -> TextFacts:
    """The text of a file of several pages."""
    return TextFacts(
        lines=tuple(line for one in each for line in one.lines),
        pages=tuple(number for one in each for number in one.pages),
    )


def paper(slot: str, form: Form, **changes: str) -> TextFacts | None:
    """What the paper of a slot shows; ``changes`` replace what is printed. None for what is not read."""
    printed = _printed(form) | changes
    rows = _ROWS.get(slot)
    if rows is None:
        return None
    lines: list[Row] = []
    for row in rows:
        if row == "COURSES":
            lines.append(("课程代码", "课程名称", "成绩", "合格时间"))
            lines += [(one.code, one.name, one.score, str(one.passed_on or "")) for one in form.courses.records]
        else:
            cells = row if isinstance(row, tuple) else (row,)
            lines.append(tuple(cell.format(**printed) for cell in cells))
    return page(*lines)


def _printed(form: Form) -> dict[str, str]:
    personal, language = form.personal, form.language
    day = form.institution.graduation_date
    if day is None or not isinstance(day, PartialDate):
        day = PartialDate(2025, 12, 30)
    return {
        "name": personal.name, "id_number": personal.id_number, "exam_number": personal.exam_number,
        "major": form.courses.major, "certificate_number": language.certificate_number,
        "diploma_number": form.institution.diploma_number, "valid": "2016.05.20-2036.05.20", "unified": "统考",
        "graduation_date": f"{day.year}年{day.month}月{day.day or 30}日", "average": form.courses.average_score,
    }  # fmt: skip


_GRADES: tuple[Row, ...] = ("姓名：{name}", ("准考证号：{exam_number}", "身份证号：{id_number}"), "COURSES")
_ROWS: dict[str, tuple[Row, ...]] = {
    "id_card_portrait": (
        ("姓名", "{name}"), "性别 女 民族 汉", "出生 1995年8月12日", "住址 重庆市虚构路1号",
        ("公民身份号码", "{id_number}"),
    ),
    "id_card_emblem": ("中华人民共和国", "居民身份证", "签发机关 重庆市公安局", ("有效期限", "{valid}")),
    "exam_permit": (
        "重庆市高等教育自学考试", "准考证", ("准考证号：", "{exam_number}"), ("姓名：", "{name}"),
        ("专业：", "{major}"),
    ),
    "transcript": ("高等教育自学考试课程成绩单", *_GRADES, "平均成绩：{average}"),
    "registration_page": ("考籍档案基本信息", *_GRADES),
    "graduation_certificate": (
        "毕业证书", "学生{name}，性别女，1995年8月12日生，", "参加高等教育自学考试{major}专业", "本科学习，准予毕业。",
        "证书编号：{diploma_number}", "主考学校：重庆科技大学", "{graduation_date}",
    ),
    "language_certificate": (
        "全国大学英语四级考试成绩报告单", ("姓名：", "{name}"), ("身份证号：", "{id_number}"), ("总分：", "452"),
        ("成绩报告单编号：", "{certificate_number}"),
    ),
    "english_two_score": (
        "自学考试成绩查询", ("考生：{name}", "准考证号：{exam_number}"), ("课程代码", "课程名称", "考试类型", "成绩"),
        ("00015", "英语（二）", "{unified}", "66"),
    ),
    "degree_exam_sheet": (
        "学位外语考试证书编号说明", "姓名：{name}", "身份证号：{id_number}", "证书编号：{certificate_number}",
    ),
}  # fmt: skip
