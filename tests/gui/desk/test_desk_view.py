"""A desk in a window: it is checked at once, can be stopped, checked again, and survives a change of language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

import make_desks
from degreecheck import form_file
from degreecheck.desk import last_run
from degreecheck.gui.desk import actions
from degreecheck.gui.desk.open_desk import OpenDesk
from degreecheck.gui.desk.view import DeskView
from degreecheck.gui.program import Program
from make_bags import bag, payload, zipped

from .conftest import RUN_MS, OpenView


def ran(view: DeskView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not view.desk.running, timeout=RUN_MS)


def table(view: DeskView) -> list[tuple[str, str, str]]:
    model = view.model
    return [
        tuple(str(model.index(line, place).data()) for place in (0, 1, 3))  # type: ignore[misc]
        for line in range(model.rowCount())
    ]


def test_a_desk_is_checked_as_soon_as_it_is_opened(small_desk: Path, open_view: OpenView) -> None:
    view = open_view(small_desk)
    assert sorted(table(view)) == [
        ("需要改正", "何清越", "一班/何清越"),
        ("需要改正", "林小满", "一班/林小满"),
        ("需要改正", "欧阳知秋", "二班/欧阳知秋"),
    ]
    assert view.toolbar.counts.text() == "已就绪 0/3 · 需要改正 3"
    assert view.desk.done == view.desk.total == 3
    assert set(last_run.load(small_desk).folders) == {"一班/何清越", "一班/林小满", "二班/欧阳知秋"}


def test_one_bad_applicant_never_stops_the_others(small_desk: Path, open_view: OpenView) -> None:
    (small_desk / "二班/欧阳知秋/application.json").write_text("{", encoding="utf-8")
    make_desks.applicant(small_desk / "二班/江云舟", 3, {"pack": "没有这所学校"})
    found = {folder: verdict for verdict, _, folder in table(open_view(small_desk))}
    assert found["二班/欧阳知秋"] == "申请表打不开"
    assert found["二班/江云舟"] == "没有检查成"
    assert found["一班/何清越"] == "需要改正"


def test_an_empty_folder_says_what_to_do(tmp_path: Path, open_view: OpenView) -> None:
    (tmp_path / "空").mkdir()
    view = open_view(tmp_path / "空")
    assert view._empty is not None
    assert view._empty.text.text() == "这个文件夹里没有找到申请材料"
    assert view._stack.currentWidget() is view._empty


def test_a_desk_that_is_gone_is_told(tmp_path: Path, open_view: OpenView) -> None:
    view = open_view(tmp_path / "没有")
    assert "文件夹不见了" in view.notice.label.text()
    assert not view.notice.isHidden()


def test_a_run_can_be_stopped_and_goes_on_where_it_was(tmp_path: Path, open_view: OpenView, qtbot: QtBot) -> None:
    desk = tmp_path / "desk"
    for index in range(60):
        make_desks.applicant(desk / f"{index:02d}-林小满", index)
    view = open_view(desk, wait=False)
    qtbot.waitUntil(lambda: view.desk.done > 0, timeout=RUN_MS)
    view.progress.stop.click()
    ran(view, qtbot)
    assert view.desk.cancelled
    known = [row.key for row in view.desk.rows if row.packed]
    assert known
    assert last_run.load(desk).folders == {}
    view.desk.check()
    ran(view, qtbot)
    assert all(row.packed and not row.stale for row in view.desk.rows)
    assert len(last_run.load(desk).folders) == 60


def test_checking_again_shows_what_changed(small_desk: Path, open_view: OpenView, qtbot: QtBot) -> None:
    view = open_view(small_desk)
    assert all(row.mended == row.new == 0 for row in view.desk.rows)
    form = make_desks.form(0, {"personal.mobile": "123", "thesis.title": ""})
    (small_desk / "一班/林小满/application.json").write_bytes(form_file.dump(form))
    view.desk.check()
    ran(view, qtbot)
    row = next(row for row in view.desk.rows if row.name == "林小满")
    assert row.new >= 2
    assert "与上次相比" in view.toast.label.text()
    view.bar.only_changed.setChecked(True)
    assert [name for _, name, _ in table(view)] == ["林小满"]


def test_only_what_changed_is_judged_again(small_desk: Path, open_view: OpenView, qtbot: QtBot) -> None:
    view = open_view(small_desk)
    make_desks.applicant(small_desk / "二班/江云舟", 3)
    view.desk.check(changed=frozenset({"一班/林小满"}))
    ran(view, qtbot)
    assert view.desk.total == 2  # the one named and the one who is new
    assert len(view.desk.rows) == 4
    assert all(row.packed and not row.stale for row in view.desk.rows)


def test_who_comes_to_share_a_number_is_judged_again_too(small_desk: Path, open_view: OpenView, qtbot: QtBot) -> None:
    view = open_view(small_desk)
    make_desks.applicant(small_desk / "二班/江云舟", 3, {"personal.id_number": make_desks.id_number(0)})
    view.desk.check(changed=frozenset())
    ran(view, qtbot)
    twins = {row.name for row in view.desk.rows if "dsk101" in row.haystack}
    assert twins == {"林小满", "江云舟"}
    view.table.choose("一班/林小满")
    view.details.refresh()
    (label,) = {row.label for row in view.desk.rows if row.name == "江云舟"}
    view.details.other_wanted.emit(label)
    present = view.table.row()
    assert present is not None
    assert present.name == "江云舟"


def test_another_language_while_running(small_desk: Path, open_view: OpenView, program: Program, qtbot: QtBot) -> None:
    view = open_view(small_desk, wait=False)
    desk, window = view.desk, view.window_of
    program.set_language("en")
    after = window.centralWidget()
    assert isinstance(after, DeskView)
    assert after.desk is desk
    ran(after, qtbot)
    assert {verdict for verdict, *_ in table(after)} == {"To mend"}
    assert len(window.findChildren(OpenDesk)) == 1
    after.table.selectRow(0)
    after.details.refresh()
    assert after.details.row is not None
    program.set_language("zh")


def test_closing_while_running_ends_the_process(small_desk: Path, open_view: OpenView, qtbot: QtBot) -> None:
    view = open_view(small_desk, wait=False)
    link = view.desk._link
    assert link is not None
    qtbot.waitUntil(lambda: link._child is not None, timeout=RUN_MS)
    child = link._child
    assert child is not None
    view.window_of.close()
    qtbot.waitUntil(lambda: child.poll() is not None, timeout=RUN_MS)


def test_search_by_keyboard(small_desk: Path, open_view: OpenView, qtbot: QtBot) -> None:
    view = open_view(small_desk)
    view.bar.focus_search()
    qtbot.keyClicks(view.bar.search, make_desks.exam_number(1))
    qtbot.keyClick(view.bar.search, Qt.Key.Key_Return)
    assert [name for _, name, _ in table(view)] == ["何清越"]
    qtbot.keyClick(view.bar.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: view.model.rowCount() == 3)


def test_what_is_chosen_survives_filters_and_sorting(small_desk: Path, open_view: OpenView) -> None:
    view = open_view(small_desk)
    view.table.choose("一班/何清越")
    view.bar.search.setText("何")
    view.bar._send()
    view.bar.clear()
    view.model.sort(1, Qt.SortOrder.DescendingOrder)
    row = view.table.row()
    assert row is not None
    assert row.key == "一班/何清越"
    assert [one.key for one in view.table.rows()] == ["一班/何清越"]


def test_rows_are_copied_masked(small_desk: Path, open_view: OpenView) -> None:
    view = open_view(small_desk)
    view.table.selectAll()
    view.table.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 4
    assert lines[0].split("\t")[:4] == ["结果", "姓名", "末四位", "文件夹"]
    assert not any(make_desks.id_number(index) in "\n".join(lines) for index in range(3))


def test_the_message_to_one(small_desk: Path, open_view: OpenView) -> None:
    view = open_view(small_desk)
    row = next(row for row in view.desk.rows if row.name == "何清越")
    actions.copy_message(view, row)
    message = QGuiApplication.clipboard().text()
    assert message.startswith("何清越，您好！")
    assert make_desks.id_number(1) not in message
    view.desk.memory.contact = "李老师 023-12345678"
    assert actions.message_of(view, row).endswith("有疑问请联系：李老师 023-12345678。")


def test_the_details_of_one(small_desk: Path, open_view: OpenView) -> None:
    view = open_view(small_desk)
    view.table.choose("一班/何清越")
    view.details.refresh()
    assert view.details.title.text() == "何清越"
    labels = [child.text() for child in view.details.findChildren(type(view.notice.label)) if hasattr(child, "text")]
    assert any("6 证件信息" in words for words in labels)
    assert not any(make_desks.id_number(1) in words for words in labels)


def test_a_double_click_opens_the_students_window(
    small_desk: Path, open_view: OpenView, program: Program, qtbot: QtBot
) -> None:
    view = open_view(small_desk)
    row = next(row for row in view.desk.rows if row.name == "林小满")
    view.table.opened.emit(row)
    qtbot.waitUntil(lambda: any(window.session is not None for window in program.windows), timeout=RUN_MS)
    qtbot.waitUntil(lambda: row.shown in view._stamps, timeout=RUN_MS)
    (Path(row.path) / "application.json").write_bytes(form_file.dump(make_desks.form(0, {"thesis.title": ""})))
    with qtbot.waitSignal(view.desk.run_ended, timeout=RUN_MS):
        view._look_again()
    assert (view.desk.partial, view.desk.total) == (True, 1)


def test_zips_and_their_passwords(tmp_path: Path, open_view: OpenView, qtbot: QtBot) -> None:
    desk = tmp_path / "desk"
    zipped(desk / "林小满.zip", bag(payload()))
    zipped(desk / "何清越.zip", bag(payload(make_desks.form(1))), password="right")
    view = open_view(desk)
    found = {folder: verdict for verdict, _, folder in table(view)}
    assert found == {"林小满.zip": "需要改正", "何清越.zip": "材料包没有打开"}
    view.desk.passwords["何清越.zip"] = "right"
    view.desk.check(changed=frozenset({"何清越.zip"}))
    ran(view, qtbot)
    assert {verdict for verdict, *_ in table(view)} == {"需要改正"}
    scratch = Path(view.desk.scratch())
    assert scratch.is_dir()
    view.window_of.close()
    qtbot.waitUntil(lambda: not scratch.exists(), timeout=RUN_MS)


def test_a_folder_of_zips_and_a_stray_list_is_a_desk(tmp_path: Path, program: Program, qtbot: QtBot) -> None:
    desk = tmp_path / "desk"
    zipped(desk / "林小满.zip", bag(payload()))
    make_desks.tree(desk, "何清越/照片.jpg", "江云舟/照片.jpg", "成绩单汇总.xlsx")
    window = program.new_window(desk)
    qtbot.waitUntil(lambda: window.desk == desk, timeout=RUN_MS)
    view = window.centralWidget()
    assert isinstance(view, DeskView)
    ran(view, qtbot)
    assert sorted(row.shown for row in view.desk.rows) == ["何清越", "林小满.zip", "江云舟"]


def test_a_process_that_dies_is_told_and_can_be_tried_again(
    small_desk: Path, open_view: OpenView, qtbot: QtBot
) -> None:
    view = open_view(small_desk, wait=False)
    link = view.desk._link
    assert link is not None
    qtbot.waitUntil(lambda: link._child is not None, timeout=RUN_MS)
    assert link._child is not None
    link._child.kill()
    ran(view, qtbot)
    assert "意外结束" in view.notice.label.text()
    view.desk.check()
    ran(view, qtbot)
    assert view.notice.isHidden()
    assert all(row.packed for row in view.desk.rows)
    assert len(view.desk.rows) == 3


def test_the_details_fold_where_there_is_no_room(small_desk: Path, open_view: OpenView, qtbot: QtBot) -> None:
    view = open_view(small_desk)
    view.window_of.resize(900, 500)
    qtbot.waitUntil(lambda: view.width() == 900)
    assert view.details.isHidden()
    view.table.selectRow(0)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert not view.details.isHidden()
    view.window_of.resize(1300, 700)
    qtbot.waitUntil(lambda: view.width() == 1300)
    view.details.folded.emit()
    assert view.details.isHidden()
    view._unfold.click()
    assert not view.details.isHidden()
