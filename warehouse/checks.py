"""Runs the checks of `sql/checks`: each selects the rows that offend; none, or no more than it expects, means that it
passes.

The folder says how grave an offence is (`fail`, `warn`), the header what to do:

    -- expected: 0
    -- kind: row            (rows of facts: they are quarantined and named, the rest goes on)
    -- kind: structure      (publication stops)
    -- remedy: one sentence for the operator

A `row` check selects `fact_id` and `reason`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast
from uuid import UUID

from duckdb import DuckDBPyConnection

from warehouse.errors import ModelError
from warehouse.models import refresh
from warehouse.sqlfiles import header, sql_files

CheckSeverity = Literal["fail", "warn"]
CheckKind = Literal["row", "structure"]

SAMPLE_ROWS = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One file of `sql/checks`."""

    name: str
    severity: CheckSeverity
    kind: CheckKind
    expected: int
    remedy: str
    sql: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found: how many rows offend, how many were expected to, and the first of them."""

    name: str
    severity: CheckSeverity
    kind: CheckKind
    expected: int
    observed: int
    sample: tuple[str, ...]
    remedy: str

    @property
    def passed(self) -> bool:
        """True where no more rows offend than expected."""
        return self.observed <= self.expected

    @property
    def stops_publication(self) -> bool:
        """True for a failed check of structure; rows that offend are merely taken out."""
        return not self.passed and self.severity == "fail" and self.kind == "structure"

    @property
    def message(self) -> str:
        """The result in one sentence for the operator."""
        found = f"{self.name}: {self.observed} rows offend, {self.expected} expected"
        shown = f" ({'; '.join(self.sample)})" if self.sample else ""
        return f"{found}{shown}. {self.remedy}" if not self.passed else f"{found}."


def checks() -> list[Check]:
    """All checks, those on rows first: what they quarantine is out when structure is looked at."""
    found = [_read(path, severity) for severity in ("fail", "warn") for path in sql_files(f"checks/{severity}")]
    return sorted(found, key=lambda check: (check.kind != "row", check.severity, check.name))


def run_checks(con: DuckDBPyConnection, run_id: UUID) -> list[CheckResult]:
    """Runs all checks, takes offending facts out of the marts (and lets repaired ones in again), stores the results."""
    row_checks = [check for check in checks() if check.kind == "row"]
    results = [_run(con, check) for check in row_checks]
    has_changed = [_quarantine(con, check, run_id) for check in row_checks]
    if any(has_changed):
        refresh(con)
    results += [_run(con, check) for check in checks() if check.kind == "structure"]
    _store(con, run_id, results)
    return results


def look(con: DuckDBPyConnection) -> list[CheckResult]:
    """Runs all checks and changes nothing: also on a published file."""
    return [_run(con, check) for check in checks()]


def _read(path: Path, severity: str) -> Check:
    sql = path.read_text(encoding="utf-8")
    said = dict(line.split(": ", 1) for line in header(sql) if ": " in line)
    try:
        expected, kind, remedy = int(said["expected"]), said["kind"], said["remedy"]
    except (KeyError, ValueError) as error:
        raise ModelError(f"The header of {path.name} lacks or misspells {error}: see warehouse/checks.py.") from error
    if kind not in ("row", "structure"):
        raise ModelError(f"The header of {path.name} names an unknown kind: {kind}.")
    return Check(path.stem, cast(CheckSeverity, severity), cast(CheckKind, kind), expected, remedy, sql)


def _run(con: DuckDBPyConnection, check: Check) -> CheckResult:
    con.execute(f"CREATE OR REPLACE TEMP TABLE offending AS {check.sql}")
    ((observed,),) = con.execute("SELECT count(*) FROM offending").fetchall()
    rows = con.execute(f"SELECT * FROM offending ORDER BY ALL LIMIT {SAMPLE_ROWS}").fetchall()
    sample = tuple(", ".join("none" if cell is None else str(cell) for cell in row) for row in rows)
    return CheckResult(check.name, check.severity, check.kind, check.expected, observed, sample, check.remedy)


def _quarantine(con: DuckDBPyConnection, check: Check, run_id: UUID) -> bool:
    """Brings a row check's quarantine up to date; True where it changed. A warning takes nothing out."""
    if check.severity != "fail":
        return False
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE offending AS
        SELECT fact_id, min(reason) AS reason FROM ({check.sql}) GROUP BY fact_id
        """
    )
    ((taken,),) = con.execute(
        """
        INSERT INTO quarantine BY NAME
        SELECT
            offending.fact_id, ? AS check_name, offending.reason, run.run_id, run.logical_time AS recorded_at,
            NULL::TIMESTAMP AS superseded_at
        FROM offending
        INNER JOIN run ON run.run_id = ?
        ANTI JOIN (
            SELECT fact_id FROM quarantine WHERE check_name = ? AND superseded_at IS NULL
        ) AS held USING (fact_id)
        ON CONFLICT DO UPDATE SET superseded_at = NULL, reason = excluded.reason
        """,
        [check.name, run_id, check.name],
    ).fetchall()
    ((freed,),) = con.execute(
        """
        UPDATE quarantine SET superseded_at = (SELECT logical_time FROM run WHERE run_id = ?)
        WHERE check_name = ? AND superseded_at IS NULL AND fact_id NOT IN (SELECT fact_id FROM offending)
        """,
        [run_id, check.name],
    ).fetchall()
    return bool(taken or freed)


def _store(con: DuckDBPyConnection, run_id: UUID, results: list[CheckResult]) -> None:
    for result in results:
        con.execute(
            "INSERT OR REPLACE INTO check_result VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                run_id,
                result.name,
                result.severity,
                result.kind,
                result.expected,
                result.observed,
                "\n".join(result.sample),
                result.remedy,
            ],
        )
