"""The course records as a table, against small pictures of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from degreecheck import text
from degreecheck.form import CourseRecord, Courses, Form, SetAside, with_value
from degreecheck.gui.course_model import LEFT_OUT_ROLE, STATE_ROLE, CourseModel, place_of
from degreecheck.gui.course_rows import KEYS, Row
from degreecheck.gui.session import Session
from make import perfect_form, record

Shown = Callable[..., CourseModel]

_RECORDS = (
    record("英语（二）", "66", code="00015", passed_on="2018-04"),
    record("大学语文", "免考", code="04729", kind="exempt"),
    record("毕业论文", "86", code="07999", passed_on="2024-05-30", is_thesis=True),
)
_PICTURE = """
00015 英语（二） 66 2018-04 ☐ —
04729 大学语文 免考 · ☐ 免考
07999 毕业论文 86 2024-05-30 ☑ —
"""


def picture(model: QAbstractItemModel) -> str:
    """The model as text: a line for each row, a dot for a blank cell."""
    lines = []
    for row in range(model.rowCount()):
        cells = []
        for column in range(model.columnCount()):
            index = model.index(row, column)
            tick = index.data(Qt.ItemDataRole.CheckStateRole)
            shown = "" if tick is None else "☑" if Qt.CheckState(tick) == Qt.CheckState.Checked else "☐"
            cells.append(f"{shown}{index.data() or ''}" or "·")
        lines.append(" ".join(cells))
    return "\n".join(lines)


@pytest.fixture
def shown(qtbot: QtBot, opened: Callable[..., Session]) -> Shown:
    """The model of a form's records, watched for mistakes of its own."""

    def make(*records: CourseRecord, form: Form | None = None) -> CourseModel:
        form = form or Form(courses=Courses(records=records))
        session = opened(form)
        model = CourseModel(session, text.load("zh"), session)
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, session)
        return model

    return make


def session_of(model: CourseModel) -> Session:
    parent = model.parent()
    assert isinstance(parent, Session)
    return parent


def test_a_row_for_each_record_and_a_column_for_each_field(shown: Shown) -> None:
    model = shown(*_RECORDS)
    assert picture(model) == _PICTURE.strip()
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(len(KEYS))]
    assert heads == ["课程代码", "课程名称", "成绩", "合格时间", "论文", "免考"]
    assert [model.headerData(row, Qt.Orientation.Vertical) for row in range(3)] == ["1", "2", "3"]


def test_every_change_is_one_step_to_undo(shown: Shown) -> None:
    model = shown(*_RECORDS)
    session = session_of(model)
    changes: list[Callable[[], object]] = [
        lambda: model.setData(model.index(0, 2), "90"),
        lambda: model.setData(model.index(0, 3), "2019.10"),
        lambda: model.setData(model.index(1, 5), "transferred"),
        lambda: model.setData(model.index(2, 4), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole),
        lambda: model.insert(1, [Row(record("政治经济学", "71")), Row()]),
        lambda: model.remove([0, 3]),
        lambda: model.move([2], -1),
        lambda: model.sort_by(1, descending=True),
        lambda: model.clear_cells([(0, 0), (0, 1), (0, 4), (0, 5)]),
        lambda: model.set_rows([]),
    ]
    pictures = [picture(model)]
    for change in changes:
        change()
        pictures.append(picture(model))
    assert len(set(pictures)) == len(pictures)
    assert pictures[-1] == ""
    for before in reversed(pictures[:-1]):
        session.undo()
        assert picture(model) == before
    assert not session.can_undo
    for after in pictures[1:]:
        session.redo()
        assert picture(model) == after


def test_typing_what_stands_there_changes_nothing(shown: Shown) -> None:
    model = shown(*_RECORDS)
    assert not model.setData(model.index(0, 2), "66")
    assert not model.setData(QModelIndex(), "66")
    assert not session_of(model).can_undo


def test_what_is_selected_elsewhere_stays_where_it_is_when_rows_come_and_go(shown: Shown) -> None:
    model = shown(*_RECORDS)
    last = QPersistentModelIndex(model.index(2, 1))
    model.insert(0, [Row(), Row()])
    assert (last.row(), last.data()) == (4, "毕业论文")
    model.remove([1, 2])
    assert last.row() == 2
    session_of(model).undo()
    assert last.row() == 4


def test_a_cell_with_a_finding_is_marked_and_says_why(shown: Shown) -> None:
    form = perfect_form()
    records = list(form.courses.records)
    records[3] = records[3].model_copy(update={"score": "172"})
    records[5] = records[5].model_copy(update={"score": "58"})
    model = shown(form=with_value(form, "courses.records", tuple(records)))
    assert model.index(3, 2).data(STATE_ROLE) == "error"
    assert model.index(5, 2).data(STATE_ROLE) == "question"
    assert model.index(4, 2).data(STATE_ROLE) == ""
    assert "172" in model.index(3, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(3, 2).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "第 4 行，成绩：172" in model.index(3, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    session = session_of(model)
    session.answer(model.findings_at(5, 2)[0])
    assert model.index(5, 2).data(STATE_ROLE) == "ok"
    model.setData(model.index(3, 2), "72")
    assert model.index(3, 2).data(STATE_ROLE) == ""


def test_a_score_that_does_not_count_says_so(shown: Shown) -> None:
    model = shown(*_RECORDS)
    assert [model.index(row, 2).data(LEFT_OUT_ROLE) for row in range(3)] == ["", "exempt", "thesis"]
    assert "不计入平均成绩" in model.index(2, 2).data(Qt.ItemDataRole.ToolTipRole)


def test_markup_in_a_name_is_shown_as_it_stands(shown: Shown) -> None:
    model = shown(record("<img src=x> & more", "80"))
    assert "&lt;img" in model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)


def test_what_was_set_aside_is_shown_in_its_cell(shown: Shown) -> None:
    aside = SetAside(field="courses.records[0].passed_on", value="去年")
    form = Form(courses=Courses(records=(record("英语（二）", "66"), *_RECORDS[1:]))).model_copy(
        update={"set_aside": (aside,)}
    )
    model = shown(form=form)
    assert model.index(0, 3).data() == "去年"
    assert model.index(0, 3).data(STATE_ROLE) == "question"
    model.move([0], 1)
    assert model.index(1, 3).data() == "去年"
    model.setData(model.index(1, 3), "2018-04")
    assert session_of(model).form.set_aside == ()


def test_any_text_is_taken_as_a_score(shown: Shown) -> None:
    model = shown(*_RECORDS)
    for column in (0, 1, 2, 3):
        model.setData(model.index(0, column), "字" * 200)
        assert model.index(0, column).data() == "字" * 200


def test_five_hundred_rows_follow_a_change_at_the_end(shown: Shown) -> None:
    model = shown(*(record(f"课程{number}", "80", code=f"{number:05d}") for number in range(500)))
    model.setData(model.index(499, 2), "81")
    model.remove([0])
    assert model.rowCount() == 499
    assert model.index(498, 2).data() == "81"


def test_places_of_fields() -> None:
    assert place_of("courses.records[3].score") == (3, 2)
    assert place_of("courses.records[12]") == (12, 1)
    assert place_of("courses.records[0].no_such") == (0, 1)
    assert place_of("courses.records") is None
    assert place_of("courses.average_score") is None
