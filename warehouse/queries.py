"""What the other rooms ask the ledger: what is known of a source's pages, what was read from them, and any query of
an analyst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.clock import from_ledger
from warehouse.connection import open_published
from warehouse.errors import LedgerError
from warehouse.records import PageCheck, Release, Snapshot
from warehouse.runs import last_run_time

__all__ = [
    "StoredVersion",
    "corrected_urls",
    "known_pages",
    "last_look",
    "last_run_time",
    "query",
    "stored_releases",
    "stored_snapshots",
    "stored_versions",
]


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version in force, with what is needed to read it again or to hold another text against it."""

    release: Release
    version_id: UUID
    snapshot_sha256: str
    first_seen: datetime
    title: str
    published: date | None
    text: str
    text_sha256: str
    reader: str | None


def known_pages(con: DuckDBPyConnection, source_id: str) -> dict[str, PageCheck]:
    """The last look at each URL of a source."""
    rows = con.execute(
        """
        SELECT url, source_id, first_seen, last_checked, status, sha256, etag, last_modified, failures, gone_since
        FROM page_check WHERE source_id = ? ORDER BY url
        """,
        [source_id],
    ).fetchall()
    return {row[0]: _page_check(*row) for row in rows}


def last_look(con: DuckDBPyConnection, source_id: str) -> datetime | None:
    """When a source was last looked at with success; None where it never was."""
    looks = con.execute("SELECT max(visited_at) FROM source_visit WHERE source_id = ? AND is_ok", [source_id])
    return _aware(looks.fetchall()[0][0])


def stored_snapshots(con: DuckDBPyConnection, source_id: str | None = None) -> list[Snapshot]:
    """Every snapshot, in the order in which they were fetched: what re-extraction starts from."""
    rows = con.execute(
        f"""
        SELECT {", ".join(item.name for item in fields(Snapshot))}
        FROM snapshot WHERE ? IS NULL OR source_id = ? ORDER BY fetched_at, url, sha256
        """,
        [source_id, source_id],
    ).fetchall()
    names = [item.name for item in fields(Snapshot)]
    return [_snapshot(dict(zip(names, row, strict=True))) for row in rows]


def stored_releases(con: DuckDBPyConnection, source_id: str | None = None) -> list[Release]:
    """Every release in force, mirrors too."""
    rows = con.execute(
        f"""
        SELECT {_RELEASE_COLUMNS} FROM release
        WHERE superseded_at IS NULL AND (? IS NULL OR source_id = ?) ORDER BY first_seen, url
        """,
        [source_id, source_id],
    ).fetchall()
    return [_release(row) for row in rows]


def stored_versions(con: DuckDBPyConnection, release_ids: Sequence[UUID] | None = None) -> list[StoredVersion]:
    """The versions in force of some releases (of all, where none are named), oldest first."""
    wanted = None if release_ids is None else [str(release_id) for release_id in release_ids]
    rows = con.execute(
        f"""
        SELECT {", ".join("release." + name.strip() for name in _RELEASE_COLUMNS.split(","))},
            version.version_id, version.snapshot_sha256, version.first_seen, version.title, version.published,
            version.text, version.text_sha256, reading.reader
        FROM release_version AS version
        INNER JOIN release ON release.release_id = version.release_id AND release.superseded_at IS NULL
        LEFT JOIN version_reading AS reading
            ON reading.version_id = version.version_id AND reading.superseded_at IS NULL
        WHERE version.superseded_at IS NULL
            AND (?::UUID[] IS NULL OR version.release_id IN (SELECT unnest(?::UUID[])))
        ORDER BY version.first_seen, version.version_id
        """,
        [wanted, wanted],
    ).fetchall()
    return [StoredVersion(_release(row[:6]), row[6], row[7], from_ledger(row[8]), *row[9:]) for row in rows]


def corrected_urls(con: DuckDBPyConnection) -> list[str]:
    """The releases that a correction in force concerns: they are read again when their entry changes or goes."""
    rows = con.execute("SELECT DISTINCT url FROM correction WHERE superseded_at IS NULL ORDER BY url").fetchall()
    return [row[0] for row in rows]


def query(path: Path, sql: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Runs one query on a published file: column names and rows. The file is opened read-only."""
    with open_published(path) as con:
        try:
            result = con.execute(sql)
            columns = [column[0] for column in result.description or []]
            return columns, result.fetchall()
        except duckdb.Error as error:
            raise LedgerError(f"The query failed: {error}") from error


def _page_check(url: str, source_id: str, first_seen: datetime, last_checked: datetime, *rest: Any) -> PageCheck:
    status, sha256, etag, last_modified, failures, gone_since = rest
    first, last = from_ledger(first_seen), from_ledger(last_checked)
    return PageCheck(url, source_id, first, last, status, sha256, etag, last_modified, failures, _aware(gone_since))


def _snapshot(columns: dict[str, Any]) -> Snapshot:
    return Snapshot(**{**columns, "fetched_at": from_ledger(columns["fetched_at"])})


_RELEASE_COLUMNS = "release_id, source_id, url, first_seen, previous_look, same_as"


def _release(row: Sequence[object]) -> Release:
    release_id, source_id, url, first_seen, previous_look, same_as = row
    assert isinstance(release_id, UUID) and isinstance(first_seen, datetime)
    assert previous_look is None or isinstance(previous_look, datetime)
    assert same_as is None or isinstance(same_as, UUID)
    return Release(release_id, str(source_id), str(url), from_ledger(first_seen), _aware(previous_look), same_as)


def _aware(moment: datetime | None) -> datetime | None:
    return None if moment is None else from_ledger(moment)
