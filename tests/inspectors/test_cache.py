"""An unchanged file is found again, a changed one never is, and no accident of the cache reaches a person."""

import os
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from degreecheck.facts import FileFacts, ImageFacts, TextFacts, TextLine, Unreadable
from degreecheck.inspectors import cache as cache_module
from degreecheck.inspectors.cache import FILE_NAME, SET_ASIDE_NAME, Cache, Seen, default_folder

PHOTO = frozenset({"photo"})
NAME = "张三丰"
NUMBER = "500101199001011234"


def facts(content: int = 1, **more: object) -> FileFacts:
    box = (0, 0, 1, 0.5)
    text = TextFacts(lines=(TextLine(text=f"姓名 {NAME} {NUMBER}", box=box, place=box, confidence=0.9),))
    known = {"size": 5, "sha256": f"{content:064x}", "type": "jpeg", "text": text}
    return FileFacts.model_validate(known | more)


def old_file(path: Path, content: bytes = b"hello", age: float = 3600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    changed = time.time_ns() - int(age * 1e9)
    os.utime(path, ns=(changed, changed))
    return path


def look(cache: Cache, path: Path) -> Seen:
    return cache.look(path, path.lstat())


def keep(cache: Cache, path: Path, known: FileFacts, parts: frozenset[str] = PHOTO, crop: object = None) -> None:
    seen = look(cache, path)
    cache.remember(seen, seen, known, parts, crop)  # type: ignore[arg-type]
    cache.flush()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return old_file(tmp_path / "资料 夹" / f"{NAME} 照片.jpg")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "缓存 cache"


def test_an_unchanged_file_is_found_again_with_all_its_facts(folder: Path, file: Path) -> None:
    known = facts(image=ImageFacts(width=413, height=579))
    with Cache(folder) as cache:
        keep(cache, file, known)
    with Cache(folder) as cache:
        assert cache.find(look(cache, file), PHOTO, None) == known


def test_what_was_asked_is_part_of_the_question(folder: Path, file: Path) -> None:
    with Cache(folder) as cache:
        keep(cache, file, facts(), PHOTO, (0.0, 0.0, 0.5, 0.5))
        seen = look(cache, file)
        assert cache.find(seen, PHOTO, (0.0, 0.0, 0.5, 0.5)) is not None
        assert cache.find(seen, PHOTO, (0.0, 0.0, 0.5, 0.6)) is None
        assert cache.find(seen, PHOTO, None) is None
        assert cache.find(seen, frozenset({"scan"}), (0.0, 0.0, 0.5, 0.5)) is None


def test_facts_of_other_readers_are_not_found(folder: Path, file: Path) -> None:
    with Cache(folder, version="1") as cache:
        keep(cache, file, facts())
    with Cache(folder, version="2") as cache:
        assert cache.find(look(cache, file), PHOTO, None) is None
    with Cache(folder, version="1") as cache:
        assert cache.find(look(cache, file), PHOTO, None) == facts()


def test_a_file_changed_in_place_with_its_size_kept_is_noticed_by_its_time(folder: Path, file: Path) -> None:
    with Cache(folder) as cache:
        keep(cache, file, facts())
        old_file(file, b"HELLO", age=1800)
        assert cache.find(look(cache, file), PHOTO, None) is None


@pytest.mark.parametrize("change", ["size", "path", "number"])
def test_any_other_file_is_another(folder: Path, file: Path, change: str) -> None:
    with Cache(folder) as cache:
        keep(cache, file, facts())
        before = file.stat()
        if change == "size":
            file.write_bytes(b"hello!")
        elif change == "path":
            file = file.rename(file.with_name("别的.jpg"))
        else:
            aside = file.with_name("x")
            aside.write_bytes(b"HELLO")
            aside.replace(file)
        os.utime(file, ns=(before.st_mtime_ns, before.st_mtime_ns))
        assert cache.find(look(cache, file), PHOTO, None) is None


@pytest.mark.parametrize(
    ("mtime_ns", "now", "steady"),
    [
        (1_000_000_000_000_000_000, 1_000_000_001.9, False),  # a whole second: the clock may tick once in two
        (1_000_000_000_000_000_000, 1_000_000_002.1, True),
        (1_000_000_000_123_456_789, 1_000_000_000.2, False),
        (1_000_000_000_123_456_789, 1_000_000_000.3, True),
        (1_000_000_009_123_456_789, 1_000_000_000.0, False),  # from the future: another machine's clock
    ],
)
def test_a_time_too_near_to_the_look_proves_nothing(
    folder: Path, file: Path, mtime_ns: int, now: float, steady: bool
) -> None:
    os.utime(file, ns=(mtime_ns, mtime_ns))
    with Cache(folder, now=lambda: now) as cache:
        assert look(cache, file).steady is steady
        keep(cache, file, facts())
        assert (cache.find(look(cache, file), PHOTO, None) is not None) is steady


def test_what_is_not_true_of_the_content_is_not_kept(folder: Path, file: Path) -> None:
    with Cache(folder) as cache:
        keep(cache, file, FileFacts(size=5, unreadable=Unreadable(reason="in_use")))
        assert cache.find(look(cache, file), PHOTO, None) is None
        before = look(cache, file)
        old_file(file, b"HELLO", age=900)
        cache.remember(before, look(cache, file), facts(), PHOTO, None)
        cache.flush()
        assert cache.find(look(cache, file), PHOTO, None) is None
        assert cache.find(before, PHOTO, None) is None


def test_a_damaged_file_is_remembered_as_damaged(folder: Path, file: Path) -> None:
    known = facts(unreadable=Unreadable(reason="damaged", detail="ends early"))
    with Cache(folder) as cache:
        keep(cache, file, known)
        assert cache.find(look(cache, file), PHOTO, None) == known


def test_nothing_identifying_stands_in_the_file(folder: Path, file: Path) -> None:
    known = facts(0xABCDEF)
    with Cache(folder) as cache:
        keep(cache, file, known)
    stored = b"".join(path.read_bytes() for path in folder.iterdir())
    for secret in (NAME, NUMBER, file.name, file.parent.name, known.sha256, "jpeg"):
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert secret.encode(encoding) not in stored
    assert bytes.fromhex(known.sha256) not in stored


def test_what_was_read_comes_back_only_to_who_has_the_content(folder: Path, file: Path) -> None:
    with Cache(folder) as cache:
        keep(cache, file, facts(1))
    database = sqlite3.connect(folder / FILE_NAME)
    [(value,)] = database.execute("SELECT value FROM facts").fetchall()
    database.close()
    assert cache_module._unlocked(FileFacts, value, bytes.fromhex(f"{1:064x}")) == facts(1)
    assert cache_module._unlocked(FileFacts, value, bytes.fromhex(f"{2:064x}")) is None


def test_two_installations_have_nothing_in_common(tmp_path: Path, file: Path) -> None:
    keys = []
    for name in ("one", "two"):
        with Cache(tmp_path / name) as cache:
            keep(cache, file, facts())
        database = sqlite3.connect(tmp_path / name / FILE_NAME)
        keys.append({row[0] for table in ("files", "facts") for row in database.execute(f"SELECT key FROM {table}")})
        database.close()
    assert len(keys[0]) == len(keys[1]) == 2
    assert keys[0].isdisjoint(keys[1])


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"not a database at all, but long enough to be taken for one" * 100,
        b"SQLite format 3\x00" + bytes(5_000),
    ],
)
def test_a_damaged_cache_is_set_aside_and_begun_anew(folder: Path, file: Path, damage: bytes) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(damage)
    with Cache(folder) as cache:
        assert cache.usable
        keep(cache, file, facts())
        assert cache.find(look(cache, file), PHOTO, None) == facts()
    assert (folder / SET_ASIDE_NAME).exists() is bool(damage)


def test_damage_that_shows_only_later_is_mended_too(folder: Path, tmp_path: Path) -> None:
    files = [old_file(tmp_path / f"{index}.jpg") for index in range(400)]
    with Cache(folder) as cache:
        for index, path in enumerate(files):
            keep(cache, path, facts(index))
    stored = bytearray((folder / FILE_NAME).read_bytes())
    stored[8192:] = b"\x07" * (len(stored) - 8192)
    (folder / FILE_NAME).write_bytes(stored)
    with Cache(folder) as cache:
        assert all(cache.find(look(cache, path), PHOTO, None) is None for path in files)
        keep(cache, files[0], facts())
        assert cache.find(look(cache, files[0]), PHOTO, None) == facts()


@pytest.mark.parametrize("statement", ["PRAGMA user_version = 99", "DROP TABLE facts", "DELETE FROM about"])
def test_another_programs_or_versions_file_is_set_aside(folder: Path, file: Path, statement: str) -> None:
    with Cache(folder) as cache:
        keep(cache, file, facts())
    database = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    database.execute(statement)
    database.close()
    with Cache(folder) as cache:
        assert cache.find(look(cache, file), PHOTO, None) is None
        keep(cache, file, facts())
        assert cache.find(look(cache, file), PHOTO, None) == facts()
    assert (folder / SET_ASIDE_NAME).exists()


def test_a_tampered_entry_is_no_entry(folder: Path, file: Path) -> None:
    with Cache(folder) as cache:
        keep(cache, file, facts())
    database = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    for value in (b"", b"short", bytes(200), "text", 7):
        database.execute("UPDATE facts SET value = ?", (value,))
        with Cache(folder) as cache:
            assert cache.find(look(cache, file), PHOTO, None) is None
    database.execute("UPDATE files SET content = ?", (b"short",))
    with Cache(folder) as cache:
        assert cache.find(look(cache, file), PHOTO, None) is None
    database.close()


def test_a_locked_cache_is_done_without(folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "_BUSY_SECONDS", 0.05)
    with Cache(folder) as cache:
        keep(cache, file, facts())
    other = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    with Cache(folder) as early:
        other.execute("BEGIN EXCLUSIVE")
        assert early.find(look(early, file), PHOTO, None) is None
        assert not early.usable
        with Cache(folder) as late:
            assert not late.usable
            keep(late, file, facts())
            assert late.find(look(late, file), PHOTO, None) is None
        other.execute("ROLLBACK")
    other.close()
    assert not (folder / SET_ASIDE_NAME).exists()
    with Cache(folder) as cache:
        assert cache.find(look(cache, file), PHOTO, None) == facts()


def test_two_programs_share_a_cache(folder: Path, tmp_path: Path) -> None:
    first, second = (old_file(tmp_path / name) for name in ("1.jpg", "2.jpg"))
    with Cache(folder) as one, Cache(folder) as two:
        keep(one, first, facts(1))
        keep(two, second, facts(2))
        assert two.find(look(two, first), PHOTO, None) == facts(1)
        assert one.find(look(one, second), PHOTO, None) == facts(2)


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path, file: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with Cache(tmp_path / "taken" / "below") as cache:
        assert not cache.usable
        keep(cache, file, facts())
        assert cache.find(look(cache, file), PHOTO, None) is None
        cache.clear()


def test_a_killed_run_loses_little(folder: Path, tmp_path: Path) -> None:
    files = [old_file(tmp_path / f"{index}.jpg") for index in range(100)]
    killed = Cache(folder)
    for index, path in enumerate(files):
        seen = look(killed, path)
        killed.remember(seen, seen, facts(index), PHOTO, None)
    with Cache(folder) as cache:
        kept = sum(cache.find(look(cache, path), PHOTO, None) is not None for path in files)
    assert kept >= 80
    killed.close()


def test_the_longest_unused_are_dropped_when_the_file_grows_too_large(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [old_file(tmp_path / f"{index}.jpg") for index in range(200)]
    for index, path in enumerate(files):
        if index % 100 == 0:
            cache = Cache(folder, now=lambda index=index: time.time() + index)
        keep(cache, path, facts(index))
        if index % 100 == 99:
            cache.close()
    size = (folder / FILE_NAME).stat().st_size
    monkeypatch.setattr(cache_module, "_MAX_BYTES", size // 2)
    Cache(folder).close()
    with Cache(folder) as cache:
        kept = [cache.find(look(cache, path), PHOTO, None) is not None for path in files]
    assert kept == [False] * 100 + [True] * 100
    assert (folder / FILE_NAME).stat().st_size < size


def test_use_is_noted_once_a_day(folder: Path, file: Path) -> None:
    with Cache(folder) as cache:
        keep(cache, file, facts())
    for later in (100, 100_000):
        with Cache(folder, now=lambda later=later: time.time() + later) as cache:
            assert cache.find(look(cache, file), PHOTO, None) == facts()
    database = sqlite3.connect(folder / FILE_NAME)
    used = [row[0] for table in ("files", "facts") for row in database.execute(f"SELECT used FROM {table}")]
    database.close()
    assert all(90_000 < moment - time.time() <= 100_001 for moment in used)


def test_everything_can_be_forgotten(folder: Path, file: Path) -> None:
    with Cache(folder) as cache:
        keep(cache, file, facts())
        cache.clear()
        assert cache.find(look(cache, file), PHOTO, None) is None


def test_many_threads_may_use_one_cache(folder: Path, tmp_path: Path) -> None:
    files = [old_file(tmp_path / f"{index}.jpg") for index in range(60)]
    wrong: list[int] = []
    with Cache(folder) as cache:

        def work(start: int) -> None:
            for index in range(start, 60, 4):
                keep(cache, files[index], facts(index))
                if cache.find(look(cache, files[index]), PHOTO, None) != facts(index):
                    wrong.append(index)

        threads = [threading.Thread(target=work, args=(start,)) for start in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_the_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DEGREECHECK_CACHE_DIR", str(tmp_path / "中 文"))
    assert default_folder() == tmp_path / "中 文"
    monkeypatch.delenv("DEGREECHECK_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert "degreecheck" in str(default_folder()).lower()
