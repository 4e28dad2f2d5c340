"""However an export ends: a whole bundle or none, the sources as they were, and a sentence that says why."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import make
import make_folders
from degreecheck import folder, text
from degreecheck.inspectors import bag
from degreecheck.inspectors.pool import Pool
from degreecheck.output import bundle as bundles
from degreecheck.output import bundle_papers, pdf_process, workspace
from degreecheck.output.bundle import Cancelled, CannotExport, Exported, Order, export
from degreecheck.output.pdf_process import PdfFailed
from degreecheck.output.workspace import Workspace

FEW = {
    "photo": ("materials/照片.jpg",),
    "thesis_document": ("materials/论文.pdf",),
    "task_book": ("materials/任务书.pdf",),
}
Progress = Callable[[str, int, int], None]


def _nobody(_stage: str, _done: int, _total: int) -> None:
    pass


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1) as pool:
        yield pool


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_folders.write(tmp_path / "林小满-学位申请", {"materials": FEW})


def run(
    source: Path, out: Path, pool: Pool, on_progress: Progress = _nobody, *, allow_errors: bool = True,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:  # fmt: skip
    order = Order(folder.load(source), make.school(), make.NOW, text.load("zh"), allow_errors, read_text=False)
    with Workspace(out) as place:
        return export(order, place, pool, on_progress=on_progress, cancelled=cancelled)


def fails(source: Path, out: Path, pool: Pool, on_progress: Progress = _nobody, **options: bool) -> CannotExport:
    before = make_folders.snapshot(source)
    with pytest.raises(CannotExport) as failed:
        run(source, out, pool, on_progress, **options)  # type: ignore[arg-type]
    for language in text.LANGUAGES:
        assert failed.value.sentence(text.load(language))
    assert not out.exists() or list(out.iterdir()) == []
    assert before.items() >= make_folders.snapshot(source).items()
    return failed.value


def at(stage: str, done: int, act: Callable[[], object]) -> Progress:
    """Calls ``act`` when a stage has come so far."""

    def told(name: str, so_far: int, _total: int) -> None:
        if (name, so_far) == (stage, done):
            act()

    return told


# ---------------------------------------------------------------------------------------------------------- the sources


def test_a_file_that_vanishes_half_way_ends_it(source: Path, tmp_path: Path, pool: Pool) -> None:
    gone = source / "materials/论文.pdf"
    # Every slot that the school asks is wanted here, so errors have to be allowed: then it is left out and named.
    made = run(source, tmp_path / "out", pool, at("files", 0, gone.unlink))
    assert [entry.reason for entry in made.left_out] == ["unreadable.gone"]
    assert "materials/论文.pdf" in (made.folder / "bag-info.txt").read_text(encoding="utf-8")
    assert bag.verify(made.folder)["troubles"] == []


def whole(tmp_path: Path) -> Path:
    return make_folders.write(tmp_path / "whole")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda path: path.unlink(), "unreadable.gone"),
        (lambda path: path.write_bytes(path.read_bytes() + b"%"), "bundle.reason.changed"),
        (lambda path: (path.unlink(), path.mkdir()), "unreadable.not_a_file"),
    ],
)
@pytest.mark.parametrize("name", ["照片.jpg", "论文.pdf"])
def test_a_file_that_changes_after_it_was_judged_ends_it(
    tmp_path: Path, pool: Pool, name: str, change: Callable[[Path], object], reason: str
) -> None:
    source = make_folders.write(tmp_path / "source", {"materials": FEW})
    target = source / "materials" / name
    told = at("files", 0, lambda: change(target))
    made = run(source, tmp_path / "out", pool, told)
    assert [entry.reason for entry in made.left_out] == [reason]


def test_without_errors_allowed_a_missing_file_ends_it(tmp_path: Path, pool: Pool) -> None:
    source = whole(tmp_path)
    failed = fails(
        source, tmp_path / "out", pool, at("files", 0, (source / "materials/照片.jpg").unlink), allow_errors=False
    )
    assert failed.kind == "file"
    assert "照片.jpg" in failed.sentence(text.load("zh"))


def test_an_interrupt_leaves_nothing_and_the_source_as_it_was(source: Path, tmp_path: Path) -> None:
    before = make_folders.snapshot(source)
    order = Order(folder.load(source), make.school(), make.NOW, text.load("zh"), allow_errors=True, read_text=False)

    def stop() -> None:
        raise KeyboardInterrupt

    for stage, done in (("check", 1), ("files", 1), ("papers", 0), ("archive", 2), ("place", 0), ("place", 1)):
        with pytest.raises(KeyboardInterrupt), Workspace(tmp_path / "out") as place, Pool(1) as own:
            export(order, place, own, on_progress=at(stage, done, stop))
        assert not (tmp_path / "out").exists(), stage
        assert make_folders.snapshot(source) == before


def test_it_can_be_cancelled(source: Path, tmp_path: Path, pool: Pool) -> None:
    for stage, done in (("check", 1), ("files", 1), ("papers", 0)):
        asked = threading.Event()
        with pytest.raises(Cancelled):
            run(source, tmp_path / "out", pool, at(stage, done, asked.set), cancelled=asked.is_set)
        assert not (tmp_path / "out").exists()


# ---------------------------------------------------------------------------------------------------------- the places


@pytest.mark.parametrize("inside", ["", "导出", "materials/导出"])
def test_never_into_the_application_itself(source: Path, pool: Pool, inside: str) -> None:
    before = make_folders.snapshot(source)
    with pytest.raises(CannotExport) as failed:
        run(source, source / inside, pool)
    assert failed.value.kind == "inside_source"
    assert make_folders.snapshot(source) == before


def test_never_into_or_from_a_bundle(source: Path, tmp_path: Path, pool: Pool) -> None:
    made = run(source, tmp_path / "out", pool)
    before = make_folders.snapshot(tmp_path)
    for place, kind in ((made.folder / "data", "inside_bundle"), (made.folder, "inside_bundle")):
        with pytest.raises(CannotExport) as failed:
            run(source, place, pool)
        assert failed.value.kind == kind
    for place in (made.folder, made.folder / "data"):
        with pytest.raises(CannotExport) as failed:
            run(place, tmp_path / "other", pool)
        assert failed.value.kind == "is_bundle"
    assert make_folders.snapshot(tmp_path) == before


def test_a_folder_without_a_form_has_nothing_to_export(source: Path, tmp_path: Path, pool: Pool) -> None:
    (source / "application.json").unlink()
    assert fails(source, tmp_path / "out", pool).kind == "no_form"


def test_what_stands_there_is_never_overwritten(source: Path, tmp_path: Path, pool: Pool) -> None:
    out = tmp_path / "out"
    first = run(source, out, pool)
    before = make_folders.snapshot(out)
    second = run(source, out, pool)
    assert second.folder.name == f"{first.folder.name} (2)"
    assert before.items() <= make_folders.snapshot(out).items()
    assert bag.verify(second.archive)["troubles"] == []


def test_a_place_that_is_a_file_is_told(source: Path, tmp_path: Path, pool: Pool) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(CannotExport) as failed:
        run(source, tmp_path / "file" / "out", pool)
    assert failed.value.kind == "not_written"
    assert (tmp_path / "file").read_bytes() == b"x"


@pytest.mark.parametrize(("number", "kind"), [(errno.EACCES, "no_permission"), (errno.ENOSPC, "no_space")])
@pytest.mark.parametrize("step", ["open", "place"])
def test_what_the_system_refuses_is_told(
    source: Path, tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch, number: int, kind: str, step: str
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(Workspace, step, refuse)
    assert fails(source, tmp_path / "out", pool).kind == kind


# ----------------------------------------------------------------------------------------------------------- the tools


def test_a_full_disk_leaves_nothing(source: Path, tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for module, name in ((bundle_papers, "write_data"), (bundles, "write_tags"), (bundles, "write_zip")):
        with monkeypatch.context() as patched:
            patched.setattr(module, name, full)
            assert fails(source, tmp_path / "out", pool).kind == "no_space"


def test_prints_that_cannot_be_made_end_it(
    source: Path, tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_process, "make", lambda jobs: [PdfFailed("no_cjk_font") for _ in jobs])
    failed = fails(source, tmp_path / "out", pool)
    assert failed.kind == "papers"
    assert pdf_process.font_to_install() in failed.sentence(text.load("zh"))


def test_without_workers_there_is_no_bundle(source: Path, tmp_path: Path) -> None:
    with Pool(1, command=[sys.executable, "-c", "raise SystemExit('no')"]) as broken:
        assert fails(source, tmp_path / "out", broken).kind == "no_worker"


def test_a_file_changed_in_the_workspace_is_found(source: Path, tmp_path: Path, pool: Pool) -> None:
    def disturb() -> None:
        (found,) = (tmp_path / "out").glob("*/bag/data/00-预检报告.pdf")
        found.write_bytes(b"other")

    assert fails(source, tmp_path / "out", pool, at("archive", 0, disturb)).kind == "disturbed"


def test_a_path_too_long_for_windows_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace.Workspace, "bag", tmp_path / "bag")
    plan = bundles.Plan((), ())
    short = bundles._longest_path(Workspace(tmp_path), "a", plan)
    assert bundles._longest_path(Workspace(tmp_path / ("x" * 100)), "a", plan) == short + 101


# ------------------------------------------------------------------------------------------------------------- killed

KILLED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[4:]
import make
from degreecheck import folder, text
from degreecheck.inspectors.pool import Pool
from degreecheck.output.bundle import Order, export
from degreecheck.output.workspace import Workspace

stage, done = sys.argv[3].split(":")

def told(name, so_far, total):
    if name == stage and so_far == int(done):
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

order = Order(folder.load(Path(sys.argv[1])), make.school(), make.NOW, text.load("zh"), True, read_text=False)
with Workspace(Path(sys.argv[2])) as workspace, Pool(1) as pool:
    export(order, workspace, pool, on_progress=told)
"""


@pytest.mark.parametrize("moment", ["check:1", "files:1", "files:3", "papers:0", "archive:3", "place:0", "place:1"])
def test_killed_at_any_moment_there_is_no_half_bundle(source: Path, tmp_path: Path, moment: str) -> None:
    out = tmp_path / "out"
    before = make_folders.snapshot(source)
    command = [sys.executable, "-c", KILLED, str(source), str(out), moment, str(Path(__file__).parent.parent)]
    killed = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert killed.returncode != 0
    assert b"Error" not in killed.stderr
    assert make_folders.snapshot(source) == before
    for path in out.iterdir() if out.exists() else ():
        if not path.name.startswith(".degreecheck-export-"):
            assert moment == "place:1"
            assert bag.verify(path)["troubles"] == []
    out.mkdir(exist_ok=True)
    workspace.remove_leftovers(out)
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []


if sys.platform != "win32":

    def test_a_disk_that_fills_up_under_the_workers_leaves_nothing(source: Path, tmp_path: Path) -> None:
        """A limit on the size of files stands for the full disk: it holds for the workers too."""
        before = make_folders.snapshot(source)
        limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)\n"
        limited += "from degreecheck.cli import main\nsys.argv[1:2] = []\nsys.exit(main())"
        for most in (2_000, 30_000, 90_000):
            command = [sys.executable, "-c", limited, str(most), "export", str(source), "-o", str(tmp_path / "out")]
            done = subprocess.run(
                [*command, "--allow-errors", "--today", "2026-04-18"], capture_output=True, timeout=120, check=False,
                env=os.environ | {"PYTHONIOENCODING": "utf-8"},
            )  # fmt: skip
            assert done.returncode == 3, most
            assert "没有导出" in done.stderr.decode()
            assert not (tmp_path / "out").exists()
            assert make_folders.snapshot(source) == before
