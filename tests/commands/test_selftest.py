"""The self-test's own words and exit code; that the steps work is tried end to end."""

from __future__ import annotations

from pathlib import Path

import pytest

from degreecheck import clock, text
from degreecheck.commands import _selftest_steps as steps
from degreecheck.commands import run, selftest
from degreecheck.inspectors.pool import Pool
from degreecheck.sample import fonts

ZH = text.load("zh")


def fail(trial: steps.Trial) -> str:
    raise steps.StepFailed("镜头坏了")


def leave_out(trial: steps.Trial) -> str:
    raise steps.StepLeftOut("没有镜头")


def crash(trial: steps.Trial) -> str:
    raise ValueError("51010619990101001X is nobody's to know")


def fine(trial: steps.Trial) -> str:
    return "好"


@pytest.fixture
def trial(tmp_path: Path) -> steps.Trial:
    return steps.Trial(tmp_path, ZH, clock.now(), Pool(1, command=["/no/such/program"]))


def test_a_line_for_each_step_and_the_later_ones_run_though_an_earlier_one_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(steps, "STEPS", {"sample": fail, "worker": leave_out, "check": crash, "window": fine})
    assert selftest.tried(tmp_path, ZH) == 2
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["FAILED", "--", "FAILED", "ok"]
    assert "镜头坏了" in lines[0]
    assert "没有镜头" in lines[1]
    assert "ValueError test_selftest.py:" in lines[2]
    assert "51010619990101001X" not in lines[2]


def test_exit_codes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(steps, "STEPS", {"check": fine})
    assert run(["selftest"]) == 0
    assert ZH.get("selftest.all_well") in capsys.readouterr().out
    monkeypatch.setattr(steps, "STEPS", {"check": fine, "window": fail})
    assert run(["selftest", "--lang", "en"]) == 3
    said = capsys.readouterr().out
    assert text.load("en").get("selftest.some_failed", count=1) in said
    assert run(["selftest", "--lang", "fr"]) == 2


def test_every_step_has_its_name_in_every_language() -> None:
    for language in text.LANGUAGES:
        assert set(text.load(language).table("selftest.step")) == set(steps.STEPS)


def test_without_a_chinese_font_it_says_which_to_install(trial: steps.Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "candidates", list)
    fonts.find_font.cache_clear()
    try:
        with pytest.raises(steps.StepFailed, match=fonts.to_install().split()[0]):
            steps.sample(trial)
    finally:
        fonts.find_font.cache_clear()
    for step in (steps.worker, steps.verdict, steps.export, steps.verification, steps.window):
        with pytest.raises(steps.StepLeftOut):
            step(trial)


def test_resources_that_are_missing_are_named(
    trial: steps.Trial, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert steps.resources(trial)
    monkeypatch.setattr(steps.paths, "resources", lambda: tmp_path)
    monkeypatch.setattr(steps.pack, "shipped", lambda: ("cqust",))
    with pytest.raises(steps.StepFailed, match=r"style/window\.qss"):
        steps.resources(trial)


def test_a_worker_that_does_not_start_is_a_failure(trial: steps.Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    trial.files["photo"] = trial.place / "photo.jpg"
    trial.files["photo"].write_bytes(b"\xff\xd8\xff")
    monkeypatch.setattr(steps.Trial, "sample", lambda _: None)
    with trial.pool, pytest.raises(steps.StepFailed, match="worker_unavailable"):
        steps.worker(trial)


@pytest.mark.parametrize(("code", "expected"), [("import sys; sys.exit('broken')", "broken"), ("", "画出")])
def test_what_the_window_says_is_told(
    trial: steps.Trial, monkeypatch: pytest.MonkeyPatch, code: str, expected: str
) -> None:
    import sys

    class Opened:
        path = trial.place

    monkeypatch.setattr(steps.Trial, "sample", lambda _: Opened())
    monkeypatch.setattr(steps, "window_command", lambda: [sys.executable, "-c", code])
    if code:
        with pytest.raises(steps.StepFailed, match=expected):
            steps.window(trial)
    else:
        assert expected in steps.window(trial)


def test_a_window_program_that_is_not_there_is_told(trial: steps.Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    class Opened:
        path = trial.place

    monkeypatch.setattr(steps.Trial, "sample", lambda _: Opened())
    monkeypatch.setattr(steps, "window_command", lambda: ["/no/such/program"])
    with pytest.raises(steps.StepFailed, match="窗口程序启动不了"):
        steps.window(trial)


def test_packaged_the_window_is_tried_by_its_own_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(steps.sys, "frozen", True, raising=False)
    monkeypatch.setattr(steps.sys, "executable", str(tmp_path / "degreecheck"))
    assert Path(steps.window_command()[0]).stem == steps.WINDOW_PROGRAM
