"""Makes a past edition again from what the ledger knew at its cut-off, to hold it against the stored one.

Nothing in the ledger is overwritten, so each of its states can be seen again: rows recorded later are left out, rows
superseded later are in force. Over views that show the ledger so, the marts are computed anew in a scratch file, and
the edition from them. What is recorded later (a better extractor, a correction, a page that changed) makes no
difference to it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from warehouse import editions, models
from warehouse.clock import to_ledger
from warehouse.connection import attach_published, open_build, open_published
from warehouse.editions import Edition
from warehouse.errors import LedgerError

RECORDED = {"run": "logical_time", "source_visit": "visited_at", "issue_sighting": "sighted_at"}
"""The column that says when a row was recorded, in tables that do not call it `recorded_at`."""

TIMELESS = ("check_result", "page_check", "schema_migration")
"""Tables without a time of recording: results and working state, which no section of an edition reads."""


def remake(published: Path, week: str) -> tuple[Edition, Edition]:
    """The stored edition of a week, and the same made again. Raises `LedgerError` where there is none of that name."""
    with open_published(published) as con:
        kept = editions.load(con, week)
        if kept is None:
            raise LedgerError(f"There is no edition {week} to make again.")
        previous = editions.load(con, kept.payload["edition"]["previous"] or "")
    zone = ZoneInfo(kept.payload["edition"]["time_zone"])
    with ledger_as_of(published, kept.until) as con:
        models.refresh(con)
        return kept, editions.compose(con, week, previous, kept.until, zone, accuracy_told(kept.payload))


@contextmanager
def ledger_as_of(published: Path, moment: datetime) -> Iterator[DuckDBPyConnection]:
    """A scratch ledger that shows the core tables as they were once the weekly run of that moment had loaded."""
    with tempfile.TemporaryDirectory(prefix="commitments-remake-") as folder, open_build(Path(folder) / "then") as con:
        attach_published(con, published, "now")
        for table, columns in _tables(con).items():
            con.execute(f"CREATE VIEW {table} AS {_as_of(table, columns, moment)}")
        yield con
        con.execute("DETACH now")


def _tables(con: DuckDBPyConnection) -> dict[str, list[str]]:
    """The core tables with their columns."""
    return dict(
        con.execute(
            """
            SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()
            SEMI JOIN duckdb_tables() USING (database_name, schema_name, table_name)
            WHERE database_name = 'now' AND schema_name = 'main' GROUP BY table_name
            """
        ).fetchall()
    )


def _as_of(table: str, columns: list[str], moment: datetime) -> str:
    if table in TIMELESS:
        return f"SELECT * FROM now.{table}"
    then = f"TIMESTAMP '{to_ledger(moment).isoformat(sep=' ')}'"
    shown = "*"
    if "superseded_at" in columns:
        shown = f"* REPLACE (CASE WHEN superseded_at <= {then} THEN superseded_at END AS superseded_at)"
    where = f"{RECORDED.get(table, 'recorded_at')} <= {then}"
    if table in ("source_visit", "issue_sighting"):
        where += f" AND run_id NOT IN ({_runs_after(then)})"
    return f"SELECT {shown} FROM now.{table} WHERE {where}"


def _runs_after(then: str) -> str:
    """The weekly runs of that very moment that found the edition made already: they looked after it."""
    return f"""
        SELECT run.run_id FROM now.run AS run
        WHERE run.logical_time = {then} AND run.flow = 'weekly' AND run.status = 'done'
        AND run.run_id NOT IN (SELECT run_id FROM now.edition)
    """


def accuracy_told(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The extractor's accuracy as an edition printed it. It is measured, not in the ledger: an edition is given it."""
    (rows,) = (section["rows"] for section in payload["sections"] if section["name"] == "quality")
    fields = {
        row["what"]: {"precision": row["precision_share"], "recall": row["recall_share"], "f1": row["share"]}
        for row in rows
        if row["precision_share"] is not None
    }
    return {"fields": fields, "is_current": not any(row["what"] == "older extractor" for row in rows)}
