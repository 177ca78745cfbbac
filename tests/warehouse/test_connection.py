"""Opening the two files, and one writer at a time."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pytest

from warehouse import connection
from warehouse.connection import open_build, open_published, writer_lock
from warehouse.errors import LedgerBusyError, LedgerError


def test_build_file_is_created_in_the_old_storage_version(tmp_path: Path) -> None:
    path = tmp_path / "build" / "commitments.duckdb"
    with open_build(path) as con:
        tags = con.execute("SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 'commitments'")
        assert str(tags.fetchall()[0][0]).startswith("v1.2.0")


def test_no_extension_is_fetched(tmp_path: Path) -> None:
    with open_build(tmp_path / "commitments.duckdb") as con:
        settings = con.execute(
            "SELECT value FROM duckdb_settings() WHERE name LIKE 'auto%_known_extensions' ORDER BY 1"
        )
        assert settings.fetchall() == [("false",), ("false",)]


def test_memory_is_limited_and_what_is_beyond_it_spills_beside_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "MEMORY_LIMIT", 100_000_000)
    path = tmp_path / "commitments.duckdb"
    with open_build(path) as con:
        con.execute("CREATE TEMP TABLE wide AS SELECT md5(range::VARCHAR) AS text FROM range(4_000_000)")
        assert spilled(path)
        with open_build(path):
            assert spilled(path), "a second connection of the process swept what the first one needs"
    assert not spilled(path)


def test_what_a_killed_writer_spilled_is_swept(tmp_path: Path) -> None:
    path = tmp_path / "commitments.duckdb"
    other = multiprocessing.get_context("spawn").Process(target=spill_for_ever, args=(path,))
    other.start()
    deadline = time.monotonic() + 60
    while not spilled(path):
        assert time.monotonic() < deadline, "nothing was spilled"
        time.sleep(0.01)
    other.kill()
    other.join(30)
    assert spilled(path)
    open_build(path).close()
    assert not spilled(path)


def spilled(path: Path) -> list[Path]:
    return list(path.with_name(path.name + ".tmp").glob("*"))


def spill_for_ever(path: Path) -> None:
    connection.MEMORY_LIMIT = 100_000_000
    with open_build(path) as con:
        while True:
            con.execute("CREATE OR REPLACE TEMP TABLE wide AS SELECT md5(range::VARCHAR) AS text FROM range(4_000_000)")


def test_published_file_is_read_only(tmp_path: Path) -> None:
    path = tmp_path / "commitments.duckdb"
    open_build(path).close()
    with open_published(path) as con, pytest.raises(duckdb.InvalidInputException, match="read-only"):
        con.execute("CREATE TABLE t (i INTEGER)")


def test_a_ledger_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"no ledger at .*absent\.duckdb"):
        open_published(tmp_path / "absent.duckdb")


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    path = tmp_path / "commitments.duckdb"
    path.write_text("This is a text, and a long one, and no database at all. " * 100)
    with pytest.raises(LedgerError, match="cannot be opened"):
        open_build(path)


def test_second_writer_waits_then_names_the_holder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, enough = context.Event(), context.Event()
    other = context.Process(target=hold, args=(tmp_path / "lock", held, enough))
    other.start()
    try:
        assert held.wait(30)
        with (
            pytest.raises(LedgerBusyError, match=rf"held by the weekly flow \(process {other.pid}, since .*waited 0 s"),
            writer_lock(tmp_path / "lock", "collect", timeout=0.05),
        ):
            pytest.fail("two writers at once")
    finally:
        enough.set()
        other.join(30)
    with writer_lock(tmp_path / "lock", "collect", timeout=5):
        pass


def test_lock_of_a_killed_writer_is_free(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, never = context.Event(), context.Event()
    other = context.Process(target=hold, args=(tmp_path / "lock", held, never))
    other.start()
    assert held.wait(30)
    other.kill()
    other.join(30)
    with writer_lock(tmp_path / "lock", "collect", timeout=5):
        pass


def hold(path: Path, held: Event, enough: Event) -> None:
    with writer_lock(path, "the weekly flow", timeout=5):
        held.set()
        enough.wait(60)
