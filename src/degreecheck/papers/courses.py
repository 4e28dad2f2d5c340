"""The course table of a transcript: code, name, score and date under their headings, one table or two abreast."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from degreecheck.papers.labels import cells
from degreecheck.papers.rows import Row, Seen

_HEADINGS = {
    "code": ("课程代码", "课程代号", "课程编号", "课程号", "代码"),
    "name": ("课程名称", "课程名", "考试科目", "科目名称", "科目", "课程"),
    "score": ("考试成绩", "课程成绩", "总评成绩", "最终成绩", "成绩", "分数", "得分"),
    "passed_on": ("合格时间", "考试时间", "通过时间", "考试日期", "合格日期", "通过日期", "考试年月", "取得时间",
                  "时间", "日期"),
    "other": ("序号", "学分", "学时", "备注", "考试类型", "类型", "性质", "证书", "状态", "考试方式", "绩点", "学期"),
}  # fmt: skip
_KIND = {word: kind for kind, words in _HEADINGS.items() for word in words}
_ANY = re.compile("|".join(sorted(_KIND, key=len, reverse=True)))
_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_SCORE = re.compile(r"(?:100|\d{1,2})(?:\.\d{1,2})?|免考|免修|合格|不合格|优秀|良好|中等|及格|优|良|中")
_DATE = re.compile(r"(?:19|20)\d{2}(?:[-./年])?(?:0[1-9]|1[0-2]|[1-9])(?:月|[-./](?:\d{1,2}))?日?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME_AND_SCORE = re.compile(r"(.*[\u3400-\u9fff)])((?:100|[1-9]\d)(?:\.\d{1,2})?)")
_LEAD = re.compile(r"^\d{1,2}(?=[\u3400-\u9fff]|$)")  # the running number


@dataclass(frozen=True)
class Course:
    """A course as the paper shows it; None for what could not be read."""

    code: Seen | None
    name: Seen | None
    score: Seen | None
    passed_on: Seen | None


@dataclass(frozen=True)
class _Column:
    kind: str
    middle: float


def courses_in(rows: Sequence[Row]) -> tuple[Course, ...]:
    """Every course row under a heading that names at least courses and scores."""
    found: list[Course] = []
    tables: list[list[_Column]] = []
    page = -1
    for row in rows:
        if row.lines[0].page != page:
            page = row.lines[0].page  # the heading of the first page holds for those that have none of their own
        headings = _headings(row)
        if headings:
            tables = headings
        elif tables:
            found.extend(_courses(row, tables))
    return tuple(found)


def _headings(row: Row) -> list[list[_Column]]:
    """The columns of each table that this row heads; none for any other row."""
    columns: list[_Column] = []
    for start, end in cells(row.text):
        matches = list(_ANY.finditer(row.text, start, end))
        if sum(len(match[0]) for match in matches) < 0.6 * (end - start):
            continue
        for match in matches:
            left, right = row.sides(match.start(), match.end())
            columns.append(_Column(_KIND[match[0]], (left + right) / 2))
    kinds = [column.kind for column in columns]
    if "name" not in kinds or "score" not in kinds:
        return []
    tables: list[list[_Column]] = [[]]
    for column in columns:
        if column.kind != "other" and any(column.kind == known.kind for known in tables[-1]):
            tables.append([])
        tables[-1].append(column)
    # A running number or an unknown column at a seam belongs to the table on its right.
    for one, other in pairwise(tables):
        while one and one[-1].kind == "other" and len(one) > 3 and one[0].kind == "other":
            other.insert(0, one.pop())
    return tables


def _courses(row: Row, tables: list[list[_Column]]) -> Iterator[Course]:
    columns = [(number, column) for number, table in enumerate(tables) for column in table]
    parts: list[dict[str, list[tuple[int, int]]]] = [{} for _ in tables]
    for start, end in _tokens(row):
        left, right = row.sides(start, end)
        at = (left + right) / 2
        number, column = min(columns, key=lambda entry: abs(entry[1].middle - at))
        parts[number].setdefault(_kind(row.text[start:end], column.kind), []).append((start, end))
    for part in parts:
        _part_score(row, part)
        course = Course(*(_one(row, part.get(kind)) for kind in ("code", "name", "score", "passed_on")))
        if course.name is not None and (course.score is not None or course.code is not None):
            yield course


def _part_score(row: Row, part: dict[str, list[tuple[int, int]]]) -> None:
    """A long name and the score beside it may have been read as one."""
    if "score" in part or "name" not in part:
        return
    start, end = part["name"][-1]
    joined = _NAME_AND_SCORE.fullmatch(row.text, start, end)
    if joined:
        part["name"][-1] = joined.span(1)
        part["score"] = [joined.span(2)]


def _tokens(row: Row) -> Iterator[tuple[int, int]]:
    """The row's cells, a code or running number parted from the name that it was read together with."""
    for start, end in cells(row.text):
        text = row.text[start:end]
        code, lead = _CODE.search(text), _LEAD.match(text)
        cut = 0
        if code and _HAN.search(text) and (code.start() == 0 or lead):
            yield start + code.start(), start + code.end()
            cut = code.end()
        elif lead and _HAN.search(text):
            yield start, start + lead.end()
            cut = lead.end()
        if start + cut < end:
            yield start + cut, end


def _kind(text: str, expected: str) -> str:
    """What a token is: what its column says, unless it cannot be that."""
    if _CODE.fullmatch(text):
        return "code"
    if _DATE.fullmatch(text) and len(text) >= 5:
        return "passed_on"
    if expected == "score":
        return "score" if _SCORE.fullmatch(text) else "other"
    if expected == "name":
        return "name" if _HAN.search(text) else "other"
    return expected if expected == "other" or not _HAN.search(text) else "other"


def _one(row: Row, places: list[tuple[int, int]] | None) -> Seen | None:
    if not places:
        return None
    return row.seen(places[0][0], places[-1][1])
