"""Publishing: whole or not at all, under readers and under kill -9."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import signal
import stat
import time
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.builders import LedgerBuilder, at, release, stated
from warehouse import publishing
from warehouse.connection import open_build, open_published
from warehouse.errors import LedgerError
from warehouse.migrations import migrate
from warehouse.models import refresh
from warehouse.publishing import publish, restore_build
from warehouse.runs import last_run_time

SPAWN = multiprocessing.get_context("spawn")


def test_what_is_published_is_what_was_built(build: Path, tmp_path: Path) -> None:
    published = tmp_path / "commitments.duckdb"
    with open_build(build) as con:
        expected = con.execute("SELECT target_shown, status, met_on FROM progress").fetchall()
    publish(build, published)
    with open_published(published) as con:
        assert con.execute("SELECT target_shown, status, met_on FROM progress").fetchall() == expected
        assert con.execute("SELECT count(*) > 0 FROM known_on(DATE '2015-11-10')").fetchall() == [(True,)]
    assert stat.S_IMODE(published.stat().st_mode) == 0o444
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build", "commitments.duckdb"]


def test_an_open_session_keeps_its_view(build: Path, tmp_path: Path) -> None:
    published = tmp_path / "commitments.duckdb"
    publish(build, published)
    with open_published(published) as old:
        with open_build(build) as con:
            con.execute("DELETE FROM fact")
        publish(build, published)
        assert old.execute("SELECT count(*) FROM fact").fetchall() != [(0,)]
        with open_published(tmp_path / "commitments.duckdb") as again:
            assert again.execute("SELECT 1").fetchall() == [(1,)]


def test_a_build_file_in_use_is_not_published(build: Path, tmp_path: Path) -> None:
    published = tmp_path / "commitments.duckdb"
    publish(build, published)
    before = published.read_bytes()
    ready, enough = SPAWN.Event(), SPAWN.Event()
    other = SPAWN.Process(target=keep_open, args=(build, ready, enough))
    other.start()
    try:
        assert ready.wait(30)
        with pytest.raises(LedgerError, match="cannot be opened"):
            publish(build, published)
    finally:
        enough.set()
        other.join(30)
    assert published.read_bytes() == before


def keep_open(build: Path, ready: Event, enough: Event) -> None:
    with open_build(build):
        ready.set()
        enough.wait(60)


def test_nothing_to_publish_is_said(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no build file"):
        publish(tmp_path / "build.duckdb", tmp_path / "commitments.duckdb")


def test_a_copy_that_cannot_be_read_is_not_published(
    build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = tmp_path / "commitments.duckdb"
    publish(build, published)
    before = published.read_bytes()
    monkeypatch.setattr(publishing, "_copy", lambda origin, target: target.write_bytes(origin.read_bytes()[:5000]))
    with pytest.raises(LedgerError):
        publish(build, published)
    assert published.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build", "commitments.duckdb"]


@pytest.mark.parametrize("answer", ["error", "nothing"])
def test_where_the_file_system_cannot_copy_the_bytes_are_copied(
    build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    def copy_file_range(*_: int) -> int:
        if answer == "error":
            raise OSError(errno.EXDEV, "another file system")
        return 0

    monkeypatch.setattr(os, "copy_file_range", copy_file_range, raising=False)
    publish(build, tmp_path / "commitments.duckdb")
    assert (tmp_path / "commitments.duckdb").read_bytes() == build.read_bytes()


def test_a_file_of_several_parts_is_copied_whole(build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_PART_BYTES", 300_000)
    publish(build, tmp_path / "commitments.duckdb")
    assert (tmp_path / "commitments.duckdb").read_bytes() == build.read_bytes()


def test_a_lost_build_file_is_made_from_the_published_one(build: Path, tmp_path: Path) -> None:
    published = tmp_path / "commitments.duckdb"
    publish(build, published)
    assert not restore_build(published, build)
    build.unlink()
    build.with_name(build.name + ".wal").write_bytes(b"left of the lost one")
    assert restore_build(published, build)
    ledger = LedgerBuilder(con=open_build(build))
    assert last_run_time(ledger.con) == at("2016-01-25")
    before = ledger.rows("SELECT count(*) FROM fact")
    ledger.run(at("2016-02-01"), [release("later", "2016-01-28", [stated("125 by now", 125)])], with_marts=False)
    assert ledger.rows("SELECT count(*) FROM fact") == [(before[0][0] + 1,)]
    ledger.con.close()


def test_without_a_published_file_nothing_is_restored(tmp_path: Path) -> None:
    assert not restore_build(tmp_path / "commitments.duckdb", tmp_path / "build.duckdb")


@pytest.mark.slow
def test_ten_readers_through_fifty_publishes(tmp_path: Path) -> None:
    build, published = tmp_path / "build.duckdb", tmp_path / "commitments.duckdb"
    write_state(build, 0)
    publish(build, published)
    done = SPAWN.Event()
    seen: Queue[tuple[int, str]] = SPAWN.Queue()
    readers = [SPAWN.Process(target=read_on, args=(published, done, seen)) for _ in range(10)]
    for reader in readers:
        reader.start()
    for number in range(1, 51):
        write_state(build, number)
        publish(build, published)
    done.set()
    results = [seen.get(timeout=120) for _ in readers]
    for reader in readers:
        reader.join(60)
    assert [trouble for _, trouble in results if trouble] == []
    assert all(opened > 0 for opened, _ in results)


def write_state(build: Path, number: int) -> None:
    """A whole state: a thousand rows that all bear its number."""
    with open_build(build) as con:
        migrate(con)
        con.execute("CREATE OR REPLACE TABLE whole AS SELECT ? AS state, range AS row FROM range(1000)", [number])


def read_on(published: Path, done: Event, seen: Queue[tuple[int, str]]) -> None:
    opened, last, trouble = 0, 0, ""
    while not done.is_set() and not trouble:
        try:
            with open_published(published) as con:
                first, final, rows = con.execute("SELECT min(state), max(state), count(*) FROM whole").fetchall()[0]
            if not first == final >= last or rows != 1000:
                trouble = f"{rows} rows of states {first} to {final} after {last}"
            opened, last = opened + 1, final
        except (duckdb.Error, LedgerError) as error:
            trouble = str(error)
    seen.put((opened, trouble))


@pytest.mark.slow
def test_kill_at_random_loses_nothing(build: Path, tmp_path: Path) -> None:
    """Twenty times a writer that loads and publishes is killed: what it acknowledged is there, every file is whole."""
    published, said = tmp_path / "commitments.duckdb", tmp_path / "acknowledged"
    publish(build, published)
    chance = random.Random(20160125)
    for _ in range(20):
        said.unlink(missing_ok=True)
        writer = SPAWN.Process(target=load_and_publish_for_ever, args=(build, published, said))
        writer.start()
        wait_for(said)
        time.sleep(chance.uniform(0.0, 1.5))
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join(60)
        acknowledged = {name for name in said.read_text().splitlines() if name.endswith(".")}
        with open_published(published) as con:
            assert_whole(con)
        with open_build(build) as con:
            names = {
                f"{name}."
                for (name,) in con.execute("SELECT DISTINCT regexp_extract(url, '[^/]+$') FROM release").fetchall()
            }
            assert acknowledged <= names
            refresh(con)
            assert_whole(con)
        publish(build, published)


def assert_whole(con: duckdb.DuckDBPyConnection) -> None:
    """Every release came with its version, its fact and its evidence, and the marts count them all."""
    counts = con.execute(
        """
        SELECT
            (SELECT count(*) FROM release WHERE url LIKE '%/kill-%'),
            (SELECT count(*) FROM release_version INNER JOIN release USING (release_id) WHERE url LIKE '%/kill-%'),
            (SELECT count(*) FROM fact INNER JOIN release USING (release_id) WHERE url LIKE '%/kill-%'),
            (SELECT count(*) FROM fact_evidence INNER JOIN fact USING (fact_id) INNER JOIN release USING (release_id)
             WHERE url LIKE '%/kill-%')
        """
    ).fetchall()[0]
    assert len(set(counts)) == 1, counts
    assert con.execute("SELECT count(*) FROM store.fact_state").fetchall()[0][0] > 0


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline, "the writer never began"
        time.sleep(0.01)


def load_and_publish_for_ever(build: Path, published: Path, said: Path) -> None:
    """Loads release after release; names each one as soon as its load has returned; publishes every third."""
    ledger = LedgerBuilder(con=open_build(build))
    start = ledger.rows("SELECT count(*) FROM release")[0][0]
    now = last_run_time(ledger.con)
    assert now is not None
    with said.open("a", buffering=1) as acknowledged:
        for number in range(start, start + 10_000):
            told = release(
                f"kill-{number}", "2016-01-25", [stated(f"{number} cities", float(number), unit=f"unit {number}")]
            )
            ledger.run(now, [told], with_marts=number % 3 == 0)
            acknowledged.write(f"kill-{number}.\n")
            if number % 3 == 0:
                ledger.con.close()
                publish(build, published)
                ledger.con = open_build(build)
