"""A desk too large for one machine, checked on a Dask cluster: the shards of `check --shard`, spread over its workers.

An optional extra (``pip install degreecheck[cluster]``), never part of the packaged program. Every worker has to see
the desk under the same path. Results come back masked, as `check --json` writes them, and are joined by `merge`.

    python -m degreecheck.desk.cluster tcp://scheduler:8786 DESK RESULT.jsonl --shards 64 -- --today 2026-04-20
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from degreecheck import paths
from degreecheck.inspectors import process

_RETRIES = 2  # of a shard whose worker was lost
_ENDS = (0, 1, 3)  # of a check that has looked at everybody


class ShardFailed(Exception):
    """A shard ended without having looked at everybody; ``words`` are the command's own, masked."""

    def __init__(self, shard: str, words: str) -> None:
        super().__init__(f"{shard}: {words}")
        self.shard = shard
        self.words = words


def check_shard(desk: str, shard: str, options: Sequence[str] = ()) -> tuple[str, int, bytes, str]:
    """On a worker: check one shard ("3/64"); the shard, the exit code, JSON lines, and what was told on stderr."""
    command = [*_command(), "check", desk, "--shard", shard, "--json", "-", "--quiet", *options]
    done = subprocess.run(command, capture_output=True, check=False, env=process.environment())
    return shard, done.returncode, done.stdout, done.stderr.decode("utf-8", errors="replace")


def check(
    client: Any, desk: Path, result: Path, *, shards: int, options: Sequence[str] = (), merging: Sequence[str] = ()
) -> int:
    """Check a desk on the cluster of a `distributed.Client` and write all results to ``result``.

    Returns the exit code of `merge`. ``options`` are those of `check` (--roster, --pack, --today, --no-text …),
    ``merging`` those of `merge`. A shard whose worker is lost is done again on another. Raises ShardFailed, OSError.
    """
    import distributed

    as_completed: Any = distributed.as_completed  # it has no types
    names = [f"{index}/{shards}" for index in range(1, shards + 1)]
    futures = client.map(check_shard, [str(desk.absolute())] * shards, names, [tuple(options)] * shards,
                         pure=False, retries=_RETRIES)  # fmt: skip
    with TemporaryDirectory(prefix="degreecheck-", ignore_cleanup_errors=True) as place:
        parts = {name: Path(place) / f"{number:06d}.jsonl" for number, name in enumerate(names)}
        found: tuple[Any, tuple[str, int, bytes, str]]
        for found in as_completed(futures, with_results=True):
            shard, code, lines, words = found[1]
            if code not in _ENDS:
                client.cancel(futures)
                raise ShardFailed(shard, words)
            paths.write_atomically(parts[shard], lines)
        files = [str(path) for path in parts.values()]
        command = [*_command(), "merge", *files, "--json", str(result.absolute()), *merging]
        return subprocess.run(command, check=False, env=process.environment()).returncode


def _command() -> list[str]:
    return process.own_command("degreecheck", "")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a desk on the cluster of a scheduler."""
    import distributed

    connect: Any = distributed.Client
    given = list(sys.argv[1:] if arguments is None else arguments)
    at = given.index("--") if "--" in given else len(given)
    parser = argparse.ArgumentParser(prog="degreecheck.desk.cluster")
    parser.add_argument("scheduler")
    parser.add_argument("desk", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--shards", type=int, default=64)
    wanted = parser.parse_args(given[:at])
    with connect(wanted.scheduler) as client:
        return check(client, wanted.desk, wanted.result, shards=wanted.shards, options=given[at + 1 :])


if __name__ == "__main__":
    sys.exit(main())
