"""Many applicants in one run: in order, each for itself, whoever the others are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import make
import make_desks
from degreecheck.desk import batch
from degreecheck.desk.batch import Judged, Options, check_desk, is_unusable_pack
from degreecheck.desk.company import meet
from degreecheck.desk.discovery import discover
from degreecheck.desk.roster import Column, Roster, Row
from degreecheck.desk.survey import survey
from degreecheck.inspectors.pool import Pool
from make_desks import row


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1) as workers:
        yield workers


def checked(root: Path, pool: Pool, *rows: Row) -> list[Judged]:
    return list(check_desk(met(root, pool, *rows), Options(make.NOW, read_text=False), pool=pool))


def met(root: Path, pool: Pool, *rows: Row) -> batch.Desk:
    fields = sorted({field for one in rows for field in one.values})
    columns = tuple(Column(place, field, "field", field) for place, field in enumerate(fields))
    roster = Roster("名册.xlsx", "名册", columns, rows) if rows else None
    return meet(list(survey(discover(root))), roster, pool=pool)


def codes(one: Judged) -> set[str]:
    assert one.report is not None
    return {finding.code for finding in one.report.findings}


def test_results_come_in_the_order_of_the_desk(tmp_path: Path, pool: Pool) -> None:
    for index in range(12):
        make_desks.applicant(tmp_path / f"{index + 1}号", index)
    found = checked(tmp_path, pool)
    assert [(one.index, one.shown) for one in found] == [(index, f"{index + 1}号") for index in range(12)]
    assert all(one.report is not None and one.trouble is None for one in found)


def test_one_bad_applicant_stops_nobody(tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    make_desks.applicant(tmp_path / "1", 0, {"pack": "atlantis"})
    make_desks.tree(tmp_path / "2", "application.json")
    make_desks.applicant(tmp_path / "3", 1)
    make_desks.applicant(tmp_path / "4", 2)
    gather = batch.check.gather

    def sometimes(loaded: batch.folder.Folder, *given: object, **more: object) -> object:
        if loaded.path.name == "4":
            raise RuntimeError
        return gather(loaded, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(batch.check, "gather", sometimes)
    unknown, damaged, fine, broken = checked(tmp_path, pool)
    assert (unknown.report, is_unusable_pack(unknown.trouble)) == (None, True)
    assert damaged.report is not None
    assert damaged.report.verdict == "unreadable"
    assert fine.report is not None
    assert (broken.report, type(broken.trouble)) == (None, RuntimeError)
    assert not is_unusable_pack(broken.trouble)


def test_a_folder_without_a_form_takes_its_values_from_its_row(tmp_path: Path, pool: Pool) -> None:
    make_desks.tree(tmp_path / make_desks.NAMES[0], "成绩单.jpg", "身份证人像面.jpg")
    (one,) = checked(tmp_path, pool, row(0, mobile=""))
    assert one.report is not None
    assert (one.row, one.matched_by, one.report.form_source) == (2, "name", "roster")
    assert one.report.applicant.id_number == make_desks.id_number(0)
    # A field that the roster has no column for is not asked for: neither missing nor right.
    assert not codes(one) & {"IDN201", "IDN401", "CRS101", "SYS104"}
    reasons = {result.reason for result in one.report.results if result.code in ("IDN401", "CRS101")}
    assert reasons == {"not_in_roster"}
    slots = dict(one.slots)
    assert (slots["transcript"], slots["photo"], slots["exam_permit"]) == ("present", "missing", "unknown")


def test_a_form_outweighs_the_row_and_differences_are_told(tmp_path: Path, pool: Pool) -> None:
    make_desks.applicant(tmp_path / "甲", 0)
    (one,) = checked(tmp_path, pool, row(0, name="林小曼"))
    assert one.report is not None
    assert (one.report.form_source, one.matched_by) == ("file", "id_number")
    assert "DSK203" in codes(one)


def test_who_is_in_the_roster_only_comes_last(tmp_path: Path, pool: Pool) -> None:
    make_desks.applicant(tmp_path / "甲", 0)
    here, absent = checked(tmp_path, pool, row(1), row(0))
    assert (here.shown, here.row, absent.shown, absent.row) == ("甲", 2, "", 3)
    assert "DSK201" in codes(absent)
    # That every paper is missing has one cause.
    assert not any(code.startswith(("MAT", "PHO", "SCN", "DOC")) for code in codes(absent))


def test_what_two_sides_of_a_card_are_is_not_called_missing(tmp_path: Path, pool: Pool) -> None:
    make_desks.tree(tmp_path / make_desks.NAMES[0], "身份证正面.jpg", "身份证反面.jpg")
    (one,) = checked(tmp_path, pool, row(0))
    assert {dict(one.slots)[slot] for slot in ("id_card_portrait", "id_card_emblem")} == {"unknown"}


def test_a_cancelled_run_begins_nobody_else(tmp_path: Path, pool: Pool) -> None:
    for index in range(20):
        make_desks.applicant(tmp_path / f"{index + 1}号", index)
    desk = met(tmp_path, pool)
    stop: list[bool] = []
    run = check_desk(desk, Options(make.NOW, read_text=False), pool=pool, cancelled=lambda: bool(stop))
    assert next(run).index == 0
    stop.append(True)
    assert len(list(run)) < 19
    assert list(check_desk(desk, Options(make.NOW, read_text=False), pool=pool, cancelled=lambda: True)) == []
