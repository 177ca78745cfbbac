"""What the static site is made from: the queries of `sql/reports/site`, put together page by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from duckdb import DuckDBPyConnection

from warehouse import editions
from warehouse.sqlfiles import SQL_ROOT

_BATCH = 1000
"""Versions whose texts are in memory at a time."""

Rows = list[dict[str, Any]]


class SiteData:
    """The ledger as the site reads it. Needs a connection that may create temporary views."""

    def __init__(self, con: DuckDBPyConnection) -> None:
        self._con = con
        editions.create_views(con)
        series = self._rows("series")
        self._series = _grouped(series, "initiative_id")
        self._place_series = _grouped(series, "scope_place_id")
        self._participants = self._rows("participants")

    def editions(self) -> list[tuple[str, str]]:
        """All stored editions, newest first: name and the payload's SHA-256."""
        return editions.names(self._con)

    def edition(self, name: str) -> tuple[dict[str, Any], bytes]:
        """A stored edition: payload and its stored form."""
        found = editions.load(self._con, name)
        if found is None:
            raise LookupError(f"there is no edition {name}")
        return found.payload, found.canonical

    def initiatives(self) -> Iterator[dict[str, Any]]:
        """Every initiative with its series, participants, findings and facts."""
        participants = _grouped(self._participants, "initiative_id")
        findings = _grouped(self._rows("findings"), "initiative_id")
        facts = _grouped(self._rows("facts"), "initiative_id")
        for row in self._rows("initiatives"):
            key = row["initiative_id"]
            series = [{**one, "initiative": None} for one in self._series[key]]
            yield {
                **row,
                "series": series,
                "participants": participants[key],
                "findings": findings[key],
                "facts": facts[key],
            }

    def places(self) -> Iterator[dict[str, Any]]:
        """Every place that a fact names, with what it takes part in and the series that are confined to it."""
        participations = _grouped(self._participants, "place_id")
        facts = _grouped(self._rows("place_facts"), "place_id")
        for row in self._rows("places"):
            key = row["place_id"]
            yield {
                **row,
                "series": self._place_series[key],
                "participations": participations[key],
                "findings": [],
                "facts": facts[key],
            }

    def version_keys(self) -> dict[str, str]:
        """Every release version with a key that changes when its page would."""
        return {row["version_id"]: row["page_key"] for row in self._rows("version_keys")}

    def versions(self, version_ids: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Texts and facts of some versions, a batch at a time."""
        for start in range(0, len(version_ids), _BATCH):
            yield from self._rows("versions", {"version_ids": list(version_ids[start : start + _BATCH])})

    def dictionary(self) -> Rows:
        """Tables and views with their columns and comments."""
        return self._rows("dictionary")

    def _rows(self, name: str, given: dict[str, Any] | None = None) -> Rows:
        sql = (SQL_ROOT / "reports" / "site" / f"{name}.sql").read_text(encoding="utf-8")
        return editions.rows(self._con, sql, given or {})


def _grouped(rows: Rows, column: str) -> defaultdict[str, Rows]:
    groups: defaultdict[str, Rows] = defaultdict(list)
    for row in rows:
        if row[column] is not None:
            groups[row[column]].append(row)
    return groups
