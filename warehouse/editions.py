"""The weekly edition: which week a run covers, what it tells, and its stored form.

An edition covers one ISO week in the reader's time zone and is named after it. It tells what was first seen after
the cut-off of the edition before, up to its own run's logical time. Its payload is the result of the files in
`sql/reports/weekly`, one section a file in the order of their numbers, with the sentence behind every figure; as
canonical JSON the same ledger always gives the same bytes. A stored edition is never overwritten.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import duckdb

from warehouse.clock import from_ledger, to_ledger
from warehouse.sqlfiles import SQL_ROOT, sql_files

PAYLOAD_SCHEMA = 1
"""Raised when the payload's shape changes, so that stored editions can still be told apart."""

_BEFORE_ALL = datetime(1900, 1, 1, tzinfo=UTC)
_HEADER = re.compile(r"^-- (title|grain):\s*(.+)$", re.MULTILINE)
_VARIABLE = re.compile(r"getvariable\('(\w+)'\)")
_FACT_COLUMN = re.compile(r"(^|_)fact_ids?(_|$)")


@dataclass(frozen=True, slots=True)
class Edition:
    """One weekly edition. `canonical` is the payload as stored, byte for byte; `since` is None for the ledger's
    first.
    """

    name: str
    since: datetime | None
    until: datetime
    payload: dict[str, Any]
    canonical: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the stored payload."""
        return hashlib.sha256(self.canonical).hexdigest()


@dataclass(frozen=True, slots=True)
class Report:
    """One file of `sql/reports/weekly`: its section's name, the title and grain of its header, and its query."""

    name: str
    title: str
    grain: str
    sql: str


def week_of(now: datetime, tz: ZoneInfo) -> str:
    """The week that a run covers: the last one that has ended, as `2016-W03`."""
    return week_name(now.astimezone(tz).date() - timedelta(days=7))


def week_name(day: date) -> str:
    """The name of the ISO week that a day lies in."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def week_start(name: str) -> date:
    """The Monday of a named week."""
    return date.fromisocalendar(int(name[:4]), int(name[-2:]), 1)


def make_edition(
    con: duckdb.DuckDBPyConnection,
    now: datetime,
    tz: ZoneInfo,
    run_id: UUID,
    accuracy: Mapping[str, Any] | None = None,
) -> Edition | None:
    """Make the edition of the week just ended and store it; None where that week, or a later one, has its edition.

    `accuracy` holds the extractor's figures by field, for the section on quality.
    """
    name = week_of(now, tz)
    previous = latest(con)
    if previous and previous.name >= name:
        return None
    edition = compose(con, name, previous, now, tz, accuracy)
    con.execute(
        "INSERT INTO edition (edition, since, until, payload, payload_sha256, run_id, recorded_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            edition.name,
            to_ledger(edition.since) if edition.since else None,
            to_ledger(edition.until),
            edition.canonical.decode(),
            edition.sha256,
            run_id,
            to_ledger(now),
        ],
    )
    return edition


def compose(
    con: duckdb.DuckDBPyConnection,
    name: str,
    previous: Edition | None,
    until: datetime,
    tz: ZoneInfo,
    accuracy: Mapping[str, Any] | None = None,
) -> Edition:
    """Compute an edition from the ledger as it stands, without storing it."""
    since = previous.until if previous else None
    given = {
        "since": to_ledger(since or _BEFORE_ALL),
        "until": to_ledger(until),
        "since_day": (since or _BEFORE_ALL).astimezone(tz).date(),
        "until_day": until.astimezone(tz).date(),
        "accuracy": json.dumps(accuracy or {}, sort_keys=True),
    }
    create_views(con)
    sections = [
        {"name": report.name, "title": report.title, "rows": rows(con, report.sql, given)} for report in load_reports()
    ]
    payload = {
        "schema": PAYLOAD_SCHEMA,
        "edition": _about(name, previous, until, tz),
        "sections": sections,
        "evidence": _evidence(con, facts_in(sections)),
    }
    return Edition(name, since, until, payload, canonical(payload))


def create_views(con: duckdb.DuckDBPyConnection) -> None:
    """Create the temporary views and macros that the sections and the pages share; nothing of them is published."""
    for view in sql_files("reports/views"):
        con.execute(view.read_text(encoding="utf-8"))


def load(con: duckdb.DuckDBPyConnection, name: str) -> Edition | None:
    """A stored edition."""
    return next(_read(con, "WHERE edition = ?", [name]), None)


def latest(con: duckdb.DuckDBPyConnection) -> Edition | None:
    """The newest stored edition."""
    return next(_read(con, "ORDER BY edition DESC LIMIT 1", []), None)


def stored(con: duckdb.DuckDBPyConnection) -> list[Edition]:
    """All stored editions, newest first."""
    return list(_read(con, "ORDER BY edition DESC", []))


def names(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Name and SHA-256 of all stored editions, newest first."""
    return con.execute("SELECT edition, payload_sha256 FROM edition ORDER BY edition DESC").fetchall()


def _read(con: duckdb.DuckDBPyConnection, clause: str, values: list[Any]) -> Iterator[Edition]:
    found = con.execute(f"SELECT edition, since, until, payload FROM edition {clause}", values).fetchall()
    for name, since, until, text in found:
        yield Edition(name, from_ledger(since) if since else None, from_ledger(until), json.loads(text), text.encode())


def _about(name: str, previous: Edition | None, until: datetime, tz: ZoneInfo) -> dict[str, Any]:
    start = week_start(name)
    weeks = (start - week_start(previous.name)).days // 7 if previous else 1
    return {
        "name": name,
        "since": previous.until.astimezone(UTC).isoformat() if previous else None,
        "until": until.astimezone(UTC).isoformat(),
        "time_zone": tz.key,
        "week_start": start.isoformat(),
        "week_end": (start + timedelta(days=6)).isoformat(),
        "weeks_covered": weeks,
        "previous": previous.name if previous else None,
    }


def load_reports() -> list[Report]:
    """The sections' queries in the order of their numbers. A file without title and grain in its header is an error."""
    return [_load_report(path) for path in sql_files("reports/weekly")]


def _load_report(path: Path) -> Report:
    sql = path.read_text(encoding="utf-8")
    header = dict(_HEADER.findall(sql))
    missing = {"title", "grain"} - header.keys()
    if missing:
        raise ValueError(f"{path.name} lacks a line '-- {sorted(missing)[0]}: ...' in its header")
    return Report(path.stem[3:], header["title"].strip(), header["grain"].strip(), sql)


def rows(con: duckdb.DuckDBPyConnection, sql: str, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a query as JSON values. It reads what it is given as `getvariable('since')` and the like.

    DuckDB writes the rows as JSON itself, which for a hundred thousand of them is ten times faster than values one
    by one.
    """
    for name, value in given.items():
        con.execute(f"SET VARIABLE {name} = $1", [value]).fetchall()
    unknown = set(_VARIABLE.findall(sql)) - given.keys()
    if unknown:
        raise LookupError(f"a report reads {', '.join(sorted(unknown))}, which nobody sets")
    body = sql.rstrip().removesuffix(";")
    found = con.execute(f"SELECT to_json(report_row)::VARCHAR FROM (\n{body}\n) AS report_row").fetchall()
    return [json.loads(text, parse_float=_number, parse_constant=_constant) for (text,) in found]


def _number(text: str) -> float | int:
    """A number always in the same form: whole ones without a fraction."""
    number = float(text)
    return int(number) if number.is_integer() else round(number, 9)


def _constant(text: str) -> None:
    """An open end of an interval, which the ledger may hold as infinity, is null; what is no number may not be told."""
    if text == "NaN":
        raise ValueError("a report returns what is not a number")


def canonical(payload: Mapping[str, Any]) -> bytes:
    """The payload's stored form: sorted keys, no spaces, UTF-8, a line break at the end."""
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode() + b"\n"


def facts_in(sections: Sequence[Mapping[str, Any]]) -> list[str]:
    """The ids of all facts that the rows name, in columns called `fact_id`, `level_fact_id`, `fact_ids` and the
    like.
    """
    found: set[str] = set()
    for section in sections:
        for row in section["rows"]:
            found.update(fact for column, value in row.items() if _FACT_COLUMN.search(column) for fact in _ids(value))
    return sorted(found)


def _ids(value: str | list[str] | None) -> Iterable[str]:
    if value is None:
        return ()
    return [value] if isinstance(value, str) else value


def _evidence(con: duckdb.DuckDBPyConnection, fact_ids: list[str]) -> dict[str, dict[str, Any]]:
    sql = (SQL_ROOT / "reports" / "evidence.sql").read_text(encoding="utf-8")
    found = {row.pop("fact_id"): row for row in rows(con, sql, {"fact_ids": fact_ids})}
    missing = [fact for fact in fact_ids if fact not in found]
    if missing:
        raise LookupError(f"{len(missing)} facts of the edition have no evidence, the first is {missing[0]}")
    return found
