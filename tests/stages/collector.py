"""Collects the replayed newsroom once and keeps what a ledger would, for tests that kill it.

    python -c "from tests.stages.collector import main; main()" ARCHIVE LEDGER URL NOW SINCE

The ledger is a file that one rename replaces: as in the warehouse, a run is loaded whole or not at all.
"""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from flows.fetching.client import Client
from flows.stages.collecting import Collected, collect_source
from tests.replay import moment, quick_client, replay_source
from warehouse.records import PageCheck, Snapshot


@dataclass
class Ledger:
    """Checks by URL and the snapshots of releases, as rows."""

    known: dict[str, PageCheck] = field(default_factory=dict)
    rows: list[Snapshot] = field(default_factory=list)

    @classmethod
    def open(cls, path: Path) -> Ledger:
        return pickle.loads(path.read_bytes()) if path.exists() else cls()  # type: ignore[no-any-return]

    def take(self, found: Collected) -> None:
        self.known |= {check.url: check for check in found.checks}
        self.rows += [row for row in found.snapshots if row.kind == "release"]

    def save(self, path: Path) -> None:
        draft = path.with_suffix(".draft")
        draft.write_bytes(pickle.dumps(self))
        draft.replace(path)

    def contents(self) -> list[tuple[object, ...]]:
        """What was collected, whatever the way there: every state of every release, and when it was first kept."""
        return sorted((row.url, row.fetched_at, row.sha256, row.status, row.size, row.quality) for row in self.rows)


def collect(archive: Path, ledger: Ledger, url: str, now: datetime, since: date, client: Client) -> Collected:
    """One run: collect and load."""
    found = collect_source(replay_source().with_fetch_from(url), ledger.known, archive, now, since, client)
    ledger.take(found)
    return found


def main() -> None:
    archive, path, url, now, since = sys.argv[1:]
    print("ready", flush=True)
    ledger = Ledger.open(Path(path))
    with quick_client(read_timeout=20.0) as client:
        collect(Path(archive), ledger, url, moment(now), date.fromisoformat(since), client)
    ledger.save(Path(path))
