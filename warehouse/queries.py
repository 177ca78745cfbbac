"""What the other rooms ask the ledger: what is known of a source's pages, what was read from them, and any query of
an analyst."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    "SketchedVersion",
    "addresses_of",
    "corrected_urls",
    "known_pages",
    "last_look",
    "last_run_time",
    "query",
    "sketched_versions",
    "stored_snapshots",
    "text_of",
]


@dataclass(frozen=True, slots=True)
class SketchedVersion:
    """The text that a release shows now, by its sketch alone."""

    release: Release
    version_id: UUID
    title: str
    published: date | None
    sketch: tuple[int, ...]


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


def sketched_versions(con: DuckDBPyConnection) -> list[SketchedVersion]:
    """The latest version in force of every release, without its text: what a new text is held against."""
    rows = con.execute(
        f"""
        WITH latest AS (
            SELECT
                release_id,
                max(first_seen) AS first_seen,
                arg_max(version_id, (first_seen, version_id)) AS version_id
            FROM release_version WHERE superseded_at IS NULL GROUP BY release_id
        )
        SELECT {", ".join("release." + name.strip() for name in _RELEASE_COLUMNS.split(","))},
            version.version_id, version.title, version.published, version.sketch
        FROM latest
        INNER JOIN release_version AS version
            ON version.version_id = latest.version_id AND version.first_seen = latest.first_seen
                AND version.superseded_at IS NULL
        INNER JOIN release ON release.release_id = latest.release_id AND release.superseded_at IS NULL
        ORDER BY version.first_seen, version.version_id
        """
    ).fetchall()
    return [SketchedVersion(_release(row[:6]), row[6], row[7], row[8], tuple(row[9])) for row in rows]


def text_of(con: DuckDBPyConnection, version_id: UUID) -> str:
    """The text of one version in force."""
    rows = con.execute(
        "SELECT text FROM release_version WHERE version_id = ? AND superseded_at IS NULL LIMIT 1", [str(version_id)]
    ).fetchall()
    return str(rows[0][0])


def corrected_urls(con: DuckDBPyConnection) -> list[str]:
    """The releases that a correction in force concerns: they are read again when their entry changes or goes."""
    rows = con.execute("SELECT DISTINCT url FROM correction WHERE superseded_at IS NULL ORDER BY url").fetchall()
    return [row[0] for row in rows]


def addresses_of(con: DuckDBPyConnection, urls: Iterable[str]) -> list[str]:
    """The addresses under which the pages of these releases were fetched: a page may name another one as its own."""
    rows = con.execute(
        """
        SELECT DISTINCT snapshot.url
        FROM release
        INNER JOIN release_version AS version ON release.release_id = version.release_id
        INNER JOIN snapshot
            ON version.snapshot_sha256 = snapshot.sha256 AND release.source_id = snapshot.source_id
        WHERE list_contains(?, release.url)
        ORDER BY snapshot.url
        """,
        [list(urls)],
    ).fetchall()
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
