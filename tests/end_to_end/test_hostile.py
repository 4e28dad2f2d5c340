"""Folders, streams and moments that nobody plans for: no traceback, nothing of a number, and a code that is true."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
from PIL import Image

import make
from degreecheck import clock, form_file
from degreecheck.desk import batch

CHECK = (sys.executable, "-m", "degreecheck", "check")
TODAY = ("--today", "2026-04-18", "--no-text")
HALF = "\ud800"  # half a character: names on disk and JSON's escapes can hold it
BEFORE = "import os, sys; from degreecheck.cli import main; "


def application(folder: Path, **changes: Any) -> Path:
    """A folder with the perfect form and whatever is changed in it."""
    folder.mkdir()
    data = json.loads(form_file.dump(make.perfect_case().form))
    data["materials"] = {}
    (folder / "application.json").write_text(json.dumps(data | changes), encoding="ascii")
    return folder


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, timeout=120, check=False, env=os.environ | environment
    )
    assert b"Traceback" not in done.stderr
    return done


def report(folder: Path, **environment: str) -> tuple[int, dict[str, Any], str]:
    done = run(*CHECK, folder, "--json", "-", *TODAY, **environment)
    assert done.stderr == b""
    text = done.stdout.decode()
    return done.returncode, json.loads(text), text


def found(data: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return [finding for finding in data["findings"] if finding["code"] == code]


def picture(path: Path, **options: Any) -> None:
    Image.effect_noise((320, 440), 60).convert("RGB").save(path, **options)


def test_everything_wrong_at_once_is_a_report(tmp_path: Path) -> None:
    number = make.ID_NUMBER
    names = [f"{number}.jpg", "{name}[b]x[b].jpg", "名" * 80 + ".jpg", "\u202egpj.exe.jpg", " -rf .jpg", "😀.jpg"]
    listed = [*names, "会没有.jpg", "a\nb.jpg", f"半{HALF}.jpg", "../x.jpg", "con.jpg", "文件夹", "头.jpg", "空.jpg"]
    folder = application(
        tmp_path / "张三",
        materials={"transcript": listed, HALF: ["y.jpg"], "不认识": ["😀.jpg"]},
        personal={"id_number": float(number), "name": HALF},
        answers={HALF: {}},
    )
    for name in names:
        picture(folder / name)
    (folder / "文件夹").mkdir()
    (folder / "头.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "空.jpg").write_bytes(b"")
    code, data, text = report(folder)
    assert code == 1
    assert data["counts"]["crashed"] == 0
    assert not found(data, "SYS301")
    assert {finding["file"] for finding in found(data, "MAT102")} == {"头.jpg", "空.jpg"}
    assert {finding["values"]["reason"] for finding in found(data, "SYS103")} == {"characters", "parent", "device"}
    aside = {finding["field"] for finding in found(data, "SYS101")}
    assert {"personal.name", "personal.id_number", "materials.transcript[8]"} <= aside
    assert number not in text
    assert number[:14] not in text.replace(".", "")


def test_a_picture_that_export_converts_is_looked_at_all_the_same(tmp_path: Path) -> None:
    folder = application(tmp_path / "张三", materials={"transcript": ["小.bmp"]})
    Image.effect_noise((200, 280), 60).convert("RGB").save(folder / "小.bmp")
    _, data, _ = report(folder)
    assert [finding["severity"] for finding in found(data, "MAT103")] == ["note"]
    assert [finding["severity"] for finding in found(data, "SCN101")] == ["error"]


def test_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = application(tmp_path / "张三", materials={"transcript": ["a.jpg", "b.jpg"], "photo": ["c.jpg"]})
    for name in "abc":
        picture(folder / f"{name}.jpg")
    first = report(folder, PYTHONHASHSEED="1")
    assert report(folder, PYTHONHASHSEED="2", DEGREECHECK_CACHE_DIR=str(tmp_path / "another cache")) == first


def test_a_reader_that_goes_away_is_no_trouble(tmp_path: Path) -> None:
    folder = application(tmp_path / "张三")
    with subprocess.Popen([*CHECK, str(folder), *TODAY], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(120) in (0, 1)
    assert said == b""


def test_a_pipe_that_is_broken_from_the_start_is_not_an_error_found(tmp_path: Path) -> None:
    folder = application(tmp_path / "张三")
    code = BEFORE + "read, write = os.pipe(); os.close(read); os.dup2(write, 1); sys.exit(main())"
    done = run(sys.executable, "-c", code, "check", folder, *TODAY)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("closed", [(1,), (2,), (0, 1, 2)])
def test_closed_streams_change_nothing(tmp_path: Path, closed: tuple[int, ...]) -> None:
    folder = application(tmp_path / "张三", materials={"transcript": ["a.jpg"]})
    picture(folder / "a.jpg")
    streams = " = ".join(f"sys.{('stdin', 'stdout', 'stderr')[number]}" for number in closed)
    shut = "; ".join(f"os.close({number})" for number in closed)
    code = f"{BEFORE}{shut}; {streams} = None; os._exit(main())"
    done = run(sys.executable, "-c", code, "check", folder, "--json", tmp_path / "report.json", *TODAY)
    assert (done.returncode, done.stderr) == (1, b"")
    assert json.loads((tmp_path / "report.json").read_bytes())["verdict"] == "fix"


def test_ctrl_c_waits_for_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []

    def interrupted(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "_judged", interrupted)
    pool: Any = SimpleNamespace(workers=1, close=lambda: closed.append(True))
    desk: Any = SimpleNamespace(people=["张三"], neighbours=["张三"])
    with pytest.raises(KeyboardInterrupt):
        list(batch.check_desk(desk, batch.Options(clock.parse_moment("2026-04-18"), read_text=False), pool=pool))
    assert closed == [True]
