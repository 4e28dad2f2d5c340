"""Where a bundle grows: nothing half stands under a bundle's name, and no leftover stays for long."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from degreecheck.output.workspace import Workspace, remove_leftovers


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def filled(workspace: Workspace, content: bytes = b"whole") -> Workspace:
    workspace.open()
    (workspace.bag / "bagit.txt").write_bytes(content)
    workspace.archive.write_bytes(content)
    return workspace


def test_folder_and_zip_get_their_names(tmp_path: Path) -> None:
    with Workspace(tmp_path / "导出" / "新") as workspace:
        made, archive = filled(workspace).place("张三-学位申请材料")
    assert made == tmp_path / "导出/新/张三-学位申请材料"
    assert names(tmp_path / "导出/新") == ["张三-学位申请材料", "张三-学位申请材料.zip"]
    assert (made / "bagit.txt").read_bytes() == archive.read_bytes() == b"whole"


def test_what_comes_to_nothing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Workspace(tmp_path / "导出" / "新") as workspace:  # noqa: PT012
        filled(workspace)
        raise KeyboardInterrupt
    assert names(tmp_path) == []


def test_without_opening_nothing_is_written(tmp_path: Path) -> None:
    with Workspace(tmp_path / "导出"):
        pass
    assert names(tmp_path) == []


def test_a_folder_that_was_there_stays(tmp_path: Path) -> None:
    (tmp_path / "导出").mkdir()
    with pytest.raises(KeyError), Workspace(tmp_path / "导出") as workspace:  # noqa: PT012
        filled(workspace)
        raise KeyError
    assert names(tmp_path) == ["导出"]


@pytest.mark.parametrize("taken", ["a", "a.zip", "A.ZIP" if sys.platform == "win32" else "a.zip"])
def test_a_taken_name_gets_a_number(tmp_path: Path, taken: str) -> None:
    (tmp_path / taken).write_bytes(b"other")
    with Workspace(tmp_path) as workspace:
        filled(workspace)
        assert workspace.free_name("a") == ("a (2)", 2)
        assert workspace.free_name("a", 2) == ("a (3)", 3)
        workspace.place("a (2)")
    assert (tmp_path / taken).read_bytes() == b"other"
    assert names(tmp_path) == sorted(["a (2)", "a (2).zip", taken])


@pytest.mark.parametrize("taken", ["a", "a.zip"])
def test_a_name_taken_meanwhile_is_not_replaced(tmp_path: Path, taken: str) -> None:
    with Workspace(tmp_path) as workspace:
        filled(workspace)
        (tmp_path / taken).write_bytes(b"other")
        with pytest.raises(FileExistsError):
            workspace.place("a")
        assert names(tmp_path)[-1] == taken
        workspace.place("b")
    assert names(tmp_path) == sorted(["b", "b.zip", taken])


def test_a_zip_that_cannot_be_placed_takes_the_folder_back(tmp_path: Path) -> None:
    with Workspace(tmp_path) as workspace:
        filled(workspace)
        with pytest.raises(FileExistsError):
            workspace.place("a", lambda: (tmp_path / "a.zip").write_bytes(b"other") and None)
        assert (workspace.bag / "bagit.txt").exists()
        assert not (tmp_path / "a").exists()


def test_an_interrupt_between_folder_and_zip_takes_the_folder_back(tmp_path: Path) -> None:
    def interrupt() -> None:
        assert (tmp_path / "a" / "bagit.txt").exists()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Workspace(tmp_path) as workspace:
        filled(workspace).place("a", interrupt)
    assert names(tmp_path) == []


# ----------------------------------------------------------------------------------------------------------- leftovers

LEAVES = """
import os, sys
from pathlib import Path
from degreecheck.output.workspace import Workspace
workspace = Workspace(Path(sys.argv[1]))
workspace.open()
(workspace.bag / "bagit.txt").write_bytes(b"half")
print("made", flush=True)
sys.stdin.read()
os._exit(9)
"""


def start(out: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", LEAVES, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"made"
    return process


def test_what_a_killed_export_left_goes_with_the_next(tmp_path: Path) -> None:
    process = start(tmp_path)
    process.kill()
    process.communicate()
    left = names(tmp_path)
    assert len(left) == 2
    assert all(name.startswith(".degreecheck-export-") for name in left)
    with Workspace(tmp_path) as workspace:
        filled(workspace).place("a")
    assert names(tmp_path) == ["a", "a.zip"]


def test_an_export_that_still_runs_keeps_its_folder(tmp_path: Path) -> None:
    process = start(tmp_path)
    with Workspace(tmp_path) as workspace:
        filled(workspace).place("a")
    left = [name for name in names(tmp_path) if name.startswith(".degreecheck-export-")]
    assert len(left) == 2
    process.communicate()
    remove_leftovers(tmp_path)
    assert names(tmp_path) == ["a", "a.zip"]


def test_only_own_leftovers_are_removed(tmp_path: Path) -> None:
    others = [".degreecheck-export-", ".degreecheck-export-12", f".degreecheck-export-{'g' * 16}", ".degreecheck"]
    for name in others:
        (tmp_path / name).mkdir()
    left = tmp_path / f".degreecheck-export-{'0' * 16}"
    (left / "bag").mkdir(parents=True)
    remove_leftovers(tmp_path)
    assert names(tmp_path) == sorted(others)


if hasattr(os, "symlink") and sys.platform != "win32":

    def test_a_link_named_like_a_leftover_is_left_alone(tmp_path: Path) -> None:
        precious = tmp_path / "precious"
        precious.mkdir()
        (precious / "a").write_bytes(b"x")
        link = tmp_path / f".degreecheck-export-{'0' * 16}"
        link.symlink_to(precious, target_is_directory=True)
        remove_leftovers(tmp_path)
        assert link.exists()
        assert names(precious) == ["a"]
