"""What the program says on Windows when it cannot run where it was started; the box itself needs Windows."""

from __future__ import annotations

from pathlib import Path

import pytest

BUILD = 22631  # Windows 11


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    folder = tmp_path / "程序" / "_internal" / "degreecheck" / "resources"
    for name in ("text/zh.toml", "style/tokens.toml", "packs/cqust.toml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def test_a_complete_program_says_nothing_wherever_it_is(resources: Path, tmp_path: Path) -> None:
    import windows_start

    program = tmp_path / "程序" / "DegreeCheckWindow.exe"
    assert windows_start.trouble(program, resources, tmp_path / "Temp", BUILD) == ""
    assert windows_start.trouble(program, resources, tmp_path, BUILD) == ""  # unpacked whole by another unpacker


def test_inside_a_zip_it_says_to_extract_first(tmp_path: Path) -> None:
    import windows_start

    program = tmp_path / "Temp" / "Temp1_DegreeCheck.zip" / "DegreeCheck" / "DegreeCheckWindow.exe"
    said = windows_start.trouble(program, tmp_path / "nowhere", tmp_path / "Temp", BUILD)
    assert "全部解压缩" in said
    assert "Extract All" in said


def test_missing_files_are_named(resources: Path, tmp_path: Path) -> None:
    import windows_start

    (resources / "style/tokens.toml").unlink()
    said = windows_start.trouble(tmp_path / "程序" / "DegreeCheckWindow.exe", resources, tmp_path / "Temp", BUILD)
    assert "style/tokens.toml" in said
    assert "全部解压缩" not in said


def test_a_neighbour_of_the_temporary_folder_is_not_in_it(resources: Path, tmp_path: Path) -> None:
    import windows_start

    (resources / "style/tokens.toml").unlink()
    said = windows_start.trouble(tmp_path / "Temporary" / "x.exe", resources, tmp_path / "Temp", BUILD)
    assert "全部解压缩" not in said


@pytest.mark.parametrize(("build", "too_old"), [(17134, True), (17763, False), (9600, True)])
def test_an_old_windows_is_told_which_one_is_needed(resources: Path, tmp_path: Path, build: int, too_old: bool) -> None:
    import windows_start

    said = windows_start.trouble(tmp_path / "x.exe", resources, tmp_path / "Temp", build)
    assert ("1809" in said) == too_old


def test_elsewhere_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    import windows_start

    monkeypatch.setattr(windows_start.sys, "platform", "linux")
    windows_start.explain_and_leave()  # ends the process where there is something to say


def test_arguments_of_the_window() -> None:
    import window_entry

    assert window_entry._path([]) is None
    assert window_entry._path(["-psn_0_123"]) is None
    assert window_entry._path(["-psn_0_123", "申请"]) == Path("申请")
