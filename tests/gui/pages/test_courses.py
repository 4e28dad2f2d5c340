"""5.3 课程信息, used the way people use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from degreecheck import text
from degreecheck.form import Courses, Form, with_value
from degreecheck.gui.course_import import CourseImport
from degreecheck.gui.pages.courses import CoursesPage
from degreecheck.gui.places import Target, target_of
from degreecheck.gui.session import Session
from hands import drop
from make import AVERAGE, AVERAGE_WITH_THESIS, THESIS_ROW, perfect_form, perfect_records, record

Shown = Callable[..., CoursesPage]
_Mod = Qt.KeyboardModifier


@pytest.fixture
def shown(qtbot: QtBot, opened: Callable[..., Session]) -> Shown:
    """The page of an application, in a window that has the keyboard."""
    windows: list[QMainWindow] = []

    def make(form: Form | None = None, *, size: tuple[int, int] = (760, 700), language: str = "zh") -> CoursesPage:
        session = opened(form or Form())
        window = QMainWindow()
        windows.append(window)
        qtbot.addWidget(window)
        page = CoursesPage(session, text.load(language))
        window.setCentralWidget(page)
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
        return page

    return make


def pasted(form: Form | None = None) -> str:
    """The perfect form's courses as they are copied from the self-study system."""
    lines = ["课程代码\t课程名称\t成绩\t考试时间"]
    records = (form or perfect_form()).courses.records
    lines += [f"{row.code}\t{row.name}\t{row.score}\t{str(row.passed_on).replace('-', '年')}月" for row in records]
    return "\n".join([*lines, "平均成绩\t\t78.71"])


def dialog_of(page: CoursesPage) -> CourseImport:
    found = [dialog for dialog in page.findChildren(CourseImport) if dialog.isVisible()]
    assert len(found) == 1
    return found[0]


def records(page: CoursesPage) -> list[str]:
    return [entry.name for entry in page.session.form.courses.records]


def paste(qtbot: QtBot, page: CoursesPage, what: str) -> None:
    QGuiApplication.clipboard().setText(what)
    if page.model.rowCount():
        page.table.setFocus()
        qtbot.keyClick(page.table, Qt.Key.Key_V, _Mod.ControlModifier)
    else:
        qtbot.mouseClick(page.start_paste, Qt.MouseButton.LeftButton)


def test_twenty_courses_are_pasted_looked_at_and_counted(qtbot: QtBot, shown: Shown) -> None:
    page = shown()
    assert page.empty.isVisible()
    assert not page.table.isVisible()
    paste(qtbot, page, pasted())
    assert page.session.form.courses.records == ()
    dialog_of(page).take.click()
    *courses, thesis = perfect_records()
    assert page.session.form.courses.records == (*courses, thesis.model_copy(update={"is_thesis": True}))
    assert page.table.isVisible()
    assert "1567 ÷ 20 = 78.35" in page.worked.sum.text()
    page.worked.average.use.click()
    page.worked.thesis.use.click()
    assert page.session.form.courses.average_score == AVERAGE
    assert page.session.form.courses.thesis_score == "86"
    assert page.worked.average.mark.state == "ok"
    for _ in range(2):
        page.session.undo()
    assert page.session.form.courses.average_score == ""
    page.session.undo()
    assert page.session.form.courses.records == ()
    assert page.empty.isVisible()
    page.session.redo()
    assert len(page.session.form.courses.records) == 21


def test_escape_in_the_dialog_leaves_everything_as_it_was(qtbot: QtBot, shown: Shown) -> None:
    page = shown(perfect_form())
    before = page.session.form
    paste(qtbot, page, "00001\t甲\t80\n00002\t乙\t81")
    qtbot.keyClick(dialog_of(page), Qt.Key.Key_Escape)
    assert page.session.form is before


def test_several_rows_are_added_or_replace_what_is_there(qtbot: QtBot, shown: Shown) -> None:
    page = shown(Form(courses=Courses(records=(record("甲", "80", code="00001"), record("", "")))))
    paste(qtbot, page, "00002\t乙课程\t81\n00003\t丙课程\t82")
    dialog_of(page).take.click()
    assert records(page) == ["甲", "乙课程", "丙课程"]
    paste(qtbot, page, "00004\t丁课程\t81\n00005\t戊课程\t82")
    dialog = dialog_of(page)
    dialog.how.segments()[0].click()
    dialog.take.click()
    assert records(page) == ["丁课程", "戊课程"]
    page.session.undo()
    assert records(page) == ["甲", "乙课程", "丙课程"]


def test_a_cell_and_a_column_are_pasted_where_the_cursor_is(qtbot: QtBot, shown: Shown) -> None:
    page = shown(Form(courses=Courses(records=tuple(record(name, "") for name in "甲乙丙"))))
    page.table.go_to(0, 2)
    paste(qtbot, page, "80\n81\n82\n")
    assert [row.score for row in page.session.form.courses.records] == ["80", "81", "82"]
    page.table.go_to(1, 2)
    paste(qtbot, page, "99")
    page.table.go_to(2, 4)
    paste(qtbot, page, "是\t转考")
    last = page.session.form.courses.records[2]
    assert (page.session.form.courses.records[1].score, last.is_thesis, last.kind) == ("99", True, "transferred")
    page.session.undo()
    page.session.undo()
    page.session.undo()
    assert [row.score for row in page.session.form.courses.records] == ["", "", ""]


def test_one_whole_course_gets_a_row_of_its_own(qtbot: QtBot, shown: Shown) -> None:
    page = shown(Form(courses=Courses(records=(record("甲", "80"), record("", ""), record("丙", "82")))))
    page.table.go_to(0, 2)
    paste(qtbot, page, "00015\t英语（二）\t66\t2018-04")
    assert records(page) == ["甲", "英语（二）", "", "丙"]
    page.table.go_to(2, 0)
    paste(qtbot, page, "00016\t日语（二）\t67")
    assert records(page) == ["甲", "英语（二）", "日语（二）", "丙"]
    page.table.go_to(0, 5)
    before = page.session.form
    paste(qtbot, page, "一\t二\t三")
    dialog_of(page).reject()
    assert page.session.form is before


def test_nothing_to_paste_is_said(qtbot: QtBot, shown: Shown) -> None:
    page = shown()
    with qtbot.waitSignal(page.session.told):
        paste(qtbot, page, "  \n ")


def test_removing_rows_can_be_taken_back_at_once(qtbot: QtBot, shown: Shown) -> None:
    page = shown(perfect_form())
    page.table.select_rows([0, 1])
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert len(records(page)) == 19
    assert "2" in page._toast.label.text()
    page._toast.button.click()
    assert len(records(page)) == 21
    assert not page._toast.isVisible()


def test_the_keyboard_stays_where_the_courses_are(qtbot: QtBot, shown: Shown) -> None:
    page = shown(perfect_form())
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, _Mod.ControlModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.start_paste.hasFocus()
    page.session.undo()
    assert page.table.hasFocus()


def test_the_offer_to_take_back_goes_with_the_next_change(qtbot: QtBot, shown: Shown) -> None:
    page = shown(perfect_form())
    page.table.go_to(0, 0)
    page.table.remove_rows()
    assert page._toast.isVisible()
    page.session.set_value("courses.major", "会计学")
    assert not page._toast.isVisible()


def test_the_average_agrees_differs_or_is_blank(shown: Shown) -> None:
    page = shown(perfect_form())
    assert page.worked.average.mark.state == "ok"
    assert page.worked.average.use.isHidden()
    assert "第 21 行 毕业论文" in page.worked.left_out.text()
    assert AVERAGE_WITH_THESIS in page.worked.with_thesis.text()
    page.session.set_value("courses.average_score", AVERAGE_WITH_THESIS)
    assert page.worked.average.mark.state == "question"
    assert AVERAGE_WITH_THESIS in page.worked.average.state.text()
    page.session.set_value("courses.average_score", "")
    assert page.worked.average.mark.state == "todo"
    page.session.set_value("courses.thesis_score", "85")
    page.worked.thesis.use.click()
    assert page.session.form.courses.thesis_score == "86"


def test_every_reading_of_scores_that_are_no_numbers_can_be_used(shown: Shown) -> None:
    rows = (record("甲", "80"), record("乙", "71"), record("丙", "合格"), record("丁", "免考", kind="exempt"))
    page = shown(Form(courses=Courses(records=rows)))
    assert page.worked._others
    from degreecheck.worked_average import work_out

    worked = work_out(rows, page.session.pack.average.non_numeric)
    page.worked._use(worked.others[0].average)
    assert page.session.form.courses.average_score == worked.others[0].average
    assert page.worked.average.mark.state == "question"


def test_a_finding_leads_to_its_cell(qtbot: QtBot, shown: Shown) -> None:
    form = perfect_form()
    rows = list(form.courses.records)
    rows[18] = rows[18].model_copy(update={"score": "172"})
    page = shown(with_value(form, "courses.records", tuple(rows)), size=(520, 440))
    finding = next(f for f in page.session.report.findings if f.code == "CRS404")
    assert finding in page.found.findings
    page.reveal(target_of(finding))
    assert (page.table.currentIndex().row(), page.table.currentIndex().column()) == (18, 2)
    assert page.table.hasFocus()
    page.reveal(Target("courses", field="courses.average_score"))
    assert page.rows["courses.average_score"].editor.hasFocus()
    page.reveal(Target("courses", field="courses.records"))
    assert page.table.hasFocus()


def test_what_is_missing_in_the_row_being_typed_is_no_news_yet(qtbot: QtBot, shown: Shown) -> None:
    page = shown(perfect_form())
    page.table.add_row()
    page.model.setData(page.model.index(21, 1), "新课程")
    assert "CRS407" not in {finding.code for finding in page.found.findings}
    page.rows["courses.average_score"].editor.setFocus()
    qtbot.waitUntil(lambda: "CRS407" in {finding.code for finding in page.found.findings})
    page.table.go_to(0, 0)
    assert "CRS407" in {finding.code for finding in page.found.findings}


def import_by_button(page: CoursesPage, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    page.start_import.click()


def test_a_csv_is_imported_by_the_button(
    qtbot: QtBot, shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "成绩.csv"
    path.write_text("课程代码,课程名称,成绩\n00015,英语（二）,66\n07999,毕业论文,86\n", encoding="gb18030")
    page = shown()
    import_by_button(page, path, monkeypatch)
    assert page.reading.isVisible()
    qtbot.waitUntil(lambda: bool(page.findChildren(CourseImport)), timeout=30_000)
    assert not page.reading.isVisible()
    dialog_of(page).take.click()
    assert records(page) == ["英语（二）", "毕业论文"]


def test_an_xlsx_is_dropped_on_the_page(qtbot: QtBot, shown: Shown, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "说明"
    book.active.append(["请勿修改"])
    sheet = book.create_sheet("成绩")
    sheet.append(["课程代码", "课程名称", "成绩", "考试时间"])
    for row in perfect_records():
        sheet.append([int(row.code), row.name, float(row.score), str(row.passed_on)])
    path = tmp_path / "成绩.xlsx"
    book.save(path)
    page = shown()
    assert not drop(page.viewport(), [tmp_path])  # a folder is the window's
    assert drop(page.viewport(), [path])
    qtbot.waitUntil(lambda: bool(page.findChildren(CourseImport)), timeout=60_000)
    dialog = dialog_of(page)
    assert dialog.sheets.currentText() == "成绩"
    dialog.take.click()
    assert [(row.code, row.score) for row in page.session.form.courses.records] == [
        (row.code, row.score) for row in perfect_records()
    ]
    assert page.session.form.courses.records[THESIS_ROW].is_thesis


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("照片.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 400, "不是表格文件"),
        ("空.csv", b"", "表格是空的"),
        ("坏.xlsx", b"PK\x03\x04" + b"\x00" * 200, "已损坏"),
        ("没有.csv", None, "找不到文件"),
    ],
)
def test_a_file_that_is_no_table_is_named_with_its_reason(
    qtbot: QtBot, shown: Shown, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    page = shown()
    page.import_file(path)
    qtbot.waitUntil(page.trouble.isVisible, timeout=60_000)
    assert name in page.trouble.label.text()
    assert said in page.trouble.label.text()
    assert not page.reading.isVisible()
    assert page.session.form.courses.records == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_hundred_characters_in_every_cell(qtbot: QtBot, shown: Shown, language: str) -> None:
    page = shown(perfect_form(), size=(560, 440), language=language)
    for column in range(4):
        page.model.setData(page.model.index(0, column), "长" * 200)
    page.session.set_value("courses.major", "长" * 200)
    page.session.set_value("courses.average_score", "9" * 200)
    inside = page.widget()
    assert inside is not None
    assert inside.width() <= page.viewport().width()
    assert page.session.aside("courses.records[0].passed_on") == "长" * 200


def test_a_million_characters_hold_nothing_up_and_none_is_lost(qtbot: QtBot, shown: Shown) -> None:
    page = shown(Form(courses=Courses(records=(record("长" * 1_000_000, "8" * 1_000_000, is_thesis=True),))))
    assert len(page.model.index(0, 1).data()) < 400
    assert len(page.model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)) < 500
    assert page.worked.thesis.isHidden()
    page.table.go_to(0, 1, edit=True)
    editor = page.table.indexWidget(page.table.currentIndex())
    assert isinstance(editor, QLineEdit)
    assert len(editor.text()) == 1_000_000
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    paste(qtbot, page, "课程代码\t课程名称\t成绩\n00015\t" + "长" * 500_000 + "\t80\n" + "x" * 500_000)
    dialog_of(page).take.click()
    assert len(page.session.form.courses.records[1].name) == 500_000


def test_typing_starts_with_a_row(qtbot: QtBot, shown: Shown) -> None:
    page = shown()
    page.start_typing.click()
    editor = page.table.indexWidget(page.table.currentIndex())
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, "00015")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert page.session.form.courses.records[0].code == "00015"


@pytest.mark.qt_log_ignore("This plugin does not support")  # popups without a display
def test_majors_of_the_pack_are_offered(qtbot: QtBot, shown: Shown) -> None:
    page = shown()
    page.session.pack = page.session.pack.model_copy(update={"majors": ("土木工程", "工商管理")})
    page.refresh()
    editor = page.rows["courses.major"].editor
    assert isinstance(editor, QLineEdit)
    completer = editor.completer()
    assert completer is not None
    assert page._all_majors.isVisible()
    page._all_majors.trigger()
    assert completer.completionCount() == 2
    completer.popup().hide()
    completer.setCompletionPrefix("管理")
    assert completer.completionCount() == 1
    completer.activated[str].emit("工商管理")
    assert page.session.form.courses.major == "工商管理"


def test_the_page_can_go_while_a_file_is_read(qtbot: QtBot, shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "成绩.csv"
    path.write_text("课程名称,成绩\n英语,66\n", encoding="utf-8")
    page = shown()
    session = page.session
    page.import_file(path)
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    session.set_value("courses.major", "土木工程")
    assert session.form.courses.major == "土木工程"


def test_the_table_is_as_high_as_its_rows_until_there_is_no_room(shown: Shown) -> None:
    page = shown(Form(courses=Courses(records=(record("甲", "80"),))))
    assert page.table.height() == page.table.height_of_all()
    page.model.insert(1, [page.model.rows[0]] * 499)
    assert page.model.rowCount() == 500
    assert page.table.height() < page.viewport().height()
