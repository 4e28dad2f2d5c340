"""Course records from the cells of a table that was pasted or imported. Nothing is judged, no row is lost silently.

Columns are recognised by their headers, or without any by what stands in them; a transcript printed in two halves has
two groups of columns side by side ("blocks"). Every row of every block becomes a record or is dropped with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, NamedTuple

from degreecheck.course_columns import (
    OTHER,
    Kind,
    bare_code,
    fold_header,
    is_unclear_date,
    kind_of_header,
    kinds_by_content,
    looks_like,
    lost_zeros,
    rank_of_header,
    read_date,
    read_kind,
)
from degreecheck.form import CourseRecord
from degreecheck.idnumbers.fold import fold_code
from degreecheck.pasted_text import split_pasted
from degreecheck.score_marks import parse_score, thesis_name

__all__ = ["Column", "CoursesFound", "Dropped", "Mended", "Place", "read_rows", "split_pasted"]

MOST_RECORDS = 1_000  # a transcript has 60 rows at most
MOST_ROWS = 2_000  # further rows are not looked at, nor columns
MOST_COLUMNS = 60
_SAMPLE = 300  # rows that say what a column holds
_CODE_DIGITS = 5  # of self-study's course codes
_SHOWN = 80

WhyDropped = Literal["blank", "header", "above_header", "total", "note", "person", "no_course", "too_many_rows"]
MendedKind = Literal["zeros_restored", "date_unclear", "date_unread", "months_only"]

_TOTALS = re.compile(
    r"(?:总|课程|各科|全部|学位课程?|加权)*(?:平均(?:成绩|分)|平均学分绩点|均分)|(?:学分|成绩|分数)?(?:合计|总计|小计)|总(?:学分|分数?|成绩)|"
    r"(?:共|合计)\d+(?:门|学分)|(?:合格|已通过|通过)(?:课程)?门数|average|total"
)
_NOTES = re.compile(
    r"(?:以下|下面)(?:为)?(?:空白|无正文|无内容)|空白|(?:以上|本页).{0,20}|第\d+页.{0,12}|共\d+页|-*\d+/\d+-*|此成绩.{0,40}|"
    r".{0,20}(?:成绩单|成绩表|成绩证明|考籍档案|课程成绩|考籍表)|"
    r"(?:注|备注|说明|附注|备考|论文题目|毕业论文题目|毕业设计题目|制表人?|打印(?:人|时间|日期)|经办人?|审核人?|填表人?|负责人?|盖章|公章|"
    r"日期|考试机构|主考院校|查询时间)(?:[:].*)?|[(]?(?:盖章|公章|章)[)]?|.{0,30}[(](?:盖章|公章|签章)[)]"
)
_PERSON = re.compile(
    r"(?:考生)?(?:姓名|性别|民族|准考证号?码?|身份证号?码?|证件号码?|学号|考籍号|出生(?:日期|年月)|籍贯|专业(?:名称|代码|层次)?|层次|"
    r"主考(?:学校|院校)|毕业(?:时间|日期|证书?(?:编号|号码?)?)|学历|学校|院校|入学(?:时间|日期)|学习形式|联系电话|手机)(?:[:].*)?"
)


@dataclass(frozen=True)
class Column:
    """A column that was recognised: its index from 0, what it holds, its header (blank without one), its block."""

    index: int
    kind: Kind
    header: str
    block: int = 0


class Place(NamedTuple):
    """Where a record came from: the row of the table and the block in it, both from 0."""

    row: int
    block: int = 0


class Dropped(NamedTuple):
    """A row of a block that is no course: the text that stood there, cut, and why (a word of [dropped_row])."""

    row: int
    block: int
    text: str
    why: WhyDropped


class Mended(NamedTuple):
    """A cell that was read otherwise than written, or not at all; to be shown. `record` counts from 0.

    zeros_restored  a course code got back its leading zeros
    date_unclear    2019.1 may be January or, its zero lost in a spreadsheet, October: left blank
    date_unread     no date was seen in the date's cell: left blank
    months_only     all days were the first of a month, as spreadsheets write a month: the month alone is kept
    """

    record: int
    kind: MendedKind
    before: str
    after: str


@dataclass(frozen=True)
class CoursesFound:
    """The course records of a table. For each block, `places` and `dropped` name each row exactly once.

    `columns`: of the first header, or found by content (`header_row` None). `blocks`: groups of columns side by side.
    `thesis`: records marked as the thesis; `thesis_unclear`: those that may be it.
    """

    records: tuple[CourseRecord, ...] = ()
    places: tuple[Place, ...] = ()
    columns: tuple[Column, ...] = ()
    blocks: int = 1
    header_row: int | None = None
    dropped: tuple[Dropped, ...] = ()
    mended: tuple[Mended, ...] = ()
    thesis: tuple[int, ...] = ()
    thesis_unclear: tuple[int, ...] = ()


class _Block(NamedTuple):
    """A group of columns: where it starts, where it ends (exclusive), and which column holds what."""

    start: int
    end: int
    at: dict[Kind, int]


def read_rows(rows: Sequence[Sequence[str]], kinds: Mapping[int, Kind | None] | None = None) -> CoursesFound:
    """The course records in a table's rows of text cells. Never raises.

    ``kinds``: what the columns hold by their index, from 0, where a person has said so; nothing is recognised then, and
    columns that are not in it are left out.
    """
    table = [[cell.strip() for cell in row[:MOST_COLUMNS]] for row in rows[:MOST_ROWS]]
    width = max(map(len, table), default=0)
    headers = {index: blocks for index, row in enumerate(table) if (blocks := _blocks_of_header(row, width))}
    header_row = min(headers, default=None)
    if kinds is not None:
        names = table[header_row] if header_row is not None else []
        said = _blocks([kinds.get(index) for index in range(width)], [*names, *[""] * (width - len(names))], width)
        headers = dict.fromkeys(headers, said)
        start = said
    else:
        start = headers[header_row] if header_row is not None else _blocks_by_content(table, width)
    columns = tuple(
        Column(index, kind, table[header_row][index] if header_row is not None else "", number)
        for number, block in enumerate(start)
        for kind, index in sorted(block.at.items(), key=lambda entry: entry[1])
    )
    most = max([len(start), *map(len, headers.values())])
    found: list[tuple[Place, _Cells]] = []
    dropped: list[Dropped] = []
    blocks = start
    for row, cells in enumerate(table):
        blocks = headers.get(row, blocks)
        for number in range(most):
            part = cells[blocks[number].start : blocks[number].end] if number < len(blocks) else []
            here = _Cells.of(cells, blocks[number]) if number < len(blocks) else _Cells()
            why = _why_dropped(here, part, row in headers, header_row is not None and row < header_row)
            if why is None and len(found) >= MOST_RECORDS:
                why = "too_many_rows"
            if why is None:
                found.append((Place(row, number), here))
            else:
                shown = " ".join(cell for cell in part if cell)[:_SHOWN]
                dropped.append(Dropped(row, number, shown, why))
    for row in range(MOST_ROWS, len(rows)):
        shown = " ".join(cell.strip() for cell in rows[row] if cell.strip())[:_SHOWN]
        dropped += [Dropped(row, number, "" if number else shown, "too_many_rows") for number in range(most)]
    found.sort(key=lambda entry: (entry[0].block, entry[0].row))  # a transcript in two halves is read down, then right
    records, mended = _records([cells for _, cells in found])
    return CoursesFound(
        records,
        tuple(place for place, _ in found),
        columns,
        most,
        header_row,
        tuple(dropped),
        mended,
        tuple(number for number, record in enumerate(records) if record.is_thesis),
        tuple(number for number, record in enumerate(records) if thesis_name(record.name) == "unclear"),
    )


# ------------------------------------------------------------------------------------------------------- columns


def _blocks_of_header(row: Sequence[str], width: int) -> tuple[_Block, ...]:
    """The blocks that a row announces, or none: a header names a course's code or name, and something else."""
    kinds = [kind_of_header(cell) if cell else None for cell in row]
    known = {kind for kind in kinds if kind is not None and kind != OTHER}
    filled = sum(bool(cell) for cell in row)
    if not known & {"code", "name"} or (len(known) < 2 and sum(kind is not None for kind in kinds) < filled):
        return ()
    if any(cell and kind is None and looks_like(cell) in ("code", "date", "number") for cell, kind in
           zip(row, kinds, strict=True)):  # fmt: skip
        return ()  # 00015 课程 80: a course that is called like a header
    return _blocks(kinds, row, width)


def _blocks_by_content(table: Sequence[Sequence[str]], width: int) -> tuple[_Block, ...]:
    bodies = [row for row in table[:_SAMPLE] if not _is_footer(row)]
    kinds = [kind if kind in ("code", "name", "score", "date", "kind") else None
             for kind in kinds_by_content(bodies, width)]  # fmt: skip
    if not {"code", "score"}.intersection(kinds):  # words alone may be anything
        return (_Block(0, max(width, 1), {}),)
    return _blocks(kinds, [""] * width, width)


def _is_footer(row: Sequence[str]) -> bool:
    first = next((cell for cell in row if cell), "")
    return bool(_total(first) or _note(first) or _person(first))


def _blocks(kinds: Sequence[str | None], headers: Sequence[str], width: int) -> tuple[_Block, ...]:
    """Cuts the columns where the group begins again: each group must name the same of code, name and score."""
    wanted = [(index, kind) for index, kind in enumerate(kinds) if kind is not None and kind != OTHER]
    groups: list[dict[str, list[int]]] = [{}]
    first = wanted[0][1] if wanted else ""
    for index, kind in wanted:
        if kind == first and groups[-1] and len(groups[-1]) > 1:
            groups.append({})
        groups[-1].setdefault(kind, []).append(index)
    core = [frozenset(group) & {"code", "name", "score"} for group in groups]
    if len(set(core)) > 1 or len(core[0]) < 2:
        groups = [{}]
        for index, kind in wanted:
            groups[0].setdefault(kind, []).append(index)
    starts = [0]
    lead = next((fold_header(header) for header in headers if header), "")
    for before, group in pairwise(groups):
        begins, ended = min(map(min, group.values())), max(map(max, before.values()))
        again = [at for at in range(ended + 1, begins) if lead and fold_header(headers[at]) == lead]
        starts.append(again[0] if again else begins)
    ends = [*starts[1:], max(width, 1)]
    return tuple(
        _Block(start, end, {kind: _best(kind, columns, headers) for kind, columns in group.items()})  # type: ignore[misc]
        for start, end, group in zip(starts, ends, groups, strict=True)
    )


def _best(kind: str, columns: Sequence[int], headers: Sequence[str]) -> int:
    return min(columns, key=lambda index: (rank_of_header(headers[index], kind), index))


# ---------------------------------------------------------------------------------------------------------- rows


@dataclass(frozen=True)
class _Cells:
    """A row's cells of one block, by what they hold."""

    code: str = ""
    name: str = ""
    score: str = ""
    date: str = ""
    kind: str = ""

    @classmethod
    def of(cls, row: Sequence[str], block: _Block) -> _Cells:
        return cls(**{kind: row[index] for kind, index in block.at.items() if index < len(row)})


def _why_dropped(here: _Cells, part: Sequence[str], header: bool, above: bool) -> WhyDropped | None:
    first = next((cell for cell in part if cell), "")
    if not first:
        return "blank"
    if header:
        return "header"
    if above:
        return "person" if _person(first) else "above_header"
    if not (here.name and looks_like(here.code) in ("code", "number")):  # else a course, whatever it is called
        for text in (first, here.name):
            if _total(text):
                return "total"
            if _note(text):
                return "note"
            if _person(text):
                return "person"
    if here.code or here.name:
        return None
    return None if here.score and parse_score(here.score).kind in ("number", "mark") else "no_course"


def _folded(text: str) -> str:
    return "".join(text[:200].split()).replace("：", ":").replace("（", "(").replace("）", ")").casefold()


def _total(text: str) -> bool:
    return bool(_TOTALS.match(_folded(text)))


def _note(text: str) -> bool:
    return bool(_NOTES.fullmatch(_folded(text))) or len(text) > 100


def _person(text: str) -> bool:
    return bool(_PERSON.fullmatch(_folded(text)))


def _records(rows: Sequence[_Cells]) -> tuple[tuple[CourseRecord, ...], tuple[Mended, ...]]:
    records: list[CourseRecord] = []
    mended: list[Mended] = []
    restore = lost_zeros([cells.code for cells in rows])
    for number, cells in enumerate(rows):
        code = fold_code(bare_code(cells.code) if restore else cells.code.removesuffix(".0")).text
        if restore and code and len(code) < _CODE_DIGITS:
            mended.append(Mended(number, "zeros_restored", cells.code, code.zfill(_CODE_DIGITS)))
            code = code.zfill(_CODE_DIGITS)
        day = read_date(cells.date, header=True)
        if cells.date and day is None and any(character.isdigit() for character in cells.date):
            kind: MendedKind = "date_unclear" if is_unclear_date(cells.date) else "date_unread"
            mended.append(Mended(number, kind, cells.date[:_SHOWN], ""))
        records.append(
            CourseRecord(
                code=code,
                name=" ".join(cells.name.split()),
                score=cells.score,
                passed_on=day,
                is_thesis=thesis_name(cells.name) == "thesis",
                kind=read_kind(cells.score) or read_kind(cells.kind),
            )
        )
    return _months(records, mended)


def _months(records: list[CourseRecord], mended: list[Mended]) -> tuple[tuple[CourseRecord, ...], tuple[Mended, ...]]:
    """The first of a month in every row is a month that a spreadsheet made a day of: exams are not held so."""
    days = [record.passed_on for record in records if record.passed_on is not None and record.passed_on.day]
    if not days or any(day.day != 1 for day in days):
        return tuple(records), tuple(mended)
    for number, record in enumerate(records):
        day = record.passed_on
        if day is not None and day.day:
            month = replace(day, day=0)
            records[number] = record.model_copy(update={"passed_on": month})
            mended.append(Mended(number, "months_only", str(day), str(month)))
    return tuple(records), tuple(mended)


def unused_columns(found: CoursesFound, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The headers of columns that were not taken over, so that the person sees what was left."""
    taken = {column.index for column in found.columns}
    if found.header_row is not None:
        for index, cell in enumerate(rows[found.header_row]):
            if index not in taken and cell.strip():
                yield cell.strip()
