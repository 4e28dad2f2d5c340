"""Whatever a worker does, its file is told what happened and every other file gets its result."""

import sys
import threading
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from degreecheck.facts import FileFacts, NotChecked, Unreadable
from degreecheck.inspectors.limits import WorkerLimits
from degreecheck.inspectors.messages import Copy, Inspect, NoReader, Read, Render, Rendered, Request
from degreecheck.inspectors.pool import Pool, default_workers
from degreecheck.inspectors.writing import unfinished

FAKE = str(Path(__file__).parent.parent / "fake_worker.py")
QUICK = WorkerLimits(start_seconds=20, seconds=1.5, grace_seconds=0.2, tick_seconds=0.02, memory_bytes=400_000_000)
PATIENT = WorkerLimits(start_seconds=20, seconds=60, grace_seconds=0.2, tick_seconds=0.02, memory_bytes=400_000_000)


def pool(*behaviours: str, workers: int = 1, watch: WorkerLimits = PATIENT) -> Pool:
    return Pool(workers, watch, command=[sys.executable, FAKE, *behaviours])


def inspect(name: str) -> Inspect:
    return Inspect(Path(f"/资料 夹/{name}.jpg"), frozenset({"photo"}))


def reason(result: object) -> str:
    assert isinstance(result, NotChecked)
    return result.reason


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        ("dies", "died"),
        ("half-a-line", "died"),
        ("babbles-lines", "nonsense"),
        ("babbles-one-line", "nonsense"),
        ("eats-memory", "out_of_memory"),
        ("out-of-memory", "out_of_memory"),
        ("not-json", "nonsense"),
        ("latin", "nonsense"),
        ("deep", "nonsense"),
        ("other-id", "nonsense"),
        ("wrong-shape", "nonsense"),
        ("unknown-key", "nonsense"),
        ("huge-number", "nonsense"),
        ("not-a-number", "nonsense"),
        ("both", "nonsense"),
        ("neither", "nonsense"),
        ("unknown-reason", "nonsense"),
    ],
)
def test_a_lost_worker_costs_its_own_file_only(trouble: str, expected: str) -> None:
    with pool() as workers:
        results = dict(workers.run([inspect("good"), inspect(trouble), inspect("fine")]))
    assert reason(results[1]) == expected
    assert isinstance(results[0], FileFacts)
    assert isinstance(results[2], FileFacts)


@pytest.mark.parametrize("trouble", ["hangs", "hangs-undying"])
def test_an_overrunning_worker_is_ended_and_replaced(trouble: str) -> None:
    with pool(watch=QUICK) as workers:
        results = dict(workers.run([inspect(trouble), inspect("fine")]))
        assert workers.started == 2
    assert reason(results[0]) == "timed_out"
    assert isinstance(results[1], FileFacts)


def test_one_hanging_file_does_not_hold_up_the_others() -> None:
    with pool(workers=2) as workers:
        hanging = workers.submit(inspect("hangs"))
        results = [workers.ask(inspect(f"fine-{index}")) for index in range(20)]
        assert not hanging.done()
    assert all(isinstance(result, FileFacts) for result in results)
    with pytest.raises(CancelledError):
        hanging.result()


def test_megabytes_on_standard_error_do_not_matter() -> None:
    with pool() as workers:
        assert isinstance(workers.ask(inspect("babbles-on-stderr")), FileFacts)
        assert workers.started == 1


def test_a_refusal_keeps_the_worker() -> None:
    with pool() as workers:
        assert workers.ask(inspect("refuses")) == Unreadable(reason="damaged", detail="why")
        assert isinstance(workers.ask(inspect("fine")), FileFacts)
        assert workers.started == 1


def test_pixels_come_as_they_are() -> None:
    with pool() as workers:
        assert workers.ask(Render(Path("pixels-2x1.png"))) == Rendered(2, 1, b"RGBrgb")
        assert reason(workers.ask(Render(Path("pixels-miscounted.png")))) == "nonsense"
        assert reason(workers.ask(Render(Path("pixels-missing.png")))) == "died"


@pytest.mark.parametrize("behaviour", ["dies-early", "says-hello", "never-ready"])
def test_workers_that_never_get_ready_are_given_up(behaviour: str) -> None:
    watch = WorkerLimits(start_seconds=0.5, grace_seconds=0.2, tick_seconds=0.02, start_failures=3)
    with pool(behaviour, workers=2, watch=watch) as workers:
        results = dict(workers.run([inspect(str(index)) for index in range(30)]))
        assert workers.started <= 4  # two threads may be starting one each when the third fails
    assert {reason(result) for result in results.values()} == {"worker_unavailable"}
    assert len(results) == 30


def test_the_last_words_of_a_worker_that_would_not_start_are_kept() -> None:
    with pool("dies-early") as workers:
        assert reason(workers.ask(inspect("x"))) == "worker_unavailable"
        assert workers.trouble == "no module named 数学"


def test_a_program_that_is_not_there_is_no_exception(tmp_path: Path) -> None:
    with Pool(1, PATIENT, command=[str(tmp_path / "not there")]) as workers:
        assert reason(workers.ask(inspect("x"))) == "worker_unavailable"
        assert workers.trouble == "FileNotFoundError"


def test_a_file_that_was_not_opened_yet_gets_another_worker(tmp_path: Path) -> None:
    with pool(str(tmp_path / "marker")) as workers:
        assert isinstance(workers.ask(inspect("dies-unaccepted-once")), FileFacts)
        assert workers.started == 2


def test_workers_that_die_at_every_request_are_given_up() -> None:
    with pool() as workers:
        results = dict(workers.run([inspect("dies-unaccepted")] * 10))
        assert workers.started == 3
    assert [reason(results[index]) for index in range(10)] == ["died"] + ["worker_unavailable"] * 9


def test_a_worker_that_died_idle_is_nobodys_fault() -> None:
    with pool("dies-idle") as workers:
        assert reason(workers.ask(inspect("fine"))) in {"died", "worker_unavailable"}
        assert workers.started <= 3


def test_a_worker_that_never_reads_is_given_up_even_when_the_pipe_is_full() -> None:
    watch = WorkerLimits(start_seconds=0.7, grace_seconds=0.2, tick_seconds=0.02)
    with pool("never-reads", watch=watch) as workers:
        long_path = Inspect(Path("/" + "资" * 30_000), frozenset({"photo"}))
        assert reason(workers.ask(long_path)) == "timed_out"


def test_a_path_longer_than_any_system_opens_is_no_request() -> None:
    with pool() as workers:
        assert workers.ask(Inspect(Path("/" + "x" * 40_000), frozenset())) == Unreadable(reason="gone")
        assert workers.started == 0


@pytest.mark.parametrize("behaviour", ["lingers", "ignores-terminate"])
def test_closing_ends_workers_that_do_not_want_to(behaviour: str) -> None:
    workers = pool("lingers", behaviour)
    assert isinstance(workers.ask(inspect("fine")), FileFacts)
    [worker] = workers._idle
    workers.close()
    assert not worker.alive()


def test_closing_cancels_what_is_open_and_ends_the_busy() -> None:
    workers = pool()
    futures = [workers.submit(inspect("hangs")) for _ in range(5)]
    workers.close()
    assert all(future.cancelled() or isinstance(future.exception(), CancelledError) for future in futures)
    with pytest.raises(RuntimeError):
        workers.submit(inspect("fine"))


def test_an_exception_in_the_caller_ends_the_workers() -> None:
    with pytest.raises(KeyboardInterrupt), pool() as workers:  # noqa: PT012
        workers.ask(inspect("fine"))
        [worker] = workers._idle
        raise KeyboardInterrupt
    assert not worker.alive()


def test_cancelling_a_run_stops_it_before_the_next_request() -> None:
    taken: list[Request] = []
    cancelled = threading.Event()

    def requests() -> list[Request]:
        return [inspect(str(index)) for index in range(1_000)]

    with pool() as workers:
        for _, result in workers.run(requests(), cancelled.is_set):
            assert isinstance(result, FileFacts)
            taken.append(inspect("x"))
            cancelled.set()
    assert 1 <= len(taken) <= 3


def test_requests_are_taken_only_as_there_is_room() -> None:
    taken = 0

    def requests():
        nonlocal taken
        for index in range(1_000):
            taken += 1
            yield inspect(str(index))

    with pool() as workers:
        first = next(workers.run(requests()))
    assert first[0] in (0, 1)
    assert taken <= 3


def test_nothing_is_started_before_the_first_request() -> None:
    with pool() as workers:
        assert workers.started == 0
        assert dict(workers.run([])) == {}
        assert workers.started == 0


def test_one_worker_serves_many_requests_and_no_more_are_started_than_asked_for(tmp_path: Path) -> None:
    counted = tmp_path / "pids"
    with pool(f"counts={counted}", workers=3) as workers:
        results = dict(workers.run([inspect(str(index)) for index in range(40)]))
        assert workers.started <= 3
    assert len(results) == 40
    assert len(set(counted.read_text(encoding="utf-8").split())) == workers.started


def test_a_worker_that_keeps_too_much_memory_is_replaced_without_blame() -> None:
    watch = WorkerLimits(start_seconds=20, seconds=60, grace_seconds=0.5, retire_bytes=1)
    with pool(watch=watch) as workers:
        results = [workers.ask(inspect("fine")) for _ in range(3)]
        assert workers.started == 3
    assert all(isinstance(result, FileFacts) for result in results)


def test_what_a_lost_worker_left_half_written_is_removed(tmp_path: Path) -> None:
    target = tmp_path / "论文 终稿.pdf"
    unfinished(target).write_bytes(b"half")
    with pool() as workers:
        assert reason(workers.ask(Copy(tmp_path / "dies.pdf", target))) == "died"
    assert list(tmp_path.iterdir()) == []


def test_an_unexpected_failure_on_this_side_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    with pool() as workers:
        monkeypatch.setattr(Inspect, "options", lambda self: {"path": object()})
        with pytest.raises(TypeError):
            workers.ask(inspect("fine"))
        monkeypatch.undo()
        assert isinstance(workers.ask(inspect("fine")), FileFacts)


def test_no_reader_is_an_answer_only_to_reading() -> None:
    from degreecheck.inspectors.messages import Nonsense, parse_answer

    line = b'{"id":1,"error":{"kind":"no_reader"}}\n'
    assert parse_answer(line, 1, Read(Path("x.jpg"))) == NoReader()
    with pytest.raises(Nonsense):
        parse_answer(line, 1, inspect("x"))


def test_the_number_of_workers_follows_the_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    for processors, workers in ((None, 1), (1, 1), (2, 2), (64, 4)):
        monkeypatch.setattr("os.cpu_count", lambda processors=processors: processors)
        assert default_workers() == workers
