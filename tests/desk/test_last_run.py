"""What changed since the last run: codes only, kept whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import make
from degreecheck import check, clock
from degreecheck.desk import last_run
from degreecheck.desk.last_run import LastRun, load, open_codes, save

AT = clock.parse_moment("2026-04-20T09:30")


def report(**changes: str) -> check.Report:
    return make.report(make.perfect_case({name.replace("__", "."): value for name, value in changes.items()}))


def test_errors_and_open_warnings_are_counted_by_code() -> None:
    found = report(personal__name="", personal__mobile="1", courses__average_score="")
    assert {"IDN101", "IDN402", "CRS101"} <= set(open_codes(found))
    assert "CON199" not in open_codes(found)  # a note holds nobody back


def test_a_run_is_kept_and_compared(tmp_path: Path) -> None:
    save(tmp_path, AT, {"甲": dict(open_codes(report(personal__name="", personal__mobile="1")))})
    before = load(tmp_path)
    assert before.at == "2026-04-20T09:30:00+08:00"
    changes = before.changes("甲", report(personal__mobile="1", courses__average_score=""))
    assert changes is not None
    assert changes.to_data() == {"since": before.at, "mended": 1, "new": 1, "still_open": 1}
    assert before.changes("乙", report()) is None


def test_nothing_but_folders_and_codes_is_written(tmp_path: Path) -> None:
    save(tmp_path, AT, {"甲": {"IDN101": 1}})
    assert json.loads(last_run.place(tmp_path).read_text(encoding="utf-8")) == {
        "schema_version": 1, "checked_at": "2026-04-20T09:30:00+08:00", "folders": {"甲": {"IDN101": 1}},
    }  # fmt: skip
    assert [path.name for path in tmp_path.rglob("*")] == [".degreecheck", "last_run.json"]


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b'{"folders": 3}', b'{"folders": {"a": 1}, "checked_at": "x"}', b"[" * 100_000,
     b'{"folders": {"a": {"X": "many"}}, "checked_at": "2026-04-20"}', "\u7532".encode("gbk")],
)  # fmt: skip
def test_a_damaged_file_is_no_last_run(data: bytes, tmp_path: Path) -> None:
    path = last_run.place(tmp_path)
    path.parent.mkdir()
    path.write_bytes(data)
    assert load(tmp_path) == LastRun()


def test_links_are_neither_read_nor_written_through(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / ".degreecheck").symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(OSError, match="link"):
        save(desk, AT, {})
    (elsewhere / "last_run.json").write_text('{"folders": {}, "checked_at": "2026-04-20"}', encoding="utf-8")
    assert load(desk) == LastRun()
    assert load(tmp_path / "没有") == LastRun()
