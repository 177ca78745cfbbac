"""The batch work in this process, in a pool and on a Dask cluster: the same ledger from all three."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path

import pytest

from flows.collect import collect
from flows.rebuild import rebuild
from flows.settings import SettingsError
from flows.stages import running
from tests.operations.box import ROOT
from tests.operations.newsroom import MONDAYS, Newsroom, iso
from warehouse.connection import open_published

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]

WHEN = MONDAYS[1]


def digest(home: Path) -> list[tuple[str, int, str]]:
    with open_published(home / "commitments.duckdb") as con:
        return con.execute((ROOT / "sql" / "digest.sql").read_text(encoding="utf-8")).fetchall()


@contextmanager
def dask_cluster() -> Iterator[str]:
    """Two workers on this machine, each a process of its own; every one must have read something by the end."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield f"dask:{cluster.scheduler_address}"
        has_read = client.run(lambda: "flows.stages.reading" in sys.modules)
        assert list(has_read.values()) == [True, True]


def test_three_runners_give_the_same_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 5)
    monkeypatch.setenv("COMMITMENTS_SOURCES", str(tmp_path / "sources"))
    room = Newsroom(now=WHEN, sites=("sample_mayors", "sample_president"))
    found = {}
    with room.open(tmp_path / "sources"):
        runners = {"inline": nullcontext("inline"), "pool": nullcontext("pool:2"), "dask": dask_cluster()}
        for name, opened in runners.items():
            home = tmp_path / name
            monkeypatch.setenv("COMMITMENTS_HOME", str(home))
            with opened as runner:
                monkeypatch.setenv("COMMITMENTS_RUNNER", runner)
                collect(now=iso(WHEN), since=date(2015, 1, 1))
            found[name] = digest(home)
    assert found["pool"] == found["inline"]
    assert found["dask"] == found["inline"]
    assert {thing: things for thing, things, _ in found["inline"]}["fact"] > 20
    monkeypatch.setenv("COMMITMENTS_RUNNER", "pool:2")
    monkeypatch.setenv("COMMITMENTS_HOME", str(tmp_path / "inline"))
    rebuild(now=iso(WHEN))
    assert digest(tmp_path / "inline") == found["inline"]


def test_a_scheduler_that_is_not_there_is_named() -> None:
    pytest.importorskip("distributed")
    nobody = "dask:tcp://127.0.0.1:9"
    with pytest.raises(SettingsError, match="no Dask scheduler answers"), running.open_runner(nobody):
        pass
