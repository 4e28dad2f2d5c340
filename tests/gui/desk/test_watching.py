"""A watched desk: what changes is checked again after a moment of calm, and nothing else is."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

import make_desks
from degreecheck import form_file
from degreecheck.gui.desk.folders import watched

from .conftest import RUN_MS, OpenView


def test_which_folders_are_watched_first(tmp_path: Path) -> None:
    make_desks.tree(tmp_path, "一班/林小满/application.json", "一班/林小满/证件/1.jpg", "一班/林小满/.degreecheck/x")
    rows = [("一班/林小满", str(tmp_path / "一班/林小满"))]
    expected = {
        tmp_path: "", tmp_path / "一班": "", tmp_path / "一班/林小满": "一班/林小满",
        tmp_path / "一班/林小满/证件": "一班/林小满", tmp_path / "一班/林小满/application.json": "一班/林小满",
        tmp_path / "一班/林小满/证件/1.jpg": "一班/林小满",
    }  # fmt: skip
    found = watched(tmp_path, rows, 100)
    assert found == {str(path): shown for path, shown in expected.items()}
    assert list(watched(tmp_path, rows, 3)) == list(found)[:3]


def test_a_changed_form_and_a_new_folder_are_checked(small_desk: Path, open_view: OpenView, qtbot: QtBot) -> None:
    view = open_view(small_desk)
    view.toolbar.watch.setChecked(True)
    qtbot.waitUntil(lambda: bool(view.watching.folders), timeout=RUN_MS)
    form = make_desks.form(0, {"thesis.title": ""})
    (small_desk / "一班/林小满/application.json").write_bytes(form_file.dump(form))
    with qtbot.waitSignal(view.desk.run_ended, timeout=RUN_MS):
        pass
    assert (view.desk.partial, view.desk.total) == (True, 1)
    assert next(row for row in view.desk.rows if row.name == "林小满").new
    make_desks.applicant(small_desk / "二班/江云舟", 3)
    qtbot.waitUntil(lambda: len(view.desk.rows) == 4 and not view.desk.running, timeout=RUN_MS)
    view.toolbar.watch.setChecked(False)
    assert view.watching.folders == []
