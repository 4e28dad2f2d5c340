"""Values by their labels, as forms and certificates print them: beside (姓名：张三) or under the label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from degreecheck.papers.rows import CELL, Row, Seen

# By field: how papers call it, longer names first. Written without blanks; a label may run over several lines (性|别).
LABELS: dict[str, tuple[str, ...]] = {
    "name": ("考生姓名", "学生姓名", "姓名", "考生:", "学员姓名"),
    "sex": ("性别",),
    "nation": ("民族",),
    "born": ("出生日期", "出生年月日", "出生年月", "出生"),
    "address": ("住址",),
    "id_number": ("公民身份号码", "居民身份证号码", "居民身份证号", "身份证件号码", "身份证件号", "身份证号码",
                  "身份证号", "证件号码", "证件号", "身份证"),
    "exam_number": ("自考准考证号", "准考证号码", "准考证编号", "准考证号", "准考证:", "考号:", "考籍号"),
    "student_number": ("学籍号", "学号"),
    "certificate_number": ("成绩报告单编号", "成绩单编号", "报告单编号", "课程合格单编号", "课程合格证编号",
                           "合格证书编号", "毕业证书编号", "毕业证编号", "证书编号", "证书号码", "证书号", "合格单编号",
                           "编号"),
    "major": ("报考专业", "专业名称", "所学专业", "专业:", "专业代码", "专业"),
    "school": ("主考学校", "主考院校", "毕业院校", "院校名称", "所在学校", "学校", "院校"),
    "score": ("笔试成绩", "考试成绩", "总分", "总成绩"),
    "average": ("平均成绩", "平均分", "均成绩"),
    "issued": ("毕业时间", "毕业日期", "发证日期", "签发日期", "填发日期"),
    "valid": ("有效期限", "有效期"),
    "issuer": ("签发机关",),
    "other": ("考试时间", "合格时间", "课程代码", "课程名称", "考试类型", "考点", "座位号", "考场", "批准文号", "照片",
              "报考层次", "专业层次", "层次", "听力", "阅读", "写作", "口试"),
}  # fmt: skip
_FIELD = {label: field for field, labels in LABELS.items() for label in labels}
_ANY = re.compile(
    "|".join(rf"{re.escape(CELL)}?".join(map(re.escape, label)) for label in sorted(_FIELD, key=len, reverse=True))
)
_HALF_LABEL = re.compile(r"^名:?")  # 姓　　名 whose first half was lost
_SIGNS = re.compile(r"[:;.,·_\-~()（）、，；。]+")
_NO_LABEL_BEFORE = re.compile(r"[\u4e00-\u9fff]$")
# What of a cell can be the value; a cell with nothing of the kind is another thing's.
_NUMBER = re.compile(r"(?=(?:[^0-9]*[0-9]){4})[0-9A-Za-z*〇○-]+")
_VALUES: dict[str, re.Pattern[str]] = {
    "name": re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·A-Za-z. ]+"),
    "sex": re.compile(r"[男女]"),
    "score": re.compile(r"[0-9.]+"),
    "average": re.compile(r"[0-9.]+"),
    **dict.fromkeys(("id_number", "exam_number", "student_number", "certificate_number"), _NUMBER),
}
_BELOW = 3.5  # heights of the label's row down to which a value under it is looked for


def labelled(rows: Sequence[Row]) -> dict[str, tuple[Seen, ...]]:
    """The values beside (else under) each label, by field, from above; labels without a value are left out."""
    found: dict[str, list[Seen]] = {}
    for number, row in enumerate(rows):
        places = _places(row.text)
        for index, (field, start, end) in enumerate(places):
            stop = places[index + 1][1] if index + 1 < len(places) else len(row.text)
            value = _beside(field, row, end, stop) or _under(field, rows, number, row.sides(start, end))
            if value is not None and field != "other":
                found.setdefault(field, []).append(value)
    return {field: tuple(values) for field, values in found.items()}


def names_of_labels(rows: Sequence[Row]) -> frozenset[str]:
    """The fields that the page has labels for, with a value or not."""
    return frozenset(field for row in rows for field, _, _ in _places(row.text))


def _places(text: str) -> list[tuple[str, int, int]]:
    """Field, start and end of each label in a row."""
    places = []
    for match in _ANY.finditer(text):
        field = _FIELD[match[0].replace(CELL, "")]
        # 专业 within a sentence (…工商管理专业本科学习) and 编号 within another word label nothing.
        short = match[0] in ("专业", "编号", "学校", "院校", "身份证", "出生", "有效期", "层次")
        if short and _NO_LABEL_BEFORE.search(text[: match.start()]) and text[match.end() : match.end() + 1] != ":":
            continue
        places.append((field, match.start(), match.end()))
    half = _HALF_LABEL.match(text)
    if half and half[0] != text and (not places or places[0][1] >= half.end()):
        places.insert(0, ("name", 0, half.end()))
    return places


def _value(field: str, row: Row, start: int, end: int) -> Seen | None:
    """What of a cell is the field's value."""
    pattern = _VALUES.get(field)
    found = pattern.match(row.text.replace(CELL, " "), start, end) if pattern else None
    if found is None:
        return None if pattern or end <= start else row.seen(start, end)
    return row.seen(*found.span())


def _beside(field: str, row: Row, start: int, stop: int) -> Seen | None:
    """The first cell between a label and the next one."""
    text = row.text
    while start < stop and (text[start] == CELL or _SIGNS.match(text[start])):
        start += 1
    end = text.find(CELL, start, stop)
    end = stop if end < 0 else end
    if end - start == 1 and end + 1 < stop and "\u4e00" <= text[start] <= "\u9fff":
        more = text.find(CELL, end + 1, stop)  # 张　伟: a name of two characters, set as wide as one of three
        more = stop if more < 0 else more
        left, right = row.sides(start, end), row.sides(end + 1, more)
        if more - end <= 3 and right[0] - left[1] < 3 * (left[1] - left[0]):
            end = more
    while end > start and _SIGNS.match(text[end - 1]):
        end -= 1
    return _value(field, row, start, end)


def _under(field: str, rows: Sequence[Row], number: int, sides: tuple[float, float]) -> Seen | None:
    """The cell right under a label."""
    row = rows[number]
    for below in rows[number + 1 : number + 3]:
        if below.lines[0].page != row.lines[0].page or below.top - row.bottom > _BELOW * (row.bottom - row.top):
            return None
        for start, end in cells(below.text):
            left, right = below.sides(start, end)
            if left < (sides[0] + sides[1]) / 2 < right or sides[0] < (left + right) / 2 < sides[1]:
                return None if _places(below.text[start:end]) else _value(field, below, start, end)
    return None


def cells(text: str) -> list[tuple[int, int]]:
    """Start and end of each cell of a row's text."""
    found, start = [], 0
    for part in text.split(CELL):
        if part:
            found.append((start, start + len(part)))
        start += len(part) + 1
    return found
