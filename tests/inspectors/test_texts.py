"""The text of many files: read page by page, kept, and no trouble of one file another's."""

from __future__ import annotations

import importlib.metadata
import os
import sys
import time
from pathlib import Path

import pytest

from degreecheck.facts import FileFacts, ImageFacts, NotChecked, PdfFacts, TextFacts, Unreadable
from degreecheck.inspectors import texts
from degreecheck.inspectors.cache import Cache
from degreecheck.inspectors.files import FileRequest, inspect_files
from degreecheck.inspectors.limits import WorkerLimits
from degreecheck.inspectors.messages import Part
from degreecheck.inspectors.pool import Pool

FAKE = str(Path(__file__).parent.parent / "fake_worker.py")
READ: frozenset[Part] = frozenset({"scan", "text"})
WATCH = WorkerLimits(start_seconds=20, seconds=60, grace_seconds=0.2, tick_seconds=0.02, memory_bytes=400_000_000)


def fake_pool() -> Pool:
    return Pool(1, WATCH, command=[sys.executable, FAKE])


def file(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"abc")
    changed = time.time_ns() - 3_600_000_000_001
    os.utime(path, ns=(changed, changed))
    return path


def request(path: Path, parts: frozenset[Part] = READ) -> FileRequest[str]:
    return FileRequest(path.stem, path, parts)


def text_of(found: dict[str, FileFacts | NotChecked], name: str) -> TextFacts | NotChecked | None:
    facts = found[name]
    assert isinstance(facts, FileFacts)
    return facts.text


def test_every_page_is_read_and_its_turn_is_its_own(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with fake_pool() as pool:
        found = inspect_files([request(file(tmp_path, "read-fine.tif"))], pool=pool,
                              on_progress=lambda done, total: told.append((done, total)))  # fmt: skip
    text = text_of(found, "read-fine")
    assert isinstance(text, TextFacts)
    assert [line.text for line in text.lines] == ["page 0", "page 1"]
    assert (text.pages, text.turned) == ((0, 1), {0: 90, 1: 90})
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_without_the_part_nothing_is_read(tmp_path: Path) -> None:
    with fake_pool() as pool:
        found = inspect_files([request(file(tmp_path, "read-fine.tif"), frozenset({"scan"}))], pool=pool)
    assert text_of(found, "read-fine") is None


def test_what_was_read_is_kept_and_no_worker_starts_again(tmp_path: Path) -> None:
    requests = [request(file(tmp_path, "read-fine.tif"))]
    results = []
    for started in (1, 0):
        with Cache(tmp_path / "cache") as cache, fake_pool() as pool:
            results.append(inspect_files(requests, pool=pool, cache=cache))
            assert pool.started == started
    assert results[0] == results[1]


def test_reading_anew_is_asked_for_apart(tmp_path: Path) -> None:
    """An export looks at every file anew; what was read of the same content stands."""
    requests = [request(file(tmp_path, "read-fine.tif"))]
    with Cache(tmp_path / "cache") as cache:
        with fake_pool() as pool:
            inspect_files(requests, pool=pool, cache=cache)
        (tmp_path / "read-fine.tif").rename(tmp_path / "read-dies.tif")
        again = [request(tmp_path / "read-dies.tif")]
        with fake_pool() as pool:
            assert isinstance(text_of(inspect_files(again, pool=pool, cache=cache), "read-dies"), TextFacts)
        with fake_pool() as pool:
            found = inspect_files(again, pool=pool, cache=cache, recheck=True, reread=False)
            assert isinstance(text_of(found, "read-dies"), TextFacts)
            found = inspect_files(again, pool=pool, cache=cache, recheck=True)
            assert text_of(found, "read-dies") == NotChecked(reason="died")


def test_the_text_lies_encrypted_under_the_content(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache, fake_pool() as pool:
        inspect_files([request(file(tmp_path, "read-fine.tif"))], pool=pool, cache=cache)
        assert cache.find_text("0" * 64, 0, texts.reader_version()) is not None
        assert cache.find_text("0" * 64, 0, "another reader") is None
        assert cache.find_text("1" * 64, 0, texts.reader_version()) is None
        assert cache.find_text("", 0, texts.reader_version()) is None
    kept = b"".join(path.read_bytes() for path in (tmp_path / "cache").iterdir())
    assert b"page 1" not in kept


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("read-dies", NotChecked(reason="died")),
        ("read-no-reader", None),
        ("read-refuses", TextFacts()),
        ("read-changed", TextFacts()),
    ],
)
def test_trouble_with_one_text_is_no_trouble_of_the_file_or_of_another(
    tmp_path: Path, name: str, expected: TextFacts | NotChecked | None
) -> None:
    requests = [request(file(tmp_path, f"{name}.tif")), request(file(tmp_path, "read-fine.tif"))]
    with fake_pool() as pool:
        found = inspect_files(requests, pool=pool)
    assert text_of(found, name) == expected
    assert isinstance(text_of(found, "read-fine"), TextFacts)


def test_a_build_without_a_reader_asks_no_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "reader_version", lambda: "")
    told: list[tuple[int, int]] = []
    requests = [request(file(tmp_path, "read-dies.tif"))]
    with Cache(tmp_path / "cache") as cache:
        for started in (1, 0):
            with fake_pool() as pool:
                found = inspect_files(requests, pool=pool, cache=cache,
                                      on_progress=lambda done, total: told.append((done, total)))  # fmt: skip
                assert text_of(found, "read-dies") is None
                assert pool.started == started
    assert told[-1] == (2, 2)


def test_what_could_not_be_looked_at_is_not_read(tmp_path: Path) -> None:
    with fake_pool() as pool:
        found = inspect_files([request(tmp_path / "gone.jpg"), request(file(tmp_path, "dies.jpg"))], pool=pool)
    assert found["dies"] == NotChecked(reason="died")
    gone = found["gone"]
    assert isinstance(gone, FileFacts)
    assert gone.unreadable == Unreadable(reason="gone", detail=gone.unreadable.detail if gone.unreadable else "")


SCAN: frozenset[Part] = frozenset({"scan", "text"})
PAPER: frozenset[Part] = frozenset({"document", "text"})


@pytest.mark.parametrize(
    ("facts", "parts", "pages"),
    [
        (FileFacts(size=1, type="jpeg", image=ImageFacts(width=9, height=9)), SCAN, 1),
        (FileFacts(size=1, type="tiff", image=ImageFacts(width=9, height=9, frames=9)), SCAN, 3),
        (FileFacts(size=1, type="gif", image=ImageFacts(width=9, height=9, frames=9)), SCAN, 1),
        (FileFacts(size=1, type="pdf", pdf=PdfFacts(pages=2)), SCAN, 2),
        (FileFacts(size=1, type="pdf", pdf=PdfFacts(pages=60)), SCAN, 3),
        (FileFacts(size=1, type="pdf", pdf=PdfFacts(pages=60, pages_with_text=60)), PAPER, 0),
        (FileFacts(size=1, type="pdf", pdf=PdfFacts(pages=60)), PAPER, 1),
        (FileFacts(size=1, type="pdf", pdf=PdfFacts(pages=0)), PAPER, 0),
        (FileFacts(size=1, type="docx"), PAPER, 0),
        (FileFacts(size=1, unreadable=Unreadable(reason="damaged")), SCAN, 0),
    ],
)
def test_the_first_pages_are_read_of_what_has_no_text(facts: FileFacts, parts: frozenset[Part], pages: int) -> None:
    assert texts.pages_to_read(facts, parts) == range(pages)


def test_the_reader_is_there_and_has_a_version() -> None:
    assert texts.reader_version() == importlib.metadata.version("rapidocr")
