"""What the columns of a table of courses are: by their headers, or without any by what stands in the cells.

Words are data, written as `fold_header` folds them: no blanks, no punctuation, lower case.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from degreecheck.form import PartialDate, parse_date
from degreecheck.idnumbers.fold import fold
from degreecheck.score_marks import parse_score

Kind = Literal["code", "name", "score", "date", "kind"]
OTHER: Literal["other"] = "other"  # a column that is known and holds nothing of a course record

WORDS: dict[str, str] = {
    "code": """
        课程代码 课程代号 课程号 课程编号 课程编码 课程码 课程序号代码 科目代码 科目编号 科目代号 课代码 课号
        代码 代号 考试课程代码 kcdm kcbh kch coursecode courseno coursenumber courseid subjectcode code
    """,
    "name": """
        课程名称 课程名 课程 课程中文名称 科目名称 科目 科目名 考试课程 考试科目 考试课程名称 报考课程 合格课程
        合格课程名称 课程全称 开考课程 学习课程 名称 课名 kcmc kc coursename coursetitle course subject
        subjectname title
    """,
    "score": """
        成绩 分数 得分 课程成绩 考试成绩 总成绩 最终成绩 综合成绩 总评成绩 总评 合格成绩 有效成绩 最高成绩
        最好成绩 科目成绩 单科成绩 卷面成绩 统考成绩 课程分数 考试分数 成绩分数 百分制成绩 cj kscj score grade
        mark marks finalscore result
    """,
    "date": """
        考试时间 考试日期 考试年月 考试时间年月 通过日期 通过时间 通过年月 合格时间 合格日期 合格年月 取得时间
        取得日期 成绩时间 成绩日期 获得时间 考试年份 年月 时间 日期 考试期次 考期 考次 期次 考试批次 登记时间
        登记日期 修读时间 学年学期 考试学期 kssj ksrq ksny tgrq hgsj date examdate passdate passedon passed time
    """,
    "kind": """
        备注 类型 类别 成绩类型 成绩类别 成绩性质 成绩来源 成绩标志 成绩标识 获得方式 取得方式 合格方式 通过方式
        课程类型 课程类别 免考 免考标志 是否免考 免考顶替 顶替 性质 课程性质 考试性质 考试类型 考试方式 考核方式
        考试形式 说明 状态 合格类型 bz remark remarks note notes type kind status
    """,
    OTHER: """
        序号 编号 行号 学分 学时 绩点 学分绩点 平时成绩 平时 期中成绩 期末成绩 期中 期末 实验成绩 补考成绩
        重考成绩 补考 任课教师 教师 签名 学期 年级 专业 专业代码 专业名称 层次 教材 主考学校 学位课 是否学位课
        是否统考 是否合格 合格 统考 是否通过 合格证号 合格证书号 座位号 考场 考点 准考证号 姓名 学号 no index
        credit credits hours gpa teacher semester term
    """,
}
# These name a column only where no column does so surely: 名称 may be the name of anything.
_LOOSE = frozenset("课程 科目 代码 代号 名称 时间 日期 状态 年月 title time result type kind code".split())  # noqa: SIM905
_WORDS = {word: kind for kind, words in WORDS.items() for word in words.split()}
# Of several columns that would do, the first in this list holds what counts.
_BEST_SCORES = ("最终成绩", "总评成绩", "总成绩", "综合成绩", "总评", "课程成绩", "成绩", "合格成绩", "有效成绩")

_REMARK = re.compile(r"[(\[{<【《].*?[)\]}>】》]")
_PUNCTUATION = re.compile(r"[^\w]|_")
_LATIN = re.compile(r"[A-Za-z]+")
_MONTHS = {name: number for number, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # fmt: skip # noqa: SIM905
_CLOCK = re.compile(r"[ T]*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$")
_ENGLISH_MONTH = re.compile(r"(?:(\d{1,2})[- ])?([a-z]{3})[a-z]*[- ,.]+(\d{4}|\d{2})", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"'?(\d{2})[.年/-](\d{1,2})月?")
_YEAR_AND_HALF = re.compile(r"(\d{4})年?(?:上半年|下半年)")
_YYMM = re.compile(r"(\d{2})(0[1-9]|1[0-2])")
_EXAM_MONTH = re.compile(r"(?:9\d|[0-3]\d)(?:01|04|07|10)")
_EXEMPT = re.compile(r"免考|免修|免试|^免$|exempt", re.IGNORECASE)
_TRANSFERRED = re.compile(r"顶替|代替|替代|转考|转入|转籍|转档|^转$|transfer", re.IGNORECASE)
_NOT_SO = re.compile(r"[非未无不否]")
_CODE = re.compile(r"[A-Z]{0,3}\d{3,10}[A-Z]?")
_WORDY = re.compile(r"[\u3400-\u9fffA-Za-z]{2}")
_LONGEST_HEADER = 40
GREATEST_CELL = 300  # characters; a longer cell is no header, code, score or date


def fold_header(text: str) -> str:
    """A column's name without blanks, punctuation and differences of width and case."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text[:GREATEST_CELL]).casefold())


@lru_cache(maxsize=4096)
def kind_of_header(text: str) -> str | None:
    """What a column of this name holds: a Kind, "other", or None for a name that is not known.

    A remark in brackets is left out where the whole is not known, as in 成绩（百分制）; a translation likewise.
    """
    if len(text) > _LONGEST_HEADER:
        return None
    whole = unicodedata.normalize("NFKC", text)
    plain = _REMARK.sub("", whole)
    for form in (whole, plain, _LATIN.sub("", plain)):
        found = _WORDS.get(fold_header(form))
        if found is not None:
            return found
    return None


def rank_of_header(text: str, kind: str) -> int:
    """Which of several columns of a kind is meant: the lowest rank."""
    folded = fold_header(_REMARK.sub("", unicodedata.normalize("NFKC", text[:GREATEST_CELL])))
    if kind == "score" and folded in _BEST_SCORES:
        return _BEST_SCORES.index(folded)
    return 100 if folded in _LOOSE else 50


def read_date(text: str, *, header: bool) -> PartialDate | None:
    """The day or month in a cell; ``header``: the column is named as dates, so that 1904 is April 2019.

    None for what is none, and for 2019.1: a spreadsheet makes that of 2019.10 as well (see `is_unclear_date`).
    """
    text = _CLOCK.sub("", unicodedata.normalize("NFKC", text[:40]).strip())
    if is_unclear_date(text):
        return None
    try:
        return parse_date(text)
    except ValueError:
        pass
    if found := _ENGLISH_MONTH.fullmatch(text):
        month = _MONTHS.get(found[2].lower())
        return _day(_full_year(found[3]), month, 0) if month else None
    found = _SHORT_YEAR.fullmatch(text) or _YYMM.fullmatch(text) if header else None  # else 65.5 would be May 2065
    return _day(_full_year(found[1]), int(found[2]), 0) if found else None


def is_unclear_date(text: str) -> bool:
    """Whether a cell may be January or, its zero lost, October."""
    return bool(re.fullmatch(r"\d{4}\.1", unicodedata.normalize("NFKC", text[:40]).strip()))


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else (1900 if int(digits) >= 80 else 2000) + int(digits)  # exams: since 1981


def _day(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return parse_date(f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else ""))
    except ValueError:
        return None


def read_kind(text: str) -> Literal["exempt", "transferred"] | None:
    """What a remark or a mark in place of the score says of how the course was passed."""
    text = text[:GREATEST_CELL].strip()
    if _NOT_SO.search(text):  # 非免考, 不免考
        return None
    if _EXEMPT.search(text):
        return "exempt"
    return "transferred" if _TRANSFERRED.search(text) else None


# ------------------------------------------------------------------------------------------------ without a header


def looks_like(cell: str) -> str:
    """What one cell looks like: "date", "kind", "code", "score", "name", "number", "blank" or "other"."""
    text = cell.strip()
    if not text:
        return "blank"
    if len(text) > GREATEST_CELL:
        return OTHER
    number = fold(text).text
    score = parse_score(text)
    if re.fullmatch(r"\d{5}", number):
        return "code"
    if is_unclear_date(text) or read_date(text, header=False) or _YEAR_AND_HALF.fullmatch(text):
        return "date"
    if score.kind == "number":
        return "number"
    if score.kind == "mark":
        return "score"
    if score.kind != "out_of_range" and len(text) <= 8 and read_kind(text):
        return "kind"
    if _CODE.fullmatch(number):
        return "code"
    return "name" if _WORDY.search(text) else OTHER


def kinds_by_content(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """What each column holds by its cells, as `looks_like` has it; "sequence" for 1, 2, 3 … and "credits"."""
    return [_column([row[index] if index < len(row) else "" for row in rows]) for index in range(width)]


def _column(cells: Sequence[str]) -> str:
    looks = Counter(look for cell in cells if (look := looks_like(cell)) != "blank")
    if not looks:
        return "blank"
    total = looks.total()
    numbers = [float(fold(cell).text) for cell in cells if looks_like(cell) == "number" and _plain(cell)]
    if looks["number"] == total and total > 2 and all(b - a == 1 for a, b in pairwise(numbers)):
        return "sequence"
    if looks["number"] * 2 > total and max(numbers, default=0) <= 20:
        return "credits"
    if looks["code"] == total > 1 and all(_EXAM_MONTH.fullmatch(fold(cell).text) for cell in cells if cell.strip()):
        return "date"  # 1904, 1910: the exams are in April and October, in some years and places in January and July
    if looks["code"] and (looks["code"] + looks["number"]) * 5 >= total * 4 and _codes(cells):
        return "code"
    looks["score"] += looks.pop("number", 0)
    best, count = looks.most_common(1)[0]
    return best if count * 5 >= total * 3 else OTHER


def _plain(cell: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", fold(cell).text))


def _codes(cells: Sequence[str]) -> bool:
    """Whether numbers of a column are codes that lost zeros, and not scores: a quarter are too long for a score."""
    texts = [fold(cell).text for cell in cells if cell.strip()]
    return sum(len(text) >= 3 and text != "100" for text in texts) * 4 >= len(texts)


def lost_zeros(cells: Sequence[str]) -> bool:
    """Whether these are self-study's five-digit codes, of which a spreadsheet has eaten leading zeros (15 for 00015).

    All must be numbers of at most five digits, most of three or more, some of five or at least of two lengths; other
    schools have codes of four digits throughout.
    """
    codes = [bare_code(cell) for cell in cells if cell.strip()]
    lengths = {len(code) for code in codes}
    if not codes or not all(code.isascii() and code.isdigit() for code in codes) or max(lengths) > 5:
        return False
    return (5 in lengths or (len(lengths) > 1 and max(lengths) == 4)) and len(set(codes)) * 2 > len(codes)


def bare_code(cell: str) -> str:
    """A code as text: half-width, without blanks, and without the .0 of a number's cell."""
    return fold(cell).text.removesuffix(".0") if len(cell) <= GREATEST_CELL else cell
