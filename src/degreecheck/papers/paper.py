"""One file's text as a paper: its values, its courses, and which papers its words speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from degreecheck.facts import TextFacts
from degreecheck.papers.courses import Course, courses_in
from degreecheck.papers.labels import labelled, names_of_labels
from degreecheck.papers.rows import CELL, Row, Seen, rows_of

LEGIBLE = 0.9  # mean confidence of a paper on which what is not found is not there
_FEW_LINES = 3
GRADES = 3  # course rows that make a paper a list of grades

_DATE = re.compile(r"((?:19|20)\d{2})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_HAN_DATE = re.compile(
    r"([〇○零O0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_HAN_DIGITS = {**dict.fromkeys("〇○零O0", 0), **{digit: value for value, digit in enumerate("一二三四五六七八九", 1)}}
_STUDENT = re.compile(
    r"(?:学生|学员|考生)\|?([\u3400-\u9fff·\U00020000-\U0003ffff]{2,20}?)[|,，、;]*(?:性别|[男女][,，|])"
)
_NAME_FIRST = re.compile(r"^([\u3400-\u9fff·\U00020000-\U0003ffff]{2,20}?)\|?(?:[,，]\|?性别|于(?:19|20)\d{2}年)")
_MAJOR = re.compile(r"([\u4e00-\u9fff()]{2,24})\|?专业")
_NO_MAJOR = re.compile(r".*(?:自学考试|学院|大学|学校|本校|在校|参加|修完|学习|入学)\|?")
_VALID = re.compile(
    r"((?:19|20)\d{2})[.,·](\d{2})[.,·](\d{2})[-—~一至]+(?:((?:19|20)\d{2})[.,·](\d{2})[.,·](\d{2})|长期)"
)

# What a paper is, by words of its own. Every group of a kind has to be there; a word is looked for in the whole text.
_KINDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "id_card_portrait": (("公民身份号码",), ("住址", "民族")),
    "id_card_emblem": (("居民身份证",), ("签发机关", "有效期限")),
    "degree_exam_sheet": (("学位外语", "学位英语"),),
}
_DIPLOMA = re.compile(r"^.{0,16}毕业证书$")
_PERMIT = re.compile(r"(?:^|考试|自考|自学考试|\|)准考证(?:\||$)")
_LANGUAGE = re.compile(
    r"大学英语[四六46]级|英语等级考试|大学(?:日|俄|德|法)语[四六46]级|CET-?[46]|PETS|外语水平考试|英语应用能力考试",
    re.IGNORECASE,
)
_LANGUAGE_OWN = re.compile(r"成绩报告单|合格证|证书|成绩单|成绩通知单|总分")
_TRANSCRIPT = re.compile(r"成绩单|成绩表|学籍表|学籍卡|考籍")
_HEADINGS = {
    "proposal_report": re.compile(r"开题(?:论证|答辩)?报告(?:书|表)?$"),
    "task_book": re.compile(r"任务(?:书|下达书)$"),
    "similarity_report": re.compile(r"(?:检测|查重|比对|相似[性度]|重复率)报告(?:书|单)?(?:\([^()]{0,12}\))?$"),
    "thesis_document": re.compile(r"(?:毕业|学位)(?:设计|论文)(?:\((?:设计|论文)\))?$"),
}
_TOP_ROWS = 12
_ENGLISH_TWO = re.compile(r"英语\(?[二2II]{1,2}|(?<!\d)(?:00015|13000)(?!\d)")


@dataclass(frozen=True, eq=False)
class Paper:
    """What was found on the pages of a file. Compared by identity: paper_of gives one for each text."""

    rows: tuple[Row, ...]
    values: Mapping[str, tuple[Seen, ...]]  # by the fields of labels.LABELS, from above
    courses: tuple[Course, ...]
    labels: frozenset[str]  # fields that have a label, with a value or not

    @cached_property
    def text(self) -> str:
        """Everything, row after row, without blanks."""
        return "".join(row.text.replace(CELL, "") for row in self.rows)

    @cached_property
    def legible(self) -> bool:
        """Whether the print was read well enough that what is not found is not there."""
        lines = [line for row in self.rows for line in row.lines]
        return len(lines) >= _FEW_LINES and sum(line.confidence for line in lines) / len(lines) >= LEGIBLE

    @cached_property
    def dates(self) -> tuple[tuple[date, Seen], ...]:
        """Every day named, from above; days of birth are left out."""
        return tuple(found for row in self.rows for found in _dates(row))

    @cached_property
    def validity(self) -> tuple[date, date | None, Seen] | None:
        """An ID card's first and last day (None: 长期), where the two fit together; else None.

        Cards hold for 5, 10 or 20 years to the day (居民身份证法, article 5), so that a misread digit shows.
        """
        for row in self.rows:
            found = _VALID.search(row.text.replace(CELL, ""))
            if found is None:
                continue
            begin = _day(found[1], found[2], found[3])
            end = _day(found[4], found[5], found[6]) if found[4] else None
            seen = row.seen(0, len(row.text), found[0])
            if begin is None or (found[4] and end is None):
                return None
            if end is None or (end.year - begin.year in (5, 10, 20) and abs(_in_year(end) - _in_year(begin)) <= 1):
                return begin, end, seen
        return None

    @cached_property
    def major(self) -> Seen | None:
        """What stands before 专业 in a certificate's sentence, or beside the label."""
        for row in self.rows:
            for found in _MAJOR.finditer(row.text):
                cut = _NO_MAJOR.match(found[1])
                start = found.start(1) + (cut.end() if cut else 0)
                if found.end(1) - start >= 2:
                    return row.seen(start, found.end(1))
        return next(iter(self.values.get("major", ())), None)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The slots of the papers that the words speak of; empty where none is named for certain."""
        return frozenset(_kinds(self))


@lru_cache(maxsize=128)
def paper_of(facts: TextFacts) -> Paper:
    """The paper that these lines are."""
    rows = rows_of(facts)
    values = dict(labelled(rows))
    if named := [found for row in rows if (found := _student(row)) is not None]:
        values["name"] = (*named, *values.get("name", ()))
    return Paper(rows, values, courses_in(rows), names_of_labels(rows))


def _student(row: Row) -> Seen | None:
    found = _STUDENT.search(row.text) or _NAME_FIRST.search(row.text)
    return row.seen(found.start(1), found.end(1)) if found else None


def _dates(row: Row) -> Iterator[tuple[date, Seen]]:
    for found in (*_DATE.finditer(row.text), *_HAN_DATE.finditer(row.text)):
        if row.text[found.end() : found.end() + 2].lstrip(CELL).startswith("生"):
            continue
        parts = found.groups()
        if parts[0][0] in _HAN_DIGITS and not parts[0].isdecimal():
            parts = ("".join(str(_HAN_DIGITS[digit]) for digit in parts[0]), _number(parts[1]), _number(parts[2]))
        day = _day(*parts)
        if day is not None:
            yield day, row.seen(found.start(), found.end())


def _number(han: str) -> str:
    """二十三 → 23."""
    tens, found, ones = han.rpartition("十")
    if not found:
        return str(_HAN_DIGITS.get(han, 0))
    return str((_HAN_DIGITS.get(tens, 1) if tens else 1) * 10 + (_HAN_DIGITS.get(ones, 0) if ones else 0))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _in_year(day: date) -> int:
    return day.month * 31 + day.day


def english_two_rows(paper: Paper) -> tuple[Row, ...]:
    """The rows that speak of the course 英语（二）."""
    return tuple(row for row in paper.rows if _ENGLISH_TWO.search(row.text.replace(CELL, "")))


def _kinds(paper: Paper) -> Iterator[str]:
    text = paper.text
    for kind, groups in _KINDS.items():
        if all(any(word in text for word in words) for words in groups):
            yield kind
    top = [row.text for row in paper.rows[:_TOP_ROWS]]
    joined = [line.replace(CELL, "") for line in top]
    if "准予毕业" in text or any(_DIPLOMA.search(line) for line in joined):
        yield "graduation_certificate"
    if any(_PERMIT.search(line) for line in (*top, *joined)):
        yield "exam_permit"
    if any(_LANGUAGE.search(line) for line in joined) and _LANGUAGE_OWN.search(text):
        yield "language_certificate"
    grades = len(paper.courses)
    if grades >= GRADES or (grades and any(_TRANSCRIPT.search(line) for line in joined)):
        yield "transcript"
    if english_two_rows(paper) and any("统考" in cell for line in top for cell in line.split(CELL)):
        yield "english_two_score"
    for kind, heading in _HEADINGS.items():
        if any(heading.search(line.strip("《》")) and len(line) <= 40 for line in joined):
            yield kind
