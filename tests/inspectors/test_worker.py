"""The true worker: what it answers, what it leaves alone, and that it never outlives whoever started it."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from degreecheck.facts import FileFacts, TextFacts, Unreadable
from degreecheck.inspectors.messages import (
    READY,
    Convert,
    Converted,
    Copied,
    Copy,
    Inspect,
    NotWritten,
    Read,
    Render,
    Rendered,
)
from degreecheck.inspectors.pool import Pool
from degreecheck.inspectors.process import worker_command

DEADLINE = 60.0


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1) as pool:
        yield pool
        assert pool.started == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "王 五-学位申请 ①"
    folder.mkdir()
    return folder


def picture(path: Path, size: tuple[int, int] = (60, 80)) -> Path:
    Image.new("RGB", size, (70, 140, 220)).save(path)
    return path


def test_a_picture_is_inspected(pool: Pool, folder: Path) -> None:
    path = picture(folder / "照 片.png")
    facts = pool.ask(Inspect(path, frozenset()))
    assert isinstance(facts, FileFacts)
    assert facts.type == "png"
    assert facts.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert facts.image is not None
    assert (facts.image.width, facts.image.height) == (60, 80)


def test_hostile_bytes_become_a_reason(pool: Pool, folder: Path) -> None:
    reasons = {}
    for name, content in (
        ("empty.jpg", b""),
        ("cut.png", picture(folder / "whole.png").read_bytes()[:60]),
        ("noise.jpg", bytes(range(256)) * 4),
        ("cut.docx", b"PK\x03\x04" + bytes(100)),
    ):
        (folder / name).write_bytes(content)
        facts = pool.ask(Inspect(folder / name, frozenset({"photo", "scan", "document"})))
        assert isinstance(facts, FileFacts)
        reasons[name] = facts.unreadable.reason if facts.unreadable else facts.type
    assert reasons == {"empty.jpg": "empty", "cut.png": "damaged", "noise.jpg": "unknown_format", "cut.docx": "zip"}


def test_what_is_not_there_is_gone(pool: Pool, folder: Path) -> None:
    facts = pool.ask(Inspect(folder / "不在.jpg", frozenset()))
    assert isinstance(facts, FileFacts)
    assert facts.unreadable == Unreadable(reason="gone", detail="ENOENT")


def test_a_picture_is_read(pool: Pool, folder: Path) -> None:
    path = picture(folder / "a.png")
    assert pool.ask(Read(path)) == TextFacts(pages=(0,), sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def test_a_picture_is_rendered_small(pool: Pool, folder: Path) -> None:
    rendered = pool.ask(Render(picture(folder / "a.png", (600, 300)), longest_side=100))
    assert isinstance(rendered, Rendered)
    assert (rendered.width, rendered.height) == (100, 50)
    assert rendered.rgb[:3] == bytes((70, 140, 220))
    assert len(rendered.rgb) == 100 * 50 * 3


def test_a_file_is_copied_with_its_hash(pool: Pool, folder: Path) -> None:
    source, target = folder / "论文.pdf", folder / "复制 件.pdf"
    source.write_bytes(os.urandom(3_000_000))
    expected = hashlib.sha256(source.read_bytes()).hexdigest()
    assert pool.ask(Copy(source, target, 3_000_000)) == Copied(size=3_000_000, sha256=expected)
    assert target.read_bytes() == source.read_bytes()
    assert pool.ask(Copy(source, target)) == NotWritten(reason="exists")
    assert pool.ask(Copy(source, source)) == NotWritten(reason="exists")
    assert pool.ask(Copy(folder / "gone.pdf", folder / "x.pdf")) == Unreadable(reason="gone", detail="ENOENT")
    assert sorted(path.name for path in folder.iterdir()) == sorted([source.name, target.name])


def test_relative_paths_are_those_of_this_program(pool: Pool, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    Path("论文.txt").write_bytes(b"hello")
    assert isinstance(pool.ask(Copy(Path("论文.txt"), Path("复制.txt"))), Copied)
    assert (folder / "复制.txt").read_bytes() == b"hello"
    facts = pool.ask(Inspect(Path("复制.txt"), frozenset()))
    assert isinstance(facts, FileFacts)
    assert facts.size == 5


if sys.platform == "linux":  # other systems have no such names

    def test_a_name_that_is_no_text_is_found(pool: Pool, folder: Path) -> None:
        path = folder / os.fsdecode(b"\xd5\xd5\xc6\xac.jpg")  # 照片 in GB 18030
        path.write_bytes(b"hello")
        facts = pool.ask(Inspect(path, frozenset()))
        assert isinstance(facts, FileFacts)
        assert facts.size == 5


def test_a_picture_is_converted(pool: Pool, folder: Path) -> None:
    source, target = picture(folder / "a.bmp", (840, 1170)), folder / "05-电子照片.jpg"
    converted = pool.ask(Convert(source, target, size=(413, 579)))
    assert isinstance(converted, Converted)
    assert (converted.width, converted.height) == (413, 579)
    assert converted.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert converted.size == target.stat().st_size
    assert pool.ask(Convert(source, target)) == NotWritten(reason="exists")


# ---------------------------------------------------------------------------------------------------- one by one


class Talk:
    """A worker spoken to directly, without the pool's care."""

    def __init__(self, **options: Any) -> None:
        self.process = subprocess.Popen(
            worker_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **options
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.stdin, self.stdout = self.process.stdin, self.process.stdout

    def say(self, message: dict[str, Any]) -> None:
        self.stdin.write(json.dumps(message).encode("ascii") + b"\n")
        self.stdin.flush()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.stdin, self.stdout):
            pipe.close()


@pytest.fixture
def talk() -> Iterator[Talk]:
    talk = Talk()
    yield talk
    talk.close()


def test_the_lines_are_those_of_the_protocol(talk: Talk, folder: Path) -> None:
    source = folder / "a.txt"
    source.write_bytes(b"hello")
    assert talk.stdout.readline() == READY
    talk.say({"id": 5, "verb": "copy", "path": str(source), "target": str(folder / "b.txt")})
    assert talk.stdout.readline() == b'{"id":5,"accepted":true}\n'
    answer = json.loads(talk.stdout.readline())
    assert answer == {"id": 5, "ok": {"size": 5, "sha256": hashlib.sha256(b"hello").hexdigest()}}


def test_it_ends_with_its_input(talk: Talk) -> None:
    assert talk.stdout.readline() == READY
    talk.stdin.close()
    assert talk.process.wait(DEADLINE) == 0
    assert talk.stdout.read() == b""


def test_ctrl_c_is_the_other_sides_affair(talk: Talk, folder: Path) -> None:
    assert talk.stdout.readline() == READY
    if sys.platform != "win32":
        talk.process.send_signal(signal.SIGINT)
    talk.say({"id": 1, "verb": "copy", "path": str(folder / "gone"), "target": str(folder / "b.txt")})
    assert talk.stdout.readline() == b'{"id":1,"accepted":true}\n'
    assert json.loads(talk.stdout.readline())["error"]["kind"] == "unreadable"


def test_copying_loads_nothing_heavy(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"hello")
    message = {"id": 1, "verb": "copy", "path": str(folder / "a.txt"), "target": str(folder / "b.txt")}
    program = (
        "import os, sys, json, degreecheck.worker as worker\n"
        "worker._leave = lambda code: (os.write(2, json.dumps(sorted(sys.modules)).encode()), os._exit(code))\n"
        "worker.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(message).encode() + b"\n", capture_output=True, check=True
    )
    assert json.loads(done.stdout.splitlines()[-1])["ok"]["size"] == 5
    loaded = json.loads(done.stderr)
    assert {"numpy", "PIL", "cv2", "pypdfium2", "typer", "rich", "PySide6", "click"}.isdisjoint(loaded)
    assert "degreecheck.inspectors.copying" in loaded


PRINTING = """
import ctypes, os, sys, degreecheck.worker as worker
def job():
    print("from Python")
    os.write(1, b"from a native library\\n")
    os.system("echo from a child")
    return {"size": os.read(0, 10).__len__(), "sha256": "0" * 64}, b""
worker._VERBS["copy"] = lambda message: job
worker.main()
"""


def test_what_libraries_print_spoils_no_answer() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRINTING], input=b'{"id":1,"verb":"copy"}\n', capture_output=True, check=True
    )
    lines = done.stdout.splitlines()
    assert lines[0] + b"\n" == READY
    assert [json.loads(line)["id"] for line in lines[1:]] == [1, 1]
    assert b"from a native library" in done.stderr
    assert b"from a child" in done.stderr


RAISING = """
import sys, degreecheck.worker as worker
from degreecheck.inspectors.unreadable import CannotRead
class Panic(BaseException): pass
def verb(message):
    def job():
        raise eval(message["raise"])
    return job
worker._VERBS["raise"] = verb
worker.main()
"""


def test_every_exception_becomes_an_answer_and_the_worker_goes_on() -> None:
    cases = {
        "MemoryError()": {"kind": "out_of_memory", "reason": "", "detail": ""},
        "RecursionError('/home/x')": {"kind": "failed", "reason": "", "detail": "RecursionError"},
        "Panic('/home/x')": {"kind": "failed", "reason": "", "detail": "Panic"},
        "SystemExit(3)": {"kind": "failed", "reason": "", "detail": "SystemExit"},
        "CannotRead('bomb', 'big')": {"kind": "unreadable", "reason": "bomb", "detail": "big"},
    }
    messages = [{"id": number, "verb": "raise", "raise": raised} for number, raised in enumerate(cases)]
    done = subprocess.run(
        [sys.executable, "-c", RAISING],
        input=b"".join(json.dumps(message).encode() + b"\n" for message in messages),
        capture_output=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()[1:]]
    assert [answer["error"] for answer in answers if "error" in answer] == list(cases.values())


HANGING = """
import re, sys, time, degreecheck.worker as worker
worker._HUNG_SECONDS = 0.5
def verb(message):
    if message["how"] == "holding the interpreter":
        return lambda: re.match("(a+)+$", "a" * 64 + "b")
    return lambda: time.sleep(3600)
worker._VERBS["hang"] = verb
worker.main()
"""


@pytest.mark.parametrize("how", ["holding the interpreter", "letting it go"])
def test_a_hanging_worker_does_not_outlive_its_owner(how: str) -> None:
    process = subprocess.Popen([sys.executable, "-c", HANGING], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"id": 1, "verb": "hang", "how": how}).encode() + b"\n")
    process.stdin.flush()
    assert process.stdout.readline() == READY
    assert process.stdout.readline() == b'{"id":1,"accepted":true}\n'
    process.stdin.close()  # what the system does when the owner is killed
    process.stdout.close()
    assert process.wait(DEADLINE) == 1


OWNER = """
import sys, time
from pathlib import Path
from degreecheck.inspectors.messages import Inspect
from degreecheck.inspectors.pool import Pool
pool = Pool(2)
pool.ask(Inspect(Path("nothing.jpg"), frozenset()))
pool.submit(Inspect(Path("nothing.jpg"), frozenset())).result()
print(pool._idle[0].pid, flush=True)
time.sleep(3600)
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").split()[2] != "Z"
    except OSError:
        return True


if sys.platform != "win32":  # os.kill(pid, 0) would end the process there; the Job Object does the same for Windows

    def test_workers_end_when_their_owner_is_killed() -> None:
        owner = subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE)
        assert owner.stdout is not None
        worker = int(owner.stdout.readline())
        assert alive(worker)
        owner.kill()
        owner.wait()
        owner.stdout.close()
        deadline = time.monotonic() + DEADLINE
        while alive(worker):
            assert time.monotonic() < deadline
            os.sched_yield()
