"""Desks on disk and rosters for tests: many made-up applicants, told apart by their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import make
from degreecheck import form_file
from degreecheck.desk.roster import Row
from degreecheck.form import Form
from degreecheck.idnumbers.resident_id import check_character

NAMES = ("林小满", "何清越", "欧阳知秋", "江云舟", "谯若溪", "冉星河", "覃望舒", "陶既白")


def id_number(index: int) -> str:
    """A made-up woman's ID number, another for each index, check digit right."""
    seventeen = f"50010519950812{(index * 2) % 1000:03d}"
    return seventeen + check_character(seventeen)


def exam_number(index: int) -> str:
    """A 准考证号, another for each index."""
    return f"0105172{index:05d}"


def certificate_number(index: int) -> str:
    """A CET-4 report number, another for each index."""
    return f"1711500101{index:05d}"


def form(index: int = 0, changes: Mapping[str, object] | None = None) -> Form:
    """The perfect applicant under another name and numbers; ``changes`` as for make.changed."""
    own = {
        "personal.name": NAMES[index % len(NAMES)],
        "personal.id_number": id_number(index),
        "personal.exam_number": exam_number(index),
        "language.certificate_number": certificate_number(index),
        "materials": {},
    }
    return make.changed(make.perfect_form(), {**own, **(changes or {})})


def applicant(folder: Path, index: int = 0, changes: Mapping[str, object] | None = None) -> Path:
    """A folder with a form and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    form_file.save(form(index, changes), folder / "application.json")
    return folder


def tree(root: Path, *files: str) -> Path:
    """Files of these names, a line each; a name that ends in a slash makes an empty folder."""
    root.mkdir(parents=True, exist_ok=True)
    for name in files:
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x\n", encoding="utf-8")
    return root


def values(index: int, **changes: str) -> dict[str, str]:
    """A roster row's fields for the applicant of this index; the changes by the last part of a field's name."""
    row = {
        "personal.name": NAMES[index % len(NAMES)],
        "personal.id_number": id_number(index),
        "personal.exam_number": exam_number(index),
    }
    by_last_part = {path.rpartition(".")[2]: path for path in row}
    for name, value in changes.items():
        row[by_last_part.get(name, name.replace("__", "."))] = value
    return {path: value for path, value in row.items() if value}


def row(index: int, number: int = 0, **changes: str) -> Row:
    """A roster row; its number in the sheet follows the index, below a header."""
    return Row(number or index + 2, values(index, **changes))


def workbook(path: Path, rows: Sequence[Sequence[Any]], **sheets: Sequence[Sequence[Any]]) -> Path:
    """An .xlsx file of these rows; further sheets by name."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in rows:
        sheet.append(list(cells))
    for name, more in sheets.items():
        extra = book.create_sheet(name)
        for cells in more:
            extra.append(list(cells))
    book.save(path)
    return path


HEADER = ("姓名", "身份证号", "准考证号", "证书编号", "外语条件")


def roster(path: Path, *indexes: int) -> Path:
    """A roster of these applicants as a workbook."""
    rows = [(NAMES[i % len(NAMES)], id_number(i), exam_number(i), certificate_number(i), "四级") for i in indexes]
    return workbook(path, [HEADER, *rows])
