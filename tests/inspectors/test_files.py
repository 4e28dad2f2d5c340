"""Many files at once: only what is new or changed reaches a worker."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from degreecheck.facts import FileFacts, NotChecked
from degreecheck.inspectors import opening
from degreecheck.inspectors.cache import Cache
from degreecheck.inspectors.files import FileRequest, inspect_files, inspector_version, open_cache
from degreecheck.inspectors.limits import WorkerLimits
from degreecheck.inspectors.pool import Pool

FAKE = str(Path(__file__).parent.parent / "fake_worker.py")
PHOTO = frozenset({"photo"})
WATCH = WorkerLimits(start_seconds=20, seconds=60, grace_seconds=0.2, tick_seconds=0.02, memory_bytes=400_000_000)


def fake_pool() -> Pool:
    return Pool(1, WATCH, command=[sys.executable, FAKE])


def file(folder: Path, name: str, content: bytes = b"abc") -> Path:
    path = folder / name
    path.write_bytes(content)
    changed = time.time_ns() - 3_600_000_000_001
    os.utime(path, ns=(changed, changed))
    return path


def request(path: Path) -> FileRequest[str]:
    return FileRequest(path.name, path, PHOTO)


def test_an_unchanged_folder_starts_no_worker_and_opens_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "李 四-学位申请"
    folder.mkdir()
    requests = [request(file(folder, name)) for name in ("fine.jpg", "论文.pdf", "身份证 正面.jpg")]
    with Cache(tmp_path / "cache") as cache, fake_pool() as pool:
        first = inspect_files(requests, pool=pool, cache=cache)
        assert pool.started == 1
    assert all(isinstance(facts, FileFacts) for facts in first.values())

    opened: list[str] = []
    sys.addaudithook(lambda event, arguments: opened.append(str(arguments[0])) if event == "open" else None)
    with Cache(tmp_path / "cache") as cache, fake_pool() as pool:
        opened.clear()
        again = inspect_files(requests, pool=pool, cache=cache)
        assert pool.started == 0
        seen = [path for path in opened if "学位申请" in path]
    assert again == first
    assert seen == []


def test_only_the_changed_file_is_inspected_again(tmp_path: Path) -> None:
    requests = [request(file(tmp_path, f"{index}.jpg")) for index in range(5)]
    with Cache(tmp_path / "cache") as cache, fake_pool() as pool:
        inspect_files(requests, pool=pool, cache=cache)
        file(tmp_path, "3.jpg", b"xyz")
        asked: list[tuple[int, int]] = []
        inspect_files(requests, pool=pool, cache=cache, on_progress=lambda done, total: asked.append((done, total)))
    assert asked == [(4, 5), (5, 5)]


def test_recheck_trusts_nothing_and_keeps_what_it_finds(tmp_path: Path) -> None:
    requests = [request(file(tmp_path, "fine.jpg"))]
    with Cache(tmp_path / "cache") as cache:
        for recheck, started in ((False, 1), (False, 0), (True, 1), (False, 0)):
            with fake_pool() as pool:
                inspect_files(requests, pool=pool, cache=cache, recheck=recheck)
                assert pool.started == started


@pytest.mark.parametrize("trouble", ["dies", "not-json", "eats-memory"])
def test_what_was_not_checked_is_tried_again(tmp_path: Path, trouble: str) -> None:
    requests = [request(file(tmp_path, f"{trouble}.jpg")), request(file(tmp_path, "fine.jpg"))]
    with Cache(tmp_path / "cache") as cache:
        for _ in range(2):
            with fake_pool() as pool:
                results = inspect_files(requests, pool=pool, cache=cache)
                assert pool.started >= 1
            assert isinstance(results[f"{trouble}.jpg"], NotChecked)
            assert isinstance(results["fine.jpg"], FileFacts)


def test_without_a_cache_everything_is_inspected(tmp_path: Path) -> None:
    requests = [request(file(tmp_path, "fine.jpg"))]
    for _ in range(2):
        with fake_pool() as pool:
            assert list(inspect_files(requests, pool=pool)) == ["fine.jpg"]
            assert pool.started == 1


def test_one_file_in_several_slots_is_asked_about_once(tmp_path: Path) -> None:
    path = file(tmp_path, "fine.jpg")
    requests = [FileRequest(slot, path, PHOTO) for slot in ("id_card_portrait", "id_card_emblem")]
    requests.append(FileRequest("other", path, frozenset({"scan"})))
    asked: list[tuple[int, int]] = []
    with fake_pool() as pool:
        results = inspect_files(requests, pool=pool, on_progress=lambda done, total: asked.append((done, total)))
    assert list(results) == ["id_card_portrait", "id_card_emblem", "other"]
    assert asked[-1] == (2, 2)


def test_what_need_not_be_opened_to_be_refused_reaches_no_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder.jpg").mkdir()
    large = file(tmp_path, "large.pdf")
    with large.open("r+b") as grown:
        grown.truncate(300 * 1024 * 1024)
    with fake_pool() as pool:
        results = inspect_files(
            [request(tmp_path / name) for name in ("gone.jpg", "folder.jpg", "large.pdf", "null\0.jpg")], pool=pool
        )
        assert pool.started == 0
    reasons = [
        facts.unreadable.reason for facts in results.values() if isinstance(facts, FileFacts) and facts.unreadable
    ]
    assert reasons == ["gone", "not_a_file", "too_large", "gone"]


def test_a_cloud_placeholder_is_still_downloading_and_untouched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(tmp_path, "photo.jpg")

    class Placeholder:
        st_mode, st_size, st_mtime_ns, st_ino = 0o100644, 3, 0, 1
        st_file_attributes = 0x400000 | 0x20

    monkeypatch.setattr(Path, "lstat", lambda self: Placeholder())
    with pytest.raises(opening.CannotRead) as refusal:
        opening.look(path)
    assert refusal.value.reason == "still_downloading"
    Placeholder.st_file_attributes = 0x20
    opening.look(path)
    Placeholder.st_flags = 0x40000000  # macOS
    with pytest.raises(opening.CannotRead):
        opening.look(path)


def test_cancelling_leaves_out_what_was_not_begun(tmp_path: Path) -> None:
    requests = [request(file(tmp_path, f"{index}.jpg")) for index in range(30)]
    done = 0

    def progress(count: int, total: int) -> None:
        nonlocal done
        done = count

    with fake_pool() as pool:
        results = inspect_files(requests, pool=pool, on_progress=progress, cancelled=lambda: done >= 5)
    assert 5 <= len(results) <= 8


def test_the_version_names_the_readers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    version = inspector_version()
    assert version == inspector_version()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "window"))
    worker = tmp_path / "degreecheck"
    worker.write_bytes(b"one")
    frozen = inspector_version()
    worker.write_bytes(b"longer")
    assert len({version, frozen, inspector_version()}) == 3


def test_the_usual_cache_is_that_of_these_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEGREECHECK_CACHE_DIR", str(tmp_path / "cache"))
    requests = [request(file(tmp_path, "fine.jpg"))]
    with open_cache() as cache, fake_pool() as pool:
        inspect_files(requests, pool=pool, cache=cache)
    monkeypatch.setattr("degreecheck.inspectors.files.__version__", "99")
    with open_cache() as cache, fake_pool() as pool:
        inspect_files(requests, pool=pool, cache=cache)
        assert pool.started == 1


def test_this_side_loads_nothing_that_opens_strangers_files() -> None:
    program = (
        "import sys, json\n"
        "import degreecheck.inspectors.files, degreecheck.inspectors.pool, degreecheck.inspectors.cache\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    loaded = json.loads(subprocess.check_output([sys.executable, "-c", program], encoding="ascii"))
    heavy = {"numpy", "PIL", "cv2", "pypdfium2", "pillow_heif", "olefile", "defusedxml", "onnxruntime"}
    forbidden = heavy | {"multiprocessing", "pickle", "cryptography", "typer", "rich", "PySide6"}
    assert forbidden.isdisjoint(loaded)
    assert "degreecheck.inspectors.files" in loaded
