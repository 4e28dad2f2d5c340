"""An application folder as it is found: what is listed, and what is said not to be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from degreecheck import check, clock, folder, pack, text
from degreecheck.bundle_layout import bundle_of
from degreecheck.facts import FileFacts, NotChecked, Unreadable

NOT_LISTED = "skipped.not_listed"


def judged(path: Path, facts: FileFacts | NotChecked | None = None) -> Any:
    def inspect(requests: Any) -> dict[str, Any]:
        return {request.key: facts for request in requests} if facts else {}

    case = check.gather(folder.load(path), pack.find("cqust"), clock.parse_moment("2026-04-20"), inspect=inspect)
    return check.judge(case, str(path))


def not_checked(report: Any) -> set[str]:
    return {line.key for line in report.not_checked}


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A subfolder that may not be looked into, whoever runs the tests."""
    inside = tmp_path / "扫描件"
    inside.mkdir()
    scandir, stat = os.scandir, Path.stat

    def listing(path: Any) -> Any:
        if Path(path) == inside:
            raise PermissionError(13, "closed")
        return scandir(path)

    def state(self: Path, **options: Any) -> os.stat_result:
        if inside in self.parents:
            raise PermissionError(13, "closed")
        return stat(self, **options)

    monkeypatch.setattr("degreecheck.folder.os.scandir", listing)
    monkeypatch.setattr(Path, "stat", state)
    return inside


def test_files_are_listed_in_natural_order(tmp_path: Path) -> None:
    for name in ("b2.jpg", "b10.jpg", "a.jpg", "Thumbs.db"):
        (tmp_path / name).write_bytes(b"x")
    assert folder.list_files(tmp_path) == (("a.jpg", "b2.jpg", "b10.jpg"), False)


def test_what_lies_too_deep_is_said_not_to_be_looked_at(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"abcdefgh")
    deep.mkdir(parents=True)
    (deep / "照片.jpg").write_bytes(b"x")
    (tmp_path / "成绩单.jpg").write_bytes(b"x")
    assert folder.list_files(tmp_path) == (("成绩单.jpg",), True)
    assert NOT_LISTED in not_checked(judged(tmp_path))


def test_too_many_files_are_cut_and_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "GREATEST_FILES", 2)
    for number in range(3):
        (tmp_path / f"{number}.jpg").write_bytes(b"x")
        assert (NOT_LISTED in not_checked(judged(tmp_path))) is (number == 2)


@pytest.mark.usefixtures("closed")
def test_a_closed_subfolder_is_said_and_ends_nothing(tmp_path: Path) -> None:
    form = tmp_path / "application.json"
    form.write_text('{"materials": {"transcript": ["扫描件/成绩单.jpg"]}}', encoding="utf-8")
    report = judged(tmp_path, FileFacts(size=0, unreadable=Unreadable(reason="no_permission")))
    assert NOT_LISTED in not_checked(report)
    found = {finding.code: finding for finding in report.findings if finding.slot == "transcript"}
    assert found.keys() == {"MAT102"}
    assert found["MAT102"].severity == "warning"
    assert "没有读取权限" in found["MAT102"].message(text.load("zh"))


def test_a_closed_folder_counts_as_somebodys_so_that_it_is_told(closed: Path) -> None:
    assert folder.is_applicant(closed)
    assert bundle_of(closed) is None


def test_a_name_that_is_no_text_stays_unassigned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = "照片\udcff.jpg"  # the byte FF, in a name of another encoding
    monkeypatch.setattr(folder, "list_files", lambda _: ((odd, "成绩单.jpg"), False))
    loaded = folder.load(tmp_path)
    assert loaded.form.materials == {"transcript": ("成绩单.jpg",)}
    report = judged(tmp_path)
    assert [finding.file for finding in report.findings if finding.code == "MAT202"] == [odd]


def test_a_folder_listed_as_a_file_is_not_called_gone(tmp_path: Path) -> None:
    (tmp_path / "成绩单").mkdir()
    listed = '{"materials": {"transcript": ["成绩单"], "exam_permit": ["准考证.jpg"]}}'
    (tmp_path / "application.json").write_text(listed, encoding="utf-8")
    found = {finding.slot: finding for finding in judged(tmp_path).findings if finding.code == "MAT203"}
    assert {slot: finding.variant for slot, finding in found.items()} == {"transcript": "no_file", "exam_permit": ""}
    assert "文件夹" in found["transcript"].message(text.load("zh"))
    assert "移动" not in found["transcript"].message(text.load("zh"))


def test_of_an_unreadable_form_nothing_is_claimed(tmp_path: Path) -> None:
    (tmp_path / "application.json").write_bytes(b"{")
    report = judged(tmp_path)
    assert report.applicant.applicant_type == ""
    assert "skipped.form_unreadable" in not_checked(report)


def test_what_was_not_checked_names_files_alone(tmp_path: Path) -> None:
    (tmp_path / "application.json").write_text('{"materials": {"transcript": ["a.jpg"]}}', encoding="utf-8")
    (tmp_path / "a.jpg").write_bytes(b"x")
    lines = {line.key: line.files for line in judged(tmp_path, NotChecked(reason="died")).not_checked}
    assert lines["skipped.died"] == ("a.jpg",)
