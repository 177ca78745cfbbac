"""Opens the ledger's two files and keeps writers apart.

The flows write the *build* file; analysts open the *published* one read-only at any time. DuckDB lets one process
write or many read a file, so the two never are the same. The build file is created in the storage version of DuckDB
1.2, so that tools built on DuckDB 1.x can open what is published."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection
from filelock import FileLock, Timeout

from warehouse.errors import LedgerBusyError, LedgerError

STORAGE_VERSION = "v1.2.0"
LOCK_TIMEOUT = 1800.0
CHECKPOINT_AT = "512MB"
"""Size of the write-ahead log at which DuckDB rewrites the file by itself. Its default of 16 MB makes a bulk load
rewrite all keys after every batch, so that it slows as the ledger grows; a publish checkpoints in any case."""
MEMORY_LIMIT = 2_500_000_000
"""Bytes that a connection holds before it spills to disk, into the folder `<file>.tmp` beside its file. Marts of five
million facts are made in it; DuckDB's own limit, four fifths of the machine, stands where it is lower."""

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # Extensions beyond the bundled ones are downloads: the ledger neither needs nor fetches them.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def open_build(path: Path) -> DuckDBPyConnection:
    """Opens the build file for writing; creates it, and its folder, where it is absent."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _create(path)
    con = _connect(path, read_only=False)
    _sweep_spilled(path)
    return con


def open_published(path: Path) -> DuckDBPyConnection:
    """Opens a published file read-only. A session keeps its view while newer editions replace the file."""
    if not path.exists():
        raise LedgerError(f"There is no ledger at {path}: run `commitments weekly` or `commitments collect` first.")
    return _connect(path, read_only=True)


def attach_published(con: DuckDBPyConnection, path: Path, name: str) -> None:
    """Shows a published file as database `name`, read-only, beside the one that the connection is on."""
    con.execute(f"ATTACH '{_quoted(path)}' AS {name} (READ_ONLY)")


def _create(path: Path) -> None:
    with duckdb.connect(":memory:", config=_CONFIG) as con:
        con.execute(f"ATTACH '{_quoted(path)}' AS created (STORAGE_VERSION '{STORAGE_VERSION}')")
        con.execute("DETACH created")


def _connect(path: Path, *, read_only: bool) -> DuckDBPyConnection:
    try:
        con = duckdb.connect(str(path), read_only=read_only, config=_CONFIG)
        con.execute("SET enable_progress_bar = false")  # standard output belongs to results
        con.execute(f"SET checkpoint_threshold = '{CHECKPOINT_AT}'")
        _limit_memory(con)
        return con
    except duckdb.Error as error:
        raise LedgerError(f"The ledger {path} cannot be opened: {str(error).splitlines()[0]}") from error


def _limit_memory(con: DuckDBPyConnection) -> None:
    ((allowed,),) = con.execute("SELECT parse_formatted_bytes(current_setting('memory_limit'))").fetchall()
    if allowed > MEMORY_LIMIT:
        con.execute(f"SET memory_limit = '{MEMORY_LIMIT} B'")


def _sweep_spilled(path: Path) -> None:
    """Removes what a killed writer had spilled: whoever has the build file open is alone with it, save for itself."""
    for left in path.with_name(f"{path.name}.tmp").glob("*"):
        if f"_{os.getpid()}_" not in left.name:
            left.unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


@contextmanager
def writer_lock(lock_path: Path, holder: str, timeout: float = LOCK_TIMEOUT) -> Iterator[None]:
    """Holds the ledger for one writer; waits up to `timeout` seconds for another one to finish.

    The lock belongs to the process and ends with it, also by `kill -9`. Who holds it stands in a file beside the lock.
    """
    lock_path.parent.mkdir(parents=True, exist_ok=True)
    holder_path = lock_path.with_name(lock_path.name + ".holder")
    lock = FileLock(lock_path)
    try:
        lock.acquire(timeout=timeout)
    except Timeout as error:
        raise LedgerBusyError(
            f"The ledger is held by {_named_holder(holder_path)}; waited {timeout:.0f} s. "
            "Let it finish, or end that process."
        ) from error
    try:
        _name_holder(holder_path, holder)
        yield
    finally:
        with suppress(FileNotFoundError):
            holder_path.unlink()
        lock.release()


def _name_holder(path: Path, holder: str) -> None:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    path.write_text(json.dumps({"holder": holder, "pid": os.getpid(), "since": since}), encoding="utf-8")


def _named_holder(path: Path) -> str:
    try:
        named = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "another process that gave no name"
    return f"{named['holder']} (process {named['pid']}, since {named['since']})"
