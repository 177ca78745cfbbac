"""Opening the two files, and one writer at a time."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pytest

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
