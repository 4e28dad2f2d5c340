"""What a score cell says: a number, a mark such as 优 or 免考, nothing, or something else; and how marks are counted.

Everything here takes the text a person typed or pasted and never raises on it. Numbers are decimal.Decimal, made from
the digits as they are written; no binary float is ever involved, because 78.345 has none and would be rounded the wrong
way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

ScoreKind = Literal["number", "out_of_range", "mark", "unknown", "blank"]
NonNumeric = Literal["exclude", "ask"] | Mapping[str, Decimal]
"""A pack's `non_numeric`: leave such rows out, ask the person, or a mapping from mark to number (0-100)."""

LOWEST = Decimal(0)
HIGHEST = Decimal(100)
PASS = Decimal(60)
"""The pass mark of self-study and adult education courses, of 100."""

_LONGEST_TEXT = 64
_SHOWN_OF_LONG_TEXT = 24
_LONGEST_NAME = 100

# Full-width forms, the dashes that stand for minus, the full stop of a Chinese keyboard; zero-width characters vanish.
_FOLD = (
    {0xFF01 + step: 0x21 + step for step in range(94)}
    | dict.fromkeys(map(ord, "‐‑‒–—―−"), ord("-"))
    | {ord("。"): ord("."), ord("｡"): ord(".")}
    | dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF), None)
)

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]*)?(?=分?\Z)")
_TWO_NUMBERS = re.compile(r"[0-9.]\s+[0-9.]")
_NO_SCORE = re.compile(r"[-/]*|无|暂无")

EXEMPTION = "免考"
_MARK_NAMES: dict[str, tuple[str, ...]] = {
    "优": ("优", "优秀"),
    "良": ("良", "良好"),
    "中": ("中", "中等"),
    "及格": ("及格",),
    "合格": ("合格", "通过", "考核合格", "考核通过", "已通过"),
    "补考合格": ("补考合格",),
    EXEMPTION: ("免考", "免", "免修", "免试", "已免考"),
    "转考": ("转考", "转入", "顶替"),
    "不及格": ("不及格",),
    "不合格": ("不合格", "未通过", "不通过"),
    "缺考": ("缺考", "旷考", "缓考"),
    "违纪": ("违纪", "作弊", "取消"),
}
_MARK_OF = {written: mark for mark, names in _MARK_NAMES.items() for written in names}
MARKS = frozenset(_MARK_NAMES)
"""The marks that are recognised, each by the shorter of its names (优 stands for 优 and 优秀)."""
FAILED_MARKS = frozenset({"不及格", "不合格", "缺考", "违纪"})


@dataclass(frozen=True, slots=True)
class Score:
    """One score cell as read.

    `text` is the folded text, at most 64 characters (longer input: its first 24 and an ellipsis). `value` is set for
    "number" (0-100) and "out_of_range"; `mark` names the mark for "mark", and repeats `text`, Latin letters
    in capitals, for "unknown".
    """

    kind: ScoreKind
    text: str = ""
    value: Decimal | None = None
    mark: str = ""

    @property
    def failed(self) -> bool:
        """A number below 60, or a mark that says the course was not passed."""
        return self.mark in FAILED_MARKS or (self.kind == "number" and self.value is not None and self.value < PASS)


def parse_score(text: str) -> Score:
    """Reads a score and never raises: full-width digits, blanks, a trailing 分 and 。 for the point are forgiven.

    Exponents, NaN, Infinity, signs before a zero, percentages, two numbers in one cell and words outside the table are
    "unknown"; numbers below 0 or above 100 are "out_of_range"; a dash or slash alone is "blank", as transcripts print.
    """
    text = text.strip()
    if len(text) > _LONGEST_TEXT:
        cut = text[:_SHOWN_OF_LONG_TEXT] + "…"
        return Score("unknown", cut, mark=cut)
    return _parse(text)


@lru_cache(maxsize=4096)
def _parse(text: str) -> Score:
    folded = text.translate(_FOLD)
    joined = "".join(folded.split())
    if _NO_SCORE.fullmatch(joined):
        return Score("blank")
    number = _NUMBER.match(joined)
    if number is None or _TWO_NUMBERS.search(folded):
        mark = _MARK_OF.get(joined)
        # Grades in letters are one mark, however they are written: the text stays as it is.
        other = joined.upper() if joined.isascii() else joined
        return Score("unknown", joined, mark=other) if mark is None else Score("mark", joined, mark=mark)
    value = Decimal(number[0])
    if value.is_signed() and value.is_zero():
        return Score("unknown", joined, mark=joined)
    return Score("number" if LOWEST <= value <= HIGHEST else "out_of_range", joined, value)


@dataclass(frozen=True, slots=True)
class MarkPolicy:
    """How rows with marks are counted: `values` has a number (0-100) per mark, `left_out` the marks that never count.

    A mark in neither is not settled by the policy: its row is left out of the sum, and `covers` is false. `name` is an
    identifier, not a text for people: "left_out", "pack", or a school whose published scale it is.
    """

    name: str
    values: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    left_out: frozenset[str] = frozenset()

    def value(self, score: Score) -> Decimal | None:
        """The number that this policy gives a mark (the word as written before the mark it stands for), or None."""
        exact = self.values.get(score.text)
        return self.values.get(score.mark) if exact is None else exact

    def covers(self, score: Score) -> bool:
        """Whether the policy settles this mark, by a number or by leaving it out."""
        return score.mark in self.left_out or self.value(score) is not None


def mark_policy(name: str, values: Mapping[str, object], left_out: frozenset[str] = frozenset()) -> MarkPolicy:
    """A policy from a mapping such as {"优秀": 95}; a mark's other names (优) mean the same unless they are given too.

    Numbers may be Decimal, int or text. ValueError for a number outside 0-100, text that is none, or a word that is
    blank or a number itself; TypeError for anything else, a float too: its digits are not those that were written.
    """
    folded: dict[str, Decimal] = {}
    for word, number in values.items():
        if isinstance(number, bool) or not isinstance(number, Decimal | int | str):
            raise TypeError(f"{word}: {number!r} is neither a Decimal, an int nor text")
        value = parse_score(number).value if isinstance(number, str) else Decimal(number)
        if value is None or not value.is_finite() or not LOWEST <= value <= HIGHEST:
            raise ValueError(f"{word}: {number!r} is not a number from 0 to 100")
        mark = parse_score(word)
        if mark.kind not in ("mark", "unknown"):
            raise ValueError(f"{word!r} is no mark")
        folded.setdefault(mark.mark, value)
        folded[mark.text] = value
    return MarkPolicy(name, MappingProxyType(folded), left_out)


LEFT_OUT = MarkPolicy("left_out", left_out=MARKS)

# Scales that other universities have published; what a school that publishes none may do (domain facts, "Averages").
PUBLISHED_SCALES = (
    mark_policy("sdu", {"优": 95, "良": 85, "中": 75, "及格": 65}, frozenset({EXEMPTION})),  # 山东大学
    mark_policy("csust", {"优": 95, "良": 85, "中": 75, "免考": 75, "及格": 60}),  # 长沙理工大学
    mark_policy("cqut", {"免考": 60}),  # 重庆理工大学: exempt by certificate
    mark_policy("cdu", {"补考合格": 60}),  # 成都大学
)


def mark_policies(non_numeric: NonNumeric) -> tuple[MarkPolicy, ...]:
    """The policies in play: one where the pack settles it, for "ask" leaving out and every published scale.

    Raises what `mark_policy` raises for a mapping that is none.
    """
    if isinstance(non_numeric, str):
        return (LEFT_OUT,) if non_numeric == "exclude" else (LEFT_OUT, *PUBLISHED_SCALES)
    return (mark_policy("pack", non_numeric),)


# 毕业设计(论文), 毕业综合考核, 毕业实习与论文, 学士学位论文, and 论文 alone are the thesis.
# 毕业生… and 毕业班… only begin alike.
_THESIS = re.compile(
    r"毕业(?!生(?!产)|班)(?:.{0,6}?(?:论文|(?<!课程)设计|答辩)|(?:综合|总)?考核)"
    r"|(?:学位|学士)论文|\A(?:本科)?论文(?:答辩)?\Z"
)
# 论文写作 teaches how to write one and counts in the average; 毕业论文写作 is one or the other, by the school.
_ABOUT_WRITING = re.compile(r"写作|指导|选题|开题|检索|方法|导论|概论|基础|规范|技巧")
_KNOWN_COURSE = re.compile(r"(?:学年|课程)论文|毕业生(?!产)|毕业班|毕业(?:生产)?(?:实习|实训|教育|鉴定)(?:报告)?\Z")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def fold_name(name: str) -> str:
    """A course name or code for comparing: no blanks, half-width, one case."""
    return _fold_name(name) if len(name) <= _LONGEST_NAME else name


@lru_cache(maxsize=4096)
def _fold_name(name: str) -> str:
    return "".join(name.translate(_FOLD).split()).casefold()


def thesis_name(name: str) -> Literal["thesis", "unclear", "course"]:
    """Whether a course of this name is the graduation thesis (M10, M11).

    "unclear" for names that speak of graduation or a paper and are neither the thesis nor a known course, such as
    毕业综合实践: the row is counted, and nothing that hangs on it is certain. Names of over 100 characters are courses.
    """
    return "course" if len(name) > _LONGEST_NAME else _thesis_name(_fold_name(name))


@lru_cache(maxsize=4096)
def _thesis_name(folded: str) -> Literal["thesis", "unclear", "course"]:
    head = _IN_BRACKETS.sub("", folded)
    if any(_THESIS.search(part) and not _ABOUT_WRITING.search(part) for part in (head, folded)):
        return "thesis"
    if _KNOWN_COURSE.search(head):
        return "course"
    if "毕业" in folded or ("论文" in folded and not _ABOUT_WRITING.search(folded)):
        return "unclear"
    return "course"
