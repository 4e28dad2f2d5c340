"""A desk on a Dask cluster of this machine: the same results as of one process, and a failing shard is told."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import make_desks
from degreecheck.commands import run
from degreecheck.desk import cluster

# Dask's own affairs: what it warns of is not this program's.
pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
OPTIONS = ("--today", "2026-04-20", "--no-text", "--jobs", "1")


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from distributed import Client, LocalCluster

        with (
            LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as local,
            Client(local) as made,
        ):
            yield made


def reports(lines: str) -> dict[str, Any]:
    found = [json.loads(line) for line in lines.splitlines()]
    return {one["folder"]: (one["verdict"], sorted(f["code"] for f in one["findings"])) for one in found}


def test_as_one_process(tmp_path: Path, client: Any, capsys: pytest.CaptureFixture[str]) -> None:
    desk = tmp_path / "desk"
    for index in range(7):
        make_desks.applicant(desk / f"{index}-林小满", index)
    make_desks.applicant(desk / "8-何清越", 8, {"personal.id_number": make_desks.id_number(0)})  # across shards
    assert run(["check", str(desk), *OPTIONS, "--quiet", "--json", "-"]) == 1
    alone = reports(capsys.readouterr().out)
    code = cluster.check(client, desk, tmp_path / "all.jsonl", shards=4, options=OPTIONS)
    together = reports((tmp_path / "all.jsonl").read_text(encoding="utf-8"))
    assert code == 1
    assert together == alone
    assert "DSK101" in together["8-何清越"][1]


def test_a_shard_that_cannot_be_checked_is_told(tmp_path: Path, client: Any) -> None:
    with pytest.raises(cluster.ShardFailed) as failed:
        cluster.check(client, tmp_path / "没有", tmp_path / "all.jsonl", shards=2, options=OPTIONS)
    assert "没有" in failed.value.words
    assert not (tmp_path / "all.jsonl").exists()
