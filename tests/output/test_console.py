"""A report as text: what is wrong first, and a thousand of a kind in a few lines."""

from __future__ import annotations

import io

import pytest

import make
from degreecheck import text
from degreecheck.output import console
from degreecheck.rules._rule import Case


def printed(case: Case, language: str = "zh") -> str:
    stream = io.StringIO()
    console.print_report(console.console(stream), make.report(case), text.load(language))
    return stream.getvalue()


@pytest.mark.parametrize(("files", "shown", "more"), [(1, 1, ""), (10, 10, ""), (3_000, 10, "另有 2990 处")])
def test_stray_files_share_a_title_and_a_fix(files: int, shown: int, more: str) -> None:
    said = printed(make.perfect_case(unassigned=tuple(f"图{number}.jpg" for number in range(files))))
    assert said.count("[MAT202]") == 1
    assert said.count("不属于任何一项材料") == shown
    assert said.count("移出申请文件夹") == 1
    assert f"待确认 {files}" in said  # the count is that of all
    assert ("另有" in said, more in said) == (bool(more), True)


def test_what_differs_in_more_than_the_file_is_told_one_by_one() -> None:
    said = printed(make.perfect_case({"materials": {}}))
    assert said.count("[MAT101]") > 5
    assert said.count("“任务书”") == 2  # what is missing, and what to do


def test_lines_are_masked_unless_told_otherwise() -> None:
    case = make.perfect_case(unassigned=(f"{make.ID_NUMBER}.jpg",))
    assert make.ID_NUMBER not in printed(case)
    assert "**************0123.jpg" in printed(case)


def test_somebody_without_a_fault_hears_so() -> None:
    said = printed(make.perfect_case())
    assert "没有发现问题" in said.split("\n\n")[0]
    assert "✕" not in said
