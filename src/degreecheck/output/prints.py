"""What is printed on paper: photo sheet, labels for the photo's back, mailing slip, the A4 sheet for 学位外语.

    photo_sheet_job(photo, pack, texts, paper="six_inch" | "a4", kind="pdf" | "jpeg", not_passed=…) -> Job
    back_label_job(form, pack, texts, not_passed=…) -> Job
    mailing_job(form, pack, texts, not_passed=…) -> Job | None          None: this school's pack knows no address
    degree_exam_sheet_job(form, kind="pdf" | "jpeg") -> Job

Jobs are for pdf_process.make. ``not_passed`` marks a sheet 未通过预检, outside what is cut out. The sheet for
学位外语 is uploaded like the scans and the photo, and like them carries no mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from degreecheck import text
from degreecheck.form import Form
from degreecheck.idnumbers import resident_id
from degreecheck.output.pdf_job import (
    A4,
    ACCENT,
    BODY,
    INK,
    LARGE,
    QUIET,
    RULE_LINE,
    SMALL,
    WRONG,
    Align,
    Block,
    Cell,
    Flow,
    Frame,
    Item,
    Job,
    Line,
    Paragraph,
    Picture,
    Text,
    one_line,
)
from degreecheck.pack import Mailing, Pack
from degreecheck.text import Texts

Paper = Literal["six_inch", "a4"]
_PAPERS: dict[Paper, tuple[float, float]] = {"six_inch": (101.6, 152.4), "a4": A4}  # 4 x 6 inches
_MOST_ROWS: dict[Paper, int] = {"six_inch": 9, "a4": 2}  # the rest of an A4 sheet stays whole, for another time
_EDGE = 8.0  # mm that printers and borderless printing may take away
_GAP = 4.0  # mm between photos, for the marks
_STRIP = 32.0  # mm below the photos, for the ruler and its sentence
_MARK, _MARK_AWAY = 2.4, 0.7  # mm: a cut mark's length, and its distance from the photo
_PHOTO_PRINT_DPI = 300
_LABEL_COLUMNS, _LABEL_ROWS = 4, 2
_LONGEST, _MOST_LINES = 240, 8  # characters of a value; remarks of a pack
_LEFT, _RIGHT = 20.0, 190.0  # of what is printed on A4


def photo_sheet_job(
    photo: Path, pack: Pack, texts: Texts, *, paper: Paper, kind: Literal["pdf", "jpeg"] = "pdf",
    not_passed: bool = False,
) -> Job:  # fmt: skip
    """The exported photo several times at true size, with cut marks and a line to measure.

    ``photo``: the file of the bundle itself. The exporting worker has re-encoded it, so it may be opened by Qt.
    """
    page_width, page_height = _PAPERS[paper]
    width, height = float(pack.photo.width_mm), float(pack.photo.height_mm)
    columns, rows = grid(paper, width, height)
    left = (page_width - columns * width - (columns - 1) * _GAP) / 2
    # On the small sheet the strip goes with the photos into the middle; on A4 all stands at the top.
    used = rows * height + (rows - 1) * _GAP + _STRIP
    top = max(_EDGE, (page_height - used) / 2) if paper == "six_inch" else 16.0
    items: list[Item] = []
    for row in range(rows):
        for column in range(columns):
            x, y = left + column * (width + _GAP), top + row * (height + _GAP)
            items.append(Picture(str(photo.absolute()), x, y, width, height))
            items += cut_marks(x, y, width, height)
    below = top + rows * (height + _GAP)
    items += _ruler(page_width, below + 2, width, texts)
    items.append(
        Text(_EDGE, below + 12, page_width - 2 * _EDGE, 14,
             texts.get("prints.true_size", width=_mm(width), height=_mm(height)), SMALL, QUIET, align="center")
    )  # fmt: skip
    if not_passed:
        items.append(_mark(texts, page_width / 2, below + 23, "center"))
    return Job(texts.get("prints.photo_sheet"), page_width, page_height, (tuple(items),), kind=kind,
               dpi=_PHOTO_PRINT_DPI)  # fmt: skip


def grid(paper: Paper, width: float, height: float) -> tuple[int, int]:
    """How many photos of this size (mm) stand side by side and below each other on a paper; at least one."""
    page_width, page_height = _PAPERS[paper]
    columns = int((page_width - 2 * _EDGE + _GAP) / (width + _GAP))
    rows = int((page_height - 2 * _EDGE - _STRIP + _GAP) / (height + _GAP))
    return max(1, columns), max(1, min(rows, _MOST_ROWS[paper]))


def cut_marks(x: float, y: float, width: float, height: float) -> Iterator[Line]:
    """Two short lines at each corner of a rectangle, outside it."""
    for corner_x, outwards_x in ((x, -1), (x + width, 1)):
        for corner_y, outwards_y in ((y, -1), (y + height, 1)):
            near_x, far_x = corner_x + outwards_x * _MARK_AWAY, corner_x + outwards_x * (_MARK_AWAY + _MARK)
            near_y, far_y = corner_y + outwards_y * _MARK_AWAY, corner_y + outwards_y * (_MARK_AWAY + _MARK)
            yield Line(near_x, corner_y, far_x, corner_y, 0.1, QUIET)
            yield Line(corner_x, near_y, corner_x, far_y, 0.1, QUIET)


def _ruler(page_width: float, y: float, length: float, texts: Texts) -> Iterator[Item]:
    left = (page_width - length) / 2
    yield Line(left, y, left + length, y, 0.2)
    for x in (left, left + length):
        yield Line(x, y - 1.5, x, y + 1.5, 0.2)
    label = texts.get("prints.ruler", length=_mm(length))
    yield Text(left - 20, y + 2, length + 40, 6, label, SMALL, INK, align="center")


def back_label_job(form: Form, pack: Pack, texts: Texts, *, not_passed: bool = False) -> Job:
    """Labels with major and name (M16), small enough for the photo's back, to be cut out and glued on."""
    width, height = float(pack.photo.width_mm) - 3, min(24.0, float(pack.photo.height_mm) - 6)
    page_width, page_height = A4
    left = (page_width - _LABEL_COLUMNS * (width + 8) + 8) / 2
    items: list[Item] = list(_title(texts.get("prints.back_label"), texts.get("prints.back_label_how")))
    for row in range(_LABEL_ROWS):
        for column in range(_LABEL_COLUMNS):
            items += _label(form, left + column * (width + 8), 52 + row * (height + 8), width, height)
    if not_passed:
        items.append(_mark(texts, _RIGHT, 16, "right"))
    return Job(texts.get("prints.back_label"), page_width, page_height, (tuple(items),))


def _label(form: Form, x: float, y: float, width: float, height: float) -> Iterator[Item]:
    # What is written on the photo is read by the school: in Chinese, whatever the program's language.
    chinese = text.load("zh")
    half = height / 2
    yield Frame(x, y, width, height, stroke=QUIET, line_width=0.15, dashed=True)
    for top, field, value, size, least in (
        (y, "courses.major", form.courses.major, 11.0, 4.5), (y + half, "personal.name", form.personal.name, 13.0, 4.5),
    ):  # fmt: skip
        label = chinese.get("prints.major") if field == "courses.major" else chinese.word("field", field)
        yield Text(x + 1.5, top, 7.5, half, label, 7.0, QUIET, middle=True)
        shown = one_line(value, _LONGEST)
        if shown:
            yield Text(x + 9, top + 0.5, width - 10.5, half - 1, shown, size, middle=True, least=least)
        else:
            yield Line(x + 9, top + half * 0.72, x + width - 2, top + half * 0.72, 0.15, QUIET)


def mailing_job(form: Form, pack: Pack, texts: Texts, *, not_passed: bool = False) -> Job | None:
    """Where the paper photo is sent, how, when (M16: both of the manual's sentences) and what goes in."""
    mailing = pack.mailing
    if mailing is None:
        return None
    items = list(_title(texts.get("prints.mailing"), mailing.carrier.in_language(texts.language), 13.0))
    items += _recipient(mailing, texts)
    items += _sender(form, texts)
    marks = (_mark(texts, _RIGHT, 16, "right"),) if not_passed else ()
    blocks = []
    for heading, lines in _mailing_notes(form, pack, mailing, texts):
        said = tuple(Paragraph(one_line(line, _LONGEST), before=1) for line in lines[:_MOST_LINES])
        blocks.append(Block((Cell(0, 170, (Paragraph(heading, strong=True), *said)),), before=6))
    # The addresses are the sheet's purpose: more remarks than fit below them run onto another page.
    flow = Flow(
        x=_LEFT, width=_RIGHT - _LEFT, top=176, top_later=28, bottom=280, greatest_pages=1, blocks=tuple(blocks),
        drafts=(tuple(range(len(blocks))),), on_first=tuple(items), on_every=marks,
    )  # fmt: skip
    return Job(texts.get("prints.mailing"), *A4, flow=flow)


def _recipient(mailing: Mailing, texts: Texts) -> Iterator[Item]:
    yield Frame(_LEFT, 46, 170, 62, stroke=QUIET, line_width=0.2, dashed=True)
    rows = (
        ("recipient", f"{mailing.recipient}　{mailing.department}", 11.0),
        ("phone", mailing.phone, 11.0),
        ("address", mailing.address, 22.0),
    )
    for place, (name, value, height) in enumerate(rows):
        y = 52 + place * 16.0
        yield Text(26, y + 1.2, 24, 9.6, texts.get(f"prints.{name}"), BODY, QUIET, middle=True)
        yield Text(50, y, 134, height, one_line(value, _LONGEST), LARGE, least=9)


def _sender(form: Form, texts: Texts) -> Iterator[Item]:
    yield Frame(_LEFT, 116, 170, 50, stroke=QUIET, line_width=0.2, dashed=True)
    rows = (("sender", form.personal.name), ("phone", form.personal.mobile), ("address", ""))
    for place, (name, value) in enumerate(rows):
        y = 121 + place * 14.0
        yield Text(26, y, 24, 9.6, texts.get(f"prints.{name}"), BODY, QUIET, middle=True)
        shown = one_line(value, _LONGEST)
        if shown:
            yield Text(50, y, 134, 9.6, shown, 13.0, middle=True, least=7)
        else:
            yield Line(50, y + 8.6, 184, y + 8.6, 0.2, QUIET)


def _mailing_notes(form: Form, pack: Pack, mailing: Mailing, texts: Texts) -> Iterator[tuple[str, list[str]]]:
    yield texts.get("prints.when"), [texts.get("prints.when_in_review"), texts.get("prints.when_passed")]
    yield texts.get("prints.inside"), [texts.get("prints.inside_photo")]
    lines = [remark.in_language(texts.language) for remark in mailing.remarks]
    contact = pack.contact_for(form.applicant_type)
    if contact is not None:
        lines.append(texts.get("prints.contact", name=contact.name, phone=contact.phone))
    if lines:
        yield texts.get("prints.mind"), lines


def degree_exam_sheet_job(form: Form, *, kind: Literal["pdf", "jpeg"] = "pdf") -> Job:
    """A blank A4 sheet with name, ID number and the 学位外语 number (M22), in Chinese: the school reads it.

    A value that is missing leaves a line to write on. Whether the office wants the sheet written by hand is a question
    for the person, so it stands in the program (prints.degree_exam_question) and not on the sheet.
    """
    chinese = text.load("zh")
    values = (
        (chinese.word("field", "personal.name"), form.personal.name),
        (chinese.word("field", "personal.id_number"), resident_id.compact(form.personal.id_number)),
        (chinese.get("prints.degree_exam_number"), form.language.certificate_number),
    )
    items: list[Item] = []
    for place, (label, value) in enumerate(values):
        y = 60 + place * 22.0
        items.append(Text(25, y, 52, 16, f"{label}：", LARGE, middle=True))
        shown = one_line(value, _LONGEST)
        if shown:
            items.append(Text(77, y, 110, 16, shown, LARGE, middle=True, least=9))
        else:
            items.append(Line(77, y + 13, 187, y + 13, 0.25))
    return Job(chinese.get("prints.degree_exam_sheet"), *A4, (tuple(items),), kind=kind)


def _title(title: str, below: str, size: float = BODY) -> Iterator[Item]:
    yield Text(_LEFT, 16, 118, 11, title, LARGE, strong=True)
    yield Text(_LEFT, 29, _RIGHT - _LEFT, 11, below, size, ACCENT, strong=size > BODY)
    yield Line(_LEFT, 42, _RIGHT, 42, 0.2, RULE_LINE)


def _mark(texts: Texts, x: float, y: float, align: Align) -> Text:
    """未通过预检, ending at x or with its middle there."""
    left = x - 54 if align == "right" else x - 27
    return Text(left, y, 54, 6, texts.get("prints.not_passed"), BODY, WRONG, strong=True, align=align)


def _mm(length: float) -> str:
    return f"{length:g}"
