"""`commitments status`: the state of the ledger on one screen."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from flows import showing
from flows.reporting.sendlog import SendLog
from flows.settings import Settings
from flows.stages import planning
from warehouse.connection import open_build, open_published, writer_lock
from warehouse.errors import LedgerBusyError, LedgerError
from warehouse.queries import query

RUNS = "SELECT flow, logical_time, status, seconds, message FROM run ORDER BY logical_time DESC, status LIMIT 5"
SOURCES = """
    SELECT source_id AS source, status, last_look, releases, new, failed, standing_issues AS issues FROM source_health
    ORDER BY status = 'ok', source_id
"""
TROUBLES = """
    SELECT issue.severity, issue.code, count(*) AS times, any_value(issue.message) AS for_example
    FROM issue
    INNER JOIN issue_sighting USING (issue_id)
    WHERE issue.severity <> 'info' AND issue_sighting.run_id = (
        SELECT run_id FROM run WHERE flow IN ('weekly', 'collect') AND status <> 'running'
        ORDER BY logical_time DESC LIMIT 1
    )
    GROUP BY issue.severity, issue.code ORDER BY issue.severity, times DESC LIMIT 8
"""
MOST_SOURCES = 12
PARTS = ("archive", "build", "editions", "site", "outbox")


def status_text(settings: Settings) -> str:
    """The ledger on one screen. Raises `LedgerError` where there is none."""
    file = settings.published_file
    return "\n\n".join(
        [
            f"Ledger of {settings.home}{_running(settings)}",
            _table("Last runs", *_runs(settings), widest=50),
            _next_runs(settings),
            _sources(file),
            _edition(settings),
            _table("Open troubles (last run)", *query(file, TROUBLES), widest=70),
            _disk(settings.home),
        ]
    )


def _table(title: str, columns: list[str], rows: list[Any], widest: int = 60) -> str:
    return f"{title}\n{showing.as_table(columns, rows, widest) if rows else '  none'}"


def _running(settings: Settings) -> str:
    """Who is writing just now, as the lock's holder says."""
    try:
        holder = json.loads(settings.lock_file.with_name("lock.holder").read_text(encoding="utf-8"))
        with writer_lock(settings.lock_file, "status", timeout=0):
            return ""
    except LedgerBusyError:
        return f"\nRunning now: {holder['holder']} (process {holder['pid']}, since {holder['since']})"
    except (OSError, ValueError, KeyError):
        return ""


def _runs(settings: Settings) -> tuple[list[str], list[Any]]:
    """The last runs, held and failed ones too: those stand in the build file only."""
    if settings.build_file.exists():
        try:
            with writer_lock(settings.lock_file, "status", timeout=0), open_build(settings.build_file) as con:
                found = con.execute(RUNS)
                return [column[0] for column in found.description or []], found.fetchall()
        except (LedgerError, OSError):
            pass  # a run is writing, or the home is read-only: the published file tells what it can
    return query(settings.published_file, RUNS)


def _next_runs(settings: Settings) -> str:
    url = planning.api_url()
    try:
        runs = planning.planned(url)
    except (OSError, ValueError, KeyError):
        return f"Next runs\n  no Prefect server answers at {url}"
    rows = [[run.deployment, run.state, f"{run.at.astimezone(settings.zone):%a %Y-%m-%d %H:%M %Z}"] for run in runs]
    return _table("Next runs", ["deployment", "state", "at"], rows)


def _sources(file: Path) -> str:
    columns, rows = query(file, SOURCES)
    more = f"\n  and {len(rows) - MOST_SOURCES} more, all ok" if len(rows) > MOST_SOURCES else ""
    return _table("Sources", columns, rows[:MOST_SOURCES], widest=40) + more


def _edition(settings: Settings) -> str:
    with open_published(settings.published_file) as con:
        row = con.execute("SELECT edition, until FROM edition ORDER BY edition DESC LIMIT 1").fetchone()
    if not row:
        return "Last edition\n  none yet"
    name, until = row
    states = Counter(SendLog(settings.private_dir).states(name).values())
    laid = len(list((settings.outbox_dir / name).glob("*.eml")))
    told = [f"{count} {state}" for state, count in sorted(states.items())] + [f"{laid} in the outbox"] * bool(laid)
    return f"Last edition\n  {name}, up to {until:%Y-%m-%d %H:%M} UTC; mails: {', '.join(told) or 'none'}"


def _disk(home: Path) -> str:
    sizes = {part: _size(home / part) for part in PARTS}
    free = shutil.disk_usage(home).free
    parts = ", ".join(f"{part} {size / 1e6:,.0f}" for part, size in sizes.items())
    return f"Disk\n  {_size(home) / 1e6:,.0f} MB used ({parts}), {free / 1e9:,.1f} GB free"


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
