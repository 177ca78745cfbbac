"""The audit of the ledger: which run did what, and the rule that logical time never goes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from duckdb import DuckDBPyConnection

from warehouse.clock import from_ledger, to_ledger
from warehouse.errors import LedgerError

RunStatus = Literal["done", "held", "failed"]

_RUN_NAMESPACE = uuid5(NAMESPACE_URL, "commitment-ledger/run")


def begin_run(
    con: DuckDBPyConnection,
    flow: str,
    logical_time: datetime,
    arguments: Mapping[str, object] | None = None,
    code_version: str | None = None,
) -> UUID:
    """Records that a run began. A logical time before the last run's is refused.

    Whoever calls holds the writer lock, so a run that is still marked as running has died and is marked as failed.
    """
    last = last_run_time(con)
    if last is not None and logical_time < last:
        raise LedgerError(
            f"The time {logical_time.isoformat()} is before the last run's, {last.isoformat()}: "
            "logical time never goes back."
        )
    con.execute("UPDATE run SET status = 'failed', message = 'It ended without a word.' WHERE status = 'running'")
    run_id = uuid5(_RUN_NAMESPACE, f"{flow} {logical_time.isoformat()} {_count_runs(con)}")
    con.execute(
        """
        INSERT INTO run (run_id, flow, logical_time, status, code_version, arguments)
        VALUES (?, ?, ?, 'running', ?, ?)
        """,
        [run_id, flow, to_ledger(logical_time), code_version, json.dumps(dict(arguments or {}), default=str)],
    )
    return run_id


def finish_run(
    con: DuckDBPyConnection,
    run_id: UUID,
    status: RunStatus,
    counts: Mapping[str, object] | None = None,
    seconds: float | None = None,
    message: str | None = None,
) -> None:
    """Records how a run ended and what it counted."""
    con.execute(
        "UPDATE run SET status = ?, counts = ?, seconds = ?, message = ? WHERE run_id = ?",
        [status, json.dumps(dict(counts or {}), default=str), seconds, message, run_id],
    )


def last_run_time(con: DuckDBPyConnection) -> datetime | None:
    """Logical time of the latest run, whatever became of it; None in a new ledger."""
    ((moment,),) = con.execute("SELECT max(logical_time) FROM run").fetchall()
    return None if moment is None else from_ledger(moment)


def _count_runs(con: DuckDBPyConnection) -> int:
    ((count,),) = con.execute("SELECT count(*) FROM run").fetchall()
    return int(count)
